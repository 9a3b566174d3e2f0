# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Milestones: planned, forecast again and again, actual."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.timeline import PARALLEL_TRACKS, Forecast, Milestone
from maatwerkbank.ground.language import Text

LABEL = Text(nl="Aansluiting op het net", en="Grid connection")
PLANNED = date(2027, 1, 1)


def milestone(*forecasts, planned=PLANNED, actual=None):
    return Milestone("grid", "infrastructure", LABEL, planned, forecasts, actual)


def forecast(expected, said_on=date(2025, 1, 1)):
    return Forecast(expected, said_on, "netbeheerder", "Levering van de transformator.")


def test_six_things_run_beside_one_another():
    assert tuple(PARALLEL_TRACKS) == (
        "co2_plan",
        "permits",
        "infrastructure",
        "finance_and_aid",
        "living_environment",
        "parent_decision",
    )


def test_the_plan_counts_until_somebody_says_otherwise():
    assert milestone().expected == PLANNED
    assert milestone().slip_days == 0


def test_the_last_forecast_counts_whatever_the_order_in_which_they_stand():
    late = forecast(date(2028, 1, 1), date(2025, 6, 1))
    early = forecast(date(2027, 6, 1), date(2025, 1, 1))

    found = milestone(late, early)

    assert found.expected == date(2028, 1, 1)
    assert found.slip_days == 365
    assert found.slips() == (151, 365)


def test_of_two_forecasts_of_one_day_the_last_counts():
    assert milestone(forecast(date(2028, 1, 1)), forecast(PLANNED)).expected == PLANNED


def test_what_happened_beats_every_forecast():
    found = milestone(forecast(date(2028, 1, 1)), actual=date(2026, 12, 1))

    assert found.expected == date(2026, 12, 1)
    assert found.slip_days == -31
    assert not found.is_late(date(2029, 1, 1))


def test_without_a_plan_nothing_is_late():
    found = milestone(forecast(date(2028, 1, 1)), planned=None)

    assert found.slip_days is None
    assert found.slips() == ()
    assert not found.is_late(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("found", "on", "late"),
    [
        (milestone(), date(2026, 12, 31), False),
        (milestone(), PLANNED, False),
        (milestone(), date(2027, 1, 2), True),
        (milestone(forecast(date(2027, 6, 1))), date(2025, 6, 30), True),
        (milestone(forecast(PLANNED)), date(2025, 6, 30), False),
        (milestone(actual=date(2027, 1, 2)), date(2030, 1, 1), True),
        (milestone(actual=PLANNED), date(2030, 1, 1), False),
    ],
    ids=["ahead", "today", "overdue", "expected late", "on time", "done late", "done"],
)
def test_when_it_is_late(found, on, late):
    assert found.is_late(on) is late


@given(st.lists(st.integers(0, 3000), max_size=5), st.integers(0, 3000))
def test_a_day_later_is_never_less_late(slips, later):
    forecasts = [forecast(PLANNED + timedelta(days=each)) for each in slips]
    on = PLANNED + timedelta(days=later)

    found = milestone(*forecasts)

    assert found.is_late(on + timedelta(days=1)) >= found.is_late(on)
