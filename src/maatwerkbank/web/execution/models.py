# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money of the State, reports of the firm, and what follows from them, as they are stored.

Rules and sums are in `dossier.money` and `dossier.execution`; deeds in `booking.py`, `agreed.py`,
`reporting.py` and `following.py`. Booked money is in euros and whole cents, figures of reports in
thousandths. What was booked, handed in or decided never changes.
"""

from typing import Any, ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.execution.clauses import CLAUSE_KINDS
from maatwerkbank.dossier.execution.kpi import QUANTITIES
from maatwerkbank.dossier.money.budget import STATES
from maatwerkbank.dossier.money.cover import FACTS
from maatwerkbank.web.dossiers.models import Dossier, unchangeable


def euros(**options: Any) -> "models.DecimalField[Any, Any]":
    """An amount of booked money [eur], in whole cents."""
    return models.DecimalField(max_digits=15, decimal_places=2, **options)


def figure(**options: Any) -> "models.DecimalField[Any, Any]":
    """A figure of a report, in the unit of its indicator."""
    return models.DecimalField(max_digits=18, decimal_places=3, **options)


def share(**options: Any) -> "models.DecimalField[Any, Any]":
    """A ratio, from nought to one."""
    return models.DecimalField(max_digits=7, decimal_places=6, **options)


def somebody(related_name: str = "+") -> "models.ForeignKey[Any, Any]":
    """Who did it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name)


# ── the budget ────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Envelope(models.Model):
    """Money of the State for one purpose, under an article of the budget. Of no one dossier."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    article = models.CharField(max_length=120, help_text="Article of the budget")
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("name_nl",)


@pghistory.track()
class EnvelopeYear(models.Model):
    """What an envelope holds for one year."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    amount = euros()

    class Meta:
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(name="one_amount_per_year", fields=("envelope", "year")),
            models.CheckConstraint(
                name="envelope_not_below_nought", condition=models.Q(amount__gte=0)
            ),
        )


@pghistory.track()
class BudgetEntry(models.Model):
    """An amount that reaches a state, for a dossier in a year; below nought it leaves it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="budget_entries")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(each, each) for each in STATES])
    amount = euros()
    because = models.TextField()
    by = somebody("budget_entries")
    booked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("booked_at", "id")
        indexes = (models.Index(fields=("envelope", "year")),)
        triggers = unchangeable("budget_entry_stays")


@pghistory.track()
class CoverFact(models.Model):
    """A dated fact about the cover of an agreement, with its evidence. The last one counts."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="cover_facts")
    kind = models.CharField(max_length=30, choices=[(each, each) for each in FACTS])
    on = models.DateField()
    evidence = models.CharField(max_length=300, help_text="Number of a letter, article, advice")
    by = somebody("cover_facts")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")
        triggers = unchangeable("cover_fact_stays")


# ── the grant ─────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class SubsidyDecision(models.Model):
    """The grant: a decision of its own beside the agreement (Awb title 4.2)."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="subsidy_decision")
    reference = models.CharField(max_length=120, blank=True)
    amount = euros(help_text="At most")
    decided_on = models.DateField(null=True, blank=True)
    needs_approval = models.BooleanField(
        default=True, help_text="The European Commission must approve the aid first"
    )
    standstill_ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    place = models.CharField(max_length=300, blank=True, help_text="Where in the source")


@pghistory.track()
class Kpi(models.Model):
    """An indicator of the agreement: what, within which boundary, how."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="kpis")
    key = models.SlugField(max_length=40)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    quantity = models.CharField(max_length=20, choices=[(each, each) for each in QUANTITIES])
    boundary_nl = models.TextField()
    boundary_en = models.TextField()
    method_nl = models.TextField()
    method_en = models.TextField()
    baseline = figure()
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    tolerance = share()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(name="one_kpi_per_key", fields=("dossier", "key")),)


