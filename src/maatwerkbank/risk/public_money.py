# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may public money buy too little of, and what may it pay too much?

Takes     support, value with and without support, and tonnes in every draw; what was promised.
Gives     money at risk, windfall, and what a claw-back would take back.
Leaves    how large a share goes back to the decision: there is no default.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.risk.distribution_of import error_of_mean, quantiles
from maatwerkbank.risk.summary import Chance, Told, chance_of
from maatwerkbank.support.state_aid.funding_gap import recovered

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AtRisk:
    """Support paid in draws in which the promised tonnes are not reached; nil in the others."""

    missed: Chance  # support is paid and the tonnes are not reached
    expected_eur: float  # mean over all draws, nominal
    error_eur: float | None
    p95_eur: float  # 95th percentile over all draws
    mean_if_missed_eur: float | None  # mean over the draws that miss; None: none does


@dataclass(frozen=True)
class ClawBack:
    """What comes back when the funding gap is reckoned again with what turned out (METHOD §10).

    The share of the planned gap that was not there, money of the last year and never more than was
    paid; here at the value of the valuation year, before tax on what goes back.
    """

    share: float
    planned_gap_eur: float  # of the plan: figures as stated, no delay, no chance in prices
    taken_back: Chance
    expected_eur: float  # mean over all draws
    expected_of_windfall_eur: float  # the same, over draws with a windfall and at most that


@dataclass(frozen=True)
class Windfall:
    """Draws in which the plan is worth more than nothing while support is paid.

    Its size is what support adds beyond what the plan needed: value with support, less the value
    without where that is above nil. After tax, at the valuation year.
    """

    chance: Chance
    mean_eur: float | None  # over the draws with a windfall; None: there is none
    expected_eur: float  # over all draws
    claw_back: ClawBack | None  # None: no share was named


@dataclass(frozen=True)
class PublicMoney:
    """What the State pays over the draws, and what that buys."""

    nominal: Told  # support_eur
    discounted: Told  # support_discounted_eur
    at_risk: AtRisk | None  # None: nothing was promised, or it is not known
    windfall: Windfall | None  # None: the value of the plan is not known


@dataclass(frozen=True)
class Paid:
    """What is paid and what that brings, in every draw. All (draw,) [eur]"""

    nominal: Floats
    npv: Floats  # with support
    npv_without: Floats
    last_factor: Floats  # discount factor of the last year of the draw [1]


def at_risk(support: Floats, additional_t: Floats, promised_t: float) -> AtRisk:
    """Support in draws in which the promised tonnes are not reached. support, additional_t (draw,)

    >>> found = at_risk(np.array([10.0, 10.0, 0.0, 10.0]), np.array([5.0, 1.0, 0.0, 2.0]), 3.0)
    >>> found.expected_eur, found.mean_if_missed_eur, found.missed.probability
    (5.0, 10.0, 0.5)
    """
    missed = (additional_t < promised_t) & (support > 0.0)
    amounts = np.where(missed, support, 0.0)
    tail = quantiles(amounts, [0.95])
    assert tail is not None  # noqa: S101  (support is a number in every draw)
    return AtRisk(
        chance_of(missed),
        float(amounts.mean()),
        error_of_mean(amounts),
        tail[0],
        float(amounts[missed].mean()) if missed.any() else None,
    )


def windfall(paid: Paid, planned_gap: float, share: float | None) -> Windfall:
    """What support adds beyond what the plan needed, in draws in which it is paid.

    planned_gap : what the plan without support is short of, as it was planned; never below nil

    >>> ten, twelve = np.full(3, 10.0), np.array([-2.0, 4.0, 12.0])
    >>> found = windfall(Paid(ten, twelve, twelve - 10.0, np.ones(3)), planned_gap=8.0, share=0.5)
    >>> found.mean_eur  # 4 of the second draw, all ten of the third
    7.0
    >>> found.claw_back.expected_eur  # half of 8 - 6, and half of 8 - 0: over three draws
    1.6666666666666667
    """
    over = np.maximum(0.0, paid.npv - np.maximum(0.0, paid.npv_without))
    has = (paid.npv > 0.0) & (paid.nominal > 0.0) & (over > 0.0)
    size = np.where(has, over, 0.0)
    return Windfall(
        chance_of(has),
        float(size[has].mean()) if has.any() else None,
        float(size.mean()),
        None if share is None else _claw_back(paid, planned_gap, size, share),
    )


def _claw_back(paid: Paid, planned_gap: float, size: Floats, share: float) -> ClawBack:
    """As `support.clauses.claw_back`: money of the last year, never more than was paid."""
    due = recovered(planned_gap, -paid.npv_without, share=share)
    taken = np.minimum(due, np.maximum(0.0, paid.nominal) * paid.last_factor)
    return ClawBack(
        share,
        planned_gap,
        chance_of(taken > 0.0),
        float(taken.mean()),
        float(np.minimum(taken, size).mean()),
    )
