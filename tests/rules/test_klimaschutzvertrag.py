# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/klimaschutzvertrag.py, and what its terms would give a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import klimaschutzvertrag
from maatwerkbank.rules.instrument import AidForm, Project, Technique
from maatwerkbank.rules.klimaschutzvertrag import Bid

CASES = "klimaschutzvertrag.yaml"
RULES = klimaschutzvertrag

YEARS = np.arange(2025, 2045)
LAW = Law(date(2024, 6, 1))
PROJECT = Project(
    years=YEARS,
    technique=Technique.ELECTRIFICATION,
    first_year=2027,
    reduction=np.where(YEARS >= 2027, 100_000.0, 0.0),
    eua=np.full(20, 75.0),
    prices={"electricity": np.full(20, 60.0)},
    applied_on=date(2024, 6, 1),
)
BID = Bid(
    base_contract_price_eur_per_t=180.0,
    energy_per_t={"electricity": 4.0},
    energy_prices={"electricity": 60.0},
    lost_free_allocation=np.zeros(20),
    reference_emission_t=110_000.0,
    reduction_path=np.array([0.5, 0.6, 0.6, *[0.7] * 11, 0.9]),
)

flows = arrays(float, 12, elements=st.floats(-1e8, 1e8))


def met(offer):
    return {condition.id: condition.met for condition in offer.conditions}


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_project_that_holds_the_path_fits_the_first_round():
    found = klimaschutzvertrag.offer(PROJECT, LAW, bid=BID)

    assert found.outcome == "fits"
    assert found.form is AidForm.TWO_SIDED
    assert found.yearly.sum() == pytest.approx(15 * 10.5e6)  # aid-T21, fifteen years
    assert found.maximum_eur == pytest.approx(157.5e6)
    assert YEARS[found.yearly != 0].tolist() == list(range(2027, 2042))


def test_the_firm_pays_in_the_years_in_which_carbon_is_dear():
    dear = replace(PROJECT, eua=np.where(YEARS >= 2035, 200.0, 75.0))

    found = klimaschutzvertrag.offer(dear, LAW, bid=BID)

    assert found.yearly[YEARS == 2034] == pytest.approx([10.5e6])
    assert found.yearly[YEARS == 2035] == pytest.approx([-2e6])
    assert found.maximum_eur == pytest.approx(8 * 10.5e6)  # pay-back is not set off


def test_dear_power_raises_the_contract_price():
    dear = replace(PROJECT, prices={"electricity": np.full(20, 70.0)})

    found = klimaschutzvertrag.offer(dear, LAW, bid=BID)

    assert found.yearly[YEARS == 2027] == pytest.approx([14.5e6])  # 4 MWh/t x 10 euro more


def test_every_condition_that_fails_is_shown():
    bid = replace(
        BID,
        reference_emission_t=9_000.0,
        base_contract_price_eur_per_t=800.0,
        reduction_path=np.full(15, 0.55),
    )

    found = klimaschutzvertrag.offer(PROJECT, LAW, bid=bid)

    assert found.outcome == "refused"
    assert [each.id for each in found.refused] == [
        "reference_emission",
        "reduction_third_year",
        "reduction_end",
        "aid",
    ]


def test_capture_took_no_part_in_the_first_round():
    found = klimaschutzvertrag.offer(replace(PROJECT, technique=Technique.CCS), LAW, bid=BID)

    assert [each.id for each in found.refused] == ["technique"]


def test_the_second_round_is_not_judged_as_long_as_its_days_are_not_known():
    second = replace(PROJECT, technique=Technique.CCS, applied_on=date(2026, 7, 1))

    found = klimaschutzvertrag.offer(second, Law(date(2026, 7, 1)), bid=BID)

    assert found.outcome == "cannot_judge"
    assert met(found)["technique"] is True
    assert [each.id for each in found.open_questions] == ["round", "aid"]
    assert "klimaschutzvertrag/maximum_aid" in [each.name for each in found.lacks]


def test_without_lost_allowances_and_prices_nothing_is_paid_by_guess():
    bid = replace(BID, lost_free_allocation=None, energy_per_t={"hydrogen": 5.0})

    found = klimaschutzvertrag.offer(PROJECT, LAW, bid=bid)

    assert found.yearly is None
    assert {each.name for each in found.lacks} == {
        "klimaschutzvertrag/lost_free_allocation",
        "prices/hydrogen",
    }


def test_without_a_bid_the_contract_is_not_judged():
    found = klimaschutzvertrag.offer(PROJECT, LAW)

    assert found.outcome == "cannot_judge"
    assert found.maximum_eur is None


def test_prices_that_do_not_fit_the_carriers_are_refused():
    with pytest.raises(ShapeError, match="do not fit"):
        klimaschutzvertrag.contract_price(
            180.0, energy_per_t=[1.0, 2.0], energy_prices=[[50.0]], base_energy_prices=[60.0]
        )


@given(flows, flows, st.floats(0, 500))
def test_payments_are_a_straight_line_in_the_tonnes(first, second, price):
    apart = klimaschutzvertrag.payment(price, 75.0, first) + klimaschutzvertrag.payment(
        price, 75.0, second
    )

    together = klimaschutzvertrag.payment(price, 75.0, first + second)

    assert together == pytest.approx(apart, rel=1e-9, abs=1e-3)


@given(st.floats(0, 300), st.floats(0, 300), st.floats(0, 1e6))
def test_dearer_carbon_never_raises_what_the_state_pays(some, other, tonnes):
    low, high = sorted([some, other])

    assert klimaschutzvertrag.payment(150.0, high, tonnes) <= klimaschutzvertrag.payment(
        150.0, low, tonnes
    )


@given(flows, st.integers(1, 5))
def test_the_right_to_end_once_won_is_kept_and_never_comes_without_pay_back(payments, years):
    may_end = klimaschutzvertrag.right_to_end(payments, years)

    assert (np.diff(may_end) >= 0).all()
    assert not may_end[:years].any()
    assert (payments < 0).sum() >= years or not may_end.any()


def test_draws_in_front_give_the_payments_of_each_draw():
    paths = np.stack([np.full(20, 75.0), np.full(20, 200.0)])

    found = klimaschutzvertrag.offer(replace(PROJECT, eua=paths), LAW, bid=BID)

    assert found.yearly.sum(axis=-1) == pytest.approx([157.5e6, -30e6])
