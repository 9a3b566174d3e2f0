# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every deed does first: lock the dossier, ask in which role, ask for the words it needs.

Takes     a dossier, a person, words and dates as they were handed in.
Gives     the locked dossier, the role, the words; or all findings at once (422).
Leaves    the deeds themselves to `statements.py` and `decisions.py`.
"""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import roles_in
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import OFFICE_RIGHTS, RIGHTS, Deed
from maatwerkbank.web.refusals import Unfit

NOTHING = Text(nl="niets", en="nothing")
SOME_WORDS = Text(nl="een reden in woorden", en="a reason in words")
A_CODE = Text(nl="ten minste één reden uit de lijst", en="at least one reason of the list")
A_DATE = Text(nl="een datum", en="a date")
A_LATER_DATE = Text(nl="een datum na vandaag", en="a date after today")
NOT_LATER = Text(nl="vandaag of eerder", en="today or before")
NOT_EARLIER = Text(
    nl="een dag waarop het dossier al in deze fase was",
    en="a day on which the dossier was in this stage already",
)
COMPLETE_IT = Text(nl="vul dit aan", en="complete this")


def locked(dossier: Dossier) -> Dossier:
    """The dossier as it is now; nobody else does a deed in it until this transaction ends."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("company")
    return rows.get(pk=dossier.pk)


def role_of(person: Person, dossier: Dossier, deed: Deed) -> str:
    """The role in which `person` does `deed`; `require` said before that there is one."""
    held = roles_in(person, dossier)
    return next(
        role
        for role in ROLES
        if role in held and (deed in RIGHTS[role] or deed in OFFICE_RIGHTS.get(role, ()))
    )


def said(words: str, place: str) -> str:
    """The words without space around them.  Raises Unfit where there are none."""
    if not words.strip():
        refuse([finding(place, SOME_WORDS, NOTHING)])
    return words.strip()


def one_of(word: str, known: Collection[str], place: str) -> None:
    """Raises Unfit where `word` is not a known one."""
    if word not in known:
        refuse([finding(place, ", ".join(known), word or NOTHING)])


def not_in_future(day: date | None, place: str) -> date:
    """The day, or today where none is given.  Raises Unfit where it is still to come."""
    today = timezone.localdate()
    if day and day > today:
        refuse([finding(place, NOT_LATER, day.isoformat())])
    return day or today


def finding(place: str, expected: Text | str, found: Text | str) -> Finding:
    """Something of what was handed in that is not complete."""
    return Finding("error", "form", place, expected, found, COMPLETE_IT)


def refuse(findings: Collection[Finding]) -> None:
    """Raises Unfit with all findings, where there are any."""
    if findings:
        raise Unfit(
            Text(nl="Dit is nog niet volledig.", en="This is not complete yet."), tuple(findings)
        )
