# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which actual price of a year is known here, and which source says so?

Takes     the name of a series of yearly prices, a year, and the day from which one looks.
Gives     the price with its source; None where no source known on that day gives it.
Leaves    every other price to who types it in, with the source that it comes from.

A price is never carried on from another year: what was not published is absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters import parameter_file
from maatwerkbank.sources.register import source

SERIES: Mapping[str, Text] = MappingProxyType(
    {name: parameter_file(name).label for name in ("eu_ets/price",)}
)
"""Yearly prices that were published, by the name of their parameter."""


@dataclass(frozen=True)
class ActualPrice:
    """A price that came about, and where it stands."""

    value: Decimal
    origin: Text


def actual_price(series: str, year: int, known_on: date) -> ActualPrice | None:
    """The price of that year, as the last statement that was known on that day gives it."""
    for statement in reversed(parameter_file(series).statements):
        found = dict(statement.values).get(date(year, 1, 1))
        if statement.known_from <= known_on and isinstance(found, int | float):
            label, title = SERIES[series], source(statement.citation.source).title
            return ActualPrice(
                Decimal(str(found)),
                Text(
                    nl=f"{label.nl}; bron: {title}, {statement.citation.place}",
                    en=f"{label.en}; source: {title}, {statement.citation.place}",
                ),
            )
    return None


def typed_origin(words: str) -> Text:
    """The origin of a price that a person typed in."""
    return Text(nl=f"zoals opgegeven; bron: {words}", en=f"as given; source: {words}")
