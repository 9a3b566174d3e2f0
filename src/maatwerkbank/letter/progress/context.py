# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every part of the letter knows, and how it says a sentence.

Takes     a publication, an earlier one or none, a language.
Gives     sentences with their names enumerated and their figures counted.
Leaves    what to say to the parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from maatwerkbank.dossier.publication.filling import filled_text
from maatwerkbank.dossier.publication.in_words import count_in_words, enumerated
from maatwerkbank.dossier.publication.publication import Origin, ProgrammeFact, Publication
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.progress.groups import counts, grouped
from maatwerkbank.letter.progress.model import Cite, Count, Sentence
from maatwerkbank.letter.progress.notes import cite, paper
from maatwerkbank.letter.progress.vocabulary import day_then, said
from maatwerkbank.portfolio.register import CompanyState

# As the register of Parliament names whom a commitment was made to, and how a sentence does.
_TO_DUTCH = {"Tweede Kamer": "de Tweede Kamer", "Eerste Kamer": "de Eerste Kamer"}
_TO_ENGLISH = {"Tweede Kamer": "the House of Representatives", "Eerste Kamer": "the Senate"}
_MEMBER = "het lid "


@dataclass(frozen=True)
class Context:
    """The letter that is being made."""

    publication: Publication
    before: Publication | None
    language: Language

    @property
    def as_of(self) -> date:
        """The day of the letter."""
        return self.publication.as_of

    @cached_property
    def groups(self) -> Mapping[str, tuple[CompanyState, ...]]:
        """The firms of every group."""
        return grouped(self.publication.register)

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """What was counted, by id."""
        return counts(self.publication.register)

    def firms(self, identities: Iterable[str]) -> tuple[CompanyState, ...]:
        """Firms by id, in the order of the register."""
        wanted = set(identities)
        return tuple(each for each in self.publication.register if each.id in wanted)

    def say(
        self,
        key: str,
        about: str,
        *,
        firms: Sequence[CompanyState] = (),
        count: int | None = None,
        cites: Iterable[Cite] = (),
        figures: tuple[str, ...] = (),
        counted: tuple[str, ...] = (),
        **filled: object,
    ) -> Sentence:
        """The text under `key`; `{names}` are those of `firms`, `{n}` their number in words."""
        number = len(firms) if count is None else count
        parts: dict[str, object] = {
            "names": self.enumerated(each.name for each in firms),
            "n": self.number(number),
            **filled,
        }
        return Sentence(
            said(key, self.language, count=number, **parts),
            about,
            tuple(cites),
            figures,
            counted,
            tuple(each.id for each in firms),
        )

    def told(self, fact: ProgrammeFact) -> Sentence:
        """A fact about the approach as a whole, its figures filled in."""
        text = filled_text(fact.text, self.publication, self.language, place=f"programme.{fact.id}")
        papers = tuple(paper(each) for each in fact.papers)
        return Sentence(
            text.text,
            f"programme.{fact.id}",
            papers or origin_cites(fact.origin),
            text.figures,
            (),
            fact.firms,
        )

    # ── words ──

    def into(self, text: Text) -> str:
        """A text in the language of the letter."""
        return text.into(self.language)

    def enumerated(self, names: Iterable[str]) -> str:
        """Names as one enumeration."""
        return enumerated(list(names), self.language)

    def number(self, count: int) -> str:
        """A count as a letter writes it."""
        return count_in_words(count, self.language)

    def day(self, when: date | str) -> str:
        """A day with its preposition; a recent one without its year."""
        return day_then(str(when), self.as_of, self.language)

    def bare_day(self, when: date | str) -> str:
        """A day in full, without preposition."""
        return day(str(when), self.language)

    def whom(self, to: str) -> str:
        """To whom a commitment was made, as a sentence names it."""
        if self.language == "nl":
            return _TO_DUTCH.get(to, to)
        if to.startswith(_MEMBER):
            return f"the member {to.removeprefix(_MEMBER)}"
        return _TO_ENGLISH.get(to, to)


def origin_cites(origin: Origin) -> tuple[Cite, ...]:
    """The source of a figure or a paper; a run or a register is no work to cite."""
    return (cite(origin.identity),) if origin.kind == "source" else ()
