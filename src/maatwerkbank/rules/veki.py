# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""VEKI: a grant for a proven way to cut CO2 in the own process of an industrial firm.

Law        Regeling nationale EZK-, LVVN- en KGG-subsidies, title 4.6.
Takes      a project and the law as known on a day.
Gives      an offer: a share of the eligible cost, and every condition with both sides shown.
Leaves out local infrastructure in an offer, evidence and reports, the general refusal grounds of
           the Kaderbesluit, and SDE++ on the same cost, which does not count here (4.6.8).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    FirmSize,
    Offer,
    Project,
    Terms,
    at_least,
    at_most,
)
from maatwerkbank.rules.investeringssubsidie import (
    fully_renewable,
    hoogste_subsidie,
    incentive_effect,
    known_technique,
    meerkosten,
    open_round,
    paid_while_built,
    realised_in_time,
    sbi_division,
    started_in_time,
)

Floats = NDArray[np.float64]

# Sections C, D and E of the Dutch industry code.
SBI_FIRST, SBI_LAST = 10, 39


def terugverdientijd(kosten: ArrayLike, voordeel: ArrayLike) -> Floats:
    """In how many years does what an investment saves pay for it?  (...) [year]

    Without subsidy, against the reference. What saves nothing never pays back; what costs no more
    than its reference has paid back at once.

    >>> round(float(terugverdientijd(10e6, 1.8e6)), 2)
    5.56

    Source        Regeling art. 4.6.7.1.a, 4.6.7.2-3; Omgevingsregeling, annex XV.
    """
    cost = np.maximum(0.0, np.asarray(kosten, dtype=np.float64))
    saved = np.asarray(voordeel, dtype=np.float64)
    years = np.divide(
        cost, saved, out=np.full(np.broadcast(cost, saved).shape, np.inf), where=saved > 0
    )
    paid_back: Floats = np.where(cost == 0.0, 0.0, years)
    return paid_back


def subsidie_per_ton(
    subsidie: ArrayLike, reductie: ArrayLike, *, levensduur: int, periode: int
) -> Floats:
    """What does the grant cost per tonne that it cuts in the Netherlands?  (...) [eur/t]

    Over the period of assessment, or the life of the plant where that is shorter.

    Parameters
    ----------
    reductie : (..., year) [t]  from the first year of operation on
    levensduur, periode : [year]

    >>> float(subsidie_per_ton(12e6, np.full(20, 10_000.0), levensduur=20, periode=15))
    80.0

    Source        Regeling art. 4.6.7.1.b.
    """
    counted = np.asarray(reductie, dtype=np.float64)[..., : min(levensduur, periode)]
    tonnes = counted.sum(axis=-1)
    granted = np.asarray(subsidie, dtype=np.float64)
    per_tonne: Floats = np.divide(
        granted,
        tonnes,
        out=np.full(np.broadcast(granted, tonnes).shape, np.inf),
        where=tonnes > 0,
    )
    return per_tonne


