# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case in every draw, and all that is asked of the same draw: items, guarantees, other prices.

Takes     a plan of one case in its guises (`case_plan`).
Gives     outcomes by draw, of the case as it is and in each of its guises; inputs by draw.
Leaves    what they tell to `case_risk` and the files beside it.

Prices and inputs of a block are drawn once, for all guises and laws. A guise may also be the same
draw with other inputs: a delay that does not happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.risk.blocks import Blocks, Columns, Progress, Tables, Task, run_blocks
from maatwerkbank.risk.case_plan import DRAWN, FEW, VALUES, CasePlan, by_carrier, without_chance
from maatwerkbank.risk.distributions import quantile
from maatwerkbank.risk.drawn_inputs import (
    POLICY,
    PRICES,
    Inputs,
    SuffixOf,
    WhichDraws,
    benchmark_shares,
    centre_of,
    drawn_inputs,
    inputs_of,
    no_suffix,
    policy_quantiles,
)
from maatwerkbank.risk.guarantees import (
    gain_column,
    held_column,
    held_prices,
    without_causes,
)
from maatwerkbank.risk.kernel.batch import LANES, SPARE
from maatwerkbank.risk.parts import (
    MOST_OF_FAN,
)
from maatwerkbank.risk.simulation import (
    Simulation,
    SimulationPlan,
    outcomes_at,
    price_lanes,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Drawn:
    """What some draws take, before any law looks at it."""

    inputs: Inputs
    shares: Floats
    policy: Floats
    lanes: Floats  # (block, year, column, LANES)

    @property
    def count(self) -> int:
        """How many draws."""
        return len(self.shares)


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────


def draw(base: SimulationPlan, which: WhichDraws, suffix_of: SuffixOf = no_suffix) -> Drawn:
    """What some draws take."""
    case = base.cases[0]
    return Drawn(
        drawn_inputs(case, which, suffix_of),
        benchmark_shares(which, suffix_of(BENCHMARK_BOUND)),
        policy_quantiles(case, which, suffix_of(POLICY)),
        price_lanes(base, which, suffix_of(PRICES)),
    )


def as_planned(plan: CasePlan) -> Drawn:
    """The one draw in which all goes as planned.

    Figures as stated, at their median where the case states a range without a centre; no delay;
    prices on the path of the family; unseen benchmark values halfway; the law as it is.
    """
    case = plan.case
    values = {}
    for each in case.uncertainties.figures:
        middle = float(quantile(each.drawn_from, np.array([0.5]))[0])
        values[each.id] = np.array([_stated(case, each.of[0], each.how, middle)])
    for delay in case.uncertainties.delays:
        values[delay.id] = np.zeros(1)
    lanes = price_lanes(without_chance(plan.base), plan.draws.which(0, 1))
    return Drawn(inputs_of(case, values), np.full(1, 0.5), np.ones(1), lanes)


def _stated(case: Case, place: str, how: str, middle: float) -> float:
    if how == "ratio":
        return 1.0
    figure = next(each for path, each in figures(case) if place_text(path) == place)
    return centre_of(case, place) if figure.has_centre else middle


def outcomes(plan: SimulationPlan, law: str, drawn: Drawn, inputs: Inputs | None = None) -> Floats:
    """Every outcome of every guise of the one case. (outcome, guise, draw)"""
    count = len(plan.cases)
    return outcomes_at(
        plan,
        law,
        [inputs or drawn.inputs] * count,
        drawn.shares,
        drawn.lanes,
        [drawn.policy] * count,
    )


def with_held(plan: CasePlan, lanes: Floats) -> Floats:
    """The lanes with the columns of held prices and of what holding them gains."""
    assert plan.of_held is not None  # noqa: S101  (asked for with carriers to hold only)
    before = len(plan.base.columns)
    columns = plan.of_held.columns
    wide = np.ones((*lanes.shape[:2], len(columns) + SPARE, LANES))
    wide[:, :, :before] = lanes[:, :, :before]
    for carrier, earns in zip(plan.held, plan.earns, strict=True):
        at = plan.base.columns[carrier]
        market = lanes[:, :, at].swapaxes(0, 1)  # (year, block, LANES)
        held = held_prices(plan.path[plan.carriers.index(carrier)], market, earns)
        wide[:, :, columns[held_column(carrier)]] = held.swapaxes(0, 1)
        wide[:, :, columns[gain_column(carrier)]] = (held - market).swapaxes(0, 1)
    return wide


# ── the work of one block ─────────────────────────────────────────────────────────────────────


def case_block(plan: CasePlan, task: Task) -> Tables:
    """What is drawn, and per law the outcomes of every guise. Rows (..., draw)"""
    which = plan.draws.which(task.first_draw, task.n_draws)
    drawn = draw(plan.base, which)
    in_fan = max(0, min(task.n_draws, MOST_OF_FAN - task.first_draw)) if plan.build_up else 0
    tables: dict[str, Columns] = {DRAWN: _what_is_drawn(plan, drawn, in_fan)}
    held = replace(drawn, lanes=with_held(plan, drawn.lanes)) if plan.of_held else None
    families = {name: price_lanes(_along(plan.few, name), which) for name in plan.families}
    for law in plan.base.laws:
        found: dict[str, Floats] = {"base": outcomes(plan.base, law, drawn)[:, 0]}
        if plan.of_items:
            found["items"] = outcomes(plan.of_items, law, drawn)
        if plan.of_held and held:
            found["held"] = outcomes(plan.of_held, law, held)
        for n, (_, causes) in enumerate(plan.delays):
            inputs = without_causes(plan.case, drawn.inputs, causes)
            found[f"delay.{n}"] = outcomes(plan.few, law, drawn, inputs)[:, 0]
        for name, lanes in families.items():
            found[f"family.{name}"] = outcomes(plan.few, law, replace(drawn, lanes=lanes))[:, 0]
        if plan.build_up and in_fan:
            found["build_up"] = outcomes(plan.build_up, law, _first(drawn, in_fan))[0]
        tables[law] = found
    return tables


def _along(plan: SimulationPlan, family: str) -> SimulationPlan:
    return replace(plan, draws=replace(plan.draws, family=family))


def _first(drawn: Drawn, count: int) -> Drawn:
    """The first so many draws of a block; a whole number of lanes, or all."""
    if count == drawn.count:
        return drawn
    inputs = drawn.inputs
    cut = Inputs(
        {name: values[:count] for name, values in inputs.multipliers.items()},
        {name: values[:count] for name, values in inputs.years_late.items()},
        {name: values[:count] for name, values in inputs.values.items()},
    )
    n_blocks = -(-count // LANES)
    return Drawn(cut, drawn.shares[:count], drawn.policy[:count], drawn.lanes[:n_blocks])


def _what_is_drawn(plan: CasePlan, drawn: Drawn, in_fan: int) -> Columns:
    """Inputs by draw, levels of prices, the years that the latest project is late."""
    prices = by_carrier(drawn.lanes, len(plan.carriers), drawn.count)
    late = list(drawn.inputs.years_late.values())
    return {
        **{f"value.{name}": values for name, values in drawn.inputs.values.items()},
        **{f"late.{name}": years for name, years in drawn.inputs.years_late.items()},
        "longest": np.max([np.zeros(drawn.count), *late], axis=0),
        "levels": levels(plan, prices),
        "policy": drawn.policy,
        "share": drawn.shares,
        "prices": prices[:, :, :in_fan],
    }


def levels(plan: CasePlan, prices: Floats) -> Floats:
    """Mean over the years of the run of price over path, in years that chance moves.

    prices (carrier, year, draw) -> (carrier, draw) [1]; 1 where no year moves
    """
    ratios = prices[:, 1:] / plan.path[:, 1:, np.newaxis]
    moves = plan.moves[:, 1:, np.newaxis]
    n_moving = moves.sum(axis=1)
    total = np.where(moves, ratios, 0.0).sum(axis=1)
    return np.where(n_moving > 0, total / np.maximum(n_moving, 1), 1.0)


# ── all blocks together ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class CaseDraws:
    """All draws of one case."""

    plan: CasePlan
    _tables: Mapping[str, Mapping[str, Floats]]

    def drawn(self, name: str) -> Floats:
        """What was drawn, under a name of `_what_is_drawn`. (..., draw)"""
        return self._tables[DRAWN][name]

    def outcomes(self, law: str, guise: str) -> Floats:
        """Outcomes of a guise. (outcome, ..., draw)"""
        return self._tables[law][guise]

    def few(self, law: str, guise: str) -> dict[str, Floats]:
        """Value and additional tonnes of a guise, by outcome. Each (draw,)"""
        return dict(zip(FEW, self.outcomes(law, guise), strict=True))

    @cached_property
    def simulation(self) -> Simulation:
        """The case as it is, as `simulate` would give it."""
        held: dict[Task, Tables] = {}
        for law in self.plan.base.laws:
            columns = zip(self.plan.base.outcomes, self.outcomes(law, "base"), strict=True)
            held[Task(law, 0, 1, 0, self.plan.draws.n)] = {"draws": dict(columns)}
        return Simulation(self.plan.base, Blocks(tuple(held), held, None))

    def known(self, law: str, outcome: str) -> Floats | None:
        """An outcome of the case as it is; None where it is not known. (draw,)"""
        return self.simulation.values(law, self.plan.case.id, outcome)

    def value_of(self, law: str) -> str | None:
        """The outcome that speaks for money: the first of `VALUES` that is known."""
        return next((each for each in VALUES if self.known(law, each) is not None), None)


def case_draws(
    plan: CasePlan, *, threads: int | None = None, progress: Progress | None = None
) -> CaseDraws:
    """All draws of the case, here and in memory.   Raises as `run_blocks`."""
    blocks = run_blocks(plan, plan.tasks(), case_block, threads=threads, progress=progress)
    parts = [blocks.tables(task) for task in blocks.tasks]
    return CaseDraws(
        plan,
        {
            table: {
                name: np.concatenate(
                    [part[table][name] for part in parts if name in part[table]], axis=-1
                )
                for name in parts[0][table]
            }
            for table in parts[0]
        },
    )
