# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do the draws tell of an outcome, by hand, and what do they not tell?"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.risk.distribution_of import (
    error_of_mean,
    error_of_probability,
    exceedance,
    expected_shortfall,
    mean,
    probability,
    quantiles,
)

NOT_KNOWN = [1.0, math.nan, 3.0]
NEVER = math.inf
# Years until an investment has paid itself back: in two of five draws it never does.
PAYBACK = [7.0, NEVER, 9.0, 12.0, NEVER]

numbers = st.floats(-1e12, 1e12)
many_numbers = st.lists(numbers, min_size=1, max_size=50)


# ── quantiles ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (0.0, 10.0),
        (0.2, 10.0),
        (0.21, 20.0),
        (0.5, 30.0),
        (0.8, 40.0),
        (0.81, 50.0),
        (1.0, 50.0),
    ],
)
def test_a_quantile_is_the_outcome_of_a_draw(asked, expected):
    assert quantiles([30.0, 10.0, 50.0, 40.0, 20.0], asked) == (expected,)


def test_quantiles_come_in_the_order_in_which_they_are_asked():
    assert quantiles([30.0, 10.0, 50.0, 40.0, 20.0], [0.9, 0.1, 0.5]) == (50.0, 10.0, 30.0)


def test_of_one_draw_every_quantile_is_its_outcome():
    assert quantiles([4.0], [0.0, 0.5, 1.0]) == (4.0, 4.0, 4.0)


@pytest.mark.parametrize(("share", "expected"), [(0.07, 7.0), (0.14, 14.0), (0.28, 28.0)])
def test_a_share_that_is_a_whole_number_of_draws_but_for_rounding_is_that_number(share, expected):
    # In doubles, 100 times 0.07 is 7.000000000000001.
    assert math.ceil(share * 100) == expected + 1
    assert quantiles(np.arange(1.0, 101.0), share) == (expected,)


@given(many_numbers, st.lists(st.integers(0, 64).map(lambda n: n / 64), min_size=1))
def test_quantiles_are_those_of_numpy_without_values_in_between(values, asked):
    expected = np.quantile(values, asked, method="inverted_cdf")

    assert quantiles(values, asked) == tuple(expected)


@pytest.mark.parametrize("wrong", [-0.01, 1.01, 90.0, math.nan])
def test_what_is_no_probability_is_refused_with_a_remedy(wrong):
    with pytest.raises(RuleError, match=f"a probability of {wrong:g} is not") as refusal:
        quantiles([1.0, 2.0], [0.5, wrong])

    assert refusal.value.remedy == "give 0.9 for the ninetieth percentile"


# ── exceedance ────────────────────────────────────────────────────────────────────────────────


def test_an_outcome_is_reached_or_exceeded_in_the_share_of_draws_that_have_so_much():
    outcomes, shares = exceedance([30.0, 10.0, 50.0, 40.0, 20.0], points=5)

    assert outcomes.tolist() == [10.0, 20.0, 30.0, 40.0, 50.0]
    assert shares.tolist() == pytest.approx([1.0, 0.8, 0.6, 0.4, 0.2], rel=1e-15)


def test_draws_with_the_same_outcome_exceed_it_together():
    outcomes, shares = exceedance([1.0, 2.0, 2.0, 2.0, 5.0], points=5)

    assert outcomes.tolist() == [1.0, 2.0, 2.0, 2.0, 5.0]
    assert shares.tolist() == pytest.approx([1.0, 0.8, 0.8, 0.8, 0.2], rel=1e-15)


def test_fewer_points_than_draws_lie_evenly_over_the_draws():
    outcomes, shares = exceedance(np.arange(1001.0)[::-1], points=3)

    assert outcomes.tolist() == [0.0, 500.0, 1000.0]
    assert shares.tolist() == pytest.approx([1.0, 501 / 1001, 1 / 1001], rel=1e-12)


def test_more_points_than_draws_repeat_some():
    outcomes, shares = exceedance([2.0, 1.0], points=4)

    assert outcomes.tolist() == [1.0, 1.0, 2.0, 2.0]
    assert shares.tolist() == [1.0, 1.0, 0.5, 0.5]


@given(many_numbers, st.integers(2, 120))
def test_the_curve_goes_from_the_least_outcome_to_the_greatest_and_never_rises(values, points):
    outcomes, shares = exceedance(values, points)

    assert (outcomes[0], outcomes[-1]) == (min(values), max(values))
    assert shares[0] == 1.0
    assert (np.diff(outcomes) >= 0).all()
    assert (np.diff(shares) <= 0).all()


