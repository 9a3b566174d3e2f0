# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Energy, tonnes and pollutants by year, with and without the projects.

Takes     a case, its years, and for each ranged figure which end of the range to take.
Gives     two states of the same plant with the same output: (installation, year) arrays.
Leaves    money and law to `economics`.

A figure that the case declares absent is NaN here, so whatever needs it becomes NaN too:
absent is not zero (METHOD §15).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.plant.case import Case, Emissions, Installation, LevyKind, Measure
from maatwerkbank.sources.figure import Absent, Figure, Pick

Floats = NDArray[np.float64]
Years = NDArray[np.int64]
SERIES = ("scope1", "ets", "levy_base", "removal")


class Picks:
    """Which end of each ranged figure a computation takes; unnamed figures: the centre.

    `supposed_nil` names absent figures that are taken as nothing, only to find out which results
    hang on the other absent ones. No result is ever given under such a supposition. `shares` says
    how far between its ends a bound of the law is, where a draw decides.
    """

    def __init__(
        self,
        ends: Mapping[str, Pick] | None = None,
        supposed_nil: Collection[str] = (),
        *,
        shares: Mapping[str, float] | None = None,
    ) -> None:
        self._ends = dict(ends or {})
        self._supposed_nil = frozenset(supposed_nil)
        self._shares = dict(shares or {})

    def share(self, place: str) -> float | None:
        """How far from the low to the high end the bound at `place` is; None: see `of`."""
        return self._shares.get(place)

    def of(self, place: str) -> Pick:
        """The end for the figure at `place`."""
        return self._ends.get(place, "central")

    def absent(self, place: str) -> float:
        """What stands in for an absent figure: NaN, so that whatever needs it is NaN too."""
        return 0.0 if place in self._supposed_nil else float("nan")

    def yearly(self, figure: Figure | Absent, years: Years, place: str) -> Floats:
        """The figure at `place` by year, in house units; NaN where it is absent. (year,)"""
        if isinstance(figure, Absent):
            return np.full(len(years), self.absent(place))
        return figure.yearly(years, self.of(place))


CENTRE = Picks()


@dataclass(frozen=True)
class State:
    """A plant over the years.  Emissions [t CO2e/year], energy [MWh/year], goods [t/year]."""

    emissions: dict[str, Floats]  # series -> (installation, year)
    changes: dict[str, Floats]  # series -> (installation, year), what the measures change
    energy: dict[str, Floats]  # carrier -> (installation, year), of what the case states
    substances: dict[str, Floats]  # substance -> (year,) [t/year]
    substance_changes: dict[str, Floats]  # idem, what the measures change
    storage: dict[str, Floats]  # price of transport and storage -> (year,) [t/year]
    allocation_change: Floats  # (installation, year) [t/year]
    own: NDArray[np.bool_]  # (installation,) the permit is the company's, not of another operator

    def total(self, series: str) -> Floats:
        """A series over all installations, those of other operators included. (year,) [t/year]"""
        return np.asarray(self.emissions[series].sum(axis=0))

    def own_total(self, series: str) -> Floats:
        """A series over the installations of the company itself. (year,) [t/year]"""
        return np.asarray(self.emissions[series][self.own].sum(axis=0))

    def change(self, series: str) -> Floats:
        """What the measures change: known even where the whole is not. (year,) [t/year]"""
        return np.asarray(self.changes[series].sum(axis=0))

    def own_change(self, series: str) -> Floats:
        """The same at the installations of the company itself. (year,) [t/year]"""
        return np.asarray(self.changes[series][self.own].sum(axis=0))


def years_of(case: Case) -> Years:
    """The calendar years of a case, valuation year first."""
    return np.arange(case.valuation_year, case.last_year + 1)


def operating(measure: Measure, years: Years) -> Floats:
    """1 in the years in which a measure works, else 0. (year,)"""
    last = measure.first_year + measure.lifetime_years - 1
    return ((years >= measure.first_year) & (years <= last)).astype(np.float64)


def figure_path(group: str, number: int, *steps: str) -> str:
    """The place of a figure in the case file, as findings print it."""
    return ".".join((f"{group}[{number}]", *steps))


