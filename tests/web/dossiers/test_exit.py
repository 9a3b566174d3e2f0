# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leaving the approach and coming in again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.web.dossiers.conflicts import (
    AlreadyRunning,
    DecidedMeanwhile,
    GateElsewhere,
    LeftAlready,
    NothingChanges,
    NoWayBack,
)
from maatwerkbank.web.dossiers.decisions import (
    change_level,
    close_dossier,
    decide_gate,
    move_trajectory,
    open_dossier,
    re_enter,
    ways_back,
)
from maatwerkbank.web.dossiers.gates import evidence_of
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.refusals import NotAllowed, Unfit


def later() -> date:
    return timezone.localdate() + timedelta(days=180)


def stop(world: World, to: str = "stopped_door_open") -> Decision:
    """Zoutfabriek leaves from working out."""
    Dossier.objects.filter(pk=world.zout.pk).update(stage="working_out")
    return close_dossier(
        dossier=world.zout,
        by=world.lead,
        to=to,
        reasons=["R3", "R1"],
        reason="Geen additionele reductie in 2030.",
        next_contact=later(),
    )


def address(world: World, name: str) -> str:
    return reverse(f"dossiers:{name}", args=[world.zout.code])


# ── leaving ───────────────────────────────────────────────────────────────────────────────────


def test_it_leaves_with_reasons_and_the_next_contact(world: World):
    decision = stop(world)

    world.zout.refresh_from_db()
    assert (world.zout.exit, world.zout.exit_reasons) == ("stopped_door_open", ["R1", "R3"])
    assert (world.zout.stage, world.zout.next_contact) == ("working_out", later())
    assert decision.details["exit"] == "stopped_door_open"


def test_it_stands_before_no_gate_once_it_left(world: World):
    stop(world)
    world.zout.refresh_from_db()

    assert evidence_of([world.zout]) == {world.zout.pk: ()}
    with pytest.raises(GateElsewhere):
        decide_gate(
            dossier=world.zout, gate="to_draft_jloi", by=world.lead, outcome="refused", reason="N."
        )


def test_it_tells_all_that_is_not_complete_at_once(world: World):
    with pytest.raises(Unfit) as refused:
        close_dossier(dossier=world.zout, by=world.lead, to="paused", reasons=["R99"], reason=" ")

    assert [each.place for each in refused.value.findings] == ["reasons", "next_contact", "reason"]


def test_it_lets_a_firm_withdraw_without_a_reason_from_the_list(world: World):
    close_dossier(
        dossier=world.zout, by=world.lead, to="withdrawn", reason="Het bedrijf wil niet verder."
    )

    world.zout.refresh_from_db()
    assert world.zout.exit == "withdrawn"


def test_it_can_stop_after_a_pause_and_not_twice(world: World):
    stop(world, "paused")
    stop(world, "stopped_door_open")

    with pytest.raises(LeftAlready):
        stop(world, "withdrawn")


def test_it_leaves_on_the_page(world: World):
    client = world.browser(world.lead)

    answer = client.post(
        address(world, "exit"),
        {
            "to": "stopped_door_open",
            "reasons": ["R1"],
            "reason": "Geen additionele reductie.",
            "next_contact": later().isoformat(),
            "decided_on": timezone.localdate().isoformat(),
            "last_seen": 0,
        },
        follow=True,
    )

    assert "Gestopt, deur open" in answer.content.decode()
    assert Decision.objects.get().kind == "exit"


def test_it_keeps_the_words_when_somebody_else_decided_meanwhile(world: World):
    decide_gate(dossier=world.zout, gate="to_eop", by=world.lead, outcome="refused", reason="Nee.")

    answer = world.browser(world.programme).post(
        address(world, "exit"),
        {
            "to": "withdrawn",
            "reason": "Het bedrijf belde af.",
            "decided_on": timezone.localdate().isoformat(),
            "last_seen": 0,
        },
    )

    assert answer.status_code == 409
    assert "Projectleider KGG" in answer.content.decode()
    assert "Het bedrijf belde af." in answer.content.decode()


@pytest.mark.parametrize("who", ["member", "analyst", "province", "company", "auditor"])
def test_it_refuses_who_may_not_close(world: World, who: str):
    client = world.browser(world.everybody()[who])

    assert client.get(address(world, "exit")).status_code == 403
    assert client.post(address(world, "exit"), {"to": "withdrawn"}).status_code == 403


@pytest.mark.parametrize("name", ["exit", "re-enter", "level"])
def test_it_hides_the_pages_from_an_outsider(world: World, name: str):
    assert world.browser(world.outsider).get(address(world, name)).status_code == 404


