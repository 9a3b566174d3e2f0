# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""General block exemption (GBER): aid that needs no notification, article by article.

Law       Regulation (EU) 651/2014 as amended by 2023/1315, articles 1(4), 2, 4, 6, 7, 36, 38, 41,
          46, 47, 48. To 31 December 2026; what follows it was not known.
Takes     a project, what the file says of the aid, the law as known on a day.
Gives     a verdict for each article under which the technique may fall.
Leaves    buildings (38a), clean vehicles (36b), studies (49), operating aid (42, 43), reductions of
          environmental taxes (44), leasing in full, and the 18 months of adopted standards.

Which article a technique falls under is our reading: the text names what is aided, not a technique.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect
from maatwerkbank.rules.instrument import Condition, Project, Technique, Terms
from maatwerkbank.support.state_aid.framework import (
    AidFile,
    Area,
    Route,
    Verdict,
    above_threshold,
    aid_intensity,
    in_force,
    in_gber,
    limit_on_aid,
    size_bonus,
    sound_undertaking,
    terms_on_grant,
    within_ceiling,
)
from maatwerkbank.support.state_aid.gber_conditions import CAPTURE, asked_by, material_change

Floats = NDArray[np.float64]

FRAMEWORK = "gber"
# Techniques that leave no doubt that a cut of all direct emissions does not come from biomass.
_WITHOUT_BIOMASS = {
    Technique.E_BOILER,
    Technique.ELECTRIFICATION,
    Technique.HEAT_PUMP,
    Technique.HYDROGEN_USE,
}
_RENEWABLE = {Technique.HEAT_PUMP, Technique.RENEWABLE_HEAT, Technique.ELECTROLYSIS}


@dataclass(frozen=True)
class Article:
    """How an article counts the highest aid."""

    number: str
    on_extra_cost: bool  # otherwise on the total investment
    halved_without_counterfactual: bool = False
    for_areas: bool = False
    by_tender: bool = False  # up to the whole cost where competitive bidding sets the amount
    on_gap: bool = False  # 100 % of the funding gap instead of an intensity
    threshold: str = "investment"

    @property
    def folder(self) -> str:
        """Where its terms are kept."""
        return f"gber/article_{self.number}"


ARTICLE_36 = Article(
    "36", on_extra_cost=True, halved_without_counterfactual=True, for_areas=True, by_tender=True
)
ARTICLE_38 = Article(
    "38", on_extra_cost=True, halved_without_counterfactual=True, for_areas=True, by_tender=True
)
ARTICLE_41 = Article("41", on_extra_cost=False, by_tender=True)
ARTICLE_46 = Article("46", on_extra_cost=False, on_gap=True, threshold="heat_network")
ARTICLE_47 = Article("47", on_extra_cost=True, for_areas=True)
ARTICLE_48 = Article("48", on_extra_cost=False, on_gap=True, threshold="energy_infrastructure")

ARTICLES: dict[Technique, tuple[Article, ...]] = {
    Technique.CCS: (ARTICLE_36,),
    Technique.CCU: (ARTICLE_36,),
    Technique.E_BOILER: (ARTICLE_36,),
    Technique.ELECTRIFICATION: (ARTICLE_36,),
    Technique.HYDROGEN_USE: (ARTICLE_36,),
    Technique.OTHER: (ARTICLE_36,),
    Technique.HEAT_PUMP: (ARTICLE_41, ARTICLE_38),
    Technique.RENEWABLE_HEAT: (ARTICLE_41,),
    Technique.ELECTROLYSIS: (ARTICLE_41, ARTICLE_36),
    Technique.EFFICIENCY: (ARTICLE_38,),
    Technique.RESIDUAL_HEAT: (ARTICLE_46, ARTICLE_36),
    Technique.CIRCULAR: (ARTICLE_47,),
}


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def extra_cost(investment: ArrayLike, alternative: ArrayLike) -> Floats:
    """What does the investment cost above what would be done without aid?  (...) [eur]

    `alternative` is worth, on the day of the grant: (a) the usual, less green investment; (b) the
    same investment later; (c) keeping the old plant, with its upkeep; (d) leasing. Later amounts
    are discounted first (`funding_gap.at_grant_date`).

    >>> float(extra_cost(25e6, 15e6))
    10000000.0

    Source        GBER art. 36(4), 38(3).
    """
    return np.maximum(0.0, np.subtract(investment, alternative))


