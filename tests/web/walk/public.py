# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages: open to all, the same for everybody, and without a word of a hidden dossier."""

from tests.web.walk.asked import EVERYBODY, Asked

from maatwerkbank.web.public.urls import FILES, PAGES

# The register of the tests is empty but for what the program itself ships, so of things that
# stand in a dossier there is no page.
FILLED = {
    "source": ({"source": "=kamerbrief-2025-06-30"}, EVERYBODY),
    "table": ({"table": "=figures"}, EVERYBODY),
    "table-schema": ({"table": "=figures"}, EVERYBODY),
    "firm": ({"firm": "=bestaat-niet"}, ""),
    "figure": ({"figure": "=bestaat.niet"}, ""),
    "woo-index": ({"category": "=11"}, ""),
    "woo-sitemap": ({"category": "=11"}, ""),
}


def _asked(name: str) -> tuple[Asked, ...]:
    fill, may = FILLED.get(name, ({}, EVERYBODY))
    return (Asked(may, fill=fill, open_to_all=bool(may)),)


ANSWERS: dict[str, tuple[Asked, ...]] = {
    "robots": (Asked(EVERYBODY, open_to_all=True),),
    **{f"public:{name}": _asked(name) for name in (*PAGES, *FILES)},
    **{f"public:en-{name}": _asked(name) for name in PAGES},
}
