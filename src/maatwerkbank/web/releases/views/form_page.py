# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every screen of releases does: a form on a page of its own, a trail, a row.

Takes     a request, a form, a deed.
Gives     the page; again with all findings; or the way on.
Leaves    the rules to the deeds.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.refusals import Unfit

Row = TypeVar("Row", bound=Model)
Trail = list[dict[str, str]]


def trail_to(found: Dossier, *pages: tuple[str, str]) -> Trail:
    """Portfolio, the dossier, its accountability, and then `pages`."""
    own = (_("Accountability"), reverse("releases:dossier", args=[found.code]))
    return [*trail(found), *({"label": label, "href": href} for label, href in (own, *pages))]


def trail_of_all(*pages: tuple[str, str]) -> Trail:
    """The screen over all dossiers, and then `pages`."""
    own = (_("Accountability"), reverse("releases:overview"))
    return [{"label": label, "href": href} for label, href in (own, *pages)]


def one_of(rows: QuerySet[Row], **which: Any) -> Row:
    """The row that is asked for, of those that the reader may see; else as if there is none."""
    found = rows.filter(**which).first()
    if found is None:
        raise Http404
    return found


def form_page(
    request: PageRequest,
    form: PlanForm,
    *,
    heading: str,
    back: str,
    trail: Trail,
    deed: Callable[[], Any],
    submit: str = "",
    lead: str = "",
    kicker: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form on a page of its own: shown, shown again with all findings, or done."""
    status = 200
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refused = _done(deed)
            if refused is None:
                return redirect(back)
            findings = refused
    context = {
        "heading": heading,
        "kicker": kicker,
        "form": form,
        "back": back,
        "submit": submit or _("Save"),
        "lead": lead,
        "findings": findings,
        "trail": [*trail, {"label": heading, "href": ""}],
        **(more or {}),
    }
    return render(request, "releases/form.html", context, status=status)


def _done(deed: Callable[[], Any]) -> tuple[Finding, ...] | None:
    """None where it was done, else all findings."""
    try:
        deed()
    except Unfit as refused:
        return refused.findings
    return None
