# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every road of the approach, walked gate by gate with the deeds that people do."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.web.advice.models import Advice, Review
from maatwerkbank.web.documents.models import Document, DocumentVersion, FrozenSet, Signatory
from maatwerkbank.web.dossiers.conflicts import GateLacks
from maatwerkbank.web.dossiers.decisions import decide_gate, open_dossier
from maatwerkbank.web.dossiers.gates import gate_of
from maatwerkbank.web.dossiers.models import Ambition, Company, Dossier, Membership
from maatwerkbank.web.dossiers.statements import attest
from maatwerkbank.web.execution.models import BudgetEntry, CoverFact, Envelope
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run
from maatwerkbank.web.verification import verify

NUMBERS = count(1)
SCHEMES = ("sde", "dei", "veki", "eia", "niki")
RESULT = {
    "receipt": {"number": "0123456789abcdef", "input_sha256": "c" * 64, "variant": None},
    "lacks": [],
    "ranges": {},
    "additional_2030_t": 250_000.0,
    "gross_by_year_t": {str(year): 400_000.0 for year in range(2030, 2051)},
    "not_official": [],
    "support": {
        "ladder": [{"scheme": scheme, "outcome": "not_open"} for scheme in SCHEMES],
        "state_aid": {
            "projects": [
                {
                    "project": "kiln",
                    "binding": "cisaf",
                    "grant": {"needed_eur": 40e6, "room_eur": 60e6},
                    "verdicts": [{"framework": "cisaf", "outcome": "fits"}],
                }
            ]
        },
    },
}


@pytest.fixture
def people(world: World) -> dict[str, Person]:
    """Who holds which role."""
    return {
        "case_lead": world.lead,
        "case_team": world.member,
        "analyst": world.analyst,
        "ienw": world.ienw,
        "province": world.province,
        "environmental_service": world.environment,
        "company": world.company,
        "programme": world.programme,
    }


def opened(world: World, people: dict[str, Person], track: str) -> Dossier:
    """A dossier for one of the largest emitters, with everybody on it."""
    company = Company.objects.create(slug="tata-steel", name="Hoogoven BV")
    dossier = open_dossier(
        company=company, by=world.programme, lead=world.lead, track=track
    ).dossier
    for role, person in people.items():
        if role not in ("case_lead", "programme"):
            Membership.objects.create(dossier=dossier, person=person, role=role)
    return dossier


def give(dossier: Dossier, gate: Gate, criterion: Criterion, people: dict[str, Person]) -> None:
    """What `criterion` asks, by somebody who can give it."""
    if criterion.kind == "attested":
        giver = next(role for role in criterion.given_by if role in people)
        attest(
            dossier=dossier,
            gate=gate.id,
            criterion=criterion.id,
            by=people[giver],
            statement="Zo is het.",
        )
    elif criterion.document_kind == "case_file":
        plan(dossier, people["company"])
    elif criterion.document_kind:
        paper(dossier, criterion.document_kind)
    elif (criterion.check or "").startswith("ambition_of_"):
        Ambition.objects.create(
            dossier=dossier,
            version=(criterion.check or "").removeprefix("ambition_of_"),
            year=2030,
            gross_low=4e5,
            gross_high=5e5,
            boundary_nl="Alle installaties",
            boundary_en="All installations",
            source="kamerbrief-2025-06-30",
        )
    elif criterion.check == "advice_given_and_answered":
        answered_advice(dossier, people["case_lead"])
    elif criterion.check == "no_blocking_review_finding":
        Review.objects.create(
            dossier=dossier,
            kind="project_review",
            reviewer="Een deskundige",
            what="De projecten",
            assigned_by=people["case_lead"],
            reported_on=timezone.localdate(),
        )
    elif criterion.check == "money_covered":
        covered(dossier, people["case_lead"])
    elif criterion.check == "covenant_points_answered":
        return  # the text is made elsewhere and handed in: the statements hold
    elif not PinnedRun.objects.filter(dossier=dossier, gate=gate.id).exists():
        pin(dossier, gate, people["analyst"])


def covered(dossier: Dossier, by: Person) -> None:
    """Money is reserved, and all that has to happen before the signing has happened."""
    envelope = Envelope.objects.create(name_nl="Fonds", name_en="Fund", article="artikel 4")
    BudgetEntry.objects.create(
        dossier=dossier,
        envelope=envelope,
        year=2026,
        state="reserved",
        amount=1_000,
        because="brief",
        by=by,
    )
    for kind in ("reservation_clause", "comptabiliteitswet", "parliament_told"):
        CoverFact.objects.create(
            dossier=dossier, kind=kind, on=timezone.localdate(), evidence="brief", by=by
        )


