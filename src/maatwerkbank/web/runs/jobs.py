# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs as jobs in the queue: claimed, kept alive, cancelled, handed back, never lost.

Takes     a run that waits.
Gives     its result, or why there is none; signs of life on the way.
Leaves    starting workers and taking back jobs of dead ones to `web/worker.py`, computing to
          `computing`.

A claim raises `attempts`. Whoever claimed may write as long as that number is still theirs: a
worker that was thought dead and comes back finds another number, and stops without a trace.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.language import Text, say
from maatwerkbank.web.runs.case_files import case_file_of
from maatwerkbank.web.runs.models import Run, RunReport
from maatwerkbank.web.runs.question import question_of

MOST_ATTEMPTS = 3
BEAT_SECONDS = 1.0
REPORT_PRIORITY = -1  # figures of all runs come before the report of any

_log = logging.getLogger(__name__)


# ── the queue ─────────────────────────────────────────────────────────────────────────────────


def defer_run(run: Run) -> None:
    """Put a run in the queue, in the transaction that made it. One job at a time computes it."""
    code = str(run.code)
    run.job_id = compute_run.configure(lock=f"run-{code}").defer(code=code)
    Run.objects.filter(pk=run.pk).update(job_id=run.job_id)


def drop(run: Run) -> None:
    """Take the job of a run that still waits out of the queue."""
    if run.job_id:
        app.job_manager.cancel_job_by_id(run.job_id)


def defer_report(run: Run) -> None:
    """Ask for the report of a run that is done, unless that was asked already."""
    code = str(run.code)
    queued = ProcrastinateJob.objects.filter(
        task_name=write_report.name, args__code=code, status__in=("todo", "doing")
    )
    if not queued.exists():
        write_report.configure(lock=f"report-{code}", priority=REPORT_PRIORITY).defer(code=code)


@app.task(name="compute_run", pass_context=True)
def compute_run(context: JobContext, *, code: str) -> None:
    """Compute a run, if it still waits for that."""
    run = claim(code)
    if run is None:
        return
    from maatwerkbank.web.runs.computing import answer  # noqa: PLC0415  (takes seconds to load)

    attempt = run.attempts
    try:
        with SignsOfLife(run, context.should_abort) as life:
            found = answer(case_file_of(run.case_version), question_of(run), life.tell)
    except Stopped as stopped:
        stopped.settle(run)
    except MaatwerkError as error:
        _end(run, attempt, state="failed", error=_told(error))
    except Exception:
        _log.exception("run %s failed in a way that nobody foresaw", code)
        _end(run, attempt, state="failed", error=_UNFORESEEN)
        raise
    else:
        done = _end(
            run,
            attempt,
            state="done",
            progress=1.0,
            receipt=found.receipt,
            receipt_number=found.receipt["number"],
            figures=found.figures,
            result=found.result,
            result_sha256=found.sha256,
        )
        if done:
            defer_report(run)


@app.task(name="write_report")
def write_report(*, code: str) -> None:
    """Write the report of a run that is done, in both languages."""
    from maatwerkbank.web.runs.reports import make_reports  # noqa: PLC0415  (the same)

    run = Run.objects.select_related("case_version").filter(code=code, state="done").first()
    if run is not None and not RunReport.objects.filter(run=run).exists():
        make_reports(run)


# ── one attempt ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def claim(code: str) -> Run | None:
    """The run, now being computed by whoever asked; None where there is nothing to compute."""
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("case_version")
        .filter(code=code, state__in=("waiting", "running"))
        .first()
    )
    if run is None:
        return None
    now = timezone.now()
    if run.cancel_asked or run.attempts >= MOST_ATTEMPTS:
        run.state = "cancelled" if run.cancel_asked else "failed"
        run.error = None if run.cancel_asked else _LOST
        run.ended_at = now
        run.save(update_fields=["state", "error", "ended_at"])
        return None
    run.attempts += 1
    run.state, run.started_at, run.seen_at = "running", now, now
    run.progress, run.progress_text = 0.0, ""
    run.save(
        update_fields=["attempts", "state", "started_at", "seen_at", "progress", "progress_text"]
    )
    return run


def _end(run: Run, attempt: int, **fields: Any) -> bool:
    """Write how an attempt ended, if it is still the one that counts."""
    still = Run.objects.filter(pk=run.pk, state="running", attempts=attempt)
    now = timezone.now()
    return bool(still.update(ended_at=now, seen_at=now, progress_text="", **fields))