@given(many_numbers)
def test_the_curve_and_the_probability_say_the_same(values):
    outcomes, shares = exceedance(values, points=5)

    expected = [probability(values, at_least=float(outcome)) for outcome in outcomes]
    assert shares.tolist() == pytest.approx(expected, abs=1e-15)


def test_a_curve_of_one_point_is_refused():
    with pytest.raises(RuleError, match="1 points") as refusal:
        exceedance([1.0, 2.0], points=1)

    assert refusal.value.remedy == "ask for 2 points or more"


# ── expected shortfall ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (0.1, -50.0),
        (0.2, -45.0),  # (-50 - 40) / 2
        (0.25, -42.0),  # (-50 - 40 + half of -30) / 2.5
        (0.05, -50.0),  # half of the worst draw, over a half
        (0.55, -290 / 11),  # (-50 - 40 - 30 - 20 - 10 + half of 10) / 5.5
        (1.0, 0.0),
    ],
)
def test_expected_shortfall_is_the_mean_of_the_worst_draws_the_last_of_them_in_part(
    level, expected
):
    ten = [50.0, -50.0, 40.0, -40.0, 30.0, -30.0, 20.0, -20.0, 10.0, -10.0]

    assert expected_shortfall(ten, level) == pytest.approx(expected, rel=1e-14, abs=1e-14)


@given(many_numbers, st.floats(0.0, 1.0, exclude_min=True))
def test_expected_shortfall_lies_between_the_worst_draw_and_the_mean(values, level):
    found = expected_shortfall(values, level)

    rounding = 1e-9 * max(1.0, *map(abs, values))
    assert min(values) - rounding <= found <= np.mean(values) + rounding


@given(many_numbers, st.integers(1, 64))
def test_expected_shortfall_is_the_integral_of_the_quantiles_over_its_level(values, sixtyfourths):
    # Over 64 steps a draw, the mean of the quantiles in the middle of each step.
    level = sixtyfourths / 64
    n_steps = sixtyfourths * len(values)
    middles = (np.arange(n_steps) + 0.5) / (64 * len(values))

    expected = np.mean(quantiles(values, middles))

    size = max(1.0, *map(abs, values))
    assert expected_shortfall(values, level) == pytest.approx(expected, abs=1e-9 * size)


def test_a_worst_share_of_far_less_than_one_draw_is_the_worst_draw():
    assert expected_shortfall([3.0, 5.0, 4.0], 1e-13) == 3.0


@pytest.mark.parametrize("wrong", [0.0, -0.05, 1.0001, 5.0, math.nan])
def test_a_worst_share_that_is_none_is_refused_with_a_remedy(wrong):
    with pytest.raises(RuleError, match=f"a worst share of {wrong:g} is not") as refusal:
        expected_shortfall([1.0, 2.0], wrong)

    assert refusal.value.remedy == "give 0.05 for the worst twentieth"


# ── probability and mean ──────────────────────────────────────────────────────────────────────


def test_a_threshold_itself_is_at_least_reached_and_not_below():
    outcomes = [-1.0, 0.0, 0.0, 2.0, 3.0]

    assert probability(outcomes, below=0.0) == 0.2
    assert probability(outcomes, at_least=0.0) == 0.8


@given(many_numbers, numbers)
def test_below_a_threshold_and_at_least_at_it_are_all_draws(values, threshold):
    below = probability(values, below=threshold)

    assert below + probability(values, at_least=threshold) == pytest.approx(1.0, rel=1e-15)


@pytest.mark.parametrize("asked", [{}, {"below": 0.0, "at_least": 1.0}])
def test_neither_and_both_thresholds_are_refused(asked):
    with pytest.raises(RuleError, match="were asked for") as refusal:
        probability([1.0, 2.0], **asked)

    assert refusal.value.remedy == "give either, not both"


def test_the_mean_counts_every_draw_the_same():
    assert mean([1.0, 2.0, 6.0]) == 3.0


# ── not known, and never ──────────────────────────────────────────────────────────────────────


def test_where_one_draw_is_not_known_nothing_is_known():
    assert quantiles(NOT_KNOWN, [0.1, 0.9]) is None
    assert exceedance(NOT_KNOWN) is None
    assert expected_shortfall(NOT_KNOWN, 0.5) is None
    assert probability(NOT_KNOWN, below=0.0) is None
    assert probability(NOT_KNOWN, at_least=0.0) is None
    assert mean(NOT_KNOWN) is None
    assert error_of_mean(NOT_KNOWN) is None


