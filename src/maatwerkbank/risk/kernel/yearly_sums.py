# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sums of a year: quantities × prices, in windows of years that move with a project."""

from maatwerkbank.risk.kernel.batch import (
    AID,
    AT_AN_EDGE,
    BESIDE,
    CHANGED,
    CLOSED,
    COLUMN,
    EMPTY,
    FACTOR,
    FIRST,
    FROM,
    GROUPS,
    LANES,
    LATE,
    LATEST,
    LIVE,
    LONGEST,
    N_SUMS,
    OPEN,
    PLANNED,
    START,
    STILL_OPEN,
    SUM,
    SUMMED,
    T_COLUMN,
    T_FACTOR,
    T_FROM,
    T_LATE,
    T_START,
    T_SUM,
    T_UNTIL,
    TABLES,
    UNTIL,
    WIDTH,
    WINDOW,
    WINDOW_END,
    WINDOW_START,
    WINDOWS,
)
from maatwerkbank.risk.kernel.rows import cut_off, empty, fill
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Ints,
    Lanes,
    every,
    every_at,
    if_below,
    inlined,
    load,
    store,
)


@inlined
def sum_up(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    groups: Ints,
    amounts: Floats,
    windows: Ints,
    prices: Floats,
    factors: Floats,
    late: Floats,
    sums: Lanes,
    held: Ints,
    masks: Lanes,
    state: Ints,
) -> float:
    """Fill the sums of a year. What is beside the profit in all draws alike comes back.

    A sum without prices is often that of the year before: then it is not reckoned again.
    """
    place = sheets[sheet, FIRST] + year
    _look_at_windows(sheets, sheet, block, year, windows, late, masks, state)
    if year >= sheets[sheet, PLANNED]:
        empty(sums, held, BESIDE)  # `cut` adds to it what is the same in every draw
    beside = 0.0
    n, last = sheets[sheet, GROUPS], sheets[sheet, GROUPS + 1]
    while n < last:
        to, first = groups[n, SUM], n
        stands = year > 0 and held[to] == SUMMED and to != BESIDE
        while n < last and groups[n, SUM] == to:
            stands = stands and _stands(groups, n, year, amounts, state)
            n += 1
        if stands:
            continue
        goes_on = False
        for g in range(first, n):
            factor, window = groups[g, FACTOR], groups[g, WINDOW]
            masked = window >= 0 and state[window] == AT_AN_EDGE
            is_open = window < 0 or state[window] != CLOSED
            if not is_open or year < groups[g, FROM] or year >= groups[g, UNTIL]:
                continue
            width = groups[g, WIDTH]
            at = groups[g, START] + (year - groups[g, FROM]) * width
            same = amounts[at]
            if width == 1 and factor == 0 and not masked and not goes_on:
                if to == BESIDE:
                    beside += same
                    continue
                if same == 0.0:
                    continue
            _add_group(
                sums,
                to,
                goes_on,
                same,
                amounts,
                at + 1,
                width - 1,
                prices,
                block,
                place,
                groups[g, COLUMN],
                masks,
                window,
                masked,
                factors,
                factor,
            )
            goes_on = True
        if goes_on:
            held[to] = SUMMED
        elif to == AID:
            held[to] = EMPTY
        else:
            empty(sums, held, to)
    return beside


@inlined
def _look_at_windows(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    windows: Ints,
    late: Floats,
    masks: Lanes,
    state: Ints,
) -> None:
    """Where the year lies in each window. Only at its edges a window differs from draw to draw."""
    first = sheets[sheet, WINDOWS]
    for n in range(first, sheets[sheet, WINDOWS + 1]):
        start, end, longest = windows[n, WINDOW_START], windows[n, WINDOW_END], windows[n, LONGEST]
        at = n - first
        if year < start or year >= end + longest:
            state[at] = CLOSED
        elif start + longest <= year < end:
            was_open = year > 0 and state[at] in (OPEN, STILL_OPEN)
            state[at] = STILL_OPEN if was_open else OPEN
        else:
            state[at] = AT_AN_EDGE
            row = windows[n, LATE]
            _inside(masks, at, late, row, block, float(start - year), float(end - year))


@inlined
def _stands(groups: Ints, n: int, year: int, amounts: Floats, state: Ints) -> bool:
    """Whether a group adds in this year what it added in the year before."""
    window, first = groups[n, WINDOW], groups[n, FROM]
    at = groups[n, START] + year - first
    if groups[n, WIDTH] > 1 or not first < year < groups[n, UNTIL]:
        return False
    if window >= 0 and state[window] != STILL_OPEN:
        return False
    return bool(amounts[at] == amounts[at - 1])


