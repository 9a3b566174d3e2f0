# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money and execution in the demo: public grants, and the invented firm whose year fell short.

Takes     the dossiers and the people of the demo.
Gives     of real firms what a source says, and no more. Of the invented firm a grant with tranches,
          indicators, reports and clauses, by the same deeds as on the pages; its last report falls
          short, and nobody decided yet what follows.
Leaves    real firms without tranches, indicators and reports: these are not public.

Years count from the day on which the demo is made, so that something is always due.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maatwerkbank.dossier.execution import Reported, Schedule
from maatwerkbank.portfolio.grants import public_grants
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning import add_milestone
from maatwerkbank.web.execution import agreed, booking, reporting
from maatwerkbank.web.execution.models import Envelope, Kpi, ReportDue, SubsidyDecision
from maatwerkbank.web.people.models import Person

People = Mapping[str, Person]
D = Decimal
GRANT = D(12_000_000)


def load_public_grants(dossiers: Mapping[str, Dossier]) -> None:
    """What public sources say of grants to real firms."""
    for firm, told in public_grants().items():
        SubsidyDecision.objects.create(
            dossier=dossiers[firm], amount=told.amount, source=told.source, place=told.place
        )


def carry_out_example(dossier: Dossier, people: People) -> None:
    """The grant of the invented firm, what it reported, and what blocks its money."""
    this_year = timezone.localdate().year
    envelope = _envelope(people, this_year)
    decision = _grant(dossier, people, this_year)
    kpis = _indicators(dossier, people, this_year)
    _book(dossier, envelope, people, this_year)
    _tranches(decision, kpis["co2-bruto"], people, this_year)
    _clauses(dossier, kpis["co2-bruto"], people)
    _pay_advance(decision, envelope, people, this_year)
    _report(dossier, people, this_year)


def _envelope(people: People, this_year: int) -> Envelope:
    years = {year: D(25_000_000) for year in range(this_year - 2, this_year + 4)}
    return booking.add_envelope(
        by=people["programma"],
        name_nl="Voorbeeldbudget maatwerk (verzonnen)",
        name_en="Example envelope for tailor-made agreements (invented)",
        article="verzonnen artikel",
        years=years,
    )


def _grant(dossier: Dossier, people: People, this_year: int) -> SubsidyDecision:
    lead = people["projectleider"]
    for kind, month, evidence in (
        ("comptabiliteitswet", 1, "advies van de directie FEZ (verzonnen)"),
        ("reservation_clause", 2, "artikel 9 van de afspraak (verzonnen)"),
        ("parliament_told", 2, "brief aan de Kamer (verzonnen)"),
        ("signed", 3, "afspraak (verzonnen)"),
    ):
        booking.record_cover(
            dossier=dossier, by=lead, kind=kind, on=date(this_year - 2, month, 1), evidence=evidence
        )
    return agreed.record_decision(
        dossier=dossier,
        by=lead,
        because="de subsidie is beschikt (verzonnen)",
        reference="verzonnen beschikking",
        amount=GRANT,
        decided_on=date(this_year - 2, 4, 1),
        needs_approval=True,
        standstill_ended_on=date(this_year - 2, 3, 15),
    )


def _book(dossier: Dossier, envelope: Envelope, people: People, this_year: int) -> None:
    amounts = {this_year - 2: D(3_000_000), this_year: D(5_000_000), this_year + 1: D(4_000_000)}
    for state, because in (("reserved", "brief over de dekking"), ("committed", "beschikking")):
        for year, amount in amounts.items():
            booking.book(
                dossier=dossier,
                by=people["projectleider"],
                envelope=envelope,
                year=year,
                state=state,
                amount=amount,
                because=f"{because} (verzonnen)",
            )


def _indicators(dossier: Dossier, people: People, this_year: int) -> dict[str, Kpi]:
    first = this_year - 2
    told = (
        (
            "co2-bruto",
            "CO2-reductie, bruto",
            "CO2 reduction, gross",
            "co2_gross",
            0,
            [20_000, 42_000, 42_000, 45_000],
        ),
        (
            "co2-extra",
            "CO2-reductie, additioneel",
            "CO2 reduction, additional",
            "co2_additional",
            0,
            [4_000, 12_000, 12_000, 15_000],
        ),
        ("nox", "Uitstoot van NOx", "Emission of NOx", "nox", 120, [110, 90, 80, 70]),
        (
            "water",
            "Zoet water",
            "Fresh water",
            "water",
            2_000_000,
            [1_900_000, 1_700_000, 1_600_000, 1_600_000],
        ),
    )
    return {
        key: agreed.add_kpi(
            dossier=dossier,
            by=people["projectleider"],
            key=key,
            name_nl=nl,
            name_en=en,
            quantity=quantity,
            boundary_nl="Locatie Voorbeeldstad, scope 1.",
            boundary_en="Site of Voorbeeldstad, scope 1.",
            method_nl="Monitoringsplan van het EU ETS en meters op de ketels.",
            method_en="Monitoring plan of EU ETS, and meters on the boilers.",
            baseline=D(baseline),
            base_year=first - 3 if baseline else None,
            tolerance=D("0.10"),
            promised={first + place: D(value) for place, value in enumerate(values)},
        )
        for key, nl, en, quantity, baseline, values in told
    }


