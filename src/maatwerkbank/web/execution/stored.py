# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored rows as the values with which `dossier.money` and `dossier.execution` reckon.

Takes     a dossier, or rows of one, that the guard gave.
Gives     envelopes, grants, tranches, indicators, reports and clauses as frozen values.
Leaves    who may see them to `people/access.py`; the sums to the floors below.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum
from django.utils import timezone

from maatwerkbank.dossier import execution, money
from maatwerkbank.dossier.evidence import CoverFact as CoverAnswer
from maatwerkbank.dossier.execution.kpi import of_the_year
from maatwerkbank.dossier.execution.schedule import Period
from maatwerkbank.dossier.money import cover
from maatwerkbank.dossier.money import tranches as dues
from maatwerkbank.dossier.money.amounts import NIL, parts_of
from maatwerkbank.dossier.money.cover import DatedFact
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution.models import (
    BudgetEntry,
    ConsequenceDecision,
    CoverFact,
    Envelope,
    Kpi,
    MoneyClause,
    Payment,
    Report,
    ReportDue,
    ReportFigure,
    SubsidyDecision,
    Tranche,
    VerifiedFigure,
)
from maatwerkbank.web.execution.promised import promised_by_text
from maatwerkbank.web.people.second_lock import lifted


def name_of(row: Envelope | Kpi | Tranche | MoneyClause) -> Text:
    """The name of a row in both languages."""
    return Text(nl=row.name_nl, en=row.name_en)


# ── budget ────────────────────────────────────────────────────────────────────────────────────


def envelope_of(row: Envelope) -> money.Envelope:
    """An envelope with its years."""
    years = {each.year: each.amount for each in row.years.all()}
    return money.Envelope(str(row.code), name_of(row), row.article, years)


def entries_of(rows: Iterable[BudgetEntry]) -> tuple[money.Entry, ...]:
    """What was booked; a dossier is known by its number."""
    return tuple(money.Entry(str(row.dossier_id), row.year, row.state, row.amount) for row in rows)


def booked_on(*envelopes: Envelope) -> tuple[money.Entry, ...]:
    """Everything that was booked on these, also for dossiers that are hidden: it is one pot."""
    with lifted():
        return entries_of(BudgetEntry.objects.filter(envelope__in=envelopes))


# Questions about cover, in the order in which they are shown.
COVER_QUESTIONS = (
    cover.enough_reserved,
    cover.text_and_money_agree,
    cover.reservation_clause,
    cover.comptabiliteitswet_tested,
    cover.parliament_before_signing,
)
GATES_THAT_ASK = ("to_agreement", "to_subsidy_decision")


def cover_of(dossier: Dossier) -> money.Cover:
    """What is known of the money behind a dossier."""
    return _covers([dossier])[dossier.pk]


def cover_facts(
    dossiers: Collection[Dossier], gates: Collection[str]
) -> dict[int, tuple[CoverAnswer, ...]]:
    """Per dossier (its pk) the answers about cover, in five queries.

    Asked only where a gate that asks them is at hand; empty where nothing is known.
    """
    if not set(GATES_THAT_ASK) & set(gates):
        return {}
    return {
        number: tuple(
            CoverAnswer(question.__name__, answer.yes, answer.because)
            for question in COVER_QUESTIONS
            for answer in [question(known)]
        )
        for number, known in _covers(dossiers).items()
        if known != money.Cover()
    }


def _covers(dossiers: Collection[Dossier]) -> dict[int, money.Cover]:
    """Of each fact the last one that was said counts."""
    facts: dict[int, dict[str, DatedFact]] = {}
    for row in CoverFact.objects.filter(dossier__in=dossiers):
        facts.setdefault(row.dossier_id, {})[row.kind] = DatedFact(row.on, row.evidence)
    booked = BudgetEntry.objects.filter(dossier__in=dossiers, state="reserved")
    reserved = dict(booked.order_by().values_list("dossier").annotate(total=Sum("amount")))
    granted = dict(
        SubsidyDecision.objects.filter(dossier__in=dossiers).values_list("dossier", "amount")
    )
    promised = promised_by_text(dossiers)
    return {
        each.pk: money.Cover(
            reserved.get(each.pk),
            granted.get(each.pk),
            facts.get(each.pk, {}),
            promised.get(each.pk),
        )
        for each in dossiers
    }


# ── indicators and reports ────────────────────────────────────────────────────────────────────


