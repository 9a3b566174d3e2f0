# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of the gates of the Dutch scheme under the temporary framework."""

from maatwerkbank.support.state_aid import tctf

CASES = "state_aid_tctf.yaml"
RULES = tctf


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected
