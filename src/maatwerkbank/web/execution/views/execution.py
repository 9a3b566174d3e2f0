# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screen of execution: indicators, reports, the grant of the firm, clauses and what followed.

Takes     the code of a dossier, and what was filled in.
Gives     for the State and the firm all of it; for partners indicators of the surroundings.
Leaves    reports to `report`, consequences to `consequence`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.execution import CLAUSE_KINDS
from maatwerkbank.dossier.execution import Kpi as KpiValue
from maatwerkbank.dossier.execution.clauses import KINDS_OF_EFFECT
from maatwerkbank.dossier.execution.kpi import performance
from maatwerkbank.dossier.execution.schedule import STATES
from maatwerkbank.letter.promised_picture import Words, YearBar, promised_svg
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution import agreed, stored
from maatwerkbank.web.execution.agreed_forms import (
    ClauseForm,
    KpiForm,
    ScheduleForm,
    with_amendment,
)
from maatwerkbank.web.execution.models import ConsequenceDecision, MoneyClause, ReportDue
from maatwerkbank.web.execution.shown import amount, columns, figure, percent
from maatwerkbank.web.execution.views.money import grant_facts, tranche_columns, tranche_rows
from maatwerkbank.web.execution.views.page import amendments_for, form_page, way_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, in_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])
TONES = {
    "not_yet": "neutral",
    "open": "info",
    "late": "negative",
    "in": "positive",
    "in_late": "warning",
}