def kpi_of(row: Kpi) -> execution.Kpi:
    """An indicator with what is promised per year."""
    return execution.Kpi(
        key=row.key,
        name=name_of(row),
        quantity=row.quantity,
        boundary=Text(nl=row.boundary_nl, en=row.boundary_en),
        method=Text(nl=row.method_nl, en=row.method_en),
        baseline=row.baseline,
        base_year=row.base_year,
        promised={each.year: each.promised for each in row.years.all()},
        tolerance=row.tolerance,
    )


def kpis_with_years(rows: QuerySet[Kpi]) -> dict[int, execution.Kpi]:
    """Indicators by the number of their row, in two queries."""
    return {row.pk: kpi_of(row) for row in rows.prefetch_related("years")}


def period_of(row: ReportDue) -> Period:
    """The period of a report that is due."""
    return Period(row.period, row.first_day, row.last_day, row.due)


@dataclass(frozen=True)
class Asked:
    """A report that is due, with its last version that was handed in, and the draft."""

    row: ReportDue
    handed_in: Report | None
    draft: Report | None

    @property
    def period(self) -> Period:
        """The period that it is about."""
        return period_of(self.row)

    @property
    def verdict(self) -> str:
        """`verified`, `sent_back`, or nothing."""
        verification = getattr(self.handed_in, "verification", None)
        return verification.verdict if verification else ""

    @property
    def waits_for_verification(self) -> bool:
        """Handed in, and nobody went over it."""
        return self.handed_in is not None and not self.verdict

    @property
    def may_be_handed_in(self) -> bool:
        """Nothing was handed in, or it was sent back."""
        return self.handed_in is None or self.verdict == "sent_back"

    def state(self, on: date) -> str:
        """One of `schedule.STATES`; what was sent back is asked again."""
        if self.handed_in is None or self.handed_in.handed_in_at is None or self.may_be_handed_in:
            return self.period.state(on)
        return self.period.state(on, timezone.localdate(self.handed_in.handed_in_at))

    def reported(self) -> dict[int, Decimal | None]:
        """Per indicator what the last version says."""
        rows = self.handed_in.figures.all() if self.handed_in else ()
        return {each.kpi_id: each.value for each in rows}

    def verified(self) -> dict[int, Decimal | None]:
        """Per indicator what was verified; empty until it is."""
        if self.handed_in is None or self.verdict != "verified":
            return {}
        return {each.kpi_id: each.value for each in self.handed_in.verification.figures.all()}


def reports_of(rows: QuerySet[ReportDue]) -> list[Asked]:
    """Reports that are due with their versions and figures, in five queries."""
    with_versions = rows.prefetch_related(
        Prefetch(
            "versions",
            Report.objects.select_related("verification", "handed_in_by").prefetch_related(
                Prefetch("figures", ReportFigure.objects.all()),
                Prefetch("verification__figures", VerifiedFigure.objects.all()),
            ),
        )
    )
    return [
        Asked(
            row,
            _last(each for each in row.versions.all() if each.state == "handed_in"),
            _last(each for each in row.versions.all() if each.state == "draft"),
        )
        for row in with_versions
    ]


def _last(rows: Iterable[Report]) -> Report | None:
    return max(rows, key=lambda each: each.number, default=None)


@dataclass(frozen=True)
class YearFigure:
    """One indicator in one year. None is absent."""

    year: int
    promised: Decimal | None
    reported: Decimal | None
    verified: Decimal | None


def figures_of(kpi: execution.Kpi, number: int, reports: Iterable[Asked]) -> tuple[YearFigure, ...]:
    """An indicator year by year: promised, reported, verified.

    A year of which a part is not reported has no figure.
    """
    by_year: dict[int, list[Asked]] = {}
    for each in reports:
        by_year.setdefault(each.period.year, []).append(each)
    years = sorted({*kpi.promised, *(year for year in by_year)})
    return tuple(
        YearFigure(
            year,
            kpi.promised.get(year),
            of_the_year(kpi.quantity, [a.reported().get(number) for a in by_year.get(year, ())]),
            of_the_year(kpi.quantity, [a.verified().get(number) for a in by_year.get(year, ())]),
        )
        for year in years
    )


def verified_in(kpi: Kpi, year: int, reports: Iterable[Asked]) -> Decimal | None:
    """The verified figure of one year; None where it is absent or not verified."""
    found = figures_of(kpi_of(kpi), kpi.pk, reports)
    return next((each.verified for each in found if each.year == year), None)


