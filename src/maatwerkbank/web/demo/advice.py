# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice, a review, positions and lessons in the dossier of the invented firm.

Takes     the dossier with its frozen set, the people of the demo, advice.yaml; for real firms the
          advices of which a public source tells.
Gives     an advice that was given and answered, one that waits, a review with open findings, items
          put to others, lessons. Every deed by the same service as on the pages. On dossiers of
          real firms facts with sources, and no deeds.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from maatwerkbank.dossier.advice.public_advices import public_advices
from maatwerkbank.web.advice import advising, answering, consulting, learning, reviewing
from maatwerkbank.web.advice.models import Advice, PublicAdvice, PublicPoint
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.documents.frozen_sets import admit_reader
from maatwerkbank.web.documents.models import FrozenSet
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Organisation, Person

People = Mapping[str, Person]
Told = Mapping[str, Any]


def advise_on_example(dossier: Dossier, people: People) -> None:
    """Everything that people did in it."""
    told = table("advice.yaml")
    frozen = dossier.frozen_sets.earliest("made_at")
    admit_reader(frozen_set=frozen, by=people["projectleider"], person=people["secretaris"])
    _advice(dossier, frozen, told["advice"], people)
    waiting = told["waiting"]
    advising.ask_advice(
        dossier=dossier,
        by=people["projectleider"],
        body=waiting["body"],
        frozen_set=frozen,
        subject=waiting["subject"],
        due_on=_in_days(waiting),
        participants=(),
    )
    _review(dossier, told["review"], people)
    for each in told["items"]:
        _item(dossier, each, people)
    for each in told["lessons"]:
        learning.write_lesson(
            dossier=dossier,
            by=people[each["by"]],
            words=each["words"],
            hindered=each.get("hindered", []),
            helped=each.get("helped", []),
        )


def _advice(dossier: Dossier, frozen: FrozenSet, told: Told, people: People) -> None:
    asked = advising.ask_advice(
        dossier=dossier,
        by=people["projectleider"],
        body=told["body"],
        frozen_set=frozen,
        subject=told["subject"],
        own_question=told["own_question"],
        participants=[(each["name"], each["function"]) for each in told["participants"]],
    )
    said = {each["name"]: each for each in told["participants"]}
    advising.declare_interests(
        advice=asked,
        by=people["secretaris"],
        interests={
            each.pk: (said[each.name]["interest"], said[each.name].get("words", ""))
            for each in asked.participants.all()
        },
    )
    advising.write_advice(
        advice=asked,
        by=people["adviseur"],
        findings={key: (words, verdict) for key, (verdict, words) in told["findings"].items()},
        recommendations=[(words, criterion) for criterion, words in told["recommendations"]],
        verdict=told["verdict"],
        considerations=told["considerations"],
    )
    _answer(advising.give_advice(advice=asked, by=people["secretaris"]), told, people)


def _answer(given: Advice, told: Told, people: People) -> None:
    answers = {
        number: answering.Answer(
            each["outcome"],
            each.get("reason", ""),
            ((each["clause"], each["before"], each["after"]),) if "clause" in each else (),
        )
        for number, each in enumerate(told["responses"], start=1)
    }
    answering.answer(advice=given, by=people["projectleider"], answers=answers)


def _review(dossier: Dossier, told: Told, people: People) -> None:
    review = reviewing.assign_review(
        dossier=dossier,
        by=people["projectleider"],
        kind=told["kind"],
        reviewer=told["reviewer"],
        what=told["what"],
    )
    for each in told["findings"]:
        row = reviewing.add_finding(
            review=review, by=people["analist"], severity=each["severity"], words=each["words"]
        )
        if "answer" in each:
            reviewing.answer_finding(row=row, by=people["projectteam"], answer=each["answer"])
        if "closed" in each:
            reviewing.close_finding(row=row, by=people["projectleider"], reason=each["closed"])
    reviewing.report(review=review, by=people["analist"])


def _item(dossier: Dossier, told: Told, people: People) -> None:
    item = consulting.put_item(
        dossier=dossier,
        by=people["projectleider"],
        forum=told["forum"],
        subject=told["subject"],
        question=told["question"],
        parties=[Organisation.objects.get(name=name) for name in told["parties"]],
        due_on=_in_days(told) if "due_in_days" in told else None,
    )
    for each in told["positions"]:
        consulting.take_position(
            party=item.parties.get(organisation__name=each["party"]),
            by=people[each["by"]],
            stance=each["stance"],
            words=each.get("words", ""),
        )


def _in_days(told: Told) -> date:
    return timezone.localdate() + timedelta(days=told["due_in_days"])


# ── real firms ────────────────────────────────────────────────────────────────────────────────


def load_public_advices(dossiers: Mapping[str, Dossier]) -> None:
    """Put on the dossiers of real firms what public sources tell of advices on them."""
    for firm, told in public_advices().items():
        for each in told:
            advice = PublicAdvice.objects.create(
                dossier=dossiers[firm],
                body=each.body,
                subject_nl=each.subject.nl,
                subject_en=each.subject.en,
                asked=each.asked or "",
                known_by=each.known_by,
                given=each.given or "",
                verdict=each.verdict or "",
                source=each.source,
                place=each.place,
            )
            for point in each.told:
                PublicPoint.objects.create(
                    advice=advice,
                    criterion=point.criterion or "",
                    nl=point.text.nl,
                    en=point.text.en,
                    source=point.source,
                )
