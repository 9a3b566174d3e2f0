# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing in a plan: a file or a form, every finding at once, a draft until it is handed in.

Takes     the code of a dossier or of a case file, and who asks.
Gives     its pages.
Leaves    every deed to `services`.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import say as say_in
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Unfit
from maatwerkbank.web.runs import services
from maatwerkbank.web.runs.findings import place_in_words, told
from maatwerkbank.web.runs.forms import CorrectionForm, UploadForm, case_name
from maatwerkbank.web.runs.models import CaseVersion
from maatwerkbank.web.runs.plan_form import PlanForm, case_text, values_of
from maatwerkbank.web.runs.views.trails import case_trail, dossier_trail
from maatwerkbank.web.templatetags.words import day, level, page_language


@require_http_methods(["GET", "POST"])
def hand_in(request: PageRequest, code: UUID) -> HttpResponse:
    """What was handed in for a dossier, and the two ways to hand in more."""
    dossier = access.dossier_for(request.user, code, Deed.HAND_IN_CASE)
    form = UploadForm(
        request.POST or None, request.FILES or None, person=request.user, dossier=dossier
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        version = services.keep_draft(
            dossier=dossier,
            by=request.user,
            raw=file.read(),
            file_name=file.name,
            level=form.cleaned_data["level"],
        )
        return redirect("runs:case-version", version.code)
    own = access.case_versions_of(request.user, dossier).select_related("handed_in_by")
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "trail": dossier_trail(request.user, dossier, _("Hand in a plan")),
        "form": form,
        "columns": case_columns(),
        "rows": case_rows(own.defer("text", "document")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "runs/hand_in.html", context, status=status)


def case_columns() -> list[dict[str, Any]]:
    """Columns of a list of case files."""
    return [
        {"label": _("Version")},
        {"label": _("State")},
        {"label": _("Findings")},
        {"label": _("By")},
        {"label": _("On")},
        {"label": _("Confidentiality")},
    ]


def case_rows(versions: Any) -> list[list[Any]]:
    """One row a case file, the newest first."""
    return [
        [
            {
                "text": f"{each.number}. {each.file_name or _('from the form')}",
                "href": reverse("runs:case-version", args=[each.code]),
            },
            state_of(each),
            counted(each.findings),
            each.handed_in_by.name,
            day(each.handed_in_at or each.made_at),
            level(each.level),
        ]
        for each in versions
    ]


def state_of(version: CaseVersion) -> dict[str, str]:
    """Whether it is still a draft."""
    if version.state == "handed_in":
        return {"text": _("handed in"), "tone": "positive", "icon": "lock"}
    return {"text": _("draft"), "tone": "neutral"}


def counted(findings: list[dict[str, Any]]) -> str:
    """How many errors and warnings."""
    errors = sum(1 for each in findings if each["severity"] == "error")
    warnings = len(findings) - errors
    if not findings:
        return _("none")
    return _("%(errors)s errors, %(warnings)s warnings") % {"errors": errors, "warnings": warnings}


@require_http_methods(["GET", "POST"])
def fill_in(request: PageRequest, code: UUID) -> HttpResponse:
    """The main figures of a plan as a form."""
    dossier = access.dossier_for(request.user, code, Deed.HAND_IN_CASE)
    if request.method == "POST":
        version = services.keep_draft(
            dossier=dossier,
            by=request.user,
            raw=_text_of_form(request, dossier).encode(),
            origin="form",
        )
        return redirect("runs:case-version", version.code)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "trail": dossier_trail(request.user, dossier, _("Fill in the main figures")),
        "form": PlanForm(),
    }
    return render(request, "runs/fill_in.html", context)


