# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/energie_investeringsaftrek.py, and what EIA says to a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import energie_investeringsaftrek
from maatwerkbank.rules.energie_investeringsaftrek import offer
from maatwerkbank.rules.instrument import Project

CASES = "energie_investeringsaftrek.yaml"
RULES = energie_investeringsaftrek

YEARS = np.arange(2025, 2046)
LAW = Law(date(2026, 6, 1))
LISTED = Project(
    years=YEARS,
    investment_eur=20e6,
    energy_investment_eur=20e6,
    on_energy_list=True,
    on_environment_list=False,
    works_start_on=date(2026, 7, 1),
)

money = st.floats(0, 1e9)


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(money, money)
def test_a_deduction_stays_under_its_cap_and_does_not_fall_with_cost(cost, more):
    before = energie_investeringsaftrek.aftrek(cost, percentage=0.4, maximum=153e6)
    after = energie_investeringsaftrek.aftrek(cost + more, percentage=0.4, maximum=153e6)

    assert 0 <= before <= after <= 0.4 * 153e6


@given(money, st.floats(1, 1e9), money, money)
def test_more_grants_never_raise_the_cost_that_counts(listed, whole, grants, more):
    before = energie_investeringsaftrek.grondslag_na_subsidie(listed, whole, grants)
    after = energie_investeringsaftrek.grondslag_na_subsidie(listed, whole, grants + more)

    assert 0 <= after <= before <= listed


@given(money, money, money)
def test_an_asset_on_one_list_only_is_never_claimed_twice(energy, environment, rest):
    whole = energy + environment + rest

    twice = energie_investeringsaftrek.dubbel_gemeld(energy, environment, whole)

    assert float(twice) == pytest.approx(0.0, abs=1e-6)


def test_a_listed_asset_saves_tax_in_the_year_of_the_order():
    found = offer(LISTED, LAW)

    assert found.outcome == "fits"
    assert found.maximum_eur == pytest.approx(2_064_000)
    assert found.yearly[1] == pytest.approx(2_064_000)
    assert found.round.id == "2026"


def test_an_investment_above_the_cap_counts_up_to_it():
    found = offer(replace(LISTED, investment_eur=200e6, energy_investment_eur=200e6), LAW)

    assert found.maximum_eur == pytest.approx(15_789_600)


def test_the_deduction_stands_beside_its_cash_value():
    found = offer(LISTED, LAW)

    assert found.deduction.tolist() == [0.0, 8e6, *[0.0] * 19]
    assert found.yearly == pytest.approx(0.258 * found.deduction)


def test_a_grant_lowers_the_listed_part_in_proportion():
    partly = replace(LISTED, energy_investment_eur=12e6, capital_grants_eur=5e6)

    found = offer(partly, LAW)

    # 12 m x (1 - 5/20) x 40 %
    assert found.deduction[1] == pytest.approx(3.6e6)


def test_a_grant_above_the_investment_leaves_nothing_to_deduct():
    found = offer(replace(LISTED, capital_grants_eur=30e6), LAW)

    assert found.deduction.tolist() == [0.0] * 21
    assert found.maximum_eur == 0.0


def test_a_grant_on_an_investment_that_is_not_stated_leaves_the_base_unknown():
    found = offer(replace(LISTED, investment_eur=None, capital_grants_eur=5e6), LAW)

    assert found.deduction is None
    assert found.maximum_eur is None


def test_the_same_asset_on_both_lists_is_refused():
    both = replace(LISTED, on_environment_list=True, environment_investment_eur=20e6)

    found = offer(both, LAW)

    assert ids(found.refused) == ["claimed_once"]
    assert found.conditions[1].found == 20e6


def test_an_asset_that_is_split_over_the_lists_fits():
    split = replace(
        LISTED,
        energy_investment_eur=12e6,
        environment_investment_eur=8e6,
        on_environment_list=True,
    )

    assert offer(split, LAW).outcome == "fits"


def test_an_asset_that_is_not_on_the_list_is_refused():
    assert ids(offer(replace(LISTED, on_energy_list=False), LAW).refused) == ["on_energy_list"]


def test_a_bare_project_is_judged_neither_way():
    found = offer(Project(years=YEARS), LAW)

    assert ids(found.open_questions) == ["on_energy_list", "claimed_once"]
    assert found.yearly is None


def test_the_cap_of_2025_is_an_interval_that_does_not_touch_a_smaller_investment():
    earlier = replace(LISTED, works_start_on=date(2025, 7, 1))

    found = offer(earlier, Law(date(2025, 6, 30)))

    assert found.yearly[0] == pytest.approx(2_064_000)
    assert {str(each.citation.seen) for each in found.rests_on if each.name == "eia/maximum"} == {
        "derived"
    }


def test_an_order_in_a_year_on_which_the_law_is_silent_lacks_its_percentage():
    found = offer(LISTED, Law(date(2025, 6, 30)))

    assert "eia/aftrek" in {each.name for each in found.lacks}
    assert found.outcome == "cannot_judge"


def test_an_order_outside_the_run_cannot_be_placed_in_it():
    assert offer(replace(LISTED, years=np.arange(2027, 2040)), LAW).yearly is None
