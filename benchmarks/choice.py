# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the choice among 60 options over 1,000 draws cost, and is it the best one?

Takes     made-up options: two variants a case, shared pipelines with a fixed cost, budget and staff
          by year, expected shortfall at 95 %, to within 0.01 %.
Gives     rows for building the model beside solving it, for worst tails beside a row per draw, and
          for 16 options beside all 65,536 choices, which must give the same worth.
Leaves    frontier and shadow prices: they are the same question, asked again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from stopwatch import Row, seconds, timed, times_faster

from maatwerkbank.portfolio.choice import model as choice_model
from maatwerkbank.portfolio.choice.best import GAP, choose, programme_of
from maatwerkbank.portfolio.choice.model import Programme, Solved, build, solve
from maatwerkbank.portfolio.choice.terms import Infrastructure, Limits, Option

Floats = NDArray[np.float64]

OPTIONS, DRAWS, SMALL = 60, 1_000, 16
SEEDS = (0, 1, 2)
YEARS = np.arange(2026, 2032)


def rows() -> Iterator[Row]:
    """Build beside solve, tails beside rows, the best of all choices beside the choice."""
    programmes = [programme_of(*_world(seed, OPTIONS)) for seed in SEEDS]
    size = f"{OPTIONS} options x {DRAWS:,} draws with CVaR, {len(SEEDS)} portfolios"
    kept = choice_model.ROWS_UP_TO
    choice_model.ROWS_UP_TO = DRAWS
    try:
        built = timed(lambda: [build(p) for p in programmes], 3)
        whole, by_row = _timed_solve(programmes)
    finally:
        choice_model.ROWS_UP_TO = kept
    solving = whole - built.seconds
    yield times_faster(
        f"choice, {size}: building a row per draw; other: solving it", built, solving, at_least=1.0
    )
    tails = timed(lambda: [solve(p, gap=GAP) for p in programmes], 1)
    _agree(by_row, [solve(p, gap=GAP) for p in programmes])
    yield times_faster(
        f"choice, {size}: as it runs, built and solved; other: with a row per draw",
        tails,
        whole,
        at_least=1.0,
    )
    yield _oracle()


def _timed_solve(programmes: Sequence[Programme]) -> tuple[float, list[Solved | None]]:
    """Seconds to build and solve all, and the answers."""
    answers: list[Solved | None] = []
    taken = seconds(lambda: answers.extend(solve(p, gap=GAP) for p in programmes), 1)
    return taken, answers


def _agree(one: Sequence[Solved | None], other: Sequence[Solved | None]) -> None:
    """Both ways must find the same worth to within the gap of each."""
    worths = [[0.0 if s is None else s.objective for s in answers] for answers in (one, other)]
    np.testing.assert_allclose(*worths, rtol=2 * GAP)


def _oracle() -> Row:
    """All choices of a few options at once, by sums that share nothing with the model."""
    options, limits = _world(0, SMALL)
    found = choose(options, limits, gap=1e-9).value.objective_t
    np.testing.assert_allclose(found, _best_of_all(options, limits), rtol=1e-9)
    # A low bound: so few options are quickly tried, and what counts is the same worth, just held.
    return times_faster(
        f"choice, {SMALL} options x {DRAWS:,} draws, same worth; other: all {2**SMALL:,} choices",
        timed(lambda: choose(options, limits, gap=1e-9), 3),
        seconds(lambda: _best_of_all(options, limits), 3),
        at_least=0.1,
    )


def _world(seed: int, n: int) -> tuple[list[Option], Limits]:
    generator = np.random.default_rng(seed)
    common = generator.normal(size=DRAWS)
    options = [_option(generator, i, common) for i in range(n)]
    shared = tuple(
        Infrastructure(
            f"pipe{k}",
            np.full(len(YEARS), n * 2e4),
            2029,
            np.where(YEARS == 2027, generator.uniform(6e7, 2e8), 0.0) * n / OPTIONS,
            paid_by_state=True,
        )
        for k in range(3)
    )
    money = sum(option.public_money_eur for option in options)
    limits = Limits(
        years=YEARS,
        budget_eur=np.asarray(money * 0.25 + 5e7 * n / OPTIONS),
        staff_fte=np.full(len(YEARS), n * 0.3),
        infrastructure=shared,
        risk_aversion=0.5,
    )
    return options, limits


def _option(generator: np.random.Generator, i: int, common: Floats) -> Option:
    mean = generator.uniform(2e4, 4e5)
    spread = 1.0 + 0.3 * common + 0.4 * generator.normal(size=DRAWS)
    money = np.zeros(len(YEARS))
    money[generator.integers(0, len(YEARS) - 2)] = mean * generator.uniform(40.0, 300.0)
    option = Option(
        id=f"option-{i:03d}",
        case=f"case-{i // 2:03d}",
        start_year=2029,
        additional_t=mean * np.clip(spread, 0.0, None),
        public_money_eur=money,
        staff_fte=np.full(len(YEARS), generator.uniform(0.2, 1.5)),
    )
    if generator.random() < 0.4:
        return option
    flow = np.where(YEARS >= 2029, mean, 0.0)
    return replace(option, uses={f"pipe{generator.integers(3)}": flow})


def _best_of_all(options: Sequence[Option], limits: Limits) -> float:
    """The worth of the best choice, all of them tried."""
    n = len(options)
    take = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)
    money = take @ np.array([option.public_money_eur for option in options])
    staff = take @ np.array([option.staff_fte for option in options])
    allowed = (staff <= limits.staff_fte).all(axis=1)
    for pipe in limits.infrastructure:
        nothing = np.zeros(len(YEARS))
        used = take @ np.array([option.uses.get(pipe.id, nothing) for option in options])
        money += np.outer(used.max(axis=1) > 0.0, pipe.fixed_cost_eur)
        room = np.where(pipe.opening_year <= YEARS, pipe.capacity, 0.0)
        allowed &= (used <= room).all(axis=1)
    allowed &= (money <= limits.budget_eur).all(axis=1)
    allowed &= (take[:, 0::2] + take[:, 1::2] <= 1.0).all(axis=1)
    possible = take[allowed]
    tonnes = np.array([option.additional_t for option in options])
    means = tonnes.mean(axis=1)
    lost = np.sort(possible @ (means[:, None] - tonnes), axis=1)
    cvar = lost[:, -round(DRAWS * (1.0 - limits.cvar_level)) :].mean(axis=1)
    return float((possible @ means - limits.risk_aversion * cvar).max())
