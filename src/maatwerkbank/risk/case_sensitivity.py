# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which factors of a case make its outcomes uncertain, and what would each have to be?

Takes     the draws of a case, and its factors (`drivers`).
Gives     Sobol indices, a tornado, and the break-even of each factor.
Leaves    the estimators to `sensitivity` and `robustness`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.parameters.reference_classes import Distribution
from maatwerkbank.plant.case import Case
from maatwerkbank.risk.blocks import Progress, Tables, Task, run_blocks, tasks_of
from maatwerkbank.risk.case_draws import CaseDraws, Drawn, draw, outcomes
from maatwerkbank.risk.case_plan import FEW, CasePlan
from maatwerkbank.risk.distribution_of import quantiles
from maatwerkbank.risk.distributions import bounds, quantile
from maatwerkbank.risk.drawn_inputs import (
    WhichDraws,
    drawn_inputs,
    inputs_of,
    most_years_late,
    whole_years,
)
from maatwerkbank.risk.drivers import (
    BENCHMARK,
    PRICE,
    Drivers,
    Factor,
    Sobol,
    SobolShare,
    benchmark_factors,
    declared,
    drawn_prices,
    independent,
    price_factors,
)
from maatwerkbank.risk.guarantees import TONNES
from maatwerkbank.risk.robustness import BreakEven, break_even
from maatwerkbank.risk.sensitivity import Page, group_on, pages, sobol_indices, tornado
from maatwerkbank.risk.simulation import DRAWS_PER_BLOCK, as_lanes

Floats = NDArray[np.float64]

MOST_OF_SOBOL = 4096  # draws per page
LEVELS = (0.1, 5.0)  # of a price over its path, between which a break-even is looked for
_REACH = 3.0  # times the furthest drawn value of a figure, up to which one is looked for
_ALMOST_ALL = (0.001, 0.999)  # quantiles that stand for the ends of an unbounded distribution


# ── Sobol indices ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class _SobolPlan:
    """The pages of the Sobol indices of one case under one law, as blocks."""

    case: CasePlan
    law: str
    factors: tuple[Factor, ...]
    n: int

    tables = ("pages",)

    @property
    def number(self) -> str:
        return self.case.number

    def pages(self) -> tuple[Page, ...]:
        return pages([factor.id for factor in self.factors])

    def tasks(self) -> tuple[Task, ...]:
        return tasks_of([self.law], [(0, 1)], self.n, draws_per_block=DRAWS_PER_BLOCK)

    def as_json(self) -> dict[str, Any]:
        return self.case.as_json()

    def result_bytes(self, task: Task) -> int:
        return 8 * task.n_draws * len(FEW) * (len(self.factors) + 2)

    def working_bytes(self, task: Task) -> int:
        return 2 * self.case.working_bytes(task) + self.result_bytes(task)


def _sobol_block(plan: _SobolPlan, task: Task) -> Tables:
    """Value and tonnes on every page: prices and inputs of both streams are drawn once."""
    base, few = plan.case.base, plan.case.few
    which = plan.case.draws.which(task.first_draw, task.n_draws)
    streams = {
        "A": draw(base, which),
        "B": draw(base, which, lambda _: group_on("B", "")),
    }
    found: dict[str, Floats] = {}
    for page in plan.pages():
        drawn = streams[page.base]
        if page.swapped:
            swapped = next(each for each in plan.factors if each.id == page.swapped)
            drawn = _swapped(plan.case.case, drawn, streams["B"], swapped, which)
        found[page.name] = outcomes(few, plan.law, drawn)[:, 0]
    return {"pages": found}


def _swapped(case: Case, a: Drawn, b: Drawn, factor: Factor, which: WhichDraws) -> Drawn:
    """The draws of stream A, with one factor of stream B."""
    if factor.kind == "prices":
        return replace(a, lanes=b.lanes)
    if factor.kind == "policy":
        return replace(a, policy=b.policy)
    if factor.kind == "benchmark":
        return replace(a, shares=b.shares)

    def suffix_of(name: str) -> str:
        return group_on("B", "") if name in factor.members else ""

    return replace(a, inputs=drawn_inputs(case, which, suffix_of))


def sobol(
    draws: CaseDraws, law: str, *, threads: int | None = None, progress: Progress | None = None
) -> tuple[Sobol, ...]:
    """Shares of the variance of the value, and of the additional tonnes where they vary."""
    plan = draws.plan
    asked = [name for name in (draws.value_of(law), TONNES) if name and _spreads(draws, law, name)]
    factors = independent(plan, law)
    if not asked or not factors:
        return ()
    n = 1 << max(1, min(plan.draws.n, MOST_OF_SOBOL).bit_length() - 1)
    whole = _SobolPlan(plan, law, factors, n)
    blocks = run_blocks(whole, whole.tasks(), _sobol_block, threads=threads, progress=progress)
    parts = [blocks.tables(task)["pages"] for task in blocks.tasks]
    rows = [FEW.index(name) for name in asked]

    def evaluate(page: Page) -> Floats:
        return np.concatenate([part[page.name][rows] for part in parts], axis=1)

    found = sobol_indices(evaluate, [each.id for each in factors], n, plan.draws.seed)
    columns = [found.first, found.first_low, found.first_high]
    columns += [found.total, found.total_low, found.total_high]
    whole_of = []
    for k, name in enumerate(asked):
        if np.isnan(found.total[k]).any():
            continue  # a spread so small that rounding makes it
        shares = [
            SobolShare(factor, *(float(column[k, i]) for column in columns))
            for i, factor in enumerate(factors)
        ]
        shares.sort(key=lambda share: (-share.total, share.factor.id))
        whole_of.append(Sobol(name, n, found.confidence, tuple(shares)))
    return tuple(whole_of)


