# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One of everything of money and execution in a dossier.

Takes     a dossier, the word by which it is known, who leads it and who speaks for the firm.
Gives     what `Things` holds of it: an indicator, a tranche, a report that was handed in, a clause.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution.models import (
    BudgetEntry,
    CoverFact,
    Envelope,
    EnvelopeYear,
    Kpi,
    KpiYear,
    MoneyClause,
    Report,
    ReportDue,
    ReportFigure,
    SubsidyDecision,
    Tranche,
)
from maatwerkbank.web.people.models import Person


def money_and_reports(dossier: Dossier, word: str, lead: Person, firm: Person) -> dict[str, Any]:
    """One of everything; only the envelope is of all dossiers."""
    envelope, _ = Envelope.objects.get_or_create(
        name_nl="Klimaatfonds", name_en="Climate Fund", article="artikel 4"
    )
    EnvelopeYear.objects.get_or_create(envelope=envelope, year=2026, amount=10_000_000)
    BudgetEntry.objects.create(
        dossier=dossier,
        envelope=envelope,
        year=2026,
        state="reserved",
        amount=1_000,
        because=f"{word} reservering",
        by=lead,
    )
    CoverFact.objects.create(
        dossier=dossier,
        kind="parliament_told",
        on=date(2025, 2, 1),
        evidence=f"{word} brief",
        by=lead,
    )
    decision = SubsidyDecision.objects.create(
        dossier=dossier, reference=f"{word} beschikking", amount=900, decided_on=date(2025, 3, 1)
    )
    kpi = _kpi(dossier, word, "co2", "co2_gross")
    _kpi(dossier, word, "nox", "nox")
    asked = ReportDue.objects.create(
        dossier=dossier,
        period="2024",
        first_day=date(2024, 1, 1),
        last_day=date(2024, 12, 31),
        due=date(2025, 3, 31),
    )
    _report(asked, kpi, word, firm)
    return {
        "kpi": kpi,
        "tranche": Tranche.objects.create(
            dossier=dossier,
            decision=decision,
            name_nl=f"{word} termijn",
            name_en=f"{word} tranche",
            amount=500,
        ),
        "report_asked": asked,
        "money_clause": MoneyClause.objects.create(
            dossier=dossier,
            kind="claw_back",
            name_nl=f"{word} terugvordering",
            name_en=f"{word} claw-back",
            kpi=kpi,
            terms={"rate": "100"},
        ),
    }


def _kpi(dossier: Dossier, word: str, key: str, quantity: str) -> Kpi:
    kpi = Kpi.objects.create(
        dossier=dossier,
        key=key,
        name_nl=f"{word} indicator",
        name_en=f"{word} indicator",
        quantity=quantity,
        boundary_nl=f"{word} locatie",
        boundary_en=f"{word} site",
        method_nl="gemeten",
        method_en="measured",
        baseline=0,
        tolerance=Decimal("0.1"),
    )
    KpiYear.objects.create(kpi=kpi, year=2024, promised=42_000)
    return kpi


def _report(asked: ReportDue, kpi: Kpi, word: str, firm: Person) -> None:
    """Handed in: nobody went over it."""
    report = Report.objects.create(asked=asked, number=1, origin="form", handed_in_by=firm)
    ReportFigure.objects.create(report=report, kpi=kpi, value=40_000, reason=f"{word} reden")
    report.state, report.handed_in_at = "handed_in", timezone.now()
    report.save()
