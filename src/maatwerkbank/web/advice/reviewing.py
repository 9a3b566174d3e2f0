# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of reviews: assign one, write findings, report, answer, close.

Takes     a dossier, a review or a finding, a person, words.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    what is open and what blocks to `dossier.advice.reviews`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.advice.reviews import KINDS, SEVERITIES, lacks_to_close
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.models import Review, ReviewFinding
from maatwerkbank.web.advice.stored import as_finding
from maatwerkbank.web.dossiers.deeds import NOTHING, SOME_WORDS, finding, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import (
    ASK_THE_LEAD,
    REFUSALS,
    deeds_in,
    require,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed

Fields = Mapping[str, Any]
WHO = Text(nl="wie de review doet", en="who does the review")
WHAT = Text(nl="wat wordt bekeken", en="what is reviewed")
NOT_BEFORE = Text(nl="een dag na vandaag", en="a day after today")


class ClosedAlready(Conflict):
    """The finding was closed: nothing in it changes any more."""

    code = "review.closed-already"

    def __init__(self, row: ReviewFinding) -> None:
        super().__init__(
            Text(
                nl=f"Bevinding {row.number} is afgesloten op {row.closed_on}.",
                en=f"Finding {row.number} was closed on {row.closed_on}.",
            ),
            remedy=Text(nl="schrijf een nieuwe bevinding op", en="write a new finding down"),
        )


def lacks_of_review(fields: Fields) -> list[Finding]:
    """What is not right in an assignment: all of it."""
    found = [
        finding(name, expected, NOTHING)
        for name, expected in (("reviewer", WHO), ("what", WHAT))
        if not (fields.get(name) or "").strip()
    ]
    if fields.get("kind") not in KINDS:
        found.append(finding("kind", ", ".join(KINDS), fields.get("kind") or NOTHING))
    due = fields.get("due_on")
    if due and due < (fields.get("assigned_on") or timezone.localdate()):
        found.append(finding("due_on", NOT_BEFORE, due.isoformat()))
    return found


@transaction.atomic
def assign_review(*, dossier: Dossier, by: Person, **fields: Any) -> Review:
    """Assign a review to an outside expert.

    Parameters
    ----------
    fields : kind, reviewer, what, assigned_on, due_on, reviewing_person
    """
    require(by, Deed.KEEP_REVIEWS, dossier)
    refuse(lacks_of_review(fields))
    with changed_by(by):
        return Review.objects.create(dossier=dossier, assigned_by=by, **fields)


def lacks_of_finding(fields: Fields) -> list[Finding]:
    """What is not right in a finding: all of it."""
    found = [] if (fields.get("words") or "").strip() else [finding("words", SOME_WORDS, NOTHING)]
    if fields.get("severity") not in SEVERITIES:
        found.append(finding("severity", ", ".join(SEVERITIES), fields.get("severity") or NOTHING))
    return found


@transaction.atomic
def add_finding(*, review: Review, by: Person, severity: str, words: str) -> ReviewFinding:
    """Write down what the reviewer found."""
    require(by, Deed.KEEP_REVIEWS, review.dossier)
    refuse(lacks_of_finding({"severity": severity, "words": words}))
    now = Review.objects.select_for_update().get(pk=review.pk)
    with changed_by(by):
        return ReviewFinding.objects.create(
            review=now, number=now.findings.count() + 1, severity=severity, words=words.strip()
        )


@transaction.atomic
def report(*, review: Review, by: Person, reported_on: date | None = None) -> Review:
    """Say that the report is in: every finding of it is written down."""
    require(by, Deed.KEEP_REVIEWS, review.dossier)
    now = Review.objects.select_for_update().get(pk=review.pk)
    if now.reported_on is None:
        with changed_by(by):
            now.reported_on = reported_on or timezone.localdate()
            now.save(update_fields=["reported_on"])
    return now


@transaction.atomic
def answer_finding(*, row: ReviewFinding, by: Person, answer: str) -> ReviewFinding:
    """Say what is done with a finding. It stays open until it is closed."""
    require(by, Deed.KEEP_REVIEWS, row.review.dossier)
    words = said(answer, "answer")
    now = _open(row)
    with changed_by(by):
        now.answer, now.answered_by, now.answered_on = words, by, timezone.localdate()
        now.save()
    return now


@transaction.atomic
def close_finding(*, row: ReviewFinding, by: Person, reason: str) -> ReviewFinding:
    """Close a finding: the reviewer does, or the lead, with a reason.

    Raises
    ------
    NotAllowed      `by` is neither
    ClosedAlready   it was closed
    Unfit           a heavy finding has no answer, or the reason is lacking
    """
    require(by, Deed.KEEP_REVIEWS, row.review.dossier)
    if not may_close(by, row.review):
        raise NotAllowed(REFUSALS["role"], remedy=ASK_THE_LEAD)
    now = _open(row)
    lacks = lacks_to_close(as_finding(now), reason=reason)
    refuse([finding(place, expected, NOTHING) for place, expected in lacks])
    with changed_by(by):
        now.closed_on, now.closed_by, now.closing_reason = timezone.localdate(), by, reason.strip()
        now.save()
    return now


def may_close(person: Person, review: Review) -> bool:
    """Whether `person` is the reviewer, or leads the dossier."""
    lead = Deed.DECIDE in deeds_in(person, review.dossier)
    return lead or review.reviewing_person_id == person.pk


def _open(row: ReviewFinding) -> ReviewFinding:
    now = ReviewFinding.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if now.closed_on:
        raise ClosedAlready(now)
    return now
