# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens to take over what the House says: hand files in, look at what would change, agree.

Takes     files; then the rows that somebody chose.
Gives     the plan, before anything is changed; the register after it.
Leaves    comparing and changing to `parliament/importing.py`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from maatwerkbank.dossier.parliament.house_import import Step
from maatwerkbank.sources.parliament.odata import MAX_BYTES, SERVICE
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.parliament import importing
from maatwerkbank.web.parliament.forms import ImportForm
from maatwerkbank.web.parliament.kinds import kind_for
from maatwerkbank.web.parliament.models import HouseImport
from maatwerkbank.web.parliament.views.register import labels_of
from maatwerkbank.web.people.access import require_keeps_parliament

GET_OR_POST = require_http_methods(["GET", "POST"])
SLUGS = {
    "commitment": "toezeggingen",
    "motion": "moties",
    "letter": "brieven",
    "debate": "debatten",
}
WHAT = {
    "new": (gettext_noop("New"), "positive"),
    "changed": (gettext_noop("Changed"), "info"),
    "gone": (gettext_noop("Taken back by the House"), "warning"),
}


def _trail(here: str) -> list[dict[str, str]]:
    return [
        {"label": _("Parliament"), "href": reverse("parliament:register")},
        {"label": here, "href": ""},
    ]


@GET_OR_POST
def hand_in(request: PageRequest) -> HttpResponse:
    """Hand in responses of the House's open data."""
    require_keeps_parliament(request.user)
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    status = 200
    if posted:
        if form.is_valid():
            files = [
                (file.name or "", file.read(MAX_BYTES + 1))
                for file in form.cleaned_data["responses"]
            ]
            made = importing.hand_in(by=request.user, files=files)
            return redirect("parliament:plan", made.code)
        status = 422
    heading = _("Read data of the House in")
    context = {
        "here": "parliament",
        "trail": _trail(heading),
        "heading": heading,
        "form": form,
        "service": SERVICE,
        "back": reverse("parliament:register"),
    }
    return render(request, "parliament/import.html", context, status=status)


@GET_OR_POST
def plan(request: PageRequest, code: UUID) -> HttpResponse:
    """What would change; and change it."""
    require_keeps_parliament(request.user)
    made = HouseImport.objects.prefetch_related("responses").filter(code=code).first()
    if made is None:
        raise Http404
    if request.method == "POST":
        importing.take_over(
            made=made,
            by=request.user,
            chosen=request.POST.getlist("take"),
            fingerprint=request.POST.get("fingerprint", ""),
        )
        return redirect("parliament:register")
    data = importing.said_in(made)
    found = importing.plan_of(data)
    labels = {slug: labels_of(kind_for(slug)) for slug in SLUGS.values()}
    heading = _("What would change")
    context = {
        "here": "parliament",
        "trail": _trail(heading),
        "heading": heading,
        "made": made,
        "same": found.same,
        "steps": [_shown(step, labels[SLUGS[step.kind]]) for step in found.steps],
        "fingerprint": found.fingerprint,
        "findings": (*data.findings, *data.doubts()),
        "back": reverse("parliament:register"),
    }
    return render(request, "parliament/plan.html", context)


def _shown(step: Step, labels: dict[str, str]) -> dict[str, Any]:
    kind = kind_for(SLUGS[step.kind])
    what, tone = WHAT[step.what]
    return {
        "id": step.house_id,
        "what": _(what),
        "tone": tone,
        "kind": _(kind.one),
        "label": step.label,
        "is_new": step.what == "new",
        "differences": [
            {"label": labels.get(name, name), "before": before or "", "after": after or ""}
            for name, before, after in step.differences
            if after or before
        ],
        "letters": [
            each.reference.written() if each.reference else each.number
            for each in step.letters
            if each.on is not None
        ],
    }
