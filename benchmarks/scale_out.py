# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does a cluster cost beside this process, and how much memory does a whole population take?

Takes     the register and made-up installations, three laws, drawn prices of allowances.
Gives     a row for one dask worker with two threads beside two threads here, and a row for the
          highest memory of 9,000 installations x 10,000 draws x 3 laws, streamed to Parquet.
Leaves    networks: the worker runs on this machine.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from statistics import median

import yaml
from distributed import LocalCluster
from stopwatch import Row, process, python

from maatwerkbank.parameters.law import Law
from maatwerkbank.risk.blocks import run_blocks
from maatwerkbank.risk.population import (
    OUTCOMES,
    EuPrices,
    PopulationPlan,
    from_register,
    population_block,
    population_plan,
    synthetic_population,
)

KNOWN_ON = date(2025, 6, 30)
LAWS = (None, "levy_abolished", "levy_no_step")
INSTALLATIONS, DRAWS = 9_000, 10_000
THREADS, REPEATS = 2, 4


def plan(n_installations: int, n_draws: int) -> PopulationPlan:
    """The register and made-up installations, together `n_installations`, 2025-2050."""
    shipped = files("maatwerkbank.portfolio") / "nl-2025-06-30" / "installations.yaml"
    register = from_register(yaml.safe_load(shipped.read_text("utf-8")), KNOWN_ON)
    return population_plan(
        register + synthetic_population(n_installations - len(register), 0),
        {name or "as_known": Law(KNOWN_ON, variant=name, outlook="hold") for name in LAWS},
        first_year=2025,
        last_year=2050,
        prices=EuPrices("public-2025-06-30", "mid", "nl-2025-06-30", seed=0),
        discount_rate=0.08,
        n_draws=n_draws,
        installations_per_block=8192,
        draws_per_block=5000,  # half a second a block: a task of dask costs some 10 ms
    )


def rows() -> Iterator[Row]:
    """A worker beside this process; the memory of a whole population."""
    yield _worker_beside_local()
    yield _memory_of_a_population()


def _worker_beside_local() -> Row:
    """By turns, so that whatever else the machine does hits both."""
    work = plan(INSTALLATIONS, DRAWS)
    tasks = work.tasks()
    with LocalCluster(
        n_workers=1,
        threads_per_worker=THREADS,
        processes=True,
        dashboard_address="127.0.0.1:0",
    ) as cluster:

        def here() -> object:
            return run_blocks(work, tasks, population_block, threads=THREADS)

        def there() -> object:
            return run_blocks(work, tasks, population_block, cluster=cluster.scheduler_address)

        here(), there()  # both compile, and the worker reads its law
        taken = [(_seconds(here), _seconds(there)) for _ in range(REPEATS)]
    size = f"{len(work.population):,} installations x {work.n_draws:,} draws x {len(LAWS)} laws"
    return Row(
        question=(
            f"{size} in {len(tasks)} blocks: 1 dask worker with {THREADS} threads; "
            f"other: {THREADS} threads in this process"
        ),
        ours=median(there for _, there in taken),
        other=median(here for here, _ in taken),
        unit="s",
        ratio=median(here / there for here, there in taken),
        memory_mb=0.0,
        at_least=0.9,
    )


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _memory_of_a_population() -> Row:
    """Of a process of its own, that streams every block to Parquet."""
    measured = process(python(__file__), 1)
    whole = INSTALLATIONS * DRAWS * len(LAWS) * len(OUTCOMES) * 8 / 1024**2
    size = f"{INSTALLATIONS:,} installations x {DRAWS:,} draws x {len(LAWS)} laws"
    return Row(
        question=(
            f"memory, {size} streamed to Parquet in {measured.seconds:.0f} s; "
            "other: the outcomes as whole arrays"
        ),
        ours=measured.memory_mb,
        other=whole,
        unit="MB",
        ratio=whole / measured.memory_mb,
        memory_mb=measured.memory_mb,
        at_most=2000.0,
    )


def main() -> int:
    """The population of the memory row, into a folder that is thrown away."""
    work = plan(INSTALLATIONS, DRAWS)
    with tempfile.TemporaryDirectory() as folder:
        run_blocks(work, work.tasks(), population_block, out=Path(folder), threads=THREADS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
