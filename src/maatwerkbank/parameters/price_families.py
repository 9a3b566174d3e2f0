# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Price families: which end of each range of a price set makes one path of prices.

Takes     a name such as `mid`, and a price set.
Gives     the path of a carrier in money of each year, and how it was taken from the set.
Leaves    the prices to the price set, and chance around the path to the floor of risk.
"""

from functools import cache
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.files import content_of, folder_of, names_in
from maatwerkbank.parameters.price_sets import Price, PriceSet, nominal_price
from maatwerkbank.sources.figure import Pick, Strict, Words
from maatwerkbank.sources.register import Seen

FAMILIES = "price_families"
FORMAT = "maatwerkbank-price-family-1"  # of the JSON

# How a path came out of the price set: an end of a range, its centre, the middle where no source
# gives a centre, or the one value where there is no range.
Taken = Literal["low", "centre", "middle", "high", "only_value"]


class PriceFamily(Strict):
    """One path for every carrier, taken from whichever price set the run names."""

    label: Words
    because: Words
    source: Annotated[str, Field(min_length=1)]
    place: str
    seen: Seen
    path: Literal["as_stated", "first_stated_year_held"]
    takes: dict[str, Pick]

    def as_json(self) -> dict[str, Any]:
        """Everything, for a program (docs/reference/json.md)."""
        return {
            "format": FORMAT,
            "label": self.label.model_dump(),
            "because": self.because.model_dump(),
            "path": self.path,
            "takes": [{"carrier": name, "end": end} for name, end in self.takes.items()],
            "source": {"id": self.source, "place": self.place, "seen": str(self.seen)},
        }


@cache
def family_names() -> tuple[str, ...]:
    """All shipped price families."""
    return tuple(sorted(names_in(folder_of(FAMILIES))))


@cache
def family(name: str) -> PriceFamily:
    """The price family `name`.  Raises ParameterError, naming all of them."""
    if name not in family_names():
        raise ParameterError(
            f"there is no price family '{name}'.",
            remedy=f"choose from: {', '.join(family_names())}",
        )
    return PriceFamily.model_validate(content_of(folder_of(FAMILIES) / f"{name}.yaml"))


def family_path(
    prices: PriceSet,
    chosen: PriceFamily,
    carrier: str,
    years: NDArray[np.int64],
    inflation: float,
) -> NDArray[np.float64]:
    """The price of a carrier along a family. (year,) [eur per house unit, nominal]

    A path that holds the first stated year holds it in the money in which it is stated: constant
    money grows with inflation, a nominal amount does not.

    Raises
    ------
    ParameterError   the set has no price of the carrier or none in one of the years; the family
                     does not say which end it takes; a price is not a positive number
    """
    price = _price(prices, carrier)
    pick = _pick(chosen, carrier)
    if chosen.path == "first_stated_year_held":
        price = _held(price)
    missing = price.missing_years(years)
    if missing:
        raise ParameterError(
            f"the price of {carrier} is not stated for {', '.join(map(str, missing))}.",
            remedy="run over years that the price set covers, or let it hold its last price",
        )
    path = nominal_price(price, years, inflation, pick)
    wrong = ~(np.isfinite(path) & (path > 0))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise ParameterError(
            f"the price of {carrier} in {years[at]} is {path[at]}, not a positive number.",
            remedy=f"mend the price of {carrier} in the price set, or the inflation of the run",
        )
    return path


def how_taken(prices: PriceSet, chosen: PriceFamily, carrier: str) -> Taken:
    """What the family's path is of the price set's figure, so that a report can say so."""
    price = _price(prices, carrier)
    pick = _pick(chosen, carrier)
    first_year_only = chosen.path == "first_stated_year_held"
    if not (_held(price) if first_year_only else price).is_ranged:
        return "only_value"
    if pick != "central":
        return pick
    return "centre" if price.has_centre else "middle"


def _price(prices: PriceSet, carrier: str) -> Price:
    if carrier not in prices.prices:
        raise ParameterError(
            f"the price set has no price of '{carrier}'.",
            remedy=f"choose from: {', '.join(sorted(prices.prices))}",
        )
    return prices.prices[carrier]


def _pick(chosen: PriceFamily, carrier: str) -> Pick:
    if carrier not in chosen.takes:
        raise ParameterError(
            f"the price family '{chosen.label.en}' does not say which price of '{carrier}' "
            "it takes.",
            remedy=f"name {carrier} under `takes:` in the file of the family",
        )
    return chosen.takes[carrier]


def _held(price: Price) -> Price:
    """The same price with nothing but its first stated year, which holds for all years."""
    if price.by_year is None:
        return price
    first = min(price.by_year)
    return price.model_copy(update={"by_year": {first: price.by_year[first]}, "beyond": "hold"})
