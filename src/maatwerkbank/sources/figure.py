# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure: a number, or a range, or a yearly series, with unit and source.

Takes     what a case file or a price set states.
Gives     a yearly array in house units at one pick of the range.
Leaves    what the figure means to the place where it stands.

A missing figure is a sourced range or absent, never a plausible number (METHOD §15): a range
without `central` has a middle to compute with, and results that depend on it are given as a
range only.
"""

from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from maatwerkbank.ground.errors import UnitError
from maatwerkbank.ground.units import unit
from maatwerkbank.sources.register import Seen

Pick = Literal["low", "central", "high"]
# More than any amount on earth, and small enough that no sum of them leaves the doubles.
LARGEST = 1e15
Number = Annotated[float, Field(allow_inf_nan=False, strict=True, ge=-LARGEST, le=LARGEST)]
Year = Annotated[int, Field(ge=1990, le=2100)]


class Strict(BaseModel):
    """Nothing but the declared fields; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Strict):
    """One text in Dutch and English."""

    nl: Annotated[str, Field(min_length=1, max_length=4000)]
    en: Annotated[str, Field(min_length=1, max_length=4000)]

    def into(self, language: str) -> str:
        """The text in `language`."""
        return self.nl if language == "nl" else self.en


class Absent(Strict):
    """A figure that is not public. Absent is not zero: results that need it are null."""

    absent: Literal[True]
    why: Words
    ask: Words = Field(description="who can give it")


class Range(Strict):
    """A number that is known within bounds; `central` only where a source gives one."""

    low: Number
    central: Number | None = None
    high: Number

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        middle = self.low if self.central is None else self.central
        if not self.low <= middle <= self.high:
            raise PydanticCustomError(
                "range_order",
                "low ({low}), central ({central}) and high ({high}) are not in order",
                {"low": self.low, "central": self.central, "high": self.high},
            )
        return self

    def at(self, pick: Pick) -> float:
        """The chosen end, or the central number, or where there is none the middle."""
        if pick == "low":
            return self.low
        if pick == "high":
            return self.high
        return (self.low + self.high) / 2 if self.central is None else self.central


def _form(value: Any) -> str:
    """Which branch a value in a document is meant to be: keys make a range."""
    if isinstance(value, dict):
        return "<range>"
    return "<range>" if isinstance(value, Range) else "<number>"


NumberOrRange = Annotated[
    Annotated[Number, Tag("<number>")] | Annotated[Range, Tag("<range>")], Discriminator(_form)
]


class Figure(Strict):
    """A sourced figure: one of `value`, `range`, `by_year`, with `unit` and `source`."""

    value: Number | None = None
    range: Range | None = None
    by_year: Annotated[dict[Year, NumberOrRange], Field(min_length=1)] | None = None
    between: Literal["linear", "step"] = Field("step", description="between stated years")
    beyond: Literal["error", "hold", "zero"] = Field("error", description="outside stated years")
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    source: Annotated[str, Field(min_length=1, max_length=120)]
    place: str | None = Field(None, max_length=400, description="article, page, table or row")
    seen: Seen | None = Field(None, description="how this very figure was seen, if not as source")
    price_year: Year | None = Field(None, description="level of the money; absent: nominal")
    note: str | None = Field(None, max_length=2000)
    moves_with: str | None = Field(
        None, max_length=80, description="ranges with the same name are at one end together"
    )
    opposite: bool = Field(
        default=False, description="at the other end than the rest of `moves_with`"
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = [n for n in ("value", "range", "by_year") if getattr(self, n) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "figure_form",
                "{n} of value, range and by_year are given",
                {"n": len(given), "given": ", ".join(given) or "none"},
            )
        try:
            unit(self.unit)
        except UnitError as error:
            raise PydanticCustomError(
                "unit_unknown",
                "the unit {unit} is not known",
                {"unit": self.unit, "remedy": error.remedy},
            ) from None
        return self

    @property
    def kind(self) -> str:
        """The kind of the unit, such as EUR/t."""
        return unit(self.unit).kind

    @property
    def is_ranged(self) -> bool:
        """Whether low and high differ anywhere."""
        return any(r.low != r.high for r in self._ranges())

    @property
    def has_centre(self) -> bool:
        """Whether a source gives a central number wherever there is a range."""
        return all(r.central is not None for r in self._ranges())

    def _ranges(self) -> list[Range]:
        if self.range is not None:
            return [self.range]
        return [v for v in (self.by_year or {}).values() if isinstance(v, Range)]

    def scalar(self, pick: Pick = "central") -> float:
        """The one number, in house units. A yearly series has none: that is a ValueError."""
        if self.by_year is not None:
            raise ValueError("a yearly series is not one number")
        number = self.range.at(pick) if self.range is not None else self.value or 0.0
        return number * unit(self.unit).factor

    def yearly(self, years: NDArray[np.int64], pick: Pick = "central") -> NDArray[np.float64]:
        """One number a year, in house units. (year,)

        Raises ValueError naming the years that the figure does not cover.
        """
        if self.by_year is None:
            return np.full(len(years), self.scalar(pick))
        missing = self.missing_years(years)
        if missing:
            raise ValueError(f"no figure for {', '.join(map(str, missing))}")
        stated = np.array(sorted(self.by_year))
        numbers = [self.by_year[int(y)] for y in stated]
        points = np.array([n.at(pick) if isinstance(n, Range) else n for n in numbers])
        if self.between == "linear":
            out = np.interp(years, stated, points)
        else:
            out = points[np.clip(np.searchsorted(stated, years, side="right") - 1, 0, None)]
        if self.beyond == "zero":
            out = np.where((years < stated[0]) | (years > stated[-1]), 0.0, out)
        return np.asarray(out * unit(self.unit).factor, dtype=np.float64)

    def missing_years(self, years: NDArray[np.int64]) -> list[int]:
        """Years about which the figure says nothing, where it may not be extended."""
        if self.by_year is None or self.beyond != "error":
            return []
        stated = sorted(self.by_year)
        return [int(y) for y in years if not stated[0] <= y <= stated[-1]]


def unit_kind(*kinds: str) -> AfterValidator:
    """For `Annotated[Figure, unit_kind("EUR")]`: the unit of the figure must be one of `kinds`."""

    def check(figure: Figure) -> Figure:
        if figure.kind not in kinds:
            raise PydanticCustomError(
                "unit_kind",
                "the unit {unit} is not of the kind {kinds}",
                {"unit": figure.unit, "kind": figure.kind, "kinds": " or ".join(kinds)},
            )
        return figure

    return AfterValidator(check)


def _presence(value: Any) -> str:
    absent = isinstance(value, Absent) or (isinstance(value, dict) and "absent" in value)
    return "<absent>" if absent else "<present>"


PRESENT = Tag("<present>")
ABSENT = Tag("<absent>")
PRESENCE = Discriminator(_presence)
MaybeAbsent = Annotated[Absent, ABSENT]
