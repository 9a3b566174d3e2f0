# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case under what we do not know: everything that its draws tell, under one law or several.

Takes     a checked case file, laws by name, draws; what was promised, and the share of a claw-back.
Gives     a `CaseRisk`: distributions, chances, public money, guarantees, drivers, items, fans,
          regret, and where the case fails; the yearly tables of any draw on demand.
Leaves    sentences and pictures to `letter`. The JSON is in `risk_json`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.receipt import Receipt
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import Taken, family, how_taken
from maatwerkbank.parameters.price_processes import process
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.risk.case_draws import CaseDraws, case_draws
from maatwerkbank.risk.case_plan import Asked, CasePlan, case_plan
from maatwerkbank.risk.distribution_of import quantiles
from maatwerkbank.risk.drawn_inputs import benchmark_shares, drawn_inputs, policy_quantiles
from maatwerkbank.risk.law_risk import LawRisk, Progress, law_risk
from maatwerkbank.risk.parts import Fan, fan
from maatwerkbank.risk.plain import drawn_outcome
from maatwerkbank.risk.promise import check_promise, promise_of, starts
from maatwerkbank.risk.scenarios import Regret, regret
from maatwerkbank.risk.simulation import Draws, Simulation, path_of
from maatwerkbank.risk.summary import (
    Promise,
    Start,
)
from maatwerkbank.support.state_aid.funding_gap import recovered

__all__ = ["CaseRisk", "LawRisk", "PriceTaken", "Progress", "case_risk"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PriceTaken:
    """How the path of a carrier came out of the price set, and whether chance moves it."""

    carrier: str
    taken: Taken
    chance: str  # drawn, follows, on_path, or none where no process is named
    unit: str


@dataclass(frozen=True, eq=False)
class CaseRisk:
    """A case under what we do not know."""

    case_file: CaseFile
    simulation: Simulation  # every outcome in every draw
    receipt: Receipt
    promise: Promise
    starts: tuple[Start, ...]
    laws: tuple[LawRisk, ...]  # in the order in which they were named: the first leads
    prices: tuple[PriceTaken, ...]
    price_fans: tuple[Fan, ...]
    regret: Regret | None  # None: no outcome in money is known
    return_share: float | None  # of a claw-back, as asked
    uses_benchmarks: bool  # whether tonnes hang on benchmark values that nobody has seen
    _laws: Mapping[str, Law]

    @property
    def case(self) -> Case:
        """The case."""
        return self.case_file.case

    @property
    def draws(self) -> Draws:
        """How many, from which seed, along which prices."""
        return self.simulation.plan.draws

    @property
    def leading(self) -> LawRisk:
        """The case under the first law."""
        return self.laws[0]

    def under(self, law: str) -> LawRisk:
        """The case under a law by its name in the run."""
        return next(each for each in self.laws if each.law == law)

    def values(self, law: str, outcome: str) -> Floats | None:
        """An outcome in every draw; None where it is not known. (draw,)"""
        return self.simulation.values(law, self.case.id, outcome)

    def draw_at(self, law: str, outcome: str, probability: float) -> int:
        """The number of the draw that is the quantile at `probability` of an outcome.

        Raises
        ------
        RuleError   the outcome is not known, or the probability does not lie between 0 and 1
        """
        values = self.values(law, outcome)
        found = None if values is None else quantiles(values, [probability])
        if values is None or found is None:
            raise RuleError(
                f"{outcome} of {self.case.id} under {law} is not known.",
                remedy="choose an outcome that is known in every draw",
            )
        return int(np.flatnonzero(values == found[0])[0])

    def yearly(self, law: str, draw: int) -> Outcome:
        """One draw as a computation of its own, with every labelled line by year.

        Raises
        ------
        RuleError   there is no such draw
        """
        plan = self.simulation.plan
        if not 0 <= draw < plan.draws.n:
            raise RuleError(
                f"there is no draw {draw}.", remedy=f"choose from 0 to {plan.draws.n - 1}"
            )
        which = plan.draws.which(draw, 1)
        inputs = drawn_inputs(self.case, which)
        return drawn_outcome(
            self.case,
            self._law_of(law, float(policy_quantiles(self.case, which)[0])),
            multipliers={name: float(values[0]) for name, values in inputs.multipliers.items()},
            years_late={name: int(years[0]) for name, years in inputs.years_late.items()},
            paths=path_of(plan, draw),
            picks=Picks(shares={BENCHMARK_BOUND: float(benchmark_shares(which)[0])}),
        )

    def _law_of(self, law: str, policy: float) -> Law:
        """The law that holds in a draw: that of the run, or one that the case says may come."""
        asked = self._laws[law]
        passed = 0.0
        for each in () if asked.variant else self.case.uncertainties.policy:
            passed += each.probability
            if policy < passed:
                return Law(
                    asked.known_on,
                    variant=each.variant,
                    outlook=asked.outlook.name if asked.outlook else None,
                    since=date(each.since, 1, 1) if each.since else None,
                )
        return asked

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank risk --json` (docs/reference/json.md)."""
        from maatwerkbank.risk.risk_json import risk_json  # noqa: PLC0415  (it reads this module)

        return risk_json(self)


def case_risk(
    case_file: CaseFile,
    laws: Mapping[str, Law],
    draws: Draws,
    *,
    promised_t: float | None = None,
    return_share: float | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> CaseRisk:
    """Everything that the draws tell of a case.

    Parameters
    ----------
    laws : by name; the first leads. One that names a variant is taken as certain
    promised_t : additional tonnes in 2030; else what is publicly known, else what the plan gives
    return_share : of a claw-back, from 0 to 1; there is no default

    Raises
    ------
    RuleError        before any work: tonnes or a share that are none; and as `case_plan`
    ParameterError   an unknown price family or process
    BlocksError      it would not fit in memory; `RunStopped` at Ctrl-C
    """
    check_promise(promised_t)
    if return_share is not None:
        recovered(0.0, 0.0, share=return_share)  # refuses what is no share
    tell = progress or _silent
    plan = case_plan(case_file, laws, draws, Asked(), [promised_t, return_share])
    found = case_draws(plan, threads=threads, progress=partial(tell, "draws"))
    promise = promise_of(plan, plan.base.laws[0], promised_t)
    under = tuple(
        law_risk(found, name, promise, return_share, threads=threads, tell=tell) for name in laws
    )
    return CaseRisk(
        case_file,
        found.simulation,
        plan.receipt,
        promise,
        starts(found),
        under,
        _prices(plan),
        tuple(_price_fans(found)),
        regret(found),
        return_share,
        plan.uses_benchmarks,
        dict(laws),
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _prices(plan: CasePlan) -> tuple[PriceTaken, ...]:
    prices, chosen = price_set(plan.base.price_set), family(plan.draws.family)
    processes = process(plan.draws.process) if plan.draws.process else None
    return tuple(
        PriceTaken(
            carrier,
            how_taken(prices, chosen, carrier),
            processes.carriers[carrier].kind if processes else "none",
            prices.prices[carrier].kind,
        )
        for carrier in plan.carriers
        if carrier in plan.in_use
    )


def _price_fans(found: CaseDraws) -> Iterator[Fan]:
    prices = found.drawn("prices")  # (carrier, year, draw)
    of_set = price_set(found.plan.base.price_set).prices
    years = found.plan.base.years
    for carrier, by_draw in zip(found.plan.carriers, prices, strict=True):
        if carrier not in found.plan.in_use:
            continue
        yield fan(f"prices.{carrier}", of_set[carrier].kind, years[1:].tolist(), by_draw[1:])
