# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of signing in, and of one's own account."""

from typing import Any, cast

from allauth.account.utils import perform_login
from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.people.demonstration import demonstration_people
from maatwerkbank.web.people.models import Person


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """With a password, or at one's own organisation; in the demo also by choosing whom to be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Besides the form: the name of the provider, and the people of the demo."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for provider in settings.SOCIALACCOUNT_PROVIDERS.values():
            context["organisation"] = provider["APPS"][0]["name"]
        if settings.DEMO:
            context["groups"] = demonstration_people()
        return context


sign_in = SignIn.as_view()


@require_http_methods(["GET", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the demo.  Raises Http404 outside it: there is no such page there."""
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        return redirect("account_login")
    chosen = get_object_or_404(Person, code=request.POST.get("person", ""), is_active=True)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = ""
    return cast("HttpResponse", perform_login(request, chosen, redirect_url=back or None))


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may read, how I sign in and where I am signed in."""
    me = cast("Person", request.user)
    ways = Authenticator.objects.filter(user=me).values_list("type", flat=True)
    context = {
        "level": Level(me.clearance).label,
        "levels_below": [level.label for level in Level if level <= me.clearance],
        "second_step": set(ways) & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN},
        "sessions": sorted(
            UserSession.objects.purge_and_list(me), key=lambda each: each.created_at, reverse=True
        ),
    }
    return render(request, "people/my_account.html", context)


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """For who has a password: who signs in at the own organisation has none here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As allauth does it.  Raises Http404 for who has no password."""
        if not cast("Person", request.user).has_usable_password():
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


change_password = ChangePassword.as_view()
