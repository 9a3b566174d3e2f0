# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter or an agreement as an open document (ODT) that an official goes on working in.

Takes     an office text: headings, prose, numbered articles, grids, pictures; title and language.
Gives     the bytes of an ODT with real headings, lists, footnotes and tables, so that it can be
          read aloud, navigated and edited; title, subject, author, day and language are in its
          metadata.
Leaves    the contents to `agreement_document` and its like, the PDF to `office_text`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import count

from odfdo import (
    Cell,
    Column,
    Document,
    Element,
    Frame,
    Header,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Row,
    Style,
    Tab,
    Table,
)
from odfdo.master_page import StyleMasterPage

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.office_text import (
    Drawing,
    Grid,
    Heading,
    NumberedArticle,
    OfficeText,
    Prose,
    Sentence,
    Work,
    web_address,
)
from maatwerkbank.letter.words import word

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
LOCALES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}
DRAWING_WIDTH = 17.0  # [cm], as wide as the text of an upright page
KEPT_WHOLE = 12  # rows: a longer table may go on on the next page


def odt(text: OfficeText) -> bytes:
    """The text as an open document."""
    document = _empty(text)
    body = document.body
    body.append(Paragraph(text.kicker, style="Kicker"))
    body.append(Paragraph(text.title, style="Title"))
    body.append(Paragraph(text.subject, style="Text_20_body"))
    notes = count(1)
    for number, part in enumerate(text.parts):
        if isinstance(part, Prose):
            body.append(_prose(part, notes))
            continue
        if isinstance(part, Drawing):
            body.append(Paragraph(part.caption, style="Caption"))
            body.append(_drawing(document, part, number))
            continue
        for element in _elements(part, number):
            body.append(element)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _empty(text: OfficeText) -> Document:
    """A document that knows what it is and how it looks, and in which nothing stands."""
    document = Document("text")
    for part in ("styles", "content"):
        document.set_part(part, _template(part))
    document.language = LOCALES[text.language]
    page = document.get_style("master-page", "Standard")
    if isinstance(page, StyleMasterPage):
        page.set_attribute("style:page-layout-name", "Sideways" if text.sideways else "Upright")
        page.set_page_footer(_foot(text))
    _add_widths(document, text)
    _describe(document, text)
    return document


@cache
def _template(part: str) -> bytes:
    return (files("maatwerkbank.letter") / "templates" / f"office_text_{part}.xml").read_bytes()


def _describe(document: Document, text: OfficeText) -> None:
    day = datetime(text.dated.year, text.dated.month, text.dated.day, tzinfo=UTC).replace(
        tzinfo=None
    )
    meta = document.meta
    meta.title = text.title
    meta.subject = text.subject
    meta.language = LOCALES[text.language]
    meta.creator = text.author
    meta.initial_creator = text.author
    meta.creation_date = day
    meta.date = day


def _foot(text: OfficeText) -> Paragraph:
    """What stands below every page: the footer, and which page of how many this is."""
    fields = {"page": "<text:page-number/>", "pages": "<text:page-count/>"}
    foot = Paragraph(text.footer, style="FooterSideways" if text.sideways else "Footer")
    foot.append(Tab())
    for piece in re.split(r"[{}]", word("page_of", text.language, page="{page}", pages="{pages}")):
        if piece in fields:
            foot.append(Element.from_tag(fields[piece]))
        else:
            foot.append_plain_text(piece)
    return foot


def _elements(part: Heading | Sentence | NumberedArticle | Grid, number: int) -> Iterator[Element]:
    if isinstance(part, Heading):
        yield _heading(part.text, part.level)
    elif isinstance(part, Sentence):
        yield Paragraph(part.text, style="Note" if part.style == "note" else "Text_20_body")
    elif isinstance(part, NumberedArticle):
        yield _heading(part.heading, 1)
        if part.note:
            yield Paragraph(part.note, style="Note")
        if len(part.paragraphs) == 1:
            yield Paragraph(part.paragraphs[0], style="Text_20_body")
        else:
            numbered = List(style="ArticleNumbering")
            for each in part.paragraphs:
                item = ListItem()
                item.append(Paragraph(each, style="Text_20_body"))
                numbered.append(item)
            yield numbered
    else:
        yield Paragraph(part.caption, style="Caption")
        yield _table(part, number)


