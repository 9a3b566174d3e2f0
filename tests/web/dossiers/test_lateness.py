# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last forecast stands at its milestone, and at the dossier what the planning comes to.

The database keeps both, whoever forecasts.
"""

from datetime import date

import pytest
from django.db import connection
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Dossier, Forecast, Milestone


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


def planning(world: World) -> tuple[date | None, bool]:
    """What the planning of Zoutfabriek comes to."""
    world.zout.refresh_from_db()
    return world.zout.next_due, world.zout.slips


def test_a_dossier_without_milestones_is_due_nowhere(world: World):
    assert planning(world) == (None, False)


def test_a_dossier_is_due_where_its_first_open_milestone_is(world: World, milestone: Milestone):
    Milestone.objects.create(
        dossier=world.zout,
        track="permits",
        name_nl="Aanvraag",
        name_en="Application",
        planned=date(2026, 2, 1),
        actual=date(2026, 2, 1),
    )

    assert planning(world) == (date(2027, 7, 1), False)


def test_a_dossier_slips_with_a_forecast_after_the_plan(world: World, milestone: Milestone):
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))

    assert planning(world) == (date(2027, 12, 1), True)


def test_a_dossier_slips_no_more_when_it_happened(world: World, milestone: Milestone):
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))
    Milestone.objects.filter(pk=milestone.pk).update(actual=date(2027, 11, 1))

    assert planning(world) == (None, False)


def test_a_dossier_forgets_a_milestone_that_was_removed(world: World, milestone: Milestone):
    milestone.delete()

    assert planning(world) == (None, False)


def test_an_older_copy_of_a_dossier_changes_nothing_of_it(world: World, milestone: Milestone):
    copy = Dossier.objects.get(pk=world.zout.pk)
    forecast(milestone, date(2027, 12, 1), date(2026, 6, 1))

    copy.save()

    assert planning(world) == (date(2027, 12, 1), True)
    assert world.zout.events.count() == 1
