# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which corner of the inputs do the cases of interest lie, such as those that fail?

Takes      values of the inputs by draw, and for each draw whether it is of interest.
Gives      boxes from wide to tight (PRIM) and a tree of rules (CART), each with what it covers.
Leaves out what is of interest: whoever asks sets the threshold. A box tells where, not why.

Coverage: the share of all cases of interest that lie in the box. Density: the share of the draws
in the box that are of interest. Mass: the share of all draws in the box.

Source     PRIM: Friedman and Fisher 1999; coverage, density and quasi-p: Bryant and Lempert 2010.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Side = Literal["at_least", "at_most"]

# ── boxes ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Limit:
    """One side of a box. The limit itself lies inside.

    `quasi_p` is the chance of at least as many cases of interest in the box if this limit did not
    matter: if draws were taken blindly from the box without it. Small is telling.
    """

    name: str
    side: Side
    value: float
    quasi_p: float


@dataclass(frozen=True)
class Box:
    """A part of the space of inputs, and how well it catches what is of interest."""

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    n_draws: int
    n_of_interest: int

    @property
    def restricted(self) -> tuple[str, ...]:
        """The inputs that the box restricts, each once."""
        return tuple(dict.fromkeys(limit.name for limit in self.limits))


@dataclass(frozen=True)
class _Draws:
    """What was given, checked."""

    names: tuple[str, ...]
    x: Floats  # (input, draw)
    of_interest: Flags  # (draw)


@dataclass(frozen=True)
class _Bounds:
    """Low and high of each input, infinite where free. (input)"""

    low: Floats
    high: Floats

    def inside(self, x: Floats) -> Flags:
        return np.asarray(((x >= self.low[:, None]) & (x <= self.high[:, None])).all(axis=0))

    def moved(self, side: Side, i: int, value: float) -> "_Bounds":
        low, high = self.low.copy(), self.high.copy()
        (low if side == "at_least" else high)[i] = value
        return _Bounds(low, high)


def boxes(
    x: ArrayLike,
    of_interest: ArrayLike,
    names: Sequence[str],
    *,
    alpha: float = 0.05,
    least_mass: float = 0.05,
) -> tuple[Box, ...]:
    """From the whole space to a tight box, step by step: the trajectory of PRIM.

    Each step peels a share `alpha` of the draws off one side of one input: the side where the
    density of what stays gains most for each draw that goes. An input with ties, such as a delay
    in whole years, gives up at least its outermost value at once; what that costs in draws counts
    against it. At the end sides are pasted back as long as that raises the density.

    Parameters
    ----------
    x : (input, draw)
    of_interest : (draw) true or false
    alpha : share of the draws in the box that one step takes off or gives back
    least_mass : share of all draws below which no box is cut
    """
    given = _checked(x, of_interest, names)
    for name, value in (("alpha", alpha), ("least_mass", least_mass)):
        if not 0 < value < 1:
            raise RuleError(f"{name} {value} is not between 0 and 1.", remedy="give 0.05")
    free = np.full(len(given.names), np.inf)
    bounds = _Bounds(-free, free)
    trajectory = [bounds]
    kept_x, kept = given.x, given.of_interest
    fewest = least_mass * given.of_interest.size
    while not kept.all():
        peeled = _peeled(bounds, kept_x, kept, alpha, fewest)
        if peeled is None:
            break
        bounds = peeled
        stays = bounds.inside(kept_x)
        kept_x, kept = kept_x[:, stays], kept[stays]
        trajectory.append(bounds)
    while (pasted := _pasted(bounds, given, alpha)) is not None:
        bounds = pasted
        trajectory.append(bounds)
    return tuple(_described(each, given) for each in trajectory)


def chosen(
    trajectory: Sequence[Box],
    *,
    by: Literal["coverage", "knee"] = "coverage",
    least_coverage: float = 0.8,
    number: int | None = None,
) -> Box:
    """The box to show.

    `number` picks a box by hand, counted from 0. Otherwise, by "coverage": the densest box that
    still covers `least_coverage`; by "knee": the box furthest above the straight line from the
    first box to the densest, in a picture of density against coverage. Among equals: fewer inputs.
    """
    if number is not None:
        if not 0 <= number < len(trajectory):
            raise RuleError(
                f"there is no box {number}.", remedy=f"choose from 0 to {len(trajectory) - 1}"
            )
        return trajectory[number]
    if not 0 <= least_coverage <= 1:
        raise RuleError(
            f"a coverage of {least_coverage} is not between 0 and 1.", remedy="give a share"
        )
    if by == "coverage":
        wide = [box for box in trajectory if box.coverage >= least_coverage]
        return max(wide, key=lambda box: (box.density, -len(box.restricted), box.coverage))
    start = trajectory[0]
    end = max(trajectory, key=lambda box: (box.density, box.coverage))
    rise, run = end.density - start.density, end.coverage - start.coverage

    def above_the_line(box: Box) -> float:
        # Twice the area of the triangle start, end, box: the distance, as far as it orders.
        to_box = (box.coverage - start.coverage) * rise
        return to_box - (box.density - start.density) * run

    return max(trajectory, key=lambda box: (above_the_line(box), -len(box.restricted)))


