# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of what is in force and of its changes: terms, amendments, conflicts, decisions.

Takes     the code of a dossier, an agreement or an amendment, and what was filled in.
Gives     pages, files, and the way on after a deed.
Leaves    the rules to `amending`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.agreement import amendments as pure
from maatwerkbank.dossier.agreement.library import Clause, fields, library
from maatwerkbank.dossier.agreement.order import ORDER
from maatwerkbank.dossier.agreement.terms import CLAUSE, FIELD, draft_of, label_of
from maatwerkbank.web.agreements import amending, paper, shown
from maatwerkbank.web.agreements.clauses import proposed_terms
from maatwerkbank.web.agreements.forms import (
    AmendmentForm,
    ChangeForm,
    ClauseChangeForm,
    ConflictForm,
    DecideForm,
    WithdrawForm,
)
from maatwerkbank.web.agreements.models import Agreement, Amendment, TermsVersion
from maatwerkbank.web.agreements.stored import amendment_of, versions_of
from maatwerkbank.web.agreements.views.form_page import (
    file_answer,
    form_page,
    one_of,
    trail_to,
)
from maatwerkbank.web.agreements.views.texts import MEDIA
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution.promised import text_against_money
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import page_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def terms(request: PageRequest, code: UUID, agreement: UUID, number: int) -> HttpResponse:
    """One version of the terms as it reads; and what the decision for it changed."""
    found, row, version = _version(request, code, agreement, number)
    before = row.versions.filter(number=number - 1).first()
    last = row.versions.order_by("-number").first()
    shelf = library(row.library)
    deeds = access.deeds_in(request.user, found)
    is_last = last is not None and last.number == number
    compares = is_last and Deed.SEE_MONEY in deeds
    context = {
        "dossier": found,
        "deeds": deeds,
        "agreement": row,
        "terms": version,
        "versions": row.versions.select_related("amendment", "decided_by"),
        "is_last": is_last,
        "label": say(shelf.label),
        "articles": shown.articles_of(draft_of(shelf, version.terms)),
        "changed": shown.between_versions(before, version) if before else [],
        "money": text_against_money(found, _values(version)) if compares else (),
        "trail": trail_to(found, (_terms_name(version), "")),
    }
    return render(request, "agreements/terms.html", context)


@require_GET
def download(
    request: PageRequest, code: UUID, agreement: UUID, number: int, kind: str
) -> HttpResponse:
    """A version of the terms as ODT or PDF."""
    found, row, version = _version(request, code, agreement, number)
    access.note_look(
        request.user,
        dossier=found,
        kind="file",
        thing=row.code,
        title=_terms_name(version),
        level=found.level,
    )
    made = {"odt": paper.terms_odt, "pdf": paper.terms_pdf}[kind](version, page_language())
    return file_answer(made, f"{row.library}-{number}.{kind}", MEDIA[kind])


@GET_OR_POST
def new_amendment(request: PageRequest, code: UUID, agreement: UUID) -> HttpResponse:
    """Begin a change beside what is in force."""
    found = access.dossier_for(request.user, code, Deed.DRAFT)
    rows = access.rows_of(request.user, Agreement, Deed.SEE_AGREEMENT, found)
    row = one_of(rows.select_related("dossier__company"), code=agreement)
    form = AmendmentForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Begin an amendment"),
        lead=_("More than one may be open at the same time."),
        submit=_("Begin"),
        back=reverse("agreements:dossier", args=[code]),
        deed=lambda: amending.open_amendment(
            agreement=row, by=request.user, **form.fields_of_deed()
        ),
    )


