# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which promise of the State holds up which tonnes, over all dossiers that somebody sees?

Takes     who asks, and the number of the page.
Gives     the sums over all of them; and by page of dossiers what holds up what, the dossiers with a
          late promise of the State first, and of these the most tonnes first.
Leaves    the sums, which are kept, to `overview/at_risk.py`: only the networks of the dossiers on
          the page are reckoned here.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maatwerkbank.web.overview.at_risk import at_risk
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import shown
from maatwerkbank.web.promises.reckoning import Seen, seen_in
from maatwerkbank.web.templatetags.words import euros, figure, tonnes

DOSSIERS_ON_A_PAGE = 20


@require_GET
def held_up(request: PageRequest) -> HttpResponse:
    """The sums, and a page of dossiers of which a project starts later."""
    person = request.user
    reach = access.dossiers_of(person, Deed.SEE_PROMISES)
    found = at_risk(person, reach, timezone.localdate())
    page = Paginator(found.late_first(), DOSSIERS_ON_A_PAGE).get_page(request.GET.get("page"))
    listed = reach.filter(pk__in=list(page.object_list)).select_related("company")
    seen_here = seen_in(person, listed).values()
    stake = found.stake
    context = {
        "here": "promises",
        "tiles": [
            {"label": _("Late promises of the State"), "value": figure(found.by_state)},
            {"label": _("Projects that start later"), "value": figure(found.late)},
            {"label": _("Gross tonnes in 2030 at risk"), "value": _or_none(stake.gross_t, tonnes)},
            {
                "label": _("Additional tonnes in 2030 at risk"),
                "value": _or_none(stake.additional_t, tonnes),
            },
            {"label": _("Support at risk"), "value": _or_none(stake.support_eur, euros)},
        ],
        "by_state": found.by_state,
        "state": _table(
            [(seen, each) for seen in seen_here for each in seen.outlook.held_by_state()]
        ),
        "others": _table(
            [
                (seen, each)
                for seen in seen_here
                for each in seen.outlook.holders
                if each.moment.node.side != "state"
            ]
        ),
        "dossiers": found.dossiers,
        "page": page,
    }
    return render(request, "promises/held_up.html", context)


def _table(pairs: list[tuple[Seen, Any]]) -> dict[str, Any]:
    """Rows over many dossiers, the most tonnes first; the firm stands before each."""
    pairs.sort(key=lambda pair: (-(pair[1].at_risk.gross_t or 0.0), pair[0].dossier.company.name))
    rows, columns = [], []
    for seen, each in pairs:
        table = shown.holders(seen, [each])
        columns = table["columns"]
        href = reverse("promises:dossier", args=[seen.dossier.code])
        rows.append([{"text": seen.dossier.company.name, "href": href}, *table["rows"][0]])
    return {"columns": [{"label": _("Firm")}, *columns], "rows": rows}


def _or_none(value: float | None, told: Any) -> Any:
    return None if value is None else told(value)
