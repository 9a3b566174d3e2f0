# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing whom to be: in the demo only."""

import pytest
from django.test import Client
from tests.web.world import World

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.web.people.demonstration import SEES

DEMO_SIGN_IN = "/inloggen/demo"


@pytest.fixture
def demo(settings) -> None:
    """The demo is on."""
    settings.DEMO = True


def test_it_tells_what_every_role_sees():
    assert set(SEES) == set(ROLES)


def test_it_shows_everybody_with_their_roles(world: World, demo: None):
    page = Client().get("/inloggen/").content.decode()

    assert page.count('action="/inloggen/demo"') == 16
    assert "Projectleider KGG" in page
    assert "Beheert accounts. Ziet geen enkel dossier." in page


def test_it_asks_the_same_number_of_questions_for_any_number_of_people(
    world: World, demo: None, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        Client().get("/inloggen/")


def test_it_comes_in_as_who_was_chosen(world: World, demo: None):
    client = Client()

    answer = client.post(DEMO_SIGN_IN, {"person": world.lead.code})

    assert answer.headers["Location"] == "/"
    assert "Projectleider KGG" in client.get("/mijn-account/").content.decode()


def test_it_needs_a_token_against_forgery(world: World, demo: None):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(DEMO_SIGN_IN, {"person": world.lead.code})

    assert answer.status_code == 403


def test_it_does_not_exist_outside_the_demo(world: World):
    client = Client()

    assert client.get(DEMO_SIGN_IN).status_code == 404
    assert client.post(DEMO_SIGN_IN, {"person": world.lead.code}).status_code == 404
    assert client.get("/mijn-account/").status_code == 302


def test_it_shows_nobody_outside_the_demo(world: World):
    page = Client().get("/inloggen/").content.decode()

    assert "Projectleider KGG" not in page
