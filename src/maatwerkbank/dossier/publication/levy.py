# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would each firm pay of the CO2 levy without its plan, reckoned from public data only?

Takes     a day.
Gives     figures that say of themselves that they are reconstructions: what a firm really pays may
          fall under fiscal secrecy, and is not known here.
Leaves    the reckoning to `economics`. It takes seconds a case, so nobody gets it unasked.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from maatwerkbank.dossier.publication.publication import Figure, Origin
from maatwerkbank.economics import assess
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.register import register

RESULT = "levy_to_2030_without_eur"
LABEL = Text(
    nl="CO2-heffing tot en met 2030 zonder plan",
    en="CO2 levy up to and including 2030 without plan",
)
BOUNDARY = Text(
    nl="gereconstrueerd uit openbare gegevens; niet de aanslag van het bedrijf",
    en="reconstructed from public data; not what the firm was charged",
)


def levy_reconstructions(as_of: date) -> Mapping[str, Figure]:
    """Per shipped case of a firm that was known then, by the id of the figure.

    A case whose data were known later than `as_of` is absent.
    """
    return {figure.id: figure for figure in _figures(as_of)}


def _figures(as_of: date) -> Iterator[Figure]:
    known = {each.id for each in register(as_of)}
    for identity in case_ids():
        file = load_case(identity)
        known_on = date.fromisoformat(file.case.known_on)
        if file.case.company not in known or known_on > as_of:
            continue
        found = assess(file)
        value, ends = found.results[RESULT], found.ranges.get(RESULT)
        low, high = (ends["low"], ends["high"]) if ends else (value, value)
        yield Figure(
            id=f"{file.case.company}.levy.to_2030.without_plan",
            firm=file.case.company,
            quantity="levy",
            label=LABEL,
            low=low,
            high=high,
            unit="EUR",
            origin=Origin("run", found.receipt.number),
            boundary=BOUNDARY,
            known_on=known_on,
            reconstruction=True,
        )
