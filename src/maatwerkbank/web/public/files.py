# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files under the public pages: tables, documents, sitemaps, robots.txt.

Takes     a snapshot, the host, and what the address holds.
Gives     text with its type.
Leaves    what stands in them to `letter/open_data`.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.letter.open_data import (
    Addresses,
    Table,
    as_csv,
    diwoo,
    document,
    document_schema,
    table_schema,
    tables,
)
from maatwerkbank.letter.open_data.catalogue import catalogue
from maatwerkbank.letter.open_data.table_files import data_package
from maatwerkbank.web.public.publications import Snapshot

CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"
JSON_LD = "application/ld+json; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
# What a search engine may read: the public pages, papers made public after a request, their looks.
OPEN = ("/openbaar/", "/woo/openbaar/", "/static/")


def _addresses(host: str) -> Addresses:
    return Addresses(host + reverse("public:start"))


def _elsewhere(snapshot: Snapshot, host: str) -> Publication:
    """What is public, for who reads it elsewhere: papers of this site with their whole address."""
    found = snapshot.publication
    papers = (
        replace(each, url=host + each.url) if each.url and each.url.startswith("/") else each
        for each in found.papers
    )
    return replace(found, papers=tuple(papers))


def _tables(snapshot: Snapshot, host: str) -> tuple[Table, ...]:
    return tables(_elsewhere(snapshot, host), _addresses(host), snapshot.before)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _table(snapshot: Snapshot, host: str, name: str) -> Table:
    found = {each.name: each for each in _tables(snapshot, host)}
    if name not in found:
        raise Http404
    return found[name]


def _csv(snapshot: Snapshot, host: str, table: str) -> tuple[str, str]:
    return as_csv(_table(snapshot, host, table)), CSV


def _schema(snapshot: Snapshot, host: str, table: str) -> tuple[str, str]:
    return _json(table_schema(_table(snapshot, host, table))), JSON


def _document(snapshot: Snapshot, host: str) -> tuple[str, str]:
    found = _tables(snapshot, host)
    return _json(document(_elsewhere(snapshot, host), found, _addresses(host))), JSON


def _document_schema(snapshot: Snapshot, host: str) -> tuple[str, str]:
    return _json(document_schema(_tables(snapshot, host), _addresses(host))), JSON


def _package(snapshot: Snapshot, host: str) -> tuple[str, str]:
    as_of = snapshot.publication.as_of.isoformat()
    return _json(data_package(_tables(snapshot, host), _addresses(host), as_of)), JSON


def _catalogue(snapshot: Snapshot, host: str) -> tuple[str, str]:
    as_of = snapshot.publication.as_of.isoformat()
    return _json(catalogue(_tables(snapshot, host), _addresses(host), as_of)), JSON_LD


def _woo_metadata(snapshot: Snapshot, host: str) -> tuple[str, str]:
    return diwoo.sitemap(_elsewhere(snapshot, host).papers), XML


def _woo_index(snapshot: Snapshot, host: str, category: int) -> tuple[str, str]:
    _woo_papers(snapshot, host, category)
    return diwoo.index(host + reverse("public:woo-sitemap", args=[f"{category:03}"])), XML


def _woo_sitemap(snapshot: Snapshot, host: str, category: int) -> tuple[str, str]:
    return diwoo.sitemap(_woo_papers(snapshot, host, category)), XML


def _woo_papers(snapshot: Snapshot, host: str, category: int) -> tuple[Any, ...]:
    found = diwoo.on_this_site(_elsewhere(snapshot, host).papers, host)
    for name, papers in found.items():
        if diwoo.CATEGORIES[name].number == f"{category:03}":
            return papers
    raise Http404


def _sitemap(snapshot: Snapshot, host: str) -> tuple[str, str]:
    publication = snapshot.publication
    pages: list[tuple[str, list[str]]] = [
        *((each, []) for each in ("start", "promises", "figures", "papers", "parliament")),
        *((each, []) for each in ("method", "data")),
        *(("firm", [each.id]) for each in publication.register),
        *(("figure", [each]) for each in publication.figures),
    ]
    addresses = (
        host + reverse(f"public:{prefix}{name}", args=given)
        for name, given in pages
        for prefix in ("", "en-")
    )
    return diwoo.plain_sitemap(addresses), XML


def _robots(snapshot: Snapshot, host: str) -> tuple[str, str]:
    maps = [host + reverse("public:sitemap")]
    maps += [
        f"{host}{reverse('public:woo-index', args=[diwoo.CATEGORIES[name].number])}"
        for name in diwoo.on_this_site(_elsewhere(snapshot, host).papers, host)
    ]
    lines = ["User-agent: *", *(f"Allow: {each}" for each in OPEN), "Disallow: /", ""]
    return "\n".join([*lines, *(f"Sitemap: {each}" for each in maps)]) + "\n", TEXT


FILES: dict[str, Callable[..., tuple[str, str]]] = {
    "document": _document,
    "document-schema": _document_schema,
    "package": _package,
    "catalogue": _catalogue,
    "woo-metadata": _woo_metadata,
    "table": _csv,
    "table-schema": _schema,
    "sitemap": _sitemap,
    "woo-index": _woo_index,
    "woo-sitemap": _woo_sitemap,
    "robots": _robots,
}
