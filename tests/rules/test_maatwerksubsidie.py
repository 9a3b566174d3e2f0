# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/maatwerksubsidie.py, and what the last rung says to a case."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import maatwerksubsidie
from maatwerkbank.rules.instrument import AidForm, Project
from maatwerkbank.rules.maatwerksubsidie import (
    FixedSum,
    Milestone,
    Proposal,
    TrancheGrant,
    TwoSidedContract,
)

CASES = "maatwerksubsidie.yaml"
RULES = maatwerksubsidie

YEARS = np.arange(2025, 2035)
LAW = Law(date(2025, 6, 30))
CASE = Project(
    years=YEARS,
    first_year=2028,
    reduction=np.where(YEARS >= 2028, 500_000.0, 0.0),
    additional_2030_t=200_000.0,
    under_ets=True,
    eua=np.full(10, 80.0),
)
PROPOSAL = Proposal(
    form=FixedSum(185e6, {2025: 0.2, 2027: 0.8}),
    generic_falls_short=True,
    plan_2050=True,
    advice_given=True,
)

flows = arrays(float, 10, elements=st.floats(-1e8, 1e8))
reached = arrays(bool, 4)


def shares_of(weights):
    parts = np.asarray(weights) / np.sum(weights)
    return parts / parts.sum()


shares = st.lists(st.floats(0.1, 1), min_size=4, max_size=4).map(shares_of)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_case_that_passed_every_gate_fits_and_is_paid_by_year():
    found = maatwerksubsidie.offer(CASE, LAW, proposal=PROPOSAL)

    assert found.outcome == "fits"
    assert found.maximum_eur == 185e6
    assert found.yearly[[0, 2]] == pytest.approx([37e6, 148e6])
    assert found.form is AidForm.CAPITAL_GRANT


def test_an_incinerator_outside_the_ets_pays_the_levy_and_may_ask():
    incinerator = replace(CASE, under_ets=False)

    assert maatwerksubsidie.offer(incinerator, LAW, proposal=PROPOSAL).outcome == "fits"


def test_a_case_that_generic_schemes_can_help_and_adds_nothing_is_refused_on_both():
    nothing_more = replace(CASE, additional_2030_t=0.0)

    found = maatwerksubsidie.offer(
        nothing_more, LAW, proposal=replace(PROPOSAL, generic_falls_short=False)
    )

    assert [each.id for each in found.refused] == ["generic_falls_short", "additional_2030"]


def test_a_case_of_which_little_is_known_is_not_judged():
    found = maatwerksubsidie.offer(Project(years=YEARS), LAW)

    assert found.outcome == "cannot_judge"
    assert {each.met for each in found.conditions} == {None}
    assert [each.name for each in found.lacks] == ["maatwerksubsidie/proposal"]


def test_a_missed_milestone_is_not_paid():
    form = TrancheGrant(
        100e6, (Milestone(0.4, 2026), Milestone(0.3, 2028), Milestone(0.3, 2028, reached=False))
    )

    found = maatwerksubsidie.offer(CASE, LAW, proposal=replace(PROPOSAL, form=form))

    assert found.yearly[[1, 3]].tolist() == [40e6, 30e6]
    assert found.yearly.sum() == 70e6
    assert found.maximum_eur == 100e6  # what is committed


def test_a_contract_follows_the_price_path_and_takes_back_what_was_paid():
    path = np.where(YEARS >= 2030, 160.0, 80.0)
    form = TwoSidedContract(strike_eur_per_t=100.0, term_years=5, beyond_paid=False)

    found = maatwerksubsidie.offer(
        replace(CASE, eua=path), LAW, proposal=replace(PROPOSAL, form=form)
    )
    without_end = maatwerksubsidie.offer(
        replace(CASE, eua=path),
        LAW,
        proposal=replace(PROPOSAL, form=replace(form, beyond_paid=True)),
    )

    # 20 euro x 0.5 Mt twice; then 60 euro x 0.5 Mt back, until the 20 million is out
    assert found.yearly[3:8].tolist() == [10e6, 10e6, -20e6, 0.0, 0.0]
    assert without_end.yearly[3:8].tolist() == [10e6, 10e6, -30e6, -30e6, -30e6]
    assert found.form is AidForm.TWO_SIDED
    assert found.maximum_eur == 20e6


def test_money_outside_the_run_is_an_error_and_does_not_vanish():
    form = FixedSum(100e6, {2024: 0.5, 2026: 0.5})

    with pytest.raises(RuleError, match="outside the run of 2025 to 2034"):
        maatwerksubsidie.offer(CASE, LAW, proposal=replace(PROPOSAL, form=form))


@pytest.mark.parametrize("parts", [[0.5, 0.4], [1.2, -0.2]])
def test_shares_add_up_to_one_and_none_is_negative(parts):
    with pytest.raises(RuleError, match="must add up to 1"):
        maatwerksubsidie.tranches(100.0, parts, [True, True])


@given(st.floats(0, 1e9), shares)
def test_tranches_add_up_to_the_grant(amount, parts):
    paid = maatwerksubsidie.tranches(amount, parts, [True] * 4)

    assert paid.sum() == pytest.approx(amount, rel=1e-9, abs=1e-6)


@given(st.floats(0, 1e9), shares, reached)
def test_nothing_is_paid_for_a_missed_milestone(amount, parts, done):
    paid = maatwerksubsidie.tranches(amount, parts, done)

    assert paid[~done].tolist() == [0.0] * int((~done).sum())
    assert paid.sum() <= amount * (1 + 1e-9)


@given(flows, flows, st.floats(0, 300), st.floats(-3, 3))
def test_the_sum_of_a_two_sided_contract_is_linear_in_the_tonnes(first, second, strike, factor):
    def total(tonnes):
        return maatwerksubsidie.contract_payment(strike, 80.0, tonnes).sum()

    together = total(first + factor * second)

    assert together == pytest.approx(total(first) + factor * total(second), rel=1e-9, abs=1.0)


@given(flows)
def test_pay_back_never_passes_what_was_received(payments):
    kept = maatwerksubsidie.within_paid(payments)

    assert (kept.cumsum() >= -1e-6).all()
    assert (kept[payments >= 0] == payments[payments >= 0]).all()
    assert (kept >= payments).all()


def test_draws_in_front_give_the_payments_of_each_draw():
    form = TwoSidedContract(strike_eur_per_t=100.0, term_years=5, beyond_paid=True)
    paths = np.stack([np.full(10, 80.0), np.full(10, 120.0)])

    found = maatwerksubsidie.offer(
        replace(CASE, eua=paths), LAW, proposal=replace(PROPOSAL, form=form)
    )

    assert found.yearly.sum(axis=-1).tolist() == [50e6, -50e6]
