# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One fused pass over sheet x draw: what each case is worth in each draw under one law.

Takes     a batch of sheets as bare arrays (`packing`), prices, factors and delays by draw.
Gives     the outcomes that are asked for. (outcome, sheet, block, LANES)
Leaves    labels, units and checks to `simulation`; the small loops to `lanes`.

The same sum as `economics.business_case.evaluate`, year after year: quantities x prices, ETS, levy
with transfers and set-off, energy tax, contracts along a price, profit tax with losses back and
forward. Nothing of size sheet x draw x year is kept: a year is forgotten once it is added.

Blocks of draws go one after the other, so that their prices stay in the cache for all sheets. Every
(sheet, block) depends on nothing but its own inputs: no order and no thread changes a bit.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from maatwerkbank.risk import internal_rates, lanes
from maatwerkbank.risk.lanes import BESIDE, CASH, FAST, FLOW_ROWS, LANES, PROFIT, VALUE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

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
) = (*range(9), *range(9, 27, 2))
GONE, APART, HIGHEST_FIRST, LAST_PERIOD = range(4)  # of `flags`
SUM, FACTOR, WINDOW, FROM, UNTIL, COLUMN, START, WIDTH = range(8)  # of `groups`
LATE, WINDOW_START, WINDOW_END, LONGEST = range(4)  # of `windows`
(T_SUM, T_FACTOR, T_LATE, T_COLUMN, T_FROM, T_UNTIL, T_START) = range(7)  # of `tables`
TARIFF, AVI = range(2)  # of `owns`
S_OWN, S_FACTOR, S_START = range(3)  # of `sales`
C_COLUMN, C_TWO_SIDED, C_BEYOND_PAID, C_BOUNDED, C_START = range(5)  # of `contracts`
SHARE, CARRIED_OVER, MOST = range(3)  # of `contract_limits`
CONNECTION_WIDTH = 8  # unit, three limits, four rates


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


@njit(nogil=True, cache=True, fastmath=FAST)
def value(
    batch: Batch, prices: Floats, factors: Floats, late: Floats, wanted: Ints, out: Floats
) -> None:
    """Fill `out` for every sheet and block.

    Parameters
    ----------
    prices : (block, year, column, LANES); the column after the last price holds ones, and
        `lanes.SPARE` columns can be read there
    factors : (row, block, LANES); row 0 holds ones
    late : (row, block, LANES) [year], whole; row 0 holds noughts
    wanted : (outcome,) place of each outcome in `out`; -1: not asked for
    out : (place, sheet, block, LANES)
    """
    n_sheets = batch.sheets.shape[0]
    n_blocks = prices.shape[0]
    most_sums, most_owns, most_contracts, most_windows, most_years = _sizes(batch)
    sums = np.zeros((most_sums, LANES))
    supported = np.zeros((FLOW_ROWS, LANES))
    windows = np.zeros((most_windows, LANES))
    state = np.zeros(most_windows, dtype=np.int64)
    scratch = np.zeros((6, LANES))
    rights = np.zeros((most_owns, LANES))
    still_open = np.zeros((2, most_owns, most_years, LANES))
    bank = np.zeros((3 * most_contracts, LANES))
    found = np.zeros((len(OUTCOMES), LANES))
    flows = np.zeros((most_years, LANES))
    order = np.zeros(WINDOW_OF_SET_OFF, dtype=np.int64)
    for block in range(n_blocks):
        for sheet in range(n_sheets):
            _sheet_in_block(
                batch,
                sheet,
                block,
                prices[block],
                factors,
                late,
                wanted,
                sums,
                supported,
                windows,
                state,
                scratch,
                rights,
                still_open,
                bank,
                found,
                flows,
                order,
            )
            for outcome in range(len(OUTCOMES)):
                place = wanted[outcome]
                if place >= 0:
                    lanes.copy_lane(out[place, sheet, block], found[outcome])


@njit(nogil=True, cache=True)
def _sizes(batch: Batch) -> tuple[int, int, int, int, int]:
    """The most sums, own installations, contracts, windows and years of a sheet; at least one."""
    sums, owns, contracts, windows, years = FIRST_OWN, 1, 1, 1, 1
    for sheet in range(batch.sheets.shape[0]):
        sums = max(sums, batch.sheets[sheet, N_SUMS])
        owns = max(owns, batch.sheets[sheet, OWNS + 1] - batch.sheets[sheet, OWNS])
        contracts = max(
            contracts, batch.sheets[sheet, CONTRACTS + 1] - batch.sheets[sheet, CONTRACTS]
        )
        windows = max(windows, batch.sheets[sheet, WINDOWS + 1] - batch.sheets[sheet, WINDOWS])
        years = max(years, batch.sheets[sheet, N_YEARS])
    return sums, owns, contracts, windows, years


