# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A run in blocks: the same bytes whoever does them, and nothing lost on the way."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.risk import toy_plan
from tests.risk.toy_plan import ToyPlan, sines

from maatwerkbank.ground.errors import NoValueOnDate, ShapeError
from maatwerkbank.risk import blocks
from maatwerkbank.risk.blocks import Blocks, BlocksError, RunStopped, Task, run_blocks, tasks_of

ROOT = Path(__file__).parents[2]
ON_THE_WORKERS = os.pathsep.join([str(ROOT), str(ROOT / "src")])
PLAN = ToyPlan()
TASKS = tasks_of(["as_known", "levy_2023"], [(0, 40), (40, 40), (80, 7)], 50, draws_per_block=20)


def bits(run: Blocks) -> list[tuple[str, str, str, Any]]:
    """Every value of a run, floats to the last bit."""
    return [
        (task.name, table, column, values.tolist())
        for task in run.tasks
        for table, columns in run.tables(task).items()
        for column, values in columns.items()
    ]


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


@pytest.fixture(autouse=True)
def _count_from_nothing():
    toy_plan.started.clear()


# ── tasks ─────────────────────────────────────────────────────────────────────────────────────


def test_the_blocks_cover_every_law_project_and_draw_once():
    cells = [
        (task.law, project, draw)
        for task in TASKS
        for project in range(task.first_project, task.first_project + task.n_projects)
        for draw in range(task.first_draw, task.first_draw + task.n_draws)
    ]

    assert len(cells) == 2 * 87 * 50
    assert len(set(cells)) == len(cells)


def test_blocks_of_draws_are_of_almost_one_size_and_not_too_large():
    assert [task.n_draws for task in TASKS[:3]] == [17, 17, 16]


@pytest.mark.parametrize(
    ("laws", "chunks", "n_draws", "a_block"),
    [([], [(0, 1)], 1, 1), (["a"], [], 1, 1), (["a"], [(0, 1)], 0, 1), (["a"], [(0, 1)], 1, 0)],
    ids=["no law", "no project", "no draw", "blocks of nothing"],
)
def test_a_run_of_nothing_is_refused(laws, chunks, n_draws, a_block):
    with pytest.raises(ShapeError, match="nothing to compute"):
        tasks_of(laws, chunks, n_draws, draws_per_block=a_block)


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ([], "there is no task"),
        ([TASKS[0], TASKS[1], TASKS[0]], "is asked for twice"),
        ([Task("../levy", 0, 1, 0, 1)], "cannot be part of the name of a file"),
    ],
    ids=["none", "twice", "a law that climbs out of the folder"],
)
def test_tasks_that_cannot_be_done_are_refused_before_any_work(tasks, message):
    with pytest.raises(ShapeError, match=message):
        run_blocks(PLAN, tasks, sines)

    assert toy_plan.started == []


# ── here ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("threads", [2, 5])
def test_more_threads_change_no_bit(threads):
    one = run_blocks(PLAN, TASKS, sines, threads=1)

    more = run_blocks(PLAN, TASKS, sines, threads=threads)

    assert bits(more) == bits(one)


def test_progress_counts_up_to_all_blocks():
    told: list[tuple[int, int]] = []

    run_blocks(PLAN, TASKS, sines, threads=2, progress=lambda *counts: told.append(counts))

    assert told == [(done, 18) for done in range(19)]


def test_only_a_few_blocks_are_under_way_at_a_time():
    ahead: list[int] = []

    run_blocks(
        PLAN,
        TASKS,
        sines,
        threads=2,
        progress=lambda done, _total: ahead.append(len(toy_plan.started) - done),
    )

    assert max(ahead) <= 2 * blocks.BLOCKS_PER_THREAD


def test_a_mistake_in_a_block_ends_the_run_and_starts_no_other():
    with pytest.raises(NoValueOnDate, match="it ends in 2030"):
        run_blocks(PLAN, TASKS, toy_plan.refused, threads=1)


def test_no_threads_do_no_work():
    with pytest.raises(ShapeError, match="0 threads"):
        run_blocks(PLAN, TASKS, sines, threads=0)


# ── memory ────────────────────────────────────────────────────────────────────────────────────


