# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same cases under what we do not know, and under several laws: every outcome in every draw.

Takes     checked cases, laws by name, how many draws and from which seed and prices.
Gives     a frozen plan, the work of one block of it, and outcomes by law, case and draw.
Leaves    what the draws tell to `answers`; the yearly tables of a draw to `plain`, on demand.

Draws belong to seed, draw and input: another case, law or draw changes none of them (METHOD §11).
Prices are drawn once and shared by all cases and laws. Where a case says that a variant may come,
its outcomes are computed under both, and each draw takes those of the law that holds in it; a law
that names a variant itself is taken as certain, whatever the case says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import maatwerkbank
from maatwerkbank.economics.carbon import (
    BENCHMARK_BOUND,
    LEVY,
    levy_tariffs,
    published_levy_price,
)
from maatwerkbank.economics.frame import PricePaths
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest
from maatwerkbank.parameters.files import law_sha256
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import family as price_family
from maatwerkbank.parameters.price_processes import process as price_processes
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.risk.blocks import (
    Blocks,
    Progress,
    Tables,
    Task,
    compiled_platform,
    run_blocks,
    tasks_of,
)
from maatwerkbank.risk.drawn_inputs import (
    POLICY,
    PRICES,
    Inputs,
    SuffixOf,
    WhichDraws,
    benchmark_shares,
    drawn_inputs,
    most_years_late,
    no_suffix,
    policy_quantiles,
    uncertain_places,
)
from maatwerkbank.risk.kernel import valuation
from maatwerkbank.risk.kernel.batch import LANES, OUTCOMES, SPARE
from maatwerkbank.risk.layout import lay_out
from maatwerkbank.risk.packing import MINIMUM, Packed, pack, tariff_column
from maatwerkbank.risk.price_paths import drawn_prices
from maatwerkbank.risk.sampling import Method
from maatwerkbank.risk.sheet import ALWAYS, Sheet, Sum
from maatwerkbank.rules.co2_heffing import Installatie, netto_minimumprijs, netto_tarief

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS_PER_BLOCK = 4 * LANES
DEFAULT_DRAWS, DEFAULT_SEED = 10_000, 0


@dataclass(frozen=True)
class Draws:
    """How many draws, from which seed, and along which prices."""

    n: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED
    method: Method = "sobol"
    family: str = "mid"
    process: str | None = "nl-2025-06-30"

    def which(self, first: int = 0, count: int | None = None) -> WhichDraws:
        """The draws `first` and on; all of them if nothing is said."""
        return WhichDraws(self.seed, first, self.n if count is None else count, self.method)


# ── the plan ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class LawState:
    """What holds in some draws: the law of a run, or that law with a variant that may come."""

    name: str
    cases: tuple[int, ...]  # those that meet it
    sheets: tuple[Sheet, ...]  # of those cases
    packed: Packed
    tariffs: Mapping[str, Floats]  # column -> (year,) [eur/t]
    minimum: Floats  # (year,) [eur/t]
    known_price: Floats  # (year,) published price that the levy deducts; NaN where none is
    carry: float


@dataclass(frozen=True)
class Holds:
    """A law state, and the chance that it holds for a case."""

    state: int
    probability: float


