# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fused pass over sheet × draw."""

import threading
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from maatwerkbank.economics import discounting
from maatwerkbank.risk.kernel.batch import (
    BOOK_ROWS,
    CARBON_VALUE,
    CONNECTIONS,
    CONTRACTS,
    FIRST_OWN,
    IRR,
    IRR_ROOTS,
    LANES,
    LATES,
    LATEST,
    N_SUMS,
    N_YEARS,
    NPV_WITHOUT,
    OUTCOMES,
    OWNS,
    PAYBACK,
    PLANNED,
    SCRATCH_ROWS,
    SPLITS_CARBON,
    SUPPORTED,
    TABLES,
    WINDOW_OF_SET_OFF,
    WINDOWS,
    Batch,
)
from maatwerkbank.risk.kernel.contracts import pay_contracts, tax_energy
from maatwerkbank.risk.kernel.internal_rates import RATE_ROWS, fill_rates
from maatwerkbank.risk.kernel.levy import carbon_into_profit, charge_levy, sell_surplus
from maatwerkbank.risk.kernel.outcomes import (
    finish,
    hand_over,
    note_payback,
    note_support,
    note_year,
)
from maatwerkbank.risk.kernel.profit_tax import add_after_tax, is_supported, part_books
from maatwerkbank.risk.kernel.rows import empty, fill
from maatwerkbank.risk.kernel.vectors import (
    FAST,
    WIDE,
    Floats,
    Ints,
    Lanes,
    compiled,
    greater,
    inlined,
    load,
    store,
)
from maatwerkbank.risk.kernel.yearly_sums import add_tables, cut, sum_up

_njit: Any = njit
_ONE_AT_A_TIME = threading.Lock()


def value(
    batch: Batch, prices: Floats, factors: Floats, late: Floats, wanted: Ints, out: Floats
) -> None:
    """Fill `out` for every sheet and block.

    Parameters
    ----------
    prices : (block, year, column, LANES); the column after the last price holds ones
    factors : (row, block, LANES); row 0 holds ones
    late : (row, block, LANES) [year], whole; row 0 holds noughts
    wanted : (outcome,) place of each outcome in `out`; -1: not asked for
    out : (place, sheet, block, LANES)
    """
    with _ONE_AT_A_TIME:
        pass_over = _compiled()
    pass_over(batch, prices, factors, late, wanted, out)


@cache
def _compiled() -> Callable[[Batch, Floats, Floats, Floats, Ints, Floats], None]:
    """The pass as numba compiles it, or finds it compiled.

    It knows by the file of a function whether that has changed, and by the values that the function
    takes from around it. So the other files that it is made of go in as a number.
    """
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(discounting.__file__)]
    sources = int.from_bytes(sha256(b"".join(each.read_bytes() for each in files)).digest()[:7])

    def pass_over(
        batch: Batch, prices: Floats, factors: Floats, late: Floats, wanted: Ints, out: Floats
    ) -> None:
        _ = sources
        sheets, discount, tax, flags = batch.sheets, batch.discount, batch.tax, batch.flags
        groups, amounts, windows = batch.groups, batch.amounts, batch.windows
        tables, table_amounts = batch.tables, batch.table_amounts
        owns, sales, sale_amounts = batch.owns, batch.sales, batch.sale_amounts
        connections, rates = batch.connections, batch.connection_rates
        contracts, limits = batch.contracts, batch.contract_limits
        contract_prices, grid = batch.contract_prices, batch.rates
        most_sums, most_owns, most_contracts, most_windows, most_years = _sizes(sheets)
        sums = np.zeros((most_sums, LANES))
        held = np.zeros(most_sums, dtype=np.int64)
        books = np.zeros((2, BOOK_ROWS, LANES))
        masks = np.zeros((most_windows, LANES))
        state = np.zeros(most_windows, dtype=np.int64)
        scratch = np.zeros((SCRATCH_ROWS, LANES))
        rights = np.zeros((2 * most_owns, LANES))
        still_open = np.zeros((2 * most_owns, most_years, LANES))
        is_open = np.zeros((2 * most_owns, most_years), dtype=np.int64)
        bank = np.zeros((3 * most_contracts, LANES))
        found = np.zeros((len(OUTCOMES), LANES))
        flows = np.zeros((most_years, LANES + WIDE))
        order = np.zeros(WINDOW_OF_SET_OFF, dtype=np.int64)
        packed = np.zeros((most_years, LANES + WIDE))
        room = np.zeros((RATE_ROWS, LANES))
        _run(
            sheets,
            discount,
            tax,
            flags,
            groups,
            amounts,
            windows,
            tables,
            table_amounts,
            owns,
            sales,
            sale_amounts,
            connections,
            rates,
            contracts,
            limits,
            contract_prices,
            grid,
            prices,
            factors,
            late,
            wanted,
            out,
            sums,
            held,
            books,
            masks,
            state,
            scratch,
            rights,
            still_open,
            is_open,
            bank,
            found,
            flows,
            order,
            packed,
            room,
        )

    made: Callable[[Batch, Floats, Floats, Floats, Ints, Floats], None] = _njit(
        nogil=True, cache=True, fastmath=FAST
    )(pass_over)
    return made


