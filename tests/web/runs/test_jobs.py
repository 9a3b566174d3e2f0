# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs in the queue, computed by real worker processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo
from tests.web.runs.plans import handed_in
from tests.web.world import World, make_world

from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.services import cancel_run, repeat_run, start_run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PATIENCE = 120.0  # [s]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Everybody, in a database that other processes see."""
    return make_world()


@contextmanager
def worker(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, on the database of the test."""
    at = connections["default"].settings_dict
    address = make_conninfo(
        dbname=at["NAME"], user=at["USER"], host=at["HOST"], port=at["PORT"] or None
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "maatwerkbank", "worker", "--silent", "2", *arguments],
        env={**os.environ, "DATABASE_URL": address, "MAATWERKBANK_INSECURE": "yes"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(run: Run, that: Callable[[Run], bool]) -> Run:
    """Look again and again."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        run.refresh_from_db()
        if that(run):
            return run
        time.sleep(0.1)
    raise AssertionError(f"{run.state} after {PATIENCE} s: {run.error}")


def ended(run: Run) -> bool:
    """It will not change any more."""
    return run.state in ("done", "failed", "cancelled")


def test_it_computes_a_run_and_the_same_bytes_again(world: World) -> None:
    first = start_run(case_version=handed_in(world), by=world.analyst)
    second = repeat_run(run=first, by=world.lead)

    with worker("--until-empty"):
        wait_for(first, ended)
        wait_for(second, ended)

    assert first.state == "done"
    assert first.receipt["input_sha256"] == first.case_version.sha256
    assert first.figures["gross_2030_t"] == first.result["gross_2030_t"]
    assert first.result_sha256 == digest(first.result)
    assert (second.receipt_number, second.result_sha256) == (
        first.receipt_number,
        first.result_sha256,
    )


def test_it_is_computed_by_the_next_worker_when_the_first_is_killed(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)

    with worker() as first:
        wait_for(run, lambda run: run.state == "running" and run.progress_text != "")
        first.send_signal(signal.SIGKILL)
        first.wait()
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 1)
    with worker():
        wait_for(run, ended)

    assert (run.state, run.attempts) == ("done", 2)


def test_it_says_so_when_workers_are_killed_again_and_again(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)
    Run.objects.filter(pk=run.pk).update(attempts=3)

    with worker("--until-empty"):
        wait_for(run, ended)

    assert (run.state, run.error["code"]) == ("failed", "run.lost")


def test_it_cancels_a_run_that_waits(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)

    cancel_run(run=run, by=world.lead)

    run.refresh_from_db()
    assert run.state == "cancelled"
    with worker("--until-empty") as process:
        process.wait(PATIENCE)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("cancelled", 0)


def test_it_cancels_a_run_that_is_computed(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst, draws=20_000)

    with worker():
        wait_for(run, lambda run: run.state == "running")
        cancel_run(run=run, by=world.lead)
        wait_for(run, ended)

    assert (run.state, run.result) == ("cancelled", None)


def test_it_finishes_what_it_does_at_a_request_to_stop(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)

    with worker() as process:
        wait_for(run, lambda run: run.state == "running")
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)

    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 1)


def test_it_tells_why_an_official_run_is_refused(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst, official=True)

    with worker("--until-empty"):
        wait_for(run, ended)

    assert (run.state, run.error["code"]) == ("failed", "official.refused")
    assert run.result is None


def test_it_finds_a_run_again_that_fell_out_of_the_queue(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)
    with connections["default"].cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")

    with worker():
        wait_for(run, ended)

    assert run.state == "done"
