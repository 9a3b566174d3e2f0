# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in with a password and a second step, being locked out, being away too long."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.world import PASSWORD, World

from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.services import close_account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  (of an app that exists in tests only)
SIGN_IN = "/inloggen/"
SECOND_STEP = "/inloggen/tweede-stap"
SET_UP = "/mijn-account/tweede-stap/"


@pytest.fixture
def lead(world: World) -> Person:
    """Somebody with a password."""
    world.lead.set_password(PASSWORD)
    world.lead.save()
    return world.lead


@pytest.fixture
def lead_with_app(lead: Person) -> Person:
    """The same, with an app for codes."""
    TOTP.activate(lead, SECRET)
    RecoveryCodes.activate(lead)
    return lead


def give_password(client: Client, person: Person, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": person.email, "password": password, **more})


def code_now(secret: str = SECRET) -> str:
    """What the app on the phone shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def some_time_passes(client: Client) -> None:
    """The sign-in of this browser is an hour old; it was not idle."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/mijn-account/").status_code == 200


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_signs_in_with_a_password_and_a_code(lead_with_app: Person):
    client = Client()

    first = give_password(client, lead_with_app)
    second = client.post(SECOND_STEP, {"code": code_now()})

    assert first.headers["Location"] == SECOND_STEP
    assert second.status_code == 302
    assert is_in(client)


def test_it_goes_on_to_the_page_that_was_asked(lead_with_app: Person):
    client = Client()
    asked = client.get("/mijn-account/")

    client.post(
        asked.headers["Location"],
        {"login": lead_with_app.email, "password": PASSWORD, "next": "/mijn-account/"},
    )
    came = client.post(SECOND_STEP, {"code": code_now()})

    assert came.headers["Location"] == "/mijn-account/"


def test_it_signs_in_with_a_recovery_code_once(lead_with_app: Person):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, again = Client(), Client()

    give_password(first, lead_with_app)
    first.post(SECOND_STEP, {"code": code})
    give_password(again, lead_with_app)
    again.post(SECOND_STEP, {"code": code})

    assert is_in(first)
    assert not is_in(again)


def test_it_leads_to_setting_up_a_second_step_first(lead: Person):
    client = Client()

    came = give_password(client, lead)
    page = client.get(came.headers["Location"], follow=True)

    assert page.redirect_chain == [(SET_UP, 302)]
    assert "Stel eerst een tweede stap in" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_opens_the_rest_once_the_app_is_set_up(lead: Person):
    client = Client()
    give_password(client, lead)
    client.get("/mijn-account/tweede-stap/app")
    secret = client.session["mfa.totp.secret"]

    answer = client.post("/mijn-account/tweede-stap/app", {"code": code_now(secret)})

    assert answer.headers["Location"] == "/mijn-account/tweede-stap/herstelcodes"
    assert mail.outbox[0].to == [lead.email]
    assert client.get(answer.headers["Location"]).status_code == 200
    assert is_in(client)


def test_it_keeps_the_secret_of_the_app_encrypted(lead_with_app: Person):
    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert SECRET not in stored


def test_it_signs_out(world: World):
    client = world.browser(world.lead)

    client.post("/uitloggen")

    assert not is_in(client)


def test_it_gives_the_session_a_new_key_at_signing_in(lead_with_app: Person):
    client = Client()
    client.get(SIGN_IN)
    before = client.session.session_key

    give_password(client, lead_with_app)
    client.post(SECOND_STEP, {"code": code_now()})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/", "/mijn-account/", "/beheer/mensen/", "/api/v1/dossiers"])
def test_it_opens_nothing_with_a_password_alone(lead: Person, path: str):
    client = Client()
    give_password(client, lead)

    answer = client.get(path)

    assert answer.status_code in {302, 401}
    assert answer.headers.get("Location", SET_UP) == SET_UP


def test_it_asks_to_set_up_again_when_the_only_second_step_is_removed(lead_with_app: Person):
    client = Client()
    give_password(client, lead_with_app)
    client.post(SECOND_STEP, {"code": code_now()})
    some_time_passes(client)
    client.post("/mijn-account/bevestigen", {"password": PASSWORD})

    client.post("/mijn-account/tweede-stap/app/weg")

    assert not Authenticator.objects.exists()
    assert client.get("/mijn-account/").headers["Location"] == SET_UP


def test_it_asks_the_password_again_before_the_second_step_changes(lead_with_app: Person):
    client = Client()
    give_password(client, lead_with_app)
    client.post(SECOND_STEP, {"code": code_now()})
    some_time_passes(client)

    answer = client.post("/mijn-account/tweede-stap/app/weg")

    assert answer.headers["Location"].startswith("/mijn-account/bevestigen")
    assert Authenticator.objects.filter(type="totp").exists()


def test_it_says_the_same_of_a_wrong_password_and_an_unknown_address(lead: Person):
    wrong = give_password(Client(), lead, "iets heel anders")
    unknown = Client().post(SIGN_IN, {"login": "niemand@maatwerkbank.example", "password": "x"})

    said = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
    assert said in wrong.content.decode()
    assert said in unknown.content.decode()


def test_it_closes_an_address_after_five_mistakes_and_says_so_kindly(lead_with_app: Person):
    client = Client()
    for _ in range(5):
        give_password(client, lead_with_app, "iets heel anders")

    answer = give_password(client, lead_with_app)

    assert "15 minuten" in answer.content.decode()
    assert "Uw wachtwoord is niet veranderd" in answer.content.decode()
    assert client.get(SECOND_STEP).status_code == 302


def test_it_remembers_mistakes_for_every_process(lead_with_app: Person, settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_it_closes_the_second_step_after_too_many_codes(lead_with_app: Person):
    client = Client()
    give_password(client, lead_with_app)
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})

    client.post(SECOND_STEP, {"code": code_now()})

    assert not is_in(client)


def test_it_opens_no_account_for_a_stranger(db: None):
    answer = Client().get("/inloggen/signup/")

    assert answer.status_code == 404
    with pytest.raises(Exception, match="account_signup"):
        reverse("account_signup")


def test_it_lets_nobody_in_whose_account_is_closed(world: World, lead_with_app: Person):
    close_account(by=world.administrator, person=lead_with_app)
    client = Client()

    answer = give_password(client, lead_with_app)

    assert answer.headers["Location"] == "/inloggen/afgesloten"
    assert not is_in(client)


def test_it_puts_out_whoever_is_signed_in_when_the_account_closes(
    world: World, lead_with_app: Person
):
    client = Client()
    give_password(client, lead_with_app)
    client.post(SECOND_STEP, {"code": code_now()})
    assert is_in(client)

    close_account(by=world.administrator, person=lead_with_app)

    assert not is_in(client)


def test_it_ends_a_session_that_is_idle_too_long(world: World):
    client = world.browser(world.lead)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_in(client)


def test_it_counts_idle_time_from_the_last_request(world: World, settings):
    client = world.browser(world.lead)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))

    client.get("/mijn-account/")

    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    assert client.cookies["maatwerkbank_session"]["max-age"] == ""


def test_it_takes_nobody_elsewhere_after_signing_in(lead_with_app: Person):
    client = Client()

    give_password(client, lead_with_app, next="https://elders.example/")
    came = client.post(SECOND_STEP, {"code": code_now()})

    assert came.headers["Location"] == "/"
