# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draws that stay what they are, whatever is asked for beside them, and that fill space evenly."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.risk.sampling import MOST_DRAWS, uniforms

both = pytest.mark.parametrize("method", ["sobol", "latin_hypercube"])
methods = st.sampled_from(["sobol", "latin_hypercube"])


def cells(values, n):
    """In which n-th part of its range each value lies."""
    return np.floor(values * n).astype(int)


# ── draws stay what they are ──────────────────────────────────────────────────────────────────


@given(st.integers(0, 3000), st.integers(1, 700), st.integers(1, 6), methods)
def test_a_block_holds_the_same_bits_as_the_whole(first, count, n_inputs, method):
    whole = uniforms(7, "case", 9, first=0, count=4096, method=method)

    block = uniforms(7, "case", n_inputs, first=first, count=count, method=method)

    assert np.array_equal(block, whole[:n_inputs, first : first + count])


@both
def test_draws_far_along_are_those_of_one_long_run(method):
    long = uniforms(7, "case", 2, first=0, count=70_000, method=method)

    end = uniforms(7, "case", 2, first=69_990, count=10, method=method)

    assert np.array_equal(end, long[:, -10:])


@both
def test_the_last_draw_there_is_can_be_had_by_itself(method):
    last = uniforms(7, "case", 2, first=MOST_DRAWS - 1, count=1, method=method)

    assert last.shape == (2, 1)
    assert np.all((last > 0) & (last < 1))


@given(st.integers(-(2**70), 2**70), st.text(max_size=20), methods)
def test_every_value_lies_strictly_between_nought_and_one(seed, group, method):
    drawn = uniforms(seed, group, 3, first=0, count=64, method=method)

    assert drawn.min() > 0
    assert drawn.max() < 1


PRINT_A_HASH = """
import hashlib
from maatwerkbank.risk.sampling import uniforms
methods = ("sobol", "latin_hypercube")
drawn = [uniforms(0, "case", 5, first=3, count=1000, method=m) for m in methods]
print(hashlib.sha256(b"".join(each.tobytes() for each in drawn)).hexdigest())
"""


