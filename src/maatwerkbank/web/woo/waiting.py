# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of requests for disclosure waits for somebody: the decision, the work, a view.

Takes     a person, and the dossiers with which the person may do what.
Gives     what waits, with its day; in a constant number of queries.
Leaves    the list in which it stands to `overview/my_work.py`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.woo.models import Hearing, RequestPart
from maatwerkbank.web.woo.stored import with_work, work_of

ENDED = ("decided", "published", "objection", "withdrawn")


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, about which firm, by when."""

    kind: str
    what: str
    firm: str
    href: str
    due: date | None = None


def waiting_in_disclosure(
    person: Person, able: Mapping[Deed, Collection[int]], today: date
) -> Iterator[Waiting]:
    """Requests on which a term runs, and views that were asked."""
    yield from _requests(person, able, today)
    yield from _views(person, able[Deed.GIVE_VIEW])


def _requests(
    person: Person, able: Mapping[Deed, Collection[int]], today: date
) -> Iterator[Waiting]:
    keeps, decides = able[Deed.KEEP_DISCLOSURE], able[Deed.DECIDE_DISCLOSURE]
    parts = RequestPart.objects.filter(dossier__in={*keeps, *decides}, request__withdrawn_on=None)
    for part in with_work(parts):
        work = work_of(part)
        state = work.state(today)
        if state in ENDED:
            continue
        deciding = state == "deciding"
        if deciding and not _may_decide(person, part, decides):
            continue
        if not deciding and part.dossier_id not in keeps:
            continue
        told = (
            _("Decide on the Woo request: %(subject)s")
            if deciding
            else _("Work on the Woo request: %(subject)s")
        )
        yield Waiting(
            kind=_("Woo request"),
            what=told % {"subject": part.request.subject},
            firm=part.dossier.company.name,
            href=reverse("woo:part", args=[part.code]),
            due=work.term.due_on,
        )


def _may_decide(person: Person, part: RequestPart, decides: Collection[int]) -> bool:
    """Who froze the list does not decide on it."""
    return part.dossier_id in decides and all(
        each.outcome or each.frozen_by_id != person.pk for each in part.inventories.all()
    )


def _views(person: Person, dossiers: Collection[int]) -> Iterator[Waiting]:
    asked = Hearing.objects.filter(
        dossier__in=dossiers,
        organisation=person.organisation_id,
        viewed_on=None,
        part__request__withdrawn_on=None,
    )
    for each in asked.select_related("dossier__company", "part__request"):
        yield Waiting(
            kind=_("Woo request"),
            what=_("Give your view: %(subject)s") % {"subject": each.part.request.subject},
            firm=each.dossier.company.name,
            href=reverse("woo:hearing", args=[each.code]),
            due=each.due_on,
        )
