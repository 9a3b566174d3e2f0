# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens for advisers: who takes part with which interest, and the advice itself.

Takes     the code of an advice that was put before who asks, and what was filled in.
Gives     forms that may be kept half done; the secretary gives the advice from the second.
Leaves    what must be there before it is given to `dossier.advice`.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.web.advice import advising
from maatwerkbank.web.advice.forms import AdviceForm, InterestsForm, ParticipantForm, told
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.advice.stored import as_advice, whole
from maatwerkbank.web.advice.views import ways
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import NotAllowed, Unfit

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def participants(request: PageRequest, code: UUID) -> HttpResponse:
    """Per participant whether there is an interest."""
    row = _open(request, code)
    form = InterestsForm(request.POST or None, advice=row)
    if request.method == "POST" and form.is_valid():
        advising.declare_interests(advice=row, by=request.user, interests=form.interests())
        return redirect("advice:advice", code)
    return _participants_page(request, row, form, ParticipantForm(prefix="new"))


@require_POST
def add_participant(request: PageRequest, code: UUID) -> HttpResponse:
    """Add a guest expert, or a member whom the list does not hold."""
    row = _open(request, code)
    form = ParticipantForm(request.POST, prefix="new")
    if form.is_valid():
        try:
            advising.add_participant(advice=row, by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            told(form, refusal.findings)
        else:
            return redirect("advice:participants", code)
    return _participants_page(request, row, InterestsForm(advice=row), form)


def _participants_page(
    request: PageRequest, row: Advice, form: InterestsForm, new: ParticipantForm
) -> HttpResponse:
    context = {
        "here": "advice",
        "advice": row,
        "form": form,
        "new": new,
        "back": reverse("advice:advice", args=[row.code]),
        "trail": ways.to_advice(row, (_("Who takes part"), ""), adviser=True),
    }
    status = 422 if form.is_bound or new.is_bound else 200
    return render(request, "advice/participants.html", context, status=status)


@GET_OR_POST
def write(request: PageRequest, code: UUID) -> HttpResponse:
    """Findings, verdicts and recommendations: kept half done, or given by the secretary."""
    row = _open(request, code)
    form = AdviceForm(request.POST or None, advice=row)
    if request.method == "POST" and form.is_valid():
        advising.write_advice(advice=row, by=request.user, **form.fields_of_deed())
        if "give" not in request.POST:
            messages.success(request, _("What you wrote was kept. Only advisers read it."))
            return redirect("advice:write", code)
        row = _open(request, code)
        findings = advising.as_findings(pure.lacks_to_give(as_advice(row)))
        if not findings:
            advising.give_advice(advice=row, by=request.user)
            messages.success(request, _("The advice was given. It does not change any more."))
            return redirect("advice:advice", code)
        told(form, findings)
    context = {
        "here": "advice",
        "advice": row,
        "form": form,
        "secretary": _is_secretary(request, row),
        "back": reverse("advice:advice", args=[code]),
        "trail": ways.to_advice(row, (_("Write the advice"), ""), adviser=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "advice/write.html", context, status=status)


def _is_secretary(request: PageRequest, row: Advice) -> bool:
    try:
        access.require_adviser(request.user, row, secretary=True)
    except NotAllowed:
        return False
    return True


def _open(request: PageRequest, code: UUID) -> Advice:
    """The advice, if who asks writes it.  Raises GivenAlready."""
    found = access.advice_for(request.user, code)
    access.require_adviser(request.user, found)
    if found.given_at:
        raise advising.GivenAlready(found)
    return whole(access.advices_before(request.user)).get(pk=found.pk)