def _text_of_form(request: PageRequest, dossier: Dossier) -> str:
    company = slugify(dossier.company.slug) or "company"
    return case_text(request.POST.dict(), company=company, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
def case_version(request: PageRequest, code: UUID) -> HttpResponse:
    """One version of the case file: all that is wrong with it, and its text to correct."""
    version = access.case_version_for(request.user, code)
    may_correct = version.state == "draft" and bool(
        access.allowed(request.user, Deed.HAND_IN_CASE, version.dossier)
    )
    correction = CorrectionForm(initial={"text": version.text})
    status = 200
    if request.method == "POST":
        correction = CorrectionForm(request.POST, request.FILES)
        from_form = "site_name" in request.POST
        if from_form or correction.is_valid():
            if from_form:
                raw, name = _text_of_form(request, version.dossier).encode(), ""
            else:
                raw, name = correction.raw()
            services.correct_draft(case_version=version, by=request.user, raw=raw, file_name=name)
            return redirect("runs:case-version", version.code)
        status = 422
    access.note_look(
        request.user,
        dossier=version.dossier,
        kind="case",
        thing=version.code,
        title=f"{version.number}. {case_name(version)}",
        level=version.level,
    )
    context = {
        "here": "portfolio",
        "case_version": version,
        "dossier": version.dossier,
        "trail": case_trail(request.user, version),
        "statuses": _statuses(version),
        "facts": _facts(version),
        "findings": in_words(told(version.findings)),
        "errors": sum(1 for each in version.findings if each["severity"] == "error"),
        "may_correct": may_correct,
        "correction": correction,
        "plan": _plan_form(version) if may_correct and version.origin == "form" else None,
        "may_run": version.state == "handed_in"
        and bool(access.allowed(request.user, Deed.RUN, version.dossier)),
        "title": case_name(version),
    }
    return render(request, "runs/case_version.html", context, status=status)


def in_words(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """Findings in the language of the page, with the place in its words."""
    language = page_language()
    return [
        {
            **finding.as_json(language),
            "place": say_in(place_in_words(finding.place), language),
        }
        for finding in findings
    ]


def _plan_form(version: CaseVersion) -> PlanForm | None:
    values = values_of(version.text)
    if values is None:
        return None
    errors = tuple(each for each in told(version.findings) if each.severity == "error")
    return PlanForm(values, findings=errors)


def _statuses(version: CaseVersion) -> list[dict[str, str]]:
    state = state_of(version)
    return [
        {"label": state["text"], "tone": state["tone"], "icon": state.get("icon", "")},
        {"label": level(version.level), "tone": "neutral", "icon": "lock"},
    ]


def _facts(version: CaseVersion) -> list[dict[str, Any]]:
    return [
        {"label": _("By"), "value": version.handed_in_by.name},
        {"label": _("On"), "value": day(version.handed_in_at or version.made_at)},
        {"label": _("File"), "value": version.file_name or _("from the form")},
        {"label": _("SHA-256"), "value": version.sha256},
    ]


@require_POST
def freeze(request: PageRequest, code: UUID) -> HttpResponse:
    """Hand a draft in."""
    version = access.case_version_for(request.user, code)
    try:
        services.hand_in(case_version=version, by=request.user)
    except Unfit as refusal:
        refusal.findings = tuple(
            Finding(
                each.severity,
                each.code,
                say_in(place_in_words(each.place), page_language()),
                each.expected,
                each.found,
                each.remedy,
            )
            for each in refusal.findings
        )
        raise
    return redirect("runs:case-version", version.code)


@require_POST
def discard(request: PageRequest, code: UUID) -> HttpResponse:
    """Remove a draft."""
    version = access.case_version_for(request.user, code)
    dossier = version.dossier
    services.discard_draft(case_version=version, by=request.user)
    return redirect("runs:hand-in", dossier.code)


@require_GET
def case_text_file(request: PageRequest, code: UUID) -> HttpResponse:
    """The text of a case file, to keep."""
    version = access.case_version_for(request.user, code)
    access.note_look(
        request.user,
        dossier=version.dossier,
        kind="case",
        thing=version.code,
        title=version.file_name or str(version.number),
        level=version.level,
    )
    name = f"{version.dossier.company.slug}-{version.number}-{Level(version.level).name.lower()}"
    ending = "json" if version.text.lstrip()[:1] in ("{", "[") else "yaml"
    return HttpResponse(
        version.text,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )
