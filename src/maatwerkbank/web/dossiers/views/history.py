# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a dossier: every change in the database, with who, when and why.

Takes     the code of a dossier, who asks, and a kind of row where only that is wanted.
Gives     the changes by page, the last first, each field in words from what to what.
Leaves    which changes may be read to `history.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from maatwerkbank.dossier.trajectory import criteria
from maatwerkbank.ground.errors import DossierError
from maatwerkbank.web.dossiers.history import Change, Changes
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import (
    day,
    figure,
    level,
    page_language,
    role,
    say,
    topic,
)

ON_A_PAGE = 50

KINDS: Mapping[str, Any] = MappingProxyType(
    {
        "dossier": gettext_lazy("Dossier"),
        "stage": gettext_lazy("Stage reached"),
        "decision": gettext_lazy("Decision"),
        "statement": gettext_lazy("Statement"),
        "override": gettext_lazy("Override"),
        "membership": gettext_lazy("Role in the team"),
        "ambition": gettext_lazy("Ambition"),
        "project": gettext_lazy("Project"),
        "milestone": gettext_lazy("Milestone"),
        "forecast": gettext_lazy("Forecast"),
        "remark": gettext_lazy("Remark"),
        "document": gettext_lazy("Document"),
        "version": gettext_lazy("Version of a document"),
        "signature": gettext_lazy("Signature"),
        "passage": gettext_lazy("Marked passage"),
        "case": gettext_lazy("Plan of the company"),
        "run": gettext_lazy("Run"),
        "pin": gettext_lazy("Run chosen for a gate"),
        "set": gettext_lazy("Frozen set"),
        "reader": gettext_lazy("Reader of a frozen set"),
    }
)
OPERATIONS: Mapping[str, Any] = MappingProxyType(
    {
        "insert": gettext_lazy("added"),
        "update": gettext_lazy("changed"),
        "delete": gettext_lazy("removed"),
    }
)


@dataclass(frozen=True)
class DifferenceShown:
    """A field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeShown:
    """A change in words."""

    change: Change
    title: str
    operation: str
    differences: list[DifferenceShown]


@require_GET
def history(request: HttpRequest, code: UUID) -> HttpResponse:
    """Every change, by page."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code)
    access.require(person, Deed.SEE_HISTORY, dossier)
    kind = request.GET.get("kind", "")
    page = Paginator(Changes(dossier, person, kind), ON_A_PAGE).get_page(request.GET.get("page"))
    changes = list(page.object_list)
    names = _names(changes)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": access.deeds_in(person, dossier),
        "trail": trail(dossier, _("History")),
        "page": page,
        "kind": kind,
        "kinds": KINDS,
        "changes": [_shown(each, dossier, names) for each in changes],
    }
    return render(request, "dossiers/history.html", context)


def _shown(change: Change, dossier: Dossier, names: Mapping[int, str]) -> ChangeShown:
    about = _about(change, dossier)
    kind = str(KINDS[change.kind])
    return ChangeShown(
        change=change,
        title=f"{kind}: {about}" if about else kind,
        operation=str(OPERATIONS[change.operation]),
        differences=[
            DifferenceShown(
                label=str(FIELDS.get(each.field, each.field.replace("_", " "))),
                before=_told(each.field, each.before, dossier, names),
                after=_told(each.field, each.after, dossier, names),
            )
            for each in change.differences
        ],
    )


def _about(change: Change, dossier: Dossier) -> str:
    """What a change is about, in the language of the page."""
    if "|" in change.about:
        dutch, english = change.about.split("|", 1)
        return english if page_language() == "en" else dutch
    telling = ABOUT.get(change.kind)
    return telling(dossier, change.about) if telling else change.about


def _names(changes: list[Change]) -> dict[int, str]:
    """Names of the people whom the fields of these changes point at."""
    ids = {
        value
        for change in changes
        for each in change.differences
        if each.field in PEOPLE
        for value in (each.before, each.after)
        if value is not None
    }
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


# ── values in words ───────────────────────────────────────────────────────────────────────────


def _told(field: str, value: Any, dossier: Dossier, names: Mapping[int, str]) -> str:
    if value is None or value in ("", [], {}):
        return _("nothing")
    if field in PEOPLE:
        return names.get(value, "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | datetime):
        return day(value)
    if field in WORDS:
        return WORDS[field](dossier, value)
    if isinstance(value, float):
        return figure(value, 0 if value == round(value) else 2)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {each}" for key, each in value.items() if each not in (None, ""))
    return str(value)


def _label(find: Callable[[], Any], identity: str) -> str:
    try:
        return say(find().label)
    except DossierError:
        return identity


def _stage(dossier: Dossier, identity: str) -> str:
    track = dossier.trajectory.tracks.get(dossier.track_id)
    return _label(lambda: track.stage(identity), identity) if track else identity


def _gate(dossier: Dossier, identity: str) -> str:
    track = dossier.trajectory.tracks.get(dossier.track_id)
    return _label(lambda: track.gate(identity), identity) if track else identity


def _track(dossier: Dossier, identity: str) -> str:
    return _label(lambda: dossier.trajectory.track(identity), identity)


def _exit(dossier: Dossier, identity: str) -> str:
    return _label(lambda: dossier.trajectory.exit(identity), identity)


def _criterion(_dossier: Dossier, identity: str) -> str:
    found = criteria().get(identity)
    return say(found.label) if found else identity


def _reasons(dossier: Dossier, codes: list[str]) -> str:
    known = dossier.trajectory.reasons
    return "; ".join(say(known[code]) if code in known else code for code in codes)


WORDS: Mapping[str, Callable[[Dossier, Any], str]] = MappingProxyType(
    {
        "stage": _stage,
        "from_stage": _stage,
        "to_stage": _stage,
        "gate": _gate,
        "track_id": _track,
        "exit": _exit,
        "exit_reasons": _reasons,
        "criterion": _criterion,
        "role": lambda _dossier, value: role(value),
        "level": lambda _dossier, value: level(value),
        "topic": lambda _dossier, value: topic(value),
        "year": lambda _dossier, value: str(value),
    }
)
ABOUT: Mapping[str, Callable[[Dossier, str], str]] = MappingProxyType(
    {
        "stage": _stage,
        "statement": _criterion,
        "override": _criterion,
        "pin": _gate,
        "decision": lambda _dossier, value: str(DECISIONS.get(value, value)),
    }
)
DECISIONS: Mapping[str, Any] = MappingProxyType(
    {
        "opening": gettext_lazy("opening"),
        "gate": gettext_lazy("gate"),
        "exit": gettext_lazy("leaving the approach"),
        "re_entry": gettext_lazy("coming in again"),
        "trajectory": gettext_lazy("another version of the approach"),
        "level": gettext_lazy("level of confidentiality"),
    }
)
PEOPLE = frozenset(
    {
        *("person", "by", "asked_by", "answered_by", "decided_by", "handed_in_by", "judged_by"),
        *("claimed_by", "made_by"),
    }
)
FIELDS: Mapping[str, Any] = MappingProxyType(
    {
        "trajectory_id": gettext_lazy("version of the approach"),
        "track_id": gettext_lazy("track"),
        "stage": gettext_lazy("stage"),
        "stage_since": gettext_lazy("in this stage since"),
        "exit": gettext_lazy("left as"),
        "exit_reasons": gettext_lazy("reasons for leaving"),
        "exit_since": gettext_lazy("left since"),
        "next_contact": gettext_lazy("next contact"),
        "level": gettext_lazy("level"),
        "opened_on": gettext_lazy("opened on"),
        "public_reconstruction": gettext_lazy("public reconstruction"),
        "person": gettext_lazy("person"),
        "role": gettext_lazy("role"),
        "since": gettext_lazy("since"),
        "until": gettext_lazy("until"),
        "on": gettext_lazy("day"),
        "source": gettext_lazy("source"),
        "gate": gettext_lazy("gate"),
        "criterion": gettext_lazy("criterion"),
        "by": gettext_lazy("by"),
        "statement": gettext_lazy("statement"),
        "reason": gettext_lazy("reason"),
        "asked_by": gettext_lazy("asked by"),
        "answer": gettext_lazy("answer"),
        "answered_by": gettext_lazy("answered by"),
        "answered_at": gettext_lazy("answered on"),
        "answer_reason": gettext_lazy("reason of the answer"),
        "kind": gettext_lazy("kind"),
        "outcome": gettext_lazy("outcome"),
        "from_stage": gettext_lazy("from stage"),
        "to_stage": gettext_lazy("to stage"),
        "decided_by": gettext_lazy("recorded by"),
        "decided_on": gettext_lazy("decided on"),
        "dissent": gettext_lazy("dissent"),
        "conditions": gettext_lazy("conditions"),
        "details": gettext_lazy("details"),
        "version": gettext_lazy("version"),
        "quantity": gettext_lazy("quantity"),
        "year": gettext_lazy("year"),
        "unit": gettext_lazy("unit"),
        "gross_low": gettext_lazy("gross, at least"),
        "gross_high": gettext_lazy("gross, at most"),
        "additional_low": gettext_lazy("additional, at least"),
        "additional_high": gettext_lazy("additional, at most"),
        "additional_to_nl": gettext_lazy("additional to (Dutch)"),
        "additional_to_en": gettext_lazy("additional to (English)"),
        "bound": gettext_lazy("bound"),
        "boundary_nl": gettext_lazy("boundary (Dutch)"),
        "boundary_en": gettext_lazy("boundary (English)"),
        "base_year": gettext_lazy("base year"),
        "dated": gettext_lazy("dated"),
        "place": gettext_lazy("place"),
        "key": gettext_lazy("short name"),
        "name": gettext_lazy("name"),
        "description": gettext_lazy("description"),
        "first_year": gettext_lazy("first year of operation"),
        "track": gettext_lazy("parallel track"),
        "name_nl": gettext_lazy("name (Dutch)"),
        "name_en": gettext_lazy("name (English)"),
        "planned": gettext_lazy("planned"),
        "actual": gettext_lazy("actual"),
        "owner": gettext_lazy("who brings it about"),
        "expected": gettext_lazy("expected"),
        "said_on": gettext_lazy("said on"),
        "because": gettext_lazy("because"),
        "nl": gettext_lazy("Dutch"),
        "en": gettext_lazy("English"),
        "title": gettext_lazy("title"),
        "topic": gettext_lazy("subject"),
        "with_company": gettext_lazy("company may read it"),
        "number": gettext_lazy("number"),
        "state": gettext_lazy("state"),
        "file_name": gettext_lazy("file"),
        "media_type": gettext_lazy("type of file"),
        "size": gettext_lazy("size in bytes"),
        "sha256": gettext_lazy("hash"),
        "remark": gettext_lazy("remark"),
        "handed_in_by": gettext_lazy("handed in by"),
        "handed_in_at": gettext_lazy("handed in on"),
        "judged_by": gettext_lazy("judged by"),
        "judged_at": gettext_lazy("judged on"),
        "judgement": gettext_lazy("judgement"),
        "organisation": gettext_lazy("organisation"),
        "capacity": gettext_lazy("capacity"),
        "signed_on": gettext_lazy("signed on"),
        "about": gettext_lazy("about"),
        "emission_data": gettext_lazy("emission data"),
        "supplied_in_confidence": gettext_lazy("supplied in confidence"),
        "ground": gettext_lazy("ground"),
        "claimed_by": gettext_lazy("claimed by"),
        "claimed_on": gettext_lazy("claimed on"),
        "review_on": gettext_lazy("to be reviewed on"),
        "origin": gettext_lazy("origin"),
        "findings": gettext_lazy("findings"),
        "variant": gettext_lazy("policy variant"),
        "outlook": gettext_lazy("outlook"),
        "known_on": gettext_lazy("law as known on"),
        "official": gettext_lazy("official"),
        "draws": gettext_lazy("draws"),
        "seed": gettext_lazy("seed"),
        "started_at": gettext_lazy("started on"),
        "ended_at": gettext_lazy("ended on"),
        "receipt_number": gettext_lazy("number of the receipt"),
        "result_sha256": gettext_lazy("hash of the result"),
        "purpose": gettext_lazy("purpose"),
        "made_by": gettext_lazy("made by"),
    }
)
