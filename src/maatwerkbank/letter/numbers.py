# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers as a Dutch or an English reader expects them; what cannot be judged is never a zero.

Takes     a number in house units, or None.
Gives     text: € 1,5 mld or €1.5 billion; 253 kt; 8%.
Leaves    which figure goes where to the reports.

A space that may not break stands between a number and its unit. Three figures are enough to read;
tables behind a chart give more, and the JSON gives all.
"""

import math
from typing import TYPE_CHECKING

from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.words import word
from maatwerkbank.sources.citation import MONTHS

if TYPE_CHECKING:
    from maatwerkbank.economics.spread import Judged

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_WHOLE_BELOW = 1e5  # [eur]: smaller amounts are given in full
# Digits are grouped as 1.234,5 in Dutch and 1,234.5 in English.
_TO_DUTCH = str.maketrans(",.", ".,")
D3_LOCALE: dict[Language, dict[str, object]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def number(value: float | None, language: Language, decimals: int = 0) -> str:
    """A bare number with so many decimals.

    >>> number(1234.5, "nl", 1), number(1234.5, "en", 1), number(None, "en")
    ('1.234,5', '1,234.5', 'cannot be judged')
    """
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    text = f"{abs(value):,.{decimals}f}"
    sign = MINUS if value < 0 and float(text.replace(",", "")) != 0 else ""
    return sign + (text.translate(_TO_DUTCH) if language == "nl" else text)


def stated(value: float, language: Language) -> str:
    """A number as somebody stated it: no more decimals than it has.

    >>> stated(3082022, "nl"), stated(0.0914, "nl"), stated(38.5, "en")
    ('3.082.022', '0,0914', '38.5')
    """
    shown = f"{value:.10f}".rstrip("0").rstrip(".")
    decimals = len(shown.partition(".")[2])
    if value != 0 and abs(value) < 1e-6:
        return f"{value:.3g}".replace(".", "," if language == "nl" else ".").replace("-", MINUS)
    return number(value, language, min(decimals, 6))


def _short(value: float, language: Language) -> str:
    """Three figures, without trailing zeros after the mark."""
    size = abs(value)
    decimals = 0 if size >= 99.95 else 1 if size >= 9.995 else 2
    text = number(value, language, decimals)
    mark = "," if language == "nl" else "."
    return text.rstrip("0").rstrip(mark) if mark in text and decimals else text


def _scaled(size: float, steps: tuple[float, ...]) -> int:
    """Which step a size reaches, after the rounding that it will get: 999.9 mln is 1 mld."""
    reached = [n for n, step in enumerate(steps) if size >= step * 0.9995]
    return reached[-1] if reached else -1


def euros(value: float | None, language: Language) -> str:
    r"""An amount in words that a reader can hold.

    >>> euros(-186_193_343.3, "nl"), euros(1.25e9, "en"), euros(None, "nl")
    ('−€\xa0186\xa0mln', '€1.25\xa0billion', 'niet te beoordelen')
    """
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    steps = (1e6, 1e9)
    reached = max(_scaled(abs(value), steps), 0)
    sign = MINUS if value <= -0.5 else ""
    symbol = f"€{SPACE}" if language == "nl" else "€"
    if abs(value) < _WHOLE_BELOW:
        return f"{sign}{symbol}{number(abs(value), language)}"
    name = word(("million", "billion")[reached], language)
    return f"{sign}{symbol}{_short(abs(value) / steps[reached], language)}{SPACE}{name}"


def unbroken(text: str) -> str:
    """The text with each minus sign tied to the euro sign after it: no line may end in between."""
    return text.replace(f"{MINUS}€", f"{MINUS}\N{WORD JOINER}€")


def millions(value: float | None, language: Language) -> str:
    """An amount in millions with one decimal, for a column that says so."""
    return number(None if value is None else value / 1e6, language, 1)


def tonnes(value: float | None, language: Language) -> str:
    r"""Tonnes of CO2e: t, kt or Mt.

    >>> tonnes(253_000, "nl"), tonnes(1_540_000, "nl"), tonnes(0, "en")
    ('253\xa0kt', '1,54\xa0Mt', '0\xa0t')
    """
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    steps = (1e3, 1e6)
    reached = _scaled(abs(value), steps)
    if reached < 0:
        return f"{number(value, language)}{SPACE}t"
    return f"{_short(value / steps[reached], language)}{SPACE}{('kt', 'Mt')[reached]}"


def ratio(value: float | None, language: Language) -> str:
    """A ratio as a percentage.

    >>> ratio(0.0914, "nl"), ratio(0.31, "en"), ratio(None, "en")
    ('9,1%', '31%', 'cannot be judged')
    """
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    percentage = value * 100
    whole = abs(percentage) >= 20 or abs(percentage - round(percentage)) < 0.05
    return f"{number(percentage, language, 0 if whole else 1)}%"


def euros_per_tonne(value: float | None, language: Language) -> str:
    """A cost per tonne in whole euros, small ones with cents."""
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    symbol = f"€{SPACE}" if language == "nl" else "€"
    amount = number(abs(value), language, 2 if 0 < abs(value) < 10 else 0)
    return f"{MINUS if value < 0 else ''}{symbol}{amount}"


def figure(key: str, value: float | None, language: Language) -> str:
    r"""A flat figure in the way that its key asks for: euros, tonnes, euros per tonne, a ratio.

    >>> figure("npv_eur", 2.5e6, "en"), figure("gross_2030_t", None, "en")
    ('€2.5\xa0million', 'cannot be judged')
    """
    for suffix, shown in (("_eur_per_t", euros_per_tonne), ("_eur", euros), ("_t", tonnes)):
        if key.endswith(suffix):
            return shown(value, language)
    return ratio(value, language)


def span(key: str, found: dict[str, float], language: Language) -> str:
    """A range of a flat figure: lowest to highest."""
    low, high = (figure(key, found[end], language) for end in ("low", "high"))
    return word("text.range", language, low=low, high=high)


def judged(key: str, found: "Judged", language: Language) -> str:
    """A value; its range where there is no value; else that it cannot be judged."""
    value, spread = found
    return span(key, spread, language) if value is None and spread else figure(key, value, language)


def day(text: str, language: Language) -> str:
    """A date that may be reduced, in words.

    >>> day("2025-06-30", "nl"), day("2023-12", "en")
    ('30 juni 2025', 'December 2023')
    """
    year, *rest = text.split("-")
    found = last_day(text)
    month = MONTHS[language][found.month - 1]
    return " ".join(
        [*([str(found.day)] if len(rest) == 2 else []), *([month] if rest else []), year]
    )
