# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which bodies advise, who sits in them on a given day, and what are they asked?

Takes     bodies.yaml: kinds, questions, terms of appointment, each with its source.
Gives     bodies with questions and members on a date.
Leaves    the advice itself to `advice`; who signs in for a body to `web`.

A quorum that nobody read is None: then no judgement on it blocks, and every judgement says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from maatwerkbank.ground.errors import UnknownBody
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.register import source


@dataclass(frozen=True)
class Question:
    """What a body is asked. `criterion` None: about the whole. `source` None: our own wording."""

    id: str
    criterion: str | None
    text: Text
    source: str | None


@dataclass(frozen=True)
class Seat:
    """Somebody who was appointed, as the source prints the name."""

    name: str
    function: str
    term: str
    source: str


@dataclass(frozen=True)
class Term:
    """A period of appointment; `starts` None where no source names the day."""

    id: str
    starts: date | None
    known_from: date
    ends_before: date | None
    source: str
    place: str | None
    seats: tuple[Seat, ...]

    def runs_on(self, on: date) -> bool:
        """Whether it has begun, as far as is known, and has not ended."""
        return (self.starts or self.known_from) <= on and (
            self.ends_before is None or on < self.ends_before
        )


@dataclass(frozen=True)
class Body:
    """An advisory body; `quorum` None where the decree was not read."""

    id: str
    kind: str
    label: Text
    about: Text
    source: str | None
    place: str | None
    quorum: int | None
    quorum_because: Text
    questions: tuple[Question, ...]
    terms: tuple[Term, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that its questions are about, in their order."""
        return tuple(
            dict.fromkeys(each.criterion for each in self.questions if each.criterion is not None)
        )

    def term_on(self, on: date) -> Term | None:
        """The last term that runs on that day; None where no source tells of one."""
        running = [term for term in self.terms if term.runs_on(on)]
        return running[-1] if running else None

    def members_on(self, on: date) -> tuple[Seat, ...]:
        """Who was a member on that day; nobody where no source tells."""
        term = self.term_on(on)
        return term.seats if term else ()


FUNCTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "chair": Text(nl="Voorzitter", en="Chair"),
        "member": Text(nl="Lid", en="Member"),
        "guest": Text(nl="Gastdeskundige", en="Guest expert"),
    }
)
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "committee": Text(nl="Adviescommissie", en="Advisory committee"),
        "assessment": Text(nl="Toetsende commissie", en="Assessing commission"),
        "experts": Text(nl="Deskundigen", en="Experts"),
    }
)


@cache
def criteria() -> Mapping[str, Text]:
    """Every criterion on which a body may give a verdict."""
    return MappingProxyType({key: _text(said) for key, said in _table()["criteria"].items()})


@cache
def bodies() -> Mapping[str, Body]:
    """Every body that may be asked for advice."""
    return MappingProxyType({key: _body(key, told) for key, told in _table()["bodies"].items()})


def body(identity: str) -> Body:
    """The body with that id.  Raises UnknownBody."""
    if identity not in bodies():
        raise UnknownBody(identity, list(bodies()))
    return bodies()[identity]


@cache
def _table() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(
        (files(__package__) / "bodies.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return content


def _body(identity: str, told: dict[str, Any]) -> Body:
    return Body(
        id=identity,
        kind=told["kind"],
        label=_text(told["label"]),
        about=_text(told["about"]),
        source=_source(told["source"]),
        place=told["place"],
        quorum=told["quorum"],
        quorum_because=_text(told["quorum_because"]),
        questions=tuple(
            Question(each["id"], each["criterion"], _text(each["text"]), _source(each["source"]))
            for each in told["questions"]
        ),
        terms=tuple(_term(each) for each in told["terms"]),
    )


def _term(told: dict[str, Any]) -> Term:
    origin = source(told["source"]).identity
    return Term(
        id=told["id"],
        starts=told["starts"],
        known_from=told["known_from"],
        ends_before=told["ends_before"],
        source=origin,
        place=told.get("place"),
        seats=tuple(
            Seat(each["name"], each["function"], told["id"], origin) for each in told["members"]
        ),
    )


def _source(identity: str | None) -> str | None:
    return None if identity is None else source(identity).identity


def _text(said: Mapping[str, str]) -> Text:
    return Text(nl=" ".join(said["nl"].split()), en=" ".join(said["en"].split()))
