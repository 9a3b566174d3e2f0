# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of a dossier: what is said of the firm in public, the draft beside it, its figures.

Takes     the code of a dossier, of a statement, of a figure, and what was filled in.
Gives     pages, and the way on after a deed.
Leaves    the rules to `stating` and `releasing`.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.publication.release import ORIGINS, Candidate
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.releases import releasing, shown, stating
from maatwerkbank.web.releases.candidates import by_id, candidates_of
from maatwerkbank.web.releases.forms import (
    FreeReasonForm,
    ReasonForm,
    RefusalForm,
    WordsForm,
)
from maatwerkbank.web.releases.models import Statement
from maatwerkbank.web.releases.stored_publication import stored_publication
from maatwerkbank.web.releases.views.form_page import form_page, one_of, trail_to
from maatwerkbank.web.templatetags.words import in_language, level, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """The tab: the statement in force, the draft beside it, figures released and not."""
    person = request.user
    found = access.dossier_for(person, code)
    deeds = access.deeds_in(person, found)
    inside = Deed.SEE_STATEMENTS in deeds
    rows = list(
        access.statements_of(person, found).select_related(
            "written_by", "approved_by", "released_by", "withdrawn_by", "dossier__company"
        )
    )
    publication = _publication(found, inside=inside)
    in_force = next((each for each in rows if each.state == "released"), None)
    draft = next((each for each in rows if each.state in stating.OPEN), None)
    public = shown.statement_shown(in_force, publication) if in_force else None
    beside = shown.statement_shown(draft, publication) if draft else None
    standing = access.figure_releases_of(person, found).filter(withdrawn_on=None)
    candidates = candidates_of(found) if inside else ()
    context = {
        "dossier": found,
        "deeds": deeds,
        "inside": inside,
        "trail": [*trail(found), {"label": _("Accountability"), "href": ""}],
        "public": public,
        "draft": beside,
        "lacks": stating.findings_of(draft) if draft and inside else (),
        "differences": shown.differences(public, beside) if public and beside else [],
        "own": bool(draft and draft.written_by_id == person.pk),
        "earlier": [each for each in rows if each not in (in_force, draft)],
        "figures": shown.figures_shown(candidates, standing.select_related("by"), found),
    }
    return render(request, "releases/dossier.html", context)


def _publication(found: Dossier, *, inside: bool) -> Any:
    """What is public; for the State with the firm as its dossier has it."""
    today = timezone.localdate()
    if inside:
        try:
            return stating.working_publication(found, today)
        except PortfolioError:  # it has not begun: nothing can be said of it yet
            pass
    return stored_publication(today)


# ── statements ────────────────────────────────────────────────────────────────────────────────


@require_POST
def draft(request: PageRequest, code: UUID) -> HttpResponse:
    """Make a draft from the data."""
    found = access.dossier_for(request.user, code, Deed.DRAFT_STATEMENT)
    stating.draft_statement(dossier=found, by=request.user)
    return redirect(_tab(found))


