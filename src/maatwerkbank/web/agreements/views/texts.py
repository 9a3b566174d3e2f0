# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of texts: the tab of a dossier, one text, its fields and clauses, two beside each other.

Takes     the code of a dossier and of a draft, and what was filled in.
Gives     pages, files, and the way on after a deed.
Leaves    the rules to `drafts`.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.agreement.comparison import in_words
from maatwerkbank.dossier.agreement.library import Clause, fields, library
from maatwerkbank.ground.findings import Finding
from maatwerkbank.letter.odt import MEDIA_TYPE
from maatwerkbank.web.agreements import amending, drafts, paper, shown
from maatwerkbank.web.agreements.forms import BeginForm, ClauseForm, InForceForm, ValueForm
from maatwerkbank.web.agreements.models import Agreement, Draft
from maatwerkbank.web.agreements.stored import name_of, text_of
from maatwerkbank.web.agreements.views.form_page import (
    file_answer,
    form_page,
    one_of,
    trail_to,
)
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution.promised import text_against_money
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import page_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])
MEDIA = {"odt": MEDIA_TYPE, "pdf": "application/pdf"}


@require_GET
def dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """The tab: what is in force, open changes, and the texts that led to it."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_AGREEMENT)
    deeds = access.deeds_in(person, found)
    texts = list(access.drafts_of(person, found).select_related("made_by", "agreement"))
    agreements = access.rows_of(person, Agreement, Deed.SEE_AGREEMENT, found)
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": [*trail_to(found)[:-1], {"label": _("Agreement"), "href": ""}],
        "texts": [{"row": each, "name": say(name_of(each))} for each in texts],
        "comparable": len(texts) > 1,
        "in_force": [
            {
                "row": each,
                "name": say(library(each.library).label),
                "last": each.versions.order_by("-number").first(),
                "versions": each.versions.order_by("-number"),
            }
            for each in agreements
        ],
        "amendments": access.amendments_of(person, found).select_related("agreement", "made_by"),
    }
    return render(request, "agreements/dossier.html", context)


@GET_OR_POST
def begin(request: PageRequest, code: UUID) -> HttpResponse:
    """Begin a text, or the next version of one."""
    found = access.dossier_for(request.user, code, Deed.DRAFT)
    form = BeginForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Begin a text"),
        lead=_("Figures and names are taken from the dossier. What lacks, the text says."),
        submit=_("Begin"),
        back=_tab(found),
        deed=lambda: drafts.begin(dossier=found, by=request.user, **form.fields_of_deed()),
    )


@require_GET
def text(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """One text: what it says, what lacks, what is stale, which points it answers."""
    found, row = _text(request, code, draft)
    deeds = access.deeds_in(request.user, found)
    may_draft = Deed.DRAFT in deeds
    context = {
        "dossier": found,
        "deeds": deeds,
        "draft": row,
        "name": say(name_of(row)),
        "open": row.state == "open",
        "in_force": access.rows_of(request.user, Agreement, Deed.SEE_AGREEMENT, found)
        .filter(draft=row)
        .first(),
        "trail": trail_to(found, (say(name_of(row)), "")),
        "money": _money(found, deeds, row),
        **shown.text_page(row, may_draft=may_draft and row.state == "open"),
    }
    return render(request, "agreements/text.html", context)


@GET_OR_POST
def fill(request: PageRequest, code: UUID, draft: UUID, name: str) -> HttpResponse:
    """Fill one field of a text in by hand."""
    found, row = _text(request, code, draft, Deed.DRAFT)
    if name not in fields():
        raise Http404
    held = text_of(row).values.get(name)
    form = ValueForm(request.POST or None, name=name, value=held.value if held else None)
    return form_page(
        request,
        found,
        form,
        heading=say(fields()[name].label),
        lead=_("What is filled in here, is shown as filled in and not as data of the dossier."),
        back=_page(row),
        way=_way(row),
        deed=lambda: drafts.fill(draft=row, by=request.user, name=name, value=form.value()),
    )


@GET_OR_POST
def clause(request: PageRequest, code: UUID, draft: UUID, clause: str) -> HttpResponse:
    """Change the words of one clause."""
    found, row = _text(request, code, draft, Deed.DRAFT)
    stored = next((each for each in row.clauses if each["id"] == clause), None)
    if stored is None:
        raise Http404
    form = ClauseForm(request.POST or None, clause=Clause.from_json(stored))

    def deed() -> None:
        made = form.made()
        drafts.change_clause(
            draft=row,
            by=request.user,
            clause=clause,
            heading=made.heading,
            text=made.text,
            because=form.cleaned_data["because"],
        )

    heading = _("Change clause: %(heading)s") % {"heading": say(form.clause.heading)}
    return form_page(
        request, found, form, heading=heading, back=_page(row), way=_way(row), deed=deed
    )


@require_POST
def take_over(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """Take from the dossier what it says now."""
    _found, row = _text(request, code, draft, Deed.DRAFT)
    drafts.take_over(draft=row, by=request.user, names=request.POST.getlist("name"))
    return redirect(_page(row))


@require_POST
def make_final(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """Freeze a text."""
    _found, row = _text(request, code, draft, Deed.DRAFT)
    drafts.make_final(draft=row, by=request.user)
    return redirect(_page(row))


@require_POST
def share(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """Let company and partners see a text."""
    _found, row = _text(request, code, draft, Deed.DRAFT)
    drafts.share(draft=row, by=request.user)
    return redirect(_page(row))


@require_POST
def hand_in(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """Put a final text among the papers."""
    _found, row = _text(request, code, draft, Deed.DRAFT)
    version = drafts.hand_in(draft=row, by=request.user)
    return redirect("documents:document", version.document.code)


@GET_OR_POST
def put_in_force(request: PageRequest, code: UUID, draft: UUID) -> HttpResponse:
    """A final text was signed."""
    found, row = _text(request, code, draft, Deed.AMEND)
    form = InForceForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        heading=_("Put this text in force"),
        lead=_("From then on it changes by an amendment only, and this version stays as it is."),
        back=_tab(found),
        way=_way(row),
        deed=lambda: amending.put_in_force(draft=row, by=request.user, **form.fields_of_deed()),
    )


@require_GET
def download(request: PageRequest, code: UUID, draft: UUID, kind: str) -> HttpResponse:
    """The text as ODT or PDF."""
    found, row = _text(request, code, draft)
    access.note_look(
        request.user,
        dossier=found,
        kind="file",
        thing=row.code,
        title=say(name_of(row)),
        level=found.level,
    )
    made = {"odt": paper.odt_of, "pdf": paper.pdf_of}[kind](row, page_language())
    return file_answer(made, f"{row.library}-{row.number}.{kind}", MEDIA[kind])


@require_GET
def compare(request: PageRequest, code: UUID) -> HttpResponse:
    """Two texts beside each other, in words and in figures."""
    found = access.dossier_for(request.user, code, Deed.SEE_AGREEMENT)
    texts = list(access.drafts_of(request.user, found).order_by("made_at", "id"))
    if len(texts) < 2:
        raise Http404
    by_code = {str(each.code): each for each in texts}
    after = by_code.get(request.GET.get("b", ""), texts[-1])
    before = by_code.get(request.GET.get("a", ""), after.based_on or texts[0])
    old, new = text_of(before), text_of(after)
    words = in_words(old, new, page_language())
    context: dict[str, Any] = {
        "dossier": found,
        "texts": [(str(each.code), say(name_of(each))) for each in texts],
        "before": before,
        "after": after,
        "before_label": say(name_of(before)),
        "after_label": say(name_of(after)),
        "clauses": [each for each in words if each.kind != "same" or each.moved],
        "same": sum(each.kind == "same" and not each.moved for each in words),
        "figures": shown.figures_between(old, new),
        "trail": trail_to(found, (_("Compare texts"), "")),
    }
    return render(request, "agreements/compare.html", context)


def _text(
    request: PageRequest, code: UUID, draft: UUID, deed: Deed = Deed.SEE_AGREEMENT
) -> tuple[Dossier, Draft]:
    found = access.dossier_for(request.user, code, deed)
    rows = access.drafts_of(request.user, found).select_related("dossier__company", "document")
    return found, one_of(rows, code=draft)


def _money(found: Dossier, deeds: Collection[Deed], row: Draft) -> tuple[Finding, ...]:
    """Where text and money differ, for who sees the money."""
    if Deed.SEE_MONEY not in deeds:
        return ()
    text = text_of(row)
    told = {name: text.values[name].value for name in text.fields if name in text.values}
    return text_against_money(found, told)


def _tab(found: Dossier) -> str:
    return reverse("agreements:dossier", args=[found.code])


def _page(row: Draft) -> str:
    return reverse("agreements:text", args=[row.dossier.code, row.code])


def _way(row: Draft) -> tuple[tuple[str, str], ...]:
    return ((say(name_of(row)), _page(row)),)
