# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small publication with one of everything, of an invented firm beside the shipped ones."""

from dataclasses import replace
from datetime import date

from maatwerkbank.dossier.parliament.register import (
    Commitment,
    Motion,
    Parliament,
    ParliamentLetter,
    Report,
)
from maatwerkbank.dossier.publication.publication import (
    Figure,
    Origin,
    Paper,
    Publication,
    PublicPromise,
    Statement,
)
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.reference import Reference

ON = date(2025, 6, 30)
LETTER = "kamerbrief-2025-06-30"
RELEASED = Origin("run", "9f2c", None, "programme", date(2025, 6, 20))


def both(words: str) -> Text:
    return Text(nl=words, en=f"{words} (en)")


def example(on: date = ON) -> Publication:
    """What the shipped folder tells, and one of everything that it may lack."""
    shipped = shipped_publication(on)
    figures = (
        Figure(
            id="nobian.co2.realised.gross",
            firm="nobian",
            quantity="co2",
            label=both("gerealiseerd"),
            low=12_500.5,
            high=12_500.5,
            unit="t/year",
            origin=RELEASED,
            kind="gross",
            year=2025,
        ),
        Figure(
            id="nobian.levy.2025",
            firm="nobian",
            quantity="levy",
            label=both("CO2-heffing"),
            low=None,
            high=None,
            unit="EUR",
            origin=RELEASED,
            reconstruction=True,
        ),
    )
    return replace(
        shipped,
        figures={**shipped.figures, **{each.id: each for each in figures}},
        statements={
            "nobian": Statement(
                "nobian",
                both('Het bedrijf zegt "{nobian.co2.agreement.gross}" toe; =SOM(1).'),
                on,
                ("nobian.co2.agreement.gross",),
                "programme",
                on,
            ),
            "yara": Statement("yara", both("Concept uit het register."), on),
        },
        promises=(
            *shipped.promises,
            PublicPromise(
                id="nobian.grid",
                firm="nobian",
                by="state",
                label=both("Net verzwaard"),
                deed=both("Aansluiting gereed"),
                measure=None,
                due="2027",
                waits_for=(both("vergunning"),),
                origin=Origin("source", LETTER),
                state="at_risk",
            ),
        ),
        papers=(
            *shipped.papers,
            Paper(
                id="nobian.advice",
                firm="nobian",
                kind="advice",
                title="Advies & <reactie>",
                dated="2024-11-05",
                url="https://maatwerkbank.example/openbaar/document/1",
                origin=Origin("source", LETTER),
                category="advice",
                withheld=(both("5.1, tweede lid, onder e"),),
            ),
        ),
        parliament=Parliament(
            on,
            commitments=(
                Commitment(
                    id="tz-1",
                    number="TZ202410-136",
                    text=both("De voortgang per bedrijf melden"),
                    by="minister van KGG",
                    to="lid Erkens",
                    made_on=date(2024, 10, 17),
                    made_in="commissiedebat",
                    due="2025",
                    firms=("dow",),
                    reports=(Report(on, both("brief"), None, fulfils=True, source=LETTER),),
                    source=LETTER,
                ),
            ),
            motions=(
                Motion(
                    id="motie-1",
                    reference=Reference("kamerstuk", "11", "36725", None, "2024-2025"),
                    text=both("De heffing afschaffen"),
                    by="Van Dijk",
                    on=date(2025, 6, 25),
                    outcome="adopted",
                    stance=None,
                    consequence=both("per bedrijf verschillend"),
                    source=LETTER,
                ),
            ),
            letters=(
                ParliamentLetter(
                    "brief-1",
                    Reference("kamerstuk", "260", "29826", None, "2024-2025"),
                    "Voortgang",
                    date(2025, 3, 17),
                    LETTER,
                ),
            ),
        ),
    )
