# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was agreed with Zoutfabriek: a grant of € 1,000, two tranches, two indicators, reports."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.web.world import World

from maatwerkbank.dossier.execution import Schedule
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.dossiers.models import Milestone
from maatwerkbank.web.execution import agreed, booking
from maatwerkbank.web.execution.models import (
    Envelope,
    Kpi,
    MoneyClause,
    ReportDue,
    SubsidyDecision,
    Tranche,
)

D = Decimal


@dataclass
class Agreed:
    """Everything that was written down."""

    envelope: Envelope
    decision: SubsidyDecision
    kpi: Kpi
    nox: Kpi
    building: Tranche
    asked: ReportDue
    clause: MoneyClause

    def accept_evidence(self) -> None:
        """The evidence of the first tranche is there, and was accepted."""
        document = Document.objects.create(
            dossier=self.decision.dossier, kind="project_review", title="Bewijs", topic="general"
        )
        self.building.evidence = DocumentVersion.objects.create(
            document=document,
            number=1,
            state="accepted",
            handed_in_by=self.decision.dossier.memberships.get(role="company").person,
        )
        self.building.save()


def agree(world: World) -> Agreed:
    """Write it all down, as the lead and the programme do."""
    envelope = booking.add_envelope(
        by=world.programme,
        name_nl="Klimaatfonds",
        name_en="Climate Fund",
        article="artikel 4",
        years={2026: D(1000), 2027: D(500)},
    )
    decision = agreed.record_decision(
        dossier=world.zout,
        by=world.lead,
        because="beschikking",
        amount=D(1000),
        decided_on=date(2026, 1, 15),
        needs_approval=True,
        standstill_ended_on=date(2025, 12, 1),
    )
    co2, nox = (
        agreed.add_kpi(
            dossier=world.zout,
            by=world.lead,
            key=key,
            name_nl=f"{key} nl",
            name_en=f"{key} en",
            quantity=quantity,
            boundary_nl="locatie",
            boundary_en="site",
            method_nl="gemeten",
            method_en="measured",
            baseline=baseline,
            base_year=2020,
            tolerance=D("0.1"),
            promised={2024: promised, 2025: promised},
        )
        for key, quantity, baseline, promised in (
            ("co2", "co2_gross", D(0), D(42_000)),
            ("nox", "nox", D(100), D(60)),
        )
    )
    milestone = Milestone.objects.create(
        dossier=world.zout, track="co2_plan", name_nl="Bouw", name_en="Building"
    )
    building = agreed.add_tranche(
        decision=decision,
        by=world.lead,
        name_nl="Start bouw",
        name_en="Start of building",
        amount=D(600),
        holdback=D("0.2"),
        kpi=co2,
        kpi_year=2025,
        milestone=milestone,
    )
    asked = agreed.make_schedule(
        dossier=world.zout, by=world.lead, schedule=Schedule(2025, 2025, "year", 12)
    )
    clause = agreed.add_clause(
        dossier=world.zout,
        by=world.lead,
        kind="holdback_lost",
        name_nl="Inhouding",
        name_en="Holdback",
        place="artikel 7",
        kpi=co2,
        terms={"amount": D(120)},
    )
    return Agreed(envelope, decision, co2, nox, building, asked[0], clause)
