# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One fused pass over sheet × draw: what each case is worth in each draw under one law.

Takes     a batch of sheets as bare arrays (`packing`), prices, factors and delays by draw.
Gives     the outcomes that are asked for. (outcome, sheet, block, LANES)
Leaves    labels, units and checks to `simulation`.

The same sum as `economics.business_case.evaluate`, year after year: quantities × prices, ETS, levy
with transfers and set-off, energy tax, contracts along a price, profit tax with losses back and
forward. Nothing of size sheet × draw × year is kept: a year is forgotten once it is added.

`LANES` draws go side by side. Each loop over them touches few rows and holds few constants, so that
all of them stay in registers, and runs over a number that the compiler knows, so that every draw
takes the same instructions wherever it stands: the same bits in any block. Blocks of draws go one
after the other, so that their prices stay in the cache for all sheets; every (sheet, block) depends
on its own inputs only, so no order and no thread changes a bit.

All of it is one file, and holds its own constants: numba keeps what it compiled for as long as the
file of a function is unchanged, and does not look at the files that it calls.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_njit: Any = njit  # its types know nothing of `_nrt`
_Step = TypeVar("_Step", bound=Callable[..., Any])
Lane = NDArray[np.float64]  # (LANES,)
Lanes = NDArray[np.float64]  # (row, LANES)

LANES = 256
# Contraction into fused multiply-adds is allowed; NaN and infinity keep their meaning.
_FAST = {"contract", "nsz"}


def _compiled(function: _Step) -> _Step:
    """Compiled when first called.

    Nothing below `value` makes an array, so none of it counts references: that would take longer
    than the arithmetic.
    """
    made: _Step = _njit(nogil=True, fastmath=_FAST, _nrt=False)(function)
    return made


def _inlined(function: _Step) -> _Step:
    """The same, written out wherever it is called: handing its arrays over takes longer than it."""
    made: _Step = _njit(nogil=True, fastmath=_FAST, _nrt=False, forceinline=True)(function)
    return made


SPARE = 2  # columns that can be read behind the last price

# Rows of the lanes of one cash flow. They lie in one array at places that the compiler knows.
PROFIT, BESIDE, CASH, VALUE = 0, 1, 2, 3
_WAITING, _TAXED, _LOW = 4, 5, 6  # losses; what last year was taxed on, and at the low rate
FLOW_ROWS = 7

OUTCOMES = (
    "npv_eur",
    "npv_without_support_eur",
    "carbon_value_eur",
    "gross_2030_t",
    "required_2030_t",
    "additional_2030_t",
    "additional_2030_frozen_path_t",
    "removal_2030_t",
    "gross_discounted_t",
    "additional_discounted_t",
    "levy_total_eur",
    "levy_total_without_eur",
    "levy_to_2030_eur",
    "levy_to_2030_without_eur",
    "support_eur",
    "support_discounted_eur",
    "payback_years",
    "irr",
    "irr_roots",
)
(
    _NPV,
    _NPV_WITHOUT,
    _CARBON_VALUE,
    _GROSS_2030,
    _REQUIRED_2030,
    _ADDITIONAL_2030,
    _FROZEN_2030,
    _REMOVAL_2030,
    _GROSS_DISCOUNTED,
    _ADDITIONAL_DISCOUNTED,
    _LEVY_TOTAL,
    _LEVY_TOTAL_WITHOUT,
    _LEVY_TO_2030,
    _LEVY_TO_2030_WITHOUT,
    _SUPPORT,
    _SUPPORT_DISCOUNTED,
    _PAYBACK,
    _IRR,
    _IRR_ROOTS,
) = range(len(OUTCOMES))

# What groups add to. Profit and what is beside it are rows of the cash flow itself; the sums of
# installations (without, with, rights), connections (without, with) and contracts (volume, most)
# follow after `FIRST_OWN`.
(ETS, LEVY_WITHOUT, LEVY_WITH, GRANT, AID, RELIEF, GROSS, REMOVAL, FROZEN, FIRST_OWN) = range(
    FLOW_ROWS, FLOW_ROWS + 10
)
WINDOW_OF_SET_OFF = 5  # years back (Wbm 71q)


# Columns of the arrays of a batch. A range is a pair: the first row, and the row after the last.
(
    FIRST,  # place of its first year among the years of the prices
    N_YEARS,
    PLANNED,  # so many years without any delay
    TARGET,  # place of 2030 among its years; -1: outside
    N_SUMS,
    MINIMUM,  # column of the net minimum price
    IN_FIRM,  # 1: losses are set off elsewhere in the firm
    SUPPORTED,  # 1: there is any award
    HAS_CARBON,  # 1: allowances and levy are sums of their own
    SETS_OFF,  # 1: surplus rights may bring back levy of earlier years
    FIRST_PERIOD,  # first of its years that is open to set-off
    GROUPS,
    WINDOWS,
    TABLES,
    LATES,
    OWNS,  # own installations, if their tonnes differ by draw
    SALES,
    CONNECTIONS,
    CONTRACTS,
    SHEET_WIDTH,
) = (*range(11), *range(11, 29, 2))
GONE, APART, HIGHEST_FIRST, LAST_PERIOD = range(4)  # of `flags`
SUM, FACTOR, WINDOW, FROM, UNTIL, COLUMN, START, WIDTH = range(8)  # of `groups`
LATE, WINDOW_START, WINDOW_END, LONGEST = range(4)  # of `windows`
(T_SUM, T_FACTOR, T_LATE, T_COLUMN, T_FROM, T_UNTIL, T_START) = range(7)  # of `tables`
TARIFF, AVI = range(2)  # of `owns`
S_OWN, S_FACTOR, S_START = range(3)  # of `sales`
C_COLUMN, C_TWO_SIDED, C_BEYOND_PAID, C_BOUNDED, C_START = range(5)  # of `contracts`
SHARE, CARRIED_OVER, MOST = range(3)  # of `contract_limits`
CONNECTION_WIDTH = 8  # unit, three limits, four rates
_PRODUCT, _LATEST, _LIVE = range(3)  # rows of scratch
SCRATCH_ROWS = 3


class Batch(NamedTuple):
    """Sheets under one law, as the kernel reads them. Years count from the first of the sheet."""

    sheets: Ints  # (sheet, SHEET_WIDTH)
    discount: Floats  # (sheet, year)
    tax: Floats  # (sheet, year, 5) high rate, low rate, bracket, threshold, fraction
    flags: Ints  # (sheet, year, 4) of the levy
    # What adds to a sum: amounts of (same, columns one after the other), times a factor, in a
    # window of years that moves with a project. The groups of a sum follow one another.
    groups: Ints  # (group, 8); window -1: always
    amounts: Floats  # a row of WIDTH for each year FROM .. UNTIL of a group
    windows: Ints  # (window, 4)
    # Amounts by delay and year that no window tells.
    tables: Ints  # (table, 7)
    table_amounts: Floats
    owns: Ints  # (installation, 2)
    sales: Ints  # (sale, 3)
    sale_amounts: Floats  # (volume, price) by year
    connections: Ints  # (connection,) place of its first year in `connection_rates`
    connection_rates: Floats  # CONNECTION_WIDTH by year
    contracts: Ints  # (contract, 5)
    contract_limits: Floats  # (contract, 3)
    contract_prices: Floats  # (strike, floor) by year
    rates: Floats  # (rate,) discount factors on which internal rates are told apart; they rise