def investment_minus_profit(investment: ArrayLike, operating_profit: ArrayLike) -> Floats:
    """How much of the investment do its own profits not pay back?  (...) [eur]

    The third way of article 36: projected profits are deducted beforehand, both at their value on
    the same day at the same rate; the outcome is checked against actual profits and the rest
    returned. A loss in operation is no operating profit, and adds nothing to the cost.

    >>> float(investment_minus_profit(100.0, 70.0)), float(investment_minus_profit(100.0, -20.0))
    (30.0, 100.0)

    Source        GBER art. 36(10), 2(39).
    """
    profit = np.maximum(0.0, np.asarray(operating_profit, dtype=np.float64))
    return np.asarray(np.maximum(0.0, np.subtract(investment, profit)), dtype=np.float64)


# ── the verdicts ──────────────────────────────────────────────────────────────────────────────


def verdicts(project: Project, law: Law, file: AidFile) -> tuple[Verdict, ...]:
    """What the block exemption says under each article that may fit.

    A technique that is not stated gives one verdict without an article: it cannot be judged.
    """
    found = ARTICLES[project.technique] if project.technique else ()
    if file.energy_infrastructure:
        found = (*found, ARTICLE_48)
    if not found:
        return (_without_article(project, law),)
    return tuple(_verdict(article, project, law, file) for article in found)


