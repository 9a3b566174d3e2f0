# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of advice, reviews, positions and lessons; and that what is done stays as it is."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.web.advice import samples
from tests.web.world import World

from maatwerkbank.dossier.advice.bodies import body
from maatwerkbank.web.advice import advising, answering, consulting, learning, reviewing
from maatwerkbank.web.advice.models import (
    Advice,
    ClauseChange,
    CriterionFinding,
    Participant,
    Position,
    Recommendation,
    Response,
    ReviewFinding,
)
from maatwerkbank.web.advice.stored import advice_facts, as_item, review_facts, with_positions
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Organisation
from maatwerkbank.web.refusals import Conflict, NotAllowed, Unfit


def never(change) -> None:
    """The database refuses it."""
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


# ── advice ────────────────────────────────────────────────────────────────────────────────────


def test_a_request_asks_what_the_body_is_asked_of_those_who_sit_in_it(world: World):
    advice = advising.ask_advice(
        dossier=world.zout,
        by=world.lead,
        body="amvi",
        frozen_set=samples.frozen(world),
        subject="Concept JLoI",
        own_question="Is de netaansluiting op tijd?",
    )

    members = body("amvi").members_on(timezone.localdate())
    assert [each.name for each in advice.participants.all()] == [each.name for each in members]
    assert [each.nl for each in advice.questions.all()] == [
        *(each.text.nl for each in body("amvi").questions),
        "Is de netaansluiting op tijd?",
    ]
    with pytest.raises(Unfit) as refusal:
        advising.ask_advice(
            dossier=world.zout,
            by=world.lead,
            body="raad",
            frozen_set=advice.frozen_set,
            subject=" ",
            due_on=timezone.localdate(),
        )
    assert {each.place for each in refusal.value.findings} == {"body", "subject", "due_on"}


def test_the_state_asks_and_advisers_write_and_the_secretary_gives(world: World):
    advice = samples.written(world)

    for somebody in (world.lead, world.programme, world.company):
        with pytest.raises(NotAllowed):
            advising.declare_interests(advice=advice, by=somebody, interests={})
    with pytest.raises(NotAllowed):
        advising.give_advice(advice=advice, by=world.adviser)
    given = advising.give_advice(advice=advice, by=world.secretary)

    assert len(given.given_sha256) == 64
    with pytest.raises(NotAllowed):
        advising.ask_advice(
            dossier=world.zout,
            by=world.member,
            body="amvi",
            frozen_set=given.frozen_set,
            subject="nog een",
        )


def test_an_advice_that_lacks_something_is_not_given_and_all_of_it_is_told(world: World):
    advice = samples.asked(world)

    with pytest.raises(Unfit) as refusal:
        advising.give_advice(advice=advice, by=world.secretary)

    places = {each.place for each in refusal.value.findings}
    assert {"participants", "words_ambition", "verdict_measurability", "verdict"} <= places
    assert advice_facts([world.zout])[world.zout.pk][0][1].given_on is None


def test_what_was_given_never_changes(world: World):
    advice = samples.given(world)

    with pytest.raises(Conflict):
        advising.write_advice(
            advice=advice,
            by=world.adviser,
            findings={},
            recommendations=(),
            verdict="negative",
            considerations="",
        )
    never(lambda: Advice.objects.update(verdict="negative"))
    never(lambda: CriterionFinding.objects.update(words="Anders."))
    never(lambda: Participant.objects.update(interest="excused"))
    never(lambda: Recommendation.objects.all().delete())
    never(lambda: Recommendation.objects.create(advice=advice, number=5, words="Nog een."))
    never(lambda: Advice.objects.update(subject="Iets anders"))


def test_two_are_adopted_one_partly_one_not_and_then_the_answer_stays(world: World):
    advice = samples.given(world)
    answering.keep_answers(advice=advice, by=world.lead, answers={1: samples.ANSWERS[1]})

    with pytest.raises(Unfit) as refusal:
        answering.answer(advice=advice, by=world.lead, answers={1: samples.ANSWERS[1]})
    assert [each.place for each in refusal.value.findings] == [
        "outcome_2",
        "outcome_3",
        "outcome_4",
    ]
    answered = answering.answer(advice=advice, by=world.lead, answers=samples.ANSWERS)

    outcomes = Response.objects.values_list("outcome", flat=True)
    assert list(outcomes) == ["adopted", "adopted", "partly", "not_adopted"]
    assert ClauseChange.objects.count() == 3
    fact = advice_facts([world.zout])[world.zout.pk][0][1]
    assert (fact.recommendations, fact.answered_on) == (4, answered.answered_on)
    with pytest.raises(Conflict):
        answering.answer(advice=advice, by=world.lead, answers=samples.ANSWERS)
    never(lambda: Response.objects.update(outcome="adopted"))
    never(lambda: ClauseChange.objects.update(after="Anders."))
    never(lambda: ClauseChange.objects.all().delete())


def test_an_advice_is_published_after_its_answer(world: World):
    advice = samples.given(world)
    public = {"published_on": timezone.localdate(), "published_where": "rijksoverheid.nl"}

    with pytest.raises(Conflict):
        answering.publish(advice=advice, by=world.lead, **public)
    answering.answer(advice=advice, by=world.lead, answers=samples.ANSWERS)
    answering.publish(advice=advice, by=world.lead, withheld="p. 3: bedrijfsgegevens", **public)

    never(lambda: Advice.objects.update(published_where="elders"))


