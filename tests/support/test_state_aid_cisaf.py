# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law case of the relief of the price of electricity."""

from maatwerkbank.support.state_aid import cisaf

CASES = "state_aid_cisaf.yaml"
RULES = cisaf


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected
