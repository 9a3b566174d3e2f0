# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case and all its guises, as plans for the kernel: what is asked of each draw.

Takes     a case, laws, draws, and what is asked beside the outcomes of the case as it is.
Gives     a frozen plan per guise: the same sheet with other rows, prices or years.
Leaves    the draws to `case_draws`, what makes a guise to `parts` and `guarantees`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.carbon import BENCHMARK_BOUND, published_price
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.receipt import Receipt, digest
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import family_names
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.risk.blocks import Task, tasks_of
from maatwerkbank.risk.guarantees import (
    Kind,
    carriers_to_hold,
    delay_guarantees,
    earns_by,
    gain_column,
    held_column,
    held_sheets,
)
from maatwerkbank.risk.kernel.batch import LANES, SPARE
from maatwerkbank.risk.packing import pack
from maatwerkbank.risk.parts import (
    MOST_OF_FAN,
    Item,
    cut_after_each_year,
    items_of,
    sheet_of_item,
)
from maatwerkbank.risk.price_paths import EUA
from maatwerkbank.risk.sampling import MOST_DRAWS
from maatwerkbank.risk.sheet import Sheet
from maatwerkbank.risk.simulation import (
    DRAWS_PER_BLOCK,
    Draws,
    LawState,
    SimulationPlan,
    price_lanes,
    simulation_plan,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

VALUES = ("npv_eur", "carbon_value_eur")
FEW = (*VALUES, "additional_2030_t")
DRAWN = "drawn"  # table of what is drawn, for all laws alike


@dataclass(frozen=True)
class Asked:
    """What is asked of each draw, beside the outcomes of the case as it is."""

    items: bool = True
    guarantees: bool = True
    families: bool = True
    fans: bool = True


@dataclass(frozen=True, eq=False)
class CasePlan:
    """One case, its guises, and the draws: frozen, all that a block needs."""

    base: SimulationPlan  # every outcome
    variants: Mapping[str, str | None]  # law -> the variant that it names
    few: SimulationPlan  # value and additional tonnes only
    items: tuple[Item, ...]
    of_items: SimulationPlan | None
    held: tuple[str, ...]  # carriers of which the price may be held
    of_held: SimulationPlan | None
    earns: Floats  # (carrier, year) of `held`, see `guarantees.earns_by`
    delays: tuple[tuple[Kind, tuple[str, ...]], ...]
    build_up: SimulationPlan | None  # the sheet ended after each year
    families: tuple[str, ...]
    path: Floats  # (carrier, year) the family's own, no chance [nominal]
    moves: Bools  # (carrier, year) whether chance moves a price
    could: Bools  # (carrier, year) whether it could: the same, or all that is not published
    receipt: Receipt

    tables = (DRAWN,)

    @property
    def number(self) -> str:
        """The number of the receipt."""
        return self.receipt.number

    @property
    def case(self) -> Case:
        """The case."""
        return self.base.cases[0]

    @property
    def draws(self) -> Draws:
        """The draws."""
        return self.base.draws

    @property
    def carriers(self) -> tuple[str, ...]:
        """The carriers whose prices are drawn, in the order of their columns."""
        return carriers_of(self.base)

    def tasks(self) -> tuple[Task, ...]:
        """Ranges of draws; each holds all laws."""
        return tasks_of([DRAWN], [(0, 1)], self.draws.n, draws_per_block=DRAWS_PER_BLOCK)

    def as_json(self) -> dict[str, Any]:
        """What the run is, in plain values."""
        return {"receipt": self.receipt.as_json(), **self.base.as_json()}

    def result_bytes(self, task: Task) -> int:
        """Outcomes of all guises in a block, and what fans and discovery keep of its draws."""
        rows = len(self.base.outcomes) + len(self.items) * 2 + 2 * len(self.held) * len(VALUES)
        rows += len(FEW) * (len(self.delays) + len(self.families))
        inputs = len(self.case.uncertainties.inputs) + len(self.carriers) + 2
        n_years = len(self.base.years)
        of_fans = n_years * (len(self.carriers) + len(self.base.laws)) if self.build_up else 0
        share = 1.0 if task.first_draw < MOST_OF_FAN else 0.0
        each = rows * len(self.base.laws) + inputs + int(share * of_fans)
        return 8 * task.n_draws * each

    def working_bytes(self, task: Task) -> int:
        """The same, and prices of a block under one family and with held columns."""
        width = 3 * (len(self.base.columns) + 2 * len(self.held) + SPARE)
        prices = len(self.base.years) * width * task.n_draws
        return 8 * prices + 2 * self.result_bytes(task)

    def sheets(self, law: str) -> tuple[Sheet, ...]:
        """The sheets that may hold under a law, the law as it is last."""
        return tuple(self.base.states[each.state].sheets[0] for each in self.base.holds[law, 0])

    @property
    def in_use(self) -> frozenset[str]:
        """The carriers that the plan pays for or earns by, or that a law or contract asks for."""
        sheets = [state.sheets[0] for state in self.base.states]
        levied = any((each.levies.own & each.levies.deducts).any() for each in sheets)
        priced = {row.price for sheet in sheets for row in sheet.rows if row.price}
        along = {contract.price for sheet in sheets for contract in sheet.contracts}
        return frozenset(priced | along | ({EUA} if levied else set()))

    @property
    def uses_benchmarks(self) -> bool:
        """Whether tonnes hang on benchmark values of which only bounds are known."""
        return any(
            BENCHMARK_BOUND in factors
            for state in self.base.states
            for factors in state.sheets[0].factors
        )


# ── the plan ──────────────────────────────────────────────────────────────────────────────────


def case_plan(
    case_file: CaseFile,
    laws: Mapping[str, Law],
    draws: Draws,
    asked: Asked,
    beside: Sequence[Any] = (),
) -> CasePlan:
    """Everything that the draws of one case rest on, checked and frozen.

    beside : plain values that results hang on too, such as what was promised; for the receipt

    Raises
    ------
    RuleError        fewer than one draw or more than there are; and as `simulation_plan`
    ParameterError   an unknown price family or process
    """
    if draws.n > MOST_DRAWS:
        raise RuleError(
            f"{draws.n} draws were asked for, and there are {MOST_DRAWS}.",
            remedy=f"ask for at most {MOST_DRAWS} draws; more would change no digit that is shown",
        )
    if draws.n < 1:
        raise RuleError(f"{draws.n} draws tell nothing.", remedy="ask for at least 1 draw")
    base = simulation_plan([case_file], laws, draws)
    sheets = [state.sheets[0] for state in base.states]
    items = items_of(sheets) if asked.items else ()
    path = family_paths(base)
    moves = moving_years(base, path)
    held = _held(base, sheets, moves) if asked.guarantees and draws.process else ()
    columns = [name(carrier) for carrier in held for name in (held_column, gain_column)]
    others = tuple(name for name in family_names() if name != draws.family)
    receipt = replace(
        base.receipt, input_sha256=digest([base.receipt.input_sha256, "case", *beside])
    )
    return CasePlan(
        base,
        {name: law.variant.name if law.variant else None for name, law in laws.items()},
        in_guises(base, lambda sheet: [sheet], FEW),
        items,
        in_guises(
            base,
            lambda sheet: [sheet_of_item(sheet, item) for item in items],
            ("npv_without_support_eur", "carbon_value_eur"),
        )
        if items
        else None,
        held,
        in_guises(
            base,
            lambda sheet: held_sheets(sheet, held),
            (*VALUES, "npv_without_support_eur"),
            columns,
        )
        if held
        else None,
        np.array([_earns(sheets, carrier, base) for carrier in held]),
        delay_guarantees(case_file.case) if asked.guarantees else (),
        _built_up(base) if asked.fans else None,
        others if asked.families else (),
        path,
        moves,
        np.where(moves.any(axis=1, keepdims=True), moves, unpublished(base)),
        receipt,
    )


def carriers_of(base: SimulationPlan) -> tuple[str, ...]:
    """The carriers whose prices are drawn, in the order of their columns."""
    return tuple(name for name in base.columns if not name.startswith("levy."))


def family_paths(base: SimulationPlan) -> Floats:
    """The prices of the family without chance. (carrier, year) [nominal]"""
    lanes = price_lanes(without_chance(base), base.draws.which(0, 1))
    return by_carrier(lanes, len(carriers_of(base)), 1)[:, :, 0]


def without_chance(base: SimulationPlan) -> SimulationPlan:
    """The same plan with every price on its path."""
    return replace(base, draws=replace(base.draws, process=None))


def moving_years(base: SimulationPlan, path: Floats) -> Bools:
    """Whether chance moves a price in a year. (carrier, year)"""
    count = min(base.draws.n, LANES)
    lanes = price_lanes(base, base.draws.which(0, count))
    prices = by_carrier(lanes, len(carriers_of(base)), count)
    return np.asarray((prices != path[:, :, np.newaxis]).any(axis=2))


def unpublished(base: SimulationPlan) -> Bools:
    """Whether a price is not known yet: of allowances means are published. (carrier, year)"""
    law = Law(base.known_on)
    told = np.array([published_price(law, int(year)) is not None for year in base.years])
    return np.array([~told | (name != EUA) for name in carriers_of(base)])


def _held(base: SimulationPlan, sheets: Sequence[Sheet], moves: Bools) -> tuple[str, ...]:
    """Carriers that the plan pays for or earns by, and whose price chance moves."""
    moving = {name for name, years in zip(carriers_of(base), moves, strict=True) if years.any()}
    return tuple(carrier for carrier in carriers_to_hold(sheets) if carrier in moving)


def _earns(sheets: Sequence[Sheet], carrier: str, base: SimulationPlan) -> Floats:
    """On which side of a price the plan stands by year of the prices, under the law as it is."""
    found = np.zeros(len(base.years))
    last = sheets[-1]
    first = int(last.years[0] - base.years[0])
    found[first : first + len(last.years)] = earns_by(last, carrier)
    return found


def in_guises(
    plan: SimulationPlan,
    made: Callable[[Sheet], Sequence[Sheet]],
    outcomes: Sequence[str],
    more_columns: Sequence[str] = (),
) -> SimulationPlan:
    """The plan of one case with some sheets made of each of its sheets, as if they were cases.

    More columns of prices come after those of the plan.
    """
    columns = {**plan.columns}
    for name in more_columns:
        columns[name] = len(columns)

    def state(each: LawState) -> LawState:
        sheets = tuple(made(each.sheets[0]))
        packed = pack(sheets, columns, plan.years, outcomes)
        return replace(each, cases=tuple(range(len(sheets))), sheets=sheets, packed=packed)

    return _repeated(plan, tuple(state(each) for each in plan.states), columns, outcomes)


def _built_up(plan: SimulationPlan) -> SimulationPlan:
    """The plan with its sheets ended after each year.

    With the value of carbon beside it, so that all is added up in the order of the base plan.
    """
    outcomes = VALUES

    def state(each: LawState) -> LawState:
        n_years = len(each.sheets[0].years)
        packed = pack(each.sheets, plan.columns, plan.years, outcomes)
        return replace(
            each,
            cases=tuple(range(n_years)),
            sheets=each.sheets * n_years,
            packed=cut_after_each_year(packed, n_years),
        )

    return _repeated(plan, tuple(state(each) for each in plan.states), plan.columns, outcomes)


def _repeated(
    plan: SimulationPlan,
    states: tuple[LawState, ...],
    columns: Mapping[str, int],
    outcomes: Sequence[str],
) -> SimulationPlan:
    count = len(states[0].cases)
    return replace(
        plan,
        cases=plan.cases * count,
        states=states,
        holds={(law, n): plan.holds[law, 0] for law in plan.laws for n in range(count)},
        columns=columns,
        outcomes=tuple(outcomes),
    )


def by_carrier(lanes: Floats, n_carriers: int, count: int) -> Floats:
    """Prices out of the lanes. (carrier, year, draw) [nominal]"""
    blocks, years = lanes.shape[:2]
    split = lanes[:, :, :n_carriers].transpose(2, 1, 0, 3)
    return np.ascontiguousarray(split.reshape(n_carriers, years, blocks * LANES)[:, :, :count])
