# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the register: write a row down, put it right, report, answer, take a report out.

Takes     the kind, the code of a row, and what was filled in.
Gives     the form, the form with all findings, or the way back.
Leaves    the rules to `keeping.py`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.parliament import keeping
from maatwerkbank.web.parliament.forms import AnswerForm, ReasonForm, ReportForm
from maatwerkbank.web.parliament.kinds import RowKind, kind_for, kind_of
from maatwerkbank.web.parliament.models import CommitmentReport
from maatwerkbank.web.parliament.views.register import row_for, row_page, trail
from maatwerkbank.web.people.access import require_keeps_parliament

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def new(request: PageRequest, kind: str) -> HttpResponse:
    """Write a row down."""
    require_keeps_parliament(request.user)
    chosen = kind_for(kind)
    form = chosen.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = keeping.write_down(kind=chosen.model, by=request.user, **form.fields_of_deed())
        return redirect("parliament:row", chosen.slug, made.code)
    return _form_page(request, chosen, form, _(chosen.add), reverse("parliament:rows", args=[kind]))


@GET_OR_POST
def change(request: PageRequest, kind: str, code: UUID) -> HttpResponse:
    """Put a row right, with a reason."""
    require_keeps_parliament(request.user)
    chosen = kind_for(kind)
    found = row_for(chosen, code)
    back = reverse("parliament:row", args=[kind, code])
    form = chosen.form(request.POST or None, row=found)
    if request.method == "POST" and form.is_valid():
        keeping.put_right(
            row=found,
            by=request.user,
            because=form.cleaned_data["because"],
            **form.fields_of_deed(),
        )
        return redirect(back)
    return _form_page(request, chosen, form, _("Put this right"), back)


def _form_page(
    request: PageRequest, kind: RowKind, form: Any, heading: str, back: str
) -> HttpResponse:
    context = {
        "here": "parliament",
        "trail": trail(kind, heading),
        "heading": heading,
        "form": form,
        "back": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parliament/form.html", context, status=status)


@require_POST
def report(request: PageRequest, code: UUID) -> HttpResponse:
    """Say where Parliament was told of a commitment."""
    require_keeps_parliament(request.user)
    kind = kind_for("toezeggingen")
    found = row_for(kind, code)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return row_page(request, kind, found, form, status=422)
    keeping.report(commitment=found, by=request.user, **form.fields_of_deed())
    return redirect("parliament:row", kind.slug, code)


@require_POST
def answer(request: PageRequest, code: UUID) -> HttpResponse:
    """Say what the cabinet said of a motion, or did."""
    require_keeps_parliament(request.user)
    kind = kind_for("moties")
    found = row_for(kind, code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return row_page(request, kind, found, form, status=422)
    keeping.answer(motion=found, by=request.user, **form.fields_of_deed())
    return redirect("parliament:row", kind.slug, code)


@GET_OR_POST
def take_out(request: PageRequest, code: UUID) -> HttpResponse:
    """Take out a report that was a mistake."""
    require_keeps_parliament(request.user)
    found = CommitmentReport.objects.select_related("commitment").filter(code=code).first()
    if found is None:
        raise Http404
    kind = kind_of(found.commitment)
    back = reverse("parliament:row", args=[kind.slug, found.commitment.code])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keeping.take_report_out(row=found, by=request.user, because=form.cleaned_data["because"])
        return redirect(back)
    return _form_page(request, kind, form, _("Take this report out"), back)
