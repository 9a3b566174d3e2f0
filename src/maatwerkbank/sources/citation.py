# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How is a source cited in one line of text, in Dutch or in English?

Takes a `Source` and, where known, the place in it (article, page, heading); gives plain text with
how the source was seen, and its address. Leaves out any mark-up: pages and letters add their own.
"""

from datetime import date as date_of
from typing import Literal

from maatwerkbank.sources.register import Seen, Source

Language = Literal["nl", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
UNDATED: dict[Language, str] = {"nl": "zonder datum", "en": "undated"}
SEEN: dict[Language, dict[Seen, str]] = {
    "nl": {
        Seen.OFFICIAL: "officieel",
        Seen.PRESS: "pers",
        Seen.DERIVED: "afgeleid",
        Seen.UNVERIFIED: "niet geverifieerd",
        Seen.DATABASE: "databank",
    },
    "en": {
        Seen.OFFICIAL: "official",
        Seen.PRESS: "press",
        Seen.DERIVED: "derived",
        Seen.UNVERIFIED: "unverified",
        Seen.DATABASE: "database",
    },
}


def citation(source: Source, place: str | None = None, language: Language = "nl") -> str:
    """One line: publisher, title, place, date, how it was seen, address.

    Examples
    --------
    >>> law = Source("wbm", "Wet X", "Wettenbank", "2025-01", None, Seen.OFFICIAL)
    >>> citation(law, "art. 71p")
    'Wettenbank, Wet X, art. 71p, januari 2025 (officieel)'
    >>> citation(law, language="en")
    'Wettenbank, Wet X, January 2025 (official)'
    """
    parts = [source.publisher, source.title]
    if place:
        parts.append(" ".join(place.split()))
    parts.append(_spoken_date(source.date, language))
    line = f"{', '.join(parts)} ({SEEN[language][source.seen]})"
    return f"{line}, {source.url}" if source.url else line


def spoken_day(day: date_of, language: Language) -> str:
    """A day in words.

    >>> spoken_day(date_of(2025, 6, 30), "nl")
    '30 juni 2025'
    """
    return _spoken_date(day.isoformat(), language)


def _spoken_date(date: str | None, language: Language) -> str:
    """`2025-06-30` → `30 juni 2025`, `2025-06` → `juni 2025`, `2025` → `2025`."""
    if date is None:
        return UNDATED[language]
    year, *rest = date.split("-")
    month = [MONTHS[language][int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join([*day, *month, year])
