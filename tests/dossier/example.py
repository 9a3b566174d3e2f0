# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A gate's worth of evidence that is complete, and a way to write one run in a line."""

from datetime import date

from maatwerkbank.dossier.checks import GENERIC
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.evidence import (
    AdviceFact,
    Attached,
    Attestation,
    CoverFact,
    Evidence,
    ReviewFact,
    RiskRegisterFact,
    RunFact,
    StateAidFact,
)
from maatwerkbank.dossier.trajectory import Gate
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import Ambition

RUN = RunFact(
    receipt="f8710be88629715c",
    sha256="a" * 64,
    case_sha256="b" * 64,
    variant=None,
    official=True,
    figures={"additional_2030_t": 125_000.0, "gross_2030_t": 525_000.0},
    by_year_t={"gross_by_year_t": dict.fromkeys(range(2032, 2051), 50000.0)},
    instruments=dict.fromkeys(GENERIC, "refused"),
    state_aid=(StateAidFact("steam", "tctf", 90e6, 193.5e6, {"tctf": "fits"}),),
)
ADVICE = AdviceFact(
    body="amvi",
    set_sha256="d" * 64,
    asked_on=date(2025, 4, 1),
    given_on=date(2025, 5, 1),
    verdict="positive",
    recommendations=4,
    answered_on=date(2025, 5, 20),
    sha256="e" * 64,
)
COVER = CoverFact("enough_reserved", met=True, because=Text(nl="Genoeg.", en="Enough."))
REVIEW = ReviewFact(
    "project_review", "Een deskundige", date(2025, 3, 1), 5, open=2, blocking_open=0
)


def ambition(version: str, *, gross: float | None = 500_000.0, unit: str = "t/year") -> Ambition:
    return Ambition(
        quantity="co2",
        version=version,
        gross=gross,
        additional=None,
        additional_to=None,
        bound=None,
        unit=unit,
        year=2030,
        boundary=Text(nl="scope 1 van de fabriek", en="scope 1 of the plant"),
        base_year=2020,
        date="2023-01-26",
        source="oci-eop-2023-01-26",
        place=None,
    )


def complete(gate: Gate) -> Evidence:
    """All that a gate asks, given by whoever may give it first."""
    return Evidence(
        attestations=tuple(
            Attestation(each.id, "A. de Boer", each.given_by[0], date(2025, 6, 2), "Akkoord.")
            for each in gate.criteria
            if each.kind == "attested"
        ),
        attached=tuple(
            Attached(
                kind=each.document_kind,
                document=f"{each.document_kind}.pdf",
                version=1,
                sha256="c" * 64,
                signed_by=("Staat", "bedrijf")[: len(DOCUMENT_KINDS[each.document_kind].signed_by)],
                dated=date(2025, 6, 1),
            )
            for each in gate.criteria
            if each.kind == "attached"
        ),
        run=RUN,
        register={"rank": 5, "emission_t": 3_082_022.0, "emission_year": 2024},
        ambitions=(ambition("eop"), ambition("jloi"), ambition("agreement")),
        advices=(ADVICE,),
        reviews=(REVIEW,),
        risk_register=RiskRegisterFact(plan=1, risks=2),
        cover=(COVER,),
    )
