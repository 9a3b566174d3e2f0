# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What support schemes and state-aid frameworks ask about a project and its firm.

Takes     what a case file states beside its figures: yes or no, a day, a count, a code.
Gives     frozen models in which every statement has a source.
Leaves    what a scheme makes of it to `rules`. An absent key is not known, and never a no.
"""

from typing import Annotated, Literal

from pydantic import Field

from maatwerkbank.sources.figure import Figure, Strict, Year, unit_kind
from maatwerkbank.sources.register import Seen

Euros = Annotated[Figure, unit_kind("EUR")]
Output = Annotated[Figure, unit_kind("MWh/year", "t/year")]
Bidding = Literal["klimaschutzvertrag", "gpid", "innovation_fund_heat"]
Scheme = Literal[
    "sde",
    "dei",
    "veki",
    "eia",
    "mia",
    "vamil",
    "niki",
    "owe",
    "ikc",
    "innovation_fund",
    "innovation_fund_heat",
    "hydrogen_bank",
    "klimaschutzvertrag",
    "gpid",
]
Technique = Literal[
    "ccs",
    "ccu",
    "e_boiler",
    "heat_pump",
    "electrolysis",
    "electrification",
    "residual_heat",
    "efficiency",
    "circular",
    "hydrogen_use",
    "renewable_heat",
    "other",
]


class Stated(Strict):
    """Where a statement that is no quantity was read."""

    source: Annotated[str, Field(min_length=1, max_length=120)]
    place: str | None = Field(None, max_length=400)
    seen: Seen | None = None
    note: str | None = Field(None, max_length=2000)


class YesNo(Stated):
    """Whether something is so."""

    value: Annotated[bool, Field(strict=True)]


class Day(Stated):
    """On which day."""

    value: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Count(Stated):
    """How many."""

    value: Annotated[int, Field(ge=0, strict=True)]


class Part(Stated):
    """Which share of a whole."""

    value: Annotated[float, Field(ge=-1, le=1, strict=True, allow_inf_nan=False)]


class Code(Stated):
    """A name in a list of others."""

    value: Annotated[str, Field(min_length=1, max_length=80)]


class SbiCode(Stated):
    """A code of the Standaard Bedrijfsindeling."""

    value: Annotated[str, Field(pattern=r"^\d{2}(\.\d{1,2}(\.\d{1,2})?)?$")]


class ListCategory(Stated):
    """The category of an asset on the Milieulijst."""

    value: Literal[1, 2, 3]


class Measured(Stated):
    """A number of which the key names the unit."""

    value: Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]


class TechniqueUsed(Stated):
    """What the project does, as far as schemes tell techniques apart."""

    value: Technique


class FirmSize(Stated):
    """Size of the undertaking under European law."""

    value: Literal["small", "medium", "large"]


class HeatBasket(Stated):
    """A basket of the heat auction: 100 to 400 °C small or larger, or above 400 °C."""

    value: Literal["medium_small", "medium", "high"]


class AssistedArea(Stated):
    """Regional aid area of the site (TFEU article 107(3), a or c)."""

    value: Literal["none", "a", "c"]


class Firm(Strict):
    """What schemes ask about the undertaking."""

    sbi: SbiCode | None = Field(None, description="Dutch industry code, such as 20.13")
    size: FirmSize | None = None
    in_difficulty: YesNo | None = Field(None, description="under European law")
    recovery_order: YesNo | None = Field(
        None, description="an outstanding order to pay back unlawful aid"
    )


class SchemeFacts(Strict):
    """What schemes ask about a project. An absent key: not known."""

    technique: TechniqueUsed | None = None
    sde_category: Code | None = Field(None, description="row of the SDE++ table")

    reference_investment: Euros | None = Field(
        None, description="the less green plant of equal output that would be built otherwise"
    )
    energy_list_investment: Euros | None = Field(None, description="the part on the Energielijst")
    environment_list_investment: Euros | None = Field(
        None, description="the part on the Milieulijst"
    )
    scheme_output: Output | None = Field(
        None, description="what SDE++ pays for; absent key: the CO2 handed over for storage"
    )
    capacity: Annotated[Figure, unit_kind("MW")] | None = None
    eligible_electricity: Annotated[Figure, unit_kind("MWh/year")] | None = Field(
        None, description="power use of products that may have indirect cost compensated"
    )
    energy_saving_share: Part | None = None
    hydrogen_share: dict[Year, Part] = Field(default_factory=dict)
    capacity_increase: Part | None = Field(None, description="of production")

    storage_in_netherlands: YesNo | None = None
    proven: YesNo | None = Field(None, description="runs in similar industrial projects")
    similar_subsidised_projects: Count | None = None
    on_energy_list: YesNo | None = None
    on_environment_list: YesNo | None = None
    environment_list_category: ListCategory | None = Field(None, description="1, 2 or 3")
    vamil: YesNo | None = None
    ikc_plan: YesNo | None = Field(
        None, description="the firm has a plan as compensation of indirect cost asks (art. 4.4.8)"
    )
    carbon_leakage: YesNo | None = Field(
        None, description="in a sector that may have indirect cost compensated"
    )
    legally_required: YesNo | None = None
    fossil_fired: YesNo | None = None
    single_purpose: YesNo | None = Field(
        None, description="an add-on for which there is no less green alternative"
    )
    renewable_hydrogen: YesNo | None = None
    relocates: YesNo | None = None

    ad_hoc: YesNo | None = Field(None, description="aid that is not given under a scheme")
    aid_approved: YesNo | None = Field(
        None, description="a decision of the Commission covers the aid or its scheme"
    )
    material_change_shown: YesNo | None = Field(
        None, description="the file shows more scope, money or speed because of the aid"
    )
    by_tender: YesNo | None = Field(None, description="the amount comes from competitive bidding")
    assisted_area: AssistedArea | None = None
    required_by_union_standard: YesNo | None = None
    complete_chain: YesNo | None = Field(
        None, description="capture of CO2 with its transport and storage or use"
    )
    electrolyser_within_renewables: YesNo | None = None
    hydrogen_g_per_mj: Measured | None = Field(
        None, description="life-cycle emissions of the hydrogen, g CO2e per MJ"
    )
    dedicated_infrastructure: YesNo | None = Field(
        None, description="for hydrogen, waste heat or CO2"
    )
    energy_infrastructure: YesNo | None = None
    regulated_access: YesNo | None = Field(
        None, description="infrastructure under tariff and access regulation"
    )
    only_renewable_or_waste_heat: YesNo | None = Field(None, description="in a heat network")
    common_practice: YesNo | None = None
    disposal_or_energy_recovery: YesNo | None = None

    plan_2050: YesNo | None = Field(None, description="there is a plan for CO2 neutrality in 2050")
    advice_given: YesNo | None = Field(
        None, description="the advisory committee has advised on the draft"
    )
    bids: dict[Bidding, Annotated[Figure, unit_kind("EUR/t")]] = Field(
        default_factory=dict,
        description="per tonne; absent key of a foreign contract: the bid that it would need",
    )
    heat_basket: HeatBasket | None = Field(
        None, description="basket of the European heat auction: temperature, and size below 400 °C"
    )

    applied_on: Day | None = Field(None, description="when support was asked for first")
    applications: dict[Scheme, Day] = Field(
        default_factory=dict, description="day of the application to one scheme"
    )
    works_start_on: Day | None = None
    granted_on: Day | None = None
    in_operation_on: Day | None = None