@dataclass(frozen=True, eq=False)
class SimulationPlan:
    """Cases, laws and draws, frozen: all that a block needs."""

    cases: tuple[Case, ...]
    laws: tuple[str, ...]
    states: tuple[LawState, ...]
    holds: Mapping[tuple[str, int], tuple[Holds, ...]]  # (law, case) -> which states may hold
    known_on: date
    outlook: str
    price_set: str
    columns: Mapping[str, int]
    years: Ints  # of the prices; the year before the first of any case leads
    draws: Draws
    outcomes: tuple[str, ...]
    receipt: Receipt

    tables = ("draws",)

    @property
    def number(self) -> str:
        """The number of the receipt."""
        return self.receipt.number

    def tasks(self) -> tuple[Task, ...]:
        """Every block: all cases in a range of draws under one law."""
        return tasks_of(
            self.laws, [(0, len(self.cases))], self.draws.n, draws_per_block=DRAWS_PER_BLOCK
        )

    def as_json(self) -> dict[str, Any]:
        """What the run is, in plain values."""
        return {
            "receipt": self.receipt.as_json(),
            "cases": [case.id for case in self.cases],
            "laws": list(self.laws),
            "draws": asdict(self.draws),
            "outcomes": list(self.outcomes),
        }

    def result_bytes(self, task: Task) -> int:
        """Outcomes of a block, with their labels."""
        return 8 * task.n_projects * task.n_draws * (len(self.outcomes) + 3)

    def working_bytes(self, task: Task) -> int:
        """Prices, factors and outcomes of a block, drawing them included."""
        width = len(self.columns) + SPARE
        prices = 4 * len(self.years) * width * task.n_draws
        states = [self.states[n] for n in self._states_of(task.law)]
        rows = max(len(s.packed.factors) + len(s.packed.lates) + 2 for s in states)
        outcomes = 3 * task.n_projects * len(self.outcomes) * task.n_draws
        return 8 * (prices + rows * task.n_draws + outcomes)

    def lacking(self, law: str, n: int, outcome: str) -> tuple[tuple[str, bool], ...]:
        """The figures that an outcome of case `n` needs and nobody gives: place, is it absent."""
        found: dict[tuple[str, bool], None] = {}
        for each in self.holds[law, n]:
            state = self.states[each.state]
            found |= dict.fromkeys(lacking(state.sheets[state.cases.index(n)], outcome))
        return tuple(found)

    @cached_property
    def not_known(self) -> tuple[tuple[str, str, int], ...]:
        """(law, outcome, case) of everything that no draw can give."""
        return tuple(
            (law, outcome, n)
            for law in self.laws
            for outcome in self.outcomes
            for n in range(len(self.cases))
            if self.lacking(law, n, outcome)
        )

    def _states_of(self, law: str) -> tuple[int, ...]:
        held = [each.state for n in range(len(self.cases)) for each in self.holds[law, n]]
        return tuple(dict.fromkeys(held))


def simulation_plan(
    case_files: Sequence[CaseFile],
    laws: Mapping[str, Law],
    draws: Draws,
    *,
    outcomes: Sequence[str] = OUTCOMES,
    without_delays: Sequence[str] = (),
) -> SimulationPlan:
    """Everything that a simulation rests on, checked and frozen.

    Parameters
    ----------
    laws : by a name that can be part of a file name; all as known on one day, with one outlook
    outcomes : which of `kernel.batch.OUTCOMES`; fewer are faster
    without_delays : causes of delay that do not happen, such as `grid`: what a guarantee is worth

    Raises
    ------
    RuleError     before any work: no case, no law, laws of different days, price sets that differ,
                  fewer than one draw
    ParameterError   an unknown price family or process
    """
    cases = tuple(_without_delays(each.case, without_delays) for each in case_files)
    law = _check(cases, laws, draws)
    _check_outcomes(outcomes)
    years = _years(cases)
    built = _States(cases, law, years)
    holds = {
        (name, n): built.holds(each, n) for name, each in laws.items() for n in range(len(cases))
    }
    columns = built.columns()
    states = built.states(columns, outcomes)
    hashes = [each.sha256 for each in case_files]
    variants = {name: _label(each) for name, each in laws.items()}
    inputs = [hashes, variants, asdict(draws), list(outcomes), list(without_delays)]
    return SimulationPlan(
        cases,
        tuple(laws),
        states,
        holds,
        law.known_on,
        law.outlook.name if law.outlook else "none",
        cases[0].price_set,
        columns,
        years,
        draws,
        tuple(outcomes),
        Receipt(
            version=maatwerkbank.__version__,
            code_sha256=code_sha256(),
            law_sha256=law_sha256(),
            input_sha256=digest(inputs),
            variant=", ".join(variants.values()),
            outlook=law.outlook.name if law.outlook else "none",
            known_on=law.known_on.isoformat(),
            seed=draws.seed,
            numeric_platform=compiled_platform(),
        ),
    )


