# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens over all dossiers: every statement with its age, totals over firms, letters.

Takes     who asks; the id of a total; what was filled in.
Gives     pages, and the way on after a deed.
Leaves    the rules to `totals`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.releases import shown, totals
from maatwerkbank.web.releases.forms import ReasonForm, TotalForm
from maatwerkbank.web.releases.stating import OPEN, working_publication_of
from maatwerkbank.web.releases.views.form_page import form_page, one_of, trail_of_all
from maatwerkbank.web.templatetags.words import in_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """All statements; for who looks over all dossiers also totals and letters."""
    person = request.user
    over_all = access.sees_releases(person)
    context: dict[str, Any] = {
        "here": "releases",
        "statements": _statements(request),
        "over_all": over_all,
        "may_release": access.releases_totals(person),
    }
    if over_all:
        standing = access.totals_of(person).filter(withdrawn_on=None).select_related("by")
        context["totals"] = shown.totals_shown(totals.totals(person), standing)
        context["letters"] = access.letters_of(person).select_related("made_by", "approved_by")
    return render(request, "releases/overview.html", context)


def _statements(request: PageRequest) -> list[dict[str, Any]]:
    """Per dossier what is said of the firm, and what lies ready; the stale ones first."""
    person = request.user
    seen = list(access.dossiers_of(person, Deed.SEE_STATEMENTS).select_related("company"))
    slugs = {each.company.slug for each in seen}
    publication = working_publication_of(slugs, timezone.localdate())
    found: dict[int, dict[str, Any]] = {
        each.pk: {"dossier": each, "public": None, "open": None, "stale": 0} for each in seen
    }
    rows = access.statements_of(person).filter(dossier__in=found)
    for row in rows.select_related("dossier__company").order_by("released_on", "pk"):
        it = shown.statement_shown(row, publication)
        line = found[row.dossier_id]
        if row.state == "released":
            line["public"] = it
            line["stale"] = len(it.stale)
        elif row.state in OPEN:
            line["open"] = it
    return sorted(found.values(), key=lambda line: (-line["stale"], line["dossier"].company.name))


@GET_OR_POST
def total(request: PageRequest, total: str) -> HttpResponse:
    """Release a total over firms."""
    _require_programme(request)
    made = next((each for each in totals.totals(request.user) if each.id == total), None)
    if made is None:
        raise Http404
    form = TotalForm(request.POST or None, reveals=bool(made.findings))
    value = shown.amount_in_words(made.low, made.high, made.unit)
    facts = [
        {"label": _("Total"), "value": say(made.label), "note": made.id},
        {"label": _("Value"), "value": value},
        {
            "label": _("Firms in it"),
            "value": len(made.firms),
            "note": ", ".join(sorted(made.firms)),
        },
    ]
    return form_page(
        request,
        form,
        heading=_("Release a total over firms"),
        lead=_("From today everybody can read it. Which firms are in it is not told."),
        submit=_("Make public"),
        back=reverse("releases:overview"),
        trail=trail_of_all(),
        more={"about": facts, "told": made.findings},
        deed=lambda: totals.release_total(by=request.user, total=total, **form.cleaned_data),
    )


@GET_OR_POST
def withdraw_total(request: PageRequest, release: UUID) -> HttpResponse:
    """Take a total back."""
    _require_programme(request)
    row = one_of(access.totals_of(request.user), code=release)
    form = ReasonForm(request.POST or None)
    facts = [
        {"label": _("Total"), "value": in_language(row, "label")},
        {"label": _("Value"), "value": shown.told_in_words(row)},
    ]
    return form_page(
        request,
        form,
        heading=_("Withdraw a total"),
        submit=_("Withdraw"),
        back=reverse("releases:overview"),
        trail=trail_of_all(),
        more={"about": facts},
        deed=lambda: totals.withdraw_total(release=row, by=request.user, **form.cleaned_data),
    )


def _require_programme(request: PageRequest) -> None:
    if not access.releases_totals(request.user):
        raise NotAllowed(access.REFUSALS["role"], remedy=totals.ASK_THE_PROGRAMME)
