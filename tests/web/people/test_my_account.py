# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: who I am here, my language, my password, where I am signed in."""

from allauth.usersessions.models import UserSession
from django.test import Client
from tests.web.world import PASSWORD, World

from maatwerkbank.web.people.models import Person

ME = "/mijn-account/"


def signed_in_twice(world: World, settings) -> tuple[Client, Client]:
    """The lead, in two browsers, by the demo's own sign-in."""
    settings.DEMO = True
    browsers = Client(headers={"User-Agent": "Een"}), Client(headers={"User-Agent": "Twee"})
    for browser in browsers:
        browser.post("/inloggen/demo", {"person": world.lead.code})
    return browsers


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def test_it_says_who_i_am_and_what_i_may_read(world: World):
    page = world.browser(world.lead).get(ME).content.decode()

    assert "Projectleider KGG" in page
    assert "lead@maatwerkbank.example" in page
    assert "Ministerie van KGG" in page
    assert "Vertrouwelijk" in page


def test_it_speaks_the_language_that_was_chosen(world: World):
    browser = world.browser(world.lead)

    browser.post("/taal", {"language": "en", "next": ME})

    page = browser.get(ME).content.decode()
    assert '<html lang="en"' in page
    assert "My account" in page


def test_it_lists_where_i_am_signed_in(world: World, settings):
    first, _ = signed_in_twice(world, settings)

    page = first.get(ME).content.decode()

    assert "Een" in page
    assert "Twee" in page
    assert page.count("deze browser") == 1


def test_it_signs_out_everywhere_else(world: World, settings):
    first, second = signed_in_twice(world, settings)

    first.post("/mijn-account/sessies")

    assert first.get(ME).status_code == 200
    assert second.get(ME).status_code == 302
    assert UserSession.objects.count() == 1


def test_it_changes_the_password_and_stays_signed_in_here(world: World):
    with_password(world.lead)
    browser = world.browser(world.lead)
    new = "een heel ander wachtwoord"

    browser.post(
        "/mijn-account/wachtwoord",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    world.lead.refresh_from_db()
    assert world.lead.check_password(new)
    assert browser.get(ME).status_code == 200


def test_it_refuses_a_password_that_is_too_short(world: World):
    with_password(world.lead)

    page = world.browser(world.lead).post(
        "/mijn-account/wachtwoord",
        {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"},
    )

    world.lead.refresh_from_db()
    assert world.lead.check_password(PASSWORD)
    assert "14" in page.content.decode()


def test_it_has_no_password_to_change_for_who_signs_in_elsewhere(world: World):
    answer = world.browser(world.lead).get("/mijn-account/wachtwoord")

    assert answer.status_code == 404


def test_it_sends_who_has_not_signed_in_to_the_sign_in_page(db: None):
    answer = Client().get(ME)

    assert answer.headers["Location"] == "/inloggen/?next=/mijn-account/"
