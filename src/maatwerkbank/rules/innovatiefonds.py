# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""EU Innovation Fund: the grant of up to 60 % of what a project costs more than a usual plant.

Law        Delegated Regulation (EU) 2019/856 as amended by 2023/2537, articles 2, 5, 6, 8 and 11;
           what the calls add, as far as others quote it.
Takes      costs, benefits and avoided tonnes by year, and what the applicant states.
Gives      euros in the shape that comes in, and an offer.
Leaves out the auctions (`innovatiefonds_veilingen`), the greenhouse-gas method of the calls,
           scoring by evaluators, geographical balance, blending, and whether a project wins.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import (
    avoided,
    in_sight,
    limit_from_above,
    limit_from_below,
    one_number,
    open_round,
    paid_years,
    present_value,
    running_cost,
    years_between,
)
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    Floats,
    Offer,
    Project,
    Terms,
)


class ProjectSize(StrEnum):
    """Scale of a project by its investment (article 2)."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True)
class GrantRequest:
    """What an applicant for the grant states itself. None: not stated."""

    discount_rate: float | None = None  # of the financial model, per year
    other_public_support_eur: float | None = None  # all of it, as in the financial model
    financial_close_on: date | None = None


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def relevant_cost(
    costs: ArrayLike,
    benefits: ArrayLike,
    *,
    reference_costs: ArrayLike,
    reference_benefits: ArrayLike,
) -> Floats:
    """What does the project cost more than a conventional plant of equal capacity?  (...) [eur]

    `(costs - benefits) - (reference costs - reference benefits)`, investment and operation
    together, as present values. The reference is nought where the call leaves the conventional
    plant out. Not below nil: a project that earns itself has no relevant cost.

    >>> float(relevant_cost(180e6, 60e6, reference_costs=50e6, reference_benefits=30e6))
    100000000.0

    Source        2019/856 art. 5 as amended by 2023/2537.
    """
    own = np.subtract(costs, benefits)
    conventional = np.subtract(reference_costs, reference_benefits)
    return np.asarray(np.maximum(0.0, own - conventional), dtype=np.float64)


def highest_grant(relevant: ArrayLike, rate: ArrayLike) -> Floats:
    """What may a grant come to?  (...) [eur]

    >>> float(highest_grant(100e6, 0.6))
    60000000.0

    Source        2023/2537 recital 6.
    """
    return np.asarray(np.multiply(relevant, rate), dtype=np.float64)


def cost_efficiency(
    grant: ArrayLike, other_public_support: ArrayLike, avoided_tonnes: ArrayLike
) -> Floats:
    """What does a tonne cost the public?  (...) [eur/t], NaN where nothing is avoided

    All other public support counts beside the grant; tonnes of the first ten years of operation.

    >>> float(cost_efficiency(100e6, 50e6, 1e6))
    150.0

    Source        2019/856 art. 11(1)(e) as amended.
    """
    tonnes = np.asarray(avoided_tonnes, dtype=np.float64)
    support = np.add(grant, other_public_support)
    nothing = np.full(np.broadcast_shapes(np.shape(support), tonnes.shape), np.nan)
    return np.asarray(np.divide(support, tonnes, out=nothing, where=tonnes > 0))


def project_size(investment_eur: float, *, small: float, medium: float) -> ProjectSize:
    """Which scale is the project?  Limits count with the smaller scale.

    >>> project_size(20e6, small=20e6, medium=100e6).value
    'small'

    Source        2019/856 art. 2 as amended by 2023/2537.
    """
    if investment_eur <= small:
        return ProjectSize.SMALL
    return ProjectSize.MEDIUM if investment_eur <= medium else ProjectSize.LARGE


def grant_payments(
    grant: ArrayLike,
    years: ArrayLike,
    *,
    share_at_close: float,
    close_year: int,
    first_year: int,
    later_parts: int,
) -> Floats:
    """When is the grant paid?  (..., year) [eur]

    `share_at_close` in the year of financial close, the rest in equal parts in the first
    `later_parts` years of operation. Parts outside `years` are not seen.

    >>> grant_payments(
    ...     100.0, np.arange(2026, 2032),
    ...     share_at_close=0.4, close_year=2026, first_year=2029, later_parts=3,
    ... ).tolist()
    [40.0, 0.0, 0.0, 20.0, 20.0, 20.0]

    Raises
    ------
    RuleError     operation starts before financial close

    Source        2019/856 art. 6.
    """
    if first_year < close_year:
        raise RuleError(
            f"operation starts in {first_year}, before financial close in {close_year}.",
            remedy="give the year of financial close, which comes first",
        )
    when = np.asarray(years)
    later = (when >= first_year) & (when < first_year + later_parts)
    shares = np.where(when == close_year, share_at_close, 0.0)
    shares = shares + np.where(later, (1.0 - share_at_close) / later_parts, 0.0)
    return np.asarray(np.asarray(grant, dtype=np.float64)[..., np.newaxis] * shares)


def later_part_paid(
    later_part: ArrayLike, planned_t: ArrayLike, actual_t: ArrayLike, threshold: ArrayLike
) -> Floats:
    """What is left of the later part once the tonnes are counted?  (...) [eur]

    All of it from `threshold` of the planned avoidance; below it the share that was avoided, and
    nothing where nothing was.

    >>> float(later_part_paid(60e6, 1e6, 0.74e6, 0.75))
    44400000.0

    Source        2019/856 art. 8; "in proportion" is read as actual over planned.
    """
    share = np.maximum(0.0, np.divide(actual_t, planned_t))
    kept = np.where(share >= threshold, 1.0, share)
    return np.asarray(np.multiply(later_part, kept), dtype=np.float64)


# ── the grant ─────────────────────────────────────────────────────────────────────────────────


def offer(project: Project, law: Law, *, request: GrantRequest | None = None) -> Offer:
    """What does the Innovation Fund grant have to say to this project?

    The yearly amounts are those of the highest grant, the part after financial close in equal
    parts over the shortest reporting period: a reading, not a term of the regulation.
    """
    request = request or GrantRequest()
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    found = terms.round("innovation_fund")
    if request.discount_rate is None:
        terms.lack(
            "innovation_fund/discount_rate",
            Text(
                nl="de rente in het financiële model van de aanvrager",
                en="the rate in the financial model of the applicant",
            ),
        )
    horizon = terms.value("innovation_fund/avoidance_years")
    whole = horizon if in_sight(project, horizon, terms) else None
    net = _net_extra_cost(project, request, whole)
    rate = terms.value("innovation_fund/funding_rate")
    grant = None if net is None or rate is None else highest_grant(net, rate)
    efficiency = _efficiency(project, request, grant, whole)
    conditions = (
        open_round(terms, "innovation_fund"),
        limit_from_below(
            "investment",
            Text(
                nl="De investering haalt de ondergrens van de oproep.",
                en="The investment reaches the lower limit of the call.",
            ),
            project.investment_eur,
            terms.value("innovation_fund/minimum_capex"),
            "EUR",
            Text(nl="INNOVFUND NZT, tekst van de oproep", en="INNOVFUND NZT, call text"),
        ),
        _innovation(project),
        _gap(net),
        limit_from_above(
            "financial_close",
            Text(
                nl="De financial close volgt binnen de termijn na de toekenning.",
                en="Financial close follows within the term after the award.",
            ),
            years_between(project.granted_on, request.financial_close_on),
            terms.value("innovation_fund/years_to_close"),
            "year",
            "2019/856 art. 11(1)(c)",
        ),
        limit_from_above(
            "cost_efficiency",
            Text(
                nl="Alle publieke steun per vermeden ton blijft onder de grens van de oproep.",
                en="All public support per tonne avoided stays below the limit of the call.",
            ),
            efficiency,
            terms.value("innovation_fund/efficiency_limit"),
            "EUR/t",
            "2019/856 art. 11(1)(e)",
        ),
    )
    return Offer(
        instrument="innovation_fund",
        form=AidForm.CAPITAL_GRANT,
        conditions=conditions,
        yearly=_grant_by_year(project, request, terms, grant),
        maximum_eur=one_number(grant),
        ranking_eur_per_t=efficiency,
        round=found,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _net_extra_cost(
    project: Project, request: GrantRequest, horizon: float | None
) -> Floats | None:
    """Extra investment and the running cost of the first years of operation, present value."""
    extra, running = project.extra_cost_eur, running_cost(project)
    counted = paid_years(project.years, project.first_year, horizon)
    rate = request.discount_rate
    if extra is None or running is None or counted is None or rate is None:
        return None
    return relevant_cost(
        extra + present_value(running * counted, rate),
        0.0,
        reference_costs=0.0,
        reference_benefits=0.0,
    )


def _efficiency(
    project: Project, request: GrantRequest, grant: Floats | None, horizon: float | None
) -> float | None:
    tonnes, other = avoided(project), request.other_public_support_eur
    counted = paid_years(project.years, project.first_year, horizon)
    if grant is None or tonnes is None or other is None or counted is None:
        return None
    efficiency = one_number(cost_efficiency(grant, other, (tonnes * counted).sum(axis=-1)))
    return None if efficiency is None or np.isnan(efficiency) else efficiency


def _grant_by_year(
    project: Project, request: GrantRequest, terms: Terms, grant: Floats | None
) -> Floats | None:
    share = terms.value("innovation_fund/share_at_close")
    later_parts = terms.value("innovation_fund/reporting_years")
    close, first = request.financial_close_on, project.first_year
    if grant is None or share is None or later_parts is None or close is None or first is None:
        return None
    if close.year > first:
        terms.lack(
            "innovation_fund/financial_close",
            Text(
                nl=f"een financial close vóór de ingebruikname in {first}",
                en=f"a financial close before entry into operation in {first}",
            ),
        )
        return None
    return grant_payments(
        grant,
        project.years,
        share_at_close=share,
        close_year=close.year,
        first_year=first,
        later_parts=int(later_parts),
    )


def _innovation(project: Project) -> Condition:
    """A new technique is innovative; how far a proven one may still be, evaluators say."""
    return Condition(
        id="innovation",
        says=Text(
            nl="De techniek is al bewezen (moet nee zijn); beoordelaars wegen hoe ver een bewezen "
            "techniek toch vernieuwt.",
            en="The technique is proven already (must be no); evaluators weigh how far a proven "
            "technique is new all the same.",
        ),
        met=True if project.proven is False else None,
        source="2019/856 art. 11",
        asked=False,
        found=project.proven,
    )


def _gap(net: Floats | None) -> Condition:
    """A project that earns itself back has nothing to be paid."""
    cost = one_number(net)
    return Condition(
        id="relevant_cost",
        says=Text(
            nl="Het project kost meer dan het opbrengt tegenover een gewone installatie.",
            en="The project costs more than it brings in against a conventional plant.",
        ),
        met=None if net is None else bool(np.all(net > 0)),
        source="2019/856 art. 5",
        asked="> 0",
        found=cost,
        unit="EUR",
    )
