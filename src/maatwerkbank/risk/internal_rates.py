# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""At how many rates is a cash flow worth nothing, and at which, if there is only one?

Takes     yearly flows of `LANES` draws side by side.
Gives     the number of rates, and the rate where there is exactly one; else NaN.
Leaves    one flow at a time to `economics.discounting.internal_rate`, by the same convention.

The convention: rates from -99 % to 1000 %, told apart on `RATES`, a grid of a hundredth around the
rates that people mean and wider further out. Two rates within one step of it are not seen. A flow
that changes sign once has exactly one rate (Descartes), and needs no grid; only the draws that
change sign more often are gathered and looked at on the grid, side by side again.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from maatwerkbank.economics.discounting import RATES
from maatwerkbank.risk.lanes import FAST, LANES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Discount factors of the grid, from the highest rate to the lowest: they rise.
_FACTORS = np.ascontiguousarray(1.0 / (1.0 + RATES[::-1]))
_STEPS = 60


@njit(nogil=True, cache=True, fastmath=FAST)
def fill_rates(flows: Floats, rate: Floats, count: Floats) -> None:
    """Fill the rate and the number of rates of each draw. flows (year, LANES)"""
    n_years = flows.shape[0]
    changes = np.zeros(LANES)
    sign = np.zeros(LANES)
    for year in range(n_years):
        for i in range(LANES):
            now = 1.0 if flows[year, i] > 0.0 else (-1.0 if flows[year, i] < 0.0 else 0.0)
            changes[i] += 1.0 if now * sign[i] < 0.0 else 0.0
            sign[i] = now if now != 0.0 else sign[i]
    low = np.zeros(LANES)
    high = np.zeros(LANES)
    n_several = 0
    several = np.zeros(LANES, dtype=np.int64)
    for i in range(LANES):
        count[i] = 0.0
        if changes[i] >= 2.0:
            several[n_several] = i
            n_several += 1
        elif changes[i] == 1.0:
            count[i] = 1.0
        low[i], high[i] = _FACTORS[0], _FACTORS[-1]
    if n_several:
        _on_grid(flows, several, n_several, low, high, count)
    _polish(flows, low, high, count, rate)


@njit(nogil=True, cache=True, fastmath=FAST)
def _worth(flows: Floats, factor: Floats, worth: Floats) -> None:
    """`sum_t flows[t] factor^t`, each draw at its own discount factor."""
    for i in range(LANES):
        worth[i] = 0.0
    for year in range(flows.shape[0] - 1, -1, -1):
        for i in range(LANES):
            worth[i] = worth[i] * factor[i] + flows[year, i]


@njit(nogil=True, cache=True, fastmath=FAST)
def _worth_at_four(flows: Floats, factors: Floats, worth: Floats) -> None:
    """The same at four factors at once, which hold for all draws. worth (4, LANES)"""
    a, b, c, d = factors[0], factors[1], factors[2], factors[3]
    worth[:] = 0.0
    for year in range(flows.shape[0] - 1, -1, -1):
        for i in range(LANES):
            flow = flows[year, i]
            worth[0, i] = worth[0, i] * a + flow
            worth[1, i] = worth[1, i] * b + flow
            worth[2, i] = worth[2, i] * c + flow
            worth[3, i] = worth[3, i] * d + flow


@njit(nogil=True, cache=True, fastmath=FAST)
def _on_grid(
    flows: Floats, several: Ints, n_several: int, low: Floats, high: Floats, count: Floats
) -> None:
    """Count the changes of sign on the grid, and keep the step in which the last one lies."""
    n_years = flows.shape[0]
    packed = np.zeros((n_years, LANES))
    for year in range(n_years):
        for k in range(n_several):
            packed[year, k] = flows[year, several[k]]
    worth = np.zeros((4, LANES))
    seen = np.zeros((5, LANES))  # worth before, its factor, low and high of the step, changes
    n_factors = _FACTORS.shape[0]
    four = np.zeros(4)
    for at in range(0, n_factors, 4):
        for j in range(4):
            four[j] = _FACTORS[min(at + j, n_factors - 1)]
        _worth_at_four(packed, four, worth)
        for j in range(4):
            _note_changes(seen, worth[j], four[j])
    for k in range(n_several):
        i = several[k]
        low[i], high[i], count[i] = seen[2, k], seen[3, k], seen[4, k]


@njit(nogil=True, cache=True, fastmath=FAST)
def _note_changes(seen: Floats, worth: Floats, factor: float) -> None:
    """A change of sign against the last factor at which the flow was worth something."""
    for i in range(LANES):
        changed = seen[0, i] * worth[i] < 0.0
        seen[2, i] = seen[1, i] if changed else seen[2, i]
        seen[3, i] = factor if changed else seen[3, i]
        seen[4, i] += 1.0 if changed else 0.0
        seen[0, i] = worth[i] if worth[i] != 0.0 else seen[0, i]
        seen[1, i] = factor if worth[i] != 0.0 else seen[1, i]


@njit(nogil=True, cache=True, fastmath=FAST)
def _polish(flows: Floats, low: Floats, high: Floats, count: Floats, rate: Floats) -> None:
    """Narrow down the only rate of each draw: Newton, kept inside its bracket by halving."""
    worth = np.zeros(LANES)
    slope = np.zeros(LANES)
    at_low = np.zeros(LANES)
    factor = np.zeros(LANES)
    _worth(flows, high, worth)
    _worth(flows, low, at_low)
    any_left = False
    for i in range(LANES):
        if count[i] == 1.0 and at_low[i] * worth[i] > 0.0:
            count[i] = 0.0  # beyond the lowest or the highest rate of the convention
        factor[i] = min(max(1.0 / 1.08, low[i]), high[i])
        any_left = any_left or count[i] == 1.0
    steps = 0
    while any_left and steps < _STEPS:
        steps += 1
        for i in range(LANES):
            worth[i] = 0.0
            slope[i] = 0.0
        for year in range(flows.shape[0] - 1, -1, -1):
            for i in range(LANES):
                slope[i] = slope[i] * factor[i] + worth[i]
                worth[i] = worth[i] * factor[i] + flows[year, i]
        any_left = False
        for i in range(LANES):
            is_low = worth[i] * at_low[i] > 0.0
            low[i] = factor[i] if is_low else low[i]
            high[i] = high[i] if is_low else factor[i]
            step = worth[i] / slope[i] if slope[i] != 0.0 else 0.0
            nearer = factor[i] - step
            inside = low[i] < nearer < high[i] and slope[i] != 0.0
            following = nearer if inside else 0.5 * (low[i] + high[i])
            if worth[i] == 0.0:
                following = factor[i]
            moved = abs(following - factor[i]) > 1e-14 * factor[i]
            any_left = any_left or (moved and count[i] == 1.0)
            factor[i] = following
    for i in range(LANES):
        rate[i] = 1.0 / factor[i] - 1.0 if count[i] == 1.0 else np.nan
