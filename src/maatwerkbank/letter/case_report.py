# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case as a report: what it comes to on one screen, and below it where each figure comes from.

Takes     an assessment, the same case under other variants, and how public money may come in.
Gives     a self-contained HTML page; the same blocks also make the PDF.
Leaves    looks to `page` and `pdf`, sentences to `sentences`, tables of sources to `origins`.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import charts, origins
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Picture,
    Report,
    Row,
    Section,
    Table,
    Tiles,
    lead_paragraph,
)
from maatwerkbank.letter.exits import exit_label
from maatwerkbank.letter.names import company, law_label
from maatwerkbank.letter.numbers import (
    day,
    euros_per_tonne,
    judged,
    number,
    ratio,
    span,
    tonnes,
)
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.sentences import (
    has_operating_aid,
    key_figures,
    public_share,
    shown,
    verdict,
)
from maatwerkbank.letter.support_report import support_sections
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.plant.quantities import Floats, fall_in_activity
from maatwerkbank.support.assessment import SupportAssessment, assess_support

COMPARED = ("levy_abolished", "levy_no_step", "levy_factor_frozen", "levy_2026")
ENACTED = "enacted"


def case_variants(assessment: Assessment) -> dict[str, Assessment]:
    """The same case under the law as known and under the variants that a report compares."""
    law = assessment.law
    own = law.variant.name if law.variant else None
    names = [None, *COMPARED] if own else list(COMPARED)
    outlook = law.outlook.name if law.outlook else "hold"
    return {
        name or ENACTED: assess(
            assessment.case_file, variant=name, known_on=law.known_on, outlook=outlook
        )
        for name in names
        if name != own
    }


def case_support(assessment: Assessment) -> SupportAssessment | None:
    """How public money may come into the same case under the same law; None without a plan."""
    if assessment.case.kind == "exposure_only":
        return None
    law = assessment.law
    return assess_support(
        assessment.case_file,
        variant=law.variant.name if law.variant else None,
        known_on=law.known_on,
        outlook=law.outlook.name if law.outlook else "hold",
    )


def case_page(
    assessment: Assessment,
    variants: Mapping[str, Assessment],
    language: Language = "nl",
    *,
    support: SupportAssessment | None = None,
    other_language: str | None = None,
    home: str | None = None,
) -> str:
    """The page of one case.

    `support`: how public money may come in, of the same case under the same law; without it the
    page leaves that out. `other_language` and `home`: addresses of the same page in the other
    language and of the overview, where there are such pages.
    """
    return html_page(
        case_report(
            assessment,
            variants,
            language,
            support=support,
            other_language=other_language,
            home=home,
        )
    )


def case_report(
    assessment: Assessment,
    variants: Mapping[str, Assessment],
    language: Language = "nl",
    *,
    support: SupportAssessment | None = None,
    other_language: str | None = None,
    home: str | None = None,
) -> Report:
    """The blocks of the report, from the verdict down to the receipt."""
    case = assessment.case
    return Report(
        language=language,
        kicker=word(f"kind.{case.kind}", language),
        title=case.title.into(language),
        summary=case.summary.into(language),
        note=word(f"kind_note.{case.kind}", language),
        facts=_facts(assessment, language),
        sections=_sections(assessment, variants, support, language),
        known_on=assessment.law.known_on.isoformat(),
        receipt=assessment.receipt.number,
        other_language=Link(word("other_language", language), other_language)
        if other_language
        else None,
        home=Link(word("to_portfolio", language), home) if home else None,
    )


def _facts(assessment: Assessment, language: Language) -> Facts:
    case, law = assessment.case, assessment.law
    firm = company(case.company)
    stage = word("outside_register", language)
    if firm:
        stage = word(f"stage.{firm.stage}", language)
        if firm.exit:
            stage = f"{stage} ({exit_label(firm.exit, language)})"
    named = [(word("text.company", language), (firm.name,))] if firm else []
    return Facts(
        (
            *named,
            (word("text.stage", language), (stage,)),
            (word("text.known_on", language), (day(law.known_on.isoformat(), language),)),
            (word("text.law", language), (law_label(assessment, language),)),
            (
                word("text.outlook", language),
                (
                    law.outlook.label.into(language)
                    if law.outlook
                    else word("receipt.none", language),
                ),
            ),
            (
                word("text.period", language),
                (f"{case.valuation_year}\N{EN DASH}{case.last_year}",),
            ),
            (word("text.receipt", language), (Code(assessment.receipt.number),)),
        )
    )


