# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast is the kernel of risk, beside C++, NumPy, numba, numpy-financial and PySAM?

Takes     made-up projects of `risk_arrays`, made-up cases from the example of the documentation.
Gives     a row per question, in millions of valuations a second; ratios are taken side by side.
Leaves    accuracy: every peer is first held to the same numbers (`yardsticks.agree`), and the tests
          hold the kernel to the plain road.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import yaml
from risk_arrays import KernelArrays, core, full
from stopwatch import Row, process, python
from yardsticks import (
    CoreArrays,
    blocked_numpy,
    made_up,
    numba_newton_of_core,
    numpy_financial_loop,
    pysam_single_owner,
    yardstick,
)

from maatwerkbank.ground.receipt import digest
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.risk.distribution_of import quantiles
from maatwerkbank.risk.kernel import valuation
from maatwerkbank.risk.sensitivity import Page, sobol_indices
from maatwerkbank.risk.simulation import (
    Draws,
    Simulation,
    SimulationPlan,
    drawn_outcomes,
    simulate,
    simulation_plan,
)

PROJECTS, DRAWS, THREADS, REPEATS = 10_000, 1_000, 2, 3
SLICE = 250  # projects of one piece of work of a thread
CASES, CASE_DRAWS, FACTORS, PAGE = 30, 10_000, 12, 4_096
KNOWN_ON = date(2025, 6, 30)
EXAMPLE = Path(__file__).parents[1] / "docs" / "reference" / "example-case.yaml"


def rows() -> Iterator[Row]:
    """The kernel alone, beside peers, then what a person waits for."""
    arrays = made_up(PROJECTS, DRAWS, 0)
    only_prices, everything = core(arrays), full(arrays, 0)
    yield from _core(arrays, only_prices)
    yield _full(only_prices, everything)
    yield _with_set_off(everything, full(arrays, 0, sets_off=True))
    yield _rates(arrays)
    yield from _one_valuation(arrays, everything)
    yield _threads(everything)
    del only_prices, everything, arrays
    yield _end_to_end()
    yield _sobol()
    yield _memory()


# ── the kernel alone ──────────────────────────────────────────────────────────────────────────


def valued(arrays: KernelArrays, room: Any, threads: int) -> None:
    """Every project in every draw, in slices over some threads."""
    n = len(arrays.batch.sheets)
    starts = range(0, n, SLICE)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda first: arrays.value(room, first, first + SLICE), starts))


def _speed(arrays: KernelArrays, threads: int = THREADS) -> float:
    """Millions of valuations a second."""
    room = arrays.room()
    valued(arrays, room, threads)
    taken = median(_seconds(lambda: valued(arrays, room, threads)) for _ in range(REPEATS))
    return arrays.evaluations / taken / 1e6


def _by_turns(
    ours: Callable[[], object], other: Callable[[], object], repeats: int = REPEATS
) -> tuple[float, float, float]:
    """Median seconds of both, and the median of their ratio, other over ours."""

    def warm(do: Callable[[], object]) -> float:
        do()  # the machine is awake, and threads of the other have stopped looking for work
        return _seconds(do)

    pairs = [(warm(ours), warm(other)) for _ in range(repeats)]
    return (
        median(one for one, _ in pairs),
        median(two for _, two in pairs),
        median(two / one for one, two in pairs),
    )


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _row(question: str, ours: float, other: float, ratio: float, *, at_least: float | None) -> Row:
    return Row(question, ours, other, "Mev/s", ratio, 0.0, at_least=at_least)


