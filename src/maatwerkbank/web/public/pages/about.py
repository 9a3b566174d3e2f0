# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public pages about the site itself: how figures are made, the sources, the open data."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from maatwerkbank.letter.open_data import tables
from maatwerkbank.letter.open_data.diwoo import CATEGORIES, left_out
from maatwerkbank.letter.open_data.document import VERSION
from maatwerkbank.letter.open_data.table_files import LICENCE
from maatwerkbank.letter.words import word
from maatwerkbank.sources import citation, load_sources
from maatwerkbank.sources.register import Seen
from maatwerkbank.web.public.cells import Cell, day_cell
from maatwerkbank.web.public.place import Place


def method(place: Place) -> dict[str, Any]:
    """How the figures come about, and every source that is cited."""
    cited = next(each for each in tables(place.publication, place.stays) if each.name == "sources")
    return {
        "seen": [
            {
                "label": word(f"seen.{each}", place.language),
                "value": word(f"seen_means.{each}", place.language),
            }
            for each in Seen
        ],
        "columns": [
            {"label": _("Source")},
            {"label": _("Publisher")},
            {"label": _("Date")},
            {"label": _("How it was seen")},
        ],
        "rows": [_source(place, str(row[0])) for row in cited.rows],
    }


def _source(place: Place, identity: str) -> list[Cell]:
    found = load_sources()[identity]
    return [
        {"text": found.title, "href": place.source(identity)},
        {"text": found.publisher},
        day_cell(place, found.date),
        {"text": word(f"seen.{found.seen}", place.language)},
    ]


def source(place: Place, source: str) -> dict[str, Any]:
    """One source, and the figures that rest on it."""
    found = load_sources().get(source)
    if found is None:
        raise Http404
    return {
        "source": found,
        "seen": word(f"seen.{found.seen}", place.language),
        "seen_means": word(f"seen_means.{found.seen}", place.language),
        "citation": citation(found, language=place.language),
        "figures": [
            {
                "label": place.say(each.label),
                "firm": each.firm,
                "href": place.to("figure", figure=each.id),
            }
            for each in place.publication.figures.values()
            if each.origin.kind == "source" and each.origin.identity == source
        ],
    }


def data(place: Place) -> dict[str, Any]:
    """The tables, their schema, the licence, and how to cite them."""
    made = tables(place.publication, place.stays, place.snapshot.before)
    day = "" if place.snapshot.today else f"?op={place.publication.as_of}"
    base = place.stays
    return {
        "columns": [
            {"label": _("Table")},
            {"label": _("Rows"), "numeric": True},
            {"label": _("Columns"), "numeric": True},
            {"label": _("File")},
            {"label": _("Schema")},
        ],
        "rows": [
            [
                {"text": place.say(each.title), "note": place.say(each.description)},
                {"text": str(len(each.rows))},
                {"text": str(len(each.fields))},
                {"text": f"{each.name}.csv", "href": base.table(each.name) + day},
                {"text": f"{each.name}.schema.json", "href": base.table_schema(each.name)},
            ]
            for each in made
        ],
        "document": base.document + day,
        "document_schema": base.document_schema,
        "package": base.package,
        "catalogue": f"{base.base}data/dcat.json",
        "woo": f"{base.base}data/diwoo.xml",
        "example_figure": base.figure(next(iter(place.publication.figures), "id")),
        "licence": LICENCE,
        "format_version": VERSION,
        "categories": [each.listed.label for each in CATEGORIES.values()],
        "left_out": len(left_out(place.publication.papers)),
    }