def _check(cases: Sequence[Case], laws: Mapping[str, Law], draws: Draws) -> Law:
    """The law of which prices need the day, once everything fits."""
    if not cases or not laws:
        raise RuleError(
            f"{len(cases)} cases under {len(laws)} laws give nothing to draw.",
            remedy="name at least one case and one law",
        )
    if len({(law.known_on, law.outlook and law.outlook.name) for law in laws.values()}) != 1:
        raise RuleError(
            "the laws differ in day of knowledge or outlook.",
            remedy="compare variants as known on one day, with one outlook",
        )
    if len({case.price_set for case in cases}) != 1:
        raise RuleError(
            f"the cases name different price sets: {', '.join({c.price_set for c in cases})}.",
            remedy="draws share their prices: simulate cases with one price set at a time",
        )
    if draws.n < 1:
        raise RuleError(f"{draws.n} draws tell nothing.", remedy="ask for at least 1 draw")
    price_family(draws.family)
    if draws.process is not None:
        price_processes(draws.process)
    ids = [case.id for case in cases]
    if len(set(ids)) < len(ids):
        raise RuleError("a case is named twice.", remedy="name every case once")
    return next(iter(laws.values()))


def _check_outcomes(outcomes: Sequence[str]) -> None:
    unknown = [name for name in outcomes if name not in OUTCOMES]
    if unknown or not outcomes or len(set(outcomes)) < len(outcomes):
        raise RuleError(
            f"{', '.join(unknown or outcomes) or 'nothing'} cannot be asked for: it is no outcome, "
            "or is named twice.",
            remedy=f"choose each once from: {', '.join(OUTCOMES)}",
        )


def _without_delays(case: Case, causes: Sequence[str]) -> Case:
    """The case as if some causes of delay did not exist; its draws stay those that they were."""
    if not causes:
        return case
    nought = {"kind": "fixed", "value": 0.0}
    delays = [
        type(each).model_validate(
            {**each.model_dump(by_alias=True), "years": nought, "reference_class": None}
        )
        if each.cause in causes
        else each
        for each in case.uncertainties.delays
    ]
    uncertainties = case.uncertainties.model_copy(update={"delays": delays})
    return case.model_copy(update={"uncertainties": uncertainties})


def _years(cases: Sequence[Case]) -> Ints:
    first = min(case.valuation_year for case in cases)
    last = max(case.last_year + max(most_years_late(case).values(), default=0) for case in cases)
    return np.arange(first - 1, last + 1)


def _label(law: Law) -> str:
    return law.variant.name if law.variant else "none"


@dataclass
class _States:
    """Collects the law states that any case may meet."""

    cases: tuple[Case, ...]
    law: Law
    years: Ints
    _laws: dict[str, Law] = field(default_factory=dict)
    _members: dict[str, list[int]] = field(default_factory=dict)

    def holds(self, law: Law, n: int) -> tuple[Holds, ...]:
        """Which states may hold for a case under a law, the likeliest rest last."""
        found, rest = [], 1.0
        policy = () if law.variant else self.cases[n].uncertainties.policy
        for each in policy:
            since = date(each.since, 1, 1) if each.since else None
            changed = Law(law.known_on, variant=each.variant, outlook=_outlook(law), since=since)
            name = f"{each.variant}:{each.since or ''}"
            found.append(Holds(self._state(name, changed, n), each.probability))
            rest -= each.probability
        found.append(Holds(self._state(_label(law), law, n), rest))
        return tuple(found)

    def _state(self, name: str, law: Law, n: int) -> int:
        self._laws.setdefault(name, law)
        members = self._members.setdefault(name, [])
        if n not in members:
            members.append(n)
        return list(self._laws).index(name)

    @cached_property
    def _sheets(self) -> dict[str, tuple[Sheet, ...]]:
        return {
            name: tuple(
                lay_out(
                    self.cases[n],
                    law,
                    uncertain_places(self.cases[n]),
                    most_years_late(self.cases[n]),
                )
                for n in self._members[name]
            )
            for name, law in self._laws.items()
        }

    def columns(self) -> dict[str, int]:
        """Carriers first, then what the levy asks per tonne: the same in every state."""
        sheets = [sheet for each in self._sheets.values() for sheet in each]
        carriers = sorted({carrier for sheet in sheets for carrier in sheet.carriers})
        kinds = [tariff_column(kind) for kind in self._kinds()]
        return {name: n for n, name in enumerate([*carriers, *kinds, MINIMUM])}

    def _kinds(self) -> list[Installatie]:
        levies = {place.levy for case in self.cases for place in case.installations}
        return [kind for kind in Installatie if kind.value in levies]

    def states(self, columns: Mapping[str, int], outcomes: Sequence[str]) -> tuple[LawState, ...]:
        """Every state, its sheets packed."""
        return tuple(self._made(name, columns, outcomes) for name in self._laws)

    def _made(self, name: str, columns: Mapping[str, int], outcomes: Sequence[str]) -> LawState:
        law, sheets, years = self._laws[name], self._sheets[name], self.years[1:]
        tariffs = levy_tariffs(law, years, self._kinds())
        published = [published_levy_price(law, int(year)) for year in years]
        return LawState(
            name,
            tuple(self._members[name]),
            sheets,
            pack(sheets, columns, self.years, outcomes),
            {tariff_column(kind): tariff for kind, tariff in tariffs.items()},
            law.yearly(f"{LEVY}/minimumprijs", years),
            np.array([np.nan if each is None else each for each in published]),
            law.outlook.carry if law.outlook else 0.0,
        )


