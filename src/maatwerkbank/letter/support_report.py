# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come into a plan, as sections of its report.

Takes     a support assessment and a language.
Gives     what the plan is short of, the ladder, the grant in forms, State aid, tonnes, comparisons.
Leaves    tables to `support_tables`, the waterfall to `support_charts`, where they stand to
          `case_report`. A figure that cannot be judged is told as such, with what is lacking.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from maatwerkbank.economics.assessment import COST_EFFECTIVENESS_YEARS, Assessment
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins, support_charts, support_tables
from maatwerkbank.letter.blocks import (
    Block,
    Column,
    Link,
    Paragraph,
    Phrase,
    Picture,
    Row,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
    joined,
    sentence,
)
from maatwerkbank.letter.chart_style import MILLION
from maatwerkbank.letter.names import law_label, place_label
from maatwerkbank.letter.numbers import euros, euros_per_tonne, judged, span
from maatwerkbank.letter.sentences import linked, result_anchor, shown
from maatwerkbank.letter.support_conditions import conditions_anchor, conditions_table
from maatwerkbank.letter.support_labels import DASH, framework_name, project_name, scheme_name
from maatwerkbank.letter.tables import cell
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.support.assessment import TONNES, SupportAssessment
from maatwerkbank.support.grant_forms import PATHS, TwoSided
from maatwerkbank.support.ladder import Ladder, Rung
from maatwerkbank.support.state_aid import Verdict

SHOWN_PLACES = 3  # of what is lacking: the table of what is lacking has them all
_UNKNOWN: Judged = (None, None)
_NOTHING: Judged = (0.0, None)


def support_sections(found: SupportAssessment, language: Language) -> tuple[Section, ...]:
    """The sections of a report on how public money may come in, in the order of the approach."""

    def section(anchor: str, blocks: list[Block]) -> Section:
        return Section(anchor, word(f"heading.{anchor.replace('-', '_')}", language), tuple(blocks))

    return (
        section("support", _support(found, language)),
        section("ladder", _ladder(found, language)),
        section("grant-forms", _grant_forms(found, language)),
        section("state-aid", _state_aid(found, language)),
        section("support-tonnes", _tonnes(found, language)),
        section("comparable", _comparable(found, language)),
        section("support-conditions", _conditions(found, language)),
        section("support-values", _values(found, language)),
    )


def _lead(key: str, language: Language, **filled: object) -> Paragraph:
    return Paragraph((word(key, language, **filled),), "lead")


def _told(found: Judged, language: Language) -> str:
    """A value with its range beside it; a range alone; or that it cannot be judged."""
    value, ends = found
    if value is None or ends is None:
        return judged("_eur", found, language)
    return word(
        "support.with_range",
        language,
        value=euros(value, language),
        range=span("_eur", ends, language),
    )


# ── what the plan is short of ─────────────────────────────────────────────────────────────────


def _support(found: SupportAssessment, language: Language) -> list[Block]:
    year = found.case.valuation_year
    blocks: list[Block] = [
        Paragraph(support_verdict(found, language)),
        Tiles(_tiles(found, language)),
    ]
    if not support_charts.can_be_drawn(found):
        lacks = Link(word("heading.lacks", language), "#lacks")
        blocks.append(Paragraph(sentence("support.not_drawn", language, link=lacks), "note"))
        return blocks
    lead = [word("support.picture_lead", language, year=year)]
    left, ends = found.left
    if ends:
        lead.append(word("support.thin_line", language))
    blocks.append(Paragraph((" ".join(lead),), "lead"))
    if left is None and ends:
        told = word("support.centre_only", language, range=span("_eur", ends, language))
        blocks.append(Paragraph((told,), "note"))
    blocks.append(
        Picture(
            word("chart.support", language),
            lambda width: support_charts.waterfall(found, language, width=width),
            support_charts.waterfall_table(found, language),
        )
    )
    return blocks


def support_verdict(found: SupportAssessment, language: Language) -> Phrase:
    """The gap, what generic schemes cover, the grant that is needed, what is awarded already."""
    told = [_gap(found, language), _covered(found, language)]
    if found.gap != _UNKNOWN:
        told += _left(found, language)
    elif found.grant == _UNKNOWN:
        told.append((word("support.grant_unknown", language),))
    if found.value_is_known and found.ladder.surplus_eur > 0:
        surplus = euros(found.ladder.surplus_eur, language)
        told.append((word("support.more_than_gap", language, surplus=surplus),))
    told += nearest(found, language)
    told += _awarded(found, language)
    return joined([each for each in told if each])