@GET_OR_POST
def edit(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Write other words in a draft."""
    found, row = _statement(request, code, statement, Deed.DRAFT_STATEMENT)
    names = ("text_nl", "text_en", "stage", "on")
    form = WordsForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    ids = [each.id for each in candidates_of(found)]
    lead = _("Ids of figures of this dossier: %(ids)s") % {"ids": ", ".join(ids)} if ids else ""
    return form_page(
        request,
        form,
        heading=_("Edit the statement"),
        lead=lead,
        kicker=found.company.name,
        back=_tab(found),
        trail=trail_to(found),
        deed=lambda: stating.edit_statement(
            statement=row, by=request.user, **form.fields_of_deed()
        ),
    )


@require_POST
def propose(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Put a draft before who approves."""
    found, row = _statement(request, code, statement, Deed.DRAFT_STATEMENT)
    stating.propose(statement=row, by=request.user)
    return redirect(_tab(found))


@GET_OR_POST
def approve(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Say yes to the words of somebody else."""
    found, row = _statement(request, code, statement, Deed.APPROVE_STATEMENT)
    form = FreeReasonForm(request.POST or None)
    return _on_statement(
        request,
        found,
        row,
        form,
        heading=_("Approve the statement"),
        submit=_("Approve"),
        deed=lambda: stating.approve(statement=row, by=request.user, **form.cleaned_data),
    )


@GET_OR_POST
def send_back(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Give it back to who wrote it."""
    found, row = _statement(request, code, statement, Deed.APPROVE_STATEMENT)
    form = ReasonForm(request.POST or None)
    return _on_statement(
        request,
        found,
        row,
        form,
        heading=_("Send the statement back"),
        submit=_("Send back"),
        deed=lambda: stating.send_back(statement=row, by=request.user, **form.cleaned_data),
    )


@require_POST
def release(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Make it public, from today."""
    found, row = _statement(request, code, statement, Deed.RELEASE)
    stating.release(statement=row, by=request.user)
    return redirect(_tab(found))


@GET_OR_POST
def withdraw(request: PageRequest, code: UUID, statement: UUID) -> HttpResponse:
    """Take it back."""
    found, row = _statement(request, code, statement, Deed.SEE_STATEMENTS)
    access.require(request.user, stating.WITHDRAWN_BY[row.state], found)
    form = ReasonForm(request.POST or None)
    return _on_statement(
        request,
        found,
        row,
        form,
        heading=_("Withdraw the statement"),
        submit=_("Withdraw"),
        deed=lambda: stating.withdraw(statement=row, by=request.user, **form.cleaned_data),
    )


def _on_statement(
    request: PageRequest,
    found: Dossier,
    row: Statement,
    form: ReasonForm | FreeReasonForm,
    **told: Any,
) -> HttpResponse:
    """A form under the text that it is about."""
    it = shown.statement_shown(row, _publication(found, inside=True))
    facts = [
        {"label": _("Day of which the text tells"), "value": row.on},
        {"label": _("Stage that becomes public"), "value": it.stage},
        {"label": _("Written by"), "value": row.written_by.name},
    ]
    return form_page(
        request,
        form,
        kicker=found.company.name,
        back=_tab(found),
        trail=trail_to(found),
        more={"about": facts, "text": it.text, "told": it.findings},
        **told,
    )


# ── figures ───────────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def figure(request: PageRequest, code: UUID, figure: str) -> HttpResponse:
    """Release a figure."""
    found, candidate = _candidate(request, code, figure)
    form = FreeReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        heading=_("Release a figure"),
        lead=_("From today everybody can read it, with where it comes from."),
        submit=_("Make public"),
        kicker=found.company.name,
        back=_tab(found),
        trail=trail_to(found),
        more={
            "about": _facts(candidate),
            "told": releasing.findings_of(candidate),
        },
        deed=lambda: releasing.release_figure(
            dossier=found, by=request.user, figure=figure, **form.cleaned_data
        ),
    )


@GET_OR_POST
def refuse(request: PageRequest, code: UUID, figure: str) -> HttpResponse:
    """Keep a figure from the public, on a ground."""
    found, candidate = _candidate(request, code, figure)
    form = RefusalForm(request.POST or None)
    return form_page(
        request,
        form,
        heading=_("Refuse to release a figure"),
        lead=_("Data on emissions into the environment are always public."),
        submit=_("Refuse"),
        kicker=found.company.name,
        back=_tab(found),
        trail=trail_to(found),
        more={"about": _facts(candidate)},
        deed=lambda: releasing.refuse_figure(
            dossier=found, by=request.user, figure=figure, **form.cleaned_data
        ),
    )


@GET_OR_POST
def withdraw_figure(request: PageRequest, code: UUID, release: UUID) -> HttpResponse:
    """Take a decision on a figure back."""
    found = access.dossier_for(request.user, code, Deed.RELEASE)
    rows = access.figure_releases_of(request.user, found).select_related("dossier__company")
    row = one_of(rows, code=release)
    form = ReasonForm(request.POST or None)
    facts = [
        {"label": _("Figure"), "value": in_language(row, "label")},
        {"label": _("Value"), "value": shown.told_in_words(row)},
    ]
    return form_page(
        request,
        form,
        heading=_("Withdraw a decision on a figure"),
        submit=_("Withdraw"),
        kicker=found.company.name,
        back=_tab(found),
        trail=trail_to(found),
        more={"about": facts},
        deed=lambda: releasing.withdraw_release(release=row, by=request.user, **form.cleaned_data),
    )


def _facts(candidate: Candidate) -> list[dict[str, Any]]:
    """What somebody has to know before deciding."""
    return [
        {"label": _("Figure"), "value": say(candidate.label), "note": candidate.id},
        {
            "label": _("Value"),
            "value": shown.amount_in_words(
                candidate.low, candidate.high, candidate.unit, candidate.bound
            ),
        },
        {
            "label": _("Where it comes from"),
            "value": say(ORIGINS[candidate.origin]),
            "note": candidate.identity,
        },
        {"label": _("Level of what it is made of"), "value": level(candidate.level.value)},
    ]


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _statement(
    request: PageRequest, code: UUID, statement: UUID, deed: Deed
) -> tuple[Dossier, Statement]:
    found = access.dossier_for(request.user, code, deed)
    rows = access.statements_of(request.user, found)
    return found, one_of(rows.select_related("dossier__company", "written_by"), code=statement)


def _candidate(request: PageRequest, code: UUID, figure: str) -> tuple[Dossier, Candidate]:
    found = access.dossier_for(request.user, code, Deed.RELEASE)
    candidate = by_id(candidates_of(found), figure)
    if candidate is None:
        raise Http404
    return found, candidate


def _tab(found: Dossier) -> str:
    return reverse("releases:dossier", args=[found.code])
