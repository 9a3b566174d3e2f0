# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months late by the planning, and the chances of what waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.promises.test_network import BOILER, GRID, STATE, TODAY, WAITS

from maatwerkbank.dossier.promises import DelayOdds, Network, outlook
from maatwerkbank.dossier.promises.lateness import chances_behind, months_late

PLANNED = date(2028, 7, 15)


@pytest.mark.parametrize(
    ("expected", "months"),
    [
        (date(2028, 8, 14), 0),
        (date(2028, 8, 15), 1),
        (date(2029, 3, 15), 8),
        (date(2027, 1, 1), 0),
        (None, None),
    ],
)
def test_months_count_whole_and_from_the_agreed_day(expected: date | None, months: int | None):
    assert months_late(PLANNED, expected) == months


@given(st.integers(0, 4000), st.integers(0, 400))
def test_later_is_never_fewer_months(days: int, more: int):
    first = months_late(PLANNED, PLANNED + timedelta(days))
    second = months_late(PLANNED, PLANNED + timedelta(days + more))

    assert first is not None
    assert second is not None
    assert first <= second


def test_a_promise_tells_the_chance_of_every_project_behind_it():
    network = Network.of((GRID, STATE, BOILER), WAITS)

    drawn = outlook(network, TODAY, DelayOdds(None, {"boiler": 0.3, "other": 0.9}))

    assert {node.id: chance for node, chance in chances_behind(drawn, GRID.id).items()} == {
        "boiler": 0.3
    }
    assert chances_behind(outlook(network, TODAY), GRID.id) == {}
