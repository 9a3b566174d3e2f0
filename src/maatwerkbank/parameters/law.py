# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law as it was known on one day, under one variant and one outlook.

Takes     a day of knowledge, a variant, an outlook.
Gives     the value of any parameter on any date, or yearly arrays of them, and remembers what
          was used so that a run can print and check it.
Leaves    what the law does with the values: that is `rules`.

Two time axes. A statement holds `valid from` dates and was `known from` a day. Of all enacted
statements known on the day, the latest one that speaks about the date prevails. Silence is an
error; an outlook fills it, visibly, with status `scenario` (METHOD §14).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import NoValueOnDate, ParameterError, RequiredValue
from maatwerkbank.ground.indexation import indexed
from maatwerkbank.ground.rounding import rounded_half_up
from maatwerkbank.parameters.files import (
    Citation,
    Interval,
    Outlook,
    Parameter,
    Statement,
    Variant,
    outlook_file,
    parameter_file,
    taking_force,
    variant_file,
)
from maatwerkbank.sources.register import Seen

Floats = NDArray[np.float64]
End = Literal["low", "high"]


@dataclass(frozen=True)
class Value:
    """The value of a parameter on a date, with all that one needs to judge it."""

    name: str
    value: float
    unit: str
    on: date
    known_on: date
    status: str
    citation: Citation
    valid_from: date
    known_from: date
    price_year: int | None = None
    low: float | None = None
    high: float | None = None
    statement: Statement | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank parameter --json`."""
        return {
            "name": self.name,
            "value": None if self.is_interval else self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "price_year": self.price_year,
            "on": self.on.isoformat(),
            "known_on": self.known_on.isoformat(),
            "valid_from": self.valid_from.isoformat(),
            "known_from": None if self.known_from == date.min else self.known_from.isoformat(),
            "status": self.status,
            "source": self.citation.as_json(),
        }

    def at(self, end: "End | float | None") -> float:
        """The value; of an interval its `end`, or the middle where no end is named.

        An end may be a share of the way from low to high.
        """
        if self.low is None or self.high is None or end is None:
            return self.value
        if isinstance(end, float):
            return self.low + end * (self.high - self.low)
        return self.low if end == "low" else self.high

    @property
    def is_interval(self) -> bool:
        """Whether nobody has seen the value and only its bounds are known."""
        return self.low is not None


class Law:
    """Parameters as known on `known_on`, changed by `variant`, continued by `outlook`.

    `since` lets the variant take force in a later year than its file says. `overlays` are changes
    that are made in memory and lie on top of the variant, such as the tax rate of another country;
    the first prevails.

    `used` holds every value that was asked for, by name and year: the run prints them.
    """

    def __init__(
        self,
        known_on: date,
        *,
        variant: str | None = None,
        outlook: str | None = None,
        since: date | None = None,
        overlays: Iterable[Variant] = (),
    ) -> None:
        self.known_on = known_on
        self.variant: Variant | None = variant_file(variant) if variant else None
        if since is not None:
            if self.variant is None:
                raise ParameterError(
                    f"a change of law on {since} is asked for, and no variant says which.",
                    remedy="name the variant that takes force on that day, or leave the day out",
                )
            self.variant = taking_force(self.variant, since)
        self.overlays: tuple[Variant, ...] = tuple(overlays)
        self._layers = (*self.overlays, *([self.variant] if self.variant else []))
        self.outlook: Outlook | None = outlook_file(outlook) if outlook else None
        self.used: dict[tuple[str, int], Value] = {}
        self._on: dict[tuple[str, date, str | None], Value] = {}
        self._arrays: dict[tuple[str, int, int, str], Floats] = {}

    @cached_property
    def without_variant(self) -> "Law":
        """The same law on the same day, as it stands without the variant or any overlay."""
        if not self._layers:
            return self
        return Law(self.known_on, outlook=self.outlook.name if self.outlook else None)

    def under(self, *overlays: Variant) -> "Law":
        """The same law with changes on top of what already lies on it."""
        changed = Law(
            self.known_on,
            variant=self.variant.name if self.variant else None,
            outlook=self.outlook.name if self.outlook else None,
            since=self.variant.since if self.variant else None,
            overlays=(*overlays, *self.overlays),
        )
        changed.without_variant = self.without_variant
        return changed

    def removes(self, what: str) -> bool:
        """Whether the variant takes `what` (such as `levy`) out of the law altogether."""
        return self.removed_since(what) is not None

    def removed_since(self, what: str) -> date | None:
        """The day from which `what` is out of the law; None where it stays."""
        return min((each.since for each in self._layers if what in each.removes), default=None)

    def on(self, name: str, day: date, *, chapter: str | None = None) -> Value:
        """The value of `name` on `day`.

        `chapter` names the law on whose behalf the value is asked, where a variant takes that
        law as known on another day: the levy act of 2026 brings its own benchmark values.

        Raises UnknownParameter, NoValueOnDate (silence), RequiredValue (nobody could read it).
        """
        key = (name, day, chapter)
        if key not in self._on:
            self._on[key] = self._find(name, day, chapter or name.split("/", maxsplit=1)[0])
        return self._on[key]

    def _find(self, name: str, day: date, chapter: str) -> Value:
        parameter = parameter_file(name)
        known_on = self.known_on
        in_force = [layer for layer in self._layers if day >= layer.since]
        for layer in in_force:
            if name in layer.sets:
                override = layer.sets[name]
                found = _spoken(override, day, known_on) or self._continued(override, day, known_on)
                if found:
                    return found
        for layer in in_force:
            if chapter in layer.as_known_on:
                known_on = layer.as_known_on[chapter]
                break
        found = _spoken(parameter, day, known_on) or self._continued(parameter, day, known_on)
        if found is None:
            first = None if _known(parameter, known_on) else parameter.known_first
            raise NoValueOnDate(
                name, day, known_on, _coverage(parameter, known_on), known_first=first
            )
        return found

    def _continued(self, parameter: Parameter, day: date, known_on: date) -> Value | None:
        """The last value held, or its endless rule gone on with, under the outlook."""
        if self.outlook is None:
            return None
        for statement in reversed(_known(parameter, known_on)):
            last = _last_year(statement)
            if day.year <= last or statement.values[-1][1] is None:
                continue
            held = _at(parameter, statement, date(last, 12, 31), known_on)
            step = statement.step
            if step and step.goes_on:
                value = held.value + step.add * (day.year - last)
                floor = -np.inf if step.floor is None else step.floor
                held = replace(held, value=_clean(max(value, floor)))
            return replace(held, on=day, status="scenario")
        return None

    def yearly(self, name: str, years: NDArray[np.int64], *, chapter: str | None = None) -> Floats:
        """Values on 1 January of each year, as stated. (year,) [unit of the file]"""

        def stated() -> Floats:
            return np.array([self._use(name, int(year), chapter).value for year in years])

        return self._once(name, years, f"yearly for {chapter}", stated)

    def _once(
        self, name: str, years: NDArray[np.int64], what: str, make: Callable[[], Floats]
    ) -> Floats:
        """An array over consecutive years, made once: the law of a run does not change."""
        if not len(years) or years[-1] - years[0] != len(years) - 1:
            return make()
        key = (name, int(years[0]), int(years[-1]), what)
        if key not in self._arrays:
            self._arrays[key] = make()
            self._arrays[key].setflags(write=False)
        return self._arrays[key]

    def _use(self, name: str, year: int, chapter: str | None = None) -> Value:
        value = self.on(name, date(year, 1, 1), chapter=chapter)
        self.used[name, year] = value
        return value

    def bounded(
        self,
        name: str,
        years: NDArray[np.int64],
        end: End | float | None,
        *,
        chapter: str | None = None,
    ) -> Floats:
        """As `yearly`; where only an interval is known, its `end`, or its middle. (year,)"""
        found = [self._use(name, int(year), chapter) for year in years]
        return np.array([v.at(end) for v in found])

    def nominal(self, name: str, years: NDArray[np.int64]) -> Floats:
        """Amounts in money of each year: the stated ones indexed, METHOD §1. (year,)

        Stated amounts are indexed by the factors that were published on the day of knowledge,
        then by the inflation of the outlook; a nominal amount is what it is. Where the price
        year changes within `years` (a later text restated the amount) each run of years is
        indexed from its own price year.
        """
        return self._once(name, years, "nominal", lambda: self._nominal(name, years))

    def _nominal(self, name: str, years: NDArray[np.int64]) -> Floats:
        parameter = parameter_file(name)
        values = [self._use(name, int(year)) for year in years]
        out = np.array([value.value for value in values])
        bases = np.array([value.price_year or 0 for value in values])
        for base in sorted(set(bases) - {0}):
            run = np.flatnonzero(bases == base)
            before = _stated_before(parameter, values[run[0]], int(base), int(years[run[0]]))
            out[run] = self._indexed_from(int(base), [*before, *out[run]], parameter)[len(before) :]
        return out

    def _indexed_from(self, base: int, stated: list[float], parameter: Parameter) -> Floats:
        """Stated amounts of `base` and the years after it, each at the level of its own year.

        The law rounds every year, so the chain starts in `base` whatever year a run starts in.
        """
        decimals = 2 if parameter.rounding is None else parameter.rounding
        later_years = range(base + 1, base + len(stated))
        factors = np.array([self.index_factor(year, parameter) for year in later_years])
        amount = rounded_half_up(stated[0], decimals)
        later, _ = indexed(amount, np.diff(stated), factors, decimals)
        return np.concatenate([[amount], later])

    def index_factor(self, year: int, parameter: Parameter) -> float:
        """The published correction factor of `year` if known, else one plus inflation."""
        if parameter.indexed_by:
            try:
                found = Law(self.known_on).on(parameter.indexed_by, date(year, 1, 1))
            except (NoValueOnDate, RequiredValue):
                pass
            else:
                self.used[parameter.indexed_by, year] = found
                return found.value
        return 1.0 + self.inflation

    @property
    def inflation(self) -> float:
        """Yearly inflation of the outlook [1/year]; without an outlook there is none to give."""
        if self.outlook is None:
            raise NoValueOnDate("inflation", "later years", self.known_on, "no outlook was named")
        return self.outlook.inflation

    def _frozen_values(self) -> list[Value]:
        """What the path without the variant rests on, where a variant is in force."""
        return list(self.without_variant.used.values()) if self._layers else []

    def not_official(self) -> list[str]:
        """Values used that an official run may not rest on: press and unverified."""
        doubtful = sorted(
            {
                (v.name, v.citation.source, str(v.citation.seen))
                for v in [*self.used.values(), *self._frozen_values()]
                if v.citation.seen in (Seen.PRESS, Seen.UNVERIFIED)
            }
        )
        return [f"{name}: seen as '{seen}' in {source}" for name, source, seen in doubtful]


def _known(parameter: Parameter, known_on: date) -> list[Statement]:
    return [
        statement
        for statement in parameter.statements
        if statement.known_from <= known_on and statement.status != "proposed"
    ]


def _last_year(statement: Statement) -> int:
    """The last calendar year about which the statement speaks."""
    if statement.carries_on:
        return date.max.year
    if statement.step:
        return statement.step.until
    return statement.until or statement.values[-1][0].year


def _spoken(parameter: Parameter, day: date, known_on: date) -> Value | None:
    for statement in reversed(_known(parameter, known_on)):
        if statement.values[0][0] <= day and day.year <= _last_year(statement):
            return _at(parameter, statement, day, known_on)
    return None


def _stated_before(parameter: Parameter, value: Value, base: int, first: int) -> list[float]:
    """What the statement behind `value` says about the years from `base` to before `first`."""
    statement = value.statement
    if statement is None:
        return []
    since = statement.values[0][0].year
    days = [date(max(year, since), 1, 1) for year in range(base, first)]
    return [_at(parameter, statement, day, value.known_on).value for day in days]


def _at(parameter: Parameter, statement: Statement, day: date, known_on: date) -> Value:
    since, value = [(d, v) for d, v in statement.values if d <= day][-1]
    if value is None:
        raise RequiredValue(parameter.name, day, statement.required_where or "the law itself")
    interval = value if isinstance(value, Interval) else None
    number = (value.low + value.high) / 2 if isinstance(value, Interval) else value
    step = statement.step
    if step and since == statement.values[-1][0] and day.year > since.year:
        number = _clean(number + step.add * (day.year - since.year))
        since = date(day.year, 1, 1)
    return Value(
        name=parameter.name,
        value=number,
        unit=parameter.unit,
        on=day,
        known_on=known_on,
        status=statement.status,
        citation=statement.citation,
        valid_from=since,
        known_from=statement.known_from,
        price_year=statement.price_year if parameter.price_basis == "stated" else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        statement=statement,
    )


def _clean(number: float) -> float:
    """A stepped value without the dust of binary addition: 87.90 + 12.84 is 100.74."""
    return round(float(number), 10) + 0.0


def _coverage(parameter: Parameter, known_on: date) -> str:
    known = _known(parameter, known_on)
    if not known:
        return f"nothing about it was known before {parameter.known_first}"
    first = min(statement.values[0][0] for statement in known)
    last = max(_last_year(statement) for statement in known)
    end = "without end" if last == date.max.year else f"to {last}"
    return f"its values run from {first} {end}"
