# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What many schemes ask in the same way.

Takes      the facts of a project, the terms of a scheme.
Gives      conditions on the round, the day and limits, the years that a scheme pays, running cost.
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

# ── round and day of application ──────────────────────────────────────────────────────────────


def open_round(terms: Terms, scheme: str, *, rounds_known: bool = True) -> Condition:
    """Whether money can be asked on the day.

    A round is missed only by an application to this very scheme, on a day that lies before a later
    round that is known, and on which no round of unknown dates may have been open. Of some schemes
    not every round is known: they are never missed.
    """
    found = terms.round(scheme)
    met: bool | None = None
    if found is not None:
        met = True
    elif rounds_known and terms.on_is_stated and _between_rounds(terms, scheme):
        met = False
    by_day = terms.on_is_stated and found is not None
    named = found.id if found and not terms.on_is_stated else None
    return Condition(
        id="round",
        says=Text(
            nl="Op de dag van de aanvraag staat een ronde open."
            if rounds_known
            else "Op de dag van de aanvraag staat een ronde open; niet elke ronde is hier bekend.",
            en="A round is open on the day of the application."
            if rounds_known
            else "A round is open on the day of the application; not every round is known here.",
        ),
        met=met,
        source=f"rounds/{scheme}",
        relation="by" if by_day else "is",
        asked=found.closes if found and by_day else "open",
        found=terms.on if terms.on_is_stated else named,
    )


def _between_rounds(terms: Terms, scheme: str) -> bool:
    """Whether no round may be open on the day, and a later one is known."""
    known = rounds_of(scheme, terms.law.known_on)
    open_or_not_known = any(_open_or_not_known(each, terms.on) for each in known)
    return not open_or_not_known and any(_is_later(each, terms.on) for each in known)


def _open_or_not_known(each: Round, day: date) -> bool:
    """A round with both dates: if it is; one named after its year: in that year; else unknown."""
    if each.opens and each.closes:
        return each.opens <= day <= each.closes
    if each.id.isdigit():
        return int(each.id) == day.year
    return each.opens is None or each.opens <= day


def _is_later(each: Round, day: date) -> bool:
    if each.opens:
        return each.opens > day
    return each.id.isdigit() and int(each.id) > day.year


def incentive_effect(project: Project, source: str | Text) -> Condition:
    """Whether money is asked for before work starts; not judged where no day is stated."""
    asked_on, start = project.applied_on, project.works_start_on
    return Condition(
        id="before_works",
        says=Text(
            nl="De aanvraag komt voor het begin van de werkzaamheden.",
            en="The application comes before work starts.",
        ),
        met=None if asked_on is None or start is None else asked_on < start,
        source=source,
        relation="before",
        asked=start,
        found=asked_on,
    )


# ── limits, years and sums ────────────────────────────────────────────────────────────────────


def limit_from_above(
    name: str, says: Text, found: float | None, limit: float | None, unit: str, source: str | Text
) -> Condition:
    """A figure that may not pass a limit."""
    return Condition(name, says, at_most(found, limit), source, "at_most", limit, found, unit)


def limit_from_below(
    name: str, says: Text, found: float | None, limit: float | None, unit: str, source: str | Text
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
    the first year on, less the carbon cost that it saves where that is stated: a benefit of
    operation (Regulation 2019/856 art. 5). None where no running cost is stated.
    """
    cost = project.cost_by_year
    if cost is None:
        if project.yearly_benefit_eur is None or project.first_year is None:
            return None
        cost = np.where(project.years >= project.first_year, -project.yearly_benefit_eur, 0.0)
    saved = project.carbon_saved_by_year
    return cost if saved is None else np.asarray(cost - saved)


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
