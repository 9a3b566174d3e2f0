# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/additionaliteit.py, and what it refuses."""

from maatwerkbank.rules import additionaliteit

CASES = "additionaliteit.yaml"
RULES = additionaliteit


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected
