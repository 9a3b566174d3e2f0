# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who looked at what is confidential in a dossier.

Takes     the code of a dossier, and who asks: the case lead, the programme or the auditor.
Gives     every look, the last first; nothing is ever removed from this list.
"""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maatwerkbank.web.documents.models import Look
from maatwerkbank.web.documents.shown import moment
from maatwerkbank.web.documents.views.trail import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.access import LOGGED_FROM
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import level, say

ON_A_PAGE = 50


@require_GET
def looks(request: PageRequest, code: UUID) -> HttpResponse:
    """The list, with a choice of one person."""
    dossier = access.dossier_for(request.user, code, Deed.SEE_LOOKS)
    found = dossier.looks.select_related("person__organisation").order_by("-at", "-pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    columns = (_("When"), _("Who"), _("What"), _("Confidentiality"))
    return render(
        request,
        "documents/looks.html",
        {
            "here": "portfolio",
            "dossier": dossier,
            "trail": trail(dossier, (_("Who looked"), "")),
            "from_level": say(LOGGED_FROM.label),
            "page": page,
            "columns": [{"label": label} for label in columns],
            "rows": [_row(look) for look in page],
        },
    )


def _row(look: Look) -> list[object]:
    at = timezone.localtime(look.at)
    return [
        {"text": moment(look.at), "note": at.strftime("%H:%M:%S")},
        {"text": look.person.name, "note": str(look.person.organisation)},
        {"text": look.title or "–", "note": _kinds().get(look.kind, look.kind)},
        level(look.level),
    ]


def _kinds() -> dict[str, str]:
    return {
        "document": _("page of a document"),
        "file": _("file, downloaded"),
        "run": _("run"),
        "frozen_set": _("frozen set"),
        "advice": _("advice"),
        "export": _("export of the dossier"),
        "case": _("plan of the company"),
    }
