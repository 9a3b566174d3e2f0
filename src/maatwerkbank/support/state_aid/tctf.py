# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Temporary Crisis and Transition Framework, section 2.6: the Dutch electrification scheme.

Law       TCTF (2023/C 101/03), section 2.6, and the Dutch scheme under it, approved on 25 July 2024
          and ended on 31 December 2025. Neither text was read: the terms are those of the press.
Takes     a project, what the file says of the aid, the law as known on a day.
Gives     a verdict on the gates of the scheme and the highest aid under it.
Leaves    the penalty for each month of delay, the bonus for deeper cuts and the part of the budget
          that one firm may take: not seen anywhere.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import (
    incentive_effect,
    limit_from_above,
    limit_from_below,
    years_between,
)
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
    aid_intensity,
    as_in_gber,
    duty_to_notify,
    in_force,
    judged,
    no_relocation,
    size_bonus,
    sound_undertaking,
    terms_on_grant,
    within_ceiling,
)

FRAMEWORK = "tctf"
SECTION_2_6 = "TCTF section 2.6"
SCHEME = Text(
    nl="Nederlandse regeling van 25 juli 2024 onder TCTF afdeling 2.6",
    en="Dutch scheme of 25 July 2024 under TCTF section 2.6",
)
_ITALIAN = Text(
    nl="TCTF afdeling 2.6, zoals een goedgekeurde Italiaanse regeling haar herhaalt",
    en="TCTF section 2.6, as an approved Italian scheme repeats it",
)
_NOT_READ = Text(nl="TCTF afdeling 2.6, niet gelezen", en="TCTF section 2.6, not read")
_ELECTRIC = {Technique.E_BOILER, Technique.ELECTRIFICATION, Technique.HEAT_PUMP}


def passes(
    additional_2030: ArrayLike,
    reduction_share: ArrayLike,
    aid: ArrayLike,
    *,
    minimum_t: ArrayLike,
    minimum_share: ArrayLike,
    cap: ArrayLike,
) -> NDArray[np.bool_]:
    """Does a project pass the gates of the Dutch scheme?  (...)

    Tonnes below the levy line in 2030, share of direct emissions cut, aid per undertaking.

    >>> bool(passes(150e3, 0.4, 185e6, minimum_t=100e3, minimum_share=0.4, cap=200e6))
    True

    Source        press on the approval of 25 July 2024.
    """
    return np.asarray(
        (np.asarray(additional_2030) >= minimum_t)
        & (np.asarray(reduction_share) >= minimum_share)
        & (np.asarray(aid) <= cap)
    )


def verdict(project: Project, law: Law, file: AidFile) -> Verdict:
    """What the framework says to a project on the day of the grant."""
    terms = terms_on_grant(project, law)
    terms.rest(Rest("tctf/exclusions", None, "", "enacted", NOT_READ))
    opened = in_force(project, terms, FRAMEWORK)
    routes = _routes(project, file, terms)
    conditions = (
        opened,
        incentive_effect(project, as_in_gber("6 lid 2", "6(2)")),
        _electrification(project),
        _deep_cut(project, terms),
        _below_levy_line(project, terms),
        limit_from_above(
            "capacity",
            Text(
                nl="De productiecapaciteit groeit niet of nauwelijks.",
                en="Production capacity does not grow, or hardly.",
            ),
            project.capacity_increase,
            terms.value("tctf/capacity_increase"),
            "1",
            _ITALIAN,
        ),
        _in_time(project, terms),
        *_hydrogen_shares(project, terms),
        no_relocation(project, _NOT_READ),
        *sound_undertaking(project, as_in_gber("1 lid 4", "1(4)")),
        *within_ceiling(file, routes, SCHEME, terms),
    )
    return judged(
        FRAMEWORK, "section 2.6", project, terms, conditions, routes, notify=duty_to_notify(file)
    )


def _routes(project: Project, file: AidFile, terms: Terms) -> tuple[Route, ...]:
    """A share of the extra cost, or a smaller share of the whole; claw-back in both."""
    cap, bonus = terms.value("tctf/cap"), size_bonus(project, terms, FRAMEWORK)

    def share(name: str) -> float | None:
        base = terms.value(f"tctf/{name}")
        if base is None or bonus is None:
            return None
        return float(aid_intensity(base, size_bonus=bonus))

    routes = [
        Route(
            "extra_cost",
            SECTION_2_6,
            project.extra_cost_eur,
            share("intensity_extra_cost"),
            cap,
            claw_back=True,
        ),
        Route(
            "total_cost",
            SECTION_2_6,
            project.investment_eur,
            share("intensity_total_cost"),
            cap,
            claw_back=True,
        ),
    ]
    if file.funding_gap_eur is not None:
        gap = max(0.0, file.funding_gap_eur)
        routes.append(Route("funding_gap", SECTION_2_6, gap, 1.0, cap, claw_back=True))
    return tuple(routes)


def _electrification(project: Project) -> Condition:
    technique = project.technique
    open_to = None if technique in {None, Technique.OTHER} else technique in _ELECTRIC
    return Condition(
        id="electrification",
        says=Text(
            nl="Elektriciteit vervangt fossiele brandstof in het proces.",
            en="Electricity replaces fossil fuel in the process.",
        ),
        met=open_to,
        source=SCHEME,
        asked="electrification",
        found=technique,
    )


def _deep_cut(project: Project, terms: Terms) -> Condition:
    limit = terms.value("tctf/minimum_reduction")
    return limit_from_below(
        "reduction",
        Text(
            nl="De directe uitstoot van de activiteit daalt genoeg ten opzichte van het "
            "gemiddelde van de vijf jaren ervoor.",
            en="Direct emissions of the activity fall enough against the mean of the five years "
            "before.",
        ),
        project.reduction_share,
        limit,
        "1",
        SCHEME,
    )


def _below_levy_line(project: Project, terms: Terms) -> Condition:
    limit = terms.value("tctf/minimum_additional_2030")
    return limit_from_below(
        "below_levy_line",
        Text(
            nl="De uitstoot ligt in 2030 genoeg onder de lijn van de CO2-heffing.",
            en="In 2030 emissions lie enough below the line of the CO2 levy.",
        ),
        project.additional_2030_t,
        limit,
        "t/year",
        SCHEME,
    )


def _in_time(project: Project, terms: Terms) -> Condition:
    limit = terms.value("tctf/completion")
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
        _NOT_READ,
    )


def _hydrogen_shares(project: Project, terms: Terms) -> tuple[Condition, ...]:
    """Share of hydrogen in the energy input: at the start, in 2032 and in 2036."""
    if project.technique is not Technique.HYDROGEN_USE:
        return ()
    asked = {
        "start": project.first_year,
        "2032": 2032,
        "2036": 2036,
    }
    return tuple(_hydrogen_share(project, terms, name, year) for name, year in asked.items())


def _hydrogen_share(project: Project, terms: Terms, name: str, year: int | None) -> Condition:
    limit = terms.value(f"tctf/hydrogen_share/{name}")
    found = None if year is None else project.hydrogen_share.get(year)
    return Condition(
        id=f"hydrogen_share_{name}",
        says=Text(
            nl="Waterstof heeft genoeg aandeel in de energie die erin gaat.",
            en="Hydrogen has enough of a share in the energy input.",
        ),
        met=at_least(found, limit),
        source=_ITALIAN,
        relation="at_least",
        asked=limit,
        found=found,
        unit="1",
    )
