# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case under what we do not know, as a report: how it may turn out, why, and at whose cost.

Takes     the risk of a case, a language.
Gives     a report of its own, or its sections for the report of the case.
Leaves    the sections to `risk_report_spread` and its like, the looks to `page`.
"""

from collections.abc import Callable

from maatwerkbank.ground.language import Language
from maatwerkbank.letter import (
    origins,
    risk_report_fails,
    risk_report_known,
    risk_report_money,
    risk_report_spread,
    risk_report_why,
)
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Report,
    Section,
    Strong,
    Tile,
    Tiles,
    joined,
    sentence,
)
from maatwerkbank.letter.numbers import day, euros, number, tonnes
from maatwerkbank.letter.risk_measures import chance, listed
from maatwerkbank.letter.risk_names import LACKS, RiskNames
from maatwerkbank.letter.words import within_sentence, word
from maatwerkbank.parameters.price_families import family
from maatwerkbank.risk.case_risk import CaseRisk
from maatwerkbank.risk.summary import Chance, Summary

# The first sheet of a document: what it comes to, and the picture of the value.
FIRST_SHEET = ("core", "risk-value")
ASSUMPTIONS = "risk-assumptions"

_SECTIONS: dict[str, Callable[[RiskNames], list[Block]]] = {
    "risk-value": risk_report_spread.value,
    "risk-tonnes": risk_report_spread.tonnes_2030,
    "risk-drivers": risk_report_why.drivers,
    "risk-break-even": risk_report_why.break_even,
    "risk-discovery": risk_report_fails.discoveries,
    "risk-parts": risk_report_why.parts,
    "risk-prices": risk_report_spread.prices,
    "risk-money": risk_report_money.money,
    "risk-guarantees": risk_report_money.guarantees,
    "risk-regret": risk_report_money.regret,
    "risk-laws": risk_report_spread.laws,
    LACKS: risk_report_known.lacks,
    ASSUMPTIONS: risk_report_known.assumptions,
}


def case_risk_report(
    risk: CaseRisk,
    language: Language = "nl",
    *,
    other_language: str | None = None,
    home: str | None = None,
) -> Report:
    """The report of one case in draws, from what it comes to down to the receipt.

    `other_language` and `home`: addresses of the same page in the other language and of the
    overview, where there are such pages.
    """
    names = RiskNames(risk, language)
    case = risk.case
    receipt = origins.receipt(risk.receipt, language)
    return Report(
        language=language,
        kicker=word("risk_report.kicker", language),
        title=case.title.into(language),
        summary=word("risk_report.summary", language, draws=number(risk.draws.n, language)),
        note=word(f"kind_note.{case.kind}", language),
        facts=_facts(names),
        sections=(
            Section("core", word("heading.core", language), _core(names), in_contents=False),
            *_sections(names),
            Section("receipt", word("heading.receipt", language), tuple(receipt)),
        ),
        known_on=risk.simulation.plan.known_on.isoformat(),
        receipt=risk.receipt.number,
        other_language=Link(word("other_language", language), other_language)
        if other_language
        else None,
        home=Link(word("to_portfolio", language), home) if home else None,
        first_sheet=FIRST_SHEET,
    )


def risk_sections(risk: CaseRisk, language: Language = "nl") -> tuple[Section, ...]:
    """The same sections for the report of the case, each with a heading that says it is risk."""
    names = RiskNames(risk, language)
    brief = Section(
        "risk", word("risk_report.heading.brief", language), (_run(names), *_core(names))
    )

    def marked(section: Section) -> Section:
        heading = word(
            "risk_report.heading.marked", language, heading=within_sentence(section.heading)
        )
        return Section(section.anchor, heading, section.blocks)

    return (brief, *(marked(each) for each in _sections(names)))


def _sections(names: RiskNames) -> list[Section]:
    found = []
    for anchor, made in _SECTIONS.items():
        if anchor == "risk-laws" and len(names.risk.laws) < 2:
            continue
        key = f"risk_report.heading.{anchor.removeprefix('risk-').replace('-', '_')}"
        found.append(Section(anchor, names.word(key), tuple(made(names))))
    return found


def _facts(names: RiskNames) -> Facts:
    risk, language = names.risk, names.language
    plan = risk.simulation.plan
    laws = listed([names.law(each) for each in risk.laws], language)
    outlook = word("receipt.none", language)
    if names.base.law.outlook:
        outlook = names.base.law.outlook.label.into(language)
    pairs: tuple[tuple[str, Phrase], ...] = (
        (names.word("risk_report.fact.draws"), (_draws(names),)),
        (names.word("risk_report.fact.family"), (family(risk.draws.family).label.into(language),)),
        (names.word("text.known_on"), (day(plan.known_on.isoformat(), language),)),
        (names.word("text.law"), (laws,)),
        (names.word("text.outlook"), (outlook,)),
        (names.word("text.receipt"), (Code(risk.receipt.number),)),
    )
    return Facts(pairs)


def _draws(names: RiskNames) -> str:
    draws = names.risk.draws
    shown = number(draws.n, names.language)
    return names.word("risk_report.fact.draws_seed", draws=shown, seed=draws.seed)


def _run(names: RiskNames) -> Paragraph:
    """What was drawn, where the head of the page is that of the case."""
    label = family(names.risk.draws.family).label.into(names.language)
    filled = {"draws": _draws(names), "family": within_sentence(label)}
    return Paragraph((names.word("risk_report.run", **filled),), "lead")


# ── in brief ──────────────────────────────────────────────────────────────────────────────────


def _core(names: RiskNames) -> tuple[Block, ...]:
    told = [_value(names), *_tonnes(names), *_late(names), _money(names)]
    assumptions = Link(names.word("risk_report.these_assumptions"), f"#{ASSUMPTIONS}")
    caution = sentence("risk_report.caution", names.language, link=assumptions)
    return (
        Paragraph(joined(told), "verdict"),
        Tiles(_tiles(names)),
        Paragraph(caution, "lead"),
    )


def _value(names: RiskNames) -> Phrase:
    law, language = names.risk.leading, names.language
    npv = law.outcomes["npv_eur"]
    if isinstance(npv, Summary) and law.below_nil is not None:
        stands = chance(1.0 - law.below_nil.probability, language)
        strong = Strong(names.word("risk_report.stands", chance=stands))
        mean, low, high = (euros(v, language) for v in (npv.mean, npv.at(0.10), npv.at(0.90)))
        return (strong, f" {names.word('risk_report.worth', mean=mean, low=low, high=high)}")
    lacks = Link(names.word("risk_report.see_lacks"), f"#{LACKS}")
    strong = Strong(names.word("verdict.unknown"))
    found: list[Phrase] = [(strong,), sentence("risk_report.value_unknown", language, link=lacks)]
    carbon = law.outcomes["carbon_value_eur"]
    if isinstance(carbon, Summary):
        mean, low, high = (
            euros(v, language) for v in (carbon.mean, carbon.at(0.10), carbon.at(0.90))
        )
        said = names.word("risk_report.carbon_worth", mean=mean, low=low, high=high)
        found.append((said,))
    return joined(found)


def _tonnes(names: RiskNames) -> list[Phrase]:
    law, language = names.risk.leading, names.language
    promise = names.risk.promise
    if promise.tonnes is None or law.promise_kept is None:
        told = law.outcomes["additional_2030_t"]
        if isinstance(told, Summary):
            if told.most == 0.0:
                return [(names.word("risk_report.no_tonnes"),)]
            if not told.varies:
                amount = tonnes(told.mean, language)
                return [(names.word("risk_report.same_tonnes", tonnes=amount),)]
            low, mean, high = (tonnes(v, language) for v in (told.at(0.1), told.mean, told.at(0.9)))
            return [(names.word("risk_report.some_tonnes", mean=mean, low=low, high=high),)]
        return [(names.word("verdict.additional_unknown"),)] if names.risk.case.projects else []
    said = names.word(
        f"risk_report.kept.{promise.basis}",
        tonnes=tonnes(promise.tonnes, language),
        chance=names.chance(law.promise_kept),
    )
    return [(said,)]


def _late(names: RiskNames) -> list[Phrase]:
    """The project that is likeliest to miss 2030, if any may."""
    latest = max(names.risk.starts, key=lambda each: each.after_2030.probability, default=None)
    if latest is None or latest.after_2030.probability == 0.0:
        return []
    filled = {
        "project": names.project(latest.project),
        "chance": names.chance(latest.after_2030),
        "planned": latest.planned,
    }
    return [(names.word("risk_report.misses_2030", **filled),)]


def _money(names: RiskNames) -> Phrase:
    found, language = names.risk.leading.money, names.language
    if not isinstance(found.nominal, Summary):
        return (names.word("risk_report.support_unknown"),)
    if not found.nominal.varies and found.nominal.mean == 0.0:
        return (names.word("risk_report.no_support_brief"),)
    said = names.word("risk_report.support_brief", mean=euros(found.nominal.mean, language))
    if found.at_risk is None:
        return (said,)
    if found.at_risk.missed.probability == 0.0:
        return (f"{said} {names.word('risk_report.support_never_missed')}",)
    risked = names.word(
        "risk_report.support_at_risk",
        chance=names.chance(found.at_risk.missed),
        expected=euros(found.at_risk.expected_eur, language),
    )
    return (f"{said} {risked}",)


# ── key figures ───────────────────────────────────────────────────────────────────────────────


def _tiles(names: RiskNames) -> tuple[Tile, ...]:
    """Six figures: what the plan is worth, what it brings in 2030, what the State may lose."""
    law = names.risk.leading
    worth = [_outcome_tile(names, "npv_eur")]
    if isinstance(law.outcomes["npv_eur"], Summary):
        worth += [_chance_tile(names, "loss", law.below_nil, "risk-value"), _shortfall_tile(names)]
    else:
        worth += [
            _outcome_tile(names, "carbon_value_eur"),
            _outcome_tile(names, "levy_to_2030_eur"),
        ]
    promised = names.risk.promise.tonnes is not None
    tonnes_tile = (
        _chance_tile(names, "promise", law.promise_kept, "risk-tonnes")
        if promised
        else _outcome_tile(names, "additional_2030_t")
    )
    return (*worth, tonnes_tile, *_money_tiles(names))


def _shortfall_tile(names: RiskNames) -> Tile:
    worst = names.risk.leading.summary("npv_eur")
    shown = euros(worst.shortfall if worst else None, names.language)
    note = names.word("risk_report.tile.worst")
    return Tile(names.word("risk_report.tile.shortfall"), shown, note, "#risk-value")


def _money_tiles(names: RiskNames) -> tuple[Tile, Tile]:
    """Support that may be lost and that may be too much; without those what is known beside."""
    law, language = names.risk.leading, names.language
    gross = _outcome_tile(names, "gross_2030_t")
    paid = law.money.nominal
    if not isinstance(paid, Summary) or not paid.mean:
        return gross, _outcome_tile(names, "support_eur")
    at_risk, windfall = law.money.at_risk, law.money.windfall
    first = _outcome_tile(names, "support_eur")
    if at_risk is not None:
        note = names.word("risk_report.tile.at_risk_note", p95=euros(at_risk.p95_eur, language))
        shown = euros(at_risk.expected_eur, language)
        first = Tile(names.word("risk_report.tile.at_risk"), shown, note, "#risk-money")
    if windfall is None:
        return first, gross
    expected = euros(windfall.expected_eur, language)
    note = names.word("risk_report.tile.windfall_note", amount=expected)
    label = names.word("risk_report.tile.windfall")
    return first, Tile(label, names.chance(windfall.chance), note, "#risk-money")


def _outcome_tile(names: RiskNames, key: str) -> Tile:
    """The median of an outcome, with what lies in eight of ten draws."""
    told = names.risk.leading.outcomes[key]
    target = "#risk-tonnes" if key.endswith("_t") else "#risk-value"
    if key == "support_eur":
        target = "#risk-money"
    if not isinstance(told, Summary):
        label = names.outcome(key)
        shown, note = names.word("cannot_be_judged"), names.word("risk_report.see_lacks")
        return Tile(label, shown, note, f"#{LACKS}", "open")
    low, high = (names.figure(key, told.at(p)) for p in (0.10, 0.90))
    note = names.word("risk_report.tile.range", low=low, high=high)
    if not told.varies:
        note = names.word("risk_report.tile.same")
    return Tile(names.outcome(key), names.figure(key, told.at(0.5)), note, target)


def _chance_tile(names: RiskNames, key: str, found: Chance | None, anchor: str) -> Tile:
    label = names.word(f"risk_report.chance.{key}")
    if found is None:
        note = names.word("risk_report.see_lacks")
        return Tile(label, names.word("cannot_be_judged"), note, f"#{LACKS}", "open")
    points = number(100 * found.error, names.language, 1)
    note = names.word("risk_report.tile.error", points=points)
    return Tile(label, names.chance(found), note, f"#{anchor}")