def test_what_does_not_fit_in_memory_is_refused_with_both_numbers_and_a_way_out():
    large = ToyPlan(bytes_a_block=10**9)

    with pytest.raises(BlocksError) as refused:
        run_blocks(large, TASKS, sines, threads=2, memory=15 * 10**9)

    assert "87 projects x 50 draws x 2 laws need 20 GB" in refused.value.what
    assert "15 GB is free" in refused.value.what
    assert "--out" in refused.value.remedy
    assert toy_plan.started == []


def test_what_does_not_fit_in_memory_is_streamed_to_a_folder(tmp_path):
    large = ToyPlan(bytes_a_block=10**9)

    run = run_blocks(large, TASKS, sines, threads=2, memory=15 * 10**9, out=tmp_path / "run")

    assert bits(run) == bits(run_blocks(PLAN, TASKS, sines))


def test_blocks_that_do_not_fit_even_when_streamed_must_become_smaller(tmp_path):
    large = ToyPlan(bytes_a_block=10**9)

    with pytest.raises(BlocksError) as refused:
        run_blocks(large, TASKS, sines, threads=2, memory=10**9, out=tmp_path / "run")

    assert "smaller blocks" in refused.value.remedy
    assert not (tmp_path / "run").exists()


def test_the_free_memory_of_this_machine_is_known():
    assert 10**7 < blocks.free_memory() < 10**14


# ── parts in a folder ─────────────────────────────────────────────────────────────────────────


def test_a_folder_holds_the_same_bits_as_memory(tmp_path):
    run = run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    assert bits(run) == bits(run_blocks(PLAN, TASKS, sines))


def test_the_files_are_the_same_bytes_with_one_thread_and_with_three(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "one", threads=1)
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "three", threads=3)

    one = files_in(tmp_path / "one")

    assert len(one) == 2 * 18 + 1
    assert files_in(tmp_path / "three") == one


def test_a_part_is_named_after_its_law_projects_and_draws(tmp_path):
    run_blocks(PLAN, TASKS[:1], sines, out=tmp_path / "run")

    assert sorted(files_in(tmp_path / "run")) == [
        "draws/part-as_known-000000_000039-000000_000016.parquet",
        "manifest.json",
        "projects/part-as_known-000000_000039-000000_000016.parquet",
    ]


def test_any_reader_of_parquet_opens_a_table_as_one_data_set(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    table = parquet.read_table(tmp_path / "run" / "draws")

    assert table.num_rows == 2 * 3 * 50


def test_the_manifest_says_which_run_this_is_and_whether_it_is_whole(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))

    assert manifest["receipt"] == PLAN.number
    assert manifest["plan"] == {"what": "a toy"}
    assert len(manifest["parts"]) == 18
    assert manifest["complete"] is True


def test_columns_of_different_length_are_refused(tmp_path):
    with pytest.raises(ShapeError, match="differ in length"):
        run_blocks(PLAN, TASKS, toy_plan.ragged, out=tmp_path / "run")


# ── stopped, broken, resumed ──────────────────────────────────────────────────────────────────


def test_ctrl_c_says_what_is_kept_and_how_to_go_on(tmp_path):
    with pytest.raises(RunStopped) as stopped:
        run_blocks(PLAN, TASKS, sines, out=tmp_path / "run", threads=1, progress=stop_at(5))

    assert "stopped after 5 of 18 blocks" in stopped.value.what
    assert str(tmp_path / "run") in stopped.value.what
    assert "run the same command again" in stopped.value.remedy


def test_ctrl_c_without_a_folder_says_that_nothing_is_kept():
    with pytest.raises(RunStopped) as stopped:
        run_blocks(PLAN, TASKS, sines, threads=1, progress=stop_at(5))

    assert "nothing is kept" in stopped.value.what
    assert "--out" in stopped.value.remedy


def test_a_stopped_run_goes_on_where_it_was(tmp_path):
    with pytest.raises(RunStopped):
        run_blocks(PLAN, TASKS, sines, out=tmp_path / "run", threads=1, progress=stop_at(5))
    toy_plan.started.clear()

    run = run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    assert len(toy_plan.started) == 13
    assert bits(run) == bits(run_blocks(PLAN, TASKS, sines))


