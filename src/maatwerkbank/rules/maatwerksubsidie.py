# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maatwerksubsidie: the tailor-made grant as a fixed sum, in tranches, or as a contract.

Law        No scheme: the letter to Parliament of 30 June 2025, answers of 13 February 2025 and the
           Raamwerk of 2025 (Stcrt. 2025, 28171; text not read). METHOD §9.
Takes      what is proposed, and tonnes and prices by year.
Gives      euros by year, negative where the firm pays back, and an offer.
Leaves out how much is needed (economics), whether European law allows it (support/state_aid), and
           the clauses of the Nobian agreement, which are not public.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import one_number, paid_years
from maatwerkbank.rules.instrument import AidForm, Condition, Floats, Offer, Project, Terms, Years

_LETTER = "Kamerbrief 30 juni 2025"
_ANSWERS = "Kamervragen 2025Z00393"


@dataclass(frozen=True)
class FixedSum:
    """A sum, paid in shares by year. The shares add up to one."""

    amount_eur: float
    paid_by_year: Mapping[int, float]


@dataclass(frozen=True)
class Milestone:
    """A tranche: the share of the grant, the year in which it falls due, whether it is reached."""

    share: float
    year: int
    reached: bool = True


@dataclass(frozen=True)
class TrancheGrant:
    """A sum in tranches at milestones. The shares add up to one."""

    amount_eur: float
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class TwoSidedContract:
    """A strike price against the carbon price of the run; below it the firm pays back."""

    strike_eur_per_t: float
    term_years: int
    beyond_paid: bool  # whether pay-back may come to more than was received


@dataclass(frozen=True)
class Proposal:
    """What is on the table, and the gates that a case has passed. None: not known."""

    form: FixedSum | TrancheGrant | TwoSidedContract
    generic_falls_short: bool | None = None  # outcome of the ladder
    plan_2050: bool | None = None  # a plan for CO2 neutrality in 2050
    advice_given: bool | None = None  # of the advisory committee, on the draft


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def tranches(amount: ArrayLike, shares: ArrayLike, reached: ArrayLike) -> Floats:
    """What is paid at each milestone?  (..., milestone) [eur]; nothing for a missed one

    >>> tranches(100.0, [0.4, 0.3, 0.3], [True, False, True]).tolist()
    [40.0, 0.0, 30.0]

    Raises
    ------
    RuleError     the shares do not add up to one, or one is negative
    """
    parts = _shares(shares)
    kept = np.where(np.asarray(reached, dtype=bool), parts, 0.0)
    return np.asarray(np.asarray(amount, dtype=np.float64)[..., np.newaxis] * kept)


def contract_payment(strike: ArrayLike, reference: ArrayLike, tonnes: ArrayLike) -> Floats:
    """What does a two-sided contract pay?  (..., year) [eur], negative where the firm pays

    >>> contract_payment(120.0, [80.0, 150.0], 1_000.0).tolist()
    [40000.0, -30000.0]
    """
    difference = np.subtract(strike, reference)
    return np.asarray(difference * np.asarray(tonnes), dtype=np.float64)


def within_paid(payments: ArrayLike) -> Floats:
    """The same payments, where pay-back ends at what was received.  (..., year) [eur]

    >>> within_paid([10.0, -30.0, 5.0, -2.0]).tolist()
    [10.0, -10.0, 5.0, -2.0]
    """
    flow = np.asarray(payments, dtype=np.float64)
    kept = np.zeros(flow.shape)
    balance = np.zeros(flow.shape[:-1])
    for year in range(flow.shape[-1]):
        kept[..., year] = np.maximum(flow[..., year], -balance)
        # What is added and taken off again may leave dust; a balance is never below nil.
        balance = np.maximum(0.0, balance + kept[..., year])
    return kept


def _shares(shares: ArrayLike) -> Floats:
    parts = np.asarray(shares, dtype=np.float64)
    total = parts.sum(axis=-1)
    if np.any(parts < 0) or not np.allclose(total, 1.0, rtol=0, atol=1e-9):
        raise RuleError(
            f"the shares of a grant add up to {np.round(total, 6).tolist()}, with "
            f"{np.round(parts.min(), 6)} as the smallest; they must add up to 1, none below nil.",
            remedy="correct the shares by year or by milestone",
        )
    return parts


# ── the offer ─────────────────────────────────────────────────────────────────────────────────


