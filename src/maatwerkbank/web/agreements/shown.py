# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts, terms and changes in words of the page.

Takes     stored drafts, terms and amendments.
Gives     lines for tables and paragraphs: what lacks and who can give it, what is stale, which
          points are answered, what differs.
Leaves    which rows somebody sees to `people/access.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.dossier.agreement import amendments as pure
from maatwerkbank.dossier.agreement.comparison import FigureDifference, difference, in_figures
from maatwerkbank.dossier.agreement.covenant_points import answers
from maatwerkbank.dossier.agreement.drafting import Draft as Text_
from maatwerkbank.dossier.agreement.drafting import Stale, articles, lacks, stale
from maatwerkbank.dossier.agreement.library import Clause, fields, library
from maatwerkbank.dossier.agreement.order import ORDER
from maatwerkbank.dossier.agreement.terms import CLAUSE, FIELD, label_of, own_mark
from maatwerkbank.dossier.agreement.values import value_in_words
from maatwerkbank.letter.numbers import stated
from maatwerkbank.web.agreements.models import Amendment, Draft, TermsVersion
from maatwerkbank.web.agreements.sources import findings_on_run, values_of
from maatwerkbank.web.agreements.stored import amendment_of, text_of
from maatwerkbank.web.templatetags.words import day, page_language, role, say


def text_page(draft: Draft, *, may_draft: bool) -> dict[str, Any]:
    """Everything that the page of a text shows."""
    text = text_of(draft)
    missing = [name for name in text.fields if name not in text.values and name in fields()]
    outdated = stale(text, values_of(draft.dossier, text.library)) if may_draft else ()
    wrong = [each for each in lacks(text) if each.code != "draft.field-lacks"]
    return {
        "articles": articles_of(text),
        "missing": [_missing(draft, name) for name in missing],
        "values": [_value(draft, text, name) for name in text.fields if name in text.values],
        "stale": [_stale(each) for each in outdated],
        "wrong": wrong,
        "on_run": findings_on_run(draft.dossier, text.library, text.fields) if may_draft else (),
        "points": _points(text),
        "complete": not missing and not wrong,
    }


def articles_of(text: Text_) -> list[dict[str, Any]]:
    """The articles of a text, each with whether it is the library's, or words of the parties."""
    return [
        {
            "number": each.number,
            "id": each.clause,
            "heading": each.heading,
            "paragraphs": each.paragraphs,
            "own": say(own_mark(clause, text.library)),
        }
        for each, clause in zip(articles(text, page_language()), text.clauses, strict=True)
    ]


def _missing(draft: Draft, name: str) -> dict[str, str]:
    known = fields()[name]
    return {
        "label": say(known.label),
        "who": ", ".join(role(each) for each in known.given_by),
        "href": _fill(draft, name),
    }


def _value(draft: Draft, text: Text_, name: str) -> dict[str, str]:
    known, given = fields()[name], text.values[name]
    return {
        "label": say(known.label),
        "value": value_in_words(known.kind, given.value, page_language()),
        "origin": say(given.said_by),
        "taken_on": day(given.taken_on),
        "href": _fill(draft, name),
    }


def _fill(draft: Draft, name: str) -> str:
    return reverse("agreements:fill", args=[draft.dossier.code, draft.code, name])


def _stale(each: Stale) -> dict[str, str]:
    known = fields()[each.field]
    now = _("the dossier no longer says this")
    if each.now is not None:
        now = _with_run(value_in_words(known.kind, each.now, page_language()), each.now_run)
    return {
        "name": each.field,
        "label": say(known.label),
        "was": _with_run(value_in_words(known.kind, each.was, page_language()), each.was_run),
        "now": now,
        "gone": "gone" if each.now is None else "",
    }


def _with_run(value: str, receipt: str) -> str:
    if not receipt:
        return value
    return _("%(value)s (run %(receipt)s)") % {"value": value, "receipt": receipt}


def _points(text: Text_) -> list[dict[str, Any]]:
    numbers = {clause.id: number for number, clause in enumerate(text.clauses, 1)}
    return [
        {
            "number": each.point.number,
            "label": say(each.point.label),
            "articles": ", ".join(str(numbers[key]) for key in (*each.clauses, *each.incomplete)),
            "answered": each.answered,
            "incomplete": bool(each.incomplete),
            "source": each.point.source,
        }
        for each in answers(text)
    ]


# ── differences ───────────────────────────────────────────────────────────────────────────────


def figures_between(before: Text_, after: Text_) -> list[dict[str, Any]]:
    """Every field that differs, for `components/differences.html`."""
    return [_figure(each) for each in in_figures(before, after)]


def _figure(each: FigureDifference) -> dict[str, Any]:
    before, after = _told(each.field.kind, each.before), _told(each.field.kind, each.after)
    kind = "changed" if before and after else "added" if after else "removed"
    return {
        "field": say(each.field.label),
        "before": before,
        "after": after,
        "kind": kind,
        "change": _change(each),
    }


def _change(each: FigureDifference) -> str:
    if each.difference is None or each.unit is None:
        return ""
    sign = "+" if each.difference > 0 else ""
    return f"{sign}{stated(each.difference, page_language())} {say(each.unit)}"


def _told(kind: str, value: Any) -> str | None:
    return None if value is None else value_in_words(kind, value, page_language())


def changes_of(amendment: Amendment, terms: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an amendment would change in these terms, each with its reason."""
    shelf = library(amendment.agreement.library)
    stored = amendment_of(amendment)
    told = {each.path: each for each in pure.differences(terms, stored)}
    known = {**pure.applied(terms, stored.changes), **terms}
    return [
        {
            **term_difference(each.path, each.before, each.after, shelf, known),
            "reason": each.reason,
            "kind_of_change": say(pure.CHANGE_KINDS[each.kind]),
            "path": each.path,
        }
        for each in told.values()
    ]


def term_difference(
    path: str, before: Any, after: Any, shelf: Any, terms: Mapping[str, Any]
) -> dict[str, Any]:
    """One path before and after, for `components/differences.html`."""
    label = say(label_of(path, terms, shelf))
    name = path.removeprefix(FIELD)
    if path.startswith(FIELD) and name in fields():
        return {**_figure(difference(fields()[name], before, after)), "field": label}
    was, now = (term_in_words(path, value, terms) for value in (before, after))
    kind = "changed" if was and now else "added" if now else "removed"
    return {"field": label, "before": was, "after": now, "kind": kind, "change": ""}


def term_in_words(path: str, value: Any, terms: Mapping[str, Any]) -> str | None:
    """The value of a path as a reader knows it; None where there is none."""
    if value is None:
        return None
    if path == ORDER:
        there = [terms[f"{CLAUSE}{key}"] for key in value if f"{CLAUSE}{key}" in terms]
        headings = [say(Clause.from_json(each).heading) for each in there]
        return "\n".join(f"{number}. {each}" for number, each in enumerate(headings, 1))
    if path.startswith(CLAUSE):
        clause = Clause.from_json(value)
        return say(clause.text)
    name = path.removeprefix(FIELD)
    return value_in_words(fields()[name].kind, value, page_language())


def between_versions(before: TermsVersion, after: TermsVersion) -> list[dict[str, Any]]:
    """What one decision changed, each with its reason."""
    shelf = library(after.agreement.library)
    paths = _in_order({**before.terms, **after.terms}, shelf)
    return [
        {
            **term_difference(
                path,
                before.terms.get(path),
                after.terms.get(path),
                shelf,
                {**after.terms, **before.terms},
            ),
            "reason": after.reasons.get(path, ""),
        }
        for path in paths
        if before.terms.get(path) != after.terms.get(path)
    ]


def paths_of(version: TermsVersion) -> list[tuple[str, str]]:
    """Every part of the terms with its label, in the order of the text."""
    shelf = library(version.agreement.library)
    return [
        (path, say(label_of(path, version.terms, shelf)))
        for path in _in_order(version.terms, shelf)
    ]


def _in_order(terms: Iterable[str], shelf: Any) -> list[str]:
    """The database keeps no order of keys: fields as the register has them, then clauses."""
    order = [f"{FIELD}{name}" for name in fields()] + [f"{CLAUSE}{key}" for key in shelf.clauses]
    place = {path: number for number, path in enumerate(order)}
    return sorted(terms, key=lambda path: (place.get(path, len(order)), path))
