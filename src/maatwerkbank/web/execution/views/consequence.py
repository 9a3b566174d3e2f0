# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screen of a consequence: the sum of a clause step by step, and then the decision.

Takes     the code of a dossier and a clause, a year, and what a person knows of it.
Gives     the sum before anybody decides; the decision with the sum beside it after.
Leaves    the sum to `dossier.execution`, the decision to `following`.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maatwerkbank.dossier.execution import Step
from maatwerkbank.dossier.execution.clauses import KINDS_OF_EFFECT
from maatwerkbank.ground.language import Text
from maatwerkbank.web.execution import following, stored
from maatwerkbank.web.execution.given_form import GivenForm, late_promises, published_prices
from maatwerkbank.web.execution.models import ConsequenceDecision, MoneyClause, ReportDue
from maatwerkbank.web.execution.report_forms import DecideForm
from maatwerkbank.web.execution.shown import amount, columns, step_value
from maatwerkbank.web.execution.views.execution import terms_in_words
from maatwerkbank.web.execution.views.page import way_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, in_language, say

FIRST_YEAR, LAST_YEAR = 1990, 2100


@require_http_methods(["GET", "POST"])
def consequence(request: PageRequest, code: UUID, clause: UUID, year: int) -> HttpResponse:
    """What a clause comes to in a year, step by step; who keeps the money decides below it."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_MONEY)
    row = access.row_for(person, MoneyClause, clause, Deed.SEE_MONEY)
    if row.dossier_id != found.pk or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    given_form = GivenForm(
        asked or None,
        kind=row.kind,
        late=late_promises(person, found) if row.kind == "late_delivery" else {},
        prices=published_prices(year, timezone.localdate()),
    )
    given = given_form.given() if given_form.is_valid() else None
    reckoned = following.reckon(row, year, given).found
    form = DecideForm(
        request.POST if request.method == "POST" else None, initial={"amount": reckoned.amount}
    )
    status = 200
    if request.method == "POST":
        access.require(person, Deed.KEEP_MONEY, found)
        if form.is_valid():
            following.decide(
                clause=row,
                year=year,
                by=person,
                given=given,
                **form.cleaned_data,
            )
            return redirect("execution:consequence", code, clause, year)
        status = 422
    deeds = access.deeds_in(person, found)
    decided = _decision(row, year)
    unit = say(stored.kpi_of(row.kpi).unit) if row.kpi else ""
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": way_to(found, "execution", in_language(row, "name")),
        "heading": f"{in_language(row, 'name')}, {year}",
        "clause": row,
        "terms": terms_in_words(row),
        "effect": say(KINDS_OF_EFFECT[reckoned.effect]),
        "years": _years(row),
        "year": year,
        "given_form": given_form if given_form.fields else None,
        "given": given_form.cleaned_data if given_form.is_bound and given_form.is_valid() else {},
        "lacks": [say(each) for each in reckoned.lacks] if decided is None else [],
        "reckoned": amount(decided.reckoned if decided else reckoned.amount),
        "columns": columns(_("Step"), _("How"), _("Comes to"), numeric=(2,)),
        "steps": _steps(decided, reckoned.steps, unit),
        "decided": decided,
        "decided_amount": amount(decided.decided) if decided else "",
        "decided_on": day(decided.decided_on) if decided else "",
        "decides": Deed.KEEP_MONEY in deeds and decided is None and reckoned.amount is not None,
        "form": form,
    }
    return render(request, "execution/consequence.html", context, status=status)


def _decision(row: MoneyClause, year: int) -> ConsequenceDecision | None:
    return ConsequenceDecision.objects.filter(clause=row, year=year).select_related("by").first()


def _years(row: MoneyClause) -> list[int]:
    """Years for which a report was asked."""
    asked = ReportDue.objects.filter(dossier=row.dossier)
    return sorted({each.year for each in asked})


def _steps(
    decided: ConsequenceDecision | None, steps: tuple[Step, ...], unit: str
) -> list[list[Any]]:
    """The lines of the sum: as they were shown when it was decided, else as they are now."""
    shown = steps if decided is None else tuple(_kept(each) for each in decided.steps)
    return [[say(each.label), say(each.formula), step_value(each, unit)] for each in shown]


def _kept(told: dict[str, str]) -> Step:
    return Step(
        Text(nl=told["label_nl"], en=told["label_en"]),
        Text(nl=told["formula_nl"], en=told["formula_en"]),
        Decimal(told["value"]),
        told["unit"],
    )
