# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of frozen lists: the list, the list as ODT and CSV, and the decision on it.

Takes     the code of an inventory, and what was filled in.
Gives     the rows of papers that the reader may read.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.disclosure.inventory import COLUMNS, as_csv, cells, grounds_in
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.inventory_document import inventory_text
from maatwerkbank.letter.odt import MEDIA_TYPE, odt
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, page_language, say
from maatwerkbank.web.woo import deciding, shown
from maatwerkbank.web.woo.forms import OutcomeForm
from maatwerkbank.web.woo.models import Inventory, PaperPublication
from maatwerkbank.web.woo.views import ways


@require_http_methods(["GET", "POST"])
def inventory(request: PageRequest, code: UUID) -> HttpResponse:
    """A frozen list; decides on it."""
    person = request.user
    found = _inventory_for(person, code)
    if request.method == "POST":
        access.require(person, Deed.DECIDE_DISCLOSURE, found.dossier)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deciding.decide(inventory=found, by=person, **form.cleaned_data)
        messages.success(request, _("The decision has been recorded."))
        return redirect("woo:inventory", code)
    rows = _rows(request, found)
    language = page_language()
    may_decide = (
        not found.outcome
        and Deed.DECIDE_DISCLOSURE in access.deeds_in(person, found.dossier)
        and found.frozen_by_id != person.pk
    )
    title = _("Inventory %(number)s") % {"number": found.number}
    context = {
        "here": "woo",
        "inventory": found,
        "heading": title,
        "trail": ways.to_part(found.part, (title, "")),
        "statuses": [shown.outcome_status(found)],
        "facts": [
            {"label": _("Request"), "value": found.part.request.subject},
            {
                "label": _("Frozen by"),
                "value": found.frozen_by.name,
                "note": day(found.frozen_at),
            },
            {"label": _("Seal"), "value": found.sha256[:16]},
        ],
        "columns": [{"label": say(label)} for label in COLUMNS.values()],
        "rows": [_cells(row, language) for row in rows],
        "grounds": [{"label": mark, "value": say(label)} for mark, label in grounds_in(rows)],
        "form": form if may_decide else None,
        "own": not found.outcome and found.frozen_by_id == person.pk,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "woo/inventory.html", context, status=status)


@require_GET
def as_odt(request: PageRequest, code: UUID) -> HttpResponse:
    """The list as an open document."""
    found = _inventory_for(request.user, code)
    whole = found.part.request
    text = inventory_text(
        _rows(request, found),
        request=whole.reference,
        subject=whole.subject,
        dated=found.outcome_on or timezone.localdate(found.frozen_at),
        seal=found.sha256,
        language=page_language(),
    )
    return _file(odt(text), MEDIA_TYPE, found, "odt")


@require_GET
def as_table(request: PageRequest, code: UUID) -> HttpResponse:
    """The list as CSV."""
    found = _inventory_for(request.user, code)
    told = as_csv(_rows(request, found), page_language())
    return _file(told.encode("utf-8-sig"), "text/csv; charset=utf-8", found, "csv")


def _inventory_for(person: Person, code: UUID) -> Inventory:
    found = access.row_for(person, Inventory, code, Deed.SEE_DISCLOSURE)
    rows = access.rows_of(person, Inventory, Deed.SEE_DISCLOSURE, found.dossier)
    return rows.select_related(
        "part__request", "part__dossier__company", "dossier__company", "frozen_by", "outcome_by"
    ).get(pk=found.pk)


def _rows(request: PageRequest, found: Inventory) -> list[dict[str, Any]]:
    """The rows of papers that the reader may read, with where they came to be public since."""
    papers = access.requested_papers_of(request.user).filter(part=found.part)
    readable = {str(code) for code in papers.values_list("code", flat=True)}
    published = access.rows_of(
        request.user, PaperPublication, Deed.SEE_DISCLOSURE, found.dossier
    ).filter(paper__part=found.part)
    places = {
        str(paper): place
        or request.build_absolute_uri(reverse("woo:disclosed-paper", args=[publication]))
        for paper, publication, place in published.values_list("paper__code", "code", "place")
    }
    return [
        {**row, "published_at": places.get(row["id"], row["published_at"])}
        for row in found.content
        if row["id"] in readable
    ]


def _cells(row: dict[str, Any], language: Language) -> list[Any]:
    """A row for the page: the day in words, and a way to where the paper is public."""
    dated = {**row, "dated": day(row["dated"]) if row["dated"] else ""}
    *told, place = cells(dated, language)
    address = row["published_at"]
    if not address.startswith(("http://", "https://")):
        return [*told, place]
    return [*told, {"text": _("the public paper"), "href": address}]


def _file(content: bytes, media_type: str, found: Inventory, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    name = f"inventarislijst-{found.part.request.reference}-{found.number}".replace(" ", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
