# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a year after profit tax, with losses back and forward."""

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
    SUPPORTED,
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
    greater,
    inlined,
    lesser,
    load,
    store,
)


@inlined
def add_after_tax(
    sheets: Ints,
    sheet: int,
    year: int,
    asks_without: bool,
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
    """Add the year to the books: without support if that is asked for, and with it if there is any.

    Depreciation that falls away because of a grant is taxed and is no cash. What is beside the
    profit in every draw alike is not in the books: it is added at the end.
    """
    now = discount[sheet, year]
    following = discount[sheet, year + 1] if year + 1 < sheets[sheet, N_YEARS] else 0.0
    supported, in_firm = sheets[sheet, SUPPORTED] == 1, sheets[sheet, IN_FIRM] == 1
    for side in range(0 if asks_without else 1, 2 if supported else 1):
        if held[BESIDE] != EMPTY:
            _add_value(books, side, sums, BESIDE, now)
        if side == 1 and held[GRANT] != EMPTY:
            _add_value(books, side, sums, GRANT, now)
        if side == 1 and held[RELIEF] != EMPTY:
            _add_value(books, side, sums, RELIEF, -now)
    if in_firm:
        _add_flat_tax(
            books,
            sums,
            held,
            asks_without,
            supported,
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
            asks_without,
            supported,
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
    asks_without: bool,
    supported: bool,
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
    high, bracket, fraction = tax[sheet, year, 0], tax[sheet, year, 2], tax[sheet, year, 4]
    less, most = high - tax[sheet, year, 1], (1.0 - fraction) * tax[sheet, year, 3]
    high_before, bracket_before = tax[sheet, before, 0], tax[sheet, before, 2]
    less_before = high_before - tax[sheet, before, 1]
    of_taxed, of_low = -high * discount, less * (discount - following)
    of_back, of_left = -high_before * discount, less_before * discount
    undone = 1.0 / discount
    less_later = less * following * undone
    relieved, moves_cash = held[RELIEF] != EMPTY, held[BESIDE] + held[GRANT] + held[RELIEF] > EMPTY
    for i in range(0, LANES, WIDE):
        for side in range(0 if asks_without else 1, 2 if supported else 1):
            profit = _profit(sums, side, i, relieved)
            taxed_before = load(books, (side, TAXED, i))
            room = lesser(profit, fraction * profit + most)
            there = greater(load(books, (side, WAITING, i)), lesser(room, nought))
            taxed = profit - lesser(there, room)
            low = lesser(taxed, bracket)
            back = lesser(there, nought)  # below nil
            left = lesser(taxed_before + back, bracket_before)
            store(books, (side, WAITING, i), there - room)
            store(books, (side, TAXED, i), taxed)
            brought = discount * profit + of_taxed * taxed + of_low * low
            brought += of_back * back + of_left * left
            store(books, (side, VALUE, i), load(books, (side, VALUE, i)) + brought)
            if keeps:  # the last side counts
                cash = brought * undone + low * less_later
                cash -= lesser(taxed_before, bracket_before) * less_before
                cash += beside
                if moves_cash:
                    cash += _beside_profit(sums, side, i)
                store(flows, (year, i), cash)


@inlined
def _add_flat_tax(
    books: Floats,
    sums: Lanes,
    held: Ints,
    asks_without: bool,
    supported: bool,
    beside: float,
    rate: float,
    discount: float,
    flows: Lanes,
    year: int,
    keeps: bool,
) -> None:
    """The same for a firm with profit elsewhere: a loss counts at once, at the high rate."""
    relieved, moves_cash = held[RELIEF] != EMPTY, held[BESIDE] + held[GRANT] + held[RELIEF] > EMPTY
    for i in range(0, LANES, WIDE):
        for side in range(0 if asks_without else 1, 2 if supported else 1):
            profit = _profit(sums, side, i, relieved)
            kept = profit * (1.0 - rate)
            store(books, (side, VALUE, i), load(books, (side, VALUE, i)) + kept * discount)
            if keeps:
                cash = kept + beside
                if moves_cash:
                    cash += _beside_profit(sums, side, i)
                store(flows, (year, i), cash)


@inlined
def _profit(sums: Lanes, side: int, i: int, relieved: bool) -> Vector:
    """Profit of a year, with support on side 1; `relieved`: depreciation falls away."""
    profit = load(sums, (PROFIT, i))
    if side == 1:
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
