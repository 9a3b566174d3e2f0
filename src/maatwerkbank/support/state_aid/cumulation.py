# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cumulation: how much aid may still come on a cost beside what is paid on it already.

Law       Regulation (EU) 651/2014 (GBER), article 8. How the other frameworks count money that the
          Union manages itself was not read.
Takes     costs with the caps that apply to them, and every payment on them.
Gives     per cost what counts, the cap, the room that is left, whether it was passed, what fits.
Leaves    the cash value of a tax deduction to its own rule; the caps to the frameworks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.rules.instrument import Terms

Floats = NDArray[np.float64]


class Money(StrEnum):
    """Whose money it is, as far as cumulation asks."""

    STATE_AID = "state_aid"  # grants, and tax deductions at their cash value
    DE_MINIMIS = "de_minimis"
    UNION_CENTRAL = "union_central"  # managed by the Union itself, such as the Innovation Fund


@dataclass(frozen=True)
class Payment:
    """What one scheme pays on one cost, as gross grant equivalent at the grant date. [eur]"""

    scheme: str
    on_cost: str
    amount_eur: float
    money: Money = Money.STATE_AID


@dataclass(frozen=True)
class EligibleCost:
    """A cost that can be told apart, and what may be paid on it.

    Of `intensities` the highest applies (8.3.b); of it and `limits_eur` (threshold, cap of a
    scheme, funding gap) the tightest. `union_rate` is the most favourable rate in Union law.
    """

    name: str
    amount_eur: float
    intensities: tuple[float, ...] = ()
    limits_eur: tuple[float, ...] = ()
    union_rate: float | None = None

    @property
    def cap_eur(self) -> float | None:
        """The most that may be paid on it; None where no cap is known."""
        shares = (max(self.intensities) * self.amount_eur,) if self.intensities else ()
        return min((*shares, *self.limits_eur), default=None)


@dataclass(frozen=True)
class Stack:
    """What is paid on one cost, held against its cap. [eur]"""

    cost: EligibleCost
    national_eur: float  # State aid and de minimis aid: always counts
    central_eur: float  # managed by the Union itself
    union_counts: bool | None  # whether that counts too; None where it was not read
    upper_bounds: bool = False  # amounts that could not be discounted: they show no excess

    @property
    def counted_eur(self) -> float | None:
        """What counts towards the cap; None where the place of Union money is not known."""
        if not self.central_eur:
            return self.national_eur
        if self.union_counts is None:
            return None
        return self.national_eur + (self.central_eur if self.union_counts else 0.0)

    @property
    def within_union_rate(self) -> bool | None:
        """Whether all public money stays within the rate of Union law; None where not known.

        Asked only where money of the Union stays outside the cap.
        """
        if not self.central_eur or self.union_counts:
            return True
        if self.cost.union_rate is None or self.union_counts is None:
            return None
        whole = self.national_eur + self.central_eur
        return self._holds(within=whole <= self.cost.union_rate * self.cost.amount_eur)

    @property
    def room_eur(self) -> float | None:
        """What may still be paid; None where the cap, or what counts towards it, is not known."""
        if self.cost.cap_eur is None or self.counted_eur is None:
            return None
        return float(room(self.cost.cap_eur, [self.counted_eur]))

    @property
    def exceeded(self) -> bool | None:
        """Whether more is paid than may be; None where it cannot be judged."""
        within = (self._within_cap, self.within_union_rate)
        if False in within:
            return True
        return None if None in within else False

    @property
    def _within_cap(self) -> bool | None:
        cap = self.cost.cap_eur
        if cap is None:
            return None
        if self.national_eur > cap:
            return self._holds(within=False)
        return None if self.counted_eur is None else self._holds(within=self.counted_eur <= cap)

    def _holds(self, *, within: bool) -> bool | None:
        """What amounts show: upper bounds can show that a limit holds, never that it does not."""
        return True if within else (None if self.upper_bounds else False)


def room(cap: ArrayLike, paid: ArrayLike) -> Floats:
    """How much may still be paid on a cost?  (...) [eur], never below nil

    `cap` (...) [eur] is the tightest that applies, `paid` (..., payment) [eur] all that counts.

    >>> float(room(40.0, [10.0, 5.0])), float(room(40.0, [50.0]))
    (25.0, 0.0)

    Source        GBER art. 8(1), 8(3).
    """
    return np.asarray(np.maximum(0.0, np.subtract(cap, np.asarray(paid).sum(axis=-1))))


def union_money_counts(terms: Terms, framework: str) -> bool | None:
    """Whether money that the Union manages counts towards the cap; None where it was not read."""
    found = terms.value(f"{framework}/union_money_counts")
    return None if found is None else bool(found)