@njit(nogil=True, cache=True, fastmath=FAST)
def _sheet_in_block(
    batch: Batch,
    sheet: int,
    block: int,
    prices: Floats,
    factors: Floats,
    late: Floats,
    wanted: Ints,
    sums: Floats,
    supported: Floats,
    windows: Floats,
    state: Ints,
    scratch: Floats,
    rights: Floats,
    still_open: Floats,
    bank: Floats,
    found: Floats,
    flows: Floats,
    order: Ints,
) -> None:
    """All years of one sheet in one block of draws."""
    first, n_years = batch.sheets[sheet, FIRST], batch.sheets[sheet, N_YEARS]
    planned, target = batch.sheets[sheet, PLANNED], batch.sheets[sheet, TARGET]
    n_owns = batch.sheets[sheet, OWNS + 1] - batch.sheets[sheet, OWNS]
    n_contracts = batch.sheets[sheet, CONTRACTS + 1] - batch.sheets[sheet, CONTRACTS]
    has_support = batch.sheets[sheet, SUPPORTED] == 1
    wants_path = wanted[_PAYBACK] >= 0 or wanted[_IRR] >= 0 or wanted[_IRR_ROOTS] >= 0
    wants_tonnes = n_owns > 0 and (
        wanted[_ADDITIONAL_DISCOUNTED] >= 0
        or wanted[_ADDITIONAL_2030] >= 0
        or wanted[_FROZEN_2030] >= 0
        or wanted[_REQUIRED_2030] >= 0
    )
    for row in range(batch.sheets[sheet, N_SUMS]):
        lanes.fill(sums[row], 0.0)
    for row in range(len(OUTCOMES)):
        lanes.fill(found[row], 0.0)
    for row in range(FLOW_ROWS):
        lanes.fill(supported[row], 0.0)
    for row in range(3 * n_contracts):
        lanes.fill(bank[row], 0.0)
    live, longest = scratch[0], scratch[1]
    lanes.fill(longest, 0.0)
    for row in range(batch.sheets[sheet, LATES], batch.sheets[sheet, LATES + 1]):
        for i in range(LANES):
            longest[i] = max(longest[i], late[row, block, i])

    for year in range(n_years):
        price = prices[first + year]
        discount = batch.discount[sheet, year]
        beside = _sum_up(
            batch, sheet, block, year, price, factors, late, sums, windows, state, scratch[2]
        )
        ends = year >= planned
        if ends:
            lanes.inside(live, longest, -1e9, float(planned - year))
            for row in range(batch.sheets[sheet, N_SUMS]):
                if row < BESIDE + 1 or row >= FLOW_ROWS:
                    lanes.times_lane(sums[row], live)
            for i in range(LANES):
                sums[BESIDE, i] += beside * live[i]
            beside = 0.0

        if n_owns > 0:
            for side in range(2):
                _levy(
                    batch,
                    sheet,
                    block,
                    year,
                    side,
                    prices,
                    factors,
                    sums,
                    rights,
                    still_open[side],
                    scratch,
                    order,
                )
        for n in range(batch.sheets[sheet, CONNECTIONS], batch.sheets[sheet, CONNECTIONS + 1]):
            at = batch.connections[n] + CONNECTION_WIDTH * year
            table = batch.connection_rates[at : at + CONNECTION_WIDTH]
            row = FIRST_OWN + 3 * n_owns + 2 * (n - batch.sheets[sheet, CONNECTIONS])
            lanes.add_bracketed(sums[PROFIT], 1.0, sums[row], table)
            lanes.add_bracketed(sums[PROFIT], -1.0, sums[row + 1], table)
        if wanted[_CARBON_VALUE] >= 0:
            _add_carbon(found[_CARBON_VALUE], sums, discount)
        _carbon_into_profit(sums)

        if has_support:
            for n in range(n_contracts):
                row = FIRST_OWN + 3 * n_owns + 2 * n
                row += 2 * (batch.sheets[sheet, CONNECTIONS + 1] - batch.sheets[sheet, CONNECTIONS])
                _contract(
                    batch,
                    batch.sheets[sheet, CONTRACTS] + n,
                    year,
                    price,
                    sums,
                    row,
                    bank,
                    3 * n,
                    live,
                    ends,
                )
            _with_support(supported, sums)
            _after_tax(batch, sheet, year, supported, beside, discount)
            _add_support(found[_SUPPORT], found[_SUPPORT_DISCOUNTED], sums, discount)
        _after_tax(batch, sheet, year, sums, beside, discount)
        if wants_path:
            lanes.copy_lane(flows[year], supported[CASH] if has_support else sums[CASH])
            lanes.run_on(scratch[4], found[_PAYBACK], flows[year], discount, float(year))

        if wanted[_GROSS_DISCOUNTED] >= 0:
            lanes.add_scaled(found[_GROSS_DISCOUNTED], discount, sums[GROSS])
        if wants_tonnes:
            _tonnes(batch, sheet, year, sums, found, scratch[3], discount, year == target)
        if year == target:
            lanes.copy_lane(found[_GROSS_2030], sums[GROSS])
            lanes.copy_lane(found[_REMOVAL_2030], sums[REMOVAL])
        if wanted[_LEVY_TOTAL] >= 0:
            lanes.add_lane(found[_LEVY_TOTAL], sums[LEVY_WITH])
            lanes.add_lane(found[_LEVY_TOTAL_WITHOUT], sums[LEVY_WITHOUT])
            if year <= target:
                lanes.add_lane(found[_LEVY_TO_2030], sums[LEVY_WITH])
                lanes.add_lane(found[_LEVY_TO_2030_WITHOUT], sums[LEVY_WITHOUT])

    lanes.copy_lane(found[_NPV_WITHOUT], sums[VALUE])
    lanes.copy_lane(found[_NPV], supported[VALUE] if has_support else sums[VALUE])
    if wants_path:
        for i in range(LANES):
            if scratch[4, i] < 0.0:
                found[_PAYBACK, i] = np.inf
        lanes.fill(scratch[4], 0.0)
    if wanted[_IRR] >= 0 or wanted[_IRR_ROOTS] >= 0:
        internal_rates.fill_rates(flows[:n_years], found[_IRR], found[_IRR_ROOTS])


