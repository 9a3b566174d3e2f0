# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens to read: the register per kind, one row with its history, a reference read back.

Takes     the part of the address that names the kind, the code of a row, what somebody chose.
Gives     the register as known on a day; it is public, so everybody who signed in reads all of it.
Leaves    forms to `forming.py`, data of the House to `importing.py`.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maatwerkbank.dossier.parliament.register import Parliament
from maatwerkbank.dossier.parliament.standing import Standing, findings_by_row, standing
from maatwerkbank.sources.parliament.doubts import Citation, doubts, unreadable
from maatwerkbank.sources.parliament.reference import reference as parsed
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.parliament import shown
from maatwerkbank.web.parliament.changes import changes_of
from maatwerkbank.web.parliament.forms import OUTCOMES, AnswerForm, RegisterFilter, ReportForm
from maatwerkbank.web.parliament.kinds import KINDS, RowKind, kind_for
from maatwerkbank.web.parliament.models import Commitment, Motion, Question, RegisterRow
from maatwerkbank.web.parliament.stored import stored_parliament
from maatwerkbank.web.people import access
from maatwerkbank.web.templatetags.words import day, in_language, page_language, say

LONGEST = 200  # [characters] of a reference that is read back


@require_GET
def register(request: PageRequest, kind: str = "toezeggingen") -> HttpResponse:
    """Every row of one kind, what presses first."""
    chosen = kind_for(kind)
    today = timezone.localdate()
    names = dict(Company.objects.values_list("slug", "name"))
    form = RegisterFilter(request.GET, list(_firms(names)))
    on = form.day(today)
    parliament = stored_parliament(on)
    codes = dict(chosen.model._default_manager.values_list("key", "code"))  # noqa: SLF001
    table = shown.Table(parliament, kind, codes, names)
    context = {
        "here": "parliament",
        "kind": chosen,
        "tabs": _tabs(chosen, parliament),
        "form": form,
        "on": on,
        "past": on < today,
        "keeps": access.keeps_parliament(request.user),
        "add": _(chosen.add),
        "caption": _(chosen.label),
        "tiles": _tiles(parliament) if chosen.part == "commitments" else [],
        **table.of(chosen.part, lambda row, stands: _kept(form, row, stands)),
    }
    return render(request, "parliament/register.html", context)


