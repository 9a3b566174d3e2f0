# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ladder of support: every generic scheme with outcome and amount, then what is still short.

Takes     a case, the law, the ends that ranges take.
Gives     a rung for each scheme and project in the order of METHOD §9, the gap that is left after
          each, and the tailor-made grant with which the plan earns its required return.
Leaves    whether the sum is allowed to `state_aid`, wording and JSON to `assessment`.

A scheme is judged for itself: neither the order nor what others pay changes its outcome. Only what
fits, can be reckoned and is not excluded is counted; what cannot be judged yet could lower what is
left, and is named. What others pay does change an amount: a capital grant lowers the base of EIA,
MIA and Vamil (METHOD §7).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import Form, Support
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import CENTRE, Floats, Picks
from maatwerkbank.plant.scheme_facts import SchemeFacts
from maatwerkbank.rules import (
    gpid,
    innovatiefonds,
    innovatiefonds_veilingen,
    klimaschutzvertrag,
    maatwerksubsidie,
)
from maatwerkbank.rules.instrument import AidForm, Offer, Project
from maatwerkbank.support.facts import project_facts
from maatwerkbank.support.needed import contract_tonnes, least, needed
from maatwerkbank.support.schemes import DECLINED, GENERIC, Exclusion, excluded_by

TAILOR_MADE = "maatwerksubsidie"
_FORMS: dict[AidForm, Form] = {
    AidForm.CAPITAL_GRANT: "capital_grant",
    AidForm.OPERATING_AID: "operating_aid",
    AidForm.TWO_SIDED: "operating_aid",
    AidForm.TAX_RELIEF: "deduction",
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
    worth_eur: float = math.nan  # what this adds to the value of the plan, at the valuation year

    @property
    def amount_eur(self) -> float | None:
        """What the scheme would pay in all, excluded or not. [eur, nominal]"""
        return None if self.offer.yearly is None else float(np.sum(self.offer.yearly))

    @property
    def unknowns(self) -> int:
        """How much is not known that the scheme asks."""
        return len(self.offer.open_questions) + len(self.offer.lacks)


@dataclass(frozen=True)
class Ladder:
    """Every scheme for every project of a case, and what is still needed."""

    without_support: Outcome
    projects: dict[str, Project]
    rungs: tuple[Rung, ...]
    foreign: tuple[Rung, ...]
    counted: tuple[Support, ...]  # the generic support in the end, the needed grant beside it
    grant: tuple[Support, ...] | None  # the tailor-made grant needed; None: cannot be judged
    tailor_made: tuple[Rung, ...]  # its gates, a rung for each project
    needed_bid_eur_per_t: dict[str, float | None]  # foreign contract -> bid that makes it whole
    npv_with_generic_eur: float  # of the plan with all generic support that is counted

    @property
    def gap_eur(self) -> float:
        """What the plan is short of without any support, at its valuation year. [eur]"""
        return _short(self.without_support.npv)

    @property
    def left_eur(self) -> float:
        """What is left of the gap after the generic schemes. [eur at the valuation year]"""
        return _short(self.npv_with_generic_eur)

    @property
    def surplus_eur(self) -> float:
        """What the generic schemes pay beyond the gap. [eur at the valuation year]"""
        return max(0.0, self.npv_with_generic_eur) if self.counted and self.gap_eur > 0 else 0.0

    @property
    def grant_eur(self) -> float | None:
        """The tailor-made grant that closes what is left. [eur, nominal]"""
        return None if self.grant is None else float(sum(each.by_year.sum() for each in self.grant))

    @property
    def nearest(self) -> dict[str, Rung]:
        """For each project that no scheme fits: the scheme with the least in its way.

        Fewest refusals first, then the least that is unknown; of equals the one that others send
        it to. A scheme of which nothing is met is near to nobody.
        """
        return {
            project: min(near, key=_distance(mine))
            for project in self.projects
            if (mine := [rung for rung in self.rungs if rung.project == project])
            and not any(rung.offer.outcome == "fits" for rung in mine)
            and (near := [rung for rung in mine if any(c.met for c in rung.offer.conditions)])
        }


def _distance(rungs: Sequence[Rung]) -> Callable[[Rung], tuple[int, int, bool]]:
    """How far a scheme is from fitting."""
    sent_to = {rung.offer.instead for rung in rungs if rung.offer.refused}
    return lambda rung: (len(rung.offer.refused), rung.unknowns, rung.scheme not in sent_to)


class _Climb:
    """One case under one law, with what its schemes are told."""

    def __init__(self, case: Case, law: Law, picks: Picks, projects: Mapping[str, Project]) -> None:
        self.case, self.law, self.picks = case, law, picks
        self.projects = dict(projects)
        self.facts = {p.id: p.schemes or SchemeFacts() for p in case.projects}

    def value(self, support: Sequence[Support]) -> float:
        """The NPV of the plan with support. [eur]"""
        return evaluate(self.case, self.law, self.picks, support=support).npv

    def told(self, project: str, scheme: str, grants: float = 0.0) -> Project:
        """The facts of a project for one scheme: its own day of application, grants before it."""
        facts = self.projects[project]
        own = facts.applications.get(scheme)
        return replace(
            facts,
            applied_on=own or facts.applied_on,
            applied_here=own is not None,
            capital_grants_eur=grants,
        )

    def offer(self, scheme: str, project: str, grants: float = 0.0) -> Offer:
        """What a generic scheme has to say to a project on which grants are counted."""
        told = self.told(project, scheme, grants)
        if scheme == "innovation_fund":
            rate = self.case.discount_rate.scalar(self.picks.of("discount_rate"))
            request = innovatiefonds.GrantRequest(discount_rate=rate)
            return innovatiefonds.offer(told, self.law, request=request)
        if scheme == "innovation_fund_heat":
            return innovatiefonds_veilingen.offer_heat_auction(
                told, self.law, bid=self._heat_bid(project)
            )
        return GENERIC[scheme](told, self.law)

    def _heat_bid(self, project: str) -> innovatiefonds_veilingen.HeatBid | None:
        """The bid in the heat auction that the case states."""
        facts = self.facts[project]
        bid = facts.bids.get("innovation_fund_heat")
        if bid is None or facts.heat_basket is None:
            return None
        return innovatiefonds_veilingen.HeatBid(
            innovatiefonds_veilingen.HeatClass(facts.heat_basket.value),
            premium_eur_per_t=bid.scalar(),
            thermal_mw=self.projects[project].capacity_mw,
        )

    def rungs(self, bare: Outcome) -> list[Rung]:
        """Every generic scheme for every project, in order."""
        rungs: list[Rung] = []
        counted: list[Support] = []
        npv = bare.npv
        for scheme in GENERIC:
            for project in self.projects:
                offer = self.offer(scheme, project, _grants(counted, project))
                paid = {r.scheme for r in rungs if r.project == project and r.counted}
                excluded = excluded_by(scheme, paid) if offer.outcome == "fits" else None
                entered = None if excluded else _support(scheme, project, offer)
                worth = self.value([*counted, entered]) - npv if entered else math.nan
                if entered and worth < 0.0:
                    entered, excluded, worth = None, DECLINED, math.nan
                if entered:
                    counted.append(entered)
                    npv += worth
                rungs.append(Rung(scheme, project, offer, entered, excluded, npv, worth))
        return rungs

    def beside(self, rungs: Sequence[Rung], grant: Sequence[Support]) -> list[Support]:
        """The counted generic support, with deductions on the base that a grant leaves."""
        found = []
        for rung in rungs:
            if rung.counted and rung.counted.form == "deduction":
                others = [r.counted for r in rungs if r.counted]
                grants = _grants([*others, *grant], rung.project)
                lower = _support(
                    rung.scheme, rung.project, self.offer(rung.scheme, rung.project, grants)
                )
                found += [lower] if lower else []
            elif rung.counted:
                found.append(rung.counted)
        return found


def ladder(
    case: Case, law: Law, picks: Picks = CENTRE, projects: Mapping[str, Project] | None = None
) -> Ladder:
    """Climb the ladder for a case. What it says is awarded plays no part: that is one outcome.

    `projects` are the facts that schemes are told, where they are fewer than the picks give.

    Raises NoValueOnDate or RequiredValue where the law of the sum itself is silent.
    """
    bare = evaluate(case, law, picks, support=[])
    climb = _Climb(case, law, picks, projects or project_facts(case, law, bare, picks))
    rungs = climb.rungs(bare)
    grant = needed_grant(climb, rungs, _by_investment(case, climb.projects, bare))
    counted = climb.beside(rungs, grant or ())
    bids = _needed_bids(climb, counted, bare)
    return Ladder(
        without_support=bare,
        projects=climb.projects,
        rungs=tuple(rungs),
        foreign=tuple(_foreign(climb, bids)),
        counted=tuple(counted),
        grant=grant,
        tailor_made=tuple(_tailor_made(climb, rungs, grant, bare)),
        needed_bid_eur_per_t=bids,
        npv_with_generic_eur=climb.value(climb.beside(rungs, ())),
    )


def _grants(support: Sequence[Support], project: str) -> float:
    """Capital grants on a project. [eur, nominal]"""
    mine = (s for s in support if s.project == project and s.form == "capital_grant")
    return float(sum(each.by_year.sum() for each in mine))


def _support(scheme: str, project: str, offer: Offer) -> Support | None:
    """What an offer brings into the sum: only what fits and can be reckoned."""
    brought = offer.deduction if offer.form is AidForm.TAX_RELIEF else offer.yearly
    if offer.outcome != "fits" or brought is None or not np.any(brought):
        return None
    return Support(f"{scheme}_{project}", project, _FORMS[offer.form], brought, offer.yearly)


# ── the tailor-made grant ─────────────────────────────────────────────────────────────────────


def _by_investment(
    case: Case, projects: Mapping[str, Project], bare: Outcome
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
    climb: _Climb, rungs: Sequence[Rung], one_euro: Mapping[str, Floats] | None
) -> tuple[Support, ...] | None:
    """The capital grant with which the plan is worth nothing more and nothing less. [eur, nominal]

    A grant lowers the depreciable cost and the base of tax deductions (METHOD §7), so that tax
    takes part of it back: the sum is found by halving a bracket. Nothing where nothing is short;
    None where it cannot be judged.
    """
    if one_euro is None:
        return None

    def granted(amount: float) -> list[Support]:
        return [
            Support(f"{TAILOR_MADE}_{name}", name, "capital_grant", amount * share)
            for name, share in one_euro.items()
        ]

    def worth(amount: float) -> float:
        grant = granted(amount)
        return climb.value([*climb.beside(rungs, grant), *grant])

    amount = needed(worth)
    return None if amount is None else tuple(granted(amount)) if amount else ()


def _tailor_made(
    climb: _Climb, rungs: Sequence[Rung], grant: Sequence[Support] | None, bare: Outcome
) -> list[Rung]:
    """The gates of the tailor-made grant, with the grant that is needed as the proposal."""
    npv = rungs[-1].npv_eur if rungs else bare.npv
    found = []
    for project in climb.projects:
        mine = [each for each in grant or () if each.project == project]
        offer = maatwerksubsidie.offer(
            climb.told(project, TAILOR_MADE),
            climb.law,
            proposal=_proposal(climb.facts[project], mine[0], bare) if mine else None,
        )
        found.append(Rung(TAILOR_MADE, project, offer, None, None, npv))
    return found


def _proposal(facts: SchemeFacts, grant: Support, bare: Outcome) -> maatwerksubsidie.Proposal:
    amount = float(grant.by_year.sum())
    paid = {int(y): float(v) / amount for y, v in zip(bare.years, grant.by_year, strict=True) if v}
    return maatwerksubsidie.Proposal(
        maatwerksubsidie.FixedSum(amount, paid),
        generic_falls_short=True,  # a grant is needed only where they do
        plan_2050=facts.plan_2050.value if facts.plan_2050 else None,
        advice_given=facts.advice_given.value if facts.advice_given else None,
    )


# ── contracts of other countries ──────────────────────────────────────────────────────────────


def _needed_bids(
    climb: _Climb, counted: Sequence[Support], bare: Outcome
) -> dict[str, float | None]:
    """The bid with which each foreign contract would make the plan whole. [eur/t]"""
    first = min((p.first_year for p in climb.case.projects), default=0)
    tonnes = contract_tonnes(bare.gross, bare.years, first)
    where = climb.case.projects[0].id if climb.case.projects else ""

    def bid(per_tonne_of: Floats) -> float | None:
        def worth(bid: float) -> float:
            paid = (bid - per_tonne_of) * tonnes
            return climb.value([*counted, Support("bid", where, "operating_aid", paid)])

        unaided = climb.value(counted)
        if math.isnan(unaided) or unaided >= 0.0 or not tonnes.any():
            return None
        return least(worth, max(1.0, float(per_tonne_of.max())))

    return {"klimaschutzvertrag": bid(bare.eua), "gpid": bid(np.zeros(len(bare.years)))}


def _foreign(climb: _Climb, bids: Mapping[str, float | None]) -> list[Rung]:
    """Each foreign contract at the bid that the case states, or else at the one it would need."""
    found = []
    for project in climb.projects:
        stated = {str(name): bid.scalar() for name, bid in climb.facts[project].bids.items()}
        at = {name: stated.get(name, bid) for name, bid in bids.items()}
        german, french = at["klimaschutzvertrag"], at["gpid"]
        offers = {
            "klimaschutzvertrag": klimaschutzvertrag.offer(
                climb.told(project, "klimaschutzvertrag"),
                climb.law,
                bid=None if german is None else klimaschutzvertrag.Bid(german),
            ),
            "gpid": gpid.offer(
                climb.told(project, "gpid"),
                climb.law,
                bid=None
                if french is None
                else gpid.Bid(french, discount_rate=climb.case.discount_rate.scalar()),
            ),
        }
        found += [Rung(s, project, offer, None, None, math.nan) for s, offer in offers.items()]
    return found


def _short(npv: float) -> float:
    return npv if math.isnan(npv) else max(0.0, -npv)
