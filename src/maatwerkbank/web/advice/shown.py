# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advices, reviews and positions as pages show them: states with a tone, facts, rows of tables.

Takes     rows and their judgements.
Gives     what the components of the page take.
Leaves    who reads what to the views: before an advice is given only its advisers read it.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.dossier.advice import positions, reviews
from maatwerkbank.dossier.advice.bodies import body, criteria
from maatwerkbank.dossier.agreement.comparison import pieces
from maatwerkbank.web.advice.models import (
    Advice,
    ClauseChange,
    Item,
    PublicAdvice,
    Recommendation,
    Review,
)
from maatwerkbank.web.advice.stored import as_advice, as_finding, as_item, as_review
from maatwerkbank.web.advice.text_changes import as_change, version_name
from maatwerkbank.web.templatetags.words import day, in_language, page_language, say

TONES = {
    "asked": "info",
    "in_treatment": "info",
    "given": "warning",
    "answered": "positive",
    "published": "positive",
}
VERDICT_TONES = {
    "positive": "positive",
    "positive_with_conditions": "warning",
    "negative": "negative",
    "none": "neutral",
}
OUTCOME_TONES = {"adopted": "positive", "partly": "warning", "not_adopted": "negative"}
SEVERITY_TONES = {"blocking": "negative", "major": "warning", "minor": "info", "note": "neutral"}
STANCE_TONES = {
    "agree": "positive",
    "agree_with_remark": "info",
    "object": "negative",
    "abstain": "neutral",
}


def status(label: str, tone: str) -> dict[str, str]:
    """A state in a word and a sign."""
    return {"label": label, "tone": tone, "icon": ""}


def verdict(identity: str) -> dict[str, str]:
    """A verdict as a state."""
    return status(say(pure.VERDICTS[identity]), VERDICT_TONES[identity])


# ── advice ────────────────────────────────────────────────────────────────────────────────────


def advice_card(row: Advice, on: date, *, firm: bool = False) -> dict[str, Any]:
    """An advice among others; `row` with all that belongs to it."""
    judged = pure.judge(as_advice(row), on)
    facts = [{"label": _("Asked on"), "value": day(row.asked_on)}]
    if row.given_on:
        facts.append({"label": _("Given on"), "value": day(row.given_on)})
    elif row.due_on:
        facts.append({"label": _("Due on"), "value": day(row.due_on)})
    return {
        "kicker": row.dossier.company.name if firm else say(body(row.body).label),
        "heading": row.subject,
        "href": reverse("advice:advice", args=[row.code]),
        "status": _state(judged),
        "facts": facts,
    }


def public_advice(row: PublicAdvice) -> dict[str, Any]:
    """An advice as a public source tells of it; what the source leaves out is said to be so."""
    asked = day(row.asked) if row.asked else _("not public; known on %s") % day(row.known_by)
    given = day(row.given) if row.given else _("not known on %s") % day(row.known_by)
    facts = [
        {"label": _("Who advises"), "value": say(body(row.body).label)},
        {"label": _("Asked on"), "value": asked},
        {"label": _("Given on"), "value": given},
    ]
    if row.given:
        told = say(pure.VERDICTS[row.verdict]) if row.verdict else _("not public")
        facts.append({"label": _("Verdict"), "value": told})
    return {
        "row": row,
        "heading": in_language(row, "subject"),
        "facts": facts,
        "points": [
            {
                "criterion": say(criteria()[each.criterion]) if each.criterion else "",
                "words": getattr(each, page_language()),
                "source": each.source,
            }
            for each in row.points.all()
        ],
    }


def _state(judged: pure.Judgement) -> dict[str, str]:
    if judged.overdue_days:
        late = ngettext("%(n)s day late", "%(n)s days late", judged.overdue_days)
        return status(late % {"n": judged.overdue_days}, "negative")
    return status(say(pure.STATES[judged.state]), TONES[judged.state])


def advice_facts(row: Advice, judged: pure.Judgement, *, reads: bool) -> list[dict[str, Any]]:
    """What the head of the page of an advice says."""
    facts: list[dict[str, Any]] = [{"label": _("Asked on"), "value": day(row.asked_on)}]
    if row.due_on:
        facts.append({"label": _("Due on"), "value": day(row.due_on)})
    if row.given_on:
        facts.append({"label": _("Given on"), "value": day(row.given_on)})
    if reads and row.verdict:
        facts.append({"label": _("Verdict"), "value": say(pure.VERDICTS[row.verdict])})
    if row.answered_on:
        facts.append({"label": _("Answered on"), "value": day(row.answered_on)})
    return facts


def advice_statuses(judged: pure.Judgement) -> list[dict[str, str]]:
    """The state, and whether it is late."""
    return [_state(judged)]


