# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""MIA and Vamil: a share of an environmental investment off the profit, and depreciation at will.

Law        Wet inkomstenbelasting 2001 (Wet IB), articles 3.31, 3.36 and 3.42a, through Vpb
           article 8; Aanwijzingsregeling 2009 (BWBR0025316), article 3, read in an old text.
Takes      a project, its category on the Milieulijst, the law as known on a day.
Gives      what comes off the profit, earlier or at all, and what tax that saves; what it is worth
           to pay later.
Leaves out minimum per asset, the duty to report, the share of the cost that the list counts.
           Whether there is profit enough is for the economics of the case.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.energie_investeringsaftrek import (
    aftrek,
    claimed_once,
    cost_net_of_aid,
    day_of_order,
    in_year_of_order,
    tax_saved,
    year_of_order,
)
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms

Floats = NDArray[np.float64]
Categorie = Literal[1, 2, 3]


def vervroegde_afschrijving(
    investering: ArrayLike, *, aandeel: float, levensduur: int, years: int, begin: int = 0
) -> Floats:
    """How does depreciation at will move deductions?  (..., year) [eur], positive where earlier

    The free share comes off the profit at once instead of evenly over the life. What would be
    written off after the last year of the row is taken back in that year, so that the row adds up
    to nil: nothing is deducted twice or lost.

    Parameters
    ----------
    years : how many years the row has; the first is the year of the order
    begin : years from the order to the first year of even depreciation

    >>> vervroegde_afschrijving(
    ...     1000.0, aandeel=0.8, levensduur=4, years=5, begin=1
    ... ).tolist()
    [800.0, -200.0, -200.0, -200.0, -200.0]

    Source        Wet IB art. 3.31, 3.36.
    """
    year = np.arange(years)
    written_off = (year >= begin) & (year < begin + levensduur)
    evenly = written_off / levensduur
    evenly[-1] += (levensduur - written_off.sum()) / levensduur
    free = np.asarray(investering, dtype=np.float64)[..., np.newaxis] * aandeel
    earlier: Floats = free * ((year == 0) - evenly)
    return earlier


def vamil_kasstroom(
    investering: ArrayLike,
    *,
    aandeel: float,
    tarief: ArrayLike,
    levensduur: int,
    years: int,
    begin: int = 0,
) -> Floats:
    """How does depreciation at will move tax?  (..., year) [eur], positive where tax is saved

    At one tariff the row adds up to nil: tax comes later, not less.

    Parameters
    ----------
    tarief : scalar or (year,) [1]
    years, begin : as in `vervroegde_afschrijving`

    >>> vamil_kasstroom(1000.0, aandeel=0.75, tarief=0.2, levensduur=4, years=5).tolist()
    [112.5, -37.5, -37.5, -37.5, 0.0]

    Source        Wet IB art. 3.31, 3.36.
    """
    earlier = vervroegde_afschrijving(
        investering, aandeel=aandeel, levensduur=levensduur, years=years, begin=begin
    )
    moved: Floats = earlier * np.asarray(tarief)
    return moved


def vamil_tijdvoordeel(
    investering: ArrayLike,
    *,
    aandeel: float,
    tarief: float,
    levensduur: int,
    disconto: float,
    begin: int = 0,
) -> Floats:
    """What is it worth to depreciate at will?  (...) [eur in the year of the order]

    `tarief * aandeel * investering * (1 - (1/n) * sum over k < n of (1+r)^-(begin+k))`: the present
    value of the free share at once less that of the same share spread over the life.

    Parameters
    ----------
    begin : years from the order to the first year of even depreciation

    Source        Wet IB art. 3.31; present value as in METHOD §1.
    """
    spread = np.mean((1.0 + disconto) ** -(begin + np.arange(levensduur, dtype=np.float64)))
    worth: Floats = np.asarray(investering, dtype=np.float64) * aandeel * tarief * (1.0 - spread)
    return worth


