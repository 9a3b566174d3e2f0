# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public now, and what was on an earlier day, kept in the process.

Takes     the stored publication, asked again when LOOK_AGAIN seconds have passed.
Gives     a `Snapshot`: the publication with every page that was made of it, as bytes.
Leaves    making a page to `rendering`, who may see what to `web/releases`, which put into the
          publication what is public and nothing else.

Where nothing changed, the pages stay as they are, to the byte. Of earlier days a few are kept; one
is made at a time, so that nobody can have the process make all days there are.
"""

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from django.db import connection, transaction
from django.utils import timezone
from django.utils.http import http_date

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.web.releases.stored_publication import stored_publication

LOOK_AGAIN = 30.0  # [s] after which it is asked whether something changed
DAYS_KEPT = 8
FIRST_DAY = date(2020, 1, 1)

log = logging.getLogger(__name__)


class Busy(Exception):
    """Another earlier day is being made; ask again in a moment."""


@dataclass(frozen=True)
class Body:
    """A page as it is sent. `zipped` is the same, compressed; `etag` without quotes.

    `headers`: those of an earlier answer, for the page as it is (False) and compressed (True).
    """

    content: bytes
    zipped: bytes
    etag: str
    content_type: str
    status: int = 200
    headers: dict[bool, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(eq=False)
class Snapshot:
    """A publication, and the pages that were made of it so far."""

    publication: Publication
    before: Publication | None
    today: bool
    made: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    bodies: dict[tuple[str, str], Body] = field(default_factory=dict)

    @cached_property
    def last_modified(self) -> str:
        """When it was made, as a header says it."""
        return http_date(self.made.timestamp())


class Kept:
    """The snapshot of today, and those of a few earlier days."""

    def __init__(self) -> None:
        self._now: Snapshot | None = None
        self._look_again = 0.0
        self._past: OrderedDict[date, Snapshot] = OrderedDict()
        self._looking, self._making = threading.Lock(), threading.Lock()

    def forget(self) -> None:
        """Make everything anew."""
        self._now, self._look_again = None, 0.0
        self._past.clear()

    def ready(self, path: str, host: str) -> Body | None:
        """A page of today that lies ready, if nobody has to look again before it is sent."""
        kept = self._now
        if kept is None or time.monotonic() >= self._look_again:
            return None
        return kept.bodies.get((path, host))

    def now(self) -> Snapshot:
        """What is public now. One thread looks again; others go on with what there is."""
        kept = self._now
        if kept and time.monotonic() < self._look_again:
            return kept
        if not self._looking.acquire(blocking=kept is None):
            return kept or self.now()
        try:
            return self._looked_again()
        finally:
            self._looking.release()

    def on(self, day: date) -> Snapshot:
        """What was public on an earlier day.

        Raises
        ------
        Busy   another day is being made just now
        """
        self.now()  # a change of today throws earlier days away
        kept = self._past.get(day)
        if kept:
            return kept
        if not self._making.acquire(blocking=False):
            raise Busy
        try:
            made = _snapshot(day, today=False)
            self._past[day] = made
            while len(self._past) > DAYS_KEPT:
                self._past.popitem(last=False)
            return made
        finally:
            self._making.release()

    def _looked_again(self) -> Snapshot:
        kept, today = self._now, timezone.localdate()
        try:
            found = _publication(today)
        except Exception:
            if kept is None:
                raise
            log.exception("what is public could not be read; the pages stay as they were")
            self._look_again = time.monotonic() + LOOK_AGAIN
            return kept
        if kept is None or found != kept.publication:
            kept = Snapshot(found, _before(found), today=True)
            self._now = kept
            self._past.clear()
        self._look_again = time.monotonic() + LOOK_AGAIN
        return kept


def _snapshot(day: date, *, today: bool) -> Snapshot:
    found = _publication(day)
    return Snapshot(found, _before(found), today=today)


def _publication(day: date) -> Publication:
    """What was public on `day`; the connection is handed back, as no request does it here."""
    try:
        with transaction.atomic():
            return stored_publication(day)
    finally:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _before(now: Publication) -> Publication | None:
    """What was public on the day of the last letter but the one of this day."""
    days = [each.on for each in now.parliament.letters if each.on and each.on < now.as_of]
    return _publication(max(days)) if days else None


KEPT = Kept()
