# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loops over rows of lanes that every part of the pass needs."""

from maatwerkbank.risk.kernel.batch import EMPTY, LANES, LIVE
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Ints,
    Lanes,
    inlined,
    load,
    store,
)


@inlined
def fill(to: Lanes, row: int, same: float) -> None:
    """The same number in every draw."""
    for i in range(0, LANES, WIDE):
        store(to, (row, i), same)


@inlined
def empty(sums: Lanes, held: Ints, row: int) -> None:
    """Nought in every draw, unless it is so already."""
    if held[row] != EMPTY:
        fill(sums, row, 0.0)
        held[row] = EMPTY


@inlined
def cut_off(sums: Lanes, row: int, scratch: Lanes) -> None:
    """Nought in the draws that have no such year."""
    for i in range(0, LANES, WIDE):
        store(sums, (row, i), load(sums, (row, i)) * load(scratch, (LIVE, i)))


@inlined
def add_up(to: Lanes, total: int, sums: Lanes, row: int, times: float) -> None:
    """A row times a number, added to a total."""
    for i in range(0, LANES, WIDE):
        store(to, (total, i), load(to, (total, i)) + load(sums, (row, i)) * times)
