# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An advice that lacks nothing, to take things out of."""

from dataclasses import replace
from datetime import date

from maatwerkbank.dossier.advice.advice import (
    Advice,
    ClauseChange,
    Found,
    Participant,
    Recommendation,
    Response,
)
from maatwerkbank.dossier.advice.bodies import body

ASKED = date(2025, 9, 1)
GIVEN = date(2025, 10, 1)


def ready_to_give(**other) -> Advice:
    """Everything is there and the secretary has not given it."""
    advice = Advice(
        body="amvi",
        frozen_sha256="e" * 64,
        questions=tuple(each.text.nl for each in body("amvi").questions),
        asked_on=ASKED,
        due_on=date(2025, 10, 15),
        participants=(
            Participant("Een voorzitter", "chair", "none"),
            Participant("Een lid", "member", "declared", "adviseerde een concurrent in 2019"),
            Participant("Nog een lid", "member", "excused", "zat in de raad van de netbeheerder"),
            Participant("Een gast", "guest", "none"),
        ),
        findings=tuple(
            Found(criterion, "Zo is het.", "positive") for criterion in body("amvi").criteria
        ),
        verdict="positive_with_conditions",
        considerations="Alles bij elkaar.",
        recommendations=tuple(
            Recommendation(number, f"Doe {number}", "feasibility") for number in range(1, 5)
        ),
    )
    return replace(advice, **other)


def answered(**other) -> Advice:
    """Two adopted, one partly, one not with reason."""
    change = ClauseChange("4.2", "voor 2031", "voor 2030")
    advice = ready_to_give(
        given_on=GIVEN,
        responses=(
            Response(1, "adopted", changes=(change,)),
            Response(2, "adopted", "Dit stond al in bijlage 2."),
            Response(3, "partly", "Alleen voor stikstof.", (ClauseChange("6", "", "Nieuw lid"),)),
            Response(4, "not_adopted", "Dat kan pas in de bindende afspraak."),
        ),
        answered_on=date(2025, 11, 1),
    )
    return replace(advice, **other)