def answered_advice(dossier: Dossier, by: Person) -> Advice:
    """An advice of the committee to which the minister has answered."""
    frozen = FrozenSet.objects.create(
        dossier=dossier,
        purpose="Advies",
        content={},
        sha256="e" * 64,
        level=dossier.level,
        made_by=by,
    )
    return Advice.objects.create(
        dossier=dossier,
        body="amvi",
        frozen_set=frozen,
        subject="Concept",
        asked_by=by,
        verdict="positive",
        given_on=timezone.localdate(),
        given_at=timezone.now(),
        given_sha256="f" * 64,
        answered_on=timezone.localdate(),
        answered_at=timezone.now(),
    )


def paper(dossier: Dossier, kind: str) -> None:
    """An accepted paper of that kind, signed by whoever signs it."""
    document = Document.objects.create(dossier=dossier, kind=kind, title=kind, topic="general")
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        state="accepted",
        sha256=f"{next(NUMBERS):064d}",
        handed_in_at=timezone.now(),
    )
    for side in DOCUMENT_KINDS[kind].signed_by:
        Signatory.objects.create(version=version, organisation=side, capacity="bestuurder")


def plan(dossier: Dossier, by: Person) -> CaseVersion:
    return CaseVersion.objects.create(
        dossier=dossier,
        number=next(NUMBERS),
        state="handed_in",
        origin="upload",
        text="plan",
        sha256="c" * 64,
        handed_in_by=by,
        handed_in_at=timezone.now(),
    )


def pin(dossier: Dossier, gate: Gate, by: Person) -> None:
    run = Run.objects.create(
        dossier=dossier,
        case_version=plan(dossier, by),
        known_on=date(2026, 1, 1),
        state="done",
        asked_by=by,
        result=RESULT,
        result_sha256="d" * 64,
        receipt_number="0123456789abcdef",
    )
    PinnedRun.objects.create(dossier=dossier, gate=gate.id, run=run, by=by)


@pytest.mark.parametrize("track", ["standard", "incidental_subsidy", "net_zero_guidance"])
def test_it_goes_through_every_gate_once_all_is_given(
    world: World, people: dict[str, Person], track: str
):
    dossier = opened(world, people, track)
    road = dossier.trajectory.track(track)
    gates = [road.gates_from(stage.id)[0] for stage in road.stages[:-1]]

    for gate in gates:
        with pytest.raises(GateLacks):
            decide_gate(dossier=dossier, gate=gate.id, by=world.programme, outcome="passed")
        for criterion in gate.criteria:
            give(dossier, gate, criterion, people)
        decision = decide_gate(dossier=dossier, gate=gate.id, by=world.programme, outcome="passed")
        dossier.refresh_from_db()
        assert decision.evidence["passes"] is True
        assert dossier.stage == gate.to_stage

    assert dossier.stage == road.stages[-1].id
    assert [each.stage for each in dossier.stages_reached.order_by("pk")] == [
        stage.id for stage in road.stages
    ]
    assert [each.code for each in verify().findings if each.code.startswith("chain")] == []


def test_it_asks_anew_what_was_given_before_the_dossier_went_back(
    world: World, people: dict[str, Person]
):
    dossier = opened(world, people, "standard")
    Dossier.objects.filter(pk=dossier.pk).update(
        stage="advice", stage_since=timezone.localdate() - timedelta(days=30)
    )
    dossier.refresh_from_db()
    paper(dossier, "advice")
    assert gate_of(dossier, "to_jloi").judgement.found[0].met

    decide_gate(dossier=dossier, gate="back_to_draft", by=world.programme, outcome="passed")
    Dossier.objects.filter(pk=dossier.pk).update(stage="advice")
    dossier.refresh_from_db()

    assert not gate_of(dossier, "to_jloi").judgement.found[0].met
    paper(dossier, "advice")
    assert gate_of(dossier, "to_jloi").judgement.found[0].met


def test_it_freezes_the_run_and_the_papers_under_a_decision(
    world: World, people: dict[str, Person]
):
    dossier = opened(world, people, "net_zero_guidance")
    gate = dossier.trajectory.track("net_zero_guidance").gates[0]
    for criterion in gate.criteria:
        give(dossier, gate, criterion, people)

    decision = decide_gate(dossier=dossier, gate=gate.id, by=world.programme, outcome="passed")

    assert decision.run == dossier.runs.get()
    assert decision.evidence["evidence"]["run"]["receipt"] == "0123456789abcdef"
    assert {each["kind"] for each in decision.evidence["evidence"]["attached"]} == {
        "case_file",
        "plan_2050",
    }
    found = {each["criterion"]: each for each in decision.evidence["found"]}
    assert found["net_zero_figures"]["rests_on"] == ["0123456789abcdef", "d" * 64]
