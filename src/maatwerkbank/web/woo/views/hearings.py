# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of hearings: what whoever is heard sees, its view, and the answer.

Takes     the code of a hearing, and what was filled in.
Gives     the papers that were put to it, with the words that stay out; a form for the view.
Leaves    the rest of the request out: who is heard does not see it.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.dossier.disclosure.redaction import redacted
from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.templatetags.words import day
from maatwerkbank.web.woo import hearing as deeds_of_hearing
from maatwerkbank.web.woo import shown
from maatwerkbank.web.woo.forms import AnswerForm, ViewForm
from maatwerkbank.web.woo.models import Hearing, RequestedPaper
from maatwerkbank.web.woo.redacting import words_of
from maatwerkbank.web.woo.stored import found_paper, judged_passage
from maatwerkbank.web.woo.views import ways


@require_http_methods(["GET", "POST"])
def hearing(request: PageRequest, code: UUID) -> HttpResponse:
    """One hearing; gives the view."""
    found = access.hearing_for(request.user, code)
    if request.method == "GET":
        return _page(request, found)
    if not deeds_of_hearing.may_give_view(request.user, found):
        raise NotAllowed(access.REFUSALS["role"], remedy=access.ASK_THE_LEAD)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    deeds_of_hearing.give_view(hearing=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The view has been recorded."))
    return redirect("woo:hearing", code)


@require_POST
def answer(request: PageRequest, code: UUID) -> HttpResponse:
    """Say what is done with a view."""
    found = access.hearing_for(request.user, code)
    access.require(request.user, Deed.KEEP_DISCLOSURE, found.dossier)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answering=form, status=422)
    deeds_of_hearing.answer_view(hearing=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The answer has been recorded."))
    return redirect("woo:hearing", code)


def _page(
    request: PageRequest,
    found: Hearing,
    *,
    form: ViewForm | None = None,
    answering: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    keeps = Deed.KEEP_DISCLOSURE in access.deeds_in(request.user, found.dossier)
    sees_request = Deed.SEE_DISCLOSURE in access.deeds_in(request.user, found.dossier)
    title = _("View of %(party)s") % {"party": found.party}
    open_view = found.viewed_on is None and deeds_of_hearing.may_give_view(request.user, found)
    context = {
        "here": "woo",
        "hearing": found,
        "trail": ways.to_part(found.part, (title, ""))
        if sees_request
        else ways.to_list((title, "")),
        "heading": title,
        "statuses": [shown.view_status(found, today)],
        "facts": [
            {"label": _("Request"), "value": found.part.request.subject},
            {"label": _("Asked on"), "value": day(found.asked_on)},
            {"label": _("View by"), "value": day(found.due_on)},
        ],
        "papers": [_shown(each) for each in _papers(request, found)],
        "form": (form or ViewForm()) if open_view else None,
        "answering": (answering or AnswerForm(initial={"answer": found.answer}))
        if keeps and found.viewed_on
        else None,
        "answer_at": reverse("woo:answer-view", args=[found.code]),
    }
    return render(request, "woo/hearing.html", context, status=status)


def _papers(request: PageRequest, found: Hearing) -> list[RequestedPaper]:
    """The papers that were put to it, as far as the reader may read them."""
    rows = found.papers.filter(version__document__in=access.documents_of(request.user))
    return list(
        rows.select_related(
            "version__document__dossier__company", "version__handed_in_by", "inventory"
        ).prefetch_related("passages", "version__passages")
    )


def _shown(row: RequestedPaper) -> dict[str, Any]:
    judged = found_paper(row)
    passages = [judged_passage(each) for each in row.passages.all()]
    try:
        words = words_of(row.version)
        pieces = shown.pieces_of(words, redacted(words, passages))
    except TextUnreadable:
        pieces = []
    return {
        "title": judged.title,
        "dated": judged.dated,
        "status": shown.judgement_status(judged),
        "pieces": pieces,
        "grounds": [shown.ground_label(each) for each in judged.grounds],
    }
