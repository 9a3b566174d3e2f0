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
from numpy.typing import NDArray

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import Support, awarded
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.economics.frame import frame_of
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import CENTRE, Floats
from maatwerkbank.plant.scheme_facts import SchemeFacts, YesNo
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
from maatwerkbank.support.state_aid.funding_gap import at_grant_date, discount_rate, funding_gap

# Routes that count the whole result of a project, and so all support to it.
_WHOLE_GAP = ("funding_gap", "operating_profit")
_STATED = (
    "ad_hoc",
    "material_change_shown",
    "required_by_union_standard",
    "complete_chain",
    "electrolyser_within_renewables",
    "only_renewable_or_waste_heat",
    "common_practice",
    "disposal_or_energy_recovery",
    "regulated_access",
    "hydrogen_g_per_mj",
)


@dataclass(frozen=True)
class GrantRoom:
    """A tailor-made grant on the day of the grant, beside the generic schemes. [eur]"""

    needed_eur: float | None
    room_eur: float | None  # what the best framework leaves beside what is counted

    @property
    def within_eur(self) -> float | None:
        """The part of the grant that fits; None where either is not known."""
        if self.needed_eur is None or self.room_eur is None:
            return None
        return min(self.needed_eur, self.room_eur)


@dataclass(frozen=True)
class Stacking:
    """The frameworks for each project, and what is stacked on its cost."""

    verdicts: dict[str, tuple[Verdict, ...]]  # project -> one for each framework
    stacks: dict[str, Stack]  # project -> all support on its cost, under the best framework
    grants: dict[str, GrantRoom]  # project -> the grant that is needed against what still fits
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
    held = {
        project.id: _hold(case, law, ladder, number, proposed, grant, value_is_known=value_is_known)
        for number, project in enumerate(case.projects)
    }
    return Stacking(
        verdicts={project: each.verdicts for project, each in held.items()},
        stacks={project: each.stack for project, each in held.items() if each.stack},
        grants={project: each.grant for project, each in held.items()},
        discounted=all(each.discounted for each in held.values()),
    )


@dataclass(frozen=True)
class _Held:
    """One project against every framework."""

    verdicts: tuple[Verdict, ...]
    stack: Stack | None
    grant: GrantRoom
    discounted: bool


def _hold(
    case: Case,
    law: Law,
    ladder: Ladder,
    number: int,
    proposed: Sequence[Support],
    grant: Sequence[Support] | None,
    *,
    value_is_known: bool,
) -> _Held:
    project = case.projects[number].id
    terms = terms_on_grant(ladder.projects[project], law)
    day = _GrantDay(
        np.maximum(0, ladder.without_support.years - terms.on.year),
        discount_rate(terms),
        ladder.without_support.discount_rate,
    )
    paid = day.payments(proposed, project)
    mine = [s for s in proposed if s.project == project and _money(s) is Money.STATE_AID]
    bound = day.is_upper_bound(mine)
    file = replace(_file(case, number, paid), amount_is_upper_bound=bound)
    if value_is_known:
        file = replace(file, **_worth(case, law, number))
    verdicts = frameworks(ladder.projects[project], law, file)
    best = _best(verdicts)
    stack, room = None, None
    if best and best.route and best.route.eligible_cost_eur is not None:
        stack = _stack(best, best.route, paid, terms, upper_bounds=bound)
        generic = day.payments(ladder.counted, project)
        room = _stack(best, best.route, generic, terms, upper_bounds=bound).room_eur
    wanted = None if grant is None else sum(p.amount_eur for p in day.payments(grant, project))
    return _Held(verdicts, stack, GrantRoom(wanted, room), day.rate is not None)


@dataclass(frozen=True)
class _GrantDay:
    """The day of the grant: how far later years are, and the discount rate of that day."""

    after: NDArray[np.int64]  # (year,) [year]
    rate: float | None  # None: not known, and later aid counts undiscounted
    own_rate: float  # of the plan: what a deduction that only moves tax is worth

    def payments(self, support: Sequence[Support], project: str) -> list[Payment]:
        """Support of one project at its value on the day; what is due before it counts in full."""
        return [
            Payment(
                each.id,
                "operation" if each.form == "operating_aid" else "investment",
                max(0.0, float(at_grant_date(_money_of(each), self.after, self._rate_of(each)))),
                _money(each),
            )
            for each in support
            if each.project == project
        ]

    def _rate_of(self, support: Support) -> float:
        if self.rate is not None:
            return self.rate
        return self.own_rate if support.form == "deduction" else 0.0

    def is_upper_bound(self, support: Sequence[Support]) -> bool:
        """Whether later aid is counted at more than it is worth on the day."""
        return self.rate is None and any(np.any(_money_of(s)[self.after > 0]) for s in support)


