# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How is a value of a text spelled, checked and told?

Takes     plain values as JSON knows them, and the kind of field.
Gives     words for the text of an agreement: whole figures, with their unit; findings on a value
          that does not suit its kind.
Leaves    short figures (kt, millions) to the pages: a contract gives them whole.

A value is a number (euros, tonnes a year, a year), a day as ISO 8601, a text, `{nl, en}` for words
in two languages, or a list of texts.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text

Value = Any
"""None, a number, a text, `{"nl": …, "en": …}`, or a list of texts: what JSON can hold."""

UNITS: Mapping[str, Text] = {
    "eur": Text(nl="EUR", en="EUR"),
    "tonnes_gross": Text(nl="t CO2e per jaar, bruto", en="t CO2e a year, gross"),
    "tonnes_additional": Text(nl="t CO2e per jaar, additioneel", en="t CO2e a year, additional"),
}
_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
        *("september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
}
_FULL_STOP = re.compile(r"(?<![A-Z])\.$")
SPACE = "\N{NO-BREAK SPACE}"
FIRST_YEAR, LAST_YEAR = 1990, 2100


def value_in_words(kind: str, value: Value, language: Language) -> str:
    r"""A value as the text of an agreement says it.

    >>> value_in_words("eur", 185000000, "nl"), value_in_words("tonnes_gross", 420000, "en")
    ('€\xa0185.000.000', '420,000\xa0tonnes of CO2 equivalent a year')
    >>> value_in_words("list", ["een boiler", "een leiding", "een pomp"], "nl")
    'een boiler; een leiding; en een pomp'
    """
    if kind == "eur":
        return f"€{SPACE if language == 'nl' else ''}{_whole(value, language)}"
    if kind in ("tonnes_gross", "tonnes_additional"):
        unit = {"nl": "ton CO2-equivalent per jaar", "en": "tonnes of CO2 equivalent a year"}
        return f"{_whole(value, language)}{SPACE}{unit[language]}"
    if kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
    if kind == "list":
        return _listed([_open_ended(_said(each, language)) for each in value], language)
    return _open_ended(_said(value, language))


def _listed(items: list[str], language: Language) -> str:
    last = Text(nl="en", en="and").into(language)
    if len(items) < 3:
        return f" {last} ".join(items)
    return f"{'; '.join(items[:-1])}; {last} {items[-1]}"


def _open_ended(text: str) -> str:
    """Without its full stop, for the sentence goes on; that of a name (N.V.) stays."""
    return _FULL_STOP.sub("", text.strip())


def lacks_of_value(place: str, kind: str, value: Value) -> tuple[Finding, ...]:
    """What is wrong with a value for a field of that kind: nothing, or one finding."""
    expected = _EXPECTED[kind]
    if _suits(kind, value):
        return ()
    found = Text(nl="niets", en="nothing") if value in (None, "", []) else str(value)
    remedy = Text(nl="vul dit aan", en="complete this")
    return (Finding("error", "draft.value", place, expected, found, remedy),)


_EXPECTED: Mapping[str, Text] = {
    "eur": Text(nl="een bedrag in euro, nul of meer", en="an amount in euros, nought or more"),
    "tonnes_gross": Text(nl="tonnen per jaar, nul of meer", en="tonnes a year, nought or more"),
    "tonnes_additional": Text(
        nl="tonnen per jaar, nul of meer", en="tonnes a year, nought or more"
    ),
    "year": Text(
        nl=f"een jaar tussen {FIRST_YEAR} en {LAST_YEAR}",
        en=f"a year from {FIRST_YEAR} to {LAST_YEAR}",
    ),
    "date": Text(nl="een datum", en="a date"),
    "list": Text(nl="ten minste één regel", en="at least one line"),
    "words": Text(nl="een tekst", en="a text"),
    "party": Text(nl="een naam", en="a name"),
}


def _suits(kind: str, value: Value) -> bool:
    if kind in UNITS:
        return _is_number(value) and value >= 0
    if kind == "year":
        return _is_number(value) and FIRST_YEAR <= value <= LAST_YEAR
    if kind == "date":
        return isinstance(value, str) and _is_day(value)
    if kind == "list":
        return isinstance(value, list) and bool(value) and all(_has_words(each) for each in value)
    return _has_words(value)


def _is_number(value: Value) -> bool:
    finite = isinstance(value, int | float) and not isinstance(value, bool)
    return finite and abs(value) < 1e15


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _has_words(value: Value) -> bool:
    if isinstance(value, Mapping):
        return bool(str(value.get("nl", "")).strip())
    return isinstance(value, str) and bool(value.strip())


def _said(value: Value, language: Language) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("nl", ""))
    return str(value)


def _whole(value: float, language: Language) -> str:
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return shown.translate(str.maketrans(",.", ".,")) if language == "nl" else shown
