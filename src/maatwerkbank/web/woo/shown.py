# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests in words of the page: states, days, cells of tables, pieces of a text.

Takes     rows and the work lists that `stored` made of them.
Gives     values as the components of the pages take them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS, mark_of
from maatwerkbank.dossier.disclosure.redaction import Redacted
from maatwerkbank.dossier.disclosure.work_list import (
    CLOSED,
    COMES_OUT,
    JUDGEMENTS,
    STATES,
    FoundPaper,
    WorkList,
)
from maatwerkbank.web.templatetags.words import day, say
from maatwerkbank.web.woo.models import Hearing, Inventory, RequestedPaper, RequestPart
from maatwerkbank.web.woo.stored import found_paper, work_of

TONES = {
    "published": ("positive", "check"),
    "decided": ("positive", "check"),
    "deciding": ("warning", "scale"),
    "hearing": ("info", "clock"),
    "withdrawn": ("neutral", ""),
    "objection": ("warning", ""),
}


def status_of(work: WorkList, today: date) -> dict[str, str]:
    """Where a request stands."""
    state = work.state(today)
    tone, icon = TONES.get(state, ("info", ""))
    return {"label": say(STATES[state]), "tone": tone, "icon": icon}


def due_of(work: WorkList, today: date) -> dict[str, str]:
    """Whether it is on time, in a word with a sign."""
    if work.decided_on or work.state(today) in CLOSED:
        late = work.decided_on is not None and work.term.is_late(today, work.decided_on)
        if late:
            return {"label": _("decided late"), "tone": "negative", "icon": "clock"}
        return {"label": _("done"), "tone": "neutral", "icon": "check"}
    left = work.term.days_left(today)
    if left < 0:
        told = ngettext("%(number)s day late", "%(number)s days late", -left)
        return {"label": told % {"number": -left}, "tone": "negative", "icon": "clock"}
    told = ngettext("%(number)s day left", "%(number)s days left", left)
    tone = "warning" if left <= 7 else "info"
    return {"label": told % {"number": left}, "tone": tone, "icon": "clock"}


def part_columns() -> list[dict[str, Any]]:
    """The columns of the list of requests."""
    labels = (_("Request"), _("Company"), _("State"), _("To be decided by"), _("Time left"))
    return [{"label": label} for label in labels]


def part_rows(parts: Iterable[RequestPart], today: date) -> list[list[Any]]:
    """The list of requests, what is to be decided first on top."""
    found = sorted(
        ((work_of(each), each) for each in parts),
        key=lambda pair: (bool(pair[0].decided_on), pair[0].term.due_on, pair[1].pk),
    )
    return [_part_row(part, work, today) for work, part in found]


def _part_row(part: RequestPart, work: WorkList, today: date) -> list[Any]:
    status, due = status_of(work, today), due_of(work, today)
    return [
        {
            "text": part.request.subject,
            "href": reverse("woo:part", args=[part.code]),
            "note": part.request.reference,
        },
        part.dossier.company.name,
        {"text": status["label"], **_sign(status)},
        day(work.term.due_on),
        {"text": due["label"], **_sign(due)},
    ]


def _sign(status: dict[str, str]) -> dict[str, str]:
    return {"tone": status["tone"], "icon": status["icon"]}


def hearing_columns() -> list[dict[str, Any]]:
    """The columns of a list of hearings."""
    return [
        {"label": label} for label in (_("Who is heard"), _("Asked on"), _("View by"), _("View"))
    ]


def hearing_rows(hearings: Iterable[Hearing], today: date) -> list[list[Any]]:
    """Hearings, with whether there is a view."""
    return [
        [
            {"text": each.party, "href": reverse("woo:hearing", args=[each.code])},
            day(each.asked_on),
            day(each.due_on),
            {"text": (view := view_status(each, today))["label"], **_sign(view)},
        ]
        for each in hearings
    ]


def view_status(row: Hearing, today: date) -> dict[str, str]:
    """Whether a view was given, and what it says."""
    if row.viewed_on is not None:
        if row.objects_to_it and not row.answer:
            return {"label": _("objects, not answered"), "tone": "warning", "icon": ""}
        if row.objects_to_it:
            return {"label": _("objects, answered"), "tone": "info", "icon": ""}
        return {"label": _("no objection"), "tone": "positive", "icon": "check"}
    if today > row.due_on:
        return {"label": _("no view given"), "tone": "neutral", "icon": ""}
    return {"label": _("asked"), "tone": "info", "icon": "clock"}


