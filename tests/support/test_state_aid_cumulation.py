# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cumulation: the law cases, what counts and what does not, and what must hold for any payment."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import Terms
from maatwerkbank.support.state_aid import cumulation
from maatwerkbank.support.state_aid.cumulation import (
    EligibleCost,
    Money,
    Payment,
    fitted,
    fitted_by_cost,
    stacked,
    union_money_counts,
)

CASES = "state_aid_cumulation.yaml"
RULES = cumulation

PLANT = EligibleCost("plant", 100e6, intensities=(0.40,))
EIA = Payment("eia", "plant", 10.32e6)
FUND = Payment("innovation_fund", "plant", 30e6, Money.UNION_CENTRAL)

money = st.floats(0, 1e9)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_the_cash_value_of_a_tax_deduction_takes_up_room():
    stack = stacked([PLANT], [EIA], union_counts=False)[0]

    assert stack.room_eur == pytest.approx(29.68e6)
    assert stack.exceeded is False


def test_de_minimis_aid_counts():
    small = Payment("de_minimis", "plant", 300e3, Money.DE_MINIMIS)

    stack = stacked([PLANT], [EIA, small], union_counts=False)[0]

    assert stack.room_eur == pytest.approx(29.38e6)


def test_aid_on_another_cost_is_free():
    pipe = EligibleCost("pipe", 10e6, intensities=(0.30,))

    plant, other = stacked([PLANT, pipe], [EIA], union_counts=False)

    assert (plant.counted_eur, other.counted_eur) == (10.32e6, 0.0)
    assert other.room_eur == pytest.approx(3e6)


def test_of_several_intensities_the_highest_applies_and_of_limits_the_tightest():
    cost = EligibleCost("plant", 100e6, intensities=(0.30, 0.45), limits_eur=(60e6, 40e6))

    assert cost.cap_eur == 40e6


def test_without_a_known_cap_nothing_is_judged():
    stack = stacked([EligibleCost("plant", 100e6)], [EIA], union_counts=False)[0]

    assert (stack.room_eur, stack.exceeded) == (None, None)


def test_money_that_the_union_manages_stays_outside_the_cap_within_its_own_rate():
    cost = EligibleCost("plant", 100e6, intensities=(0.40,), union_rate=0.60)

    stack = stacked([cost], [EIA, FUND], union_counts=False)[0]

    assert stack.room_eur == pytest.approx(29.68e6)
    assert (stack.within_union_rate, stack.exceeded) == (True, False)


def test_beyond_the_rate_of_the_union_too_much_is_paid():
    cost = EligibleCost("plant", 100e6, intensities=(0.40,), union_rate=0.35)

    stack = stacked([cost], [EIA, FUND], union_counts=False)[0]

    assert (stack.within_union_rate, stack.exceeded) == (False, True)


def test_without_a_known_rate_of_the_union_it_is_not_known_whether_too_much_is_paid():
    stack = stacked([PLANT], [EIA, FUND], union_counts=False)[0]

    assert (stack.within_union_rate, stack.exceeded) == (None, None)


def test_where_money_of_the_union_counts_it_takes_up_room():
    stack = stacked([PLANT], [EIA, FUND], union_counts=True)[0]

    assert stack.counted_eur == pytest.approx(40.32e6)
    assert (stack.room_eur, stack.exceeded) == (0.0, True)


def test_where_nobody_read_whether_it_counts_there_is_no_answer():
    stack = stacked([PLANT], [EIA, FUND], union_counts=None)[0]

    assert (stack.counted_eur, stack.room_eur, stack.exceeded) == (None, None, None)


def test_national_money_above_the_cap_is_too_much_whatever_the_union_pays():
    too_much = Payment("maatwerksubsidie", "plant", 41e6)

    stack = stacked([PLANT], [too_much, FUND], union_counts=None)[0]

    assert stack.exceeded is True


def test_amounts_that_could_not_be_discounted_show_no_excess():
    too_much = Payment("maatwerksubsidie", "plant", 41e6)

    exact = stacked([PLANT], [too_much], union_counts=False)[0]
    bound = stacked([PLANT], [too_much], union_counts=False, upper_bounds=True)[0]
    below = stacked([PLANT], [EIA], union_counts=False, upper_bounds=True)[0]

    assert (exact.exceeded, bound.exceeded, below.exceeded) == (True, None, False)


def test_amounts_that_could_not_be_discounted_do_not_pass_the_rate_of_the_union():
    cost = EligibleCost("plant", 100e6, intensities=(0.40,), union_rate=0.35)

    stack = stacked([cost], [EIA, FUND], union_counts=False, upper_bounds=True)[0]

    assert (stack.within_union_rate, stack.exceeded) == (None, None)


@pytest.mark.parametrize(
    "payment", [Payment("veki", "elsewhere", 1.0), Payment("veki", "plant", -1.0)]
)
def test_a_payment_is_on_a_known_cost_and_not_negative(payment):
    with pytest.raises(RuleError, match="the costs are"):
        stacked([PLANT], [payment], union_counts=False)


