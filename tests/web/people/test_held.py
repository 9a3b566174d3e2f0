# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which roles somebody holds: asked once within a request, and never older than a membership."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Membership
from maatwerkbank.web.people.held import asked_once, roles_held


def test_it_tells_roles_of_today_with_the_level_of_the_dossier(world: World):
    today = timezone.localdate()
    person, held = world.outsider, Membership.objects
    held.create(person=person, dossier=world.zout, role="analyst")
    held.create(person=person, dossier=world.zout, role="case_team")
    held.create(person=person, dossier=world.staal, role="ienw", since=today + timedelta(days=1))
    held.create(
        person=person,
        dossier=world.staal,
        role="analyst",
        since=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )

    found = roles_held(person)

    assert set(found) == {world.zout.pk}
    assert found[world.zout.pk].roles == {"analyst", "case_team"}
    assert found[world.zout.pk].level == world.zout.level


def test_it_asks_once_within_a_request(world: World):
    with CaptureQueriesContext(connection) as asked, asked_once():
        assert roles_held(world.lead) == roles_held(world.lead)
        roles_held(world.analyst)

    assert len(asked) == 2


def test_it_keeps_nothing_after_a_request(world: World):
    with asked_once():
        roles_held(world.lead)
    with CaptureQueriesContext(connection) as asked:
        roles_held(world.lead)
        roles_held(world.lead)

    assert len(asked) == 2


def test_it_asks_again_once_a_membership_is_written(world: World):
    with asked_once():
        assert not roles_held(world.outsider)
        given = Membership.objects.create(person=world.outsider, dossier=world.zout, role="analyst")
        assert set(roles_held(world.outsider)) == {world.zout.pk}

        given.until = timezone.localdate() - timedelta(days=1)
        given.since = given.until
        given.save()
        assert not roles_held(world.outsider)


def test_a_page_asks_the_database_once_for_the_roles_of_its_reader(world: World):
    browser = world.browser(world.lead)
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/").status_code == 200

    of_roles = [
        each["sql"]
        for each in asked.captured_queries
        if each["sql"].lstrip().startswith("SELECT") and 'FROM "dossiers_membership"' in each["sql"]
    ]
    assert len(of_roles) == 1
