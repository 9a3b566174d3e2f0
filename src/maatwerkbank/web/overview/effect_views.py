# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screen of what a policy variant does: ask, wait, read. Works as plain pages; htmx follows.

An answer has no address of its own: the page puts the question again, over what the reader may see.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.web.overview.effect import (
    EffectQuestion,
    ask_effect,
    cancel_effect,
    may_ask,
    note_looks,
    question,
)
from maatwerkbank.web.overview.effect_shown import EffectShown
from maatwerkbank.web.overview.forms import EffectForm
from maatwerkbank.web.overview.models import EffectRun
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.templatetags.words import page_language

USUAL = "levy_abolished"  # the motion of 25 June 2025


@require_http_methods(["GET", "POST"])
def effect(request: PageRequest) -> HttpResponse:
    """Choose a variant and a day; what it does to each firm that I may see."""
    if request.method == "POST":
        form = EffectForm(request.POST)
        if not form.is_valid():
            return _page(request, form, status=422)
        ask_effect(by=request.user, **form.cleaned_data)
        return redirect(_address("overview:effect", form))
    return _page(request, _form(request))


@require_GET
def progress(request: PageRequest) -> HttpResponse:
    """How far it is; the whole answer once it is there."""
    form = _form(request)
    context = _context(request, form)
    if context.get("progress"):
        return render(request, "components/progress.html", context["progress"])
    return _part(request, context)


@require_POST
def cancel(request: PageRequest) -> HttpResponse:
    """Stop waiting for it."""
    form = EffectForm(request.GET)
    if not form.is_valid():
        raise Http404
    cancel_effect(by=request.user, **form.cleaned_data)
    if request.htmx:
        return _part(request, _context(request, form))
    return redirect(_address("overview:effect", form))


@require_GET
def download(request: PageRequest) -> HttpResponse:
    """The answer as `maatwerkbank effect --json` prints it."""
    form = EffectForm(request.GET)
    if not form.is_valid() or not may_ask(request.user):
        raise Http404
    asked = question(request.user, **form.cleaned_data)
    run = asked.answer
    if run is None or run.state != "done":
        raise Http404
    note_looks(request.user, asked)
    text = json.dumps(run.result, indent=2, ensure_ascii=False)
    name = f"effect-{run.variant}-{run.receipt_number}.json"
    return HttpResponse(
        f"{text}\n",
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# ── what the pages share ──────────────────────────────────────────────────────────────────────


def _form(request: PageRequest) -> EffectForm:
    """As it was asked in the address; else with the usual question in it."""
    asked = "variant" in request.GET
    return EffectForm(request.GET if asked else None, initial={"variant": USUAL})


def _page(request: PageRequest, form: EffectForm, *, status: int = 200) -> HttpResponse:
    context = _context(request, form)
    if request.htmx and status == 200:
        return _part(request, context)
    return render(request, "overview/effect.html", context, status=status)


def _part(request: PageRequest, context: dict[str, Any]) -> HttpResponse:
    """The answer alone, in the place of the one that is on the page."""
    answer = render(request, "overview/_effect.html", context)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#effect", "outerHTML"
    return answer


def _context(request: PageRequest, form: EffectForm) -> dict[str, Any]:
    allowed = may_ask(request.user)
    context: dict[str, Any] = {"here": "effect", "form": form, "allowed": allowed}
    if not allowed or not form.is_valid():
        return context
    asked = question(request.user, **form.cleaned_data)
    run = asked.answer
    if run is None:
        return context | {"not_computed": True}
    if run.state in EffectRun.MOVING:
        return context | {"progress": _progress(request, form, run)}
    if run.state == "failed":
        return context | {"error": _told(run)}
    return context | _done(request, form, asked, run)


def _told(run: EffectRun) -> dict[str, str]:
    language, error = page_language(), run.error or {}
    return {
        "what": error["what"][language],
        "remedy": error["remedy"][language],
        "code": error["code"],
    }


def _done(
    request: PageRequest, form: EffectForm, asked: EffectQuestion, run: EffectRun
) -> dict[str, Any]:
    note_looks(request.user, asked)
    shown = EffectShown.of(asked, run)
    return {"shown": shown, "download": _address("overview:effect-json", form)}


def _progress(request: PageRequest, form: EffectForm, run: EffectRun) -> dict[str, Any]:
    mine = run.asked_by_id == request.user.pk
    return {
        "name": "effect-progress",
        "label": _("Computing the effect"),
        "state": run.state,
        "percent": 100 * run.progress,
        "text": run.progress_text,
        "poll": _address("overview:effect-progress", form),
        "cancel": _address("overview:effect-cancel", form) if mine else "",
    }


def _address(name: str, form: EffectForm) -> str:
    asked = form.cleaned_data
    query = urlencode({"variant": asked["variant"], "known_on": asked["known_on"].isoformat()})
    return f"{reverse(name)}?{query}"
