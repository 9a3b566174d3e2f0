# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/investeringssubsidie.py, the road to a grant, and when it is paid."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import investeringssubsidie
from maatwerkbank.rules.instrument import FirmSize, Project, Technique, Terms
from maatwerkbank.rules.investeringssubsidie import (
    STEUNROUTES,
    hoogste_subsidie,
    later,
    paid_while_built,
    sbi_division,
)

CASES = "investeringssubsidie.yaml"
RULES = investeringssubsidie

YEARS = np.arange(2025, 2046)
LAW = Law(date(2025, 6, 30))

money = st.floats(0, 1e9)
shares = st.floats(0, 1)


def terms_of() -> Terms:
    return Terms(LAW, LAW.known_on)


def project(**facts) -> Project:
    return Project(years=YEARS, **facts)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(money, shares, money)
def test_a_grant_exceeds_neither_its_cap_nor_its_share_of_the_cost(cost, share, cap):
    granted = investeringssubsidie.investeringssubsidie(cost, share, cap)

    assert 0 <= granted <= min(cap, cost * share)


@given(money, money, shares, money)
def test_a_grant_does_not_fall_when_the_cost_rises(cost, more, share, cap):
    before = investeringssubsidie.investeringssubsidie(cost, share, cap)
    after = investeringssubsidie.investeringssubsidie(cost + more, share, cap)

    assert after >= before


def test_every_technique_has_a_theme():
    assert set(STEUNROUTES) == set(Technique)


def test_a_known_reference_gives_a_share_of_the_extra_cost():
    boiler = project(
        technique=Technique.E_BOILER, investment_eur=12e6, reference_investment_eur=2e6
    )

    assert hoogste_subsidie(boiler, terms_of(), "veki") == pytest.approx(4e6)


def test_of_two_roads_the_better_one_counts_and_never_their_sum():
    boiler = project(
        technique=Technique.E_BOILER, investment_eur=25e6, reference_investment_eur=15e6
    )

    assert hoogste_subsidie(boiler, terms_of(), "veki") == pytest.approx(5e6)


def test_without_a_reference_half_the_share_of_the_whole_investment_is_left():
    saving = project(technique=Technique.EFFICIENCY, investment_eur=10e6, firm_size=FirmSize.SMALL)

    assert hoogste_subsidie(saving, terms_of(), "veki") == pytest.approx(2.5e6)


def test_an_add_on_has_no_reference_and_counts_in_full():
    capture = project(technique=Technique.CCS, investment_eur=10e6, single_purpose=True)

    assert hoogste_subsidie(capture, terms_of(), "dei") == pytest.approx(3e6)


def test_renewable_heat_counts_the_whole_investment():
    heat = project(
        technique=Technique.RENEWABLE_HEAT, investment_eur=10e6, reference_investment_eur=8e6
    )

    assert hoogste_subsidie(heat, terms_of(), "veki") == pytest.approx(3e6)
    assert hoogste_subsidie(heat, terms_of(), "dei") == pytest.approx(4.5e6)


def test_a_circular_plant_without_a_reference_has_no_road_to_a_grant():
    plant = project(technique=Technique.CIRCULAR, investment_eur=10e6)

    assert hoogste_subsidie(plant, terms_of(), "veki") is None


def test_a_medium_sized_firm_gets_ten_points_more():
    boiler = project(
        technique=Technique.E_BOILER,
        investment_eur=10e6,
        reference_investment_eur=0.0,
        firm_size=FirmSize.MEDIUM,
    )

    assert hoogste_subsidie(boiler, terms_of(), "veki") == pytest.approx(5e6)


def test_a_grant_is_paid_while_the_plant_is_built():
    plant = project(works_start_on=date(2026, 4, 1), first_year=2028)

    paid = paid_while_built(plant, 9e6)

    assert paid[1:4].tolist() == [3e6, 3e6, 3e6]
    assert paid.sum() == 9e6


def test_without_a_start_of_works_a_grant_comes_in_the_first_year_of_operation():
    paid = paid_while_built(project(first_year=2028), 9e6)

    assert paid[3] == 9e6
    assert paid.sum() == 9e6


def test_a_grant_from_before_the_run_cannot_be_placed_in_it():
    assert paid_while_built(project(first_year=2020), 9e6) is None


@pytest.mark.parametrize(
    ("code", "division"), [("20.13", 20), ("20", 20), (None, None), ("C", None)]
)
def test_the_division_is_the_start_of_the_industry_code(code, division):
    assert sbi_division(code) == division


def test_half_a_year_after_the_end_of_august_is_the_end_of_february():
    assert later(date(2025, 8, 31), 0.5) == date(2026, 2, 28)


def test_the_cost_and_the_cap_of_local_infrastructure_say_the_same():
    cost, share, cap = (
        terms_of().value(f"veki/{name}")
        for name in (
            "kosten_lokale_infrastructuur",
            "intensiteit/lokale_infrastructuur",
            "maximum_lokale_infrastructuur",
        )
    )

    granted = investeringssubsidie.investeringssubsidie(cost, share, math.inf)

    assert granted == cap
