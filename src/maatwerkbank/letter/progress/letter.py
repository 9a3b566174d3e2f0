# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the cabinet tell Parliament of the tailored approach on a day?

Takes     a publication; an earlier one, to say what moved; a language.
Gives     a letter: sections, footnotes, counts, changes. One publication gives one letter.
Leaves    which sections there are to sections.yaml, their words to words.yaml, their facts to the
          parts, their looks to `office`, `markdown` and `as_data`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.progress import (
    annex,
    parts_firms,
    parts_parliament,
    parts_public,
    pictures,
)
from maatwerkbank.letter.progress.changes import Change, changes
from maatwerkbank.letter.progress.context import Context
from maatwerkbank.letter.progress.model import Block, Count, Note, Paragraph, Section, Sentence
from maatwerkbank.letter.progress.notes import numbered
from maatwerkbank.letter.progress.vocabulary import said

Part = Callable[[Context], Iterator[Block]]


@dataclass(frozen=True)
class ProgressLetter:
    """The whole letter. `sentences` are those of every paragraph, annexes included."""

    publication: Publication
    before: Publication | None
    language: Language
    title: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    counts: Mapping[str, Count]
    changes: tuple[Change, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in the order of the letter."""
        return tuple(
            each
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Paragraph)
            for each in block.sentences
        )


def progress_letter(
    publication: Publication, *, before: Publication | None = None, language: Language = "nl"
) -> ProgressLetter:
    """The letter of the day of `publication`; with `before` also what moved since then."""
    it = Context(publication, before, language)
    moved = changes(before, publication) if before else ()
    body = [section for told in _sections() if (section := _section(it, told))]
    sections, notes = numbered(
        [*body, *annex.firms(it), *annex.figures(it), *annex.changed(it, moved)],
        publication.as_of,
        language,
    )
    later = sum(item.later for note in notes for item in note.items)
    if later:
        sections = _with_reservation(sections, it.say("later", "letter.later", count=later))
    return ProgressLetter(
        publication=publication,
        before=before,
        language=language,
        title=said("title", language),
        sections=sections,
        notes=notes,
        counts=it.counts,
        changes=moved,
    )


def _section(it: Context, told: Mapping[str, Any]) -> Section | None:
    blocks = tuple(block for name in told["parts"] for block in _part(name)(it))
    if not blocks:
        return None
    heading = said(f"heading.{told['heading']}", it.language) if told["heading"] else None
    return Section(told["id"], heading, 1, blocks)


def _with_reservation(sections: tuple[Section, ...], reservation: Sentence) -> tuple[Section, ...]:
    """With one thing more that holds for the whole letter, after the opening."""
    opening, *others = sections
    blocks = (*opening.blocks, Paragraph((reservation,), "note"))
    return replace(opening, blocks=blocks), *others


def _part(name: str) -> Part:
    kind, _, topic = name.partition(":")
    if kind == "told":
        return partial(_told, topic=topic)
    return PARTS[name]


def _told(it: Context, *, topic: str) -> Iterator[Block]:
    facts = it.publication.facts_on(topic)
    if facts:
        yield Paragraph(tuple(it.told(each) for each in facts))


PARTS: Mapping[str, Part] = {
    "salutation": parts_public.salutation,
    "opening": parts_public.opening,
    "reservations": parts_public.reservations,
    "steps": parts_firms.steps,
    "counted": parts_firms.counted,
    "named": parts_firms.named,
    "left": parts_firms.left,
    "chart:stages": pictures.stages,
    "chart:tonnes": pictures.tonnes,
    "standing": parts_firms.standing,
    "reasons": parts_firms.reasons,
    "attached": parts_public.attached,
    "waiting": parts_firms.waiting,
    "grants": parts_public.grants,
    "levy": parts_public.levy,
    "asked_for_cooperation": parts_parliament.asked_for_cooperation,
    "committee": parts_public.committee,
    "commitments": parts_parliament.commitments,
    "motions": parts_parliament.motions,
    "awaited": parts_firms.awaited,
    "due": parts_parliament.due,
    "closing": parts_public.closing,
    "signature": parts_public.signature,
}


@cache
def _sections() -> tuple[Mapping[str, Any], ...]:
    text = (files(__package__) / "sections.yaml").read_text("utf-8")
    return tuple(yaml.load(text, yaml.CSafeLoader))
