# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regret and the yardsticks by hand; where an outcome turns from loss to gain, and where not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.risk.robustness import Root, break_even, robustness

POLICIES = ("build", "wait", "small")
FAMILIES = ("low", "mid", "high")
VALUES = [
    [-10.0, 20.0, 65.0],
    [0.0, 0.0, 0.0],
    [5.0, 10.0, 15.0],
]
tables = st.integers(1, 5).flatmap(
    lambda n_families: st.lists(
        st.lists(st.integers(-1000, 1000).map(float), min_size=n_families, max_size=n_families),
        min_size=1,
        max_size=5,
    )
)


def judged(values=VALUES, **asked):
    rows = np.array(values)
    return robustness(rows, POLICIES[: len(rows)], FAMILIES[: rows.shape[1]], **asked)


def numbered(values, **asked):
    """The same for a table of any size."""
    rows, columns = np.shape(values)
    policies, families = map(str, range(rows)), map(str, range(columns))
    return robustness(values, tuple(policies), tuple(families), **asked)


# ── regret ────────────────────────────────────────────────────────────────────────────────────


def test_regret_is_what_a_policy_leaves_on_the_table_in_each_family():
    # The best of each family: 5, 20, 65.
    assert judged().regret.tolist() == [[15.0, 0.0, 0.0], [5.0, 20.0, 65.0], [0.0, 10.0, 50.0]]


def test_every_yardstick_is_the_one_worked_out_by_hand():
    found = judged()

    assert found.worst.tolist() == [-10.0, 0.0, 5.0]
    assert found.greatest_regret.tolist() == [15.0, 65.0, 50.0]
    assert found.hurwicz.tolist() == [27.5, 0.0, 10.0]  # halfway from worst to best
    assert found.average.tolist() == [25.0, 0.0, 10.0]
    assert found.satisfied.tolist() == pytest.approx([2 / 3, 1.0, 1.0], rel=1e-15)


def test_the_best_policy_differs_by_yardstick():
    assert judged().best == {
        "maximin": ("small",),
        "minimax_regret": ("build",),
        "hurwicz": ("build",),
        "laplace": ("build",),
        "satisficing": ("wait", "small"),
    }


def test_names_and_values_come_along_in_the_order_given():
    found = judged()

    assert found.policies == POLICIES
    assert found.families == FAMILIES
    assert found.values.tolist() == VALUES


@pytest.mark.parametrize(
    ("threshold", "satisfied", "best"),
    [
        (0.0, [2 / 3, 1.0, 1.0], ("wait", "small")),
        (10.0, [2 / 3, 0.0, 2 / 3], ("build", "small")),  # the threshold itself is good enough
        (10.01, [2 / 3, 0.0, 1 / 3], ("build",)),
        (100.0, [0.0, 0.0, 0.0], POLICIES),
    ],
)
def test_a_value_is_good_enough_from_the_threshold_on(threshold, satisfied, best):
    found = judged(threshold=threshold)

    assert found.satisfied.tolist() == pytest.approx(satisfied, rel=1e-15)
    assert found.best["satisficing"] == best


@pytest.mark.parametrize(
    ("optimism", "expected", "best"),
    [
        (0.0, [-10.0, 0.0, 5.0], ("small",)),  # as maximin
        (0.2, [5.0, 0.0, 7.0], ("small",)),
        (1.0, [65.0, 0.0, 15.0], ("build",)),
    ],
)
def test_optimism_moves_hurwicz_from_the_worst_family_to_the_best(optimism, expected, best):
    found = judged(optimism=optimism)

    assert found.hurwicz.tolist() == pytest.approx(expected, rel=1e-15)
    assert found.best["hurwicz"] == best


def test_policies_that_do_equally_well_are_all_named():
    found = judged([[1.0, 3.0], [3.0, 1.0]])

    assert set(found.best.values()) == {("build", "wait")}


def test_one_policy_is_best_and_regrets_nothing():
    found = judged([[-4.0, 2.0]])

    assert found.regret.tolist() == [[0.0, 0.0]]
    assert set(found.best.values()) == {("build",)}