@pytest.mark.parametrize(
    ("framework", "counts", "lacking"),
    [
        ("gber", False, []),
        ("ceeag", None, ["ceeag/union_money_counts"]),
        ("cisaf", None, ["cisaf/union_money_counts"]),
    ],
)
def test_only_the_block_exemption_is_known_to_leave_union_money_out(framework, counts, lacking):
    terms = Terms(Law(date(2026, 6, 1)), date(2026, 6, 1))

    found = union_money_counts(terms, framework)

    assert found is counts
    assert [each.name for each in terms.lacks] == lacking


@given(money, st.floats(0, 1), st.lists(money, max_size=3), st.lists(money, min_size=1, max_size=6))
def test_stacking_never_exceeds_the_tightest_cap(cost, intensity, limits, wanted):
    stacked_on = EligibleCost("plant", cost, (intensity,), tuple(limits))

    given_out = sum(fitted(stacked_on, wanted))

    tightest = min([cost * intensity, *limits])
    assert given_out <= tightest * (1 + 1e-12)


@given(money, st.floats(0, 1), st.lists(money, min_size=1, max_size=6))
def test_nobody_gets_more_than_was_asked_for(cost, intensity, wanted):
    given_out = fitted(EligibleCost("plant", cost, (intensity,)), wanted)

    assert [got <= asked for got, asked in zip(given_out, wanted, strict=True)] == [True] * len(
        wanted
    )


@given(money, st.floats(0, 1), st.lists(money, min_size=1, max_size=6), money)
def test_one_more_payment_never_leaves_more_room(cost, intensity, paid, more):
    cap = cost * intensity

    assert cumulation.room(cap, [*paid, more]) <= cumulation.room(cap, paid) + 1e-6


def test_nothing_is_fitted_below_an_unknown_cap():
    with pytest.raises(RuleError, match="no cap is known"):
        fitted(EligibleCost("plant", 100e6), [1.0])


INVESTMENT = EligibleCost("investment", 100e6, intensities=(0.40,))
OPERATION = EligibleCost("operation", 60e6, intensities=(1.0,), limits_eur=(50e6,))


def test_what_fits_is_counted_for_each_cost_by_itself():
    wanted = [
        Payment("veki", "investment", 30e6),
        Payment("sde", "operation", 45e6),
        Payment("maatwerksubsidie", "investment", 20e6),
        Payment("ikc", "operation", 10e6),
    ]

    found = fitted_by_cost([INVESTMENT, OPERATION], wanted, union_counts=False)

    assert found == {
        "investment": (replace(wanted[0], amount_eur=30e6), replace(wanted[2], amount_eur=10e6)),
        "operation": (replace(wanted[1], amount_eur=45e6), replace(wanted[3], amount_eur=5e6)),
    }


def test_of_a_cost_without_a_known_cap_nothing_is_said_and_of_the_other_it_is():
    wanted = [Payment("veki", "investment", 50e6), Payment("sde", "operation", 1e6)]

    found = fitted_by_cost(
        [INVESTMENT, EligibleCost("operation", 60e6)], wanted, union_counts=False
    )

    assert found["operation"] is None
    assert [each.amount_eur for each in found["investment"]] == [40e6]


FUND_AND_GRANT = [
    Payment("innovation_fund", "investment", 30e6, Money.UNION_CENTRAL),
    Payment("maatwerksubsidie", "investment", 45e6),
]


@pytest.mark.parametrize(("counts", "left"), [(False, [30e6, 40e6]), (True, [30e6, 10e6])])
def test_money_of_the_union_takes_room_only_where_it_counts(counts, left):
    fits = fitted_by_cost([INVESTMENT], FUND_AND_GRANT, union_counts=counts)["investment"]

    assert [each.amount_eur for each in fits] == left


def test_where_nobody_read_whether_money_of_the_union_counts_nothing_is_fitted():
    found = fitted_by_cost([INVESTMENT], FUND_AND_GRANT, union_counts=None)

    assert found == {"investment": None}


def test_what_fits_is_asked_of_a_known_cost():
    with pytest.raises(RuleError, match="the costs are"):
        fitted_by_cost([INVESTMENT], [Payment("sde", "operation", 1.0)], union_counts=False)


@given(
    st.tuples(money, st.floats(0, 1), money),
    st.tuples(money, st.floats(0, 1), money),
    st.lists(st.tuples(st.sampled_from(["investment", "operation"]), money), max_size=8),
)
def test_by_cost_too_stacking_never_exceeds_the_tightest_cap(one, other, asked):
    costs = [
        EligibleCost(name, cost, (intensity,), (limit,))
        for name, (cost, intensity, limit) in {"investment": one, "operation": other}.items()
    ]

    found = fitted_by_cost(
        costs, [Payment("any", name, amount) for name, amount in asked], union_counts=False
    )

    judged = stacked(costs, [p for fits in found.values() for p in fits], union_counts=False)
    over = [each.national_eur - each.cost.cap_eur * (1 + 1e-12) for each in judged]
    assert max(over) <= 0