@pghistory.track()
class KpiYear(models.Model):
    """What is promised of an indicator for one year."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    promised = figure()

    class Meta:
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(name="one_promise_per_year", fields=("kpi", "year")),
        )


@pghistory.track()
class Tranche(models.Model):
    """A part of the grant, and the milestone, the evidence and the result that it waits for."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="tranches")
    decision = models.ForeignKey(SubsidyDecision, models.PROTECT, related_name="tranches")
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    amount = euros()
    planned = models.DateField(null=True, blank=True)
    holdback = share(default=0, help_text="Share that is kept until the indicator is verified")
    kpi = models.ForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="tranches")
    kpi_year = models.PositiveSmallIntegerField(null=True, blank=True)
    milestone = models.ForeignKey(
        "dossiers.Milestone", models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("planned", "id")


@pghistory.track()
class Payment(models.Model):
    """Money that was paid on a tranche."""

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="payments")
    entry = models.OneToOneField(BudgetEntry, models.PROTECT, related_name="payment")
    amount = euros()
    paid_on = models.DateField()
    by = somebody("payments")

    class Meta:
        ordering = ("paid_on", "id")
        constraints = (
            models.CheckConstraint(name="payment_above_nought", condition=models.Q(amount__gt=0)),
        )
        triggers = unchangeable("payment_stays")


# ── reports ───────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class ReportDue(models.Model):
    """A report that the agreement asks, over a period, by a day."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reports_due")
    period = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField()
    due = models.DateField()

    class Meta:
        ordering = ("first_day", "last_day")
        constraints = (
            models.UniqueConstraint(name="one_report_per_period", fields=("dossier", "period")),
        )
        indexes = (models.Index(fields=("due",)),)

    @property
    def year(self) -> int:
        """The calendar year in which it lies."""
        return self.last_day.year


FIGURE_STAYS = """
IF EXISTS (SELECT FROM execution_report WHERE id = OLD.report_id AND state = 'handed_in') THEN
    RAISE EXCEPTION 'pgtrigger: a figure of a report that was handed in stays'
        USING ERRCODE = 'P0001';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


@pghistory.track()
class Report(models.Model):
    """A version of a report. A draft has findings; handed in, it is frozen."""

    STATES = ("draft", "handed_in")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    asked = models.ForeignKey(ReportDue, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="draft")
    origin = models.CharField(max_length=10, choices=[(o, o) for o in ("form", "workbook")])
    findings = models.JSONField(default=list, help_text="In Dutch and English, with place")
    handed_in_by = somebody("reports")
    made_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked", "number")
        constraints = (
            models.UniqueConstraint(name="one_report_number", fields=("asked", "number")),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="handed_in_report_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="handed_in"),
            ),
        ]


@pghistory.track()
class ReportFigure(models.Model):
    """What a report says of one indicator. Absent is null, with the reason why."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="figures")
    value = figure(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("kpi",)
        constraints = (
            models.UniqueConstraint(name="one_figure_per_kpi", fields=("report", "kpi")),
        )
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="figure_of_report_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=FIGURE_STAYS,
            ),
        ]


@pghistory.track()
class Verification(models.Model):
    """The State, or a verifier, went over a report: verified, or sent back."""

    VERDICTS = ("verified", "sent_back")

    report = models.OneToOneField(Report, models.PROTECT, related_name="verification")
    verdict = models.CharField(max_length=12, choices=[(v, v) for v in VERDICTS])
    verifier = models.CharField(
        max_length=200, blank=True, help_text="Organisation that verified, if not the State"
    )
    statement = models.TextField()
    by = somebody("verifications")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at",)
        triggers = unchangeable("verification_stays")


@pghistory.track()
class VerifiedFigure(models.Model):
    """A figure as it was verified: that of the report, or what it had to be. Null: absent."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="figures")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="verified")
    value = figure(null=True, blank=True)

    class Meta:
        ordering = ("kpi",)
        triggers = unchangeable("verified_figure_stays")


# ── what follows ──────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class MoneyClause(models.Model):
    """A clause about money, as data."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="money_clauses")
    kind = models.CharField(max_length=20, choices=[(each, each) for each in CLAUSE_KINDS])
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True, help_text="Article of the agreement")
    kpi = models.ForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="clauses")
    terms = models.JSONField(default=dict, help_text="Numbers as text, per name of a term")

    class Meta:
        ordering = ("id",)


@pghistory.track()
class ConsequenceDecision(models.Model):
    """What was decided on the consequence of a clause, beside what was reckoned."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consequence_decisions")
    clause = models.ForeignKey(MoneyClause, models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    effect = models.CharField(max_length=12)
    reckoned = euros()
    decided = euros()
    steps = models.JSONField(help_text="The sum as it was shown")
    reason = models.TextField()
    by = somebody("consequence_decisions")
    decided_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("year", "id")
        constraints = (
            models.UniqueConstraint(name="one_decision_per_clause_year", fields=("clause", "year")),
        )
        triggers = unchangeable("consequence_decision_stays")
