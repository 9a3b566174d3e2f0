# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every override ever asked for, over all dossiers that this person sees. None ever goes away.

Takes     who asks, and which answers are to be shown.
Gives     a list by page, the last first, and how many wait for an answer.
Leaves    asking and answering to the page of the gate.
"""

from typing import cast

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from maatwerkbank.dossier.trajectory import criteria
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.web.dossiers.models import Override
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import say

ON_A_PAGE = 50
ANSWERS = {
    "": gettext_lazy("Waits for a second person"),
    "confirmed": gettext_lazy("Confirmed"),
    "refused": gettext_lazy("Refused"),
}


@require_GET
def overrides(request: HttpRequest) -> HttpResponse:
    """The list, within what this person may see."""
    person = cast("Person", request.user)
    seen = overrides_of(person)
    counted = dict(seen.order_by().values_list("answer").annotate(Count("pk")))
    answer = request.GET.get("answer")
    shown = seen.filter(answer=answer) if answer in ANSWERS else seen
    page = Paginator(
        shown.select_related("dossier__company", "asked_by", "answered_by").order_by("-asked_at"),
        ON_A_PAGE,
    ).get_page(request.GET.get("page"))
    known = criteria()
    context = {
        "here": "overrides",
        "page": page,
        "tabs": [
            {
                "label": _("All"),
                "href": "?",
                "here": answer not in ANSWERS,
                "count": sum(counted.values()),
            },
            *(
                {
                    "label": label,
                    "href": f"?answer={each}",
                    "here": answer == each,
                    "count": counted.get(each, 0),
                }
                for each, label in ANSWERS.items()
            ),
        ],
        "overrides": [
            {
                "row": row,
                "href": _href(row),
                "criterion": say(known[row.criterion].label)
                if row.criterion in known
                else row.criterion,
            }
            for row in page
        ],
    }
    return render(request, "dossiers/overrides.html", context)


def overrides_of(person: Person) -> QuerySet[Override]:
    """Overrides in dossiers of which this person sees the gates."""
    return Override.objects.filter(dossier__in=access.dossiers_of(person, Deed.SEE_GATES))


def _href(row: Override) -> str:
    """Where its gate is; empty where the dossier went over to a road without that gate."""
    dossier = row.dossier
    try:
        dossier.trajectory.track(dossier.track_id).gate(row.gate)
    except NotInTrajectory:
        return ""
    return f"{reverse('dossiers:gate', args=[dossier.code, row.gate])}#criterion-{row.criterion}"
