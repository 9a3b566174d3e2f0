# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of signing in, in our words; what they do is allauth's."""

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

EMAIL = _("E-mail address")
CODE_HELP = _("The six digits that the app on your phone shows now.")


class _OurWords(forms.Form):
    """Labels of ours, help where it helps, and no text in an empty field."""

    words: ClassVar[dict[str, Any]] = {}
    help: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.help.get(name, field.help_text if name in self.help else "")


class SignInForm(_OurWords, LoginForm):  # type: ignore[misc]  # allauth has no types
    """An address and a password."""

    words = {"login": EMAIL, "password": _("Password")}


class ConfirmForm(_OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password, once more."""

    words = {"password": _("Your password")}


class ForgottenForm(_OurWords, ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""

    words = {"email": EMAIL}


_NEW = {"password1": _("New password"), "password2": _("New password, once more")}
_LONG = {
    "password1": _("At least 14 characters. A sentence is easy to remember and hard to guess.")
}


class ChooseForm(_OurWords, ResetPasswordKeyForm):  # type: ignore[misc]
    """A first password, or a new one after the old was forgotten."""

    words = _NEW
    help = _LONG


class ChangeForm(_OurWords, ChangePasswordForm):  # type: ignore[misc]
    """A new password for the old one."""

    words = {"oldpassword": _("Your present password"), **_NEW}
    help = _LONG


class CodeForm(_OurWords, AuthenticateForm):  # type: ignore[misc]
    """The second step."""

    words = {"code": _("Code")}
    help = {"code": _("The six digits in the app on your phone, or one of your recovery codes.")}


class ConfirmCodeForm(_OurWords, ReauthenticateCodeForm):  # type: ignore[misc]
    """The code, once more."""

    words = {"code": _("Code")}
    help = {"code": CODE_HELP}


class ActivateForm(_OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, as proof that the app works."""

    words = {"code": _("Code from the app")}
    help = {"code": CODE_HELP}


_KEY = {"name": _("Name of the key")}
_KEY_HELP = {"name": _("So that you know it again, such as “blue key” or “laptop”.")}


class KeyForm(_OurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A security key."""

    words = _KEY
    help = _KEY_HELP


class RenameForm(_OurWords, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    words = _KEY
    help = _KEY_HELP
