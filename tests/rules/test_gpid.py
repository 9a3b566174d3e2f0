# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/gpid.py, and what the French tender would give a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import gpid
from maatwerkbank.rules.gpid import Bid
from maatwerkbank.rules.instrument import Project

CASES = "gpid.yaml"
RULES = gpid

YEARS = np.arange(2026, 2046)
LAW = Law(date(2025, 3, 1))
PROJECT = Project(
    years=YEARS,
    sbi="23.51",
    first_year=2028,
    investment_eur=90e6,
    reference_investment_eur=0.0,
    cost_by_year=np.where(YEARS >= 2028, 2e6, 0.0),
    reduction=np.where(YEARS >= 2028, 100_000.0, 0.0),
    applied_on=date(2025, 3, 1),
    under_ets=True,
)
BID = Bid(aid_eur_per_t=50.0, discount_rate=0.0)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_cement_plant_under_the_ets_fits():
    found = gpid.offer(PROJECT, LAW, bid=BID)

    assert found.outcome == "fits"
    assert found.maximum_eur == pytest.approx(75e6)  # 50 euro x 0.1 Mt x fifteen years
    assert found.ranking_eur_per_t == 50.0
    assert YEARS[found.yearly > 0].tolist() == list(range(2028, 2043))


def test_a_refinery_outside_the_ets_that_asks_little_is_refused_on_all_three():
    refinery = replace(PROJECT, sbi="19.20.1", under_ets=False)

    found = gpid.offer(refinery, LAW, bid=Bid(aid_eur_per_t=10.0, discount_rate=0.0))

    assert [each.id for each in found.refused] == ["ets_site", "no_refinery", "aid"]


def test_aid_above_the_net_extra_cost_is_refused():
    found = gpid.offer(PROJECT, LAW, bid=replace(BID, aid_eur_per_t=90.0))

    # 135 million of aid against 90 + 15 x 2 = 120 million
    assert [each.id for each in found.refused] == ["net_extra_cost"]
    assert found.refused[0].asked == pytest.approx(120e6)
    assert found.refused[0].found == pytest.approx(135e6)


def test_a_site_that_does_not_say_whether_it_is_under_the_ets_is_not_judged():
    found = gpid.offer(replace(PROJECT, under_ets=None), LAW, bid=BID)

    assert found.outcome == "cannot_judge"
    assert [each.id for each in found.open_questions] == ["ets_site"]


def test_without_a_bid_the_tender_is_not_judged():
    found = gpid.offer(PROJECT, LAW)

    assert found.outcome == "cannot_judge"
    assert found.yearly is None
    assert "gpid/bid" in [each.name for each in found.lacks]


def test_the_round_is_press_and_shows_as_such():
    found = gpid.offer(PROJECT, LAW, bid=BID)

    seen = {each.name: str(each.citation.seen) for each in found.rests_on}
    assert seen == {
        "gpid/2024": "press",
        "gpid/term_years": "official",
        "gpid/minimum_aid": "official",
    }


@given(st.floats(0, 500), st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_more_cuts_never_pay_less(price, tonnes, more):
    assert gpid.yearly_grant(price, tonnes + more) >= gpid.yearly_grant(price, tonnes) >= 0
