# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One way to judge a round and a day of application, for every scheme."""

from datetime import date

import numpy as np
import pytest

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect, open_round
from maatwerkbank.rules.instrument import Project, Terms

YEARS = np.arange(2024, 2030)
KNOWN = date(2026, 6, 30)


def judged(scheme, on, *, stated=True, **kind):
    return open_round(Terms(Law(KNOWN), on, stated=stated), scheme, **kind)


def sides(condition):
    return condition.met, condition.relation, condition.asked, condition.found


def test_an_open_round_shows_its_last_day_beside_the_day_of_application():
    found = judged("sde", date(2024, 9, 20))

    assert sides(found) == (True, "by", date(2024, 10, 10), date(2024, 9, 20))


def test_an_open_round_is_named_where_the_day_is_not_that_of_an_application_here():
    found = judged("sde", date(2024, 9, 20), stated=False)

    assert sides(found) == (True, "is", "open", "2024")


def test_between_two_known_rounds_an_application_misses_them():
    found = judged("sde", date(2024, 11, 1))

    assert sides(found) == (False, "is", "open", date(2024, 11, 1))


@pytest.mark.parametrize("stated", [True, False])
def test_without_a_day_no_round_is_missed_and_no_day_is_shown(stated):
    found = judged("sde", None, stated=stated)

    assert sides(found) == (None, "is", "open", None)


@pytest.mark.parametrize(
    ("scheme", "on"),
    [
        ("sde", date(2021, 10, 20)),  # a round of that year, of which the days are not known
        ("sde", date(2026, 10, 1)),
        ("innovation_fund_hydrogen", date(2025, 1, 15)),  # opened, and no known close
        ("innovation_fund", date(2026, 6, 1)),  # after the last round that is known
        ("klimaschutzvertrag", date(2026, 2, 1)),
    ],
)
def test_where_a_round_may_have_been_open_nobody_missed_it(scheme, on):
    assert judged(scheme, on).met is None


@pytest.mark.parametrize(
    ("scheme", "on"),
    [
        ("sde", date(2025, 12, 15)),  # that of 2026 is known
        ("innovation_fund", date(2025, 9, 1)),
        ("innovation_fund_hydrogen", date(2024, 6, 1)),
        ("klimaschutzvertrag", date(2025, 2, 1)),
    ],
)
def test_where_a_later_round_is_known_the_earlier_was_missed(scheme, on):
    assert judged(scheme, on).met is False


def test_a_scheme_of_which_not_every_round_is_known_is_never_missed():
    found = judged("veki", date(2024, 6, 1), rounds_known=False)

    assert found.met is None


@pytest.mark.parametrize(
    ("asked_on", "start", "met"),
    [
        (date(2025, 1, 1), date(2025, 1, 2), True),
        (date(2025, 1, 2), date(2025, 1, 2), False),
        (None, date(2025, 1, 2), None),
        (date(2025, 1, 1), None, None),
    ],
)
def test_money_is_asked_for_before_work_starts(asked_on, start, met):
    project = Project(years=YEARS, applied_on=asked_on, works_start_on=start)

    found = incentive_effect(project, "art. 6")

    assert (found.met, found.asked, found.found) == (met, start, asked_on)
