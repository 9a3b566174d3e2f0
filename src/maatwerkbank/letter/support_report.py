# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come into a plan, as sections of its report.

Takes     a support assessment and a language.
Gives     the sections in their order; of its own the ladder, the grant in forms, State aid.
Leaves    what the plan is short of to `support_report_shortfall`, tonnes and comparisons to
          `support_report_tonnes`, tables to `support_tables` and `support_aid_tables`, where all
          stand to `case_report`.
          A figure that cannot be judged is told as such, with what is lacking.
"""

import numpy as np

from maatwerkbank.ground.language import Language
from maatwerkbank.letter import support_aid_tables, support_tables
from maatwerkbank.letter.blocks import (
    Block,
    Column,
    Link,
    Paragraph,
    Phrase,
    Row,
    Section,
    Strong,
    Table,
    joined,
    lead_paragraph,
    sentence,
)
from maatwerkbank.letter.chart_style import MILLION
from maatwerkbank.letter.numbers import euros, euros_per_tonne, judged, span
from maatwerkbank.letter.support_conditions import conditions_anchor, conditions_table
from maatwerkbank.letter.support_labels import framework_name, project_name
from maatwerkbank.letter.support_report_shortfall import NOTHING, support_blocks
from maatwerkbank.letter.support_report_tonnes import comparable_blocks, tonnes_blocks
from maatwerkbank.letter.tables import cell
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.grant_forms import PATHS, TwoSided
from maatwerkbank.support.state_aid import Verdict


def support_sections(found: SupportAssessment, language: Language) -> tuple[Section, ...]:
    """The sections of a report on how public money may come in, in the order of the approach."""

    def section(anchor: str, blocks: list[Block]) -> Section:
        return Section(anchor, word(f"heading.{anchor.replace('-', '_')}", language), tuple(blocks))

    return (
        section("support", support_blocks(found, language)),
        section("ladder", _ladder(found, language)),
        section("grant-forms", _grant_forms(found, language)),
        section("state-aid", _state_aid(found, language)),
        section("support-tonnes", tonnes_blocks(found, language)),
        section("comparable", comparable_blocks(found, language)),
        section("support-conditions", _conditions(found, language)),
        section("support-values", _values(found, language)),
    )


# ── the ladder and what stands behind it ──────────────────────────────────────────────────────


def _ladder(found: SupportAssessment, language: Language) -> list[Block]:
    told = [word("ladder.lead", language)]
    if len(found.case.projects) == 1:
        name = found.case.projects[0].name.into(language)
        told.append(word("ladder.one_project", language, project=name))
    return [
        Paragraph((" ".join(told),), "lead"),
        support_tables.ladder_table(found, language),
    ]


def _conditions(found: SupportAssessment, language: Language) -> list[Block]:
    table = conditions_table(found, language)
    if table is None:
        return [Paragraph((word("conditions.none", language),))]
    return [lead_paragraph("conditions.lead", language), table]


def _values(found: SupportAssessment, language: Language) -> list[Block]:
    if not support_tables.doubtful_values(found):
        return [Paragraph((word("values.none", language),))]
    return [lead_paragraph("values.lead", language), support_tables.values_table(found, language)]


# ── the grant in forms ────────────────────────────────────────────────────────────────────────


def _grant_forms(found: SupportAssessment, language: Language) -> list[Block]:
    value, ends = found.grant
    if found.grant == NOTHING:
        return [Paragraph((word("forms.not_needed", language),))]
    if value is None and ends:
        told = word("forms.only_range", language, range=span("_eur", ends, language))
        return [Paragraph((told,), "note"), _return_share(language)]
    if value is None:
        return [Paragraph((word("forms.unknown", language),))]
    if value == 0.0 and ends:
        told = word("forms.not_at_centre", language, high=euros(ends["high"], language))
        return [Paragraph((told,), "note"), _return_share(language)]
    contract = found.two_sided
    blocks: list[Block] = [lead_paragraph("forms.lead", language)]
    if contract is None:
        blocks.append(Paragraph((word("forms.no_strike", language),), "note"))
    else:
        strike = euros_per_tonne(contract.strike_eur_per_t, language)
        told = word("forms.strike", language, strike=strike, years=contract.years)
        blocks += [Paragraph((told,)), _contract_table(contract, language)]
    return [*blocks, _forms_table(found, contract, language), _return_share(language)]


def _return_share(language: Language) -> Paragraph:
    return Paragraph((word("forms.return_share", language),))


def _contract_table(contract: TwoSided, language: Language) -> Table:
    rows = tuple(
        Row(
            (
                (capitalised(word(f"path.{path}", language)),),
                *(
                    (euros(float(np.sum(flow)), language),)
                    for flow in (settled.paid, settled.taken_back, settled.net)
                ),
            )
        )
        for path, settled in contract.along.items()
    )
    return Table(
        word("table.contract", language),
        (
            Column(word("column.path", language)),
            Column(word("column.paid", language), "number"),
            Column(word("column.taken_back", language), "number"),
            Column(word("column.net", language), "number"),
        ),
        rows,
    )


def _forms_table(found: SupportAssessment, contract: TwoSided | None, language: Language) -> Table:
    """The fixed sum and the contract by year, years without any payment left out. [mln eur]"""
    years = found.ladder.without_support.years
    flows = [np.sum([each.by_year for each in found.ladder.grant or ()], axis=0)]
    if contract:
        flows += [contract.along[path].net for path in PATHS]
    paying = [n for n in range(len(years)) if any(abs(flow[n]) > 0.5 for flow in flows)]
    rows = [
        Row(((str(int(years[n])),), *((cell(flow[n], MILLION, language),) for flow in flows)))
        for n in paying
    ]
    total = Row(
        (
            (word("total", language),),
            *((cell(float(np.sum(flow)), MILLION, language),) for flow in flows),
        ),
        style="total",
    )
    names = ["fixed_sum", *(f"contract_{path}" for path in PATHS)][: len(flows)]
    return Table(
        word("table.forms", language),
        (
            Column(word("column.year", language), share=0.6),
            *(Column(word(f"column.{name}", language), "number") for name in names),
        ),
        (*rows, total),
    )


# ── State aid ─────────────────────────────────────────────────────────────────────────────────


def _state_aid(found: SupportAssessment, language: Language) -> list[Block]:
    aid = found.stacking
    tested = "awarded" if found.case.awards else "counted"
    lead = f"{word('state_aid.lead', language)} {word(f'state_aid.tested_{tested}', language)}"
    blocks: list[Block] = [Paragraph((lead,), "lead")]
    blocks += [Paragraph(_most(found, project, language)) for project in aid.verdicts]
    if not aid.discounted:
        blocks.append(Paragraph((word("state_aid.undiscounted", language),), "note"))
    stacks = support_aid_tables.stacks_table(found, language)
    return [
        *blocks,
        *support_aid_tables.state_aid_tables(found, language),
        *([stacks] if stacks else []),
    ]


def _most(found: SupportAssessment, project: str, language: Language) -> Phrase:
    """The framework that leaves most room and what binds there, or that none fits the award."""
    named = project_name(found, project, language)
    best: Verdict | None = found.stacking.binding(project)
    awarded = support_aid_tables.awarded_to(found, project)
    if awarded and support_aid_tables.fits_nothing(found, project):
        amount = Strong(judged("_eur", awarded, language))
        return sentence("state_aid.nothing_fits", language, project=named, amount=amount)
    if best is None or best.route is None:
        return (word("state_aid.none", language, project=named),)
    return joined([_best(best, project, named, language), _within(found, project, language)])


def _within(found: SupportAssessment, project: str, language: Language) -> Phrase:
    """How much of the needed grant that framework leaves room for."""
    grant = found.stacking.grants[project]
    if not grant.needed_eur or grant.room_eur is None:
        return ()
    amounts = {"needed": grant.needed_eur, "within": grant.within_eur}
    told = {name: euros(amount, language) for name, amount in amounts.items()}
    return (word("state_aid.within", language, **told),)


def _best(best: Verdict, project: str, named: str, language: Language) -> Phrase:
    """The framework that leaves most room, its ceiling and what holds that down."""
    if best.route is None:
        return ()
    anchor = conditions_anchor(best.framework, best.section, project)
    outcome = word(f"outcome.{best.outcome}", language)
    return sentence(
        "state_aid.most",
        language,
        project=named,
        framework=Strong(framework_name(best, language)),
        ceiling=Strong(euros(best.ceiling_eur, language)),
        binding=support_aid_tables.binding(best.route, language),
        outcome=outcome if best.outcome == "fits" else Link(outcome, f"#{anchor}"),
    )
