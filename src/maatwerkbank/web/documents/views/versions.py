# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with one version of a paper: hand in, discard, judge, write down who signed.

Takes     the code of a version, and a form.
Gives     the page of the paper; to htmx only the part about that version.
Leaves    what may be done to `services.py`.
"""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maatwerkbank.web.documents import services
from maatwerkbank.web.documents.forms import JudgementForm, SignatoryForm
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.shown import Shown, with_versions
from maatwerkbank.web.documents.views.papers import document_page
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict


@require_POST
def hand_in(request: PageRequest, code: UUID) -> HttpResponse:
    """Hand a draft in."""
    version = _version(request, code)
    try:
        services.hand_in(version=version, by=request.user)
    except Conflict as error:
        return _answer(request, version, refusal=error)
    return _answer(request, version, told=_("The document has been handed in."))


@require_POST
def discard(request: PageRequest, code: UUID) -> HttpResponse:
    """Throw a draft away."""
    version = _version(request, code)
    document = version.document
    try:
        services.discard_draft(version=version, by=request.user)
    except Conflict as error:
        return _answer(request, version, refusal=error)
    messages.success(request, _("The draft has been thrown away."))
    if access.documents_of(request.user).filter(code=document.code).exists():
        return redirect("documents:document", code=document.code)
    return redirect("documents:papers", code=document.dossier.code)


@require_POST
def judge(request: PageRequest, code: UUID) -> HttpResponse:
    """Accept or refuse what was handed in."""
    version = _version(request, code)
    access.require(request.user, Deed.JUDGE_DOCUMENT, version.document.dossier)
    form = JudgementForm(request.POST, auto_id=f"judge-{version.number}-%s")
    if not form.is_valid():
        return _answer(request, version, forms={"judge": form})
    try:
        services.judge(
            version=version,
            by=request.user,
            accepted=form.cleaned_data["outcome"] == "accepted",
            judgement=form.cleaned_data["judgement"],
        )
    except Conflict as error:
        return _answer(request, version, refusal=error, forms={"judge": form})
    return _answer(request, version, told=_("The judgement has been recorded."))


@require_POST
def sign(request: PageRequest, code: UUID) -> HttpResponse:
    """Write down who signed a version."""
    version = _version(request, code)
    access.require(request.user, Deed.ATTACH, version.document.dossier)
    form = SignatoryForm(request.POST, auto_id=f"sign-{version.number}-%s")
    if not form.is_valid():
        return _answer(request, version, forms={"sign": form})
    try:
        services.sign(version=version, by=request.user, **form.cleaned_data)
    except Conflict as error:
        return _answer(request, version, refusal=error, forms={"sign": form})
    return _answer(request, version, told=_("The signature has been recorded."))


def _version(request: PageRequest, code: UUID) -> DocumentVersion:
    """A version of a paper that who asks may read as a paper, not only in a frozen set."""
    version = access.version_for(request.user, code)
    access.document_for(request.user, version.document.code)
    return version


def _answer(
    request: PageRequest,
    version: DocumentVersion,
    *,
    refusal: Conflict | None = None,
    forms: Mapping[str, Form] | None = None,
    told: str = "",
) -> HttpResponse:
    """The part about the version to htmx; else the page, or the way back to it."""
    document = version.document
    status = refusal.status if refusal else 422 if forms else 200
    given = dict(forms or {})
    if request.htmx:
        readable = with_versions(request.user, access.documents_of(request.user)).get(
            pk=document.pk
        )
        deeds = access.deeds_in(request.user, document.dossier)
        now = next(each for each in readable.readable if each.pk == version.pk)
        context = {
            "shown": Shown(now, request.user, deeds, given),
            "document": document,
            "refusal": refusal,
            "told": told,
        }
        return render(request, "documents/_version.html", context, status=status)
    if refusal or forms:
        return document_page(
            request, document, refusal=refusal, forms={version.pk: given}, status=status
        )
    messages.success(request, told)
    return redirect("documents:document", code=document.code)
