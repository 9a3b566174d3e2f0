# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The benchmarks, side by side in one run.

Takes     nothing.
Gives     a table, and build/bench.json: a list of {question, ours, other, unit, ratio, at_least
          or at_most, met, memory_mb}.
Leaves    pass or fail: a row that misses its bound is marked, and the run ends with 0.

    python benchmarks/run.py      (or: make bench)
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import choice
import kernels
import limits
import programs
import risk_kernels
import scale_out
from stopwatch import Row

import web

OUT = Path(__file__).parents[1] / "build" / "bench.json"


def rows() -> Iterator[Row]:
    """Every question, in the order of the table."""
    yield from programs.rows()
    yield from kernels.rows()
    yield from limits.rows()
    yield from risk_kernels.rows()
    yield from choice.rows()
    yield from scale_out.rows()
    yield from web.rows()


def line(row: Row) -> str:
    """One row of the table."""
    bound = ""
    if row.at_least is not None:
        bound = f"ratio >= {row.at_least:g}"
    if row.at_most is not None:
        bound = f"ours <= {row.at_most:g}"
    mark = "" if row.is_met else "  MISSED"
    return (
        f"{row.question}\n"
        f"    ours {row.ours:10.4g} {row.unit:<4} other {row.other:10.4g} {row.unit:<4} "
        f"ratio {row.ratio:8.3g}  {bound:<14} {row.memory_mb:7.1f} MB{mark}"
    )


def main() -> int:
    """Answer every question; a missed bound is shown, and is no failure."""
    answered = []
    for row in rows():
        answered.append(row)
        print(line(row), flush=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps([row.as_json() for row in answered], indent=2, allow_nan=False)
    OUT.write_text(content + "\n", "utf-8")
    missed = sum(not row.is_met for row in answered)
    print(f"{len(answered)} questions, {missed} missed their bound; build/bench.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