def _money_of(support: Support) -> Floats:
    """Euros by year: of a deduction the tax that it saves. (year,) [eur]"""
    return support.by_year if support.cash is None else support.cash


def _money(support: Support) -> Money:
    central = support.id.removesuffix(f"_{support.project}") in CENTRAL_UNION_MONEY
    return Money.UNION_CENTRAL if central else Money.STATE_AID


def _file(case: Case, number: int, paid: Sequence[Payment]) -> AidFile:
    """What the file says of the aid, beside the facts of the project."""
    schemes = case.projects[number].schemes or SchemeFacts()
    amount = sum(each.amount_eur for each in paid if each.money is Money.STATE_AID)
    stated: dict[str, Any] = {
        name: said.value for name in _STATED if (said := getattr(schemes, name)) is not None
    }
    return AidFile(
        amount_eur=amount if paid else None,
        dedicated_infrastructure=_is(schemes.dedicated_infrastructure),
        energy_infrastructure=_is(schemes.energy_infrastructure),
        approved=schemes.aid_approved.value if schemes.aid_approved else None,
        by_tender=_is(schemes.by_tender),
        area=Area(schemes.assisted_area.value) if schemes.assisted_area else Area.NONE,
        **stated,
    )


def _worth(case: Case, law: Law, number: int) -> dict[str, Any]:
    """What the project alone is worth without aid, as frameworks ask it. [eur]"""
    alone = evaluate(case, law, support=(), only=case.projects[number].id)
    # The flow is the difference already: plan against counterfactual, whose own flow is then nil.
    flow = alone.cash_flow_without_support
    gap = funding_gap(flow, np.zeros(len(flow)), wacc=alone.discount_rate).gap
    return {
        "funding_gap_eur": _finite(float(gap)),
        "npv_with_carbon_cost_eur": _finite(alone.npv_without_support),
        "discounted_operating_profit_eur": _finite(_operating_profit(alone)),
        "discounted_investment_eur": _finite(_investment(alone)),
    }


def _operating_profit(alone: Outcome) -> float:
    """What the investment earns in operation, carbon costs counted in, before tax. [eur]"""
    lines = [item.difference for item in alone.items if item.id not in ("capex", "tax")]
    return float(net_present_value(sum(lines, np.zeros(len(alone.years))), alone.discount_rate))


def _investment(alone: Outcome) -> float:
    """The investment above the counterfactual, discounted as the profit is. [eur]"""
    return -float(net_present_value(alone.item("capex").difference, alone.discount_rate))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _is(stated: YesNo | None) -> bool:
    return bool(stated and stated.value)


def _stack(
    verdict: Verdict, route: Route, paid: Sequence[Payment], terms: Terms, *, upper_bounds: bool
) -> Stack:
    """The support on the cost of a route: its gap takes all, an investment not the operating aid.

    Other identifiable costs are free (GBER 8(3)(a)).
    """
    on = [each for each in paid if route.id in _WHOLE_GAP or each.on_cost == "investment"]
    cost = EligibleCost(
        name="investment",
        amount_eur=route.eligible_cost_eur or 0.0,
        intensities=() if route.intensity is None else (route.intensity,),
        limits_eur=() if route.limit_eur is None else (route.limit_eur,),
    )
    counts = union_money_counts(terms, verdict.framework)
    together = [replace(each, on_cost=cost.name) for each in on]
    return stacked([cost], together, union_counts=counts, upper_bounds=upper_bounds)[0]


def _best(verdicts: tuple[Verdict, ...]) -> Verdict | None:
    able = [v for v in verdicts if v.in_force and v.outcome in ("fits", "cannot_judge")]
    known = [each for each in able if each.ceiling_eur is not None]
    return max(known, key=lambda each: (each.outcome == "fits", each.ceiling_eur), default=None)
