# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of Wbm article 90 and of rounding as a law prints it (both live in ground)."""

from types import SimpleNamespace

from maatwerkbank.ground.indexation import indexed
from maatwerkbank.ground.rounding import rounded_half_up

CASES = "indexering.yaml"
RULES = SimpleNamespace(indexed=indexed, rounded_half_up=rounded_half_up)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected
