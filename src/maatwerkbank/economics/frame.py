# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every line of the sum is computed in: the case, the law, its prices, the years, the picks.

Takes     a case, the law, and which end of each range to take.
Gives     figures of the case and prices as (year,) arrays in house units and money of each year.
Leaves    random price paths to the floor of risk.
"""

from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics.carbon import published_price
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import PriceSet, nominal_price, price_set
from maatwerkbank.plant.case import Case, Measure
from maatwerkbank.plant.quantities import Floats, Picks, Years, operating, years_of
from maatwerkbank.sources.figure import Absent, Figure


@dataclass(frozen=True)
class Frame:
    """The frame of one computation."""

    case: Case
    law: Law
    prices: PriceSet
    years: Years
    picks: Picks

    @property
    def nothing(self) -> Floats:
        """A known zero in every year. (year,)"""
        return np.zeros(len(self.years))

    def quantity(self, figure: Figure | Absent, place: str) -> Floats:
        """A figure as it stands; NaN where it is absent. (year,) [house unit of the figure]"""
        return self.picks.yearly(figure, self.years, place)

    def money(self, figure: Figure | Absent, place: str) -> Floats:
        """A figure in money of each year; NaN where it is absent. (year,) [eur, eur per unit]"""
        if isinstance(figure, Absent):
            return self.quantity(figure, place)
        return nominal_price(figure, self.years, self.law.inflation, self.picks.of(place))

    def price(self, carrier: str) -> Floats:
        """Price of a carrier or a service in money of each year. (year,) [eur per MWh or t]"""
        return self.money(self.prices.prices[carrier], f"prices.{carrier}")

    def operating(self, measure: Measure) -> Floats:
        """1 in the years in which a measure works, else 0. (year,)"""
        return operating(measure, self.years)


def frame_of(case: Case, law: Law, picks: Picks) -> Frame:
    """The frame of a case under a law."""
    return Frame(case, law, price_set(case.price_set), years_of(case), picks)


def eua_path(frame: Frame) -> Floats:
    """Price of EU allowances: published means where known, else the price set. (year,) [eur/t]"""
    known = [published_price(frame.law, int(year)) for year in frame.years]
    path = frame.price("eua")
    return np.array([p if k is None else k for p, k in zip(path, known, strict=True)])


def eua_before(frame: Frame) -> float:
    """The same in the year before the first: the levy deducts the price of last year. [eur/t]"""
    before = Frame(frame.case, frame.law, frame.prices, frame.years[:1] - 1, frame.picks)
    return float(eua_path(before)[0])
