# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the kernel reads and fills: its arrays, and what stands where in them."""

from typing import NamedTuple

from maatwerkbank.risk.kernel.vectors import Floats, Ints

LANES = 512  # draws of a block
SPARE = 1  # column of ones behind the last price: the price of what has none

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
    NPV,
    NPV_WITHOUT,
    CARBON_VALUE,
    GROSS_2030,
    REQUIRED_2030,
    ADDITIONAL_2030,
    FROZEN_2030,
    REMOVAL_2030,
    GROSS_DISCOUNTED,
    ADDITIONAL_DISCOUNTED,
    LEVY_TOTAL,
    LEVY_TOTAL_WITHOUT,
    LEVY_TO_2030,
    LEVY_TO_2030_WITHOUT,
    SUPPORT,
    SUPPORT_DISCOUNTED,
    PAYBACK,
    IRR,
    IRR_ROOTS,
) = range(len(OUTCOMES))

# What groups add to; the sums of installations (without, with, rights), connections (without,
# with) and contracts (volume, most) follow after `FIRST_OWN`.
(
    PROFIT,
    BESIDE,  # cash that is no profit
    ETS,
    LEVY_WITHOUT,
    LEVY_WITH,
    GRANT,
    AID,
    RELIEF,
    GROSS,
    REMOVAL,
    FROZEN,
    FIRST_OWN,
) = range(12)
# The books of a cash flow, without support and with it.
WAITING, TAXED, VALUE, SO_FAR = range(4)  # losses; what last year was taxed on; worth
BOOK_ROWS = 4
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
    SPLITS_CARBON,  # 1: allowances and levy are sums of their own
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
LATEST, LIVE = range(2)  # rows of scratch
SCRATCH_ROWS = 2
# What a sum holds: noughts (aid: anything, nobody reads it then), what its groups add up to, or
# something else by now.
EMPTY, SUMMED, CHANGED = range(3)
# Where a year lies in a window: outside; inside in some draws; inside in all, or in the year before
# as well.
CLOSED, AT_AN_EDGE, OPEN, STILL_OPEN = range(4)


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
