# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A simulation in blocks: the same bytes whoever does them, and draws that others do not change."""

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.blocks import Blocks, RunStopped, run_blocks, tasks_of
from maatwerkbank.risk.simulation import (
    Draws,
    Simulation,
    SimulationPlan,
    simulation_block,
    simulation_plan,
)

ROOT = Path(__file__).parents[2]
KNOWN_ON = date(2025, 6, 30)
LAWS = {
    "enacted": Law(KNOWN_ON, outlook="hold"),
    "levy_abolished": Law(KNOWN_ON, variant="levy_abolished", outlook="hold"),
}
OUTCOMES = ("npv_eur", "carbon_value_eur", "additional_2030_t")
DRAWS = Draws(n=500, seed=3)


def plan_of(*cases: str, **changes: Any) -> SimulationPlan:
    usual: dict[str, Any] = {"laws": LAWS, "draws": DRAWS, "outcomes": OUTCOMES}
    return simulation_plan([load_case(case) for case in cases], **{**usual, **changes})


@pytest.fixture(scope="module")
def plan():
    return plan_of("aeb", "yara", "anqore")


def tasks_in(plan: SimulationPlan, draws_per_block: int = 50):
    """Blocks that are no whole number of lanes, so that each ends in a lane that is not full."""
    chunks = [(0, len(plan.cases))]
    return tasks_of(plan.laws, chunks, plan.draws.n, draws_per_block=draws_per_block)


def run(plan: SimulationPlan, **where: Any) -> Blocks:
    return run_blocks(plan, tasks_in(plan), simulation_block, **where)


def values_of(plan: SimulationPlan, blocks: Blocks) -> dict[tuple[str, str, str], bytes]:
    """Every outcome that is known, in every draw, to the last bit."""
    simulation = Simulation(plan, blocks)
    return {
        (law, case.id, outcome): values.tobytes()
        for law in plan.laws
        for case in plan.cases
        for outcome in plan.outcomes
        if (values := simulation.values(law, case.id, outcome)) is not None
    }


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stop_at(n: int) -> Callable[[int, int], None]:
    """Progress that presses Ctrl-C after `n` blocks."""

    def progress(done: int, _total: int) -> None:
        if done == n:
            raise KeyboardInterrupt

    return progress


# ── draws belong to seed, draw and input ──────────────────────────────────────────────────────


def test_there_is_something_to_compare(plan):
    known = values_of(plan, run(plan))

    assert ("enacted", "aeb", "npv_eur") in known
    assert ("levy_abolished", "anqore", "carbon_value_eur") in known
    assert {len(values) for values in known.values()} == {8 * DRAWS.n}


def test_a_case_added_changes_no_draw_of_the_others(plan):
    alone = plan_of("yara")

    among, by_itself = values_of(plan, run(plan)), values_of(alone, run(alone))

    assert by_itself == {key: among[key] for key in by_itself}


def test_a_law_added_changes_no_draw_under_the_others(plan):
    more = {**LAWS, "levy_no_step": Law(KNOWN_ON, variant="levy_no_step", outlook="hold")}
    wider = plan_of("aeb", "yara", "anqore", laws=more)

    narrow, wide = values_of(plan, run(plan)), values_of(wider, run(wider))

    assert narrow == {key: wide[key] for key in narrow}


def test_more_draws_keep_the_first_ones(plan):
    longer = plan_of("aeb", "yara", "anqore", draws=replace(DRAWS, n=900))

    few, many = values_of(plan, run(plan)), values_of(longer, run(longer))

    assert few == {key: many[key][: 8 * DRAWS.n] for key in few}


@pytest.mark.parametrize("size", [7, 128, 500])
def test_the_size_of_blocks_changes_no_bit(plan, size):
    blocks = run_blocks(plan, tasks_in(plan, size), simulation_block)

    assert values_of(plan, blocks) == values_of(plan, run(plan))