def _outlook(law: Law) -> str | None:
    return law.outlook.name if law.outlook else None


# ── the work of one block ─────────────────────────────────────────────────────────────────────


def simulation_block(plan: SimulationPlan, task: Task) -> Tables:
    """`draws`: law, case, draw and every outcome. (case x draw,)

    NaN where a case cannot give an outcome: the kernel takes what is absent as nothing and a range
    without a centre at its middle, and such a number goes into no table.
    """
    which = plan.draws.which(task.first_draw, task.n_draws)
    found = drawn_outcomes(plan, task.law, which)  # (outcome, case, draw)
    for law, outcome, n in plan.not_known:
        if law == task.law:
            found[plan.outcomes.index(outcome), n] = np.nan
    n = len(plan.cases) * task.n_draws
    ids = np.array([case.id for case in plan.cases], dtype=object)
    draws = np.arange(task.first_draw, task.first_draw + task.n_draws)
    columns = {name: row.reshape(n) for name, row in zip(plan.outcomes, found, strict=True)}
    return {
        "draws": {
            "law": np.full(n, task.law, dtype=object),
            "case": np.repeat(ids, task.n_draws),
            "draw": np.tile(draws, len(ids)),
            **columns,
        }
    }


def drawn_outcomes(
    plan: SimulationPlan, law: str, which: WhichDraws, suffix_of: SuffixOf = no_suffix
) -> Floats:
    """Every outcome of every case in some draws. (outcome, case, draw)

    `suffix_of` sends inputs to another stream of draws: those of a case by name, `policy`,
    `prices`, and `eu_ets/benchmark`.
    """
    inputs = [drawn_inputs(case, which, suffix_of) for case in plan.cases]
    shares = benchmark_shares(which, suffix_of(BENCHMARK_BOUND))
    prices = price_lanes(plan, which, suffix_of(PRICES))
    policy = [policy_quantiles(case, which, suffix_of(POLICY)) for case in plan.cases]
    return outcomes_at(plan, law, inputs, shares, prices, policy)


def outcomes_at(
    plan: SimulationPlan,
    law: str,
    inputs: Sequence[Inputs],
    shares: Floats,
    prices: Floats,
    policy: Sequence[Floats],
) -> Floats:
    """Every outcome at given inputs. (outcome, case, draw)

    Parameters
    ----------
    inputs : of each case; shares : how far unseen benchmark values lie between their bounds
    prices : as `price_lanes` gives them; the columns of the levy are written over
    policy : per case the quantile that decides which law holds
    """
    count = len(shares)
    found = np.empty((len(plan.outcomes), len(plan.cases), count))
    passed = {id_: np.zeros(count) for id_ in range(len(plan.cases))}  # probability so far
    by_state: dict[int, Floats] = {}
    for n in range(len(plan.cases)):
        for each in plan.holds[law, n]:
            if each.state not in by_state:
                by_state[each.state] = _under(plan, each.state, inputs, shares, prices)
            place = plan.states[each.state].cases.index(n)
            values = by_state[each.state][:, place]
            if len(plan.holds[law, n]) == 1:
                found[:, n] = values
                continue
            here = policy[n] >= passed[n]
            found[:, n, here] = values[:, here]
            passed[n] = passed[n] + each.probability
    return found


