# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which promises, and which things they wait for, do public sources tell of?

Takes     promises.yaml of the shipped portfolio.
Gives     per firm its promises and dependencies, every one with a source of the register.
Leaves    what no source says: it is absent here, and stays so.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Literal, Self
from uuid import UUID, uuid5

import yaml
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from maatwerkbank.dossier.promises.dependency import KINDS
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.dates import REDUCED
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.portfolio.infrastructure import PORTFOLIO, Cited
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.figure import Number, Strict, Words, Year

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Due = Annotated[str, Field(pattern=REDUCED.pattern)]


class PublicMeasure(Strict):
    """A quantity that was promised; `low` and `high` as far as the source gives them."""

    quantity: Literal["co2", "nox", "nitrogen", "water", "support"]
    low: Number | None = None
    high: Number | None = None
    unit: Annotated[str, Field(min_length=1, max_length=20)]
    kind: Literal["gross", "additional"] | None = None
    base_year: Year | None = None
    boundary: Words


class PublicPromise(Cited):
    """One promise as a source tells of it: a measure or a deed."""

    id: Id
    by: Literal["state", "company"]
    subject: Annotated[str, Field(pattern=f"^({'|'.join(PARALLEL_TRACKS)})$")]
    label: Words
    measure: PublicMeasure | None = None
    deed: Words | None = None
    due: Due | None = None
    waits_for: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.measure is None) == (self.deed is None):
            raise PydanticCustomError("promise_form", "one of measure and deed is to be given")
        return self


class PublicDependency(Cited):
    """One thing that is waited for, as a source tells of it."""

    id: Id
    kind: Annotated[str, Field(pattern=f"^({'|'.join(KINDS)})$")]
    label: Words
    operator: str = ""
    location: str = ""
    capacity: Number | None = None
    capacity_unit: str = ""
    due: Due | None = None


class PublicFirm(Strict):
    """Everything that sources tell of one firm."""

    promises: tuple[PublicPromise, ...] = ()
    dependencies: tuple[PublicDependency, ...] = ()

    def lacks(self) -> Iterator[str]:
        """What does not hold: a double id, a wait for nothing, a source that is not registered."""
        told: tuple[PublicPromise | PublicDependency, ...] = (*self.promises, *self.dependencies)
        ids = [each.id for each in told]
        yield from (f"{each} stands twice" for each in ids if ids.count(each) > 1)
        for promise in self.promises:
            for each in promise.waits_for:
                if each not in ids:
                    yield f"{promise.id} waits for {each}, which is not there"
        for cited in told:
            if cited.source not in load_sources():
                yield f"{cited.id} cites {cited.source}, which is not in the register of sources"


class _Public(Strict):
    title: str
    cut_off: object
    firms: dict[Id, PublicFirm]


@cache
def public_promises() -> Mapping[str, PublicFirm]:
    """Per firm of the register what sources tell of promises.

    Raises
    ------
    PortfolioError   something does not hold; all of it is named
    """
    folder = files("maatwerkbank.portfolio") / PORTFOLIO
    text = (folder / "promises.yaml").read_text("utf-8")
    public = _Public.model_validate(yaml.load(text, yaml.CSafeLoader))
    wrong = [f"{firm}: {lack}" for firm, told in public.firms.items() for lack in told.lacks()]
    if wrong:
        raise PortfolioError("; ".join(wrong) + ".", remedy="correct promises.yaml")
    return MappingProxyType(public.firms)


# A stored promise of a public source carries this code, so that it is found again by its own id.
_CODES = UUID("5f3a8a52-6a3e-5b0e-9f0e-6d2f5c1b7a90")


def code_of(firm: str, promise: str) -> UUID:
    """The code that the promise of a public source bears where it is stored."""
    return uuid5(_CODES, f"{firm}.{promise}")


@cache
def promises_by_code() -> Mapping[UUID, tuple[str, PublicPromise]]:
    """The promises of public sources by that code, each with its id: the firm and its own."""
    return MappingProxyType(
        {
            code_of(firm, each.id): (f"{firm}.{each.id}", each)
            for firm, told in public_promises().items()
            for each in told.promises
        }
    )