# ── the pass ──────────────────────────────────────────────────────────────────────────────────


@njit(nogil=True, cache=True, fastmath=_FAST)
def value(
    batch: Batch, prices: Floats, factors: Floats, late: Floats, wanted: Ints, out: Floats
) -> None:
    """Fill `out` for every sheet and block.

    Parameters
    ----------
    prices : (block, year, column, LANES); the column after the last price holds ones, and
        `SPARE` columns can be read there
    factors : (row, block, LANES); row 0 holds ones
    late : (row, block, LANES) [year], whole; row 0 holds noughts
    wanted : (outcome,) place of each outcome in `out`; -1: not asked for
    out : (place, sheet, block, LANES)
    """
    sheets, discount, tax, flags = batch.sheets, batch.discount, batch.tax, batch.flags
    groups, amounts, windows = batch.groups, batch.amounts, batch.windows
    tables, table_amounts = batch.tables, batch.table_amounts
    owns, sales, sale_amounts = batch.owns, batch.sales, batch.sale_amounts
    connections, rates = batch.connections, batch.connection_rates
    contracts, limits = batch.contracts, batch.contract_limits
    contract_prices, grid = batch.contract_prices, batch.rates
    most_sums, most_owns, most_contracts, most_windows, most_years = _sizes(sheets)
    sums = np.zeros((most_sums + 3, LANES))  # and three for totals over installations
    supported = np.zeros((FLOW_ROWS, LANES))
    masks = np.zeros((most_windows, LANES))
    state = np.zeros(most_windows, dtype=np.int64)
    scratch = np.zeros((SCRATCH_ROWS, LANES))
    rights = np.zeros((most_owns, LANES))
    still_open = np.zeros((2 * most_owns, most_years, LANES))
    is_open = np.zeros((2 * most_owns, most_years), dtype=np.int64)
    bank = np.zeros((3 * most_contracts, LANES))
    found = np.zeros((len(OUTCOMES), LANES))
    flows = np.zeros((most_years, LANES))
    order = np.zeros(WINDOW_OF_SET_OFF, dtype=np.int64)
    packed = np.zeros((most_years, LANES))
    lane_rows = np.zeros((RATE_ROWS, LANES))
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
        supported,
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
        lane_rows,
    )


@_compiled
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
    supported: Lanes,
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
    lane_rows: Lanes,
) -> None:
    """All blocks, one after the other, and in each all sheets."""
    keeps = wanted[_IRR] >= 0 or wanted[_IRR_ROOTS] >= 0
    notes = _asks_for_more(wanted)
    for block in range(prices.shape[0]):
        for sheet in range(sheets.shape[0]):
            _start(sheets, sheet, block, late, wanted, sums, supported, bank, found, scratch)
            is_supported = sheets[sheet, SUPPORTED] == 1
            has_owns = sheets[sheet, OWNS] < sheets[sheet, OWNS + 1]
            has_connections = sheets[sheet, CONNECTIONS] < sheets[sheet, CONNECTIONS + 1]
            planned = sheets[sheet, PLANNED]
            for year in range(sheets[sheet, N_YEARS]):
                ends = year >= planned
                if ends:
                    fill(sums, BESIDE, 0.0)
                beside = _sum_up(
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
                    masks,
                    state,
                    scratch,
                )
                if sheets[sheet, TABLES] < sheets[sheet, TABLES + 1]:
                    _add_tables(
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
                    )
                if ends:
                    beside = _cut(sheets, sheet, year, beside, sums, scratch)
                if has_owns:
                    for side in range(2):
                        _levy(
                            sheets,
                            sheet,
                            block,
                            year,
                            side,
                            flags,
                            owns,
                            prices,
                            sums,
                            rights,
                            still_open,
                            is_open,
                            order,
                        )
                        _sell(
                            sheets,
                            sheet,
                            block,
                            year,
                            side,
                            sales,
                            sale_amounts,
                            factors,
                            sums,
                            rights,
                        )
                if has_connections:
                    _tax_energy(sheets, sheet, year, connections, rates, sums)
                discounted = discount[sheet, year]
                if sheets[sheet, HAS_CARBON] == 1:
                    _carbon_into_profit(sums, found, discounted)
                if is_supported:
                    _pay_contracts(
                        sheets,
                        sheet,
                        block,
                        year,
                        contracts,
                        limits,
                        contract_prices,
                        prices,
                        sums,
                        bank,
                        scratch,
                        ends,
                    )
                    counts = wanted[_SUPPORT] >= 0 or wanted[_SUPPORT_DISCOUNTED] >= 0
                    _with_support(supported, sums, found, discounted, counts)
                    _after_tax(sheets, sheet, year, tax, supported, beside, discounted, keeps)
                _after_tax(sheets, sheet, year, tax, sums, beside, discounted, keeps)
                if notes:
                    _note(
                        sheets,
                        sheet,
                        year,
                        flags,
                        wanted,
                        sums,
                        supported if is_supported else sums,
                        found,
                        flows,
                        discounted,
                    )
            _finish(sheets, sheet, wanted, sums, supported, found)
            if keeps:
                fill_rates(flows, sheets[sheet, N_YEARS], grid, found, packed, lane_rows)
            for outcome in range(len(OUTCOMES)):
                if wanted[outcome] >= 0:
                    _hand_over(out, wanted[outcome], sheet, block, found, outcome)


@_compiled
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


@_compiled
def _asks_for_more(wanted: Ints) -> bool:
    """Whether any outcome is asked for that is added up year by year, besides the values."""
    asked = False
    for outcome in range(_NPV_WITHOUT + 1, len(OUTCOMES)):
        asked = asked or wanted[outcome] >= 0
    return asked


@_inlined
def _start(
    sheets: Ints,
    sheet: int,
    block: int,
    late: Floats,
    wanted: Ints,
    sums: Lanes,
    supported: Lanes,
    bank: Lanes,
    found: Lanes,
    scratch: Lanes,
) -> None:
    """Everything at nought; how late the latest project is, in each draw."""
    for row in range(sheets[sheet, N_SUMS]):
        fill(sums, row, 0.0)
    if _asks_for_more(wanted):
        for row in range(len(OUTCOMES)):
            fill(found, row, 0.0)
    if sheets[sheet, SUPPORTED] == 1:
        for row in range(FLOW_ROWS):
            fill(supported, row, 0.0)
        for row in range(3 * (sheets[sheet, CONTRACTS + 1] - sheets[sheet, CONTRACTS])):
            fill(bank, row, 0.0)
    fill(scratch, _LATEST, 0.0)
    for row in range(sheets[sheet, LATES], sheets[sheet, LATES + 1]):
        for i in range(LANES):
            scratch[_LATEST, i] = max(scratch[_LATEST, i], late[row, block, i])


