# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What drives the uncertainty of a case, and what would have to be true for it to stand?

Takes     a plan of one case.
Gives     its factors, named and grouped; the form of shares, tornado and break-evens.
Leaves    working them out to `case_sensitivity`.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.parameters.reference_classes import Distribution
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.risk.case_plan import CasePlan
from maatwerkbank.risk.distributions import bounds
from maatwerkbank.risk.robustness import BreakEven
from maatwerkbank.risk.sensitivity import Tornado

# Names that no id in a case file can have: those hold no dot.
PRICE = "prices."
EVERY_PRICE, EVERY_POLICY, BENCHMARK = "prices.all", "policy.all", "benchmark.bounds"


@dataclass(frozen=True)
class Factor:
    """One thing that is not known.

    kind    : `figure` and `delay`: declared in the case under `id`; `tied`: several of those that
              dependence ties, taken as one; `price`: the level of the path of one carrier, 1 being
              that of the family; `prices`: all paths together; `policy`: which declared variant
              holds (of one: nought or one); `benchmark`: how far unseen benchmark values lie
              between their bounds, from 0 to 1
    members : ids of declared uncertainties, a carrier, or variants
    places  : of the figures in the case file that move
    unit    : in which values are: that of the figure as stated, `1` for ratios, `year` for delays
    """

    id: str
    kind: Literal["figure", "delay", "tied", "price", "prices", "policy", "benchmark"]
    members: tuple[str, ...]
    places: tuple[str, ...] = ()
    unit: str = "1"


@dataclass(frozen=True)
class SobolShare:
    """The share of the variance of an outcome that comes from a factor, with its interval. [1]"""

    factor: Factor
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True)
class Sobol:
    """Shares of the variance of one outcome, the largest total first."""

    outcome: str
    n_draws: int  # per page, a power of two
    confidence: float
    shares: tuple[SobolShare, ...]


@dataclass(frozen=True)
class Drivers:
    """What drives a case under one law."""

    outcome: str  # of tornado: npv_eur, or carbon_value_eur where that is not known
    factors: tuple[Factor, ...]  # those of the tornado and the break-evens
    sobol: tuple[Sobol, ...]  # of `outcome`, and of additional_2030_t where it varies
    tornado: Tornado | None  # bars by id of factor; None: nothing varies
    break_evens: tuple[BreakEven, ...]  # by id of factor; of npv_eur only

    def factor(self, identity: str) -> Factor:
        """The factor of a bar or a break-even."""
        return next(each for each in self.factors if each.id == identity)


# ── what varies ───────────────────────────────────────────────────────────────────────────────


def declared(case: Case) -> tuple[Factor, ...]:
    """Every figure and delay that the case declares not to know, those that are fixed left out."""
    units = {place_text(path): figure.unit for path, figure in figures(case)}
    found = [
        Factor(
            each.id,
            "figure",
            (each.id,),
            tuple(each.of),
            "1" if each.how == "ratio" else units[each.of[0]],
        )
        for each in case.uncertainties.figures
        if _varies(each.drawn_from)
    ]
    delays = [
        Factor(each.id, "delay", (each.id,), unit="year")
        for each in case.uncertainties.delays
        if _varies(each.drawn_from)
    ]
    return (*found, *delays)


def _varies(distribution: Distribution) -> bool:
    low, high = bounds(distribution)
    return low < high


def price_factors(plan: CasePlan) -> tuple[Factor, ...]:
    """The level of the path of each carrier that is in use and could move."""
    return tuple(
        Factor(f"{PRICE}{carrier}", "price", (carrier,))
        for carrier, could in zip(plan.carriers, plan.could, strict=True)
        if carrier in plan.in_use and could[1:].any()
    )


def drawn_prices(plan: CasePlan) -> tuple[Factor, ...]:
    """Those that chance does move."""
    moved = {name for name, moves in zip(plan.carriers, plan.moves, strict=True) if moves.any()}
    return tuple(factor for factor in price_factors(plan) if factor.members[0] in moved)


def benchmark_factors(plan: CasePlan) -> tuple[Factor, ...]:
    """Unseen benchmark values, where tonnes hang on them."""
    return (Factor(BENCHMARK, "benchmark", (BENCHMARK_BOUND,)),) if plan.uses_benchmarks else ()


def independent(plan: CasePlan, law: str) -> tuple[Factor, ...]:
    """What varies, such that no two depend on one another: tied figures, and all prices, as one."""
    found = [*_untied(plan.case)]
    if len(plan.base.holds[law, 0]) > 1:
        variants = tuple(each.variant for each in plan.case.uncertainties.policy)
        found.append(Factor(EVERY_POLICY, "policy", variants))
    if plan.moves.any():
        found.append(Factor(EVERY_PRICE, "prices", plan.carriers))
    return (*found, *benchmark_factors(plan))


def _untied(case: Case) -> list[Factor]:
    """Declared factors; those that rank correlations tie together, directly or not, as one."""
    tied = case.uncertainties.rank_correlations() != 0.0
    ids = case.uncertainties.inputs
    for n in range(len(ids)):  # whatever reaches n reaches what n reaches
        tied = tied | np.outer(tied[:, n], tied[n])
    by_id = {factor.id: factor for factor in declared(case)}
    found: list[Factor] = []
    seen: set[str] = set()
    for n, name in enumerate(ids):
        members = [by_id[ids[m]] for m in np.flatnonzero(tied[n]) if ids[m] in by_id]
        if name in seen or name not in by_id:
            continue
        seen |= {each.id for each in members}
        if len(members) == 1:
            found.append(members[0])
            continue
        places = tuple(place for each in members for place in each.places)
        names = tuple(each.id for each in members)
        found.append(Factor("+".join(names), "tied", names, places))
    return found
