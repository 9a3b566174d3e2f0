# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loops over `LANES` draws side by side: the smallest steps of the kernel.

Takes     rows of `LANES` numbers, a draw in each, and numbers that hold for all of them.
Gives     the same rows, written over. No labels, no units, no checks: those live in `kernel`.
Leaves    which step comes when to `kernel`.

Each loop touches few rows and holds few constants, so that all of them stay in registers; and
runs over a number of lanes that the compiler knows, so that every draw takes the same instructions
wherever it stands: the same bits in any block. No loop branches on a draw but where it says so.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Lane = NDArray[np.float64]  # (LANES,)
Lanes = NDArray[np.float64]  # (row, LANES)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LANES = 128
# Contraction into fused multiply-adds is allowed; NaN and infinity keep their meaning.
FAST = {"contract", "nsz"}


# ── sums of products ──────────────────────────────────────────────────────────────────────────


@njit(nogil=True, cache=True, fastmath=FAST)
def set_products(
    to: Lane, keep: float, same: float, amounts: Floats, prices: Lanes, column: int
) -> None:
    """`keep × to + same + sum_k amounts[k] × prices[column + k]`, several at a time.

    `keep` 0 starts a sum, 1 goes on with it. Behind the last column `SPARE` more can be read.
    """
    n = amounts.shape[0]
    if n == 0:
        for i in range(LANES):
            to[i] = keep * to[i] + same
        return
    k = 0
    while k < n:
        if n - k > 5:
            k += _set_eight(to, keep, same, amounts[k:], prices, column + k)
        elif n - k > 2:
            k += _set_four(to, keep, same, amounts[k:], prices, column + k)
        elif n - k == 2:
            k += _set_two(to, keep, same, amounts[k:], prices, column + k)
        else:
            k += _set_one(to, keep, same, amounts[k:], prices, column + k)
        keep, same = 1.0, 0.0


SPARE = 2


@njit(nogil=True, cache=True, fastmath=FAST)
def _set_eight(to: Lane, keep: float, same: float, a: Floats, prices: Lanes, k: int) -> int:
    n = int(min(a.shape[0], 8))
    a0, a1, a2, a3, a4, a5 = a[0], a[1], a[2], a[3], a[4], a[5]
    a6, a7 = a[6] if n > 6 else 0.0, a[7] if n > 7 else 0.0
    for i in range(LANES):
        to[i] = (
            keep * to[i]
            + (same + a0 * prices[k, i] + a1 * prices[k + 1, i])
            + (a2 * prices[k + 2, i] + a3 * prices[k + 3, i])
            + (a4 * prices[k + 4, i] + a5 * prices[k + 5, i])
            + (a6 * prices[k + 6, i] + a7 * prices[k + 7, i])
        )
    return n


@njit(nogil=True, cache=True, fastmath=FAST)
def _set_four(to: Lane, keep: float, same: float, a: Floats, prices: Lanes, k: int) -> int:
    n = int(min(a.shape[0], 4))
    a0, a1, a2, a3 = a[0], a[1], a[2], a[3] if n > 3 else 0.0
    for i in range(LANES):
        to[i] = (
            keep * to[i]
            + (same + a0 * prices[k, i] + a1 * prices[k + 1, i])
            + (a2 * prices[k + 2, i] + a3 * prices[k + 3, i])
        )
    return n


@njit(nogil=True, cache=True, fastmath=FAST)
def _set_two(to: Lane, keep: float, same: float, a: Floats, prices: Lanes, k: int) -> int:
    a0, a1 = a[0], a[1]
    for i in range(LANES):
        to[i] = keep * to[i] + (same + a0 * prices[k, i] + a1 * prices[k + 1, i])
    return 2


@njit(nogil=True, cache=True, fastmath=FAST)
def _set_one(to: Lane, keep: float, same: float, a: Floats, prices: Lanes, k: int) -> int:
    a0 = a[0]
    for i in range(LANES):
        to[i] = keep * to[i] + (same + a0 * prices[k, i])
    return 1