def _firms(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Firms that the register itself names: it is public, the list of all firms is not asked."""
    named: set[str] = set()
    for kind in KINDS.values():
        for firms in kind.model._default_manager.exclude(firms=[]).values_list("firms", flat=True):  # noqa: SLF001
            named.update(firms)
    yield from sorted(((slug, names.get(slug, slug)) for slug in named), key=lambda each: each[1])


def _kept(form: RegisterFilter, row: Any, stands: Standing | None) -> bool:
    """Whether what somebody chose leaves the row in."""
    state, firm, due_by = form.chosen("state"), form.chosen("firm"), form.chosen("due_by")
    if firm and firm not in row.firms:
        return False
    if stands is None:
        return True
    soon = stands.due is not None and stands.state != "fulfilled"
    return (not state or stands.state == state) and (
        not due_by or (soon and stands.due is not None and stands.due <= due_by)
    )


def _tabs(here: RowKind, parliament: Parliament) -> list[dict[str, Any]]:
    return [
        {
            "label": _(kind.label),
            "href": reverse("parliament:rows", args=[kind.slug]),
            "here": kind is here,
            "count": len(getattr(parliament, kind.part)),
        }
        for kind in KINDS.values()
    ]


def _tiles(parliament: Parliament) -> list[dict[str, Any]]:
    states = [standing(each, parliament.as_of).state for each in parliament.commitments]
    return [
        {"label": _("Past the due day"), "value": states.count("overdue")},
        {"label": _("Due soon"), "value": states.count("due_soon")},
        {"label": _("Open"), "value": states.count("open") + states.count("partly")},
        {"label": _("Fulfilled"), "value": states.count("fulfilled")},
    ]


# ── one row ───────────────────────────────────────────────────────────────────────────────────


@require_GET
def row(request: PageRequest, kind: str, code: UUID) -> HttpResponse:
    """One row of the register, with its history."""
    chosen = kind_for(kind)
    found = row_for(chosen, code)
    return row_page(request, chosen, found)


def row_for(kind: RowKind, code: UUID) -> Any:
    """The row with that code, also one that the House took back.  Raises Http404."""
    rows: QuerySet[RegisterRow] = kind.model._default_manager.filter(code=code)  # noqa: SLF001
    found = rows.first()
    if found is None:
        raise Http404
    return found


def row_page(
    request: PageRequest, kind: RowKind, found: Any, form: Any = None, *, status: int = 200
) -> HttpResponse:
    """The page of a row; with a form on it, that was not filled in well, its findings too."""
    keeps = access.keeps_parliament(request.user)
    parliament = stored_parliament(timezone.localdate())
    about = findings_by_row(parliament).get(f"{kind.part}.{found.key}", [])
    firms = dict(Company.objects.filter(slug__in=found.firms).values_list("slug", "name"))
    context = {
        "here": "parliament",
        "trail": trail(kind, str(_(kind.one))),
        "kind": kind,
        "row": found,
        "heading": _heading(found),
        "one": _(kind.one),
        "keeps": keeps,
        "facts": _facts(found, firms),
        "doubts": [{"text": shown.in_words(each), "remedy": say(each.remedy)} for each in about],
        "changes": changes_of(found, labels_of(kind), names=keeps or _audits(request)),
        **_more(found, parliament, form),
    }
    return render(request, "parliament/row.html", context, status=status)


def _audits(request: PageRequest) -> bool:
    return request.user.office == "auditor"


def labels_of(kind: RowKind) -> dict[str, str]:
    """The words by which a page names the fields of a kind."""
    return {name: str(field.label) for name, field in kind.form().fields.items()}


def trail(kind: RowKind, here: str) -> list[dict[str, str]]:
    """The way to a page below one kind of the register."""
    return [
        {"label": _("Parliament"), "href": reverse("parliament:register")},
        {"label": _(kind.label), "href": reverse("parliament:rows", args=[kind.slug])},
        {"label": here, "href": ""},
    ]


def _heading(found: Any) -> str:
    if hasattr(found, "title"):
        return str(found.title)
    name = "title" if hasattr(found, "title_nl") else "text"
    return in_language(found, name) or str(found)


def _facts(found: Any, firms: dict[str, str]) -> list[dict[str, Any]]:
    """What every kind has, and what it has of its own; what is not known says so."""
    facts = []
    for name, label in (
        ("by_whom", _("By whom")),
        ("to_whom", _("To whom")),
        ("made_on", _("Promised on")),
        ("on", _("Voted on") if isinstance(found, Motion) else _("Date")),
    ):
        if hasattr(found, name):
            value = getattr(found, name)
            told = day(value) if value and name.endswith("on") else value
            facts.append({"label": label, "value": told or None})
    written = getattr(found, "reference", "") or getattr(found, "number", "")
    cited = parsed(written) if written else None
    facts.append(
        {
            "label": _("Number"),
            "value": cited.written(page_language()) if cited else (written or None),
            "href": cited.address() if cited else "",
        }
    )
    if isinstance(found, Commitment):
        due = day(found.due) if found.due else _("no day named")
        facts.append({"label": _("Due"), "value": due})
        if found.made_in:
            href = reverse("parliament:row", args=["debatten", found.made_in.code])
            name = in_language(found.made_in, "title") or found.made_in.title_nl
            facts.append({"label": _("In which debate"), "value": name, "href": href})
    if isinstance(found, Motion):
        facts.append({"label": _("Outcome"), "value": _(OUTCOMES[found.outcome])})
    if isinstance(found, Question) and found.answered_on:
        answered = in_language(found, "answered_where") or found.answered_where_nl
        facts.append({"label": _("Answered on"), "value": day(found.answered_on), "note": answered})
    named = ", ".join(firms.get(slug, slug) for slug in found.firms)
    facts.append({"label": _("Firms"), "value": named or _("the approach as a whole")})
    return facts


def _more(found: Any, parliament: Parliament, form: Any) -> dict[str, Any]:
    """Reports of a commitment and how it stands; answers to a motion."""
    if isinstance(found, Commitment):
        ours = next((each for each in parliament.commitments if each.id == found.key), None)
        return {
            "state": shown.state(standing(ours, parliament.as_of)) if ours else None,
            "due": shown.due(standing(ours, parliament.as_of)) if ours else None,
            "reports": [
                {"row": each, "paper": shown.paper(parsed(each.reference), [], each.reference)}
                for each in found.reports.all()
            ],
            "form": form or ReportForm(),
            "action": reverse("parliament:report", args=[found.code]),
        }
    if isinstance(found, Motion):
        return {
            "answers": list(found.answers.all()),
            "form": form or AnswerForm(),
            "action": reverse("parliament:answer", args=[found.code]),
        }
    return {}


# ── a reference, read back ────────────────────────────────────────────────────────────────────


@require_GET
def reference(request: PageRequest) -> HttpResponse:
    """How a reference is read, while somebody types it, and what is doubtful about it."""
    fields = ("reference", "number", "answered_reference")
    text = next((request.GET[name] for name in fields if request.GET.get(name)), "")[:LONGEST]
    read = parsed(text)
    today = timezone.localdate()
    found = doubts(Citation(read, "reference", today)) if read else unreadable(text, "reference")
    context = {
        "text": text,
        "read": read,
        "written": read.written(page_language()) if read else "",
        "address": (read.address() or "") if read else "",
        "doubts": [{"text": shown.in_words(each), "remedy": say(each.remedy)} for each in found],
    }
    return render(request, "parliament/_reference.html", context)