@inlined
def add_tables(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    tables: Ints,
    table_amounts: Floats,
    prices: Floats,
    factors: Floats,
    late: Floats,
    sums: Lanes,
    held: Ints,
) -> None:
    """Add what tables hold at each draw's own delay: a row of years for each year late."""
    place = sheets[sheet, FIRST] + year
    for n in range(sheets[sheet, TABLES], sheets[sheet, TABLES + 1]):
        if not tables[n, T_FROM] <= year < tables[n, T_UNTIL]:
            continue
        to, row = tables[n, T_SUM], tables[n, T_LATE]
        column, factor = tables[n, T_COLUMN], tables[n, T_FACTOR]
        stride = tables[n, T_UNTIL] - tables[n, T_FROM]
        at = tables[n, T_START] + year - tables[n, T_FROM]
        if held[to] == EMPTY:
            fill(sums, to, 0.0)
        held[to] = CHANGED
        for i in range(LANES):
            amount = table_amounts[at + int(late[row, block, i]) * stride]
            sums[to, i] += amount * prices[block, place, column, i] * factors[factor, block, i]


@inlined
def cut(
    sheets: Ints, sheet: int, year: int, beside: float, sums: Lanes, held: Ints, scratch: Lanes
) -> float:
    """After the years that a draw has, nothing counts: a case lasts as long as it is late."""
    over = float(year - sheets[sheet, PLANNED])
    held[BESIDE] = CHANGED
    for i in range(0, LANES, WIDE):
        store(scratch, (LIVE, i), if_below(over, load(scratch, (LATEST, i)), 1.0, 0.0))
        store(sums, (BESIDE, i), load(sums, (BESIDE, i)) + beside)
    for row in range(sheets[sheet, N_SUMS]):
        if held[row] != EMPTY:
            held[row] = CHANGED
            cut_off(sums, row, scratch)
    return 0.0


@inlined
def _inside(
    to: Lanes, row: int, late: Floats, of: int, block: int, start: float, end: float
) -> None:
    """1 in the draws in which a window that is so late covers the year, else 0.

    `start`, `end`: first year and the year after the last of the window without delay, counted
    from the year that is asked for.
    """
    for i in range(0, LANES, WIDE):
        years = load(late, (of, block, i))
        not_over = if_below(0.0, years + end, 1.0, 0.0)
        store(to, (row, i), if_below(0.0, years + start, 0.0, not_over))


@inlined
def _add_group(
    sums: Lanes,
    to: int,
    goes_on: bool,
    same: float,
    amounts: Floats,
    first: int,
    n: int,
    prices: Floats,
    block: int,
    place: int,
    column: int,
    masks: Lanes,
    window: int,
    masked: bool,
    factors: Floats,
    factor: int,
) -> None:
    """A group starts a sum, or goes on with it.

    `(same + sum over k < n of amounts[first + k] × price of column + k) × mask × factor`
    """
    if n <= 1:  # no chain of additions to wait for
        only = amounts[first] if n == 1 else 0.0
        for i in range(0, LANES, WIDE):
            a = every(same)
            if n == 1:
                a += only * load(prices, (block, place, column, i))
            if masked:
                a *= load(masks, (window, i))
            if factor:
                a *= load(factors, (factor, block, i))
            if goes_on:
                a += load(sums, (to, i))
            store(sums, (to, i), a)
        return
    for i in range(0, LANES, 4 * WIDE):  # four at once: while one is waited for, others go on
        a = every(same)
        b, c, d = a, a, a
        for k in range(n):
            amount = every_at(amounts, (first + k,))
            a += amount * load(prices, (block, place, column + k, i))
            b += amount * load(prices, (block, place, column + k, i + WIDE))
            c += amount * load(prices, (block, place, column + k, i + 2 * WIDE))
            d += amount * load(prices, (block, place, column + k, i + 3 * WIDE))
        if masked:
            a *= load(masks, (window, i))
            b *= load(masks, (window, i + WIDE))
            c *= load(masks, (window, i + 2 * WIDE))
            d *= load(masks, (window, i + 3 * WIDE))
        if factor:
            a *= load(factors, (factor, block, i))
            b *= load(factors, (factor, block, i + WIDE))
            c *= load(factors, (factor, block, i + 2 * WIDE))
            d *= load(factors, (factor, block, i + 3 * WIDE))
        if goes_on:
            a += load(sums, (to, i))
            b += load(sums, (to, i + WIDE))
            c += load(sums, (to, i + 2 * WIDE))
            d += load(sums, (to, i + 3 * WIDE))
        store(sums, (to, i), a)
        store(sums, (to, i + WIDE), b)
        store(sums, (to, i + 2 * WIDE), c)
        store(sums, (to, i + 3 * WIDE), d)
