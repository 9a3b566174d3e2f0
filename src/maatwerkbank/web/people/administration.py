# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of the administrator: who may sign in, and up to which level. No dossier is seen here."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.web.people import services
from maatwerkbank.web.people.forms import FindForm, InviteForm, PersonForm
from maatwerkbank.web.people.models import Organisation, Person

ON_A_PAGE = 50


def _administrator(request: HttpRequest) -> Person:
    """Whoever asks.  Raises NotAllowed where that is no administrator."""
    me = cast("Person", request.user)
    services.require_administrator(me)
    return me


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in or could."""
    _administrator(request)
    form = FindForm(request.GET or None)
    found = _found(form)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"here": "people", "form": form, "page": page}
    return render(request, "people/people.html", context)


def _found(form: FindForm) -> QuerySet[Person]:
    everybody = Person.objects.select_related("organisation").annotate(
        second_steps=Count("authenticator", distinct=True)
    )
    everybody = everybody.order_by("name")
    if not form.is_valid():
        return everybody
    if words := form.cleaned_data["q"]:
        everybody = everybody.filter(
            Q(name__icontains=words)
            | Q(email__icontains=words)
            | Q(organisation__name__icontains=words)
        )
    if state := form.cleaned_data["state"]:
        everybody = everybody.filter(is_active=state == "open")
    return everybody


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    me = _administrator(request)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        organisation = given["organisation"] or Organisation.objects.create(
            name=given["new_organisation"], kind=given["new_kind"]
        )
        person = services.invite(
            by=me,
            email=given["email"],
            name=given["name"],
            organisation=organisation,
            office=given["office"],
            clearance=given["clearance"],
            site=_site(request),
        )
        _tell_of_mail(request, person)
        return redirect("person", person.code)
    context = {"here": "people", "form": form}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One account: particulars, rights, second step."""
    me = _administrator(request)
    found = get_object_or_404(_found(FindForm(None)), code=code)
    form = PersonForm(request.POST or None, initial=_particulars(found))
    if form.is_valid():
        services.change_person(by=me, person=found, **form.cleaned_data)
        messages.success(request, gettext("The account was changed."))
        return redirect("person", found.code)
    context = {"here": "people", "person": found, "form": form, "is_me": found == me}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def _particulars(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("name", "organisation", "office", "clearance")}


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the account."""
    me, found = _administrator(request), get_object_or_404(Person, code=code)
    services.close_account(by=me, person=found)
    messages.success(request, gettext("The account is closed. Nobody is signed in with it."))
    return redirect("person", code)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Open it again."""
    me, found = _administrator(request), get_object_or_404(Person, code=code)
    services.reopen_account(by=me, person=found)
    messages.success(request, gettext("The account is open again."))
    return redirect("person", code)


@require_POST
def invite_again(request: HttpRequest, code: str) -> HttpResponse:
    """Send the invitation once more."""
    me, found = _administrator(request), get_object_or_404(Person, code=code)
    services.invite_again(by=me, person=found, site=_site(request))
    _tell_of_mail(request, found)
    return redirect("person", code)


@require_POST
def forget_second_factor(request: HttpRequest, code: str) -> HttpResponse:
    """For who lost the phone."""
    me, found = _administrator(request), get_object_or_404(Person, code=code)
    services.forget_second_factor(by=me, person=found)
    messages.success(
        request, gettext("The second step is gone. At the next sign-in a new one must be set up.")
    )
    return redirect("person", code)


def _tell_of_mail(request: HttpRequest, person: Person) -> None:
    if settings.EMAIL_HOST:
        said = gettext("An invitation was sent to %(address)s.") % {"address": person.email}
        messages.success(request, said)
    else:
        messages.warning(
            request,
            gettext(
                "No mail was sent: this server has no mail server. Who runs the server can print "
                "the link with: manage invitation %(address)s"
            )
            % {"address": person.email},
        )