def _core(arrays: CoreArrays, ours: KernelArrays) -> Iterator[Row]:
    room = ours.room()
    size = f"core arithmetic, {PROJECTS:,} projects x {DRAWS:,} draws, {THREADS} threads"
    million = ours.evaluations / 1e6
    compiled, why_not = yardstick()
    if compiled is None:
        print(why_not, flush=True)
    else:
        into = np.empty((arrays.n_projects, arrays.n_draws))
        mine, theirs, ratio = _by_turns(
            lambda: valued(ours, room, THREADS),
            lambda: compiled.net_present_values(arrays, threads=THREADS, into=into),
        )
        yield _row(
            f"{size}; other: hand-written C++",
            million / mine,
            million / theirs,
            ratio,
            at_least=0.75,
        )
    few = made_up(500, DRAWS, 0)
    mine = _speed(ours)
    numpy = few.evaluations / _seconds(lambda: blocked_numpy(few, threads=THREADS)) / 1e6
    yield _row(f"{size}; other: blocked NumPy", mine, numpy, mine / numpy, at_least=15.0)


def _full(only_prices: KernelArrays, everything: KernelArrays) -> Row:
    room, more_room = only_prices.room(), everything.room()
    million = everything.evaluations / 1e6
    mine, other, ratio = _by_turns(
        lambda: valued(everything, more_room, THREADS), lambda: valued(only_prices, room, THREADS)
    )
    return _row(
        "full kernel (uncertain levy base, support, delay, gap, tonnes; no IRR, no set-off); "
        "other: core",
        million / mine,
        million / other,
        ratio,
        at_least=1 / 3,
    )


def _with_set_off(everything: KernelArrays, and_set_off: KernelArrays) -> Row:
    mine, other = _speed(and_set_off), _speed(everything)
    return _row(
        "full kernel with set-off of surplus rights over five years; other: without",
        mine,
        other,
        mine / other,
        at_least=None,
    )


def _rates(arrays: CoreArrays) -> Row:
    part = made_up(4 * SLICE, DRAWS, 0)
    ours = core(part, ("npv_eur", "irr", "irr_roots"))
    room = ours.room()
    million = ours.evaluations / 1e6
    mine, other, ratio = _by_turns(
        lambda: valued(ours, room, THREADS),
        lambda: numba_newton_of_core(part, threads=THREADS),
    )
    del arrays
    return _row(
        "NPV and IRR with the number of roots; other: a numba loop with Newton per row, no count",
        million / mine,
        million / other,
        ratio,
        at_least=5.0,
    )


def _one_valuation(arrays: CoreArrays, everything: KernelArrays) -> Iterator[Row]:
    mine = _speed(everything)
    pysam = pysam_single_owner(20) / 1e6
    yield _row(
        "one valuation, full kernel; other: PySAM's single-owner model",
        mine,
        pysam,
        mine / pysam,
        at_least=200_000.0,
    )
    loop = numpy_financial_loop(arrays, 400) / 1e6
    yield _row(
        "one valuation, full kernel; other: a loop with numpy-financial",
        mine,
        loop,
        mine / loop,
        at_least=8_000.0,
    )


def _threads(everything: KernelArrays) -> Row:
    room = everything.room()
    million = everything.evaluations / 1e6
    two, one, ratio = _by_turns(
        lambda: valued(everything, room, 2), lambda: valued(everything, room, 1)
    )
    return _row(
        "full kernel on 2 threads; other: on 1", million / two, million / one, ratio, at_least=1.8
    )


# ── what a person waits for ───────────────────────────────────────────────────────────────────


def cases(n: int) -> list[CaseFile]:
    """The example of the documentation with twelve uncertain figures, under so many names."""
    document = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    document["projects"][0] |= {
        "variable_opex": {"value": 1, "unit": "MEUR/year", "source": "made-up"},
        "grid_cost": {"value": 2, "unit": "MEUR/year", "source": "made-up"},
        "premium": {
            "volume": {"value": 10, "unit": "kt/year", "source": "made-up"},
            "price": {"value": 90, "unit": "EUR/t", "source": "made-up"},
        },
    }
    places = [place_text(path) for path, _ in figures(Case.model_validate(document))]
    drawn = [each for each in places if each != "discount_rate"]
    document["uncertainties"] = {"figures": [_ratio(place) for place in drawn[:FACTORS]]}
    made = [{**document, "id": f"case-{k}"} for k in range(n)]
    return [CaseFile(Case.model_validate(each), digest(each["id"]), ()) for each in made]


