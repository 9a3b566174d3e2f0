# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The trajectory of a dossier: its road as a picture, each gate with what it asks, its version.

Takes     the code of a dossier; another version to move to, with a reason.
Gives     the stages and gates as this dossier runs on them, and what another version changes.
Leaves    whether a gate is met to the page of the gate; the move itself to `decisions`.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from maatwerkbank.dossier.trajectory import Trajectory, trajectory, trajectory_ids
from maatwerkbank.dossier.versions import Difference, differences
from maatwerkbank.letter.chart_style import NARROW
from maatwerkbank.letter.trajectory_diagram import WIDE, trajectory_svg
from maatwerkbank.web.dossiers.decisions import last_decision, move_trajectory
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.trajectory_forms import MoveForm
from maatwerkbank.web.dossiers.views.dossier import standing_of, trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Refusal
from maatwerkbank.web.templatetags.words import page_language, role, say

KINDS = {
    "computed": gettext_noop("computed"),
    "attested": gettext_noop("attested"),
    "attached": gettext_noop("document"),
}


@require_http_methods(["GET", "POST"])
def road(request: PageRequest, code: UUID) -> HttpResponse:
    """The trajectory; who may move the dossier to another version does it here."""
    found = access.dossier_for(request.user, code, Deed.SEE_GATES)
    others = _other_versions(found)
    newer = [each for each in others if _is_newer(each, found)]
    last = last_decision(found)
    form = MoveForm(
        request.POST or None,
        versions=newer,
        dossier=found,
        initial={"last_seen": last.sequence if last else 0},
    )
    refusal, status = None, 200
    if request.method == "POST":
        access.require(request.user, Deed.MOVE_TRAJECTORY, found)
        status = 422
        if form.is_valid():
            try:
                move_trajectory(dossier=found, by=request.user, **form.cleaned_data)
            except Refusal as error:
                refusal, status = error, error.status
            else:
                return redirect("dossiers:trajectory", code)
    context = {
        "dossier": found,
        "deeds": access.deeds_in(request.user, found),
        "trail": trail(found, _("Trajectory")),
        "trajectory": found.trajectory,
        "standing": standing_of(found, outward=False),
        "wide": _picture(found, WIDE),
        "narrow": _picture(found, NARROW),
        "gates": _gates(found),
        "newer": newer,
        "versions": [_version(found, each) for each in others],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "dossiers/trajectory.html", context, status=status)


def _other_versions(found: Dossier) -> list[Trajectory]:
    """Versions that know the track of this dossier, the newest first."""
    others = [
        trajectory(each) for each in reversed(trajectory_ids()) if each != found.trajectory_id
    ]
    return [each for each in others if found.track_id in each.tracks]


def _is_newer(version: Trajectory, found: Dossier) -> bool:
    return version.valid_from > found.trajectory.valid_from


def _picture(found: Dossier, width: int) -> SafeString:
    track = found.trajectory.track(found.track_id)
    svg = trajectory_svg(track, page_language(), here=found.stage, width=width)
    return mark_safe(svg)  # noqa: S308  (our own drawing; every word in it is escaped)


def _gates(found: Dossier) -> list[dict[str, Any]]:
    """Each gate with its criteria, in words of the page."""
    track = found.trajectory.track(found.track_id)
    return [
        {
            "gate": gate,
            "here": gate.from_stage == found.stage and not found.exit,
            "decides": role(gate.decides),
            "criteria": [
                {
                    "criterion": each,
                    "kind": _(KINDS[each.kind]),
                    "given_by": ", ".join(role(who) for who in each.given_by),
                }
                for each in gate.criteria
            ],
        }
        for gate in track.gates
    ]


def _version(found: Dossier, other: Trajectory) -> dict[str, Any]:
    """Another version, with everything that it changes for this dossier."""
    changes = differences(found.trajectory, other, found.track_id)
    return {
        "trajectory": other,
        "newer": _is_newer(other, found),
        "differences": [_line(each) for each in changes],
        "before_label": say(found.trajectory.label),
        "after_label": say(other.label),
        "name": f"differences-{other.id}",
    }


def _line(each: Difference) -> dict[str, Any]:
    where = f"{say(each.where)}: " if each.where else ""
    return {
        "field": f"{where}{say(each.what)}",
        "before": say(each.before) if each.before else "",
        "after": say(each.after) if each.after else "",
        "kind": each.kind,
    }
