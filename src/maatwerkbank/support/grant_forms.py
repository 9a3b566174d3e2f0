# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tailor-made grant in other forms: what a two-sided contract of equal worth pays and returns.

Takes     a case, the law, its ladder.
Gives     the strike price at which the plan earns its required return, and what that contract pays
          and takes back on the price path of the run and on the lowest and highest of its range.
Leaves    which form an agreement should have. A fixed sum stands in the ladder itself.
"""

from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import Floats, Picks
from maatwerkbank.sources.figure import Pick
from maatwerkbank.support.clauses import Settlement, two_sided_contract
from maatwerkbank.support.ladder import Ladder, least

# The term of SDE++ for CO2 capture and of the German carbon contract (law_texts: Regeling 2024
# art. 81-84): a contract of equal length can be held beside them.
TERM_YEARS = 15
PATHS: tuple[Pick, ...] = ("low", "central", "high")


@dataclass(frozen=True)
class TwoSided:
    """A contract on the carbon price that is worth as much to the plan as the grant it needs."""

    strike_eur_per_t: float
    years: int
    along: dict[Pick, Settlement]  # path of the allowance price -> by year [eur]


def two_sided(case: Case, law: Law, ladder: Ladder) -> TwoSided | None:
    """The contract that closes what the generic schemes leave; None where nothing is to close."""
    if not ladder.grant or not case.projects:
        return None
    counted = list(ladder.counted)
    bare = ladder.without_support
    tonnes = _under_contract(case, bare)

    def aid(strike: float) -> Support:
        paid = two_sided_contract(strike, bare.eua, tonnes, beyond_paid=True).net
        return Support("two_sided", case.projects[0].id, "operating_aid", paid)

    def npv(strike: float) -> float:
        return evaluate(case, law, support=[*counted, aid(strike)]).npv

    strike = least(npv, float(bare.eua.max()), to=0.005)
    if strike is None:
        return None
    along = {
        path: two_sided_contract(
            strike,
            evaluate(case, law, Picks({"prices.eua": path}), support=[]).eua,
            tonnes,
            beyond_paid=True,
        )
        for path in PATHS
    }
    return TwoSided(strike, int(np.count_nonzero(tonnes)), along)


def _under_contract(case: Case, bare: Outcome) -> Floats:
    """Gross tonnes of the first years of operation. (year,) [t]"""
    first = min(project.first_year for project in case.projects)
    inside = (bare.years >= first) & (bare.years < first + TERM_YEARS)
    return np.where(inside, np.maximum(bare.gross, 0.0), 0.0)