def test_a_guest_joins_once_and_an_interest_has_words(world: World):
    advice = samples.asked(world)
    guest = advising.add_participant(
        advice=advice, by=world.secretary, name="Een gast", function="guest"
    )

    with pytest.raises(Unfit):
        advising.add_participant(
            advice=advice, by=world.secretary, name="Een gast", function="guest"
        )
    with pytest.raises(Unfit):
        advising.declare_interests(
            advice=advice, by=world.secretary, interests={guest.pk: ("excused", " ")}
        )


def test_advice_is_seen_by_who_advises_and_by_the_team_and_by_nobody_else(world: World):
    advice = samples.asked(world)

    seeing = {
        name for name, person in world.everybody().items() if advice in access.advices_of(person)
    }

    assert seeing == {
        *("lead", "member", "analyst", "ienw", "adviser", "secretary"),
        *("programme", "auditor"),
    }
    advice.frozen_set.readers.filter(person=world.adviser).update(until=timezone.localdate())
    assert access.advises(world.adviser, advice)
    world.zout.memberships.filter(person=world.adviser).update(until="2020-01-01")
    assert not access.advises(world.adviser, advice)


# ── reviews ───────────────────────────────────────────────────────────────────────────────────


def test_what_blocks_is_answered_and_closed_by_the_reviewer_or_the_lead(world: World):
    review = reviewing.assign_review(
        dossier=world.zout,
        by=world.member,
        kind="project_review",
        reviewer="Een deskundige",
        what="De boiler",
        reviewing_person=world.analyst,
    )
    row = reviewing.add_finding(
        review=review, by=world.member, severity="blocking", words="Geen netcapaciteit."
    )
    reviewing.report(review=review, by=world.member)
    assert review_facts([world.zout])[world.zout.pk][0].blocking_open == 1

    with pytest.raises(NotAllowed):
        reviewing.close_finding(row=row, by=world.member, reason="klaar")
    with pytest.raises(Unfit) as refusal:
        reviewing.close_finding(row=row, by=world.lead, reason="")
    assert [each.place for each in refusal.value.findings] == ["answer", "closing_reason"]
    reviewing.answer_finding(row=row, by=world.member, answer="Er is een offerte.")
    reviewing.close_finding(row=row, by=world.analyst, reason="Offerte gezien.")

    assert review_facts([world.zout])[world.zout.pk][0].blocking_open == 0
    with pytest.raises(Conflict):
        reviewing.answer_finding(row=row, by=world.member, answer="Toch niet.")
    never(lambda: ReviewFinding.objects.update(closing_reason="anders"))
    never(lambda: ReviewFinding.objects.update(severity="note"))


# ── positions ─────────────────────────────────────────────────────────────────────────────────


def test_a_party_may_change_its_mind_and_its_objection_stays(world: World):
    item = consulting.put_item(
        dossier=world.zout,
        by=world.lead,
        forum="province",
        subject="Concept JLoI",
        question="Kunt u instemmen?",
        parties=list(Organisation.objects.filter(name__in=["Provincie Overijssel", "RVO"])),
    )
    ours = item.parties.get(organisation=world.province.organisation)
    theirs = item.parties.get(organisation__name="RVO")

    with pytest.raises(Unfit):
        consulting.take_position(party=ours, by=world.province, stance="object")
    consulting.take_position(
        party=ours, by=world.province, stance="object", words="Eerst de vergunning."
    )
    consulting.take_position(party=ours, by=world.province, stance="agree")
    with pytest.raises(NotAllowed):
        consulting.take_position(party=theirs, by=world.province, stance="agree")
    consulting.take_position(party=theirs, by=world.lead, stance="abstain")

    told = as_item(with_positions(access.items_of(world.lead)).get())
    assert told.dissent() == ()
    assert [each.words for each in told.withdrawn_dissent()] == ["Eerst de vergunning."]
    assert item in access.items_of(world.province)
    assert item not in access.items_of(world.environment)
    assert item not in access.items_of(world.company)
    never(lambda: Position.objects.update(stance="agree"))


# ── lessons ───────────────────────────────────────────────────────────────────────────────────


def test_a_lesson_has_codes_and_words(world: World):
    with pytest.raises(Unfit) as refusal:
        learning.write_lesson(dossier=world.zout, by=world.lead, words="", hindered=["R99"])
    assert {each.place for each in refusal.value.findings} == {"words", "hindered"}

    for strange in ({"source": "geen-bron"}, {"place": "p. 3"}):
        with pytest.raises(Unfit) as refusal:
            learning.write_lesson(
                dossier=world.zout, by=world.lead, words="x", hindered=["R7"], **strange
            )
        assert [each.place for each in refusal.value.findings] == ["source"]

    lesson = learning.write_lesson(
        dossier=world.zout,
        by=world.lead,
        words="Vroeg aanvragen.",
        hindered=["R7"],
        helped=["H4"],
        source="kamerbrief-2025-06-30",
        place="p. 3",
    )
    shown = world.browser(world.lead).get(reverse("advice:lessons")).text
    assert "kamerbrief-2025-06-30" in shown
    assert "p. 3" in shown

    assert lesson.stage == "exploration"
    with pytest.raises(NotAllowed):
        learning.write_lesson(dossier=world.zout, by=world.company, words="x", hindered=["R1"])
