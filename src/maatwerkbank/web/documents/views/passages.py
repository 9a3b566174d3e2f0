# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of marked passages of a version: claims to withhold, and the State's own judgement.

Takes     the code of a version or a passage, and a form.
Gives     the page, with what the law says beside it.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.dossier.confidentiality import GROUNDS
from maatwerkbank.web.documents import passages as deeds_with_passages
from maatwerkbank.web.documents.forms import PassageForm, PassageJudgementForm
from maatwerkbank.web.documents.models import DocumentVersion, Passage
from maatwerkbank.web.documents.shown import who
from maatwerkbank.web.documents.views.papers import note_look_at
from maatwerkbank.web.documents.views.trail import trail_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.templatetags.words import day, say


@require_http_methods(["GET", "POST"])
def passages(request: PageRequest, code: UUID) -> HttpResponse:
    """Passages of a version; marks one."""
    version = _version(request, code)
    if request.method == "GET":
        return _page(request, version)
    access.require(request.user, Deed.ATTACH, version.document.dossier)
    form = PassageForm(request.POST)
    if not form.is_valid():
        return _page(request, version, form=form, status=422)
    deeds_with_passages.mark_passage(version=version, by=request.user, claim=form.claim)
    messages.success(request, _("The passage has been marked."))
    return redirect("documents:passages", code=version.code)


@require_POST
def judge(request: PageRequest, code: UUID) -> HttpResponse:
    """The State's own judgement on a passage."""
    passage = deeds_with_passages.passage_for(request.user, code)
    version = passage.version
    access.require(request.user, Deed.CLASSIFY, version.document.dossier)
    form = PassageJudgementForm(request.POST, auto_id=f"passage-{passage.pk}-%s")
    if not form.is_valid():
        return _page(request, version, judging={passage.pk: form}, status=422)
    given = form.cleaned_data
    try:
        deeds_with_passages.judge_passage(
            passage=passage,
            by=request.user,
            withhold=given["judgement"] == "withhold",
            reason=given["reason"],
            ground=given["ground"],
            emission_data=given["emission_data"] or passage.emission_data,
            review_on=given["review_on"],
        )
    except Conflict as error:
        return _page(
            request, version, judging={passage.pk: form}, refusal=error, status=error.status
        )
    messages.success(request, _("The judgement has been recorded."))
    return redirect("documents:passages", code=version.code)


def _version(request: PageRequest, code: UUID) -> DocumentVersion:
    version = access.version_for(request.user, code)
    access.document_for(request.user, version.document.code)
    return version


def _page(
    request: PageRequest,
    version: DocumentVersion,
    *,
    form: PassageForm | None = None,
    judging: dict[int, Any] | None = None,
    refusal: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    note_look_at(request.user, version.document)
    deeds = access.deeds_in(request.user, version.document.dossier)
    forms = judging or {}
    may_judge = Deed.CLASSIFY in deeds
    found = version.passages.select_related(
        "claimed_by__organisation", "judged_by__organisation"
    ).order_by("id")
    context = {
        "here": "portfolio",
        "marked": version,
        "trail": trail_to(
            version.document,
            (_("Passages of version %(number)s") % {"number": version.number}, ""),
        ),
        "passages": [
            {
                "passage": passage,
                "facts": _facts(passage),
                "status": _status(passage),
                "form": (forms.get(passage.pk) or _judgement_form(passage)) if may_judge else None,
            }
            for passage in found
        ],
        "may_mark": Deed.ATTACH in deeds,
        "form": form or PassageForm(),
        "refusal": refusal,
    }
    return render(request, "documents/passages.html", context, status=status)


def _judgement_form(passage: Passage) -> PassageJudgementForm:
    initial = {"emission_data": passage.emission_data, "review_on": passage.review_on}
    return PassageJudgementForm(initial=initial, auto_id=f"passage-{passage.pk}-%s")


def _status(passage: Passage) -> dict[str, str]:
    if passage.emission_data:
        return {"label": _("public: emission data"), "tone": "positive", "icon": "check"}
    if passage.judgement == "withhold":
        return {"label": _("withheld"), "tone": "warning", "icon": "lock"}
    if passage.judgement == "disclose":
        return {"label": _("disclosed"), "tone": "positive", "icon": "check"}
    if passage.ground:
        return {"label": _("claimed, not judged yet"), "tone": "info", "icon": "clock"}
    return {"label": _("no claim"), "tone": "neutral"}


def _facts(passage: Passage) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    if passage.ground:
        ground = GROUNDS[passage.ground]
        facts.append({"label": _("Ground"), "value": say(ground.label), "note": ground.article})
    facts.append(
        {
            "label": _("Marked by"),
            "value": who(passage.claimed_by),
            "note": day(passage.claimed_on),
        }
    )
    if passage.supplied_in_confidence:
        facts.append({"label": _("Supplied in confidence"), "value": _("yes")})
    if passage.environmental:
        facts.append({"label": _("Environmental information"), "value": _("yes")})
    if passage.judged_by:
        facts.append(
            {
                "label": _("Judged by"),
                "value": who(passage.judged_by),
                "note": day(passage.judged_at),
            }
        )
        facts.append({"label": _("Reasoning"), "value": passage.judgement_reason})
    if passage.review_on:
        facts.append({"label": _("Look at it again on"), "value": day(passage.review_on)})
    return facts
