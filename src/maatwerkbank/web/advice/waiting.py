# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody in advice, reviews and positions, and by when?

Takes     a person, and per deed the dossiers on which that person may do it.
Gives     what waits, with its date; in as many queries for one dossier as for many.
Leaves    putting it in groups to `overview.my_work`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.web.advice.models import Party, Review
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    kind: str
    what: str
    firm: str
    href: str
    due: date | None = None
    since: date | None = None


def waiting_in_advice(person: Person, able: Mapping[Deed, Collection[int]]) -> Iterator[Waiting]:
    """Everything that waits for `person` here."""
    yield from _to_write(person)
    yield from _to_answer(person, able[Deed.ANSWER_ADVICE])
    yield from _findings(person, able[Deed.KEEP_REVIEWS])
    yield from _positions(person, able[Deed.TAKE_POSITION])


def _to_write(person: Person) -> Iterator[Waiting]:
    asked = access.advices_before(person).filter(given_at=None)
    for each in asked.select_related("dossier__company"):
        yield Waiting(
            _("Advice"),
            _("Write the advice: %(subject)s") % {"subject": each.subject},
            each.dossier.company.name,
            reverse("advice:advice", args=[each.code]),
            each.due_on,
            each.asked_on,
        )


def _to_answer(person: Person, able: Collection[int]) -> Iterator[Waiting]:
    given = access.advices_of(person).filter(
        dossier__in=able, given_at__isnull=False, answered_at=None
    )
    for each in given.select_related("dossier__company"):
        yield Waiting(
            _("Advice"),
            _("Answer the recommendations: %(subject)s") % {"subject": each.subject},
            each.dossier.company.name,
            reverse("advice:answer", args=[each.code]),
            None,
            each.given_on,
        )


def _findings(person: Person, able: Collection[int]) -> Iterator[Waiting]:
    reviews = access.rows_of(person, Review, Deed.SEE_ADVICE).filter(
        dossier__in=able, findings__closed_on=None, findings__answer="", findings__isnull=False
    )
    counted = reviews.annotate(n=Count("findings"))
    for each in counted.select_related("dossier__company"):
        what = ngettext(
            "Answer one finding of the review: %(what)s",
            "Answer %(n)s findings of the review: %(what)s",
            each.n,
        )
        yield Waiting(
            _("Review"),
            what % {"n": each.n, "what": each.what},
            each.dossier.company.name,
            reverse("advice:review", args=[each.code]),
            None,
            each.reported_on or timezone.localdate(each.made_at),
        )


def _positions(person: Person, able: Collection[int]) -> Iterator[Waiting]:
    items = access.items_of(person).filter(dossier__in=able)
    parties = Party.objects.filter(
        item__in=items, organisation=person.organisation_id, positions=None
    )
    for each in parties.select_related("item__dossier__company"):
        yield Waiting(
            _("Position"),
            _("Take a position: %(subject)s") % {"subject": each.item.subject},
            each.item.dossier.company.name,
            reverse("advice:item", args=[each.item.code]),
            each.item.due_on,
            each.item.put_on,
        )