def _verdict(article: Article, project: Project, law: Law, file: AidFile) -> Verdict:
    terms = terms_on_grant(project, law)
    opened = in_force(project, terms, FRAMEWORK)
    threshold = terms.value(_threshold(article, file))
    routes = _routes(article, project, file, terms, threshold)
    conditions = (
        opened,
        incentive_effect(project, in_gber("6 lid 2", "6(2)")),
        *material_change(project, file),
        *sound_undertaking(project, in_gber("1 lid 4", "1(4)")),
        *asked_by(article.number, project, file, terms),
        *_within_threshold(file, threshold, terms),
        *within_ceiling(file, routes, in_gber(article.number, article.number), terms),
    )
    return Verdict(
        framework=FRAMEWORK,
        section=f"article {article.number}",
        granted_on=project.granted_on,
        in_force=opened.met,
        conditions=conditions,
        routes=routes,
        notify=above_threshold(file, threshold, terms),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _without_article(project: Project, law: Law) -> Verdict:
    terms = terms_on_grant(project, law)
    opened = in_force(project, terms, FRAMEWORK)
    technique = Condition(
        id="technique",
        says=Text(
            nl="De techniek is bekend: daarvan hangt af welk artikel geldt.",
            en="The technique is known: on it depends which article applies.",
        ),
        met=None,
        source=Text(nl="AGVV hoofdstuk III, afdeling 7", en="GBER chapter III, section 7"),
        asked=True,
    )
    return Verdict(
        framework=FRAMEWORK,
        section="section 7",
        granted_on=project.granted_on,
        in_force=opened.met,
        conditions=(opened, technique),
        routes=(),
        notify=None,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _threshold(article: Article, file: AidFile) -> str:
    if article is ARTICLE_36 and file.dedicated_infrastructure:
        return "gber/threshold/dedicated_infrastructure"
    return f"gber/threshold/{article.threshold}"


def _within_threshold(
    file: AidFile, threshold: float | None, terms: Terms
) -> tuple[Condition, ...]:
    """Judged only where an amount is proposed."""
    if file.amount_eur is None:
        return ()
    return (
        limit_on_aid(
            "within_threshold",
            Text(
                nl="Alle steun aan het project blijft onder de aanmeldingsdrempel.",
                en="All aid to the project stays below the notification threshold.",
            ),
            file,
            threshold,
            in_gber("4 lid 1, 8 lid 1", "4(1), 8(1)"),
            terms,
        ),
    )


# ── routes ────────────────────────────────────────────────────────────────────────────────────


def _routes(
    article: Article, project: Project, file: AidFile, terms: Terms, threshold: float | None
) -> tuple[Route, ...]:
    number, investment = article.number, project.investment_eur
    found = []
    if article is not ARTICLE_48:
        found += _by_intensity(article, project, file, terms, threshold)
    if article is ARTICLE_36 and file.discounted_operating_profit_eur is not None:
        cost = None
        if file.discounted_investment_eur is not None:
            profit = file.discounted_operating_profit_eur
            cost = float(investment_minus_profit(file.discounted_investment_eur, profit))
        found.append(
            Route("operating_profit", "GBER art. 36(10)", cost, 1.0, threshold, claw_back=True)
        )
    if article.on_gap and file.funding_gap_eur is not None:
        gap = max(0.0, file.funding_gap_eur)
        found.append(Route("funding_gap", f"GBER art. {number}", gap, 1.0, threshold))
    if article.by_tender and file.by_tender:
        share = terms.value("gber/tender_share")
        found.append(Route("tender", f"GBER art. {number}", investment, share, threshold))
    return tuple(found)


def _by_intensity(
    article: Article, project: Project, file: AidFile, terms: Terms, threshold: float | None
) -> list[Route]:
    """A share of extra or total cost, and without a counterfactual half of it on the whole."""
    source = f"GBER art. {article.number}"
    full = _intensity(article, project, file, terms, 1.0)
    whole = project.investment_eur
    if not article.on_extra_cost:
        return [Route("total_cost", source, whole, full, threshold)]
    if project.single_purpose or (article is ARTICLE_36 and file.dedicated_infrastructure):
        return [Route("no_alternative", source, whole, full, threshold)]
    extra = None
    if whole is not None and project.reference_investment_eur is not None:
        extra = float(extra_cost(whole, project.reference_investment_eur))
    found = [Route("extra_cost", source, extra, full, threshold)]
    if article.halved_without_counterfactual:
        part = terms.value("gber/share_without_counterfactual")
        half = None if part is None else _intensity(article, project, file, terms, part)
        found.append(Route("no_counterfactual", source, whole, half, threshold))
    return found


def _intensity(
    article: Article, project: Project, file: AidFile, terms: Terms, share: float
) -> float | None:
    """The highest share of the cost, with the bonuses that hold. [1]"""
    base = terms.value(f"{article.folder}/{_base(article, project)}")
    size = size_bonus(project, terms, article.folder)
    area: float | None = 0.0
    if article.for_areas and file.area is not Area.NONE:
        area = terms.value(f"{article.folder}/bonus_area_{file.area}")
    other: float | None = 0.0
    if article is ARTICLE_46 and file.only_renewable_or_waste_heat:
        other = terms.value(f"{article.folder}/bonus_renewable")
    if base is None or size is None or area is None or other is None:
        return None
    return float(
        aid_intensity(base, size_bonus=size, area_bonus=area, other_bonus=other, share=share)
    )


def _base(article: Article, project: Project) -> str:
    """The name of the base intensity. A cut of all direct emissions must be shown."""
    if article is ARTICLE_41:
        return "intensity_renewable" if project.technique in _RENEWABLE else "intensity_other"
    if article is not ARTICLE_36:
        return "intensity"
    if project.technique in CAPTURE:
        return "intensity_capture"
    whole_cut = project.reduction_share is not None and project.reduction_share >= 1.0
    if whole_cut and project.technique in _WITHOUT_BIOMASS:
        return "intensity_full_cut"
    return "intensity"
