# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work in the queue: claimed, kept alive, cancelled, handed back, never lost.

Takes     a row that waits for its result, and who puts it in the queue.
Gives     one attempt at a time, with signs of life; how it ended.
Leaves    what is computed to the `jobs.py` of each app, workers to `web/worker.py`.

A claim raises `attempts`. Whoever claimed may write as long as that number is still theirs: a
worker that was thought dead and comes back finds another number, and stops without a trace.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.language import Text, say

MOST_ATTEMPTS = 3
BEAT_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Attempted(models.Model):
    """A row whose result is computed as a job."""

    STATES = ("waiting", "running", "done", "failed", "cancelled")
    MOVING = ("waiting", "running")

    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="waiting")
    progress = models.FloatField(default=0.0, help_text="[1] share that is done")
    progress_text = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    job_id = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of life of the job")
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True, help_text="code, what, remedy")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def put_in_queue(self) -> None:
            """Ask for a job that computes it, and write its `job_id` down: each app has its own."""


Row = TypeVar("Row", bound=Attempted)


# ── one attempt ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def claim(waiting: models.QuerySet[Row]) -> Row | None:
    """The row, now being computed by whoever asked; None where there is nothing to compute."""
    row = waiting.select_for_update(of=("self",)).filter(state__in=Attempted.MOVING).first()
    if row is None:
        return None
    now = timezone.now()
    if row.cancel_asked or row.attempts >= MOST_ATTEMPTS:
        row.state = "cancelled" if row.cancel_asked else "failed"
        row.error = None if row.cancel_asked else LOST
        row.ended_at = now
        row.save(update_fields=["state", "error", "ended_at"])
        return None
    row.attempts += 1
    row.state, row.started_at, row.seen_at = "running", now, now
    row.progress, row.progress_text = 0.0, ""
    row.save(
        update_fields=["attempts", "state", "started_at", "seen_at", "progress", "progress_text"]
    )
    return row


def end(row: Attempted, attempt: int, **fields: Any) -> bool:
    """Write how an attempt ended, if it is still the one that counts."""
    now = timezone.now()
    return bool(_mine(row, attempt).update(ended_at=now, seen_at=now, progress_text="", **fields))


def _mine(row: Attempted, attempt: int) -> models.QuerySet[Any]:
    return type(row).objects.filter(pk=row.pk, state="running", attempts=attempt)


class Stopped(Exception):
    """The attempt is to stop: `settle` says what becomes of the row."""

    def settle(self, row: Attempted) -> None:
        """Another attempt has taken over: leave everything to it."""


class Cancelled(Stopped):
    """Somebody asked to cancel."""

    def settle(self, row: Attempted) -> None:
        """It ends without figures."""
        end(row, row.attempts, state="cancelled")


class HandedBack(Stopped):
    """The worker has to stop before it is done."""

    @transaction.atomic
    def settle(self, row: Attempted) -> None:
        """It waits again, and this attempt does not count."""
        again = {"state": "waiting", "attempts": row.attempts - 1}
        if _mine(row, row.attempts).update(progress=0.0, progress_text="", **again):
            row.put_in_queue()


class SignsOfLife:
    """While it lasts, a thread says every second that the attempt is alive, and how far it is.

    `tell` raises `Stopped` where it must not go on.
    """

    def __init__(self, row: Attempted, leaving: Callable[[], bool]) -> None:
        self.row = row
        self._leaving = leaving
        self._step, self._share = "", 0.0
        self._stop: type[Stopped] | None = None
        self._over = Event()
        self._thread = Thread(target=self._beat, name=f"{row}", daemon=True)

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
        mine = _mine(self.row, self.row.attempts)
        try:
            known = mine.update(
                seen_at=timezone.now(), progress=self._share, progress_text=self._step
            )
            if not known:
                self._stop = Stopped
            elif mine.filter(cancel_asked=True).exists():
                self._stop = Cancelled
        except Exception:  # noqa: BLE001  (the next beat may succeed)
            _log.exception("%s could not give a sign of life", self.row)


# ── from outside ──────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def cancel(row: Row) -> Row | None:
    """Stop it: at once while it waits, at its next step while it runs. None where it has ended."""
    locked: Row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.state not in Attempted.MOVING:
        return None
    locked.cancel_asked = True
    if locked.state == "waiting":
        locked.state, locked.ended_at = "cancelled", timezone.now()
        if locked.job_id:
            app.job_manager.cancel_job_by_id(locked.job_id)
    locked.save(update_fields=["cancel_asked", "state", "ended_at"])
    return locked


def find_lost(rows: models.QuerySet[Row], silent_for: float) -> int:
    """Queue those again that no job computes and that are silent for so many seconds; how many."""
    before = timezone.now() - timedelta(seconds=silent_for)
    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing")).values("id")
    found = 0
    with transaction.atomic():
        lost = (
            rows.select_for_update(skip_locked=True)
            .filter(state__in=Attempted.MOVING)
            .filter(Q(seen_at__lt=before) | Q(seen_at=None, asked_at__lt=before))
            .exclude(job_id__in=alive)
        )
        for row in lost:
            row.put_in_queue()
            found += 1
    return found


# ── why there is no result ────────────────────────────────────────────────────────────────────


def told(error: MaatwerkError) -> dict[str, Any]:
    """An error of the floors, in both languages where it speaks both."""
    what, remedy = (
        getattr(error, "what_text", error.what),
        getattr(error, "remedy_text", error.remedy),
    )
    return failure(error.code, what, remedy)


def failure(code: str, what: Text | str, remedy: Text | str) -> dict[str, Any]:
    """Why there is no result, in both languages."""
    return {
        "code": code,
        "what": {"nl": say(what, "nl"), "en": say(what, "en")},
        "remedy": {"nl": say(remedy, "nl"), "en": say(remedy, "en")},
    }


LOST = failure(
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
UNFORESEEN = failure(
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
