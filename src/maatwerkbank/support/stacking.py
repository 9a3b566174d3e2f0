# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""All support of a case held against European law: which framework is open, allows it, and binds.

Takes     a case, the law, its ladder.
Gives     per project the verdict of every framework on all State aid together, and per project
          what is stacked on its cost.
Leaves    the terms of each framework to `state_aid`, and the decision to the Commission.

Aid that is paid later counts at its value on the day of the grant (GBER 7(3)). Where the discount
rate of that day is not known it counts undiscounted: that can show that aid stays below a ceiling,
and never that it passes one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import Support, awarded
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.economics.frame import frame_of
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import CENTRE
from maatwerkbank.plant.scheme_facts import SchemeFacts
from maatwerkbank.rules.instrument import Rest, Terms
from maatwerkbank.support.ladder import Ladder
from maatwerkbank.support.schemes import CENTRAL_UNION_MONEY
from maatwerkbank.support.state_aid import AidFile, Area, Route, Verdict, frameworks
from maatwerkbank.support.state_aid.cumulation import (
    EligibleCost,
    Money,
    Payment,
    Stack,
    stacked,
    union_money_counts,
)
from maatwerkbank.support.state_aid.framework import terms_on_grant
from maatwerkbank.support.state_aid.funding_gap import at_grant_date, discount_rate

_STATED = (
    "ad_hoc",
    "material_change_shown",
    "required_by_union_standard",
    "complete_chain",
    "electrolyser_within_renewables",
    "only_renewable_or_waste_heat",
    "common_practice",
    "disposal_or_energy_recovery",
)


@dataclass(frozen=True)
class Stacking:
    """The frameworks for each project, and what is stacked on its cost."""

    verdicts: dict[str, tuple[Verdict, ...]]  # project -> one for each framework
    stacks: dict[str, Stack]  # project -> all support on its cost, under the best framework
    room_for_grant: dict[str, float | None]  # project -> what fits beside the generic schemes [eur]
    discounted: bool  # whether later aid is counted at its value on the day of the grant

    @property
    def rests_on(self) -> tuple[Rest, ...]:
        """Every value that a verdict rests on."""
        return tuple(r for each in self.verdicts.values() for v in each for r in v.rests_on)

    def binding(self, project: str) -> Verdict | None:
        """The framework that allows a project the most among those where nothing is in the way."""
        return _best(self.verdicts[project])


def stacking(case: Case, law: Law, ladder: Ladder, *, value_is_known: bool) -> Stacking:
    """Hold all support of each project against every framework.

    `value_is_known` tells whether the value of the plan hangs on no range without a centre: without
    it no framework is told a gap.

    What the case says is awarded is what is judged; without awards the support that the ladder
    counts, with the tailor-made grant that is needed.
    """
    grant = ladder.grant if value_is_known else None
    proposed = awarded(frame_of(case, law, CENTRE)) or (*ladder.counted, *(grant or ()))
    verdicts, stacks, rooms = {}, {}, {}
    discounted = True
    for number, project in enumerate(case.projects):
        facts = ladder.projects[project.id]
        terms = terms_on_grant(facts, law)
        rate = discount_rate(terms)
        discounted = discounted and rate is not None
        after = ladder.without_support.years - terms.on.year
        paid = _on_grant_day(
            [each for each in proposed if each.project == project.id], after, rate or 0.0
        )
        amount = sum(each.amount_eur for each in paid if each.money is Money.STATE_AID)
        file = _file(case, number, amount if paid else None)
        if value_is_known:
            file = replace(file, **_worth(case, law, number))
        verdicts[project.id] = frameworks(facts, law, file)
        best = _best(verdicts[project.id])
        if best and best.route and best.route.eligible_cost_eur is not None:
            stacks[project.id] = _stack(best, best.route, paid, terms)
            generic = _on_grant_day(
                [each for each in ladder.counted if each.project == project.id], after, rate or 0.0
            )
            rooms[project.id] = _stack(best, best.route, generic, terms).room_eur
    return Stacking(verdicts, stacks, rooms, discounted)


def _on_grant_day(support: Sequence[Support], after: Any, rate: float) -> list[Payment]:
    """Each support at its value on the day of the grant; what is due before it counts in full."""
    later = np.maximum(0, after)
    return [
        Payment(
            each.id,
            each.project,
            max(0.0, float(at_grant_date(each.by_year, later, rate))),
            _money(each),
        )
        for each in support
    ]


def _money(support: Support) -> Money:
    central = support.id.removesuffix(f"_{support.project}") in CENTRAL_UNION_MONEY
    return Money.UNION_CENTRAL if central else Money.STATE_AID


def _file(case: Case, number: int, amount: float | None) -> AidFile:
    """What the file says of the aid, beside the facts of the project."""
    schemes = case.projects[number].schemes or SchemeFacts()
    stated: dict[str, Any] = {
        name: said.value for name in _STATED if (said := getattr(schemes, name)) is not None
    }
    return AidFile(
        amount_eur=amount,
        approved=schemes.aid_approved.value if schemes.aid_approved else None,
        by_tender=bool(schemes.by_tender and schemes.by_tender.value),
        area=Area(schemes.assisted_area.value) if schemes.assisted_area else Area.NONE,
        **stated,
    )


def _worth(case: Case, law: Law, number: int) -> dict[str, Any]:
    """What the project alone is worth without aid, as frameworks ask it. [eur]"""
    alone = evaluate(case, law, support=(), only=case.projects[number].id)
    return {
        "funding_gap_eur": _finite(-alone.npv_without_support),
        "npv_with_carbon_cost_eur": _finite(alone.npv_without_support),
        "discounted_operating_profit_eur": _finite(_operating_profit(alone)),
    }


def _operating_profit(alone: Outcome) -> float:
    """What the investment earns in operation, carbon costs counted in, before tax. [eur]"""
    lines = [item.difference for item in alone.items if item.id not in ("capex", "tax")]
    return float(net_present_value(sum(lines, np.zeros(len(alone.years))), alone.discount_rate))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _stack(verdict: Verdict, route: Route, paid: Sequence[Payment], terms: Terms) -> Stack:
    """All support of a project on the cost of the best route."""
    cost = EligibleCost(
        name=paid[0].on_cost if paid else "",
        amount_eur=route.eligible_cost_eur or 0.0,
        intensities=() if route.intensity is None else (route.intensity,),
        limits_eur=() if route.limit_eur is None else (route.limit_eur,),
    )
    counts = union_money_counts(terms, verdict.framework)
    return stacked([cost], paid, union_counts=counts)[0]


def _best(verdicts: tuple[Verdict, ...]) -> Verdict | None:
    able = [each for each in verdicts if each.outcome in ("fits", "cannot_judge")]
    known = [each for each in able if each.ceiling_eur is not None]
    return max(known, key=lambda each: (each.outcome == "fits", each.ceiling_eur), default=None)
