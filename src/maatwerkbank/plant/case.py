# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The case file: one company's plan as a document, every figure with unit and source.

Takes     what YAML, JSON, later a workbook or a form, state.
Gives     frozen models, and from them the published JSON Schema.
Leaves    findings and their wording to `case_file`, arithmetic to `quantities`.
"""

from typing import Annotated, Literal

from pydantic import Field

from maatwerkbank.plant.scheme_facts import Firm, SchemeFacts, Stated
from maatwerkbank.plant.uncertainty import Uncertainties
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

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Substance = Literal["co", "nox", "nh3", "so2", "pm10"]
LevyKind = Literal["ets", "avi", "lachgas"]

Share = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
Euros = Annotated[Figure, unit_kind("EUR")]
EurosATonne = Annotated[Figure, unit_kind("EUR/t")]
EurosAYear = Annotated[Figure, unit_kind("EUR/year")]
TonnesAYear = Annotated[Figure, unit_kind("t/year")]
Price = Annotated[Figure, unit_kind("EUR/MWh", "EUR/t")]
Quantity = Annotated[Figure, unit_kind("MWh/year", "t/year")]
Upkeep = Annotated[Figure, unit_kind("EUR/year", "1/year")]
MaybeEuros = Annotated[Annotated[Euros, PRESENT] | MaybeAbsent, PRESENCE]
MaybeTonnesAYear = Annotated[Annotated[TonnesAYear, PRESENT] | MaybeAbsent, PRESENCE]
MaybeUpkeep = Annotated[Annotated[Upkeep, PRESENT] | MaybeAbsent, PRESENCE]
MaybeEurosAYear = Annotated[Annotated[EurosAYear, PRESENT] | MaybeAbsent, PRESENCE]


class SourceEntry(Strict):
    """A source that only this case cites, beside the shared register of sources."""

    title: Annotated[str, Field(min_length=1, max_length=400)]
    publisher: str | None = Field(None, max_length=200)
    date: str | None = Field(None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    url: str | None = Field(None, max_length=1000)
    seen: Seen


class Emissions(Strict):
    """Yearly emissions of an installation, or their change: four series (METHOD §2)."""

    scope1: MaybeTonnesAYear = Field(description="all fossil greenhouse gases incl. N2O [t CO2e]")
    ets: MaybeTonnesAYear | None = Field(
        None, description="surrendered under the ETS; absent key: as scope 1, or 0 outside the ETS"
    )
    levy_base: MaybeTonnesAYear | None = Field(
        None, description="emissions under Wbm 71j; absent key: as scope 1"
    )
    removal: MaybeTonnesAYear | None = Field(None, description="stored biogenic CO2")


class ProductShare(Strict):
    """The share of one benchmark in the benchmark amount of an installation."""

    product: Name = Field(description="as in eu_ets/benchmark/<product>")
    share: Share


class SubInstallation(Strict):
    """A sub-installation with its own activity level."""

    product: Name
    activity: Quantity
    carbon_leakage: bool = True


class Rights(Strict):
    """From what dispensation rights and free allocation follow; one of three forms."""

    free_allocation_2025: TonnesAYear | None = Field(
        None, description="published allocation; the benchmark amount is derived (METHOD §4)"
    )
    products: list[ProductShare] = Field(
        default_factory=list, description="shares of the benchmark amount; sum 1; only if sourced"
    )
    sub_installations: list[SubInstallation] = Field(default_factory=list)
    process_emissions: TonnesAYear | None = Field(
        None, description="activity level in process emissions (incinerators, N2O)"
    )
    assumption: Words | None = Field(None, description="what this derivation takes for granted")


class RightsSale(Strict):
    """Surplus dispensation rights sold to another firm: volume and price, both sourced."""

    volume: TonnesAYear
    price: EurosATonne


class EnergyTax(Strict):
    """Whether a carrier is taxed at this installation, and why (not)."""

    taxed: bool
    why: Words


class Installation(Strict):
    """One installation as it is without the projects."""

    id: Name
    name: Annotated[str, Field(min_length=1, max_length=200)]
    ets_id: str | None = Field(None, pattern=r"^[A-Z]{2}_\d+$", description="EU ETS identity")
    operator: Name | None = Field(
        None, description="who holds the permit; absent key: the company of the case"
    )
    levy: LevyKind = Field("ets", description="kind of installation under the CO2 levy")
    boundary: Words | None = Field(None, description="what is counted in and what is not")
    emissions: Emissions
    rights: Annotated[Annotated[Rights, PRESENT] | MaybeAbsent, PRESENCE]
    rights_sale: RightsSale | None = Field(
        None, description="what is left of the rights after set-off; absent key: worth nothing"
    )
    energy: dict[Name, Quantity] = Field(default_factory=dict)
    energy_tax: dict[Name, EnergyTax] = Field(default_factory=dict)
    substances: dict[Substance, MaybeTonnesAYear] = Field(default_factory=dict)
    fall_in_activity: TonnesAYear | None = Field(
        None, description="tonnes that fall away with production: reported apart, never gross"
    )


class Storage(Strict):
    """CO2 handed over for transport and geological storage."""

    volume: TonnesAYear
    price: Name = Field(description="which price of the price set is paid per tonne")


class Premium(Strict):
    """What a cleaner product earns above the ordinary one."""

    volume: TonnesAYear
    price: EurosATonne


class Replacement(Strict):
    """A part that is replaced within the life of a project."""

    year: Year
    cost: Euros


class Measure(Strict):
    """An investment: what it costs, and what it changes each year of operation."""

    id: Name
    name: Words
    installation: Name
    first_year: Year = Field(description="first calendar year of full operation")
    lifetime_years: Annotated[int, Field(ge=1, le=60, strict=True)]
    capex: MaybeEuros
    capex_by_year: dict[Year, Share] = Field(description="share of the capex in each year; sum 1")
    replacements: list[Replacement] = Field(default_factory=list)
    depreciation_years: Annotated[int, Field(ge=1, le=60, strict=True)]
    fixed_opex: MaybeUpkeep = Field(
        description="in money, or as a share of capex a year (unit 1/year)"
    )
    variable_opex: MaybeEurosAYear | None = None
    grid_cost: MaybeEurosAYear | None = Field(
        None, description="what connection to and transport by energy grids cost more a year"
    )
    energy: dict[Name, Quantity] = Field(default_factory=dict, description="change a year")
    emissions: Emissions = Field(description="change a year; a reduction is negative")
    substances: dict[Substance, MaybeTonnesAYear] = Field(default_factory=dict)
    storage: Storage | None = None
    premium: Annotated[Annotated[Premium, PRESENT] | MaybeAbsent, PRESENCE] | None = None
    free_allocation_change: TonnesAYear | None = Field(
        None, description="change in free allocation; absent key: it is kept"
    )
    only_while: Literal["levy"] | None = Field(
        None, description="a counterfactual measure that exists only because of this law"
    )
    schemes: SchemeFacts | None = Field(None, description="what support schemes ask about it")


class Deadline(Stated):
    """By when a supported plant must work, and what is lost where it is later."""

    first_year: Year = Field(description="latest first calendar year of full operation")
    then: Literal["lapses", "shortened"] = Field(
        description="nothing is paid at all, or nothing after the years that were awarded"
    )


class PriceContract(Strict):
    """Support that follows a price: a strike price against what the market pays in each year."""

    kind: Literal["one_sided", "two_sided"] = Field(
        description="one_sided: the State pays and never takes back; two_sided: it does"
    )
    volume: Quantity = Field(description="output or tonnes that count, a year")
    strike: Price
    price: Name = Field(description="the price of the price set that it is set against")
    price_share: Annotated[float, Field(gt=0, le=100, strict=True, allow_inf_nan=False)] = Field(
        1.0, description="so much of that price is taken off the strike price"
    )
    floor: Price | None = Field(None, description="one_sided: least that is taken off")
    term_years: Annotated[int, Field(ge=1, le=60, strict=True)]
    most_a_year: Quantity | None = Field(
        None, description="most volume that counts in a year; room left goes to later years"
    )
    carried_over: Share = Field(
        0.0, description="volume above the most that may wait, as a share of the most"
    )
    beyond_paid: bool = Field(
        default=False, description="two_sided: more may come back than was paid"
    )


class Award(Strict):
    """Support already awarded: one amount spread over years, or a contract along a price.

    Payments move with the project where it is late; a contract pays `amount` at most in all.
    """

    id: Name
    instrument: Name
    name: Words
    project: Name
    form: Literal["capital_grant", "operating_aid"]
    amount: Euros
    paid_by_year: dict[Year, Share] = Field(default_factory=dict)
    contract: PriceContract | None = Field(
        None, description="operating aid only; in place of paid_by_year"
    )
    deadline: Deadline | None = None


class Known(Strict):
    """A publicly known outcome, set beside what this case computes."""

    result: Name = Field(description="key of the assessment, such as gross_2030_t")
    figure: Figure
    difference: Words = Field(description="why the two differ, or why they agree")


class Case(Strict):
    """One company's plan, complete."""

    format: Literal["maatwerkbank-case-1"]
    id: Name
    company: Name = Field(description="identity in the register of companies")
    title: Words
    summary: Words
    kind: Literal["public_reconstruction", "company_plan", "example", "exposure_only"]
    known_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="day on which the law and the figures are taken as known"
    )
    valuation_year: Year
    last_year: Year
    price_set: Name
    discount_rate: Annotated[Figure, unit_kind("1/year")]
    losses: Literal["project", "firm"] = Field(
        "project", description="losses set off within the project alone, or elsewhere in the firm"
    )
    installations: Annotated[list[Installation], Field(min_length=1)]
    counterfactual: list[Measure] = Field(
        default_factory=list, description="what would be done without the projects"
    )
    counterfactual_description: Words
    firm: Firm | None = Field(None, description="what support schemes ask about the undertaking")
    projects: list[Measure] = Field(description="none only where kind is exposure_only")
    awards: list[Award] = Field(default_factory=list)
    uncertainties: Uncertainties = Field(
        default_factory=Uncertainties, description="what the plan does not know, for `risk`"
    )
    known: list[Known] = Field(default_factory=list)
    sources: dict[Name, SourceEntry] = Field(default_factory=dict)
