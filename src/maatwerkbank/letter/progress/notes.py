# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which footnotes does a letter get, and what stands in each?

Takes     the sections of a letter, whose sentences name what they rest on.
Gives     the same sections with numbers, and the notes: each work stands in one note only, at the
          first sentence that rests on it.
Leaves    how a note looks to the documents.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from maatwerkbank.dossier.publication.in_words import day_in_words
from maatwerkbank.ground.dates import first_day
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.progress.model import (
    Block,
    Cite,
    Note,
    NoteItem,
    Paragraph,
    Section,
    Sentence,
)
from maatwerkbank.letter.progress.vocabulary import said
from maatwerkbank.sources import source
from maatwerkbank.sources.citation import SEEN, spoken_day
from maatwerkbank.sources.parliament.reference import reference
from maatwerkbank.sources.register import Seen, Source


def numbered(
    sections: Sequence[Section], as_of: date, language: Language
) -> tuple[tuple[Section, ...], tuple[Note, ...]]:
    """The sections with the number of its note at each sentence, and those notes.

    A work of after `as_of` says so.
    """
    seen: set[str] = set()
    notes: list[Note] = []

    def number(sentence: Sentence) -> Sentence:
        items = [item for cite in sentence.cites if (item := _item(cite, as_of, language))]
        new = [item for item in _unique(items) if item.identity not in seen]
        if not new:
            return sentence
        seen.update(item.identity for item in new)
        notes.append(Note(len(notes) + 1, tuple(new)))
        return replace(sentence, note=len(notes))

    def block(each: Block) -> Block:
        if isinstance(each, Paragraph):
            return replace(each, sentences=tuple(number(said) for said in each.sentences))
        return each

    made = tuple(
        replace(section, blocks=tuple(block(each) for each in section.blocks))
        for section in sections
    )
    return made, tuple(notes)


def cite(identity: str) -> Cite:
    """A source of the register."""
    return Cite("source", identity)


def paper(written: str) -> Cite:
    """A paper of Parliament or the gazette, in any way of writing."""
    return Cite("paper", written)


def _item(told: Cite, as_of: date, language: Language) -> NoteItem | None:
    """What a note says of it; a paper that cannot be read is printed as it was cited."""
    if told.kind == "paper":
        found = reference(told.identity)
        if found is None:
            return NoteItem(told.identity, None, told.identity)
        return NoteItem(found.written(language), found.address(), found.identity)
    work = source(told.identity)
    day = (
        day_in_words(work.date, language).removeprefix("op ").removeprefix("on ")
        if work.date
        else ""
    )
    parts = [work.publisher, work.title, day.removeprefix("in ")]
    text = ", ".join(part for part in parts if part)
    later = is_later(work, as_of)
    remarks = [SEEN[language][work.seen]] if work.seen != Seen.OFFICIAL else []
    if later:
        then = spoken_day(as_of, language)
        remarks.append(said("note.later", language, day=then))
    if remarks:
        text = f"{text} ({'; '.join(remarks)})"
    read = reference(work.identity)
    return NoteItem(text, work.url, read.identity if read else work.identity, later)


def is_later(work: Source, as_of: date) -> bool:
    """Whether a work was surely published after a day."""
    return work.date is not None and first_day(work.date) > as_of


def _unique(items: Sequence[NoteItem]) -> list[NoteItem]:
    return list({item.identity: item for item in reversed(items)}.values())[::-1]
