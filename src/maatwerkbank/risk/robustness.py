# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which policy disappoints least whatever comes, and what must be true for a case to stand?

Takes      a value per policy and family of price paths; or what evaluates a case at given inputs.
Gives      regret and the usual yardsticks of robustness; break-even values of each input.
Leaves out how likely the families are: these yardsticks are for when nobody can say.

A value that is not known (NaN) makes all that hangs on it unknown too: nothing is left out unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq  # type: ignore[import-untyped]

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]
Yardstick = Literal["maximin", "minimax_regret", "hurwicz", "laplace", "satisficing"]
Status = Literal["one", "several", "none", "everywhere", "not_known"]

# ── regret ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Robustness:
    """Policies judged over families. More is better in `values`, less in regret.

    `best` names, per yardstick, every policy that does best; empty where that is not known.
    """

    policies: tuple[str, ...]
    families: tuple[str, ...]
    values: Floats  # (policy, family)
    regret: Floats  # (policy, family) what the policy leaves on the table in that family
    worst: Floats  # (policy) maximin
    greatest_regret: Floats  # (policy) minimax regret
    hurwicz: Floats  # (policy) weight × best + (1 - weight) × worst
    average: Floats  # (policy) Laplace: every family counts the same
    satisfied: Floats  # (policy) share of families in which the value is at least the threshold
    best: dict[Yardstick, tuple[str, ...]]