def test_a_payback_that_never_comes_is_a_known_outcome():
    assert quantiles(PAYBACK, [0.2, 0.5, 0.6, 0.61, 1.0]) == (7.0, 12.0, 12.0, NEVER, NEVER)
    assert probability(PAYBACK, below=10.0) == 0.4
    assert probability(PAYBACK, at_least=NEVER) == 0.4
    assert mean(PAYBACK) == NEVER
    assert error_of_mean(PAYBACK) is None


def test_the_curve_of_a_payback_ends_at_never():
    outcomes, shares = exceedance(PAYBACK, points=5)

    assert outcomes.tolist() == [7.0, 9.0, 12.0, NEVER, NEVER]
    assert shares.tolist() == pytest.approx([1.0, 0.8, 0.6, 0.4, 0.4], rel=1e-15)


@pytest.mark.parametrize(("level", "expected"), [(0.4, 8.0), (0.6, 28 / 3), (0.61, NEVER)])
def test_never_counts_in_a_shortfall_as_soon_as_the_worst_share_reaches_it(level, expected):
    # The least outcome is the worst one here: the 40 per cent of draws that pay back soonest.
    assert expected_shortfall(PAYBACK, level) == pytest.approx(expected, rel=1e-15)


# ── how sure ──────────────────────────────────────────────────────────────────────────────────


def test_the_error_of_a_mean_is_the_spread_over_the_root_of_the_number_of_draws():
    # Deviations from 5: -3, -1, 1, 3. Variance 20 / 3; error sqrt(20 / 3 / 4).
    assert error_of_mean([2.0, 4.0, 6.0, 8.0]) == pytest.approx(math.sqrt(5 / 3), rel=1e-15)


def test_one_draw_tells_nothing_of_its_error():
    assert error_of_mean([2.0]) is None


def test_draws_that_agree_have_no_error():
    assert error_of_mean([2.0, 2.0, 2.0]) == 0.0


def test_means_of_independent_draws_stray_by_their_error():
    samples = np.random.default_rng(0).normal(10.0, 3.0, (2000, 25))

    errors = [error_of_mean(sample) for sample in samples]

    # Of 2000 means the spread is known within 1/sqrt(4000): four of those.
    assert samples.mean(axis=1).std() == pytest.approx(3.0 / 5.0, rel=4 / math.sqrt(4000))
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(0.6, rel=4 / math.sqrt(4000))


@pytest.mark.parametrize(
    ("share", "n_draws", "expected"),
    [
        (0.5, 100, 0.05 / math.sqrt(1.01)),
        (0.0, 100, 0.005 / 1.01),  # 1 / 2n over 1 + 1/n
        (1.0, 100, 0.005 / 1.01),
        (0.2, 4, math.sqrt(0.04 + 0.015625) / 1.25),
        (0.0, 1, 0.25),
        (1.0, 1, 0.25),
    ],
)
def test_the_error_of_a_probability_is_that_of_wilson(share, n_draws, expected):
    assert error_of_probability(share, n_draws) == pytest.approx(expected, rel=1e-14)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_probability_is_never_quite_sure(n_draws, share):
    found = error_of_probability(share, n_draws)

    assert 0 < found <= 0.5 / math.sqrt(n_draws)
    assert found == pytest.approx(error_of_probability(1 - share, n_draws), rel=1e-12)


@given(st.floats(0, 1), st.integers(1, 1000))
def test_more_draws_make_a_probability_surer(share, n_draws):
    assert error_of_probability(share, n_draws + 1) < error_of_probability(share, n_draws)


@pytest.mark.parametrize(
    ("share", "n_draws"), [(-0.1, 10), (1.1, 10), (math.nan, 10), (0.5, 0), (0.5, -1)]
)
def test_the_error_of_what_is_no_share_of_draws_is_refused(share, n_draws):
    with pytest.raises(RuleError, match="is none") as refusal:
        error_of_probability(share, n_draws)

    assert refusal.value.remedy


@pytest.mark.parametrize("values", [[], [[1.0, 2.0]], 3.0])
@pytest.mark.parametrize(
    "ask",
    [
        lambda values: quantiles(values, 0.5),
        exceedance,
        lambda values: expected_shortfall(values, 0.5),
        lambda values: probability(values, below=0.0),
        mean,
        error_of_mean,
    ],
    ids=["quantiles", "exceedance", "expected shortfall", "probability", "mean", "error"],
)
def test_outcomes_that_are_not_one_per_draw_are_refused(values, ask):
    with pytest.raises(ShapeError, match="one per draw was asked for") as refusal:
        ask(values)

    assert refusal.value.remedy