def nearest(found: SupportAssessment, language: Language) -> list[Phrase]:
    """For each project that no scheme fits: the one that comes nearest, or lacks the least."""
    return [
        sentence(
            "support.closest" if rung.offer.refused else "support.least_lacking",
            language,
            scheme=_scheme_link(rung, language),
            project=project_name(found, project, language),
        )
        for project, rung in found.ladder.nearest.items()
    ]


def _gap(found: SupportAssessment, language: Language) -> Phrase:
    if found.gap == _UNKNOWN:
        return _gap_unknown(found, language)
    if found.gap == _NOTHING:
        return (Strong(word("support.gap_none", language)),)
    gap = sentence("support.gap", language, gap=Strong(_told(found.gap, language)))
    if found.gap[0] is not None:
        return gap
    places = _lacking_places(found, "interval")
    if not places:
        return gap
    reason = sentence("support.gap_reason", language, places=_links(found, places, language))
    return joined([gap, reason])


def _gap_unknown(found: SupportAssessment, language: Language) -> Phrase:
    """That the gap cannot be judged, with the figures that lack."""
    places = _lacking_places(found)
    if not places:
        lacks = Link(word("heading.lacks", language), "#lacks")
        return sentence("support.gap_unknown_plain", language, link=lacks)
    return sentence("support.gap_unknown", language, places=_links(found, places, language))


def _lacking_places(found: SupportAssessment, reason: str | None = None) -> list[str]:
    """Figures without which the gap cannot be judged, each once."""
    lacking = [
        lack
        for lack in found.base.lacks
        if lack.figure == "npv_without_support_eur" and reason in (None, lack.reason)
    ]
    return list(dict.fromkeys(lack.place for lack in lacking if lack.place))


def _links(found: SupportAssessment, places: list[str], language: Language) -> Phrase:
    """The first of what is lacking by name, and how many more."""
    links: list[Phrase] = [
        (Link(_place_name(found, place, language), "#lacks"),) for place in places[:SHOWN_PLACES]
    ]
    more = len(places) - SHOWN_PLACES
    if more > 0:
        links.append((word("text.and_more", language, count=more),))
    return joined(links, "; ")


def _place_name(found: SupportAssessment, places: str, language: Language) -> str:
    """The name of a figure; of figures that lack together each name."""
    return ", ".join(place_label(found.base, place, language) for place in places.split(", "))


def _covered(found: SupportAssessment, language: Language) -> Phrase:
    """Which generic schemes count, and what they take off the gap."""
    counted = [rung for rung in found.ladder.rungs if rung.counted]
    if not counted:
        counts = {"refused": schemes_with(found, "refused")}
        counts["open"] = schemes_with(found, "cannot_judge")
        numbers = {name: len(schemes) for name, schemes in counts.items()}
        return (word("support.covers_none", language, **numbers),)
    schemes = joined([(_scheme_link(rung, language),) for rung in _one_each(counted)], "; ")
    if found.gap in (_UNKNOWN, _NOTHING):
        return sentence("support.counts", language, schemes=schemes)
    covered = _told(_taken_off(found), language)
    return sentence("support.covered", language, covered=covered, schemes=schemes)


def _taken_off(found: SupportAssessment) -> Judged:
    """What the generic schemes take off the gap, never more than the gap itself."""
    return found.judged(lambda ladder: ladder.gap_eur - ladder.left_eur)


def schemes_with(found: SupportAssessment, outcome: str) -> list[str]:
    """Schemes with this as their best outcome over all projects."""
    order = ("refused", "cannot_judge", "fits")
    best: dict[str, int] = {}
    for rung in found.ladder.rungs:
        rank = order.index(rung.offer.outcome)
        best[rung.scheme] = max(best.get(rung.scheme, 0), rank)
    return [scheme for scheme, rank in best.items() if order[rank] == outcome]


def _one_each(rungs: list[Rung]) -> list[Rung]:
    return list({rung.scheme: rung for rung in rungs}.values())


def _scheme_link(rung: Rung, language: Language) -> Link:
    return Link(word(f"scheme.{rung.scheme}", language), "#ladder")


def _left(found: SupportAssessment, language: Language) -> list[Phrase]:
    if found.left == _NOTHING:
        if found.gap == _NOTHING:
            return [(word("support.grant_none", language),)]
        told = ("support.nothing_left", "support.grant_none")
        return [(word(key, language),) for key in told]
    left: Phrase = (word("support.all_left", language),)
    if _taken_off(found) != _NOTHING:
        left = sentence("support.left", language, left=Strong(_told(found.left, language)))
    phrases = [left]
    if found.grant == _UNKNOWN:
        phrases.append((word("support.grant_unknown", language),))
    else:
        grant = Link(_told(found.grant, language), "#grant-forms")
        phrases.append(sentence("support.grant", language, grant=grant))
    still_open = len(schemes_with(found, "cannot_judge"))
    if still_open:
        phrases.append((word("support.still_open", language, open=still_open),))
    return phrases


