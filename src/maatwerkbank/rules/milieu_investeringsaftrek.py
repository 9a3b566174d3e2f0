# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""MIA and Vamil: a share of an environmental investment off the profit, and depreciation at will.

Law        Wet inkomstenbelasting 2001 (Wet IB), articles 3.31, 3.36 and 3.42a, through Vpb
           article 8; Aanwijzingsregeling 2009 (BWBR0025316), article 3, read in an old text.
Takes      a project, its category on the Milieulijst, the law as known on a day.
Gives      the tax that MIA saves; the tax that Vamil shifts to later years, and what that is worth.
Leaves out minimum per asset, the duty to report, the share of the cost that the list counts, and
           a profit too small to use either.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.energie_investeringsaftrek import (
    aftrek,
    claimed_once,
    day_of_order,
    saved_in_year_of_order,
    year_of_order,
)
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms

Floats = NDArray[np.float64]
Categorie = Literal[1, 2, 3]


def vamil_kasstroom(
    investering: ArrayLike, *, aandeel: float, tarief: ArrayLike, levensduur: int, years: int
) -> Floats:
    """How does depreciation at will move tax?  (..., year) [eur], positive where tax is saved

    The free share comes off the profit at once instead of evenly over the life, so every later
    year pays back its part. At one tariff the row adds up to nil once the life is over.

    Parameters
    ----------
    tarief : scalar or (year,) [1]
    years : how many years the row has; the first is the year of the order

    >>> vamil_kasstroom(1000.0, aandeel=0.75, tarief=0.2, levensduur=4, years=5).tolist()
    [112.5, -37.5, -37.5, -37.5, 0.0]

    Source        Wet IB art. 3.31, 3.36.
    """
    year = np.arange(years)
    earlier = (year == 0).astype(np.float64) - (year < levensduur) / levensduur
    free = np.asarray(investering, dtype=np.float64)[..., np.newaxis] * aandeel
    moved: Floats = free * earlier * np.asarray(tarief)
    return moved


def vamil_tijdvoordeel(
    investering: ArrayLike, *, aandeel: float, tarief: float, levensduur: int, disconto: float
) -> Floats:
    """What is it worth to depreciate at will?  (...) [eur in the year of the order]

    `tarief * aandeel * investering * (1 - (1/n) * sum over k < n of (1+r)^-k)`: the present value
    of the free share at once less that of the same share spread over the life.

    Source        Wet IB art. 3.31; present value as in METHOD §1.
    """
    spread = np.mean((1.0 + disconto) ** -np.arange(levensduur, dtype=np.float64))
    worth: Floats = np.asarray(investering, dtype=np.float64) * aandeel * tarief * (1.0 - spread)
    return worth


def offer(project: Project, law: Law) -> Offer:
    """What MIA has to say to a project, in a firm with enough profit. Euros nominal.

    Without the category of the asset on the Milieulijst the share is not known, and the offer says
    so.
    """
    terms = Terms(law, day_of_order(project))
    percentage, maximum = (
        _percentage(terms, project.environment_category),
        terms.value("mia/maximum"),
    )
    deducted = (
        None
        if project.environment_investment_eur is None or percentage is None or maximum is None
        else float(
            aftrek(project.environment_investment_eur, percentage=percentage, maximum=maximum)
        )
    )
    yearly = saved_in_year_of_order(project, terms, deducted)
    return Offer(
        instrument="mia",
        form=AidForm.TAX_RELIEF,
        conditions=(_on_list(project), claimed_once(project)),
        yearly=yearly,
        maximum_eur=None if yearly is None else float(yearly.sum()),
        round=terms.round("mia"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def offer_vamil(project: Project, law: Law) -> Offer:
    """What Vamil has to say to a project, in a firm with enough profit. Euros nominal.

    Tax comes later, not less: the row of years adds up to nil at one tariff, and its worth is
    its present value. So the most that it can come to is left open.
    """
    terms = Terms(law, day_of_order(project))
    return Offer(
        instrument="vamil",
        form=AidForm.TAX_RELIEF,
        conditions=(_on_list(project), _marked_for_vamil(project)),
        yearly=_moved_tax(project, terms),
        maximum_eur=None,
        round=terms.round("mia"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _moved_tax(project: Project, terms: Terms) -> Floats | None:
    """Depreciation is taken to start in the year of the order, evenly over the stated life."""
    aandeel, maximum = terms.value("mia/vamil_aandeel"), terms.value("mia/maximum")
    tarief = terms.yearly("tax/corporate_rate", project.years)
    year, life = year_of_order(project), project.life_years
    cost = project.environment_investment_eur
    if aandeel is None or maximum is None or tarief is None or life is None or cost is None:
        return None
    if year is None or year not in project.years:
        return None
    later = project.years >= year
    moved = np.zeros(len(project.years))
    moved[later] = vamil_kasstroom(
        min(cost, maximum),
        aandeel=aandeel,
        tarief=tarief[later],
        levensduur=life,
        years=int(later.sum()),
    )
    return moved


def _percentage(terms: Terms, categorie: int | None) -> float | None:
    if categorie is not None:
        return terms.value(f"mia/aftrek/categorie_{categorie}")
    terms.lack(
        "mia/categorie",
        Text(
            nl="De categorie van het bedrijfsmiddel op de Milieulijst (I, II of III) bij RVO.",
            en="The category of the asset on the Milieulijst (I, II or III), published by RVO.",
        ),
    )
    return None


def _on_list(project: Project) -> Condition:
    return Condition(
        "on_environment_list",
        Text(
            nl="Het bedrijfsmiddel staat op de Milieulijst.",
            en="The asset is on the Milieulijst.",
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