def without_idle_limits(
    box: Box, x: ArrayLike, of_interest: ArrayLike, names: Sequence[str], *, level: float = 0.05
) -> Box:
    """The box without the limits that may well be chance: dropped one by one, the idlest first."""
    given = _checked(x, of_interest, names)
    while box.limits and max(limit.quasi_p for limit in box.limits) > level:
        idlest = max(box.limits, key=lambda limit: limit.quasi_p)
        stays = [limit for limit in box.limits if limit is not idlest]
        box = _described(_bounds_of(stays, given), given)
    return box


def inside(box: Box, x: ArrayLike, names: Sequence[str]) -> Flags:
    """Which draws lie in the box.  (input, draw) -> (draw)"""
    values = np.asarray(x, dtype=np.float64)
    given = _Draws(tuple(names), values, np.zeros(values.shape[-1], dtype=bool))
    return _bounds_of(box.limits, given).inside(values)


def _bounds_of(limits: Sequence[Limit], given: _Draws) -> _Bounds:
    free = np.full(len(given.names), np.inf)
    bounds = _Bounds(-free, free)
    for limit in limits:
        bounds = bounds.moved(limit.side, given.names.index(limit.name), limit.value)
    return bounds


def _checked(x: ArrayLike, of_interest: ArrayLike, names: Sequence[str]) -> _Draws:
    values = np.asarray(x, dtype=np.float64)
    flags = np.asarray(of_interest)
    if values.ndim != 2 or flags.shape != values.shape[1:] or len(names) != len(values):
        raise ShapeError(
            f"inputs have shape {values.shape}, {len(names)} names and {flags.shape} marks.",
            remedy="give inputs as (input, draw), a name per input and a mark per draw",
        )
    if flags.dtype != np.bool_:
        raise ShapeError(
            f"whether a draw is of interest was given as {flags.dtype}.",
            remedy="compare the outcome with a threshold first: true or false per draw",
        )
    if not np.isfinite(values).all():
        lacking = names[int(np.argmin(np.isfinite(values).all(axis=1)))]
        raise RuleError(
            f"input '{lacking}' is not finite in every draw.",
            remedy="leave the input out, or the draws in which it is not known",
        )
    if not flags.any() or flags.all():
        raise RuleError(
            f"{'every' if flags.any() else 'none'} of the {flags.size} draws is of interest.",
            remedy="choose a threshold that parts the draws, or make more of them",
        )
    return _Draws(tuple(names), values, flags)


def _peeled(
    bounds: _Bounds, x: Floats, of_interest: Flags, alpha: float, fewest: float
) -> _Bounds | None:
    """The bounds after the best peel; None where none may be taken or none helps."""
    n = of_interest.size
    last = min(max(1, int(alpha * n)), n - 1)
    ordered = np.partition(x, [last, n - 1 - last], axis=1)
    lowest, highest = x.min(axis=1), x.max(axis=1)
    # The first value that stays. Where ties reach from the end to there, they all go.
    low, high = ordered[:, last], ordered[:, n - 1 - last]
    tied_low, tied_high = low == lowest, high == highest
    beyond = np.where(x > lowest[:, None], x, np.inf).min(
        axis=1, where=tied_low[:, None], initial=np.inf
    )
    low = np.where(tied_low, beyond, low)
    before = np.where(x < highest[:, None], x, -np.inf).max(
        axis=1, where=tied_high[:, None], initial=-np.inf
    )
    high = np.where(tied_high, before, high)
    stays = np.concatenate([x >= low[:, None], x <= high[:, None]])  # (side and input, draw)
    n_stays = stays.sum(axis=1)
    hits = (stays & of_interest).sum(axis=1)
    allowed = (n_stays >= max(fewest, 1)) & (n_stays < n)
    if not allowed.any():
        return None
    density = np.divide(hits, n_stays, out=np.zeros(len(hits)), where=allowed)
    gain = np.where(allowed, (density - of_interest.mean()) / np.maximum(n - n_stays, 1), -np.inf)
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return None
    i = best % len(x)
    side: Side = "at_least" if best < len(x) else "at_most"
    return bounds.moved(side, i, float(low[i] if side == "at_least" else high[i]))


def _pasted(bounds: _Bounds, given: _Draws, alpha: float) -> _Bounds | None:
    """The bounds with one side moved outwards, where that raises the density; else None."""
    within = bounds.inside(given.x)
    best, best_density = None, float(given.of_interest[within].mean())
    n_back = max(1, int(alpha * within.sum()))
    for i in range(len(given.names)):
        for side, limit, free in _sides(bounds, i):
            if not np.isfinite(limit):
                continue
            opened = bounds.moved(side, i, free)
            outside = np.sort(given.x[i, opened.inside(given.x) & ~within])
            if outside.size == 0:
                continue
            if outside.size <= n_back:
                value = free  # all of them come back: this side restricts nothing any more
            else:
                value = outside[-n_back if side == "at_least" else n_back - 1]
            wider = bounds.moved(side, i, float(value))
            density = float(given.of_interest[wider.inside(given.x)].mean())
            if density > best_density:
                best, best_density = wider, density
    return best


