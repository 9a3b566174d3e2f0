# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Energy tax, and what contracts along a price pay or take back."""

import numpy as np

from maatwerkbank.risk.kernel.batch import (
    AID,
    C_BEYOND_PAID,
    C_BOUNDED,
    C_COLUMN,
    C_START,
    C_TWO_SIDED,
    CARRIED_OVER,
    CHANGED,
    CONNECTION_WIDTH,
    CONNECTIONS,
    CONTRACTS,
    EMPTY,
    FIRST,
    FIRST_OWN,
    LANES,
    MOST,
    OWNS,
    PROFIT,
    SHARE,
)
from maatwerkbank.risk.kernel.rows import cut_off
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Ints,
    Lanes,
    greater,
    inlined,
    lesser,
    load,
    store,
)


@inlined
def tax_energy(
    sheets: Ints,
    sheet: int,
    year: int,
    connections: Ints,
    rates: Floats,
    sums: Lanes,
    held: Ints,
    nought: float,
) -> None:
    """Energy tax of the connections, without minus with the projects."""
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    row = FIRST_OWN + 3 * n_owns
    held[PROFIT] = CHANGED
    for n in range(sheets[sheet, CONNECTIONS], sheets[sheet, CONNECTIONS + 1]):
        at = connections[n] + CONNECTION_WIDTH * year
        _add_bracketed(sums, 1.0, row, rates, at, nought)
        _add_bracketed(sums, -1.0, row + 1, rates, at, nought)
        row += 2


@inlined
def _add_bracketed(
    sums: Lanes, sign: float, used: int, rates: Floats, at: int, nought: float
) -> None:
    """Energy tax of a connection: its unit, three limits and four rates (Wbm art. 59)."""
    unit, first, second, third = rates[at], rates[at + 1], rates[at + 2], rates[at + 3]
    r0, r1 = rates[at + 4] * sign, rates[at + 5] * sign
    r2, r3 = rates[at + 6] * sign, rates[at + 7] * sign
    for i in range(0, LANES, WIDE):
        q = greater(load(sums, (used, i)), nought) / unit
        owed = lesser(q, first) * r0
        owed += lesser(greater(q - first, nought), second - first) * r1
        owed += lesser(greater(q - second, nought), third - second) * r2
        owed += greater(q - third, nought) * r3
        store(sums, (PROFIT, i), load(sums, (PROFIT, i)) + owed)


@inlined
def pay_contracts(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    contracts: Ints,
    limits: Floats,
    contract_prices: Floats,
    prices: Floats,
    sums: Lanes,
    held: Ints,
    bank: Lanes,
    scratch: Lanes,
    ends: bool,
) -> None:
    """What contracts along a price pay this year, added to the aid."""
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    n_connections = sheets[sheet, CONNECTIONS + 1] - sheets[sheet, CONNECTIONS]
    row = FIRST_OWN + 3 * n_owns + 2 * n_connections
    place = sheets[sheet, FIRST] + year
    at_bank = 0
    for n in range(sheets[sheet, CONTRACTS], sheets[sheet, CONTRACTS + 1]):
        if contracts[n, C_BOUNDED]:
            _turn_into_counted(sums, row, bank, at_bank, limits[n, CARRIED_OVER])
            held[row] = CHANGED
            if ends:
                cut_off(sums, row, scratch)
        if held[row] != EMPTY:
            at = contracts[n, C_START] + 2 * year
            _add_contract(
                sums,
                row,
                bank,
                at_bank,
                prices,
                block,
                place,
                contracts[n, C_COLUMN],
                limits[n, SHARE],
                contract_prices[at],
                contract_prices[at + 1],
                limits[n, MOST],
                contracts[n, C_TWO_SIDED] == 1,
                contracts[n, C_BEYOND_PAID] == 1,
                held[AID] != EMPTY,
            )
            held[AID] = CHANGED
        row += 2
        at_bank += 3


@inlined
def _turn_into_counted(sums: Lanes, row: int, bank: Lanes, at: int, carried_over: float) -> None:
    """Turn what was made (`row`) into what counts, with the most of the year in the next row.

    The bank holds room and volume that earlier years left (`rules.sde.subsidiabele_productie`).
    """
    for i in range(0, LANES, WIDE):
        offered = load(sums, (row, i)) + load(bank, (at + 2, i))
        allowed = load(sums, (row + 1, i)) + load(bank, (at + 1, i))
        counts = lesser(offered, allowed)
        store(bank, (at + 1, i), allowed - counts)
        store(bank, (at + 2, i), lesser(offered - counts, carried_over))
        store(sums, (row, i), counts)


@inlined
def _add_contract(
    sums: Lanes,
    volume: int,
    bank: Lanes,
    at: int,
    prices: Floats,
    block: int,
    place: int,
    column: int,
    share: float,
    strike: float,
    floor: float,
    most: float,
    two_sided: bool,
    beyond_paid: bool,
    goes_on: bool,
) -> None:
    """What a contract pays or takes back starts the aid, or goes on with it.

    It is `most` in all; the bank holds what was paid so far.

    One side never takes back. Two sides take back no more than was paid, unless `beyond_paid`.
    """
    lowest = -np.inf if two_sided else 0.0
    highest = np.inf if two_sided else strike - floor
    least = -np.inf if beyond_paid else 0.0
    for i in range(0, LANES, WIDE):
        paid_before = load(bank, (at, i))
        short = strike - share * load(prices, (block, place, column, i))
        short = greater(lesser(short, highest), lowest)
        paid = lesser(short * load(sums, (volume, i)), most - paid_before)
        paid = greater(paid, least - paid_before)
        store(bank, (at, i), greater(paid_before + paid, least))
        if goes_on:
            paid += load(sums, (AID, i))
        store(sums, (AID, i), paid)
