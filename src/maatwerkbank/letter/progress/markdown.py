# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter as Markdown: headings, tables and footnotes that any editor knows.

Takes     a letter.
Gives     text in UTF-8. A chart becomes its text and its table.
Leaves    ODT and PDF to `office`.
"""

import re
from collections.abc import Iterator

from maatwerkbank.letter.progress.letter import ProgressLetter
from maatwerkbank.letter.progress.model import (
    Block,
    Chart,
    LetterTable,
    Note,
    NoteItem,
    Paragraph,
    Section,
    Sentence,
)

_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_STARTS = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)")


def markdown(letter: ProgressLetter) -> str:
    """The whole letter, with one newline at the end."""
    blocks = [f"# {_plain(letter.title)}"]
    for section in letter.sections:
        blocks.extend(_section(section))
    blocks.extend(_note(each) for each in letter.notes)
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"{'#' * (section.level + 1)} {_plain(section.heading)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        text = " ".join(_sentence(each) for each in block.sentences)
        yield f"> {text}" if block.style == "note" else text
    elif isinstance(block, Chart):
        yield f"*{_plain(block.title)}.* {_plain(block.alt)}"
        yield _table(block.table)
    else:
        yield _table(block)


def _sentence(sentence: Sentence) -> str:
    text = _plain(sentence.text)
    return text if sentence.note is None else f"{text}[^{sentence.note}]"


def _table(table: LetterTable) -> str:
    rule = "|".join("---:" if n in table.numbers else "---" for n in range(len(table.columns)))
    lines = [
        f"**{_plain(table.caption)}**",
        "",
        f"| {' | '.join(_plain(each) for each in table.columns)} |",
        f"|{rule}|",
        *(f"| {' | '.join(_plain(cell) for cell in row)} |" for row in table.rows),
    ]
    return "\n".join(lines)


def _note(note: Note) -> str:
    return f"[^{note.number}]: {'; '.join(_item(each) for each in note.items)}."


def _item(item: NoteItem) -> str:
    return f"[{_plain(item.text)}](<{item.url}>)" if item.url else _plain(item.text)


def _plain(text: str) -> str:
    """Text in which no sign means anything to Markdown."""
    return _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))
