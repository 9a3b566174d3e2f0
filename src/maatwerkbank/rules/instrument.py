# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one shape of every instrument: what it asks, what it pays, on what that rests.

Takes     the facts of a project and the law as known on a day.
Gives     an offer: conditions with reasons, euros by year, the most it can come to, its ranking.
Leaves    the terms of each scheme to its own file, the order and stacking of schemes to `support`.

An instrument is a function `offer(project, law) -> Offer`. A fact that the project does not state
is None, and a condition that hangs on it is judged neither way: absent is not zero, and lacking is
not refused.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import NoValueOnDate, RequiredValue
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import Citation
from maatwerkbank.parameters.law import Law, Value
from maatwerkbank.parameters.rounds import Round, rounds_of

Floats = NDArray[np.float64]
Years = NDArray[np.int64]


class Technique(StrEnum):
    """What a project does, as far as schemes tell techniques apart."""

    CCS = "ccs"
    CCU = "ccu"
    E_BOILER = "e_boiler"
    HEAT_PUMP = "heat_pump"
    ELECTROLYSIS = "electrolysis"
    ELECTRIFICATION = "electrification"
    RESIDUAL_HEAT = "residual_heat"
    EFFICIENCY = "efficiency"
    CIRCULAR = "circular"
    HYDROGEN_USE = "hydrogen_use"
    RENEWABLE_HEAT = "renewable_heat"
    OTHER = "other"


