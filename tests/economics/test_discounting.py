# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Present values, annuities and internal rates, beside numbers that others published."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.economics.discounting import (
    InternalRate,
    capital_recovery_factor,
    discount_factors,
    discounted_payback,
    internal_rate,
    net_present_value,
    weighted_average_cost_of_capital,
)
from maatwerkbank.ground.errors import ShapeError

# --- published numbers -------------------------------------------------------------------------

# NREL/H2Integrate, test_numpy_financial_npv.py (BSD-3-Clause): a plant of 30 years at 9 %.
H2I_CAPEX = 950_054_634.1 + 6_561_339.6 + 3_402_926.0 + 1_170_731_708.0
H2I_FIXED = 21_093_892.68 + 88_372.77 + 779.27 + 12_783_853.58
H2I_VARIABLE = 65_458_026.9
H2I_KWH = 4_380_000_000.0


@pytest.mark.parametrize(("price", "npv"), [(0.04, -1352263704.12), (0.15, 3597582813.8071656)])
def test_the_value_of_a_hydrogen_plant_is_that_of_h2integrate(price, npv):
    yearly = H2I_KWH * price - H2I_FIXED - H2I_VARIABLE

    found = net_present_value([-H2I_CAPEX, *[yearly] * 30], 0.09)

    assert float(found) == pytest.approx(npv, rel=1e-6)


def test_the_cost_of_capital_is_that_of_profast():
    # debt to equity 1.72; return on equity 9.48 %, interest 4.6 %, tax 25.74 %
    wacc = weighted_average_cost_of_capital(
        equity_share=1 / 2.72, return_on_equity=0.0948, interest=0.046, tax_rate=0.2574
    )

    assert wacc == pytest.approx(0.056453864, rel=1e-6)
    assert capital_recovery_factor(wacc, 33) == pytest.approx(0.0674704169, rel=1e-6)


def cases(shared):
    path = shared / "data" / "validation_finance" / "h2integrate_finance_cases.json"
    return {case["id"]: case for case in json.loads(path.read_text("utf-8"))["cases"]}


@pytest.mark.parametrize("identity", ["h2i_numpy_npv_low_price", "h2i_numpy_npv_high_price"])
def test_the_shared_cases_of_h2integrate_agree(shared, identity):
    case = cases(shared)[identity]
    base = cases(shared)["h2i_numpy_npv_low_price"]["inputs"]
    given_ = {**base, **case.get("inputs_changed", {})}

    costs = [
        sum(given_[key].values())
        for key in ("fixed_opex_usd_per_year", "variable_opex_usd_per_year")
    ]
    yearly = given_["production_kwh_per_year"] * given_["sell_price_usd_per_kwh"] - sum(costs)
    flow = [-sum(given_["capex_usd"].values()), *[yearly] * given_["plant_life_years"]]

    found = net_present_value(flow, given_["discount_rate"])

    assert float(found) == pytest.approx(case["expected"]["npv_usd"], rel=1e-6)


def test_the_shared_case_of_profast_agrees(shared):
    case = cases(shared)["profast_wacc_crf_no1"]
    given_ = case["inputs"]

    wacc = weighted_average_cost_of_capital(
        equity_share=1 / (1 + given_["debt_equity_ratio"]),
        return_on_equity=given_["equity_discount_rate"],
        interest=given_["debt_interest_rate"],
        tax_rate=given_["total_income_tax_rate"],
    )
    years = given_["installation_months"] // 12 + given_["operating_life_years"]

    assert wacc == pytest.approx(case["expected"]["wacc"], rel=1e-6)
    assert capital_recovery_factor(wacc, years) == pytest.approx(case["expected"]["crf"], rel=1e-6)


# --- net present value -------------------------------------------------------------------------


def test_the_first_year_is_not_discounted():
    assert discount_factors(3, 0.25).tolist() == [1.0, 0.8, 0.64]
    assert float(net_present_value([-100, 50, 75], 0.25)) == -100 + 40 + 48


def test_rates_and_flows_may_have_leading_axes():
    flows = np.array([[-100.0, 110.0], [-100.0, 121.0]])

    found = net_present_value(flows, np.array([0.1, 0.21]))

    assert found == pytest.approx([0, 0], abs=1e-12)


def test_one_number_has_no_years():
    with pytest.raises(ShapeError):
        net_present_value(5.0, 0.1)


flows = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30)
rates = st.floats(0, 0.5)


@given(flows, rates)
def test_two_roads_to_a_present_value_agree(flow, rate):
    found = float(net_present_value(flow, rate))
    slow = sum(amount / (1 + rate) ** year for year, amount in enumerate(flow))

    assert found == pytest.approx(slow, rel=1e-9, abs=1e-3)


@given(flows, rates, st.floats(-10, 10))
def test_a_present_value_is_linear_in_the_flow(flow, rate, factor):
    times = net_present_value(np.multiply(flow, factor), rate)

    assert float(times) == pytest.approx(
        factor * float(net_present_value(flow, rate)), rel=1e-9, abs=1e-3
    )


