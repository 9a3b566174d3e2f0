# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law case of rules/niki.py, and that NIKI is never called fitting on terms nobody read."""

from datetime import date

import numpy as np

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import niki
from maatwerkbank.rules.instrument import Project
from maatwerkbank.rules.niki import offer

CASES = "niki.yaml"
RULES = niki

YEARS = np.arange(2025, 2046)
LAW = Law(date(2025, 6, 30))


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_large_cut_in_industry_still_lacks_the_terms_of_the_scheme():
    large = Project(years=YEARS, sbi="20.13", reduction=np.full(len(YEARS), 500_000.0))

    found = offer(large, LAW)

    assert found.outcome == "cannot_judge"
    assert [each.name for each in found.lacks] == [
        "niki/aandeel",
        "niki/maximum",
        "niki/steun_per_ton",
    ]
    assert found.refused == ()
    assert found.yearly is None
    assert found.maximum_eur is None


def test_direct_tonnes_do_not_settle_the_life_cycle():
    found = offer(Project(years=YEARS, reduction=np.full(len(YEARS), 10_000.0)), LAW)

    life_cycle = found.conditions[1]
    assert (life_cycle.met, life_cycle.asked, life_cycle.found) == (None, 100_000, 210_000)


def test_a_power_station_is_refused():
    assert ids(offer(Project(years=YEARS, sbi="35.11"), LAW).refused) == ["sector"]


def test_what_is_known_rests_on_the_press():
    assert {str(each.citation.seen) for each in offer(Project(years=YEARS), LAW).rests_on} == {
        "press"
    }


def test_before_its_approval_nothing_was_known():
    found = offer(Project(years=YEARS), Law(date(2025, 1, 1)))

    assert "niki/drempel" in {each.name for each in found.lacks}
