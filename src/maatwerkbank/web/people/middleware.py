# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nobody comes in who has not signed in, in two steps: every page asks for it unless named here.

Takes     a request.
Gives     the page, or the way to the page where one signs in or sets up the second step.
Leaves    what somebody who has signed in may see to `access.py`.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from maatwerkbank.web.people.held import asked_once
from maatwerkbank.web.people.second_factor import came_in_strongly

# Names of pages that somebody who has not signed in may see; the rest is closed.
OPEN_PAGES = frozenset(
    {
        "healthz",
        "set_language",
        "set_theme",
        "accessibility",
        "security-txt",
        "demo-sign-in",
        "disclosed-paper",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "single-sign-on",
        "single-sign-on-callback",
        "socialaccount_login_cancelled",
    }
)
# And those for who has given a password and no more.
SET_UP_PAGES = OPEN_PAGES | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


class SignedIn:
    """Closed by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; within, the roles of whoever asks are looked up once."""
        with asked_once():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Before any view: signed in, or a page that is open."""
        match = request.resolver_match or resolve(request.path_info)
        if request.user.is_authenticated:
            if match.url_name in SET_UP_PAGES or came_in_strongly(request):
                return None
            if match.namespace != "api":
                return redirect("mfa_index")
            request.user = AnonymousUser()
        if match.url_name in OPEN_PAGES or match.namespace == "api":  # the API says it in JSON
            return None
        return redirect_to_login(request.get_full_path())
