# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is comparable, as tables: contracts of other countries, and awards that are known.

Takes     a support assessment and a language.
Gives     both tables, with what each figure rests on.
Leaves    the sentences around them to `support_report_tonnes`.
"""

from collections.abc import Iterable

from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import Column, Piece, Row, Strong, Table, phrase
from maatwerkbank.letter.numbers import euros, euros_per_tonne, judged
from maatwerkbank.letter.support_labels import DASH
from maatwerkbank.letter.support_tables import (
    NOTHING,
    outcome_of,
    paid,
    project_cell,
    several_projects,
    why,
)
from maatwerkbank.letter.words import word
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.awards import Award, known_awards
from maatwerkbank.support.ladder import Rung


def foreign_table(found: SupportAssessment, language: Language) -> Table:
    """The foreign contracts beside this plan."""
    rows = tuple(
        Row(
            (
                (word(f"scheme.{rung.scheme}", language),),
                *project_cell(found, rung.project, language),
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
            *([Column(word("column.project", language))] if several_projects(found) else []),
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
    if found.left == NOTHING:
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
