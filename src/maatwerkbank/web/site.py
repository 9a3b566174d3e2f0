# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the site itself: its health, its accessibility, its theme, whom to tell of a leak."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

THEMES = ("light", "dark", "system")
A_YEAR = 31_536_000  # [s]


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with known gaps."""
    context = {
        "contact": settings.CONTACT,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "accessibility.html", context)


@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a leak (RFC 9116)."""
    half_a_year = timezone.now().replace(microsecond=0) + timedelta(days=180)
    context = {
        "contact": settings.SECURITY_CONTACT,
        "expires": half_a_year.isoformat(),
        "canonical": request.build_absolute_uri(),
    }
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system has it; kept in a cookie that holds nothing else."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(
            "maatwerkbank_theme",
            theme,
            max_age=A_YEAR,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
        )
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that this site does not answer; may come before any session."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page when the program fails; may come before any session."""
    return HttpResponse(render_to_string("500.html"), status=500)