def stacked(
    costs: Sequence[EligibleCost],
    payments: Iterable[Payment],
    *,
    union_counts: bool | None,
    upper_bounds: bool = False,
) -> tuple[Stack, ...]:
    """What is paid on each cost, and what room is left?  [eur]

    State aid and de minimis aid count on the cost they are paid on; on other costs they are free.
    `upper_bounds` says that aid that is paid later could not be discounted.

    >>> cost = EligibleCost("plant", 100e6, intensities=(0.40,))
    >>> stack = stacked([cost], [Payment("eia", "plant", 10.32e6)], union_counts=False)[0]
    >>> round(stack.room_eur)
    29680000

    Raises
    ------
    RuleError     a payment on a cost that is not there, or a negative payment

    Source        GBER art. 8(1)-(3), 8(5).
    """
    return tuple(
        Stack(cost, _sum(here, central=False), _sum(here, central=True), union_counts, upper_bounds)
        for cost, here in _on_each(costs, payments)
    )


def _on_each(
    costs: Sequence[EligibleCost], payments: Iterable[Payment]
) -> list[tuple[EligibleCost, list[Payment]]]:
    """Every cost with the payments on it, in order."""
    paid = tuple(payments)
    names = {cost.name for cost in costs}
    for each in paid:
        if each.on_cost not in names or each.amount_eur < 0:
            raise RuleError(
                f"{each.scheme} pays {each.amount_eur:,.0f} euro on '{each.on_cost}'; the costs "
                f"are {sorted(names)} and no payment is below nil.",
                remedy="name one of the costs and give what is paid as a positive amount",
            )
    return [(cost, [each for each in paid if each.on_cost == cost.name]) for cost in costs]


def _sum(payments: list[Payment], *, central: bool) -> float:
    """What is paid by the Union itself, or by all others. [eur]"""
    return sum(p.amount_eur for p in payments if (p.money is Money.UNION_CENTRAL) == central)


def fitted(cost: EligibleCost, wanted: Sequence[float]) -> tuple[float, ...]:
    """What of each amount, in order, still fits below the cap of a cost?  [eur]

    >>> fitted(EligibleCost("plant", 100.0, intensities=(0.4,)), [30.0, 20.0, 5.0])
    (30.0, 10.0, 0.0)

    Raises
    ------
    RuleError     no cap is known for the cost
    """
    if cost.cap_eur is None:
        raise RuleError(
            f"no cap is known for '{cost.name}'.",
            remedy="judge the frameworks first and give the intensity or the limit in euros",
        )
    left, given = cost.cap_eur, []
    for amount in wanted:
        given.append(min(max(0.0, amount), left))
        left = max(0.0, left - given[-1])
    return tuple(given)


def fitted_by_cost(
    costs: Sequence[EligibleCost], wanted: Iterable[Payment], *, union_counts: bool | None
) -> dict[str, tuple[Payment, ...] | None]:
    """What of each payment, in order, still fits below the cap of the cost it is paid on?  [eur]

    By the name of the cost. None where nothing can be said: no cap is known for the cost, or the
    Union pays on it and nobody read whether that counts. Money of the Union that does not count
    stays as it was asked.

    >>> costs = [EligibleCost("investment", 100.0, (0.4,)), EligibleCost("operation", 50.0, (1.0,))]
    >>> wanted = [Payment("veki", "investment", 30.0), Payment("sde", "operation", 45.0),
    ...     Payment("maatwerksubsidie", "investment", 20.0)]
    >>> found = fitted_by_cost(costs, wanted, union_counts=False)
    >>> {cost: [each.amount_eur for each in fits] for cost, fits in found.items()}
    {'investment': [30.0, 10.0], 'operation': [45.0]}

    Raises
    ------
    RuleError     a payment on a cost that is not there, or a negative payment

    Source        GBER art. 8(2), 8(3).
    """
    return {
        cost.name: _fitting(cost, here, union_counts=union_counts)
        for cost, here in _on_each(costs, wanted)
    }


def _fitting(
    cost: EligibleCost, wanted: list[Payment], *, union_counts: bool | None
) -> tuple[Payment, ...] | None:
    """What fits on one cost; None where it cannot be said."""
    central = any(each.money is Money.UNION_CENTRAL for each in wanted)
    if cost.cap_eur is None or (central and union_counts is None):
        return None
    takes_room = [union_counts or each.money is not Money.UNION_CENTRAL for each in wanted]
    asked = [
        each.amount_eur if takes else 0.0 for each, takes in zip(wanted, takes_room, strict=True)
    ]
    return tuple(
        replace(each, amount_eur=fits) if takes else each
        for each, fits, takes in zip(wanted, fitted(cost, asked), takes_room, strict=True)
    )
