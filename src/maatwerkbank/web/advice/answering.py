# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds after an advice was given: answer each recommendation, say where it is public.

Takes     a given advice, a person, per recommendation what is done with it.
Gives     a draft of the answer; or the answer, which never changes after that.
Leaves    what lacks to `dossier.advice`; changing the draft itself to the agreement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.dossier.advice.draft_changes import TextChange
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.advising import as_findings
from maatwerkbank.web.advice.models import Advice, ClauseChange, Response
from maatwerkbank.web.advice.stored import as_advice, whole
from maatwerkbank.web.advice.text_changes import Pair, in_the_system, stored_change
from maatwerkbank.web.dossiers.deeds import NOT_LATER, NOTHING, finding, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

FROM_THE_TEXTS = Text(
    nl="kies de bepaling uit de teksten; die staan in het systeem",
    en="choose the clause from the texts; they are in the system",
)
A_CHANGED_CLAUSE = Text(
    nl="een bepaling die in beide versies verschilt", en="a clause that differs in both versions"
)


@dataclass(frozen=True)
class Answer:
    """What is done with one recommendation.

    `clauses`: ids of clauses that read otherwise in the later of two texts. `changes`: clause,
    before, after, typed by hand where no such texts are here.
    """

    outcome: str
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    clauses: tuple[str, ...] = ()


class NotGivenYet(Conflict):
    """There is no advice to answer yet."""

    code = "advice.not-given-yet"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Het advies is nog niet gegeven.", en="The advice was not given yet."),
            remedy=Text(
                nl="wacht tot de secretaris het advies geeft",
                en="wait until the secretary gives the advice",
            ),
        )


class AnsweredAlready(Conflict):
    """The answer is on record."""

    code = "advice.answered-already"

    def __init__(self, advice: Advice) -> None:
        super().__init__(
            Text(
                nl=f"De reactie is vastgelegd op {advice.answered_on} en verandert niet meer.",
                en=f"The answer was recorded on {advice.answered_on} and does not change any more.",
            ),
            remedy=Text(
                nl="leg een nieuwe afweging vast als wijziging van het concept",
                en="record a new weighing as an amendment of the draft",
            ),
        )


class NotAnsweredYet(Conflict):
    """An advice becomes public together with the answer to it."""

    code = "advice.not-answered-yet"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Nog niet elke aanbeveling is beantwoord.",
                en="Not every recommendation was answered yet.",
            ),
            remedy=Text(
                nl="leg eerst de reactie van de minister vast",
                en="record the answer of the minister first",
            ),
        )


def lacks_of_answers(
    advice: Advice, answers: Mapping[int, Answer], texts: Pair | None = None
) -> list[Finding]:
    """What is not right in the answers, per number of a recommendation: all of it."""
    told = as_advice(advice)
    changed = texts.changes if texts else {}
    responses = tuple(
        pure.Response(number, each.outcome, each.reason, tuple(_changes(each, changed)))
        for number, each in answers.items()
    )
    found = as_findings(pure.lacks_to_answer(replace(told, responses=responses)))
    if not texts and not in_the_system(advice):
        return found
    return [
        *found,
        *(
            finding(f"clause_{number}_0", FROM_THE_TEXTS, each.changes[0][0])
            for number, each in answers.items()
            if each.changes
        ),
        *(
            finding(f"clauses_{number}", A_CHANGED_CLAUSE, clause)
            for number, each in answers.items()
            for clause in each.clauses
            if clause not in changed
        ),
    ]


def _changes(told: Answer, changed: Mapping[str, TextChange]) -> Iterator[pure.ClauseChange]:
    for typed in told.changes:
        yield pure.ClauseChange(*typed)
    for clause in told.clauses:
        if clause in changed:
            each = changed[clause]
            both = (f"{each.before.nl}\n{each.before.en}", f"{each.after.nl}\n{each.after.en}")
            yield pure.ClauseChange(clause, *both)


@transaction.atomic
def keep_answers(
    *, advice: Advice, by: Person, answers: Mapping[int, Answer], texts: Pair | None = None
) -> Advice:
    """Keep what there is so far: nothing has to be complete. `texts`: whence the clauses."""
    now = _to_answer(advice, by)
    with changed_by(by):
        for recommendation in now.recommendations.all():
            each = answers.get(recommendation.number, Answer(""))
            outcome = each.outcome if each.outcome in pure.OUTCOMES else ""
            response, _ = Response.objects.update_or_create(
                recommendation=recommendation,
                defaults={"outcome": outcome, "reason": each.reason.strip()},
            )
            _keep_changes(response, each, texts)
    return now


def _keep_changes(response: Response, told: Answer, texts: Pair | None) -> None:
    response.changes.all().delete()
    typed = [
        ClauseChange(
            response=response, clause=clause.strip(), before=before.strip(), after=after.strip()
        )
        for clause, before, after in told.changes
        if clause.strip() or before.strip() or after.strip()
    ]
    changed = texts.changes if texts and told.clauses else {}
    chosen = [
        stored_change(response, texts, changed[clause])
        for clause in told.clauses
        if texts and clause in changed
    ]
    ClauseChange.objects.bulk_create([*typed, *chosen])


@transaction.atomic
def answer(
    *, advice: Advice, by: Person, answers: Mapping[int, Answer], texts: Pair | None = None
) -> Advice:
    """Record the answer of the minister to every recommendation, at once.

    Raises
    ------
    NotGivenYet       there is nothing to answer
    AnsweredAlready   the answer is on record
    Unfit             with everything that lacks
    """
    _to_answer(advice, by)
    refuse(lacks_of_answers(whole(Advice.objects.filter(pk=advice.pk)).get(), answers, texts))
    now = keep_answers(advice=advice, by=by, answers=answers, texts=texts)
    with changed_by(by):
        now.answered_on, now.answered_at, now.answered_by = (
            timezone.localdate(),
            timezone.now(),
            by,
        )
        now.save()
    return now


# ── publication ───────────────────────────────────────────────────────────────────────────────

WHERE = Text(nl="een adres of een plaats", en="an address or a place")
A_DAY = Text(nl="een datum", en="a date")


def lacks_of_publication(published_on: date | None, where: str) -> list[Finding]:
    """What is not right in a publication: all of it."""
    found = [] if where.strip() else [finding("published_where", WHERE, NOTHING)]
    if published_on is None:
        found.append(finding("published_on", A_DAY, NOTHING))
    elif published_on > timezone.localdate():
        found.append(finding("published_on", NOT_LATER, published_on.isoformat()))
    return found


@transaction.atomic
def publish(
    *, advice: Advice, by: Person, published_on: date, published_where: str, withheld: str = ""
) -> Advice:
    """Say that advice and answer are public, where, and what was withheld on which ground.

    Raises
    ------
    NotAnsweredYet   an advice becomes public with the answer to it
    """
    require(by, Deed.ANSWER_ADVICE, advice.dossier)
    refuse(lacks_of_publication(published_on, published_where))
    now = _locked(advice)
    if now.answered_at is None:
        raise NotAnsweredYet
    with changed_by(by):
        now.published_on, now.published_where = published_on, published_where.strip()
        now.withheld, now.published_by = withheld.strip(), by
        now.save()
    return now


def _to_answer(advice: Advice, by: Person) -> Advice:
    require(by, Deed.ANSWER_ADVICE, advice.dossier)
    now = _locked(advice)
    if now.given_at is None:
        raise NotGivenYet
    if now.answered_at:
        raise AnsweredAlready(now)
    return now


def _locked(advice: Advice) -> Advice:
    return Advice.objects.select_for_update(of=("self",)).get(pk=advice.pk)
