# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which advices on real firms are public, and what does a source tell of them?

Takes     public_advices.yaml: request, advice and points, each with its source.
Gives     advices by firm; what no source says is None.
Leaves    advices that are asked here, on a frozen set, to `advice`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from maatwerkbank.dossier.advice.bodies import body
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.register import source


@dataclass(frozen=True)
class Point:
    """What a source tells of an advice. `criterion` None: a point that it ties to no criterion."""

    criterion: str | None
    text: Text
    source: str


@dataclass(frozen=True)
class PublicAdvice:
    """An advice as a public source tells of it.

    `asked` and `given` may be reduced (`2023-06`); None where no source names them. `known_by`: the
    day on which a source shows that it had been asked.
    """

    body: str
    subject: Text
    asked: str | None
    known_by: date
    given: str | None
    verdict: str | None
    source: str
    place: str
    told: tuple[Point, ...]


@cache
def public_advices() -> Mapping[str, tuple[PublicAdvice, ...]]:
    """Advices by firm, in the order of the file."""
    content: dict[str, list[dict[str, Any]]] = yaml.load(
        (files(__package__) / "public_advices.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return MappingProxyType(
        {firm: tuple(_advice(each) for each in told) for firm, told in content.items()}
    )


def _advice(told: Mapping[str, Any]) -> PublicAdvice:
    return PublicAdvice(
        body=body(told["body"]).id,
        subject=Text(**told["subject"]),
        asked=told["asked"],
        known_by=told["known_by"],
        given=told["given"],
        verdict=told["verdict"],
        source=source(told["source"]).identity,
        place=told["place"],
        told=tuple(_point(each) for each in told["told"]),
    )


def _point(told: Mapping[str, Any]) -> Point:
    return Point(told["criterion"], Text(told["nl"], told["en"]), source(told["source"]).identity)
