# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do quantiles go together as asked, and as before when others are asked for beside them?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import spearmanr

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.plant.uncertainty import normal_correlations
from maatwerkbank.risk.dependence import dependent
from maatwerkbank.risk.sampling import uniforms

N = 2**14
M = 512  # cells along each side of an even grid


def draws(n_inputs, *, seed=0, first=0, count=N):
    return uniforms(seed, "dependence", n_inputs, first=first, count=count)


def pair(rank_correlation):
    return np.array([[1.0, rank_correlation], [rank_correlation, 1.0]])


def from_loadings(loadings):
    """Rank correlations of inputs that each lean on one common cause, all of them positive."""
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def even_grid():
    """The middles of M by M equal cells. (2, M x M)"""
    middles = (np.arange(M) + 0.5) / M
    return np.stack([np.repeat(middles, M), np.tile(middles, M)])


# With loadings up to 0.8 the matrix stays positive after Pearson's formula, which moves no
# correlation by more than 0.019: the smallest eigenvalue is at least 0.36 - 12 x 0.019.
matrices = st.lists(st.floats(-0.8, 0.8), min_size=2, max_size=12).map(from_loadings)
strengths = pytest.mark.parametrize("rank_correlation", [-0.95, -0.5, 0.0, 0.2, 0.5, 0.8, 0.99])


# ── rank correlations ─────────────────────────────────────────────────────────────────────────


@strengths
def test_a_pair_has_the_rank_correlation_that_was_asked_for(rank_correlation):
    joined = dependent(even_grid(), pair(rank_correlation))

    # Spearman's rho is the mean of 12 (u - 1/2)(v - 1/2). Over an even grid, the mean of what rises
    # or falls by R lies within R / 2M of the integral. For one u, v rises by at most 1: with
    # |u - 1/2| of 1/4 on average that is 1.5/M. Over u, the mean of v moves one way, so that
    # 12 (u - 1/2)(v - 1/2) goes down at most 3 and up at most 3: another 3/M.
    found = np.mean(12 * (joined[0] - 0.5) * (joined[1] - 0.5))
    assert found == pytest.approx(rank_correlation, abs=4.5 / M)


def test_that_is_close_enough_to_tell_a_rank_correlation_from_a_normal_one():
    # Taken for the correlation of the normal numbers, 0.5 would give a rank correlation of 0.483.
    taken_for_normal = 6 / math.pi * math.asin(0.5 / 2)

    assert 0.5 - taken_for_normal > 4.5 / M


@strengths
def test_sobol_draws_have_that_rank_correlation_too(rank_correlation):
    found = [
        spearmanr(*dependent(draws(2, seed=seed), pair(rank_correlation))).statistic
        for seed in range(16)
    ]

    # One standard error of independent draws is at most 1/sqrt(n), and that of scrambled Sobol
    # draws at most sqrt(e) times as large (Owen 1997); four of them, over all seeds together.
    assert np.mean(found) == pytest.approx(
        rank_correlation, abs=4 * math.sqrt(math.e) / math.sqrt(16 * N)
    )


def test_three_inputs_have_three_rank_correlations_at_once():
    asked = np.array([[1.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 1.0]])

    found = [spearmanr(dependent(draws(3, seed=seed), asked), axis=1) for seed in range(16)]

    together = np.mean([each.statistic for each in found], axis=0)
    np.testing.assert_allclose(
        together, asked, rtol=0, atol=4 * math.sqrt(math.e) / math.sqrt(16 * N)
    )


def test_the_normal_numbers_have_the_correlation_of_pearsons_formula():
    joined = dependent(draws(2), pair(0.5))

    # 2 sin(pi / 12) is 0.5176; the correlation of n independent draws strays by (1 - r²)/sqrt(n).
    found = np.corrcoef(ndtri(joined))[0, 1]
    assert found == pytest.approx(0.5176380902, abs=4 * math.sqrt(math.e) * 0.732 / math.sqrt(N))


def test_the_second_of_a_pair_is_the_weighted_sum_of_two_normal_numbers():
    u = np.array([[0.2, 0.5, 0.9], [0.7, 0.5, 0.1]])

    joined = dependent(u, pair(0.5))

    r = 2 * math.sin(math.pi / 12)
    mixed = r * ndtri(u[0]) + math.sqrt(1 - r * r) * ndtri(u[1])
    np.testing.assert_allclose(ndtri(joined[1]), mixed, rtol=1e-13, atol=1e-15)


# ── every input by itself ─────────────────────────────────────────────────────────────────────


