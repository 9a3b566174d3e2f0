# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Awards elsewhere: the law cases of their arithmetic, and what each award gives itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.support import awards
from maatwerkbank.support.awards import known_awards

CASES = "awards.yaml"
RULES = awards
AWARDS = known_awards()

money = st.floats(1, 1e10)
tonnes = st.floats(1, 1e8)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(money, tonnes, st.integers(1, 40))
def test_more_years_never_make_a_tonne_dearer(euros, a_year, years):
    over = awards.per_tonne_over(euros, a_year, [years, years + 1])

    assert over[0] >= over[1]


@given(money, tonnes, st.floats(0.001, 0.2), st.integers(1, 40))
def test_an_annuity_is_more_than_the_money_spread_without_interest(euros, a_year, rate, years):
    annuity = awards.annuity_per_tonne(euros, a_year, rate=rate, years=years)

    assert annuity >= float(awards.per_tonne_over(euros, a_year, years)) * (1 - 1e-9)


@given(money, st.floats(0.01, 1.0))
def test_the_share_of_the_gap_leads_back_to_the_award(euros, share):
    gap = awards.gap_behind(euros, share)

    assert float(np.multiply(gap, share)) == pytest.approx(euros)


@pytest.mark.parametrize(
    ("award", "eur_per_t"),
    [
        ("porthos", 54.05),
        ("klimaschutzvertraege-2024", 164.71),
        ("yara", 2.50),
        ("gpid-2024", 28.07),
        ("arcelormittal-dunkirk", 12.14),
        ("arcelormittal-gijon", 6.49),
    ],
)
def test_money_over_tonnes_gives_the_euros_per_tonne(award, eur_per_t):
    assert AWARDS[award].eur_per_t == pytest.approx(eur_per_t, abs=0.005)


def test_nobian_four_ways():
    nobian = AWARDS["nobian"]

    assert nobian.eur_per_yearly_t == 370.0
    assert nobian.eur_per_t_over(10) == 37.0
    assert nobian.eur_per_t_over(15) == pytest.approx(24.67, abs=0.005)
    assert nobian.annuity_per_t(15, 0.0225) == pytest.approx(29.34, abs=0.005)
    assert nobian.public_share == pytest.approx(0.287, abs=0.0005)


def test_cosun_as_in_the_letter_of_intent():
    cosun = AWARDS["cosun"]

    assert cosun.eur_per_yearly_t == pytest.approx(403.8, abs=0.05)
    assert cosun.eur_per_t_over(10) == pytest.approx(40.4, abs=0.05)


def test_the_state_pays_a_sixth_of_the_investment_of_yara():
    assert AWARDS["yara"].public_share == pytest.approx(0.155, abs=0.0005)


def test_the_french_mean_contradicts_its_own_parts_and_that_of_porthos_does_not():
    assert AWARDS["gpid-2024"].contradicts_itself is True
    assert AWARDS["porthos"].contradicts_itself is False
    assert AWARDS["nobian"].contradicts_itself is None  # its source states none


def test_the_gap_behind_an_award_follows_from_its_share():
    assert AWARDS["enearth"].gap_eur == pytest.approx(166.7e6, abs=0.05e6)
    assert AWARDS["nobian"].gap_eur is None


def test_the_austrian_pot_is_the_sum_of_its_years():
    pot = AWARDS["at-ufg-pot"]

    assert sum(pot.paid_by_year.values()) == pot.state_money_eur == 2_975e6


def test_a_range_of_money_gives_no_single_figure_per_tonne():
    thyssenkrupp = AWARDS["thyssenkrupp"]

    assert (thyssenkrupp.low_eur, thyssenkrupp.high_eur) == (550e6, 2_000e6)
    assert thyssenkrupp.state_money_eur is None
    assert thyssenkrupp.eur_per_t is None


def test_what_a_source_does_not_give_stays_absent():
    ghent = AWARDS["arcelormittal-ghent"]

    assert ghent.all_tonnes is None
    assert ghent.eur_per_t is None
    assert ghent.annuity_per_t(15, 0.0225) is None
