# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Countries: the conditions under which a plant there would work, as far as a source gives them.

Takes     a name such as `de`.
Gives     power, grid and the whole electricity bill as a share of the Dutch one, whether ETS plants
          pay for carbon on top, aid, and the tax rate; each for a stated year, or why it is absent.
Leaves    what they do to a project to `economics.conditions`.

All countries here take part in the EU ETS: an allowance costs the same in each.
"""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.files import content_of, folder_of, names_in
from maatwerkbank.sources.figure import (
    PRESENCE,
    PRESENT,
    Figure,
    MaybeAbsent,
    Strict,
    Words,
    Year,
    unit_kind,
)
from maatwerkbank.sources.register import Seen


class YearFigure(Figure):
    """A figure that was seen for one year; using it for later years is a supposition."""

    holds_for: Year


class NoCharge(Strict):
    """A source says that plants under the ETS pay no other carbon price there."""

    none: Literal[True]
    holds_for: Year
    source: Annotated[str, Field(min_length=1, max_length=120)]
    place: str | None = Field(None, max_length=400)
    seen: Seen
    note: str | None = Field(None, max_length=2000)


Ratio = Annotated[YearFigure, unit_kind("1")]
MaybeRatio = Annotated[Annotated[Ratio, PRESENT] | MaybeAbsent, PRESENCE]


class GrantScheme(Strict):
    """A grant for part of the extra investment: a ceiling, since nobody has a right to it."""

    name: Words
    share: Ratio = Field(description="of the extra investment")
    share_with_storage: Ratio = Field(description="of a project that stores CO2")
    maximum: Annotated[YearFigure, unit_kind("EUR")] = Field(description="per project")


class Country(Strict):
    """Conditions in one country. A ratio compares with the Netherlands in the same year."""

    label: Words
    because: Words
    electricity: MaybeRatio = Field(description="price of the commodity")
    electricity_bill: MaybeRatio = Field(
        description="commodity, grid, taxes and compensation together: covers the other two"
    )
    grid: MaybeRatio = Field(description="cost of the electricity grid for a large user")
    levy: Annotated[Annotated[NoCharge, PRESENT] | MaybeAbsent, PRESENCE]
    support: Annotated[Annotated[GrantScheme, PRESENT] | MaybeAbsent, PRESENCE]
    tax: MaybeRatio = Field(description="rate on profit, regional and local taxes included")


@cache
def country_names() -> tuple[str, ...]:
    """All countries, in alphabetical order."""
    return tuple(sorted(names_in(folder_of("countries"))))


@cache
def country_file(name: str) -> Country:
    """The conditions in the country `name`.  Raises ParameterError, with all names."""
    if name not in country_names():
        raise ParameterError(
            f"there is no country '{name}'.", remedy=f"choose from: {', '.join(country_names())}"
        )
    return Country.model_validate(content_of(folder_of("countries") / f"{name}.yaml"))
