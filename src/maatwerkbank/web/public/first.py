# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Before all else: what is public is answered at once, and nothing of a session runs for it.

Takes     a request.
Gives     the public page; any other request goes on its way.
Leaves    a request without TLS, where the site asks for it, to who sends it on.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from maatwerkbank.web.public.answering import answer

PUBLIC = "/openbaar/"
ROBOTS = "/robots.txt"


class PublicFirst:
    """Stands in front of every other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The public page, or what comes after."""
        path = request.path_info
        if not path.startswith(PUBLIC) and path != ROBOTS:
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self.get_response(request)
        return answer(request)
