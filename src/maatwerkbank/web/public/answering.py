# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answer a request for a public page from what lies ready: no session, no cookie, no query.

Takes     a request.
Gives     the page as bytes, or that the reader has it already, or why there is none.
Leaves    making pages to `rendering`. Of a request only its method, host, path, the day in `?op=`
          and three headers are looked at.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_http_date_safe

from maatwerkbank.web.headers import NOT_USED
from maatwerkbank.web.public import rendering
from maatwerkbank.web.public.publications import FIRST_DAY, KEPT, Body, Busy, Snapshot

DAY = "op"
KEEP_NOW, KEEP_PAST = 60, 3600  # [s] that a cache may keep a page
METHODS = ("GET", "HEAD")
KEEP_MISSING = 10  # [s] likewise, that nothing stands there
BUSY = "Een andere dag wordt net gemaakt. Probeer het zo weer.\n"
# Programs on other sites may read the data: they hold nothing of the reader.
FOR_ALL_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
TYPES_OF_DATA = ("text/csv", "application/json", "application/ld+json", "application/xml")


def answer(request: HttpRequest) -> HttpResponse:
    """The answer to a request under `/openbaar/`, or for `/robots.txt`."""
    if request.method not in METHODS:
        return _plain(request, "Alleen lezen.\n", 405, Allow=", ".join(METHODS))
    host = f"{request.scheme}://{request.get_host()}"  # raises where the host is not ours
    day, good = _day(request)
    try:
        snapshot = KEPT.on(day) if day else KEPT.now()
    except Busy:
        return _plain(request, BUSY, 503, Retry_After="2")
    body = rendering.body(snapshot, request.path_info, host, wrong_day=not good)
    return _sent(request, snapshot, body)


def _day(request: HttpRequest) -> tuple[date | None, bool]:
    """The day that was asked for, where it is not today; and whether it is a day at all."""
    if not request.META.get("QUERY_STRING"):
        return None, True
    said = request.GET.get(DAY, "")
    if not said:
        return None, True
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None, False
    today = timezone.localdate()
    if not FIRST_DAY <= day <= today:
        return None, False
    return (None if day == today else day), True


def _sent(request: HttpRequest, snapshot: Snapshot, body: Body) -> HttpResponse:
    zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    etag = f'"{body.etag}-gz"' if zipped else f'"{body.etag}"'
    content = body.zipped if zipped else body.content
    found = body.status == 200
    known = found and _known(request, etag, snapshot)
    headers = {"Vary": "Accept-Encoding", **_protection(secure=request.is_secure())}
    if found:
        keep = KEEP_NOW if snapshot.today else KEEP_PAST
        headers["ETag"] = etag
        headers["Last-Modified"] = snapshot.last_modified
        headers["Cache-Control"] = f"public, max-age={keep}"
    else:
        headers["Cache-Control"] = f"public, max-age={KEEP_MISSING}"
    if body.content_type.startswith(TYPES_OF_DATA):
        headers |= FOR_ALL_SITES
    if known:
        response = HttpResponse(status=304, headers=headers)
        del response.headers["Content-Type"]
        return response
    headers["Content-Type"] = body.content_type
    headers["Content-Length"] = str(len(content))
    if zipped:
        headers["Content-Encoding"] = "gzip"
    if found:
        body.headers[zipped] = list(headers.items())
    sent = b"" if request.method == "HEAD" else content
    return HttpResponse(sent, status=body.status, headers=headers)


def _known(request: HttpRequest, etag: str, snapshot: Snapshot) -> bool:
    """Whether the reader has this very page; what stands in If-None-Match goes first."""
    named = request.META.get("HTTP_IF_NONE_MATCH")
    if named is not None:
        tags = {each.strip().removeprefix("W/") for each in named.split(",")}
        return etag in tags or "*" in tags
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    seen = parse_http_date_safe(since) if since else None
    return seen is not None and snapshot.made.timestamp() <= seen


def _plain(request: HttpRequest, text: str, status: int, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(
        text,
        status=status,
        headers={
            **_protection(secure=request.is_secure()),
            "Content-Type": "text/plain; charset=utf-8",
            "Cache-Control": "no-store",
            **named,
        },
    )


@cache
def _protection(*, secure: bool) -> Mapping[str, str]:
    """The headers that every answer carries; these pages need no script, so none may run."""
    headers = {
        "Content-Security-Policy": build_policy(
            replace={"script-src": ["'none'"], "connect-src": ["'none'"]}
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": NOT_USED,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if secure and settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return headers