class FirmSize(StrEnum):
    """Size of the undertaking under European law."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class AidForm(StrEnum):
    """How money comes in, and so how cash flow and tax treat it (METHOD §7)."""

    CAPITAL_GRANT = "capital_grant"
    OPERATING_AID = "operating_aid"
    TAX_RELIEF = "tax_relief"
    TWO_SIDED = "two_sided"


@dataclass(frozen=True)
class Project:
    """Facts that schemes ask about. None: not stated. Euros nominal, tonnes CO2e. (..., year)"""

    years: Years
    technique: Technique | None = None
    sde_category: str | None = None  # row of the SDE++ table, as in parameters/sde_tables
    sbi: str | None = None  # Dutch industry code, such as "20.13"
    firm_size: FirmSize = FirmSize.LARGE
    first_year: int | None = None
    life_years: int | None = None
    depreciation_years: int | None = None

    investment_eur: float | None = None
    reference_investment_eur: float | None = None  # of the less green plant of equal output
    energy_investment_eur: float | None = None  # the part on the Energielijst
    environment_investment_eur: float | None = None  # the part on the Milieulijst
    capital_grants_eur: float = 0.0  # counted on the investment: they lower the base of EIA and MIA
    yearly_benefit_eur: float | None = None  # saved and earned a year, without subsidy
    cost_by_year: Floats | None = None  # running cost above the reference, carbon left out [eur]
    carbon_saved_by_year: Floats | None = None  # allowances and levy that it saves [eur]
    production: Floats | None = None  # what the scheme pays for [t or MWh a year]
    capacity_mw: float | None = None
    electricity_use: Floats | None = None  # [MWh a year], of the products that are eligible
    reduction: Floats | None = None  # scope 1 in the Netherlands [t a year]
    reduction_abroad_or_biogenic: Floats | None = None  # stored or saved but not scope 1 here [t]
    reduction_share: float | None = None  # of direct emissions of the activity aided
    energy_saving_share: float | None = None
    additional_2030_t: float | None = None  # below the path of dispensation rights (METHOD §6)

    storage_in_netherlands: bool | None = None
    proven: bool | None = None  # the technique runs in similar industrial projects
    similar_subsidised_projects: int | None = None
    on_energy_list: bool | None = None
    on_environment_list: bool | None = None
    environment_category: int | None = None  # on the Milieulijst: 1, 2 or 3
    vamil: bool | None = None
    ikc_plan: bool | None = None  # of the firm, as IKC-ETS asks (art. 4.4.8)
    under_ets: bool | None = None  # the installation surrenders allowances
    carbon_leakage: bool | None = None
    legally_required: bool | None = None  # measure or result is an obligation already
    fossil_fired: bool | None = None
    single_purpose: bool | None = None  # an add-on with no less green alternative
    renewable_hydrogen: bool | None = None
    hydrogen_share: dict[int, float] = field(default_factory=dict)  # year -> of energy input
    capacity_increase: float | None = None  # of production, as a share
    in_difficulty: bool | None = None
    recovery_order: bool | None = None
    relocates: bool | None = None

    applied_on: date | None = None
    applied_here: bool = False  # the day is that of an application to this very scheme
    applications: dict[str, date] = field(default_factory=dict)  # scheme -> day, where stated apart
    not_granted_before: date | None = None  # nothing was granted yet on this day
    works_start_on: date | None = None
    granted_on: date | None = None
    in_operation_on: date | None = None

    eua: Floats | None = None  # price path of the run [eur/t]
    prices: dict[str, Floats] = field(default_factory=dict)  # carrier -> path of the run

    @property
    def extra_cost_eur(self) -> float | None:
        """Investment above the reference; None where either is not stated. [eur]"""
        if self.investment_eur is None or self.reference_investment_eur is None:
            return None
        return self.investment_eur - self.reference_investment_eur


@dataclass(frozen=True)
class Rest:
    """One thing an offer rests on: a value of law, a table row or a round, and how it was seen."""

    name: str
    value: float | None
    unit: str
    status: str  # enacted | proposed | scenario
    citation: Citation


@dataclass(frozen=True)
class Lacking:
    """What must be known before a scheme can be judged, and where it can be read or asked."""

    name: str
    where: Text


@dataclass(frozen=True)
class Condition:
    """One condition of a scheme, with both sides shown.

    `met` is None where it cannot be judged. `asked` and `found` are numbers in `unit`, dates or
    words; `relation` says how they compare: at_least, at_most, is, before, by.
    """

    id: str
    says: Text
    met: bool | None
    source: str | Text  # article; in both languages where it holds words
    relation: str = "is"
    asked: float | date | str | bool | None = None
    found: float | date | str | bool | None = None
    unit: str = ""


@dataclass(frozen=True)
class Offer:
    """What a scheme has to say to a project."""

    instrument: str
    form: AidForm
    conditions: tuple[Condition, ...]
    yearly: Floats | None  # (..., year) [eur, nominal] on the price path of the run
    maximum_eur: float | None  # what is committed, or the cap that binds
    ranking_eur_per_t: float | None = None
    deduction: Floats | None = (
        None  # (..., year) off the taxable profit; `yearly` is its cash value
    )
    round: Round | None = None
    rests_on: tuple[Rest, ...] = ()
    lacks: tuple[Lacking, ...] = ()
    instead: str | None = None  # the scheme that the rules themselves send it to

    @property
    def refused(self) -> tuple[Condition, ...]:
        """Conditions that are not met."""
        return tuple(c for c in self.conditions if c.met is False)

    @property
    def open_questions(self) -> tuple[Condition, ...]:
        """Conditions that cannot be judged yet."""
        return tuple(c for c in self.conditions if c.met is None)

    @property
    def outcome(self) -> str:
        """`fits`, `refused`, or `cannot_judge` where something lacks. Never `fits` by silence."""
        if self.refused:
            return "refused"
        return "cannot_judge" if self.open_questions or self.lacks else "fits"


class Terms:
    """The terms of a scheme on a day: asks the law, remembers what was asked, notes what lacks.

    Where no day is stated the terms are those of the day of knowledge. `on_is_stated` tells whether
    the day is that of an application to this very scheme: only then can a round be missed.
    """

    def __init__(self, law: Law, on: date | None, *, stated: bool = True) -> None:
        self.law = law
        self.on = on or law.known_on
        self.on_is_stated = on is not None and stated
        self._rests: dict[str, Rest] = {}
        self._lacks: dict[str, Lacking] = {}

    def value(self, name: str) -> float | None:
        """A term on the day; None, and noted as lacking, where nobody could read it."""
        try:
            found = self.law.on(name, self.on)
        except (NoValueOnDate, RequiredValue) as error:
            self._not_given(name, self.on, error)
            return None
        self._use(found)
        return found.value

    def yearly(self, name: str, years: Years) -> Floats | None:
        """A term by year; None, and noted as lacking, where a year is not known. (year,)"""
        try:
            found = [self.law.on(name, date(int(year), 1, 1)) for year in years]
        except (NoValueOnDate, RequiredValue) as error:
            self._not_given(name, f"{years[0]}-{years[-1]}", error)
            return None
        for value in found:
            self._use(value)
        return np.array([value.value for value in found])

    def round(self, scheme: str) -> Round | None:
        """The round of a scheme that is open on the day, if one is known."""
        known = rounds_of(scheme, self.law.known_on)
        found = next((each for each in known if each.open_on(self.on)), None)
        if found:
            self.rest(
                Rest(f"{scheme}/{found.id}", found.budget_eur, "EUR", "enacted", found.citation)
            )
        return found

    def rest(self, found: Rest) -> None:
        """Note something that the answer rests on."""
        self._rests[found.name] = found

    def lack(self, name: str, where: Text) -> None:
        """Note something without which the scheme cannot be judged."""
        self._lacks[name] = Lacking(name, where)

    def _not_given(self, name: str, when: object, error: NoValueOnDate | RequiredValue) -> None:
        """Note a term that the law as known does not give, with the place to read it."""
        known_on = self.law.known_on
        where = (
            Text(nl=f"te lezen in: {error.where}", en=f"to be read in: {error.where}")
            if isinstance(error, RequiredValue)
            else Text(
                nl=f"welke waarde gold op {when}, was op {known_on} niet gevonden",
                en=f"which value held on {when} was not found on {known_on}",
            )
        )
        self.lack(name, where)

    def _use(self, value: Value) -> None:
        self.law.used[value.name, value.on.year] = value
        self.rest(Rest(value.name, value.value, value.unit, value.status, value.citation))

    @property
    def rests_on(self) -> tuple[Rest, ...]:
        """Everything asked and found, in order of asking."""
        return tuple(self._rests.values())

    @property
    def lacks(self) -> tuple[Lacking, ...]:
        """Everything asked and not found."""
        return tuple(self._lacks.values())


def at_most(found: float | None, limit: float | None) -> bool | None:
    """Whether a figure stays within a limit; None where either is not known."""
    return None if found is None or limit is None else found <= limit


def at_least(found: float | None, limit: float | None) -> bool | None:
    """Whether a figure reaches a limit; None where either is not known."""
    return None if found is None or limit is None else found >= limit
