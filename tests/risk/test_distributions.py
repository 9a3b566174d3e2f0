# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does a quantile give the number that its distribution has there, by hand and by scipy?"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.parameters.reference_classes import (
    Discrete,
    Distribution,
    Empirical,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
    reference_class,
)
from maatwerkbank.risk.distributions import bounds, mean, quantile
from maatwerkbank.risk.sampling import uniforms

FIXED = Fixed(kind="fixed", value=7.5)
UNIFORM = Uniform(kind="uniform", low=2.0, high=10.0)
TRIANGULAR = Triangular(kind="triangular", low=0.0, mode=2.0, high=8.0)
NORMAL = Normal(kind="normal", mean=100.0, sd=15.0)
LOGNORMAL = Lognormal(kind="lognormal", mu=math.log(1.2), sigma=0.25)
DISCRETE = Discrete(kind="discrete", values=[3.0, 1.0, 2.0], probabilities=[0.5, 0.125, 0.375])
EMPIRICAL = Empirical(kind="empirical", sample=[1.0, 4.0, 2.0, 2.0])

ONE_OF_EACH = (FIXED, UNIFORM, TRIANGULAR, NORMAL, LOGNORMAL, DISCRETE, EMPIRICAL)
every_kind = pytest.mark.parametrize("distribution", ONE_OF_EACH, ids=lambda each: each.kind)

numbers = st.floats(-1e9, 1e9)
some_numbers = st.lists(numbers, min_size=1, max_size=8)
distributions: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Fixed, kind=st.just("fixed"), value=numbers),
    st.tuples(numbers, numbers)
    .map(sorted)
    .map(lambda ends: Uniform(kind="uniform", low=ends[0], high=ends[1])),
    st.tuples(numbers, numbers, numbers)
    .map(sorted)
    .map(lambda at: Triangular(kind="triangular", low=at[0], mode=at[1], high=at[2])),
    st.builds(Normal, kind=st.just("normal"), mean=numbers, sd=st.floats(0, 1e9)),
    st.builds(Lognormal, kind=st.just("lognormal"), mu=st.floats(-5, 10), sigma=st.floats(0, 2.5)),
    st.lists(st.tuples(numbers, st.integers(0, 9)), min_size=1, max_size=8)
    .filter(lambda pairs: sum(weight for _, weight in pairs) > 0)
    .map(
        lambda pairs: Discrete(
            kind="discrete",
            values=[value for value, _ in pairs],
            probabilities=[weight / sum(w for _, w in pairs) for _, weight in pairs],
        )
    ),
    st.builds(Empirical, kind=st.just("empirical"), sample=some_numbers),
)
# Draws take the middle of one of 2^32 cells: see `sampling`.
drawn_quantiles = st.lists(
    st.integers(0, 2**32 - 1).map(lambda cell: (cell + 0.5) * 2.0**-32), min_size=2, max_size=40
)


