# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages about papers: the list of a dossier, one paper, adding one, its versions beside each other.

Takes     codes, and who asks.
Gives     pages; files come from `downloads.py`.
Leaves    deeds with one version to `versions.py`.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.confidentiality import MARKINGS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents import comparison, services
from maatwerkbank.web.documents.forms import ClassificationForm, DocumentForm, VersionForm
from maatwerkbank.web.documents.levels import changes_of
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.documents.shown import Shown, by_stage, columns, status_of, with_versions
from maatwerkbank.web.documents.views.trail import trail, trail_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, Refusal, Unfit
from maatwerkbank.web.templatetags.words import day, document_kind, level, say, topic


@require_GET
def papers(request: PageRequest, code: UUID) -> HttpResponse:
    """The papers of a dossier, by the stage at which they are first made."""
    dossier = access.dossier_for(request.user, code, Deed.SEE_DOCUMENTS)
    documents = access.documents_of(request.user, dossier)
    deeds = access.deeds_in(request.user, dossier)
    return render(
        request,
        "documents/papers.html",
        {
            "here": "portfolio",
            "dossier": dossier,
            "trail": trail(dossier),
            "stages": by_stage(dossier, with_versions(request.user, documents)),
            "columns": columns(),
            "may_add": Deed.ATTACH in deeds,
            "may_freeze": Deed.FREEZE_SET in deeds,
            "may_export": Deed.EXPORT in deeds,
            "may_see_looks": Deed.SEE_LOOKS in deeds,
        },
    )