@pytest.mark.parametrize("threads", ["1", "2"])
def test_another_process_draws_the_same_bytes(threads):
    environment = {**os.environ, "NUMBA_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
    here = [
        uniforms(0, "case", 5, first=3, count=1000, method=method)
        for method in ("sobol", "latin_hypercube")
    ]

    told = subprocess.run(
        [sys.executable, "-c", PRINT_A_HASH],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    expected = hashlib.sha256(b"".join(each.tobytes() for each in here)).hexdigest()
    assert told.stdout.strip() == expected


@pytest.mark.parametrize(
    ("method", "first_draws"),
    [
        ("sobol", [0.26467004034202546, 0.8710663878591731]),
        ("latin_hypercube", [0.44454046816099435, 0.6535271162865683]),
    ],
)
def test_the_draws_of_a_seed_are_these_and_will_stay_these(method, first_draws):
    drawn = uniforms(0, "prices", 1, first=0, count=2, method=method)

    assert drawn[0].tolist() == first_draws


@both
def test_nought_is_a_seed_of_its_own(method):
    nought = uniforms(0, "case", 2, first=0, count=16, method=method)
    one = uniforms(1, "case", 2, first=0, count=16, method=method)

    assert not np.any(nought == one)


@both
def test_a_seed_and_a_group_are_not_glued_together(method):
    one = uniforms(1, "2/a", 1, first=0, count=16, method=method)
    twelve = uniforms(12, "/a", 1, first=0, count=16, method=method)

    assert not np.any(one == twelve)


# ── draws fill space evenly ───────────────────────────────────────────────────────────────────


@both
@pytest.mark.parametrize("power", [0, 1, 2, 3, 4, 5, 8, 12])
def test_the_first_draws_hold_one_in_each_part_of_every_input(method, power):
    n = 2**power

    drawn = uniforms(3, "case", 40, first=0, count=n, method=method)

    in_order = np.sort(cells(drawn, n), axis=1)
    assert np.array_equal(in_order, np.tile(np.arange(n), (40, 1)))


@pytest.mark.parametrize("wide", [0, 1, 2, 3, 4, 5, 6, 7, 8])
def test_the_first_two_inputs_of_a_group_fill_every_box_once(wide):
    # A (0, 8, 2)-net: of 256 draws, one lies in each box of 2^-wide by 2^-(8 - wide).
    drawn = uniforms(3, "case", 2, first=0, count=256)

    box = cells(drawn[0], 2**wide) * 2 ** (8 - wide) + cells(drawn[1], 2 ** (8 - wide))

    assert np.array_equal(np.sort(box), np.arange(256))


@pytest.mark.parametrize("first", [256, 512, 4096])
def test_a_later_block_of_that_size_is_as_even(first):
    drawn = uniforms(3, "case", 2, first=first, count=256)

    box = cells(drawn[0], 16) * 16 + cells(drawn[1], 16)

    assert np.array_equal(np.sort(box), np.arange(256))


def test_without_shuffling_and_scrambling_the_boxes_are_those_of_the_published_points():
    # Scrambling moves whole cells, so two draws share a cell of 1/8 in every input or do not.
    published = cells(qmc.Sobol(5, scramble=False).random(64).T, 8)
    drawn = cells(uniforms(3, "case", 5, first=0, count=64), 8)

    def neighbours(points):
        same = (points[:, :, None] == points[:, None, :]).sum(axis=0)
        return np.bincount(same.ravel(), minlength=6)

    assert np.array_equal(neighbours(drawn), neighbours(published))


@both
def test_groups_move_independently(method):
    n = 4096
    groups = [uniforms(5, f"case {i}", 10, first=0, count=n, method=method) for i in range(8)]

    together = np.corrcoef(np.concatenate(groups))
    across = together[np.kron(np.eye(8), np.ones((10, 10))) == 0]

    # 5600 correlations of n independent draws: a spread of 1/sqrt(n), none beyond 5 of those.
    assert np.std(across) == pytest.approx(1 / np.sqrt(n), rel=0.1)
    assert np.abs(across).max() < 5 / np.sqrt(n)


@pytest.mark.parametrize("draw", [0, 5, 100])
def test_over_the_seeds_a_draw_is_uniform(draw):
    drawn = [uniforms(seed, "case", 2, first=draw, count=1)[1, 0] for seed in range(2000)]

    counts = np.bincount(cells(np.array(drawn), 20), minlength=20)

    # Chi-squared with 19 degrees of freedom is above 50 once in 10 000 times.
    assert ((counts - 100) ** 2 / 100).sum() < 50


def test_the_error_of_a_smooth_mean_falls_faster_than_by_chance():
    drawn = [uniforms(seed, "case", 2, first=0, count=1024) for seed in range(50)]

    errors = [float(np.mean(np.exp(u[0] + u[1])) - (np.e - 1) ** 2) for u in drawn]

    by_chance = 1.3 / np.sqrt(1024)  # standard deviation of exp(u + v) is 1.30
    assert np.sqrt(np.mean(np.square(errors))) < by_chance / 50
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(50)


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("n_inputs", "first", "count", "message"),
    [
        (1, 0, 0, "0 draws"),
        (1, 0, -4, "-4 draws"),
        (1, -1, 4, "draw -1"),
        (1, 0, MOST_DRAWS + 1, "1048576"),
        (1, MOST_DRAWS, 1, "draws up to number 1048576"),
        (0, 0, 4, "0 inputs"),
        (21_202, 0, 4, "21202 inputs"),
    ],
)
def test_draws_that_do_not_exist_are_refused_with_a_remedy(n_inputs, first, count, message):
    with pytest.raises(RuleError, match=message) as refusal:
        uniforms(0, "case", n_inputs, first=first, count=count)

    assert refusal.value.remedy


def test_an_unknown_way_to_sample_is_refused():
    with pytest.raises(RuleError, match="'halton'"):
        uniforms(0, "case", 1, first=0, count=4, method="halton")