@pytest.mark.parametrize(
    "change",
    [{"seed": 4}, {"method": "latin_hypercube"}, {"family": "high"}, {"process": None}],
    ids=["seed", "method", "family", "process"],
)
def test_other_draws_are_other_numbers_under_another_receipt(plan, change):
    other = plan_of("aeb", "yara", "anqore", draws=replace(DRAWS, **change))
    key = ("enacted", "aeb", "npv_eur")

    assert other.number != plan.number
    assert values_of(other, run(other))[key] != values_of(plan, run(plan))[key]


# ── whoever does them ─────────────────────────────────────────────────────────────────────────


def test_a_plan_travels_and_gives_the_same_bits_where_it_arrives(plan):
    arrived = pickle.loads(pickle.dumps(plan))  # noqa: S301  (our own bytes)

    assert arrived.number == plan.number
    assert values_of(arrived, run(arrived)) == values_of(plan, run(plan))


def test_threads_change_no_byte_of_the_files(plan, tmp_path):
    run(plan, out=tmp_path / "one", threads=1)
    run(plan, out=tmp_path / "two", threads=2)

    one = files_in(tmp_path / "one")

    assert len(one) == 2 * 10 + 1
    assert files_in(tmp_path / "two") == one


def test_a_run_that_is_stopped_halfway_goes_on_to_the_same_bytes(plan, tmp_path):
    run(plan, out=tmp_path / "at-once")
    with pytest.raises(RunStopped, match="stopped after 9 of 20 blocks"):
        run(plan, out=tmp_path / "halfway", threads=1, progress=stop_at(9))
    told: list[int] = []

    run(plan, out=tmp_path / "halfway", progress=lambda done, _total: told.append(done))

    assert told[0] == 9
    assert files_in(tmp_path / "halfway") == files_in(tmp_path / "at-once")


@contextmanager
def cluster_of(n_workers: int) -> Iterator[Any]:
    """A scheduler, and workers in processes of their own."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=n_workers,
        threads_per_worker=2,
        processes=True,
        dashboard_address="127.0.0.1:0",  # any free port, or parallel tests warn of a taken one
        env={"PYTHONPATH": os.fspath(ROOT / "src")},
    ) as cluster:
        yield cluster


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_as_this_process(plan, tmp_path):
    run(plan, out=tmp_path / "here")

    with cluster_of(1) as cluster:
        run(plan, out=tmp_path / "there", cluster=cluster.scheduler_address)
        in_memory = run(plan, cluster=cluster.scheduler_address)

    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
    assert values_of(plan, in_memory) == values_of(plan, run(plan))


@pytest.mark.slow
@pytest.mark.parametrize("n_workers", [2, 1], ids=["one of two", "the only one"])
def test_a_worker_that_is_killed_on_the_way_loses_nothing(plan, tmp_path, n_workers):
    run(plan, out=tmp_path / "here")
    told: list[int] = []

    with cluster_of(n_workers) as cluster:

        def progress(done: int, _total: int) -> None:
            told.append(done)
            if done == 3:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        run(
            plan,
            out=tmp_path / "there",
            cluster=cluster.scheduler_address,
            progress=progress,
        )

    assert told == list(range(21))
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")


@pytest.mark.slow
def test_a_run_that_was_stopped_here_goes_on_at_a_cluster(plan, tmp_path):
    run(plan, out=tmp_path / "here")
    with pytest.raises(RunStopped):
        run(plan, out=tmp_path / "run", threads=1, progress=stop_at(5))

    with cluster_of(1) as cluster:
        run(plan, out=tmp_path / "run", cluster=cluster.scheduler_address)

    assert files_in(tmp_path / "run") == files_in(tmp_path / "here")


def test_a_table_holds_a_row_for_every_law_case_and_draw(plan, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    run(plan, out=tmp_path / "run")

    table = parquet.read_table(tmp_path / "run" / "draws")

    cells = set(zip(*(table[name].to_pylist() for name in ("law", "case", "draw")), strict=True))
    assert table.column_names == ["law", "case", "draw", *OUTCOMES]
    assert table.num_rows == len(cells) == 2 * 3 * 500
    assert np.isfinite(table["additional_2030_t"].to_numpy()).all()
