# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The stored dossiers as the same register and portfolio that the shipped folder gives.

Takes     a person, or None for whoever runs the machine; a day.
Gives     firms with stage, track, exit, papers, ambitions and remarks as they stood on that day,
          and the last plan that each handed in. In a constant number of queries.
Leaves    who may see what to `people/access.py`; the stages of the track of net-zero guidance that
          the register does not know, of which it tells the last one that it knows.

What has its own day counts from that day, as the register has it; what has not, from the day of its
source. A firm stands in the register once: with several dossiers, the one opened last counts, and
one of net-zero guidance only where there is no other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level, highest
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.portfolio import Portfolio
from maatwerkbank.portfolio.register import (
    ORDER,
    STAGE_OF_DOCUMENT,
    TRACKS,
    CompanyState,
    Exit,
    Register,
    Span,
    Stage,
)
from maatwerkbank.portfolio.register import Ambition as Aim
from maatwerkbank.portfolio.register import Remark as Said
from maatwerkbank.portfolio.register import Site as Place
from maatwerkbank.sources import load_sources
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Decision,
    Dossier,
    Remark,
    Site,
    StageReached,
)
from maatwerkbank.web.dossiers.per_dossier import per_dossier
from maatwerkbank.web.people.access import (
    ambitions_of,
    case_versions_of,
    dossiers_of,
    remarks_of,
    versions_of,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.runs.case_files import case_file_of
from maatwerkbank.web.runs.models import CaseVersion

TITLE = "Dossiers van deze Maatwerkbank"
PAPERS = tuple(kind for kind, stage in STAGE_OF_DOCUMENT.items() if stage)
LAST_RESORT = "net_zero_guidance"
_STAGES = {stage.value for stage in Stage}


@dataclass(frozen=True)
class StoredPortfolio:
    """Firms as they stood on a day; by the id of a firm its dossier and its last plan."""

    register: Register
    dossiers: Mapping[str, Dossier]
    plans: Mapping[str, CaseVersion]

    @property
    def level(self) -> Level:
        """The highest level of all that lies in it."""
        return highest([self.level_of(firm) for firm in self.dossiers] or [Level.OPENBAAR])

    def level_of(self, firm: str) -> Level:
        """The highest level of what is here of one firm."""
        plan = self.plans.get(firm)
        levels = [self.dossiers[firm].level, *([plan.level] if plan else [])]
        return highest([Level(level) for level in levels])

    def read(self) -> Portfolio:
        """The same, with every plan read and checked.

        Raises Unfit where a plan no longer meets the rules of this version of the program.
        """
        return Portfolio(
            self.register, {firm: case_file_of(plan) for firm, plan in self.plans.items()}
        )


def stored_portfolio(person: Person | None, as_of: date) -> Portfolio:
    """What `person` may see of the dossiers, as on `as_of`; for None everything."""
    return stored(person, as_of).read()


def stored(person: Person | None, as_of: date) -> StoredPortfolio:
    """The same, with plans not read yet."""
    return _stood(_Rows.seen_by(person), as_of)


def public_portfolio(as_of: date) -> StoredPortfolio:
    """What everybody may know: of public dossiers, what a source tells; without plans."""
    return _stood(_Rows.public(), as_of)


def _stood(rows: "_Rows", as_of: date) -> StoredPortfolio:
    found: dict[str, tuple[Dossier, CompanyState]] = {}
    for dossier in sorted(rows.dossiers, key=_rank):
        state = rows.state(dossier, as_of)
        if state is not None:
            found[state.id] = dossier, state
    firms = sorted(found.values(), key=lambda each: each[0].pk)
    return StoredPortfolio(
        register=Register(
            as_of=as_of,
            title=TITLE,
            cut_off=min(as_of, timezone.localdate()),
            companies=tuple(state for _, state in firms),
        ),
        dossiers={state.id: dossier for dossier, state in firms},
        plans={
            state.id: rows.plans[dossier.pk]
            for dossier, state in firms
            if dossier.pk in rows.plans.keys() & rows.runs_seen
        },
    )


def _rank(dossier: Dossier) -> tuple[bool, date, int]:
    """The last one counts."""
    return (dossier.track_id != LAST_RESORT, dossier.opened_on, dossier.pk)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Rows:
    """What is stored, per dossier (its pk), in the order in which it was put there."""

    dossiers: Sequence[Dossier]
    decisions_seen: frozenset[int]
    runs_seen: frozenset[int]
    stages: Mapping[int, Sequence[StageReached]]
    moves: Mapping[int, Sequence[Decision]]
    papers: Mapping[int, Sequence[DocumentVersion]]
    ambitions: Mapping[int, Sequence[Ambition]]
    remarks: Mapping[int, Sequence[Remark]]
    plans: Mapping[int, CaseVersion]

    @classmethod
    def seen_by(cls, person: Person | None) -> "_Rows":
        """Eleven queries, whatever the number of dossiers."""

        def reach(deed: Deed) -> QuerySet[Dossier]:
            return dossiers_of(person, deed) if person else Dossier.objects.all()

        dossiers = reach(Deed.SEE).select_related("company").prefetch_related("company__sites")
        ambitions = ambitions_of(person) if person else Ambition.objects.all()
        remarks = remarks_of(person) if person else Remark.objects.all()
        papers = versions_of(person) if person else DocumentVersion.objects.all()
        plans = case_versions_of(person) if person else CaseVersion.objects.all()
        return cls._of(
            dossiers,
            papers=papers,
            ambitions=ambitions,
            remarks=remarks,
            decisions_seen=frozenset(reach(Deed.SEE_DECISIONS).values_list("pk", flat=True)),
            runs_seen=frozenset(reach(Deed.SEE_RUNS).values_list("pk", flat=True)),
            plans={
                plan.dossier_id: plan
                for plan in plans.filter(state="handed_in")
                .order_by("dossier_id", "-number")
                .distinct("dossier_id")
                .defer("document", "findings")
            },
        )

    @classmethod
    def public(cls) -> "_Rows":
        """Of public dossiers what a public source tells; nobody has to be asked for that."""
        dossiers = Dossier.objects.filter(level=Level.OPENBAAR.value)
        told = {"dossier__level": Level.OPENBAAR.value}
        papers = DocumentVersion.objects.filter(
            document__dossier__level=Level.OPENBAAR.value, document__level=Level.OPENBAAR.value
        )
        return cls._of(
            dossiers.select_related("company").prefetch_related("company__sites"),
            papers=papers.exclude(source=""),
            ambitions=Ambition.objects.filter(**told).exclude(source=""),
            remarks=Remark.objects.filter(**told).exclude(source=""),
        )

    @classmethod
    def _of(
        cls,
        dossiers: QuerySet[Dossier],
        *,
        papers: QuerySet[DocumentVersion],
        ambitions: QuerySet[Ambition],
        remarks: QuerySet[Remark],
        decisions_seen: frozenset[int] = frozenset(),
        runs_seen: frozenset[int] = frozenset(),
        plans: Mapping[int, CaseVersion] = MappingProxyType({}),
    ) -> "_Rows":
        inside = dossiers.select_related(None).prefetch_related(None).order_by().values("pk")
        moves = Decision.objects.filter(
            dossier__in=inside, kind__in=("exit", "re_entry", "trajectory")
        )
        return cls(
            dossiers=list(dossiers.order_by("pk")),
            decisions_seen=decisions_seen,
            runs_seen=runs_seen,
            stages=per_dossier(StageReached.objects.filter(dossier__in=inside)),
            moves=per_dossier(moves.order_by("decided_on", "sequence")),
            papers=per_dossier(
                papers.filter(state="accepted", document__kind__in=PAPERS)
                .select_related("document")
                .prefetch_related("signatories")
                .order_by("pk"),
                lambda version: version.document.dossier_id,
            ),
            ambitions=per_dossier(ambitions.select_related("document").order_by("pk")),
            remarks=per_dossier(remarks.order_by("pk")),
            plans=plans,
        )

    def state(self, dossier: Dossier, as_of: date) -> CompanyState | None:
        """Where the firm of `dossier` stood; None where it had not begun by then."""
        reached = [row for row in self.stages[dossier.pk] if row.counts_from <= as_of]
        stage = _stage(reached)
        if stage is None:
            return None
        days = _Days({(row.on, row.source): row.counts_from for row in self.stages[dossier.pk]})
        papers = _signed(days.known(self.papers[dossier.pk], as_of))
        signed = {paper.document.kind: paper.dated or None for paper in papers}
        remarks = days.known(self.remarks[dossier.pk], as_of)
        said = {
            kind: [_said(each) for each in remarks if each.kind == kind]
            for kind in ("qualifier", "note")
        }
        company = dossier.company
        return CompanyState(
            id=company.slug,
            name=company.name,
            sector=Text(nl=company.sector_nl, en=company.sector_en),
            cluster=company.cluster,
            sites=tuple(_site(site) for site in sorted(company.sites.all(), key=lambda s: s.pk)),
            stage=stage,
            track=self._track(dossier, days, as_of),
            eop_signed="expression_of_principles" in signed,
            eop_date=signed.get("expression_of_principles"),
            jloi_date=signed.get("joint_letter_of_intent"),
            agreement_date=signed.get("agreement"),
            ambitions=_latest(days.known(self.ambitions[dossier.pk], as_of)),
            exit=self._exit(dossier, as_of),
            qualifier=said["qualifier"][-1] if said["qualifier"] else None,
            notes=tuple(said["note"]),
            sources=_sources(reached, papers),
        )

    def _track(self, dossier: Dossier, days: "_Days", as_of: date) -> str:
        """The track that it ran on: before a change, the one that it came from."""
        for each in self.moves[dossier.pk]:
            if each.decided_on > as_of and "from_track" in each.details:
                return str(each.details["from_track"])
        changes = [each for each in self.remarks[dossier.pk] if each.kind == "track"]
        if changes and not days.known(changes, as_of):
            return TRACKS[0]
        return dossier.track_id

    def _exit(self, dossier: Dossier, as_of: date) -> Exit | None:
        """How it had left: by the last decision on it, or as a source tells."""
        moves = [each for each in self.moves[dossier.pk] if each.kind != "trajectory"]
        known = [each for each in moves if each.decided_on <= as_of]
        why = dossier.public_reconstruction or dossier.pk in self.decisions_seen
        if known:
            last = known[-1]
            return _decided_exit(last, why=why) if last.kind == "exit" else None
        since = dossier.exit_since or dossier.exit_known_by or dossier.opened_on
        if moves or not dossier.exit or since > as_of:
            return None
        return Exit(
            kind=dossier.exit,
            reasons=tuple(dossier.exit_reasons) if why else (),
            date=dossier.exit_since.isoformat() if dossier.exit_since else None,
            known_by=None if dossier.exit_since else since.isoformat(),
            source=dossier.exit_source,
            place=dossier.exit_place or None,
        )


# ── from rows to what the register tells ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Days:
    """From which day does a fact count? `known`: of the stages, by their own day and source."""

    of_stages: Mapping[tuple[str, str], date]

    def known(self, rows: Iterable[Any], as_of: date) -> list[Any]:
        """The rows that count by then, in the order in which they came to count."""
        counting = [(self._counts_from(row), row) for row in rows]
        return [row for day, row in sorted(counting, key=lambda each: each[0]) if day <= as_of]

    def _counts_from(self, row: Any) -> date:
        known = self.of_stages.get((row.dated, row.source)) if row.source else None
        if known:
            return known
        told = load_sources().get(row.source)
        days = [last_day(each) for each in (row.dated, told and told.date) if each]
        if len(row.dated) == len("2025-06-30"):
            return days[0]
        return min(days, default=_entered(row))


def _entered(row: Any) -> date:
    """The day on which it was put here: of a paper, or of the paper that it comes from."""
    paper = row if isinstance(row, DocumentVersion) else getattr(row, "document", None)
    at = paper.judged_at or paper.handed_in_at if paper else None
    return timezone.localdate(at) if at else date.min


def _stage(reached: Sequence[StageReached]) -> Stage | None:
    """Where it stands: a source moves it forward only, a decision to where it says."""
    here: Stage | None = None
    for row in reached:
        if row.stage not in _STAGES:
            continue
        stage = Stage(row.stage)
        if here is None or row.decision_id or ORDER[stage] > ORDER[here]:
            here = stage
    return here


def _sources(
    reached: Sequence[StageReached], papers: Iterable[DocumentVersion]
) -> dict[Stage, tuple[str, ...]]:
    """What shows each stage: rows of its own, and the paper that bears its name."""
    shown = [(row.stage, row.source) for row in reached]
    shown += [(STAGE_OF_DOCUMENT[paper.document.kind] or "", paper.source) for paper in papers]
    return {
        stage: tuple(dict.fromkeys(source for at, source in shown if at == stage and source))
        for stage in Stage
        if any(row.stage == stage for row in reached)
    }


def _signed(papers: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Those that all sides signed."""
    return [
        each
        for each in papers
        if len(each.signatories.all()) >= len(DOCUMENT_KINDS[each.document.kind].signed_by)
    ]


def _latest(ambitions: Iterable[Ambition]) -> tuple[Aim, ...]:
    """The latest per quantity and version, as the register has them."""
    return tuple({(each.quantity, each.version): _aim(each) for each in ambitions}.values())


def _aim(stored: Ambition) -> Aim:
    beyond = Text(nl=stored.additional_to_nl, en=stored.additional_to_en)
    return Aim(
        quantity=stored.quantity,
        version=stored.version,
        gross=_span(stored.gross_low, stored.gross_high),
        additional=_span(stored.additional_low, stored.additional_high),
        additional_to=beyond if stored.additional_to_nl else None,
        bound=stored.bound or None,
        unit=stored.unit,
        year=stored.year,
        boundary=Text(nl=stored.boundary_nl, en=stored.boundary_en),
        base_year=stored.base_year,
        date=stored.dated or None,
        source=stored.source,
        place=stored.place or None,
    )


def _span(low: float | None, high: float | None) -> float | Span | None:
    if low is None or high is None or low == high:
        one = high if low is None else low
        return None if one is None else _written(one)
    return Span(_written(low), _written(high))


def _written(value: float) -> float:
    """A whole number as sources write it: 500000, not 500000.0."""
    return int(value) if value.is_integer() else value


def _decided_exit(decision: Decision, *, why: bool) -> Exit:
    return Exit(
        kind=decision.details["exit"],
        reasons=tuple(decision.details["reasons"]) if why else (),
        date=decision.decided_on.isoformat(),
        known_by=None,
        source="",
        place=None,
    )


def _said(remark: Remark) -> Said:
    return Said(remark.nl, remark.en, remark.dated or None, remark.source)


def _site(site: Site) -> Place:
    return Place(
        name=site.name,
        municipality=site.municipality,
        ets_ids=tuple(each for each in site.ets_ids if each != site.joint_permit),
        joint_permit=site.joint_permit or None,
    )
