# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clean Industrial Deal State Aid Framework (CISAF): section 5, and price relief in 4.5.

Law       CISAF (C/2025/3602), 25 June 2025 to 31 December 2030. The text was not read: dates, cap
          and completion are those of the press on it and on an approved Spanish scheme.
Takes     a project, what the file says of the aid, the law as known on a day.
Gives     a verdict that cannot be more than "cannot judge yet" until somebody fills in the
          intensities and the entry test; the highest relief of the price of electricity.
Leaves    sections 3, 4 (but price relief), 6 and 7; the draft of March 2025, which is not the text.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect, limit_from_above, years_between
from maatwerkbank.rules.instrument import (
    Condition,
    Project,
    Rest,
    Technique,
    Terms,
    at_least,
)
from maatwerkbank.support.state_aid.framework import (
    NOT_READ,
    AidFile,
    Route,
    Verdict,
    as_in_gber,
    duty_to_notify,
    in_force,
    judged,
    no_relocation,
    sound_undertaking,
    terms_on_grant,
    within_ceiling,
)

Floats = NDArray[np.float64]

FRAMEWORK = "cisaf"
SECTION_5 = Text(nl="CISAF afdeling 5", en="CISAF section 5")
# The techniques of section 5 as the press names them; each has an intensity of its own.
INTENSITIES = {
    Technique.E_BOILER: "electrification",
    Technique.HEAT_PUMP: "electrification",
    Technique.ELECTRIFICATION: "electrification",
    Technique.HYDROGEN_USE: "hydrogen",
    Technique.RESIDUAL_HEAT: "waste_heat",
    Technique.CCS: "carbon_capture",
    Technique.CCU: "carbon_capture",
    Technique.EFFICIENCY: "efficiency",
}


def relief_ceiling(
    price: ArrayLike,
    consumption: ArrayLike,
    *,
    share_of_price: ArrayLike,
    share_of_consumption: ArrayLike,
    lowest_price: ArrayLike,
) -> Floats:
    """How much relief of the price of electricity may a year bring?  (..., year) [eur]

    A share of the mean wholesale price, but never so much that the price falls below the lowest,
    on a share of the consumption.

    >>> float(relief_ceiling(80.0, 1_000.0, share_of_price=0.5, share_of_consumption=0.5,
    ...     lowest_price=50.0))
    15000.0

    Parameters
    ----------
    price : (..., year) [eur/MWh]  yearly mean wholesale price
    consumption : (..., year) [MWh]

    Source        CISAF section 4.5, as reported on 25 June 2025.
    """
    mean = np.asarray(price, dtype=np.float64)
    above = np.maximum(0.0, mean - np.asarray(lowest_price))
    relief = np.minimum(mean * np.asarray(share_of_price), above)
    return np.asarray(relief * np.multiply(share_of_consumption, consumption))


def price_relief(price: ArrayLike, consumption: ArrayLike, terms: Terms) -> Floats | None:
    """The same with the terms of the day; None where one is not known.  (..., year) [eur]"""
    of_price = terms.value("cisaf/section_4_5/share_of_price")
    of_use = terms.value("cisaf/section_4_5/share_of_consumption")
    lowest = terms.value("cisaf/section_4_5/lowest_price")
    if of_price is None or of_use is None or lowest is None:
        return None
    return relief_ceiling(
        price,
        consumption,
        share_of_price=of_price,
        share_of_consumption=of_use,
        lowest_price=lowest,
    )


def verdict(project: Project, law: Law, file: AidFile) -> Verdict:
    """What section 5 says to a project on the day of the grant."""
    terms = terms_on_grant(project, law)
    terms.rest(Rest("cisaf/exclusions", None, "", "enacted", NOT_READ))
    opened = in_force(project, terms, FRAMEWORK)
    routes = _routes(project, file, terms)
    conditions = (
        opened,
        incentive_effect(project, as_in_gber("6 lid 2", "6(2)")),
        _technique(project),
        _entry(project, terms),
        limit_from_above(
            "capacity",
            Text(
                nl="De productiecapaciteit groeit niet meer dan de marge.",
                en="Production capacity grows no more than the margin.",
            ),
            project.capacity_increase,
            terms.value("cisaf/section_5/capacity_increase"),
            "1",
            SECTION_5,
        ),
        _in_time(project, terms),
        no_relocation(project, Text(nl="CISAF, niet gelezen", en="CISAF, not read")),
        *sound_undertaking(project, as_in_gber("1 lid 4", "1(4)")),
        *within_ceiling(file, routes, SECTION_5, terms),
    )
    return judged(
        FRAMEWORK, "section 5", project, terms, conditions, routes, notify=duty_to_notify(file)
    )


def _routes(project: Project, file: AidFile, terms: Terms) -> tuple[Route, ...]:
    """A fixed share up to the cap; above it the funding gap, or what a tender brings."""
    cap = terms.value("cisaf/section_5/cap")
    share = None
    if project.technique in INTENSITIES:
        share = terms.value(f"cisaf/section_5/intensity/{INTENSITIES[project.technique]}")
    most = terms.value("cisaf/section_5/highest_intensity")
    if share is not None and most is not None:
        share = min(share, most)
    routes = [Route("fixed_share", SECTION_5.en, project.investment_eur, share, cap)]
    if file.funding_gap_eur is not None:
        gap = max(0.0, file.funding_gap_eur)
        routes.append(Route("funding_gap", SECTION_5.en, gap, 1.0, math.inf, claw_back=True))
    if file.by_tender:
        routes.append(Route("tender", SECTION_5.en, project.investment_eur, 1.0, math.inf))
    return tuple(routes)


def _technique(project: Project) -> Condition:
    known = project.technique not in {None, Technique.OTHER}
    return Condition(
        id="technique",
        says=Text(
            nl="De techniek is elektrificatie, waterstof, restwarmte, afvang van CO2 of besparing.",
            en="The technique is electrification, hydrogen, waste heat, carbon capture or "
            "efficiency.",
        ),
        met=project.technique in INTENSITIES if known else None,
        source=SECTION_5,
        asked=", ".join(sorted(set(INTENSITIES.values()))),
        found=project.technique,
    )


def _entry(project: Project, terms: Terms) -> Condition:
    """The least cut of emissions, or the least saving of energy; neither was read."""
    cut = terms.value("cisaf/section_5/minimum_reduction")
    saving = terms.value("cisaf/section_5/minimum_energy_saving")
    judged = {
        at_least(project.reduction_share, cut),
        at_least(project.energy_saving_share, saving),
    }
    met = True if True in judged else (None if None in judged else False)
    return Condition(
        id="entry_test",
        says=Text(
            nl="De uitstoot of het energiegebruik van de activiteit daalt genoeg.",
            en="Emissions or energy use of the activity fall enough.",
        ),
        met=met,
        source=SECTION_5,
        relation="at_least",
        asked=cut,
        found=project.reduction_share,
        unit="1",
    )


def _in_time(project: Project, terms: Terms) -> Condition:
    limit = terms.value("cisaf/section_5/completion")
    found = years_between(project.granted_on, project.in_operation_on)
    return limit_from_above(
        "completed_in_time",
        Text(
            nl="De installatie draait binnen de termijn na de verlening.",
            en="The plant runs within the time after the grant.",
        ),
        found,
        limit,
        "year",
        SECTION_5,
    )