def offer(project: Project, law: Law) -> Offer:
    """What VEKI has to say to a project. Euros nominal."""
    terms = Terms(law, project.applied_on)
    subsidie = hoogste_subsidie(project, terms, "veki")
    conditions = (
        _in_industry(project),
        known_technique(project),
        _proven(project),
        _not_for_dei(project, terms),
        *fully_renewable(project),
        _pays_back_late(project, terms),
        _cheap_enough(project, terms, subsidie),
        _not_required(project),
        _large_enough(project, terms, subsidie),
        incentive_effect(project, terms),
        started_in_time(project, terms, "veki"),
        realised_in_time(project, terms, "veki"),
        open_round(terms, "veki"),
    )
    return Offer(
        instrument="veki",
        form=AidForm.CAPITAL_GRANT,
        conditions=conditions,
        yearly=paid_while_built(project, subsidie),
        maximum_eur=subsidie,
        round=terms.round("veki"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
        instead="dei" if _dei_is_open(project, terms) else None,
    )


def _in_industry(project: Project) -> Condition:
    division = sbi_division(project.sbi)
    return Condition(
        "sector",
        Text(
            nl="De onderneming valt onder sectie C, D of E van de bedrijfsindeling.",
            en="The firm falls under section C, D or E of the industry code.",
        ),
        None if division is None else SBI_FIRST <= division <= SBI_LAST,
        "Regeling art. 4.6.2",
        asked="C, D, E",
        found=project.sbi,
    )


def _proven(project: Project) -> Condition:
    return Condition(
        "proven",
        Text(
            nl="De techniek is bewezen in soortgelijke industriële projecten.",
            en="The technique is proven in similar industrial projects.",
        ),
        project.proven,
        "Regeling art. 4.6.7.1.e",
        asked=True,
        found=project.proven,
    )


def _dei_is_open(project: Project, terms: Terms) -> bool | None:
    """Whether DEI+ would take the technique: new here, and not subsidised too often before."""
    if project.proven:
        return False
    limit = terms.value("dei/gelijksoortige_projecten")
    similar = at_least(project.similar_subsidised_projects, limit)
    if similar:
        return False
    return None if project.proven is None or similar is None else True


def _not_for_dei(project: Project, terms: Terms) -> Condition:
    is_open = _dei_is_open(project, terms)
    return Condition(
        "not_for_dei",
        Text(
            nl="DEI+ staat niet open voor het project.",
            en="DEI+ is not open to the project.",
        ),
        None if is_open is None else not is_open,
        "Regeling art. 4.6.7.1.f",
        asked=False,
        found=is_open,
    )


def _pays_back_late(project: Project, terms: Terms) -> Condition:
    limit, cost = terms.value("veki/terugverdientijd"), meerkosten(project)
    found = (
        None
        if cost is None or project.yearly_benefit_eur is None
        else float(terugverdientijd(cost, project.yearly_benefit_eur))
    )
    return Condition(
        "payback",
        Text(
            nl="Zonder subsidie duurt terugverdienen langer dan de grens, tegen de referentie.",
            en="Without subsidy it takes longer than the limit to pay back, against the reference.",
        ),
        None if found is None or limit is None else found > limit,
        "Regeling art. 4.6.7.1.a; Omgevingsregeling, annex XV",
        "at_least",
        asked=limit,
        found=found,
        unit="year",
    )


def _cheap_enough(project: Project, terms: Terms, subsidie: float | None) -> Condition:
    limit = terms.value("veki/subsidie_per_ton")
    period = terms.value("veki/beoordelingsperiode")
    found, whole = _per_tonne(project, subsidie, period)
    met = at_most(found, limit)
    return Condition(
        "cost_per_tonne",
        Text(
            nl="De subsidie per ton CO2 die in Nederland wordt vermeden blijft onder de grens.",
            en="The grant per tonne of CO2 cut in the Netherlands stays below the limit.",
        ),
        # A run that ends too early leaves tonnes out: it may prove the condition, not deny it.
        met if met or whole else None,
        "Regeling art. 4.6.7.1.b",
        "at_most",
        asked=limit,
        found=found,
        unit="EUR/t",
    )


def _per_tonne(
    project: Project, subsidie: float | None, period: float | None
) -> tuple[float | None, bool]:
    """The grant per tonne, and whether the run holds all years that count. Draws are averaged."""
    first, life = project.first_year, project.life_years
    if (
        subsidie is None
        or period is None
        or project.reduction is None
        or first is None
        or life is None
    ):
        return None, False
    years = min(int(period), life)
    counted = project.reduction[..., project.years >= first]
    cost = subsidie_per_ton(
        subsidie,
        counted.reshape(-1, counted.shape[-1]).mean(axis=0),
        levensduur=life,
        periode=int(period),
    )
    return float(cost), bool(project.years[0] <= first and project.years[-1] >= first + years - 1)


def _not_required(project: Project) -> Condition:
    return Condition(
        "not_required",
        Text(
            nl="De maatregel is niet wettelijk verplicht.",
            en="The measure is not required by law.",
        ),
        None if project.legally_required is None else not project.legally_required,
        "Regeling art. 4.6.9.h",
        asked=False,
        found=project.legally_required,
    )


def _large_enough(project: Project, terms: Terms, subsidie: float | None) -> Condition:
    size = "groot" if project.firm_size is FirmSize.LARGE else "mkb"
    limit = terms.value(f"veki/minimum_{size}")
    return Condition(
        "minimum",
        Text(
            nl="De subsidie is niet lager dan het minimum voor een onderneming van deze omvang.",
            en="The grant is not below the minimum for an undertaking of this size.",
        ),
        at_least(subsidie, limit),
        "Regeling title 4.6",
        "at_least",
        asked=limit,
        found=subsidie,
        unit="EUR",
    )