@njit(nogil=True, cache=True, fastmath=FAST)
def _sum_up(
    batch: Batch,
    sheet: int,
    block: int,
    year: int,
    price: Floats,
    factors: Floats,
    late: Floats,
    sums: Floats,
    windows: Floats,
    state: Ints,
    product: Floats,
) -> float:
    """Fill the sums of a year. What is beside the profit in all draws alike comes back."""
    beside = 0.0
    first_window = batch.sheets[sheet, WINDOWS]
    for n in range(first_window, batch.sheets[sheet, WINDOWS + 1]):
        # Only at its edges a window differs from draw to draw.
        start, end = batch.windows[n, WINDOW_START], batch.windows[n, WINDOW_END]
        longest = batch.windows[n, LONGEST]
        at = n - first_window
        if year < start or year >= end + longest:
            state[at] = 0
        elif start + longest <= year < end:
            state[at] = 1
        else:
            state[at] = 2
            lanes.inside(
                windows[at],
                late[batch.windows[n, LATE], block],
                float(start - year),
                float(end - year),
            )
    before = -1  # the sum that the last group added to: groups of a sum follow one another
    for n in range(batch.sheets[sheet, GROUPS], batch.sheets[sheet, GROUPS + 1]):
        to = batch.groups[n, SUM]
        is_first = to != before
        before = to
        window = batch.groups[n, WINDOW]
        is_open = window < 0 or state[window] > 0
        if not is_open or year < batch.groups[n, FROM] or year >= batch.groups[n, UNTIL]:
            if is_first:
                lanes.fill(sums[to], 0.0)
            continue
        width = batch.groups[n, WIDTH]
        at = batch.groups[n, START] + (year - batch.groups[n, FROM]) * width
        same = batch.amounts[at]
        factor = batch.groups[n, FACTOR]
        masked = window >= 0 and state[window] == 2
        if factor == 0 and not masked:
            if to == BESIDE and width == 1:
                beside += same
                if is_first:
                    lanes.fill(sums[to], 0.0)
                continue
            lanes.set_products(
                sums[to],
                0.0 if is_first else 1.0,
                same,
                batch.amounts[at + 1 : at + width],
                price,
                batch.groups[n, COLUMN],
            )
            continue
        if is_first:
            lanes.fill(sums[to], 0.0)
        if width == 1:
            if masked and factor > 0:
                lanes.add_scaled_product(sums[to], same, factors[factor, block], windows[window])
            elif masked:
                lanes.add_scaled(sums[to], same, windows[window])
            else:
                lanes.add_scaled(sums[to], same, factors[factor, block])
            continue
        lanes.set_products(
            product, 0.0, same, batch.amounts[at + 1 : at + width], price, batch.groups[n, COLUMN]
        )
        if masked:
            lanes.times_lane(product, windows[window])
        lanes.add_product(sums[to], product, factors[factor, block])
    for n in range(batch.sheets[sheet, TABLES], batch.sheets[sheet, TABLES + 1]):
        if batch.tables[n, T_FROM] <= year < batch.tables[n, T_UNTIL]:
            lanes.add_table(
                sums[batch.tables[n, T_SUM]],
                batch.table_amounts,
                batch.tables[n, T_START] + year - batch.tables[n, T_FROM],
                batch.tables[n, T_UNTIL] - batch.tables[n, T_FROM],
                late[batch.tables[n, T_LATE], block],
                price[batch.tables[n, T_COLUMN]],
                factors[batch.tables[n, T_FACTOR], block],
            )
    return beside


