# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that changes who may sign in. One function, one deed, one transaction.

Takes     the administrator who asks, and people or their particulars.
Gives     the person, as stored. Each change is kept with who, when and why by the database.
Leaves    roles on dossiers to the case lead of each: an administrator gives none and sees none.

Raises    NotAllowed where the one who asks is no administrator, or would change the own rights;
          Conflict where the state of things does not admit it.
"""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from maatwerkbank.ground.language import Text
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.refusals import Conflict, NotAllowed


def require_administrator(person: Person) -> None:
    """Raises NotAllowed for everybody else."""
    if not (person.is_active and person.office == "administrator"):
        raise NotAllowed(
            Text(
                nl="Alleen een beheerder ziet en wijzigt accounts.",
                en="Only an administrator sees and changes accounts.",
            ),
            remedy=Text(nl="vraag het een beheerder", en="ask an administrator"),
        )


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    name: str,
    organisation: Organisation,
    office: str,
    clearance: int,
    site: str,
) -> Person:
    """Somebody who may sign in from now on, told so by mail.

    `site` is the address of this site, for the link (`https://maatwerkbank.example`).
    """
    require_administrator(by)
    if Person.objects.filter(email__iexact=email).exists():
        raise Conflict(
            Text(
                nl=f"Er is al een account met het adres {email}.",
                en=f"There is an account with the address {email} already.",
            ),
            remedy=Text(
                nl="zoek het in de lijst; open het opnieuw als het is afgesloten",
                en="find it in the list; reopen it if it is closed",
            ),
        )
    person = Person.objects.create_user(
        email, name=name, organisation=organisation, office=office, clearance=clearance
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    send_invitation(person, site)
    return person


def invite_again(*, by: Person, person: Person, site: str) -> Person:
    """The mail once more, with a new link; the old link ends when a password is chosen."""
    require_administrator(by)
    _require_open(person)
    send_invitation(person, site)
    return person


@transaction.atomic
def change_person(
    *,
    by: Person,
    person: Person,
    name: str,
    organisation: Organisation,
    office: str,
    clearance: int,
) -> Person:
    """Other particulars or other rights; nobody changes the own rights."""
    require_administrator(by)
    if by == person and (office, clearance) != (person.office, person.clearance):
        raise NotAllowed(
            Text(
                nl="U kunt uw eigen functie en niveau niet wijzigen.",
                en="You cannot change your own function and level.",
            ),
            remedy=Text(nl="vraag het een andere beheerder", en="ask another administrator"),
        )
    person.name, person.organisation = name, organisation
    person.office, person.clearance = office, clearance
    person.save()
    return person


@transaction.atomic
def close_account(*, by: Person, person: Person) -> Person:
    """Nobody signs in with it any more, and whoever is signed in with it is out at once."""
    require_administrator(by)
    if by == person:
        raise NotAllowed(
            Text(
                nl="U kunt uw eigen account niet afsluiten.",
                en="You cannot close your own account.",
            ),
            remedy=Text(nl="vraag het een andere beheerder", en="ask another administrator"),
        )
    _require_open(person)
    person.is_active = False
    person.save()
    end_sessions(person)
    return person


@transaction.atomic
def reopen_account(*, by: Person, person: Person) -> Person:
    """The account can be used again, with the rights it had."""
    require_administrator(by)
    if person.is_active:
        raise Conflict(Text(nl="Dit account is al open.", en="This account is open already."))
    person.is_active = True
    person.save()
    return person


@transaction.atomic
def forget_second_factor(*, by: Person, person: Person) -> Person:
    """For who lost the phone: a new second step must be set up at the next sign-in."""
    require_administrator(by)
    if by == person:
        raise NotAllowed(
            Text(
                nl="U kunt uw eigen tweede stap hier niet wissen.",
                en="You cannot remove your own second step here.",
            ),
            remedy=Text(
                nl="gebruik een herstelcode, of vraag het een andere beheerder",
                en="use a recovery code, or ask another administrator",
            ),
        )
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    return person


def end_sessions(person: Person) -> None:
    """Whoever is signed in as `person` is out."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _require_open(person: Person) -> None:
    if not person.is_active:
        raise Conflict(
            Text(nl="Dit account is afgesloten.", en="This account is closed."),
            remedy=Text(nl="open het eerst", en="reopen it first"),
        )


# ── invitations ───────────────────────────────────────────────────────────────────────────────


def invitation_link(person: Person, site: str) -> str:
    """Where `person` chooses a password; holds until that is done, and three days at most."""
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return f"{site}{path}"


def send_invitation(person: Person, site: str) -> None:
    """The mail with that link; where no mail server is named nothing is sent."""
    context = {
        "person": person,
        "link": invitation_link(person, site),
        "sign_in": f"{site}{reverse('account_login')}",
        "single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    send_mail(
        render_to_string("people/email/invitation_subject.txt", context).strip(),
        render_to_string("people/email/invitation_message.txt", context),
        None,
        [person.email],
    )
