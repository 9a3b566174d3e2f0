# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a year after profit tax, with losses back and forward."""

from typing import NamedTuple

from maatwerkbank.risk.kernel.batch import (
    AID,
    BESIDE,
    EMPTY,
    GRANT,
    IN_FIRM,
    LANES,
    N_YEARS,
    PROFIT,
    RELIEF,
    TAXED,
    VALUE,
    WAITING,
)
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Ints,
    Lanes,
    Vector,
    every,
    greater,
    inlined,
    lesser,
    load,
    store,
)


class _Rates(NamedTuple):
    """The numbers of a year by which its profit is taxed and discounted: see `_add_tax`."""

    fraction: float
    most: float
    bracket: float
    bracket_before: float
    less_before: float
    discount: float
    of_taxed: float
    of_low: float
    of_back: float
    of_left: float
    undone: float
    less_later: float


@inlined
def is_supported(held: Ints) -> bool:
    """Whether any draw gets support this year."""
    return bool(held[AID] + held[GRANT] + held[RELIEF] > EMPTY)


@inlined
def part_books(books: Floats) -> None:
    """From the first support on the books with it differ from those without."""
    for row in (WAITING, TAXED, VALUE):
        for i in range(0, LANES, WIDE):
            store(books, (1, row, i), load(books, (0, row, i)))


@inlined
def add_after_tax(
    sheets: Ints,
    sheet: int,
    year: int,
    first_side: int,
    last_side: int,
    tax: Floats,
    discount: Floats,
    sums: Lanes,
    held: Ints,
    books: Floats,
    beside: float,
    flows: Lanes,
    keeps: bool,
    nought: float,
) -> None:
    """Add the year to the books without support (side 0) and with it (side 1).

    Depreciation that falls away because of a grant is taxed and is no cash. What is beside the
    profit in every draw alike is not in the books: it is added at the end.
    """
    now = discount[sheet, year]
    following = discount[sheet, year + 1] if year + 1 < sheets[sheet, N_YEARS] else 0.0
    for side in range(first_side, last_side + 1):
        if held[BESIDE] != EMPTY:
            _add_value(books, side, sums, BESIDE, now)
        if side == 1 and held[GRANT] != EMPTY:
            _add_value(books, side, sums, GRANT, now)
        if side == 1 and held[RELIEF] != EMPTY:
            _add_value(books, side, sums, RELIEF, -now)
    if sheets[sheet, IN_FIRM] == 1:
        _add_flat_tax(
            books,
            sums,
            held,
            first_side,
            last_side,
            beside,
            tax[sheet, year, 0],
            now,
            flows,
            year,
            keeps,
        )
    else:
        _add_tax(
            books,
            sums,
            held,
            first_side,
            last_side,
            beside,
            tax,
            sheet,
            year,
            now,
            following,
            flows,
            keeps,
            nought,
        )


@inlined
def _add_value(books: Floats, side: int, sums: Lanes, row: int, discount: float) -> None:
    """Cash that is no profit, discounted."""
    for i in range(0, LANES, WIDE):
        value_so_far = load(books, (side, VALUE, i))
        store(books, (side, VALUE, i), value_so_far + load(sums, (row, i)) * discount)


