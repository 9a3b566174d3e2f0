# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open a dossier for a firm: on which track and version, with which case lead, how confidential.

Takes     the slug of a firm, and what was filled in.
Gives     the new dossier, at the first stage of its track.
Leaves    the opening itself to `decisions`.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from maatwerkbank.web.dossiers.decisions import open_dossier, require_opening
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.dossiers.trajectory_forms import OpenForm
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people.access import dossiers_of
from maatwerkbank.web.refusals import Refusal
from maatwerkbank.web.templatetags.words import say


@require_http_methods(["GET", "POST"])
def open_for(request: PageRequest, slug: str) -> HttpResponse:
    """The form, and the deed. Who may not open dossiers hears so before anything of a firm."""
    require_opening(request.user)
    company = get_object_or_404(Company.objects.prefetch_related("sites"), slug=slug)
    form = OpenForm(request.POST or None, by=request.user)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = open_dossier(company=company, by=request.user, **form.cleaned_data)
            except Refusal as error:
                refusal, status = error, error.status
            else:
                return redirect("dossiers:dossier", made.dossier.code)
    context = {
        "company": company,
        "sites": company.sites.all(),
        "there": [
            {"code": each.code, "label": say(each.trajectory.track(each.track_id).label)}
            for each in dossiers_of(request.user).filter(company=company)
        ],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "dossiers/open.html", context, status=status)
