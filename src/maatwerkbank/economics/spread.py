# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An outcome, and how far it spreads over what is not known.

Takes     a case and the law.
Gives     the outcome at the centre, at both ends of every unknown, and at the corners where all
          turn together; and from these the value and the range of any result.
Leaves    how likely each is: a range says how far. Distributions belong to the floor of risk.
"""

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.contract import plain
from maatwerkbank.economics.results import Result
from maatwerkbank.economics.unknowns import ENDS, Swing, unknowns_of
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import Floats, Picks
from maatwerkbank.sources.figure import Pick

Series = Callable[[Outcome], Floats]
Ends = dict[tuple[str, Pick], float]
Judged = tuple[float | None, dict[str, float] | None]  # value or null, and its range if any


class Spread:
    """One case under one law, at the centre and at the ends of what is not known."""

    def __init__(self, case: Case, law: Law) -> None:
        self._case = case
        self._law = law
        self.centre: Outcome = evaluate(case, law)
        self._unknowns = unknowns_of(case, law)
        self._ends = {
            (name, end): evaluate(case, law, Picks(unknown.at(end)))
            for name, unknown in self._unknowns.items()
            for end in ENDS
        }
        self._corners: dict[frozenset[tuple[str, Pick]], Outcome] = {}

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """Every unknown by what it does to the NPV, the largest first."""
        swings = [
            Swing(
                name,
                tuple(unknown.members),
                self._ends[name, "low"].npv,
                self._ends[name, "high"].npv,
                unknown.has_centre,
            )
            for name, unknown in self._unknowns.items()
        ]
        return tuple(sorted(swings, key=lambda s: (-s.width if s.is_known else 0.0, s.place)))

    def judged(self, result: Result) -> Judged:
        """The value at the centre, null where it cannot be judged, and its range if it has one."""
        return self.judge(result(self.centre), self.at_ends(result), self._at_corners(result))

    def corners_of(self, result: Result) -> tuple[Picks, ...]:
        """Where all unknowns lower a result together, and where they raise it; none if none do."""
        return tuple(self._picks(ends) for ends in self._extremes(result) if ends)

    def ends_without_centre(self) -> tuple[Picks, ...]:
        """Each end of every unknown for which no source gives a centre, one at a time."""
        return tuple(
            Picks(unknown.at(end))
            for unknown in self._unknowns.values()
            if not unknown.has_centre
            for end in ENDS
        )

    def number(self, result: Result) -> float | None:
        """The value of any result; null where it cannot be judged."""
        return self.judged(result)[0]

    def series(self, of: Series) -> list[float | None]:
        """A yearly series at the centre; null in years that hang on a range without a centre."""
        centre = of(self.centre)
        hangs = np.zeros(len(centre), dtype=bool)
        for name, unknown in self._unknowns.items():
            if not unknown.has_centre:
                for end in ENDS:
                    there = of(self._ends[name, end])
                    hangs |= ~np.isclose(there, centre, rtol=1e-9, atol=1e-9, equal_nan=True)
        return [None if h else plain(v) for h, v in zip(hangs, centre, strict=True)]

    def at_ends(self, result: Result) -> Ends:
        """A result with one unknown at an end, for every unknown and end."""
        return {key: result(outcome) for key, outcome in self._ends.items()}

    def moving(self, result: Result) -> dict[str, tuple[str, ...]]:
        """Unknowns without a centre that move a result, with the places of their figures."""
        return {
            name: tuple(unknown.members)
            for name, unknown in self._unknowns.items()
            if not unknown.has_centre
            and not _same(*(result(self._ends[name, end]) for end in ENDS))
        }

    def difference(self, mine: Result, other: "Spread", theirs: Result) -> Judged:
        """A result there minus a result here, with every unknown at the same end in both.

        One at a time, then all that lower the difference together and all that raise it.
        """
        here, there = self.at_ends(mine), other.at_ends(theirs)
        centre_here, centre_there = mine(self.centre), theirs(other.centre)
        apart = {
            key: there.get(key, centre_there) - here.get(key, centre_here)
            for key in {**here, **there}
        }
        wider = other if len(there) > len(here) else self
        corners = [
            theirs(other.corner(ends)) - mine(self.corner(ends)) for ends in _turned(apart) if ends
        ]
        return wider.judge(centre_there - centre_here, apart, corners)

    def judge(self, centre: float, ends: Ends, corners: list[float]) -> Judged:
        """Value and range from what a result is at the centre, the ends and the corners."""
        finite = [v for v in (centre, *ends.values(), *corners) if math.isfinite(v)]
        low, high = (min(finite), max(finite)) if finite else (math.nan, math.nan)
        spread = bool(finite) and high - low > 1e-9 * max(abs(low), abs(high))
        hangs = any(
            not unknown.has_centre and not _same(ends[name, end], centre)
            for name, unknown in self._unknowns.items()
            for end in ENDS
        )
        value = None if hangs else plain(centre)
        return value, {"low": low + 0.0, "high": high + 0.0} if spread else None

    def _at_corners(self, result: Result) -> list[float]:
        """A result with all unknowns at the ends that lower it, that raise it, and so for the NPV.

        A result with a floor, such as support that is needed, stays on it until several unknowns
        turn against the plan together: the corners of the NPV find that.
        """
        corners = [*self._extremes(result), *self._extremes(lambda outcome: outcome.npv)]
        return [result(self.corner(corner)) for corner in corners if corner]

    def _extremes(self, result: Result) -> tuple[dict[str, Pick], dict[str, Pick]]:
        """For each unknown that moves a result: the end that lowers it, the end that raises it."""
        return _turned(self.at_ends(result))

    def corner(self, ends: dict[str, Pick]) -> Outcome:
        """The outcome with the named unknowns at an end, computed once; others are left out."""
        ends = {name: end for name, end in ends.items() if name in self._unknowns}
        key = frozenset(ends.items())
        if key not in self._corners:
            self._corners[key] = evaluate(self._case, self._law, self._picks(ends))
        return self._corners[key]

    def _picks(self, ends: dict[str, Pick]) -> Picks:
        """Which end each figure takes when the named unknowns are at theirs."""
        return Picks(
            {k: v for n, end in ends.items() for k, v in self._unknowns[n].at(end).items()}
        )


def _turned(ends: Ends) -> tuple[dict[str, Pick], dict[str, Pick]]:
    """Of each unknown that moves a result: the end that lowers it, and the end that raises it."""
    lowest: dict[str, Pick] = {}
    highest: dict[str, Pick] = {}
    for name in dict.fromkeys(name for name, _ in ends):
        low, high = (ends[name, end] for end in ENDS)
        if not _same(low, high):
            lowest[name], highest[name] = ("low", "high") if low < high else ("high", "low")
    return lowest, highest


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
