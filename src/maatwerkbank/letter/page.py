# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as one HTML page that stands by itself.

Takes     a `Report` of blocks.
Gives     HTML5 with its style inside, charts as SVG, no script and nothing from elsewhere; or the
          sections alone, without any style.
Leaves    what the report says to those who compose it.

Each chart is there twice, wide and narrow; the style shows the one that fits the screen and hides
the other, also from who listens to the page.
"""

from functools import cache
from importlib.resources import files

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
    Row,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
)
from maatwerkbank.letter.chart_style import NARROW, WIDE, as_svg, drawn
from maatwerkbank.letter.html import Markup, content, element, safe_address
from maatwerkbank.letter.numbers import unbroken
from maatwerkbank.letter.words import word


def html_page(report: Report) -> str:
    """The page, from doctype to end."""
    language = report.language
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content=word("programme", language)),
        element("title", f"{report.title} - {word('programme', language)}"),
        element("style", _style()),
    )
    body = element(
        "body",
        element("a", word("skip", language), href="#content", class_="skip"),
        _masthead(report),
        element(
            "main",
            _sections(report),
            id="content",
            tabindex="-1",
        ),
        _footer(report),
    )
    return unbroken(f"<!doctype html>\n{element('html', head, body, lang=language)}\n")


def sections_html(report: Report) -> str:
    """The sections alone, to stand inside a page that has its own head and style."""
    return unbroken(_sections(report))


@cache
def _style() -> Markup:
    return Markup((files("maatwerkbank.letter") / "templates" / "report.css").read_text("utf-8"))


def _masthead(report: Report) -> Markup:
    links = [link for link in (report.home, report.other_language) if link]
    bar = element(
        "div",
        element("span", word("programme", report.language), class_="brand"),
        element("nav", *(_piece(link, report) for link in links), aria_label="Site")
        if links
        else None,
        class_="bar",
    )
    title = element(
        "div",
        element("p", report.kicker, class_="kicker"),
        element("h1", report.title),
        element("p", report.summary, class_="summary") if report.summary else None,
        element("p", report.note, class_="caution") if report.note else None,
        _facts(report.facts, report),
        class_="title",
    )
    return element("header", bar, title)


def _sections(report: Report) -> Markup:
    return content(
        *(_section(section, report, first=n == 0) for n, section in enumerate(report.sections))
    )


def _section(section: Section, report: Report, *, first: bool) -> Markup:
    number = f"{section.anchor}-heading"
    blocks = [
        _block(block, report, f"{section.anchor}-{n}") for n, block in enumerate(section.blocks)
    ]
    return element(
        "section",
        element("h2", section.heading, id=number),
        *blocks,
        _contents(report) if first else None,
        id=section.anchor,
        class_=None if section.in_contents else "core",
        aria_labelledby=number,
    )


def _contents(report: Report) -> Markup | None:
    listed = [section for section in report.sections if section.in_contents]
    if len(listed) < 2:
        return None
    items = [
        element("li", element("a", section.heading, href=f"#{section.anchor}"))
        for section in listed
    ]
    label = word("on_this_page", report.language)
    return element("nav", element("ul", *items), aria_label=label, class_="contents")


def _footer(report: Report) -> Markup:
    language = report.language
    return element(
        "footer",
        element("p", word("text.open_source", language)),
        element(
            "p",
            f"{word('receipt', language)} ",
            element("code", report.receipt),
        ),
    )


# ── blocks ────────────────────────────────────────────────────────────────────────────────────


def _block(block: Block, report: Report, mark: str) -> Markup:
    if isinstance(block, Paragraph):
        return element("p", _phrase(block.text, report), class_=_class(block.style))
    if isinstance(block, Tiles):
        return element("ul", *(_tile(tile) for tile in block.tiles), class_="tiles")
    if isinstance(block, Picture):
        return _picture(block, report, mark)
    if isinstance(block, Table):
        return _table(block, report, mark)
    return _facts(block, report)


def _class(style: str) -> str | None:
    return None if style == "plain" else style


def _tile(tile: Tile) -> Markup:
    value = element("a", tile.value, href=tile.target) if tile.target else tile.value
    return element(
        "li",
        element("span", tile.label, class_="label"),
        element("strong", value, class_="long" if len(tile.value) > 16 else None),
        element("span", tile.note, class_="beside"),
        class_=_class(tile.tone),
    )


def _picture(picture: Picture, report: Report, mark: str) -> Markup:
    drawings = [
        element(
            "div", Markup(as_svg(drawn(picture.draw, width), mark=f"{mark}-{name}")), class_=name
        )
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    return content(
        element("figure", element("figcaption", picture.title), *drawings),
        element(
            "details",
            element("summary", word("show_figures", report.language)),
            _table(picture.table, report, f"{mark}-table"),
        ),
    )


def _table(table: Table, report: Report, mark: str) -> Markup:
    heads = [
        element(
            "th", column.label, scope="col", class_="number" if column.align == "number" else None
        )
        for column in table.columns
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", table.caption, id=f"{mark}-caption"),
            element("thead", element("tr", *heads)),
            element("tbody", *(_row(row, table, report) for row in table.rows)),
            class_="many" if len(table.columns) > 3 else None,
        ),
        class_="scroll",
        role="region",
        tabindex=0,
        aria_label=word("table_named", report.language, caption=table.caption),
    )


def _row(row: Row, table: Table, report: Report) -> Markup:
    first, *others = row.cells
    cells = [
        element("td", _phrase(cell, report), class_="number" if column.align == "number" else None)
        for cell, column in zip(others, table.columns[1:], strict=True)
    ]
    return element(
        "tr",
        element("th", _phrase(first, report), scope="row"),
        *cells,
        id=row.anchor,
        class_=_class(row.style),
    )


def _facts(facts: Facts, report: Report) -> Markup:
    pairs = [
        element("div", element("dt", name), element("dd", _phrase(text, report)))
        for name, text in facts.pairs
    ]
    return element("dl", *pairs, class_=f"facts {facts.style}")


def _phrase(text: Phrase, report: Report) -> Markup:
    return content(*(_piece(piece, report) for piece in text))


def _piece(piece: Piece, report: Report) -> Markup | str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Code):
        return element("code", piece.text)
    if isinstance(piece, Strong):
        return element("strong", piece.text)
    address = safe_address(piece.target)
    if address is None:
        return piece.text
    other = _other(report.language) if piece == report.other_language else None
    return element("a", piece.text, href=address, lang=other, hreflang=other)


def _other(language: Language) -> Language:
    return "en" if language == "nl" else "nl"


__all__ = ["Link", "html_page", "sections_html"]
