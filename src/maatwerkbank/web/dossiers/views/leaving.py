# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A dossier leaves the approach, or comes in again; and how confidential it is.

Takes     the code of a dossier, and who asks.
Gives     a form; after the decision, its page.
Leaves    what may be decided to `decisions.py`.
"""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maatwerkbank.dossier.trajectory import WayBack
from maatwerkbank.web.dossiers.conflicts import LeftAlready, NoWayBack
from maatwerkbank.web.dossiers.decision_forms import ExitForm, LevelForm, ReEntryForm
from maatwerkbank.web.dossiers.decisions import (
    change_level,
    close_dossier,
    last_decision,
    re_enter,
    ways_back,
)
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Refusal
from maatwerkbank.web.templatetags.words import say


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, code: UUID) -> HttpResponse:
    """The dossier leaves: stopped with the door open, paused or withdrawn."""
    person, dossier = _found(request, code, Deed.CLOSE)
    if dossier.exit and dossier.exit != "paused":
        raise LeftAlready(dossier)
    form = ExitForm(
        request.POST or None,
        approach=dossier.trajectory,
        without=[dossier.exit],
        initial=_seen(dossier),
    )
    return _decided(
        request,
        dossier,
        form,
        lambda given: close_dossier(dossier=dossier, by=person, **given),
        title=_("Let the dossier leave the approach"),
        summary=_(
            "The dossier stays, with all that lies in it. Where the door is open, it can come in "
            "again."
        ),
        submit=_("Record the decision"),
    )


@require_http_methods(["GET", "POST"])
def come_in(request: HttpRequest, code: UUID) -> HttpResponse:
    """A dossier that left comes in again."""
    person, dossier = _found(request, code, Deed.CLOSE)
    ways = ways_back(dossier)
    if not ways:
        raise NoWayBack(ways)
    form = ReEntryForm(
        request.POST or None,
        ways=[(f"{track}/{stage}", _way(dossier, track, stage)) for track, stage in ways],
        initial=_seen(dossier),
    )

    def deed(given: dict[str, Any]) -> Decision:
        track, stage = given.pop("way").split("/")
        return re_enter(dossier=dossier, by=person, track=track, stage=stage, **given)

    return _decided(
        request,
        dossier,
        form,
        deed,
        title=_("Let the dossier come in again"),
        summary=_("This is a new decision; what was decided before stays as it was."),
        submit=_("Record the decision"),
    )


@require_http_methods(["GET", "POST"])
def classify(request: HttpRequest, code: UUID) -> HttpResponse:
    """Another level of confidentiality for the whole dossier."""
    person, dossier = _found(request, code, Deed.CLASSIFY)
    form = LevelForm(request.POST or None, person=person, initial={"level": dossier.level})
    return _decided(
        request,
        dossier,
        form,
        lambda given: change_level(dossier=dossier, by=person, **given),
        title=_("Level of confidentiality"),
        summary=_("Who may read less than this level no longer knows of the dossier."),
        submit=_("Record the decision"),
    )


# ── how it goes ───────────────────────────────────────────────────────────────────────────────


def _found(request: HttpRequest, code: UUID, deed: Deed) -> tuple[Person, Dossier]:
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code)
    access.require(person, deed, dossier)
    return person, dossier


def _seen(dossier: Dossier) -> dict[str, Any]:
    last = last_decision(dossier)
    return {"decided_on": timezone.localdate(), "last_seen": last.sequence if last else 0}


def _way(dossier: Dossier, track: str, stage: str) -> str:
    """A way in again, with what the table says of it."""
    approach = dossier.trajectory
    there = approach.track(track)
    way: WayBack | None = next(
        (each for each in approach.exit(dossier.exit).ways_back if each.track == track), None
    )
    because = f" {say(way.because)}" if way else ""
    return f"{say(there.label)}, {say(there.stage(stage).label)}.{because}"


def _decided(
    request: HttpRequest,
    dossier: Dossier,
    form: Form,
    deed: Callable[[dict[str, Any]], Decision],
    *,
    title: str,
    summary: str,
    submit: str,
) -> HttpResponse:
    """Decide and show the decision; else the form again, with the reason and the words given."""
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = deed(dict(form.cleaned_data))
            except Refusal as error:
                refusal, status = error, error.status
                form.data = request.POST.copy()
                form.data["last_seen"] = _seen(dossier)["last_seen"]
            else:
                messages.success(request, _("The decision is recorded."))
                return redirect("dossiers:decision", dossier.code, made.code)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": access.deeds_in(cast("Person", request.user), dossier),
        "trail": trail(dossier, title),
        "title": title,
        "summary": summary,
        "submit": submit,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "dossiers/decide.html", context, status=status)
