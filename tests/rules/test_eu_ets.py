# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/eu_ets.py, and what it refuses."""

import numpy as np
import pytest

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.rules import eu_ets

CASES = "eu_ets.yaml"
RULES = eu_ets


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_baseline_of_one_year_is_not_averaged():
    with pytest.raises(RuleError, match="1 operated year"):
        eu_ets.historical_activity_level([100.0, np.nan, np.nan], period_first_year=2026)


def test_the_rules_do_not_speak_about_2013_2020():
    with pytest.raises(RuleError, match="starts in 2013"):
        eu_ets.historical_activity_level([100.0, 100.0], period_first_year=2013)


def test_a_change_needs_a_history():
    with pytest.raises(RuleError, match="historical activity level is 0"):
        eu_ets.governing_activity_level([10.0, 0.0], [[9.0], [9.0]], [[9.0], [9.0]])


def test_a_plant_without_energy_has_no_direct_share():
    with pytest.raises(RuleError, match="it has no share"):
        eu_ets.direct_share(0.0, 0.0, 0.0)


def test_a_plant_without_energy_needs_no_direct_share_from_2026():
    share = eu_ets.direct_share(0.0, 0.0, 0.0, applies=False)

    assert float(share) == 1.0
