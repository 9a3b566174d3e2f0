# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Indexation of stepwise amounts; its law cases are in tests/rules/cases/indexering.yaml."""

import numpy as np
import pytest

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.indexation import indexed


def test_it_gives_the_tariffs_and_steps_that_the_law_prints():
    amounts, steps = indexed(30.48, [10.73] * 4, [1.013, 1.063, 1.099, 1.012])

    assert amounts.tolist() == [41.75, 55.94, 74.17, 87.90]
    assert steps.tolist() == [10.87, 11.55, 12.69, 12.84]


def test_every_year_starts_from_the_rounded_amount():
    amounts, _ = indexed(1.00, [0.0, 0.0, 0.0], [1.004, 1.004, 1.004])

    # 1.004 -> 1.00, three times; without rounding on the way the last would be 1.01
    assert amounts.tolist() == [1.00, 1.00, 1.00]


def test_draws_of_the_factor_each_have_their_own_path():
    amounts, steps = indexed(100.0, [10.0, 10.0], [[1.0, 1.0], [1.1, 1.1]])

    assert amounts.tolist() == [[110.0, 120.0], [121.0, 145.2]]
    assert steps.tolist() == [[10.0, 10.0], [11.0, 12.1]]


def test_the_increments_that_were_given_stay_as_they_were():
    increments = np.array([10.0, 20.0])

    indexed(100.0, increments, [1.1, 1.1])

    assert increments.tolist() == [10.0, 20.0]


@pytest.mark.parametrize("factors", [[1.1], [1.1, 1.1, 1.1], 1.1])
def test_an_increment_without_a_factor_is_refused(factors):
    with pytest.raises(ShapeError, match="they must have the same years"):
        indexed(100.0, [10.0, 20.0], factors)