def term_columns() -> list[dict[str, Any]]:
    """The columns of how a term comes about."""
    labels = (_("Step"), _("Article"), _("Days"), _("Term ends on"))
    return [{"label": label, "numeric": place == 2} for place, label in enumerate(labels)]


def term_rows(work: WorkList) -> list[list[Any]]:
    """How the day comes about on which the decision is due."""
    return [
        [say(each.what), each.article, str(each.days), day(each.ends_on)]
        for each in work.term.steps
    ]


def paper_columns() -> list[dict[str, Any]]:
    """The columns of the work list."""
    labels = (_("Document"), _("Date"), _("Judgement"), _("Grounds"), _("Passages that stay out"))
    return [{"label": label, "numeric": place == 4} for place, label in enumerate(labels)]


def paper_rows(rows: Iterable[RequestedPaper]) -> list[list[Any]]:
    """The papers of a request."""
    return [_paper_row(row, found_paper(row)) for row in rows]


def _paper_row(row: RequestedPaper, paper: FoundPaper) -> list[Any]:
    judged = judgement_status(paper)
    waiting = len(paper.claims)
    note = ngettext("%(number)s claim open", "%(number)s claims open", waiting)
    return [
        {
            "text": f"{paper.number}. {paper.title}",
            "href": reverse("woo:paper", args=[row.code]),
            "note": note % {"number": waiting} if waiting else "",
        },
        day(paper.dated) if paper.dated else "–",
        {"text": judged["label"], **_sign(judged)},
        ", ".join(mark_of(each) for each in paper.grounds) or "–",
        str(len(paper.withheld)),
    ]


def judgement_status(paper: FoundPaper) -> dict[str, str]:
    """What is judged of a paper, in a word with a sign."""
    if not paper.judgement:
        return {"label": _("not judged yet"), "tone": "neutral", "icon": ""}
    label = say(JUDGEMENTS[paper.judgement])
    if paper.published_on:
        return {"label": _("made public"), "tone": "positive", "icon": "check"}
    if paper.judgement in COMES_OUT:
        tone = "warning" if paper.judgement == "partly" else "positive"
        return {"label": label, "tone": tone, "icon": "lock" if paper.withheld else "check"}
    if paper.judgement == "withhold":
        return {"label": label, "tone": "warning", "icon": "lock"}
    return {"label": label, "tone": "neutral", "icon": ""}


def inventory_columns() -> list[dict[str, Any]]:
    """The columns of the frozen lists."""
    labels = (_("List"), _("Frozen on"), _("Frozen by"), _("Decision"), _("Seal"))
    return [{"label": label} for label in labels]


def inventory_table(rows: Iterable[Inventory]) -> list[list[Any]]:
    """The frozen lists of a part."""
    return [
        [
            {
                "text": _("List %(number)s") % {"number": each.number},
                "href": reverse("woo:inventory", args=[each.code]),
            },
            day(each.frozen_at),
            each.frozen_by.name,
            {"text": (told := outcome_status(each))["label"], **_sign(told)},
            each.sha256[:16],
        ]
        for each in rows
    ]


def outcome_status(row: Inventory) -> dict[str, str]:
    """What was decided on a list."""
    if row.outcome == "decided":
        told = _("decided on %(day)s") % {"day": day(row.outcome_on)}
        return {"label": told, "tone": "positive", "icon": "check"}
    if row.outcome == "sent_back":
        return {"label": _("sent back"), "tone": "neutral", "icon": ""}
    return {"label": _("waits for a decision"), "tone": "warning", "icon": "scale"}


def ground_label(ground: str) -> str:
    """A ground with its mark, as on the judgement of a passage."""
    return f"[{mark_of(ground)}] {say(ALL_GROUNDS[ground].label)}"


def pieces_of(text: str, outcome: Redacted) -> list[dict[str, str]]:
    """A text in pieces; those that stay out carry the mark that stands in their place."""
    pieces: list[dict[str, str]] = []
    after = 0
    for each in outcome.taken:
        pieces.append({"text": text[after : each.start], "mark": ""})
        pieces.append({"text": text[each.start : each.end], "mark": each.mark})
        after = each.end
    return [*pieces, {"text": text[after:], "mark": ""}]
