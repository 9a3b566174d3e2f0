# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""VEKI: a grant for a proven way to cut CO2 in the own process of an industrial firm.

Law        Regeling nationale EZK-, LVVN- en KGG-subsidies, title 4.6.
Takes      a project and the law as known on a day.
Gives      an offer: a share of the eligible cost, and every condition with both sides shown.
Leaves out local infrastructure in an offer, evidence and reports, the general refusal grounds of
           the Kaderbesluit, and SDE++ on the same cost, which does not count here (4.6.8).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect, open_round
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
    BEFORE_WORKS,
    fully_renewable,
    hoogste_subsidie,
    known_technique,
    meerkosten,
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


def hoogste_subsidie_bij_reductie(
    reductie: ArrayLike, *, grens: ArrayLike, levensduur: int, periode: int
) -> Floats:
    """How much may be asked for the tonnes that are cut in the Netherlands?  (...) [eur]

    The limit per tonne times the tonnes over the period, or the life where that is shorter.

    Parameters
    ----------
    reductie : (..., year) [t]  from the first year of operation on
    grens : [eur/t]
    levensduur, periode : [year]

    >>> float(
    ...     hoogste_subsidie_bij_reductie(
    ...         np.full(20, 10_000.0), grens=80, levensduur=20, periode=15
    ...     )
    ... )
    12000000.0

    Source        Regeling art. 4.6.7.1.b.
    """
    counted = np.asarray(reductie, dtype=np.float64)[..., : min(levensduur, periode)]
    most: Floats = np.maximum(0.0, counted.sum(axis=-1)) * np.asarray(grens)
    return most


def dei_gaat_voor(
    *, bewezen: bool | None, gelijksoortige_projecten: float | None, grens: float | None
) -> bool | None:
    """Does DEI+ stand open, so that VEKI does not?  None where that cannot be told

    DEI+ takes what is not proven and was not subsidised too often before.

    Parameters
    ----------
    grens : number of similar projects subsidised from which DEI+ refuses

    >>> dei_gaat_voor(bewezen=False, gelijksoortige_projecten=2, grens=3)
    True

    Source        Regeling art. 4.6.7.1.f; § 4.2.10 on refusal.
    """
    often = at_least(gelijksoortige_projecten, grens)
    if bewezen or often:
        return False
    return None if bewezen is None or often is None else True


def offer(project: Project, law: Law) -> Offer:
    """What VEKI has to say to a project. Euros nominal.

    It asks no more than the limit per tonne lets it: the share of the cost, cut down where the
    tonnes are few. What is left may fall below the minimum, and then it is refused.
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    per_ton = _most_for_the_tonnes(project, terms)
    subsidie = _asked(hoogste_subsidie(project, terms, "veki"), per_ton)
    conditions = (
        _in_industry(project),
        known_technique(project),
        _proven(project),
        _not_for_dei(project, terms),
        *fully_renewable(project),
        _pays_back_late(project, terms),
        _cheap_enough(terms, subsidie, per_ton),
        _not_required(project),
        _large_enough(project, terms, subsidie),
        incentive_effect(project, BEFORE_WORKS),
        started_in_time(project, terms, "veki"),
        realised_in_time(project, terms, "veki"),
        open_round(terms, "veki", rounds_known=False),
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
    return dei_gaat_voor(
        bewezen=project.proven,
        gelijksoortige_projecten=project.similar_subsidised_projects,
        grens=terms.value("dei/gelijksoortige_projecten"),
    )


def _not_for_dei(project: Project, terms: Terms) -> Condition:
    is_open = _dei_is_open(project, terms)
    return Condition(
        "not_for_dei",
        Text(
            nl="DEI+ staat open voor het project (moet nee zijn).",
            en="DEI+ is open to the project (must be no).",
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
        Text(
            nl="Regeling art. 4.6.7.1.a; Omgevingsregeling, bijlage XV",
            en="Regeling art. 4.6.7.1.a; Omgevingsregeling, annex XV",
        ),
        "at_least",
        asked=limit,
        found=found,
        unit="year",
    )


@dataclass(frozen=True)
class _Tonnes:
    """What the tonnes of a project let it ask. `whole`: the run holds all years that count."""

    cut: Floats  # (year,) [t], from the first year of operation on, averaged over draws
    life: int
    period: int
    most_eur: float
    whole: bool


def _most_for_the_tonnes(project: Project, terms: Terms) -> _Tonnes | None:
    """The limit per tonne times the tonnes that count; None where either is not known."""
    limit = terms.value("veki/subsidie_per_ton")
    period = terms.value("veki/beoordelingsperiode")
    first, life = project.first_year, project.life_years
    if limit is None or period is None or first is None or life is None:
        return None
    if project.reduction is None:
        return None
    operating = project.reduction[..., project.years >= first]
    cut = operating.mean(axis=tuple(range(operating.ndim - 1)))
    last = first + min(int(period), life) - 1
    most = hoogste_subsidie_bij_reductie(cut, grens=limit, levensduur=life, periode=int(period))
    whole = bool(project.years[0] <= first and project.years[-1] >= last)
    return _Tonnes(cut, life, int(period), float(most), whole)


def _asked(subsidie: float | None, tonnes: _Tonnes | None) -> float | None:
    """What is asked. A run that ends too early leaves tonnes out, and cuts nothing down."""
    if subsidie is None or tonnes is None or not tonnes.whole:
        return subsidie
    return min(subsidie, tonnes.most_eur)


def _cheap_enough(terms: Terms, subsidie: float | None, tonnes: _Tonnes | None) -> Condition:
    # A plan that cuts nothing may ask nothing, and has no cost per tonne below any limit.
    met = None if tonnes is None else at_most(subsidie, tonnes.most_eur)
    if met and tonnes and tonnes.most_eur == 0.0:
        met = False
    found = (
        None
        if subsidie is None or tonnes is None
        else float(
            subsidie_per_ton(subsidie, tonnes.cut, levensduur=tonnes.life, periode=tonnes.period)
        )
    )
    return Condition(
        "cost_per_tonne",
        Text(
            nl="De subsidie die is gevraagd blijft per ton CO2 die in Nederland wordt vermeden "
            "onder de grens.",
            en="The grant that is asked stays below the limit per tonne of CO2 cut in the "
            "Netherlands.",
        ),
        # A run that ends too early leaves tonnes out: it may prove the condition, not deny it.
        met if met or (tonnes and tonnes.whole) else None,
        "Regeling art. 4.6.7.1.b",
        "at_most",
        asked=terms.value("veki/subsidie_per_ton"),
        found=found,
        unit="EUR/t",
    )


def _not_required(project: Project) -> Condition:
    return Condition(
        "not_required",
        Text(
            nl="De maatregel is wettelijk verplicht (moet nee zijn).",
            en="The measure is required by law (must be no).",
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
        Text(nl="Regeling titel 4.6", en="Regeling title 4.6"),
        "at_least",
        asked=limit,
        found=subsidie,
        unit="EUR",
    )
