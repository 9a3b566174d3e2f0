# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of one paper of a request: its text, its judgement, its passages, and what is left of it.

Takes     the code of a paper or a passage, and what was filled in.
Gives     the page; the redacted document as PDF and as text; and once public, to everybody.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.disclosure.redaction import redacted
from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, document_kind, page_language
from maatwerkbank.web.woo import deciding, judging, shown
from maatwerkbank.web.woo.forms import PaperJudgementForm, PassageForm, PublicationForm
from maatwerkbank.web.woo.models import PassageJudgement, RequestedPaper
from maatwerkbank.web.woo.published import public_document
from maatwerkbank.web.woo.redacting import redacted_of, words_of
from maatwerkbank.web.woo.stored import found_paper, judged_passage
from maatwerkbank.web.woo.views import ways


@require_http_methods(["GET", "POST"])
def paper(request: PageRequest, code: UUID) -> HttpResponse:
    """One paper; judges it as a whole."""
    found = _paper_for(request.user, code)
    if request.method == "GET":
        return _page(request, found)
    access.require(request.user, Deed.KEEP_DISCLOSURE, found.dossier)
    form = PaperJudgementForm(request.POST, paper=found)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    judging.judge_paper(paper=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The judgement has been recorded."))
    return redirect("woo:paper", code)


@require_POST
def passage(request: PageRequest, code: UUID) -> HttpResponse:
    """Judge a passage of a paper."""
    found = _paper_for(request.user, code)
    access.require(request.user, Deed.KEEP_DISCLOSURE, found.dossier)
    form = PassageForm(request.POST, paper=found, claims=_open_claims(found), auto_id="passage-%s")
    if not form.is_valid():
        return _page(request, found, passage=form, status=422)
    judging.judge_passage(paper=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("The passage has been judged."))
    return redirect("woo:paper", code)


@require_POST
def drop(request: PageRequest, code: UUID) -> HttpResponse:
    """Take a judgement of a passage back."""
    rows = access.rows_of(request.user, PassageJudgement, Deed.SEE_DISCLOSURE)
    found = rows.filter(
        code=code, paper__in=access.requested_papers_of(request.user)
    ).select_related("paper", "dossier")
    row = found.first()
    if row is None:
        raise Http404
    judging.drop_passage(passage=row, by=request.user)
    messages.success(request, _("The judgement of the passage was taken back."))
    return redirect("woo:paper", row.paper.code)


@require_GET
def redacted_pdf(request: PageRequest, code: UUID) -> HttpResponse:
    """What is left of the paper, as PDF."""
    found = _paper_for(request.user, code)
    _note_look(request.user, found)
    return _file(redacted_of(found).pdf, "application/pdf", f"{_name(found)}.pdf")


@require_GET
def redacted_text(request: PageRequest, code: UUID) -> HttpResponse:
    """What is left of the paper, as text."""
    found = _paper_for(request.user, code)
    _note_look(request.user, found)
    text = redacted_of(found).text.encode()
    return _file(text, "text/plain; charset=utf-8", f"{_name(found)}.txt")


@require_http_methods(["GET", "POST"])
def publish(request: PageRequest, code: UUID) -> HttpResponse:
    """Make a paper public."""
    found = _paper_for(request.user, code)
    access.require(request.user, Deed.DECIDE_DISCLOSURE, found.dossier)
    form = PublicationForm(request.POST or None)
    back = reverse("woo:paper", args=[code])

    def deed() -> str:
        deciding.publish(paper=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The paper is public."))
        return back

    return ways.form_page(
        request,
        form,
        heading=_("Make this paper public"),
        kicker=found.version.document.title,
        summary=_("A new document without the words that stay out. Once public it stays so."),
        submit=_("Make public"),
        back=back,
        trail=_trail(found, (_("Make public"), "")),
        deed=deed,
    )


@require_GET
def public(request: HttpRequest, code: UUID) -> HttpResponse:
    """A paper that was made public, for everybody."""
    found = public_document(code)
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="openbaar-document.pdf"'
    answer["Cache-Control"] = "public, max-age=86400"
    answer["ETag"] = f'"{found.sha256}"'
    return answer


def _paper_for(person: Person, code: UUID) -> RequestedPaper:
    rows = access.requested_papers_of(person).select_related(
        "version__document__dossier__company",
        "version__handed_in_by",
        "part__request",
        "part__dossier__company",
        "dossier__company",
        "inventory",
    )
    found: RequestedPaper | None = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _open_claims(found: RequestedPaper) -> Any:
    answered = found.passages.exclude(claim=None).values("claim")
    return found.version.passages.exclude(ground="").exclude(pk__in=answered)


def _note_look(person: Person, found: RequestedPaper) -> None:
    document = found.version.document
    access.note_look(
        person,
        dossier=found.dossier,
        kind="document",
        thing=document.code,
        title=document.title,
        level=document.level,
    )


def _name(found: RequestedPaper) -> str:
    return f"{found.part.request.reference}-{found.number}".replace(" ", "-").replace("/", "-")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _trail(found: RequestedPaper, *pages: tuple[str, str]) -> ways.Trail:
    own = (found.version.document.title, reverse("woo:paper", args=[found.code]))
    return ways.to_part(found.part, own, *pages)


def _page(
    request: PageRequest,
    found: RequestedPaper,
    *,
    form: PaperJudgementForm | None = None,
    passage: PassageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    _note_look(request.user, found)
    deeds = access.deeds_in(request.user, found.dossier)
    judged = found_paper(found)
    frozen = found.inventory_id is not None
    may_keep = Deed.KEEP_DISCLOSURE in deeds and not frozen and not found.part.request.withdrawn_on
    claims = _open_claims(found)
    decided = found.inventory is not None and found.inventory.outcome == "decided"
    document = found.version.document
    context = {
        "here": "woo",
        "paper": found,
        "trail": _trail(found),
        "statuses": [shown.judgement_status(judged)],
        "facts": [
            {"label": _("Number"), "value": str(found.number)},
            {"label": _("Kind"), "value": document_kind(document.kind)},
            {"label": _("Date"), "value": day(found.version.dated)},
            {"label": _("From"), "value": found.sender or None},
        ],
        "passages": [_shown_passage(each) for each in found.passages.all()],
        "claims": claims,
        "frozen": frozen,
        "form": (form or PaperJudgementForm(paper=found)) if may_keep else None,
        "passage_form": (passage or PassageForm(paper=found, claims=claims, auto_id="passage-%s"))
        if may_keep
        else None,
        "may_publish": decided
        and Deed.DECIDE_DISCLOSURE in deeds
        and judged.judgement in {"disclose", "partly"}
        and judged.published_on is None,
        "publication": getattr(found, "publication", None),
        "judged": judged,
        **_text(found),
    }
    return render(request, "woo/paper.html", context, status=status)


def _shown_passage(row: PassageJudgement) -> dict[str, Any]:
    withheld = bool(row.ground)
    return {
        "row": row,
        "status": {"label": _("withheld"), "tone": "warning", "icon": "lock"}
        if withheld
        else {"label": _("disclosed"), "tone": "positive", "icon": "check"},
        "ground": shown.ground_label(row.ground) if withheld else "",
    }


def _text(found: RequestedPaper) -> dict[str, Any]:
    """The text of the paper with what stays out; or why there is none, and what to do."""
    try:
        words = words_of(found.version)
    except TextUnreadable as error:
        language = page_language()
        return {
            "no_text": error.what_text.into(language),
            "no_text_remedy": error.remedy_text.into(language),
        }
    outcome = redacted(words, [judged_passage(each) for each in found.passages.all()])
    inside = found.passages.filter(code__in=outcome.inside).values_list("words", flat=True)
    return {
        "pieces": shown.pieces_of(words, outcome),
        "inside": list(inside),
    }
