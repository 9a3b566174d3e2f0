# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of the numbers of a dossier of the House, and of its sessions?

Takes     papers.yaml: numbers with their day and source.
Gives     marks per dossier; the session of a day; the highest number that a day can have.
Leaves    what is said of a reference that does not fit to `doubts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from maatwerkbank.sources.register import source

# A dossier that was quiet can become busy. Three times its pace so far, and ten papers on top, is
# what we allow before a number is doubted; a pace is not read from less than ninety days.
BUSIER, SPARE, ENOUGH = 3.0, 10, timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Mark:
    """A paper whose number and day are known."""

    number: int
    on: date


Known = Mapping[str, tuple[Mark, ...]]


@cache
def known_papers() -> Known:
    """Per dossier the papers that a source dates, by number.  Raises UnknownSource."""
    text = (files(__package__) / "papers.yaml").read_text("utf-8")
    found: dict[str, tuple[Mark, ...]] = {}
    for dossier, rows in yaml.load(text, yaml.CSafeLoader).items():
        for row in rows:
            source(row["source"])
        found[dossier] = tuple(Mark(row["number"], row["day"]) for row in rows)
    return MappingProxyType(found)


def session_of(day: date) -> str:
    """The session of the House on that day: it begins on the third Tuesday of September.

    >>> session_of(date(2025, 6, 30)), session_of(date(2025, 9, 16))
    ('2024-2025', '2025-2026')
    """
    begins = date(day.year, 9, 15)
    begins += timedelta(days=(1 - begins.weekday()) % 7)
    first = day.year if day >= begins else day.year - 1
    return f"{first}-{first + 1}"


def sessions_of(number: int, marks: tuple[Mark, ...]) -> tuple[str | None, str | None]:
    """The first and the last session in which a paper of that number can have come out."""
    before = [mark for mark in marks if mark.number <= number]
    after = [mark for mark in marks if mark.number >= number]
    return (
        session_of(before[-1].on) if before else None,
        session_of(after[0].on) if after else None,
    )


def highest_on(day: date, marks: tuple[Mark, ...]) -> int | None:
    """The highest number that a paper can have on that day; None where too little is known."""
    later = [mark.number for mark in marks if mark.on > day]
    if later:
        return min(later)
    if not marks or marks[-1].on - marks[0].on < ENOUGH:
        return None
    first, last = marks[0], marks[-1]
    pace = (last.number - first.number) / (last.on - first.on).days
    return last.number + SPARE + round(BUSIER * pace * (day - last.on).days)


def lowest_on(day: date, marks: tuple[Mark, ...]) -> int | None:
    """The lowest number that a paper of that very day can have; None where nothing is known."""
    earlier = [mark.number for mark in marks if mark.on < day]
    return max(earlier) if earlier else None
