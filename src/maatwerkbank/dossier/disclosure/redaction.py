# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a text once certain words have been taken out of it?

Takes     a text, and the words that stay out, each with the ground on which.
Gives     a new text in which every occurrence of those words is gone and the number of the ground
          stands in its place; what was taken out, and what could not be found.
Leaves    reading a file to `letter.document_text`, the new document to
          `letter.redacted_document`. Nothing is painted over: what is out, is not there.

Words are found as people read them. Capitals, accents, ligatures, signs that cannot be seen,
hyphens and white space make no difference; so `uitstoot` is also found where a line breaks it.
Words are taken out wherever they occur, not only where somebody pointed at. Rather a word too many
than one too few; where words stand within a longer word, a person has to look.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from maatwerkbank.dossier.disclosure.grounds import mark_of
from maatwerkbank.dossier.disclosure.work_list import JudgedPassage

HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\N{HYPHENATION POINT}")

UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me"})
"""Signs that are not looked at: accents, and what steers the writing."""


@dataclass(frozen=True)
class Taken:
    """A stretch of the old text that is not in the new one, and the grounds for it."""

    start: int
    end: int
    grounds: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What stands in its place, such as `[5.1.2.e]`."""
        return f"[{', '.join(mark_of(each) for each in self.grounds)}]"


@dataclass(frozen=True)
class Redacted:
    """The new text.

    `not_found`: ids of passages whose words are not in the old one; `inside`: ids of those whose
    words also stand within longer words, which were left as they are.
    """

    text: str
    taken: tuple[Taken, ...]
    not_found: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


def redacted(text: str, passages: Iterable[JudgedPassage]) -> Redacted:
    """The text without the words of the passages that are withheld.

    >>> from maatwerkbank.dossier.disclosure.work_list import JudgedPassage
    >>> redacted("Kosten: 12 mln.", [JudgedPassage("a", "12 MLN", ground="financieel_belang")]).text
    'Kosten: [5.1.2.b].'
    """
    reading = _Reading(text)
    found: list[Taken] = []
    missed: list[str] = []
    inside: list[str] = []
    for each in (each for each in passages if each.withheld):
        whole, within = reading.places_of(each.words)
        found += [Taken(start, end, (each.ground,)) for start, end in whole]
        if not whole:
            missed.append(each.id)
        if within:
            inside.append(each.id)
    taken = _joined(found)
    return Redacted(_without(text, taken), taken, tuple(missed), tuple(inside))


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, as people read it: from and until, in characters."""
    return _Reading(text).places_of(words)[0]


def _joined(found: Iterable[Taken]) -> tuple[Taken, ...]:
    """Stretches that overlap or touch become one, with the grounds of each."""
    joined: list[Taken] = []
    for each in sorted(found, key=lambda taken: (taken.start, taken.end)):
        if joined and each.start < joined[-1].end:
            last = joined[-1]
            grounds = tuple(dict.fromkeys((*last.grounds, *each.grounds)))
            joined[-1] = Taken(last.start, max(last.end, each.end), grounds)
        else:
            joined.append(each)
    return tuple(joined)


def _without(text: str, taken: Sequence[Taken]) -> str:
    kept: list[str] = []
    after = 0
    for each in taken:
        kept += [text[after : each.start], each.mark]
        after = each.end
    return "".join([*kept, text[after:]])


class _Reading:
    """A text as people read it, and for each of its signs where that came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        signs: list[tuple[str, int]] = []
        for place, character in enumerate(text):
            signs += [(sign, place) for sign in _read(character)]
        self.signs = "".join(sign for sign, _ in signs)
        self.origins = [place for _, place in signs]

    def places_of(self, words: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Where the words stand as whole words; and where within longer ones, as `an` in `plan`."""
        wanted = _signs_of(words)
        whole: list[tuple[int, int]] = []
        within: list[tuple[int, int]] = []
        at = self.signs.find(wanted) if wanted else -1
        while at >= 0:
            last = at + len(wanted) - 1
            start, end = self.origins[at], self.origins[last] + 1
            while end < len(self.text) and unicodedata.combining(self.text[end]):
                end += 1  # an accent belongs to the letter before it
            # A character such as a ligature reads as more than one sign.
            cut = start in self.origins[max(at - 1, 0) : at] or (
                self.origins[last] in self.origins[last + 1 : last + 2]
            )
            kept = within if cut or self._runs_on(wanted, start, end) else whole
            kept.append((start, end))
            at = self.signs.find(wanted, at + 1)
        return whole, within

    def _runs_on(self, wanted: str, start: int, end: int) -> bool:
        before = self.text[start - 1] if start else ""
        after = self.text[end] if end < len(self.text) else ""
        return (before.isalnum() and wanted[0].isalnum()) or (
            after.isalnum() and wanted[-1].isalnum()
        )


def _signs_of(words: str) -> str:
    return "".join(_read(each) for each in words)


@cache
def _read(character: str) -> str:
    """The signs of a character: none for white space, hyphens and what cannot be seen."""
    if character in HYPHENS or character.isspace():
        return ""
    small = unicodedata.normalize("NFKD", character).casefold()
    signs = unicodedata.normalize("NFKD", small)
    return "".join(
        sign
        for sign in signs
        if unicodedata.category(sign) not in UNSEEN and sign not in HYPHENS and not sign.isspace()
    )