def _described(bounds: _Bounds, given: _Draws) -> Box:
    within = bounds.inside(given.x)
    n_draws = int(within.sum())
    n_of_interest = int((within & given.of_interest).sum())
    box = Box(
        (),
        n_of_interest / int(given.of_interest.sum()),
        n_of_interest / n_draws if n_draws else 0.0,
        n_draws / within.size,
        n_draws,
        n_of_interest,
    )
    limits = [
        Limit(name, side, float(value), _quasi_p(bounds.moved(side, i, free), given, box))
        for i, name in enumerate(given.names)
        for side, value, free in _sides(bounds, i)
        if np.isfinite(value)
    ]
    return replace(box, limits=tuple(limits))


def _sides(bounds: _Bounds, i: int) -> tuple[tuple[Side, float, float], ...]:
    """Of one input: each side, its limit, and what it would be if it were free."""
    return ("at_least", bounds.low[i], -np.inf), ("at_most", bounds.high[i], np.inf)


def _quasi_p(opened: _Bounds, given: _Draws, box: Box) -> float:
    """Chance of so many cases of interest among as many draws from the box without one limit."""
    from scipy.stats import binom  # type: ignore[import-untyped]  # noqa: PLC0415  (slow)

    density = given.of_interest[opened.inside(given.x)].mean()
    return float(binom.sf(box.n_of_interest - 1, box.n_draws, density))


# ── tree ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Turn:
    """One turn on the way down a tree: the input is at most the value, or above it."""

    name: str
    side: Literal["at_most", "above"]
    value: float


@dataclass(frozen=True)
class Leaf:
    """Draws that take the same turns. An input that is asked twice keeps its tightest answer."""

    path: tuple[Turn, ...]
    coverage: float
    density: float
    mass: float
    n_draws: int
    n_of_interest: int


def leaves(
    x: ArrayLike,
    of_interest: ArrayLike,
    names: Sequence[str],
    *,
    most_leaves: int = 8,
    least_mass: float = 0.05,
) -> tuple[Leaf, ...]:
    """The rules of a classification tree (CART, Gini), the densest leaf first.

    The tree compares in single precision: a draw within 1e-7 of a value may stand on either side.

    Parameters
    ----------
    x : (input, draw)
    of_interest : (draw) true or false
    most_leaves : leaves at most
    least_mass : share of all draws that a leaf holds at least
    """
    from sklearn.tree import DecisionTreeClassifier  # type: ignore[import-untyped]  # noqa: PLC0415

    given = _checked(x, of_interest, names)
    if most_leaves < 2 or not 0 < least_mass <= 0.5:
        raise RuleError(
            f"a tree of {most_leaves} leaves, each with {least_mass:g} of the draws, cannot part.",
            remedy="allow at least 2 leaves, with at most half of the draws each",
        )
    # The seed only decides between splits that are equally good.
    grower = DecisionTreeClassifier(
        max_leaf_nodes=most_leaves, min_samples_leaf=least_mass, random_state=0
    )
    tree = grower.fit(given.x.T, given.of_interest).tree_
    reached = grower.apply(given.x.T)
    paths = _paths(tree.children_left, tree.children_right, tree.feature, tree.threshold, names)
    found = []
    for node, path in paths.items():
        n_draws = int((reached == node).sum())
        n_of_interest = int(given.of_interest[reached == node].sum())
        found.append(
            Leaf(
                path,
                n_of_interest / int(given.of_interest.sum()),
                n_of_interest / n_draws,
                n_draws / reached.size,
                n_draws,
                n_of_interest,
            )
        )
    return tuple(sorted(found, key=lambda leaf: (-leaf.density, -leaf.n_draws)))


def _paths(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    asked: NDArray[np.int64],
    value: Floats,
    names: Sequence[str],
) -> dict[int, tuple[Turn, ...]]:
    """The turns to every leaf, by number of its node."""
    found = {}
    waiting: list[tuple[int, dict[tuple[str, str], Turn]]] = [(0, {})]
    while waiting:
        node, turns = waiting.pop()
        if left[node] == right[node]:  # a leaf has no children
            found[node] = tuple(turns.values())
            continue
        name, at = names[asked[node]], float(value[node])
        # Further down is always tighter, so the later answer takes the place of the earlier.
        down = (
            (Turn(name, "at_most", at), int(left[node])),
            (Turn(name, "above", at), int(right[node])),
        )
        waiting += [(child, {**turns, (name, turn.side): turn}) for turn, child in down]
    return found