def _tranches(decision: SubsidyDecision, kpi: Kpi, people: People, this_year: int) -> None:
    lead = people["projectleider"]
    built = add_milestone(
        dossier=decision.dossier,
        by=lead,
        track="co2_plan",
        name_nl="Elektrische ketel in bedrijf",
        name_en="Electric boiler in operation",
        planned=date(this_year - 1, 2, 1),
        actual=date(this_year - 1, 2, 20),
    )
    tranches: tuple[tuple[str, str, Decimal, date, dict[str, Any]], ...] = (
        ("Voorschot", "Advance", D(3_000_000), date(this_year - 2, 5, 1), {}),
        (
            "Ketel in bedrijf",
            "Boiler in operation",
            D(5_000_000),
            date(this_year, 3, 1),
            {"milestone": built, "holdback": D("0.2"), "kpi": kpi, "kpi_year": this_year - 1},
        ),
        (
            "Eindafrekening",
            "Final settlement",
            D(4_000_000),
            date(this_year + 1, 6, 1),
            {"milestone": built, "holdback": D("0.5"), "kpi": kpi, "kpi_year": this_year},
        ),
    )
    for name_nl, name_en, amount, planned, more in tranches:
        agreed.add_tranche(
            decision=decision,
            by=lead,
            name_nl=name_nl,
            name_en=name_en,
            amount=amount,
            planned=planned,
            **more,
        )


def _clauses(dossier: Dossier, kpi: Kpi, people: People) -> None:
    lead = people["projectleider"]
    for kind, name_nl, name_en, place, of, terms in (
        (
            "holdback_lost",
            "Inhouding bij tekort",
            "Holdback at a shortfall",
            "artikel 7.2 (verzonnen)",
            kpi,
            {"amount": D(1_000_000)},
        ),
        (
            "claw_back",
            "Terugvordering bij tekort",
            "Claw-back at a shortfall",
            "artikel 7.3 (verzonnen)",
            kpi,
            {"rate": D(60), "free_share": D("0.05"), "cap": D(1_500_000)},
        ),
        (
            "late_delivery",
            "Te late oplevering",
            "Late delivery",
            "artikel 7.4 (verzonnen)",
            None,
            {"rate": D(25_000), "free_months": D(3)},
        ),
        (
            "interest",
            "Rente",
            "Interest",
            "artikel 7.5 (verzonnen)",
            None,
            {"rate": D("0.03")},
        ),
    ):
        agreed.add_clause(
            dossier=dossier,
            by=lead,
            kind=kind,
            name_nl=name_nl,
            name_en=name_en,
            place=place,
            kpi=of,
            terms=terms,
        )


def _pay_advance(
    decision: SubsidyDecision, envelope: Envelope, people: People, this_year: int
) -> None:
    booking.pay(
        tranche=decision.tranches.earliest("planned"),
        by=people["projectleider"],
        envelope=envelope,
        amount=D(3_000_000),
        paid_on=date(this_year - 2, 5, 12),
    )


def _report(dossier: Dossier, people: People, this_year: int) -> None:
    """Two years were reported; the first is verified, and so is the last, which fell short."""
    agreed.make_schedule(
        dossier=dossier,
        by=people["projectleider"],
        schedule=Schedule(this_year - 2, this_year + 1, "year", 12),
    )
    short = "De ketel stond elf weken stil door een storing in de transformator (verzonnen)."
    figures = {
        this_year - 2: (("co2-bruto", 21_000, ""), ("co2-extra", 4_500, ""), ("nox", 108, "")),
        this_year - 1: (
            ("co2-bruto", 35_700, short),
            ("co2-extra", 9_100, short),
            ("nox", 95, short),
        ),
    }
    absent = Reported("water", None, "De watermeter wordt vervangen (verzonnen).")
    for year, told in figures.items():
        asked = ReportDue.objects.get(dossier=dossier, period=str(year))
        reported = [Reported(key, D(value), reason) for key, value, reason in told]
        draft, _findings = reporting.keep_draft(
            asked=asked, by=people["bedrijf"], reported=[*reported, absent], origin="form"
        )
        report = reporting.hand_in(report=draft, by=people["bedrijf"])
        reporting.verify(
            report=report,
            by=people["analist"],
            verdict="verified",
            statement="Meters en administratie nagegaan op de locatie (verzonnen).",
        )
