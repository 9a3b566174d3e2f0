# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to the pages of a request, and forms that stand on a page of their own.

Takes     a part of a request, a form, the deed that it leads to.
Gives     the trail; the form, the form with all findings, or the way on.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.woo.models import RequestPart
from maatwerkbank.web.woo.stored import with_work

Trail = list[dict[str, str]]


def part_for(person: Person, code: UUID, deed: Deed = Deed.SEE_DISCLOSURE) -> RequestPart:
    """The part with that code, with the work on it that `person` may see.

    Raises
    ------
    Http404      `person` may not know of it
    NotAllowed   `person` may know of it and not do `deed`
    """
    found = access.row_for(person, RequestPart, code, Deed.SEE_DISCLOSURE)
    access.require(person, deed, found.dossier)
    seen = access.rows_of(person, RequestPart, Deed.SEE_DISCLOSURE, found.dossier)
    return with_work(seen.filter(pk=found.pk), access.requested_papers_of(person)).get()


def to_list(*pages: tuple[str, str]) -> Trail:
    """Over the list of requests."""
    steps = ((_("Woo requests"), reverse("woo:list")), *pages)
    return [{"label": label, "href": href} for label, href in steps]


def to_part(part: RequestPart, *pages: tuple[str, str]) -> Trail:
    """Over the list and the request."""
    return to_list((part.request.reference, reverse("woo:part", args=[part.code])), *pages)


def form_page(
    request: PageRequest,
    form: Form,
    *,
    heading: str,
    kicker: str,
    summary: str,
    submit: str,
    back: str,
    trail: Trail,
    deed: Callable[[], str],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form; once it is complete the deed, which says where to go on."""
    if request.method == "POST" and form.is_valid():
        return redirect(deed())
    context = {
        "here": "woo",
        "form": form,
        "heading": heading,
        "kicker": kicker,
        "summary": summary,
        "submit": submit,
        "back": back,
        "trail": trail,
        **(more or {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "woo/form.html", context, status=status)