# ── coming in again ───────────────────────────────────────────────────────────────────────────


def test_it_offers_the_ways_that_the_table_names(world: World):
    stop(world)
    world.zout.refresh_from_db()

    assert ways_back(world.zout) == (
        ("net_zero_guidance", "exploration"),
        ("standard", "working_out"),
    )


def test_it_comes_in_again_on_the_track_to_net_zero(world: World):
    stop(world)

    decision = re_enter(
        dossier=world.zout,
        by=world.lead,
        track="net_zero_guidance",
        stage="exploration",
        reason="Een concreet project voor 2033.",
    )

    world.zout.refresh_from_db()
    assert (world.zout.exit, world.zout.track_id, world.zout.stage) == (
        "",
        "net_zero_guidance",
        "exploration",
    )
    assert world.zout.next_contact is None
    assert decision.details["left_as"] == "stopped_door_open"
    assert world.zout.stages_reached.get().decision == decision


def test_it_comes_in_again_where_it_stood_on_the_page(world: World):
    stop(world)
    client = world.browser(world.lead)

    page = client.get(address(world, "re-enter")).content.decode()
    answer = client.post(
        address(world, "re-enter"),
        {
            "way": "standard/working_out",
            "reason": "Toch additionele reductie.",
            "decided_on": timezone.localdate().isoformat(),
            "last_seen": 1,
        },
    )

    world.zout.refresh_from_db()
    assert "Begeleiding naar netto nul" in page
    assert answer.status_code == 302
    assert (world.zout.exit, world.zout.stage) == ("", "working_out")


def test_it_does_not_come_in_where_the_table_has_no_way(world: World):
    stop(world)

    with pytest.raises(NoWayBack):
        re_enter(
            dossier=world.zout, by=world.lead, track="standard", stage="jloi", reason="Sneller."
        )


def test_it_does_not_come_in_beside_a_running_dossier_of_the_firm(world: World):
    stop(world)
    open_dossier(company=world.zout.company, by=world.programme, lead=world.lead)

    with pytest.raises(AlreadyRunning):
        re_enter(
            dossier=world.zout, by=world.lead, track="standard", stage="working_out", reason="Nu."
        )


# ── other decisions ───────────────────────────────────────────────────────────────────────────


def test_it_opens_a_dossier_at_the_first_stage_with_its_lead(world: World):
    decision = open_dossier(
        company=world.staal.company,
        by=world.programme,
        lead=world.lead,
        track="net_zero_guidance",
        reason="Concreet en complex.",
    )

    made = decision.dossier
    assert (made.trajectory_id, made.track_id, made.stage) == (
        "maatwerk-2025",
        "net_zero_guidance",
        "exploration",
    )
    assert made.memberships.get().person == world.lead
    assert made.stages_reached.get().decision == decision


def test_it_lets_only_the_programme_open_a_dossier(world: World):
    for who in (world.lead, world.minister_office, world.company, world.administrator):
        with pytest.raises(NotAllowed):
            open_dossier(company=world.staal.company, by=who, lead=world.lead)


def test_it_opens_no_second_dossier_on_one_track(world: World):
    with pytest.raises(AlreadyRunning):
        open_dossier(company=world.zout.company, by=world.programme, lead=world.lead)


def test_it_moves_to_another_version_by_a_decision(world: World):
    world.zout.trajectory_id = "maatwerk-2022"
    world.zout.save()

    decision = move_trajectory(
        dossier=world.zout, by=world.lead, to="maatwerk-2025", reason="De brief van 30 juni 2025."
    )

    world.zout.refresh_from_db()
    assert world.zout.trajectory_id == "maatwerk-2025"
    assert (decision.details["from"], decision.details["to"]) == ("maatwerk-2022", "maatwerk-2025")
    with pytest.raises(NothingChanges):
        move_trajectory(dossier=world.zout, by=world.lead, to="maatwerk-2025", reason="Nogmaals.")


def test_it_classifies_not_above_the_own_clearance(world: World):
    change_level(dossier=world.zout, by=world.lead, level=4, reason="Koersgevoelig.")

    world.zout.refresh_from_db()
    assert world.zout.level == 4
    with pytest.raises(NotAllowed):
        change_level(dossier=world.zout, by=world.lead, level=5, reason="Hoger.")


def test_it_refuses_a_decision_on_what_is_no_longer_so(world: World):
    stop(world)

    with pytest.raises(DecidedMeanwhile):
        re_enter(
            dossier=Dossier.objects.get(pk=world.zout.pk),
            by=world.programme,
            track="standard",
            stage="working_out",
            reason="Verder.",
            last_seen=0,
        )
