# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Are rules that were planted among the draws found again, and what is said of them true?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.risk.discovery import (
    Box,
    Leaf,
    Limit,
    Turn,
    boxes,
    chosen,
    inside,
    leaves,
    without_idle_limits,
)
from maatwerkbank.risk.sampling import uniforms

N = 4096
NAMES = ("capex", "delay", "gas", "eua", "power", "upkeep")
GAS_FROM, POWER_TO = 0.6, 0.35


def draws(count=N, n_inputs=6):
    return uniforms(1, "discovery", n_inputs, first=0, count=count)


def planted(x):
    """Two limits among six inputs: of interest where gas is dear and power is cheap."""
    return (x[2] >= GAS_FROM) & (x[4] <= POWER_TO)


def blurred(x):
    """The same, but for one draw in ten, whatever its inputs."""
    return planted(x) ^ (uniforms(2, "blur", 1, first=0, count=x.shape[1])[0] < 0.1)


@pytest.fixture(scope="module")
def trajectory():
    return boxes(draws(), planted(draws()), NAMES)


def box_of(coverage, density, *names):
    """A box as `chosen` looks at it: the rest of it does not matter there."""
    limits = tuple(Limit(name, "at_least", 0.0, 0.0) for name in names)
    return Box(limits, coverage, density, mass=0.5, n_draws=10, n_of_interest=5)


# Few draws, few values: ties everywhere.
coarse = st.integers(2, 40).flatmap(
    lambda count: st.tuples(
        st.lists(
            st.lists(st.integers(0, 6).map(float), min_size=count, max_size=count),
            min_size=1,
            max_size=4,
        ),
        st.lists(st.booleans(), min_size=count, max_size=count).filter(
            lambda flags: any(flags) and not all(flags)
        ),
    )
)


# ── a planted box ─────────────────────────────────────────────────────────────────────────────


def test_the_planted_limits_are_found_and_no_others(trajectory):
    found = {(limit.name, limit.side): limit.value for limit in chosen(trajectory).limits}

    # A step takes a twentieth of what is left, so the last one goes too far by at most a twentieth
    # of the width of the planted box, 0.4 and 0.35; and a limit is the value of a draw.
    assert found == {
        ("gas", "at_least"): pytest.approx(GAS_FROM, abs=0.05 * 0.4 + 0.002),
        ("power", "at_most"): pytest.approx(POWER_TO, abs=0.05 * 0.35 + 0.002),
    }


def test_the_box_that_is_chosen_holds_nearly_all_cases_and_nothing_else(trajectory):
    found = chosen(trajectory)

    # At most a twentieth lost in either direction.
    assert found.coverage > 0.95 * 0.95
    assert found.density == 1.0
    assert found.restricted == ("gas", "power")


def test_a_planted_limit_is_telling(trajectory):
    assert max(limit.quasi_p for limit in chosen(trajectory).limits) < 1e-100


def test_the_trajectory_goes_from_the_whole_space_to_ever_denser_boxes(trajectory):
    whole = trajectory[0]

    assert whole.limits == ()
    assert (whole.coverage, whole.mass, whole.n_draws) == (1.0, 1.0, N)
    assert whole.density == pytest.approx(0.4 * 0.35, abs=2 / N**0.5)
    assert (np.diff([box.density for box in trajectory]) > 0).all()


def test_a_box_is_found_among_draws_that_go_against_the_rule_now_and_then():
    x = draws()

    found = chosen(boxes(x, blurred(x), NAMES), by="knee")

    # A tenth of the draws is turned: nine in ten within the planted box, one in ten outside.
    assert set(found.restricted) >= {"gas", "power"}
    assert found.density > 0.8
    assert found.coverage > 0.5