# With the transaction of the service alone: what it undoes, it also takes from the disk.
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, code: UUID) -> HttpResponse:
    """Add a paper: a form, all findings at once, then the page of the paper."""
    person = request.user
    dossier = access.dossier_for(person, code, Deed.ATTACH)
    roles = access.roles_in(person, dossier)
    own = "company" in roles
    form = DocumentForm(
        request.POST or None, request.FILES or None, person=person, roles=roles, own=own
    )
    refusal: Refusal | None = None
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            try:
                version = services.add_document(
                    dossier=dossier,
                    by=person,
                    kind=given["kind"],
                    title=given["title"],
                    topic=given["topic"],
                    classification=form.classification,
                    file=given["file"],
                    dated=given["dated"],
                    remark=given["remark"],
                )
                return _added(request, version)
            except Unfit as error:
                refusal, findings = error, error.findings
        else:
            findings = _findings_of(request, form)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "trail": trail(dossier, (_("Add"), "")),
        "form": form,
        "own": own,
        "refusal": refusal,
        "findings": findings,
        "cancel_href": reverse("documents:papers", args=[dossier.code]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/add.html", context, status=status)


@require_GET
def document(request: PageRequest, code: UUID) -> HttpResponse:
    """One paper with all its versions."""
    return document_page(request, access.document_for(request.user, code))


def document_page(
    request: PageRequest,
    found: Document,
    *,
    refusal: Refusal | None = None,
    findings: tuple[Finding, ...] = (),
    forms: dict[Any, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a paper, perhaps with what was refused and the forms as they were filled in."""
    person, given = request.user, forms or {}
    deeds = access.deeds_in(person, found.dossier)
    readable = with_versions(person, access.documents_of(person)).get(pk=found.pk).readable
    latest: DocumentVersion | None = next(iter(readable), None)
    aims: dict[int | None, list[tuple[Text, Text]]] = defaultdict(list)
    for ambition in access.ambitions_of(person, found.dossier).filter(document__in=readable):
        aims[ambition.document_id] += comparison.aims_of(ambition)
    shown = [
        Shown(each, person, deeds, given.get(each.pk, {}), tuple(aims[each.pk]))
        for each in readable
    ]
    if latest is not None:
        note_look_at(person, found)
    may_classify = Deed.CLASSIFY in deeds
    context = {
        "here": "portfolio",
        "document": found,
        "trail": trail_to(found),
        "kicker": document_kind(found.kind) if document_kind(found.kind) != found.title else "",
        "statuses": [status_of(latest)] if latest else [],
        "facts": _facts(found),
        "versions": shown,
        "refusal": refusal,
        "findings": findings,
        "may_add": Deed.ATTACH in deeds,
        "version_form": given.get("version") or VersionForm(auto_id="version-%s"),
        "may_classify": may_classify,
        "classification_form": given.get("classify")
        or ClassificationForm(
            initial=ClassificationForm.initial_of(found), person=person, auto_id="classify-%s"
        ),
        "changes": changes_of(found) if Deed.SEE_HISTORY in deeds else [],
    }
    return render(request, "documents/document.html", context, status=status)


def note_look_at(person: Person, found: Document) -> None:
    """Write down that somebody opened a page of this paper, where it is confidential."""
    access.note_look(
        person,
        dossier=found.dossier,
        kind="document",
        thing=found.code,
        title=found.title,
        level=found.level,
    )


@transaction.non_atomic_requests
@require_POST
def new_version(request: PageRequest, code: UUID) -> HttpResponse:
    """Add a version to a paper."""
    found = access.document_for(request.user, code)
    access.require(request.user, Deed.ATTACH, found.dossier)
    form = VersionForm(request.POST, request.FILES, auto_id="version-%s")
    if not form.is_valid():
        findings = _findings_of(request, form)
        return document_page(request, found, forms={"version": form}, findings=findings, status=422)
    try:
        version = services.add_version(
            document=found,
            by=request.user,
            file=form.cleaned_data["file"],
            dated=form.cleaned_data["dated"],
            remark=form.cleaned_data["remark"],
        )
    except (Unfit, Conflict) as error:
        return document_page(
            request,
            found,
            refusal=error,
            findings=getattr(error, "findings", ()),
            forms={"version": form},
            status=error.status,
        )
    return _added(request, version)


@require_POST
def classify(request: PageRequest, code: UUID) -> HttpResponse:
    """Change how confidential a paper is."""
    found = access.document_for(request.user, code)
    access.require(request.user, Deed.CLASSIFY, found.dossier)
    form = ClassificationForm(request.POST, person=request.user, auto_id="classify-%s")
    if not form.is_valid():
        return document_page(request, found, forms={"classify": form}, status=422)
    try:
        services.classify(
            document=found,
            by=request.user,
            classification=form.classification,
            reason=form.cleaned_data["reason"],
        )
    except (Unfit, Conflict) as error:
        return document_page(
            request,
            found,
            refusal=error,
            findings=getattr(error, "findings", ()),
            forms={"classify": form},
            status=error.status,
        )
    messages.success(request, _("The confidentiality has been changed."))
    return redirect("documents:document", code=found.code)


@require_GET
def compare(request: PageRequest, code: UUID) -> HttpResponse:
    """Two versions of a paper beside each other; without a choice, the last two."""
    found = access.document_for(request.user, code)
    readable = with_versions(request.user, access.documents_of(request.user)).get(pk=found.pk)
    versions = {version.number: version for version in reversed(readable.readable)}
    numbers = list(versions)
    if len(numbers) < 2:
        raise Http404
    before = versions.get(_number(request.GET.get("a")), versions[numbers[-2]])
    after = versions.get(_number(request.GET.get("b")), versions[numbers[-1]])
    note_look_at(request.user, found)
    told = comparison.differences(before, after, request.user)
    changed = [each for each in told if each.kind != "same"]
    return render(
        request,
        "documents/compare.html",
        {
            "here": "portfolio",
            "document": found,
            "trail": trail_to(found, (_("Compare"), "")),
            "versions": [(number, _named(version)) for number, version in versions.items()],
            "before": before,
            "after": after,
            "before_label": _named(before),
            "after_label": _named(after),
            "number_changed": len(changed),
            "differences": [
                {
                    "field": say(each.field),
                    "before": say(each.before) if each.before else None,
                    "after": say(each.after) if each.after else None,
                    "kind": each.kind,
                }
                for each in told
            ],
            "lines": comparison.lines(before, after),
        },
    )


def _named(version: DocumentVersion) -> str:
    dated = f" ({day(version.dated)})" if version.dated else ""
    return _("Version %(number)s%(dated)s") % {"number": version.number, "dated": dated}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _facts(found: Document) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Subject"), "value": topic(found.topic)},
        {
            "label": _("Confidentiality"),
            "value": level(found.level),
            "note": _("the company reads it") if found.with_company else "",
        },
    ]
    if found.marking:
        note = found.marking_basis
        if found.marking_until:
            note = _("%(basis)s; until %(day)s") % {
                "basis": note,
                "day": day(found.marking_until),
            }
        label = say(MARKINGS[found.marking].label)
        facts.append({"label": _("Marking of the State"), "value": label, "note": note})
    return facts


def _findings_of(request: PageRequest, form: VersionForm) -> tuple[Finding, ...]:
    """What is wrong with the file, also where the form is not filled in right: all at once."""
    file = request.FILES.get("file")
    if file is None:
        return ()
    title, marking = form.data.get("title", ""), form.data.get("marking", "")
    return tuple(services.look_at(file, title=title, marking=marking)[1])


def _added(request: PageRequest, version: DocumentVersion) -> HttpResponse:
    """To the page of the paper; hands in at once where that was the button, and tells of twins."""
    if request.POST.get("then") == "hand_in":
        services.hand_in(version=version, by=request.user)
        messages.success(request, _("The document has been handed in."))
    else:
        messages.success(request, _("The draft has been kept. Hand it in when it is complete."))
    for twin in services.same_content(version, request.user)[:3]:
        messages.info(
            request,
            _("The same content already lies in “%(title)s”, version %(number)s.")
            % {"title": twin.document.title, "number": twin.number},
        )
    return redirect("documents:document", code=version.document.code)
