# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Conditions of schemes and frameworks in words: what is asked, what is here, what is in the way.

Takes     an offer or a verdict, a support assessment, a language.
Gives     both sides of a condition, the first reason in one line, the table of all reasons.
Leaves    what the parts are called to `support_labels`, amounts and outcomes to `support_tables`.
"""

import math
import re
from collections.abc import Iterator
from datetime import date

from maatwerkbank.ground.language import Language, Text, say
from maatwerkbank.letter.blocks import Column, Link, Phrase, Row, Strong, Table, phrase
from maatwerkbank.letter.names import unit_label
from maatwerkbank.letter.numbers import (
    SPACE,
    day,
    euros,
    euros_per_tonne,
    ratio,
    stated,
    tonnes,
)
from maatwerkbank.letter.support_labels import (
    DASH,
    category_label,
    days_in_words,
    framework_name,
    project_name,
    source_label,
    value_label,
)
from maatwerkbank.letter.words import capitalised, has_word, word
from maatwerkbank.rules.instrument import Condition, Lacking, Offer
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.ladder import Rung
from maatwerkbank.support.state_aid import Verdict

_FIRST_CALENDAR_YEAR = 1900  # a figure in years from here on is a year, below it a duration
Judge = Offer | Verdict


# ── what a condition says ─────────────────────────────────────────────────────────────────────


def asked(condition: Condition, language: Language) -> str:
    """What a condition asks, with how it compares: "ten minste € 125 mln".

    A condition that something is so or is not says so itself: yes and no are left out, since "no"
    beside a sentence reads as its reverse.
    """
    value, relation = condition.asked, condition.relation
    if isinstance(value, bool):
        return DASH
    if value is None:
        return DASH if relation == "is" else word("asked.unknown", language)
    if isinstance(value, date) and relation == "at_least":
        relation = "from"
    shown = _side(value, condition, language)
    return word(f"asked.{relation}", language, value=shown)


def found_here(condition: Condition, language: Language) -> str:
    """What the case has on the other side of a condition."""
    if condition.found is None:
        return word("not_stated", language)
    if isinstance(condition.found, bool):
        return DASH
    return _side(condition.found, condition, language)


def _side(value: object, condition: Condition, language: Language) -> str:
    if isinstance(value, date):
        return day(value.isoformat(), language).replace(" ", SPACE)
    if isinstance(value, int | float):
        counted = any(type(side) is int for side in (condition.asked, condition.found))
        unit = "" if counted and condition.unit == "1" else condition.unit
        return amount(float(value), unit, language)
    return _in_words(say(value, language) if isinstance(value, Text) else str(value), language)


_SIGNS = {"> 0": "asked.above_zero", "< 0": "asked.below_zero", "open": "asked.open"}


def _in_words(text: str, language: Language) -> str:
    """A word of the schemes in the language; what is no such word, as it stands."""
    if text in _SIGNS:
        return word(_SIGNS[text], language)
    parts = text.split(", ")
    if all(has_word(f"technique.{part}") for part in parts):
        return ", ".join(word(f"technique.{part}", language) for part in parts)
    if all(re.fullmatch("[A-Z]", part) for part in parts):
        return word("asked.sections", language, value=text)
    return category_label(text, language) or text


def amount(value: float, unit: str, language: Language) -> str:
    """A figure in its unit, as a reader writes it."""
    if math.isinf(value):
        return word("asked.never" if unit == "year" else "asked.limitless", language)
    if unit in ("EUR", "EUR/t", "t", "t/year"):
        shown = {"EUR": euros, "EUR/t": euros_per_tonne}.get(unit, tonnes)
        return shown(value, language)
    if unit == "1":
        return ratio(value, language) if abs(value) <= 1 else stated(value, language)
    if unit == "year" and value >= _FIRST_CALENDAR_YEAR:
        return f"{value:.0f}"
    if unit == "year" and value == 1:
        return word("asked.one_year", language)
    if unit == "year":
        return word("asked.years", language, value=stated(round(value, 1), language))
    return f"{stated(value, language)}{SPACE}{unit_label(unit, language)}".strip()


def lacking_label(lacking: Lacking, language: Language) -> str:
    """What is lacking, by its name or else by the place where it is asked."""
    return value_label(lacking.name, language) or where_of(lacking, language)


def where_of(lacking: Lacking, language: Language) -> str:
    """Where to read or to ask what is lacking."""
    return days_in_words(without_stop(lacking.where.into(language)), language)


# ── anchors ───────────────────────────────────────────────────────────────────────────────────


def conditions_anchor(*names: str) -> str:
    """Where the conditions of a scheme or framework for a project stand."""
    return "conditions-" + re.sub(r"[^a-z0-9]+", "-", "-".join(names).lower()).strip("-")


def rules_out_technique(offer: Offer) -> bool:
    """Whether a scheme is not there for what the project does at all."""
    return any(
        isinstance(each.found, str) and has_word(f"technique.{each.found}")
        for each in offer.refused
    )


def told_condition(condition: Condition, language: Language) -> str:
    """A condition in one line, with what is asked and what is here where that tells more."""
    told = without_stop(condition.says.into(language))
    sides = (condition.asked, condition.found)
    if any(side is None or isinstance(side, bool) for side in sides):
        return told
    both = word(
        "ladder.asked_found",
        language,
        asked=asked(condition, language),
        found=found_here(condition, language),
    )
    return f"{told} ({both})"


def first_reason(judge: Judge, language: Language) -> str:
    """The first thing in the way, or the first that is open or lacking."""
    if judge.refused:
        told = told_condition(judge.refused[0], language)
        return f"{capitalised(word('outcome.not_met', language))}: {told}"
    still_open = capitalised(word("outcome.open", language))
    if judge.open_questions:
        return f"{still_open}: {without_stop(judge.open_questions[0].says.into(language))}"
    if judge.lacks:
        lacking = capitalised(word("outcome.lacking", language))
        return f"{lacking}: {lacking_label(judge.lacks[0], language)}"
    return DASH


def reasons(judge: Judge, anchor: str, language: Language) -> Phrase:
    """The first reason, and the way to all of them."""
    unknown = len(judge.open_questions) + len(judge.lacks)
    count = len(judge.refused) or unknown
    if not count:
        return (DASH,)
    return phrase(first_reason(judge, language), *_more(count - 1, anchor, language))


def _more(count: int, anchor: str, language: Language) -> Phrase:
    key = "ladder.more" if count else "ladder.all_conditions"
    told = word(key, language, count=count) if count else word(key, language)
    return ((" " if count else "; "), Link(told, f"#{anchor}"))


def without_stop(sentence: str) -> str:
    """A sentence as it stands in a cell."""
    return sentence.removesuffix(".")


# ── conditions ────────────────────────────────────────────────────────────────────────────────


def schemes_of(found: SupportAssessment) -> Iterator[Rung]:
    """Every scheme with conditions: generic, tailor-made where it is needed, foreign."""
    yield from found.ladder.rungs
    if found.grant != (0.0, None):
        yield from found.ladder.tailor_made
    yield from found.ladder.foreign


def conditions_table(found: SupportAssessment, language: Language) -> Table | None:
    """What stands in the way of each scheme and framework, or is still open; None if nothing."""
    rows: list[Row] = []
    for rung in schemes_of(found):
        named = word(f"scheme.{rung.scheme}", language)
        anchor = conditions_anchor(rung.scheme, rung.project)
        rows += _group(found, rung.offer, named, rung.project, anchor, language)
    for project, verdicts in found.stacking.verdicts.items():
        for verdict in verdicts:
            named = framework_name(verdict, language)
            anchor = conditions_anchor(verdict.framework, verdict.section, project)
            rows += _group(found, verdict, named, project, anchor, language)
    if not rows:
        return None
    return Table(
        word("table.support_conditions", language),
        (
            Column(word("column.condition", language), share=2.6),
            Column(word("column.met", language), share=0.8),
            Column(word("column.asked", language), share=1.2),
            Column(word("column.found", language), share=1.1),
            Column(word("column.article", language), share=1.5),
        ),
        tuple(rows),
    )


def _group(
    found: SupportAssessment,
    judge: Judge,
    named: str,
    project: str,
    anchor: str,
    language: Language,
) -> list[Row]:
    """A heading row and a row for each point; nothing where nothing is in the way or open."""
    standing = judge.refused or judge.open_questions
    lacks = () if judge.refused else judge.lacks
    if not standing and not lacks:
        return []
    several = len(found.case.projects) > 1
    title = f"{named}: {project_name(found, project, language)}" if several else named
    outcome = Strong(word(f"outcome.{judge.outcome}", language))
    head = Row(((Strong(title),), (outcome,), ("",), ("",), ("",)), anchor=anchor, style="group")
    return [
        head,
        *(_condition_row(condition, language) for condition in standing),
        *_lacking_rows(lacks, language),
    ]


def _condition_row(condition: Condition, language: Language) -> Row:
    met = {True: "met", False: "not_met", None: "open"}[condition.met]
    return Row(
        (
            (without_stop(condition.says.into(language)),),
            (word(f"outcome.{met}", language),),
            (asked(condition, language),),
            (found_here(condition, language),),
            (source_label(condition.source, language),),
        )
    )


def _lacking_rows(lacks: tuple[Lacking, ...], language: Language) -> list[Row]:
    """What is lacking, taken together where it can be read or asked at one place."""
    by_place: dict[str, list[str]] = {}
    for lacking in lacks:
        label = value_label(lacking.name, language)
        by_place.setdefault(where_of(lacking, language), []).extend([label] if label else [])
    return [
        Row(
            (
                (capitalised(f"{'; '.join(names)}: {where}" if names else where),),
                (word("outcome.lacking", language),),
                (DASH,),
                (DASH,),
                (DASH,),
            )
        )
        for where, names in by_place.items()
    ]
