# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form of execution on a page of its own: shown, shown again with all findings, or done.

Takes     a dossier, a form, and the deed to do.
Gives     the page, or the way back.
Leaves    the rules to the deed.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.execution.settled import AGREEMENT, is_settled
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person

PAGES = {"money": "execution:money", "execution": "execution:dossier"}


def way_to(dossier: Dossier, page: str, *here: str) -> list[dict[str, str]]:
    """The way to a page of money or execution, and further."""
    labels = {"money": _("Money"), "execution": _("Execution")}
    href = reverse(PAGES[page], args=[dossier.code])
    return [
        *trail(dossier),
        {"label": labels[page], "href": href if here else ""},
        *({"label": label, "href": ""} for label in here),
    ]


def amendments_for(person: Person, found: Dossier) -> QuerySet[Amendment] | None:
    """Decided amendments of the agreement; None while it is not in force."""
    if not is_settled(found):
        return None
    rows = access.amendments_of(person, found)
    return rows.filter(state="decided", agreement__library=AGREEMENT)


def form_page(
    request: PageRequest,
    dossier: Dossier,
    form: forms.Form,
    *,
    page: str,
    heading: str,
    deed: Callable[[], Any],
    withdraw: str = "",
) -> HttpResponse:
    """The form, with the way to withdraw what it is about; done, the page that it came from."""
    back = reverse(PAGES[page], args=[dossier.code])
    status = 200
    if request.method == "POST":
        if form.is_valid():
            deed()
            return redirect(back)
        status = 422
    context = {
        "dossier": dossier,
        "heading": heading,
        "form": form,
        "back": back,
        "withdraw": withdraw,
        "trail": way_to(dossier, page, heading),
    }
    return render(request, "execution/form.html", context, status=status)
