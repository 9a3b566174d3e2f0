# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates as documents give them: whole (2024-12-19) or reduced (2023-12, 2023), after ISO 8601.

Takes     text.
Gives     the first or last day of the period that the text names.
"""

import calendar
import re
from datetime import date

REDUCED = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def first_day(text: str) -> date:
    """The first day of the period: before it a thing dated 2023-12 has surely not happened.

    >>> first_day("2024-02").isoformat(), first_day("2023").isoformat()
    ('2024-02-01', '2023-01-01')
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """The last day of the period: a thing dated 2023-12 has surely happened on 2023-12-31.

    >>> last_day("2024-02").isoformat(), last_day("2023").isoformat()
    ('2024-02-29', '2023-12-31')
    """
    year, month, day = _parts(text)
    if month is None:
        return date(year, 12, 31)
    if day is None:
        return date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = REDUCED.match(text)
    if match is None:
        raise ValueError(f"'{text}' is not a date of the form 2024-12-19, 2024-12 or 2024")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None