@njit(nogil=True, cache=True, fastmath=FAST)
def _levy(
    batch: Batch,
    sheet: int,
    block: int,
    year: int,
    side: int,
    prices: Floats,
    factors: Floats,
    sums: Floats,
    rights: Floats,
    still_open: Floats,
    scratch: Floats,
    order: Ints,
) -> None:
    """The levy of the own installations without (side 0) or with (1) the projects."""
    start, end = batch.sheets[sheet, OWNS], batch.sheets[sheet, OWNS + 1]
    first = batch.sheets[sheet, FIRST]
    due = sums[LEVY_WITH if side else LEVY_WITHOUT]
    lanes.fill(due, 0.0)
    n_owns = end - start
    if batch.flags[sheet, year, GONE]:
        for own in range(n_owns):
            lanes.fill(still_open[own, year], 0.0)
        return
    base = sums[FIRST_OWN + side * n_owns : FIRST_OWN + (side + 1) * n_owns]
    for own in range(n_owns):
        lanes.copy_lane(rights[own], sums[FIRST_OWN + 2 * n_owns + own])
    if n_owns > 1:
        market = batch.owns[start:end, AVI]
        if batch.flags[sheet, year, APART]:
            lanes.shared_within_operator(base, rights, market, 0)
            lanes.shared_within_operator(base, rights, market, 1)
        else:
            lanes.shared_within_operator(base, rights, market, -1)
    earliest = max(0, year - WINDOW_OF_SET_OFF, batch.sheets[sheet, FIRST_PERIOD])
    latest = min(year - 1, batch.flags[sheet, year, LAST_PERIOD])
    for own in range(n_owns):
        column = batch.owns[start + own, TARIFF]
        surplus = scratch[5]
        most = lanes.levied(
            due,
            still_open[own, year],
            surplus,
            base[own],
            rights[own],
            prices[first + year, column],
            prices[first + year, batch.sheets[sheet, MINIMUM]],
        )
        if most > 0.0 and latest >= earliest:
            if batch.flags[sheet, year, HIGHEST_FIRST]:
                lanes.set_off_highest(
                    due,
                    surplus,
                    still_open[own],
                    prices,
                    first,
                    column,
                    earliest,
                    latest,
                    order,
                )
            else:
                for period in range(earliest, latest + 1):
                    lanes.set_off_oldest(
                        due, surplus, still_open[own, period], prices[first + period, column]
                    )
        for n in range(batch.sheets[sheet, SALES], batch.sheets[sheet, SALES + 1]):
            if batch.sales[n, S_OWN] == own and most > 0.0:
                at = batch.sales[n, S_START] + 2 * year
                lanes.add_sale(
                    sums[ETS],
                    surplus,
                    batch.sale_amounts[at],
                    factors[batch.sales[n, S_FACTOR], block],
                    batch.sale_amounts[at + 1] * (1.0 if side else -1.0),
                )


@njit(nogil=True, cache=True, fastmath=FAST)
def _add_carbon(to: Floats, sums: Floats, discount: float) -> None:
    for i in range(LANES):
        to[i] += (sums[ETS, i] + (sums[LEVY_WITHOUT, i] - sums[LEVY_WITH, i])) * discount