@given(tables)
def test_in_every_family_some_policy_regrets_nothing_and_none_less(values):
    found = numbered(values)

    assert found.regret.min(axis=0).tolist() == [0.0] * len(values[0])


@given(tables, st.integers(-1000, 1000).map(float))
def test_more_for_all_policies_in_one_family_changes_no_regret(values, more):
    shifted = np.array(values)
    shifted[:, 0] += more

    assert numbered(shifted).regret.tolist() == numbered(values).regret.tolist()


@given(tables)
def test_a_policy_that_is_better_everywhere_is_best_by_every_yardstick(values):
    better = np.max(values, axis=0) + 1.0

    found = numbered([*values, better.tolist()], threshold=float(better.max()))

    assert {best[-1] for best in found.best.values()} == {str(len(values))}


# ── not known ─────────────────────────────────────────────────────────────────────────────────


def test_a_value_that_is_not_known_makes_all_that_hangs_on_it_unknown():
    found = judged([[1.0, 2.0], [math.nan, 3.0]])

    np.testing.assert_array_equal(found.regret, [[math.nan, 1.0], [math.nan, 0.0]])
    np.testing.assert_array_equal(found.worst, [1.0, math.nan])
    np.testing.assert_array_equal(found.greatest_regret, [math.nan, math.nan])
    np.testing.assert_array_equal(found.hurwicz, [1.5, math.nan])
    np.testing.assert_array_equal(found.average, [1.5, math.nan])
    np.testing.assert_array_equal(found.satisfied, [1.0, math.nan])


def test_where_one_policy_is_not_known_no_policy_is_called_best():
    found = judged([[1.0, 2.0], [math.nan, 3.0]])

    assert set(found.best.values()) == {()}


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("values", [[[1.0, 2.0]], [[1.0], [2.0]], [1.0, 2.0], []])
def test_values_that_are_not_one_per_policy_and_family_are_refused(values):
    with pytest.raises(ShapeError, match="for 2 policies and 2 families") as refusal:
        robustness(values, ("build", "wait"), ("low", "high"))

    assert refusal.value.remedy


def test_no_policies_at_all_are_refused():
    with pytest.raises(ShapeError, match="for 0 policies and 2 families"):
        robustness(np.empty((0, 2)), (), ("low", "high"))


@pytest.mark.parametrize("optimism", [-0.1, 1.1, math.nan])
def test_an_optimism_that_is_no_weight_is_refused(optimism):
    with pytest.raises(RuleError, match="is not between 0 and 1") as refusal:
        judged(optimism=optimism)

    assert refusal.value.remedy == "give 0.5 for halfway"


# ── break-even ────────────────────────────────────────────────────────────────────────────────


def of_one(outcome, low=0.0, high=1.0, *, centre=0.5, points=65):
    """Break-even of an outcome that hangs on one input."""
    (found,) = break_even(lambda x: outcome(x[0]), ["a"], [centre], [[low, high]], points=points)
    return found


def test_a_linear_outcome_is_nil_where_algebra_says():
    found = of_one(lambda x: 3.0 * x - 0.6)

    assert found.status == "one"
    assert found.roots[0].value == pytest.approx(0.2, rel=1e-12)
    assert found.roots[0].rises is True
    assert found.roots[0].jumps is False


def test_an_outcome_that_falls_through_nil_does_not_rise():
    (root,) = of_one(lambda x: 0.7 - x).roots

    assert root.value == pytest.approx(0.7, rel=1e-12)
    assert root.rises is False


@given(
    st.sampled_from([-3.0, -0.1, 0.1, 3.0]),
    st.floats(-0.99, 0.99),
    st.floats(-12, 12).map(lambda power: 10.0**power),
    st.floats(-12, 12).map(lambda power: 10.0**power),
)
def test_the_units_of_input_and_outcome_do_not_matter(slope, at, unit, euros):
    found = of_one(lambda x: slope * euros * (np.exp(x / unit) - math.exp(at)), -unit, unit)

    assert found.status == "one"
    assert found.roots[0].value / unit == pytest.approx(at, rel=1e-9, abs=1e-9)
    assert found.roots[0].rises is (slope > 0)
    assert found.roots[0].jumps is False


