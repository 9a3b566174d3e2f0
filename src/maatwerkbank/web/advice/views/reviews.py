# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of reviews: assign one, its findings with answer and closure.

Takes     the code of a dossier, a review or a finding, and what was filled in.
Gives     pages and deeds.
Leaves    who may close a finding to `reviewing.py`.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.advice.reviews import KINDS
from maatwerkbank.web.advice import reviewing, shown
from maatwerkbank.web.advice.forms import told
from maatwerkbank.web.advice.models import Review, ReviewFinding
from maatwerkbank.web.advice.other_forms import (
    ClosingForm,
    FindingAnswerForm,
    FindingForm,
    ReviewForm,
)
from maatwerkbank.web.advice.views import ways
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Unfit
from maatwerkbank.web.templatetags.words import day, say


@require_http_methods(["GET", "POST"])
def assign(request: PageRequest, code: UUID) -> HttpResponse:
    """Assign a review to an outside expert."""
    found = access.dossier_for(request.user, code, Deed.KEEP_REVIEWS)
    team = Person.objects.filter(memberships__dossier=found, is_active=True).distinct()
    form = ReviewForm(request.POST or None, people=team.select_related("organisation"))
    if request.method == "POST" and form.is_valid():
        made = reviewing.assign_review(dossier=found, by=request.user, **form.fields_of_deed())
        return redirect("advice:review", made.code)
    context = {
        "dossier": found,
        "heading": _("Assign a review"),
        "form": form,
        "submit": _("Assign the review"),
        "back": reverse("advice:dossier", args=[code]),
        "trail": ways.to_advices(found, (_("Assign a review"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/form.html", context, status=status)


@require_GET
def review(request: PageRequest, code: UUID) -> HttpResponse:
    """One review with its findings."""
    return _page(request, _review(request, code))


@require_POST
def add_finding(request: PageRequest, code: UUID) -> HttpResponse:
    """Write down what the reviewer found."""
    row = _review(request, code)
    access.require(request.user, Deed.KEEP_REVIEWS, row.dossier)
    form = FindingForm(request.POST, prefix="new")
    if not form.is_valid():
        return _page(request, row, form)
    reviewing.add_finding(review=row, by=request.user, **form.fields_of_deed())
    return redirect("advice:review", code)


@require_POST
def report(request: PageRequest, code: UUID) -> HttpResponse:
    """Say that the report is in."""
    row = _review(request, code)
    reviewing.report(review=row, by=request.user)
    return redirect("advice:review", code)


@require_POST
def answer(request: PageRequest, code: UUID) -> HttpResponse:
    """Say what is done with a finding."""
    row = _finding(request, code)
    access.require(request.user, Deed.KEEP_REVIEWS, row.review.dossier)
    form = FindingAnswerForm(request.POST, prefix=_prefix("answer", row))
    if not form.is_valid():
        return _page(request, row.review, form)
    reviewing.answer_finding(row=row, by=request.user, answer=form.cleaned_data["answer"])
    return redirect("advice:review", row.review.code)


@require_POST
def close(request: PageRequest, code: UUID) -> HttpResponse:
    """Close a finding with a reason."""
    row = _finding(request, code)
    access.require(request.user, Deed.KEEP_REVIEWS, row.review.dossier)
    form = ClosingForm(request.POST, prefix=_prefix("close", row))
    if form.is_valid():
        try:
            reviewing.close_finding(row=row, by=request.user, reason=form.cleaned_data["reason"])
        except Unfit as refusal:
            told(form, refusal.findings)
        else:
            return redirect("advice:review", row.review.code)
    return _page(request, row.review, form)


def _page(request: PageRequest, row: Review, wrong: forms.Form | None = None) -> HttpResponse:
    """The page of a review, with the form on it that was not filled in well."""
    deeds = access.deeds_in(request.user, row.dossier)
    keeps = Deed.KEEP_REVIEWS in deeds
    may_close = reviewing.may_close(request.user, row)

    def form(kind: type[forms.Form], prefix: str) -> forms.Form:
        return wrong if wrong is not None and wrong.prefix == prefix else kind(prefix=prefix)

    findings = []
    for each in row.findings.select_related("answered_by", "closed_by"):
        told_of: dict[str, Any] = shown.finding_row(each)
        if keeps and not each.closed_on:
            told_of["answer"] = form(FindingAnswerForm, _prefix("answer", each))
            told_of["close"] = form(ClosingForm, _prefix("close", each)) if may_close else None
        findings.append(told_of)
    facts = [{"label": _("Assigned on"), "value": day(row.assigned_on)}]
    if row.due_on:
        facts.append({"label": _("Report expected by"), "value": day(row.due_on)})
    if row.reported_on:
        facts.append({"label": _("Report received on"), "value": day(row.reported_on)})
    context = {
        "here": "portfolio",
        "review": row,
        "dossier": row.dossier,
        "deeds": deeds,
        "kind": say(KINDS[row.kind]),
        "facts": facts,
        "findings": findings,
        "new": form(FindingForm, "new") if keeps else None,
        "keeps": keeps,
        "wrong": wrong.prefix if wrong else "",
        "trail": ways.to_advices(row.dossier, (row.reviewer, "")),
    }
    return render(request, "advice/review.html", context, status=422 if wrong else 200)


def _prefix(name: str, row: ReviewFinding) -> str:
    return f"{name}-{row.number}"


def _review(request: PageRequest, code: UUID) -> Review:
    return access.row_for(request.user, Review, code, Deed.SEE_ADVICE)


def _finding(request: PageRequest, code: UUID) -> ReviewFinding:
    reviews = access.rows_of(request.user, Review, Deed.SEE_ADVICE)
    rows = ReviewFinding.objects.filter(review__in=reviews)
    found = rows.select_related("review__dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found
