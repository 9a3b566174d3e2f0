# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long something takes and how much memory it needs, and the row that says so.

Takes     a call, or the arguments of a program.
Gives     the median of some repeats in seconds, and the highest memory in MB.
Leaves    judgement to whoever reads the table: the clock of a shared machine is no test.
"""

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

# RUSAGE gives kilobytes on Linux and bytes on a Mac.
_MB_PER_MAXRSS = 1 / 1024**2 if sys.platform == "darwin" else 1 / 1024


@dataclass(frozen=True)
class Measured:
    """Median time of some repeats, and the highest memory of one."""

    seconds: float
    memory_mb: float


@dataclass(frozen=True)
class Row:
    """An answer beside another one.

    `at_most` bounds `ours` in `unit`; `at_least` bounds `ratio`, how many times better ours is:
    other / ours in time, ours / other in speed.
    """

    question: str
    ours: float
    other: float
    unit: str
    ratio: float
    memory_mb: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the bound was kept in this run."""
        if self.at_most is not None:
            return self.ours <= self.at_most
        return self.at_least is None or self.ratio >= self.at_least

    def as_json(self) -> dict[str, Any]:
        """Plain values, with the one bound that the row has."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        return {
            "question": self.question,
            "ours": self.ours,
            "other": self.other,
            "unit": self.unit,
            "ratio": self.ratio,
            **{name: bound for name, bound in bounds.items() if bound is not None},
            "met": self.is_met,
            "memory_mb": self.memory_mb,
        }


def times_faster(question: str, ours: Measured, other_seconds: float, *, at_least: float) -> Row:
    """A row in seconds of which the ratio is bounded."""
    return Row(
        question=question,
        ours=ours.seconds,
        other=other_seconds,
        unit="s",
        ratio=other_seconds / ours.seconds,
        memory_mb=ours.memory_mb,
        at_least=at_least,
    )


def within(question: str, ours: Measured, other_seconds: float, *, at_most: float) -> Row:
    """A row in seconds of which our own time is bounded."""
    return Row(
        question=question,
        ours=ours.seconds,
        other=other_seconds,
        unit="s",
        ratio=other_seconds / ours.seconds,
        memory_mb=ours.memory_mb,
        at_most=at_most,
    )


def timed(do: Callable[[], object], repeats: int) -> Measured:
    """A call, after one that warms up and on which memory is followed."""
    tracemalloc.start()
    do()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measured(seconds(do, repeats), peak / 1024**2)


def seconds(do: Callable[[], object], repeats: int) -> float:
    """The median time of a call."""
    return median(_seconds(do) for _ in range(repeats))


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def python(*arguments: str) -> list[str]:
    """A Python of its own that runs `arguments`."""
    return [sys.executable, *arguments]


def maatwerkbank(*arguments: str) -> list[str]:
    """Our program as a user starts it; without an installed command, as a module."""
    command = Path(sys.executable).with_name("maatwerkbank")
    return (
        [str(command), *arguments] if command.exists() else python("-m", "maatwerkbank", *arguments)
    )


def process(arguments: Sequence[str], repeats: int) -> Measured:
    """A whole process, from start to end, its output thrown away."""
    return Measured(waited(arguments, repeats), _memory_mb(arguments))


def waited(arguments: Sequence[str], repeats: int) -> float:
    """The median time of a whole process."""
    return median(_run(arguments) for _ in range(repeats))


def _run(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    ended = subprocess.run(arguments, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if ended.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {ended.returncode}, {ended.stderr.decode()}")
    return taken


# The kernel counts the memory of whoever starts a process as that of the process until it is its
# own: so a Python with nothing in it starts it.
_STARTER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(os.wait4(child.pid, 0)[2].ru_maxrss)
"""


def _memory_mb(arguments: Sequence[str]) -> float:
    """The highest memory of one run."""
    starter = python("-S", "-E", "-c", _STARTER, *arguments)
    told = subprocess.run(starter, capture_output=True, check=True, text=True)
    return int(told.stdout) * _MB_PER_MAXRSS
