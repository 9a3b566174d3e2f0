# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How and since when a firm is no longer in the running track, in words.

Takes     an exit of the register.
Gives     text: stopped, door open, known by 30 June 2025.
Leaves    the reasons to the register.
"""

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.words import word
from maatwerkbank.portfolio.register import Exit


def exit_label(left: Exit, language: Language) -> str:
    """The kind of exit and its day; where the day is not public, by when it was known."""
    return f"{word(f'exit.{left.kind}', language)}, {_when(left, language)}"


def _when(left: Exit, language: Language) -> str:
    if left.date:
        return day(left.date, language)
    known_by = day(left.known_by, language) if left.known_by else word("not_stated", language)
    return word("exit.known_by", language, day=known_by)
