# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which statements wait for somebody: to be approved, released, written anew or read again?

Takes     a person, and per deed the dossiers on which that person may do it.
Gives     what waits; in as many queries for one dossier as for many.
Leaves    putting it in groups to `overview.my_work`; what changed in the facts to the page itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.releases.models import Statement
from maatwerkbank.web.releases.shown import WEEKS


@dataclass(frozen=True)
class Waiting:
    """One statement that waits, and since when."""

    kind: str
    what: str
    firm: str
    href: str
    since: date | None


def statements_waiting(
    person: Person, able: Mapping[Deed, Collection[int]], today: date
) -> Iterator[Waiting]:
    """Everything that waits for `person` here."""
    old = today - timedelta(weeks=WEEKS)
    found = access.statements_of(person).filter(dossier__in=able[Deed.DRAFT_STATEMENT])
    rows = list(found.select_related("dossier__company").order_by("released_on", "pk"))
    for row in rows:
        dossier = row.dossier_id
        mine = row.written_by_id == person.pk
        if row.state == "proposed" and not mine and dossier in able[Deed.APPROVE_STATEMENT]:
            yield _waiting(row, _("Approve the statement that lies ready"))
        elif row.state == "approved" and dossier in able[Deed.RELEASE]:
            yield _waiting(row, _("Release the statement that was approved"))
        elif row.state == "draft" and mine and row.sent_back_because:
            yield _waiting(row, _("Your statement was sent back: write it anew"))
    for row in _in_force(rows):
        if row.on < old:
            yield _waiting(row, _("Read the statement again: it is half a year old"))


def _in_force(rows: Iterable[Statement]) -> Iterator[Statement]:
    """Of each dossier the one released last, where no other is in the making."""
    last: dict[int, Statement] = {}
    busy = set()
    for row in rows:
        if row.state == "released":
            last[row.dossier_id] = row
        elif row.state != "withdrawn":
            busy.add(row.dossier_id)
    yield from (row for dossier, row in last.items() if dossier not in busy)


def _waiting(row: Statement, what: str) -> Waiting:
    return Waiting(
        _("Status text"),
        what,
        row.dossier.company.name,
        reverse("releases:dossier", args=[row.dossier.code]),
        row.written_at.date() if row.state != "released" else row.on,
    )
