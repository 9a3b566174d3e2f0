# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What VEKI and DEI+ share: a share of eligible cost, by the article of the block exemption.

Law        Regeling nationale EZK-, LVVN- en KGG-subsidies, title 4.6 and § 4.2.10; Regulation (EU)
           651/2014 (GBER), articles 6, 36, 38, 41, 46 and 47.
Takes      a project, the terms of a scheme on a day.
Gives      the highest grant, when it is paid, and the conditions that both schemes ask.
Leaves out local infrastructure and test centres, dedicated infrastructure and storage (36.4),
           tenders, areas with regional aid, and what the exemption itself forbids (`support`).
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.rules.instrument import Condition, FirmSize, Project, Technique, Terms

Floats = NDArray[np.float64]


IN_THE_REGELING = Text(
    nl="Regeling nationale EZK-, LVVN- en KGG-subsidies, titels 4.2 en 4.6",
    en="Regeling nationale EZK-, LVVN- en KGG-subsidies, titles 4.2 and 4.6",
)
BEFORE_WORKS = Text(
    nl="AGVV art. 6 lid 2; Kaderbesluit nationale EZ-subsidies art. 10.2, 23.2",
    en="GBER art. 6(2); Kaderbesluit nationale EZ-subsidies art. 10.2, 23.2",
)


class Steunroute(StrEnum):
    """The theme of the two schemes under which a cost falls; also the name of its intensity."""

    MILIEU = "milieu"
    CO2_AFVANG = "co2_afvang"
    EFFICIENCY = "energiebesparing"
    HERNIEUWBAAR = "hernieuwbaar"
    WARMTENET = "warmtenet"
    CIRCULAR = "circulair"


# Which theme a technique falls under is left to the judge of the application. A heat pump is read
# as efficiency (30 %), the lower of the themes that it might fall under.
STEUNROUTES = {
    Technique.CCS: Steunroute.CO2_AFVANG,
    Technique.CCU: Steunroute.CO2_AFVANG,
    Technique.E_BOILER: Steunroute.MILIEU,
    Technique.ELECTRIFICATION: Steunroute.MILIEU,
    Technique.HYDROGEN_USE: Steunroute.MILIEU,
    Technique.OTHER: Steunroute.MILIEU,
    Technique.HEAT_PUMP: Steunroute.EFFICIENCY,
    Technique.EFFICIENCY: Steunroute.EFFICIENCY,
    Technique.ELECTROLYSIS: Steunroute.HERNIEUWBAAR,
    Technique.RENEWABLE_HEAT: Steunroute.HERNIEUWBAAR,
    Technique.RESIDUAL_HEAT: Steunroute.WARMTENET,
    Technique.CIRCULAR: Steunroute.CIRCULAR,
}
# Articles 41 and 46 count the whole investment, the others what it costs above the reference.
OVER_HELE_INVESTERING = {Steunroute.HERNIEUWBAAR, Steunroute.WARMTENET}
# Articles 36.11 and 38.8 let one count without a reference, at a part of the intensity.
ZONDER_REFERENTIE = {Steunroute.MILIEU, Steunroute.CO2_AFVANG, Steunroute.EFFICIENCY}


def steunintensiteit(basis: ArrayLike, *, opslag: ArrayLike = 0.0, deel: ArrayLike = 1.0) -> Floats:
    """Which share of the cost is paid?  (...) [1]

    The bonus for the size of the undertaking comes on top; without a reference, a part of both.

    >>> float(steunintensiteit(0.5, opslag=0.2, deel=0.5))
    0.35

    Source        GBER art. 36.5-36.7, 36.11, 38.4, 38.5, 38.8; Regeling titles 4.2 and 4.6.
    """
    share: Floats = (np.asarray(basis, dtype=np.float64) + np.asarray(opslag)) * np.asarray(deel)
    return share


def investeringssubsidie(kosten: ArrayLike, intensiteit: ArrayLike, maximum: ArrayLike) -> Floats:
    """How much is granted on eligible cost?  (...) [eur]

    A plant that costs less than its reference gets nothing.

    >>> float(investeringssubsidie(10e6, 0.4, 30e6))
    4000000.0

    Source        Regeling titles 4.2 and 4.6; GBER art. 4.1(s).
    """
    share = np.maximum(0.0, np.asarray(kosten, dtype=np.float64)) * np.asarray(intensiteit)
    granted: Floats = np.minimum(maximum, share)
    return granted


def meerkosten(project: Project) -> float | None:
    """What the investment costs above its reference; None where that is not stated. [eur]

    An add-on with no less green alternative has no reference: all of it counts.

    Source        GBER art. 36.4, 38.3.
    """
    return project.investment_eur if project.single_purpose else project.extra_cost_eur