@require_GET
def execution(request: PageRequest, code: UUID) -> HttpResponse:
    """What was promised and realised, what is asked of whom, and what followed."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_EXECUTION)
    deeds = access.deeds_in(person, found)
    whole = access.sees_grant(person, found)
    reports = stored.reports_of(
        access.rows_of(person, ReportDue, Deed.SEE_EXECUTION, found).select_related("dossier")
    )
    kpis = stored.kpis_with_years(access.kpis_of(person, found))
    codes = dict(access.kpis_of(person, found).values_list("pk", "code"))
    today = timezone.localdate()
    granted = stored.granted_of(found, today) if whole else None
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": way_to(found, "execution"),
        "whole": whole,
        "plans": Deed.PLAN in deeds,
        "figures": [
            {**_kpi(number, kpi, reports), "change": codes.get(number)}
            for number, kpi in kpis.items()
        ],
        "report_columns": columns(_("Period"), _("Due"), _("State"), _("Verification")),
        "reports": [_report(each, whole=whole) for each in reports],
        "granted": granted,
        "grant_facts": grant_facts(granted),
        "tranche_columns": tranche_columns(),
        "tranches": tranche_rows(granted, pays=False),
        "clause_columns": columns(_("Clause"), _("What it does"), _("Terms"), _("What follows")),
        "clauses": _clauses(person, found, reports, deeds) if whole else [],
        "kinds": [{"key": key, "label": say(kind.label)} for key, kind in CLAUSE_KINDS.items()],
        "decided_columns": columns(
            _("Clause"), _("Year"), _("By the sum"), _("Decided"), _("Why"), numeric=(2, 3)
        ),
        "decided": _decided(person, found) if whole else [],
    }
    return render(request, "execution/execution.html", context)


# ── indicators ────────────────────────────────────────────────────────────────────────────────


def _kpi(number: int, kpi: KpiValue, reports: list[stored.Asked]) -> dict[str, Any]:
    """One indicator: a picture, what it says, and the table."""
    years = stored.figures_of(kpi, number, reports)
    return {
        "name": f"kpi-{kpi.key}",
        "title": f"{say(kpi.name)} [{say(kpi.unit)}]",
        "summary": _summary(kpi, years),
        "boundary": say(kpi.boundary),
        "method": say(kpi.method),
        "base_year": kpi.base_year,
        "baseline": figure(kpi.baseline, kpi),
        "svg": _picture(kpi, years),
        "columns": columns(
            _("Year"),
            _("Promised"),
            _("Reported"),
            _("Verified"),
            _("Performance"),
            numeric=(1, 2, 3, 4),
        ),
        "rows": [
            [
                each.year,
                figure(each.promised, kpi),
                figure(each.reported, kpi),
                figure(each.verified, kpi),
                percent(_performance(kpi, each)),
            ]
            for each in years
        ],
    }


def _performance(kpi: KpiValue, each: stored.YearFigure) -> Any:
    share = performance(baseline=kpi.baseline, target=each.promised, realised=each.verified)
    return None if share is None else round(share, 4)


def _summary(kpi: KpiValue, years: tuple[stored.YearFigure, ...]) -> str:
    last = next((each for each in reversed(years) if each.reported is not None), None)
    if last is None:
        return _("Nothing was reported yet.")
    realised = last.reported if last.verified is None else last.verified
    told = {
        "year": last.year,
        "realised": figure(realised, kpi),
        "promised": figure(last.promised, kpi),
    }
    said = _("In %(year)s %(realised)s was realised, where %(promised)s was promised.") % told
    return said if last.verified is not None else f"{said} {_('It was not verified yet.')}"


def _picture(kpi: KpiValue, years: tuple[stored.YearFigure, ...]) -> SafeString:
    bars = [
        YearBar(
            each.year,
            None if each.promised is None else float(each.promised),
            _as_float(each.reported if each.verified is None else each.verified),
            verified=each.verified is not None,
        )
        for each in years
    ]
    words = Words(say(kpi.name), _("promised"), _("realised"), _("not verified yet"), _("unknown"))
    svg = promised_svg(bars, words, write=lambda value: figure(value, kpi), mark=f"kpi-{kpi.key}")
    return mark_safe(svg)  # noqa: S308  (our own drawing; every word in it is escaped)


def _as_float(value: Any) -> float | None:
    return None if value is None else float(value)


# ── reports, clauses ──────────────────────────────────────────────────────────────────────────


def _report(each: stored.Asked, *, whole: bool) -> list[Any]:
    state = each.state(timezone.localdate())
    period: Any = each.row.period
    if whole:
        href = reverse("execution:report", args=[each.row.dossier.code, each.row.code])
        period = {"text": each.row.period, "href": href}
    said = {"verified": _("verified"), "sent_back": _("sent back")}
    waiting = _("waits") if each.waits_for_verification else "–"
    return [
        period,
        day(each.row.due),
        {"text": say(STATES[state]), "tone": TONES[state], "icon": ""},
        said.get(each.verdict, waiting),
    ]


def _clauses(
    person: Person, found: Dossier, reports: list[stored.Asked], deeds: frozenset[Deed]
) -> list[list[Any]]:
    """Clauses as they are written; the State goes on to what follows from one."""
    rows = access.rows_of(person, MoneyClause, Deed.SEE_EXECUTION, found)
    years = sorted({each.period.year for each in reports if each.verdict == "verified"})
    last = years[-1] if years else timezone.localdate().year
    found_rows = []
    for row in rows.select_related("kpi"):
        kind = CLAUSE_KINDS[row.kind]
        follows: Any = "–"
        if Deed.SEE_MONEY in deeds:
            href = reverse("execution:consequence", args=[found.code, row.code, last])
            follows = {"text": _("Reckon for %(year)s") % {"year": last}, "href": href}
        found_rows.append(
            [
                {
                    "text": in_language(row, "name"),
                    "note": row.place,
                    **(
                        {"href": reverse("execution:change-clause", args=[found.code, row.code])}
                        if Deed.KEEP_MONEY in deeds
                        else {}
                    ),
                },
                {"text": say(kind.label), "note": say(KINDS_OF_EFFECT[kind.effect])},
                terms_in_words(row),
                follows,
            ]
        )
    return found_rows


def terms_in_words(row: MoneyClause) -> str:
    """The terms of a clause in a line."""
    clause, kind = stored.clause_of(row), CLAUSE_KINDS[row.kind]
    said = [
        f"{say(term.label)}: "
        + (percent(clause.terms[key]) if term.unit == "share" else amount(clause.terms[key]))
        for key, term in kind.terms.items()
        if key in clause.terms and term.unit not in {"months", "units"}
    ]
    said += [
        f"{say(term.label)}: {clause.terms[key].normalize():f}"
        for key, term in kind.terms.items()
        if key in clause.terms and term.unit in {"months", "units"}
    ]
    return "; ".join(said)


def _decided(person: Person, found: Dossier) -> list[list[Any]]:
    rows = access.rows_of(person, ConsequenceDecision, Deed.SEE_EXECUTION, found)
    return [
        [
            in_language(row.clause, "name"),
            row.year,
            amount(row.reckoned),
            {"text": amount(row.decided), "note": say(KINDS_OF_EFFECT[row.effect])},
            {"text": row.reason, "note": day(row.decided_on)},
        ]
        for row in rows.select_related("clause")
    ]


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def new_kpi(request: PageRequest, code: UUID) -> HttpResponse:
    """Write an indicator down."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    form = KpiForm(request.POST or None, dossier=found)
    with_amendment(form, amendments_for(request.user, found))
    return form_page(
        request,
        found,
        form,
        page="execution",
        heading=_("Write an indicator down"),
        deed=lambda: agreed.add_kpi(dossier=found, by=request.user, **form.fields_of_deed()),
    )


@GET_OR_POST
def new_schedule(request: PageRequest, code: UUID) -> HttpResponse:
    """Ask reports by a schedule."""
    found = access.dossier_for(request.user, code, Deed.PLAN)
    form = ScheduleForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        page="execution",
        heading=_("Ask reports"),
        deed=lambda: agreed.make_schedule(dossier=found, by=request.user, schedule=form.schedule()),
    )


@GET_OR_POST
def new_clause(request: PageRequest, code: UUID, kind: str) -> HttpResponse:
    """Write a clause about money down."""
    found = access.dossier_for(request.user, code, Deed.KEEP_MONEY)
    if kind not in CLAUSE_KINDS:
        raise Http404
    form = ClauseForm(request.POST or None, kind=kind, kpis=access.kpis_of(request.user, found))
    with_amendment(form, amendments_for(request.user, found))
    return form_page(
        request,
        found,
        form,
        page="execution",
        heading=say(CLAUSE_KINDS[kind].label),
        deed=lambda: agreed.add_clause(dossier=found, by=request.user, **form.fields_of_deed()),
    )