@inlined
def _add_tax(
    books: Floats,
    sums: Lanes,
    held: Ints,
    first_side: int,
    last_side: int,
    beside: float,
    tax: Floats,
    sheet: int,
    year: int,
    discount: float,
    following: float,
    flows: Lanes,
    keeps: bool,
    nought: float,
) -> None:
    """Add the discounted profit of a year, minus profit tax; `keeps` also keeps its cash flow.

    `tax` holds high rate, low rate, bracket, threshold and fraction; `following` is the discount
    of the year after.

    Losses that wait and room that last year left are never there together: one number holds both,
    the room below nil. In a year of loss `room` is the loss below nil, so that one formula serves:
    room  = min(profit, fraction profit + (1 - fraction) threshold)
    there = max(waiting, min(room, 0)); of it min(there, room) goes forward, -min(there, 0) back
    waiting in the next year = there - room

    What goes back is refunded as the tax of the year before on all its profit, minus that on what
    is left of it. So the low rate on all of it is taken away again a year later, and a refund
    only gives the low rate on what is left: each year is discounted with what it brings then.

    Source    Vpb art. 20 and 22: `rules.vennootschapsbelasting.verschuldigde_belasting`.
    """
    before = max(0, year - 1)
    high, high_before, fraction = tax[sheet, year, 0], tax[sheet, before, 0], tax[sheet, year, 4]
    less, less_before = high - tax[sheet, year, 1], high_before - tax[sheet, before, 1]
    undone = 1.0 / discount
    rates = _Rates(
        fraction,
        (1.0 - fraction) * tax[sheet, year, 3],
        tax[sheet, year, 2],
        tax[sheet, before, 2],
        less_before,
        discount,
        -high * discount,
        less * (discount - following),
        -high_before * discount,
        less_before * discount,
        undone,
        less * following * undone,
    )
    aided, relieved = held[AID] != EMPTY, held[RELIEF] != EMPTY
    moves_cash = held[BESIDE] + held[GRANT] + held[RELIEF] > EMPTY
    for i in range(0, LANES, WIDE):  # the last side counts
        cash = every(0.0)
        if first_side == 0:
            cash = _add_to_side(books, 0, i, load(sums, (PROFIT, i)), rates, keeps, nought)
        if last_side == 1:
            profit = _with_support(sums, i, aided, relieved)
            cash = _add_to_side(books, 1, i, profit, rates, keeps, nought)
        if keeps:
            cash += beside
            if moves_cash:
                cash += _beside_profit(sums, last_side, i)
            store(flows, (year, i), cash)


@inlined
def _add_to_side(
    books: Floats, side: int, i: int, profit: Vector, rates: _Rates, keeps: bool, nought: float
) -> Vector:
    """Add the profit of a year to the books of one side. Its cash flow, if it `keeps` that."""
    taxed_before = load(books, (side, TAXED, i))
    room = lesser(profit, rates.fraction * profit + rates.most)
    there = greater(load(books, (side, WAITING, i)), lesser(room, nought))
    taxed = profit - lesser(there, room)
    low = lesser(taxed, rates.bracket)
    back = lesser(there, nought)  # below nil
    left = lesser(taxed_before + back, rates.bracket_before)
    store(books, (side, WAITING, i), there - room)
    store(books, (side, TAXED, i), taxed)
    brought = rates.discount * profit + rates.of_taxed * taxed + rates.of_low * low
    brought += rates.of_back * back + rates.of_left * left
    store(books, (side, VALUE, i), load(books, (side, VALUE, i)) + brought)
    if not keeps:
        return every(0.0)
    cash = brought * rates.undone + low * rates.less_later
    return cash - lesser(taxed_before, rates.bracket_before) * rates.less_before


@inlined
def _add_flat_tax(
    books: Floats,
    sums: Lanes,
    held: Ints,
    first_side: int,
    last_side: int,
    beside: float,
    rate: float,
    discount: float,
    flows: Lanes,
    year: int,
    keeps: bool,
) -> None:
    """The same for a firm with profit elsewhere: a loss counts at once, at the high rate."""
    aided, relieved = held[AID] != EMPTY, held[RELIEF] != EMPTY
    moves_cash = held[BESIDE] + held[GRANT] + held[RELIEF] > EMPTY
    for i in range(0, LANES, WIDE):
        for side in range(first_side, last_side + 1):
            profit = load(sums, (PROFIT, i))
            if side == 1:
                profit = _with_support(sums, i, aided, relieved)
            kept = profit * (1.0 - rate)
            store(books, (side, VALUE, i), load(books, (side, VALUE, i)) + kept * discount)
            if keeps:
                cash = kept + beside
                if moves_cash:
                    cash += _beside_profit(sums, side, i)
                store(flows, (year, i), cash)


@inlined
def _with_support(sums: Lanes, i: int, aided: bool, relieved: bool) -> Vector:
    """Profit of a year with support; `relieved`: depreciation falls away."""
    profit = load(sums, (PROFIT, i))
    if aided:
        profit += load(sums, (AID, i))
    if relieved:
        profit += load(sums, (RELIEF, i))
    return profit


@inlined
def _beside_profit(sums: Lanes, side: int, i: int) -> Vector:
    """Cash of a year that is no profit and differs by draw."""
    cash = load(sums, (BESIDE, i))
    if side == 1:
        cash += load(sums, (GRANT, i)) - load(sums, (RELIEF, i))
    return cash
