# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was Parliament promised or asked about the tailored approach, and what became of it?

Takes     commitments, motions, letters, debates and questions, each with its source.
Gives     one frozen `Parliament` for a day, and the state of each commitment on that day.
Leaves    references to `sources/parliament`, the text that a letter makes of it to `letter`.
"""

from dataclasses import dataclass
from datetime import date

from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.reference import Reference


@dataclass(frozen=True, slots=True)
class Report:
    """Where and when Parliament was told of a commitment; `fulfils` where that ends it."""

    on: date
    where: Text
    reference: Reference | None
    fulfils: bool
    source: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A toezegging. `due` may be reduced; None where no source names a day."""

    id: str
    number: str | None
    text: Text
    by: str
    to: str
    made_on: date
    made_in: str | None
    due: str | None
    firms: tuple[str, ...]
    reports: tuple[Report, ...]
    source: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion: what was asked, what the House decided, what the cabinet says and does."""

    id: str
    reference: Reference | None
    text: Text
    by: str
    on: date
    outcome: str
    stance: Text | None
    consequence: Text | None
    source: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ParliamentLetter:
    """A letter of the cabinet to the House."""

    id: str
    reference: Reference | None
    title: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Debate:
    """A debate in which the approach was spoken of."""

    id: str
    title: Text
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a member or a committee, and where it was answered."""

    id: str
    text: Text
    by: str
    on: date
    answered: Report | None
    source: str


@dataclass(frozen=True)
class Parliament:
    """Everything that was known on `as_of`."""

    as_of: date
    commitments: tuple[Commitment, ...] = ()
    motions: tuple[Motion, ...] = ()
    letters: tuple[ParliamentLetter, ...] = ()
    debates: tuple[Debate, ...] = ()
    questions: tuple[Question, ...] = ()
