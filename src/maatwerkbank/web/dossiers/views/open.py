# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open a dossier for a firm: on which track and version, with which case lead, how confidential.

Takes     the slug of a firm, and what was filled in.
Gives     the new dossier, at the first stage of its track.
Leaves    the opening itself to `decisions`.
"""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maatwerkbank.web.dossiers.decisions import open_dossier, require_opening
from maatwerkbank.web.dossiers.firms import Firm, firm, stored
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.dossiers.planning_forms import tell
from maatwerkbank.web.dossiers.trajectory_forms import OpenForm
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people.access import dossiers_of
from maatwerkbank.web.refusals import Refusal, Unfit
from maatwerkbank.web.templatetags.words import say


@require_http_methods(["GET", "POST"])
def open_for(request: PageRequest, slug: str) -> HttpResponse:
    """The form, and the deed. Who may not open dossiers hears so before anything of a firm."""
    require_opening(request.user)
    found = firm(slug, timezone.localdate())
    if found is None:
        raise Http404
    form = OpenForm(request.POST or None, by=request.user)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _opened(found, by=request.user, **form.cleaned_data)
            except Unfit as error:
                tell(form, error.findings)
            except Refusal as error:
                refusal, status = error, error.status
            else:
                return redirect("dossiers:dossier", made.dossier.code)
    context = {
        "company": found.company,
        "sites": ", ".join(site.name for site in found.sites),
        "there": [
            {"code": each.code, "label": say(each.trajectory.track(each.track_id).label)}
            for each in dossiers_of(request.user).filter(company__slug=slug)
        ],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "dossiers/open.html", context, status=status)


@transaction.atomic
def _opened(found: Firm, **given: Any) -> Decision:
    """The firm is stored with its dossier or, where that is refused, not at all."""
    return open_dossier(company=stored(found), **given)