def _sections(
    assessment: Assessment,
    variants: Mapping[str, Assessment],
    support: SupportAssessment | None,
    language: Language,
) -> tuple[Section, ...]:
    plan = assessment.case.kind != "exposure_only"

    def section(anchor: str, *blocks: Block | None) -> Section:
        heading = word(f"heading.{anchor.replace('-', '_')}", language)
        return Section(anchor, heading, tuple(b for b in blocks if b), anchor != "core")

    found = [
        section(
            "core",
            Paragraph(verdict(assessment, language), "verdict"),
            Tiles(key_figures(assessment, language)),
        ),
        section("emissions", *_emissions(assessment, language)),
    ]
    if plan:
        found += [
            section("waterfall", *_waterfall(assessment, language)),
            section("cash-flow", *_cash_flow(assessment, language)),
            section("cost-effectiveness", *_cost_effectiveness(assessment, language)),
        ]
    if plan and support:
        found += support_sections(support, language)
    found.append(section("variants", *_variants(assessment, variants, language)))
    if plan:
        found.append(section("sensitivity", *_sensitivity(assessment, language)))
    found.append(section("known", *_known(assessment, language)))
    if _has_substances(assessment):
        found.append(section("substances", *_substances(assessment, language)))
    counterfactual = assessment.case.counterfactual_description.into(language)
    return (
        *found,
        section("counterfactual", Paragraph((counterfactual,))),
        section("lacks", *origins.lacks(assessment, language)),
        section("results", *origins.results(assessment, language)),
        section("assumptions", *origins.assumptions(assessment, language)),
        # The schemes have read law too: what they read is listed with the rest.
        section("law", *origins.law(support.base if support else assessment, language)),
        section("receipt", *origins.receipt(assessment.receipt, language)),
    )


# ── pictures ──────────────────────────────────────────────────────────────────────────────────


def _emissions(assessment: Assessment, language: Language) -> list[Block]:
    abolished = assessment.law.removes("levy")
    lead = "text.emissions_lead_abolished" if abolished else "text.emissions_lead"
    blocks: list[Block] = [lead_paragraph(lead, language)]
    outcome = assessment.outcome
    if not _any_known(outcome.rights):
        blocks.append(Paragraph((word("text.rights_unknown", language),), "note"))
    blocks.append(
        Picture(
            word("chart.emissions", language),
            lambda width: charts.emissions(assessment, language, width=width),
            charts.emissions_table(assessment, language),
        )
    )
    fallen = outcome.in_year(fall_in_activity(assessment.case, outcome.years))
    if fallen:
        told = word("text.fall_in_activity", language, tonnes=tonnes(abs(fallen), language))
        blocks.append(Paragraph((told,), "note"))
    return blocks


def _any_known(series: Floats) -> bool:
    return bool(np.isfinite(series).any())


def _waterfall(assessment: Assessment, language: Language) -> list[Block]:
    year = assessment.case.valuation_year
    found = assessment.ranges.get("npv_eur")
    told = [word("text.waterfall_lead", language, year=year)]
    if found:
        told.append(word("text.thin_line", language))
    lead = Paragraph((" ".join(told),), "lead")
    if not charts.has_cash_flow(assessment):
        return [lead, _unknown_value(language)]
    blocks: list[Block] = [lead]
    if found and assessment.results["npv_eur"] is None:
        blocks.append(_centre_only(found, language))
    blocks.append(
        Picture(
            word("chart.waterfall", language),
            lambda width: charts.waterfall(assessment, language, width=width),
            charts.waterfall_table(assessment, language),
        )
    )
    return blocks


def _unknown_value(language: Language) -> Paragraph:
    lacks = Link(word("heading.lacks", language), "#lacks")
    before, after = word("text.npv_not_drawn", language).split("{link}")
    return Paragraph((before, lacks, after), "note")


def _centre_only(found: Mapping[str, float], language: Language) -> Paragraph:
    shown = span("npv_eur", dict(found), language)
    return Paragraph((word("text.centre_only", language, range=shown),), "note")


def _cash_flow(assessment: Assessment, language: Language) -> list[Block]:
    lead = lead_paragraph("text.cash_flow_lead", language)
    if not charts.has_cash_flow(assessment):
        return [lead, _unknown_value(language)]
    found = assessment.ranges.get("npv_eur")
    unsettled = found is not None and assessment.results["npv_eur"] is None
    blocks: list[Block] = [
        lead,
        *([_centre_only(found, language)] if found and unsettled else []),
        Picture(
            word("chart.cash_flow", language),
            lambda width: charts.cash_flow(assessment, language, width=width),
            charts.cash_flow_table(assessment, language),
        ),
    ]
    if assessment.results["npv_eur"] is not None:
        blocks.append(Paragraph((_return(assessment, language),)))
    return blocks


def _return(assessment: Assessment, language: Language) -> str:
    outcome = assessment.outcome
    roots = outcome.internal_rate.roots
    if len(roots) > 1:
        rate = word("text.irr_many", language, count=len(roots))
    elif outcome.internal_rate.rate is None:
        rate = word("text.irr_none", language)
    else:
        rate = word("text.irr", language, value=ratio(outcome.internal_rate.rate, language))
    years = outcome.payback_years
    payback = (
        word("text.payback_none", language)
        if years is None
        else word("text.payback", language, years=years)
    )
    return f"{rate} {payback}"


def _variants(
    assessment: Assessment, variants: Mapping[str, Assessment], language: Language
) -> list[Block]:
    if not variants:
        return [Paragraph((word("text.variants_none", language),))]
    reasons = tuple(
        (law_label(each, language), _because(each, language)) for each in variants.values()
    )
    return [
        lead_paragraph("text.variants_lead", language),
        Picture(
            word("chart.variants", language),
            lambda width: charts.variants(assessment, variants, language, width=width),
            charts.variants_table(assessment, variants, language),
        ),
        Facts(tuple(pair for pair in reasons if pair[1]), "long"),
    ]


