# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which clauses may an agreement have, and which figures and names does each need?

Takes     the libraries in clauses/*.yaml: expression of principles, letter of intent, agreement.
Gives     frozen clauses with their text in two languages, and the fields that stand in them.
Leaves    the values of the fields to `drafting`, the points they answer to `covenant_points`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from maatwerkbank.ground.errors import UnknownClauses
from maatwerkbank.ground.language import Text

LIBRARIES = ("eop", "jloi", "agreement")
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "party": Text(nl="partij", en="party"),
        "words": Text(nl="woorden", en="words"),
        "list": Text(nl="lijst", en="list"),
        "date": Text(nl="datum", en="date"),
        "year": Text(nl="jaar", en="year"),
        "eur": Text(nl="euro", en="euros"),
        "tonnes_gross": Text(nl="ton bruto per jaar", en="tonnes gross a year"),
        "tonnes_additional": Text(nl="ton additioneel per jaar", en="tonnes additional a year"),
    }
)
"""Gross and additional tonnes are two kinds: a value of one never fills a field of the other."""
NAMED = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Field:
    """A figure, day, name or list that a text needs. `origin`: where the dossier has it."""

    id: str
    kind: str
    label: Text
    origin: str | None
    given_by: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One article of a text: heading and text with named fields, paragraphs apart by a blank line.

    `points`: the points of the Aanwijzingen voor convenanten that it answers.
    """

    id: str
    heading: Text
    text: Text
    points: tuple[int, ...] = ()
    optional: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, in the order in which they stand in the Dutch text."""
        return tuple(dict.fromkeys(NAMED.findall(f"{self.text.nl} {self.text.en}")))

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a draft keeps them."""
        return {
            "id": self.id,
            "heading": {"nl": self.heading.nl, "en": self.heading.en},
            "text": {"nl": self.text.nl, "en": self.text.en},
            "points": list(self.points),
            "optional": self.optional,
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Clause":
        """A clause as `as_json` gave it."""
        return Clause(
            stored["id"],
            Text(**stored["heading"]),
            Text(**stored["text"]),
            tuple(stored.get("points", ())),
            stored.get("optional", False),
        )


@dataclass(frozen=True)
class Library:
    """The clauses of one kind of text, in their order.

    `ambition` is the version of the ambition that fills its tonnes; `draft_kind` and `kind` are
    the kinds of document that its draft and its signed text become.
    """

    id: str
    label: Text
    ambition: str
    draft_kind: str
    kind: str
    clauses: Mapping[str, Clause]

    @property
    def required(self) -> tuple[str, ...]:
        """The clauses that every text of this kind has."""
        return tuple(key for key, clause in self.clauses.items() if not clause.optional)


@cache
def fields() -> Mapping[str, Field]:
    """Every field that a clause may name."""
    return MappingProxyType(
        {
            key: Field(
                key,
                body["kind"],
                Text(**body["label"]),
                body.get("from"),
                tuple(body["given_by"]),
            )
            for key, body in _read("fields").items()
        }
    )


@cache
def library(identity: str) -> Library:
    """The library with that id.  Raises UnknownClauses."""
    if identity not in LIBRARIES:
        raise UnknownClauses(identity, list(LIBRARIES))
    body = _read(identity)
    return Library(
        id=identity,
        label=Text(**body["label"]),
        ambition=body["ambition"],
        draft_kind=body["draft_kind"],
        kind=body["kind"],
        clauses=MappingProxyType(
            {
                key: Clause(
                    key,
                    Text(**each["heading"]),
                    Text(**each["text"]),
                    tuple(each["points"]),
                    each.get("optional", False),
                )
                for key, each in body["clauses"].items()
            }
        ),
    )


def _read(name: str) -> dict[str, Any]:
    folder = files("maatwerkbank.dossier.agreement") / "clauses"
    read: dict[str, Any] = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return read
