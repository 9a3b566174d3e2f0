# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What free allocation must do for any installation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.rules import eu_ets

period = st.sampled_from([eu_ets.BENCHMARKS_2021_2025, eu_ets.BENCHMARKS_2026_2030])
value = st.floats(0.01, 100)
levels = arrays(float, 8, elements=st.floats(0, 2_500))


def shares(means, minimum=0.0):
    return eu_ets.activity_level_factor(
        1_000.0,
        means,
        preliminary_allocation=10_000.0,
        minimum_allowances=minimum,
        minimum_on_return=minimum > 0.0,
    )


@given(value, value, period)
def test_the_yearly_rate_stays_within_its_limits(start, average, period):
    rate = eu_ets.annual_rate(start, average, period)

    assert period.lowest_rate <= rate <= period.highest_rate


@given(value, st.floats(0.003, 0.025))
def test_a_benchmark_of_2026_2030_lies_within_its_bounds(start, rate):
    lowest, highest = eu_ets.benchmark_bounds(start, 3)

    found = eu_ets.benchmark_value(start, rate, eu_ets.BENCHMARKS_2026_2030, decimals=3)

    assert lowest <= found <= highest


@given(levels)
def test_up_to_15_percent_nothing_changes(means):
    calm = 850.0 + means / 2_500 * 300

    assert shares(calm).tolist() == [1.0] * 8


@given(levels)
def test_the_share_is_never_more_than_5_percent_from_the_change(means):
    ratio = means / 1_000

    moved = np.abs(ratio - 1) > 0.15 + 1e-6
    assert (np.abs(shares(means) - ratio)[moved] <= 0.05 + 1e-6).all()


@given(levels)
def test_a_fresh_fall_counts_in_full(means):
    first = shares(means)[0]

    assert first in (1.0, means[0] / 1_000)


@given(levels, st.floats(0, 2_000))
def test_no_adjustment_is_smaller_than_the_minimum(means, minimum):
    share = np.concatenate([[1.0], shares(means, minimum)])

    steps = np.abs(np.diff(share)) * 10_000
    assert (steps[steps > 0] >= minimum - 1e-5).all()


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(0, 300))
def test_what_is_left_over_is_worth_what_a_shortage_costs(emissions, allocation, price):
    cost = eu_ets.ets_cost(emissions, allocation, price)
    mirrored = eu_ets.ets_cost(allocation, emissions, price)

    assert cost == -mirrored


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(1, 1e6))
def test_more_power_never_raises_the_direct_share(direct, heat, power, more):
    before = eu_ets.direct_share(direct, heat, power + 1)
    after = eu_ets.direct_share(direct, heat, power + 1 + more)

    assert 0 <= after <= before <= 1


@given(arrays(float, (3, 5), elements=st.floats(0, 1e6)), st.floats(0, 1))
def test_the_parts_add_up_to_the_whole(subs, cscf):
    whole = eu_ets.free_allocation(subs, cscf)

    assert whole == pytest.approx(cscf * (subs[0] + subs[1] + subs[2]))
