# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A statement in the making, a released figure, a total and a letter, for the walk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.releases.models import (
    FigureRelease,
    Letter,
    LetterFile,
    Statement,
    TotalRelease,
)


@dataclass(frozen=True)
class Named:
    """Something that is known by a name in the address."""

    code: str
    pk: int = 0


def said_in_public(dossier: Dossier, word: str, lead: Person, second: Person) -> dict[str, Any]:
    """Of one dossier; the letter and the total are of none."""
    statement = Statement.objects.create(
        dossier=dossier,
        on=date(2025, 6, 30),
        text_nl=f"{word} statustekst",
        text_en=f"{word} status text",
        stage="eop",
        written_by=second,
    )
    told = {
        "quantity": "support",
        "label_nl": f"{word} cijfer",
        "label_en": f"{word} figure",
        "low": 1.0,
        "high": 1.0,
        "unit": "EUR",
        "by": lead,
        "role": "case_lead",
    }
    released = FigureRelease.objects.create(
        dossier=dossier,
        figure=f"{dossier.company.slug}.support.granted",
        outcome="refused",
        ground="financieel_belang",
        origin="grant",
        identity="grant",
        level=3,
        because=f"{word} reden",
        **told,
    )
    # A total that was released is public: nothing in it may name one firm.
    total = TotalRelease.objects.create(
        figure=f"total.{dossier.pk}",
        firms=["a", "b", "c"],
        **{**told, "label_nl": "totaal", "label_en": "total"},
    )
    letter = Letter.objects.create(
        as_of=date(2025, 6, 30), language="nl", sha256="1" * 64, made_by=lead
    )
    for kind in LetterFile.KINDS:
        LetterFile.objects.create(letter=letter, kind=kind, content=b"# Brief", sha256="2" * 64)
    return {
        "statement": statement,
        "figure_release": released,
        "aim": Named(f"{dossier.company.slug}.co2.eop.gross"),
        "total": total,
        "letter": letter,
    }