@settings(deadline=None)
@given(coarse, st.sampled_from([0.02, 0.05, 0.1, 0.3]), st.sampled_from([0.01, 0.1, 0.4]))
def test_what_a_box_says_of_itself_is_what_lies_in_it(given_draws, alpha, least_mass):
    x, of_interest = np.array(given_draws[0]), np.array(given_draws[1])
    names = NAMES[: len(x)]

    trajectory = boxes(x, of_interest, names, alpha=alpha, least_mass=least_mass)

    within = [inside(box, x, names) for box in trajectory]
    hits = [int((of_interest & each).sum()) for each in within]
    assert [box.n_draws for box in trajectory] == [int(each.sum()) for each in within]
    assert [box.n_of_interest for box in trajectory] == hits
    assert [box.mass for box in trajectory] == [each.mean() for each in within]
    assert [box.coverage for box in trajectory] == [hit / of_interest.sum() for hit in hits]
    assert [box.density for box in trajectory] == [
        hit / each.sum() for hit, each in zip(hits, within, strict=True)
    ]


@settings(deadline=None)
@given(coarse, st.sampled_from([0.02, 0.05, 0.1, 0.3]), st.sampled_from([0.01, 0.1, 0.4]))
def test_every_step_makes_the_box_denser_and_none_makes_it_too_small(
    given_draws, alpha, least_mass
):
    x, of_interest = np.array(given_draws[0]), np.array(given_draws[1])

    trajectory = boxes(x, of_interest, NAMES[: len(x)], alpha=alpha, least_mass=least_mass)

    assert (np.diff([box.density for box in trajectory]) > 0).all()
    assert min(box.mass for box in trajectory) >= least_mass


@settings(deadline=None)
@given(coarse)
def test_the_order_of_the_draws_does_not_matter(given_draws):
    x, of_interest = np.array(given_draws[0]), np.array(given_draws[1])
    names = NAMES[: len(x)]

    backwards = boxes(x[:, ::-1], of_interest[::-1], names)

    assert backwards == boxes(x, of_interest, names)


def test_a_smaller_share_a_step_makes_more_steps_and_a_closer_box(trajectory):
    patient = boxes(draws(), planted(draws()), NAMES, alpha=0.01)

    assert len(patient) > 3 * len(trajectory)
    assert chosen(patient).coverage > chosen(trajectory).coverage
    assert chosen(patient).coverage > 0.99 * 0.99


def test_no_box_is_smaller_than_the_least_mass():
    found = boxes(draws(), planted(draws()), NAMES, least_mass=0.3)

    assert 0.3 <= min(box.mass for box in found) < 0.3 / 0.95


