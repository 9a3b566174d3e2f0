# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cases of support/clauses.py, and what must hold along any price path."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.support import clauses

CASES = "clauses.yaml"
RULES = clauses

paid = arrays(float, 8, elements=st.floats(0, 1e8))
results = arrays(float, 8, elements=st.floats(-1e8, 1e8))
prices = arrays(float, 8, elements=st.floats(0, 300))
shares = st.floats(0, 1)


def test_the_case_holds(outcome, expected):
    assert outcome == expected


@given(paid, results, shares)
def test_a_return_clause_never_takes_back_more_than_was_paid(payments, earned, share):
    settled = clauses.return_clause(payments, earned, agreed_result=0.0, share=share)

    assert (settled.taken_back >= 0).all()
    assert (settled.outstanding >= -1e-6).all()


@given(paid, results, shares, st.floats(0, 1e8))
def test_a_return_clause_takes_nothing_where_the_case_earns_no_more_than_agreed(
    payments, earned, share, above
):
    settled = clauses.return_clause(payments, earned, agreed_result=earned + above, share=share)

    assert settled.taken_back.tolist() == [0.0] * 8


@given(paid, results, shares)
def test_only_a_clause_that_says_so_goes_beyond_what_was_paid(payments, earned, share):
    within = clauses.return_clause(payments, earned, agreed_result=0.0, share=share)
    beyond = clauses.return_clause(
        payments, earned, agreed_result=0.0, share=share, beyond_paid=True
    )

    assert (beyond.taken_back >= within.taken_back).all()


@given(prices, st.floats(0, 1e6))
def test_a_two_sided_contract_makes_the_price_the_strike_price(path, tonnes):
    settled = clauses.two_sided_contract(100.0, path, tonnes, beyond_paid=True)

    assert path * tonnes + settled.net == pytest.approx(np.full(8, 100.0 * tonnes), abs=1e-3)


@given(prices, st.floats(0, 1e6))
def test_a_contract_within_what_was_paid_never_leaves_the_firm_out_of_pocket(path, tonnes):
    settled = clauses.two_sided_contract(100.0, path, tonnes, beyond_paid=False)

    assert (settled.outstanding >= -1e-3).all()


@given(st.floats(0, 1e8), st.floats(0, 1e8), shares)
def test_claw_back_takes_no_more_than_paid_and_nothing_where_the_plan_came_true(grant, gain, share):
    terms = {"rate": 0.08, "share": share}
    planned = np.array([-1e8, 0.0, 0.0])

    as_planned = clauses.claw_back(
        [grant, 0, 0], planned_flow=planned, actual_flow=planned, **terms
    )
    better = clauses.claw_back(
        [grant, 0, 0],
        planned_flow=planned,
        actual_flow=planned + np.array([0.0, gain, 0.0]),
        **terms,
    )

    assert as_planned.taken_back.sum() == 0
    assert 0 <= better.taken_back.sum() <= grant


@given(results, results)
def test_a_plan_that_turned_out_worse_is_not_topped_up(planned, worse_by):
    settled = clauses.claw_back(
        np.full(8, 1e9),
        planned_flow=planned,
        actual_flow=planned - abs(worse_by),
        rate=0.05,
        share=1.0,
    )

    assert settled.taken_back.sum() == pytest.approx(0, abs=1e-6)


def test_a_price_path_decides_what_a_return_clause_takes():
    earned = clauses.result_along(
        [[75.0, 75.0], [75.0, 135.0]], planned_price=75.0, quantity=1e6, planned_result=0.0
    )

    settled = clauses.return_clause([30e6, 0.0], earned, agreed_result=10e6, share=0.4)

    # 60 million above plan in the second draw: 40 % of the 50 million above the agreed result
    assert settled.taken_back.tolist() == [[0.0, 0.0], [0.0, 20e6]]
    assert settled.outstanding[:, -1].tolist() == [30e6, 10e6]


def test_the_share_is_never_taken_for_granted():
    with pytest.raises(TypeError, match="share"):
        clauses.claw_back([1.0], planned_flow=[0.0], actual_flow=[0.0], rate=0.0)


@pytest.mark.parametrize("share", [-0.1, 1.1, 80.0])
def test_a_share_is_a_ratio(share):
    with pytest.raises(RuleError, match="is not between 0 and 1"):
        clauses.return_clause([1.0], [1.0], agreed_result=0.0, share=share)


def test_what_the_state_pays_is_not_negative():
    with pytest.raises(RuleError, match="a payment of -5 euro is negative"):
        clauses.return_clause([-5.0], [1.0], agreed_result=0.0, share=0.5)


def test_a_milestone_outside_the_years_is_refused():
    with pytest.raises(RuleError, match="outside 2026 to 2029"):
        clauses.milestone_schedule(
            1.0, shares=[1.0], years=[2030], reached=[True], first_year=2026, n_years=4
        )
