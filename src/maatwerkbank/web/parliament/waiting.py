# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which commitments to the House fall due, for who keeps the register?

Takes     a person and a day.
Gives     what waits, with its due day; nothing for who does not keep the register.
Leaves    the page of what waits to `overview/my_work.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.dossier.parliament.standing import in_order
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.parliament.models import Commitment
from maatwerkbank.web.parliament.stored import stored_parliament
from maatwerkbank.web.people.access import keeps_parliament
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.templatetags.words import say


@dataclass(frozen=True)
class Due:
    """A commitment that falls due, or fell due."""

    what: str
    firm: str
    href: str
    due: date


def commitments_due(person: Person, today: date) -> Iterator[Due]:
    """What is overdue or due soon, the first day first."""
    if not keeps_parliament(person):
        return
    pressing = [
        (row, stands.due)
        for row, stands in in_order(stored_parliament(today))
        if stands.state in {"overdue", "due_soon"} and stands.due is not None
    ]
    if not pressing:
        return
    codes = dict(Commitment.objects.values_list("key", "code"))
    names = dict(Company.objects.values_list("slug", "name"))
    for row, due in pressing:
        yield Due(
            what=_("Tell the House: %(commitment)s") % {"commitment": say(row.text)},
            firm=", ".join(names.get(firm, firm) for firm in row.firms),
            href=reverse("parliament:row", args=["toezeggingen", codes[row.id]]),
            due=due,
        )
