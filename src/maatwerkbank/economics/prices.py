# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What carriers, allowances and money figures cost in each year.

Takes     the price set of a case, the law, and which end of each range to take.
Gives     (year,) arrays in money of each year.
Leaves    random price paths to the floor of risk.
"""

import numpy as np

from maatwerkbank.economics.carbon import published_price
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import PriceSet, nominal_price
from maatwerkbank.plant.quantities import Floats, Picks, Years
from maatwerkbank.sources.figure import Absent, Figure


def price_path(prices: PriceSet, carrier: str, law: Law, years: Years, picks: Picks) -> Floats:
    """Price of a carrier in money of each year. (year,) [eur per MWh or t]"""
    return nominal_price(
        prices.prices[carrier], years, law.inflation, picks.of(f"prices.{carrier}")
    )


def eua_path(prices: PriceSet, law: Law, years: Years, picks: Picks) -> Floats:
    """EU allowance price: published means where known, else the price set. (year,) [eur/t]"""
    path = price_path(prices, "eua", law, years, picks)
    known = [published_price(law, int(year)) for year in years]
    return np.array([p if k is None else k for p, k in zip(path, known, strict=True)])


def price_before(prices: PriceSet, law: Law, years: Years, picks: Picks) -> float:
    """The allowance price of the year before the first: the levy deducts last year's price."""
    return float(eua_path(prices, law, years[:1] - 1, picks)[0])


def nominal(figure: Figure | Absent, law: Law, years: Years, picks: Picks, path: str) -> Floats:
    """A figure in money of each year; NaN where it is absent. (year,)"""
    if isinstance(figure, Absent):
        return picks.yearly(figure, years, path)
    return nominal_price(figure, years, law.inflation, picks.of(path))
