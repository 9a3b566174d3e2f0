# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the public pages: Dutch without a prefix, English under `en/`. They never change.

Every one of them is answered by `first.py`, before anything of a session is looked at.
"""

from collections.abc import Iterator

from django.urls import URLPattern, path

from maatwerkbank.web.public.answering import answer

app_name = "public"

PAGES = {
    "start": "",
    "firm": "bedrijf/<str:firm>/",
    "promises": "beloften/",
    "figures": "cijfers/",
    "figure": "cijfer/<str:figure>/",
    "papers": "documenten/",
    "parliament": "kamer/",
    "method": "methode/",
    "source": "bron/<str:source>/",
    "data": "data/",
}
# A named file stands before the pattern of a table, which would take its name for one.
FILES = {
    "document-schema": "data/maatwerkbank.schema.json",
    "document": "data/maatwerkbank.json",
    "package": "data/datapackage.json",
    "catalogue": "data/dcat.json",
    "woo-metadata": "data/diwoo.xml",
    "table-schema": "data/<slug:table>.schema.json",
    "table": "data/<slug:table>.csv",
    "sitemap": "sitemap.xml",
    "woo-index": "sitemaps/sitemapindex-diwoo-infocat<int:category>.xml",
    "woo-sitemap": "sitemaps/sitemap-diwoo-infocat<int:category>.xml",
}


def _patterns() -> Iterator[URLPattern]:
    for name, route in PAGES.items():
        yield path(route, answer, name=name)
        yield path(f"en/{route}", answer, name=f"en-{name}")
    for name, route in FILES.items():
        yield path(route, answer, name=name)


urlpatterns = list(_patterns())