# ── by hand ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("distribution", "u", "expected"),
    [
        (FIXED, [0.0, 0.3, 1.0], [7.5, 7.5, 7.5]),
        (UNIFORM, [0.0, 0.25, 0.5, 1.0], [2.0, 4.0, 6.0, 10.0]),
        # A quarter of the triangle lies below its mode, at 2. Below it, x = sqrt(16 u); above it,
        # x = 8 - sqrt(48 (1 - u)).
        (TRIANGULAR, [0.0, 0.0625, 0.25, 0.8125, 1.0], [0.0, 1.0, 2.0, 5.0, 8.0]),
        (NORMAL, [0.0, 0.5, 1.0], [-math.inf, 100.0, math.inf]),
        (LOGNORMAL, [0.0, 0.5, 1.0], [0.0, 1.2, math.inf]),
        (DISCRETE, [0.0, 0.125, 0.126, 0.5, 0.501, 1.0], [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]),
        (EMPIRICAL, [0.0, 0.25, 0.26, 0.75, 0.76, 1.0], [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_the_number_at_a_quantile_is_the_one_worked_out_by_hand(distribution, u, expected):
    found = quantile(distribution, np.array(u))

    assert found.tolist() == pytest.approx(expected, rel=1e-15)


def test_nine_in_ten_normal_numbers_lie_below_the_tabled_one():
    found = quantile(NORMAL, np.array([0.1, 0.9, 0.975]))

    # 1.281552 and 1.959964 standard deviations, as every table of the normal distribution has it.
    assert found.tolist() == pytest.approx([80.77672, 119.22328, 129.39946], abs=1e-5)


def test_a_quantile_of_a_lognormal_number_is_the_exponential_of_the_normal_one():
    found = quantile(LOGNORMAL, np.array([0.9]))

    assert found[0] == pytest.approx(1.2 * math.exp(0.25 * 1.2815515655446004), rel=1e-14)


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        (FIXED, 7.5),
        (UNIFORM, 6.0),
        (TRIANGULAR, 10 / 3),
        (NORMAL, 100.0),
        (LOGNORMAL, 1.2 * math.exp(0.03125)),  # half of 0.25 squared
        (DISCRETE, 2.375),  # 1.5 + 0.125 + 0.75
        (EMPIRICAL, 2.25),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_the_mean_is_the_one_worked_out_by_hand(distribution, expected):
    assert mean(distribution) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        (FIXED, (7.5, 7.5)),
        (UNIFORM, (2.0, 10.0)),
        (TRIANGULAR, (0.0, 8.0)),
        (NORMAL, (-math.inf, math.inf)),
        (LOGNORMAL, (0.0, math.inf)),
        (DISCRETE, (1.0, 3.0)),
        (EMPIRICAL, (1.0, 4.0)),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_the_bounds_are_the_least_and_the_greatest_number_there_is(distribution, expected):
    assert bounds(distribution) == expected


# ── beside scipy ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("distribution", "same"),
    [
        (UNIFORM, stats.uniform(2.0, 8.0)),
        (TRIANGULAR, stats.triang(0.25, 0.0, 8.0)),
        (NORMAL, stats.norm(100.0, 15.0)),
        (LOGNORMAL, stats.lognorm(0.25, scale=1.2)),
        (DISCRETE, stats.rv_discrete(values=([3, 1, 2], [0.5, 0.125, 0.375]))),
    ],
    ids=lambda each: getattr(each, "kind", ""),
)
def test_quantiles_and_mean_are_those_of_scipy(distribution, same):
    u = uniforms(0, "test", 1, first=0, count=1000)[0]

    np.testing.assert_allclose(quantile(distribution, u), same.ppf(u), rtol=1e-13)
    assert mean(distribution) == pytest.approx(same.mean(), rel=1e-13)


@given(some_numbers, drawn_quantiles)
def test_quantiles_of_a_sample_are_those_of_numpy_without_values_in_between(sample, u):
    found = quantile(Empirical(kind="empirical", sample=sample), np.array(u))

    assert found.tolist() == np.quantile(sample, u, method="inverted_cdf").tolist()


@every_kind
def test_the_mean_of_many_draws_is_the_mean(distribution):
    u = uniforms(0, "test", 1, first=0, count=2**16)[0]

    assert quantile(distribution, u).mean() == pytest.approx(mean(distribution), rel=1e-4)


# ── whatever the distribution ─────────────────────────────────────────────────────────────────


@given(distributions, drawn_quantiles)
def test_a_number_never_falls_as_its_quantile_rises(distribution, u):
    found = quantile(distribution, np.sort(u))

    assert (np.diff(found) >= 0).all()


@given(distributions, st.lists(st.floats(0, 1), min_size=1))
def test_no_number_lies_outside_the_bounds(distribution, u):
    low, high = bounds(distribution)

    found = quantile(distribution, np.array(u))

    assert low <= found.min()
    assert found.max() <= high


@given(distributions)
def test_at_quantile_nought_and_one_stand_the_bounds(distribution):
    found = quantile(distribution, np.array([0.0, 1.0]))

    # Numbers reach 1e9 here, of which the last bit is 1e-7.
    assert tuple(found) == pytest.approx(bounds(distribution), rel=1e-12, abs=1e-6)


@given(distributions)
def test_the_mean_lies_within_the_bounds(distribution):
    low, high = bounds(distribution)

    rounding = 1e-12 * max(abs(mean(distribution)), 1.0)
    assert low - rounding <= mean(distribution) <= high + rounding


@given(distributions, drawn_quantiles, st.data())
def test_a_block_of_quantiles_gives_the_same_bits_as_the_whole(distribution, u, data):
    first = data.draw(st.integers(0, len(u) - 1))
    last = data.draw(st.integers(first + 1, len(u)))

    block = quantile(distribution, np.array(u[first:last]))

    assert block.tobytes() == quantile(distribution, np.array(u))[first:last].tobytes()


@every_kind
def test_numbers_have_the_shape_of_their_quantiles(distribution):
    found = quantile(distribution, np.full((3, 1, 5), 0.25))

    assert found.shape == (3, 1, 5)
    assert found.dtype == np.float64


@every_kind
def test_quantiles_are_left_as_they_were(distribution):
    u = np.array([0.9, 0.1])

    quantile(distribution, u)

    assert u.tolist() == [0.9, 0.1]


@every_kind
def test_no_quantiles_give_no_numbers(distribution):
    assert quantile(distribution, np.array([])).tolist() == []


# ── distributions without width, and numbers that cannot occur ────────────────────────────────


@pytest.mark.parametrize(
    "distribution",
    [
        Uniform(kind="uniform", low=3.0, high=3.0),
        Triangular(kind="triangular", low=3.0, mode=3.0, high=3.0),
        Normal(kind="normal", mean=3.0, sd=0.0),
        Discrete(kind="discrete", values=[3.0], probabilities=[1.0]),
        Discrete(kind="discrete", values=[3.0, 3.0], probabilities=[0.5, 0.5]),
        Discrete(kind="discrete", values=[1.0, 3.0, 9.0], probabilities=[0.0, 1.0, 0.0]),
        Empirical(kind="empirical", sample=[3.0]),
    ],
    ids=lambda each: each.kind,
)
def test_a_distribution_without_width_is_one_number_even_at_its_ends(distribution):
    found = quantile(distribution, np.array([0.0, 0.4, 1.0]))

    assert found.tolist() == [3.0, 3.0, 3.0]
    assert bounds(distribution) == (3.0, 3.0)
    assert mean(distribution) == 3.0


def test_a_lognormal_number_without_spread_is_its_median():
    sure = Lognormal(kind="lognormal", mu=math.log(3.0), sigma=0.0)

    found = quantile(sure, np.array([0.0, 0.4, 1.0]))

    assert found.tolist() == pytest.approx([3.0, 3.0, 3.0], rel=1e-15)
    assert bounds(sure) == pytest.approx((3.0, 3.0), rel=1e-15)
    assert mean(sure) == pytest.approx(3.0, rel=1e-15)


@pytest.mark.parametrize(
    ("mode", "at_a_quarter"),
    [
        (0.0, 10.0 - math.sqrt(75.0)),  # falls from its lowest number on
        (10.0, 5.0),  # rises to its highest
    ],
)
def test_a_triangle_may_have_its_mode_at_one_of_its_ends(mode, at_a_quarter):
    skew = Triangular(kind="triangular", low=0.0, mode=mode, high=10.0)

    found = quantile(skew, np.array([0.0, 0.25, 1.0]))

    assert found.tolist() == pytest.approx([0.0, at_a_quarter, 10.0], rel=1e-15)


def test_a_value_without_probability_is_never_drawn():
    never_five = Discrete(
        kind="discrete", values=[0.0, 5.0, 1.0, 2.0], probabilities=[0.25, 0.0, 0.75, 0.0]
    )

    found = quantile(never_five, np.array([0.0, 0.25, 0.2500001, 1.0]))

    assert found.tolist() == [0.0, 0.0, 1.0, 1.0]
    assert bounds(never_five) == (0.0, 1.0)
    assert mean(never_five) == 0.75


def test_probabilities_that_add_up_but_for_rounding_reach_the_last_value():
    tenths = Discrete(
        kind="discrete", values=[float(n) for n in range(10)], probabilities=[0.1] * 10
    )

    found = quantile(tenths, np.array([0.05, 0.55, 0.95, 1.0]))

    assert found.tolist() == [0.0, 5.0, 9.0, 9.0]


def test_each_value_comes_as_often_as_its_probability():
    u = uniforms(0, "test", 1, first=0, count=1024)[0]

    values, counts = np.unique(quantile(DISCRETE, u), return_counts=True)

    assert values.tolist() == [1.0, 2.0, 3.0]
    assert counts.tolist() == [128, 384, 512]


def test_a_reference_class_is_drawn_from_as_its_file_says():
    before_fid = reference_class("process_megaproject_before_fid").distribution

    found = quantile(before_fid, np.array([0.5]))

    assert bounds(before_fid)[0] <= found[0] <= bounds(before_fid)[1]
    assert mean(before_fid) > 1.0  # earlier megaprojects became dearer than was foreseen


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@every_kind
@pytest.mark.parametrize(
    ("wrong", "said"), [(-1e-9, "-1e-09"), (1.0000001, "1"), (90.0, "90"), (math.nan, "nan")]
)
def test_a_quantile_that_is_no_share_is_refused_with_a_remedy(distribution, wrong, said):
    with pytest.raises(RuleError, match=f"{said} was asked for") as refusal:
        quantile(distribution, np.array([0.5, wrong, 0.7]))

    assert refusal.value.remedy == "give shares: 90 per cent is 0.9"
