# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Overrides: asked by one, answered by another, listed for ever."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.web.dossiers.conflicts import AlreadyAnswered, NotWaitingFor
from maatwerkbank.web.dossiers.decisions import decide_gate
from maatwerkbank.web.dossiers.gates import gate_of
from maatwerkbank.web.dossiers.models import Override
from maatwerkbank.web.dossiers.statements import answer_override, ask_override, attest
from maatwerkbank.web.refusals import NotAllowed, Unfit

GATE = "to_working_out"
LIST = "/dossiers/afwijkingen/"


@pytest.fixture
def asked(world: World) -> Override:
    """The lead of Zoutfabriek asked to go on without a permit team."""
    world.zout.stage = "eop"
    world.zout.save()
    return ask_override(
        dossier=world.zout,
        gate=GATE,
        criterion="permit_team",
        by=world.lead,
        reason="Het team komt in het najaar.",
    )


def answer(world: World, override: Override, who: str, answer: str = "confirmed"):
    return world.browser(world.everybody()[who]).post(
        reverse("dossiers:answer-override", args=[world.zout.code, override.code]),
        {"answer-permit_team-answer": answer, "answer-permit_team-reason": "Akkoord."},
    )


def test_it_sets_a_criterion_aside_when_a_second_person_confirms(world: World, asked: Override):
    response = answer(world, asked, "member")

    asked.refresh_from_db()
    found = gate_of(world.zout, GATE).judgement
    assert response.status_code == 302
    assert (asked.answer, asked.answered_by) == ("confirmed", world.member)
    assert [each.criterion.id for each in found.overridden] == ["permit_team"]


def test_it_goes_with_the_decision_that_rests_on_it(world: World, asked: Override):
    answer_override(override=asked, by=world.programme, answer="confirmed")
    for criterion in ("team_in_place", "routes_to_study"):
        attest(dossier=world.zout, gate=GATE, criterion=criterion, by=world.lead, statement="Ja.")

    decision = decide_gate(dossier=world.zout, gate=GATE, by=world.lead, outcome="passed")

    assert decision.details["overridden"] == ["permit_team"]


def test_it_changes_nothing_when_the_second_person_refuses(world: World, asked: Override):
    answer_override(override=asked, by=world.member, answer="refused", reason="Eerst het team.")

    assert "permit_team" in [
        each.criterion.id for each in gate_of(world.zout, GATE).judgement.lacking
    ]


def test_it_can_be_asked_on_the_page_of_the_gate(world: World):
    world.zout.stage = "eop"
    world.zout.save()

    response = world.browser(world.member).post(
        reverse("dossiers:ask-override", args=[world.zout.code, GATE]),
        {"criterion": "permit_team", "override-permit_team-reason": "Het team komt later."},
    )

    assert response.status_code == 302
    assert Override.objects.get().asked_by == world.member


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_it_is_not_answered_by_who_asked(world: World, asked: Override):
    response = answer(world, asked, "lead")

    asked.refresh_from_db()
    assert response.status_code == 403
    assert "tweede persoon" in response.content.decode()
    assert asked.answer == ""


def test_the_database_itself_refuses_one_person_twice(world: World, asked: Override):
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=asked.pk).update(
            answer="confirmed", answered_by=world.lead, answered_at=timezone.now()
        )


def test_it_is_answered_once(world: World, asked: Override):
    answer_override(override=asked, by=world.member, answer="confirmed")

    with pytest.raises(AlreadyAnswered):
        answer_override(override=asked, by=world.programme, answer="refused", reason="Nee.")


def test_it_is_asked_once(world: World, asked: Override):
    with pytest.raises(NotWaitingFor):
        ask_override(
            dossier=world.zout, gate=GATE, criterion="permit_team", by=world.member, reason="Ook."
        )


def test_it_is_not_asked_for_what_is_met(world: World, asked: Override):
    attest(dossier=world.zout, gate=GATE, criterion="team_in_place", by=world.lead, statement="Ja.")

    with pytest.raises(NotWaitingFor):
        ask_override(
            dossier=world.zout, gate=GATE, criterion="team_in_place", by=world.lead, reason="Nee."
        )


def test_it_is_not_refused_without_a_reason(world: World, asked: Override):
    with pytest.raises(Unfit):
        answer_override(override=asked, by=world.member, answer="refused")


@pytest.mark.parametrize("who", ["analyst", "ienw", "province", "auditor", "minister_office"])
def test_it_is_answered_only_with_the_right_to(world: World, asked: Override, who: str):
    with pytest.raises(NotAllowed):
        answer_override(override=asked, by=world.everybody()[who], answer="confirmed")


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def test_it_stays_listed_when_it_was_answered(world: World, asked: Override):
    answer_override(override=asked, by=world.member, answer="refused", reason="Eerst het team.")

    page = world.browser(world.auditor).get(LIST).content.decode()

    assert "Zoutfabriek BV" in page
    assert "Het team komt in het najaar." in page
    assert "Eerst het team." in page


def test_it_lists_what_waits_where_that_is_asked(world: World, asked: Override):
    client = world.browser(world.lead)

    assert "Zoutfabriek BV" in client.get(LIST, {"answer": ""}).content.decode()
    assert "Zoutfabriek BV" not in client.get(LIST, {"answer": "confirmed"}).content.decode()


@pytest.mark.parametrize(
    "who", ["outsider", "company", "other_company", "adviser", "observer", "administrator"]
)
def test_it_lists_nothing_of_a_dossier_that_a_person_may_not_know(
    world: World, asked: Override, who: str
):
    page = world.browser(world.everybody()[who]).get(LIST).content.decode()

    assert str(world.zout.code) not in page
    assert "Het team komt in het najaar." not in page


def test_it_hides_an_override_from_an_outsider(world: World, asked: Override):
    assert answer(world, asked, "outsider").status_code == 404


def test_it_asks_as_much_for_many_as_for_one(
    world: World, asked: Override, django_assert_max_num_queries
):
    for number in range(20):
        Override.objects.create(
            dossier=world.zout, gate=GATE, criterion=f"c{number}", reason="r", asked_by=world.lead
        )

    client = world.browser(world.auditor)
    with django_assert_max_num_queries(12):
        client.get(LIST)
