# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What allauth is told: who may come in, with what, and in which words it is refused.

Takes     a request in which somebody signs in: with a password, a code, a key, or at a provider of
          OpenID Connect.
Gives     yes, or a page that says why not and what helps.
Leaves    what somebody may see after that to `access.py`.

Nobody makes an account. An administrator invites (`services.invite`); a provider vouches only for
people who are known here already, by an address that it has verified.
"""

import base64
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from maatwerkbank.ground.language import Text
from maatwerkbank.web.people.second_factor import came_in_strongly
from maatwerkbank.web.refusals import NotAllowed, refusal_page

# What is said on the page, and by mail, after something happened to an account.
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password was changed."),
    "mfa/messages/totp_activated.txt": _("The app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app was removed."),
    "mfa/messages/webauthn_added.txt": _("The key was added."),
    "mfa/messages/webauthn_removed.txt": _("The key was removed."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}
MAILED = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("A new password was chosen for your account."),
    "account/email/password_set": _("A password was set for your account."),
    "mfa/email/totp_activated": _("An app for sign-in codes was set up for your account."),
    "mfa/email/totp_deactivated": _("The app for sign-in codes of your account was removed."),
    "mfa/email/webauthn_added": _("A security key was added to your account."),
    "mfa/email/webauthn_removed": _("A security key of your account was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "socialaccount/email/account_connected": _(
        "Your account was used for the first time through your own organisation."
    ),
}


class SigningIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in with a password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both, or choose a new "
            "password."
        ),
        "too_many_login_attempts": _(
            "Too many attempts. To protect the account nobody can sign in to it for 15 minutes. "
            "Your password has not changed. Try again later."
        ),
        "account_inactive": _("This account is closed."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited."""
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Once more the password or a code; not just after that, nor for the first second step."""
        recently = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return came_in_strongly(context.request) and not came_in_strongly(
            context.request, within=recently
        )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **__: Any
    ) -> None:
        """A sentence of ours on the next page; where we have none, none."""
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        """Tell by mail what happened to the account."""
        said = {"what": MAILED[template_prefix], "at": timezone.now()}
        self.send_mail("account/email/notice", email or user.email, said)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: its secret lies encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right, or no longer. Wait for the next one."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture that an app reads: on white, also where the page is dark."""
        picture: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string().decode()
        return picture

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("second factor", "", key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class NotKnownHere(NotAllowed):
    """Signed in at the provider, and no person here has that verified address."""

    code = "sign-in.not-known"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="U bent ingelogd bij uw organisatie, maar hier is nog geen account voor u.",
                en="You have signed in at your organisation, but there is no account for you here.",
            ),
            remedy=Text(
                nl="vraag de beheerder om een uitnodiging op het e-mailadres van uw organisatie",
                en="ask the administrator to invite you at the e-mail address of your organisation",
            ),
        )


class AddressNotVerified(NotAllowed):
    """The provider does not vouch for the address."""

    code = "sign-in.address-not-verified"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Uw organisatie heeft uw e-mailadres niet bevestigd. Daarom weten we niet zeker "
                "wie u bent.",
                en="Your organisation has not verified your e-mail address. So we cannot be sure "
                "who you are.",
            ),
            remedy=Text(
                nl="laat het e-mailadres bevestigen bij uw organisatie en log opnieuw in",
                en="have the e-mail address verified at your organisation and sign in again",
            ),
        )


class AnswerNotOurs(NotAllowed):
    """The answer of the provider does not belong to a question that this browser asked."""

    code = "sign-in.answer-not-ours"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Het antwoord van uw organisatie hoort niet bij deze poging om in te loggen.",
                en="The answer of your organisation does not belong to this attempt to sign in.",
            ),
            remedy=Text(nl="begin opnieuw met inloggen", en="start signing in again"),
        )


class SigningInElsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in at a provider of OpenID Connect. `provider.py` has checked its token."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: people are invited."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse what is not ours: another question, an address nobody vouches for, a stranger."""
        claimed = sociallogin.account.extra_data.get("nonce", "")
        asked = sociallogin.state.get("nonce", "")
        if not asked or not constant_time_compare(claimed, asked):
            raise ImmediateHttpResponse(refusal_page(request, AnswerNotOurs()))
        if sociallogin.state.get("process") != "login":  # no linking to whoever is signed in
            raise ImmediateHttpResponse(refusal_page(request, AnswerNotOurs()))
        if sociallogin.is_existing:
            return
        vouched = any(address.verified for address in sociallogin.email_addresses)
        raise ImmediateHttpResponse(
            refusal_page(request, NotKnownHere() if vouched else AddressNotVerified())
        )
