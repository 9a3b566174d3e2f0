# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""EU Innovation Fund auctions: a fixed premium per tonne for heat, per kilogram for hydrogen.

Law        Delegated Regulation (EU) 2019/856 as amended by 2023/2537, articles 13a-13d; terms of
           the auctions as others quote them.
Takes      avoided tonnes, heat or hydrogen by year, and the bid of the applicant.
Gives      euros in the shape that comes in, and an offer for each of the two auctions.
Leaves out the abatement method of the auctions, guarantees, national top-ups, resilience tests,
           and whether a bid wins: an offer that fits may still lose.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import (
    avoided,
    in_sight,
    limit_from_above,
    limit_from_below,
    one_number,
    open_round,
    paid_years,
    years_between,
)
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    Floats,
    Offer,
    Project,
    Technique,
    Terms,
)

HOURS_A_YEAR = 8760.0
KG_A_TONNE = 1000.0
ELECTRIC_OR_RENEWABLE_HEAT = (
    Technique.E_BOILER,
    Technique.HEAT_PUMP,
    Technique.ELECTRIFICATION,
    Technique.RENEWABLE_HEAT,
)
_HEAT_TERMS = Text(
    nl="IF25 Heat Auction, voorwaarden van de veiling",
    en="IF25 Heat Auction, terms and conditions",
)
_HYDROGEN_TERMS = Text(
    nl="Hydrogen Bank, voorwaarden van de veilingen",
    en="Hydrogen Bank auctions, terms and conditions",
)
_BID = Text(
    nl="het bod van de aanvrager: de gevraagde premie",
    en="the bid of the applicant: the premium asked",
)
_BELOW_HIGHEST_BID = Text(
    nl="De gevraagde premie is niet hoger dan het hoogste bod.",
    en="The premium asked is not above the highest bid.",
)
_BELOW_HIGHEST_AWARD = Text(
    nl="Wat in totaal wordt gevraagd is niet hoger dan de hoogste toekenning.",
    en="What is asked in all is not above the highest award.",
)


class HeatClass(StrEnum):
    """Basket of the heat auction: temperature of the heat, and size where it is medium."""

    MEDIUM_SMALL = "medium_small"  # 100 to 400 °C, below the larger size
    MEDIUM = "medium"  # 100 to 400 °C, the larger size
    HIGH = "high"  # above 400 °C


class HoursCap(StrEnum):
    """On how many hours the heat auction pays."""

    DEFAULT = "default"
    FLEXIBLE = "flexible"  # the plant ramps with the grid
    NONE = "none"  # storage, a heat pump of COP 2 or more, or direct renewable heat


@dataclass(frozen=True)
class HeatBid:
    """A bid in the heat auction. None: not stated."""

    heat_class: HeatClass
    premium_eur_per_t: float | None = None
    thermal_mw: float | None = None
    hours_cap: HoursCap | None = None
    financial_close_on: date | None = None


@dataclass(frozen=True)
class HydrogenBid:
    """A bid in the hydrogen auction. None: not stated."""

    premium_eur_per_kg: float | None = None


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def paid_hours_share(
    heat: ArrayLike, thermal_mw: ArrayLike, hours_share: ArrayLike | None
) -> Floats:
    """On which part of its heat does a plant get the premium?  (..., year) [1]

    Heat up to `hours_share` of all hours at full capacity counts; None: there is no cap.

    >>> float(paid_hours_share(87_600.0, 10.0, 0.7))
    0.7

    Source        terms of the IF25 heat auction, as reported.
    """
    if hours_share is None:
        return np.ones_like(heat, dtype=np.float64)
    made, most = np.broadcast_arrays(
        np.asarray(heat, dtype=np.float64), np.multiply(thermal_mw, hours_share) * HOURS_A_YEAR
    )
    return np.asarray(np.divide(most, made, out=np.ones(made.shape), where=made > most))


def heat_premium(premium_eur_per_t: ArrayLike, avoided_tonnes: ArrayLike) -> Floats:
    """What does the heat auction pay?  (..., year) [eur]

    >>> heat_premium(200.0, [60_000.0, 0.0]).tolist()
    [12000000.0, 0.0]

    Source        terms of the IF25 heat auction, as reported.
    """
    return np.asarray(np.multiply(premium_eur_per_t, avoided_tonnes), dtype=np.float64)