@njit(nogil=True, cache=True, fastmath=FAST)
def add_scaled(to: Lane, a: float, p: Lane) -> None:
    """Add `a × p`."""
    for i in range(LANES):
        to[i] += a * p[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def add_product(to: Lane, p: Lane, q: Lane) -> None:
    """Add `p × q`, draw by draw."""
    for i in range(LANES):
        to[i] += p[i] * q[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def add_lane(to: Lane, p: Lane) -> None:
    """Add draw by draw."""
    for i in range(LANES):
        to[i] += p[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def times_lane(to: Lane, p: Lane) -> None:
    """Multiply draw by draw."""
    for i in range(LANES):
        to[i] *= p[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def copy_lane(to: Lane, p: Lane) -> None:
    """The same numbers."""
    for i in range(LANES):
        to[i] = p[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def fill(to: Lane, a: float) -> None:
    """The same number in every draw."""
    for i in range(LANES):
        to[i] = a


@njit(nogil=True, cache=True, fastmath=FAST)
def add_scaled_product(to: Lane, a: float, p: Lane, q: Lane) -> None:
    """Add `a × p × q`."""
    for i in range(LANES):
        to[i] += a * p[i] * q[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def add_table(
    to: Lane, table: Floats, at: int, stride: int, late: Lane, price: Lane, times: Lane
) -> None:
    """Add what `table` holds at each draw's own delay: a row of `stride` for each year late."""
    for i in range(LANES):
        to[i] += table[at + int(late[i]) * stride] * price[i] * times[i]


@njit(nogil=True, cache=True, fastmath=FAST)
def inside(to: Lane, late: Lane, start: float, end: float) -> None:
    """1 in the draws in which a window that is so late covers the year, else 0.

    `start`, `end`: first year and the year after the last of the window without delay, counted
    from the year that is asked for.
    """
    for i in range(LANES):
        to[i] = 1.0 if start + late[i] <= 0.0 < end + late[i] else 0.0


# ── levy ──────────────────────────────────────────────────────────────────────────────────────


@njit(nogil=True, cache=True, fastmath=FAST)
def levied(
    due: Lane,
    part_a: Lane,
    surplus: Lane,
    base: Lane,
    rights: Lane,
    net_tariff: Lane,
    net_minimum: Lane,
) -> float:
    """Add the levy of an installation; fill the taxed tonnes and the surplus. The most surplus.

    Source    Wbm 71l.1-2, 71p.1: `rules.co2_heffing.grondslag` and `verschuldigde_heffing`.
    """
    most = 0.0
    for i in range(LANES):
        above = max(0.0, base[i] - rights[i])
        part_a[i] = above
        surplus[i] = max(0.0, rights[i] - base[i])
        due[i] += above * net_tariff[i] + max(0.0, base[i] - above) * net_minimum[i]
    for i in range(LANES):
        most = max(most, surplus[i])
    return most


@njit(nogil=True, cache=True, fastmath=FAST)
def set_off_oldest(due: Lane, surplus: Lane, still_open: Lane, tariff: Lane) -> None:
    """Surplus rights meet the open base of one earlier year and bring back its tariff.

    Called from the oldest year on: Wbm 71q as it read before 2026.
    """
    for i in range(LANES):
        met = min(surplus[i], still_open[i])
        due[i] -= met * tariff[i]
        still_open[i] -= met
        surplus[i] -= met


@njit(nogil=True, cache=True, fastmath=FAST)
def set_off_highest(
    due: Lane,
    surplus: Lane,
    still_open: Lanes,
    prices: Floats,
    first: int,
    column: int,
    earliest: int,
    latest: int,
    order: Ints,
) -> None:
    """Surplus rights meet the open bases of earlier years, the highest tariff first.

    `still_open` (year, LANES); the tariff of a year stands in `prices` (year, column, LANES), of
    which `first` is the first of the sheet. Of equal tariffs the oldest goes first; `order` is room
    for the years. Branches on each draw.

    Source    Wbm 71q as it reads from 2026.
    """
    n = latest - earliest + 1
    for i in range(LANES):
        left = surplus[i]
        if left <= 0.0:
            continue
        for k in range(n):
            tariff = prices[first + earliest + k, column, i]
            at = k
            while at > 0 and prices[first + earliest + order[at - 1], column, i] < tariff:
                order[at] = order[at - 1]
                at -= 1
            order[at] = k
        for rank in range(n):
            year = earliest + order[rank]
            met = min(left, still_open[year, i])
            due[i] -= met * prices[first + year, column, i]
            still_open[year, i] -= met
            left -= met
        surplus[i] = left


@njit(nogil=True, cache=True, fastmath=FAST)
def shared_within_operator(base: Lanes, rights: Lanes, market: Ints, which: int) -> None:
    """Surplus rights of some installations fill the shortage of others, in proportion.

    `base`, `rights` (installation, LANES); `market` tells to which market each belongs.

    Source    Wm 16b.26-27; `rules.co2_heffing.overdracht_binnen_onderneming`.
    """
    n = base.shape[0]
    for i in range(LANES):
        offered, wanted = 0.0, 0.0
        for k in range(n):
            if market[k] == which:
                offered += max(0.0, rights[k, i] - base[k, i])
                wanted += max(0.0, base[k, i] - rights[k, i])
        moved = min(offered, wanted)
        if moved <= 0.0:
            continue
        filled, given = moved / wanted, moved / offered
        for k in range(n):
            if market[k] == which:
                over = max(0.0, rights[k, i] - base[k, i])
                short = max(0.0, base[k, i] - rights[k, i])
                change = short * filled - over * given
                if change != 0.0:
                    rights[k, i] = base[k, i] + ((over - short) + change)


@njit(nogil=True, cache=True, fastmath=FAST)
def add_sale(income: Lane, left: Lane, wanted: float, times: Lane, price: float) -> None:
    """Surplus rights that set-off has left are sold, at most so many."""
    for i in range(LANES):
        income[i] += min(wanted * times[i], left[i]) * price


# ── energy tax, contracts ─────────────────────────────────────────────────────────────────────


@njit(nogil=True, cache=True, fastmath=FAST)
def add_bracketed(to: Lane, sign: float, used: Lane, table: Floats) -> None:
    """Energy tax of a connection: `table` is its unit, three limits and four rates (Wbm 59)."""
    unit, first, second, third = table[0], table[1], table[2], table[3]
    r0, r1, r2, r3 = table[4] * sign, table[5] * sign, table[6] * sign, table[7] * sign
    for i in range(LANES):
        q = max(used[i], 0.0) / unit
        to[i] += (
            min(q, first) * r0
            + min(max(q - first, 0.0), second - first) * r1
            + min(max(q - second, 0.0), third - second) * r2
            + max(q - third, 0.0) * r3
        )


@njit(nogil=True, cache=True, fastmath=FAST)
def counted(made: Lane, most: Lane, room: Lane, waiting: Lane, carried_over: float) -> None:
    """Turn what was made into what counts, with what earlier years left (`rules.sde`)."""
    for i in range(LANES):
        offered, allowed = made[i] + waiting[i], most[i] + room[i]
        counts = min(offered, allowed)
        room[i] = allowed - counts
        waiting[i] = min(offered - counts, carried_over)
        made[i] = counts


@njit(nogil=True, cache=True, fastmath=FAST)
def add_one_sided(
    aid: Lane,
    balance: Lane,
    volume: Lane,
    price: Lane,
    share: float,
    strike: float,
    floor: float,
    most: float,
) -> None:
    """What a one-sided contract pays, `most` in all; nothing ever comes back."""
    for i in range(LANES):
        due = max(0.0, strike - max(share * price[i], floor)) * volume[i]
        kept = max(min(due, most - balance[i]), -balance[i])
        balance[i] = max(0.0, balance[i] + kept)
        aid[i] += kept


@njit(nogil=True, cache=True, fastmath=FAST)
def add_two_sided(
    aid: Lane,
    balance: Lane,
    volume: Lane,
    price: Lane,
    share: float,
    strike: float,
    most: float,
    beyond_paid: bool,
) -> None:
    """What a two-sided contract pays or takes back; no more than was paid unless `beyond_paid`."""
    for i in range(LANES):
        due = (strike - share * price[i]) * volume[i]
        kept = min(due, most - balance[i])
        if not beyond_paid:
            kept = max(kept, -balance[i])
        balance[i] += kept
        if not beyond_paid:
            balance[i] = max(0.0, balance[i])
        aid[i] += kept


# ── profit tax ────────────────────────────────────────────────────────────────────────────────

# Rows of the lanes of one cash flow. They lie in one array at places that the compiler knows.
PROFIT, BESIDE, CASH, VALUE = 0, 1, 2, 3
_STOCK, _ROOM, _TAXED, _LOW = 4, 5, 6, 7  # losses, room that last year left, what it was taxed on
FLOW_ROWS = 8


@njit(nogil=True, cache=True, fastmath=FAST)
def add_after_tax(flow: Lanes, beside: float, discount: float, now: Floats, before: Floats) -> None:
    """Add the discounted cash flow of a year: profit and what is beside it, minus profit tax.

    `beside` is the part of it that is the same in every draw; `now` and `before` hold high rate,
    low rate, bracket, threshold and fraction of this year and the last.

    Source    Vpb art. 20 and 22: `rules.vennootschapsbelasting.verschuldigde_belasting`.
    """
    high, less, bracket = now[0], now[0] - now[1], now[2]
    threshold, fraction, rest = now[3], now[4], 1.0 - now[4]
    high_before, less_before, bracket_before = before[0], before[0] - before[1], before[2]
    for i in range(LANES):
        made = flow[PROFIT, i]
        gain = max(made, 0.0)
        loss = gain - made
        room = fraction * gain + rest * min(gain, threshold)
        back = min(loss, flow[_ROOM, i])
        forward = min(flow[_STOCK, i], room)
        flow[_STOCK, i] = (flow[_STOCK, i] - forward) + (loss - back)
        flow[_ROOM, i] = room - forward
        taxed = gain - forward
        low = min(taxed, bracket)
        refund = (
            back * high_before
            - (flow[_LOW, i] - min(flow[_TAXED, i] - back, bracket_before)) * less_before
        )
        flow[_TAXED, i] = taxed
        flow[_LOW, i] = low
        cash = (made + (flow[BESIDE, i] + beside)) - (taxed * high - low * less) + refund
        flow[CASH, i] = cash
        flow[VALUE, i] += cash * discount


@njit(nogil=True, cache=True, fastmath=FAST)
def add_after_flat_tax(flow: Lanes, beside: float, discount: float, rate: float) -> None:
    """The same for a firm with profit elsewhere: a loss counts at once, at the high rate."""
    for i in range(LANES):
        made = flow[PROFIT, i]
        cash = (made + (flow[BESIDE, i] + beside)) - made * rate
        flow[CASH, i] = cash
        flow[VALUE, i] += cash * discount


# ── tonnes, payback ───────────────────────────────────────────────────────────────────────────


@njit(nogil=True, cache=True, fastmath=FAST)
def run_on(running: Lane, paid_back: Lane, cash: Lane, discount: float, year: float) -> None:
    """Follow the discounted sum; `paid_back` is the year after the last in which it is below nil.

    Source    METHOD §8; `economics.discounting.discounted_payback`.
    """
    for i in range(LANES):
        running[i] += cash[i] * discount
        paid_back[i] = year + 1.0 if running[i] < 0.0 else paid_back[i]
