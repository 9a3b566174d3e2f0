# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do public sources tell of Parliament and the tailored approach, as known on a day?

Takes     parliament.yaml of the shipped portfolio; a day.
Gives     the register of that day: rows and reports that were there, answers as they stood then.
Leaves    what no source says: it is absent here, and stays so.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Self

import yaml
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from maatwerkbank.dossier.parliament.register import (
    Commitment,
    Debate,
    Motion,
    Outcome,
    Parliament,
    ParliamentLetter,
    Question,
    Report,
)
from maatwerkbank.ground.dates import REDUCED
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.infrastructure import PORTFOLIO, Cited
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.figure import Strict, Words
from maatwerkbank.sources.parliament.reference import Reference, reference

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(max_length=120)]
Written = Annotated[str, Field(min_length=1, max_length=120)]


class _Cited(Cited):
    def text_of(self, words: Words) -> Text:
        return Text(nl=words.nl, en=words.en)

    def paper(self, written: str | None) -> Reference | None:
        return reference(written) if written else None


class ToldReport(_Cited):
    """Where and when Parliament was told."""

    day: date
    where: Words
    reference: Written | None = None
    fulfils: bool = True

    def value(self) -> Report:
        """As the register holds it."""
        where, paper = self.text_of(self.where), self.paper(self.reference)
        return Report(self.day, where, paper, self.fulfils, self.source, self.place)


class _Row(_Cited):
    id: Id
    firms: tuple[Id, ...] = ()
    reference: Written | None = None

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.reference is not None and reference(self.reference) is None:
            raise PydanticCustomError("reference", "'{it}' is no reference", {"it": self.reference})
        return self


class ToldCommitment(_Row):
    """A commitment, and every report of it."""

    number: Written | None = None
    text: Words
    by: Name
    to: Name
    made_on: date
    made_in: Id | None = None
    due: Annotated[str, Field(pattern=REDUCED.pattern)] | None = None
    reports: tuple[ToldReport, ...] = ()

    def on(self, as_of: date) -> Commitment | None:
        """As known on that day; None before it was made."""
        if self.made_on > as_of:
            return None
        return Commitment(
            id=self.id,
            number=self.number,
            text=self.text_of(self.text),
            by=self.by,
            to=self.to,
            made_on=self.made_on,
            made_in=self.made_in,
            due=self.due,
            firms=self.firms,
            reports=tuple(each.value() for each in self.reports if each.day <= as_of),
            source=self.source,
            place=self.place,
        )


class MotionAnswer(_Cited):
    """What the cabinet said of a motion, or did about it, on a day."""

    day: date
    stance: Words | None = None
    consequence: Words | None = None


class _MaybeDated(_Row):
    day: date | None = None
    known_by: date | None = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.since is None:
            raise PydanticCustomError("undated", "a row without a day has `known_by`")
        return self

    @property
    def since(self) -> date | None:
        """From which day it is known."""
        return self.day or self.known_by


class ToldMotion(_MaybeDated):
    """A motion, and what the cabinet answered, day after day."""

    text: Words
    by: Name
    outcome: Outcome
    answers: tuple[MotionAnswer, ...] = ()

    def on(self, as_of: date) -> Motion:
        """As known on that day: of each kind the last answer."""
        stance = consequence = None
        for answer in sorted(self.answers, key=lambda each: each.day):
            if answer.day <= as_of:
                stance = answer.stance or stance
                consequence = answer.consequence or consequence
        return Motion(
            id=self.id,
            reference=self.paper(self.reference),
            text=self.text_of(self.text),
            by=self.by,
            on=self.day,
            outcome=self.outcome,
            stance=self.text_of(stance) if stance else None,
            consequence=self.text_of(consequence) if consequence else None,
            source=self.source,
            place=self.place,
            firms=self.firms,
        )


