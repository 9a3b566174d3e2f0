# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of advice: ask it, declare interests, write it, give it.

Takes     a dossier or an advice, a person, words; never a request.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    what lacks to `dossier.advice`, the answer of the minister to `answering.py`.

The State asks; advisers write, on what was put before them; the secretary gives. From then on the
database keeps the advice as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.dossier.advice.bodies import FUNCTIONS, bodies, body, criteria
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.models import (
    Advice,
    CriterionFinding,
    Participant,
    Question,
    Recommendation,
)
from maatwerkbank.web.advice.stored import as_advice, sha256_of, whole
from maatwerkbank.web.documents.models import FrozenSet
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, locked, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

Fields = Mapping[str, Any]

A_BODY = Text(nl="een adviesorgaan uit de lijst", en="an advisory body of the list")
A_SUBJECT = Text(nl="waarover advies wordt gevraagd", en="on what advice is asked")
A_SET = Text(nl="een bevroren set van dit dossier", en="a frozen set of this dossier")
NOT_BEFORE = Text(nl="een dag na de aanvraag", en="a day after the request")
A_NAME = Text(nl="een naam", en="a name")
A_NEW_NAME = Text(nl="iemand die nog niet meedoet", en="somebody who does not take part yet")


class GivenAlready(Conflict):
    """The advice was given: nothing in it changes any more."""

    code = "advice.given-already"

    def __init__(self, advice: Advice) -> None:
        super().__init__(
            Text(
                nl=f"Dit advies is gegeven op {advice.given_on} en verandert niet meer.",
                en=f"This advice was given on {advice.given_on} and does not change any more.",
            ),
            remedy=Text(
                nl="vraag zo nodig een nieuw advies, op een nieuwe set",
                en="ask a new advice on a new set, if that is needed",
            ),
        )


# ── asking ────────────────────────────────────────────────────────────────────────────────────


def lacks_of_request(fields: Fields) -> list[Finding]:
    """What is not right in a request: all of it."""
    found = []
    if fields.get("body") not in bodies():
        found.append(finding("body", A_BODY, fields.get("body") or NOTHING))
    if not (fields.get("subject") or "").strip():
        found.append(finding("subject", A_SUBJECT, NOTHING))
    if not fields.get("frozen_set"):
        found.append(finding("frozen_set", A_SET, NOTHING))
    due = fields.get("due_on")
    if due and due <= (fields.get("asked_on") or timezone.localdate()):
        found.append(finding("due_on", NOT_BEFORE, due.isoformat()))
    return found


@transaction.atomic
def ask_advice(
    *,
    dossier: Dossier,
    by: Person,
    body: str,
    frozen_set: FrozenSet,
    subject: str,
    due_on: date | None = None,
    own_question: str = "",
    asked_on: date | None = None,
    participants: Sequence[tuple[str, str]] | None = None,
) -> Advice:
    """Ask a body for advice on a frozen set, with its own questions and one of ours.

    Parameters
    ----------
    participants : names with functions; left out: the members of the body on that day
    """
    access.require(by, Deed.ASK_ADVICE, dossier)
    given = {"body": body, "frozen_set": frozen_set, "subject": subject, "due_on": due_on}
    refuse(lacks_of_request({**given, "asked_on": asked_on}))
    if not access.frozen_sets_of(by, dossier).filter(pk=frozen_set.pk).exists():
        refuse([finding("frozen_set", A_SET, frozen_set.purpose)])
    now = locked(dossier)
    with changed_by(by):
        asked = Advice.objects.create(
            dossier=now,
            body=body,
            frozen_set=frozen_set,
            subject=subject.strip(),
            due_on=due_on,
            asked_on=asked_on or timezone.localdate(),
            asked_by=by,
        )
        _ask_questions(asked, own_question)
        seats = bodies()[body].members_on(asked.asked_on)
        people = [(seat.name, seat.function) for seat in seats]
        Participant.objects.bulk_create(
            Participant(advice=asked, name=name, function=function)
            for name, function in (people if participants is None else participants)
        )
    return asked


def _ask_questions(asked: Advice, own: str) -> None:
    told = [
        (each.criterion or "", each.text.nl, each.text.en) for each in body(asked.body).questions
    ]
    if own.strip():
        told.append(("", own.strip(), own.strip()))
    Question.objects.bulk_create(
        Question(advice=asked, number=number, criterion=criterion, nl=nl, en=en)
        for number, (criterion, nl, en) in enumerate(told, start=1)
    )


