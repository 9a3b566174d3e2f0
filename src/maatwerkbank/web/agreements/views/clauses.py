# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of an amendment about whole clauses: add an own one, take one out, put one elsewhere.

Takes     the code of a dossier and of an amendment, and what was filled in.
Gives     the form, the form with all findings, or the way back to the amendment.
Leaves    the rules to `clauses.py` of the app.
"""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maatwerkbank.web.agreements import clauses
from maatwerkbank.web.agreements.forms import MoveForm, OwnClauseForm, TakeOutForm
from maatwerkbank.web.agreements.views.form_page import form_page
from maatwerkbank.web.agreements.views.terms import amendment_for, page_of
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people.rights import Deed

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def add(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Add a clause that no library has."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    form = OwnClauseForm(request.POST or None, clauses=clauses.clauses_of(row))
    return form_page(
        request,
        found,
        form,
        heading=_("Add an own clause"),
        lead=_("It is marked as own text wherever it is shown. Amounts and tonnes stay fields."),
        back=page_of(row),
        way=((row.title, page_of(row)),),
        deed=lambda: clauses.add_own_clause(
            amendment=row, by=request.user, **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def take_out(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Take a clause out."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    form = TakeOutForm(request.POST or None, clauses=clauses.clauses_of(row))
    return form_page(
        request,
        found,
        form,
        heading=_("Take a clause out"),
        back=page_of(row),
        way=((row.title, page_of(row)),),
        deed=lambda: clauses.take_clause_out(
            amendment=row, by=request.user, **form.fields_of_deed()
        ),
    )


@GET_OR_POST
def move(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Put a clause elsewhere."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    form = MoveForm(request.POST or None, clauses=clauses.clauses_of(row), amendment=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Put a clause elsewhere"),
        back=page_of(row),
        way=((row.title, page_of(row)),),
        deed=lambda: clauses.move_clause(amendment=row, by=request.user, **form.fields_of_deed()),
    )