@compiled
def _run(
    sheets: Ints,
    discount: Floats,
    tax: Floats,
    flags: Ints,
    groups: Ints,
    amounts: Floats,
    windows: Ints,
    tables: Ints,
    table_amounts: Floats,
    owns: Ints,
    sales: Ints,
    sale_amounts: Floats,
    connections: Ints,
    rates: Floats,
    contracts: Ints,
    limits: Floats,
    contract_prices: Floats,
    grid: Floats,
    prices: Floats,
    factors: Floats,
    late: Floats,
    wanted: Ints,
    out: Floats,
    sums: Lanes,
    held: Ints,
    books: Floats,
    masks: Lanes,
    state: Ints,
    scratch: Lanes,
    rights: Lanes,
    still_open: Floats,
    is_open: Ints,
    bank: Lanes,
    found: Lanes,
    flows: Lanes,
    order: Ints,
    packed: Lanes,
    room: Lanes,
) -> None:
    """All blocks, one after the other, and in each all sheets."""
    asks_rates = wanted[IRR] >= 0 or wanted[IRR_ROOTS] >= 0
    asks_payback = wanted[PAYBACK] >= 0
    keeps = asks_rates or asks_payback
    for block in range(prices.shape[0]):
        # A nought that the compiler does not know: with a known one, the smaller of it and
        # something else takes two steps.
        nought = late[0, block, 0]
        for sheet in range(sheets.shape[0]):
            _start(
                sheets,
                sheet,
                block,
                late,
                wanted,
                sums,
                held,
                books,
                bank,
                found,
                scratch,
            )
            supported = sheets[sheet, SUPPORTED] == 1
            first_side = 1 if supported and wanted[NPV_WITHOUT] < 0 else 0
            last_side = first_side  # until there is any support
            has_owns = sheets[sheet, OWNS] < sheets[sheet, OWNS + 1]
            has_connections = sheets[sheet, CONNECTIONS] < sheets[sheet, CONNECTIONS + 1]
            has_tables = sheets[sheet, TABLES] < sheets[sheet, TABLES + 1]
            planned, n_years = sheets[sheet, PLANNED], sheets[sheet, N_YEARS]
            always_beside = 0.0
            for year in range(n_years):
                ends = year >= planned
                discounted = discount[sheet, year]
                beside = sum_up(
                    sheets,
                    sheet,
                    block,
                    year,
                    groups,
                    amounts,
                    windows,
                    prices,
                    factors,
                    late,
                    sums,
                    held,
                    masks,
                    state,
                )
                if has_tables:
                    add_tables(
                        sheets,
                        sheet,
                        block,
                        year,
                        tables,
                        table_amounts,
                        prices,
                        factors,
                        late,
                        sums,
                        held,
                    )
                if ends:
                    beside = cut(sheets, sheet, year, beside, sums, held, scratch)
                always_beside += beside * discounted
                if has_owns:
                    charge_levy(
                        sheets,
                        sheet,
                        block,
                        year,
                        flags,
                        owns,
                        prices,
                        sums,
                        held,
                        rights,
                        still_open,
                        is_open,
                        order,
                        nought,
                    )
                    sell_surplus(
                        sheets,
                        sheet,
                        block,
                        year,
                        sales,
                        sale_amounts,
                        factors,
                        sums,
                        held,
                        rights,
                    )
                if has_connections:
                    tax_energy(sheets, sheet, year, connections, rates, sums, held, nought)
                if sheets[sheet, SPLITS_CARBON] == 1:
                    carbon_into_profit(sums, held, found, discounted, wanted[CARBON_VALUE] >= 0)
                if supported:
                    pay_contracts(
                        sheets,
                        sheet,
                        block,
                        year,
                        contracts,
                        limits,
                        contract_prices,
                        prices,
                        sums,
                        held,
                        bank,
                        scratch,
                        ends,
                    )
                    note_support(sums, held, found, discounted, wanted)
                    if last_side == 0 and is_supported(held):
                        last_side = 1
                        part_books(books)
                add_after_tax(
                    sheets,
                    sheet,
                    year,
                    first_side,
                    last_side,
                    tax,
                    discount,
                    sums,
                    held,
                    books,
                    beside,
                    flows,
                    keeps,
                    nought,
                )
                if asks_payback:
                    note_payback(flows, year, discounted, books, found)
                note_year(sheets, sheet, year, flags, wanted, sums, found, discounted, nought)
            finish(last_side, wanted, books, always_beside, found)
            if asks_rates:
                fill_rates(flows, n_years, grid, found, packed, room)
            for outcome in range(len(OUTCOMES)):
                if wanted[outcome] >= 0:
                    hand_over(out, wanted[outcome], sheet, block, found, outcome)


