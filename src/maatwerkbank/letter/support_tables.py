# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemes, frameworks and awards as tables: outcome, amount, and what stands in the way.

Takes     a support assessment and a language.
Gives     the ladder, the open and unmet conditions behind it, unverified values, State aid, awards.
Leaves    the sentences around them to `support_report`, figures of the case to `origins`.
"""

import math
import re
from collections.abc import Iterable
from datetime import date

from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Language, Text, say
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import (
    Code,
    Column,
    Link,
    Phrase,
    Piece,
    Row,
    Strong,
    Table,
    joined,
    phrase,
)
from maatwerkbank.letter.names import parameter_label, unit_label
from maatwerkbank.letter.numbers import (
    SPACE,
    day,
    euros,
    euros_per_tonne,
    judged,
    ratio,
    stated,
    tonnes,
)
from maatwerkbank.letter.words import capitalised, has_word, word
from maatwerkbank.parameters.files import parameter_names
from maatwerkbank.rules.instrument import Condition, Lacking, Offer, Rest
from maatwerkbank.sources.register import Seen
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.awards import Award, known_awards
from maatwerkbank.support.ladder import Ladder, Rung
from maatwerkbank.support.state_aid import Route, Verdict

DASH = "\N{EN DASH}"
_DOUBTFUL = (Seen.PRESS, Seen.UNVERIFIED)
_FIRST_CALENDAR_YEAR = 1900  # a figure in years from here on is a year, below it a duration
_HALF_A_EURO = 0.5
Judge = Offer | Verdict


# ── what a condition says ─────────────────────────────────────────────────────────────────────


def asked(condition: Condition, language: Language) -> str:
    """What a condition asks, with how it compares: "ten minste € 125 mln"."""
    value, relation = condition.asked, condition.relation
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
    return _side(condition.found, condition, language)


def _side(value: object, condition: Condition, language: Language) -> str:
    if isinstance(value, bool):
        return word("answer.yes" if value else "answer.no", language)
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
    return text


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
    if unit == "year":
        return word("asked.years", language, value=stated(round(value, 1), language))
    return f"{stated(value, language)}{SPACE}{unit_label(unit, language)}".strip()


def name_of(lacking: str, language: Language) -> Piece:
    """What is lacking by name: the label of a parameter, else the name as a program spells it."""
    return parameter_label(lacking, language) if lacking in parameter_names() else Code(lacking)


def project_name(found: SupportAssessment, identity: str, language: Language) -> str:
    """The name of a project of the case."""
    names = {project.id: project.name.into(language) for project in found.case.projects}
    return names[identity]


# ── anchors ───────────────────────────────────────────────────────────────────────────────────


def conditions_anchor(*names: str) -> str:
    """Where the conditions of a scheme or framework for a project stand."""
    return "conditions-" + re.sub(r"[^a-z0-9]+", "-", "-".join(names).lower()).strip("-")


# ── the ladder ────────────────────────────────────────────────────────────────────────────────


def ladder_table(found: SupportAssessment, language: Language) -> Table:
    """Every scheme for every project in order, from the gap to the grant that closes it."""
    rungs = found.ladder.rungs
    gap = Row(
        _cells(found, (word("ladder.gap_row", language),), None, (), found.gap, (), language),
        style="total",
    )
    grant_known = found.grant != (None, None)
    needed = grant_known and found.grant != (0.0, None)
    last = Row(
        (
            (word("scheme.maatwerksubsidie", language),),
            *_project_cell(found, None, language),
            (DASH,),
            (judged("_eur", found.grant, language),),
            (judged("_eur", (0.0, None), language) if grant_known else DASH,),
            (word("ladder.closes", language) if needed else DASH,),
        ),
        style="total",
    )
    rows = (_rung_row(found, rung, n, language) for n, rung in enumerate(rungs))
    return Table(
        word("table.ladder", language),
        (
            Column(word("column.scheme", language), share=1.5),
            *([Column(word("column.project", language))] if _several(found) else []),
            Column(word("column.outcome", language), share=0.9),
            Column(word("column.amount", language), "number", 1.1),
            Column(word("column.left", language), "number", 1.1),
            Column(word("column.why", language), share=2.8),
        ),
        (gap, *rows, last),
    )


def _cells(
    found: SupportAssessment,
    first: Phrase,
    project: str | None,
    outcome: Phrase,
    left: tuple[float | None, dict[str, float] | None],
    why: Phrase,
    language: Language,
) -> tuple[Phrase, ...]:
    return (
        first,
        *_project_cell(found, project, language),
        outcome or (DASH,),
        (DASH,),
        (judged("_eur", left, language),),
        why or (DASH,),
    )


def _several(found: SupportAssessment) -> bool:
    return len(found.case.projects) > 1


def _project_cell(
    found: SupportAssessment, project: str | None, language: Language
) -> tuple[Phrase, ...]:
    """The cell of the project, where a case has more than one."""
    if not _several(found):
        return ()
    return ((project_name(found, project, language) if project else DASH,),)


def _rung_row(found: SupportAssessment, rung: Rung, number: int, language: Language) -> Row:
    def left(ladder: Ladder) -> float:
        npv = ladder.rungs[number].npv_eur
        return npv if math.isnan(npv) else max(0.0, -npv)

    return Row(
        (
            (word(f"scheme.{rung.scheme}", language),),
            *_project_cell(found, rung.project, language),
            (outcome_of(rung, language),),
            (_paid(rung, language),),
            (judged("_eur", found.judged(left), language) if rung.counted else DASH,),
            why(rung, language),
        )
    )


def outcome_of(rung: Rung, language: Language) -> str:
    """Fits, does not fit, cannot be judged yet; or fits and goes not together with another."""
    return word("outcome.excluded" if rung.excluded else f"outcome.{rung.offer.outcome}", language)


def _paid(rung: Rung, language: Language) -> str:
    """What it pays in all; of a scheme that cannot be judged yet, what it would pay."""
    if rung.amount_eur is None or rung.offer.outcome == "refused":
        return DASH
    shown = euros(rung.amount_eur, language)
    if rung.offer.outcome == "fits":
        return shown
    return word("ladder.if_it_fits", language, amount=shown)


def why(rung: Rung, language: Language) -> Phrase:
    """The reason in one line, with the way to all reasons and to unverified values."""
    offer = rung.offer
    told: list[Phrase] = []
    if rung.excluded:
        told.append((rung.excluded.says.into(language),))
    elif offer.outcome == "fits":
        told += _terms(rung, language)
    else:
        told.append(_first_reason(offer, conditions_anchor(rung.scheme, rung.project), language))
    if offer.outcome == "refused" and offer.instead:
        named = word(f"scheme.{offer.instead}", language)
        told.append((word("ladder.instead", language, scheme=named),))
    doubtful = sum(rest.citation.seen in _DOUBTFUL for rest in offer.rests_on)
    if doubtful and offer.outcome != "refused":
        key = "ladder.doubtful_one" if doubtful == 1 else "ladder.doubtful"
        told.append((Link(word(key, language, count=doubtful), "#support-values"),))
    return _begun(joined(told, "; ")) if told else (DASH,)


def _begun(text: Phrase) -> Phrase:
    """The phrase with a capital at its start."""
    first, *rest = text
    return (capitalised(first) if isinstance(first, str) else first, *rest)


def _terms(rung: Rung, language: Language) -> list[Phrase]:
    """Round, commitment and rank of a scheme that fits."""
    offer = rung.offer
    told: list[Phrase] = []
    if offer.round:
        told.append((word("ladder.round", language, round=offer.round.id),))
    if offer.maximum_eur is not None:
        most = euros(offer.maximum_eur, language)
        told.append((word("ladder.maximum", language, amount=most),))
    if offer.ranking_eur_per_t is not None:
        rank = euros_per_tonne(offer.ranking_eur_per_t, language)
        told.append((word("ladder.ranking", language, amount=rank),))
    if rung.amount_eur is None:
        told.append((word("ladder.no_amount", language),))
    elif rung.counted and abs(rung.amount_eur) < _HALF_A_EURO:
        told.append((word("ladder.only_timing", language),))
    return told


def _first_reason(judge: Judge, anchor: str, language: Language) -> Phrase:
    """The first thing in the way, or the first that is open or lacking, and how many more."""
    if judge.refused:
        first = judge.refused[0]
        told = _without_stop(first.says.into(language))
        both = word(
            "ladder.asked_found",
            language,
            asked=asked(first, language),
            found=found_here(first, language),
        )
        sides = (first.asked, first.found)
        telling = not any(side is None or isinstance(side, bool) for side in sides)
        lead = f"{capitalised(word('outcome.not_met', language))}: "
        return phrase(
            lead,
            f"{told} ({both})" if telling else told,
            *_more(len(judge.refused) - 1, anchor, language),
        )
    unknown = len(judge.open_questions) + len(judge.lacks)
    if judge.open_questions:
        first_told: Piece = _without_stop(judge.open_questions[0].says.into(language))
    elif judge.lacks:
        first_told = name_of(judge.lacks[0].name, language)
    else:
        return (DASH,)
    still_open = f"{capitalised(word('outcome.open', language))}: "
    return phrase(still_open, first_told, *_more(unknown - 1, anchor, language))


def _more(count: int, anchor: str, language: Language) -> Phrase:
    key = "ladder.more" if count else "ladder.all_conditions"
    told = word(key, language, count=count) if count else word(key, language)
    return ((" " if count else "; "), Link(told, f"#{anchor}"))


def _without_stop(sentence: str) -> str:
    return sentence.removesuffix(".")


# ── conditions ────────────────────────────────────────────────────────────────────────────────


def conditions_table(found: SupportAssessment, language: Language) -> Table | None:
    """What stands in the way of each scheme and framework, or is still open; None if nothing."""
    rows: list[Row] = []
    for rung in found.rungs():
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
            Column(word("column.asked", language), share=1.2),
            Column(word("column.found", language), share=1.1),
            Column(word("column.met", language), share=0.8),
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
    title = f"{named}: {project_name(found, project, language)}" if _several(found) else named
    outcome = Strong(word(f"outcome.{judge.outcome}", language))
    head = Row(((Strong(title),), ("",), ("",), (outcome,), ("",)), anchor=anchor, style="group")
    return [
        head,
        *(_condition_row(condition, language) for condition in standing),
        *_lacking_rows(lacks, language),
    ]


def _condition_row(condition: Condition, language: Language) -> Row:
    met = {True: "met", False: "not_met", None: "open"}[condition.met]
    return Row(
        (
            (_without_stop(condition.says.into(language)),),
            (asked(condition, language),),
            (found_here(condition, language),),
            (word(f"outcome.{met}", language),),
            (_place(condition.source, language),),
        )
    )


def _place(source: str, language: Language) -> str:
    """Where a condition stands; the opening of a round or framework in words."""
    match = re.fullmatch(r"(?:parameters/)?rounds/(\w+)(?:\.yaml)?", source)
    if match is None:
        return source
    of = "framework" if has_word(f"framework.{match[1]}") else "round"
    return word(f"conditions.term_of_{of}", language)


def _lacking_rows(lacks: tuple[Lacking, ...], language: Language) -> list[Row]:
    """What is lacking, taken together where it can be read or asked at one place."""
    by_place: dict[str, list[Phrase]] = {}
    for lacking in lacks:
        where = _without_stop(lacking.where.into(language))
        by_place.setdefault(where, []).append((name_of(lacking.name, language),))
    return [
        Row(
            (
                phrase(*joined(names, "; "), f": {where}"),
                (DASH,),
                (DASH,),
                (word("outcome.lacking", language),),
                (DASH,),
            )
        )
        for where, names in by_place.items()
    ]


# ── values that nobody verified ───────────────────────────────────────────────────────────────


def doubtful_values(found: SupportAssessment) -> tuple[Rest, ...]:
    """Values behind schemes and frameworks that are unverified or were only seen in the press."""
    return tuple(rest for rest in found.rests_on() if rest.citation.seen in _DOUBTFUL)


def values_table(found: SupportAssessment, language: Language) -> Table:
    """Each such value once, with who uses it and how it was seen."""
    rows = tuple(
        Row(
            (
                _value_name(rest, language),
                (DASH if rest.value is None else amount(rest.value, rest.unit, language),),
                (", ".join(_users(found, rest.name, language)),),
                (word(f"seen.{rest.citation.seen}", language),),
                origins.cited(rest.citation.source, rest.citation.place, found.base, language),
            )
        )
        for rest in doubtful_values(found)
    )
    return Table(
        word("table.support_values", language),
        (
            Column(word("column.assumption", language), share=1.7),
            Column(word("column.value", language), share=0.9),
            Column(word("column.used_by", language), share=1.1),
            Column(word("column.seen", language), share=0.8),
            Column(word("column.source", language), share=2),
        ),
        rows,
    )


def _value_name(rest: Rest, language: Language) -> Phrase:
    if rest.name in parameter_names():
        return (f"{parameter_label(rest.name, language)} ", Code(rest.name))
    return (Code(rest.name),)


def _users(found: SupportAssessment, name: str, language: Language) -> list[str]:
    """The schemes and frameworks that rest on a value, each once."""
    schemes = [
        word(f"scheme.{rung.scheme}", language)
        for rung in found.rungs()
        if any(rest.name == name for rest in rung.offer.rests_on)
    ]
    verdicts = (each for of in found.stacking.verdicts.values() for each in of)
    frameworks = [
        framework_name(verdict, language)
        for verdict in verdicts
        if any(rest.name == name for rest in verdict.rests_on)
    ]
    return list(dict.fromkeys([*schemes, *frameworks]))


# ── State aid ─────────────────────────────────────────────────────────────────────────────────


def framework_name(verdict: Verdict, language: Language) -> str:
    """The framework with its article or section."""
    kind, _, number = verdict.section.partition(" ")
    named = word(f"framework.{verdict.framework}", language)
    return f"{named}, {word(f'framework.{kind}', language)} {number}"


def state_aid_tables(found: SupportAssessment, language: Language) -> list[Table]:
    """For each project every framework: open, outcome, ceiling, what binds, duties."""
    return [
        Table(
            _project_caption(found, project, verdicts, language),
            (
                Column(word("column.framework", language), share=1.2),
                Column(word("column.open_on_day", language), share=0.8),
                Column(word("column.outcome", language), share=2.2),
                Column(word("column.ceiling", language), "number", 0.9),
                Column(word("column.route", language), share=1.6),
                Column(word("column.duties", language), share=1.5),
            ),
            tuple(_verdict_row(verdict, project, language) for verdict in verdicts),
        )
        for project, verdicts in found.stacking.verdicts.items()
    ]


def _project_caption(
    found: SupportAssessment, project: str, verdicts: tuple[Verdict, ...], language: Language
) -> str:
    granted = verdicts[0].granted_on if verdicts else None
    told = word("state_aid.no_day", language)
    if granted:
        told = word("state_aid.granted_on", language, day=day(granted.isoformat(), language))
    named = project_name(found, project, language)
    return word("table.state_aid", language, project=named, day=told)


def _verdict_row(verdict: Verdict, project: str, language: Language) -> Row:
    closed = verdict.outcome == "not_open"
    ceiling = euros(verdict.ceiling_eur, language)
    anchor = conditions_anchor(verdict.framework, verdict.section, project)
    return Row(
        (
            (framework_name(verdict, language),),
            (_yes_no(language, answer=verdict.in_force),),
            _outcome(verdict, anchor, language),
            (DASH if closed or verdict.ceiling_eur is None else ceiling,),
            (DASH if closed else told_route(verdict.route, language),),
            (DASH if closed else _duties(verdict, language),),
        )
    )


def _outcome(verdict: Verdict, anchor: str, language: Language) -> Phrase:
    """The outcome, with the first reason; a verdict that lacks something says what."""
    outcome = word(f"outcome.{verdict.outcome}", language)
    if verdict.outcome == "fits":
        return (outcome,)
    if verdict.outcome == "not_open":
        return (Link(outcome, f"#{anchor}"),)
    return phrase(f"{outcome}. ", *_first_reason(verdict, anchor, language))


def _yes_no(language: Language, *, answer: bool | None) -> str:
    """Yes, no, or that it cannot be judged."""
    if answer is None:
        return word("cannot_be_judged", language)
    return word("answer.yes" if answer else "answer.no", language)


def told_route(route: Route | None, language: Language) -> str:
    """How a framework counts its highest aid, and whether its share or its limit holds it down."""
    if route is None:
        return word("state_aid.uncounted", language)
    named = word(f"route.{route.id}", language)
    return f"{capitalised(named)}; {binding(route, language)}"


def binding(route: Route, language: Language) -> str:
    """What holds the ceiling of a route down."""
    if route.binding == "limit":
        return word("state_aid.by_limit", language, limit=euros(route.limit_eur, language))
    if route.intensity == 1.0:
        return word("state_aid.by_base", language)
    return word("state_aid.by_intensity", language, share=ratio(route.intensity, language))


def _duties(verdict: Verdict, language: Language) -> str:
    notice = {True: "notify", False: "no_notice", None: "notice_open"}[verdict.notify]
    told = [word(f"state_aid.{notice}", language)]
    if verdict.claw_back:
        told.append(word("state_aid.claw_back", language))
    return capitalised("; ".join(told))


def stacks_table(found: SupportAssessment, language: Language) -> Table | None:
    """All support of each project on its eligible cost; None where no ceiling is known."""
    stacks = found.stacking.stacks
    if not stacks:
        return None
    rows = []
    for project, stack in stacks.items():
        cap = stack.cost.cap_eur
        limitless = cap is not None and math.isinf(cap)
        rows.append(
            Row(
                (
                    (project_name(found, project, language),),
                    (euros(stack.cost.amount_eur, language),),
                    (DASH if limitless else euros(cap, language),),
                    (euros(stack.counted_eur, language),),
                    (DASH if limitless else euros(stack.room_eur, language),),
                    (_yes_no(language, answer=stack.exceeded),),
                )
            )
        )
    return Table(
        word("table.stacks", language),
        (
            Column(word("column.project", language), share=1.6),
            Column(word("column.cost", language), "number"),
            Column(word("column.cap", language), "number"),
            Column(word("column.counted", language), "number"),
            Column(word("column.room", language), "number"),
            Column(word("column.exceeded", language)),
        ),
        tuple(rows),
    )


# ── comparable ────────────────────────────────────────────────────────────────────────────────


def foreign_table(found: SupportAssessment, language: Language) -> Table:
    """The foreign contracts beside this plan."""
    rows = tuple(
        Row(
            (
                (word(f"scheme.{rung.scheme}", language),),
                *_project_cell(found, rung.project, language),
                (outcome_of(rung, language),),
                (_paid(rung, language),),
                why(rung, language),
            )
        )
        for rung in found.ladder.foreign
    )
    return Table(
        word("table.foreign", language),
        (
            Column(word("column.scheme", language), share=1.5),
            *([Column(word("column.project", language))] if _several(found) else []),
            Column(word("column.outcome", language), share=0.9),
            Column(word("column.amount", language), "number", 1.1),
            Column(word("column.why", language), share=2.8),
        ),
        rows,
    )


def awards_table(found: SupportAssessment, own: Iterable[Row], language: Language) -> Table:
    """The rows of this plan, then every award as published with what its figures come to."""
    rows = tuple(_award_row(found, award, language) for award in known_awards().values())
    return Table(
        word("table.awards", language),
        (
            Column(word("column.award", language), share=1.7),
            Column(word("column.money", language), "number"),
            Column(word("column.per_yearly_tonne", language), "number", 0.8),
            Column(word("column.per_tonne", language), "number", 0.8),
            Column(word("column.stated_per_tonne", language), "number", 0.8),
            Column(word("column.remark", language), share=2.6),
        ),
        (*own, *rows),
    )


def _award_row(found: SupportAssessment, award: Award, language: Language) -> Row:
    per_tonne = award.stated.get("eur_per_t")
    scheme = word(f"scheme.{award.instrument}", language)
    remarks: list[Piece] = []
    if award.contradicts_itself:
        remarks += [Strong(word("awards.contradicts", language)), " "]
    if award.note:
        remarks.append(f"{award.note.into(language)} ")
    if _known_later(found, award):
        remarks.append(f"{word('awards.known_later', language)} ")
    cited = origins.cited(award.citation.source, None, found.base, language)
    seen = word(f"seen.{award.citation.seen}", language)
    return Row(
        (
            (f"{award.name}; {award.country}, {scheme}",),
            (_money(award, language),),
            (_known(award.eur_per_yearly_t, language),),
            (_known(award.eur_per_t, language),),
            (_known(per_tonne, language),),
            phrase(*remarks, *cited, f" [{seen}]"),
        )
    )


def _known_later(found: SupportAssessment, award: Award) -> bool:
    """Whether an award became known after the day of knowledge of the run."""
    published = found.base.case_file.source(award.citation.source).date
    return published is not None and last_day(published) > found.law.known_on


def _money(award: Award, language: Language) -> str:
    if award.low_eur is None or award.high_eur is None:
        return DASH
    if award.low_eur == award.high_eur:
        return euros(award.low_eur, language)
    low, high = euros(award.low_eur, language), euros(award.high_eur, language)
    return word("text.range", language, low=low, high=high)


def _known(value: float | None, language: Language) -> str:
    return DASH if value is None else euros_per_tonne(value, language)