def offer(project: Project, law: Law, *, proposal: Proposal | None = None) -> Offer:
    """Is the case fit for a tailor-made grant, and what would the proposal pay by year?

    The last rung of the ladder: who calls says whether the generic schemes fall short.
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    if proposal is None:
        terms.lack(
            "maatwerksubsidie/proposal",
            Text(
                nl="het voorstel: vast bedrag, tranches of contract",
                en="the proposal: fixed sum, tranches or contract",
            ),
        )
    yearly = None if proposal is None else _by_year(proposal.form, project)
    two_sided = proposal is not None and isinstance(proposal.form, TwoSidedContract)
    conditions = (
        _gate(
            "generic_falls_short",
            Text(
                nl="De generieke regelingen zijn eerst getoetst en schieten tekort.",
                en="The generic schemes were tested first and fall short.",
            ),
            _LETTER,
            passed=proposal.generic_falls_short if proposal else None,
        ),
        _gate(
            "under_ets_or_levy",
            Text(
                nl="De locatie valt onder het EU ETS of de CO2-heffing.",
                en="The site is under the EU ETS or the CO2 levy.",
            ),
            "Stcrt. 2025, 28171",
            passed=_under_ets_or_levy(project),
        ),
        _additional_in_2030(project),
        _gate(
            "plan_2050",
            Text(
                nl="Er ligt een plan voor CO2-neutraliteit in 2050.",
                en="There is a plan for CO2 neutrality in 2050.",
            ),
            _ANSWERS,
            passed=proposal.plan_2050 if proposal else None,
        ),
        _gate(
            "advice_given",
            Text(
                nl="De adviescommissie heeft over het ontwerp geadviseerd.",
                en="The advisory committee has advised on the draft.",
            ),
            _LETTER,
            passed=proposal.advice_given if proposal else None,
        ),
    )
    return Offer(
        instrument="maatwerksubsidie",
        form=AidForm.TWO_SIDED if two_sided else AidForm.CAPITAL_GRANT,
        conditions=conditions,
        yearly=yearly,
        maximum_eur=_most(proposal, yearly),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _by_year(form: FixedSum | TrancheGrant | TwoSidedContract, project: Project) -> Floats | None:
    if isinstance(form, FixedSum):
        shares = _shares(list(form.paid_by_year.values()))
        return _placed(form.amount_eur * shares, list(form.paid_by_year), project.years)
    if isinstance(form, TrancheGrant):
        paid = tranches(
            form.amount_eur,
            [each.share for each in form.milestones],
            [each.reached for each in form.milestones],
        )
        return _placed(paid, [each.year for each in form.milestones], project.years)
    years = paid_years(project.years, project.first_year, form.term_years)
    if project.eua is None or project.reduction is None or years is None:
        return None
    payments = contract_payment(form.strike_eur_per_t, project.eua, project.reduction * years)
    return payments if form.beyond_paid else within_paid(payments)


def _placed(amounts: Floats, due: list[int], years: Years) -> Floats:
    """Amounts in the years in which they fall due.  (year,) [eur]

    Raises RuleError where a year lies outside the run: money would vanish unseen.
    """
    outside = sorted(set(due) - set(years.tolist()))
    if outside:
        raise RuleError(
            f"the grant is paid in {outside}, outside the run of {years[0]} to {years[-1]}.",
            remedy="move the payment or run longer",
        )
    by_year = np.zeros(len(years))
    np.add.at(by_year, np.searchsorted(years, due), amounts)
    return by_year


def _most(proposal: Proposal | None, yearly: Floats | None) -> float | None:
    """The sum that is committed; of a contract what it pays on the path, pay-back left aside."""
    if proposal is None:
        return None
    if not isinstance(proposal.form, TwoSidedContract):
        return proposal.form.amount_eur
    return None if yearly is None else one_number(np.maximum(0.0, yearly).sum(axis=-1))


def _gate(name: str, says: Text, source: str, *, passed: bool | None) -> Condition:
    return Condition(id=name, says=says, met=passed, source=source, asked=True, found=passed)


def _under_ets_or_levy(project: Project) -> bool | None:
    """An installation outside the ETS that a case holds pays the levy, so either answer will do."""
    return None if project.under_ets is None else True


def _additional_in_2030(project: Project) -> Condition:
    """Tonnes beyond the path of dispensation rights, in 2030."""
    tonnes = project.additional_2030_t
    return Condition(
        id="additional_2030",
        says=Text(
            nl="Het project vermindert in 2030 meer dan de CO2-heffing al vraagt.",
            en="The project cuts more in 2030 than the CO2 levy asks for anyway.",
        ),
        met=None if tonnes is None else tonnes > 0,
        source=_ANSWERS,
        asked="> 0",
        found=tonnes,
        unit="t/year",
    )
