# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages about frozen sets: those put before me, those of a dossier, one set, its readers.

Takes     codes, and who asks.
Gives     pages. An adviser sees the set and nothing of the dossier around it.
"""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents import frozen_sets as deeds_with_sets
from maatwerkbank.web.documents.forms import FrozenSetForm, ReaderForm
from maatwerkbank.web.documents.inspection import size_in_words
from maatwerkbank.web.documents.models import FrozenSet
from maatwerkbank.web.documents.shown import moment, who
from maatwerkbank.web.documents.views.trail import trail
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.templatetags.words import day, document_kind, level, say


@require_GET
def sets(request: PageRequest) -> HttpResponse:
    """Sets that were put before me, and those of dossiers in which I make them."""
    found = access.frozen_sets_of(request.user).select_related("dossier__company")
    return render(
        request,
        "documents/sets.html",
        {"here": "sets", "sets": [_card(each) for each in found]},
    )


@require_GET
def sets_of(request: PageRequest, code: UUID) -> HttpResponse:
    """Sets of a dossier."""
    dossier = access.dossier_for(request.user, code, Deed.FREEZE_SET)
    found = access.frozen_sets_of(request.user, dossier).select_related("dossier__company")
    return render(
        request,
        "documents/sets_of.html",
        {
            "here": "portfolio",
            "dossier": dossier,
            "trail": trail(dossier, (_("Frozen sets"), "")),
            "sets": [_card(each, kicker=False) for each in found],
        },
    )


@require_http_methods(["GET", "POST"])
def freeze(request: PageRequest, code: UUID) -> HttpResponse:
    """Make a set."""
    dossier = access.dossier_for(request.user, code, Deed.FREEZE_SET)
    form = _set_form(request, dossier)
    refusal: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = deeds_with_sets.freeze_set(
                dossier=dossier,
                by=request.user,
                purpose=given["purpose"],
                gate=given["gate"],
                versions=list(given["versions"]),
                run=given["run"],
                level=None if given["level"] is None else Level(given["level"]),
                level_reason=given["level_reason"],
            )
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("The set has been frozen. Now choose who reads it."))
            return redirect("documents:set", code=made.code)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "trail": trail(
            dossier,
            (_("Frozen sets"), reverse("documents:sets-of", args=[dossier.code])),
            (_("Freeze a set"), ""),
        ),
        "form": form,
        "refusal": refusal,
        "cancel_href": reverse("documents:sets-of", args=[dossier.code]),
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "documents/freeze.html", context, status=status)


@require_GET
def frozen_set(request: PageRequest, code: UUID) -> HttpResponse:
    """One set: what lies in it, as it lay there."""
    return _page(request, access.frozen_set_for(request.user, code))


@require_GET
def manifest(request: PageRequest, code: UUID) -> HttpResponse:
    """The manifest, to keep beside the papers."""
    found = access.frozen_set_for(request.user, code)
    content = json.dumps(
        {"sha256": found.sha256, "content": found.content},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )
    answer = HttpResponse(content + "\n", content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="set-{str(found.code)[:8]}.json"'
    return answer


@require_POST
def admit(request: PageRequest, code: UUID) -> HttpResponse:
    """Put the set before a reader."""
    found = access.frozen_set_for(request.user, code)
    access.require(request.user, Deed.FREEZE_SET, found.dossier)
    form = ReaderForm(request.POST, people=deeds_with_sets.possible_readers(found))
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    reader = deeds_with_sets.admit_reader(
        frozen_set=found,
        by=request.user,
        person=form.cleaned_data["person"],
        until=form.cleaned_data["until"],
    )
    messages.success(request, _("%(name)s now reads this set.") % {"name": who(reader.person)})
    return redirect("documents:set", code=found.code)


@require_POST
def end_reading(request: PageRequest, code: UUID, person: UUID) -> HttpResponse:
    """Take the set away from a reader."""
    found = access.frozen_set_for(request.user, code)
    access.require(request.user, Deed.FREEZE_SET, found.dossier)
    reader = get_object_or_404(deeds_with_sets.readers_of(found), person__code=person)
    deeds_with_sets.end_reading(reader=reader, by=request.user)
    messages.success(
        request, _("%(name)s no longer reads this set.") % {"name": who(reader.person)}
    )
    return redirect("documents:set", code=found.code)


# ── what the pages show ───────────────────────────────────────────────────────────────────────


def _set_form(request: PageRequest, dossier: Dossier) -> FrozenSetForm:
    versions = (
        access.versions_of(request.user, dossier)
        .filter(state__in=deeds_with_sets.FREEZABLE)
        .exclude(sha256="")
        .select_related("document")
        .order_by("document__kind", "document__title", "-number")
    )
    runs = access.runs_of(request.user, dossier).filter(state="done").select_related("case_version")
    track = dossier.trajectory.track(dossier.track_id)
    return FrozenSetForm(
        request.POST or None,
        person=request.user,
        versions=versions,
        runs=runs,
        gates=[(gate.id, say(gate.label)) for gate in track.gates],
    )


def _page(
    request: PageRequest,
    found: FrozenSet,
    *,
    form: ReaderForm | None = None,
    status: int = 200,
) -> HttpResponse:
    inside = access.dossiers_of(request.user).filter(pk=found.dossier_id).exists()
    may_admit = bool(access.allowed(request.user, Deed.FREEZE_SET, found.dossier))
    access.note_look(
        request.user,
        dossier=found.dossier,
        kind="frozen_set",
        thing=found.code,
        title=found.purpose,
        level=found.level,
    )
    top = [{"label": _("Frozen sets"), "href": reverse("documents:sets")}]
    people = deeds_with_sets.possible_readers(found) if may_admit else ()
    context = {
        "here": "portfolio" if inside else "sets",
        "set": found,
        "trail": trail(
            found.dossier,
            (_("Frozen sets"), reverse("documents:sets-of", args=[found.dossier.code])),
            (found.purpose, ""),
        )
        if inside and may_admit
        else [*top, {"label": found.purpose, "href": ""}],
        "holds": deeds_with_sets.holds(found),
        "facts": _facts(found),
        "papers": [_paper(found, each) for each in found.content["versions"]],
        "columns": [
            {"label": label, "numeric": label == _("Size")}
            for label in (
                _("Document"),
                _("Version"),
                _("Handed in by"),
                _("Confidentiality"),
                _("Size"),
                _("Hash (SHA-256)"),
            )
        ],
        "run": found.run if found.run_id else None,
        "may_admit": may_admit,
        "readers": deeds_with_sets.readers_of(found) if may_admit else (),
        "form": form or (ReaderForm(people=people) if may_admit else None),
        "anybody": bool(people),
    }
    return render(request, "documents/set.html", context, status=status)


def _card(found: FrozenSet, *, kicker: bool = True) -> dict[str, Any]:
    number = len(found.content["versions"])
    return {
        "heading": found.purpose,
        "href": reverse("documents:set", args=[found.code]),
        "kicker": found.dossier.company.name if kicker else "",
        "text": ngettext(
            "Frozen on %(day)s, with %(number)s document.",
            "Frozen on %(day)s, with %(number)s documents.",
            number,
        )
        % {"day": day(found.made_at), "number": number},
        "status": {"label": level(found.level), "tone": "neutral"},
    }


def _facts(found: FrozenSet) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Company"), "value": found.dossier.company.name},
        {"label": _("Frozen on"), "value": moment(found.made_at), "note": who(found.made_by)},
        {
            "label": _("Confidentiality"),
            "value": level(found.level),
            "note": found.level_reason,
        },
    ]
    if found.gate:
        track = found.dossier.trajectory.track(found.dossier.track_id)
        gates = {gate.id: say(gate.label) for gate in track.gates}
        facts.insert(1, {"label": _("Gate"), "value": gates.get(found.gate, found.gate)})
    return facts


def _paper(found: FrozenSet, item: dict[str, Any]) -> list[Any]:
    href = reverse("documents:download", args=[item["code"]])
    dated = f" ({day(item['dated'])})" if item["dated"] else ""
    return [
        {"text": item["title"], "href": href, "note": document_kind(item["kind"])},
        f"{item['version']}{dated}",
        item["handed_in_by"] or "–",
        level(Level[item["level"].upper()]),
        say(size_in_words(item["size"] or 0)),
        item["sha256"][:16] + "…",
    ]
