# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemes, frameworks and awards as tables: outcome, amount, and what is left after it.

Takes     a support assessment and a language.
Gives     the ladder, unverified values, State aid, foreign contracts, known awards.
Leaves    the sentences around them to `support_report`, reasons to `support_conditions`, figures of
          the case to `origins`.
"""

import math
from collections.abc import Iterable

from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import (
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
from maatwerkbank.letter.numbers import day, euros, euros_per_tonne, judged, ratio
from maatwerkbank.letter.support_conditions import (
    amount,
    conditions_anchor,
    reasons,
    rules_out_technique,
    schemes_of,
)
from maatwerkbank.letter.support_labels import DASH, framework_name, project_name, value_label
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.rules.instrument import AidForm, Rest
from maatwerkbank.sources.register import Seen
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.awards import Award, known_awards
from maatwerkbank.support.ladder import Ladder, Rung
from maatwerkbank.support.state_aid import Route, Verdict

_DOUBTFUL = (Seen.PRESS, Seen.UNVERIFIED)
_HALF_A_EURO = 0.5
_NOTHING: Judged = (0.0, None)


# ── the ladder ────────────────────────────────────────────────────────────────────────────────


def ladder_table(found: SupportAssessment, language: Language) -> Table:
    """Every scheme for every project in order, from the gap to the grant that closes it.

    Schemes that are not there for what a project does stand together in one row at the end.
    """
    gap = Row(
        (
            (word("ladder.gap_row", language),),
            *_project_cell(found, None, language),
            (DASH,),
            (DASH,),
            (judged("_eur", found.gap, language),),
            ("",),
        ),
        style="total",
    )
    rows = [
        _rung_row(found, rung, n, language)
        for n, rung in enumerate(found.ladder.rungs)
        if not rules_out_technique(rung.offer)
    ]
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
        (gap, *rows, *_other_techniques(found, language), *_grant_rows(found, language)),
    )


def _other_techniques(found: SupportAssessment, language: Language) -> list[Row]:
    """For each project the schemes that are there for another technique, in one row."""
    rows = []
    for project in found.ladder.projects:
        out = [
            rung
            for rung in found.ladder.rungs
            if rung.project == project and rules_out_technique(rung.offer)
        ]
        if out:
            links: list[Phrase] = [(_to_conditions(rung, language),) for rung in out]
            rows.append(
                Row(
                    (
                        (word("ladder.other_technique", language),),
                        *_project_cell(found, project, language),
                        (word("outcome.refused", language),),
                        (DASH,),
                        (DASH,),
                        joined(links, "; "),
                    )
                )
            )
    return rows


def _to_conditions(rung: Rung, language: Language) -> Link:
    anchor = conditions_anchor(rung.scheme, rung.project)
    return Link(word(f"scheme.{rung.scheme}", language), f"#{anchor}")


def _grant_rows(found: SupportAssessment, language: Language) -> list[Row]:
    """The gates of the tailor-made grant for each project, where one is needed; then its sum."""
    known = found.grant != (None, None)
    needed = known and found.grant != _NOTHING
    gates = [
        Row(
            (
                (word("ladder.gates", language),),
                *_project_cell(found, rung.project, language),
                (outcome_of(rung, language),),
                (DASH,),
                (DASH,),
                why(rung, language),
            )
        )
        for rung in (found.ladder.tailor_made if found.grant != _NOTHING else ())
    ]
    total = Row(
        (
            (word("scheme.maatwerksubsidie", language),),
            *_project_cell(found, None, language),
            (DASH,),
            (judged("_eur", found.grant, language),),
            (judged("_eur", _NOTHING, language) if known else DASH,),
            (word("ladder.closes", language) if needed else "",),
        ),
        style="total",
    )
    return [*gates, total]


def _several(found: SupportAssessment) -> bool:
    return len(found.case.projects) > 1


def _project_cell(
    found: SupportAssessment, project: str | None, language: Language
) -> tuple[Phrase, ...]:
    """The cell of the project, where a case has more than one."""
    if not _several(found):
        return ()
    return ((project_name(found, project, language) if project else "",),)


def _rung_row(found: SupportAssessment, rung: Rung, number: int, language: Language) -> Row:
    return Row(
        (
            (word(f"scheme.{rung.scheme}", language),),
            *_project_cell(found, rung.project, language),
            (outcome_of(rung, language),),
            (paid(found, rung, language),),
            (left_after(found, rung, number, language),),
            why(rung, language),
        )
    )


def left_after(found: SupportAssessment, rung: Rung, number: int, language: Language) -> str:
    """What is left of the gap after a scheme that counts."""

    def left(ladder: Ladder) -> float:
        npv = ladder.rungs[number].npv_eur
        return npv if math.isnan(npv) else max(0.0, -npv)

    return judged("_eur", found.judged(left), language) if rung.counted else DASH


def outcome_of(rung: Rung, language: Language) -> str:
    """Fits, does not fit, cannot be judged yet; or fits and goes not together with another."""
    return word("outcome.excluded" if rung.excluded else f"outcome.{rung.offer.outcome}", language)


def paid(found: SupportAssessment, rung: Rung, language: Language) -> str:
    """What it pays in all; of a scheme that cannot be judged yet, what it would pay.

    Of one that only moves tax to later years: what that is worth.
    """
    if rung.amount_eur is None or rung.offer.outcome == "refused":
        return DASH
    if rung.counted and abs(rung.amount_eur) < _HALF_A_EURO:
        gained = judged("_eur", _worth(found, rung), language)
        return word("ladder.interest_gained", language, amount=gained)
    shown = euros(rung.amount_eur, language)
    if rung.offer.outcome == "fits":
        return shown
    return word("ladder.if_it_fits", language, amount=shown)


def _worth(found: SupportAssessment, rung: Rung) -> Judged:
    number = found.ladder.rungs.index(rung)
    return found.judged(lambda ladder: ladder.rungs[number].worth_eur)


def why(rung: Rung, language: Language) -> Phrase:
    """The reason in one line, with the way to all reasons and to unverified values."""
    offer = rung.offer
    told: list[Phrase] = []
    if rung.excluded:
        told.append((rung.excluded.says.into(language),))
    elif offer.outcome == "fits":
        told += _terms(rung, language)
    else:
        told.append(reasons(offer, conditions_anchor(rung.scheme, rung.project), language))
    if offer.outcome == "refused" and offer.instead:
        named = word(f"scheme.{offer.instead}", language)
        told.append((word("ladder.instead", language, scheme=named),))
    doubts = doubtful(rung)
    if doubts and offer.outcome != "refused":
        key = "ladder.doubtful_one" if doubts == 1 else "ladder.doubtful"
        told.append((Link(word(key, language, count=doubts), "#support-values"),))
    return _begun(joined(told, "; ")) if told else (DASH,)


def doubtful(rung: Rung) -> int:
    """How many values behind an offer nobody verified."""
    return sum(rest.citation.seen in _DOUBTFUL for rest in rung.offer.rests_on)


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
    if offer.maximum_eur is not None and abs(offer.maximum_eur) >= _HALF_A_EURO:
        most = euros(offer.maximum_eur, language)
        key = "ladder.tax_maximum" if offer.form is AidForm.TAX_RELIEF else "ladder.maximum"
        told.append((word(key, language, amount=most),))
    if offer.ranking_eur_per_t is not None:
        rank = euros_per_tonne(offer.ranking_eur_per_t, language)
        told.append((word("ladder.ranking", language, amount=rank),))
    if rung.amount_eur is None:
        told.append((word("ladder.no_amount", language),))
    elif rung.counted and abs(rung.amount_eur) < _HALF_A_EURO:
        told.append((word("ladder.only_timing", language),))
    return told


# ── values that nobody verified ───────────────────────────────────────────────────────────────


def doubtful_values(found: SupportAssessment) -> tuple[Rest, ...]:
    """Values behind schemes and frameworks that are unverified or were only seen in the press."""
    return tuple(rest for rest in found.rests_on() if rest.citation.seen in _DOUBTFUL)


def values_table(found: SupportAssessment, language: Language) -> Table:
    """Each such value once, with who uses it and how it was seen."""
    rows = tuple(
        Row(
            (
                (value_label(rest.name, language) or word("lacking.other", language),),
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


def _users(found: SupportAssessment, name: str, language: Language) -> list[str]:
    """The schemes and frameworks that rest on a value, each once."""
    schemes = [
        word(f"scheme.{rung.scheme}", language)
        for rung in schemes_of(found)
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
    ends = {"low": low, "high": high} if high - low > _HALF_A_EURO else None
    sure = all(each.has_centre for each in amounts)
    return (sum(each.scalar() for each in amounts) if sure else None), ends


# ── comparable ────────────────────────────────────────────────────────────────────────────────


def foreign_table(found: SupportAssessment, language: Language) -> Table:
    """The foreign contracts beside this plan."""
    rows = tuple(
        Row(
            (
                (word(f"scheme.{rung.scheme}", language),),
                *_project_cell(found, rung.project, language),
                (outcome_of(rung, language),),
                (bid_of(found, rung, language),),
                (_foreign_amount(found, rung, language),),
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
            Column(word("column.bid", language), "number", 1.1),
            Column(word("column.amount", language), "number", 1.1),
            Column(word("column.why", language), share=2.6),
        ),
        rows,
    )


def bid_of(found: SupportAssessment, rung: Rung, language: Language) -> str:
    """The bid at which a foreign contract was judged: as stated, or as the plan would need."""
    stated = stated_bid(found, rung)
    if stated is not None:
        told = judged("_eur_per_t", stated, language)
        return word("foreign.stated_bid", language, bid=told)
    if found.left == _NOTHING:
        return DASH
    needed = found.judged(lambda ladder: ladder.needed_bid_eur_per_t.get(rung.scheme))
    return judged("_eur_per_t", needed, language)


def stated_bid(found: SupportAssessment, rung: Rung) -> Judged | None:
    """The bid that the case states for a foreign contract. [eur/t]"""
    facts = next(each.schemes for each in found.case.projects if each.id == rung.project)
    bids = {str(name): bid for name, bid in facts.bids.items()} if facts else {}
    bid = bids.get(rung.scheme)
    if bid is None:
        return None
    low, high = bid.scalar("low"), bid.scalar("high")
    return (bid.scalar() if bid.has_centre else None), (
        {"low": low, "high": high} if high > low else None
    )


def _foreign_amount(found: SupportAssessment, rung: Rung, language: Language) -> str:
    """What it would pay; no single amount where the bid behind it is only a range."""
    unsure = stated_bid(found, rung) is None and not found.value_is_known
    return DASH if unsure else paid(found, rung, language)


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
            (f"{award.name.into(language)}; {award.country}, {scheme}",),
            (award_money(award, language),),
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


def award_money(award: Award, language: Language) -> str:
    """The public money of an award, or its two ends."""
    if award.low_eur is None or award.high_eur is None:
        return DASH
    if award.low_eur == award.high_eur:
        return euros(award.low_eur, language)
    low, high = euros(award.low_eur, language), euros(award.high_eur, language)
    return word("text.range", language, low=low, high=high)


def _known(value: float | None, language: Language) -> str:
    return DASH if value is None else euros_per_tonne(value, language)