def test_a_side_that_was_peeled_too_far_is_pasted_back():
    # One step takes two of seven, 0 and 1: density from 5/7 to 4/5. Of what it took, 1 alone back
    # makes 5/6; with 0 too it would be 5/7 again.
    values = [0.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    of_interest = [False, True, True, False, True, True, True]

    found = boxes([values], of_interest, ("a",), alpha=0.3)

    assert [[limit.value for limit in box.limits] for box in found] == [[], [2.0], [1.0]]
    assert [box.density for box in found] == [5 / 7, 4 / 5, 5 / 6]


def test_a_side_that_is_pasted_back_entirely_restricts_nothing():
    # Steps take `b` at 0, then `a` at 0, then `b` at 3 and at 2: two of three are of interest. Then
    # the one draw that `a` alone still keeps out comes back, and makes it three of four.
    a = [1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 3.0, 3.0, 3.0, 1.0, 3.0]
    b = [3.0, 2.0, 2.0, 0.0, 1.0, 3.0, 2.0, 1.0, 1.0, 1.0, 0.0]
    of_interest = np.isin(np.arange(11), [0, 4, 6, 8, 9])

    found = boxes([a, b], of_interest, ("a", "b"), alpha=0.3, least_mass=0.2)

    assert found[-2].restricted == ("a", "b")
    assert (found[-2].n_of_interest, found[-2].n_draws) == (2, 3)
    assert found[-1].restricted == ("b",)
    assert (found[-1].n_of_interest, found[-1].n_draws) == (3, 4)


# ── by hand ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def ten():
    """Ten draws of one input, 1 to 10, of which the last three are of interest."""
    return boxes([np.arange(1.0, 11.0)], np.arange(10) >= 7, ("a",), alpha=0.1)


def test_ten_draws_are_peeled_one_by_one(ten):
    # One in ten, and never less than one: 1 goes, then 2, up to 7.
    assert [[limit.value for limit in box.limits] for box in ten] == [
        [],
        [2.0],
        [3.0],
        [4.0],
        [5.0],
        [6.0],
        [7.0],
        [8.0],
    ]
    assert [box.n_draws for box in ten] == [10, 9, 8, 7, 6, 5, 4, 3]


def test_coverage_density_and_mass_are_the_ones_counted_by_hand(ten):
    assert [box.coverage for box in ten] == [1.0] * 8
    assert [box.mass for box in ten] == [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]
    assert [box.density for box in ten] == pytest.approx(
        [3 / 10, 3 / 9, 3 / 8, 3 / 7, 3 / 6, 3 / 5, 3 / 4, 1.0], rel=1e-15
    )


def test_quasi_p_is_the_chance_of_as_many_cases_in_a_blind_pick(ten):
    # Without the limit three in ten are of interest: three of three is 0.3 cubed; three or four of
    # four is 4 x 0.027 x 0.7 + 0.0081.
    assert ten[7].limits[0].quasi_p == pytest.approx(0.027, rel=1e-14)
    assert ten[6].limits[0].quasi_p == pytest.approx(0.0837, rel=1e-14)


def test_a_box_knows_what_lies_in_it_its_limits_included(ten):
    found = inside(ten[7], [[7.9, 8.0, 8.1, 100.0]], ("a",))

    assert found.tolist() == [False, True, True, True]


def test_the_box_looks_for_its_inputs_by_name(ten):
    found = inside(ten[7], [[0.0, 9.0], [9.0, 0.0]], ("b", "a"))

    assert found.tolist() == [True, False]


def test_the_whole_space_holds_every_draw(ten):
    assert inside(ten[0], [[-1e300, 0.0, 1e300]], ("a",)).all()


def test_a_box_between_two_limits_is_cut_from_both_sides():
    values = np.arange(1.0, 21.0)

    found = chosen(boxes([values], (values >= 8) & (values <= 12), ("a",)))

    assert [(limit.side, limit.value) for limit in found.limits] == [
        ("at_least", 8.0),
        ("at_most", 12.0),
    ]
    assert found.restricted == ("a",)
    assert (found.coverage, found.density, found.mass) == (1.0, 1.0, 0.25)


# ── ties ──────────────────────────────────────────────────────────────────────────────────────


def test_a_delay_in_whole_years_is_cut_between_two_years():
    x = draws()
    x[1] = np.floor(6 * x[1])  # 0 to 5 years

    found = chosen(boxes(x, x[1] >= 3, NAMES))

    assert [(limit.name, limit.side, limit.value) for limit in found.limits] == [
        ("delay", "at_least", 3.0)
    ]
    assert (found.coverage, found.density) == (1.0, 1.0)


def test_ties_at_the_end_of_an_input_are_peeled_together():
    # More than half of the draws has no delay at all: one step, however small, takes all of them.
    x = draws()
    x[1] = np.clip(np.floor(8 * x[1]) - 4, 0, None)

    found = boxes(x, x[1] >= 1, NAMES)

    assert len(found) == 2
    assert [(limit.name, limit.value) for limit in found[1].limits] == [("delay", 1.0)]
    assert found[1].mass == pytest.approx(3 / 8, abs=1e-3)


def test_what_ties_cost_in_draws_counts_against_them():
    # Of interest: dear gas, in all draws with a delay and in two of three without. A cut at the
    # delay takes half of the draws for a density of 0.4 in place of 0.33; a twentieth of gas gives
    # 0.35 only, but ten such steps would give more.
    x = draws()
    x[1] = np.floor(2 * x[1])

    found = boxes(x, (x[2] >= GAS_FROM) & ((x[1] == 1) | (x[3] < 2 / 3)), NAMES)

    assert found[1].restricted == ("gas",)
    assert found[1].mass == pytest.approx(0.95, abs=1e-3)


def test_an_input_that_is_always_the_same_is_never_cut():
    x = draws()
    x[0] = 7.0

    found = boxes(x, planted(x), NAMES)

    assert "capex" not in {name for box in found for name in box.restricted}
    assert chosen(found).restricted == ("gas", "power")


def test_where_no_input_tells_anything_the_whole_space_is_all_there_is():
    found = boxes(np.ones((2, 10)), np.arange(10) < 3, ("a", "b"))

    assert len(found) == 1
    assert found[0].density == 0.3


# ── idle limits ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def idle():
    """A box with the two planted limits and one that has nothing to do with them."""
    x = draws()
    limits = (
        Limit("capex", "at_least", 0.1, quasi_p=0.5),
        Limit("gas", "at_least", GAS_FROM, quasi_p=0.0),
        Limit("power", "at_most", POWER_TO, quasi_p=0.0),
        Limit("upkeep", "at_most", 0.9, quasi_p=1.0),
    )
    # What the limits say of themselves here decides what goes first; then all is counted anew.
    return without_idle_limits(Box(limits, 1.0, 1.0, 1.0, 1, 1), x, blurred(x), NAMES, level=0.99)


def test_only_the_idlest_limit_goes_first(idle):
    assert [limit.name for limit in idle.limits] == ["capex", "gas", "power"]


def test_quasi_p_of_an_idle_limit_is_large_and_of_a_planted_one_small(idle):
    quasi_p = {limit.name: limit.quasi_p for limit in idle.limits}

    assert quasi_p["capex"] > 0.05
    assert quasi_p["gas"] < 1e-50
    assert quasi_p["power"] < 1e-50


def test_quasi_p_is_the_tail_of_the_binomial_distribution(idle):
    x = draws()
    without_capex = planted(x)
    within = without_capex & (x[0] >= 0.1)
    share = blurred(x)[without_capex].mean()

    # As many or more: one minus the chance of fewer.
    expected = 1 - binom(within.sum(), share).cdf((within & blurred(x)).sum() - 1)
    assert idle.limits[0].quasi_p == pytest.approx(expected, rel=1e-9)


def test_idle_limits_are_dropped_and_the_box_is_counted_again(idle):
    x = draws()
    of_interest = blurred(x)

    found = without_idle_limits(idle, x, of_interest, NAMES)

    within = planted(x)
    assert found.restricted == ("gas", "power")
    assert found.n_draws == within.sum()
    assert found.n_of_interest == (within & of_interest).sum()
    assert found.coverage == found.n_of_interest / of_interest.sum()
    assert found.density == found.n_of_interest / found.n_draws
    assert found.mass == found.n_draws / N


def test_a_box_without_idle_limits_stays_as_it_is(trajectory):
    box = chosen(trajectory)

    assert without_idle_limits(box, draws(), planted(draws()), NAMES) is box


def test_where_every_limit_is_idle_the_whole_space_is_left():
    x = draws()
    by_chance = uniforms(3, "chance", 1, first=0, count=N)[0] < 0.3

    found = without_idle_limits(boxes(x, by_chance, NAMES)[1], x, by_chance, NAMES, level=0.0)

    assert found.limits == ()
    assert (found.coverage, found.mass) == (1.0, 1.0)


# ── which box to show ─────────────────────────────────────────────────────────────────────────

WHOLE = box_of(1.0, 0.25)
WIDE = box_of(0.9375, 0.5, "a")
KNEE = box_of(0.875, 0.75, "a", "b")
TIGHT = box_of(0.5, 0.875, "a", "b", "c")
TIGHTEST = box_of(0.25, 1.0, "a", "b", "c", "d")
FIVE = (WHOLE, WIDE, KNEE, TIGHT, TIGHTEST)


@pytest.mark.parametrize(
    ("least_coverage", "expected"),
    [(1.0, WHOLE), (0.9, WIDE), (0.875, KNEE), (0.8, KNEE), (0.5, TIGHT), (0.0, TIGHTEST)],
)
def test_by_coverage_it_is_the_densest_box_that_covers_enough(least_coverage, expected):
    assert chosen(FIVE, least_coverage=least_coverage) is expected


def test_by_default_eight_in_ten_cases_are_to_be_covered():
    assert chosen(FIVE) is KNEE


def test_among_boxes_of_equal_density_fewer_inputs_win_and_then_coverage():
    fewer, more = box_of(0.8125, 0.75, "a"), box_of(0.875, 0.75, "a")

    assert chosen((*FIVE, fewer)) is fewer
    assert chosen((*FIVE, fewer, more)) is more


def test_by_the_knee_it_is_the_box_furthest_above_the_line():
    # The line from (1, 1/4) to (1/4, 1) has coverage + density = 1.25; the knee has 1.625, the two
    # beside it 1.4375 and 1.375.
    assert chosen(FIVE, by="knee") is KNEE


def test_among_boxes_as_far_above_the_line_fewer_inputs_win():
    fewer = box_of(0.75, 0.875, "a")

    assert chosen((*FIVE, fewer), by="knee") is fewer


def test_the_knee_of_one_box_is_that_box():
    assert chosen((WHOLE,), by="knee") is WHOLE


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_box_may_be_picked_by_its_number(number):
    assert chosen(FIVE, number=number) is FIVE[number]


@pytest.mark.parametrize("number", [-1, 5])
def test_a_number_that_no_box_has_is_refused(number):
    with pytest.raises(RuleError, match=f"there is no box {number}") as refusal:
        chosen(FIVE, number=number)

    assert refusal.value.remedy == "choose from 0 to 4"


@pytest.mark.parametrize("least_coverage", [-0.1, 1.1, 80.0, math.nan])
def test_a_coverage_that_is_no_share_is_refused(least_coverage):
    with pytest.raises(RuleError, match="is not between 0 and 1") as refusal:
        chosen(FIVE, least_coverage=least_coverage)

    assert refusal.value.remedy == "give a share"


# ── tree ──────────────────────────────────────────────────────────────────────────────────────


def test_the_tree_finds_the_planted_rule():
    x = draws()

    best = leaves(x, planted(x), NAMES)[0]

    # A value of the tree lies halfway between two draws.
    assert {(turn.name, turn.side): turn.value for turn in best.path} == {
        ("gas", "above"): pytest.approx(GAS_FROM, abs=0.002),
        ("power", "at_most"): pytest.approx(POWER_TO, abs=0.002),
    }
    assert (best.coverage, best.density) == (1.0, 1.0)
    assert best.n_draws == best.n_of_interest == planted(x).sum()


def test_leaves_share_out_all_draws_and_come_densest_first():
    x = draws()

    found = leaves(x, blurred(x), NAMES, most_leaves=6, least_mass=0.1)

    assert 2 <= len(found) <= 6
    assert sum(leaf.n_draws for leaf in found) == N
    assert sum(leaf.mass for leaf in found) == pytest.approx(1.0, rel=1e-12)
    assert sum(leaf.coverage for leaf in found) == pytest.approx(1.0, rel=1e-12)
    assert min(leaf.mass for leaf in found) >= 0.1
    assert [leaf.density for leaf in found] == sorted(
        (leaf.density for leaf in found), reverse=True
    )


def test_a_tree_of_ten_draws_is_the_one_drawn_by_hand():
    found = leaves([np.arange(1.0, 11.0)], np.arange(10) >= 7, ("a",))

    assert found == (
        Leaf((Turn("a", "above", 7.5),), 1.0, 1.0, 0.3, 3, 3),
        Leaf((Turn("a", "at_most", 7.5),), 0.0, 0.0, 0.7, 7, 0),
    )


def test_an_input_that_is_asked_twice_keeps_its_tightest_answer():
    values = np.arange(1.0, 21.0)

    found = leaves([values], (values >= 8) & (values <= 12), ("a",))

    assert [set(leaf.path) for leaf in found] == [
        {Turn("a", "above", 7.5), Turn("a", "at_most", 12.5)},
        {Turn("a", "above", 12.5)},
        {Turn("a", "at_most", 7.5)},
    ]


@settings(max_examples=30, deadline=None)  # the first tree loads scikit-learn
@given(coarse)
def test_what_a_leaf_says_of_itself_is_what_its_path_leads_to(given_draws):
    x, of_interest = np.array(given_draws[0]), np.array(given_draws[1])
    names = NAMES[: len(x)]

    found = leaves(x, of_interest, names)

    within = [follows(leaf, x, names) for leaf in found]
    assert [leaf.n_draws for leaf in found] == [each.sum() for each in within]
    assert [leaf.n_of_interest for leaf in found] == [(of_interest & each).sum() for each in within]


def follows(leaf, x, names):
    """The draws that take every turn of a leaf. (draw,)"""
    turns = [
        (x[names.index(turn.name)] <= turn.value) == (turn.side == "at_most") for turn in leaf.path
    ]
    return np.logical_and.reduce([np.ones(x.shape[1], dtype=bool), *turns])


def test_the_same_draws_make_the_same_tree():
    x = draws()

    assert leaves(x, blurred(x), NAMES) == leaves(x, blurred(x), NAMES)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"most_leaves": 1}, "a tree of 1 leaves"),
        ({"least_mass": 0.0}, "each with 0 of"),
        ({"least_mass": 0.6}, "each with 0.6 of"),
    ],
)
def test_a_tree_that_cannot_part_is_refused(asked, what):
    with pytest.raises(RuleError, match=what) as refusal:
        leaves(draws(64), planted(draws(64)), NAMES, **asked)

    assert refusal.value.remedy


