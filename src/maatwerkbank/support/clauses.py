# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a clause in an agreement pays and takes back along a given price path.

Takes     what is paid, results or flows by year, and the terms of the clause.
Gives     a settlement: paid and taken back by year, in the shape that comes in.
Leaves    which clause an agreement should have, and tax on what is taken back. How large a share is
          returned is set per decision: it has no default here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.rules.maatwerksubsidie import contract_payment, tranches, within_paid
from maatwerkbank.support.state_aid.funding_gap import recovered

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settlement:
    """What the State paid and what came back, by year. Both positive. (..., year) [eur]"""

    paid: Floats
    taken_back: Floats

    @property
    def net(self) -> Floats:
        """What the firm keeps of each year; negative where it pays. (..., year) [eur]"""
        return self.paid - self.taken_back

    @property
    def outstanding(self) -> Floats:
        """What was paid and has not come back, at the end of each year. (..., year) [eur]"""
        return np.asarray(self.net.cumsum(axis=-1))


def result_along(
    price: ArrayLike, *, planned_price: ArrayLike, quantity: ArrayLike, planned_result: ArrayLike
) -> Floats:
    """What does the case earn if a price runs otherwise than planned?  (..., year) [eur]

    The planned result and the price difference on the quantity that earns it (tonnes not emitted
    times the carbon price, product times its price). Nothing else moves.

    >>> result_along(
    ...     [90.0, 60.0], planned_price=75.0, quantity=1_000.0, planned_result=5_000.0
    ... ).tolist()
    [20000.0, -10000.0]
    """
    gained = np.subtract(price, planned_price) * np.asarray(quantity)
    return np.asarray(np.add(planned_result, gained), dtype=np.float64)


def return_clause(
    paid: ArrayLike,
    result: ArrayLike,
    *,
    agreed_result: ArrayLike,
    share: float,
    beyond_paid: bool = False,
) -> Settlement:
    """A return clause ("terugsluis"): part of the result above an agreed one goes back.

    Each year `share` of what the result exceeds the agreed result, until all that was paid has
    come back; with `beyond_paid` without that end.

    >>> return_clause([100.0, 0.0, 0.0], [0.0, 90.0, 300.0], agreed_result=50.0, share=0.5
    ... ).taken_back.tolist()
    [0.0, 20.0, 80.0]

    Raises
    ------
    RuleError     the share is not between nought and one, or a payment is negative
    """
    grant, earned = _paid(paid), np.asarray(result, dtype=np.float64)
    due = _share(share) * np.maximum(0.0, earned - np.asarray(agreed_result))
    grant, due = np.broadcast_arrays(grant, due)
    if beyond_paid:
        return Settlement(grant, due)
    return Settlement(grant, _until_paid_back(grant, due))


def milestone_schedule(
    amount: ArrayLike,
    *,
    shares: ArrayLike,
    years: ArrayLike,
    reached: ArrayLike,
    first_year: int,
    n_years: int,
) -> Settlement:
    """A grant in tranches: each is paid in its year, and not at all if its milestone is missed.

    `years` (milestone) are calendar years, `reached` (..., milestone) is true or false.

    >>> milestone_schedule(
    ...     100.0, shares=[0.4, 0.6], years=[2026, 2029], reached=[True, False],
    ...     first_year=2026, n_years=4,
    ... ).paid.tolist()
    [40.0, 0.0, 0.0, 0.0]

    Raises
    ------
    RuleError     the shares do not add up to one, or a milestone lies outside the years
    """
    place = np.asarray(years) - first_year
    if np.any(place < 0) or np.any(place >= n_years):
        raise RuleError(
            f"milestones fall in {np.asarray(years).tolist()}, outside {first_year} to "
            f"{first_year + n_years - 1}.",
            remedy="move the milestone or give more years",
        )
    parts = tranches(amount, shares, reached)
    in_year = (place[:, np.newaxis] == np.arange(n_years)).astype(np.float64)
    paid = np.asarray(parts @ in_year)
    return Settlement(paid, np.zeros_like(paid))


def two_sided_contract(
    strike: ArrayLike, price: ArrayLike, tonnes: ArrayLike, *, beyond_paid: bool
) -> Settlement:
    """A contract for difference: the State pays below the strike price, the firm above it.

    Without `beyond_paid` pay-back ends at what was received up to then.

    >>> two_sided_contract(100.0, [90.0, 130.0], 10.0, beyond_paid=False).taken_back.tolist()
    [0.0, 100.0]
    """
    payments = contract_payment(strike, price, tonnes)
    kept = payments if beyond_paid else within_paid(payments)
    return Settlement(np.maximum(0.0, kept), np.maximum(0.0, -kept))


def claw_back(
    paid: ArrayLike,
    *,
    planned_flow: ArrayLike,
    actual_flow: ArrayLike,
    rate: float,
    share: float,
) -> Settlement:
    """Claw-back on actual flows: part of the gap that turned out not to be there goes back.

    In the last year the flows of project against counterfactual are valued again, without aid.
    `share` of what they are worth more than planned goes back, as money of that last year and
    never more than was paid. A plan that turned out worse is not topped up, and a project that
    turned out profitable gives back no more than the gap that the plan had.

    >>> claw_back(
    ...     [60.0, 0.0], planned_flow=[-100.0, 40.0], actual_flow=[-100.0, 80.0],
    ...     rate=0.0, share=0.5,
    ... ).taken_back.tolist()
    [0.0, 20.0]

    Raises
    ------
    RuleError     the share is not between nought and one, or a payment is negative

    Source        METHOD §10; the share is set per decision.
    """
    grant = _paid(paid)
    too_much = recovered(
        -net_present_value(planned_flow, rate), -net_present_value(actual_flow, rate), share=share
    )
    years = grant.shape[-1]
    due = np.minimum(too_much * (1.0 + rate) ** (years - 1), grant.sum(axis=-1))
    taken_back = np.zeros(np.broadcast_shapes(grant.shape, (*due.shape, years)))
    taken_back[..., -1] = due
    return Settlement(np.broadcast_to(grant, taken_back.shape), taken_back)


def _until_paid_back(paid: Floats, due: Floats) -> Floats:
    """What is due, as long as something that was paid is still out."""
    taken = np.zeros(due.shape)
    out = np.zeros(due.shape[:-1])
    for year in range(due.shape[-1]):
        out = out + paid[..., year]
        taken[..., year] = np.minimum(due[..., year], out)
        out = out - taken[..., year]
    return taken


def _paid(paid: ArrayLike) -> Floats:
    amounts = np.asarray(paid, dtype=np.float64)
    if np.any(amounts < 0):
        raise RuleError(
            f"a payment of {float(amounts.min()):,.0f} euro is negative.",
            remedy="give what the State pays; what comes back is the answer",
        )
    return amounts


def _share(share: float) -> float:
    if not 0.0 <= share <= 1.0:
        raise RuleError(
            f"a share of {share} to be returned is not between 0 and 1.",
            remedy="give the share of the decision as a ratio, such as 0.8",
        )
    return share