def _spreads(draws: CaseDraws, law: str, outcome: str) -> bool:
    values = draws.known(law, outcome)
    return values is not None and bool(values.min() < values.max())


# ── one factor at a time ──────────────────────────────────────────────────────────────────────


class _Probe:
    """The case at values that one chooses: each factor at a value, the others at their median."""

    def __init__(self, draws: CaseDraws, law: str, outcome: str) -> None:
        self.plan = draws.plan
        self.law = law
        self.row = FEW.index(outcome)
        self.factors = (
            *declared(self.plan.case),
            *price_factors(self.plan),
            *benchmark_factors(self.plan),
        )
        self._levels = draws.drawn("levels")
        uncertain = self.plan.case.uncertainties
        self._delays = frozenset(each.id for each in uncertain.delays)
        self._drawn_from: dict[str, Distribution] = {
            **{each.id: each.drawn_from for each in uncertain.figures},
            **{each.id: each.drawn_from for each in uncertain.delays},
        }

    @property
    def names(self) -> list[str]:
        """The ids of all factors."""
        return [each.id for each in self.factors]

    @property
    def drawn(self) -> list[str]:
        """The ids of those that differ between draws."""
        drawn = {each.id for each in drawn_prices(self.plan)}
        return [each.id for each in self.factors if each.kind != "price" or each.id in drawn]

    def value_at(self, name: str, probability: float) -> float:
        """The value of a factor at a quantile."""
        if name in self._drawn_from:
            value = quantile(self._drawn_from[name], np.array([probability]))
            is_delay = name in self._delays
            # A delay moves in whole years: beside a half, a slope would measure the rounding.
            return float((whole_years(value) if is_delay else value)[0])
        if name == BENCHMARK:
            return probability
        found = quantiles(self._levels[self._carrier(name)], [probability])
        assert found is not None  # noqa: S101  (levels are numbers in every draw)
        return found[0]

    def bounds(self, factor: Factor) -> tuple[float, float]:
        """Between which values a break-even is looked for."""
        if factor.kind == "price":
            return LEVELS
        if factor.kind == "benchmark":
            return 0.0, 1.0
        if factor.kind == "delay":
            late = most_years_late(self.plan.case)
            delay = next(d for d in self.plan.case.uncertainties.delays if d.id == factor.id)
            return 0.0, float(min(late[project] for project in delay.projects))
        low, high = bounds(self._drawn_from[factor.id])
        if not math.isfinite(low) or not math.isfinite(high):
            low, high = (self.value_at(factor.id, end) for end in _ALMOST_ALL)
        return min(0.0, _REACH * low), max(0.0, _REACH * high)

    def outcome(self, names: Sequence[str], values: Floats) -> Floats:
        """The outcome at values of some factors. values (factor, point) -> (point,)"""
        count = values.shape[1]
        given = dict(zip(names, values, strict=True))
        inputs = {
            name: given.get(name, np.full(count, self.value_at(name, 0.5)))
            for name in self._drawn_from
        }
        times = np.ones((len(self.plan.carriers), count))
        for n, carrier in enumerate(self.plan.carriers):
            if self.plan.could[n, 1:].any():
                name = f"{PRICE}{carrier}"
                times[n] = given.get(name, np.full(count, self.value_at(name, 0.5)))
        moved = np.where(self.plan.could[:, :, np.newaxis], times[:, np.newaxis], 1.0)
        nominal = self.plan.path[:, :, np.newaxis] * moved
        drawn = Drawn(
            inputs_of(self.plan.case, inputs),
            given.get(BENCHMARK, np.full(count, 0.5)),
            np.ones(count),  # the law as it is: what a declared variant does is not looked at here
            as_lanes(self.plan.base, nominal),
        )
        return np.asarray(outcomes(self.plan.few, self.law, drawn)[self.row, 0])

    def _carrier(self, name: str) -> int:
        return self.plan.carriers.index(name.removeprefix(PRICE))


def drivers(
    draws: CaseDraws, law: str, *, threads: int | None = None, progress: Progress | None = None
) -> Drivers | None:
    """What drives a case under one law; None where no outcome in money is known."""
    value = draws.value_of(law)
    if value is None:
        return None
    probe = _Probe(draws, law, value)
    bars = None
    if probe.drawn:
        bars = tornado(
            lambda points: probe.outcome(probe.drawn, points), probe.drawn, value_at=probe.value_at
        )
    return Drivers(
        value,
        probe.factors,
        sobol(draws, law, threads=threads, progress=progress),
        bars,
        _break_evens(probe) if value == FEW[0] else (),
    )


def _break_evens(probe: _Probe) -> tuple[BreakEven, ...]:
    looked_at = [each for each in probe.factors if probe.bounds(each)[0] < probe.bounds(each)[1]]
    names = [each.id for each in looked_at]
    if not names:
        return ()
    ends = np.array([probe.bounds(each) for each in looked_at])
    centre = np.array([probe.value_at(name, 0.5) for name in names])
    return break_even(
        lambda points: probe.outcome(names, points), names, np.clip(centre, *ends.T), ends
    )
