# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of advice: who reads what before and after it is given, and the answer on one page."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from tests.web.advice import samples
from tests.web.agreements.texts import begun, finished
from tests.web.world import World

from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice import answering, consulting, learning, reviewing
from maatwerkbank.web.advice.models import (
    Advice,
    ClauseChange,
    Position,
    PublicAdvice,
    Response,
    ReviewFinding,
)
from maatwerkbank.web.agreements import drafts
from maatwerkbank.web.agreements.models import Draft
from maatwerkbank.web.refusals import Unfit


def at(name: str, thing) -> str:
    """A page of advice about something that has a code."""
    return reverse(f"advice:{name}", args=[thing.code])


# ── public advices ────────────────────────────────────────────────────────────────────────────


def test_what_a_public_source_tells_of_an_advice_is_shown_and_the_rest_is_said_to_be_absent(
    world: World,
):
    advice = PublicAdvice.objects.create(
        dossier=world.zout,
        body="amvi",
        subject_nl="Concept-JLoI",
        subject_en="Draft JLoI",
        known_by=date(2023, 6, 30),
        given="2023-06",
        source="amvi-2025",
    )
    advice.points.create(criterion="ambition", nl="Veel.", en="Much.", source="yara-advice-2023")

    page = world.browser(world.lead).get(at("dossier", world.zout)).text
    assert "juni 2023" in page
    assert page.count("niet openbaar") == 2  # the day of the request, the verdict
    assert "niet openbaar; bekend op 30 juni 2023" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ambitie:</strong> Veel." in page
    assert world.browser(world.province).get(at("dossier", world.zout)).status_code == 403
    for change in ({"verdict": "positive"}, {"given": ""}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            PublicAdvice.objects.update(**change)


# ── advice ────────────────────────────────────────────────────────────────────────────────────


def test_only_advisers_read_what_is_written_before_it_is_given(world: World):
    advice = samples.written(world)

    assert "ammoniak" in world.browser(world.adviser).get(at("advice", advice)).text
    assert "ammoniak" not in world.browser(world.lead).get(at("advice", advice)).text
    assert world.browser(world.province).get(at("advice", advice)).status_code == 404
    assert world.browser(world.company).get(at("advice", advice)).status_code == 404


def test_a_lead_asks_advice_and_the_secretary_gives_it_from_one_form(world: World):
    frozen = samples.frozen(world)
    world.browser(world.lead).post(
        at("ask", world.zout),
        {"body": "amvi", "frozen_set": frozen.pk, "subject": "Concept JLoI"},
    )
    advice = Advice.objects.get()
    secretary = world.browser(world.secretary)
    mine = secretary.get(reverse("advice:mine")).text
    assert "Concept JLoI" in mine

    people = {f"interest_{each.pk}": "none" for each in advice.participants.all()}
    secretary.post(at("participants", advice), people)
    secretary.post(at("add-participant", advice), {"new-name": "Gast", "new-function": "guest"})
    guest = advice.participants.get(name="Gast")
    filled = {
        "recommendation_1": "Noem het jaar.",
        "verdict": "positive",
        "considerations": "Goed plan.",
        **{f"words_{each}": "Zo is het." for each in samples.FINDINGS},
        **{f"verdict_{each}": "positive" for each in samples.FINDINGS},
    }
    lacking = secretary.post(at("write", advice), {**filled, "give": "yes"})
    assert lacking.status_code == 422
    assert "Gast heeft nog niet gezegd of er een belang is." in lacking.text
    secretary.post(at("participants", advice), {f"interest_{guest.pk}": "none"} | people)
    given = secretary.post(at("write", advice), {**filled, "give": "yes"})

    assert given.headers["Location"] == at("advice", advice)
    advice.refresh_from_db()
    assert (advice.given_by, advice.verdict) == (world.secretary, "positive")
    assert "Noem het jaar." in world.browser(world.lead).get(at("advice", advice)).text
    assert world.browser(world.adviser).get(at("write", advice)).status_code == 409


def test_all_answers_stand_on_one_page_and_the_changed_words_are_shown(world: World):
    advice = samples.given(world)
    browser = world.browser(world.lead)
    filled = {
        "outcome_1": "adopted",
        "clause_1_0": "4.2",
        "before_1_0": "zo snel mogelijk",
        "after_1_0": "uiterlijk in 2028",
        "outcome_2": "adopted",
        "reason_2": "Stond er al.",
        "outcome_3": "partly",
    }

    kept = browser.post(at("answer", advice), filled)
    assert kept.headers["Location"] == at("answer", advice)
    wrong = browser.post(at("answer", advice), {**filled, "record": "yes"})
    assert wrong.status_code == 422
    assert {"reason_3", "outcome_4"} == set(wrong.context["form"].errors)
    browser.post(
        at("answer", advice),
        {
            **filled,
            "reason_3": "Alleen NOx.",
            "outcome_4": "not_adopted",
            "reason_4": "Nee.",
            "record": "yes",
        },
    )

    page = browser.get(at("advice", advice)).text
    assert "<del>zo snel mogelijk</del>" in page
    assert "<ins>uiterlijk in 2028</ins>" in page
    assert Response.objects.count() == 4
    assert "uiterlijk in 2028" in world.browser(world.adviser).get(at("advice", advice)).text
    browser.post(
        at("publish", advice), {"published_on": "2026-01-02", "published_where": "Kamerstuk"}
    )
    assert "Kamerstuk" in browser.get(at("advice", advice)).text


def test_what_changed_comes_from_two_versions_of_the_text_and_a_later_one_that_drops_it_is_told(
    world: World,
):
    first = finished(world, "jloi")
    second = next_version(world, "Partijen overleggen elke maand.")
    advice = samples.given(world)
    browser = world.browser(world.lead)

    form = browser.get(at("answer", advice)).context["form"]
    assert (form.pair.before, form.pair.after) == (first, second)
    assert [each.name for each in form.pair.changes.values()] == [
        Text("Artikel 14. Overleg", "Article 14. Talks")
    ]
    assert "before_1_0" not in form.fields  # nothing to type: the text is here
    texts = {"text_before": first.code, "text_after": second.code}
    swapped = {"text_before": second.code, "text_after": first.code, "record": "yes"}
    wrong = browser.post(at("answer", advice), swapped)
    assert set(wrong.context["form"].errors) == {"text_after"}
    shown = browser.post(at("answer", advice), {**texts, "outcome_1": "adopted", "show": "yes"})
    assert shown.headers["Location"].startswith(at("answer", advice) + "?text_before=")
    assert 'value="events"' in browser.get(shown.headers["Location"]).text
    browser.post(
        at("answer", advice),
        {
            **texts,
            "outcome_1": "adopted",
            "clauses_1": ["events", "of_another_pair"],
            **{f"outcome_{number}": "not_adopted" for number in (2, 3, 4)},
            **{f"reason_{number}": "Nee." for number in (2, 3, 4)},
            "record": "yes",
        },
    )

    row = ClauseChange.objects.get()
    assert (row.library, row.before_number, row.after_number) == ("jloi", 1, 2)
    page = browser.get(at("advice", advice)).text
    for told in ("Artikel 14. Overleg", "elke maand.</ins>", "versie 1 naar Joint Letter"):
        assert told in page
    assert "heeft deze wijziging niet meer" not in page
    assert "elke maand.</ins>" in world.browser(world.adviser).get(at("advice", advice)).text

    next_version(world, clause=first.clauses, final=False)
    page = browser.get(at("advice", advice)).text
    assert "versie 3 heeft deze wijziging niet meer" in page

    with pytest.raises(Unfit):
        answering.refuse(answering.lacks_of_answers(advice, {1: samples.ANSWERS[1]}))


def next_version(world: World, nl: str = "", clause: list | None = None, *, final: bool = True):
    """The next version of the letter of intent: one clause other, or all as they were."""
    draft = begun(world, "jloi")
    if clause:
        Draft.objects.filter(pk=draft.pk).update(clauses=clause)
    else:
        drafts.change_clause(
            draft=draft,
            by=world.lead,
            clause="events",
            heading=Text("Overleg", "Talks"),
            text=Text(nl, nl),
            because="advies",
        )
    return drafts.make_final(draft=draft, by=world.lead) if final else draft


def test_the_pages_of_a_dossier_show_advices_reviews_items_and_lessons(
    world: World, django_assert_max_num_queries
):
    samples.answered(world)
    reviewing.assign_review(
        dossier=world.zout,
        by=world.lead,
        kind="project_review",
        reviewer="Een deskundige",
        what="De boiler",
    )
    learning.write_lesson(dossier=world.zout, by=world.lead, words="Eerder.", hindered=["R7"])
    browser = world.browser(world.lead)

    with django_assert_max_num_queries(45):
        page = browser.get(at("dossier", world.zout)).text

    for words in ("Concept JLoI", "Een deskundige", "Eerder."):
        assert words in page
    counted = browser.get(reverse("advice:lessons")).text
    assert "Aantal lessen: 1, uit 1 van de" in counted
    assert "Infrastructuur te laat" in counted


def test_a_partner_is_not_told_at_the_gate_what_was_advised(world: World):
    world.zout.stage = "advice"
    world.zout.save()
    samples.answered(world)
    gate = reverse("dossiers:gate", args=[world.zout.code, "to_jloi"])

    assert "4 aanbevelingen, alle beantwoord" in world.browser(world.lead).get(gate).text
    assert "alle beantwoord" not in world.browser(world.province).get(gate).text


# ── reviews and positions ─────────────────────────────────────────────────────────────────────


def test_a_finding_is_written_answered_and_closed_on_the_page_of_its_review(world: World):
    member, lead = world.browser(world.member), world.browser(world.lead)
    made = member.post(
        at("assign", world.zout),
        {"kind": "project_review", "reviewer": "Een deskundige", "what": "De boiler"},
    )
    review = world.zout.reviews.get()
    assert made.headers["Location"] == at("review", review)
    member.post(at("add-finding", review), {"new-severity": "blocking", "new-words": "Geen net."})
    row = ReviewFinding.objects.get()
    member.post(at("report", review))

    early = lead.post(at("close-finding", row), {"close-1-reason": "klaar"})
    assert early.status_code == 422
    member.post(at("answer-finding", row), {"answer-1-answer": "Er is een offerte."})
    lead.post(at("close-finding", row), {"close-1-reason": "Offerte gezien."})

    assert "Offerte gezien." in lead.get(at("review", review)).text
    assert member.post(at("close-finding", row), {"close-1-reason": "x"}).status_code == 403


def test_a_partner_answers_what_was_put_to_it(world: World):
    ours = world.province.organisation
    world.browser(world.lead).post(
        at("put", world.zout),
        {"forum": "province", "subject": "Concept", "question": "Akkoord?", "parties": [ours.pk]},
    )
    item = world.zout.items.get()
    browser = world.browser(world.province)

    assert "Concept" in browser.get(at("positions", world.zout)).text
    wrong = browser.post(at("item", item), {"party": item.parties.get().pk, "stance": "object"})
    assert wrong.status_code == 422
    browser.post(
        at("item", item),
        {"party": item.parties.get().pk, "stance": "object", "words": "Eerst de vergunning."},
    )

    assert Position.objects.get().by == world.province
    assert "Eerst de vergunning." in world.browser(world.ienw).get(at("item", item)).text
    assert world.browser(world.environment).get(at("item", item)).status_code == 404


def test_work_waits_with_its_date_for_who_has_to_do_it(world: World):
    samples.given(world)
    review = reviewing.assign_review(
        dossier=world.zout, by=world.lead, kind="project_review", reviewer="X", what="De boiler"
    )
    reviewing.add_finding(review=review, by=world.lead, severity="major", words="Geen net.")
    consulting.put_item(
        dossier=world.zout,
        by=world.lead,
        forum="province",
        subject="Concept",
        question="Akkoord?",
        parties=[world.province.organisation],
    )

    lead = world.browser(world.lead).get("/").text
    province = world.browser(world.province).get("/").text

    assert "Op de aanbevelingen reageren" in lead
    assert "bevinding" in lead
    assert "Standpunt innemen: Concept" in province
    assert "Standpunt innemen" not in lead


@pytest.mark.parametrize("name", ["ask", "assign", "put", "write-lesson"])
def test_every_finding_comes_at_once(world: World, name: str):
    samples.frozen(world)
    response = world.browser(world.lead).post(at(name, world.zout), {"due_on": ""})

    assert response.status_code == 422
    assert len(response.context["form"].errors) > 1 or name == "write-lesson"
