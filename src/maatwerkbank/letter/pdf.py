# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as a document that can be archived and read aloud: PDF/A-2a and PDF/UA-1 in one file.

Takes     a report; or an assessment, its variants, a language.
Gives     the bytes of a PDF: the director's page first, then each figure with its source. The same
          receipt gives the same bytes: its date is the day of knowledge, its fonts come along.
Leaves    the contents to `case_report` and its like, the looks to templates/case.typ.

Text reaches typst as data and never as markup, so what stands in a case file is only ever printed.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Picture,
    Piece,
    Report,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
)
from maatwerkbank.letter.case_report import case_report
from maatwerkbank.letter.chart_style import DOCUMENT, DOCUMENT_FONT, as_svg, drawn
from maatwerkbank.letter.html import safe_address
from maatwerkbank.letter.numbers import unbroken
from maatwerkbank.letter.words import word
from maatwerkbank.support.assessment import SupportAssessment

STANDARDS: list[Any] = ["a-2a", "ua-1"]


def case_pdf(
    assessment: Assessment,
    variants: Mapping[str, Assessment],
    language: Language = "nl",
    *,
    support: SupportAssessment | None = None,
) -> bytes:
    """The document of one case; with `support` also how public money may come in."""
    return report_pdf(case_report(assessment, variants, language, support=support))


def report_pdf(report: Report) -> bytes:
    """The document of any report: the first sheet is what a director reads in two minutes."""
    day = datetime.fromisoformat(report.known_on).replace(tzinfo=UTC)
    compiler = typst.Compiler(
        _template(),
        ignore_system_fonts=True,
        sys_inputs={"report": unbroken(json.dumps(_document(report), ensure_ascii=False))},
    )
    made = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=day)
    return bytes(made)  # type: ignore[arg-type]  # one file in, one file out: never a list


@cache
def _template() -> bytes:
    return (files("maatwerkbank.letter") / "templates" / "case.typ").read_bytes()


def _document(report: Report) -> dict[str, Any]:
    """The report as plain values for the template."""
    language = report.language
    anchors = frozenset(_anchors(report))
    first, rest = _sheets(report)
    return {
        "language": language,
        "title": report.title,
        "kicker": report.kicker,
        "summary": report.summary,
        "note": report.note,
        "date": report.known_on,
        "receipt": f"{word('receipt', language)} {report.receipt}",
        "programme": word("programme", language),
        "of": word("page_of", language, page="{page}", pages="{pages}"),
        "facts": _block(report.facts, anchors),
        "first": [_block(block, anchors) for block in first],
        "sections": [_section(section, anchors) for section in rest],
    }


def _sheets(report: Report) -> tuple[list[Block], list[Section]]:
    """The blocks of the first page; and the sections after it, with the tables of its pictures."""
    first: list[Block] = []
    rest: list[Section] = []
    for section in report.sections:
        if section.anchor not in report.first_sheet:
            rest.append(section)
            continue
        blocks: list[Block] = []
        for block in section.blocks:
            reservation = isinstance(block, Paragraph) and block.style == "note"
            if section.anchor == "core" or isinstance(block, Picture) or reservation:
                first.append(block)
            if isinstance(block, Picture):
                blocks.append(block.table)
            elif section.anchor != "core":
                blocks.append(block)
        if blocks:
            rest.append(Section(section.anchor, section.heading, tuple(blocks)))
    return first, rest


def _anchors(report: Report) -> list[str]:
    """Every place in the document that a link can land on."""
    rows = [
        row.anchor
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        if row.anchor
    ]
    return [*(s.anchor for s in report.sections if s.anchor != "core"), *rows]


def _section(section: Section, anchors: frozenset[str]) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for block in section.blocks:
        blocks.append(_block(block, anchors))
        if isinstance(block, Picture):
            blocks.append(_block(block.table, anchors))
    return {"anchor": section.anchor, "heading": section.heading, "blocks": blocks}


def _block(block: Block, anchors: frozenset[str]) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "style": block.style, "text": _phrase(block.text, anchors)}
    if isinstance(block, Tiles):
        return {"kind": "tiles", "tiles": [_tile(tile, anchors) for tile in block.tiles]}
    if isinstance(block, Picture):
        return _picture(block)
    if isinstance(block, Table):
        return _table(block, anchors)
    return {"kind": "facts", "style": block.style, "pairs": _pairs(block, anchors)}


def _pairs(facts: Facts, anchors: frozenset[str]) -> list[dict[str, Any]]:
    return [{"name": name, "text": _phrase(text, anchors)} for name, text in facts.pairs]


def _tile(tile: Tile, anchors: frozenset[str]) -> dict[str, Any]:
    value: Phrase = (Link(tile.value, tile.target) if tile.target else tile.value,)
    return {
        "label": tile.label,
        "value": _phrase(value, anchors),
        "long": len(tile.value) > 16,
        "note": tile.note,
        "tone": tile.tone,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    chart = drawn(picture.draw, DOCUMENT)
    return {
        "kind": "picture",
        "title": picture.title,
        "alt": str(chart.description),
        "svg": as_svg(chart, font=DOCUMENT_FONT),
    }


def _table(table: Table, anchors: frozenset[str]) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [
            {"label": column.label, "align": column.align, "share": column.share}
            for column in table.columns
        ],
        "rows": [
            {
                "anchor": row.anchor,
                "style": row.style,
                "cells": [_phrase(cell, anchors) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _phrase(text: Phrase, anchors: frozenset[str]) -> list[dict[str, str]]:
    return [_piece(piece, anchors) for piece in text]


def _piece(piece: Piece, anchors: frozenset[str]) -> dict[str, str]:
    if isinstance(piece, str):
        return {"kind": "plain", "text": piece}
    if isinstance(piece, Code):
        return {"kind": "code", "text": piece.text}
    if isinstance(piece, Strong):
        return {"kind": "strong", "text": piece.text}
    if piece.target.startswith("#"):
        known = piece.target[1:] in anchors
        return {"kind": "within" if known else "plain", "text": piece.text, "to": piece.target[1:]}
    address = safe_address(piece.target)
    web = address is not None and address.startswith(("http://", "https://"))
    return {"kind": "web" if web else "plain", "text": piece.text, "to": address or ""}
