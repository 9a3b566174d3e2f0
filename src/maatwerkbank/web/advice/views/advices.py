# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of advice: of a dossier, asked of me, one of them; asking, answering, making public.

Takes     the code of a dossier or an advice, and what was filled in.
Gives     pages; of an advice that was not given yet only its advisers read what is in it.
Leaves    what advisers write to `writing.py`.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.dossier.advice.bodies import FUNCTIONS, body
from maatwerkbank.web.advice import advising, answering, shown
from maatwerkbank.web.advice.answers_form import TEXTS, AnswersForm
from maatwerkbank.web.advice.forms import PublicationForm, RequestForm, told
from maatwerkbank.web.advice.models import Advice, Lesson, PublicAdvice, Review
from maatwerkbank.web.advice.stored import as_advice, whole
from maatwerkbank.web.advice.text_changes import findings_on_texts
from maatwerkbank.web.advice.views import ways
from maatwerkbank.web.advice.views.lessons import lesson_rows
from maatwerkbank.web.agreements.models import Draft
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """Advices that were asked of me."""
    today = timezone.localdate()
    rows = whole(access.advices_before(request.user))
    cards = [shown.advice_card(each, today, firm=True) for each in rows]
    return render(request, "advice/mine.html", {"here": "advice", "advices": cards})


@require_GET
def of_dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """Advices, reviews and lessons of a dossier."""
    person, today = request.user, timezone.localdate()
    found = access.dossier_for(person, code, Deed.SEE_ADVICE)
    reviews = access.rows_of(person, Review, Deed.SEE_ADVICE, found).prefetch_related("findings")
    advices = whole(access.advices_of(person, found))
    told = access.rows_of(person, PublicAdvice, Deed.SEE_ADVICE, found).prefetch_related("points")
    lessons = access.rows_of(person, Lesson, Deed.SEE_DECISIONS, found)
    context = {
        "here": "portfolio",
        "dossier": found,
        "deeds": access.deeds_in(person, found),
        "trail": [*ways.to_advices(found)[:-1], {"label": _("Advice"), "href": ""}],
        "advices": [shown.advice_card(each, today) for each in advices],
        "public": [shown.public_advice(each) for each in told],
        "reviews": [shown.review_card(each, today) for each in reviews],
        "lessons": lesson_rows(lessons),
    }
    return render(request, "advice/dossier.html", context)


