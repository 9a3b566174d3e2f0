# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of requests as a whole: the list, registering one, what happened to it.

Takes     what was filled in, or the code of a request or a dossier.
Gives     the requests of which the reader sees a part, what is to be decided first on top; to who
          is heard, the hearings.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail as trail_of_dossier
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.templatetags.words import day
from maatwerkbank.web.woo import registering, shown
from maatwerkbank.web.woo.forms import RequestForm, RequestStepForm
from maatwerkbank.web.woo.models import RequestPart
from maatwerkbank.web.woo.stored import with_work
from maatwerkbank.web.woo.views import ways


@require_GET
def all_requests(request: PageRequest) -> HttpResponse:
    """Everything that the reader sees of requests."""
    person, today = request.user, timezone.localdate()
    parts = with_work(
        access.rows_of(person, RequestPart, Deed.SEE_DISCLOSURE), access.requested_papers_of(person)
    )
    own = access.hearings_of(person).filter(organisation=person.organisation_id)
    context = {
        "here": "woo",
        "trail": ways.to_list(),
        "columns": shown.part_columns(),
        "rows": shown.part_rows(parts, today),
        "hearing_columns": shown.hearing_columns(),
        "hearings": shown.hearing_rows(own, today),
        "may_register": _may_register(person),
    }
    return render(request, "woo/list.html", context)


@require_GET
def of_dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """The requests that concern one dossier."""
    found = access.dossier_for(request.user, code, Deed.SEE_DISCLOSURE)
    parts = with_work(
        access.rows_of(request.user, RequestPart, Deed.SEE_DISCLOSURE, found),
        access.requested_papers_of(request.user),
    )
    context = {
        "here": "portfolio",
        "dossier": found,
        "trail": trail_of_dossier(found, _("Woo")),
        "columns": shown.part_columns(),
        "rows": shown.part_rows(parts, timezone.localdate()),
        "may_register": registering.may_register(request.user, found),
    }
    return render(request, "woo/dossier.html", context)


@require_http_methods(["GET", "POST"])
def register(request: PageRequest) -> HttpResponse:
    """Register a request."""
    if not _may_register(request.user):
        raise NotAllowed(access.REFUSALS["role"], remedy=access.ASK_THE_LEAD)
    form = RequestForm(request.POST or None, dossiers=_dossiers(request.user))

    def deed() -> str:
        made = registering.register(by=request.user, **form.fields_of_deed())
        return reverse("woo:request", args=[made.code])

    return ways.form_page(
        request,
        form,
        heading=_("Register a Woo request"),
        kicker="",
        summary=_("The term of four weeks runs from the day after it was received."),
        submit=_("Register"),
        back=reverse("woo:list"),
        trail=ways.to_list((_("Register a Woo request"), "")),
        deed=deed,
    )


def _dossiers(person: Person) -> QuerySet[Dossier]:
    """Dossiers for which `person` may register a request."""
    keep, decide = (
        access.dossiers_of(person, deed).values("pk") for deed in registering.REGISTERING
    )
    return (
        access.dossiers_of(person)
        .filter(Q(pk__in=keep) | Q(pk__in=decide))
        .select_related("company")
        .order_by("company__name", "pk")
    )


def _may_register(person: Person) -> bool:
    return _dossiers(person).exists()


@require_http_methods(["GET", "POST"])
def whole_request(request: PageRequest, code: UUID) -> HttpResponse:
    """One request with its parts; who handles it writes down what happened."""
    person, today = request.user, timezone.localdate()
    found = access.request_for(person, code)
    handles = access.handles(person, found)
    if request.method == "POST":
        access.require_handler(person, found)
    form = RequestStepForm(request.POST or None, request=found, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        registering.take_step(request=found, by=person, **form.cleaned_data)
        return redirect("woo:request", code)
    parts = with_work(
        access.rows_of(person, RequestPart, Deed.SEE_DISCLOSURE).filter(request=found),
        access.requested_papers_of(person),
    )
    facts = [
        {"label": _("Reference"), "value": found.reference},
        {"label": _("Who asks"), "value": found.requester},
        {"label": _("Received on"), "value": day(found.received_on)},
        {"label": _("Handled by"), "value": found.handled_by.name},
    ]
    happened = [
        {"label": label, "value": day(on)}
        for label, on in (
            (_("Clarified on"), found.clarified_on),
            (_("Extended on"), found.extended_on),
            (_("Objection on"), found.objection_on),
            (_("Withdrawn on"), found.withdrawn_on),
        )
        if on
    ]
    context = {
        "here": "woo",
        "whole": found,
        "trail": ways.to_list((found.reference, "")),
        "facts": [*facts, *happened],
        "columns": shown.part_columns(),
        "rows": shown.part_rows(parts, today),
        "form": form if handles and not found.withdrawn_on else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "woo/request.html", context, status=status)
