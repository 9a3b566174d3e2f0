# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which day does a term in law end that would end in a weekend or on a holiday?

Takes     a day.
Gives     that day, or the first one after it that is no Saturday, Sunday or general holiday.
Leaves out days that are made equal to holidays by decree (art. 3(3)), such as the Friday after
           Ascension: those were not read, so a term may in truth end a day later, never earlier.

Source    Algemene termijnenwet, articles 1 and 3, as quoted (source `algemene-termijnenwet`); the
          day on which the birthday of the King is celebrated is 27 April, on a Sunday the day
          before.
"""

from datetime import date, timedelta
from functools import cache

A_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


def end_of_term(day: date) -> date:
    """The day itself, or the first working day after it.

    >>> end_of_term(date(2026, 4, 3)).isoformat()  # Good Friday, before Easter
    '2026-04-07'
    """
    while day.weekday() >= SATURDAY or day in general_holidays(day.year):
        day += A_DAY
    return day


@cache
def general_holidays(year: int) -> frozenset[date]:
    """The general holidays of a year, and Good Friday."""
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SUNDAY:
        kings_day -= A_DAY
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * A_DAY,  # Good Friday
            easter + A_DAY,
            kings_day,
            date(year, 5, 5),
            easter + 39 * A_DAY,  # Ascension
            easter + 50 * A_DAY,  # Whit Monday
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the anonymous algorithm, as Meeus gives it).

    >>> easter_sunday(2025).isoformat(), easter_sunday(2026).isoformat()
    ('2025-04-20', '2026-04-05')
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, of_leap = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - of_leap) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
