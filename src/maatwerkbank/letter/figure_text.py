# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a public figure read in a cell, and where in a text does one stand?

Takes     a figure of a publication, an amount with its unit, a text with places for figures.
Gives     text: ten minste 500 kt per jaar; € 185 mln; 10% tot 50%. Unknown is said, never a zero.
Leaves    a figure inside a sentence to `dossier.publication.in_words`.
"""

from collections.abc import Iterator

from maatwerkbank.dossier.publication.filling import SLOT
from maatwerkbank.dossier.publication.in_words import NOT_PUBLIC
from maatwerkbank.dossier.publication.publication import Figure, Publication
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.names import unit_label
from maatwerkbank.letter.numbers import SPACE, euros, ratio, stated, tonnes
from maatwerkbank.letter.words import word

PER_YEAR = "/year"


def figure_text(figure: Figure, language: Language) -> str:
    """The value with its unit and bound; a range where its ends differ."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return word("not_stated", language)
    if low is None or high is None:
        known = low if low is not None else high
        bound = "at_least" if high is None else "at_most"
        return word(f"bound.{bound}", language, value=amount_text(known, figure.unit, language))
    if low != high:
        ends = (amount_text(end, figure.unit, language) for end in (low, high))
        return word("text.range", language, **dict(zip(("low", "high"), ends, strict=True)))
    value = amount_text(low, figure.unit, language)
    return word(f"bound.{figure.bound}", language, value=value) if figure.bound else value


def amount_text(value: float | None, unit: str, language: Language) -> str:
    r"""One amount in a unit, as a reader can hold it.

    >>> amount_text(500_000, "t/year", "nl"), amount_text(1.85e8, "EUR", "en")
    ('500\xa0kt\xa0per\xa0jaar', '€185\xa0million')
    >>> amount_text(0.7, "fraction", "nl"), amount_text(13, "1", "nl"), amount_text(None, "t", "en")
    ('70%', '13', 'not stated')
    """
    if value is None:
        return word("not_stated", language)
    bare, per = (unit.removesuffix(PER_YEAR), True) if unit.endswith(PER_YEAR) else (unit, False)
    if bare in {"t", "EUR"}:
        text = tonnes(value, language) if bare == "t" else euros(value, language)
        if not per:
            return text
        every = f"{word('unit.per', language)} {word('unit.year', language)}"
        return f"{text}{SPACE}{every.replace(' ', SPACE)}"
    if unit == "fraction":
        return ratio(value, language)
    if unit == "1":
        return stated(value, language)
    return f"{stated(value, language)}{SPACE}{unit_label(unit, language)}"


def pieces(text: Text, publication: Publication, language: Language) -> Iterator[str | Figure]:
    """The text in pieces: words, and in place of each `{figure id}` that figure.

    A figure that is not public, or no longer, leaves the words that say so.
    """
    said, end = text.into(language), 0
    for found in SLOT.finditer(said):
        yield said[end : found.start()]
        yield publication.figures.get(found[1]) or NOT_PUBLIC.into(language)
        end = found.end()
    yield said[end:]
