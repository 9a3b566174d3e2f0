# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draws side by side against NumPy, draw by draw."""

import numpy as np
import pytest

from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    any_below,
    compiled,
    every,
    every_at,
    greater,
    if_below,
    if_same,
    lesser,
    load,
    store,
)

N = 5  # vectors


@compiled
def fill_all(one, other, out):
    """A row for each thing that vectors can do."""
    for i in range(0, one.shape[1], WIDE):
        a, b = load(one, (1, i)), load(other, (0, 1, i))
        store(out, (0, i), a + b)
        store(out, (1, i), a - 2.0)
        store(out, (2, i), 3.0 * b)
        store(out, (3, i), a / b)
        store(out, (4, i), lesser(a, b))
        store(out, (5, i), greater(a, 0.5))
        store(out, (6, i), if_below(a, b, 1.0, a))
        store(out, (7, i), if_same(a, 0.25, b, -1.0))
        so_far = every(1.0)
        so_far += a
        so_far -= b
        so_far *= every_at(one, (0, 3))
        store(out, (8, i), so_far)


@compiled
def is_any_below(rows, limit):
    return any_below(load(rows, (0, 0)), limit)


def test_every_draw_is_what_numpy_makes_of_it():
    chance = np.random.default_rng(3)
    one, other = chance.normal(size=(2, N * WIDE)), chance.normal(size=(1, 2, N * WIDE))
    one[1, ::7] = 0.25
    out = np.full((9, N * WIDE), np.nan)

    fill_all(one, other, out)

    a, b = one[1], other[0, 1]
    expected = [
        a + b,
        a - 2.0,
        3.0 * b,
        a / b,
        np.minimum(a, b),
        np.maximum(a, 0.5),
        np.where(a < b, 1.0, a),
        np.where(a == 0.25, b, -1.0),
        (1.0 + a - b) * one[0, 3],
    ]
    np.testing.assert_allclose(out, expected, rtol=1e-15)


@pytest.mark.parametrize("lane", range(WIDE))
def test_one_draw_is_seen_wherever_it_stands(lane):
    rows = np.full((1, WIDE), 2.0)

    assert not is_any_below(rows, 2.0)
    rows[0, lane] = 1.0
    assert is_any_below(rows, 2.0)


def test_a_number_that_is_none_is_below_nothing():
    assert not is_any_below(np.full((1, WIDE), np.nan), 2.0)