def offer(project: Project, law: Law) -> Offer:
    """What MIA has to say to a project. Euros nominal.

    `deduction` comes off the profit in the year of the order; `yearly` is the tax that it saves a
    firm with enough profit. Without the category of the asset on the Milieulijst the share is not
    known, and the offer says so.
    """
    terms = Terms(law, day_of_order(project))
    percentage = _percentage(terms, project.environment_category)
    maximum = terms.value("mia/maximum")
    base = cost_net_of_aid(project, project.environment_investment_eur)
    deducted = (
        None
        if base is None or percentage is None or maximum is None
        else float(aftrek(base, percentage=percentage, maximum=maximum))
    )
    deduction = in_year_of_order(project, deducted)
    yearly = tax_saved(project, terms, deduction)
    return Offer(
        instrument="mia",
        form=AidForm.TAX_RELIEF,
        conditions=(_on_list(project), claimed_once(project)),
        yearly=yearly,
        maximum_eur=None if yearly is None else float(yearly.sum()),
        deduction=deduction,
        round=terms.round("mia"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def offer_vamil(project: Project, law: Law) -> Offer:
    """What Vamil has to say to a project. Euros nominal.

    `deduction` is what comes off the profit earlier, negative where it would have come off without
    Vamil; `yearly` is the tax that it moves in a firm with enough profit. Tax comes later, not
    less, and what that is worth hangs on the rate of the case (`vamil_tijdvoordeel`): so the most
    that it can come to is left open.
    """
    terms = Terms(law, day_of_order(project))
    deduction = _moved_in_time(project, terms)
    return Offer(
        instrument="vamil",
        form=AidForm.TAX_RELIEF,
        conditions=(_on_list(project), _marked_for_vamil(project)),
        yearly=tax_saved(project, terms, deduction),
        maximum_eur=None,
        deduction=deduction,
        round=terms.round("mia"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _moved_in_time(project: Project, terms: Terms) -> Floats | None:
    """The free share in the year of the order, less the even depreciation of the case. (year,)"""
    aandeel, maximum = terms.value("mia/vamil_aandeel"), terms.value("mia/maximum")
    year, life = year_of_order(project), project.depreciation_years or project.life_years
    cost = cost_net_of_aid(project, project.environment_investment_eur)
    if aandeel is None or maximum is None or life is None or cost is None:
        return None
    if year is None or year not in project.years:
        return None
    later = project.years >= year
    moved = np.zeros(len(project.years))
    moved[later] = vervroegde_afschrijving(
        min(cost, maximum),
        aandeel=aandeel,
        levensduur=life,
        years=int(later.sum()),
        begin=0 if project.first_year is None else max(0, project.first_year - year),
    )
    return moved


def _percentage(terms: Terms, categorie: int | None) -> float | None:
    if categorie is not None:
        return terms.value(f"mia/aftrek/categorie_{categorie}")
    terms.lack(
        "mia/categorie",
        Text(
            nl="De categorie van het bedrijfsmiddel op de Milieulijst (I, II of III) bij RVO.",
            en="The category of the asset on the Environment List of RVO (I, II or III).",
        ),
    )
    return None


def _on_list(project: Project) -> Condition:
    return Condition(
        "on_environment_list",
        Text(
            nl="Het bedrijfsmiddel staat op de Milieulijst.",
            en="The asset is on the Environment List (Milieulijst).",
        ),
        project.on_environment_list,
        "Wet IB art. 3.42a",
        asked=True,
        found=project.on_environment_list,
    )


def _marked_for_vamil(project: Project) -> Condition:
    return Condition(
        "marked_for_vamil",
        Text(
            nl="De Milieulijst wijst het bedrijfsmiddel aan voor willekeurige afschrijving.",
            en="The Milieulijst marks the asset for depreciation at will.",
        ),
        project.vamil,
        "Wet IB art. 3.31",
        asked=True,
        found=project.vamil,
    )
