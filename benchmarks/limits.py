# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can this machine do at most, and how near does the C++ yardstick come?

Takes     made-up projects and prices.
Gives     a row for floating point, one for memory, one for the yardstick against its bound.
Leaves    our own kernel; and every row where g++ is absent.
"""

from collections.abc import Iterator
from statistics import median

import yardsticks
from stopwatch import Row, seconds
from yardsticks import Yardstick, made_up

THREADS = 2
PROJECTS, DRAWS, REPEATS = 1_000, 1_000, 15
ROUNDS = 5_000_000  # of the bound: as long as the yardstick takes


def rows() -> Iterator[Row]:
    """Floating point and memory, of all threads beside one; the yardstick beside its bound."""
    yardsticks.agree()
    compiled, why_not = yardsticks.yardstick()
    if compiled is None:
        print(why_not)
        return
    alone, together = compiled.limits(1), compiled.limits(THREADS)
    yield _limit("multiply-adds in registers", "GF/s", together.gflops, alone.gflops)
    yield _limit(
        "memory, two arrays read and one written",
        "GB/s",
        together.gb_per_second,
        alone.gb_per_second,
    )
    yield _yardstick_beside_its_bound(compiled)


def _limit(what: str, unit: str, together: float, alone: float) -> Row:
    return Row(
        question=f"limit of this machine: {what}, {THREADS} threads; other: 1 thread",
        ours=together,
        other=alone,
        unit=unit,
        ratio=together / alone,
        memory_mb=0.0,
    )


def _yardstick_beside_its_bound(compiled: Yardstick) -> Row:
    """By turns, so that whatever else the machine does hits both."""
    arrays = made_up(PROJECTS, DRAWS, seed=0)
    into = compiled.net_present_values(arrays, threads=THREADS)

    def value() -> object:
        return compiled.net_present_values(arrays, threads=THREADS, into=into)

    turns = [
        (arrays.evaluations / seconds(value, 1) / 1e6, compiled.core_bound(THREADS, rounds=ROUNDS))
        for _ in range(REPEATS)
    ]
    return Row(
        question=(
            f"C++ yardstick, {PROJECTS:,} projects x {DRAWS:,} draws x {yardsticks.N_YEARS} years, "
            f"millions of evaluations a second with {THREADS} threads; "
            "other: its floating-point bound, its 26 operations a year in registers"
        ),
        ours=median(speed for speed, _ in turns),
        other=median(bound for _, bound in turns),
        unit="M/s",
        ratio=median(speed / bound for speed, bound in turns),
        memory_mb=0.0,
        at_least=0.6,
    )
