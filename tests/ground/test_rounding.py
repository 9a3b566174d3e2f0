# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Half a unit goes up, as it is printed and not as it is stored."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.rounding import rounded_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.1625, 3, 0.163),
        (28.05, 1, 28.1),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (0.285, 2, 0.29),
        (0.325 * 0.5, 3, 0.163),
        (56.1 * (1 - 20 * 0.025), 1, 28.1),
        (2.5, 0, 3.0),
        (1250.0, -2, 1300.0),
        (0.0, 2, 0.0),
        (103.66146, 2, 103.66),
    ],
)
def test_a_half_goes_up(value, decimals, printed):
    assert float(rounded_half_up(value, decimals)) == printed


@pytest.mark.parametrize("value", [28.0499999, 28.04])
def test_less_than_a_half_goes_down(value):
    assert float(rounded_half_up(value, 1)) == 28.0


def test_a_negative_half_goes_away_from_zero():
    assert rounded_half_up([-28.05, -0.125], 2).tolist() == [-28.05, -0.13]


@given(st.integers(-(10**11), 10**11), st.integers(0, 4))
def test_it_agrees_with_decimal_arithmetic(units, decimals):
    meant = Decimal(units) / Decimal(10) ** (decimals + 1)

    printed = meant.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

    assert float(rounded_half_up(float(meant), decimals)) == float(printed)
