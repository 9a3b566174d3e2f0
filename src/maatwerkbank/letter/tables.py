# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of figures by year or by item, that stand beside a chart.

Takes     figures that were judged, and a unit.
Gives     cells and rows; a short mark where a figure cannot be judged, told in the caption.
Leaves    which figures stand in a table to the module of its chart.
"""

from collections.abc import Callable, Iterable
from typing import Literal

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Row
from maatwerkbank.letter.numbers import number
from maatwerkbank.letter.words import word
from maatwerkbank.plant.quantities import Floats

Series = Callable[[Outcome], Floats]
_MILLION_EUROS = 1e6


def cell(value: float | None, unit: float, language: Language) -> str:
    """A figure; where it cannot be judged a short mark, which `caption` explains."""
    if value is None:
        return word("not_judged", language)
    return number(value / unit, language, 1)


def caption(key: str, judged: Iterable[Iterable[float | None]], language: Language) -> str:
    """The caption of a table, with what the short mark means where the table holds one."""
    named = word(key, language)
    if any(value is None for values in judged for value in values):
        return f"{named}; {word('not_judged_means', language)}"
    return named


def money_row(
    label: str,
    values: Iterable[float | None],
    language: Language,
    style: Literal["plain", "total"] = "plain",
) -> Row:
    """Amounts in millions, with what they are. [eur] -> [mln eur]"""
    cells = ((cell(value, _MILLION_EUROS, language),) for value in values)
    return Row(((label,), *cells), style=style)
