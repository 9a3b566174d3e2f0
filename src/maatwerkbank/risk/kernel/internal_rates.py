# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rate at which a draw is worth nothing, and the number of such rates."""

import numpy as np

from maatwerkbank.risk.kernel.batch import IRR, IRR_ROOTS, LANES
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Lanes,
    Vector,
    any_below,
    compiled,
    every,
    greater,
    if_below,
    if_opposite,
    if_same,
    inlined,
    lesser,
    load,
    store,
)

_MOST_STEPS = 60  # far more than Newton and halving ever take
_HARDLY_ABOVE_NIL = 1e-300
_NEAR = 1e-4  # a step of Halley so small cubes to less than the ninth decimal
# Rows of room. Of each draw whether there may be several rates above nil, or below it, and whether
# it is worth nothing at nil; the discount factors between which its only rate lies, its worth at
# the lower one, and whether it is read from its end. Of the draws that are gathered their places,
# and the step of the grid in which the last change of sign was seen.
(
    _EARLY,
    _LATE,
    _WORTHLESS,
    _LOWER,
    _UPPER,
    _AT_LOWER,
    _TURNED,
    _PLACE,
    _FROM,
    _TO,
    _AT_FROM,
    _CHANGES,
) = range(12)
RATE_ROWS = 12


@compiled
def fill_rates(
    flows: Lanes, n_years: int, factors: Floats, found: Lanes, packed: Lanes, room: Lanes
) -> None:
    """Fill the rate at which each draw is worth nothing, and the number of such rates.

    `flows` (year, LANES) is written over. `factors` rise, and one of them is 1. The sums of the
    flows up to each year change sign as often as there are rates above nil, or an even number
    oftener; the sums from each year on tell the same of rates below nil (Norstrom 1972; Descartes).
    No change or one is certain, but for where the convention ends. Where there are more, that side
    of nil is looked at on the grid. The rate is NaN unless it is the only one.
    """
    last = factors.shape[0] - 1
    at_nil = 0
    while factors[at_nil] < 1.0:
        at_nil += 1
    _count_changes(flows, n_years, factors[0], factors[last], found, room)
    _on_grid(flows, n_years, factors, 0, at_nil, _EARLY, found, packed, room)
    _on_grid(flows, n_years, factors, at_nil, last, _LATE, found, packed, room)
    _on_grid(flows, n_years, factors, 0, last, _WORTHLESS, found, packed, room)
    _turn_round(flows, n_years, found, room)
    for i in range(0, LANES, WIDE):
        _narrow_down(flows, n_years, i, found, room)


@inlined
def _count_changes(
    flows: Lanes, n_years: int, lowest: float, highest: float, found: Lanes, room: Lanes
) -> None:
    """The rates that are certain, and on which side of nil there may be more."""
    for i in range(0, LANES, WIDE):
        so_far, last, early = every(0.0), _first_flow(flows, n_years, i, 0, 1), every(0.0)
        for year in range(n_years):
            so_far += load(flows, (year, i))
            now = if_same(so_far, 0.0, last, so_far)
            early, last = if_opposite(now, last, early + 1.0, early), now
        in_all = so_far
        so_far, last, late = every(0.0), _first_flow(flows, n_years, i, n_years - 1, -1), every(0.0)
        at_lowest, at_highest = every(0.0), every(0.0)
        for ahead in range(1, n_years + 1):
            flow = load(flows, (n_years - ahead, i))
            so_far += flow
            now = if_same(so_far, 0.0, last, so_far)
            late, last = if_opposite(now, last, late + 1.0, late), now
            at_lowest = at_lowest * lowest + flow
            at_highest = at_highest * highest + flow
        above = if_below(in_all * at_lowest, 0.0, if_below(early, 2.0, early, 0.0), 0.0)
        below = if_below(in_all * at_highest, 0.0, if_below(late, 2.0, late, 0.0), 0.0)
        store(found, (IRR_ROOTS, i), above + below)
        store(room, (_EARLY, i), if_same(in_all, 0.0, 0.0, if_below(early, 2.0, 0.0, 1.0)))
        store(room, (_LATE, i), if_same(in_all, 0.0, 0.0, if_below(late, 2.0, 0.0, 1.0)))
        store(room, (_WORTHLESS, i), if_same(in_all, 0.0, 1.0, 0.0))
        store(room, (_LOWER, i), if_below(0.0, above, lowest, 1.0))
        store(room, (_UPPER, i), if_below(0.0, above, 1.0, highest))
        store(room, (_AT_LOWER, i), if_below(0.0, above, at_lowest, in_all))


@inlined
def _first_flow(flows: Lanes, n_years: int, i: int, year: int, step: int) -> Vector:
    """The first flow that is not nil, from a year on forwards or back; nil if there is none."""
    found = load(flows, (year, i))
    for _ in range(1, n_years):
        if not any_below(if_same(found, 0.0, 0.0, 1.0), 1.0):
            break
        year += step
        found = if_same(found, 0.0, load(flows, (year, i)), found)
    return found


