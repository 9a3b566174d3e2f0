# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemes as tables: outcome, amount, and what is left after each; and values nobody verified.

Takes     a support assessment and a language.
Gives     the ladder, and the unverified values that it rests on.
Leaves    the sentences around them to `support_report`, State aid to `support_aid_tables`, what
          is comparable to `support_foreign_tables`, reasons to `support_conditions`.
"""

import math

from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import Column, Link, Phrase, Row, Table, joined
from maatwerkbank.letter.numbers import euros, euros_per_tonne, judged
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
from maatwerkbank.support.ladder import Ladder, Rung

_DOUBTFUL = (Seen.PRESS, Seen.UNVERIFIED)
HALF_A_EURO = 0.5  # [eur] less is shown as none
NOTHING: Judged = (0.0, None)


# ── the ladder ────────────────────────────────────────────────────────────────────────────────


def ladder_table(found: SupportAssessment, language: Language) -> Table:
    """Every scheme for every project in order, from the gap to the grant that closes it.

    Schemes that are not there for what a project does stand together in one row at the end.
    """
    gap = Row(
        (
            (word("ladder.gap_row", language),),
            *project_cell(found, None, language),
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
            *([Column(word("column.project", language))] if several_projects(found) else []),
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
                        *project_cell(found, project, language),
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
    needed = known and found.grant != NOTHING
    gates = [
        Row(
            (
                (word("ladder.gates", language),),
                *project_cell(found, rung.project, language),
                (outcome_of(rung, language),),
                (DASH,),
                (DASH,),
                why(rung, language),
            )
        )
        for rung in (found.ladder.tailor_made if found.grant != NOTHING else ())
    ]
    total = Row(
        (
            (word("scheme.maatwerksubsidie", language),),
            *project_cell(found, None, language),
            (DASH,),
            (judged("_eur", found.grant, language),),
            (judged("_eur", NOTHING, language) if known else DASH,),
            (word("ladder.closes", language) if needed else "",),
        ),
        style="total",
    )
    return [*gates, total]


def several_projects(found: SupportAssessment) -> bool:
    """Whether a table has to say of which project a row is."""
    return len(found.case.projects) > 1


def project_cell(
    found: SupportAssessment, project: str | None, language: Language
) -> tuple[Phrase, ...]:
    """The cell of the project, where a case has more than one."""
    if not several_projects(found):
        return ()
    return ((project_name(found, project, language) if project else "",),)


def _rung_row(found: SupportAssessment, rung: Rung, number: int, language: Language) -> Row:
    return Row(
        (
            (word(f"scheme.{rung.scheme}", language),),
            *project_cell(found, rung.project, language),
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
    if rung.counted and abs(rung.amount_eur) < HALF_A_EURO:
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
    if offer.maximum_eur is not None and abs(offer.maximum_eur) >= HALF_A_EURO:
        most = euros(offer.maximum_eur, language)
        key = "ladder.tax_maximum" if offer.form is AidForm.TAX_RELIEF else "ladder.maximum"
        told.append((word(key, language, amount=most),))
    if offer.ranking_eur_per_t is not None:
        rank = euros_per_tonne(offer.ranking_eur_per_t, language)
        told.append((word("ladder.ranking", language, amount=rank),))
    if rung.amount_eur is None:
        told.append((word("ladder.no_amount", language),))
    elif rung.counted and abs(rung.amount_eur) < HALF_A_EURO:
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
