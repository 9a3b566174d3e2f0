# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms that put right or withdraw a tranche, an indicator or a clause about money.

Takes     the code of a dossier and of the row, and what was filled in.
Gives     the form with what is there now, the form with all findings, or the way back.
Leaves    the rules to `changing.py` of the app.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maatwerkbank.dossier.execution.clauses import CLAUSE_KINDS
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm
from maatwerkbank.web.execution import changing
from maatwerkbank.web.execution.agreed_forms import ClauseForm, KpiForm, WithdrawForm, with_why
from maatwerkbank.web.execution.form_fields import HUNDRED
from maatwerkbank.web.execution.models import Kpi, MoneyClause, Tranche
from maatwerkbank.web.execution.money_forms import TrancheForm
from maatwerkbank.web.execution.views.money import papers_of
from maatwerkbank.web.execution.views.page import amendments_for, form_page
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import in_language

GET_OR_POST = require_http_methods(["GET", "POST"])
TRANCHE_FIELDS = ("name_nl", "name_en", "amount", "planned", "milestone", "evidence", "kpi_year")
KPI_FIELDS = (
    *("key", "name_nl", "name_en", "quantity", "boundary_nl", "boundary_en", "method_nl"),
    *("method_en", "baseline", "base_year"),
)


@GET_OR_POST
def tranche(request: PageRequest, code: UUID, tranche: UUID) -> HttpResponse:
    """Put a tranche right."""
    person = request.user
    found, row = _row(request, code, Tranche, tranche, Deed.KEEP_MONEY)
    initial = {name: getattr(row, name) for name in TRANCHE_FIELDS}
    form = TrancheForm(
        request.POST or None,
        decision=row.decision,
        milestones=access.milestones_of(person, found),
        papers=papers_of(person, found),
        kpis=access.kpis_of(person, found),
        instead_of=row,
        initial={**initial, "kpi": row.kpi, "holdback": _percent(row.holdback)},
    )
    return _page(request, found, row, form, "money", changing.change_tranche, "tranche")


@GET_OR_POST
def kpi(request: PageRequest, code: UUID, kpi: UUID) -> HttpResponse:
    """Put an indicator right."""
    found, row = _row(request, code, Kpi, kpi, Deed.PLAN)
    years = "\n".join(f"{each.year} {each.promised.normalize():f}" for each in row.years.all())
    initial = {name: getattr(row, name) for name in KPI_FIELDS}
    form = KpiForm(
        request.POST or None,
        dossier=found,
        instead_of=row,
        initial={**initial, "promised": years, "tolerance": _percent(row.tolerance)},
    )
    return _page(request, found, row, form, "execution", changing.change_kpi, "kpi")


@GET_OR_POST
def clause(request: PageRequest, code: UUID, clause: UUID) -> HttpResponse:
    """Put a clause about money right."""
    found, row = _row(request, code, MoneyClause, clause, Deed.KEEP_MONEY)
    kind = CLAUSE_KINDS[row.kind]
    terms = {
        key: _percent(Decimal(value)) if kind.terms[key].unit == "share" else Decimal(value)
        for key, value in row.terms.items()
    }
    initial = {name: getattr(row, name) for name in ("name_nl", "name_en", "place", "kpi")}
    form = ClauseForm(
        request.POST or None,
        kind=row.kind,
        kpis=access.kpis_of(request.user, found),
        initial={**initial, **terms},
    )
    return _page(request, found, row, form, "execution", changing.change_clause, "clause")


@GET_OR_POST
def withdraw_tranche(request: PageRequest, code: UUID, tranche: UUID) -> HttpResponse:
    """Take a tranche back."""
    found, row = _row(request, code, Tranche, tranche, Deed.KEEP_MONEY)
    return _withdraw(request, found, row, "money")


@GET_OR_POST
def withdraw_kpi(request: PageRequest, code: UUID, kpi: UUID) -> HttpResponse:
    """Take an indicator back."""
    found, row = _row(request, code, Kpi, kpi, Deed.PLAN)
    return _withdraw(request, found, row, "execution")


@GET_OR_POST
def withdraw_clause(request: PageRequest, code: UUID, clause: UUID) -> HttpResponse:
    """Take a clause about money back."""
    found, row = _row(request, code, MoneyClause, clause, Deed.KEEP_MONEY)
    return _withdraw(request, found, row, "execution")


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _row(
    request: PageRequest, code: UUID, model: type[Any], identity: UUID, deed: Deed
) -> tuple[Dossier, Any]:
    found = access.dossier_for(request.user, code, deed)
    row = access.rows_of(request.user, model, deed, found).filter(code=identity).first()
    if row is None:
        raise Http404
    return found, row


def _page(
    request: PageRequest,
    found: Dossier,
    row: Any,
    form: PlanForm,
    page: str,
    deed: Callable[..., Any],
    name: str,
) -> HttpResponse:
    with_why(form, amendments_for(request.user, found))
    return form_page(
        request,
        found,
        form,
        page=page,
        heading=_("Change “%(name)s”") % {"name": in_language(row, "name")},
        deed=lambda: deed(
            **{name: row},
            by=request.user,
            because=form.cleaned_data["because"],
            **form.fields_of_deed(),
        ),
        withdraw=reverse(f"execution:withdraw-{name}", args=[found.code, row.code]),
    )


def _withdraw(request: PageRequest, found: Dossier, row: Any, page: str) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    with_why(form, amendments_for(request.user, found))
    return form_page(
        request,
        found,
        form,
        page=page,
        heading=_("Withdraw “%(name)s”") % {"name": in_language(row, "name")},
        deed=lambda: changing.withdraw(row=row, by=request.user, **form.cleaned_data),
    )


def _percent(share: Decimal) -> Decimal:
    return (share * HUNDRED).normalize()
