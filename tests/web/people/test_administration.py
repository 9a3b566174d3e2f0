# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administrator: who may sign in, and up to which level."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from tests.web.walk.filled import fill
from tests.web.world import PASSWORD, World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.people import services
from maatwerkbank.web.people.access import deeds_in, dossiers_of
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.refusals import Conflict, NotAllowed

PEOPLE = "/beheer/mensen/"
INVITE = "/beheer/mensen/nieuw"


def page_of(person: Person, deed: str = "") -> str:
    return f"/beheer/mensen/{person.code}{deed}"


def invitation(world: World, **change: object) -> dict[str, object]:
    """A form that is filled in well, with one thing changed."""
    return {
        "email": "Nieuw@maatwerkbank.example",
        "name": "Analist PBL",
        "organisation": Organisation.objects.get(name="RVO").pk,
        "office": "",
        "clearance": Level.INTERN.value,
    } | change


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_lists_everybody_in_a_few_questions(world: World, django_assert_max_num_queries):
    browser = world.browser(world.administrator)

    with django_assert_max_num_queries(10):
        page = browser.get(PEOPLE).content.decode()

    assert "16 accounts" in page
    assert "Projectleider KGG" in page


def test_it_finds_somebody_by_organisation(world: World):
    page = world.browser(world.administrator).get(PEOPLE, {"q": "twente"}).content.decode()

    assert "Vergunningverlener" in page
    assert "Projectleider KGG" not in page


def test_it_invites_somebody_by_mail(world: World, settings):
    settings.EMAIL_HOST = "mail.maatwerkbank.example"

    answer = world.browser(world.administrator).post(INVITE, invitation(world))

    invited = Person.objects.get(email="nieuw@maatwerkbank.example")
    assert answer.headers["Location"] == page_of(invited)
    assert mail.outbox[0].to == ["nieuw@maatwerkbank.example"]
    assert mail.outbox[0].subject == "Uitnodiging voor Maatwerkbank"
    assert "Analist PBL" in mail.outbox[0].body


def test_it_makes_a_new_organisation_with_its_first_person(world: World):
    form = invitation(world, organisation="", new_organisation="PBL", new_kind="agency")

    world.browser(world.administrator).post(INVITE, form)

    assert Person.objects.get(email="nieuw@maatwerkbank.example").organisation.name == "PBL"


def test_it_lets_the_invited_choose_a_password_and_asks_for_a_second_step(world: World):
    world.browser(world.administrator).post(INVITE, invitation(world))
    link = re.search(r"http://testserver(/inloggen/wachtwoord-kiezen/\S+)", mail.outbox[0].body)
    browser = Client()

    form = browser.get(link.group(1))
    browser.post(form.headers["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    signed_in = browser.post(
        "/inloggen/", {"login": "nieuw@maatwerkbank.example", "password": PASSWORD}, follow=True
    )

    assert signed_in.redirect_chain[-1][0] == "/mijn-account/tweede-stap/"


def test_it_lets_a_link_work_once(world: World):
    link = services.invitation_link(world.lead, "")
    browser = Client()
    form = browser.get(link)
    browser.post(form.headers["Location"], {"password1": PASSWORD, "password2": PASSWORD})

    again = Client().get(link)

    assert "Deze link werkt niet meer" in again.content.decode()


def test_it_gives_an_invited_person_no_dossier(world: World):
    world.browser(world.administrator).post(INVITE, invitation(world))

    assert not dossiers_of(Person.objects.get(email="nieuw@maatwerkbank.example")).exists()


def test_it_changes_the_level_and_keeps_who_did_it(world: World):
    form = {
        "name": world.member.name,
        "organisation": world.member.organisation_id,
        "office": "",
        "clearance": Level.OPENBAAR.value,
    }

    world.browser(world.administrator).post(page_of(world.member), form)

    world.member.refresh_from_db()
    assert world.member.clearance == Level.OPENBAAR.value
    assert deeds_in(world.member, world.zout) == frozenset()
    event = world.member.events.order_by("-pgh_id").first()
    assert event.pgh_context["user"] == world.administrator.pk


def test_it_closes_an_account_and_opens_it_again(world: World):
    browser = world.browser(world.administrator)

    browser.post(page_of(world.lead, "/afsluiten"))
    world.lead.refresh_from_db()
    closed = not world.lead.is_active
    browser.post(page_of(world.lead, "/openen"))
    world.lead.refresh_from_db()

    assert closed
    assert world.lead.is_active


def test_it_makes_who_lost_the_phone_set_up_a_new_second_step(world: World):
    TOTP.activate(world.lead, "JBSWY3DPEHPK3PXP")

    world.browser(world.administrator).post(page_of(world.lead, "/tweede-stap-wissen"))

    assert not Authenticator.objects.exists()


def test_it_prints_the_link_for_the_first_administrator(db: None, capsys):
    call_command(
        "invitation",
        "eerste@maatwerkbank.example",
        site="https://maatwerkbank.example/",
        administrator=True,
    )

    link = "https://maatwerkbank.example/inloggen/wachtwoord-kiezen/"
    assert capsys.readouterr().out.startswith(link)
    assert Person.objects.get().office == "administrator"


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "lead@maatwerkbank.example"}, "Er is al een account met dit adres."),
        ({"organisation": ""}, "Kies een organisatie of noem een nieuwe"),
        ({"new_organisation": "PBL"}, "Kies een organisatie of noem een nieuwe"),
        ({"organisation": "", "new_organisation": "PBL"}, "wat voor organisatie dit is"),
        ({"clearance": Level.GEHEIM.value}, "clearance"),
        ({"office": "minister"}, "office"),
    ],
)
def test_it_says_what_is_wrong_with_an_invitation(world: World, change: dict, said: str):
    answer = world.browser(world.administrator).post(INVITE, invitation(world, **change))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Person.objects.filter(email="nieuw@maatwerkbank.example").exists()


