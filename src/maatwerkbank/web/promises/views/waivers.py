# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of waivers: ask for one, decide on one that another asked for, all that were ever asked.

Takes     the code of a dossier and of a promise or a request, and what was filled in.
Gives     a form, the way back, or the list by page, the last first. None ever goes away.
Leaves    the rules to `keeping.py`.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import keeping
from maatwerkbank.web.promises.forms import ReasonForm, WaiverForm
from maatwerkbank.web.promises.reckoning import waiver_requests_of
from maatwerkbank.web.promises.views.forming import form_page, reason
from maatwerkbank.web.promises.views.register import one_of
from maatwerkbank.web.templatetags.words import in_language

GET_OR_POST = require_http_methods(["GET", "POST"])
ON_A_PAGE = 50
ANSWERS = {
    "": gettext_lazy("Waits for a second person"),
    "granted": gettext_lazy("Granted"),
    "refused": gettext_lazy("Refused"),
}


@GET_OR_POST
def ask(request: PageRequest, code: UUID, promise: UUID) -> HttpResponse:
    """Ask to let go of a promise, with a reason."""
    found = access.dossier_for(request.user, code, Deed.KEEP_PROMISES)
    row = one_of(access.promises_of(request.user, found), promise)
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Ask to waive this promise"),
        back=reverse("promises:promise", args=[code, promise]),
        deed=lambda: keeping.ask_waiver(promise=row, by=request.user, because=reason(form)),
    )


@GET_OR_POST
def answer(request: PageRequest, code: UUID, waiver: UUID) -> HttpResponse:
    """A second person grants or refuses a waiver, with a reason."""
    found = access.dossier_for(request.user, code, Deed.WAIVE_PROMISE)
    row = waiver_requests_of(request.user, found).filter(code=waiver).first()
    if row is None:
        raise Http404
    form = WaiverForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Decide on waiving “%(promise)s”")
        % {"promise": in_language(row.promise, "name")},
        back=reverse("promises:promise", args=[code, row.promise.code]),
        deed=lambda: keeping.answer_waiver(request=row, by=request.user, **form.cleaned_data),
    )


@require_GET
def waivers(request: PageRequest) -> HttpResponse:
    """The list, over all dossiers within sight."""
    seen = waiver_requests_of(request.user)
    counted = dict(seen.order_by().values_list("answer").annotate(Count("pk")))
    wanted = request.GET.get("answer")
    shown = seen.filter(answer=wanted) if wanted in ANSWERS else seen
    page = Paginator(shown.order_by("-asked_at", "-id"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "here": "promises",
        "page": page,
        "tabs": [
            {
                "label": _("All"),
                "href": "?",
                "here": wanted not in ANSWERS,
                "count": sum(counted.values()),
            },
            *(
                {
                    "label": label,
                    "href": f"?answer={each}",
                    "here": wanted == each,
                    "count": counted.get(each, 0),
                }
                for each, label in ANSWERS.items()
            ),
        ],
        "waivers": [
            {
                "row": row,
                "name": in_language(row.promise, "name"),
                "href": reverse(
                    "promises:promise", args=[row.promise.dossier.code, row.promise.code]
                ),
            }
            for row in page
        ],
    }
    return render(request, "promises/waivers.html", context)
