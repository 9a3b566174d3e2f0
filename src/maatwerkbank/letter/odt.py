# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter or an agreement as an open document (ODT) that an official goes on working in.

Takes     an office text: headings, prose, numbered articles, grids, pictures; title and language.
Gives     the bytes of an ODT with real headings, lists, footnotes and tables, so that it can be
          read aloud, navigated and edited; title, subject, author, day and language are in its
          metadata.
Leaves    the contents to `agreement_document` and its like, the PDF to `office_text`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
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
    Table,
)

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

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
LOCALES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}
TEXT_WIDTH = 17.0  # [cm]
TITLE, KICKER, NOTE, CELL, NUMBER, COLUMN, FOOTER = (
    *("Title", "Kicker", "Note", "Cell", "CellNumber", "CellHead", "FooterText"),
)
_BOLD = {"fo:font-weight": "bold"}
_QUIET = {"fo:color": "#4f5b67"}
_ROOM = {"fo:margin-top": "0.1cm", "fo:margin-bottom": "0.2cm"}
_LOOKS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    TITLE: ({"fo:font-size": "20pt", **_BOLD}, {}),
    KICKER: ({"fo:font-size": "9pt", **_BOLD, **_QUIET}, {}),
    NOTE: (
        {"fo:font-size": "10.5pt"},
        {"fo:border-left": "2pt solid #8a4b00", "fo:padding-left": "0.3cm"},
    ),
    CELL: ({"fo:font-size": "9pt"}, {}),
    NUMBER: ({"fo:font-size": "9pt"}, {"fo:text-align": "end"}),
    COLUMN: ({"fo:font-size": "9pt", **_BOLD}, {}),
    FOOTER: ({"fo:font-size": "8pt", **_QUIET}, {}),
}
_NUMBERING = """
<text:list-style style:name="ArticleNumbering">
  <text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1">
    <style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
      <style:list-level-label-alignment text:label-followed-by="listtab"
        fo:text-indent="-0.7cm" fo:margin-left="0.7cm"/>
    </style:list-level-properties>
  </text:list-level-style-number>
</text:list-style>
"""


def odt(text: OfficeText) -> bytes:
    """The text as an open document."""
    document = Document("text")
    body = document.body
    body.clear()
    document.language = LOCALES[text.language]
    _describe(document, text)
    _style(document)
    _add_widths(document, text)
    body.append(Paragraph(text.kicker, style=KICKER))
    body.append(Paragraph(text.title, style=TITLE))
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
    body.append(Paragraph(text.footer, style=FOOTER))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


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


def _style(document: Document) -> None:
    document.insert_style(_NUMBERING.strip())
    for name, (look, room) in _LOOKS.items():
        style = Style("paragraph", name=name, parent_style="Standard")
        style.set_properties(look, area="text")
        style.set_properties({**_ROOM, **room}, area="paragraph")
        document.insert_style(style)


def _elements(part: Heading | Sentence | NumberedArticle | Grid, number: int) -> Iterator[Element]:
    if isinstance(part, Heading):
        yield Header(part.level, part.text)
    elif isinstance(part, Sentence):
        yield Paragraph(part.text, style=NOTE if part.style == "note" else "Text_20_body")
    elif isinstance(part, NumberedArticle):
        yield Header(1, part.heading)
        if part.note:
            yield Paragraph(part.note, style=NOTE)
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


def _prose(prose: Prose, numbers: Iterator[int]) -> Paragraph:
    """A paragraph whose footnotes are real ones: an editor renumbers them."""
    paragraph = Paragraph(style=NOTE if prose.style == "note" else "Text_20_body")
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
    height = TEXT_WIDTH * drawing.height / drawing.width
    frame = Frame.image_frame(
        name,
        name=f"Drawing{number}",
        size=(f"{TEXT_WIDTH}cm", f"{height:.2f}cm"),
        anchor_type="as-char",
    )
    frame.svg_title = drawing.caption
    frame.svg_description = drawing.alt
    paragraph = Paragraph(style="Text_20_body")
    paragraph.append(frame)
    return paragraph


def _add_widths(document: Document, text: OfficeText) -> None:
    """A style per width of a column, so that long text gets more room."""
    grids = [part for part in text.parts if isinstance(part, Grid)]
    for width in sorted({each for grid in grids for each in _widths(grid)}):
        style = Style("table-column", name=_named(width))
        style.set_properties({"style:column-width": width}, area="table-column")
        document.insert_style(style, automatic=True)


def _widths(grid: Grid) -> list[str]:
    """The width of each column where they were given."""
    total = sum(grid.widths)
    return [f"{TEXT_WIDTH * share / total:.1f}cm" for share in grid.widths]


def _named(width: str) -> str:
    return f"Column{width.replace('.', '_')}"


def _table(grid: Grid, number: int) -> Table:
    """A real table: its first row repeats on every page and names the columns."""
    table = Table(f"Table{number}")
    for width in _widths(grid):
        table.append(Column(style=_named(width)))
    table.append(_row(grid.columns, [COLUMN] * len(grid.columns)))
    styles = [NUMBER if place in grid.numbers else CELL for place in range(len(grid.columns))]
    for cells in grid.rows:
        table.append(_row(cells, styles))
    header = Element.from_tag("table:table-header-rows")
    first = table.get_element("table:table-row")
    if first is not None:
        table.insert(header, position=table.index(first))
        header.append(first)
    return table


def _row(cells: tuple[str, ...], styles: list[str]) -> Row:
    row = Row()
    for text, style in zip(cells, styles, strict=True):
        cell = Cell()
        cell.set_attribute("office:value-type", "string")
        cell.append(Paragraph(text, style=style))
        row.append(cell)
    return row
