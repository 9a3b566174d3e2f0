# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a document with options and limits of a choice: every field, with unit and source.

Takes     what YAML or JSON state.
Gives     frozen models.
Leaves    reading and drafts of options to `candidates_file`, findings to `candidates_coherence`.

Tonnes are a number, a mean with a standard deviation (normal, cut off at nil, every option drawn
for itself), or a list with one number for each draw: the way to say what goes together.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from maatwerkbank.plant.case import Name, SourceEntry
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.portfolio.candidates import Counts
from maatwerkbank.portfolio.choice.terms import Track
from maatwerkbank.sources.figure import Absent, Number, Strict, Words, Year


def _form(value: Any) -> str:
    """Which branch a value in the document is meant to be."""
    if isinstance(value, BaseModel):
        return "<absent>" if isinstance(value, Absent) else "<spread>"
    if isinstance(value, dict):
        if "absent" in value:
            return "<absent>"
        return "<spread>" if {"mean", "sd"} & set(value) else "<by_year>"
    return "<draws>" if isinstance(value, list) else "<number>"


class Spread(Strict):
    """A normal distribution, cut off at nil."""

    mean: Number
    sd: Number = Field(description="standard deviation, at most a third of the mean")


_ByYear = Annotated[dict[Year, Number], Tag("<by_year>")]
_One = Annotated[Number, Tag("<number>")]
_Absent = Annotated[Absent, Tag("<absent>")]
Yearly = Annotated[_One | _ByYear, Discriminator(_form)]
MaybeYearly = Annotated[_One | _ByYear | _Absent, Discriminator(_form)]
MaybeByYear = Annotated[_ByYear | _Absent, Discriminator(_form)]
Tonnes = Annotated[
    _One | Annotated[Spread, Tag("<spread>")] | Annotated[list[Number], Tag("<draws>")] | _Absent,
    Discriminator(_form),
]


class CandidateOption(Stated):
    """A way to do a case, with a start year. Options of one case exclude each other."""

    id: Name
    case: Name = Field(description="the plan of which this is a variant; may be that of a case")
    name: Words
    start_year: Year
    track: Track | None = Field(None, description="absent key: standard up to a start in 2030")
    additional_t: Tonnes = Field(description="a number, mean and sd, or a list over draws [t]")
    public_money_eur: MaybeByYear = Field(
        description="by year; what the State receives is negative; a year not named: none"
    )
    staff_fte: MaybeYearly | None = Field(
        None, description="a number in every year of the choice, or by year; absent key: not known"
    )
    uses: dict[Name, Yearly] = Field(
        default_factory=dict,
        description="infrastructure: a number in every year from the start, or by year [t or MW]",
    )
    co_benefits: dict[Name, Number] = Field(default_factory=dict, description="a year")
    excludes: list[Name] = Field(default_factory=list, description="options or cases")
    needs: list[Name] = Field(default_factory=list, description="options or cases, all of them")


class CandidateInfrastructure(Stated):
    """Something that options share. Of one in the public list, absent keys are taken from there."""

    id: Name
    name: Words | None = None
    capacity: Yearly | None = Field(None, description="what is free for the options [t or MW]")
    opening_year: Year | None = None
    state_eur: Number | None = Field(None, description="what the State pays if anybody uses it")
    paid_in: list[Year] | None = Field(
        None, description="in equal parts; absent key: the year before opening"
    )


class CandidateLimits(Strict):
    """What there is to choose with. An absent key is no limit."""

    budget_eur: Yearly | None = None
    carry_over: bool = Field(default=False, description="what is left of a year may wait")
    staff_fte: Yearly | None = None
    risk_aversion: Number | None = Field(None, description="t that one t less risk is worth")
    level: Number | None = Field(None, description="share of draws that is not the tail")
    must_take: list[Name] = Field(default_factory=list, description="options")
    at_least_t: Number | None = Field(None, description="expected tonnes of any choice")
    co_benefit_weights: dict[Name, Number] = Field(
        default_factory=dict, description="t that one unit a year is worth"
    )
    source: str | None = Field(None, min_length=1, max_length=120)
    place: str | None = Field(None, max_length=400)


class ChoiceYears(Strict):
    """The years in which money is spent and staff is busy."""

    first: Year
    last: Year


class CandidatesDocument(Strict):
    """Options and limits, complete."""

    format: Literal["maatwerkbank-candidates-1"]
    title: Words
    known_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="day on which the figures are taken as known"
    )
    counts: Counts = Field(description="the tonnes of 2030, or those of all years together")
    years: ChoiceYears
    options: list[CandidateOption] = Field(default_factory=list)
    infrastructure: list[CandidateInfrastructure] = Field(default_factory=list)
    limits: CandidateLimits = Field(default_factory=CandidateLimits)
    effort_of_cases: dict[Name, dict[Year, Number]] = Field(
        default_factory=dict, description="staff by year of cases at their planned start [fte]"
    )
    sources: dict[Name, SourceEntry] = Field(default_factory=dict)
