# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is a progress letter made of, before it is a page, a document or data?

Takes     sentences that were filled in already.
Gives     frozen parts: sentence with what it rests on, paragraph, table, chart, section, note.
Leaves    what is said to the parts, how it looks to `office`, `markdown` and `as_data`.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cite:
    """What a sentence rests on: a source of the register, or a paper as it is cited."""

    kind: Literal["source", "paper"]
    identity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a few that are said in one breath.

    `about` names the fact, such as `count.eop` or `commitment.reply-boutkan`; `figures` are ids of
    public figures, `counts` ids of what was counted for this letter. `note` is the number of its
    footnote, given when the letter is whole.
    """

    text: str
    about: str
    cites: tuple[Cite, ...] = ()
    figures: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that follow one another. `note` is set apart: what holds for the whole."""

    sentences: tuple[Sentence, ...]
    style: Literal["plain", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table with a caption; the columns in `numbers` are aligned right."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its text for who cannot see it, and the table with the same figures."""

    id: str
    title: str
    alt: str
    svg: str
    table: LetterTable


Block = Paragraph | LetterTable | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter; one without a heading follows on the one before it."""

    id: str
    heading: str | None
    level: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NoteItem:
    """One work in a footnote, with its address where one is known.

    `later`: it was published after the day of the letter, so what rests on it was learned since.
    """

    text: str
    url: str | None
    identity: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: each work stands in one note of the letter only."""

    number: int
    items: tuple[NoteItem, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Something that was counted for this letter in the register, and the firms that were."""

    id: str
    value: int
    firms: tuple[str, ...] = field(default_factory=tuple)