@strengths
def test_each_of_a_pair_stays_uniform(rank_correlation):
    joined = dependent(even_grid(), pair(rank_correlation))

    # Of each u at most one cell in M is cut by a bound on v, half of it on average at most; over u
    # the chance to lie below the bound moves one way. So the share is right within 1/M.
    shares = [(joined[1] <= bound).mean() for bound in np.linspace(0.01, 0.99, 99)]
    np.testing.assert_allclose(shares, np.linspace(0.01, 0.99, 99), rtol=0, atol=1 / M)
    assert np.array_equal(joined[0], even_grid()[0])


def test_of_many_inputs_each_stays_uniform():
    joined = dependent(draws(8), from_loadings(np.linspace(-0.8, 0.8, 8)))

    # A sample of n independent draws strays further than this once in a million (Massart 1990).
    furthest = np.abs(np.sort(joined, axis=1) - (np.arange(N) + 0.5) / N).max()
    assert furthest < math.sqrt(math.log(2e6) / (2 * N))


@settings(deadline=None)  # the first draws compile the sampling
@given(matrices, st.integers(0, 2**20 - 64))
def test_what_comes_out_lies_strictly_between_nought_and_one(matrix, first):
    joined = dependent(draws(len(matrix), first=first, count=64), matrix)

    assert joined.min() > 0.0
    assert joined.max() < 1.0


def test_the_furthest_quantiles_stay_inside():
    furthest = np.array([[2.0**-1022, 1 - 2.0**-53], [2.0**-1022, 1 - 2.0**-53]])

    joined = dependent(furthest, pair(0.5))

    assert joined.min() > 0.0
    assert joined.max() < 1.0


# ── none, and whole, dependence ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("n_inputs", [1, 2, 5])
def test_inputs_that_are_independent_come_back_as_they_were(n_inputs):
    u = draws(n_inputs, count=100)

    assert dependent(u, np.eye(n_inputs)).tobytes() == u.tobytes()


def test_an_input_that_goes_with_no_other_keeps_its_bits():
    u = draws(4, count=100)
    matrix = np.eye(4)
    matrix[0, 2] = matrix[2, 0] = 0.7

    joined = dependent(u, matrix)

    assert joined[[0, 1, 3]].tobytes() == u[[0, 1, 3]].tobytes()
    assert not np.any(joined[2] == u[2])


def test_what_was_handed_in_is_left_as_it_was():
    u, matrix = draws(2, count=100), pair(0.7)

    dependent(u, matrix)

    assert u.tobytes() == draws(2, count=100).tobytes()
    assert matrix.tolist() == [[1.0, 0.7], [0.7, 1.0]]


def test_at_a_correlation_of_one_the_second_is_the_first():
    joined = dependent(draws(2), pair(1.0))

    np.testing.assert_allclose(joined[1], joined[0], rtol=1e-12, atol=0)


def test_at_a_correlation_of_minus_one_the_second_mirrors_the_first():
    joined = dependent(draws(2), pair(-1.0))

    np.testing.assert_allclose(joined[1], 1.0 - joined[0], rtol=0, atol=1e-15)


def test_an_input_that_others_fix_entirely_still_goes_with_a_third():
    twins = np.array([[1.0, 1.0, 0.5], [1.0, 1.0, 0.5], [0.5, 0.5, 1.0]])

    joined = dependent(draws(3), twins)

    without_twin = dependent(draws(3)[[0, 2]], pair(0.5))
    np.testing.assert_allclose(joined[1], joined[0], rtol=1e-12, atol=0)
    np.testing.assert_allclose(joined[2], without_twin[1], rtol=1e-12, atol=0)


def test_rounding_gives_a_twin_nothing_of_its_own():
    # Here rounding leaves a twin 1e-16 of its own variance, of which the root is 1e-8.
    a, b = 0.16435402478574512, -0.27625594348335564
    matrix = np.array([[1, a, b, a], [a, 1, 0.2, 1], [b, 0.2, 1, 0.2], [a, 1, 0.2, 1]])

    joined = dependent(draws(4), matrix)

    np.testing.assert_allclose(joined[3], joined[1], rtol=1e-12, atol=0)


# ── what stays what it is ─────────────────────────────────────────────────────────────────────


@settings(deadline=None)  # the first draws compile the sampling
@given(matrices, st.data())
def test_an_input_added_at_the_end_changes_no_bit_of_those_before_it(matrix, data):
    n_before = data.draw(st.integers(1, len(matrix) - 1))
    u = draws(len(matrix), count=16)

    before = dependent(u[:n_before], matrix[:n_before, :n_before])

    assert before.tobytes() == dependent(u, matrix)[:n_before].tobytes()


