# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The funding gap: the law cases, two roads, and what must hold for any flow."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import Terms
from maatwerkbank.support.state_aid import funding_gap

CASES = "state_aid_funding_gap.yaml"
RULES = funding_gap

flows = arrays(float, 10, elements=st.floats(-1e9, 1e9))
amounts = st.floats(0, 1e9)
rates = st.floats(0, 0.2)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(flows, flows, arrays(float, 10, elements=amounts), rates)
def test_more_aid_never_widens_the_gap(factual, counterfactual, aid, wacc):
    without = funding_gap.funding_gap(factual, counterfactual, wacc=wacc).gap
    with_aid = funding_gap.funding_gap(factual + aid, counterfactual, wacc=wacc).gap

    assert with_aid <= without + 1e-3


@given(amounts, amounts, amounts)
def test_more_aid_never_leaves_more_of_the_gap(gap, aid, more):
    assert funding_gap.gap_left(gap, aid + more) <= funding_gap.gap_left(gap, aid)


@given(flows, flows, rates)
def test_the_gap_turns_its_sign_when_project_and_alternative_change_places(one, other, wacc):
    there = funding_gap.funding_gap(one, other, wacc=wacc).gap
    back = funding_gap.funding_gap(other, one, wacc=wacc).gap

    assert there == -back


@given(flows, rates)
def test_the_value_agrees_with_the_sum_by_hand(flow, wacc):
    found = funding_gap.funding_gap(flow, np.zeros(10), wacc=wacc)

    by_hand = sum(amount / (1 + wacc) ** year for year, amount in enumerate(flow))
    assert found.npv_factual == pytest.approx(by_hand, rel=1e-9, abs=1e-3)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(0, 1))
def test_no_more_comes_back_than_the_share_of_the_gap_that_was_assumed(before, after, share):
    back = funding_gap.recovered(before, after, share=share)

    assert 0 <= back <= share * max(0.0, before)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_to_be_returned_lies_between_nought_and_one(share):
    with pytest.raises(RuleError, match="not between 0 and 1"):
        funding_gap.recovered(100.0, 50.0, share=share)


def test_a_share_to_be_returned_has_no_default():
    with pytest.raises(TypeError, match="share"):
        funding_gap.recovered(100.0, 50.0)


def test_project_and_alternative_cover_the_same_years():
    with pytest.raises(ShapeError, match="lifetime of the reference project"):
        funding_gap.funding_gap([-1.0, 2.0], [-1.0, 2.0, 3.0], wacc=0.08)


def test_draws_go_before_the_years():
    factual = np.array([[-100.0, 110.0], [-100.0, 55.0]])

    found = funding_gap.funding_gap(factual, [0.0, 0.0], wacc=0.1)

    assert found.gap.tolist() == pytest.approx([0.0, 50.0], abs=1e-12)


def test_the_discount_rate_is_lacking_until_the_base_rate_of_the_day_is_filled_in():
    terms = Terms(Law(date(2026, 11, 1)), date(2026, 11, 1))

    rate = funding_gap.discount_rate(terms)

    assert rate is None
    assert [each.name for each in terms.lacks] == ["state_aid/base_rate"]
    assert [(each.name, each.value) for each in terms.rests_on] == [
        ("state_aid/discount_margin", 0.01)
    ]
