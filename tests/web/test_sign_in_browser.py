# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in as people do it, in a real browser: with a security key, at the own organisation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from tests.web.browser import CHROMIUM, OPTIONS, overflow, violations
from tests.web.oidc_provider.process import known_provider, running_provider
from tests.web.world import PASSWORD, World

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt install chromium")
    return {"executable_path": CHROMIUM, "args": OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A browser that speaks Dutch."""
    return {"locale": "nl-NL"}


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains about, such as a script that the content policy stops."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def give_password(page: Page, live_server, world: World) -> None:
    world.lead.set_password(PASSWORD)
    world.lead.save()
    page.goto(f"{live_server.url}/inloggen/")
    page.get_by_label("E-mailadres").fill(world.lead.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def plug_in_a_key(page: Page) -> None:
    """A security key of Chromium's own, that answers at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_it_sets_up_a_security_key_and_signs_in_with_it(
    page: Page, live_server, world: World, complaints: list[str]
):
    plug_in_a_key(page)
    give_password(page, live_server, world)
    page.get_by_role("link", name="Sleutel toevoegen").click()
    page.get_by_role("button", name="Deze sleutel toevoegen").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    page.goto(f"{live_server.url}/uitloggen")
    page.get_by_role("main").get_by_role("button", name="Log uit").click()

    give_password(page, live_server, world)
    page.get_by_role("button", name="Beveiligingssleutel gebruiken").click()

    page.wait_for_url(f"{live_server.url}/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_it_signs_in_at_the_own_organisation(
    page: Page, live_server, world: World, settings, tmp_path: Path
):
    here = live_server.url.replace("localhost", "127.0.0.1")
    with running_provider(tmp_path) as address:
        settings.SOCIALACCOUNT_PROVIDERS = known_provider(address)
        page.goto(f"{here}/mijn-account/")
        page.get_by_role("link", name="Inloggen via Rijksportaal").click()
        page.get_by_label("Address").fill(world.lead.email)
        page.get_by_role("button", name="Sign in at your organisation").click()

        expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("Projectleider KGG")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier_on_the_way_in(
    page: Page, live_server, world: World, settings, scheme: str, complaints: list[str]
):
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in ("inloggen/", "inloggen/wachtwoord-vergeten", "toegankelijkheid"):
        page.goto(f"{live_server.url}/{path}")
        found[path] = violations(page)
    give_password(page, live_server, world)
    for path in ("tweede-stap/", "tweede-stap/app", "tweede-stap/sleutels/nieuw"):
        page.goto(f"{live_server.url}/mijn-account/{path}")
        found[path] = violations(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_it_has_no_barrier_where_accounts_are_kept(
    page: Page, live_server, world: World, settings, width: int, complaints: list[str]
):
    settings.DEMO = True
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/inloggen/")
    found = {"demo": violations(page)}
    page.get_by_role("button", name="Inloggen als Beheerder").click()
    for path in (
        "beheer/mensen/",
        "beheer/mensen/nieuw",
        f"beheer/mensen/{world.lead.code}",
        "mijn-account/",
    ):
        page.goto(f"{live_server.url}/{path}")
        found[path] = violations(page)
        assert overflow(page) == 0, path

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
