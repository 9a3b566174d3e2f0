# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The levy of a year: without and with the projects, with transfers, set-off and sales."""

from maatwerkbank.risk.kernel.batch import (
    APART,
    AVI,
    CARBON_VALUE,
    CHANGED,
    ETS,
    FIRST,
    FIRST_OWN,
    FIRST_PERIOD,
    GONE,
    HIGHEST_FIRST,
    LANES,
    LAST_PERIOD,
    LEVY_WITH,
    LEVY_WITHOUT,
    MINIMUM,
    OWNS,
    PROFIT,
    S_FACTOR,
    S_OWN,
    S_START,
    SALES,
    SETS_OFF,
    SPLITS_CARBON,
    TARIFF,
    WINDOW_OF_SET_OFF,
)
from maatwerkbank.risk.kernel.rows import empty, fill
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Ints,
    Lanes,
    any_below,
    every,
    greater,
    inlined,
    lesser,
    load,
    store,
)


@inlined
def charge_levy(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    flags: Ints,
    owns: Ints,
    prices: Floats,
    sums: Lanes,
    held: Ints,
    rights: Lanes,
    still_open: Floats,
    is_open: Ints,
    order: Ints,
    nought: float,
) -> None:
    """The levy of the own installations, without (side 0) and with (1) the projects.

    It is a sum of its own, or goes straight into profit. The surplus that set-off leaves of each
    installation stays in `rights`.

    Source    Wbm 71l-71q: `rules.co2_heffing.heffing_van_onderneming`.
    """
    start = sheets[sheet, OWNS]
    n_owns = sheets[sheet, OWNS + 1] - start
    first, minimum = sheets[sheet, FIRST], sheets[sheet, MINIMUM]
    splits = sheets[sheet, SPLITS_CARBON] == 1
    if flags[sheet, year, GONE]:
        empty(sums, held, LEVY_WITHOUT)
        empty(sums, held, LEVY_WITH)
        for row in range(2 * n_owns):
            fill(rights, row, 0.0)
            is_open[row, year] = 0
        return
    held[PROFIT] = held[LEVY_WITHOUT] = held[LEVY_WITH] = CHANGED
    if n_owns > 1:
        apart = flags[sheet, year, APART] == 1
        for side in range(2):
            _share_within_operator(sums, side, rights, n_owns, owns, start, apart)
    sets_off = sheets[sheet, SETS_OFF] == 1
    keeps = sets_off or sheets[sheet, SALES] < sheets[sheet, SALES + 1]
    for own in range(n_owns):
        column = owns[start + own, TARIFF]
        _add_levy(
            sums,
            splits,
            own,
            n_owns,
            rights,
            prices,
            block,
            first + year,
            column,
            minimum,
            nought,
        )
        if not keeps:
            continue
        earliest = max(0, year - WINDOW_OF_SET_OFF, sheets[sheet, FIRST_PERIOD])
        latest = min(year - 1, flags[sheet, year, LAST_PERIOD])
        for side in range(2):
            row = side * n_owns + own
            due = LEVY_WITHOUT + side if splits else PROFIT
            sign = -1.0 if side == 1 and not splits else 1.0
            has_any = _leave_rights(
                sums, row, n_owns, rights, still_open, is_open, year, sets_off, nought
            )
            if not sets_off or not has_any:
                continue
            if flags[sheet, year, HIGHEST_FIRST]:
                for period in range(earliest, latest + 1):
                    if is_open[row, period] == 0:  # nothing of it was ever written
                        for i in range(0, LANES, WIDE):
                            store(still_open, (row, period, i), 0.0)
                _set_off_highest(
                    sums,
                    due,
                    sign,
                    rights,
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
                    left = _set_off_oldest(
                        sums,
                        due,
                        sign,
                        rights,
                        still_open,
                        row,
                        period,
                        prices,
                        block,
                        first + period,
                        column,
                    )
                    is_open[row, period] = 1 if left else 0


@inlined
def sell_surplus(
    sheets: Ints,
    sheet: int,
    block: int,
    year: int,
    sales: Ints,
    sale_amounts: Floats,
    factors: Floats,
    sums: Lanes,
    held: Ints,
    rights: Lanes,
) -> None:
    """Surplus rights that set-off has left are sold, at most so many."""
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    to = ETS if sheets[sheet, SPLITS_CARBON] == 1 else PROFIT
    for n in range(sheets[sheet, SALES], sheets[sheet, SALES + 1]):
        at = sales[n, S_START] + 2 * year
        volume, price = sale_amounts[at], sale_amounts[at + 1]
        own, factor = sales[n, S_OWN], sales[n, S_FACTOR]
        held[to] = CHANGED
        for i in range(0, LANES, WIDE):
            offered = load(factors, (factor, block, i)) * volume
            without = lesser(offered, load(rights, (own, i)))
            with_projects = lesser(offered, load(rights, (n_owns + own, i)))
            store(sums, (to, i), load(sums, (to, i)) + (with_projects - without) * price)


@inlined
def _add_levy(
    sums: Lanes,
    splits: bool,
    own: int,
    n_owns: int,
    rights: Lanes,
    prices: Floats,
    block: int,
    place: int,
    tariff: int,
    minimum: int,
    nought: float,
) -> None:
    """Add the levy of an installation, without and with the projects.

    Source    Wbm 71l.1-2, 71p.1: `rules.co2_heffing.grondslag` and `verschuldigde_heffing`.
    """
    other = n_owns + own
    for i in range(0, LANES, WIDE):
        without = load(sums, (FIRST_OWN + own, i))
        with_projects = load(sums, (FIRST_OWN + other, i))
        if n_owns == 1:
            above_without = greater(without - load(sums, (FIRST_OWN + 2, i)), nought)
            above_with = greater(with_projects - load(sums, (FIRST_OWN + 2, i)), nought)
        else:
            above_without = greater(without - load(rights, (own, i)), nought)
            above_with = greater(with_projects - load(rights, (other, i)), nought)
        below_without = greater(without - above_without, nought)
        below_with = greater(with_projects - above_with, nought)
        at_tariff = load(prices, (block, place, tariff, i))
        at_minimum = load(prices, (block, place, minimum, i))
        due_without = above_without * at_tariff + below_without * at_minimum
        due_with = above_with * at_tariff + below_with * at_minimum
        if not splits:
            spared = due_without - due_with
            store(sums, (PROFIT, i), load(sums, (PROFIT, i)) + spared)
        elif own == 0:
            store(sums, (LEVY_WITHOUT, i), due_without)
            store(sums, (LEVY_WITH, i), due_with)
        else:
            store(sums, (LEVY_WITHOUT, i), load(sums, (LEVY_WITHOUT, i)) + due_without)
            store(sums, (LEVY_WITH, i), load(sums, (LEVY_WITH, i)) + due_with)


@inlined
def _leave_rights(
    sums: Lanes,
    row: int,
    n_owns: int,
    rights: Lanes,
    still_open: Floats,
    is_open: Ints,
    year: int,
    sets_off: bool,
    nought: float,
) -> bool:
    """Leave what rights an installation has over, and whether it has any.

    What is taxed above its rights stays open, if it `sets_off`.
    """
    most, most_above = every(0.0), every(0.0)
    for i in range(0, LANES, WIDE):
        right = load(sums, (FIRST_OWN + 2, i)) if n_owns == 1 else load(rights, (row, i))
        left = right - load(sums, (FIRST_OWN + row, i))
        over = greater(left, nought)
        store(rights, (row, i), over)
        most = greater(most, over)
        if sets_off:
            above = greater(0.0 - left, nought)
            store(still_open, (row, year, i), above)
            most_above = greater(most_above, above)
    is_open[row, year] = 1 if any_below(0.0, most_above) else 0
    return any_below(0.0, most)


@inlined
def _set_off_oldest(
    sums: Lanes,
    due: int,
    sign: float,
    surplus: Lanes,
    still_open: Floats,
    row: int,
    period: int,
    prices: Floats,
    block: int,
    place: int,
    tariff: int,
) -> bool:
    """Surplus rights meet the open base of one earlier year and bring back its tariff.

    Called from the oldest year on: Wbm 71q as it read before 2026. Whether in any draw some of it
    stays open.
    """
    most_left = every(0.0)
    for i in range(0, LANES, WIDE):
        has, unmet = load(surplus, (row, i)), load(still_open, (row, period, i))
        met = lesser(has, unmet)
        back = met * load(prices, (block, place, tariff, i))
        store(sums, (due, i), load(sums, (due, i)) - back * sign)
        store(still_open, (row, period, i), unmet - met)
        store(surplus, (row, i), has - met)
        most_left = greater(most_left, unmet - met)
    return any_below(0.0, most_left)


@inlined
def _set_off_highest(
    sums: Lanes,
    due: int,
    sign: float,
    surplus: Lanes,
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
        left = surplus[row, i]
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
            sums[due, i] -= met * prices[block, first + year, tariff, i] * sign
            still_open[row, year, i] -= met
            left -= met
        surplus[row, i] = left


@inlined
def _share_within_operator(
    sums: Lanes, side: int, rights: Lanes, n_owns: int, owns: Ints, start: int, apart: bool
) -> None:
    """Surplus rights of some installations fill the shortage of others, in proportion.

    Incinerators may be a market `apart`.

    Source    Wm 16b.26-27; `rules.co2_heffing.overdracht_binnen_onderneming`.
    """
    base, first = FIRST_OWN + side * n_owns, side * n_owns
    for own in range(n_owns):
        for i in range(0, LANES, WIDE):
            store(rights, (first + own, i), load(sums, (FIRST_OWN + 2 * n_owns + own, i)))
    for market in range(2 if apart else 1):
        for i in range(LANES):
            offered, wanted = 0.0, 0.0
            for own in range(n_owns):
                if not apart or owns[start + own, AVI] == market:
                    over = rights[first + own, i] - sums[base + own, i]
                    offered += max(0.0, over)
                    wanted += max(0.0, -over)
            moved = min(offered, wanted)
            if moved <= 0.0:
                continue
            filled, given = moved / wanted, moved / offered
            for own in range(n_owns):
                if not apart or owns[start + own, AVI] == market:
                    emitted = sums[base + own, i]
                    left = rights[first + own, i] - emitted
                    over, short = max(0.0, left), max(0.0, -left)
                    change = short * filled - over * given
                    if change != 0.0:
                        rights[first + own, i] = emitted + ((over - short) + change)


@inlined
def carbon_into_profit(
    sums: Lanes, held: Ints, found: Lanes, discount: float, counts: bool
) -> None:
    """Allowances and levy into profit, where they are sums of their own; `counts` adds them up."""
    held[PROFIT] = CHANGED
    for i in range(0, LANES, WIDE):
        spared = load(sums, (LEVY_WITHOUT, i)) - load(sums, (LEVY_WITH, i))
        carbon = load(sums, (ETS, i)) + spared
        store(sums, (PROFIT, i), load(sums, (PROFIT, i)) + carbon)
        if counts:
            store(found, (CARBON_VALUE, i), load(found, (CARBON_VALUE, i)) + carbon * discount)
