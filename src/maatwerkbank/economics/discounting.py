# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What yearly amounts are worth at the start of one year (METHOD §1, §8).

Takes     arrays with the years as last axis, and a rate of the same kind (nominal with nominal).
Gives     present values, annuity factors, internal rates of return.
Leaves    which flows belong together to `business_case`.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import ShapeError

Floats = NDArray[np.float64]

HALF_A_CENT = 0.005  # [eur] less is owed to nobody


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
    >>> round(float(net_present_value([-100.0, 121.0], 0.10)), 9)
    10.0
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


def _grid() -> Floats:
    """Rates on which roots are told apart: a hundredth apart where people mean them."""
    below = 1.0 - np.geomspace(1.0 - LOWEST_RATE, 1.2, 32, endpoint=False)
    usual = np.arange(-20, 60) / 100.0
    above = np.geomspace(1.6, 1.0 + HIGHEST_RATE, 32) - 1.0
    return np.asarray(np.unique(np.concatenate([below, usual, above])))


RATES = _grid()


def internal_rate(cash_flow: ArrayLike) -> InternalRate:
    """The rates between -99 % and 1000 % a year at which the flow is worth nothing.

    Told apart on `RATES`: two rates within one step of it are not seen, one hundredth between -20 %
    and 60 %. A flow that changes sign once has one rate at most (Descartes), wherever it lies.

    cash_flow : (year,) [eur]
    """
    from scipy.optimize import brentq  # type: ignore[import-untyped]  # noqa: PLC0415  (slow)

    flow = np.trim_zeros(np.asarray(cash_flow, dtype=np.float64), "b")
    if flow.ndim != 1 or not np.isfinite(flow).all() or not (flow > 0).any() or flow.min() >= 0:
        return InternalRate(())
    scaled = flow / np.abs(flow).max()

    def worth(factor: float) -> float:
        return float(np.polynomial.polynomial.polyval(factor, scaled))

    factors = 1.0 / (1.0 + RATES[::-1])
    values = [(factor, value) for factor in factors if (value := worth(factor)) != 0.0]
    brackets = [(one[0], two[0]) for one, two in pairwise(values) if one[1] * two[1] < 0]
    roots = [brentq(worth, *each, xtol=1e-15, rtol=1e-14) for each in brackets]
    return InternalRate(tuple(sorted(round(1.0 / root - 1.0, 10) for root in roots)))


def discounted_payback(cash_flow: ArrayLike, rate: float) -> int | None:
    """Years until the discounted flows have paid themselves back, and stay so; None if never.

    To the cent: flows that pay back exactly must not wait a year for the last bit of a power, which
    is not the same on every processor.
    """
    flow = np.asarray(cash_flow, dtype=np.float64)
    running = np.cumsum(flow * discount_factors(len(flow), rate))
    if not np.isfinite(running).all() or running[-1] < -HALF_A_CENT:
        return None
    below = np.flatnonzero(running < -HALF_A_CENT)
    return int(below[-1]) + 1 if below.size else 0
