# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of positions: put an item to others, take a position.

Takes     a dossier or an item, a person, words.
Gives     what was made; or everything that lacks, at once (422).
Leaves    who was silent and who objects to `dossier.advice.positions`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.advice.positions import FORUMS, lacks_of_position
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.models import Item, Party, Position
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed

Fields = Mapping[str, Any]
A_SUBJECT = Text(nl="een onderwerp", en="a subject")
A_QUESTION = Text(nl="wat u vraagt", en="what you ask")
WHOM = Text(nl="ten minste één organisatie", en="at least one organisation")
NOT_BEFORE = Text(nl="een dag na vandaag", en="a day after today")


def lacks_of_item(fields: Fields) -> list[Finding]:
    """What is not right in an item: all of it."""
    found = [
        finding(name, expected, NOTHING)
        for name, expected in (("subject", A_SUBJECT), ("question", A_QUESTION))
        if not (fields.get(name) or "").strip()
    ]
    if fields.get("forum") not in FORUMS:
        found.append(finding("forum", ", ".join(FORUMS), fields.get("forum") or NOTHING))
    if not fields.get("parties"):
        found.append(finding("parties", WHOM, NOTHING))
    due = fields.get("due_on")
    if due and due < timezone.localdate():
        found.append(finding("due_on", NOT_BEFORE, due.isoformat()))
    return found


@transaction.atomic
def put_item(
    *,
    dossier: Dossier,
    by: Person,
    forum: str,
    subject: str,
    question: str,
    parties: Collection[Organisation],
    due_on: date | None = None,
) -> Item:
    """Put something to the sounding board or to partners, and ask each for a position."""
    access.require(by, Deed.ASK_POSITION, dossier)
    given = {"forum": forum, "subject": subject, "question": question, "due_on": due_on}
    refuse(lacks_of_item({**given, "parties": parties}))
    with changed_by(by):
        item = Item.objects.create(
            dossier=dossier,
            put_by=by,
            forum=forum,
            subject=subject.strip(),
            question=question.strip(),
            due_on=due_on,
        )
        Party.objects.bulk_create(Party(item=item, organisation=each) for each in parties)
    return item


def may_take(person: Person, party: Party) -> bool:
    """For its own organisation somebody takes a position; the team writes down that of others."""
    deeds = access.deeds_in(person, party.item.dossier)
    own = party.organisation_id == person.organisation_id
    return (own and Deed.TAKE_POSITION in deeds) or Deed.ASK_POSITION in deeds


@transaction.atomic
def take_position(*, party: Party, by: Person, stance: str, words: str = "") -> Position:
    """Take a position. An earlier one of the same party stays on record.

    Raises
    ------
    NotAllowed   `by` does not speak for this party, and does not write down for others
    """
    if not may_take(by, party):
        raise NotAllowed(access.REFUSALS["role"], remedy=access.ASK_THE_LEAD)
    lacks = lacks_of_position(stance, words)
    refuse([finding(place, expected, stance or NOTHING) for place, expected in lacks])
    with changed_by(by):
        return Position.objects.create(party=party, stance=stance, words=words.strip(), by=by)
