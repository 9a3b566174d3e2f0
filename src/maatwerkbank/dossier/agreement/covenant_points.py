# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which points of the Aanwijzingen voor convenanten does this text answer, and by which clause?

Takes     a draft.
Gives     per point that the text has to answer: the clauses that do, or that none does.
Leaves    points about the work before the text (need, legal test, cabinet, parliament) to who
          attests them at the gate.

A clause answers its points only while none of its fields lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from maatwerkbank.dossier.agreement.drafting import Draft, lacks_of_clause
from maatwerkbank.dossier.evidence import CovenantFact
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import source


@dataclass(frozen=True)
class CovenantPoint:
    """One numbered point, and the libraries whose texts have to answer it."""

    number: int
    label: Text
    asked_of: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PointAnswer:
    """A point and the clauses that answer it; `incomplete` would, and lack a field."""

    point: CovenantPoint
    clauses: tuple[str, ...]
    incomplete: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether at least one whole clause answers it, and none that should is incomplete."""
        return bool(self.clauses) and not self.incomplete


@cache
def points() -> Mapping[int, CovenantPoint]:
    """The points that a text has to answer, by number.  Raises UnknownSource."""
    read: dict[str, Any] = yaml.safe_load(
        (files("maatwerkbank.dossier.agreement") / "covenant_points.yaml").read_text("utf-8")
    )
    cited = source(read["source"]).identity
    return MappingProxyType(
        {
            number: CovenantPoint(number, Text(**body["label"]), tuple(body["asked_of"]), cited)
            for number, body in read["points"].items()
        }
    )


def answers(draft: Draft) -> tuple[PointAnswer, ...]:
    """Every point that is asked of this kind of text, in order of number."""
    return tuple(
        _answer(draft, point) for point in points().values() if draft.library.id in point.asked_of
    )


def covenant_fact(draft: Draft, name: str) -> CovenantFact:
    """The fact for a gate. `name` is how people call the draft."""
    found = answers(draft)
    return CovenantFact(
        draft=name,
        library=draft.library.id,
        sha256=draft.sealed,
        answered=tuple(each.point.number for each in found if each.answered),
        unanswered=tuple(each.point.number for each in found if not each.answered),
    )


def _answer(draft: Draft, point: CovenantPoint) -> PointAnswer:
    about = [clause for clause in draft.clauses if point.number in clause.points]
    whole = [
        clause.id
        for clause in about
        if all(name in draft.values for name in clause.fields) and not lacks_of_clause(clause)
    ]
    return PointAnswer(
        point, tuple(whole), tuple(each.id for each in about if each.id not in whole)
    )
