# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens to read: the promises of a dossier, one promise, one dependency.

Takes     the code of a dossier and of something in it; for a forecast, what was filled in.
Gives     the register as far as the reader may see it.
Leaves    forms to `forming.py`, the risk register to `risks.py`, all dossiers together to
          `held_up.py`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.promises.dependency import KINDS, STEPS
from maatwerkbank.dossier.promises.held_up import DelayOdds
from maatwerkbank.dossier.promises.promise import SIDES
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.letter.timeline_picture import slip_text
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import chains, keeping, risks, shown, waiting
from maatwerkbank.web.promises.forms import ForecastForm, StepForm
from maatwerkbank.web.promises.models import Dependency, ProjectStart, Promise
from maatwerkbank.web.promises.reckoning import (
    Seen,
    key_of,
    seen_by,
    waiver_requests_of,
)
from maatwerkbank.web.templatetags.words import in_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def promises(request: PageRequest, code: UUID) -> HttpResponse:
    """Everything that both sides promised in a dossier, what it waits for, what is at risk."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_PROMISES)
    deeds = access.deeds_in(person, found)
    seen = seen_by(person, found, _odds(request, found))
    money = sees_money(request, found)
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": trail(found, _("Promises")),
        "seen": seen,
        "tiles": chains.tiles(seen, money=money),
        "summary_of_picture": chains.summary(seen),
        "wide": chains.picture(seen),
        "narrow": chains.picture(seen, narrow=True),
        "waits": shown.waits(seen),
        "connections": _connections(seen),
        "sides": [
            {
                "name": name,
                "heading": heading,
                "caption": _("%(side)s, with dates and status") % {"side": heading},
                **shown.promises(seen, name),
            }
            for name, heading in (
                ("state", _("What the State promises")),
                ("company", _("What the company promises")),
                ("third", _("What others promise")),
            )
        ],
        "dependencies": shown.dependencies(seen),
        "chains": chains.chains(seen),
        "holders": shown.holders(seen, seen.outlook.holders, money=money),
        "projects": _projects(request, found, seen),
    }
    return render(request, "promises/promises.html", context)


@GET_OR_POST
def promise(request: PageRequest, code: UUID, promise: UUID) -> HttpResponse:
    """One promise with every forecast, and the chain before and behind it."""
    found = access.dossier_for(request.user, code, Deed.SEE_PROMISES)
    row = one_of(access.promises_of(request.user, found), promise)
    return _thing(
        request,
        found,
        row,
        "promises/promise.html",
        lambda **said: keeping.forecast_promise(promise=row, by=request.user, **said),
    )


@GET_OR_POST
def dependency(request: PageRequest, code: UUID, dependency: UUID) -> HttpResponse:
    """One dependency with every forecast, the steps of a permit, and the chain around it."""
    found = access.dossier_for(request.user, code, Deed.SEE_PROMISES)
    row = one_of(access.dependencies_of(request.user, found), dependency)
    return _thing(
        request,
        found,
        row,
        "promises/dependency.html",
        lambda **said: waiting.forecast_dependency(dependency=row, by=request.user, **said),
    )


def _thing(
    request: PageRequest, found: Dossier, row: Promise | Dependency, template: str, forecast: Any
) -> HttpResponse:
    """The page of a thing with forecasts; who keeps promises says here when it is expected now."""
    form = ForecastForm(request.POST or None)
    status = 200
    if request.method == "POST":
        access.require(request.user, Deed.KEEP_PROMISES, found)
        if form.is_valid():
            forecast(**form.cleaned_data)
            return redirect(request.path)
        status = 422
    seen = seen_by(request.user, found, _odds(request, found))
    key = key_of(row)
    name = in_language(row, "name")
    deeds = access.deeds_in(request.user, found)
    context = {
        "dossier": found,
        "deeds": deeds,
        "inside": Deed.SEE_DECISIONS in deeds,
        "trail": [*trail_of_promises(found), {"label": name, "href": ""}],
        "row": row,
        "heading": name,
        "state": shown.state_of(seen, key),
        "moment": chains.link(seen, seen.outlook.moments[key]),
        "lateness": shown.lateness(seen, key),
        "around": chains.around(seen, row),
        "slips": _slips(row),
        "form": form,
        **(_of_promise(request, seen, row) if isinstance(row, Promise) else _of_dependency(row)),
    }
    return render(request, template, context, status=status)


def _odds(request: PageRequest, found: Dossier) -> DelayOdds | None:
    """What the draws of the last run say of the projects of the plan."""
    keys = {
        row.project.key: key_of(row)
        for row in access.project_starts_of(request.user, found).select_related("project")
        if row.project.key
    }
    return risks.odds_of(request.user, found, keys)


def _of_promise(request: PageRequest, seen: Seen, row: Promise) -> dict[str, Any]:
    asked = list(waiver_requests_of(request.user, seen.dossier).filter(promise=row))
    readable = set(access.versions_of(request.user, seen.dossier).values_list("pk", flat=True))
    return {
        "because": say(seen.standings[key_of(row)].because),
        "waivers": asked,
        "waiver_waits": any(not each.answer for each in asked),
        "kicker": say(SIDES[row.by_side]),
        "amount": shown.amount(row),
        "subject": say(PARALLEL_TRACKS[row.subject]),
        "open": seen.standings[key_of(row)].state not in {"kept", "waived"},
        "evidence": [
            {"row": each, "document": each.document if each.document_id in readable else None}
            for each in row.evidence.select_related("by__organisation", "document__document")
        ],
    }


def _of_dependency(row: Dependency) -> dict[str, Any]:
    kind = KINDS[row.kind]
    return {
        "kicker": say(kind.label),
        "is_permit": kind.topic == "permits",
        "open": row.actual is None,
        "facts": shown.facts_of(row),
        "nitrogen": shown.nitrogen_of(row),
        "steps": [{"label": say(STEPS[each.step]), "row": each} for each in row.steps.all()],
        "step_form": StepForm(dependency=row),
    }


def _slips(row: Promise | Dependency) -> list[dict[str, Any]]:
    return [
        {
            "row": each,
            "slip": say(slip_text((each.expected - row.planned).days)) if row.planned else "",
        }
        for each in row.forecasts.select_related("by__organisation")
    ]


def _connections(seen: Seen) -> list[dict[str, Any]]:
    """Every connection with the way to take it out."""
    pairs = {(w.waiter, w.awaited): w for w in seen.outlook.network.waits}
    codes = seen.codes_of_waits
    return [
        {
            "waiter": shown.label(seen, waiter),
            "awaited": shown.label(seen, awaited),
            "lag": wait.lag_days,
            "href": reverse(
                "promises:disconnect", args=[seen.dossier.code, codes[waiter, awaited]]
            ),
        }
        for (waiter, awaited), wait in pairs.items()
    ]


def _projects(request: PageRequest, found: Dossier, seen: Seen) -> list[dict[str, Any]]:
    """Every project of the dossier, with its start where somebody said it."""
    starts = {row.project_id: row for row in seen.rows.values() if isinstance(row, ProjectStart)}
    projects = []
    for project in access.projects_of(request.user, found):
        start = starts.get(project.pk)
        projects.append(
            {
                "project": project,
                "start": start,
                "moment": chains.link(seen, seen.outlook.moments[key_of(start)]) if start else None,
            }
        )
    return projects


# ── what other screens of promises use ────────────────────────────────────────────────────────


def sees_money(request: PageRequest, found: Dossier) -> bool:
    """Support is told to the State team and to the company itself."""
    roles = access.roles_in(request.user, found)
    return "company" in roles or Deed.SEE_DECISIONS in access.deeds_in(request.user, found)


def trail_of_promises(found: Dossier) -> list[dict[str, str]]:
    """The way to a page below the promises of a dossier."""
    here = {"label": _("Promises"), "href": reverse("promises:dossier", args=[found.code])}
    return [*trail(found), here]


def one_of(rows: Any, code: UUID) -> Any:
    """The row that is asked for, of those that the reader may see; else as if there is none."""
    found = rows.select_related("dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found
