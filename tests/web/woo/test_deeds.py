# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request from receipt to publication, and everything that is refused on the way."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.utils import timezone
from tests.web.test_second_lock import as_request_of
from tests.web.woo.requested import SECRET, ask, paper_of
from tests.web.world import World

from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.passages import Claim, mark_passage
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import Conflict, NotAllowed, Unfit
from maatwerkbank.web.woo import deciding, hearing, judging, registering
from maatwerkbank.web.woo.models import Inventory, PassageJudgement, RequestedPaper, RequestPart
from maatwerkbank.web.woo.published import public_document, published_papers
from maatwerkbank.web.woo.redacting import redacted_of
from maatwerkbank.web.woo.stored import with_work, work_of


def told(refusal) -> list[tuple[str, str]]:
    return [(each.place, str(each.expected)) for each in refusal.value.findings]


def state(part: RequestPart) -> str:
    stored = with_work(RequestPart.objects.filter(pk=part.pk)).get()
    return work_of(stored).state(timezone.localdate())


def test_a_request_goes_from_receipt_to_a_public_paper_without_the_secret(
    world: World, django_assert_num_queries
):
    today = timezone.localdate()
    it = ask(world)
    claim = mark_passage(
        version=it.letter.version,
        by=world.company,
        claim=Claim("regel 1", "prijs", supplied_in_confidence=True, ground="bedrijfsgegevens"),
    )

    with pytest.raises(Unfit) as refusal:
        deciding.freeze(part=it.part, by=world.member)
    assert told(refusal) == [
        ("1. Brief over stoom", "a judgement"),
        ("2. Notitie", "a judgement"),
    ]

    judging.judge_passage(paper=it.letter, by=world.member, claim=claim, **SECRET)
    judging.judge_paper(paper=it.notes, by=world.member, judgement="disclose")
    with pytest.raises(Unfit) as refusal:
        deciding.freeze(part=it.part, by=world.member)
    assert told(refusal) == [("1. Brief over stoom", "a view of Zoutfabriek BV")]

    asked = hearing.ask_view(
        part=it.part,
        by=world.member,
        party="Zoutfabriek BV",
        papers=[it.letter],
        due_on=today + timedelta(days=14),
    )
    assert state(it.part) == "hearing"
    hearing.give_view(
        hearing=asked, by=world.company, view="Lak ook de regel eronder.", objects=True
    )
    with pytest.raises(Unfit) as refusal:
        deciding.freeze(part=it.part, by=world.member)
    assert told(refusal) == [("Zoutfabriek BV", "an answer")]
    hearing.answer_view(hearing=asked, by=world.member, answer="Nee: dat zijn emissiegegevens.")

    frozen = deciding.freeze(part=it.part, by=world.lead)
    assert state(it.part) == "deciding"
    assert [row["judgement"] for row in frozen.content] == ["partly", "disclose"]
    assert "4711" not in str(frozen.content)
    with pytest.raises(NotAllowed, match="Another person decides"):
        deciding.decide(inventory=frozen, by=world.lead, outcome="decided", because="goed")
    deciding.decide(inventory=frozen, by=world.programme, outcome="decided", because="Zo is het.")
    assert state(it.part) == "decided"

    made = deciding.publish(paper=it.letter, by=world.programme, category="disclosure")
    deciding.publish(paper=it.notes, by=world.programme, category="disclosure")
    assert state(it.part) == "published"
    assert "[5.1.1.c]" in made.text
    assert "4711" not in made.text
    assert b"4711" not in bytes(made.pdf)
    with django_assert_num_queries(1):
        papers = published_papers(today)
    assert [(each.title, [str(w) for w in each.withheld]) for each in papers] == [
        ("Brief over stoom", ["Business and production data, given in confidence"]),
        ("Notitie", []),
    ]
    assert published_papers(today - timedelta(days=1)) == ()
    with as_request_of(None):
        assert public_document(made.code) == made


def test_data_on_emissions_are_never_withheld_neither_here_nor_in_the_database(world: World):
    it = ask(world)

    with pytest.raises(Unfit) as refusal:
        judging.judge_passage(
            paper=it.letter,
            by=world.member,
            **{**SECRET, "words": "12 kt CO2", "emission_data": True},
        )
    assert [place for place, _ in told(refusal)] == ["ground"]
    assert "always public" in str(refusal.value.findings[0].remedy)

    with pytest.raises(Error), transaction.atomic():
        PassageJudgement.objects.create(
            dossier=world.zout,
            paper=it.letter,
            words="12 kt CO2",
            ground="bedrijfsgegevens",
            reason="x",
            emission_data=True,
            judged_by=world.member,
        )


def test_words_must_stand_in_the_paper_and_reasons_come_along(world: World):
    it = ask(world)

    with pytest.raises(Unfit) as refusal:
        judging.judge_passage(
            paper=it.letter,
            by=world.member,
            words="4712 euro",
            ground="bedrijfsgegevens",
            reason=" ",
            supplied_in_confidence=True,
        )
    assert [place for place, _ in told(refusal)] == ["reason", "words"]

    unheld = DocumentVersion.objects.create(
        document=it.letter.version.document,
        number=2,
        state="handed_in",
        handed_in_by=world.company,
        handed_in_at=timezone.now(),
    )
    (only_a_name,) = judging.add_papers(
        part=it.part, by=world.member, versions=[unheld], how="archief"
    )
    with pytest.raises(TextUnreadable):
        judging.judge_passage(paper=only_a_name, by=world.member, **SECRET)