def _under(
    plan: SimulationPlan, state: int, inputs: Sequence[Inputs], shares: Floats, prices: Floats
) -> Floats:
    """Outcomes of the cases that meet a law state, in every draw. (outcome, case, draw)"""
    law = plan.states[state]
    packed = law.packed
    n_blocks, count = prices.shape[0], len(shares)
    _write_levy(plan, law, prices)
    factors = np.ones((len(packed.factors) + 1, n_blocks * LANES))
    late = np.zeros((len(packed.lates) + 1, n_blocks * LANES))
    for row, (sheet, project) in enumerate(packed.lates, 1):
        case = plan.cases[law.cases[sheet]]
        years = inputs[law.cases[sheet]].years_late.get(case.projects[project].id)
        if years is not None:
            late[row, :count] = years
    for row, product in enumerate(packed.factors, 1):
        case_number = law.cases[product.sheet]
        lane = factors[row, :count]
        for place in product.places:
            if place == BENCHMARK_BOUND:
                lane *= shares - 0.5
            else:
                lane *= inputs[case_number].multipliers[place]
        if product.project != ALWAYS:
            id_ = plan.cases[case_number].projects[product.project].id
            years = inputs[case_number].years_late.get(id_, np.zeros(count))
            lane *= np.array(product.levels)[years.astype(np.int64)]
    wanted = np.array(
        [plan.outcomes.index(name) if name in plan.outcomes else -1 for name in OUTCOMES]
    )
    out = np.empty((len(plan.outcomes), len(law.cases), n_blocks, LANES))
    valuation.value(
        packed.batch,
        prices,
        factors.reshape(-1, n_blocks, LANES),
        late.reshape(-1, n_blocks, LANES),
        wanted,
        out,
    )
    found = out.reshape(len(plan.outcomes), len(law.cases), n_blocks * LANES)[:, :, :count]
    for sheet, constants in enumerate(packed.constants):
        for name, constant in constants.items():
            if name in plan.outcomes:
                found[plan.outcomes.index(name), sheet] = constant
    return found


def price_lanes(plan: SimulationPlan, which: WhichDraws, suffix: str = "") -> Floats:
    """Prices of some draws as the kernel reads them. (block, year, column, LANES)"""
    carriers = [name for name in plan.columns if not name.startswith("levy.")]
    run = _Prices(
        plan.known_on,
        plan.outlook,
        plan.price_set,
        tuple(carriers),
        (int(plan.years[0]), int(plan.years[-1])),
        plan.draws.family,
        plan.draws.process,
    )
    return as_lanes(plan, _nominal(run, which, suffix))


@dataclass(frozen=True)
class _Prices:
    """What the prices of a run follow from, besides the draws."""

    known_on: date
    outlook: str
    price_set: str
    carriers: tuple[str, ...]
    years: tuple[int, int]
    family: str
    process: str | None


@lru_cache(maxsize=8)
def _nominal(run: _Prices, which: WhichDraws, suffix: str) -> Floats:
    """Prices of some draws, kept: laws and pages share them. (carrier, year, draw)"""
    nominal = drawn_prices(
        _known_law(run.known_on, run.outlook),
        run.price_set,
        run.carriers,
        np.arange(run.years[0], run.years[1] + 1),
        family=run.family,
        process=run.process,
        seed=which.seed,
        first=which.first,
        count=which.count,
        method=which.method,
        suffix=suffix,
    ).nominal
    nominal.flags.writeable = False
    return nominal


