# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A public page of today that was sent before is sent again without waking Django.

Takes     a request as the web server hands it over.
Gives     the bytes and headers of the earlier answer; any other request goes on to the application.
Leaves    the first answer, other days, conditional requests, unknown hosts to `answering`. A page
          lies ready for hosts only that were let in before, each with its scheme.
"""

from collections.abc import Callable, Iterable
from typing import Any

from maatwerkbank.web.public.first import PUBLIC
from maatwerkbank.web.public.publications import KEPT

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# The reader may have the page already: `answering` finds out.
CONDITIONAL = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class FromMemory:
    """Stands in front of the application."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """The page, or what the application says."""
        if (
            environ["PATH_INFO"].startswith(PUBLIC)
            and environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and not any(name in environ for name in CONDITIONAL)
        ):
            body = KEPT.ready(environ["PATH_INFO"], _host(environ))
            zipped = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            if body and zipped in body.headers:
                start_response("200 OK", body.headers[zipped])
                return [body.zipped if zipped else body.content]
        return self.application(environ, start_response)


def _host(environ: dict[str, Any]) -> str:
    """Scheme and host as Django makes them of the same request."""
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    return f"{scheme}://{environ.get('HTTP_HOST', '')}"
