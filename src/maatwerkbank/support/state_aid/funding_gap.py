# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The funding gap: what a project is worth less than what the firm would do without aid.

Law       Regulation (EU) 651/2014 (GBER), articles 2(118) and 7(3); METHOD §10. The points of the
          CEEAG on proportionality were not read.
Takes     flows after tax and without aid by year, the firm's cost of capital, the discount rate.
Gives     the gap, aid at its value on the day of the grant, and what is to be returned afterwards.
Leaves    how flows come about to `economics`; the share that is returned to the decision.

Two rates, never one: flows of the firm at its own cost of capital, aid at the discount rate of the
day of the grant.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.rules.instrument import Terms

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FundingGap:
    """What project and alternative are worth, and the gap between them. All (...) [eur]"""

    npv_factual: Floats
    npv_counterfactual: Floats

    @property
    def gap(self) -> Floats:
        """Positive where the firm would rather take the alternative."""
        return np.asarray(self.npv_counterfactual - self.npv_factual)

    @property
    def highest_aid(self) -> Floats:
        """The gap; nothing where the project is the better choice without aid."""
        return np.maximum(0.0, self.gap)


def funding_gap(factual: ArrayLike, counterfactual: ArrayLike, *, wacc: ArrayLike) -> FundingGap:
    """How much is the project worth less than its alternative?  (...) [eur]

    `NPV(counterfactual) - NPV(factual)`, both over the lifetime of the reference project: the
    flows that come in end there, with residual values in the last year.

    >>> found = funding_gap([-100.0, 33.0], [0.0, 22.0], wacc=0.10)
    >>> round(float(found.gap), 9)
    90.0

    Parameters
    ----------
    factual, counterfactual : (..., year) [eur]  after tax, without any aid, the same years
    wacc : scalar or (...) [1/year]  nominal, of the beneficiary

    Raises
    ------
    ShapeError    the two do not cover the same years

    Source        GBER art. 2(118); METHOD §10.
    """
    with_project, without = np.asarray(factual), np.asarray(counterfactual)
    if with_project.shape[-1:] != without.shape[-1:]:
        raise ShapeError(
            f"the project has flows of {with_project.shape[-1:]} years and its alternative of "
            f"{without.shape[-1:]}.",
            remedy="give both over the lifetime of the reference project",
        )
    return FundingGap(net_present_value(with_project, wacc), net_present_value(without, wacc))


def at_grant_date(amounts: ArrayLike, years_after_grant: ArrayLike, discount_rate: float) -> Floats:
    """What is aid or cost that is paid later worth on the day of the grant?  (...) [eur]

    >>> round(float(at_grant_date([50.0, 52.0], [0, 1], 0.04)), 9)
    100.0

    Parameters
    ----------
    amounts : (..., payment) [eur]
    years_after_grant : (payment,) [year]
    discount_rate : the one that applies at the moment of granting, not the cost of capital

    Source        GBER art. 7(3).
    """
    factors = (1.0 + discount_rate) ** -np.asarray(years_after_grant, dtype=np.float64)
    return np.asarray((np.asarray(amounts, dtype=np.float64) * factors).sum(axis=-1))


def discount_rate(terms: Terms) -> float | None:
    """The discount rate of the day: base rate plus the margin; None where it is not known. [1/year]

    Source        Communication on reference and discount rates (OJ C 14, 19.1.2008, p. 6).
    """
    base, margin = terms.value("state_aid/base_rate"), terms.value("state_aid/discount_margin")
    return None if base is None or margin is None else base + margin


def gap_left(gap: ArrayLike, aid: ArrayLike) -> Floats:
    """How much of a gap is left once aid is counted?  (...) [eur], never below nil

    >>> gap_left(100.0, [30.0, 120.0]).tolist()
    [70.0, 0.0]
    """
    return np.maximum(0.0, np.subtract(gap, aid))


def recovered(gap_before: ArrayLike, gap_after: ArrayLike, *, share: float) -> Floats:
    """What is returned when the gap with actual flows proves smaller?  (...) [eur]

    `share` of the gap that was not there. A larger gap is not topped up; a project that proves
    profitable returns no more than the gap that was assumed. The share has no default: it is set
    per decision.

    >>> float(recovered(100.0, 60.0, share=0.5))
    20.0

    Raises
    ------
    RuleError     the share is not between nought and one

    Source        METHOD §10.
    """
    if not 0.0 <= share <= 1.0:
        raise RuleError(
            f"a share of {share} to be returned is not between 0 and 1.",
            remedy="give the share of the decision as a ratio, such as 0.8",
        )
    assumed, actual = np.maximum(0.0, gap_before), np.maximum(0.0, gap_after)
    return np.asarray(share * np.maximum(0.0, assumed - actual), dtype=np.float64)