def lacks(judged: pure.Judgement) -> list[dict[str, Any]]:
    """What the next step lacks, with the roles that can give it."""
    return [{"what": say(each.what), "roles": each.given_by} for each in judged.lacks]


def criterion_rows(row: Advice) -> list[dict[str, Any]]:
    """Per criterion what was found, in the order of the body."""
    return [
        {
            "label": say(criteria()[each.criterion]),
            "words": each.words,
            "verdict": verdict(each.verdict) if each.verdict else None,
        }
        for each in row.findings.all()
    ]


def recommendation(row: Recommendation, *, answered: bool) -> dict[str, Any]:
    """A recommendation with its answer, once that is on record."""
    response = getattr(row, "response", None) if answered else None
    changes = list(response.changes.all()) if response else []
    return {
        "row": row,
        "response": response,
        "outcome": status(say(pure.OUTCOMES[response.outcome]), OUTCOME_TONES[response.outcome])
        if response
        else None,
        "typed": [_difference(each) for each in changes if not each.library],
        "from_texts": [_text_difference(each) for each in changes if each.library],
    }


def _text_difference(change: ClauseChange) -> dict[str, Any]:
    """A clause in two versions of a text, word by word."""
    told = as_change(change)
    before = version_name(change.library, change.before_number or 0)
    after = version_name(change.library, change.after_number or 0)
    kind = "changed" if change.before and change.after else "added" if change.after else "removed"
    return {
        "name": say(told.name),
        "versions": _("From %(before)s to %(after)s")
        % {"before": say(before), "after": say(after)},
        "kind": kind,
        "pieces": pieces(say(told.before), say(told.after)),
    }


def _difference(change: Any) -> dict[str, Any]:
    kind = "changed" if change.before and change.after else "added" if change.after else "removed"
    return {
        "field": _("Clause %(clause)s") % {"clause": change.clause},
        "before": change.before or None,
        "after": change.after or None,
        "kind": kind,
    }


# ── reviews ───────────────────────────────────────────────────────────────────────────────────


def review_card(row: Review, on: date) -> dict[str, Any]:
    """A review among others, with what of it is open."""
    judged = as_review(row)
    still_open = len(reviews.open_findings([judged]))
    blocking = len(reviews.blocking_open([judged]))
    if judged.is_late(on):
        state = status(_("late"), "negative")
    elif judged.reported_on is None:
        state = status(_("being done"), "info")
    elif blocking:
        state = status(_("blocked"), "negative")
    elif still_open:
        state = status(_("open findings"), "warning")
    else:
        state = status(_("closed"), "positive")
    facts = [
        {"label": _("Findings"), "value": str(len(judged.findings))},
        {"label": _("Open"), "value": str(still_open)},
        {"label": _("Blocking"), "value": str(blocking)},
    ]
    return {
        "kicker": say(reviews.KINDS[row.kind]),
        "heading": row.reviewer,
        "href": reverse("advice:review", args=[row.code]),
        "status": state,
        "text": row.what,
        "facts": facts,
    }


def finding_row(row: Any) -> dict[str, Any]:
    """A finding with its states."""
    state = as_finding(row).state
    return {
        "row": row,
        "severity": status(say(reviews.SEVERITIES[row.severity]), SEVERITY_TONES[row.severity]),
        "state": state,
        "state_label": say(reviews.STATES[state]),
    }


# ── positions ─────────────────────────────────────────────────────────────────────────────────


def item_card(row: Item, on: date) -> dict[str, Any]:
    """An item among others: who objects, who was silent."""
    judged = as_item(row)
    dissent, silent = len(judged.dissent()), len(judged.silent())
    if judged.is_late(on):
        state = status(_("late"), "negative")
    elif dissent:
        state = status(_("objection"), "negative")
    elif silent:
        state = status(_("waits for answers"), "info")
    else:
        state = status(_("all have answered"), "positive")
    return {
        "kicker": say(positions.FORUMS[row.forum]),
        "heading": row.subject,
        "href": reverse("advice:item", args=[row.code]),
        "status": state,
        "facts": [
            {"label": _("Put on"), "value": day(row.put_on)},
            {"label": _("Asked"), "value": str(len(judged.parties))},
            {"label": _("Objections"), "value": str(dissent)},
            {"label": _("Not answered"), "value": str(silent)},
        ],
    }


def party_rows(row: Item) -> list[dict[str, Any]]:
    """Per party the position that counts, and those before it."""
    shown = []
    for party in row.parties.all():
        taken = [
            {
                "row": each,
                "stance": status(say(positions.STANCES[each.stance]), STANCE_TONES[each.stance]),
            }
            for each in party.positions.all()
        ]
        shown.append(
            {"party": party, "last": taken[-1] if taken else None, "earlier": taken[-2::-1]}
        )
    return shown
