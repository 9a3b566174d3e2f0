# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sobol indices against functions with known answers, and the bars of a tornado."""

import json

import numpy as np
import pytest
from scipy import stats

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.risk.sampling import uniforms
from maatwerkbank.risk.sensitivity import group_on, pages, sobol_indices, tornado

THREE = ("x1", "x2", "x3")
EIGHT = tuple(f"x{i}" for i in range(1, 9))
G_WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])[:, None]


def ishigami(x):
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def ishigami_of_quantiles(u):
    return ishigami(np.pi * (2 * u - 1))


def sobol_g(u):
    return ((np.abs(4 * u - 2) + G_WEIGHTS) / (1 + G_WEIGHTS)).prod(axis=0)


def evaluation(of, members, n, seed=0):
    """Evaluates a function of quantiles; `members`: per row, the input that it belongs to."""
    streams = {
        stream: uniforms(seed, group_on(stream, "test"), len(members), first=0, count=n)
        for stream in ("A", "B")
    }

    def evaluate(page):
        return of(np.stack([streams[page.stream(m)][i] for i, m in enumerate(members)]))

    return evaluate


@pytest.fixture(scope="module")
def published(shared):
    path = shared / "data" / "validation_finance" / "sensitivity_test_functions.json"
    return json.loads(path.read_text("utf-8"))["functions"]


# ── known answers ─────────────────────────────────────────────────────────────────────────────

# Variance of Ishigami with a = 7, b = 0.1: 1/2 + a²/8 + b π⁴/5 + b² π⁸/18 = 13.8446; of which
# (1 + b π⁴/5)²/2 by x1 alone, a²/8 by x2 alone, b² π⁸ (1/18 - 1/50) by x1 and x3 together.
ISHIGAMI_FIRST = [0.313905, 0.442411, 0.0]
ISHIGAMI_TOTAL = [0.557589, 0.442411, 0.243684]
G_FIRST = [0.716192, 0.179048, 0.023676, 0.007162, 7.162e-05, 7.162e-05, 7.162e-05, 7.162e-05]
G_TOTAL = [0.787144, 0.242198, 0.034317, 0.01046, 0.000105, 0.000105, 0.000105, 0.000105]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_indices_of_ishigami_are_the_analytic_ones(seed):
    evaluate = evaluation(ishigami_of_quantiles, THREE, 16_384, seed)

    found = sobol_indices(evaluate, THREE, 16_384, seed)

    assert found.first.tolist() == pytest.approx(ISHIGAMI_FIRST, abs=0.02)
    assert found.total.tolist() == pytest.approx(ISHIGAMI_TOTAL, abs=0.02)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_indices_of_sobol_g_are_the_analytic_ones(seed):
    evaluate = evaluation(sobol_g, EIGHT, 16_384, seed)

    found = sobol_indices(evaluate, EIGHT, 16_384, seed)

    assert found.first.tolist() == pytest.approx(G_FIRST, abs=0.02)
    assert found.total.tolist() == pytest.approx(G_TOTAL, abs=0.02)


def test_the_indices_of_ishigami_lie_within_the_published_tolerance(published):
    expected = published["ishigami_a7_b0.1"]
    regression = expected["salib_regression_tolerance"]
    evaluate = evaluation(ishigami_of_quantiles, THREE, 4096)

    found = sobol_indices(evaluate, THREE, 4096, 0)

    within = {"atol": regression["atol"], "rtol": regression["rtol"]}
    np.testing.assert_allclose(found.first, regression["S1"], **within)
    np.testing.assert_allclose(found.total, regression["ST"], **within)
    np.testing.assert_allclose(found.first, expected["S1"], atol=0.05)
    np.testing.assert_allclose(found.total, expected["ST"], atol=0.05)


def test_the_indices_of_sobol_g_lie_within_the_published_tolerance(published):
    expected = published["sobol_g_8"]
    evaluate = evaluation(sobol_g, EIGHT, 4096)

    found = sobol_indices(evaluate, EIGHT, 4096, 0)

    np.testing.assert_allclose(found.first, expected["S1"], atol=0.05, rtol=0.1)
    np.testing.assert_allclose(found.total, expected["ST"], atol=0.05, rtol=0.1)


def test_an_input_may_be_a_whole_group(published):
    expected = published["ishigami_groups_x1x3_vs_x2"]
    members = ("path", "x2", "path")
    evaluate = evaluation(ishigami_of_quantiles, members, 4096)

    found = sobol_indices(evaluate, ("path", "x2"), 4096, 0)

    np.testing.assert_allclose(found.first, expected["S1"], atol=0.05)
    np.testing.assert_allclose(found.total, expected["ST"], atol=0.05)


