# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of planning: milestones with every forecast, projects, ambitions.

Takes     the code of a dossier or a milestone, and what was filled in.
Gives     the plan as far as the reader may see it; a form for who may plan.
Leaves    the rules to `planning`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.letter.timeline_picture import slip_text
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers import ambitions, milestones, planning
from maatwerkbank.web.dossiers.models import Dossier, Milestone
from maatwerkbank.web.dossiers.planning_forms import (
    AmbitionForm,
    ForecastForm,
    MilestoneForm,
    PlanForm,
    ProjectForm,
)
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import in_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def plan(request: PageRequest, code: UUID) -> HttpResponse:
    """Everything that is planned in a dossier."""
    person = request.user
    found = access.dossier_for(person, code)
    deeds = access.deeds_in(person, found)
    inside = Deed.SEE_DECISIONS in deeds
    timeline = milestones.shown(access.milestones_of(person, found))
    today = timezone.localdate()
    context = {
        "dossier": found,
        "deeds": deeds,
        "inside": inside,
        "trail": trail(found, _("Planning")),
        "summary": milestones.summary(timeline, today),
        "timeline": timeline,
        "tracks": milestones.tracks(timeline, today, inside=inside),
        "projects": access.projects_of(person, found),
        "ambitions": ambitions.in_words(access.ambitions_of(person, found)),
    }
    return render(request, "dossiers/planning.html", context)


# ── milestones ────────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def milestone(request: PageRequest, code: UUID, milestone: UUID) -> HttpResponse:
    """One milestone with every forecast; who plans says here when it is expected now."""
    person = request.user
    found = access.dossier_for(person, code)
    deeds = access.deeds_in(person, found)
    row = _in(access.milestones_of(person, found), code=milestone)
    form = ForecastForm(request.POST or None)
    status = 200
    if request.method == "POST":
        access.require(person, Deed.PLAN, found)
        if form.is_valid():
            planning.forecast(milestone=row, by=person, **form.cleaned_data)
            if not request.htmx:
                return redirect("dossiers:milestone", code, milestone)
            form = ForecastForm()
        else:
            status = 422
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": [*trail(found)[:-1], *_trail_of_planning(found), _here(in_language(row, "name"))],
        "inside": Deed.SEE_DECISIONS in deeds,
        "form": form,
        **_with_slips(row),
    }
    part = "_milestone" if request.htmx else "milestone"
    return render(request, f"dossiers/{part}.html", context, status=status)


def _with_slips(row: Milestone) -> dict[str, Any]:
    """The milestone as the page shows it, with the slip that each forecast made."""
    shown = milestones.shown(Milestone.objects.filter(pk=row.pk))[0]
    planned = shown.row.planned
    slips = [
        {
            "row": each,
            "slip": say(slip_text((each.expected - planned).days)) if planned else "",
        }
        for each in shown.row.forecasts.all()
    ]
    return {
        "milestone": shown.row,
        "moment": shown.moment(timezone.localdate(), inside=True),
        "track": say(PARALLEL_TRACKS[shown.row.track]),
        "slips": slips,
    }


@GET_OR_POST
def new_milestone(request: PageRequest, code: UUID) -> HttpResponse:
    """Plan a milestone."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    form = MilestoneForm(request.POST or None)
    return _form_page(
        request,
        found,
        form,
        heading=_("Plan a milestone"),
        deed=lambda: planning.add_milestone(
            dossier=found, by=request.user, **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def change_milestone(request: PageRequest, code: UUID, milestone: UUID) -> HttpResponse:
    """Change the plan of a milestone, or say that it came about."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    row = _in(access.milestones_of(request.user, found), code=milestone)
    form = MilestoneForm(request.POST or None, milestone=row)
    return _form_page(
        request,
        found,
        form,
        heading=_("Change a milestone"),
        back=reverse("dossiers:milestone", args=[code, milestone]),
        deed=lambda: planning.change_milestone(
            milestone=row, by=request.user, because=_because(form), **form.fields_of_deed()
        ),
    )


# ── projects, ambitions ───────────────────────────────────────────────────────────────────────


@GET_OR_POST
def new_project(request: PageRequest, code: UUID) -> HttpResponse:
    """Add a project."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    form = ProjectForm(request.POST or None)
    return _form_page(
        request,
        found,
        form,
        heading=_("Add a project"),
        deed=lambda: planning.add_project(dossier=found, by=request.user, **form.fields_of_deed()),
    )


@GET_OR_POST
def change_project(request: PageRequest, code: UUID, project: int) -> HttpResponse:
    """Change a project."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    row = _in(access.projects_of(request.user, found), pk=project)
    form = ProjectForm(request.POST or None, project=row)
    return _form_page(
        request,
        found,
        form,
        heading=_("Change a project"),
        deed=lambda: planning.change_project(
            project=row, by=request.user, because=_because(form), **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def new_ambition(request: PageRequest, code: UUID) -> HttpResponse:
    """Write an ambition down."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    form = AmbitionForm(request.POST or None, documents=_documents(request, found))
    return _form_page(
        request,
        found,
        form,
        heading=_("Write down an ambition"),
        deed=lambda: planning.add_ambition(dossier=found, by=request.user, **form.fields_of_deed()),
    )


@GET_OR_POST
def change_ambition(request: PageRequest, code: UUID, ambition: int) -> HttpResponse:
    """Put an ambition right."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    row = _in(access.ambitions_of(request.user, found), pk=ambition)
    form = AmbitionForm(request.POST or None, documents=_documents(request, found), ambition=row)
    return _form_page(
        request,
        found,
        form,
        heading=_("Put an ambition right"),
        deed=lambda: planning.change_ambition(
            ambition=row, by=request.user, because=_because(form), **form.fields_of_deed()
        ),
    )


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _form_page(
    request: PageRequest,
    found: Dossier,
    form: PlanForm,
    *,
    heading: str,
    deed: Callable[[], Any],
    back: str = "",
) -> HttpResponse:
    """A form on a page of its own: shown, shown again with all findings, or done."""
    back = back or reverse("dossiers:planning", args=[found.code])
    status = 200
    if request.method == "POST":
        if form.is_valid():
            deed()
            return redirect(back)
        status = 422
    context = {
        "dossier": found,
        "heading": heading,
        "form": form,
        "back": back,
        "trail": [*trail(found)[:-1], *_trail_of_planning(found), _here(heading)],
    }
    return render(request, "dossiers/plan_form.html", context, status=status)


def _trail_of_planning(found: Dossier) -> list[dict[str, str]]:
    planning_page = reverse("dossiers:planning", args=[found.code])
    return [*trail(found)[-1:], {"label": _("Planning"), "href": planning_page}]


def _here(label: str) -> dict[str, str]:
    return {"label": label, "href": ""}


def _in(rows: Any, **which: Any) -> Any:
    """The row that is asked for, of those that the reader may see; else as if there is none."""
    found = rows.select_related("dossier__company").filter(**which).first()
    if found is None:
        raise Http404
    return found


def _because(form: PlanForm) -> str:
    because: str = form.cleaned_data["because"]
    return because


def _documents(request: PageRequest, found: Dossier) -> Any:
    """Versions of papers that an ambition may rest on."""
    readable = access.documents_of(request.user, found)
    return (
        DocumentVersion.objects.filter(document__in=readable, state__in=("handed_in", "accepted"))
        .select_related("document")
        .order_by("document__title", "-number")
    )