def _heading(text: str, level: int) -> Header:
    return Header(level, text, style=f"Heading_20_{level}")


def _prose(prose: Prose, numbers: Iterator[int]) -> Paragraph:
    """A paragraph whose footnotes are real ones: an editor renumbers them."""
    paragraph = Paragraph(style="Note" if prose.style == "note" else "Text_20_body")
    for place, run in enumerate(prose.runs):
        paragraph.append_plain_text(f"{' ' if place else ''}{run.text}")
        if run.note:
            number = next(numbers)
            note = Note(note_id=f"ftn{number}", citation=str(number))
            note.note_body = _works(run.note)
            paragraph.append(note)
    return paragraph


def _works(works: tuple[Work, ...]) -> Paragraph:
    paragraph = Paragraph(style="Footnote")
    for place, work in enumerate(works):
        if place:
            paragraph.append_plain_text("; ")
        address = web_address(work.url)
        if address:
            paragraph.append(Link(address, text=work.text))
        else:
            paragraph.append_plain_text(work.text)
    paragraph.append_plain_text(".")
    return paragraph


def _drawing(document: Document, drawing: Drawing, number: int) -> Paragraph:
    """The picture as wide as the text, with its description for who cannot see it."""
    name = f"Pictures/drawing{number}.svg"
    document.set_part(name, drawing.svg.encode("utf-8"))
    document.manifest.add_full_path(name, "image/svg+xml")
    height = DRAWING_WIDTH * drawing.height / drawing.width
    frame = Frame.image_frame(
        name,
        name=f"Drawing{number}",
        size=(f"{DRAWING_WIDTH}cm", f"{height:.2f}cm"),
        anchor_type="as-char",
    )
    frame.svg_title = drawing.caption
    frame.svg_description = drawing.alt
    paragraph = Paragraph(style="Picture")
    paragraph.append(frame)
    return paragraph


def _add_widths(document: Document, text: OfficeText) -> None:
    """A style per width of a column, so that long text gets more room."""
    grids = [part for part in text.parts if isinstance(part, Grid)]
    for width in sorted({each for grid in grids for each in _widths(grid)}):
        style = Style("table-column", name=_named(width))
        style.set_properties({"style:rel-column-width": width}, area="table-column")
        document.insert_style(style, automatic=True)


def _widths(grid: Grid) -> list[str]:
    total = sum(grid.shares)
    return [f"{1000 * share / total:.0f}*" for share in grid.shares]


def _named(width: str) -> str:
    return f"Column{width.removesuffix('*')}"


def _table(grid: Grid, number: int) -> Table:
    """A real table: its first row repeats on every page and names the columns."""
    look = "ShortTable" if len(grid.rows) <= KEPT_WHOLE else "LongTable"
    table = Table(f"Table{number}", style=look)
    for width in _widths(grid):
        table.append(Column(style=_named(width)))
    kinds = ["Number" if place in grid.numbers else "" for place in range(len(grid.columns))]
    table.append(_row(grid.columns, "Head", [f"CellHead{kind}" for kind in kinds]))
    line = "LineByHand" if grid.by_hand else "Line"
    for cells in grid.rows:
        table.append(_row(cells, "Body", [f"Cell{kind}" for kind in kinds], line))
    header = Element.from_tag("table:table-header-rows")
    first = table.get_element("table:table-row")
    if first is not None:
        table.insert(header, position=table.index(first))
        header.append(first)
    return table


def _row(cells: tuple[str, ...], look: str, styles: list[str], line: str = "Line") -> Row:
    row = Row(style=line)
    for text, style in zip(cells, styles, strict=True):
        cell = Cell(style=look)
        cell.set_attribute("office:value-type", "string")
        cell.append(Paragraph(text, style=style))
        row.append(cell)
    return row
