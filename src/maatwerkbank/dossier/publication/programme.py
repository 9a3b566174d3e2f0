# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do public sources tell of the approach as a whole, and since when?

Takes     programme.yaml of the shipped portfolio.
Gives     its facts and figures as known on a day, each with its source.
Leaves    facts about one firm to the register.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from maatwerkbank.dossier.publication.publication import Figure, Origin, ProgrammeFact
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.infrastructure import PORTFOLIO, Cited
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.figure import Number, Strict, Words

Topic = Literal[
    "approach", "lessons", "target_group", "annexes", "frameworks", "permits", "conditions",
    "subsidies", "cooperation", "committee", "outlook",
]  # fmt: skip


class _Dated(Cited):
    """Something that a source says, with the first day on which it is certain."""

    known_on: date

    @property
    def origin(self) -> Origin:
        """The source."""
        return Origin("source", self.source, self.place)


class _Figure(_Dated):
    id: Annotated[str, Field(pattern=r"^approach(\.[a-z0-9_-]+)+$")]
    value: Number
    unit: Annotated[str, Field(min_length=1, max_length=20)]
    label: Words


class _Fact(_Dated):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    topic: Topic
    text: Words
    papers: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class _Document(Strict):
    title: str
    cut_off: date
    figures: tuple[_Figure, ...]
    facts: tuple[_Fact, ...]

    def lacks(self) -> Iterator[str]:
        """Ids that stand twice, and sources that are not registered."""
        ids = [*(each.id for each in self.figures), *(each.id for each in self.facts)]
        yield from (f"{each} stands twice" for each in sorted(set(ids)) if ids.count(each) > 1)
        cited = [*(each.source for each in self.figures), *(each.source for each in self.facts)]
        for identity, each in zip(ids, cited, strict=True):
            if each not in load_sources():
                yield f"{identity} cites {each}, which is not in the register of sources"


def programme_facts(as_of: date) -> tuple[ProgrammeFact, ...]:
    """The facts that were known on `as_of`, in the order of the file.  Raises PortfolioError."""
    return tuple(
        ProgrammeFact(
            id=each.id,
            topic=each.topic,
            text=_text(each.text),
            known_on=each.known_on,
            origin=each.origin,
            papers=each.papers,
            firms=each.firms,
            answers=each.answers,
        )
        for each in _document().facts
        if each.known_on <= as_of
    )


def programme_figures(as_of: date) -> tuple[Figure, ...]:
    """The figures of the approach as a whole that were known on `as_of`.  Raises PortfolioError."""
    return tuple(
        Figure(
            id=each.id,
            firm=None,
            quantity=each.id.rsplit(".", 1)[0],
            label=_text(each.label),
            low=each.value,
            high=each.value,
            unit=each.unit,
            origin=each.origin,
            known_on=each.known_on,
        )
        for each in _document().figures
        if each.known_on <= as_of
    )


@cache
def _document() -> _Document:
    text = (files("maatwerkbank.portfolio") / PORTFOLIO / "programme.yaml").read_text("utf-8")
    found = _Document.model_validate(yaml.load(text, yaml.CSafeLoader))
    wrong = list(found.lacks())
    if wrong:
        raise PortfolioError("; ".join(wrong) + ".", remedy="correct programme.yaml")
    return found


def _text(words: Words) -> Text:
    return Text(nl=words.nl, en=words.en)
