# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""EIA: a share of an energy investment that comes off the taxable profit.

Law        Wet inkomstenbelasting 2001 (Wet IB), article 3.42, through Vpb article 8.
Takes      a project and the law as known on a day; percentage, cap and tax rate for the sums.
Gives      the deduction and its cash value, as an offer; the part of an asset counted twice.
Leaves out minimum per asset, the duty to report within three months, assets used before, cost of
           advice, disinvestment, the share of a joint venture. Whether there is profit enough for
           the deduction is for the economics of the case.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms

Floats = NDArray[np.float64]


def grondslag_na_subsidie(gemeld: ArrayLike, investering: ArrayLike, subsidie: ArrayLike) -> Floats:
    """Which cost is left to deduct from, once grants are taken off?  (...) [eur], not below nil

    A grant on the whole investment lowers the listed part of it in proportion.

    Parameters
    ----------
    gemeld : (...) [eur]  the part on the list
    investering : (...) [eur]  all of it, above nil where there are grants
    subsidie : (...) [eur]  grants on the investment

    >>> float(grondslag_na_subsidie(12e6, 20e6, 5e6))
    9000000.0

    Source        METHOD §7; Wet IB art. 3.42 (a grant is no cost of the asset; our reading).
    """
    listed, whole, grants = (
        np.asarray(each, dtype=np.float64) for each in (gemeld, investering, subsidie)
    )
    shape = np.broadcast_shapes(whole.shape, grants.shape)
    share = np.divide(grants, whole, out=np.zeros(shape), where=grants > 0)
    left: Floats = listed * np.maximum(0.0, 1.0 - share)
    return left


def aftrek(investering: ArrayLike, *, percentage: ArrayLike, maximum: ArrayLike) -> Floats:
    """How much comes off the profit?  (...) [eur]

    Up to the cap per taxpayer and year; what lies above it does not count.

    Source        Wet IB art. 3.42.3-4 (EIA), 3.42a.3 (MIA).
    """
    counted = np.minimum(np.maximum(0.0, np.asarray(investering, dtype=np.float64)), maximum)
    deducted: Floats = counted * np.asarray(percentage)
    return deducted


def belastingvoordeel(aftrek: ArrayLike, tarief: ArrayLike) -> Floats:
    """How much tax does a deduction save a firm with enough profit?  (...) [eur]

    >>> round(float(belastingvoordeel(aftrek(20e6, percentage=0.4, maximum=153e6), 0.258)))
    2064000

    Source        Vpb art. 8, 22.
    """
    saved: Floats = np.asarray(aftrek, dtype=np.float64) * np.asarray(tarief)
    return saved


def dubbel_gemeld(
    energie_investering: ArrayLike, milieu_investering: ArrayLike, investering: ArrayLike
) -> Floats:
    """Which part of the investment is claimed for EIA and for MIA?  (...) [eur]

    What both parts together come to above the whole investment stands on both lists.

    Source        Belastingdienst, EIA 2026: not with MIA for the same asset.
    """
    claimed = np.asarray(energie_investering, dtype=np.float64) + np.asarray(milieu_investering)
    twice: Floats = np.maximum(0.0, claimed - np.asarray(investering))
    return twice


def offer(project: Project, law: Law) -> Offer:
    """What EIA has to say to a project. Euros nominal.

    `deduction` comes off the profit in the year of the order; `yearly` is the tax that it saves a
    firm with enough profit.
    """
    terms = Terms(law, day_of_order(project))
    percentage, maximum = terms.value("eia/aftrek"), terms.value("eia/maximum")
    base = cost_net_of_aid(project, project.energy_investment_eur)
    deducted = (
        None
        if base is None or percentage is None or maximum is None
        else float(aftrek(base, percentage=percentage, maximum=maximum))
    )
    deduction = in_year_of_order(project, deducted)
    yearly = tax_saved(project, terms, deduction)
    return Offer(
        instrument="eia",
        form=AidForm.TAX_RELIEF,
        conditions=(_on_list(project), claimed_once(project)),
        yearly=yearly,
        maximum_eur=None if yearly is None else float(yearly.sum()),
        deduction=deduction,
        round=terms.round("eia"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def day_of_order(project: Project) -> date | None:
    """The day on which obligations are entered: start of works, else of the application.

    The law of that day holds.

    Source        Wet IB art. 3.42.1; 3.36 (Vamil: the rules of the moment of obligation).
    """
    return project.works_start_on or project.applied_on


def year_of_order(project: Project) -> int | None:
    """The year of the order; the first year of operation where no day is stated."""
    day = day_of_order(project)
    return day.year if day else project.first_year


def cost_net_of_aid(project: Project, listed: float | None) -> float | None:
    """The listed part of the investment, less its part of the grants; None if unknown. [eur]"""
    grants, whole = project.capital_grants_eur, project.investment_eur
    if listed is None or grants == 0.0:
        return listed
    return None if not whole else float(grondslag_na_subsidie(listed, whole, grants))


def in_year_of_order(project: Project, amount: float | None) -> Floats | None:
    """An amount in the year of the order. (year,) [eur]; None where that is not in the run."""
    year = year_of_order(project)
    if amount is None or year is None or year not in project.years:
        return None
    return np.asarray(np.where(project.years == year, amount, 0.0))


def tax_saved(project: Project, terms: Terms, deduction: Floats | None) -> Floats | None:
    """Tax that a deduction saves a firm with enough profit, at the rate of each year that it
    touches. (year,) [eur]; None where such a rate is not known.
    """
    if deduction is None:
        return None
    touched = deduction != 0.0
    tarief = terms.yearly("tax/corporate_rate", project.years[touched]) if touched.any() else None
    saved = np.zeros(len(project.years))
    if touched.any() and tarief is None:
        return None
    if tarief is not None:
        saved[touched] = belastingvoordeel(deduction[touched], tarief)
    return saved


def _on_list(project: Project) -> Condition:
    return Condition(
        "on_energy_list",
        Text(
            nl="Het bedrijfsmiddel staat op de Energielijst.",
            en="The asset is on the Energy List.",
        ),
        project.on_energy_list,
        "Wet IB art. 3.42.1",
        asked=True,
        found=project.on_energy_list,
    )


def claimed_once(project: Project) -> Condition:
    """Whether no part of the investment is claimed for EIA and for MIA both."""
    return Condition(
        "claimed_once",
        Text(
            nl="Geen bedrijfsmiddel wordt voor EIA en voor MIA beide gemeld; kies er een.",
            en="No asset is claimed for EIA and for MIA both; choose one.",
        ),
        _is_claimed_once(project),
        "Belastingdienst, energie-investeringsaftrek 2026",
        "at_most",
        asked=0.0,
        found=_claimed_twice(project),
        unit="EUR",
    )


def _is_claimed_once(project: Project) -> bool | None:
    if project.on_energy_list is False or project.on_environment_list is False:
        return True
    if project.on_energy_list is None or project.on_environment_list is None:
        return None
    twice = _claimed_twice(project)
    return None if twice is None else twice == 0.0


def _claimed_twice(project: Project) -> float | None:
    energy, environment = project.energy_investment_eur, project.environment_investment_eur
    if energy is None or environment is None or project.investment_eur is None:
        return None
    return float(dubbel_gemeld(energy, environment, project.investment_eur))