def _ratio(place: str) -> dict[str, Any]:
    return {
        "id": "".join(letter if letter.isalnum() else "-" for letter in place.lower()),
        "of": [place],
        "as": "ratio",
        "distribution": {"kind": "triangular", "low": 0.8, "mode": 1.0, "high": 1.3},
        "source": "made-up",
    }


def _kernel_seconds(plan: SimulationPlan) -> float:
    """What the kernel itself takes for all draws of all laws, its inputs at hand, on all threads.

    Each call is timed by itself on one thread; together they take as long on so many threads.
    """
    kept, taken = valuation.value, []

    def timed(*arguments: Any) -> None:
        taken.append(_seconds(lambda: kept(*arguments)))

    valuation.value = timed
    try:
        for task in plan.tasks():
            drawn_outcomes(plan, task.law, plan.draws.which(task.first_draw, task.n_draws))
    finally:
        valuation.value = kept
    return sum(taken) / THREADS


def _end_to_end() -> Row:
    files = cases(CASES)
    laws = {
        "as_known": Law(KNOWN_ON, outlook="hold"),
        "levy_abolished": Law(KNOWN_ON, variant="levy_abolished", outlook="hold"),
    }
    draws = Draws(n=CASE_DRAWS, seed=0)

    def all_of_it() -> Simulation:
        found = simulate(files, laws, draws, threads=THREADS)
        for law in laws:
            for each in files:
                for outcome in found.plan.outcomes:
                    values = found.values(law, each.case.id, outcome)
                    if values is not None:
                        quantiles(values, [0.05, 0.5, 0.95])
        return found

    plan = all_of_it().plan
    whole = median(_seconds(all_of_it) for _ in range(REPEATS))
    alone = median(_kernel_seconds(plan) for _ in range(REPEATS))
    return Row(
        question=(
            f"{CASES} cases x {CASE_DRAWS:,} draws x 2 laws, from cases in memory to quantiles; "
            "other: ten times the kernel alone"
        ),
        ours=whole,
        other=10 * alone,
        unit="s",
        ratio=10 * alone / whole,
        memory_mb=0.0,
        at_least=1.0,
    )


def _sobol() -> Row:
    """Twelve declared factors of every case, swapped at once in all cases."""
    files = cases(CASES)
    plan = simulation_plan(
        files,
        {"as_known": Law(KNOWN_ON, outlook="hold")},
        Draws(n=PAGE, seed=0),
        outcomes=("npv_eur",),
    )
    inputs = plan.cases[0].uncertainties.inputs

    def outcomes(page: Page) -> Any:
        def suffix(name: str) -> str:
            return "|B" if page.stream(name) == "B" else ""

        return drawn_outcomes(plan, "as_known", plan.draws.which(), suffix)[0]

    def indices() -> object:
        return sobol_indices(outcomes, inputs, PAGE, 0)

    indices()
    whole = median(_seconds(indices) for _ in range(REPEATS))
    alone = THREADS * _kernel_seconds(plan) * (FACTORS + 2)
    return Row(
        question=(
            f"Sobol indices, {FACTORS} factors, n = {PAGE:,}, {CASES} cases; other: three times "
            "the kernel for as many valuations"
        ),
        ours=whole,
        other=3 * alone,
        unit="s",
        ratio=3 * alone / whole,
        memory_mb=0.0,
        at_least=1.0,
    )


def _memory() -> Row:
    measured = process(python(__file__), 1)
    whole = 10_000 * 10_000 * 30 * 8 / 1024**2
    return Row(
        question=(
            f"memory, 10,000 projects x 10,000 draws with all values kept, in "
            f"{measured.seconds:.0f} s; other: all yearly flows kept"
        ),
        ours=measured.memory_mb,
        other=whole,
        unit="MB",
        ratio=whole / measured.memory_mb,
        memory_mb=measured.memory_mb,
        at_most=2000.0,
    )


def main() -> int:
    """The run of the memory row."""
    ours = core(made_up(10_000, 10_000, 0))
    valued(ours, ours.room(), THREADS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
