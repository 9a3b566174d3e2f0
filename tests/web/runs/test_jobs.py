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
from tests.web.runs.plans import computed, handed_in
from tests.web.world import World, make_world

from maatwerkbank.ground.receipt import digest
from maatwerkbank.web import attempts
from maatwerkbank.web.runs.jobs import defer_run
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.reports import make_reports
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


# ── within one process ────────────────────────────────────────────────────────────────────────


def claimed(run: Run) -> Run:
    """The run, claimed by a worker."""
    found = attempts.claim(Run.objects.filter(pk=run.pk))
    if found is None:
        raise AssertionError(run.state)
    return found


def go_on(life: attempts.SignsOfLife) -> None:
    """Compute for some seconds, unless told to stop."""
    for _ in range(50):
        life.tell("assess", 0.0)
        time.sleep(0.1)


def test_it_is_handed_back_when_the_worker_has_to_leave(world: World) -> None:
    run = claimed(start_run(case_version=handed_in(world), by=world.analyst))
    first_job = run.job_id

    with (
        pytest.raises(attempts.HandedBack) as stopped,
        attempts.SignsOfLife(run, lambda: True) as life,
    ):
        life.tell("assess", 0.0)
    stopped.value.settle(run)

    run.refresh_from_db()
    assert (run.state, run.attempts) == ("waiting", 0)
    assert run.job_id != first_job


def test_who_lost_the_claim_writes_nothing(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)
    thought_dead, next_one = claimed(run), claimed(run)

    late = attempts.end(thought_dead, thought_dead.attempts, state="done", result={"by": "dead"})
    in_time = attempts.end(next_one, next_one.attempts, state="done", result={"by": "next"})

    run.refresh_from_db()
    assert (late, in_time, run.result) == (False, True, {"by": "next"})


def test_who_lost_the_claim_is_told_to_stop(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)
    thought_dead = claimed(run)
    claimed(run)

    with (
        pytest.raises(attempts.Stopped) as stopped,
        attempts.SignsOfLife(thought_dead, lambda: False) as life,
    ):
        go_on(life)
    stopped.value.settle(thought_dead)

    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 2)


def test_two_jobs_of_one_run_are_never_taken_at_once(world: World) -> None:
    run = start_run(case_version=handed_in(world), by=world.analyst)
    defer_run(run)

    with connections["default"].cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where args->>'code' <> %s", [str(run.code)])
        taken = []
        for _ in range(2):
            cursor.execute("select id from procrastinate_fetch_job_v2(null, null)")
            taken.append(cursor.fetchone()[0])

    assert taken[0] is not None
    assert taken[1] is None


def test_the_report_comes_to_the_receipt_of_the_run_in_both_languages(world: World) -> None:
    run = computed(world)

    made = make_reports(run)

    assert [report.language for report in made] == ["nl", "en"]
    assert all(run.receipt_number in report.page for report in made)
    assert all(bytes(report.pdf).startswith(b"%PDF") for report in made)
    assert 'id="result-npv-eur"' in made[0].sections
    assert "style=" not in made[0].sections


def test_there_is_no_report_where_the_program_has_changed_since(world: World) -> None:
    run = computed(world)
    run.result["receipt"]["number"] = "of another program"

    assert make_reports(run) == []