class ToldLetter(_MaybeDated):
    """A letter of the cabinet to the House."""

    title: Annotated[str, Field(min_length=1, max_length=200)]

    def value(self) -> ParliamentLetter:
        """As the register holds it."""
        paper = self.paper(self.reference)
        return ParliamentLetter(
            self.id, paper, self.title, self.day, self.source, self.place, self.firms
        )


class ToldDebate(_Row):
    """A debate."""

    title: Words
    day: date

    def value(self) -> Debate:
        """As the register holds it."""
        title = self.text_of(self.title)
        return Debate(self.id, title, self.day, self.source, self.place, self.firms)


class ToldQuestion(_MaybeDated):
    """A question, and its answer."""

    text: Words
    by: Name = ""
    answered: ToldReport | None = None

    @property
    def since(self) -> date | None:
        """From which day it is known: at the latest that of the answer."""
        return self.day or self.known_by or (self.answered.day if self.answered else None)

    def on(self, as_of: date) -> Question:
        """As known on that day."""
        known = self.answered if self.answered and self.answered.day <= as_of else None
        return Question(
            id=self.id,
            text=self.text_of(self.text),
            by=self.by,
            on=self.day,
            answered=known.value() if known else None,
            source=self.source,
            place=self.place,
            reference=self.paper(self.reference),
            firms=self.firms,
        )


class ToldParliament(Strict):
    """The file."""

    title: str
    commitments: tuple[ToldCommitment, ...]
    motions: tuple[ToldMotion, ...]
    letters: tuple[ToldLetter, ...]
    debates: tuple[ToldDebate, ...]
    questions: tuple[ToldQuestion, ...]

    def lacks(self) -> Iterator[str]:
        """What does not hold: a double id, an unknown source, a debate that is not there."""
        kinds = (self.commitments, self.motions, self.letters, self.debates, self.questions)
        for rows in kinds:
            ids = [row.id for row in rows]
            yield from (f"{each} stands twice" for each in set(ids) if ids.count(each) > 1)
        cited: list[tuple[str, Cited]] = [(row.id, row) for rows in kinds for row in rows]
        cited += [(row.id, each) for row in self.commitments for each in row.reports]
        cited += [(row.id, each) for row in self.motions for each in row.answers]
        cited += [(row.id, row.answered) for row in self.questions if row.answered]
        for identity, each in cited:
            if each.source not in load_sources():
                yield f"{identity} cites {each.source}, which is not in the register of sources"
        debates = {row.id for row in self.debates}
        for row in self.commitments:
            if row.made_in and row.made_in not in debates:
                yield f"{row.id} was made in {row.made_in}, which is not there"


@cache
def told_parliament() -> ToldParliament:
    """Everything that the file tells, of every day.

    Raises
    ------
    PortfolioError   something does not hold; all of it is named
    """
    text = (files("maatwerkbank.portfolio") / PORTFOLIO / "parliament.yaml").read_text("utf-8")
    told = ToldParliament.model_validate(yaml.load(text, yaml.CSafeLoader))
    wrong = list(told.lacks())
    if wrong:
        raise PortfolioError("; ".join(wrong) + ".", remedy="correct parliament.yaml")
    return told


@cache
def shipped_parliament(as_of: date) -> Parliament:
    """The register as public sources told it on that day.

    Raises
    ------
    PortfolioError   the file does not hold
    """
    told = told_parliament()

    def known(row: _MaybeDated) -> bool:
        return row.since is not None and row.since <= as_of

    commitments = (row.on(as_of) for row in told.commitments)
    return Parliament(
        as_of=as_of,
        commitments=tuple(row for row in commitments if row is not None),
        motions=tuple(row.on(as_of) for row in told.motions if known(row)),
        letters=tuple(row.value() for row in told.letters if known(row)),
        debates=tuple(row.value() for row in told.debates if row.day <= as_of),
        questions=tuple(row.on(as_of) for row in told.questions if known(row)),
    )
