# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which reports does the agreement ask, over which period, and by when?

Takes     the first and the last year, how often, and how long after the period a report is due.
Gives     every period with its due date; whether one is early, late or in.
Leaves    what is in a report to `report`.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

MONTHS_IN_A_YEAR = 12
FREQUENCIES: Mapping[str, tuple[int, Text]] = MappingProxyType(
    {
        "year": (12, Text(nl="per jaar", en="every year")),
        "half_year": (6, Text(nl="per half jaar", en="every half year")),
        "quarter": (3, Text(nl="per kwartaal", en="every quarter")),
    }
)
STATES: Mapping[str, Text] = MappingProxyType(
    {
        "not_yet": Text(nl="periode loopt", en="period runs"),
        "open": Text(nl="aan te leveren", en="to be handed in"),
        "late": Text(nl="te laat", en="late"),
        "in": Text(nl="aangeleverd", en="handed in"),
        "in_late": Text(nl="te laat aangeleverd", en="handed in late"),
    }
)
LONGEST = 60  # years of reports


@dataclass(frozen=True)
class Period:
    """One period that is reported on."""

    key: str
    first: date
    last: date
    due: date

    @property
    def year(self) -> int:
        """The calendar year in which it lies."""
        return self.last.year

    @property
    def is_a_year(self) -> bool:
        """Whether it is a whole calendar year."""
        return self.key == str(self.year)

    @property
    def year_before(self) -> str:
        """The key of the same period one year earlier."""
        return f"{self.year - 1}{self.key[4:]}"

    def state(self, on: date, handed_in: date | None = None) -> str:
        """One of `STATES`."""
        if handed_in is not None:
            return "in_late" if handed_in > self.due else "in"
        if on > self.due:
            return "late"
        return "open" if on > self.last else "not_yet"


@dataclass(frozen=True)
class Schedule:
    """How often, and `months_after` the end of a period, on the last day of that month."""

    first_year: int
    last_year: int
    frequency: str = "year"
    months_after: int = 3


def periods_of(schedule: Schedule) -> tuple[Period, ...]:
    """Every period, the first first.

    >>> [(each.key, str(each.due)) for each in periods_of(Schedule(2027, 2028))]
    [('2027', '2028-03-31'), ('2028', '2029-03-31')]
    """
    length, _ = FREQUENCIES[schedule.frequency]
    return tuple(
        _period(year, number, length, schedule.months_after)
        for year in range(schedule.first_year, schedule.last_year + 1)
        for number in range(MONTHS_IN_A_YEAR // length)
    )


def lacks_of_schedule(schedule: Schedule) -> list[Finding]:
    """Why no reports follow from it: all of it."""
    found = []
    if schedule.frequency not in FREQUENCIES:
        found.append(_lack("frequency", ", ".join(FREQUENCIES), schedule.frequency))
    if not schedule.first_year <= schedule.last_year < schedule.first_year + LONGEST:
        expected = Text(
            nl=f"een jaar van {schedule.first_year} tot en met {schedule.first_year + LONGEST - 1}",
            en=f"a year from {schedule.first_year} to {schedule.first_year + LONGEST - 1}",
        )
        found.append(_lack("last_year", expected, str(schedule.last_year)))
    if not 0 < schedule.months_after <= MONTHS_IN_A_YEAR:
        months = Text(nl="1 tot 12 maanden", en="1 to 12 months")
        found.append(_lack("months_after", months, str(schedule.months_after)))
    return found


def _period(year: int, number: int, length: int, months_after: int) -> Period:
    first_month = number * length + 1
    last = _end_of_month(year, first_month + length - 1)
    mark = {12: "", 6: f"-H{number + 1}", 3: f"-Q{number + 1}"}[length]
    due = _end_of_month(year, first_month + length - 1 + months_after)
    return Period(f"{year}{mark}", date(year, first_month, 1), last, due)


def _end_of_month(year: int, month: int) -> date:
    """The last day of a month that may lie in a later year."""
    year, month = year + (month - 1) // MONTHS_IN_A_YEAR, (month - 1) % MONTHS_IN_A_YEAR + 1
    return date(year, month, monthrange(year, month)[1])


def _lack(place: str, expected: Text | str, found: str) -> Finding:
    remedy = Text(nl="pas dit aan", en="change this")
    return Finding("error", "schedule", place, expected, found, remedy)
