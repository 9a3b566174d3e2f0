# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ladder of support: every generic scheme with outcome and amount, then what is still short.

Takes     a case, the law, the ends that ranges take.
Gives     a rung for each scheme and project in the order of METHOD §9, the gap that is left after
          each, and the tailor-made grant with which the plan earns its required return.
Leaves    whether the sum is allowed to `state_aid`, wording and JSON to `assessment`.

A scheme is judged for itself: neither the order nor what others pay changes its outcome. Only what
fits, can be reckoned and is not excluded is counted; what cannot be judged yet could lower what is
left, and is named.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import Form, Support
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import CENTRE, Floats, Picks
from maatwerkbank.rules.instrument import AidForm, Offer, Project
from maatwerkbank.support.facts import project_facts
from maatwerkbank.support.schemes import FOREIGN, GENERIC, Exclusion, excluded_by

TAILOR_MADE = "maatwerksubsidie"
_FORMS: dict[AidForm, Form] = {
    AidForm.CAPITAL_GRANT: "capital_grant",
    AidForm.OPERATING_AID: "operating_aid",
    AidForm.TWO_SIDED: "operating_aid",
    AidForm.TAX_RELIEF: "tax_relief",
}


@dataclass(frozen=True)
class Rung:
    """One scheme for one project. Euros nominal unless stated."""

    scheme: str
    project: str
    offer: Offer
    counted: Support | None  # what enters the sum
    excluded: Exclusion | None  # fits, but does not go together with what is counted
    npv_eur: float  # of the plan with this and all that was counted before; NaN = unknown

    @property
    def amount_eur(self) -> float | None:
        """What the scheme would pay in all, excluded or not. [eur, nominal]"""
        return None if self.offer.yearly is None else float(np.sum(self.offer.yearly))


@dataclass(frozen=True)
class Ladder:
    """Every scheme for every project of a case, and what is still needed."""

    without_support: Outcome
    projects: dict[str, Project]
    rungs: tuple[Rung, ...]
    foreign: tuple[Rung, ...]
    grant: tuple[Support, ...] | None  # the tailor-made grant needed; None: cannot be judged

    @property
    def gap_eur(self) -> float:
        """What the plan is short of without any support, at its valuation year. [eur]"""
        return _short(self.without_support.npv)

    @property
    def counted(self) -> tuple[Support, ...]:
        """The generic support that is counted."""
        return tuple(rung.counted for rung in self.rungs if rung.counted)

    @property
    def left_eur(self) -> float:
        """What is left of the gap after the generic schemes. [eur at the valuation year]"""
        return _short(self.rungs[-1].npv_eur if self.rungs else self.without_support.npv)

    @property
    def surplus_eur(self) -> float:
        """What the generic schemes pay beyond the gap. [eur at the valuation year]"""
        return max(0.0, self.rungs[-1].npv_eur) if self.counted and self.gap_eur > 0 else 0.0

    @property
    def grant_eur(self) -> float | None:
        """The tailor-made grant that closes what is left. [eur, nominal]"""
        return None if self.grant is None else float(sum(each.by_year.sum() for each in self.grant))

    @property
    def nearest(self) -> Rung | None:
        """Where no scheme fits: the one with the least in its way, or that others send it to."""
        if any(rung.offer.outcome == "fits" for rung in self.rungs):
            return None
        sent_to = {rung.offer.instead for rung in self.rungs if rung.offer.refused}
        return min(
            self.rungs,
            key=lambda rung: (
                len(rung.offer.refused),
                rung.scheme not in sent_to,
                len(rung.offer.open_questions) + len(rung.offer.lacks),
            ),
            default=None,
        )


