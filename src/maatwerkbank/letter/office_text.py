# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is a letter or an agreement made of, before it is an ODT or a PDF?

Takes     words that were filled in already.
Gives     frozen parts: heading, sentence, prose with footnotes, numbered article, grid, picture;
          and the PDF of the whole.
Leaves    the ODT to `odt`; reports with pictures to `blocks` and `pdf`.

Text reaches typst as data and never as markup, so what stands in a dossier is only ever printed.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.html import safe_address
from maatwerkbank.letter.numbers import unbroken
from maatwerkbank.letter.pdf import STANDARDS
from maatwerkbank.letter.words import word


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 stands just below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Sentence:
    """A paragraph. `note` is set apart: what holds for the whole text."""

    text: str
    style: Literal["plain", "note"] = "plain"


@dataclass(frozen=True)
class Work:
    """One work in a footnote; `url` is where it can be read."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Run:
    """A stretch of prose; the works in its footnote stand behind it."""

    text: str
    note: tuple[Work, ...] = ()


@dataclass(frozen=True)
class Prose:
    """A paragraph of sentences, some of which have a footnote."""

    runs: tuple[Run, ...]
    style: Literal["plain", "note"] = "plain"


@dataclass(frozen=True)
class NumberedArticle:
    """An article of an agreement; its paragraphs are numbered where there are more than one.

    `note` stands under the heading and is no part of the text.
    """

    heading: str
    paragraphs: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with a caption; the first row of cells is the first of the body."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()  # of the columns against each other; none: all the same
    by_hand: bool = False  # rows high enough to write in with a pen

    @property
    def shares(self) -> tuple[float, ...]:
        """What each column gets of the width, against the others."""
        return self.widths or (1.0,) * len(self.columns)


@dataclass(frozen=True)
class Drawing:
    """A picture with a caption, and `alt` for who cannot see it. Its table is a grid of its own."""

    caption: str
    alt: str
    svg: str
    width: float  # [px], as the SVG says
    height: float


Part = Heading | Sentence | Prose | NumberedArticle | Grid | Drawing


@dataclass(frozen=True)
class OfficeText:
    """A whole text with what a reader and an archive need to know of it.

    `dated` is the day of its content, never of its printing: the same content gives the same PDF.
    """

    title: str
    kicker: str
    subject: str
    language: Language
    dated: date
    author: str
    footer: str
    parts: tuple[Part, ...]
    sideways: bool = False  # the page on its long side, for tables with many columns


def office_pdf(text: OfficeText) -> bytes:
    """The text as PDF/A-2a and PDF/UA-1 in one file."""
    compiler = typst.Compiler(
        _template(),
        ignore_system_fonts=True,
        sys_inputs={"text": unbroken(json.dumps(_plain(text), ensure_ascii=False))},
    )
    day = datetime(text.dated.year, text.dated.month, text.dated.day, tzinfo=UTC)
    made = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=day)
    return bytes(made)  # type: ignore[arg-type]  # one file in, one file out: never a list


@cache
def _template() -> bytes:
    return (files("maatwerkbank.letter") / "templates" / "office_text.typ").read_bytes()


def _plain(text: OfficeText) -> dict[str, Any]:
    return {
        "title": text.title,
        "kicker": text.kicker,
        "subject": text.subject,
        "language": text.language,
        "date": text.dated.isoformat(),
        "author": text.author,
        "footer": text.footer,
        "sideways": text.sideways,
        "of": word("page_of", text.language, page="{page}", pages="{pages}"),
        "parts": [_part(each) for each in text.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": part.text, "level": part.level}
    if isinstance(part, Sentence):
        return {"kind": "sentence", "text": part.text, "style": part.style}
    if isinstance(part, NumberedArticle):
        return {
            "kind": "article",
            "heading": part.heading,
            "note": part.note,
            "paragraphs": list(part.paragraphs),
        }
    if isinstance(part, Prose):
        return {"kind": "prose", "style": part.style, "runs": [_run(each) for each in part.runs]}
    if isinstance(part, Drawing):
        return {"kind": "drawing", "caption": part.caption, "alt": part.alt, "svg": part.svg}
    return {
        "kind": "grid",
        "caption": part.caption,
        "columns": list(part.columns),
        "numbers": sorted(part.numbers),
        "rows": [list(row) for row in part.rows],
        "widths": list(part.shares),
        "by_hand": part.by_hand,
    }


def _run(run: Run) -> dict[str, Any]:
    works = [{"text": each.text, "url": web_address(each.url)} for each in run.note]
    return {"text": run.text, "note": works}


def web_address(url: str | None) -> str | None:
    """The address where it is one on the web; else none."""
    address = safe_address(url)
    return address if address and address.startswith(("http://", "https://")) else None