@_inlined
def _sum_up(
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
    masks: Lanes,
    state: Ints,
    scratch: Lanes,
) -> float:
    """Fill the sums of a year. What is beside the profit in all draws alike comes back."""
    place = sheets[sheet, FIRST] + year
    first_window = sheets[sheet, WINDOWS]
    for n in range(first_window, sheets[sheet, WINDOWS + 1]):
        # Only at its edges a window differs from draw to draw.
        start, end, longest = windows[n, WINDOW_START], windows[n, WINDOW_END], windows[n, LONGEST]
        at = n - first_window
        if year < start or year >= end + longest:
            state[at] = 0
        elif start + longest <= year < end:
            state[at] = 1
        else:
            state[at] = 2
            row = windows[n, LATE]
            inside(masks, at, late, row, block, float(start - year), float(end - year))
    beside = 0.0
    before = -1  # the sum that the last group added to: groups of a sum follow one another
    for n in range(sheets[sheet, GROUPS], sheets[sheet, GROUPS + 1]):
        to, factor, window = groups[n, SUM], groups[n, FACTOR], groups[n, WINDOW]
        goes_on = to == before
        before = to
        masked = window >= 0 and state[window] == 2
        is_open = window < 0 or state[window] > 0
        if not is_open or year < groups[n, FROM] or year >= groups[n, UNTIL]:
            if not goes_on:
                fill(sums, to, 0.0)
            continue
        width = groups[n, WIDTH]
        at = groups[n, START] + (year - groups[n, FROM]) * width
        same = amounts[at]
        if factor == 0 and not masked:
            if to == BESIDE and width == 1:
                beside += same
                before = -1  # nothing was put in its lanes
                continue
            column = groups[n, COLUMN]
            set_products(
                sums, to, goes_on, same, amounts, at + 1, width - 1, prices, block, place, column
            )
            continue
        keep = 1.0 if goes_on else 0.0
        if width == 1:
            if masked:
                add_masked(sums, to, keep, same, masks, window, factors, factor, block)
            else:
                add_factor(sums, to, keep, same, factors, factor, block)
            continue
        column = groups[n, COLUMN]
        set_products(
            scratch,
            _PRODUCT,
            False,
            same,
            amounts,
            at + 1,
            width - 1,
            prices,
            block,
            place,
            column,
        )
        if masked:
            add_products_masked(
                sums, to, keep, scratch, _PRODUCT, masks, window, factors, factor, block
            )
        else:
            add_products_of(sums, to, keep, scratch, _PRODUCT, factors, factor, block)
    return beside


