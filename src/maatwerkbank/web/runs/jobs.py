# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs as jobs in the queue.

Takes     a run that waits.
Gives     its result, or why there is none; signs of life on the way.
Leaves    how an attempt is claimed, kept alive and ended to `web/attempts.py`, computing to
          `computing`.
"""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from maatwerkbank.ground.errors import MaatwerkError, OfficialRunRefused
from maatwerkbank.ground.language import Text
from maatwerkbank.web import attempts
from maatwerkbank.web.attempts import SignsOfLife, Stopped
from maatwerkbank.web.runs.case_files import case_file_of
from maatwerkbank.web.runs.models import Run, RunReport
from maatwerkbank.web.runs.question import question_of

REPORT_PRIORITY = -1  # figures of all runs come before the report of any

NOT_OFFICIAL = attempts.failure(
    OfficialRunRefused.code,
    Text(
        nl="Een berekening voor officieel gebruik mag niet rusten op waarden die niemand heeft "
        "nagegaan of die alleen in de pers staan.",
        en="A run for official use may not rest on values that nobody verified or that stand in "
        "the press only.",
    ),
    Text(
        nl="vervang elke waarde door een uit een officiële bron, of reken zonder officieel gebruik",
        en="replace each value by one from an official source, or run it not for official use",
    ),
)

_log = logging.getLogger(__name__)


# ── the queue ─────────────────────────────────────────────────────────────────────────────────


def defer_run(run: Run) -> None:
    """Put a run in the queue, in the transaction that made it. One job at a time computes it."""
    code = str(run.code)
    run.job_id = compute_run.configure(lock=f"run-{code}").defer(code=code)
    Run.objects.filter(pk=run.pk).update(job_id=run.job_id)


def defer_report(run: Run) -> None:
    """Ask for the report of a run that is done, unless that was asked already."""
    if not report_is_queued(run):
        code = str(run.code)
        write_report.configure(lock=f"report-{code}", priority=REPORT_PRIORITY).defer(code=code)


def report_is_queued(run: Run) -> bool:
    """Whether a worker makes its report, or will."""
    return ProcrastinateJob.objects.filter(
        task_name=write_report.name, args__code=str(run.code), status__in=("todo", "doing")
    ).exists()


@app.task(name="compute_run", pass_context=True)
def compute_run(context: JobContext, *, code: str) -> None:
    """Compute a run, if it still waits for that."""
    run = attempts.claim(Run.objects.select_related("case_version").filter(code=code))
    if run is None:
        return
    from maatwerkbank.web.runs.computing import answer  # noqa: PLC0415  (takes seconds to load)

    attempt = run.attempts
    try:
        with SignsOfLife(run, context.should_abort) as life:
            found = answer(case_file_of(run.case_version), question_of(run), life.tell)
    except Stopped as stopped:
        stopped.settle(run)
    except OfficialRunRefused as refused:
        error = {**NOT_OFFICIAL, "reasons": refused.reasons}
        attempts.end(run, attempt, state="failed", error=error)
    except MaatwerkError as error:
        attempts.end(run, attempt, state="failed", error=attempts.told(error))
    except Exception:
        _log.exception("run %s failed in a way that nobody foresaw", code)
        attempts.end(run, attempt, state="failed", error=attempts.UNFORESEEN)
        raise
    else:
        done = attempts.end(
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


def find_lost(silent_for: float) -> int:
    """Queue runs again that no job computes and that are silent for so many seconds; how many."""
    return attempts.find_lost(Run.objects.all(), silent_for)