def test_bounds_far_from_nought_and_close_together_are_no_trouble():
    found = of_one(lambda year: year - 2030.123456, 2030.0, 2031.0)

    assert found.roots[0].value == pytest.approx(2030.123456, rel=1e-14)
    assert found.roots[0].jumps is False


def test_several_roots_are_all_given_with_their_direction():
    found = of_one(lambda x: (x - 0.2) * (x - 0.5) * (x - 0.9))

    assert found.status == "several"
    assert [root.value for root in found.roots] == pytest.approx([0.2, 0.5, 0.9], rel=1e-12)
    assert [root.rises for root in found.roots] == [True, False, True]


@pytest.mark.parametrize(("centre", "nearest"), [(0.1, 0.2), (0.4, 0.5), (0.8, 0.9), (7.0, 0.9)])
def test_the_nearest_root_is_the_least_that_would_have_to_change(centre, nearest):
    found = of_one(lambda x: (x - 0.2) * (x - 0.5) * (x - 0.9), centre=centre)

    assert found.centre == centre
    assert found.nearest.value == pytest.approx(nearest, rel=1e-12)


@pytest.mark.parametrize("outcome", [lambda x: x + 1.0, lambda x: -1.0 - x])
def test_an_outcome_that_is_never_nil_has_no_root(outcome):
    found = of_one(outcome)

    assert found.status == "none"
    assert found.roots == ()
    assert found.nearest is None


def test_an_outcome_that_is_nil_everywhere_has_no_threshold():
    found = of_one(lambda x: 0.0 * x)

    assert found.status == "everywhere"
    assert found.roots == ()


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (lambda x: x, Root(0.0, rises=True, jumps=False)),
        (lambda x: -x, Root(0.0, rises=False, jumps=False)),
        (lambda x: x - 1.0, Root(1.0, rises=True, jumps=False)),
        (lambda x: 1.0 - x, Root(1.0, rises=False, jumps=False)),
    ],
)
def test_a_root_may_lie_at_a_bound(outcome, expected):
    found = of_one(outcome)

    assert found.status == "one"
    assert found.roots == (expected,)


def test_roots_may_lie_at_both_bounds():
    found = of_one(lambda x: x * (1.0 - x))

    assert found.status == "several"
    assert found.roots == (Root(0.0, rises=True, jumps=False), Root(1.0, rises=False, jumps=False))


def test_an_outcome_that_only_touches_nil_neither_rises_nor_falls():
    found = of_one(lambda x: (x - 0.5) ** 2)

    assert found.status == "one"
    assert found.roots == (Root(0.5, rises=None, jumps=False),)


def test_a_root_on_a_point_of_the_grid_is_exact():
    found = of_one(lambda x: x - 0.25, points=5)

    assert found.roots == (Root(0.25, rises=True, jumps=False),)


def test_a_stretch_at_nil_is_one_root_at_the_first_point_of_the_grid_in_it():
    # Nil from 0.3 to 0.6; the grid has points at 0.25, 0.3125, ..., 0.625.
    found = of_one(lambda x: np.where(x < 0.3, -1.0, np.where(x > 0.6, 1.0, 0.0)), points=17)

    assert found.roots == (Root(0.3125, rises=True, jumps=False),)


@pytest.mark.parametrize(("before", "after"), [(-1.0, 1.0), (1.0, -1.0), (-3.0, 1e9), (1e9, -3.0)])
def test_a_jump_over_nil_is_a_root_that_says_so(before, after):
    found = of_one(lambda x: np.where(x < 0.123, before, after))

    assert found.status == "one"
    assert found.roots[0].value == pytest.approx(0.123, rel=1e-9)
    assert found.roots[0].rises is (after > before)
    assert found.roots[0].jumps is True


def test_a_jump_among_great_numbers_is_found_in_as_many_steps():
    found = of_one(lambda x: np.where(x < 1.0, -1e-9, 1e9), -1e9, 2e9)

    # Within a millionth of a millionth of the step of the grid, 3e9 / 64.
    assert found.roots[0].value == pytest.approx(1.0, abs=1e-4)
    assert found.roots[0].jumps is True


