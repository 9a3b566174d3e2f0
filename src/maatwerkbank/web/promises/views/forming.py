# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of promises, dependencies, starts of projects and connections, each on its own page.

Takes     the code of a dossier and of something in it, and what was filled in.
Gives     the form, the form with all findings, or the way back.
Leaves    the rules to the deeds.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import keeping, waiting
from maatwerkbank.web.promises.forms import (
    ConnectForm,
    DependencyForm,
    KeptForm,
    PromiseForm,
    ReasonForm,
    StartForm,
    StepForm,
)
from maatwerkbank.web.promises.models import Dependency, Promise, Wait
from maatwerkbank.web.promises.reckoning import KIND_OF, Thing, key_of, label_of
from maatwerkbank.web.promises.views.register import one_of, trail_of_promises
from maatwerkbank.web.templatetags.words import say

GET_OR_POST = require_http_methods(["GET", "POST"])


# ── promises ──────────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def new_promise(request: PageRequest, code: UUID) -> HttpResponse:
    """Write a promise down."""
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    form = PromiseForm(request.POST or None, documents=documents(request, found))
    return form_page(
        request,
        found,
        form,
        heading=_("Write down a promise"),
        deed=lambda: keeping.add_promise(dossier=found, by=request.user, **form.fields_of_deed()),
    )


@GET_OR_POST
def change_promise(request: PageRequest, code: UUID, promise: UUID) -> HttpResponse:
    """Put a promise right."""
    found, row = _promise(request, code, promise, Deed.KEEP_PROMISES)
    form = PromiseForm(request.POST or None, documents=documents(request, found), row=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Change a promise"),
        back=reverse("promises:promise", args=[code, promise]),
        deed=lambda: keeping.change_promise(
            promise=row, by=request.user, because=reason(form), **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def keep(request: PageRequest, code: UUID, promise: UUID) -> HttpResponse:
    """Say that a promise was kept, with what shows it."""
    found, row = _promise(request, code, promise, Deed.KEEP_PROMISES)
    form = KeptForm(request.POST or None, documents=documents(request, found))
    return form_page(
        request,
        found,
        form,
        heading=_("Say that this promise was kept"),
        back=reverse("promises:promise", args=[code, promise]),
        deed=lambda: keeping.keep_promise(promise=row, by=request.user, **form.cleaned_data),
    )


# ── what is waited for ────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def new_dependency(request: PageRequest, code: UUID) -> HttpResponse:
    """Write down something that must be there first."""
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    form = DependencyForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Add what must be there first"),
        deed=lambda: waiting.add_dependency(
            dossier=found, by=request.user, **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def change_dependency(request: PageRequest, code: UUID, dependency: UUID) -> HttpResponse:
    """Put it right, or say that it is there."""
    found, row = _dependency(request, code, dependency)
    form = DependencyForm(request.POST or None, row=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Change what must be there first"),
        back=reverse("promises:dependency", args=[code, dependency]),
        deed=lambda: waiting.change_dependency(
            dependency=row, by=request.user, because=reason(form), **form.fields_of_deed()
        ),
    )


@require_POST
def step(request: PageRequest, code: UUID, dependency: UUID) -> HttpResponse:
    """Write down a step of a permit."""
    found, row = _dependency(request, code, dependency)
    form = StepForm(request.POST, dependency=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Step of the permit"),
        back=reverse("promises:dependency", args=[code, dependency]),
        deed=lambda: waiting.put_step(dependency=row, by=request.user, **form.cleaned_data),
    )


@GET_OR_POST
def start(request: PageRequest, code: UUID, project: int) -> HttpResponse:
    """Say when a project is to run and what it brings, or change that."""
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    of = access.projects_of(request.user, found).filter(pk=project).first()
    row = access.project_starts_of(request.user, found).filter(project=of).first() if of else None
    if of is None:
        return redirect("promises:dossier", code)
    form = StartForm(request.POST or None, documents=documents(request, found), row=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Start of %(project)s") % {"project": of.name},
        deed=lambda: waiting.put_start(
            project=of,
            by=request.user,
            because=form.cleaned_data.get("because", ""),
            **form.fields_of_deed(),
        ),
    )


# ── connections ───────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def connect(request: PageRequest, code: UUID) -> HttpResponse:
    """Say what waits for what. A circle is refused (409) and named."""
    person = request.user
    found = access.dossier_for(person, code, Deed.KEEP_PROMISES)
    rows: list[Thing] = [
        *access.promises_of(person, found),
        *access.dependencies_of(person, found),
        *access.project_starts_of(person, found).select_related("project"),
        *access.milestones_of(person, found),
    ]
    known = {key_of(row): row for row in rows}
    names = {key: f"{_kind(row)}: {say(label_of(row))}" for key, row in known.items()}
    waiters = {key: name for key, name in names.items() if not key.startswith("milestone")}
    form = ConnectForm(request.POST or None, waiters=waiters, awaited=names)
    return form_page(
        request,
        found,
        form,
        heading=_("Say what waits for what"),
        deed=lambda: waiting.connect(
            dossier=found,
            by=person,
            waiter=known[form.cleaned_data["waiter"]],
            awaited=known[form.cleaned_data["awaited"]],
            lag_days=form.cleaned_data["lag_days"],
        ),
    )


@GET_OR_POST
def disconnect(request: PageRequest, code: UUID, wait: UUID) -> HttpResponse:
    """Take a connection out, with a reason."""
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    row = one_of(access.rows_of(request.user, Wait, Deed.KEEP_PROMISES, found), wait)
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Take this connection out"),
        deed=lambda: waiting.disconnect(wait=row, by=request.user, because=reason(form)),
    )


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def form_page(
    request: PageRequest,
    found: Dossier,
    form: PlanForm,
    *,
    heading: str,
    deed: Callable[[], Any],
    back: str = "",
) -> HttpResponse:
    """A form on a page of its own: shown, shown again with all findings, or done."""
    back = back or reverse("promises:dossier", args=[found.code])
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
        "trail": [*trail_of_promises(found), {"label": heading, "href": ""}],
    }
    return render(request, "dossiers/plan_form.html", context, status=status)


def reason(form: PlanForm) -> str:
    """Why, as it was filled in."""
    because: str = form.cleaned_data["because"]
    return because


def documents(request: PageRequest, found: Dossier) -> Any:
    """Versions of papers that a promise may rest on."""
    return (
        access.versions_of(request.user, found)
        .filter(state__in=("handed_in", "accepted"))
        .select_related("document")
        .order_by("document__title", "-number")
    )


def _promise(
    request: PageRequest, code: UUID, promise: UUID, deed: Deed
) -> tuple[Dossier, Promise]:
    found = access.dossier_for(request.user, code, deed)
    return found, one_of(access.promises_of(request.user, found), promise)


def _dependency(request: PageRequest, code: UUID, dependency: UUID) -> tuple[Dossier, Dependency]:
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    return found, one_of(access.dependencies_of(request.user, found), dependency)


def _kind(row: Any) -> str:
    kinds = {
        "promise": _("Promise"),
        "dependency": _("Dependency"),
        "project": _("Project"),
        "milestone": _("Milestone"),
    }
    return kinds[KIND_OF[type(row)]]