# --- annuity -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "years", "factor"),
    [(0.0, 10, 0.1), (0.08, 15, 0.116830), (0.05, 1, 1.05), (0.10, 20, 0.117460)],
)
def test_the_annuity_factor_is_that_of_the_tables(rate, years, factor):
    assert capital_recovery_factor(rate, years) == pytest.approx(factor, abs=5e-7)


@pytest.mark.parametrize("rate", [1e-17, 1e-12, 1e-9])
def test_a_rate_of_almost_nil_repays_as_a_rate_of_nil(rate):
    assert capital_recovery_factor(rate, 10) == pytest.approx(0.1, rel=1e-6)


@given(st.floats(0.0001, 1), st.integers(1, 40))
def test_the_payments_of_an_annuity_are_worth_what_was_lent(rate, years):
    payment = capital_recovery_factor(rate, years)

    assert float(net_present_value([0, *[payment] * years], rate)) == pytest.approx(1, rel=1e-9)


# --- internal rate -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "roots"),
    [
        ([-100, 110], [0.10]),
        ([-100, 230, -132], [0.10, 0.20]),
        ([100, -230, 132], [0.10, 0.20]),
        ([-1000, 6000, -11000, 6000], [0.0, 1.0, 2.0]),
        ([-100, 0, 0, 133.1], [0.10]),
        ([0, 0, -100, 110, 0], [0.10]),
        ([-100, 50], [-0.5]),
        ([-100, 60, 60, 60], [0.3630965]),
        ([-100, 50, 50], [0.0]),
        ([-250000, 100000, 150000, 200000, 250000, 300000], [0.5672303]),
    ],
)
def test_every_rate_at_which_a_flow_is_worth_nothing_is_found(flow, roots):
    assert internal_rate(flow).roots == pytest.approx(roots, abs=1e-7)


def test_a_rate_is_given_only_where_it_is_the_only_one():
    assert internal_rate([-100, 110]).rate == pytest.approx(0.1)
    assert internal_rate([-100, 230, -132]).rate is None
    assert internal_rate([100, 110]).rate is None


@pytest.mark.parametrize(
    "flow",
    [
        [100, 110],
        [-100, -110],
        [0, 0, 0],
        [],
        [-100],
        [math.nan, 100],
        [-100, math.inf],
        [100, -200, 150],  # the discriminant is negative: no real rate
        [-1, 1000],  # 99 900 % a year is out of range
    ],
)
def test_a_flow_without_a_rate_has_none(flow):
    assert internal_rate(flow) == InternalRate(())


def test_a_rate_at_which_the_worth_only_touches_nil_is_none():
    # -100 x (1 - 1.1 x)^2: never above nil, so there is no rate beyond which it is worth something
    roots = internal_rate([-100, 220, -121]).roots

    assert roots == ()


def test_two_rates_a_hundredth_apart_are_told_apart_and_closer_ones_are_not():
    # -100 (1 - 1.10 x) (1 - 1.13 x) and -100 (1 - 1.100 x) (1 - 1.101 x), within one step
    apart = internal_rate([-100, 223, -124.3]).roots
    close = internal_rate([-100, 220.15, -121.1650]).roots

    assert apart == pytest.approx([0.10, 0.13], abs=1e-9)
    assert close == ()


@pytest.mark.parametrize("flow", [[-100, 200, 1e-300], [-1e300, 2e300], [-1e-300, 2e-300]])
def test_extreme_flows_give_a_rate_and_no_error(flow):
    assert internal_rate(flow).roots == pytest.approx([1.0], abs=1e-9)


@settings(max_examples=60)
@given(
    st.floats(0.01, 1.0),
    st.lists(st.floats(1, 1e6), min_size=1, max_size=25),
)
def test_a_flow_that_pays_at_a_rate_has_that_rate_as_its_only_one(rate, income):
    worth = sum(amount / (1 + rate) ** (year + 1) for year, amount in enumerate(income))

    found = internal_rate([-worth, *income])

    assert found.rate == pytest.approx(rate, abs=1e-6)


@settings(max_examples=60)
@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=12))
def test_every_root_makes_the_flow_worth_nothing(flow):
    scale = max(abs(amount) for amount in flow) or 1

    worth = [float(net_present_value(flow, rate)) / scale for rate in internal_rate(flow).roots]

    tolerance = [
        1e-5 * sum((1 + r) ** -t for t in range(len(flow))) for r in internal_rate(flow).roots
    ]
    assert all(abs(w) <= t for w, t in zip(worth, tolerance, strict=True))


# --- payback -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "rate", "years"),
    [
        ([-100, 60, 60], 0.0, 2),
        ([-100, 110, 0], 0.10, 1),
        ([-100, 100], 0.10, None),
        ([-100, 200, -150, 60], 0.0, 3),
        ([50, 50], 0.10, 0),
        ([-100, 300, -250], 0.0, None),
        ([0, 0], 0.1, 0),
        ([math.nan, 1], 0.1, None),
    ],
)
def test_payback_is_when_the_flows_have_paid_themselves_back_and_stay_so(flow, rate, years):
    assert discounted_payback(flow, rate) == years
