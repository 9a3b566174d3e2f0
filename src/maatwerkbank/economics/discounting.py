# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What yearly amounts are worth at the start of one year (METHOD §1, §8).

Takes     arrays with the years as last axis, and a rate of the same kind (nominal with nominal).
Gives     present values, annuity factors, internal rates of return.
Leaves    which flows belong together to `business_case`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import ShapeError

Floats = NDArray[np.float64]


def discount_factors(n_years: int, rate: ArrayLike) -> Floats:
    """`(1 + rate) ** -t` for t = 0, 1, ...  (..., year) [1]: the first year is undiscounted."""
    return np.asarray((1.0 + np.asarray(rate, dtype=np.float64)[..., None]) ** -np.arange(n_years))


def net_present_value(cash_flow: ArrayLike, rate: ArrayLike) -> Floats:
    """What the flows are worth at the start of their first year. (...) [eur]

    Parameters
    ----------
    cash_flow : (..., year) [eur], income positive, cost negative, consecutive years
    rate : scalar or (...) [1/year]

    Examples
    --------
    >>> round(float(net_present_value([-100.0, 110.0], 0.10)), 9)
    0.0
    """
    flow = np.asarray(cash_flow, dtype=np.float64)
    if flow.ndim == 0:
        raise ShapeError(
            "a cash flow of one number has no years.", remedy="give one amount per calendar year"
        )
    return np.asarray((flow * discount_factors(flow.shape[-1], rate)).sum(axis=-1))


def capital_recovery_factor(rate: float, years: int) -> float:
    """Level yearly payment, first after one year, that repays one euro. [1/year]

    >>> round(capital_recovery_factor(0.08, 15), 5)
    0.11683
    """
    if rate == 0:
        return 1.0 / years
    return rate / -math.expm1(-years * math.log1p(rate))


def weighted_average_cost_of_capital(
    *, equity_share: float, return_on_equity: float, interest: float, tax_rate: float
) -> float:
    """After-tax cost of capital: equity and debt by their shares. [1/year]"""
    return equity_share * return_on_equity + (1 - equity_share) * interest * (1 - tax_rate)


@dataclass(frozen=True)
class InternalRate:
    """Every rate at which a cash flow is worth nothing.

    `rate` is given only where it is the only one: none or several say so, and give no number.
    """

    roots: tuple[float, ...]

    @property
    def rate(self) -> float | None:
        """The internal rate of return, if there is exactly one."""
        return self.roots[0] if len(self.roots) == 1 else None


LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0


def internal_rate(cash_flow: ArrayLike) -> InternalRate:
    """The rates between -99 % and 1000 % a year at which the flow is worth nothing.

    `sum_t flow[t] x**t = 0` with `x = 1/(1+rate)` is a polynomial: all its roots are found at
    once, and the real ones in range are kept and polished. A flow without both signs has none.

    cash_flow : (year,) [eur]
    """
    flow = np.trim_zeros(np.asarray(cash_flow, dtype=np.float64), "b")
    if flow.ndim != 1 or not np.isfinite(flow).all() or not (flow > 0).any() or flow.min() >= 0:
        return InternalRate(())
    scaled = flow / np.abs(flow).max()
    found = np.roots(scaled[::-1])
    real = found[np.abs(found.imag) < 1e-7 * np.maximum(1.0, np.abs(found))].real
    low, high = 1 / (1 + HIGHEST_RATE), 1 / (1 + LOWEST_RATE)
    inside = np.unique(real[(real >= low) & (real <= high)])
    rates = sorted({round(_polished(scaled, float(x)), 10) for x in inside})
    return InternalRate(tuple(rates))


def _polished(flow: Floats, x: float) -> float:
    """A few Newton steps on the polynomial; the rate that belongs to x."""
    powers = np.arange(len(flow))
    for _ in range(5):
        slope = float((flow[1:] * powers[1:] * x ** powers[:-1]).sum())
        if slope == 0:
            break
        x -= float((flow * x**powers).sum()) / slope
    return 1 / x - 1


def discounted_payback(cash_flow: ArrayLike, rate: float) -> int | None:
    """Years until the discounted flows have paid themselves back, and stay so; None if never."""
    flow = np.asarray(cash_flow, dtype=np.float64)
    running = np.cumsum(flow * discount_factors(len(flow), rate))
    if not np.isfinite(running).all() or running[-1] < 0:
        return None
    below = np.flatnonzero(running < 0)
    return int(below[-1]) + 1 if below.size else 0
