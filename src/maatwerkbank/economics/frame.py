# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every line of the sum is computed in: the case, the law, its prices, the years, the picks.

Takes     a case, the law, and which end of each range to take.
Gives     figures of the case and prices as (year,) arrays in house units and money of each year.
Leaves    drawing price paths at random to the floor of risk: it hands them in as `PricePaths`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from maatwerkbank.economics.carbon import published_price
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import PriceSet, nominal_price, price_set
from maatwerkbank.plant.case import Case, Measure
from maatwerkbank.plant.quantities import Floats, Picks, Years, operating, years_of
from maatwerkbank.sources.figure import Absent, Figure


@dataclass(frozen=True)
class PricePaths:
    """Prices that a run brings itself, in money of each year, in place of the price set's.

    `years` follow one another from the year before the first of the case: the levy deducts the
    price of last year. A carrier that is not named keeps the price of the price set.
    """

    years: Years
    by_carrier: Mapping[str, Floats]  # (year,) [eur per MWh or t, nominal]

    def price(self, carrier: str, years: Years) -> Floats:
        """The price of a carrier in some of the years. (year,) [eur per MWh or t]"""
        return np.asarray(self.by_carrier[carrier][years - self.years[0]])


@dataclass(frozen=True)
class Frame:
    """The frame of one computation."""

    case: Case
    law: Law
    prices: PriceSet
    years: Years
    picks: Picks
    paths: PricePaths | None = None

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
        if self.paths and carrier in self.paths.by_carrier:
            return self.paths.price(carrier, self.years)
        return self.money(self.prices.prices[carrier], f"prices.{carrier}")

    def operating(self, measure: Measure) -> Floats:
        """1 in the years in which a measure works, else 0. (year,)"""
        return operating(measure, self.years)


def frame_of(case: Case, law: Law, picks: Picks, paths: PricePaths | None = None) -> Frame:
    """The frame of a case under a law, at the prices of its price set or along `paths`."""
    return Frame(case, law, price_set(case.price_set), years_of(case), picks, paths)


def eua_path(frame: Frame) -> Floats:
    """Price of EU allowances: published means where known, else the price set. (year,) [eur/t]"""
    known = [published_price(frame.law, int(year)) for year in frame.years]
    path = frame.price("eua")
    return np.array([p if k is None else k for p, k in zip(path, known, strict=True)])


def eua_before(frame: Frame) -> float:
    """The same in the year before the first: the levy deducts the price of last year. [eur/t]"""
    before = replace(frame, years=frame.years[:1] - 1)
    return float(eua_path(before)[0])
