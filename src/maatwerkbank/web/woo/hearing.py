# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of hearing: ask somebody for a view, give it, answer it.

Takes     a part, the papers that concern somebody, a person, words and days.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    what a hearing does to the term to `dossier.disclosure.terms`.

Whoever is heard sees the papers that it handed in or may read, and nothing else of the request.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import (
    A_LATER_DATE,
    NOTHING,
    SOME_WORDS,
    finding,
    refuse,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.woo.models import Hearing, HearingPaper, RequestedPaper, RequestPart
from maatwerkbank.web.woo.registering import refuse_closed

Fields = Mapping[str, Any]
WHO = Text(nl="wie u hoort", en="whom you hear")
PAPERS = Text(nl="ten minste één document", en="at least one paper")
IT_MAY_READ = Text(nl="documenten die het bedrijf mag lezen", en="papers that the firm may read")


def lacks_of_hearing(part: RequestPart, fields: Fields) -> list[Finding]:
    """What is not right in asking for a view: all of it."""
    found = []
    party = (fields.get("party") or "").strip()
    papers = fields.get("papers") or ()
    if not party:
        found.append(finding("party", WHO, NOTHING))
    if not papers:
        found.append(finding("papers", PAPERS, NOTHING))
    company = part.dossier.company
    closed = [each for each in papers if not each.version.document.with_company]
    if company.organisation_id and party == company.name and closed:
        titles = ", ".join(each.version.document.title for each in closed)
        found.append(finding("papers", IT_MAY_READ, titles))
    due = fields.get("due_on")
    if not due or due <= timezone.localdate():
        found.append(finding("due_on", A_LATER_DATE, due.isoformat() if due else NOTHING))
    return found


@transaction.atomic
def ask_view(
    *,
    part: RequestPart,
    by: Person,
    party: str,
    papers: Collection[RequestedPaper],
    due_on: date,
) -> Hearing:
    """Ask somebody for a view. The people of the firm of the dossier give theirs here.

    Raises
    ------
    NotAllowed   `by` does not keep requests here
    """
    access.require(by, Deed.KEEP_DISCLOSURE, part.dossier)
    refuse_closed(part)
    fields = {"party": party, "papers": papers, "due_on": due_on}
    refuse(lacks_of_hearing(part, fields))
    company = part.dossier.company
    with changed_by(by):
        made = Hearing.objects.create(
            dossier=part.dossier,
            part=part,
            party=party.strip(),
            organisation=company.organisation if party.strip() == company.name else None,
            due_on=due_on,
            asked_by=by,
        )
        for each in papers:
            HearingPaper.objects.create(hearing=made, paper=each)
    return made


def may_give_view(person: Person, hearing: Hearing) -> bool:
    """Whoever is heard gives its own view; the team writes down one that came by letter."""
    deeds = access.deeds_in(person, hearing.dossier)
    own = hearing.organisation_id is not None and (
        hearing.organisation_id == person.organisation_id
    )
    return (own and Deed.GIVE_VIEW in deeds) or Deed.KEEP_DISCLOSURE in deeds


@transaction.atomic
def give_view(*, hearing: Hearing, by: Person, view: str, objects: bool) -> Hearing:
    """Give a view, once.

    Raises
    ------
    NotAllowed   `by` neither is heard nor keeps requests here
    Conflict     there is a view already
    """
    if not may_give_view(by, hearing):
        raise NotAllowed(access.REFUSALS["role"], remedy=access.ASK_THE_LEAD)
    hearing = _locked(hearing)
    if hearing.viewed_on is not None:
        raise Conflict(
            Text(nl="Er is al een zienswijze.", en="There is a view already."),
            remedy=Text(
                nl="neem contact op met wie het verzoek behandelt",
                en="contact whoever handles the request",
            ),
        )
    if objects and not view.strip():
        refuse([finding("view", SOME_WORDS, NOTHING)])
    hearing.view = view.strip()
    hearing.objects_to_it = objects
    hearing.viewed_on = timezone.localdate()
    hearing.viewed_by = by
    with changed_by(by):
        hearing.save()
    return hearing


@transaction.atomic
def answer_view(*, hearing: Hearing, by: Person, answer: str) -> Hearing:
    """Write down what the State does with a view.

    Raises
    ------
    NotAllowed   `by` does not keep requests here
    Conflict     there is no view yet
    """
    access.require(by, Deed.KEEP_DISCLOSURE, hearing.dossier)
    hearing = _locked(hearing)
    if hearing.viewed_on is None:
        raise Conflict(
            Text(nl="Er is nog geen zienswijze.", en="There is no view yet."),
            remedy=Text(nl="wacht haar af", en="wait for it"),
        )
    hearing.answer = said(answer, "answer")
    hearing.answered_by = by
    with changed_by(by):
        hearing.save()
    return hearing


def _locked(hearing: Hearing) -> Hearing:
    rows = Hearing.objects.select_for_update(of=("self",)).select_related("dossier__company")
    return rows.get(pk=hearing.pk)
