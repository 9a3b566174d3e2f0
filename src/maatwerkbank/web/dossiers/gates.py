# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Before which gates do these dossiers stand, what lies on the table there, and what lacks?

Takes     dossiers, one or many; who may see them was asked before (`people/access.py`).
Gives     per dossier its gates with evidence and judgement, in a constant number of queries.
Leaves    the judging itself to `dossier.gates`, every deed to `decisions.py`.

What was given before a dossier last left a stage through a gate counts no more at the gates of that
stage: who comes back to a stage gives anew. So an advice on the last draft never opens the gate for
the next one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value, prefetch_related_objects
from django.db.models.functions import Concat
from django.utils import timezone

from maatwerkbank.dossier.evidence import (
    Attached,
    CovenantFact,
    CoverFact,
    Evidence,
    ReviewFact,
    RiskRegisterFact,
    RunFact,
    run_fact,
)
from maatwerkbank.dossier.evidence import Attestation as Stated
from maatwerkbank.dossier.gates import Judgement, judge
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.target_group import standing
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio import register
from maatwerkbank.web.advice.stored import advice_facts, review_facts
from maatwerkbank.web.agreements.stored import covenant_facts
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.conflicts import GateElsewhere
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Attestation,
    Decision,
    Dossier,
    Membership,
    Override,
)
from maatwerkbank.web.dossiers.per_dossier import per_dossier
from maatwerkbank.web.execution.stored import cover_facts
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.promises.stored_risks import risk_register_facts
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run

Given = tuple[datetime | None, Any]
"""When something was given, and what."""


@dataclass(frozen=True)
class GateFound:
    """A gate that a dossier stands before: what lies there and what is found in it.

    `since`: the day on which the dossier came to stand here. `fell_away`: per criterion the day on
    which something that was given for it was withdrawn.
    """

    gate: Gate
    evidence: Evidence
    judgement: Judgement
    since: date
    attestations: tuple[Attestation, ...] = ()
    run: Run | None = None
    overrides: tuple[Override, ...] = ()
    fell_away: Mapping[str, date] = field(default_factory=dict)

    def waiting_since(self, criterion: Criterion) -> date:
        """Since when the gate waits for this one."""
        return max(self.since, self.fell_away.get(criterion.id, self.since))

    @property
    def open_override(self) -> Mapping[str, Override]:
        """Per criterion the override that waits for a second person."""
        return {each.criterion: each for each in self.overrides if not each.answer}


# ── what others ask ───────────────────────────────────────────────────────────────────────────


def evidence_of(dossiers: Iterable[Dossier]) -> dict[int, tuple[GateFound, ...]]:
    """Per dossier (its pk) the gates that it stands before, the one forward first.

    The number of queries does not depend on the number of dossiers. A dossier that left the
    approach stands before no gate.
    """
    all_of_them = list(dossiers)
    running = [each for each in all_of_them if not each.exit]
    gates = {each.pk: _gates_of(each) for each in running}
    found: dict[int, tuple[GateFound, ...]] = {each.pk: () for each in all_of_them}
    if running:
        prefetch_related_objects(running, "company")
        table = _Table.laid(running, {gate.id for each in gates.values() for gate in each})
        for dossier in running:
            found[dossier.pk] = tuple(table.before(dossier, gate) for gate in gates[dossier.pk])
    return found


def gate_of(dossier: Dossier, gate_id: str) -> GateFound:
    """The gate before which `dossier` stands, with all that lies there.

    Raises
    ------
    NotInTrajectory   the track of the dossier has no such gate
    GateElsewhere     the dossier stands elsewhere, or left the approach
    """
    gate = dossier.trajectory.track(dossier.track_id).gate(gate_id)
    for found in evidence_of([dossier])[dossier.pk]:
        if found.gate.id == gate.id:
            return found
    raise GateElsewhere(dossier, gate)


def people_by_role(dossier: Dossier) -> dict[str, list[Person]]:
    """Who can give or decide something here: per role, those who hold it today or by office."""
    today = timezone.localdate()
    found: dict[str, list[Person]] = {role: [] for role in ROLES}
    memberships = (
        Membership.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
        .filter(dossier=dossier, person__is_active=True)
        .select_related("person__organisation")
    )
    for each in memberships:
        found[each.role].append(each.person)
    in_office = Person.objects.exclude(office="").filter(is_active=True)
    for person in in_office.select_related("organisation"):
        if person not in found[person.office]:
            found[person.office].append(person)
    return found