# ── what is refused ───────────────────────────────────────────────────────────────────────────

FOUR = np.arange(4.0)
TWO_OF_FOUR = np.array([True, True, False, False])
both = pytest.mark.parametrize("look", [boxes, leaves])


@both
@pytest.mark.parametrize(
    ("flag", "what"), [(False, "none of the 4 draws"), (True, "every of the 4 draws")]
)
def test_where_nothing_or_everything_is_of_interest_there_is_nothing_to_find(look, flag, what):
    with pytest.raises(RuleError, match=what) as refusal:
        look([FOUR], np.full(4, flag), ("a",))

    assert refusal.value.remedy == "choose a threshold that parts the draws, or make more of them"


@both
@pytest.mark.parametrize(
    ("x", "of_interest", "names"),
    [
        (FOUR, TWO_OF_FOUR, ("a",)),
        ([FOUR], TWO_OF_FOUR[:3], ("a",)),
        ([FOUR], TWO_OF_FOUR, ("a", "b")),
        ([FOUR], TWO_OF_FOUR, ()),
        ([FOUR], [TWO_OF_FOUR], ("a",)),
    ],
)
def test_inputs_marks_and_names_that_do_not_belong_together_are_refused(
    look, x, of_interest, names
):
    with pytest.raises(ShapeError, match="inputs have shape") as refusal:
        look(x, of_interest, names)

    assert refusal.value.remedy


@both
@pytest.mark.parametrize("marks", [[1.0, 1.0, 0.0, 0.0], [1, 1, 0, 0], ["y", "y", "n", "n"]])
def test_marks_that_are_not_true_or_false_are_refused(look, marks):
    with pytest.raises(ShapeError, match="whether a draw is of interest was given as") as refusal:
        look([FOUR], np.array(marks), ("a",))

    assert "true or false per draw" in refusal.value.remedy


@both
@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_an_input_that_is_not_known_in_every_draw_is_refused_by_name(look, wrong):
    x = np.array([FOUR, [0.0, 1.0, wrong, 3.0]])

    with pytest.raises(RuleError, match="input 'b' is not finite") as refusal:
        look(x, TWO_OF_FOUR, ("a", "b"))

    assert refusal.value.remedy


@pytest.mark.parametrize("asked", [{"alpha": 0.0}, {"alpha": 1.0}, {"least_mass": 0.0}])
def test_a_share_of_nothing_or_of_everything_is_refused(asked):
    with pytest.raises(RuleError, match="is not between 0 and 1"):
        boxes([FOUR], TWO_OF_FOUR, ("a",), **asked)