def test_a_stopped_run_is_not_called_whole(tmp_path):
    with pytest.raises(RunStopped):
        run_blocks(PLAN, TASKS, sines, out=tmp_path / "run", progress=stop_at(5))

    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))

    assert manifest["complete"] is False


def test_a_finished_run_is_not_done_again(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")
    toy_plan.started.clear()

    run = run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    assert toy_plan.started == []
    assert bits(run) == bits(run_blocks(PLAN, TASKS, sines))


def test_ctrl_c_while_a_part_is_written_leaves_no_half_part(tmp_path, monkeypatch):
    def interrupted(_file: int) -> None:
        raise KeyboardInterrupt

    run_blocks(PLAN, TASKS[:1], sines, out=tmp_path / "whole")
    monkeypatch.setattr(blocks.Folder, "_write_manifest", lambda *_, **__: None)
    monkeypatch.setattr(os, "fsync", interrupted)

    with pytest.raises(RunStopped):
        run_blocks(PLAN, TASKS[:1], sines, out=tmp_path / "run")

    assert len(files_in(tmp_path / "whole")) == 3
    assert files_in(tmp_path / "run") == {}


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    """One bit of the first page of data is another one."""
    return content[:60] + bytes([content[60] ^ 1]) + content[61:]


def emptied(_content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("broken", [truncated, flipped, emptied])
@pytest.mark.parametrize("table", ["draws", "projects"])
def test_a_broken_part_is_done_again_and_no_other(tmp_path, broken, table):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")
    before = files_in(tmp_path / "run")
    part = tmp_path / "run" / table / f"{TASKS[4].name}.parquet"
    part.write_bytes(broken(part.read_bytes()))
    toy_plan.started.clear()

    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    assert toy_plan.started == [TASKS[4].name]
    assert files_in(tmp_path / "run") == before


def test_a_part_under_the_name_of_another_is_done_again(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")
    folder = tmp_path / "run" / "draws"
    (folder / f"{TASKS[4].name}.parquet").write_bytes(
        (folder / f"{TASKS[1].name}.parquet").read_bytes()
    )
    toy_plan.started.clear()

    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")

    assert toy_plan.started == [TASKS[4].name]


def test_a_part_that_breaks_after_the_run_is_no_result(tmp_path):
    run = run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")
    (tmp_path / "run" / "draws" / f"{TASKS[0].name}.parquet").write_bytes(b"PAR1")

    with pytest.raises(BlocksError, match="broken or gone"):
        run.tables(TASKS[0])


def test_a_folder_with_another_receipt_is_refused_and_left_alone(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "run")
    before = files_in(tmp_path / "run")

    with pytest.raises(BlocksError) as refused:
        run_blocks(ToyPlan(number="f" * 16), TASKS, sines, out=tmp_path / "run")

    assert PLAN.number in refused.value.what
    assert "f" * 16 in refused.value.what
    assert "another folder" in refused.value.remedy
    assert files_in(tmp_path / "run") == before


@pytest.mark.parametrize("content", ["", "[]", "{", '{"receipt": "0123456789abcdef"}'])
def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, "utf-8")

    with pytest.raises(BlocksError, match="no legible manifest"):
        run_blocks(PLAN, TASKS, sines, out=tmp_path)

    assert files_in(tmp_path) == {"manifest.json": content.encode()}


@pytest.mark.parametrize(
    ("module", "where"),
    [("pyarrow", {"out": Path("never")}), ("distributed", {"cluster": "tcp://x"})],
)
def test_a_module_that_is_absent_is_named_with_the_way_to_install_it(monkeypatch, module, where):
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(blocks, "import_module", absent)

    with pytest.raises(BlocksError) as refused:
        run_blocks(PLAN, TASKS, sines, **where)

    assert module in refused.value.what
    assert refused.value.remedy == 'install it: pip install "maatwerkbank[cluster]"'
    assert not Path("never").exists()


# ── on a cluster of real processes ────────────────────────────────────────────────────────────


@contextmanager
def cluster_of(n_workers: int) -> Iterator[Any]:
    """A scheduler, and workers in processes of their own that know the toy plan."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=n_workers,
        threads_per_worker=2,
        processes=True,
        dashboard_address="127.0.0.1:0",  # any free port, or parallel tests warn of a taken one
        env={"PYTHONPATH": ON_THE_WORKERS},
    ) as cluster:
        yield cluster


def kill_a_worker(cluster: Any, at: int) -> Callable[[int, int], None]:
    """Progress that kills a worker, without a word to it, after `at` blocks."""

    def progress(done: int, _total: int) -> None:
        if done == at:
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    return progress


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_as_this_process(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "here")

    with cluster_of(2) as cluster:
        address = cluster.scheduler_address
        run_blocks(PLAN, TASKS, sines, out=tmp_path / "there", cluster=address)
        in_memory = run_blocks(PLAN, TASKS, sines, cluster=address)

    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
    assert bits(in_memory) == bits(run_blocks(PLAN, TASKS, sines))


@pytest.mark.slow
@pytest.mark.parametrize("n_workers", [2, 1], ids=["one of two", "the only one"])
def test_a_worker_that_is_killed_on_the_way_loses_nothing(n_workers):
    told: list[int] = []

    with cluster_of(n_workers) as cluster:
        kill = kill_a_worker(cluster, at=3)
        run = run_blocks(
            PLAN,
            TASKS,
            toy_plan.slow_sines,
            cluster=cluster.scheduler_address,
            progress=lambda done, total: (told.append(done), kill(done, total)),
        )

    assert told == list(range(19))
    assert bits(run) == bits(run_blocks(PLAN, TASKS, sines))


@pytest.mark.slow
def test_a_run_that_was_stopped_here_goes_on_at_a_cluster(tmp_path):
    run_blocks(PLAN, TASKS, sines, out=tmp_path / "here")
    with pytest.raises(RunStopped):
        run_blocks(PLAN, TASKS, sines, out=tmp_path / "run", threads=1, progress=stop_at(5))
    told: list[int] = []

    with cluster_of(1) as cluster:
        run_blocks(
            PLAN,
            TASKS,
            sines,
            out=tmp_path / "run",
            cluster=cluster.scheduler_address,
            progress=lambda done, _total: told.append(done),
        )

    assert told == list(range(5, 19))
    assert files_in(tmp_path / "run") == files_in(tmp_path / "here")


@pytest.mark.slow
def test_what_can_go_wrong_on_a_worker_is_said_here(monkeypatch):
    with cluster_of(1) as cluster:
        address = cluster.scheduler_address

        with pytest.raises(BlocksError, match="it ends in 2030"):
            run_blocks(PLAN, TASKS, toy_plan.refused, cluster=address)
        with pytest.raises(RunStopped, match="stopped after 2 of 18"):
            run_blocks(PLAN, TASKS, toy_plan.slow_sines, cluster=address, progress=stop_at(2))
        with pytest.raises(BlocksError, match="workers died one after another"):
            run_blocks(PLAN, TASKS[:1], toy_plan.deadly, cluster=address)
        monkeypatch.setattr(blocks, "code_sha256", lambda: "0" * 64)
        with pytest.raises(BlocksError, match="their bits may differ"):
            run_blocks(PLAN, TASKS, sines, cluster=address)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_said_to_have_none(monkeypatch):
    monkeypatch.setattr(blocks, "CONNECT_SECONDS", 1.0)

    with cluster_of(0) as cluster, pytest.raises(BlocksError, match="has no worker"):
        run_blocks(PLAN, TASKS, sines, cluster=cluster.scheduler_address)


@pytest.mark.slow
def test_an_address_where_nobody_answers_is_refused(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(blocks, "CONNECT_SECONDS", 1.0)

    with pytest.raises(BlocksError) as refused:
        run_blocks(PLAN, TASKS, sines, cluster="tcp://127.0.0.1:9")

    assert "no dask scheduler answers at tcp://127.0.0.1:9" in refused.value.what
    assert "dask scheduler" in refused.value.remedy


def test_values_survive_the_folder_to_the_last_bit(tmp_path):
    run = run_blocks(PLAN, TASKS[:1], sines, out=tmp_path / "run")

    kept = run.tables(TASKS[0])["draws"]["sum"]

    made = sines(PLAN, TASKS[0])["draws"]["sum"]
    assert kept.dtype == np.float64
    assert kept.tobytes() == made.tobytes()
