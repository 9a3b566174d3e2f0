# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of who looked at what is confidential."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.documents.samples import lay_down, read
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents.models import Look
from maatwerkbank.web.people.access import note_look


def list_of(world: World) -> str:
    """The address of the list."""
    return reverse("documents:looks", args=[world.zout.code])


def looked(world: World, times: int) -> None:
    """Let the analyst look a number of times."""
    for number in range(times):
        note_look(
            world.analyst,
            dossier=world.zout,
            kind="run",
            thing=world.zout.code,
            title=f"Run {number}.",
            level=Level.VERTROUWELIJK,
        )


def test_it_tells_who_opened_what_and_when(world: World):
    version = lay_down(world, level=Level.VERTROUWELIJK)
    read(world.browser(world.member).get(reverse("documents:download", args=[version.code])))

    page = world.browser(world.lead).get(list_of(world)).content.decode()

    assert "Projectteam KGG" in page
    assert "Projectreview stoom, 1" in page
    assert "bestand, opgeslagen" in page


def test_it_says_that_nobody_looked(world: World):
    page = world.browser(world.lead).get(list_of(world)).content.decode()

    assert "Nog niemand heeft iets vertrouwelijks geopend." in page


def test_it_goes_on_over_pages_with_the_last_first(world: World):
    looked(world, 51)
    client = world.browser(world.auditor)

    first = client.get(list_of(world)).content.decode()
    second = client.get(list_of(world), {"page": 2}).content.decode()

    assert first.index("Run 50.") < first.index("Run 49.")
    assert "Run 0." not in first
    assert "Run 0." in second


def test_it_asks_the_database_as_often_for_many_looks_as_for_one(
    world: World, django_assert_num_queries
):
    looked(world, 1)
    client = world.browser(world.lead)
    client.get(list_of(world))
    with CaptureQueriesContext(connection) as asked:
        client.get(list_of(world))
    looked(world, 20)

    with django_assert_num_queries(len(asked)):
        client.get(list_of(world))


def test_it_only_grows(world: World):
    looked(world, 1)

    with pytest.raises(DatabaseError), transaction.atomic():
        Look.objects.update(title="Niets")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from documents_look")


@pytest.mark.parametrize("person", ["member", "analyst", "company", "province"])
def test_it_says_no_to_who_may_see_the_dossier_and_not_this(world: World, person: str):
    assert world.browser(getattr(world, person)).get(list_of(world)).status_code == 403


@pytest.mark.parametrize("person", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_others(world: World, person: str):
    assert world.browser(getattr(world, person)).get(list_of(world)).status_code == 404
