# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tonnes of a plan under each law, what they cost, and what others were awarded for theirs.

Takes     a support assessment and a language.
Gives     blocks of the sections on tonnes and on comparisons.
Leaves    the other sections to `support_report`, awards elsewhere to `support_foreign_tables`.
"""

from collections.abc import Mapping
from typing import Any

from maatwerkbank.economics.assessment import COST_EFFECTIVENESS_YEARS, Assessment
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins, support_foreign_tables
from maatwerkbank.letter.blocks import (
    Block,
    Column,
    Link,
    Paragraph,
    Row,
    Strong,
    Table,
    lead_paragraph,
    sentence,
)
from maatwerkbank.letter.names import law_label
from maatwerkbank.letter.numbers import judged
from maatwerkbank.letter.sentences import shown
from maatwerkbank.letter.support_labels import DASH
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.support.assessment import TONNES, SupportAssessment
from maatwerkbank.support.ladder import Ladder

_TONNE_COLUMNS = ("gross_2030", "required_2030", "additional_2030", "frozen_2030")


def tonnes_blocks(found: SupportAssessment, language: Language) -> list[Block]:
    """Tonnes under each law, and euros for each of them."""
    rows = tuple(
        Row(
            (
                (law_label(path.assessment, language),),
                *((judged(key, path.tonnes(key), language),) for key in TONNES),
            )
        )
        for path in found.on_paths
    )
    table = Table(
        word("table.support_tonnes", language),
        (
            Column(word("column.variant", language), share=2),
            *(Column(word(f"column.{name}", language), "number") for name in _TONNE_COLUMNS),
        ),
        rows,
    )
    claimed = _claimed(found, language)
    return [
        lead_paragraph("support_tonnes.lead", language),
        table,
        _per_tonne_by_law(found, language),
        *([claimed] if claimed else []),
        *_need_per_tonne(found, language),
    ]


def _per_tonne_by_law(found: SupportAssessment, language: Language) -> Table:
    """Under each version of the law the gap per tonne, and what is awarded per tonne."""
    term = max(COST_EFFECTIVENESS_YEARS)
    rows = []
    for path in found.on_paths:
        gap = "required_support_gross_eur_per_t"
        cells = [shown(path.assessment, gap, language)]
        if found.case.awards:
            row = by_measure(path.assessment.cost_effectiveness())["undiscounted", term]
            cells += [
                _per_tonne(row, "gross", language),
                _per_additional_tonne(path.assessment, row, language),
            ]
        named = law_label(path.assessment, language)
        rows.append(Row(((named,), *((cell,) for cell in cells))))
    columns = ["gap_per_gross"]
    if found.case.awards:
        columns += ["awarded_per_gross", "awarded_per_additional"]
    return Table(
        word("table.per_tonne_by_law", language, years=term),
        (
            Column(word("column.variant", language), share=2),
            *(Column(word(f"column.{name}", language), "number") for name in columns),
        ),
        tuple(rows),
    )


def by_measure(rows: list[dict[str, Any]]) -> dict[tuple[str, int | None], dict[str, Any]]:
    """Euros per tonne by the way of counting and the years."""
    return {(row["id"], row["years"]): row for row in rows}


def _claimed(found: SupportAssessment, language: Language) -> Table | None:
    """Tonnes and support as others named them, beside what follows here."""
    known = [
        row
        for row in found.base.beside_what_is_known()
        if row["result"] == "support_eur" or row["result"].endswith("_2030_t")
    ]
    if not known:
        return None
    rows = tuple(
        Row(
            (
                (word(row["result"], language),),
                (
                    f"{judged(row['result'], (row['known'], row['known_range']), language)}. ",
                    *origins.cited(
                        row["source"]["id"], row["source"]["place"], found.base, language
                    ),
                ),
                (judged(row["result"], (row["computed"], row["range"]), language),),
                (row["difference"][language],),
            )
        )
        for row in known
    )
    return Table(
        word("table.claimed", language),
        (
            Column(word("column.result", language)),
            Column(word("column.claimed", language), share=1.5),
            Column(word("column.recalculated", language), "number"),
            Column(word("column.difference", language), share=1.8),
        ),
        rows,
    )


def _need_per_tonne(found: SupportAssessment, language: Language) -> list[Block]:
    rows = found.cost_effectiveness_of_need()
    awarded = Link(word("heading.cost_effectiveness", language), "#cost-effectiveness")
    if not rows:
        return [Paragraph(sentence("support_tonnes.need_unknown", language, link=awarded))]
    table = Table(
        word("table.need_per_tonne", language),
        (
            Column(word("column.measure", language), share=2),
            Column(capitalised(word("column.gross", language)), "number"),
            Column(capitalised(word("column.additional", language)), "number"),
        ),
        tuple(
            Row(
                (
                    (word(f"effectiveness.{row['id']}", language, years=row["years"]),),
                    (_per_tonne(row, "gross", language),),
                    (_per_additional_tonne(found.base, row, language),),
                )
            )
            for row in rows
        ),
    )
    lead = Paragraph(sentence("support_tonnes.need_lead", language, link=awarded), "lead")
    return [lead, table]


def _per_additional_tonne(base: Assessment, row: Mapping[str, Any], language: Language) -> str:
    if base.results["additional_2030_t"] == 0:
        return word("effectiveness.no_additional", language)
    return _per_tonne(row, "additional", language)


def _per_tonne(row: Mapping[str, Any], of: str, language: Language) -> str:
    return judged("_eur_per_t", (row[f"{of}_eur_per_t"], row[f"{of}_range_eur_per_t"]), language)


def comparable_blocks(found: SupportAssessment, language: Language) -> list[Block]:
    """What other countries and other awards pay, with this plan between them."""
    return [
        lead_paragraph("comparable.lead", language),
        support_foreign_tables.foreign_table(found, language),
        support_foreign_tables.awards_table(found, _own_rows(found, language), language),
    ]


def _own_rows(found: SupportAssessment, language: Language) -> list[Row]:
    """What this plan needs and what it was awarded, in the columns of the awards."""
    rows = [_own_row("awards.this_need", found.cost_effectiveness_of_need(), found, language)]
    if found.case.awards:
        awarded = found.base.cost_effectiveness()
        rows.append(_own_row("awards.this_awarded", awarded, found, language))
    return rows


def _own_row(
    label: str, rows: list[dict[str, Any]], found: SupportAssessment, language: Language
) -> Row:
    by_id = by_measure(rows)
    term = max(COST_EFFECTIVENESS_YEARS)
    yearly = by_id.get(("support_per_yearly_tonne_2030", None))
    over_term = by_id.get(("undiscounted", term))
    if label == "awards.this_awarded":
        money = shown(found.base, "support_eur", language)
    else:
        money = judged("_eur", _all_needed(found), language)
    return Row(
        (
            (Strong(word(label, language)),),
            (Strong(money),),
            *(
                (_per_tonne(row, "gross", language) if row else DASH,)
                for row in (yearly, over_term)
            ),
            (DASH,),
            (word("awards.this_remark", language, years=term),),
        )
    )


def _all_needed(found: SupportAssessment) -> Judged:
    """What counts of the generic schemes and the grant together. [eur, nominal]"""

    def needed(ladder: Ladder) -> float | None:
        if ladder.grant_eur is None:
            return None
        counted = (each.by_year if each.cash is None else each.cash for each in ladder.counted)
        return float(sum(flow.sum() for flow in counted)) + ladder.grant_eur

    return found.judged(needed)
