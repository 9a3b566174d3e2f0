# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was decided on a dossier, and one decision with the evidence that was frozen with it.

Takes     the code of a dossier, or of one of its decisions, and who asks.
Gives     the list, the last first; or one decision with its place in the chain.
Leaves    what of the evidence may be read to `reader.py`.
"""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from maatwerkbank.dossier.trajectory import Criterion, criteria, trajectory
from maatwerkbank.ground.errors import DossierError
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.decisions import ways_back
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.dossiers.reader import Link, Reader
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, level, role, say

KINDS = {
    "opening": gettext_noop("Dossier opened"),
    "gate": gettext_noop("Gate"),
    "exit": gettext_noop("Left the approach"),
    "re_entry": gettext_noop("Came in again"),
    "trajectory": gettext_noop("Moved to another version of the approach"),
    "level": gettext_noop("Level of confidentiality"),
}


@dataclass(frozen=True)
class FrozenShown:
    """One criterion as it was found when the decision was taken."""

    label: str
    met: bool
    overridden: bool
    because: str
    hidden: bool
    links: list[Link]


@require_GET
def decisions(request: HttpRequest, code: UUID) -> HttpResponse:
    """Everything that was decided on a dossier."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code, Deed.SEE_DECISIONS)
    rows = dossier.decisions.select_related("decided_by").order_by("-sequence")
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": access.deeds_in(person, dossier),
        "trail": trail(dossier, _("Decisions")),
        "decisions": [{"row": row, "title": title_of(row, dossier)} for row in rows],
        "gates": _gates(dossier),
        "ways_back": ways_back(dossier),
    }
    return render(request, "dossiers/decisions.html", context)


@require_GET
def decision(request: HttpRequest, code: UUID, decision: UUID) -> HttpResponse:
    """One decision, with what it rested on."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code, Deed.SEE_DECISIONS)
    row = (
        dossier.decisions.select_related("decided_by__organisation", "run")
        .filter(code=decision)
        .first()
    )
    if row is None:
        raise Http404
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": access.deeds_in(person, dossier),
        "trail": trail(dossier, title_of(row, dossier)),
        "title": title_of(row, dossier),
        "decision": row,
        "facts": _facts(row, dossier, person),
        "frozen": _frozen(row, person, dossier),
    }
    return render(request, "dossiers/decision.html", context)


def title_of(row: Decision, dossier: Dossier) -> str:
    """What a decision was about, in a few words."""
    if row.kind == "gate":
        label = _named(dossier, row)
        return (_("%(gate)s: passed") if row.outcome == "passed" else _("%(gate)s: not yet")) % {
            "gate": label
        }
    if row.kind == "exit":
        return _say_or(row.details["exit"], lambda: dossier.trajectory.exit(row.details["exit"]))
    return _(KINDS[row.kind])


def _named(dossier: Dossier, row: Decision) -> str:
    """The name of the gate, in the version and track on which was decided."""
    version = row.details.get("trajectory", dossier.trajectory_id)
    track = row.details.get("track", dossier.track_id)
    return _say_or(row.gate, lambda: trajectory(version).track(track).gate(row.gate))


def _say_or(identity: str, find: Any) -> str:
    try:
        return say(find().label)
    except DossierError:
        return identity


def _gates(dossier: Dossier) -> list[dict[str, str]]:
    """The gates before which the dossier stands."""
    if dossier.exit:
        return []
    try:
        gates = dossier.trajectory.track(dossier.track_id).gates_from(dossier.stage)
    except DossierError:
        return []
    return [
        {"label": say(gate.label), "href": reverse("dossiers:gate", args=[dossier.code, gate.id])}
        for gate in gates
    ]


def _facts(row: Decision, dossier: Dossier, person: Person) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Decided on"), "value": day(row.decided_on)},
        {
            "label": _("Recorded by"),
            "value": row.decided_by.name,
            "note": f"{role(row.role)}, {row.decided_by.organisation.name}",
        },
    ]
    facts += _details(row, dossier)
    if row.run and access.runs_of(person, dossier).filter(pk=row.run.pk).exists():
        facts.append(
            {
                "label": _("Run"),
                "value": row.run.receipt_number,
                "href": reverse("runs:run", args=[row.run.code]),
            }
        )
    facts.append({"label": _("Place in the chain"), "value": str(row.sequence)})
    return facts


def _details(row: Decision, dossier: Dossier) -> list[dict[str, Any]]:
    """What this kind of decision adds."""
    said = row.details
    if row.kind == "exit":
        reasons = dossier.trajectory.reasons
        labels = [say(reasons[code]) if code in reasons else code for code in said["reasons"]]
        return [
            {"label": _("Reasons"), "value": "; ".join(labels) or _("none named")},
            {
                "label": _("Next contact"),
                "value": day(said["next_contact"]) if said["next_contact"] else _("not agreed"),
            },
        ]
    if row.kind == "level":
        return [
            {"label": _("From"), "value": level(said["from"])},
            {"label": _("To"), "value": level(said["to"])},
        ]
    if row.kind == "trajectory":
        return [
            {"label": _("From"), "value": said["from"]},
            {"label": _("To"), "value": said["to"]},
        ]
    return []


def _frozen(row: Decision, person: Person, dossier: Dossier) -> list[FrozenShown]:
    """The criteria as they were found, as far as this person may read them."""
    found = row.evidence.get("found", [])
    if not found:
        return []
    reader = Reader.of(person, dossier)
    evidence = row.evidence["evidence"]
    attached = [(each["kind"], each["sha256"]) for each in evidence["attached"]]
    run = evidence["run"]["receipt"] if evidence["run"] else None
    shown = []
    for each in found:
        criterion: Criterion | None = criteria().get(each["criterion"])
        readable = criterion is not None and reader.reads(
            criterion,
            attached=attached,
            stated_by=[
                said["by"]
                for said in evidence["attestations"]
                if said["criterion"] == each["criterion"]
            ],
            run=run,
        )
        shown.append(
            FrozenShown(
                label=say(Text(**each["label"])),
                met=each["met"],
                overridden=each["overridden"],
                because=say(Text(**each["because"])) if readable else "",
                hidden=not readable,
                links=reader.links(each["rests_on"]) if readable else [],
            )
        )
    return shown
