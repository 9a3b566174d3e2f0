# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/wet_open_overheid.py, and what holds for any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.rules import wet_open_overheid
from maatwerkbank.rules.wet_open_overheid import uiterste_beslisdag, vroegste_verstrekking

CASES = "wet_open_overheid.yaml"
RULES = wet_open_overheid

days = st.dates(date(2022, 5, 1), date(2050, 1, 1))


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(days, st.integers(0, 60), st.booleans())
def test_an_extension_gives_two_weeks_and_a_pause_its_own_days(received, paused, extended):
    before = uiterste_beslisdag(received, verlengd=False)
    after = uiterste_beslisdag(received, verlengd=extended, opgeschort=paused)

    assert after - before == timedelta(days=paused + 14 * extended)


@given(days, st.booleans())
def test_nothing_comes_out_before_the_decision(decided, objection):
    assert vroegste_verstrekking(decided, bezwaar_verwacht=objection) >= decided
