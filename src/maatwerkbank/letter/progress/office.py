# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter as an office text, from which the ODT and the PDF are made.

Takes     a letter.
Gives     its parts in order: headings, prose with footnotes, charts with their tables.
Leaves    looks to `letter/office_text` and `letter/odt`.
"""

import re
from collections.abc import Iterator

from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.odt import odt
from maatwerkbank.letter.office_text import (
    Drawing,
    Grid,
    Heading,
    OfficeText,
    Part,
    Prose,
    Run,
    Work,
    office_pdf,
)
from maatwerkbank.letter.progress.as_data import seal
from maatwerkbank.letter.progress.letter import ProgressLetter
from maatwerkbank.letter.progress.model import Block, Chart, LetterTable, Note, Paragraph
from maatwerkbank.letter.progress.vocabulary import said
from maatwerkbank.letter.words import word

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def letter_odt(letter: ProgressLetter) -> bytes:
    """The letter as an open document, to go on working in."""
    return odt(office_letter(letter))


def letter_pdf(letter: ProgressLetter) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1 in one file; the same letter gives the same bytes."""
    return office_pdf(office_letter(letter))


def office_letter(letter: ProgressLetter) -> OfficeText:
    """The letter as parts."""
    language, as_of = letter.language, letter.publication.as_of.isoformat()
    notes = {each.number: each for each in letter.notes}
    parts: list[Part] = []
    for section in letter.sections:
        if section.heading:
            parts.append(Heading(section.heading, section.level))
        for block in section.blocks:
            parts.extend(_block(block, notes))
    return OfficeText(
        title=letter.title,
        kicker=said("kicker", language),
        subject=said("subject", language, day=day(as_of, language)),
        language=language,
        dated=letter.publication.as_of,
        author=word("programme", language),
        footer=said("footer", language, seal=seal(letter)[:16]),
        parts=tuple(parts),
    )


def _block(block: Block, notes: dict[int, Note]) -> Iterator[Part]:
    if isinstance(block, Paragraph):
        runs = tuple(Run(each.text, _works(each.note, notes)) for each in block.sentences)
        yield Prose(runs, block.style)
    elif isinstance(block, Chart):
        size = _SIZE.search(block.svg)
        width, height = (float(size[1]), float(size[2])) if size else (800.0, 400.0)
        yield Drawing(block.title, block.alt, block.svg, width, height)
        yield _grid(block.table)
    else:
        yield _grid(block)


def _works(number: int | None, notes: dict[int, Note]) -> tuple[Work, ...]:
    if number is None:
        return ()
    return tuple(Work(each.text, each.url) for each in notes[number].items)


def _grid(table: LetterTable) -> Grid:
    return Grid(table.caption, table.columns, table.rows, table.numbers, table.widths)
