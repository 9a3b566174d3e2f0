# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with progress letters: put one together, approve it, say that it was sent, withdraw it.

Takes     a day, the day of the letter before it, a language, a person.
Gives     the letter with its four files as they were then; they never change. A later letter is a
          new one.
Leaves    what is in it to `letter.progress`, what is public to `stored_publication`.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, not_in_future, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.releases.models import Letter, LetterFile
from maatwerkbank.web.releases.stored_publication import stored_publication
from maatwerkbank.web.releases.totals import ASK_THE_PROGRAMME

A_DAY = Text(nl="een datum", en="a date")
EARLIER = Text(nl="een dag voor die van de brief", en="a day before that of the letter")
MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "odt": "application/vnd.oasis.opendocument.text",
        "pdf": "application/pdf",
        "md": "text/markdown; charset=utf-8",
        "json": "application/json",
    }
)
# The states from which each step can be taken.
BEFORE = MappingProxyType({"approve": ("draft",), "send": ("approved",), "withdraw": ("draft",)})


class NotThisLetter(Conflict):
    """The letter is in a state from which this step does not lead on."""

    code = "letter.state"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Dat kan niet (meer) met deze brief.", en="That cannot be done with it now."),
            remedy=Text(nl="stel een nieuwe brief op", en="put a new letter together"),
        )


class YourOwnLetter(Conflict):
    """Who put it together does not approve it."""

    code = "letter.own"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="U hebt deze brief opgesteld: een ander keurt hem goed.",
                en="You put this letter together: somebody else approves it.",
            ),
            remedy=Text(nl="vraag het het bureau van de minister", en="ask the minister's office"),
        )


def lacks_of_letter(as_of: date | None, since: date | None) -> list[Finding]:
    """What is not right in the days of a letter: all of it."""
    if as_of is None:
        return [finding("as_of", A_DAY, NOTHING)]
    if since and since >= as_of:
        return [finding("since", EARLIER, since.isoformat())]
    return []


@transaction.atomic
def compose_letter(
    *, by: Person, as_of: date | None, since: date | None, language: Language
) -> Letter:
    """Put a letter together from what was public on a day, and keep its files."""
    _require(access.releases_totals(by))
    refuse(lacks_of_letter(as_of, since))
    day = not_in_future(as_of, "as_of")
    files = _files(day, since, language)
    with changed_by(by):
        letter = Letter.objects.create(
            as_of=day,
            since=since,
            language=language,
            sha256=hashlib.sha256(files["json"]).hexdigest(),
            made_by=by,
        )
        LetterFile.objects.bulk_create(
            LetterFile(
                letter=letter,
                kind=kind,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
            for kind, content in files.items()
        )
    return letter


def _files(day: date, since: date | None, language: Language) -> dict[str, bytes]:
    """The letter in its four kinds."""
    from maatwerkbank.letter.progress import progress_letter  # noqa: PLC0415  (charts: seconds)
    from maatwerkbank.letter.progress.as_data import as_data  # noqa: PLC0415
    from maatwerkbank.letter.progress.markdown import markdown  # noqa: PLC0415
    from maatwerkbank.letter.progress.office import letter_odt, letter_pdf  # noqa: PLC0415

    before = stored_publication(since) if since else None
    letter = progress_letter(stored_publication(day), before=before, language=language)
    data = json.dumps(as_data(letter), indent=2, ensure_ascii=False, allow_nan=False)
    return {
        "odt": letter_odt(letter),
        "pdf": letter_pdf(letter),
        "md": markdown(letter).encode(),
        "json": f"{data}\n".encode(),
    }


@transaction.atomic
def approve_letter(*, letter: Letter, by: Person) -> Letter:
    """Say yes to a letter that somebody else put together.

    Raises
    ------
    YourOwnLetter   `by` put it together
    NotThisLetter   it is no draft
    """
    _require(access.approves_letters(by))
    now = _now(letter, "approve")
    if now.made_by_id == by.pk:
        raise YourOwnLetter
    now.state, now.approved_by, now.approved_on = "approved", by, timezone.localdate()
    return _kept(now, by)


@transaction.atomic
def mark_sent(*, letter: Letter, by: Person, sent_on: date | None, reference: str) -> Letter:
    """Say that an approved letter went to the House, and under which number."""
    _require(access.approves_letters(by))
    day = not_in_future(sent_on, "sent_on")
    now = _now(letter, "send")
    now.state, now.sent_on, now.reference = "sent", day, reference.strip()
    return _kept(now, by)


@transaction.atomic
def withdraw_letter(*, letter: Letter, by: Person) -> Letter:
    """Put a draft aside. It stays to be read."""
    _require(access.releases_totals(by))
    now = _now(letter, "withdraw")
    now.state = "withdrawn"
    return _kept(now, by)


def _require(may: bool) -> None:  # noqa: FBT001  (the answer of the guard)
    if not may:
        raise NotAllowed(access.REFUSALS["role"], remedy=ASK_THE_PROGRAMME)


def _now(letter: Letter, step: str) -> Letter:
    now = Letter.objects.select_for_update().get(pk=letter.pk)
    if now.state not in BEFORE[step]:
        raise NotThisLetter
    return now


def _kept(letter: Letter, by: Person) -> Letter:
    with changed_by(by):
        letter.save()
    return letter
