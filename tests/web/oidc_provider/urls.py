# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the provider, and its sign-in page."""

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.html import format_html

PAGE = """<!doctype html><title>Your organisation</title><form method="post">
<input type="hidden" name="next" value="{}">
<label>Address <input name="address"></label>
<label>Verified <input name="verified" value="yes"></label>
<label>Lie <input name="lie"></label>
<button>Sign in at your organisation</button></form>"""


def sign_in(request: HttpRequest) -> HttpResponse:
    """Whoever says to be somebody is: this provider exists in tests only."""
    if request.method == "GET":
        return HttpResponse(format_html(PAGE, request.GET["next"]))
    name = "|".join(request.POST[field] for field in ("address", "verified", "lie"))
    user, _ = get_user_model().objects.get_or_create(username=name)
    login(request, user)
    return redirect(request.POST["next"])


urlpatterns = [
    path("sign-in", sign_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
