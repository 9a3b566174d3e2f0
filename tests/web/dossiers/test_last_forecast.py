# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last forecast stands at its milestone: the database keeps it there, whoever forecasts."""

from datetime import date

import pytest
from django.db import connection
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Forecast, Milestone


@pytest.fixture
def milestone(world: World) -> Milestone:
    """The permit of Zoutfabriek, planned for the middle of 2027."""
    return Milestone.objects.create(
        dossier=world.zout,
        track="permits",
        name_nl="Vergunning",
        name_en="Permit",
        planned=date(2027, 7, 1),
    )


def forecast(milestone: Milestone, expected: date, said_on: date) -> None:
    """Somebody says when it is expected."""
    Forecast.objects.create(milestone=milestone, expected=expected, said_on=said_on)


def last(milestone: Milestone) -> date | None:
    """What the database holds."""
    return Milestone.objects.get(pk=milestone.pk).last_forecast


def test_it_is_not_there_before_anybody_forecast(milestone: Milestone):
    assert last(milestone) is None


def test_it_is_what_was_said_last_and_not_what_was_written_last(milestone: Milestone):
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))
    forecast(milestone, date(2027, 9, 1), date(2026, 1, 1))

    assert last(milestone) == date(2027, 12, 1)


def test_it_hears_of_rows_that_somebody_writes_by_hand(milestone: Milestone):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into dossiers_forecast (milestone_id, expected, said_on, because, source) "
            "values (%s, '2028-02-01', '2026-06-01', '', '')",
            [milestone.pk],
        )

    assert last(milestone) == date(2028, 2, 1)


def test_it_stays_when_an_older_copy_of_the_milestone_is_saved(milestone: Milestone):
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))

    milestone.owner = "de provincie"
    milestone.save()

    assert last(milestone) == date(2027, 12, 1)


def test_it_is_no_change_of_its_own_in_the_history(milestone: Milestone):
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))

    assert milestone.events.count() == 1