def _awarded(found: SupportAssessment, language: Language) -> list[Phrase]:
    """What is awarded and from which schemes; that such a scheme cannot be judged here."""
    if not found.case.awards:
        return [(word("support.awarded_none", language),)]
    support = linked(found.base, "support_eur", language)
    named = dict.fromkeys(
        scheme_name(each.instrument, language) or each.name.into(language)
        for each in found.case.awards
    )
    schemes = "; ".join(named)
    told = [sentence("support.awarded", language, support=support, schemes=schemes)]
    awarded = {(each.instrument, each.project) for each in found.case.awards}
    unjudged: list[Phrase] = [
        (_scheme_link(rung, language),)
        for rung in found.ladder.rungs
        if (rung.scheme, rung.project) in awarded and rung.offer.outcome == "cannot_judge"
    ]
    if unjudged:
        links = joined(unjudged, "; ")
        told.append(sentence("support.awarded_unjudged", language, schemes=links))
    return told


def _tiles(found: SupportAssessment, language: Language) -> tuple[Tile, ...]:
    present = word("support.present_value", language, year=found.case.valuation_year)
    nominal = word("support.nominal", language)
    per_tonne = "required_support_gross_eur_per_t"
    base = found.base
    return (
        _tile("funding_gap_eur", found.gap, present, "#support", language),
        _tile("covered_by_generic_eur", _taken_off(found), present, "#ladder", language),
        _tile("left_after_generic_eur", found.left, present, "#ladder", language),
        _tile("tailor_made_grant_eur", found.grant, nominal, "#grant-forms", language),
        Tile(
            word("support_eur", language),
            shown(base, "support_eur", language),
            word("support.not_in_ladder", language),
            f"#{result_anchor('support_eur')}",
        ),
        Tile(
            word(per_tonne, language),
            shown(base, per_tonne, language),
            word("support.per_tonne_note", language),
            f"#{result_anchor(per_tonne)}",
            "open" if base.results[per_tonne] is None else "plain",
        ),
    )


def _tile(key: str, found: Judged, note: str, target: str, language: Language) -> Tile:
    value, ends = found
    notes = [note]
    if value is not None and ends:
        notes.append(word("text.range_note", language, range=span("_eur", ends, language)))
    elif ends:
        notes.append(word("text.only_range", language))
    return Tile(
        label=word(key, language),
        value=judged("_eur", found, language),
        note="; ".join(notes),
        target=target,
        tone="open" if value is None else "plain",
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
    return [_lead("conditions.lead", language), table]


def _values(found: SupportAssessment, language: Language) -> list[Block]:
    if not support_tables.doubtful_values(found):
        return [Paragraph((word("values.none", language),))]
    return [_lead("values.lead", language), support_tables.values_table(found, language)]


# ── the grant in forms ────────────────────────────────────────────────────────────────────────


def _grant_forms(found: SupportAssessment, language: Language) -> list[Block]:
    value, ends = found.grant
    if found.grant == _NOTHING:
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
    blocks: list[Block] = [_lead("forms.lead", language)]
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
    stacks = support_tables.stacks_table(found, language)
    return [
        *blocks,
        *support_tables.state_aid_tables(found, language),
        *([stacks] if stacks else []),
    ]


def _most(found: SupportAssessment, project: str, language: Language) -> Phrase:
    """The framework that leaves most room and what binds there, or that none fits the award."""
    named = project_name(found, project, language)
    best: Verdict | None = found.stacking.binding(project)
    awarded = support_tables.awarded_to(found, project)
    if awarded and support_tables.fits_nothing(found, project):
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
        binding=support_tables.binding(best.route, language),
        outcome=outcome if best.outcome == "fits" else Link(outcome, f"#{anchor}"),
    )


# ── tonnes and what they cost ─────────────────────────────────────────────────────────────────

_TONNE_COLUMNS = ("gross_2030", "required_2030", "additional_2030", "frozen_2030")


def _tonnes(found: SupportAssessment, language: Language) -> list[Block]:
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
        _lead("support_tonnes.lead", language),
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


# ── comparisons ───────────────────────────────────────────────────────────────────────────────


def _comparable(found: SupportAssessment, language: Language) -> list[Block]:
    return [
        _lead("comparable.lead", language),
        support_tables.foreign_table(found, language),
        support_tables.awards_table(found, _own_rows(found, language), language),
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