def _gates_of(dossier: Dossier) -> tuple[Gate, ...]:
    try:
        return dossier.trajectory.track(dossier.track_id).gates_from(dossier.stage)
    except NotInTrajectory:
        return ()


# ── laying the table ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Table:
    """Everything that lies on the table of some dossiers, fetched at once."""

    left: Mapping[tuple[int, str], datetime]
    attestations: Mapping[int, list[Attestation]]
    withdrawn: Mapping[int, list[Attestation]]
    attached: Mapping[int, list[Given]]
    pins: Mapping[tuple[int, str], PinnedRun]
    ambitions: Mapping[int, list[Ambition]]
    overrides: Mapping[int, list[Override]]
    advices: Mapping[int, list[Given]]
    reviews: Mapping[int, tuple[ReviewFact, ...]]
    risks: Mapping[int, RiskRegisterFact]
    covenants: Mapping[tuple[int, str], CovenantFact]
    covers: Mapping[int, tuple[CoverFact, ...]]

    @classmethod
    def laid(cls, dossiers: Collection[Dossier], gates: Collection[str]) -> "_Table":
        """At most twenty queries, whatever the number of dossiers."""
        stated = Attestation.objects.filter(dossier__in=dossiers, gate__in=gates)
        living = stated.filter(withdraws=None, withdrawn_by=None).prefetch_related("by")
        withdrawals = stated.exclude(withdraws=None)
        overrides = Override.objects.filter(dossier__in=dossiers, gate__in=gates)
        return cls(
            left=_left(dossiers, gates),
            attestations=per_dossier(living),
            withdrawn=per_dossier(withdrawals),
            attached=_attached(dossiers),
            pins=_pins(dossiers, gates),
            ambitions=per_dossier(Ambition.objects.filter(dossier__in=dossiers)),
            overrides=per_dossier(overrides.select_related("asked_by", "answered_by")),
            advices=advice_facts(dossiers),
            reviews=review_facts(dossiers),
            risks=risk_register_facts(dossiers, gates),
            covenants=covenant_facts(dossiers, gates),
            covers=cover_facts(dossiers, gates),
        )

    def before(self, dossier: Dossier, gate: Gate) -> GateFound:
        """What lies before `gate`, and what is found in it."""
        after = self.left.get((dossier.pk, gate.from_stage))
        pin = self.pins.get((dossier.pk, gate.id))
        run = pin.run if pin and _later(pin.at, after) else None
        overrides = tuple(
            each
            for each in self.overrides[dossier.pk]
            if each.gate == gate.id and _later(each.asked_at, after)
        )
        stated = tuple(
            each
            for each in self.attestations[dossier.pk]
            if each.gate == gate.id and _later(each.made_at, after)
        )
        evidence = Evidence(
            attestations=tuple(
                Stated(each.criterion, each.by.name, each.role, each.on, each.statement)
                for each in stated
            ),
            attached=tuple(
                what for at, what in self.attached[dossier.pk] if at is None or _later(at, after)
            ),
            run=_fact(run) if run else None,
            register=_standing(dossier, gate),
            ambitions=tuple(_ambition(each) for each in self.ambitions[dossier.pk]),
            advices=tuple(
                what for at, what in self.advices[dossier.pk] if at is None or _later(at, after)
            ),
            reviews=self.reviews[dossier.pk],
            risk_register=self.risks.get(dossier.pk),
            covenant=self.covenants.get((dossier.pk, gate.to_stage)),
            cover=self.covers.get(dossier.pk, ()),
        )
        confirmed = [each.criterion for each in overrides if each.answer == "confirmed"]
        return GateFound(
            gate=gate,
            evidence=evidence,
            judgement=judge(gate, evidence, overrides=confirmed),
            since=dossier.stage_since or dossier.opened_on,
            attestations=stated,
            run=run,
            overrides=overrides,
            fell_away={
                each.criterion: timezone.localdate(each.made_at)
                for each in self.withdrawn[dossier.pk]
                if each.gate == gate.id
            },
        )


def _later(at: datetime, after: datetime | None) -> bool:
    return after is None or at > after