class Stopped(Exception):
    """The attempt is to stop: `settle` says what becomes of the run."""

    def settle(self, run: Run) -> None:
        """Another attempt has taken over: leave everything to it."""


class Cancelled(Stopped):
    """Somebody asked to cancel."""

    def settle(self, run: Run) -> None:
        """The run ends without figures."""
        _end(run, run.attempts, state="cancelled")


class HandedBack(Stopped):
    """The worker has to stop before the run is done."""

    @transaction.atomic
    def settle(self, run: Run) -> None:
        """The run waits again, and this attempt does not count."""
        mine = Run.objects.filter(pk=run.pk, state="running", attempts=run.attempts)
        if mine.update(state="waiting", attempts=run.attempts - 1, progress=0.0, progress_text=""):
            defer_run(run)


class SignsOfLife:
    """While it lasts, a thread says every second that the run is alive, and how far it is.

    `tell` raises `Stopped` where the run must not go on.
    """

    def __init__(self, run: Run, leaving: Callable[[], bool]) -> None:
        self.run = run
        self._leaving = leaving
        self._step, self._share = "", 0.0
        self._stop: type[Stopped] | None = None
        self._over = Event()
        self._thread = Thread(target=self._beat, name=f"run {run.code}", daemon=True)

    def tell(self, step: str, share: float) -> None:
        """A step begins, or has come so far."""
        self._step, self._share = step, share
        if self._stop is None and self._leaving():
            self._stop = HandedBack
        if self._stop is not None:
            raise self._stop

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while True:
                self._say()
                if self._over.wait(BEAT_SECONDS):
                    return
        finally:
            connection.close()

    def _say(self) -> None:
        mine = Run.objects.filter(pk=self.run.pk, state="running", attempts=self.run.attempts)
        try:
            known = mine.update(
                seen_at=timezone.now(), progress=self._share, progress_text=self._step
            )
            if not known:
                self._stop = Stopped
            elif mine.filter(cancel_asked=True).exists():
                self._stop = Cancelled
        except Exception:  # noqa: BLE001  (the next beat may succeed)
            _log.exception("run %s could not give a sign of life", self.run.code)


def find_lost(silent_for: float) -> int:
    """Queue runs again that no job computes and that are silent for so many seconds; how many."""
    before = timezone.now() - timedelta(seconds=silent_for)
    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing")).values("id")
    found = 0
    with transaction.atomic():
        lost = (
            Run.objects.select_for_update(skip_locked=True)
            .filter(state__in=("waiting", "running"))
            .filter(Q(seen_at__lt=before) | Q(seen_at=None, asked_at__lt=before))
            .exclude(job_id__in=alive)
        )
        for run in lost:
            defer_run(run)
            found += 1
    return found


# ── why there is no result ────────────────────────────────────────────────────────────────────


def _told(error: MaatwerkError) -> dict[str, Any]:
    """An error of the floors, in both languages where it speaks both."""
    what, remedy = (
        getattr(error, "what_text", error.what),
        getattr(error, "remedy_text", error.remedy),
    )
    return _error(error.code, what, remedy)


def _error(code: str, what: Text | str, remedy: Text | str) -> dict[str, Any]:
    return {
        "code": code,
        "what": {"nl": say(what, "nl"), "en": say(what, "en")},
        "remedy": {"nl": say(remedy, "nl"), "en": say(remedy, "en")},
    }


_LOST = _error(
    "run.lost",
    Text(
        nl=f"De berekening is {MOST_ATTEMPTS} keer begonnen en nooit afgemaakt: het proces dat "
        "haar uitvoerde, viel steeds weg.",
        en=f"The run was started {MOST_ATTEMPTS} times and never finished: the process that "
        "computed it went away each time.",
    ),
    Text(
        nl="vraag de beheerder naar geheugen en logboek van de werker; start daarna opnieuw",
        en="ask the administrator about the memory and the log of the worker; then start again",
    ),
)
_UNFORESEEN = _error(
    "run.unforeseen",
    Text(
        nl="De berekening is gestopt door een fout in het programma.",
        en="The run was stopped by a defect of the program.",
    ),
    Text(
        nl="meld het met de code van deze berekening; de beheerder vindt meer in het logboek",
        en="report it with the code of this run; the administrator finds more in the log",
    ),
)