@GET_OR_POST
def ask(request: PageRequest, code: UUID) -> HttpResponse:
    """Ask a body for advice on a frozen set."""
    found = access.dossier_for(request.user, code, Deed.ASK_ADVICE)
    sets = access.frozen_sets_of(request.user, found)
    form = RequestForm(request.POST or None, sets=sets)
    if request.method == "POST" and form.is_valid():
        made = advising.ask_advice(dossier=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Advice was asked. Whoever reads the set can now write it."))
        return redirect("advice:advice", made.code)
    context = {
        "dossier": found,
        "heading": _("Ask for advice"),
        "form": form,
        "sets": sets,
        "back": reverse("advice:dossier", args=[code]),
        "submit": _("Ask for advice"),
        "trail": ways.to_advices(found, (_("Ask for advice"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/ask.html", context, status=status)


@require_GET
def advice(request: PageRequest, code: UUID) -> HttpResponse:
    """One advice: what was asked, who takes part, what was found, recommended and answered."""
    person = request.user
    row = _row(person, code)
    adviser = access.advises(person, row)
    judged = pure.judge(as_advice(row), timezone.localdate())
    reads = adviser or row.given_at is not None
    deeds = access.deeds_in(person, row.dossier)
    if reads:
        access.note_look(
            person,
            dossier=row.dossier,
            kind="advice",
            thing=row.code,
            title=row.subject,
            level=row.frozen_set.level,
        )
    context = {
        "here": "advice" if adviser else "portfolio",
        "advice": row,
        "dossier": row.dossier,
        "deeds": deeds,
        "body": body(row.body),
        "trail": ways.to_advice(row, adviser=adviser),
        "facts": shown.advice_facts(row, judged, reads=reads),
        "statuses": shown.advice_statuses(judged),
        "lacks": shown.lacks(judged) if reads else [],
        "notes": [say(each) for each in judged.notes],
        "participants": _participants(row),
        "reads": reads,
        "criteria": shown.criterion_rows(row) if reads else [],
        "verdict": shown.verdict(row.verdict) if reads and row.verdict else None,
        "recommendations": [
            shown.recommendation(each, answered=row.answered_at is not None)
            for each in row.recommendations.all()
        ]
        if reads
        else [],
        "on_texts": findings_on_texts(row, access.drafts_of(person, row.dossier))
        if row.answered_at and Deed.SEE_AGREEMENT in deeds
        else (),
        "may_write": adviser and row.given_at is None,
        "may_answer": Deed.ANSWER_ADVICE in deeds and judged.state == "given",
        "may_publish": Deed.ANSWER_ADVICE in deeds and judged.state == "answered",
        "opens_set": access.frozen_sets_of(person).filter(pk=row.frozen_set_id).exists(),
    }
    return render(request, "advice/advice.html", context)


def _texts(person: Person, row: Advice) -> list[Draft]:
    """The final texts of the dossier that `person` may read, the first ones first."""
    found = access.drafts_of(person, row.dossier).filter(state="final")
    return list(found.select_related("dossier").order_by("library", "number"))


def _participants(row: Advice) -> list[dict[str, Any]]:
    return [
        {
            "row": each,
            "function": say(FUNCTIONS[each.function]),
            "interest": say(pure.INTERESTS[each.interest]) if each.interest else "",
        }
        for each in row.participants.all()
    ]


@GET_OR_POST
def answer(request: PageRequest, code: UUID) -> HttpResponse:
    """The answer of the minister: all recommendations on one page."""
    row = _row(request.user, code)
    access.require(request.user, Deed.ANSWER_ADVICE, row.dossier)
    if row.given_at is None:
        raise answering.NotGivenYet
    if row.answered_at:
        return redirect("advice:advice", code)
    asked = {each: request.GET.get(each, "") for each in TEXTS}
    form = AnswersForm(
        request.POST or None, advice=row, texts=_texts(request.user, row), initial=asked
    )
    if request.method == "POST" and form.is_valid():
        given, texts = form.answers(), form.pair
        if "record" not in request.POST:
            answering.keep_answers(advice=row, by=request.user, answers=given, texts=texts)
            if texts and "show" in request.POST:
                chosen = {TEXTS[0]: str(texts.before.code), TEXTS[1]: str(texts.after.code)}
                return redirect(f"{reverse('advice:answer', args=[code])}?{urlencode(chosen)}")
            messages.success(request, _("The draft of the answer was kept."))
            return redirect("advice:answer", code)
        findings = answering.lacks_of_answers(row, given, texts)
        if not findings:
            answering.answer(advice=row, by=request.user, answers=given, texts=texts)
            messages.success(request, _("The answer was recorded. It does not change any more."))
            return redirect("advice:advice", code)
        told(form, findings)
    context = {
        "advice": row,
        "dossier": row.dossier,
        "form": form,
        "trail": ways.to_advice(row, (_("Answer"), ""), adviser=False),
        "back": reverse("advice:advice", args=[code]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "advice/answer.html", context, status=status)


@GET_OR_POST
def publish(request: PageRequest, code: UUID) -> HttpResponse:
    """Say where advice and answer are public."""
    row = _row(request.user, code)
    access.require(request.user, Deed.ANSWER_ADVICE, row.dossier)
    form = PublicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answering.publish(advice=row, by=request.user, **form.cleaned_data)
        return redirect("advice:advice", code)
    context = {
        "dossier": row.dossier,
        "heading": _("Say where it is public"),
        "form": form,
        "back": reverse("advice:advice", args=[code]),
        "submit": _("Save"),
        "trail": ways.to_advice(row, (_("Say where it is public"), ""), adviser=False),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/form.html", context, status=status)


def _row(person: Any, code: UUID) -> Advice:
    """The advice with all that belongs to it, if `person` may know of it."""
    access.advice_for(person, code)
    return whole(access.advices_of(person)).get(code=code)
