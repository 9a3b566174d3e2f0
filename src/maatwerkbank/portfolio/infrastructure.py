# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which pipelines, networks and grids do the cases share, and what is public about them?

Takes     the file of the shipped portfolio.
Gives     capacity, planned year in use, cost, operator and payer of each, every one with its source
          or absent with a reason; and on request what a choice needs of it.
Leaves    the choice itself to `choice`.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import Field

from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.portfolio.choice.terms import Infrastructure
from maatwerkbank.sources.figure import (
    PRESENCE,
    PRESENT,
    Absent,
    Figure,
    MaybeAbsent,
    Pick,
    Strict,
    Words,
    Year,
    unit_kind,
)
from maatwerkbank.sources.register import Seen, source

Ints = NDArray[np.int64]

PORTFOLIO = "nl-2025-06-30"


class Cited(Strict):
    """Something that a source says."""

    source: Annotated[str, Field(min_length=1, max_length=120)]
    place: str | None = Field(None, max_length=400)
    seen: Seen | None = None
    note: str | None = Field(None, max_length=2000)


class Statement(Cited):
    """A sentence with its source."""

    text: Words


class Opening(Cited):
    """The year in which it is planned to be in use."""

    year: Year


class Decision(Cited):
    """The year of the investment decision, taken or planned."""

    year: Year
    taken: bool


Capacity = Annotated[Figure, unit_kind("t/year", "MW")]
Euros = Annotated[Figure, unit_kind("EUR")]
MaybeCapacity = Annotated[Annotated[Capacity, PRESENT] | MaybeAbsent, PRESENCE]
MaybeEuros = Annotated[Annotated[Euros, PRESENT] | MaybeAbsent, PRESENCE]
MaybeOpening = Annotated[Annotated[Opening, PRESENT] | MaybeAbsent, PRESENCE]
MaybeDecision = Annotated[Annotated[Decision, PRESENT] | MaybeAbsent, PRESENCE]


class SharedInfrastructure(Strict):
    """One pipeline, network or grid, as public sources tell of it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Words
    carrier: Literal["co2", "hydrogen", "electricity"]
    operator: Statement
    payer: Statement
    capacity: MaybeCapacity
    free_capacity: MaybeCapacity
    opening: MaybeOpening
    decision: MaybeDecision
    investment: MaybeEuros
    state_contribution: MaybeEuros

    def cited(self) -> tuple[str, ...]:
        """The identities of all sources of what is present."""
        stated = (getattr(self, name) for name in type(self).model_fields)
        return tuple(item.source for item in stated if isinstance(item, Cited | Figure))

    def for_choice(
        self,
        years: Ints,
        *,
        pick: Pick = "central",
        capacity: float | None = None,
        opening_year: int | None = None,
        state_eur: float | None = None,
        paid_in: Sequence[int] | None = None,
    ) -> Infrastructure:
        """What a choice over `years` needs of it.

        `capacity` [t/year or MW], `opening_year` and `state_eur` [eur] go before the public figure.
        The State's part is paid in equal parts in `paid_in`, by default the year before opening; it
        is nothing where the investment was decided already.

        Raises
        ------
        PortfolioError   a figure is not public and was not given, or is paid outside `years`
        """
        room = self._number("free_capacity", pick) if capacity is None else capacity
        opening = self._opening() if opening_year is None else opening_year
        amount = self._state_eur(pick) if state_eur is None else state_eur
        payments = (opening - 1,) if paid_in is None else tuple(paid_in)
        cost = np.zeros(len(years))
        if amount:
            self._check_paid_within(years, payments)
            for year in payments:
                cost[years == year] += amount / len(payments)
        return Infrastructure(
            id=self.id,
            capacity=np.full(len(years), room),
            opening_year=opening,
            fixed_cost_eur=cost,
            paid_by_state=amount > 0.0,
        )

    def _number(self, name: str, pick: Pick) -> float:
        figure: Figure | Absent = getattr(self, name)
        if isinstance(figure, Absent):
            raise self._not_public(name, figure)
        return figure.scalar(pick)

    def _opening(self) -> int:
        if isinstance(self.opening, Absent):
            raise self._not_public("opening", self.opening)
        return self.opening.year

    def _state_eur(self, pick: Pick) -> float:
        if isinstance(self.decision, Decision) and self.decision.taken:
            return 0.0
        return self._number("state_contribution", pick)

    def _check_paid_within(self, years: Ints, payments: Sequence[int]) -> None:
        outside = [year for year in payments if year not in years]
        if outside or not payments:
            raise PortfolioError(
                f"the State's part of {self.id} is paid in {list(payments)}; the choice has the "
                f"years {years[0]} up to and including {years[-1]}.",
                remedy="name years of the choice in `paid_in`",
            )

    def _not_public(self, name: str, absent: Absent) -> PortfolioError:
        return PortfolioError(
            f"the {name} of {self.id} is not public: {absent.why.en}",
            remedy=f"ask {absent.ask.en}, and give it to the choice",
        )


class _Document(Strict):
    title: str
    cut_off: date
    infrastructure: tuple[SharedInfrastructure, ...]


@cache
def shared_infrastructure() -> dict[str, SharedInfrastructure]:
    """What the shipped cases share, by id, in the order of the file.

    Raises
    ------
    PortfolioError   an id stands there twice
    UnknownSource    a figure cites a source that is not in the register
    """
    file = files("maatwerkbank") / "portfolio" / PORTFOLIO / "infrastructure.yaml"
    read = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    found: dict[str, SharedInfrastructure] = {}
    for item in _Document.model_validate(read).infrastructure:
        if item.id in found:
            raise PortfolioError(
                f"'{item.id}' stands twice in infrastructure.yaml.", remedy="keep one of the two"
            )
        for identity in item.cited():
            source(identity)
        found[item.id] = item
    return found
