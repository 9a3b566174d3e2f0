# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in at one's own organisation: a real provider, in its own process, over real HTTP."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from tests.web.oidc_provider.process import known_provider, running_provider
from tests.web.world import PASSWORD, World

START = "/inloggen/organisatie"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the provider; it runs until the last test of this module."""
    with running_provider(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture(autouse=True)
def single_sign_on(provider: str, settings) -> None:
    """The application knows that provider."""
    settings.SOCIALACCOUNT_PROVIDERS = known_provider(provider)


def sign_in(client: Client, address: str, *, verified: bool = True, lie: str = ""):
    """All the way round as a browser goes: to the provider, sign in there, and back."""
    return client.get(way_back(client, address, verified=verified, lie=lie))


def way_back(
    client: Client, address: str, *, verified: bool = True, lie: str = "", start: str = START
) -> str:
    """The address at which the provider sends the browser back to us."""
    to_provider = client.get(start).headers["Location"]
    browser = requests.Session()
    page = browser.get(to_provider, timeout=10)
    back = re.search(r'name="next" value="([^"]+)"', page.text).group(1).replace("&amp;", "&")
    form = {"next": back, "address": address, "verified": "yes" if verified else "no", "lie": lie}
    signed_in = browser.post(page.url, form, timeout=10, allow_redirects=False)
    here = urlsplit(page.url)
    answer = browser.get(
        f"{here.scheme}://{here.netloc}{signed_in.headers['Location']}",
        timeout=10,
        allow_redirects=False,
    )
    ours = urlsplit(answer.headers["Location"])
    return f"{ours.path}?{ours.query}"


def is_in(client: Client) -> bool:
    return client.get("/mijn-account/").status_code == 200


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_offers_the_organisation_on_the_sign_in_page(world: World):
    page = Client().get("/inloggen/").content.decode()

    assert f'href="{START}"' in page
    assert "Inloggen via Rijksportaal" in page


def test_it_lets_a_person_in_by_a_verified_address_without_a_second_step_here(world: World):
    client = Client()

    answer = sign_in(client, world.lead.email)

    assert answer.headers["Location"] == "/"
    assert is_in(client)
    assert "Projectleider KGG" in client.get("/mijn-account/").content.decode()


def test_it_knows_the_person_again_by_the_subject(world: World):
    sign_in(Client(), world.lead.email)
    world.lead.email = "nieuw@maatwerkbank.example"
    world.lead.save()
    client = Client()

    sign_in(client, "lead@maatwerkbank.example")

    assert is_in(client)


def test_it_keeps_nothing_of_the_claims(world: World):
    sign_in(Client(), world.lead.email)

    assert set(SocialAccount.objects.get().extra_data) == {"nonce"}


def test_it_asks_with_a_challenge_a_state_and_a_nonce(world: World, provider: str):
    asked = urlsplit(Client().get(START).headers["Location"])

    assert f"{asked.scheme}://{asked.netloc}" == provider
    assert {"code_challenge", "code_challenge_method", "state", "nonce"} <= set(
        parse_qs(asked.query)
    )
    assert parse_qs(asked.query)["code_challenge_method"] == ["S256"]


def test_it_ends_a_password_that_nobody_needs_any_more(world: World):
    world.lead.set_password(PASSWORD)
    world.lead.save()

    sign_in(Client(), world.lead.email)

    world.lead.refresh_from_db()
    assert not world.lead.has_usable_password()


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "lie", ["audience", "issuer", "expired", "signature", "unsigned", "no_nonce"]
)
def test_it_refuses_a_token_that_does_not_hold(world: World, lie: str):
    client = Client()

    answer = sign_in(client, world.lead.email, lie=lie)

    assert answer.status_code == 401
    assert "geen antwoord dat we kunnen vertrouwen" in answer.content.decode()
    assert not is_in(client)


def test_it_refuses_a_token_that_another_browser_asked_for(world: World):
    client = Client()

    answer = sign_in(client, world.lead.email, lie="nonce")

    assert answer.status_code == 403
    assert "sign-in.answer-not-ours" in answer.content.decode()
    assert not is_in(client)


def test_it_refuses_an_answer_in_another_browser(world: World):
    back = way_back(Client(), world.lead.email)
    other = Client()

    answer = other.get(back)

    assert answer.status_code == 401
    assert not is_in(other)


def test_it_takes_an_answer_once(world: World):
    client = Client()
    back = way_back(client, world.lead.email)
    client.get(back)
    client.post("/uitloggen")

    client.get(back)

    assert not is_in(client)


def test_it_refuses_an_address_that_is_not_verified(world: World):
    client = Client()

    answer = sign_in(client, world.lead.email, verified=False)

    assert answer.status_code == 403
    assert "Uw organisatie heeft uw e-mailadres niet bevestigd" in answer.content.decode()
    assert not is_in(client)


def test_it_makes_no_account_for_somebody_who_is_not_known(world: World):
    client = Client()
    before = len(world.everybody())

    answer = sign_in(client, "onbekend@maatwerkbank.example")

    assert answer.status_code == 403
    assert "nog geen account voor u" in answer.content.decode()
    assert type(world.lead).objects.count() == before
    assert not is_in(client)


def test_it_lets_nobody_in_whose_account_is_closed(world: World):
    world.lead.is_active = False
    world.lead.save()
    client = Client()

    answer = sign_in(client, world.lead.email)

    assert answer.headers["Location"] == "/inloggen/afgesloten"
    assert not is_in(client)


def test_it_links_no_organisation_to_whoever_is_signed_in(world: World):
    client = world.browser(world.outsider)

    answer = client.get(way_back(client, world.lead.email, start=f"{START}?process=connect"))

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_it_has_no_such_page_without_a_provider(world: World, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert Client().get(START).status_code == 404