@_inlined
def _add_tables(
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
        for i in range(LANES):
            amount = table_amounts[at + int(late[row, block, i]) * stride]
            sums[to, i] += amount * prices[block, place, column, i] * factors[factor, block, i]


@_inlined
def _cut(sheets: Ints, sheet: int, year: int, beside: float, sums: Lanes, scratch: Lanes) -> float:
    """After the years that a draw has, nothing counts: a case lasts as long as it is late."""
    over = float(year - sheets[sheet, PLANNED])
    for i in range(LANES):
        scratch[_LIVE, i] = 1.0 if scratch[_LATEST, i] > over else 0.0
    for row in range(sheets[sheet, N_SUMS]):
        if row <= BESIDE or row >= FLOW_ROWS:
            for i in range(LANES):
                sums[row, i] *= scratch[_LIVE, i]
    for i in range(LANES):
        sums[BESIDE, i] += beside * scratch[_LIVE, i]
    return 0.0


@_inlined
def _levy(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    side: int,
    flags: Ints,
    owns: Ints,
    prices: Floats,
    sums: Lanes,
    rights: Lanes,
    still_open: Floats,
    is_open: Ints,
    order: Ints,
) -> None:
    """The levy of the own installations without (side 0) or with (1) the projects.

    The surplus that set-off leaves of each installation stays in `rights`.

    Source    Wbm 71l-71q: `rules.co2_heffing.heffing_van_onderneming`.
    """
    start = sheets[sheet, OWNS]
    n_owns = sheets[sheet, OWNS + 1] - start
    first, minimum = sheets[sheet, FIRST], sheets[sheet, MINIMUM]
    due = LEVY_WITH if side else LEVY_WITHOUT
    base = FIRST_OWN + side * n_owns
    fill(sums, due, 0.0)
    if flags[sheet, year, GONE]:
        for own in range(n_owns):
            fill(rights, own, 0.0)
            is_open[side * n_owns + own, year] = 0
        return
    for own in range(n_owns):
        for i in range(LANES):
            rights[own, i] = sums[FIRST_OWN + 2 * n_owns + own, i]
    if n_owns > 1:
        if flags[sheet, year, APART]:
            shared_within_operator(sums, base, rights, n_owns, owns, start, 0)
            shared_within_operator(sums, base, rights, n_owns, owns, start, 1)
        else:
            shared_within_operator(sums, base, rights, n_owns, owns, start, -1)
    earliest = max(0, year - WINDOW_OF_SET_OFF, sheets[sheet, FIRST_PERIOD])
    latest = min(year - 1, flags[sheet, year, LAST_PERIOD])
    sets_off = sheets[sheet, SETS_OFF] == 1
    for own in range(n_owns):
        row, column = side * n_owns + own, owns[start + own, TARIFF]
        with_surplus, is_open[row, year] = levied(
            sums,
            due,
            base + own,
            rights,
            own,
            still_open,
            row,
            year,
            prices,
            block,
            first + year,
            column,
            minimum,
            sets_off,
        )
        if with_surplus == 0:
            continue
        if flags[sheet, year, HIGHEST_FIRST]:
            for period in range(earliest, latest + 1):
                if is_open[row, period] == 0:  # nothing of it was ever written
                    for i in range(LANES):
                        still_open[row, period, i] = 0.0
            set_off_highest(
                sums,
                due,
                rights,
                own,
                still_open,
                row,
                prices,
                block,
                first,
                column,
                earliest,
                latest,
                order,
            )
            continue
        for period in range(earliest, latest + 1):
            if is_open[row, period]:
                is_open[row, period] = set_off_oldest(
                    sums,
                    due,
                    rights,
                    own,
                    still_open,
                    row,
                    period,
                    prices,
                    block,
                    first + period,
                    column,
                )


@_inlined
def _sell(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    side: int,
    sales: Ints,
    sale_amounts: Floats,
    factors: Floats,
    sums: Lanes,
    rights: Lanes,
) -> None:
    """Surplus rights that set-off has left are sold, at most so many."""
    sign = 1.0 if side else -1.0
    for n in range(sheets[sheet, SALES], sheets[sheet, SALES + 1]):
        at = sales[n, S_START] + 2 * year
        volume, price = sale_amounts[at], sale_amounts[at + 1] * sign
        own, factor = sales[n, S_OWN], sales[n, S_FACTOR]
        for i in range(LANES):
            sums[ETS, i] += min(volume * factors[factor, block, i], rights[own, i]) * price


@_inlined
def _tax_energy(
    sheets: Ints, sheet: int, year: int, connections: Ints, rates: Floats, sums: Lanes
) -> None:
    """Energy tax of the connections, without minus with the projects."""
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    row = FIRST_OWN + 3 * n_owns
    for n in range(sheets[sheet, CONNECTIONS], sheets[sheet, CONNECTIONS + 1]):
        at = connections[n] + CONNECTION_WIDTH * year
        add_bracketed(sums, 1.0, row, rates, at)
        add_bracketed(sums, -1.0, row + 1, rates, at)
        row += 2


@_inlined
def _carbon_into_profit(sums: Lanes, found: Lanes, discount: float) -> None:
    for i in range(LANES):
        carbon = sums[ETS, i] + (sums[LEVY_WITHOUT, i] - sums[LEVY_WITH, i])
        sums[PROFIT, i] += carbon
        found[_CARBON_VALUE, i] += carbon * discount


@_inlined
def _pay_contracts(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    contracts: Ints,
    limits: Floats,
    contract_prices: Floats,
    prices: Floats,
    sums: Lanes,
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
            counted(sums, row, bank, at_bank, limits[n, CARRIED_OVER])
            if ends:
                for i in range(LANES):
                    sums[row, i] *= scratch[_LIVE, i]
        at = contracts[n, C_START] + 2 * year
        add_contract(
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
        )
        row += 2
        at_bank += 3


@_inlined
def _with_support(
    supported: Lanes, sums: Lanes, found: Lanes, discount: float, counts: bool
) -> None:
    """Profit and what is beside it with support: before `sums` is taxed itself.

    Depreciation that falls away because of a grant is taxed and is no cash.
    """
    for i in range(LANES):
        aid, grant, relief = sums[AID, i], sums[GRANT, i], sums[RELIEF, i]
        supported[PROFIT, i] = sums[PROFIT, i] + (relief + aid)
        supported[BESIDE, i] = sums[BESIDE, i] + (grant - relief)
    if counts:
        for i in range(LANES):
            paid = sums[GRANT, i] + sums[AID, i]
            found[_SUPPORT, i] += paid
            found[_SUPPORT_DISCOUNTED, i] += paid * discount


@_inlined
def _after_tax(
    sheets: Ints,
    sheet: int,
    year: int,
    tax: Floats,
    flow: Lanes,
    beside: float,
    discount: float,
    keeps: bool,
) -> None:
    if sheets[sheet, IN_FIRM]:
        add_after_flat_tax(flow, beside, discount, tax[sheet, year, 0])
    else:
        add_after_tax(flow, beside, discount, tax, sheet, year, max(0, year - 1), keeps)


@_inlined
def _note(
    sheets: Ints,
    sheet: int,
    year: int,
    flags: Ints,
    wanted: Ints,
    sums: Lanes,
    flow: Lanes,
    found: Lanes,
    flows: Lanes,
    discount: float,
) -> None:
    """Add the year to the outcomes that are asked for."""
    is_target = year == sheets[sheet, TARGET]
    if wanted[_PAYBACK] >= 0:
        # The year after the last in which the discounted sum so far is below nil (METHOD §8).
        for i in range(LANES):
            found[_PAYBACK, i] = year + 1.0 if flow[VALUE, i] < 0.0 else found[_PAYBACK, i]
    if wanted[_IRR] >= 0 or wanted[_IRR_ROOTS] >= 0:
        for i in range(LANES):
            flows[year, i] = flow[CASH, i]
    if wanted[_GROSS_DISCOUNTED] >= 0:
        for i in range(LANES):
            found[_GROSS_DISCOUNTED, i] += sums[GROSS, i] * discount
    if is_target:
        for i in range(LANES):
            found[_GROSS_2030, i] = sums[GROSS, i]
            found[_REMOVAL_2030, i] = sums[REMOVAL, i]
    if wanted[_LEVY_TOTAL] >= 0:
        counts = 1.0 if year <= sheets[sheet, TARGET] else 0.0
        for i in range(LANES):
            without, with_projects = sums[LEVY_WITHOUT, i], sums[LEVY_WITH, i]
            found[_LEVY_TOTAL, i] += with_projects
            found[_LEVY_TOTAL_WITHOUT, i] += without
            found[_LEVY_TO_2030, i] += with_projects * counts
            found[_LEVY_TO_2030_WITHOUT, i] += without * counts
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    if n_owns > 0 and (wanted[_ADDITIONAL_DISCOUNTED] >= 0 or is_target):
        gone = flags[sheet, year, GONE] == 1
        _add_tonnes(sums, n_owns, found, discount, gone, is_target)


@_inlined
def _add_tonnes(
    sums: Lanes, n_owns: int, found: Lanes, discount: float, gone: bool, is_target: bool
) -> None:
    """Additional and required tonnes of the firm, own installations together (METHOD §6)."""
    total = FIRST_OWN if n_owns == 1 and not gone else sums.shape[0] - 3
    for side in range(3 if total > FIRST_OWN else 0):
        for own in range(n_owns):
            row, keep = FIRST_OWN + side * n_owns + own, 1.0 if own else 0.0
            for i in range(LANES):
                sums[total + side, i] = keep * sums[total + side, i] + sums[row, i]
    if gone:
        fill(sums, total + 2, np.inf)
    for i in range(LANES):
        without, with_projects = sums[total, i], sums[total + 1, i]
        more = max(0.0, min(without, sums[total + 2, i]) - with_projects)
        found[_ADDITIONAL_DISCOUNTED, i] += more * discount
        found[_ADDITIONAL_2030, i] = more if is_target else found[_ADDITIONAL_2030, i]
    if is_target:
        for i in range(LANES):
            without, with_projects = sums[total, i], sums[total + 1, i]
            found[_REQUIRED_2030, i] = max(0.0, without - sums[total + 2, i])
            found[_FROZEN_2030, i] = max(0.0, min(without, sums[FROZEN, i]) - with_projects)


@_inlined
def _finish(
    sheets: Ints, sheet: int, wanted: Ints, sums: Lanes, supported: Lanes, found: Lanes
) -> None:
    """What only the last year tells."""
    is_supported = sheets[sheet, SUPPORTED] == 1
    for i in range(LANES):
        found[_NPV_WITHOUT, i] = sums[VALUE, i]
        found[_NPV, i] = supported[VALUE, i] if is_supported else sums[VALUE, i]
    if wanted[_PAYBACK] >= 0:
        for i in range(LANES):
            found[_PAYBACK, i] = np.inf if found[_NPV, i] < 0.0 else found[_PAYBACK, i]


@_inlined
def _hand_over(out: Floats, place: int, sheet: int, block: int, found: Lanes, outcome: int) -> None:
    for i in range(LANES):
        out[place, sheet, block, i] = found[outcome, i]


# ── loops over lanes ──────────────────────────────────────────────────────────────────────────


@_inlined
def fill(to: Lanes, row: int, same: float) -> None:
    """The same number in every draw."""
    for i in range(LANES):
        to[row, i] = same


@_inlined
def inside(
    to: Lanes, row: int, late: Floats, of: int, block: int, start: float, end: float
) -> None:
    """1 in the draws in which a window that is so late covers the year, else 0.

    `start`, `end`: first year and the year after the last of the window without delay, counted
    from the year that is asked for.
    """
    for i in range(LANES):
        years = late[of, block, i]
        to[row, i] = 1.0 if start + years <= 0.0 < end + years else 0.0


@_inlined
def set_products(
    to: Lanes,
    row: int,
    goes_on: bool,
    same: float,
    amounts: Floats,
    at: int,
    n: int,
    prices: Floats,
    block: int,
    year: int,
    column: int,
) -> None:
    """`same + sum_k amounts[at + k] × price of column + k`, in place of the row or added to it."""
    if n == 0:
        for i in range(LANES):
            to[row, i] = to[row, i] + same if goes_on else same
        return
    k = 0
    while k < n:
        if n - k >= 7:
            _set_seven(to, row, goes_on, same, amounts, at + k, prices, block, year, column + k)
            k += 7
        elif n - k >= 3:
            _set_four(
                to, row, goes_on, same, amounts, at + k, n - k, prices, block, year, column + k
            )
            k += 4
        elif n - k == 2:
            _set_two(to, row, goes_on, same, amounts, at + k, prices, block, year, column + k)
            k += 2
        else:
            _set_one(to, row, goes_on, same, amounts, at + k, prices, block, year, column + k)
            k += 1
        goes_on, same = True, 0.0


@_inlined
def _set_seven(
    to: Lanes,
    row: int,
    goes_on: bool,
    same: float,
    a: Floats,
    at: int,
    prices: Floats,
    block: int,
    year: int,
    k: int,
) -> None:
    a0, a1, a2, a3 = a[at], a[at + 1], a[at + 2], a[at + 3]
    a4, a5, a6 = a[at + 4], a[at + 5], a[at + 6]
    for i in range(LANES):
        to[row, i] = (
            (to[row, i] + same if goes_on else same)
            + a0 * prices[block, year, k, i]
            + a1 * prices[block, year, k + 1, i]
            + a2 * prices[block, year, k + 2, i]
            + a3 * prices[block, year, k + 3, i]
            + a4 * prices[block, year, k + 4, i]
            + a5 * prices[block, year, k + 5, i]
            + a6 * prices[block, year, k + 6, i]
        )


@_inlined
def _set_four(
    to: Lanes,
    row: int,
    goes_on: bool,
    same: float,
    a: Floats,
    at: int,
    n: int,
    prices: Floats,
    block: int,
    year: int,
    k: int,
) -> None:
    """Three or four: of three the next column is taken with amount nil."""
    a0, a1, a2, a3 = a[at], a[at + 1], a[at + 2], a[at + 3] if n > 3 else 0.0
    for i in range(LANES):
        to[row, i] = (
            (to[row, i] + same if goes_on else same)
            + a0 * prices[block, year, k, i]
            + a1 * prices[block, year, k + 1, i]
            + a2 * prices[block, year, k + 2, i]
            + a3 * prices[block, year, k + 3, i]
        )


@_inlined
def _set_two(
    to: Lanes,
    row: int,
    goes_on: bool,
    same: float,
    a: Floats,
    at: int,
    prices: Floats,
    block: int,
    year: int,
    k: int,
) -> None:
    a0, a1 = a[at], a[at + 1]
    for i in range(LANES):
        to[row, i] = (
            (to[row, i] + same if goes_on else same)
            + a0 * prices[block, year, k, i]
            + a1 * prices[block, year, k + 1, i]
        )


@_inlined
def _set_one(
    to: Lanes,
    row: int,
    goes_on: bool,
    same: float,
    a: Floats,
    at: int,
    prices: Floats,
    block: int,
    year: int,
    k: int,
) -> None:
    a0 = a[at]
    for i in range(LANES):
        before = to[row, i] + same if goes_on else same
        to[row, i] = before + a0 * prices[block, year, k, i]


@_inlined
def add_factor(
    to: Lanes, row: int, keep: float, amount: float, factors: Floats, factor: int, block: int
) -> None:
    """`keep × row + amount × factor`: `keep` nil starts the sum, one goes on with it."""
    for i in range(LANES):
        to[row, i] = keep * to[row, i] + amount * factors[factor, block, i]


@_inlined
def add_masked(
    to: Lanes,
    row: int,
    keep: float,
    amount: float,
    masks: Lanes,
    window: int,
    factors: Floats,
    factor: int,
    block: int,
) -> None:
    """The same within a window."""
    for i in range(LANES):
        within = amount * masks[window, i] * factors[factor, block, i]
        to[row, i] = keep * to[row, i] + within


@_inlined
def add_products_of(
    to: Lanes, row: int, keep: float, of: Lanes, at: int, factors: Floats, factor: int, block: int
) -> None:
    """`keep × row + products × factor`."""
    for i in range(LANES):
        to[row, i] = keep * to[row, i] + of[at, i] * factors[factor, block, i]


@_inlined
def add_products_masked(
    to: Lanes,
    row: int,
    keep: float,
    of: Lanes,
    at: int,
    masks: Lanes,
    window: int,
    factors: Floats,
    factor: int,
    block: int,
) -> None:
    """The same within a window."""
    for i in range(LANES):
        within = of[at, i] * masks[window, i] * factors[factor, block, i]
        to[row, i] = keep * to[row, i] + within


# ── levy ──────────────────────────────────────────────────────────────────────────────────────


@_inlined
def levied(
    sums: Lanes,
    due: int,
    base: int,
    rights: Lanes,
    own: int,
    still_open: Floats,
    row: int,
    year: int,
    prices: Floats,
    block: int,
    place: int,
    tariff: int,
    minimum: int,
    counts: bool,
) -> tuple[int, int]:
    """Add the levy of an installation; its rights become its surplus.

    What comes back is in how many draws there is a surplus, and in how many a taxed tonne; it is
    counted only where set-off may follow.

    Source    Wbm 71l.1-2, 71p.1: `rules.co2_heffing.grondslag` and `verschuldigde_heffing`.
    """
    # Two loops: with more rows in one the compiler gives up doing lanes side by side.
    for i in range(LANES):
        emitted, kept = sums[base, i], rights[own, i]
        still_open[row, year, i] = max(0.0, emitted - kept)
        rights[own, i] = max(0.0, kept - emitted)
    for i in range(LANES):
        above = still_open[row, year, i]
        below = max(0.0, sums[base, i] - above)
        sums[due, i] += (
            above * prices[block, place, tariff, i] + below * prices[block, place, minimum, i]
        )
    if not counts:
        return 0, 0
    with_surplus, above_rights = 0, 0  # counted in whole numbers, which the compiler may reorder
    for i in range(LANES):
        with_surplus += 1 if rights[own, i] > 0.0 else 0
        above_rights += 1 if still_open[row, year, i] > 0.0 else 0
    return with_surplus, above_rights


@_inlined
def set_off_oldest(
    sums: Lanes,
    due: int,
    surplus: Lanes,
    own: int,
    still_open: Floats,
    row: int,
    period: int,
    prices: Floats,
    block: int,
    place: int,
    tariff: int,
) -> int:
    """Surplus rights meet the open base of one earlier year and bring back its tariff.

    Called from the oldest year on: Wbm 71q as it read before 2026. In how many
    draws some of it stays open.
    """
    for i in range(LANES):
        met = min(surplus[own, i], still_open[row, period, i])
        sums[due, i] -= met * prices[block, place, tariff, i]
        still_open[row, period, i] -= met
        surplus[own, i] -= met
    left = 0
    for i in range(LANES):
        left += 1 if still_open[row, period, i] > 0.0 else 0
    return left


@_inlined
def set_off_highest(
    sums: Lanes,
    due: int,
    surplus: Lanes,
    own: int,
    still_open: Floats,
    row: int,
    prices: Floats,
    block: int,
    first: int,
    tariff: int,
    earliest: int,
    latest: int,
    order: Ints,
) -> None:
    """Surplus rights meet the open bases of earlier years, the highest tariff first.

    Of equal tariffs the oldest goes first; `order` is room for the years. Branches on each draw.

    Source    Wbm 71q as it reads from 2026.
    """
    n = latest - earliest + 1
    for i in range(LANES):
        left = surplus[own, i]
        if left <= 0.0:
            continue
        for k in range(n):
            here = prices[block, first + earliest + k, tariff, i]
            at = k
            while at > 0 and prices[block, first + earliest + order[at - 1], tariff, i] < here:
                order[at] = order[at - 1]
                at -= 1
            order[at] = k
        for rank in range(n):
            year = earliest + order[rank]
            met = min(left, still_open[row, year, i])
            sums[due, i] -= met * prices[block, first + year, tariff, i]
            still_open[row, year, i] -= met
            left -= met
        surplus[own, i] = left


@_inlined
def shared_within_operator(
    sums: Lanes, base: int, rights: Lanes, n_owns: int, owns: Ints, start: int, market: int
) -> None:
    """Surplus rights of some installations fill the shortage of others, in proportion.

    `market` is that of incinerators (1), of the others (0), or below nil one for all.

    Source    Wm 16b.26-27; `rules.co2_heffing.overdracht_binnen_onderneming`.
    """
    for i in range(LANES):
        offered, wanted = 0.0, 0.0
        for own in range(n_owns):
            if market < 0 or owns[start + own, AVI] == market:
                offered += max(0.0, rights[own, i] - sums[base + own, i])
                wanted += max(0.0, sums[base + own, i] - rights[own, i])
        moved = min(offered, wanted)
        if moved <= 0.0:
            continue
        filled, given = moved / wanted, moved / offered
        for own in range(n_owns):
            if market < 0 or owns[start + own, AVI] == market:
                emitted = sums[base + own, i]
                over, short = max(0.0, rights[own, i] - emitted), max(0.0, emitted - rights[own, i])
                change = short * filled - over * given
                if change != 0.0:
                    rights[own, i] = emitted + ((over - short) + change)


# ── energy tax, contracts ─────────────────────────────────────────────────────────────────────


@_inlined
def add_bracketed(sums: Lanes, sign: float, used: int, rates: Floats, at: int) -> None:
    """Energy tax of a connection: its unit, three limits and four rates (Wbm art. 59)."""
    unit, first, second, third = rates[at], rates[at + 1], rates[at + 2], rates[at + 3]
    r0, r1 = rates[at + 4] * sign, rates[at + 5] * sign
    r2, r3 = rates[at + 6] * sign, rates[at + 7] * sign
    for i in range(LANES):
        q = max(sums[used, i], 0.0) / unit
        sums[PROFIT, i] += (
            min(q, first) * r0
            + min(max(q - first, 0.0), second - first) * r1
            + min(max(q - second, 0.0), third - second) * r2
            + max(q - third, 0.0) * r3
        )


@_inlined
def counted(sums: Lanes, row: int, bank: Lanes, at: int, carried_over: float) -> None:
    """Turn what was made (`row`) into what counts, with the most of the year in the next row.

    The bank holds room and volume that earlier years left (`rules.sde.subsidiabele_productie`).
    """
    for i in range(LANES):
        offered = sums[row, i] + bank[at + 2, i]
        allowed = sums[row + 1, i] + bank[at + 1, i]
        counts = min(offered, allowed)
        bank[at + 1, i] = allowed - counts
        bank[at + 2, i] = min(offered - counts, carried_over)
        sums[row, i] = counts


@_inlined
def add_contract(
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
) -> None:
    """What a contract pays or takes back, `most` in all; the bank holds what was paid so far.

    One side never takes back. Two sides take back no more than was paid, unless `beyond_paid`.
    """
    for i in range(LANES):
        reference = share * prices[block, place, column, i]
        if two_sided:
            due = (strike - reference) * sums[volume, i]
        else:
            due = max(0.0, strike - max(reference, floor)) * sums[volume, i]
        kept = min(due, most - bank[at, i])
        if beyond_paid:
            bank[at, i] += kept
        else:
            kept = max(kept, -bank[at, i])
            bank[at, i] = max(0.0, bank[at, i] + kept)
        sums[AID, i] += kept


# ── profit tax ────────────────────────────────────────────────────────────────────────────────


@_inlined
def add_after_tax(
    flow: Lanes,
    beside: float,
    discount: float,
    tax: Floats,
    sheet: int,
    year: int,
    before: int,
    keeps: bool,
) -> None:
    """Add the discounted cash flow of a year: profit and what is beside it, minus profit tax.

    `beside` is the part of it that is the same in every draw; `tax` holds high rate, low rate,
    bracket, threshold and fraction; `before` is the year before; `keeps` also keeps the cash flow
    of the year itself.

    Losses that wait and room that last year left are never there together: one number holds both,
    the room below nil. In a year of loss `room` is the loss below nil, so that one formula serves:
    room  = min(profit, fraction profit + (1 - fraction) threshold)
    there = max(waiting, min(room, 0)); of it min(there, room) goes forward, -min(there, 0) back
    waiting in the next year = there - room

    Source    Vpb art. 20 and 22: `rules.vennootschapsbelasting.verschuldigde_belasting`.
    """
    high, bracket, fraction = tax[sheet, year, 0], tax[sheet, year, 2], tax[sheet, year, 4]
    less, most = high - tax[sheet, year, 1], (1.0 - fraction) * tax[sheet, year, 3]
    high_before, bracket_before = tax[sheet, before, 0], tax[sheet, before, 2]
    less_before = high_before - tax[sheet, before, 1]
    for i in range(LANES):
        profit = flow[PROFIT, i]
        room = min(profit, fraction * profit + most)
        there = max(flow[_WAITING, i], min(room, 0.0))
        taxed = profit - min(there, room)
        low = min(taxed, bracket)
        back = min(there, 0.0)  # below nil
        low_left = min(flow[_TAXED, i] + back, bracket_before)
        refund = (flow[_LOW, i] - low_left) * less_before + back * high_before  # below nil
        cash = (profit + (flow[BESIDE, i] + beside)) - (taxed * high - low * less) - refund
        flow[_WAITING, i] = there - room
        flow[_TAXED, i] = taxed
        flow[_LOW, i] = low
        flow[VALUE, i] += cash * discount
        if keeps:
            flow[CASH, i] = cash


@_inlined
def add_after_flat_tax(flow: Lanes, beside: float, discount: float, rate: float) -> None:
    """The same for a firm with profit elsewhere: a loss counts at once, at the high rate."""
    for i in range(LANES):
        profit = flow[PROFIT, i]
        cash = (profit + (flow[BESIDE, i] + beside)) - profit * rate
        flow[CASH, i] = cash
        flow[VALUE, i] += cash * discount


# ── internal rates ────────────────────────────────────────────────────────────────────────────

_STEPS_OF_ALL = 6  # of Newton, for every draw: after them most rates are found
_MOST_STEPS = 60  # far more than Newton and halving ever take
_NEAR = 1e-7  # a step of Newton so small squares to less than the ninth decimal
# Rows of room. Discount factors between which the only rate lies, worth at the lower one, worth and
# slope at the one that is tried, and whether it still moved; places of the draws that were gathered
# and whether their flow is read from its end; signs and changes of the sums up to and from a year
# on; on the grid the worth at four factors and what was seen before.
_LOWER, _UPPER, _AT_LOWER, _WORTH, _SLOPE, _TRIED, _MOVED, _PLACE, _BACKWARD = range(9)
_SIGN, _SO_FAR, _CHANGES_EARLY, _CHANGES_LATE, _SIGN_LATE = range(9, 14)
_FOUR, _BEFORE, _AT, _FROM, _TO, _AT_FROM, _CHANGES = 14, 18, 19, 20, 21, 22, 23
RATE_ROWS = 24


@_compiled
def fill_rates(
    flows: Lanes, n_years: int, factors: Floats, found: Lanes, packed: Lanes, room: Lanes
) -> None:
    """Fill the rate at which each draw is worth nothing, and the number of such rates.

    `flows` (year, LANES). The sums of the flows up to each year change sign as often as there are
    rates above nil, or an even number oftener; the sums from each year on tell the same of rates
    below nil (Norstrom 1972; Descartes). No change or one is certain. Only draws with more are
    gathered and looked at on the grid, side by side again. The rate is NaN unless it is the only
    one.
    """
    last = factors.shape[0] - 1
    fill(room, _WORTH, 0.0)
    for year in range(n_years):
        for i in range(LANES):
            room[_WORTH, i] += flows[year, i]
    for row in range(_SIGN, _SIGN_LATE + 1):
        fill(room, row, 0.0)
    # Each loop touches few rows, or it is not done side by side.
    for year in range(n_years):
        for i in range(LANES):
            so_far, sign = room[_SO_FAR, i] + flows[year, i], room[_SIGN, i]
            room[_SO_FAR, i] = so_far
            room[_CHANGES_EARLY, i] += 1.0 if so_far * sign < 0.0 else 0.0
            room[_SIGN, i] = so_far if so_far != 0.0 else sign
    for row in range(_SIGN, _SO_FAR + 1):
        fill(room, row, 0.0)
    for year in range(n_years - 1, -1, -1):
        for i in range(LANES):
            so_far, sign = room[_SO_FAR, i] + flows[year, i], room[_SIGN, i]
            room[_SO_FAR, i] = so_far
            room[_CHANGES_LATE, i] += 1.0 if so_far * sign < 0.0 else 0.0
            room[_SIGN, i] = so_far if so_far != 0.0 else sign
    n_several = 0
    for i in range(LANES):
        early, late = room[_CHANGES_EARLY, i], room[_CHANGES_LATE, i]
        found[_IRR_ROOTS, i] = early + late
        room[_LOWER, i] = 1.0 if late > 0.0 else factors[0]
        room[_UPPER, i] = factors[last] if late > 0.0 else 1.0
        room[_TRIED, i] = factors[last] if late > 0.0 else factors[0]  # the end of the convention
        if early + late >= 2.0 or room[_WORTH, i] == 0.0:
            room[_PLACE, n_several] = i
            n_several += 1
    fill(room, _AT_LOWER, 0.0)
    for year in range(n_years - 1, -1, -1):
        for i in range(LANES):
            room[_AT_LOWER, i] = room[_AT_LOWER, i] * room[_TRIED, i] + flows[year, i]
    for i in range(LANES):
        beyond = room[_AT_LOWER, i] * room[_WORTH, i] > 0.0
        found[_IRR_ROOTS, i] = 0.0 if beyond else found[_IRR_ROOTS, i]
        room[_AT_LOWER, i] = room[_WORTH, i] if room[_UPPER, i] > 1.0 else room[_AT_LOWER, i]
    if n_several:
        _on_grid(flows, n_years, factors, n_several, found, packed, room)
    _polish(flows, n_years, found, packed, room)


@_compiled
def _on_grid(
    flows: Lanes,
    n_years: int,
    factors: Floats,
    n_several: int,
    found: Lanes,
    packed: Lanes,
    room: Lanes,
) -> None:
    """Count the changes of sign on the grid, and keep the step in which the last one lies."""
    for year in range(n_years):
        for k in range(n_several):
            packed[year, k] = flows[year, int(room[_PLACE, k])]
    for row in range(_BEFORE, _CHANGES + 1):
        fill(room, row, 0.0)
    n = min(LANES, -(-n_several // 16) * 16)
    last = factors.shape[0] - 1
    for at in range(0, last + 1, 4):
        a, b = factors[at], factors[min(at + 1, last)]
        c, d = factors[min(at + 2, last)], factors[min(at + 3, last)]
        for row in range(_FOUR, _FOUR + 4):
            fill(room, row, 0.0)
        for year in range(n_years - 1, -1, -2):
            then = max(year - 1, 0)
            both = 1.0 if year > 0 else 0.0  # an odd year out has no second one
            a1, b1, c1, d1 = (a, b, c, d) if year > 0 else (1.0, 1.0, 1.0, 1.0)
            for i in range(n):
                one, two = packed[year, i], packed[then, i] * both
                room[_FOUR, i] = (room[_FOUR, i] * a + one) * a1 + two
                room[_FOUR + 1, i] = (room[_FOUR + 1, i] * b + one) * b1 + two
                room[_FOUR + 2, i] = (room[_FOUR + 2, i] * c + one) * c1 + two
                room[_FOUR + 3, i] = (room[_FOUR + 3, i] * d + one) * d1 + two
        for j in range(4):
            _note_changes(room, _FOUR + j, factors[min(at + j, last)], n)
    for k in range(n_several):
        i = int(room[_PLACE, k])
        room[_LOWER, i], room[_UPPER, i] = room[_FROM, k], room[_TO, k]
        room[_AT_LOWER, i] = room[_AT_FROM, k]
        found[_IRR_ROOTS, i] = room[_CHANGES, k]


@_compiled
def _note_changes(room: Lanes, worth: int, factor: float, n: int) -> None:
    """A change of sign against the last factor at which the flow was worth something."""
    for i in range(n):
        now = room[worth, i]
        changed = room[_BEFORE, i] * now < 0.0
        room[_FROM, i] = room[_AT, i] if changed else room[_FROM, i]
        room[_TO, i] = factor if changed else room[_TO, i]
        room[_AT_FROM, i] = room[_BEFORE, i] if changed else room[_AT_FROM, i]
        room[_CHANGES, i] += 1.0 if changed else 0.0
        room[_AT, i] = factor if now != 0.0 else room[_AT, i]
        room[_BEFORE, i] = now if now != 0.0 else room[_BEFORE, i]


@_compiled
def _polish(flows: Lanes, n_years: int, found: Lanes, packed: Lanes, room: Lanes) -> None:
    """Narrow down the only rate of each draw: Newton, kept inside its bracket by halving.

    After a few steps side by side, the draws that need more are gathered and go on among
    themselves. A rate below nil is sought in the flow read from its end: there the factor is below
    one, and Newton need not come down a high power step by step.
    """
    for i in range(LANES):
        room[_TRIED, i] = min(max(1.0 / 1.08, room[_LOWER, i]), room[_UPPER, i])
    for _ in range(_STEPS_OF_ALL):
        _newton(flows, n_years, LANES, room)
    n = 0
    for i in range(LANES):
        is_one = found[_IRR_ROOTS, i] == 1.0
        found[_IRR, i] = 1.0 / room[_TRIED, i] - 1.0 if is_one else np.nan
    for i in range(LANES):
        if found[_IRR_ROOTS, i] == 1.0 and room[_MOVED, i] != 0.0:
            _gather(flows, n_years, i, n, packed, room)
            n += 1
    steps = _STEPS_OF_ALL
    while n > 0:
        for _ in range(2):
            _newton(packed, n_years, min(LANES, -(-n // 16) * 16), room)
        steps += 2
        left = 0
        for k in range(n):
            place = int(room[_PLACE, k])
            rate = 1.0 / room[_TRIED, k] - 1.0
            found[_IRR, place] = room[_TRIED, k] - 1.0 if room[_BACKWARD, k] != 0.0 else rate
            if room[_MOVED, k] != 0.0 and steps < _MOST_STEPS:
                for row in range(_LOWER, _BACKWARD + 1):
                    room[row, left] = room[row, k]
                for year in range(n_years):
                    packed[year, left] = packed[year, k]
                left += 1
        n = left


@_inlined
def _gather(flows: Lanes, n_years: int, i: int, k: int, packed: Lanes, room: Lanes) -> None:
    """Put draw `i` at place `k` of those that go on; its flow read from its end below nil."""
    low, high, tried = room[_LOWER, i], room[_UPPER, i], room[_TRIED, i]
    at_low = room[_AT_LOWER, i]
    room[_PLACE, k] = i
    if low >= 1.0:
        room[_LOWER, k], room[_UPPER, k] = 1.0 / high, 1.0 / low
        room[_TRIED, k], room[_AT_LOWER, k], room[_BACKWARD, k] = 1.0 / tried, -at_low, 1.0
        for year in range(n_years):
            packed[year, k] = flows[n_years - 1 - year, i]
    else:
        room[_LOWER, k], room[_UPPER, k] = low, high
        room[_TRIED, k], room[_AT_LOWER, k], room[_BACKWARD, k] = tried, at_low, 0.0
        for year in range(n_years):
            packed[year, k] = flows[year, i]


@_compiled
def _newton(flows: Lanes, n_years: int, n: int, room: Lanes) -> None:
    """One step for the first `n` draws, and whether it moved them."""
    for i in range(n):
        room[_WORTH, i] = 0.0
        room[_SLOPE, i] = 0.0
    year = n_years - 1
    while year >= 0:
        if year >= 3:
            for i in range(n):
                tried, worth, slope = room[_TRIED, i], room[_WORTH, i], room[_SLOPE, i]
                slope = slope * tried + worth
                worth = worth * tried + flows[year, i]
                slope = slope * tried + worth
                worth = worth * tried + flows[year - 1, i]
                slope = slope * tried + worth
                worth = worth * tried + flows[year - 2, i]
                slope = slope * tried + worth
                worth = worth * tried + flows[year - 3, i]
                room[_WORTH, i], room[_SLOPE, i] = worth, slope
            year -= 4
        else:
            for i in range(n):
                tried = room[_TRIED, i]
                room[_SLOPE, i] = room[_SLOPE, i] * tried + room[_WORTH, i]
                room[_WORTH, i] = room[_WORTH, i] * tried + flows[year, i]
            year -= 1
    for i in range(n):
        worth, slope, tried = room[_WORTH, i], room[_SLOPE, i], room[_TRIED, i]
        is_lower = worth * room[_AT_LOWER, i] > 0.0
        low = tried if is_lower else room[_LOWER, i]
        high = room[_UPPER, i] if is_lower else tried
        nearer = tried - worth / (slope if slope != 0.0 else 1.0)
        # Once it hardly moves it is there: a rounding may put it just outside.
        there = abs(nearer - tried) <= _NEAR * tried and (slope != 0.0 or worth == 0.0)
        inside = low < nearer < high and slope != 0.0
        following = nearer if inside or there else 0.5 * (low + high)
        room[_MOVED, i] = 0.0 if there else 1.0
        room[_LOWER, i], room[_UPPER, i], room[_TRIED, i] = low, high, following