@pytest.mark.parametrize("deed", ["/afsluiten", "/tweede-stap-wissen"])
def test_it_lets_no_administrator_do_this_to_himself(world: World, deed: str):
    answer = world.browser(world.administrator).post(page_of(world.administrator, deed))

    world.administrator.refresh_from_db()
    assert answer.status_code == 403
    assert world.administrator.is_active


def test_it_lets_no_administrator_raise_the_own_rights(world: World):
    with pytest.raises(NotAllowed):
        services.change_person(
            by=world.administrator,
            person=world.administrator,
            name="Beheerder",
            organisation=world.administrator.organisation,
            office="programme",
            clearance=Level.VERTROUWELIJK.value,
        )


def test_it_says_that_an_account_is_closed_already(world: World):
    services.close_account(by=world.administrator, person=world.lead)

    with pytest.raises(Conflict):
        services.close_account(by=world.administrator, person=world.lead)


def test_it_prints_no_link_for_somebody_unknown(db: None):
    with pytest.raises(CommandError):
        call_command("invitation", "niemand@maatwerkbank.example", site="https://x.example")


@pytest.mark.parametrize("who", ["lead", "programme", "auditor", "company", "outsider"])
def test_it_shows_accounts_to_nobody_else(world: World, who: str):
    answer = world.browser(world.everybody()[who]).get(PEOPLE)

    assert answer.status_code == 403
    assert "Alleen een beheerder" in answer.content.decode()


@pytest.mark.parametrize(
    "deed",
    [
        lambda by, person: services.close_account(by=by, person=person),
        lambda by, person: services.reopen_account(by=by, person=person),
        lambda by, person: services.forget_second_factor(by=by, person=person),
        lambda by, person: services.invite_again(by=by, person=person, site=""),
    ],
)
def test_it_guards_the_deed_itself(world: World, deed):
    with pytest.raises(NotAllowed):
        deed(world.programme, world.outsider)


# ── who may not even know ─────────────────────────────────────────────────────────────────────


def test_it_shows_the_administrator_no_dossier(world: World):
    zout, _ = fill(world)
    browser = world.browser(world.administrator)

    pages = [browser.get(path).content.decode() for path in ("/", PEOPLE, page_of(world.lead))]

    assert browser.get(f"/dossiers/{zout.dossier.code}/").status_code == 404
    assert not any(str(zout.dossier.code) in page for page in pages)