@njit(nogil=True, cache=True, fastmath=FAST)
def _carbon_into_profit(sums: Floats) -> None:
    for i in range(LANES):
        sums[PROFIT, i] += sums[ETS, i] + (sums[LEVY_WITHOUT, i] - sums[LEVY_WITH, i])


@njit(nogil=True, cache=True, fastmath=FAST)
def _with_support(supported: Floats, sums: Floats) -> None:
    """Profit and what is beside it with support: before `sums` is taxed itself."""
    for i in range(LANES):
        supported[PROFIT, i] = sums[PROFIT, i] + (sums[RELIEF, i] + sums[AID, i])
        # Depreciation that falls away is taxed and is no cash.
        supported[BESIDE, i] = sums[BESIDE, i] + (sums[GRANT, i] - sums[RELIEF, i])


@njit(nogil=True, cache=True, fastmath=FAST)
def _add_support(total: Floats, discounted: Floats, sums: Floats, discount: float) -> None:
    for i in range(LANES):
        paid = sums[GRANT, i] + sums[AID, i]
        total[i] += paid
        discounted[i] += paid * discount


@njit(nogil=True, cache=True, fastmath=FAST)
def _after_tax(
    batch: Batch, sheet: int, year: int, flow: Floats, beside: float, discount: float
) -> None:
    now = batch.tax[sheet, year]
    if batch.sheets[sheet, IN_FIRM]:
        lanes.add_after_flat_tax(flow, beside, discount, now[0])
    else:
        before = batch.tax[sheet, max(0, year - 1)]
        lanes.add_after_tax(flow, beside, discount, now, before)


@njit(nogil=True, cache=True, fastmath=FAST)
def _contract(
    batch: Batch,
    n: int,
    year: int,
    price: Floats,
    sums: Floats,
    row: int,
    bank: Floats,
    at_bank: int,
    live: Floats,
    ends: bool,
) -> None:
    """What a contract pays this year, added to the aid."""
    volume = sums[row]
    if batch.contracts[n, C_BOUNDED]:
        lanes.counted(
            volume,
            sums[row + 1],
            bank[at_bank + 1],
            bank[at_bank + 2],
            batch.contract_limits[n, CARRIED_OVER],
        )
        if ends:
            lanes.times_lane(volume, live)
    at = batch.contracts[n, C_START] + 2 * year
    strike, floor = batch.contract_prices[at], batch.contract_prices[at + 1]
    if batch.contracts[n, C_TWO_SIDED]:
        lanes.add_two_sided(
            sums[AID],
            bank[at_bank],
            volume,
            price[batch.contracts[n, C_COLUMN]],
            batch.contract_limits[n, SHARE],
            strike,
            batch.contract_limits[n, MOST],
            batch.contracts[n, C_BEYOND_PAID] == 1,
        )
    else:
        lanes.add_one_sided(
            sums[AID],
            bank[at_bank],
            volume,
            price[batch.contracts[n, C_COLUMN]],
            batch.contract_limits[n, SHARE],
            strike,
            floor,
            batch.contract_limits[n, MOST],
        )


@njit(nogil=True, cache=True, fastmath=FAST)
def _tonnes(
    batch: Batch,
    sheet: int,
    year: int,
    sums: Floats,
    found: Floats,
    yearly: Floats,
    discount: float,
    is_target: bool,
) -> None:
    """Additional and required tonnes of the firm, own installations together (METHOD §6)."""
    n_owns = batch.sheets[sheet, OWNS + 1] - batch.sheets[sheet, OWNS]
    gone = batch.flags[sheet, year, GONE]
    for i in range(LANES):
        without, with_projects, rights = 0.0, 0.0, 0.0
        for own in range(n_owns):
            without += sums[FIRST_OWN + own, i]
            with_projects += sums[FIRST_OWN + n_owns + own, i]
            rights += sums[FIRST_OWN + 2 * n_owns + own, i]
        bound = without if gone else min(without, rights)
        more = max(0.0, bound - with_projects)
        yearly[i] = more
        if is_target:
            found[_ADDITIONAL_2030, i] = more
            found[_REQUIRED_2030, i] = 0.0 if gone else max(0.0, without - rights)
            found[_FROZEN_2030, i] = max(0.0, min(without, sums[FROZEN, i]) - with_projects)
    lanes.add_scaled(found[_ADDITIONAL_DISCOUNTED], discount, yearly)