@settings(deadline=None)  # the first draws compile the sampling
@given(matrices, st.integers(1, 63))
def test_blocks_of_draws_give_the_same_bits_as_all_at_once(matrix, cut):
    n_inputs = len(matrix)

    parts = [
        dependent(draws(n_inputs, first=0, count=cut), matrix),
        dependent(draws(n_inputs, first=cut, count=64 - cut), matrix),
    ]

    whole = dependent(draws(n_inputs, count=64), matrix)
    assert np.concatenate(parts, axis=1).tobytes() == whole.tobytes()


def test_a_single_draw_has_the_bits_that_it_has_among_many():
    matrix = from_loadings(np.linspace(-0.8, 0.8, 8))

    alone = dependent(draws(8, first=12_345, count=1), matrix)

    assert alone[:, 0].tobytes() == dependent(draws(8), matrix)[:, 12_345].tobytes()


# ── what is refused ───────────────────────────────────────────────────────────────────────────


CANNOT_BE = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])


def test_correlations_that_cannot_exist_together_are_refused_with_the_factor_that_fits():
    # The normal correlations are 2 sin(0.15 pi) = 0.90798 in size, the smallest eigenvalue is
    # 1 - 2 x 0.90798. It is nought where they are 1/2: at rank correlations of 6 asin(1/4) / pi =
    # 0.48258, so at 0.5362 of what was asked.
    with pytest.raises(RuleError, match=r"smallest eigenvalue of their matrix is -0\.816") as no:
        dependent(draws(3, count=4), CANNOT_BE)

    assert no.value.remedy == "multiply all of them by 0.53 or less"


def test_with_the_factor_that_fits_they_can():
    fitting = np.where(np.eye(3) > 0, 1.0, 0.53 * CANNOT_BE)

    joined = dependent(draws(3), fitting)

    assert spearmanr(joined[0], joined[2]).statistic == pytest.approx(-0.477, abs=0.05)


def test_with_a_hundredth_more_they_cannot():
    too_much = np.where(np.eye(3) > 0, 1.0, 0.54 * CANNOT_BE)

    with pytest.raises(RuleError, match="no inputs can have these rank correlations together"):
        dependent(draws(3, count=4), too_much)


def test_a_matrix_may_be_positive_in_ranks_and_not_in_normal_numbers():
    # Rank correlations of -1/2 between three inputs: smallest eigenvalue 0. As normal numbers they
    # have -0.5176, and a smallest eigenvalue below nought.
    edge = np.where(np.eye(3) > 0, 1.0, -0.5)

    assert np.linalg.eigvalsh(edge)[0] == pytest.approx(0.0, abs=1e-15)
    assert np.linalg.eigvalsh(normal_correlations(edge))[0] == pytest.approx(-0.0353, abs=1e-4)
    with pytest.raises(RuleError, match="below nought"):
        dependent(draws(3, count=4), edge)


@pytest.mark.parametrize(
    ("matrix", "what"),
    [
        ([[1.0, 0.5], [0.4, 1.0]], "not symmetric"),
        ([[1.0, 0.5], [0.5, 0.9]], "1 on the diagonal"),
        ([[0.0, 0.0], [0.0, 0.0]], "1 on the diagonal"),
        ([[1.0, 1.1], [1.1, 1.0]], "from -1 to 1"),
        ([[1.0, -1.1], [-1.1, 1.0]], "from -1 to 1"),
        ([[1.0, math.nan], [math.nan, 1.0]], "from -1 to 1"),
    ],
)
def test_what_is_no_matrix_of_correlations_is_refused_with_a_remedy(matrix, what):
    with pytest.raises(RuleError, match=what) as refusal:
        dependent(draws(2, count=4), np.array(matrix))

    assert refusal.value.remedy


@pytest.mark.parametrize("wrong", [0.0, 1.0, -0.1, 1.1, math.nan])
def test_a_quantile_that_has_no_normal_number_is_refused_with_a_remedy(wrong):
    u = np.array([[0.5, 0.5], [0.5, wrong]])

    with pytest.raises(RuleError, match="between 0 and 1") as refusal:
        dependent(u, pair(0.5))

    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("shape", "n_inputs"), [((2, 4), 3), ((3, 4), 2), ((4,), 4), ((2, 2, 2), 2)]
)
def test_quantiles_and_a_matrix_that_do_not_belong_together_are_refused(shape, n_inputs):
    with pytest.raises(ShapeError, match="do not belong together") as refusal:
        dependent(np.full(shape, 0.5), np.eye(n_inputs))

    assert refusal.value.remedy