def hoogste_subsidie(project: Project, terms: Terms, scheme: str) -> float | None:
    """The most that a scheme can grant to a project; None where it cannot be told. [eur]

    Two roads where the theme has them: a share of the cost above the reference, or half that
    share of the whole investment. A firm takes one road, never both: the better one counts.

    Source        Regeling titles 4.2 and 4.6; GBER art. 36.11, 38.8.
    """
    maximum = terms.value(f"{scheme}/maximum")
    deel = terms.value(f"{scheme}/deel_zonder_referentie")
    opslag = _opslag(project, terms, scheme)
    route = STEUNROUTES[project.technique] if project.technique else None
    basis = terms.value(f"{scheme}/intensiteit/{route}") if route else None
    if maximum is None or deel is None or opslag is None or basis is None:
        return None
    whole = project.investment_eur
    roads = [(whole if route in OVER_HELE_INVESTERING else meerkosten(project), 1.0)]
    if route in ZONDER_REFERENTIE:
        roads.append((whole, deel))
    granted = [
        float(
            investeringssubsidie(cost, steunintensiteit(basis, opslag=opslag, deel=part), maximum)
        )
        for cost, part in roads
        if cost is not None
    ]
    return max(granted, default=None)


def _opslag(project: Project, terms: Terms, scheme: str) -> float | None:
    """The bonus for the size of the undertaking. [1]"""
    if project.firm_size is FirmSize.LARGE:
        return 0.0
    size = "klein" if project.firm_size is FirmSize.SMALL else "middel"
    return terms.value(f"{scheme}/opslag_{size}")


def paid_while_built(project: Project, subsidie: float | None) -> Floats | None:
    """When is a grant on an investment paid?  (year,) [eur]

    Evenly over the calendar years from the start of works to the first year of operation; all of
    it in that first year where the start is not stated. None where no such year is in the run.
    The part that waits for the final decision is not set apart.

    Source        Kaderbesluit nationale EZ-subsidies art. 46 (advances follow the work).
    """
    last = project.first_year
    if subsidie is None or last is None:
        return None
    first = min(project.works_start_on.year, last) if project.works_start_on else last
    building = (project.years >= first) & (project.years <= last)
    if not building.any():
        return None
    paid: Floats = np.where(building, subsidie / (last - first + 1), 0.0)
    return paid


def realised_in_time(project: Project, terms: Terms, scheme: str) -> Condition:
    """Whether the plant runs within the time that the scheme gives after the award."""
    limit = terms.value(f"{scheme}/realisatietermijn")
    return _within(
        "finished_in_time",
        Text(
            nl="Het project is klaar binnen de termijn na de verlening.",
            en="The project is finished within the time after the award.",
        ),
        project.granted_on,
        limit,
        project.in_operation_on,
        IN_THE_REGELING,
    )


def started_in_time(project: Project, terms: Terms, scheme: str) -> Condition:
    """Whether work starts within the time that the scheme gives after the award."""
    limit = terms.value(f"{scheme}/starttermijn")
    return _within(
        "started_in_time",
        Text(
            nl="De uitvoering begint binnen de termijn na de verlening.",
            en="Work starts within the time after the award.",
        ),
        project.granted_on,
        limit,
        project.works_start_on,
        Text(
            nl="Regeling nationale EZK-, LVVN- en KGG-subsidies, titel 4.6",
            en="Regeling nationale EZK-, LVVN- en KGG-subsidies, title 4.6",
        ),
    )


def _within(
    identity: str,
    says: Text,
    since: date | None,
    years: float | None,
    found: date | None,
    source: str | Text,
) -> Condition:
    """A condition that a day lies no later than some time after another day."""
    last = later(since, years) if since is not None and years is not None else None
    met = None if last is None or found is None else found <= last
    return Condition(identity, says, met, source, "by", asked=last, found=found)


def later(day: date, years: float) -> date:
    """The day so many years later, counted in whole months; the last day of a shorter month.

    >>> later(date(2025, 8, 31), 0.5).isoformat()
    '2026-02-28'
    """
    months = day.month - 1 + round(12 * years)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def fully_renewable(project: Project) -> tuple[Condition, ...]:
    """For an electrolyser: whether all its hydrogen is renewable. Nothing for other techniques."""
    if project.technique is not Technique.ELECTROLYSIS:
        return ()
    return (
        Condition(
            "renewable_hydrogen",
            Text(
                nl="De elektrolyser maakt alleen hernieuwbare waterstof.",
                en="The electrolyser makes renewable hydrogen only.",
            ),
            project.renewable_hydrogen,
            Text(nl="AGVV art. 41", en="GBER art. 41"),
            asked=True,
            found=project.renewable_hydrogen,
        ),
    )


def known_technique(project: Project) -> Condition:
    """Whether the technique is stated, since the intensity hangs on it."""
    return Condition(
        "technique",
        Text(
            nl="De techniek is bekend: daarvan hangt af welk deel van de kosten telt.",
            en="The technique is known: on it depends which share of the cost counts.",
        ),
        True if project.technique else None,
        IN_THE_REGELING,
        asked=True,
        found=project.technique,
    )


def sbi_division(sbi: str | None) -> int | None:
    """The division of an industry code: 20 of "20.13"; None where none can be read."""
    digits = (sbi or "").split(".")[0]
    return int(digits) if digits.isdigit() else None