def test_a_kink_is_no_jump():
    found = of_one(lambda x: np.where(x < 0.3, x - 0.3, 100.0 * (x - 0.3)))

    assert found.roots[0].value == pytest.approx(0.3, rel=1e-12)
    assert found.roots[0].jumps is False


@pytest.mark.parametrize("not_known", [math.nan, math.inf])
def test_an_outcome_that_is_not_known_on_the_grid_has_no_root(not_known):
    found = of_one(lambda x: np.where(x > 0.9, not_known, x - 0.3))

    assert found.status == "not_known"
    assert found.roots == ()


def test_an_outcome_that_is_not_known_between_two_points_of_the_grid_has_no_root():
    # The points are tenths; Brent's method comes upon the gap on its way to 0.33.
    found = of_one(lambda x: np.where(np.abs(x - 0.33) < 0.001, math.nan, x - 0.33), points=11)

    assert found.status == "not_known"
    assert found.roots == ()


# ── several inputs ────────────────────────────────────────────────────────────────────────────


def npv(x):
    """Two tonnes at a price, less a cost of which a third input says how much it is taken."""
    price, cost, share = x
    return 2.0 * price - cost * share


def test_each_input_breaks_even_with_the_others_at_their_centre():
    found = break_even(
        npv, ["price", "cost", "share"], [60.0, 100.0, 1.0], [[0, 100], [0, 300], [0.5, 1.0]]
    )

    assert [each.name for each in found] == ["price", "cost", "share"]
    assert [each.status for each in found] == ["one", "one", "none"]
    assert found[0].roots[0].value == pytest.approx(50.0, rel=1e-12)
    assert found[0].roots[0].rises is True
    assert found[1].roots[0].value == pytest.approx(120.0, rel=1e-12)
    assert found[1].roots[0].rises is False
    assert (found[2].centre, found[2].low, found[2].high) == (1.0, 0.5, 1.0)


def test_an_input_that_changes_nothing_leaves_no_root():
    found = break_even(lambda x: x[0] - 0.5 + 0.0 * x[1], ["a", "b"], [0.7, 0.1], [[0, 1], [0, 1]])

    assert [each.status for each in found] == ["one", "none"]


def test_all_points_of_the_grid_are_asked_for_at_once():
    asked = []

    def outcome(x):
        asked.append(x.shape)
        return x[0] + x[1] + 1.0

    break_even(outcome, ["a", "b"], [0.5, 0.5], [[0, 1], [0, 1]], points=9)

    assert asked == [(2, 18)]


@pytest.mark.parametrize(
    ("centre", "bounds"),
    [
        ([0.5], [[0, 1], [0, 1]]),
        ([0.5, 0.5], [[0, 1]]),
        ([[0.5, 0.5]], [[0, 1], [0, 1]]),
    ],
)
def test_a_centre_and_bounds_that_are_not_one_per_input_are_refused(centre, bounds):
    with pytest.raises(ShapeError, match="2 inputs have centres") as refusal:
        break_even(npv, ["a", "b"], centre, bounds)

    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("centre", "low", "high"),
    [(0.5, 1.0, 1.0), (0.5, 1.0, 0.0), (0.5, 0.0, math.inf), (math.nan, 0.0, 1.0)],
)
def test_bounds_without_room_between_them_are_refused_by_name(centre, low, high):
    with pytest.raises(RuleError, match="input 'a' is looked at from") as refusal:
        of_one(lambda x: x, low, high, centre=centre)

    assert refusal.value.remedy == "give finite bounds, the lower one first"


def test_a_grid_of_one_point_is_refused():
    with pytest.raises(RuleError, match="a grid of 1 points"):
        of_one(lambda x: x, points=1)


def test_outcomes_that_are_not_one_per_point_are_refused():
    with pytest.raises(ShapeError, match="65 points were given") as refusal:
        break_even(lambda x: x, ["a"], [0.5], [[0, 1]])

    assert refusal.value.remedy == "give one outcome per point"
