# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tailor-made grant in other forms: what a two-sided contract of equal worth pays and returns.

Takes     a case, the law, its ladder.
Gives     the strike price at which the plan earns its required return, and what that contract pays
          and takes back on the price path of the run and on the lowest and highest of its range.
Leaves    which form an agreement should have. A fixed sum stands in the ladder itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import Floats, Picks
from maatwerkbank.sources.figure import Pick
from maatwerkbank.support.clauses import (
    Settlement,
    milestone_schedule,
    return_clause,
    two_sided_contract,
)
from maatwerkbank.support.ladder import Ladder
from maatwerkbank.support.needed import contract_tonnes, least

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
    first = min(project.first_year for project in case.projects)
    tonnes = contract_tonnes(bare.gross, bare.years, first)

    def aid(strike: float) -> Support:
        paid = two_sided_contract(strike, bare.eua, tonnes, beyond_paid=True).net
        return Support("two_sided", case.projects[0].id, "operating_aid", paid)

    def npv(strike: float) -> float:
        return evaluate(case, law, support=[*counted, aid(strike)]).npv

    strike = least(npv, float(bare.eua.max()))
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


def in_tranches(ladder: Ladder, milestones: Mapping[int, float]) -> Settlement | None:
    """The needed grant paid at milestones, by year: calendar year -> share. None without a grant.

    Raises RuleError where the shares do not add up to one or a year lies outside the run.
    """
    if not ladder.grant:
        return None
    years = ladder.without_support.years
    return milestone_schedule(
        ladder.grant_eur or 0.0,
        shares=list(milestones.values()),
        years=list(milestones),
        reached=[True] * len(milestones),
        first_year=int(years[0]),
        n_years=len(years),
    )


def returned(case: Case, law: Law, ladder: Ladder, share: float) -> dict[Pick, Settlement]:
    """What a return clause on the needed grant takes back along each allowance price path.

    The result that is agreed is that of the run's own path. Of what a year brings more, `share`
    goes back until the grant is repaid. The share is set per decision and has no default.

    Raises RuleError where the share is not between nought and one.
    """
    grant = ladder.grant or ()
    paid = sum((each.by_year for each in grant), np.zeros(len(ladder.without_support.years)))
    support = [*ladder.counted, *grant]

    def result(path: Pick) -> Floats:
        outcome = evaluate(case, law, Picks({"prices.eua": path}), support=support)
        return outcome.cash_flow - outcome.item("capex").difference - paid

    agreed = result("central")
    return {
        path: return_clause(paid, result(path), agreed_result=agreed, share=share) for path in PATHS
    }