# ── grant and tranches ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Granted:
    """The grant of a dossier, with every tranche as it stands."""

    row: SubsidyDecision
    grant: money.Grant
    standings: tuple[tuple[Tranche, money.Standing], ...]


def granted_of(dossier: Dossier, on: date) -> Granted | None:
    """What is granted, due, held back and paid on that day; None where nothing is granted."""
    row = SubsidyDecision.objects.filter(dossier=dossier).first()
    if row is None:
        return None
    grant = grant_of(row)
    reports = reports_of(ReportDue.objects.filter(dossier=dossier))
    rows = list(
        Tranche.objects.filter(decision=row)
        .select_related("dossier", "milestone", "evidence", "kpi", "decision")
        .prefetch_related("payments", "kpi__years")
    )
    lost = _lost_of(dossier, rows)
    values = [_tranche_of(each, reports, lost.get(each.pk)) for each in rows]
    open_points = open_points_of(reports, on)
    found = dues.standing_of(grant, values, on, open_points=open_points)
    return Granted(row, grant, tuple(zip(rows, found, strict=True)))


def grant_of(row: SubsidyDecision) -> money.Grant:
    """The decision as a value."""
    return money.Grant(row.amount, row.decided_on, row.standstill_ended_on, row.needs_approval)


def open_points_of(reports: Iterable[Asked], on: date) -> tuple[str, ...]:
    """What of the whole dossier stands in the way of a payment."""
    given = tuple(reports)
    late = any(each.state(on) == "late" for each in given)
    waiting = any(each.waits_for_verification for each in given)
    named = (("reports_late", late), ("verification", waiting))
    return tuple(name for name, there in named if there)


def _tranche_of(row: Tranche, reports: Iterable[Asked], lost: Decimal | None) -> money.Tranche:
    """A tranche without a milestone is an advance: it waits for the decision alone."""
    reached = row.milestone.actual if row.milestone else row.decision.decided_on
    accepted = row.evidence is not None and row.evidence.state == "accepted"
    return money.Tranche(
        key=str(row.code),
        amount=row.amount,
        holdback=row.holdback,
        reached_on=reached,
        evidence_accepted=accepted or row.milestone is None,
        result_verified=lost is not None and _is_verified(row, reports),
        lost=lost or NIL,
        paid=sum((each.amount for each in row.payments.all()), NIL),
    )


def _is_verified(row: Tranche, reports: Iterable[Asked]) -> bool:
    if row.kpi is None or row.kpi_year is None:
        return False
    return verified_in(row.kpi, row.kpi_year, reports) is not None


def _lost_of(dossier: Dossier, rows: Iterable[Tranche]) -> dict[int, Decimal]:
    """Per tranche what of its holdback is lost by decision.

    A tranche is not there while a clause on its holdback waits for a decision.
    """
    clauses = list(MoneyClause.objects.filter(dossier=dossier, kind="holdback_lost"))
    decided: dict[tuple[int | None, int | None], Decimal] = {
        (each.clause.kpi_id, each.year): each.decided
        for each in ConsequenceDecision.objects.filter(clause__in=clauses).select_related("clause")
    }
    under_a_clause = {each.kpi_id for each in clauses}
    found: dict[int, Decimal] = {}
    for row in rows:
        at = (row.kpi_id, row.kpi_year)
        if row.kpi_id is not None and row.kpi_id in under_a_clause and at not in decided:
            continue
        (kept,) = parts_of(row.amount, [row.holdback])
        found[row.pk] = min(kept, decided.get(at, NIL))
        if at in decided:
            decided[at] -= found[row.pk]
    return found


def paid_in(dossier: Dossier) -> Decimal:
    """Everything that was paid to the firm of a dossier."""
    total = Payment.objects.filter(tranche__dossier=dossier).aggregate(total=Sum("amount"))
    return total["total"] or NIL


# ── clauses ───────────────────────────────────────────────────────────────────────────────────


def clause_of(row: MoneyClause) -> execution.Clause:
    """A clause with its terms."""
    terms: Mapping[str, str] = row.terms
    return execution.Clause(
        key=str(row.code),
        kind=row.kind,
        name=name_of(row),
        terms={key: Decimal(value) for key, value in terms.items()},
        kpi=row.kpi.key if row.kpi else "",
        place=row.place,
    )
