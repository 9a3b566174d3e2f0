# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has which role on a dossier, who had one, and what each role sees.

Takes     the code of a dossier, and a person with a role.
Gives     the team; for who makes it up, a form and a way to end a role.
Leaves    the rules to `team`.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maatwerkbank.dossier.roles import ROLES, TOPICS
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.team import (
    HELD_BY,
    add_member,
    end_membership,
    former_of,
    team_of,
)
from maatwerkbank.web.dossiers.team_forms import MemberForm
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Refusal
from maatwerkbank.web.templatetags.words import say


@require_http_methods(["GET", "POST"])
def team(request: PageRequest, code: UUID) -> HttpResponse:
    """The team; who makes it up adds somebody here."""
    found = access.dossier_for(request.user, code, Deed.SEE_TEAM)
    form = MemberForm(request.POST or None, dossier=found)
    if request.method == "GET":
        return _page(request, found, form)
    access.require(request.user, Deed.MANAGE_TEAM, found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        add_member(dossier=found, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _page(request, found, form, refusal, refusal.status)
    return redirect("dossiers:team", code)


@require_POST
def end(request: PageRequest, code: UUID, membership: int) -> HttpResponse:
    """Take a role away."""
    found = access.dossier_for(request.user, code, Deed.SEE_TEAM)
    row = get_object_or_404(found.memberships.select_related("dossier__company"), pk=membership)
    try:
        end_membership(membership=row, by=request.user, because=request.POST.get("because", ""))
    except Refusal as refusal:
        return _page(request, found, MemberForm(dossier=found), refusal, refusal.status)
    return redirect("dossiers:team", code)


def _page(
    request: PageRequest,
    found: Dossier,
    form: MemberForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    deeds = access.deeds_in(request.user, found)
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": trail(found, _("Team")),
        "team": team_of(found),
        "former": former_of(found),
        "roles": [
            {
                "label": say(ROLES[role].label),
                "sees": ", ".join(say(TOPICS[topic]) for topic in ROLES[role].topics),
            }
            for role in HELD_BY
        ],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "dossiers/team.html", context, status=status)