@compiled
def _on_grid(
    flows: Lanes,
    n_years: int,
    factors: Floats,
    first: int,
    last: int,
    which: int,
    found: Lanes,
    packed: Lanes,
    room: Lanes,
) -> None:
    """Gather the draws that row `which` marks, and count their changes of sign on the grid.

    The step in which the last change lies is kept.
    """
    n = 0
    for first_of in range(0, LANES, WIDE):
        if not any_below(0.0, load(room, (which, first_of))):
            continue
        for i in range(first_of, first_of + WIDE):
            if room[which, i] != 0.0:
                room[_PLACE, n] = i
                for year in range(n_years):
                    packed[year, n] = flows[year, i]
                n += 1
    for k in range(0, n, WIDE):
        at, before, changes = every(1.0), every(0.0), every(0.0)
        low, high, at_low = every(0.0), every(0.0), every(0.0)
        for step in range(first, last + 1, 4):
            a, b = factors[step], factors[min(step + 1, last)]
            c, d = factors[min(step + 2, last)], factors[min(step + 3, last)]
            at_a, at_b, at_c, at_d = every(0.0), every(0.0), every(0.0), every(0.0)
            for ahead in range(1, n_years + 1):
                flow = load(packed, (n_years - ahead, k))
                at_a = at_a * a + flow
                at_b = at_b * b + flow
                at_c = at_c * c + flow
                at_d = at_d * d + flow
            signs = lesser(lesser(before * at_a, at_a * at_b), lesser(at_b * at_c, at_c * at_d))
            if not any_below(signs, _HARDLY_ABOVE_NIL):  # none changed, and none was nil
                at, before = every(d), at_d
                continue
            for factor, now in ((a, at_a), (b, at_b), (c, at_c), (d, at_d)):
                change = before * now  # below nil: it changed since it was last worth anything
                low = if_below(change, 0.0, at, low)
                high = if_below(change, 0.0, factor, high)
                at_low = if_below(change, 0.0, before, at_low)
                changes += if_below(change, 0.0, 1.0, 0.0)
                at = if_same(now, 0.0, at, factor)
                before = if_same(now, 0.0, before, now)
        store(room, (_FROM, k), low)
        store(room, (_TO, k), high)
        store(room, (_AT_FROM, k), at_low)
        store(room, (_CHANGES, k), changes)
    for k in range(n):
        i = int(room[_PLACE, k])
        if room[_CHANGES, k] > 0.0:
            found[IRR_ROOTS, i] += room[_CHANGES, k]
            room[_LOWER, i], room[_UPPER, i] = room[_FROM, k], room[_TO, k]
            room[_AT_LOWER, i] = room[_AT_FROM, k]


@inlined
def _turn_round(flows: Lanes, n_years: int, found: Lanes, room: Lanes) -> None:
    """Read the flow of a draw from its end, if its only rate lies below nil.

    There the factor is below one, and no high power has to be come down step by step.
    """
    for first_of in range(0, LANES, WIDE):
        is_below = if_below(load(room, (_LOWER, first_of)), 1.0, 0.0, 1.0)
        turned = if_same(load(found, (IRR_ROOTS, first_of)), 1.0, is_below, 0.0)
        store(room, (_TURNED, first_of), turned)
        if not any_below(0.0, turned):
            continue
        for i in range(first_of, first_of + WIDE):
            if room[_TURNED, i] == 0.0:
                continue
            lower, upper = room[_LOWER, i], room[_UPPER, i]
            room[_LOWER, i], room[_UPPER, i] = 1.0 / upper, 1.0 / lower
            room[_AT_LOWER, i] = -room[_AT_LOWER, i]
            for year in range(n_years // 2):
                other = n_years - 1 - year
                flows[year, i], flows[other, i] = flows[other, i], flows[year, i]


@inlined
def _narrow_down(flows: Lanes, n_years: int, i: int, found: Lanes, room: Lanes) -> None:
    """The only rate of each draw: Halley, kept inside its bracket by halving.

    A draw that is there stays as it is, however many steps its neighbours take.
    """
    only = if_same(load(found, (IRR_ROOTS, i)), 1.0, 1.0, 0.0)
    low, high = load(room, (_LOWER, i)), load(room, (_UPPER, i))
    at_low = load(room, (_AT_LOWER, i))
    tried, moves = lesser(greater(low, 1.0 / 1.08), high), only
    steps = 0
    while any_below(0.0, moves) and steps < _MOST_STEPS:
        worth, slope, bend = every(0.0), every(0.0), every(0.0)
        for ahead in range(1, n_years + 1):
            bend = bend * tried + slope
            slope = slope * tried + worth
            worth = worth * tried + load(flows, (n_years - ahead, i))
        same_side = worth * at_low
        low = if_below(0.0, same_side, tried, low)
        high = if_below(0.0, same_side, high, tried)
        step = worth * slope / (slope * slope - worth * bend)
        nearer = if_same(worth, 0.0, tried, tried - step)
        steep, away = greater(slope, 0.0 - slope), greater(worth, 0.0 - worth)
        still = if_below(_NEAR * tried * steep, away, moves, 0.0)
        halved = 0.5 * (low + high)
        inside = if_below(low, nearer, if_below(nearer, high, nearer, halved), halved)
        # Once it hardly moves it is there: a rounding may put it just outside.
        following = if_below(0.0, still, inside, nearer)
        tried = if_below(0.0, moves, following, tried)
        moves = still
        steps += 1
    rate = if_below(0.0, load(room, (_TURNED, i)), tried - 1.0, 1.0 / tried - 1.0)
    store(found, (IRR, i), if_below(0.0, only, rate, np.nan))
