# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make a public page once, and keep it as bytes: as it is, and compressed.

Takes     a snapshot, a path, and the host under which it was asked for.
Gives     a `Body`; for a path where nothing stands, the page that says so.
Leaves    what stands on a page to `pages` and `files`.
"""

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from maatwerkbank.ground.language import Language
from maatwerkbank.web.public import files
from maatwerkbank.web.public.pages import about, firms, lists, portfolio
from maatwerkbank.web.public.place import Place
from maatwerkbank.web.public.publications import Body, Snapshot

HTML = "text/html; charset=utf-8"
HOSTS_KEPT = 4  # pages are kept for so many names of the site; under another they are made again

Maker = Callable[..., dict[str, Any]]
PAGES: dict[str, Maker] = {
    "start": portfolio.start,
    "firm": firms.firm,
    "promises": lists.promises,
    "figures": lists.figures,
    "figure": lists.figure,
    "papers": lists.papers,
    "parliament": lists.parliament,
    "method": about.method,
    "source": about.source,
    "data": about.data,
}
NOT_HERE = ("", "not-here")


def body(snapshot: Snapshot, path: str, host: str, *, wrong_day: bool = False) -> Body:
    """The page at `path`, made now or before."""
    key = (path, host)
    kept = None if wrong_day else snapshot.bodies.get(key)
    if kept is not None:
        return kept
    made = _not_here(snapshot, path, host, wrong_day=True) if wrong_day else _made(*key, snapshot)
    hosts = {each for _, each in snapshot.bodies}
    if made.status == 200 and (host in hosts or len(hosts) < HOSTS_KEPT):
        snapshot.bodies[key] = made
    return made


def _made(path: str, host: str, snapshot: Snapshot) -> Body:
    try:
        match = resolve(path)
        name = match.url_name or ""
        if name in files.FILES:
            content, content_type = files.FILES[name](snapshot, host, **match.kwargs)
            return _body(content, content_type)
        return _page(snapshot, name, path, host, match.kwargs)
    except (Resolver404, Http404):
        return _not_here(snapshot, path, host)


def _page(snapshot: Snapshot, name: str, path: str, host: str, given: dict[str, Any]) -> Body:
    language: Language = "en" if name.startswith("en-") else "nl"
    bare = name.removeprefix("en-")
    place = Place(snapshot, bare, given, language, host)
    with translation.override(language):
        context = PAGES[bare](place, **given)
        text = render_to_string(f"public/{bare}.html", {**place.context(), **context})
    return _body(text, HTML)


def _not_here(snapshot: Snapshot, path: str, host: str, *, wrong_day: bool = False) -> Body:
    language: Language = "en" if path.startswith("/openbaar/en/") else "nl"
    place = Place(snapshot, "start", {}, language, host)
    with translation.override(language):
        context = {**place.context(), "wrong_day": wrong_day}
        text = render_to_string("public/not_here.html", context)
    return _body(text, HTML, status=400 if wrong_day else 404)


def _body(text: str, content_type: str, status: int = 200) -> Body:
    content = text.encode()
    return Body(
        content=content,
        zipped=gzip.compress(content, 6, mtime=0),
        etag=hashlib.sha256(content).hexdigest()[:32],
        content_type=content_type,
        status=status,
    )
