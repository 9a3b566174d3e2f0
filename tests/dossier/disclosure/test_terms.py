# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""By when a request is decided: worked by hand, and what holds on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.disclosure.holidays import end_of_term, general_holidays
from maatwerkbank.dossier.disclosure.terms import Pause, first_release, paused_days, term_of

days = st.dates(date(2022, 5, 1), date(2050, 1, 1))
pauses = st.lists(
    st.builds(
        lambda asked, given, answered: Pause(
            asked, asked + timedelta(given), asked + timedelta(answered) if answered else None
        ),
        st.dates(date(2026, 1, 1), date(2026, 6, 1)),
        st.integers(1, 40),
        st.integers(0, 60),
    ),
    max_size=4,
)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "extended", "heard", "due"),
    [
        # Monday 2 March + 28 days = Monday 30 March
        ("2026-03-02", False, [], "2026-03-30"),
        # + 14 = Monday 13 April
        ("2026-03-02", True, [], "2026-04-13"),
        # 1 March 2025 + 42 = Saturday 12 April; the Monday after it is the 14th (law-L16 + weekend)
        ("2025-03-01", True, [], "2025-04-14"),
        # Friday 6 March + 28 = Good Friday 3 April; Easter Monday is the 6th, so Tuesday the 7th
        ("2026-03-06", False, [], "2026-04-07"),
        # heard from 9 March until 23 March: 14 days; 30 March + 14 = 13 April
        ("2026-03-02", False, [("2026-03-09", "2026-03-23", None)], "2026-04-13"),
        # answered on 16 March: 7 days; 30 March + 7 = Easter Monday 6 April, so the 7th
        ("2026-03-02", False, [("2026-03-09", "2026-03-23", "2026-03-16")], "2026-04-07"),
        # a view after its time changes nothing; two at the same time count once
        (
            "2026-03-02",
            False,
            [("2026-03-09", "2026-03-23", "2026-05-01"), ("2026-03-11", "2026-03-20", None)],
            "2026-04-13",
        ),
    ],
)
def test_the_term_as_worked_by_hand(received, extended, heard, due):
    asked = [
        Pause(d(on), d(until), d(answered) if answered else None) for on, until, answered in heard
    ]

    term = term_of(d(received), extended=extended, pauses=asked)

    assert term.due_on == d(due)
    assert sum(each.days for each in term.steps) == (term.due_on - d(received)).days
    assert term.steps[-1].ends_on == term.due_on


def test_the_general_holidays_of_2026():
    assert sorted(each.isoformat() for each in general_holidays(2026)) == [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-05",
        "2026-05-14",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
    ]
    assert date(2025, 4, 26) in general_holidays(2025)  # 27 April is a Sunday


@given(days, st.booleans(), pauses)
def test_a_later_receipt_an_extension_or_a_hearing_never_makes_a_term_shorter(day, extended, heard):
    term = term_of(day, extended=extended, pauses=heard)

    assert term.due_on >= term_of(day).due_on
    assert term.due_on <= term_of(day + timedelta(1), extended=extended, pauses=heard).due_on
    assert term.due_on <= term_of(day, extended=True, pauses=heard).due_on
    assert term.due_on >= term_of(day, extended=extended, pauses=heard[1:]).due_on
    assert end_of_term(term.due_on) == term.due_on


@given(pauses)
def test_a_term_never_stands_still_for_longer_than_all_hearings_together(heard):
    assert paused_days(heard) <= sum((each.due_on - each.asked_on).days for each in heard)


def test_late_is_told_by_the_day_of_the_decision_once_there_is_one():
    term = term_of(d("2026-03-02"))

    assert not term.is_late(d("2026-03-30"))
    assert term.is_late(d("2026-03-31"))
    assert not term.is_late(d("2026-06-01"), decided_on=d("2026-03-30"))
    assert term.days_left(d("2026-04-01")) == -2
    assert first_release(d("2026-03-30"), objection_expected=True) == d("2026-04-13")
