# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a public figure, a day or a list read inside a sentence?

Takes     a figure, a day that may be reduced, names.
Gives     words: ten minste 500.000 ton per jaar; op 19 december 2024; A, B en C.
Leaves    tables and charts, where units stand in the head of a column, to `letter`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from maatwerkbank.dossier.publication.publication import Figure
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.sources.citation import MONTHS

SPACE = "\N{NO-BREAK SPACE}"
NOT_PUBLIC = Text(nl="een bedrag dat niet openbaar is", en="an amount that is not public")
BOUNDS: Mapping[str, Text] = MappingProxyType(
    {
        "at_least": Text(nl="ten minste {0}", en="at least {0}"),
        "at_most": Text(nl="ten hoogste {0}", en="at most {0}"),
        "about": Text(nl="ongeveer {0}", en="about {0}"),
    }
)
UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "t/year": Text(nl="{0} ton per jaar", en="{0} tonnes a year"),
        "t": Text(nl="{0} ton", en="{0} tonnes"),
        "EUR": Text(nl="{0} euro", en="{0} euro"),
        "firms": Text(nl="{0}", en="{0}"),
        "fraction": Text(nl="{0}%", en="{0}%"),
    }
)
RANGE = Text(nl="{0} tot {1}", en="{0} to {1}")
MILLION = Text(nl=f"{{0}}{SPACE}miljoen", en=f"{{0}}{SPACE}million")
SMALL: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "nl": (
            *("geen", "één", "twee", "drie", "vier", "vijf", "zes"),
            *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
        ),
        "en": (
            *("no", "one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
    }
)
_TO_DUTCH = str.maketrans(",.", ".,")


def figure_in_words(figure: Figure, language: Language) -> str:
    r"""The figure with its bound and its unit.

    >>> from maatwerkbank.dossier.publication.publication import Origin
    >>> told = Figure("a.co2.jloi.gross", "a", "co2", NOT_PUBLIC, 5e5, 5e5, "t/year",
    ...               Origin("source", "b"), bound="at_least")
    >>> figure_in_words(told, "nl"), figure_in_words(told, "en")
    ('ten minste 500.000 ton per jaar', 'at least 500,000 tonnes a year')
    """
    if figure.low is None or figure.high is None:
        return NOT_PUBLIC.into(language)
    scale = 100 if figure.unit == "fraction" else 1
    low, high = figure.low * scale, figure.high * scale
    if low == high:
        amount = _amount(low, language)
    else:
        both_in_millions = max(low, high) >= 1e6
        ends = (low / 1e6, high / 1e6) if both_in_millions else (low, high)
        shown = [_plain(end, language) for end in ends]
        amount = RANGE.into(language).format(*shown)
        if both_in_millions:
            amount = MILLION.into(language).format(amount)
    unit = UNITS.get(figure.unit, Text(nl=f"{{0}} {figure.unit}", en=f"{{0}} {figure.unit}"))
    said = unit.into(language).format(amount)
    return BOUNDS[figure.bound].into(language).format(said) if figure.bound else said


def _amount(value: float, language: Language) -> str:
    if abs(value) < 1e6:
        return _plain(value, language)
    return MILLION.into(language).format(_plain(value / 1e6, language))


def _plain(value: float, language: Language) -> str:
    """Grouped digits with at most three decimals, and no more than the number has."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(_TO_DUTCH) if language == "nl" else text


def day_in_words(day: str, language: Language) -> str:
    """A day that may be reduced, with its preposition.

    >>> day_in_words("2024-12-19", "nl"), day_in_words("2024-10", "nl"), day_in_words("2021", "en")
    ('op 19 december 2024', 'in oktober 2024', 'in 2021')
    """
    year, *rest = day.split("-")
    if not rest:
        return f"in {year}"
    month = MONTHS[language][int(rest[0]) - 1]
    if len(rest) == 1:
        return f"in {month} {year}"
    return f"{'op' if language == 'nl' else 'on'} {int(rest[1])} {month} {year}"


def enumerated(names: Sequence[str], language: Language) -> str:
    """Names as one enumeration; with semicolons where a name holds a comma.

    >>> enumerated(["A"], "nl"), enumerated(["A", "B", "C"], "nl"), enumerated(["A", "B"], "en")
    ('A', 'A, B en C', 'A and B')
    """
    if len(names) < 2:
        return "".join(names)
    joint = "en" if language == "nl" else "and"
    if any(", " in name for name in names):
        return f"{'; '.join(names[:-1])}; {joint} {names[-1]}"
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def count_in_words(number: int, language: Language) -> str:
    """A count: in letters up to and including twelve, as ministries write it.

    >>> count_in_words(1, "nl"), count_in_words(12, "en"), count_in_words(13, "nl")
    ('één', 'twelve', '13')
    """
    words = SMALL[language]
    return words[number] if number < len(words) else str(number)