def ladder(
    case: Case, law: Law, picks: Picks = CENTRE, projects: dict[str, Project] | None = None
) -> Ladder:
    """Climb the ladder for a case. What it says is awarded plays no part: that is one outcome.

    `projects` are the facts that schemes are told, where they are fewer than the picks give.

    Raises NoValueOnDate or RequiredValue where the law of the sum itself is silent.
    """

    def with_support(support: list[Support]) -> Outcome:
        return evaluate(case, law, picks, support=support)

    bare = with_support([])
    projects = projects or project_facts(case, law, bare, picks)
    offers = [
        (scheme, project, offer(facts, law))
        for scheme, offer in GENERIC.items()
        for project, facts in projects.items()
    ]
    rungs: list[Rung] = []
    counted: list[Support] = []
    npv = bare.npv
    for scheme, project, offer in offers:
        paid = {rung.scheme for rung in rungs if rung.project == project and rung.counted}
        excluded = excluded_by(scheme, paid) if offer.outcome == "fits" else None
        entered = None if excluded else _support(scheme, project, offer)
        if entered:
            counted.append(entered)
            npv = with_support(counted).npv
        rungs.append(Rung(scheme, project, offer, entered, excluded, npv))
    foreign = tuple(
        Rung(scheme, project, offer(facts, law), None, None, npv)
        for scheme, offer in FOREIGN.items()
        for project, facts in projects.items()
    )
    grant = needed_grant(
        counted, _by_investment(case, projects, bare), lambda support: with_support(support).npv
    )
    return Ladder(bare, projects, tuple(rungs), foreign, grant)


def _support(scheme: str, project: str, offer: Offer) -> Support | None:
    """What an offer brings into the sum: only what fits and can be reckoned."""
    if offer.outcome != "fits" or offer.yearly is None or not np.any(offer.yearly):
        return None
    return Support(f"{scheme}_{project}", project, _FORMS[offer.form], offer.yearly)


def _by_investment(
    case: Case, projects: dict[str, Project], bare: Outcome
) -> dict[str, Floats] | None:
    """How one euro of grant is spread over projects and years: as the investment is. (year,)"""
    amounts = {name: facts.investment_eur for name, facts in projects.items()}
    total = sum(amount or math.nan for amount in amounts.values())
    if not total > 0:
        return None
    spent = {project.id: project.capex_by_year for project in case.projects}
    return {
        name: (amount or 0.0) / total * np.array([spent[name].get(int(y), 0.0) for y in bare.years])
        for name, amount in amounts.items()
    }


def needed_grant(
    counted: list[Support],
    one_euro: dict[str, Floats] | None,
    npv: Callable[[list[Support]], float],
) -> tuple[Support, ...] | None:
    """The capital grant with which the plan is worth nothing more and nothing less. [eur, nominal]

    A grant lowers the depreciable cost (METHOD §7), so tax takes part of it back later: the sum is
    found by halving a bracket. Nothing where nothing is short; None where it cannot be judged.
    """

    def granted(amount: float) -> tuple[Support, ...]:
        return tuple(
            Support(f"{TAILOR_MADE}_{name}", name, "capital_grant", amount * share)
            for name, share in (one_euro or {}).items()
        )

    short = -npv(counted)
    if math.isnan(short) or one_euro is None:
        return None
    if short <= 0.0:
        return ()
    amount = least(lambda euros: npv([*counted, *granted(euros)]), short, to=0.005)
    return None if amount is None else granted(amount)


def least(npv: Callable[[float], float], start: float, *, to: float) -> float | None:
    """The least of a rising money term at which a plan is worth nothing less, found by halving.

    `start` is where the bracket begins to widen, `to` how close is close enough. None where not
    even a very large one is enough.
    """
    low, high = 0.0, start
    while npv(high) < 0.0:
        low, high = high, 2.0 * high
        if high > 1e4 * start:
            return None
    while high - low > to:
        middle = (low + high) / 2.0
        low, high = (middle, high) if npv(middle) < 0.0 else (low, middle)
    return high


def _short(npv: float) -> float:
    return npv if math.isnan(npv) else max(0.0, -npv)