@require_GET
def amendment(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """One amendment beside what is in force."""
    found, row = amendment_for(request, code, amendment)
    base = _terms(row, row.base)
    last = row.agreement.versions.order_by("-number").first()
    is_open = row.state == "open"
    clashes = pure.conflicts(versions_of(row.agreement), amendment_of(row)) if is_open else ()
    context = {
        "dossier": found,
        "deeds": access.deeds_in(request.user, found),
        "amendment": row,
        "open": is_open,
        "changes": shown.changes_of(row, base.terms),
        "paths": _paths(base, proposed_terms(row)),
        "behind": is_open and last is not None and last.number != row.base,
        "clashes": len(clashes),
        "last": last,
        "before_label": _terms_name(base),
        "trail": trail_to(found, (row.title, "")),
    }
    return render(request, "agreements/amendment.html", context)


@GET_OR_POST
def change(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Change one field or clause in an open amendment."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    path = request.GET.get("path", "")
    base = _terms(row, row.base)
    held = row.changes.filter(path=path).first()
    known = held or path in base.terms or path.removeprefix(FIELD) in fields()
    if path == ORDER:
        return redirect("agreements:move-clause", code, amendment)
    if not known or (held is not None and held.removes and path not in base.terms):
        raise Http404
    value = held.value if held and not held.removes else base.terms.get(path)
    form = _change_form(request, path, value)
    if held:
        form.initial = {**form.initial, "reason": held.reason, "kind": held.kind}
    return form_page(
        request,
        found,
        form,
        heading=say(label_of(path, {path: value, **base.terms}, library(row.agreement.library))),
        lead=_("Now it says: %(value)s")
        % {"value": shown.term_in_words(path, base.terms[path], base.terms)}
        if path in base.terms
        else "",
        back=page_of(row),
        way=((row.title, page_of(row)),),
        deed=lambda: amending.set_change(amendment=row, by=request.user, **form.fields_of_deed()),
    )


def _change_form(request: PageRequest, path: str, value: Any) -> ChangeForm | ClauseChangeForm:
    if path.startswith(CLAUSE):
        return ClauseChangeForm(request.POST or None, clause=Clause.from_json(value))
    return ChangeForm(request.POST or None, path=path, value=value)


@require_POST
def drop(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Leave one field out of an open amendment."""
    _found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    amending.drop_change(amendment=row, by=request.user, path=request.POST.get("path", ""))
    return redirect(page_of(row))


@require_POST
def share(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Let company and partners see an amendment."""
    _found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    amending.share_amendment(amendment=row, by=request.user)
    return redirect(page_of(row))


@GET_OR_POST
def replay(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Put an open amendment on top of what is in force now; a person settles each conflict."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    versions = versions_of(row.agreement)
    stored = amendment_of(row)
    clashes = pure.conflicts(versions, stored)
    forms = [ConflictForm(request.POST or None, each) for each in clashes]
    status = 200
    if request.method == "POST":
        if all([form.is_valid() for form in forms]):  # noqa: C419  (each, so that all findings show)
            chosen = {form.path: form.resolution() for form in forms}
            amending.replay(amendment=row, by=request.user, resolutions=chosen)
            return redirect(page_of(row))
        status = 422
    base, last = _terms(row, row.base), _terms(row, versions[-1].number)
    told = {**last.terms, **proposed_terms(row)}
    shelf = library(row.agreement.library)
    context = {
        "dossier": found,
        "amendment": row,
        "base": base,
        "last": last,
        "conflicts": [
            {
                "form": form,
                "label": say(label_of(each.path, last.terms, shelf)),
                "base": shown.term_in_words(each.path, each.base, base.terms),
                "in_force": shown.term_in_words(each.path, each.in_force, last.terms),
                "in_force_reason": each.in_force_reason,
                "proposed": shown.term_in_words(each.path, each.proposed, told),
                "proposed_reason": each.proposed_reason,
            }
            for each, form in zip(clashes, forms, strict=True)
        ],
        "carried": len(stored.changes) - len(clashes),
        "back": page_of(row),
        "trail": trail_to(found, (row.title, page_of(row)), (_("Replay"), "")),
    }
    return render(request, "agreements/replay.html", context, status=status)


@GET_OR_POST
def decide(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """The parties agreed: the amendment becomes the next version."""
    found, row = amendment_for(request, code, amendment, Deed.AMEND)
    form = DecideForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    return form_page(
        request,
        found,
        form,
        heading=_("Decide this amendment"),
        lead=_("The next version of the terms is made, and this amendment changes no more."),
        submit=_("Decide"),
        back=reverse("agreements:dossier", args=[code]),
        way=((row.title, page_of(row)),),
        deed=lambda: amending.decide(
            amendment=row,
            by=request.user,
            decided_on=form.cleaned_data["decided_on"],
            because=form.cleaned_data["because"],
        ),
    )


@GET_OR_POST
def withdraw(request: PageRequest, code: UUID, amendment: UUID) -> HttpResponse:
    """Stop an open amendment."""
    found, row = amendment_for(request, code, amendment, Deed.DRAFT)
    form = WithdrawForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Withdraw this amendment"),
        back=page_of(row),
        way=((row.title, page_of(row)),),
        deed=lambda: amending.withdraw(
            amendment=row, by=request.user, because=form.cleaned_data["because"]
        ),
    )


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _version(
    request: PageRequest, code: UUID, agreement: UUID, number: int
) -> tuple[Dossier, Agreement, TermsVersion]:
    found = access.dossier_for(request.user, code, Deed.SEE_AGREEMENT)
    rows = access.rows_of(request.user, Agreement, Deed.SEE_AGREEMENT, found)
    row = one_of(rows, code=agreement)
    return found, row, one_of(row.versions.select_related("agreement"), number=number)


def amendment_for(
    request: PageRequest, code: UUID, amendment: UUID, deed: Deed = Deed.SEE_AGREEMENT
) -> tuple[Dossier, Amendment]:
    """The amendment that is asked for, with its dossier; the deed must be allowed."""
    found = access.dossier_for(request.user, code, deed)
    rows = access.amendments_of(request.user, found)
    wanted = rows.select_related("dossier__company", "agreement", "ended_by", "made_by")
    return found, one_of(wanted, code=amendment)


def _terms(row: Amendment, number: int) -> TermsVersion:
    version: TermsVersion = row.agreement.versions.get(number=number)
    return version


def _values(version: TermsVersion) -> dict[str, Any]:
    """The fields of the terms by their names."""
    return {path.removeprefix(FIELD): value for path, value in version.terms.items()}


def _paths(base: TermsVersion, proposed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Parts that an amendment may change: what is in force, and fields that are not yet in it."""
    told = [each for each in shown.paths_of(base) if each[0] != ORDER]
    shelf = library(base.agreement.library)
    absent = {
        f"{FIELD}{name}"
        for clause in (*shelf.clauses.values(), *draft_of(shelf, proposed).clauses)
        for name in clause.fields
        if f"{FIELD}{name}" not in base.terms
    }
    more = [(path, say(label_of(path, base.terms, shelf))) for path in sorted(absent)]
    return [*told, *more]


def _terms_name(version: TermsVersion) -> str:
    label = say(library(version.agreement.library).label)
    return _("%(text)s in force, version %(number)s") % {"text": label, "number": version.number}


def page_of(row: Amendment) -> str:
    """The address of an amendment."""
    return reverse("agreements:amendment", args=[row.dossier.code, row.code])
