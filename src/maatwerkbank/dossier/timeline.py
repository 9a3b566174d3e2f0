# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""When was it to be done, when is it expected now, and how far has it slipped?

Takes     milestones with a planned date, every forecast ever made, and the actual date.
Gives     the date that counts, the slip in days, and whether it is late on a given day.
Leaves    what hangs on a late milestone (tonnes and euros at risk) to the promises.

Six things run beside one another in one case; a forecast is never overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as day
from types import MappingProxyType

from maatwerkbank.ground.language import Text

PARALLEL_TRACKS: Mapping[str, Text] = MappingProxyType(
    {
        "co2_plan": Text(nl="CO2-plan", en="CO2 plan"),
        "permits": Text(nl="Vergunningen en stikstof", en="Permits and nitrogen"),
        "infrastructure": Text(nl="Infrastructuur", en="Infrastructure"),
        "finance_and_aid": Text(nl="Geld en staatssteun", en="Finance and State aid"),
        "living_environment": Text(nl="Leefomgeving", en="Living environment"),
        "parent_decision": Text(nl="Besluit van het moederbedrijf", en="Decision of the parent"),
    }
)


@dataclass(frozen=True)
class Forecast:
    """When somebody expected it, said on a day and with a reason."""

    date: day
    said_on: day
    by: str
    because: str


@dataclass(frozen=True)
class Milestone:
    """One dated point on one of the parallel tracks."""

    id: str
    track: str
    label: Text
    planned: day | None
    forecasts: tuple[Forecast, ...] = ()
    actual: day | None = None

    @property
    def forecast(self) -> Forecast | None:
        """The last forecast: the one said last, and of those said on one day the last in order."""
        said = None
        for each in self.forecasts:
            if said is None or each.said_on >= said.said_on:
                said = each
        return said

    @property
    def expected(self) -> day | None:
        """The date that counts: actual, else the last forecast, else planned."""
        if self.actual is not None:
            return self.actual
        return self.forecast.date if self.forecast else self.planned

    @property
    def slip_days(self) -> int | None:
        """How many days later than planned; negative when earlier; None without a plan or date."""
        if self.planned is None or self.expected is None:
            return None
        return (self.expected - self.planned).days

    def slips(self) -> tuple[int, ...]:
        """The slip in days that each forecast made, in the order in which they were said."""
        if self.planned is None:
            return ()
        in_order = sorted(self.forecasts, key=lambda each: each.said_on)
        return tuple((each.date - self.planned).days for each in in_order)

    def is_late(self, on: day) -> bool:
        """Whether it was done after its plan, is expected to be, or is due and not done."""
        if self.planned is None:
            return False
        if self.actual is not None:
            return self.actual > self.planned
        return self.planned < on or (self.slip_days or 0) > 0
