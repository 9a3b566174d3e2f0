# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Parliament that comes with the program, put into the database by its deeds.

Takes     parliament.yaml, and who keeps the register.
Gives     the same rows under the same names, every answer and report on its own day.
Leaves    what no source says: it is absent here too.
"""

from typing import Any

from maatwerkbank.dossier.parliament.shipped import (
    MotionAnswer,
    ToldCommitment,
    ToldMotion,
    ToldQuestion,
    ToldReport,
    told_parliament,
)
from maatwerkbank.sources.figure import Words
from maatwerkbank.web.parliament import keeping
from maatwerkbank.web.parliament.models import Commitment, Debate, Letter, Motion, Question
from maatwerkbank.web.people.models import Person


def load_parliament(by: Person) -> None:
    """Every row of the shipped register, as `by` would write it down."""
    told = told_parliament()
    debates = {
        row.id: keeping.write_down(
            kind=Debate, by=by, on=row.day, **_both("title", row.title), **_of(row)
        )
        for row in told.debates
    }
    for commitment in told.commitments:
        _commitment(commitment, debates, by)
    for motion in told.motions:
        _motion(motion, by)
    for letter in told.letters:
        keeping.write_down(
            kind=Letter, by=by, title=letter.title, on=letter.day, **_dated(letter), **_of(letter)
        )
    for question in told.questions:
        _question(question, by)


def _commitment(told: ToldCommitment, debates: dict[str, Debate], by: Person) -> None:
    row = keeping.write_down(
        kind=Commitment,
        by=by,
        number=told.number or "",
        by_whom=told.by,
        to_whom=told.to,
        made_on=told.made_on,
        made_in=debates[told.made_in] if told.made_in else None,
        due=told.due or "",
        **_both("text", told.text),
        **{name: value for name, value in _of(told).items() if name != "reference"},
    )
    for each in told.reports:
        keeping.report(commitment=row, by=by, on=each.day, fulfils=each.fulfils, **_report(each))


def _report(told: ToldReport) -> dict[str, Any]:
    return {
        "reference": told.reference or "",
        "source": told.source,
        "place": told.place or "",
        **_both("where", told.where),
    }


def _motion(told: ToldMotion, by: Person) -> None:
    row = keeping.write_down(
        kind=Motion,
        by=by,
        by_whom=told.by,
        on=told.day,
        outcome=told.outcome,
        **_both("text", told.text),
        **_dated(told),
        **_of(told),
    )
    for each in told.answers:
        keeping.answer(motion=row, by=by, on=each.day, **_answer(each))


def _answer(told: MotionAnswer) -> dict[str, Any]:
    return {
        "source": told.source,
        "place": told.place or "",
        **_both("stance", told.stance),
        **_both("consequence", told.consequence),
    }


def _question(told: ToldQuestion, by: Person) -> None:
    answered = told.answered
    keeping.write_down(
        kind=Question,
        by=by,
        by_whom=told.by,
        on=told.day,
        answered_on=answered.day if answered else None,
        answered_reference=(answered.reference or "") if answered else "",
        answered_source=answered.source if answered else "",
        answered_place=(answered.place or "") if answered else "",
        **_both("answered_where", answered.where if answered else None),
        **_both("text", told.text),
        **_dated(told),
        **_of(told),
    )


def _of(told: Any) -> dict[str, Any]:
    """What every row has; a debate has no reference."""
    found = {
        "key": told.id,
        "firms": list(told.firms),
        "source": told.source,
        "place": told.place or "",
    }
    return found | ({"reference": told.reference} if told.reference else {})


def _dated(told: Any) -> dict[str, Any]:
    """From which day a row without one is known."""
    return {"known_from": told.since}


def _both(name: str, words: Words | None) -> dict[str, str]:
    return {
        f"{name}_nl": words.nl if words else "",
        f"{name}_en": words.en if words else "",
    }