def as_lanes(plan: SimulationPlan, nominal: Floats) -> Floats:
    """Prices (carrier, year, draw) as the kernel reads them, the last draw repeated at the end."""
    n_carriers, n_years, count = nominal.shape
    n_blocks = -(-count // LANES)
    lanes = np.ones((n_blocks, n_years, len(plan.columns) + SPARE, LANES))
    whole = count // LANES
    split = nominal[:, :, : whole * LANES].reshape(n_carriers, n_years, whole, LANES)
    lanes[:whole, :, :n_carriers] = split.transpose(2, 1, 0, 3)
    if whole < n_blocks:
        rest = nominal[:, :, whole * LANES :]
        padded = np.pad(rest, ((0, 0), (0, 0), (0, LANES - rest.shape[2])), mode="edge")
        lanes[whole, :, :n_carriers] = padded.transpose(1, 0, 2)
    return lanes


def _write_levy(plan: SimulationPlan, law: LawState, prices: Floats) -> None:
    """What a tonne costs under the levy, in each draw: the price of last year comes off."""
    before = prices[:, :-1, plan.columns["eua"]] * (1.0 + law.carry)  # (block, year, LANES)
    known = law.known_price[:, np.newaxis]
    deducted = np.where(np.isnan(known), before, known)
    for name, tariff in law.tariffs.items():
        kind = Installatie(name.removeprefix("levy."))
        prices[:, 1:, plan.columns[name]] = netto_tarief(tariff[:, np.newaxis], deducted, kind)
    minimum = netto_minimumprijs(law.minimum[:, np.newaxis], deducted)
    prices[:, 1:, plan.columns[MINIMUM]] = minimum


@cache
def _known_law(known_on: date, outlook: str) -> Law:
    """The law as it stands, of which the prices need the day and the inflation."""
    return Law(known_on, outlook=None if outlook == "none" else outlook)


def path_of(plan: SimulationPlan, draw: int) -> PricePaths:
    """The prices of one draw, to compute its yearly tables with."""
    carriers = [name for name in plan.columns if not name.startswith("levy.")]
    which = plan.draws.which(draw, 1)
    lanes = price_lanes(plan, which)[0, :, : len(carriers), 0]
    return PricePaths(plan.years, dict(zip(carriers, lanes.T.copy(), strict=True)))


# ── all blocks together ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Simulation:
    """A finished simulation."""

    plan: SimulationPlan
    blocks: Blocks

    def values(self, law: str, case: str, outcome: str) -> Floats | None:
        """An outcome in every draw; None where the case cannot give it (see `lacking`). (draw,)"""
        if self.lacking(law, case, outcome):
            return None
        return np.asarray(self._drawn(law, outcome)[self._number(case)])

    @cached_property
    def _by_law(self) -> dict[tuple[str, str], Floats]:
        return {}

    def _drawn(self, law: str, outcome: str) -> Floats:
        """(case, draw)"""
        key = (law, outcome)
        if key not in self._by_law:
            n = len(self.plan.cases)
            parts = [
                self.blocks.tables(task)["draws"][outcome].reshape(n, -1)
                for task in self.blocks.tasks
                if task.law == law
            ]
            self._by_law[key] = np.concatenate(parts, axis=1)
        return self._by_law[key]

    def _number(self, case: str) -> int:
        return [each.id for each in self.plan.cases].index(case)

    def lacking(self, law: str, case: str, outcome: str) -> tuple[tuple[str, bool], ...]:
        """The figures that an outcome needs and nobody gives: place, and whether it is absent.

        What is not absent is a range without a centre, of which the case declares no distribution.
        """
        return self.plan.lacking(law, self._number(case), outcome)


def simulate(
    case_files: Sequence[CaseFile],
    laws: Mapping[str, Law],
    draws: Draws,
    *,
    outcomes: Sequence[str] = OUTCOMES,
    without_delays: Sequence[str] = (),
    threads: int | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Every outcome of every case in every draw, here and in memory.

    Raises    as `simulation_plan` and `run_blocks`
    """
    plan = simulation_plan(
        case_files, laws, draws, outcomes=outcomes, without_delays=without_delays
    )
    blocks = run_blocks(plan, plan.tasks(), simulation_block, threads=threads, progress=progress)
    return Simulation(plan, blocks)


# ── what is not known ─────────────────────────────────────────────────────────────────────────

_OWN_MONEY = frozenset({Sum.OPERATIONS, Sum.CARBON, Sum.INVESTMENT, Sum.DEPRECIATION})
_SUPPORT = frozenset({Sum.GRANT, Sum.AID})


def lacking(sheet: Sheet, outcome: str) -> tuple[tuple[str, bool], ...]:
    """The figures that an outcome of a sheet hangs on and no draw gives: place, is it absent.

    Raises KeyError for an outcome that does not exist.
    """
    needs = _NEEDS[outcome]
    if needs.at_target and sheet.target < 0:
        return (("last_year", False),)
    found: dict[tuple[str, bool], None] = {}
    for unknown in sheet.unknowns:
        years = unknown.years
        if unknown.sum in _levied(sheet, needs):
            years = years & ~sheet.levies.gone
        if needs.to_target:
            years = years & (np.arange(len(years)) <= max(sheet.target, 0))
        if needs.at_target:
            years = years & (np.arange(len(years)) == sheet.target)
        if years.any() and unknown.sum in _sums_of(sheet, needs):
            found[unknown.place, unknown.is_absent] = None
    return tuple(found)


@dataclass(frozen=True)
class _Needs:
    """Which sums an outcome hangs on, and in which years."""

    fixed: frozenset[Sum] = frozenset()
    own: tuple[str, ...] = ()  # without, with, rights of the own installations
    levy: bool = False  # only where there is a levy
    contracts: bool = False
    connections: bool = False
    at_target: bool = False
    to_target: bool = False


_LEVY_WITH = _Needs(own=("with", "rights"), levy=True)
_LEVY_WITHOUT = _Needs(own=("without", "rights"), levy=True)
_CARBON = _Needs(frozenset({Sum.CARBON}), ("without", "with", "rights"), levy=True)
_WITHOUT = replace(_CARBON, fixed=_OWN_MONEY, connections=True)
_WITH = replace(_WITHOUT, fixed=_OWN_MONEY | _SUPPORT | {Sum.RELIEF}, contracts=True)
_TONNES = _Needs(own=("without", "with", "rights"))
_NEEDS = {
    "npv_eur": _WITH,
    "npv_without_support_eur": _WITHOUT,
    "carbon_value_eur": _CARBON,
    "gross_2030_t": _Needs(frozenset({Sum.GROSS}), at_target=True),
    "required_2030_t": replace(_TONNES, own=("without", "rights"), at_target=True),
    "additional_2030_t": replace(_TONNES, at_target=True),
    "additional_2030_frozen_path_t": _Needs(
        frozenset({Sum.FROZEN}), ("without", "with"), at_target=True
    ),
    "removal_2030_t": _Needs(frozenset({Sum.REMOVAL}), at_target=True),
    "gross_discounted_t": _Needs(frozenset({Sum.GROSS})),
    "additional_discounted_t": _TONNES,
    "levy_total_eur": _LEVY_WITH,
    "levy_total_without_eur": _LEVY_WITHOUT,
    "levy_to_2030_eur": replace(_LEVY_WITH, to_target=True),
    "levy_to_2030_without_eur": replace(_LEVY_WITHOUT, to_target=True),
    "support_eur": _Needs(_SUPPORT, contracts=True),
    "support_discounted_eur": _Needs(_SUPPORT, contracts=True),
    "payback_years": _WITH,
    "irr": _WITH,
    "irr_roots": _WITH,
}


def _sums_of(sheet: Sheet, needs: _Needs) -> frozenset[int]:
    """The numbers of the sums that an outcome hangs on."""
    places = sheet.places
    found = {int(each) for each in needs.fixed} | set(_own_sums(sheet, needs.own))
    if needs.contracts:
        found |= {places.contract(n) for n in range(len(sheet.contracts))}
    if needs.connections:
        sides = ("without", "with")
        count = range(places.connections)
        found |= {places.connection(n, side) for n in count for side in sides}
    return frozenset(found)


def _own_sums(sheet: Sheet, which: Sequence[str]) -> list[int]:
    own = np.flatnonzero(sheet.levies.own)
    return [sheet.places.installation(int(n), each) for n in own for each in which]


def _levied(sheet: Sheet, needs: _Needs) -> frozenset[int]:
    """The sums that count only where there is a levy: rights always, emissions for the levy."""
    which = needs.own if needs.levy else ("rights",)
    return frozenset(_own_sums(sheet, which))
