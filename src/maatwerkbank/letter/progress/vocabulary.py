# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of the letter by key and language, in the number that a count asks for.

Takes     a key of words.yaml, a count where the text has forms, what is filled in.
Gives     the sentence.
Leaves    which sentence goes where to the parts.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maatwerkbank.dossier.publication.in_words import day_in_words
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.words import capitalised
from maatwerkbank.sources.citation import MONTHS

# What is filled in may begin a sentence; the name of a firm keeps the letters that it has.
BEGINS = ("{n}", "{day}", "{made}", "{to}", "{text}", "{list}")
RECENT_DAYS = 120  # a day of this year that is not longer ago is written without its year


@cache
def _words() -> dict[str, Any]:
    text = (files(__package__) / "words.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def said(key: str, language: Language, *, count: int | None = None, **filled: object) -> str:
    """The text under `key`; of a text with forms `none`, `one`, `many` the one for `count`.

    >>> said("heading.summary", "nl")
    'Samenvatting'
    """
    text = _words()[key][language]
    if isinstance(text, dict):
        form = "none" if count == 0 and "none" in text else "one" if count == 1 else "many"
        text = text[form]
    shown = str(text).format_map(filled) if filled else str(text)
    return capitalised(shown) if str(text).startswith(BEGINS) else shown


def has(key: str) -> bool:
    """Whether there is a text under `key`."""
    return key in _words()


def day_then(day: str, as_of: date, language: Language) -> str:
    """A day as a letter of `as_of` writes it: a recent one without its year.

    >>> today = date(2025, 6, 30)
    >>> day_then("2025-06-23", today, "nl"), day_then("2024-12-19", today, "nl")
    ('op 23 juni jl.', 'op 19 december 2024')
    """
    if len(day) == len("2025-06-23"):
        then = date.fromisoformat(day)
        if then.year == as_of.year and 0 < (as_of - then).days <= RECENT_DAYS:
            month = MONTHS[language][then.month - 1]
            return f"op {then.day} {month} jl." if language == "nl" else f"on {then.day} {month}"
    return day_in_words(day, language)