@compiled
def _sizes(sheets: Ints) -> tuple[int, int, int, int, int]:
    """The most sums, own installations, contracts, windows and years of a sheet; at least one."""
    sums, owns, contracts, windows, years = FIRST_OWN, 1, 1, 1, 1
    for sheet in range(sheets.shape[0]):
        sums = max(sums, sheets[sheet, N_SUMS])
        owns = max(owns, sheets[sheet, OWNS + 1] - sheets[sheet, OWNS])
        contracts = max(contracts, sheets[sheet, CONTRACTS + 1] - sheets[sheet, CONTRACTS])
        windows = max(windows, sheets[sheet, WINDOWS + 1] - sheets[sheet, WINDOWS])
        years = max(years, sheets[sheet, N_YEARS])
    return sums, owns, contracts, windows, years


@inlined
def _start(
    sheets: Ints,
    sheet: int,
    block: int,
    late: Floats,
    wanted: Ints,
    sums: Lanes,
    held: Ints,
    books: Floats,
    bank: Lanes,
    found: Lanes,
    scratch: Lanes,
) -> None:
    """Everything at nought; how late the latest project is, in each draw."""
    for row in range(sums.shape[0]):
        empty(sums, held, row)
    for outcome in range(len(OUTCOMES)):
        if wanted[outcome] >= 0:
            fill(found, outcome, 0.0)
    for side in range(sheets[sheet, SUPPORTED] + 1):
        for row in range(BOOK_ROWS):
            for i in range(0, LANES, WIDE):
                store(books, (side, row, i), 0.0)
    for row in range(3 * (sheets[sheet, CONTRACTS + 1] - sheets[sheet, CONTRACTS])):
        fill(bank, row, 0.0)
    if sheets[sheet, N_YEARS] > sheets[sheet, PLANNED]:
        fill(scratch, LATEST, 0.0)
        for row in range(sheets[sheet, LATES], sheets[sheet, LATES + 1]):
            for i in range(0, LANES, WIDE):
                latest = greater(load(scratch, (LATEST, i)), load(late, (row, block, i)))
                store(scratch, (LATEST, i), latest)
