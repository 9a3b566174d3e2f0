# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Innovation Fund and the foreign contracts ask in the same way.

Takes      the facts of a project, the terms of a scheme.
Gives      conditions on the round and on limits, the years that a scheme pays, running cost.
Leaves out what a single scheme asks: that stands in its own file.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.rounds import Round, rounds_of
from maatwerkbank.rules.instrument import (
    Condition,
    Floats,
    Project,
    Terms,
    Years,
    at_least,
    at_most,
)


def round_open(terms: Terms, scheme: str, found: Round | None) -> Condition:
    """Whether money can be asked on the day.

    Shut only where the day lies before the close of the last round that was known: after it, or
    where a round has no known dates, a later round may be open and nobody here knows.
    """
    known = rounds_of(scheme, terms.law.known_on)
    closing = [each.closes for each in known if each.opens and each.closes]
    all_dated = len(closing) == len(known) > 0
    met: bool | None = None
    if found is not None:
        met = True
    elif terms.on_is_stated and all_dated and terms.on < max(closing):
        met = False
    return Condition(
        id="round",
        says=Text(
            nl="Op de dag van de aanvraag staat een ronde open.",
            en="A round is open on the day of the application.",
        ),
        met=met,
        source=f"rounds/{scheme}",
        asked=found.id if found else None,
        found=terms.on,
    )


def limit_from_above(
    name: str, says: Text, found: float | None, limit: float | None, unit: str, source: str
) -> Condition:
    """A figure that may not pass a limit."""
    return Condition(name, says, at_most(found, limit), source, "at_most", limit, found, unit)


def limit_from_below(
    name: str, says: Text, found: float | None, limit: float | None, unit: str, source: str
) -> Condition:
    """A figure that must reach a limit."""
    return Condition(name, says, at_least(found, limit), source, "at_least", limit, found, unit)


def paid_years(years: Years, first_year: int | None, term: float | None) -> Floats | None:
    """One in the years that a scheme pays, nought in the others; None where unknown. (year,)"""
    if first_year is None or term is None:
        return None
    return np.where((years >= first_year) & (years < first_year + term), 1.0, 0.0)


def in_sight(project: Project, term: float | None, terms: Terms) -> bool:
    """Whether the run reaches from the first year to the end of a term; noted if it does not.

    A sum over half a term would look like a sum over all of it.
    """
    if project.first_year is None or term is None:
        return False
    last = int(project.first_year + term - 1)
    if project.years[0] <= project.first_year and last <= project.years[-1]:
        return True
    terms.lack(
        "years",
        Text(
            nl=f"cijfers van {project.first_year} tot en met {last}; de doorrekening loopt van "
            f"{project.years[0]} tot en met {project.years[-1]}",
            en=f"figures from {project.first_year} to {last}; the run goes from "
            f"{project.years[0]} to {project.years[-1]}",
        ),
    )
    return False


def running_cost(project: Project) -> Floats | None:
    """Yearly cost above the reference; savings make it negative. (..., year) [eur]

    `cost_by_year` where the project states it, else the yearly benefit with the other sign, from
    the first year on. None where neither is stated.
    """
    if project.cost_by_year is not None:
        return project.cost_by_year
    if project.yearly_benefit_eur is None or project.first_year is None:
        return None
    return np.where(project.years >= project.first_year, -project.yearly_benefit_eur, 0.0)


def avoided(project: Project) -> Floats | None:
    """Tonnes avoided a year, at home and, where stated, elsewhere. (..., year) [t]"""
    if project.reduction is None:
        return None
    elsewhere = project.reduction_abroad_or_biogenic
    return project.reduction if elsewhere is None else project.reduction + elsewhere


def present_value(amounts: ArrayLike, rate: float) -> Floats:
    """Worth at the start of the first year; the first year is undiscounted. (...) [eur]"""
    flow = np.asarray(amounts, dtype=np.float64)
    return np.asarray((flow * (1.0 + rate) ** -np.arange(flow.shape[-1])).sum(axis=-1))


def one_number(value: ArrayLike | None) -> float | None:
    """The number, where a run has one path; None where it has many or the value is not known."""
    if value is None or np.size(value) != 1:
        return None
    return float(np.ravel(value)[0])


def years_between(first: date | None, last: date | None) -> float | None:
    """Years from one day to another, whole on the same day of a later year; None if unknown."""
    if first is None or last is None:
        return None
    day = min(first.day, 28) if (first.month, first.day) == (2, 29) else first.day
    whole = last.year - first.year
    return whole + (last - date(last.year, first.month, day)).days / 365.0
