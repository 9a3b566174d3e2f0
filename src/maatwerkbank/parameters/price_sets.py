# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Price sets: the prices that a case computes with, each a sourced figure, most of them ranges.

Takes     a name such as `public-2025-06-30`.
Gives     per carrier a figure by year.
Leaves    price paths that are drawn at random to the floor of risk.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.parameters.files import content_of, names_in
from maatwerkbank.sources.figure import Figure, Pick, Strict, Words


class Price(Figure):
    """A price of one carrier: a figure with a label."""

    label: Words


class PriceSet(Strict):
    """Prices that belong together, and why these."""

    label: Words
    because: Words
    prices: dict[str, Price]


@cache
def price_set_names() -> tuple[str, ...]:
    """All shipped price sets."""
    return tuple(sorted(names_in(files("maatwerkbank.parameters") / "price_sets", "")))


@cache
def price_set(name: str) -> PriceSet:
    """The shipped price set `name`."""
    content: dict[str, Any] = content_of(
        files("maatwerkbank.parameters") / "price_sets" / f"{name}.yaml"
    )
    return PriceSet.model_validate(content)


def nominal_price(
    price: Figure, years: NDArray[np.int64], inflation: float, pick: Pick = "central"
) -> NDArray[np.float64]:
    """A figure in money of each year: constant money grows with inflation. (year,)"""
    stated = price.yearly(years, pick)
    if price.price_year is None:
        return stated
    return np.asarray(stated * (1.0 + inflation) ** (years - price.price_year))