def robustness(
    values: ArrayLike,
    policies: Sequence[str],
    families: Sequence[str],
    *,
    threshold: float = 0.0,
    optimism: float = 0.5,
) -> Robustness:
    """Regret per policy and family, and each policy by five yardsticks.

    Parameters
    ----------
    values : (policy, family), such as expected values or a quantile; more is better
    threshold : from which a value is good enough
    optimism : weight of the best family in Hurwicz' yardstick, 0 to 1

    Source    the yardsticks are as in McPhail et al. 2018.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.shape != (len(policies), len(families)) or table.size == 0:
        raise ShapeError(
            f"values have shape {table.shape} for {len(policies)} policies "
            f"and {len(families)} families.",
            remedy="give a value per policy (row) and family (column), and at least one of each",
        )
    if not 0 <= optimism <= 1:
        raise RuleError(
            f"an optimism of {optimism:g} is not between 0 and 1.", remedy="give 0.5 for halfway"
        )
    regret = table.max(axis=0) - table
    worst = table.min(axis=1)
    hurwicz = optimism * table.max(axis=1) + (1 - optimism) * worst
    known = ~np.isnan(table).any(axis=1)
    satisfied = np.where(known, (table >= threshold).mean(axis=1), np.nan)
    average, greatest_regret = table.mean(axis=1), regret.max(axis=1)
    by_yardstick: dict[Yardstick, Floats] = {
        "maximin": worst,
        "minimax_regret": -greatest_regret,
        "hurwicz": hurwicz,
        "laplace": average,
        "satisficing": satisfied,
    }
    best = {
        yardstick: tuple(
            policy for policy, value in zip(policies, by_policy, strict=True) if value == top
        )
        for yardstick, by_policy in by_yardstick.items()
        for top in [by_policy.max()]  # NaN, which equals nothing, where one is not known
    }
    return Robustness(
        tuple(policies),
        tuple(families),
        table,
        regret,
        worst,
        greatest_regret,
        hurwicz,
        average,
        satisfied,
        best,
    )


# ── break-even ──────────────────────────────────────────────────────────────────────────────────

_NIL = 1e-6  # of the greatest outcome seen: what is left beside a root that is no jump
_NEAR = 1e-12  # of a step of the grid: how near a root is found
_LAST_BITS = 4 * float(np.finfo(np.float64).eps)  # of the root: nearer no double can tell


@dataclass(frozen=True)
class Root:
    """A value of an input at which the outcome is nil, or jumps from one side of nil to the other.

    `rises`: the outcome is below nil before it and above nil after; None where it only touches.
    """

    value: float
    rises: bool | None
    jumps: bool


@dataclass(frozen=True)
class BreakEven:
    """What one input would have to be for the outcome to be nil, the others at their centre.

    "several" is no threshold to rely on: the outcome is nil more than once. "everywhere": it is
    nil at every point looked at. "not_known": it is not known at some point looked at.
    """

    name: str
    centre: float
    low: float
    high: float
    status: Status
    roots: tuple[Root, ...]

    @property
    def nearest(self) -> Root | None:
        """The root nearest to the centre: the least that would have to change."""
        return min(self.roots, key=lambda root: abs(root.value - self.centre), default=None)


def break_even(
    evaluate: Callable[[Floats], Floats],
    inputs: Sequence[str],
    centre: ArrayLike,
    bounds: ArrayLike,
    *,
    points: int = 65,
) -> tuple[BreakEven, ...]:
    """At which value of each input is the outcome nil, the others at their centre?

    The outcome is looked at on an even grid; each change of sign is narrowed down by Brent's
    method. Two changes between neighbouring points of the grid are not seen.

    Parameters
    ----------
    evaluate : gives (point) for values (input, point), such as the NPV at median prices [eur]
    centre : (input)
    bounds : (input, 2) lowest and highest value that is looked at
    points : of the grid, per input
    """
    middle = np.asarray(centre, dtype=np.float64)
    ends = np.asarray(bounds, dtype=np.float64).reshape(-1, 2)
    _check_bounds(inputs, middle, ends, points)
    grids = np.linspace(ends[:, 0], ends[:, 1], points, axis=1)  # (input, point)
    columns = np.tile(middle[:, None], (1, grids.size))
    for i in range(len(inputs)):
        columns[i, i * points : (i + 1) * points] = grids[i]
    outcomes = np.asarray(evaluate(columns), dtype=np.float64)
    if outcomes.shape != (grids.size,):
        raise ShapeError(
            f"{grids.size} points were given, and the outcomes have shape {outcomes.shape}.",
            remedy="give one outcome per point",
        )

    def alone(i: int) -> Callable[[float], float]:
        def outcome(value: float) -> float:
            point = middle.copy()
            point[i] = value
            return float(evaluate(point[:, None])[0])

        return outcome

    found = []
    for i, (name, seen) in enumerate(
        zip(inputs, outcomes.reshape(len(inputs), points), strict=True)
    ):
        low, high = (float(end) for end in ends[i])
        try:
            roots = _roots(alone(i), grids[i], seen)
            status: Status = "none" if not roots else "one" if len(roots) == 1 else "several"
            if not seen.any():
                status = "everywhere"
        except _NotKnown:
            roots, status = (), "not_known"
        found.append(BreakEven(name, float(middle[i]), low, high, status, roots))
    return tuple(found)


class _NotKnown(Exception):
    """No mistake: the outcome is not known at a point that is looked at. Goes no further."""


def _check_bounds(inputs: Sequence[str], middle: Floats, ends: Floats, points: int) -> None:
    if middle.shape != (len(inputs),) or ends.shape != (len(inputs), 2):
        raise ShapeError(
            f"{len(inputs)} inputs have centres {middle.shape} and bounds {ends.shape}.",
            remedy="give one centre, a lowest and a highest value per input",
        )
    if points < 2:
        raise RuleError(f"a grid of {points} points has no sides.", remedy="ask for 2 or more")
    for name, at, (low, high) in zip(inputs, middle, ends, strict=True):
        if not np.isfinite([low, at, high]).all() or low >= high:
            raise RuleError(
                f"input '{name}' is looked at from {low:g} to {high:g} around {at:g}.",
                remedy="give finite bounds, the lower one first",
            )


def _roots(outcome: Callable[[float], float], grid: Floats, seen: Floats) -> tuple[Root, ...]:
    """Every change of sign on the grid, and the start of every stretch on which it is nil."""
    if not np.isfinite(seen).all():
        raise _NotKnown
    sign = np.sign(seen)
    telling = np.flatnonzero(sign)
    if telling.size == 0:
        return ()
    first, last = telling[0], telling[-1]
    roots = []
    if first > 0:
        roots.append(Root(float(grid[0]), bool(sign[first] > 0), jumps=False))
    for before, after in pairwise(telling):
        crosses = bool(sign[before] != sign[after])
        rises = bool(sign[after] > 0) if crosses else None
        if after > before + 1:
            roots.append(Root(float(grid[before + 1]), rises, jumps=False))
        elif crosses:
            ends = {float(grid[at]): float(seen[at]) for at in (before, after)}
            value, beside = _nil_between(ends, outcome)
            roots.append(Root(value, rises, jumps=beside > _NIL * float(np.abs(seen).max())))
    if last < grid.size - 1:
        roots.append(Root(float(grid[last + 1]), bool(sign[last] < 0), jumps=False))
    return tuple(roots)


def _nil_between(
    ends: dict[float, float], outcome: Callable[[float], float]
) -> tuple[float, float]:
    """Where the outcome is nil between two values at which it has opposite signs, and how far from
    nil it is on either side of there: nearly nil, unless it jumps.

    The ends are taken as seen: computed again, rounding may turn a sign and leave no bracket.
    """

    def seen(value: float) -> float:
        found = ends[value] if value in ends else outcome(value)
        if not np.isfinite(found):
            raise _NotKnown
        return found

    low, high = ends
    near = _NEAR * (high - low)
    value = float(brentq(seen, low, high, xtol=near, rtol=_LAST_BITS, maxiter=1000))
    # The true change of sign lies within `near` of what was found: a jump may be on either side.
    aside = 2.0 * (near + _LAST_BITS * abs(value))
    sides = max(low, value - aside), min(high, value + aside)
    return value, max(abs(seen(side)) for side in sides)
