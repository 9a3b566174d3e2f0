# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""State aid as tables: which framework fits each project, and what all aid adds up to.

Takes     a support assessment and a language.
Gives     verdicts per project, and aid that is stacked against what is allowed.
Leaves    the sentences around them to `support_report`, reasons to `support_conditions`.
"""

import math

from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Column, Link, Phrase, Row, Table, phrase
from maatwerkbank.letter.numbers import day, euros, judged, ratio
from maatwerkbank.letter.support_conditions import conditions_anchor, reasons
from maatwerkbank.letter.support_labels import DASH, framework_name, project_name
from maatwerkbank.letter.support_tables import HALF_A_EURO
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.state_aid import Route, Verdict


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
    eligible = verdict.outcome in ("fits", "cannot_judge")
    ceiling = euros(verdict.ceiling_eur, language)
    anchor = conditions_anchor(verdict.framework, verdict.section, project)
    return Row(
        (
            (framework_name(verdict, language),),
            (_yes_no(language, answer=verdict.in_force),),
            _outcome(verdict, anchor, language),
            (ceiling if eligible and verdict.ceiling_eur is not None else DASH,),
            (told_route(verdict.route, language) if eligible else DASH,),
            (_duties(verdict, language) if eligible else DASH,),
        )
    )


def _outcome(verdict: Verdict, anchor: str, language: Language) -> Phrase:
    """The outcome, with the first reason; a verdict that lacks something says what."""
    outcome = word(f"outcome.{verdict.outcome}", language)
    if verdict.outcome == "fits":
        return (outcome,)
    if verdict.outcome == "not_open":
        return (Link(outcome, f"#{anchor}"),)
    return phrase(f"{outcome}. ", *reasons(verdict, anchor, language))


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
    """All support of each project on its eligible cost; None where there is nothing to stack.

    A project with awarded support has a row also where no framework fits it.
    """
    rows = [
        row for project in found.stacking.verdicts if (row := _stack_row(found, project, language))
    ]
    if not rows:
        return None
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


def _stack_row(found: SupportAssessment, project: str, language: Language) -> Row | None:
    named = project_name(found, project, language)
    stack = found.stacking.stacks.get(project)
    if stack is None:
        granted = awarded_to(found, project)
        if granted is None:
            return None
        told = "state_aid.no_framework" if fits_nothing(found, project) else "cannot_be_judged"
        cells = (DASH, DASH, judged("_eur", granted, language), DASH, word(told, language))
        return Row(((named,), *((cell,) for cell in cells)))
    limitless = stack.cost.cap_eur is not None and math.isinf(stack.cost.cap_eur)
    return Row(
        (
            (named,),
            (euros(stack.cost.amount_eur, language),),
            (DASH if limitless else euros(stack.cost.cap_eur, language),),
            (euros(stack.counted_eur, language),),
            (DASH if limitless else euros(stack.room_eur, language),),
            (_yes_no(language, answer=stack.exceeded),),
        )
    )


def fits_nothing(found: SupportAssessment, project: str) -> bool:
    """Whether every framework is shut for a project or refuses it."""
    verdicts = found.stacking.verdicts[project]
    return all(each.outcome in ("not_open", "refused") for each in verdicts)


def awarded_to(found: SupportAssessment, project: str) -> Judged | None:
    """What was awarded to a project, nominal; None without an award. [eur]"""
    amounts = [award.amount for award in found.case.awards if award.project == project]
    if not amounts:
        return None
    low, high = (sum(each.scalar(end) for each in amounts) for end in ("low", "high"))
    ends = {"low": low, "high": high} if high - low > HALF_A_EURO else None
    sure = all(each.has_centre for each in amounts)
    return (sum(each.scalar() for each in amounts) if sure else None), ends