def test_inputs_that_are_not_uniform_give_the_published_indices(published):
    expected = published["ishigami_nonuniform"]
    members = ("one", "two", "one")

    def of(u):
        lognormal = np.exp(1.0 + 0.2 * stats.norm.ppf(u[1]))
        triangular = stats.triang.ppf(u[2], 0.5, 0.0, 3.0)
        return ishigami(np.stack([np.pi * (2 * u[0] - 1), lognormal, triangular]))

    found = sobol_indices(evaluation(of, members, 4096), ("one", "two"), 4096, 0)

    within = {"atol": expected["atol"], "rtol": expected["rtol"]}
    np.testing.assert_allclose(found.first, expected["salib_regression_S1"], **within)
    np.testing.assert_allclose(found.total, expected["salib_regression_ST"], **within)


# ── two roads, and confidence ─────────────────────────────────────────────────────────────────


def test_the_indices_are_those_of_scipy_to_the_last_digits():
    def of(u):
        return np.stack([ishigami_of_quantiles(u), u[0] * u[1] + 1e3, np.exp(u).sum(axis=0)])

    evaluate = evaluation(of, THREE, 1024)
    f_a, f_b, *f_ab = [evaluate(page) for page in pages(THREE)]

    found = sobol_indices(evaluate, THREE, 1024, 0)

    theirs = stats.sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": np.stack(f_ab)}, n=1024)
    np.testing.assert_allclose(found.first, theirs.first_order, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(found.total, theirs.total_order, rtol=1e-9, atol=1e-11)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    found = [
        sobol_indices(evaluation(ishigami_of_quantiles, THREE, 512, seed), THREE, 512, seed)
        for seed in range(60)
    ]

    covers = [(one.total_low[2] <= 0.243684) & (one.total_high[2] >= 0.243684) for one in found]

    # 57 of 60 expected; below 51 comes less than once in a hundred times.
    assert sum(covers) >= 51


def test_more_draws_narrow_the_interval():
    few = sobol_indices(evaluation(sobol_g, EIGHT, 512), EIGHT, 512, 0)
    many = sobol_indices(evaluation(sobol_g, EIGHT, 8192), EIGHT, 8192, 0)

    assert np.all((many.total_high - many.total_low) < (few.total_high - few.total_low) / 2)


def test_the_interval_of_single_draws_agrees_with_that_of_scipy():
    n = 256
    evaluate = evaluation(ishigami_of_quantiles, THREE, n)
    f_a, f_b, *f_ab = [evaluate(page)[None] for page in pages(THREE)]
    theirs = stats.sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": np.stack(f_ab)}, n=n)

    found = sobol_indices(evaluate, THREE, n, 0)

    bootstrapped = theirs.bootstrap(n_resamples=500).total_order.standard_error.reshape(3)
    half_widths = (found.total_high - found.total_low) / 2
    np.testing.assert_allclose(half_widths, 1.96 * bootstrapped, rtol=0.25)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    evaluate = evaluation(ishigami_of_quantiles, THREE, 512)

    one, again, other = (sobol_indices(evaluate, THREE, 512, seed) for seed in (0, 0, 1))

    assert np.array_equal(one.total_low, again.total_low)
    assert not np.array_equal(one.total_low, other.total_low)
    assert np.array_equal(one.total, other.total)


# ── several outcomes ──────────────────────────────────────────────────────────────────────────


def test_several_cases_and_outcomes_go_at_once_and_do_not_touch_one_another():
    alone = sobol_indices(evaluation(ishigami_of_quantiles, THREE, 512), THREE, 512, 0)

    def of(u):
        unknown = np.where(u[0] < 0.5, np.nan, 1.0)
        return np.stack([[ishigami_of_quantiles(u), u[1]], [unknown, np.full(512, 1e9 / 3)]])

    found = sobol_indices(evaluation(of, THREE, 512), THREE, 512, 0)

    assert found.first.shape == (2, 2, 3)
    np.testing.assert_allclose(found.total[0, 0], alone.total, rtol=1e-12)
    np.testing.assert_allclose(found.total_high[0, 0], alone.total_high, rtol=1e-12)
    assert found.total[0, 1].tolist() == pytest.approx([0, 1, 0], abs=0.02)
    assert np.isnan(found.first[1, 0]).all()  # not known in every draw
    assert np.isnan(found.total_low[1, 1]).all()  # does not vary: nothing to share out


def test_the_pages_are_two_and_one_for_each_input():
    drawn = [(page.name, *map(page.stream, THREE)) for page in pages(THREE)]

    assert drawn == [
        ("A", "A", "A", "A"),
        ("B", "B", "B", "B"),
        ("A with x1 of B", "B", "A", "A"),
        ("A with x2 of B", "A", "B", "A"),
        ("A with x3 of B", "A", "A", "B"),
    ]


@pytest.mark.parametrize(
    ("inputs", "n", "confidence", "message"),
    [
        (THREE, 1000, 0.95, "1000 draws is no power of two"),
        (THREE, 0, 0.95, "0 draws"),
        (("x1", "x1"), 512, 0.95, "named twice"),
        ((), 512, 0.95, "no input"),
        (THREE, 512, 95, "confidence of 95"),
    ],
)
def test_a_design_that_gives_no_indices_is_refused(inputs, n, confidence, message):
    with pytest.raises(RuleError, match=message):
        sobol_indices(lambda _: np.zeros(n), inputs, n, 0, confidence=confidence)


def test_outcomes_of_another_number_of_draws_are_refused():
    with pytest.raises(ShapeError, match="page 'A' has 512 draws"):
        sobol_indices(lambda _: np.zeros(511), THREE, 512, 0)


# ── tornado ───────────────────────────────────────────────────────────────────────────────────


def test_a_linear_outcome_is_all_linear_part():
    found = tornado(lambda v: 10 + 2 * v[0] - 50 * v[1], ["small", "large"])

    assert found.centre == pytest.approx(-14)
    assert [bar.name for bar in found.bars] == ["large", "small"]
    large = found.bars[0]
    assert (large.change_at_low, large.change_at_high) == pytest.approx((20, -20))
    assert (large.linear_at_low, large.linear_at_high) == pytest.approx((20, -20))
    assert (large.rest_at_low, large.rest_at_high) == pytest.approx((0, 0), abs=1e-10)
    assert large.swing == pytest.approx(40)


def test_values_are_asked_at_the_quantiles_of_each_input():
    values = {"capex": {0.1: 80.0, 0.5: 100.0, 0.9: 150.0}}

    found = tornado(lambda v: -3 * v[0], ["capex"], value_at=lambda name, at: values[name][at])

    bar = found.bars[0]
    assert (bar.value_low, bar.value_centre, bar.value_high) == (80.0, 100.0, 150.0)
    assert (bar.change_at_low, bar.change_at_high) == pytest.approx((60, -150))
    assert bar.linear_at_high == pytest.approx(-150)


def test_what_curves_stands_apart_from_the_linear_part():
    found = tornado(lambda v: v[0] + v[0] ** 2, ["x"], value_at=lambda _, at: 10 * (at - 0.5))

    bar = found.bars[0]
    assert (bar.linear_at_low, bar.linear_at_high) == pytest.approx((-4, 4))
    assert (bar.rest_at_low, bar.rest_at_high) == pytest.approx((16, 16))
    assert bar.swing == pytest.approx(20)


def test_an_input_in_whole_steps_is_all_rest():
    found = tornado(
        lambda v: -7 * np.floor(v[0] + 0.5), ["delay"], value_at=lambda _, at: 4 * (at - 0.1)
    )

    bar = found.bars[0]
    assert bar.linear_at_high == 0
    assert bar.rest_at_high == pytest.approx(-7)  # from 2 years at 1.6 to 3 at 3.2


def test_an_input_that_does_nothing_or_is_fixed_has_no_swing():
    found = tornado(
        lambda v: v[0],
        ["moves", "idle", "fixed"],
        value_at=lambda name, at: 1.0 if name == "fixed" else at,
    )

    assert [bar.name for bar in found.bars] == ["moves", "fixed", "idle"]
    assert [bar.swing for bar in found.bars] == pytest.approx([0.8, 0, 0])


def test_an_outcome_that_is_not_known_at_an_end_comes_last():
    found = tornado(lambda v: np.where(v[0] > 0.8, np.nan, v[1]), ["unknown", "known"])

    assert [bar.name for bar in found.bars] == ["known", "unknown"]
    assert np.isnan(found.bars[1].swing)


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.9), (0.1, 0.4), (-0.1, 0.9), (0.1, 1.1)])
def test_quantiles_on_one_side_of_the_median_are_refused(low, high):
    with pytest.raises(RuleError, match="either side of the median"):
        tornado(lambda v: v[0], ["x"], low, high)


def test_an_endless_value_is_refused_by_name():
    with pytest.raises(RuleError, match="'x' has no finite value"):
        tornado(lambda v: v[0], ["x"], 0.0, 0.9, value_at=lambda _, at: at or -np.inf)


def test_one_outcome_per_point_is_asked_for():
    with pytest.raises(ShapeError, match="5 points"):
        tornado(lambda _: np.zeros(4), ["x"])
