# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process that does long work: it takes jobs from the queue, and takes back those of the dead.

Takes     jobs of the apps (each names them in its `jobs.py`), one at a time.
Gives     their results in the database. At a request to stop it finishes what it is doing within
          `GRACE_SECONDS`, and then asks the job to hand itself back.
Leaves    what a job does to its app.

A worker gives a sign of life every few seconds. The jobs of one that is silent are queued again by
whichever worker sees it first; a job that was begun too often ends as failed.
"""

import logging
from datetime import UTC, datetime
from threading import Event, Thread

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from maatwerkbank.web.overview import jobs as effects
from maatwerkbank.web.runs import jobs as runs

GRACE_SECONDS = 20.0
SILENT_SECONDS = 20.0
MOST_STARTS = 5

_log = logging.getLogger(__name__)


def work(*, silent_seconds: float = SILENT_SECONDS, until_empty: bool = False) -> None:
    """Do jobs until asked to stop, or until there is none left."""
    over = Event()
    watch = Thread(target=_watch, args=(over, silent_seconds), name="watch", daemon=True)
    watch.start()
    try:
        # Tasks keep the app that queues within a transaction; this one fetches and waits.
        app.with_connector(DjangoConnector().get_worker_connector()).run_worker(
            wait=not until_empty,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE_SECONDS,
            update_heartbeat_interval=silent_seconds / 4,
            stalled_worker_timeout=silent_seconds,
        )
    finally:
        over.set()
        watch.join()


def _watch(over: Event, silent_seconds: float) -> None:
    """Look for jobs of the dead at once, and again and again."""
    try:
        while True:
            try:
                take_back(silent_seconds)
            except Exception:  # noqa: BLE001  (the next look may succeed)
                _log.exception("could not look for jobs of workers that are gone")
                connection.close()
            if over.wait(silent_seconds / 2):
                return
    finally:
        connection.close()


def take_back(silent_seconds: float) -> None:
    """Queue the jobs of workers again that are silent for so many seconds."""
    for job in _of_the_dead(silent_seconds):
        if job.attempts >= MOST_STARTS:
            _log.error("job %s (%s) was begun %s times", job.id, job.task_name, job.attempts)
            _finish(job.id)
        else:
            _log.warning("job %s (%s) is queued again", job.id, job.task_name)
            app.job_manager.retry_job_by_id(job.id, retry_at=datetime.now(UTC))
    for each in (runs, effects):
        each.find_lost(silent_seconds)


def _of_the_dead(silent_seconds: float) -> list[ProcrastinateJob]:
    return list(
        ProcrastinateJob.objects.raw(
            """
            select job.* from procrastinate_jobs job
            left join procrastinate_workers worker on worker.id = job.worker_id
            where job.status = 'doing'
              and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %s))
            """,
            [silent_seconds],
        )
    )


def _finish(job: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select procrastinate_finish_job_v1(%s, %s, %s)", [job, Status.FAILED.value, False]
        )