def test_what_is_frozen_stays_until_it_is_sent_back_and_a_later_search_is_a_new_list(world: World):
    it = ask(world)
    for each in (it.letter, it.notes):
        judging.judge_paper(
            paper=each, by=world.member, judgement="outside", reason="gaat elders over"
        )
    first = deciding.freeze(part=it.part, by=world.member)

    with pytest.raises(Conflict, match="frozen inventory"):
        judging.judge_paper(paper=it.letter, by=world.member, judgement="disclose")
    for change in (
        lambda: RequestedPaper.objects.update(judgement="disclose"),
        lambda: RequestedPaper.objects.filter(part=it.part).delete(),
        lambda: PassageJudgement.objects.create(
            dossier=world.zout, paper=it.letter, judged_by=world.member
        ),
        lambda: Inventory.objects.update(content=[]),
    ):
        with pytest.raises((Error, ProtectedError)), transaction.atomic():
            change()

    deciding.decide(inventory=first, by=world.lead, outcome="sent_back", because="kijk nog eens")
    judging.judge_paper(paper=it.letter, by=world.member, judgement="already_public", public_at="x")
    second = deciding.freeze(part=it.part, by=world.member)
    deciding.decide(inventory=second, by=world.lead, outcome="decided", because="akkoord")
    late = paper_of(world.zout, world.member, "Nagekomen", "Nog iets.\n")
    judging.add_papers(part=it.part, by=world.member, versions=[late], how="nog eens gezocht")
    assert state(it.part) == "searching"
    new = RequestedPaper.objects.get(version=late)
    judging.judge_paper(paper=new, by=world.member, judgement="disclose")
    third = deciding.freeze(part=it.part, by=world.member)

    assert [(row["number"], row["title"]) for row in third.content] == [(3, "Nagekomen")]
    assert (first.number, second.number, third.number) == (1, 2, 3)


def test_a_paper_in_a_request_cannot_be_destroyed(world: World):
    it = ask(world)

    with pytest.raises((Error, ProtectedError)), transaction.atomic():
        it.letter.version.delete()


def test_nothing_comes_out_before_its_time(world: World):
    it = ask(world)
    judging.judge_paper(paper=it.letter, by=world.member, judgement="withhold", **SECRET)
    judging.judge_paper(paper=it.notes, by=world.member, judgement="disclose")
    with pytest.raises(Conflict, match="not been decided"):
        deciding.publish(paper=it.notes, by=world.lead, category="disclosure")

    frozen = deciding.freeze(part=it.part, by=world.member)
    deciding.decide(
        inventory=frozen, by=world.lead, outcome="decided", because="x", objection_expected=True
    )

    with pytest.raises(Conflict, match="does not come out"):
        deciding.publish(paper=it.letter, by=world.lead, category="disclosure")
    with pytest.raises(Conflict, match="at the earliest"):
        deciding.publish(paper=it.notes, by=world.lead, category="disclosure")


def test_the_whole_request_is_kept_by_who_handles_it(world: World):
    today = timezone.localdate()
    it = ask(world, received_on=today - timedelta(days=40))
    request = it.part.request

    with pytest.raises(NotAllowed):
        registering.take_step(request=request, by=world.lead, step="clarified", on=today)
    with pytest.raises(Unfit) as refusal:
        registering.take_step(request=request, by=world.programme, step="extended", on=today)
    assert [place for place, _ in told(refusal)] == ["on", "because"]
    registering.take_step(request=request, by=world.programme, step="withdrawn", on=today)
    assert state(it.part) == "withdrawn"
    with pytest.raises(Conflict, match="withdrawn"):
        judging.judge_paper(
            paper=RequestedPaper.objects.get(pk=it.letter.pk), by=world.member, judgement="disclose"
        )


def test_the_firm_sees_its_hearing_and_nothing_else_of_the_request(world: World):
    it = ask(world)
    asked = hearing.ask_view(
        part=it.part,
        by=world.member,
        party="Zoutfabriek BV",
        papers=[it.letter],
        due_on=timezone.localdate() + timedelta(days=14),
    )

    with pytest.raises(Unfit) as refusal:
        hearing.ask_view(
            part=it.part,
            by=world.member,
            party="Zoutfabriek BV",
            papers=[it.notes],
            due_on=timezone.localdate(),
        )
    assert [place for place, _ in told(refusal)] == ["papers", "due_on"]
    with as_request_of(world.company):
        assert access.hearing_for(world.company, asked.code) == asked
        assert not access.requests_of(world.company).exists()
        assert not access.requested_papers_of(world.company).exists()
    with as_request_of(world.other_company), pytest.raises(Http404):
        access.hearing_for(world.other_company, asked.code)
    with as_request_of(world.province):
        assert not access.hearings_of(world.province).exists()
        assert not RequestedPaper.objects.exclude(dossier=world.zout).exists()
    with pytest.raises(NotAllowed):
        hearing.give_view(hearing=asked, by=world.province, view="x", objects=False)


def test_a_team_sees_its_own_part_only_and_registers_for_its_own_dossier_only(world: World):
    it = ask(world)
    request = it.part.request
    RequestPart.objects.create(request=request, dossier=world.staal)

    with as_request_of(world.lead):
        assert access.request_for(world.lead, request.code) == request
        assert list(request.parts.all()) == [it.part]
    with as_request_of(world.outsider), pytest.raises(Http404):
        access.request_for(world.outsider, request.code)
    with pytest.raises(NotAllowed):
        registering.register(
            by=world.lead,
            reference="x",
            subject="x",
            words="x",
            requester="x",
            received_on=timezone.localdate(),
            dossiers=[world.staal],
        )


def test_a_redacted_document_can_be_looked_at_before_the_decision(world: World):
    it = ask(world)
    judging.judge_passage(paper=it.letter, by=world.member, **SECRET)

    made = redacted_of(RequestedPaper.objects.get(pk=it.letter.pk))

    assert "De stoom kost [5.1.1.c]." in made.text