def _because(assessment: Assessment, language: Language) -> Phrase:
    variant = assessment.law.variant
    if variant is None:
        return ()
    cited = origins.cited(variant.citation.source, variant.citation.place, assessment, language)
    return (f"{variant.because.into(language)} ", *cited)


def _sensitivity(assessment: Assessment, language: Language) -> list[Block]:
    lead = lead_paragraph("text.sensitivity_lead", language)
    drawn = [swing for swing in assessment.swings if swing.width > 0.5]
    if not assessment.swings:
        return [Paragraph((word("text.sensitivity_none", language),))]
    if not drawn or not charts.has_cash_flow(assessment):
        return [lead, Paragraph((word("text.sensitivity_unknown", language),), "note")]
    picture = Picture(
        word("chart.tornado", language),
        partial(_tornado, assessment, language),
        charts.tornado_table(assessment, language),
    )
    return [lead, picture]


def _tornado(assessment: Assessment, language: Language, width: int) -> charts.Drawing:
    return charts.tornado(assessment, language, width=width)


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def _cost_effectiveness(assessment: Assessment, language: Language) -> list[Block]:
    if not assessment.case.awards:
        return [Paragraph((word("text.cost_effectiveness_none", language),))]
    rows = tuple(
        Row(
            (
                (word(f"effectiveness.{row['id']}", language, years=row["years"]),),
                (_per_tonne(row["gross_eur_per_t"], row["gross_range_eur_per_t"], language),),
                (_per_additional_tonne(assessment, row, language),),
            )
        )
        for row in assessment.cost_effectiveness()
    )
    operating = has_operating_aid(assessment)
    lead = lead_paragraph(
        "text.cost_effectiveness_operating" if operating else "text.cost_effectiveness_lead",
        language,
        investment=shown(assessment, "investment_eur", language),
        share=ratio(public_share(assessment), language),
    )
    table = Table(
        word("table.cost_effectiveness", language),
        (
            Column(word("column.measure", language), share=2),
            Column(capitalised(word("column.gross", language)), "number"),
            Column(capitalised(word("column.additional", language)), "number"),
        ),
        rows,
    )
    return [lead, table]


def _per_additional_tonne(
    assessment: Assessment, row: Mapping[str, Any], language: Language
) -> str:
    """The same on additional tonnes; where there are none, there is no such cost."""
    if assessment.results["additional_2030_t"] == 0:
        return word("effectiveness.no_additional", language)
    return _per_tonne(row["additional_eur_per_t"], row["additional_range_eur_per_t"], language)


def _per_tonne(value: float | None, found: Mapping[str, float] | None, language: Language) -> str:
    """Euros per tonne; where only a range is known, the range."""
    if value is not None or not found:
        return euros_per_tonne(value, language)
    low, high = (euros_per_tonne(found[end], language) for end in ("low", "high"))
    return f"{low} {word('to', language)} {high}"


def _known(assessment: Assessment, language: Language) -> list[Block]:
    known = assessment.beside_what_is_known()
    if not known:
        return [Paragraph((word("text.known_none", language),))]
    rows = tuple(
        Row(
            (
                (word(row["result"], language),),
                (judged(row["result"], (row["computed"], row["range"]), language),),
                (
                    f"{judged(row['result'], (row['known'], row['known_range']), language)}. ",
                    *origins.cited(
                        row["source"]["id"], row["source"]["place"], assessment, language
                    ),
                ),
                (row["difference"][language],),
            )
        )
        for row in known
    )
    table = Table(
        word("table.known", language),
        (
            Column(word("column.result", language)),
            Column(word("column.computed", language), "number"),
            Column(word("column.known", language), share=1.5),
            Column(word("column.difference", language), share=2),
        ),
        rows,
    )
    return [lead_paragraph("text.known_lead", language), table]


def _has_substances(assessment: Assessment) -> bool:
    return bool(assessment.as_json()["substances_2030_kg"])


def _substances(assessment: Assessment, language: Language) -> list[Block]:
    def in_tonnes(value: float | None, absent: str) -> str:
        return word(absent, language) if value is None else number(value / 1e3, language, 1)

    rows = tuple(
        Row(
            (
                (capitalised(word(f"substance.{name}", language)),),
                (in_tonnes(found["without"], "not_stated"),),
                (in_tonnes(found["with"], "not_stated"),),
                (in_tonnes(found["change"], "cannot_be_judged"),),
            )
        )
        for name, found in assessment.as_json()["substances_2030_kg"].items()
    )
    table = Table(
        word("table.substances", language),
        (
            Column(word("column.substance", language), share=1.6),
            Column(word("column.without", language), "number"),
            Column(word("column.with", language), "number"),
            Column(word("column.change", language), "number"),
        ),
        rows,
    )
    return [lead_paragraph("text.substances_lead", language), table]