def state_of(
    case: Case, years: Years, picks: Picks, measures: list[tuple[str, int, Measure]]
) -> State:
    """The plant with `measures` (group, number, measure) in place."""
    where = {installation.id: n for n, installation in enumerate(case.installations)}
    shape = (len(where), len(years))
    base = {series: np.zeros(shape) for series in SERIES}
    changes = {series: np.zeros(shape) for series in SERIES}
    energy: dict[str, Floats] = {}
    substances: dict[str, Floats] = {}
    substance_changes: dict[str, Floats] = {}
    storage: dict[str, Floats] = {}
    allocation_change = np.zeros(shape)

    for n, installation in enumerate(case.installations):
        here = ("installations", n)
        for series, values in _series(installation, years, picks, here).items():
            base[series][n] += values
        for carrier, figure in installation.energy.items():
            path = figure_path(*here, "energy", carrier)
            energy.setdefault(carrier, np.zeros(shape))[n] += picks.yearly(figure, years, path)
        for substance, amount in installation.substances.items():
            path = figure_path(*here, "substances", substance)
            add_to(substances, substance, picks.yearly(amount, years, path))

    for group, number, measure in measures:
        n = where[measure.installation]
        works = operating(measure, years)
        change = _change(measure.emissions, case.installations[n].levy, years, picks, group, number)
        for series, values in change.items():
            changes[series][n] += np.where(works > 0, values, 0.0)
        for carrier, quantity in measure.energy.items():
            path = figure_path(group, number, "energy", carrier)
            used = picks.yearly(quantity, years, path) * works
            energy.setdefault(carrier, np.zeros(shape))[n] += used
        for substance, amount in measure.substances.items():
            path = figure_path(group, number, "substances", substance)
            values = np.where(works > 0, picks.yearly(amount, years, path), 0.0)
            add_to(substances, substance, values)
            add_to(substance_changes, substance, values)
        if measure.storage:
            path = figure_path(group, number, "storage", "volume")
            stored = picks.yearly(measure.storage.volume, years, path) * works
            add_to(storage, measure.storage.price, stored)
        if measure.free_allocation_change:
            path = figure_path(group, number, "free_allocation_change")
            change_t = picks.yearly(measure.free_allocation_change, years, path)
            allocation_change[n] += change_t * works
    emissions = {series: base[series] + changes[series] for series in SERIES}
    return State(
        emissions,
        changes,
        energy,
        substances,
        substance_changes,
        storage,
        allocation_change,
        np.array([operator_of(case, each) == case.company for each in case.installations]),
    )


def operator_of(case: Case, installation: Installation) -> str:
    """Who holds the permit: rights move only between installations of one operator."""
    return installation.operator or case.company


def fall_in_activity(case: Case, years: Years) -> Floats:
    """Tonnes that fall away because less is produced: reported apart, METHOD §3. (year,)"""
    total = np.zeros(len(years))
    for installation in case.installations:
        if installation.fall_in_activity:
            total = total + installation.fall_in_activity.yearly(years)
    return total


def add_to(totals: dict[str, Floats], key: str, values: Floats) -> None:
    """Add a yearly series to the one under `key`."""
    totals[key] = totals[key] + values if key in totals else values


def _series(
    installation: Installation, years: Years, picks: Picks, here: tuple[str, int]
) -> dict[str, Floats]:
    return _emissions(
        installation.emissions, installation.levy, years, picks, figure_path(*here, "emissions")
    )


def _change(
    emissions: Emissions, levy: LevyKind, years: Years, picks: Picks, group: str, number: int
) -> dict[str, Floats]:
    return _emissions(emissions, levy, years, picks, figure_path(group, number, "emissions"))


def _emissions(
    stated: Emissions, levy: LevyKind, years: Years, picks: Picks, place: str
) -> dict[str, Floats]:
    """The four series of METHOD §2; what is not stated follows from the kind of installation."""
    scope1 = picks.yearly(stated.scope1, years, f"{place}.scope1")
    nothing = np.zeros(len(years))

    def series(name: str, default: Floats) -> Floats:
        figure = getattr(stated, name)
        return default if figure is None else picks.yearly(figure, years, f"{place}.{name}")

    return {
        "scope1": scope1,
        "ets": series("ets", scope1 if levy == "ets" else nothing),
        "levy_base": series("levy_base", scope1),
        "removal": series("removal", nothing),
    }
