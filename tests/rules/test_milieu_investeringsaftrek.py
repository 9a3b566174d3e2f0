# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/milieu_investeringsaftrek.py, and what MIA and Vamil say to a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import milieu_investeringsaftrek
from maatwerkbank.rules.instrument import Project
from maatwerkbank.rules.milieu_investeringsaftrek import (
    offer,
    offer_vamil,
    vamil_kasstroom,
    vamil_tijdvoordeel,
    vervroegde_afschrijving,
)

CASES = "milieu_investeringsaftrek.yaml"
RULES = milieu_investeringsaftrek

YEARS = np.arange(2025, 2046)
LAW = Law(date(2026, 6, 1))
LISTED = Project(
    years=YEARS,
    investment_eur=20e6,
    environment_investment_eur=20e6,
    on_energy_list=False,
    on_environment_list=True,
    vamil=True,
    life_years=10,
    works_start_on=date(2026, 7, 1),
)

money = st.floats(1, 1e9)
lives = st.integers(1, 30)
rates = st.floats(0.001, 0.2)


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(money, lives, st.integers(0, 8), st.integers(1, 30))
def test_a_deduction_that_comes_earlier_adds_up_to_nil_in_any_run(cost, life, begin, years):
    moved = vervroegde_afschrijving(cost, aandeel=0.75, levensduur=life, years=years, begin=begin)

    assert moved.sum() == pytest.approx(0.0, abs=1e-9 * cost)


@given(money, lives, rates)
def test_the_worth_of_vamil_is_the_present_value_of_the_tax_that_it_moves(cost, life, rate):
    moved = vamil_kasstroom(cost, aandeel=0.75, tarief=0.258, levensduur=life, years=30)
    worth = vamil_tijdvoordeel(cost, aandeel=0.75, tarief=0.258, levensduur=life, disconto=rate)

    present = (moved * (1 + rate) ** -np.arange(30.0)).sum()
    assert float(worth) == pytest.approx(present, rel=1e-9, abs=1e-6 * cost)


@given(money, lives)
def test_vamil_moves_tax_and_forgives_none(cost, life):
    moved = vamil_kasstroom(cost, aandeel=0.75, tarief=0.258, levensduur=life, years=30)

    assert moved.sum() == pytest.approx(0.0, abs=1e-9 * cost)


@given(money, st.integers(2, 30), rates, rates)
def test_vamil_is_worth_more_when_money_is_dearer(cost, life, rate, more):
    terms = {"aandeel": 0.75, "tarief": 0.258, "levensduur": life}

    cheap = vamil_tijdvoordeel(cost, disconto=rate, **terms)
    dear = vamil_tijdvoordeel(cost, disconto=rate + more, **terms)

    assert 0 < cheap < dear < 0.75 * 0.258 * cost


def test_mia_saves_tax_by_category():
    found = offer(replace(LISTED, environment_category=1), LAW)

    assert found.outcome == "fits"
    assert found.yearly[1] == pytest.approx(0.45 * 20e6 * 0.258)


def test_without_a_category_one_cannot_judge():
    found = offer(LISTED, LAW)

    assert [each.name for each in found.lacks] == ["mia/categorie"]
    assert found.outcome == "cannot_judge"
    assert found.maximum_eur is None


def test_mia_counts_an_investment_up_to_its_cap():
    large = replace(LISTED, investment_eur=90e6, environment_investment_eur=90e6)

    assert offer(replace(large, environment_category=3), LAW).maximum_eur == pytest.approx(
        0.27 * 25e6 * 0.258
    )


def test_the_same_asset_on_both_lists_is_refused():
    both = replace(LISTED, on_energy_list=True, energy_investment_eur=20e6)

    assert ids(offer(replace(both, environment_category=1), LAW).refused) == ["claimed_once"]


def test_the_cap_and_the_share_of_vamil_show_as_unverified():
    seen = {each.name: str(each.citation.seen) for each in offer_vamil(LISTED, LAW).rests_on}

    assert seen["mia/maximum"] == "unverified"
    assert seen["mia/vamil_aandeel"] == "unverified"


def test_vamil_saves_tax_at_once_and_pays_it_back_over_the_life():
    found = offer_vamil(LISTED, LAW)

    assert found.outcome == "fits"
    assert found.yearly[1] == pytest.approx(0.75 * 20e6 * 0.258 * 0.9)
    assert found.yearly[2:11] == pytest.approx(np.full(9, -0.75 * 20e6 * 0.258 * 0.1))
    assert found.yearly[11:].tolist() == [0.0] * 10


def test_vamil_moves_the_depreciation_of_the_case_from_its_first_year():
    built = replace(LISTED, first_year=2028, depreciation_years=5)

    found = offer_vamil(built, LAW)

    # 15 m free in 2026, instead of 3 m a year from 2028 to 2032
    assert found.deduction[1:8] == pytest.approx([15e6, 0, -3e6, -3e6, -3e6, -3e6, -3e6])
    assert found.yearly == pytest.approx(0.258 * found.deduction)
    assert found.maximum_eur is None


def test_what_is_written_off_after_the_run_is_taken_back_in_its_last_year():
    long = replace(LISTED, first_year=2028, depreciation_years=30)

    found = offer_vamil(long, LAW)

    assert found.deduction.sum() == pytest.approx(0.0, abs=1e-6)
    assert found.deduction[-1] == pytest.approx(-15e6 * 13 / 30)


def test_the_worth_of_vamil_is_that_of_what_the_offer_moves():
    built = replace(LISTED, first_year=2028, depreciation_years=5)

    moved = offer_vamil(built, LAW).yearly[1:]

    worth = vamil_tijdvoordeel(
        20e6, aandeel=0.75, tarief=0.258, levensduur=5, disconto=0.06, begin=2
    )
    assert float(worth) == pytest.approx((moved * 1.06 ** -np.arange(20.0)).sum())


def test_a_grant_lowers_what_mia_and_vamil_count():
    granted = replace(LISTED, environment_category=1, capital_grants_eur=5e6)

    mia, vamil = offer(granted, LAW), offer_vamil(granted, LAW)

    assert mia.deduction[1] == pytest.approx(0.45 * 15e6)
    assert vamil.deduction[1] == pytest.approx(0.75 * 15e6 * 0.9)


def test_an_asset_that_is_not_marked_for_vamil_is_refused():
    found = offer_vamil(replace(LISTED, vamil=False), LAW)

    assert ids(found.refused) == ["marked_for_vamil"]


def test_a_bare_project_is_judged_neither_way():
    bare = Project(years=YEARS)

    assert offer(replace(bare, environment_category=1), LAW).outcome == "cannot_judge"
    assert offer_vamil(bare, LAW).yearly is None
