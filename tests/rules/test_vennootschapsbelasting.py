# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/vennootschapsbelasting.py, and what it refuses."""

import pytest

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.rules import vennootschapsbelasting

CASES = "vennootschapsbelasting.yaml"
RULES = vennootschapsbelasting


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_losses_need_a_row_of_years():
    with pytest.raises(ShapeError, match="losses need a row of years"):
        vennootschapsbelasting.verliesverrekening(-5.0, drempel=1.0, fractie=0.5)
