# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report is made of, before it is a page or a document.

Takes     texts, some of which point to a place further on or to a source.
Gives     frozen blocks: paragraph, tiles, picture, table, facts, section.
Leaves    how a block looks to `page` (HTML) and `pdf` (typst).
"""

import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.words import word

if TYPE_CHECKING:
    from maatwerkbank.letter.charts import Drawing

Align = Literal["text", "number"]


@dataclass(frozen=True)
class Link:
    """Text that leads somewhere: `#anchor`, a page beside this one, or an address on the web."""

    text: str
    target: str


@dataclass(frozen=True)
class Code:
    """A name as a file or a program spells it."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Text that the eye should find first."""

    text: str


Piece = str | Link | Code | Strong
Phrase = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """One or more sentences. `style`: plain, lead (above a picture), verdict or note."""

    text: Phrase
    style: Literal["plain", "lead", "verdict", "note"] = "plain"


@dataclass(frozen=True)
class Tile:
    """One key figure: what it is, its value, what to know beside it, where it is explained."""

    label: str
    value: str
    note: str
    target: str | None = None
    tone: Literal["plain", "open"] = "plain"


@dataclass(frozen=True)
class Tiles:
    """Key figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: str
    align: Align = "text"
    share: float = 1.0  # of the width of a printed page, against the other columns


@dataclass(frozen=True)
class Row:
    """A row; the first cell names it. `anchor` is where a link can land."""

    cells: tuple[Phrase, ...]
    anchor: str | None = None
    style: Literal["plain", "total", "group"] = "plain"


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column holds the headers of the rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Picture:
    """A chart with its title and the table beside it.

    `draw` makes the chart for a width in pixels; the chart itself carries the text for who cannot
    see it.
    """

    title: str
    draw: Callable[[int], "Drawing"]
    table: Table


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is; `style` says whether that is a word or a few lines."""

    pairs: tuple[tuple[str, Phrase], ...]
    style: Literal["short", "long"] = "short"


Block = Paragraph | Tiles | Picture | Table | Facts


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it. `in_contents`: whether the contents name it."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]
    in_contents: bool = True


@dataclass(frozen=True)
class Report:
    """A whole page or document.

    `first_sheet` names the sections of which a document has words and pictures on its first sheet.
    """

    language: Language
    kicker: str
    title: str
    summary: str
    note: str
    facts: Facts
    sections: tuple[Section, ...]
    known_on: str
    receipt: str
    other_language: Link | None = None
    home: Link | None = None
    first_sheet: tuple[str, ...] = ("core", "emissions", "waterfall")


def phrase(*pieces: Piece) -> Phrase:
    """Pieces one after another; empty texts are left out."""
    return tuple(piece for piece in pieces if piece != "")


def lead_paragraph(key: str, language: Language, **filled: object) -> Paragraph:
    """The text under `key`, above what it introduces."""
    return Paragraph((word(key, language, **filled),), "lead")


def sentence(key: str, language: Language, **pieces: Piece | Phrase) -> Phrase:
    """The text under `key`, its placeholders filled with pieces that may be links.

    >>> sentence("verdict.npv_value", "en", value=Link("EUR 1", "#npv_eur"))[1]
    Link(text='EUR 1', target='#npv_eur')
    """
    found: list[Piece] = []
    for text, name, _, _ in string.Formatter().parse(word(key, language)):
        found.append(text)
        if name:
            filled = pieces[name]
            found += filled if isinstance(filled, tuple) else (filled,)
    return phrase(*found)


def joined(phrases: list[Phrase], between: str = " ") -> Phrase:
    """Phrases with `between` in between."""
    found: list[Piece] = []
    for number, each in enumerate(phrases):
        found += [between, *each] if number else each
    return tuple(found)


def plain_text(text: Phrase) -> str:
    """A phrase without its links."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in text)