def hydrogen_premium(premium_eur_per_kg: ArrayLike, hydrogen_t: ArrayLike) -> Floats:
    """What does the Hydrogen Bank pay?  (..., year) [eur], on tonnes of hydrogen

    >>> float(hydrogen_premium(0.37, 122_000.0))
    45140000.0

    Source        terms of the pilot auction; results as published.
    """
    return np.asarray(np.multiply(premium_eur_per_kg, hydrogen_t) * KG_A_TONNE, dtype=np.float64)


# ── the heat auction ──────────────────────────────────────────────────────────────────────────


def offer_heat_auction(project: Project, law: Law, *, bid: HeatBid | None = None) -> Offer:
    """What does the heat auction have to say to this project and its bid?

    A premium per tonne avoided, in the first years of operation. `project.production` is the heat
    [MWh], needed where a cap on hours holds. What is asked above the highest award makes the bid
    inadmissible: it is not cut down.
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    found = terms.round("innovation_fund_heat")
    heat = "innovation_fund/heat"
    term = terms.value(f"{heat}/premium_years")
    years = paid_years(project.years, project.first_year, term)
    if bid is None:
        terms.lack(f"{heat}/bid", _BID)
    premium = bid.premium_eur_per_t if bid else None
    share = _share_of_heat(project, bid, terms)
    tonnes = avoided(project)
    yearly: Floats | None = None
    if premium is not None and tonnes is not None and years is not None and share is not None:
        yearly = heat_premium(premium, tonnes * share * years)
    whole = in_sight(project, term, terms)
    total = None if yearly is None or not whole else one_number(yearly.sum(axis=-1))
    award_class = bid.heat_class if bid else None
    ceiling = "high" if award_class is HeatClass.HIGH else "medium"
    conditions = (
        open_round(terms, "innovation_fund_heat"),
        _technique(project),
        *_heat_size(bid, terms),
        limit_from_above(
            "bid",
            _BELOW_HIGHEST_BID,
            premium,
            terms.value(f"{heat}/premium_ceiling/{ceiling}") if award_class else None,
            "EUR/t",
            _HEAT_TERMS,
        ),
        limit_from_above(
            "award",
            _BELOW_HIGHEST_AWARD,
            total,
            terms.value(f"{heat}/award_maximum/{award_class}") if award_class else None,
            "EUR",
            _HEAT_TERMS,
        ),
        limit_from_above(
            "financial_close",
            Text(
                nl="De financial close volgt binnen de termijn na de overeenkomst.",
                en="Financial close follows within the term after the agreement.",
            ),
            years_between(project.granted_on, bid.financial_close_on if bid else None),
            terms.value(f"{heat}/years_to_close"),
            "year",
            _HEAT_TERMS,
        ),
        limit_from_above(
            "operation",
            Text(
                nl="De installatie is binnen de termijn na de overeenkomst in bedrijf.",
                en="The plant operates within the term after the agreement.",
            ),
            years_between(project.granted_on, project.in_operation_on),
            terms.value(f"{heat}/years_to_operation"),
            "year",
            _HEAT_TERMS,
        ),
    )
    return Offer(
        instrument="innovation_fund_heat",
        form=AidForm.OPERATING_AID,
        conditions=conditions,
        yearly=yearly,
        maximum_eur=total,
        ranking_eur_per_t=premium,
        round=found,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _share_of_heat(project: Project, bid: HeatBid | None, terms: Terms) -> Floats | float | None:
    """The part of the heat that the premium is paid on; None where a fact lacks."""
    if bid is None or bid.hours_cap is None:
        return None
    if bid.hours_cap is HoursCap.NONE:
        return 1.0
    flexible = bid.hours_cap is HoursCap.FLEXIBLE
    name = "hours_share_flexible" if flexible else "hours_share"
    hours = terms.value(f"innovation_fund/heat/{name}")
    if hours is None or project.production is None or bid.thermal_mw is None:
        return None
    return paid_hours_share(project.production, bid.thermal_mw, hours)


def _technique(project: Project) -> Condition:
    allowed = None if project.technique is None else project.technique in ELECTRIC_OR_RENEWABLE_HEAT
    return Condition(
        id="technique",
        says=Text(
            nl="Het project maakt proceswarmte met stroom of rechtstreeks hernieuwbaar.",
            en="The project makes process heat with power or directly from renewables.",
        ),
        met=allowed,
        source=_HEAT_TERMS,
        asked=", ".join(ELECTRIC_OR_RENEWABLE_HEAT),
        found=project.technique,
    )


def _heat_size(bid: HeatBid | None, terms: Terms) -> tuple[Condition, ...]:
    """The smallest capacity of the class, and the size at which the larger class begins."""
    smallest = terms.value("innovation_fund/heat/minimum_mw")
    larger = terms.value("innovation_fund/heat/larger_from_mw")
    capacity = bid.thermal_mw if bid else None
    from_mw = larger if bid and bid.heat_class is HeatClass.MEDIUM else smallest
    below = bid is not None and bid.heat_class is HeatClass.MEDIUM_SMALL
    at_the_least = limit_from_below(
        "size",
        Text(
            nl="Het thermisch vermogen past bij de klasse van het bod.",
            en="The thermal capacity fits the class of the bid.",
        ),
        capacity,
        from_mw,
        "MW",
        _HEAT_TERMS,
    )
    if not below:
        return (at_the_least,)
    return (
        at_the_least,
        Condition(
            id="size_below_larger_class",
            says=Text(
                nl="Het thermisch vermogen ligt onder dat van de grotere klasse.",
                en="The thermal capacity is below that of the larger class.",
            ),
            met=None if capacity is None or larger is None else capacity < larger,
            source=_HEAT_TERMS,
            relation="before",
            asked=larger,
            found=capacity,
            unit="MW",
        ),
    )


# ── the Hydrogen Bank ─────────────────────────────────────────────────────────────────────────


def offer_hydrogen_bank(project: Project, law: Law, *, bid: HydrogenBid | None = None) -> Offer:
    """What does the Hydrogen Bank have to say to this project and its bid?

    A premium per kilogram, in the first ten years. `project.production` is hydrogen [t a year].
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    found = terms.round("innovation_fund_hydrogen")
    bank = "innovation_fund/hydrogen"
    term = terms.value(f"{bank}/premium_years")
    years = paid_years(project.years, project.first_year, term)
    if bid is None:
        terms.lack(f"{bank}/bid", _BID)
    premium = bid.premium_eur_per_kg if bid else None
    yearly: Floats | None = None
    if premium is not None and project.production is not None and years is not None:
        yearly = hydrogen_premium(premium, project.production * years)
    whole = in_sight(project, term, terms)
    total = None if yearly is None or not whole else one_number(yearly.sum(axis=-1))
    conditions = (
        open_round(terms, "innovation_fund_hydrogen"),
        _electrolysis(project),
        _renewable(project, terms),
        limit_from_below(
            "capacity",
            Text(
                nl="De elektrolyser haalt het kleinste vermogen.",
                en="The electrolyser reaches the smallest capacity.",
            ),
            project.capacity_mw,
            terms.value(f"{bank}/minimum_mw"),
            "MW",
            _HYDROGEN_TERMS,
        ),
        limit_from_above(
            "bid",
            _BELOW_HIGHEST_BID,
            premium,
            terms.value(f"{bank}/premium_ceiling"),
            "EUR/kg",
            _HYDROGEN_TERMS,
        ),
        limit_from_above(
            "award",
            _BELOW_HIGHEST_AWARD,
            total,
            terms.value(f"{bank}/award_maximum"),
            "EUR",
            _HYDROGEN_TERMS,
        ),
    )
    return Offer(
        instrument="hydrogen_bank",
        form=AidForm.OPERATING_AID,
        conditions=conditions,
        yearly=yearly,
        maximum_eur=total,
        round=found,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _electrolysis(project: Project) -> Condition:
    return Condition(
        id="technique",
        says=Text(
            nl="Het project maakt waterstof met elektrolyse.",
            en="The project makes hydrogen by electrolysis.",
        ),
        met=None if project.technique is None else project.technique is Technique.ELECTROLYSIS,
        source=_HYDROGEN_TERMS,
        asked=Technique.ELECTROLYSIS,
        found=project.technique,
    )


def _renewable(project: Project, terms: Terms) -> Condition:
    """Renewable hydrogen always; whether other hydrogen is low in carbon is not stated here."""
    low_carbon_too = terms.value("innovation_fund/hydrogen/low_carbon_allowed")
    met = project.renewable_hydrogen
    if met is False and low_carbon_too != 0.0:
        met = None
    return Condition(
        id="renewable",
        says=Text(
            nl="De waterstof is hernieuwbaar, of koolstofarm waar de ronde dat toelaat.",
            en="The hydrogen is renewable, or low in carbon where the round allows that.",
        ),
        met=met,
        source=_HYDROGEN_TERMS,
        asked=True,
        found=project.renewable_hydrogen,
    )
