# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding on a gate, as services: what passes, what is refused, what is frozen."""

from datetime import date

import pytest
from tests.web.world import World

from maatwerkbank.dossier.decision_chain import GENESIS
from maatwerkbank.web.dossiers import chain
from maatwerkbank.web.dossiers.conflicts import DecidedMeanwhile, GateElsewhere, GateLacks
from maatwerkbank.web.dossiers.decisions import decide_gate
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.dossiers.statements import attest
from maatwerkbank.web.refusals import NotAllowed, Unfit


def at_eop(world: World) -> None:
    """Zoutfabriek stands at the gate with three statements."""
    world.zout.stage = "eop"
    world.zout.save()


def all_stated(world: World) -> None:
    """Everything that the gate to working out asks was stated."""
    at_eop(world)
    gate = "to_working_out"
    for criterion, by in {
        "team_in_place": world.lead,
        "routes_to_study": world.company,
        "permit_team": world.province,
    }.items():
        attest(dossier=world.zout, gate=gate, criterion=criterion, by=by, statement="Ja.")


def test_it_lets_a_dossier_through_when_nothing_lacks(world: World):
    all_stated(world)

    decision = decide_gate(
        dossier=world.zout, gate="to_working_out", by=world.lead, outcome="passed", dissent="Geen."
    )

    world.zout.refresh_from_db()
    assert world.zout.stage == "working_out"
    assert (decision.sequence, decision.previous_hash) == (1, GENESIS)
    assert (decision.role, decision.from_stage, decision.to_stage) == (
        "case_lead",
        "eop",
        "working_out",
    )
    assert [each["met"] for each in decision.evidence["found"]] == [True, True, True]
    assert world.zout.stages_reached.get().decision == decision


def test_it_chains_decisions_so_that_the_hash_can_be_made_again(world: World):
    all_stated(world)
    for outcome in ("refused", "passed"):
        decide_gate(
            dossier=world.zout, gate="to_working_out", by=world.lead, outcome=outcome, reason="Nu."
        )

    first, second = (chain.link_of(each) for each in chain.decisions())

    assert second.previous == first.hash
    assert second.hash == chain.entry_hash(first.hash, second.entry)


def test_it_names_everything_that_lacks(world: World):
    at_eop(world)

    with pytest.raises(GateLacks) as refused:
        decide_gate(dossier=world.zout, gate="to_working_out", by=world.lead, outcome="passed")

    assert refused.value.status == 409
    assert [each.criterion.id for each in refused.value.lacking] == [
        "team_in_place",
        "routes_to_study",
        "permit_team",
    ]
    assert not Decision.objects.exists()


def test_it_records_a_refusal_with_what_lay_there(world: World):
    at_eop(world)

    decision = decide_gate(
        dossier=world.zout,
        gate="to_working_out",
        by=world.lead,
        outcome="refused",
        reason="Het team is niet compleet.",
    )

    world.zout.refresh_from_db()
    assert world.zout.stage == "eop"
    assert decision.evidence["passes"] is False
    assert not world.zout.stages_reached.exists()


def test_it_refuses_without_a_reason(world: World):
    at_eop(world)

    with pytest.raises(Unfit):
        decide_gate(dossier=world.zout, gate="to_working_out", by=world.lead, outcome="refused")


def test_it_tells_who_comes_second(world: World):
    all_stated(world)
    decide_gate(dossier=world.zout, gate="to_working_out", by=world.lead, outcome="passed")

    with pytest.raises(DecidedMeanwhile) as refused:
        decide_gate(
            dossier=world.zout,
            gate="to_working_out",
            by=world.programme,
            outcome="refused",
            reason="Nee.",
            expected_stage="eop",
            last_seen=0,
        )

    assert "Projectleider KGG" in refused.value.what
    assert Decision.objects.count() == 1


def test_it_refuses_a_gate_elsewhere(world: World):
    with pytest.raises(GateElsewhere):
        decide_gate(
            dossier=world.zout, gate="to_agreement", by=world.lead, outcome="refused", reason="Nee."
        )


@pytest.mark.parametrize("who", ["member", "analyst", "province", "company", "auditor", "outsider"])
def test_it_lets_nobody_else_decide(world: World, who: str):
    all_stated(world)

    with pytest.raises(NotAllowed):
        decide_gate(
            dossier=world.zout,
            gate="to_working_out",
            by=world.everybody()[who],
            outcome="passed",
        )


def test_it_lets_the_office_that_decides_record_it_itself(world: World):
    decision = decide_gate(
        dossier=world.zout,
        gate="to_eop",
        by=world.minister_office,
        outcome="refused",
        reason="Eerst het ambitiedocument.",
    )

    assert decision.role == "minister_office"


def test_it_keeps_another_office_from_a_gate_of_the_programme(world: World):
    at_eop(world)

    with pytest.raises(NotAllowed):
        decide_gate(
            dossier=world.zout,
            gate="to_working_out",
            by=world.minister_office,
            outcome="refused",
            reason="Nee.",
        )


def test_it_refuses_a_day_before_the_dossier_came_to_its_stage(world: World):
    at_eop(world)
    world.zout.stage_since = date(2026, 5, 1)
    world.zout.save()

    with pytest.raises(Unfit) as refused:
        decide_gate(
            dossier=world.zout,
            gate="to_working_out",
            by=world.lead,
            outcome="refused",
            reason="Nee.",
            decided_on=date(2026, 4, 30),
        )

    assert [each.place for each in refused.value.findings] == ["decided_on"]