# ── who takes part ────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_participant(*, advice: Advice, by: Person, name: str, function: str) -> Participant:
    """Add a guest expert, or a member whom the list does not hold, to this advice."""
    now = _open(advice, by)
    known = set(now.participants.values_list("name", flat=True))
    lacks = [] if name.strip() else [finding("name", A_NAME, NOTHING)]
    if name.strip() in known:
        lacks.append(finding("name", A_NEW_NAME, name))
    if function not in FUNCTIONS:
        lacks.append(finding("function", ", ".join(FUNCTIONS), function or NOTHING))
    refuse(lacks)
    with changed_by(by):
        return Participant.objects.create(advice=now, name=name.strip(), function=function)


def lacks_of_interests(interests: Mapping[int, tuple[str, str]]) -> list[Finding]:
    """What is not right in declarations, per participant (its pk): interest and words."""
    words = Text(nl="het belang in woorden", en="the interest in words")
    return [
        finding(f"words_{participant}", words, NOTHING)
        for participant, (interest, said) in interests.items()
        if interest in ("declared", "excused") and not said.strip()
    ]


@transaction.atomic
def declare_interests(
    *, advice: Advice, by: Person, interests: Mapping[int, tuple[str, str]]
) -> None:
    """Write down per participant (its pk) whether there is an interest, and which."""
    now = _open(advice, by)
    refuse(lacks_of_interests(interests))
    with changed_by(by):
        for participant in now.participants.filter(pk__in=interests):
            interest, words = interests[participant.pk]
            said = (interest if interest in pure.INTERESTS else "", words.strip())
            if said == (participant.interest, participant.interest_words):
                continue
            participant.interest, participant.interest_words = said
            participant.declared_by, participant.declared_at = by, timezone.now()
            participant.save()


# ── writing and giving ────────────────────────────────────────────────────────────────────────


@transaction.atomic
def write_advice(
    *,
    advice: Advice,
    by: Person,
    findings: Mapping[str, tuple[str, str]],
    recommendations: Sequence[tuple[str, str]],
    verdict: str,
    considerations: str,
) -> Advice:
    """Keep what the advisers have so far: nothing has to be complete.

    Parameters
    ----------
    findings : per criterion words and verdict
    recommendations : words and criterion (or nothing), in their order; empty ones fall away
    """
    now = _open(advice, by)
    with changed_by(by):
        _keep_findings(now, findings)
        _keep_recommendations(now, recommendations)
        now.verdict = verdict if verdict in pure.VERDICTS else ""
        now.considerations = considerations.strip()
        now.save(update_fields=["verdict", "considerations"])
    return now


def _keep_findings(advice: Advice, findings: Mapping[str, tuple[str, str]]) -> None:
    for criterion in body(advice.body).criteria:
        words, verdict = findings.get(criterion, ("", ""))
        CriterionFinding.objects.update_or_create(
            advice=advice,
            criterion=criterion,
            defaults={
                "words": words.strip(),
                "verdict": verdict if verdict in pure.VERDICTS else "",
            },
        )


def _keep_recommendations(advice: Advice, told: Sequence[tuple[str, str]]) -> None:
    kept = [(words.strip(), criterion) for words, criterion in told if words.strip()]
    advice.recommendations.filter(number__gt=len(kept)).delete()
    for number, (words, criterion) in enumerate(kept, start=1):
        Recommendation.objects.update_or_create(
            advice=advice,
            number=number,
            defaults={"words": words, "criterion": criterion if criterion in criteria() else ""},
        )


@transaction.atomic
def give_advice(*, advice: Advice, by: Person, given_on: date | None = None) -> Advice:
    """The secretary gives the advice as it was written; it never changes after that.

    Raises
    ------
    NotAllowed     `by` is not the secretary of this committee here
    GivenAlready   it was given
    Unfit          with everything that lacks
    """
    access.require_adviser(by, advice, secretary=True)
    now = _open(advice, by)
    told = as_advice(whole(Advice.objects.filter(pk=now.pk)).get())
    refuse(as_findings(pure.lacks_to_give(told)))
    with changed_by(by):
        now.given_on = given_on or timezone.localdate()
        now.given_at, now.given_by = timezone.now(), by
        now.given_sha256 = sha256_of(told)
        now.save()
    return now


def as_findings(lacks: Iterable[pure.Lack]) -> list[Finding]:
    """What lacks, as findings beside the fields that it is about."""
    return [finding(each.place, each.what, NOTHING) for each in lacks]


def _open(advice: Advice, by: Person) -> Advice:
    """The advice as it is now, locked.  Raises NotAllowed, GivenAlready."""
    access.require_adviser(by, advice)
    rows = Advice.objects.select_for_update(of=("self",)).select_related("dossier", "frozen_set")
    now = rows.get(pk=advice.pk)
    if now.given_at:
        raise GivenAlready(now)
    return now
