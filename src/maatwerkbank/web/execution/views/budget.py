# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screen of the budget over all dossiers: per envelope what is left.

Takes     who asks: an office that looks over all dossiers.
Gives     per envelope and year what is reserved, committed, paid and left.
Leaves    booking to the page of money of each dossier.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier import money
from maatwerkbank.ground.language import Text
from maatwerkbank.web.execution import booking, stored
from maatwerkbank.web.execution.models import Envelope
from maatwerkbank.web.execution.money_forms import EnvelopeForm
from maatwerkbank.web.execution.shown import amount, columns
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.templatetags.words import say

NOT_YOURS = Text(
    nl="De budgetten over alle dossiers zien alleen de programmaleiding en de controleur.",
    en="Only programme management and the auditor see the envelopes over all dossiers.",
)


@require_GET
def budget(request: PageRequest) -> HttpResponse:
    """Per envelope what is left."""
    if not access.sees_budget(request.user):
        raise NotAllowed(NOT_YOURS)
    envelopes = list(Envelope.objects.prefetch_related("years"))
    context = {
        "here": "budget",
        "keeps": access.keeps_envelopes(request.user),
        "columns": columns(
            _("Year"),
            _("In the envelope"),
            _("Reserved"),
            _("Committed"),
            _("Paid"),
            _("Left"),
            numeric=(1, 2, 3, 4, 5),
        ),
        "envelopes": [_shown(each) for each in envelopes],
    }
    return render(request, "execution/budget.html", context)


def _shown(row: Envelope) -> dict[str, Any]:
    envelope, entries = stored.envelope_of(row), stored.booked_on(row)
    rows = []
    for year, held in sorted(envelope.years.items()):
        at = money.position(entries, year=year)
        figures = (held, at.reserved, at.committed, at.paid, held - at.reserved)
        rows.append([year, *(amount(each) for each in figures)])
    return {
        "name": f"envelope-{row.pk}",
        "caption": say(envelope.name),
        "note": row.article,
        "rows": rows,
    }


@require_http_methods(["GET", "POST"])
def new_envelope(request: PageRequest) -> HttpResponse:
    """Write an envelope down."""
    if not access.keeps_envelopes(request.user):
        raise NotAllowed(NOT_YOURS)
    form = EnvelopeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            booking.add_envelope(by=request.user, **form.cleaned_data)
            return redirect("execution:budget")
        status = 422
    context = {"here": "budget", "form": form}
    return render(request, "execution/envelope.html", context, status=status)
