# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of one report: hand it in by form or workbook, see all findings, verify it.

Takes     the code of a dossier and of a report that is due; figures, or a workbook.
Gives     the report as it is, with everything that is wrong or odd in it.
Leaves    the rules to `reporting`; looking into a file to the inspection of documents.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.execution import Kpi as KpiValue
from maatwerkbank.dossier.execution.report import blocks
from maatwerkbank.dossier.execution.schedule import STATES
from maatwerkbank.dossier.execution.workbook import read, write
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.services import look_at
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, refuse
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution import reporting, stored
from maatwerkbank.web.execution.models import Report, ReportDue
from maatwerkbank.web.execution.report_forms import ReportForm, VerifyForm, WorkbookForm
from maatwerkbank.web.execution.shown import columns, figure
from maatwerkbank.web.execution.views.execution import TONES
from maatwerkbank.web.execution.views.page import form_page, way_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, page_language, say

A_WORKBOOK = Text(nl="een ingevuld werkboek (.xlsx)", en="a workbook, filled in (.xlsx)")
GET_OR_POST = require_http_methods(["GET", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(person: Person, code: UUID, report: UUID) -> tuple[Dossier, ReportDue]:
    """A report that is due, for the State and the firm."""
    found = access.dossier_for(person, code, Deed.SEE_EXECUTION)
    if not access.sees_grant(person, found):
        access.require(person, Deed.SEE_MONEY, found)
    asked = access.row_for(person, ReportDue, report, Deed.SEE_EXECUTION)
    if asked.dossier_id != found.pk:
        raise Http404
    return found, asked


@GET_OR_POST
def report(request: PageRequest, code: UUID, report: UUID) -> HttpResponse:
    """One report; the firm fills it in here and hands it in."""
    person = request.user
    found, asked = _asked(person, code, report)
    status, now = 200, _stored(asked)
    kpis = reporting.kpis_of(asked)
    findings: Any = ()
    form = _form(request, now, kpis)
    if request.method == "POST":
        access.require(person, Deed.REPORT, found)
        if form.is_valid():
            reported = form.reported()
            draft, findings = reporting.keep_draft(
                asked=asked, by=person, reported=reported, origin="form"
            )
            if asked.last_day >= timezone.localdate():
                return redirect("execution:report", code, report)
            if not blocks(findings, reported):
                reporting.hand_in(report=draft, by=person)
                return redirect("execution:report", code, report)
        status = 422
    elif now.draft and now.may_be_handed_in:
        findings = [each[page_language()] for each in now.draft.findings]
    return _page(request, found, now, kpis, form, findings, status)


def _page(
    request: PageRequest,
    found: Dossier,
    now: stored.Asked,
    kpis: tuple[KpiValue, ...],
    form: ReportForm,
    findings: Any,
    status: int,
) -> HttpResponse:
    deeds = access.deeds_in(request.user, found)
    state = now.state(timezone.localdate())
    verification = getattr(now.handed_in, "verification", None)
    context = {
        "dossier": found,
        "deeds": deeds,
        "asked": now.row,
        "trail": way_to(found, "execution", now.row.period),
        "statuses": [{"label": say(STATES[state]), "tone": TONES[state], "icon": ""}],
        "facts": _facts(now),
        "reports": Deed.REPORT in deeds and now.may_be_handed_in,
        "runs": state == "not_yet",
        "verifies": Deed.VERIFY in deeds and now.waits_for_verification,
        "verification": verification,
        "form": form,
        "workbook_form": WorkbookForm(),
        "findings": findings,
        "columns": columns(
            _("Indicator"),
            _("Last year"),
            _("Promised"),
            _("Reported"),
            _("Verified"),
            _("Reason"),
            numeric=(1, 2, 3, 4),
        ),
        "rows": _rows(now, kpis) if now.handed_in else [],
    }
    return render(request, "execution/report.html", context, status=status)


def _facts(now: stored.Asked) -> list[dict[str, Any]]:
    handed_in = now.handed_in
    return [
        {"label": _("Period"), "value": f"{day(now.row.first_day)} – {day(now.row.last_day)}"},
        {"label": _("Due"), "value": day(now.row.due)},
        {
            "label": _("Handed in"),
            "value": day(handed_in.handed_in_at) if handed_in else _("not yet"),
            "note": handed_in.handed_in_by.name if handed_in else "",
        },
    ]


def _rows(now: stored.Asked, kpis: tuple[KpiValue, ...]) -> list[list[Any]]:
    assert now.handed_in is not None  # noqa: S101  (the caller asked)
    before = reporting.last_year_of(now.row)
    numbers = {row.key: row.pk for row in now.row.dossier.kpis.all()}
    reported, verified = now.reported(), now.verified()
    reasons = {each.kpi_id: each.reason for each in now.handed_in.figures.all()}
    return [
        [
            say(kpi.name),
            figure(before.get(kpi.key), kpi),
            figure(kpi.promised.get(now.period.year), kpi),
            figure(reported.get(numbers[kpi.key]), kpi),
            figure(verified.get(numbers[kpi.key]), kpi),
            reasons.get(numbers[kpi.key]) or "–",
        ]
        for kpi in kpis
    ]


def _form(request: PageRequest, now: stored.Asked, kpis: tuple[KpiValue, ...]) -> ReportForm:
    return ReportForm(
        request.POST or None,
        kpis=kpis,
        year=now.period.year,
        last_year=reporting.last_year_of(now.row),
        draft=_filled_in(now.draft or now.handed_in),
    )


def _filled_in(draft: Report | None) -> dict[str, tuple[Decimal | None, str]]:
    """What was filled in before: the draft, or the version that was sent back."""
    rows = draft.figures.select_related("kpi") if draft else ()
    return {each.kpi.key: (each.value, each.reason) for each in rows}


# ── the workbook ──────────────────────────────────────────────────────────────────────────────


@require_GET
def workbook(request: PageRequest, code: UUID, report: UUID) -> HttpResponse:
    """The report as a workbook to fill in."""
    _found, asked = _asked(request.user, code, report)
    raw = write(
        reporting.kpis_of(asked),
        stored.period_of(asked),
        reporting.last_year_of(asked),
        page_language(),
    )
    name = f"rapportage-{asked.period}.xlsx"
    return HttpResponse(
        raw,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def upload(request: PageRequest, code: UUID, report: UUID) -> HttpResponse:
    """Take a workbook that was filled in: it becomes the draft, with all its findings."""
    person = request.user
    found, asked = _asked(person, code, report)
    access.require(person, Deed.REPORT, found)
    file = request.FILES.get("file")
    if file is None:
        refuse([finding("file", A_WORKBOOK, NOTHING)])
    assert file is not None  # noqa: S101  (refused just now)
    inspection, findings = look_at(file, title="", marking="")
    if inspection.media_type != XLSX or findings:
        refuse(findings or [finding("file", A_WORKBOOK, inspection.media_type or NOTHING)])
    file.seek(0)
    reported, unreadable = read(file.read(), reporting.kpis_of(asked), stored.period_of(asked))
    reporting.keep_draft(
        asked=asked, by=person, reported=reported, origin="workbook", unreadable=unreadable
    )
    return redirect("execution:report", code, report)


# ── verification ──────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def verify(request: PageRequest, code: UUID, report: UUID) -> HttpResponse:
    """Verify a report, or send it back."""
    person = request.user
    found, asked = _asked(person, code, report)
    access.require(person, Deed.VERIFY, found)
    now = _stored(asked)
    if now.handed_in is None or not now.waits_for_verification:
        raise reporting.NothingToVerify(asked)
    handed_in = now.handed_in
    form = VerifyForm(request.POST or None, kpis=reporting.kpis_of(asked))
    return form_page(
        request,
        found,
        form,
        page="execution",
        heading=_("Verify the report on %(period)s") % {"period": asked.period},
        deed=lambda: reporting.verify(
            report=handed_in,
            by=person,
            verdict=form.cleaned_data["verdict"],
            statement=form.cleaned_data["statement"],
            verifier=form.cleaned_data["verifier"],
            corrected=form.corrected(),
        ),
    )


def _stored(asked: ReportDue) -> stored.Asked:
    rows = ReportDue.objects.filter(pk=asked.pk).select_related("dossier__company")
    return stored.reports_of(rows)[0]
