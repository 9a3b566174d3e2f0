# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/energiebelasting.py, and what it refuses."""

import pytest

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.rules import energiebelasting

CASES = "energiebelasting.yaml"
RULES = energiebelasting


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_one_tariff_more_than_limits_is_needed():
    with pytest.raises(ShapeError, match="the last bracket has no limit"):
        energiebelasting.energiebelasting(1.0, [10.0], [0.1])


def test_limits_that_do_not_rise_are_refused():
    with pytest.raises(RuleError, match="do not rise"):
        energiebelasting.energiebelasting(1.0, [50.0, 10.0], [0.1, 0.2, 0.3])


def test_power_that_is_fed_in_is_no_quantity():
    with pytest.raises(RuleError, match="tax is due on use only"):
        energiebelasting.energiebelasting([5.0, -1.0], [10.0], [0.1, 0.2])
