# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of a request in one dossier: the work list, searching, asking for views, freezing.

Takes     the code of a part, and what was filled in.
Gives     one page with the term, what lacks, the papers, who is heard and the frozen lists.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.disclosure.judging import lacks_of
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day
from maatwerkbank.web.woo import deciding, hearing, judging, shown
from maatwerkbank.web.woo.forms import HearingForm, SearchForm
from maatwerkbank.web.woo.models import RequestPart
from maatwerkbank.web.woo.stored import open_work_of, work_of
from maatwerkbank.web.woo.views import ways


@require_GET
def part(request: PageRequest, code: UUID) -> HttpResponse:
    """The work list."""
    found = ways.part_for(request.user, code)
    return render(request, "woo/part.html", _context(request, found))


def _context(request: PageRequest, found: RequestPart) -> dict[str, Any]:
    today = timezone.localdate()
    work = work_of(found)
    state = work.state(today)
    closed = state in {"withdrawn", "published"}
    lacks = [] if closed or work.decided_on else lacks_of(open_work_of(found), today)
    errors = [each for each in lacks if each.severity == "error"]
    deeds = access.deeds_in(request.user, found.dossier)
    return {
        "here": "woo",
        "part": found,
        "dossier": found.dossier,
        "trail": ways.to_part(found),
        "statuses": [shown.status_of(work, today), shown.due_of(work, today)],
        "facts": [
            {"label": _("Reference"), "value": found.request.reference},
            {"label": _("Who asks"), "value": found.request.requester},
            {"label": _("Received on"), "value": day(found.request.received_on)},
            {"label": _("To be decided by"), "value": day(work.term.due_on)},
        ],
        "term_columns": shown.term_columns(),
        "term_rows": shown.term_rows(work),
        "lacks": () if state == "deciding" else lacks,
        "may_keep": Deed.KEEP_DISCLOSURE in deeds and state != "withdrawn",
        "may_freeze": Deed.KEEP_DISCLOSURE in deeds
        and not errors
        and state in {"searching", "hearing"}
        and any(each.inventory_id is None for each in found.papers.all()),
        "paper_columns": shown.paper_columns(),
        "papers": shown.paper_rows(found.papers.all()),
        "hearing_columns": shown.hearing_columns(),
        "hearings": shown.hearing_rows(found.hearings.all(), today),
        "inventory_columns": shown.inventory_columns(),
        "inventories": shown.inventory_table(found.inventories.select_related("frozen_by")),
    }


@require_http_methods(["GET", "POST"])
def search(request: PageRequest, code: UUID) -> HttpResponse:
    """Add what a search brought."""
    found = ways.part_for(request.user, code, Deed.KEEP_DISCLOSURE)
    versions = (
        access.versions_of(request.user, found.dossier)
        .exclude(state="draft")
        .exclude(requested__part=found)
        .select_related("document")
        .order_by("document__title", "number")
    )
    form = SearchForm(request.POST or None, versions=versions)
    back = reverse("woo:part", args=[code])

    def deed() -> str:
        judging.add_papers(part=found, by=request.user, **form.cleaned_data)
        return back

    return ways.form_page(
        request,
        form,
        heading=_("Add papers"),
        kicker=found.request.reference,
        summary=_("Everything that may fall under the request; you judge it afterwards."),
        submit=_("Add to the list"),
        back=back,
        trail=ways.to_part(found, (_("Add papers"), "")),
        deed=deed,
    )


@require_http_methods(["GET", "POST"])
def ask_view(request: PageRequest, code: UUID) -> HttpResponse:
    """Ask somebody for a view."""
    found = ways.part_for(request.user, code, Deed.KEEP_DISCLOSURE)
    papers = access.requested_papers_of(request.user).filter(part=found)
    form = HearingForm(
        request.POST or None, part=found, papers=papers.select_related("version__document")
    )
    back = reverse("woo:part", args=[code])

    def deed() -> str:
        hearing.ask_view(part=found, by=request.user, **form.fields_of_deed())
        return back

    return ways.form_page(
        request,
        form,
        heading=_("Ask for a view"),
        kicker=found.request.reference,
        summary=_("The term stands still until the view is given, or its time has passed."),
        submit=_("Ask for a view"),
        back=back,
        trail=ways.to_part(found, (_("Ask for a view"), "")),
        deed=deed,
    )


@require_POST
def freeze(request: PageRequest, code: UUID) -> HttpResponse:
    """Freeze the inventory for whoever decides."""
    found = ways.part_for(request.user, code, Deed.KEEP_DISCLOSURE)
    made = deciding.freeze(part=found, by=request.user)
    messages.success(request, _("The list is frozen. Another person decides."))
    return redirect("woo:inventory", made.code)
