# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headers that every answer carries: kept by no cache, shown in no frame, read by no other site.

Takes     the answer of a view.
Gives     the same, with headers that Django and the content policy do not set.
Leaves    static files alone: they hold nothing of anybody, and caches may keep them.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_USED = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class Headers:
    """Adds them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["Permissions-Policy"] = NOT_USED
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
