# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was Parliament promised or asked about the tailored approach, and what became of it?

Takes     commitments, motions, letters, debates and questions, each with its source.
Gives     one frozen `Parliament` for a day: these are the values themselves.
Leaves    how a commitment stands and what is doubtful to `standing`, references to
          `sources/parliament`, the text that a letter makes of it to `letter`.

A day that no source names is None; absent is not the day of the source.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.reference import Reference

# What the House decided on a motion; `unknown` where no source tells.
Outcome = Literal["adopted", "rejected", "held", "withdrawn", "pending", "unknown"]


@dataclass(frozen=True, slots=True)
class Report:
    """Where and when Parliament was told of a commitment; `fulfils` where that ends it."""

    on: date
    where: Text
    reference: Reference | None
    fulfils: bool
    source: str
    place: str | None = None


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
    """A motion: what was asked, what the House decided, what the cabinet says and does.

    `on` the day of the vote; None where no source names it.
    """

    id: str
    reference: Reference | None
    text: Text
    by: str
    on: date | None
    outcome: Outcome
    stance: Text | None
    consequence: Text | None
    source: str
    place: str | None = None
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParliamentLetter:
    """A letter of the cabinet to the House."""

    id: str
    reference: Reference | None
    title: str
    on: date | None
    source: str
    place: str | None = None
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Debate:
    """A debate in which the approach was spoken of."""

    id: str
    title: Text
    on: date
    source: str
    place: str | None = None
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a member or a committee, and where it was answered. `by` may be empty."""

    id: str
    text: Text
    by: str
    on: date | None
    answered: Report | None
    source: str
    place: str | None = None
    reference: Reference | None = None
    firms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parliament:
    """Everything that was known on `as_of`."""

    as_of: date
    commitments: tuple[Commitment, ...] = ()
    motions: tuple[Motion, ...] = ()
    letters: tuple[ParliamentLetter, ...] = ()
    debates: tuple[Debate, ...] = ()
    questions: tuple[Question, ...] = ()