def _left(dossiers: Collection[Dossier], gates: Collection[str]) -> dict[tuple[int, str], datetime]:
    """When each dossier last left a stage through one of these gates."""
    passed = Decision.objects.filter(
        dossier__in=dossiers, gate__in=gates, kind="gate", outcome="passed"
    ).order_by("sequence")
    return {
        (dossier, stage): at
        for dossier, stage, at in passed.values_list("dossier_id", "from_stage", "recorded_at")
    }


def _attached(dossiers: Collection[Dossier]) -> dict[int, list[Given]]:
    """Accepted versions of papers whose bytes lie here, and case files that were handed in."""
    signature = Concat(
        "signatories__organisation", Value(" ("), "signatories__capacity", Value(")")
    )
    papers = (
        DocumentVersion.objects.filter(document__dossier__in=dossiers, state="accepted")
        .exclude(sha256="")
        .annotate(
            signed_by=ArrayAgg(
                signature,
                filter=Q(signatories__isnull=False),
                order_by="signatories__id",
                default=Value([]),
            )
        )
        .values(
            "document__dossier",
            "document__kind",
            "document__title",
            "number",
            "sha256",
            "dated",
            "handed_in_at",
            "signed_by",
        )
    )
    cases = CaseVersion.objects.filter(dossier__in=dossiers, state="handed_in").values(
        "dossier", "file_name", "number", "sha256", "handed_in_at"
    )
    found: dict[int, list[Given]] = defaultdict(list)
    for paper in papers:
        found[paper["document__dossier"]].append((paper["handed_in_at"], _paper(paper)))
    for case in cases:
        found[case["dossier"]].append((case["handed_in_at"], _case(case)))
    return found


def _paper(version: Mapping[str, Any]) -> Attached:
    dated = version["dated"]
    return Attached(
        kind=version["document__kind"],
        document=version["document__title"],
        version=version["number"],
        sha256=version["sha256"],
        signed_by=tuple(version["signed_by"]),
        dated=date.fromisoformat(dated) if len(dated) == 10 else None,
    )


def _case(case: Mapping[str, Any]) -> Attached:
    at = case["handed_in_at"]
    return Attached(
        kind="case_file",
        document=case["file_name"] or f"plan {case['number']}",
        version=case["number"],
        sha256=case["sha256"],
        dated=timezone.localdate(at) if at else None,
    )


def _pins(
    dossiers: Collection[Dossier], gates: Collection[str]
) -> dict[tuple[int, str], PinnedRun]:
    """The last pin per dossier and gate."""
    last = (
        PinnedRun.objects.filter(dossier__in=dossiers, gate__in=gates, run__state="done")
        .order_by("dossier_id", "gate", "-at")
        .distinct("dossier_id", "gate")
        .select_related("run")
    )
    return {(each.dossier_id, each.gate): each for each in last}


def _fact(run: Run) -> RunFact:
    """The facts of a run. `result` is what `assess --json` prints, with that of `support` in it."""
    result: dict[str, Any] = run.result or {}
    doubts = result.get("not_official")
    if doubts is None:
        doubts = [] if run.official else ["this run was not made for official use"]
    return run_fact(
        result,
        result.get("support"),
        sha256=run.result_sha256,
        official=run.official,
        unverified=tuple(doubts),
    )


def _standing(dossier: Dossier, gate: Gate) -> Mapping[str, Any]:
    """What the register of emissions says, where a criterion of the gate asks for it."""
    if all(each.check != "among_largest_emitters" for each in gate.criteria):
        return {}
    return _standing_on(dossier.company.slug, timezone.localdate())


@lru_cache(maxsize=4096)
def _standing_on(firm: str, on: date) -> Mapping[str, Any]:
    return standing(firm, on)


def _ambition(stored: Ambition) -> register.Ambition:
    return register.Ambition(
        quantity=stored.quantity,
        version=stored.version,
        gross=_span(stored.gross_low, stored.gross_high),
        additional=_span(stored.additional_low, stored.additional_high),
        additional_to=Text(stored.additional_to_nl, stored.additional_to_en)
        if stored.additional_to_nl
        else None,
        bound=stored.bound or None,
        unit=stored.unit,
        year=stored.year,
        boundary=Text(stored.boundary_nl, stored.boundary_en),
        base_year=stored.base_year,
        date=stored.dated or None,
        source=stored.source,
        place=stored.place or None,
    )


def _span(low: float | None, high: float | None) -> float | register.Span | None:
    if low is None or high is None or low == high:
        return high if low is None else low
    return register.Span(low, high)
