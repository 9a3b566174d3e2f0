# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is a letter or an agreement made of, before it is an ODT or a PDF?

Takes     words that were filled in already.
Gives     frozen parts: heading, sentence, numbered article, grid; and the PDF of the whole.
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
class NumberedArticle:
    """An article of an agreement; its paragraphs are numbered where there are more than one."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table with a caption; the first row of cells is the first of the body."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


Part = Heading | Sentence | NumberedArticle | Grid


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
            "paragraphs": list(part.paragraphs),
        }
    return {
        "kind": "grid",
        "caption": part.caption,
        "columns": list(part.columns),
        "numbers": sorted(part.numbers),
        "rows": [list(row) for row in part.rows],
    }
