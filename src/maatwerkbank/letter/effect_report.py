# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy variant does to every firm in the register, as one page.

Takes     an effect.
Gives     a self-contained HTML page: totals with what each one is, pictures, a row per firm, and
          firms whose figures are not public.
Leaves    what to do about it to people.
"""

from collections.abc import Mapping

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
    Tile,
    Tiles,
    joined,
    sentence,
)
from maatwerkbank.letter.numbers import day, judged
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.sentences import shown
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.portfolio.effect import CaseEffect, Effect
from maatwerkbank.sources import source

OVER_ALL_FIRMS = ("levy_receipts_forgone_to_2030_eur", "required_no_longer_asked_2030_t")
TILES = (
    "levy_receipts_forgone_to_2030_eur",
    "additional_variant_path_2030_t",
    "extra_support_needed_eur",
    "tonnes_at_risk_2030_t",
    "required_no_longer_asked_2030_t",
    "additional_base_2030_t",
)


def effect_page(
    effect: Effect,
    language: Language = "nl",
    *,
    links: Mapping[str, str] | None = None,
    other_language: str | None = None,
    home: str | None = None,
) -> str:
    """The page of an effect.

    `links`: the address of the page of each assessed case, by id; a firm without one is plain text.
    """
    return html_page(
        effect_report(effect, language, links=links, other_language=other_language, home=home)
    )


def effect_report(
    effect: Effect,
    language: Language = "nl",
    *,
    links: Mapping[str, str] | None = None,
    other_language: str | None = None,
    home: str | None = None,
) -> Report:
    """The blocks of the page, from the totals down to the receipt."""
    variant = effect.variant
    return Report(
        language=language,
        kicker=word("effect.kicker", language),
        title=f"{variant.label.into(language)}: {word('effect.title', language).lower()}",
        summary=variant.because.into(language),
        note=word("effect.method_public", language),
        facts=_facts(effect, language),
        sections=_sections(effect, links or {}, language),
        known_on=effect.known_on.isoformat(),
        receipt=effect.receipt.number,
        other_language=Link(word("other_language", language), other_language)
        if other_language
        else None,
        home=Link(word("to_portfolio", language), home) if home else None,
    )


def _facts(effect: Effect, language: Language) -> Facts:
    cited = source(effect.variant.citation.source)
    title: Phrase = (Link(cited.title, cited.url) if cited.url else cited.title,)
    return Facts(
        (
            (word("text.known_on", language), (day(effect.known_on.isoformat(), language),)),
            (word("text.starts", language), (day(effect.variant.since.isoformat(), language),)),
            (word("text.source", language), title),
            (word("text.outlook", language), (_outlook(effect, language),)),
            (word("text.receipt", language), (Code(effect.receipt.number),)),
        )
    )


def _outlook(effect: Effect, language: Language) -> str:
    outlook = effect.cases[0].base.law.outlook
    return outlook.label.into(language) if outlook else word("receipt.none", language)


def _sections(effect: Effect, links: Mapping[str, str], language: Language) -> tuple[Section, ...]:
    def section(anchor: str, heading: str, *blocks: Block) -> Section:
        return Section(anchor, word(f"heading.{heading}", language), blocks, anchor != "core")

    return (
        section(
            "core",
            "core",
            Paragraph(_verdict(effect, language), "verdict"),
            Tiles(tuple(_tile(effect, key, language) for key in TILES)),
        ),
        section("levy", "levy_per_company", *_levy(effect, language)),
        section("paths", "additional_per_company", *_paths(effect, language)),
        section("companies", "company_table", *_companies(effect, links, language)),
        section("boundaries", "boundaries", _boundaries(effect, language)),
        section("not-public", "not_public", *_not_public(effect, language)),
        section("totals", "totals", _totals(effect, language)),
        section("method", "method", *_method(language)),
        section("receipt", "receipt", *origins.receipt(effect.receipt, language)),
    )


# ── in brief ──────────────────────────────────────────────────────────────────────────────────


def _verdict(effect: Effect, language: Language) -> Phrase:
    totals = effect.totals()
    counted = totals["judged"]

    def told(key: str) -> Link:
        return Link(summed(effect, key, language), _total_target(key))

    plans = [case for case in effect.cases if not case.exposure_only]
    phrases: list[Phrase] = []
    levy = "levy_receipts_forgone_to_2030_eur"
    lowest, highest = _ends(effect, levy)
    if counted[levy] and (lowest or highest):
        key = "effect.verdict_levy" if highest > 0 else "effect.verdict_levy_more"
        filled = sentence(key, language, levy=told(levy), count=str(counted[levy]))
        phrases.append(filled)
    if not plans:
        return joined(phrases)
    npv = "npv_change_eur"
    if counted[npv]:
        phrases.append(
            sentence(
                "effect.verdict_npv",
                language,
                npv=told(npv),
                count=str(counted[npv]),
                all=str(len(plans)),
            )
        )
    else:
        phrases.append((word("effect.verdict_npv_unknown", language, count=len(plans)),))
    at_risk = "tonnes_at_risk_2030_t"
    if counted[at_risk]:
        phrases.append(
            sentence(
                "effect.verdict_risk",
                language,
                tonnes=told(at_risk),
                judged=str(counted[at_risk]),
                all=str(len(plans)),
            )
        )
    paths = [_ends(effect, f"additional_{path}_path_2030_t") for path in ("frozen", "variant")]
    if paths[0] != paths[1]:
        phrases.append(_two_paths(effect, language))
    return joined(phrases)


def _two_paths(effect: Effect, language: Language) -> Phrase:
    """Both paths side by side: the totals are over the plans that have both."""
    keys = ("additional_frozen_path_2030_t", "additional_variant_path_2030_t")
    frozen, under = (Link(summed(effect, key, language), _total_target(key)) for key in keys)
    count = str(effect.totals()["judged"][keys[0]])
    return sentence("effect.verdict_paths", language, count=count, frozen=frozen, variant=under)


def summed(effect: Effect, key: str, language: Language) -> str:
    """A total, or the bounds of one that hangs on ranges, or that it cannot be judged."""
    totals = effect.totals()
    return judged(key, (totals[key], totals["ranges"].get(key)), language)


def _ends(effect: Effect, key: str) -> tuple[float, float]:
    """Between what a total lies; a total that is one number lies at it."""
    totals = effect.totals()
    ends = totals["ranges"].get(key) or {"low": totals[key] or 0.0, "high": totals[key] or 0.0}
    return ends["low"], ends["high"]


def _total_target(key: str) -> str:
    return f"#{_total_anchor(key)}"


def _total_anchor(key: str) -> str:
    return f"total-{key.replace('_', '-')}"


def _tile(effect: Effect, key: str, language: Language) -> Tile:
    totals = effect.totals()
    judged = totals["judged"][key]
    return Tile(
        label=word(key, language),
        value=summed(effect, key, language),
        note=judged_of(effect, key, language),
        target=_total_target(key),
        tone="plain" if judged else "open",
    )


def judged_of(effect: Effect, key: str, language: Language) -> str:
    """How many could be judged, of how many that the total is about."""
    totals = effect.totals()
    judged = totals["judged"][key]
    kind = "effect.judged" if key in OVER_ALL_FIRMS else "effect.judged_plans"
    return word(kind, language, judged=judged, all=judged + len(totals["not_judged"][key]))


# ── pictures and rows ─────────────────────────────────────────────────────────────────────────


def _levy(effect: Effect, language: Language) -> list[Block]:
    if all(case.difference["levy_to_2030_eur"] == (None, None) for case in effect.cases):
        return [Paragraph((word("effect.none_judged", language),), "note")]
    return [
        Paragraph((word("effect.method_exposure", language),), "lead"),
        Picture(
            word("chart.forgone", language),
            lambda width: charts.forgone(effect, language, width=width),
            charts.forgone_table(effect, language),
        ),
    ]


def _paths(effect: Effect, language: Language) -> list[Block]:
    lead = Paragraph((word("effect.method_paths", language),), "lead")
    if not charts.has_paths(effect):
        return [lead, charts.paths_table(effect, language)]
    ranged = ", ".join(case.company.name for case in charts.only_ranges(effect))
    told = word("effect.paths_ranges", language, names=ranged)
    return [
        lead,
        *([Paragraph((told,), "note")] if ranged else []),
        Picture(
            word("chart.paths", language),
            lambda width: charts.paths(effect, language, width=width),
            charts.paths_table(effect, language),
        ),
    ]


def _companies(effect: Effect, links: Mapping[str, str], language: Language) -> list[Block]:
    rows = tuple(_company(case, links, language) for case in effect.cases)
    heads = ("levy_base", "levy_variant", "npv_base", "npv_variant", "carbon", "extra", "at_risk")
    table = Table(
        word("table.companies", language),
        (
            Column(capitalised(word("column.company", language)), share=1.5),
            Column(capitalised(word("column.stage", language)), share=1.2),
            *(Column(word(f"column.{head}", language), "number") for head in heads),
        ),
        rows,
    )
    return [Paragraph((word("effect.method_absent", language),), "lead"), table]


def _boundaries(effect: Effect, language: Language) -> Table:
    """What is counted in and what is not, where the public figures say so."""
    rows = [
        Row(((case.company.name,), (name,), (boundary.into(language),)))
        for case in effect.cases
        for name, boundary in case.boundaries
    ]
    return Table(
        word("table.boundaries", language),
        (
            Column(capitalised(word("column.company", language))),
            Column(word("column.installation", language), share=1.2),
            Column(word("column.boundary", language), share=3),
        ),
        tuple(rows),
    )


def _company(case: CaseEffect, links: Mapping[str, str], language: Language) -> Row:
    name = case.company.name
    address = links.get(case.company.id)
    named: Phrase = (Link(name, address) if address else name,)
    if case.exposure_only:
        named = (*named, f" ({word('exposure_only', language)})")
    if case.exposure_only and case.boundaries:
        named = (*named, " ", Link(word("effect.see_boundary", language), "#boundaries"))
    levy = "levy_to_2030_eur"
    plan = not case.exposure_only
    none = word("not_applicable", language)

    def value(of: str, key: str) -> str:
        assessment = case.base if of == "base" else case.variant
        return shown(assessment, key, language) if plan or key == levy else none

    return Row(
        (
            named,
            (word(f"stage.{case.company.stage}", language),),
            (value("base", levy),),
            (value("variant", levy),),
            (value("base", "npv_eur"),),
            (value("variant", "npv_eur"),),
            (judged("_eur", case.difference["carbon_value_eur"], language) if plan else none,),
            (judged("_eur", case.extra_support, language) if plan else none,),
            (judged("_t", case.tonnes_at_risk, language) if plan else none,),
        )
    )


def _not_public(effect: Effect, language: Language) -> list[Block]:
    if not effect.not_public:
        return [Paragraph((word("effect.no_not_public", language),))]
    levy = word("levy_to_2030_eur", language)
    lacking = f"{levy}: {word('effect.not_public_why', language)}"
    rows = tuple(
        Row(
            (
                (company.name,),
                (company.sector.nl if language == "nl" else company.sector.en,),
                (word(f"stage.{company.stage}", language),),
                (lacking,),
            )
        )
        for company in effect.not_public
    )
    table = Table(
        word("table.not_public", language),
        (
            Column(capitalised(word("column.company", language))),
            Column(word("column.sector", language)),
            Column(capitalised(word("column.stage", language))),
            Column(word("column.lacks", language), share=2),
        ),
        rows,
    )
    return [Paragraph((word("effect.not_public_lead", language),), "lead"), table]


def _totals(effect: Effect, language: Language) -> Table:
    totals = effect.totals()
    names = {case.company.id: case.company.name for case in effect.cases}
    rows = []
    for key in totals["judged"]:
        missing = ", ".join(names[each] for each in totals["not_judged"][key])
        count = judged_of(effect, key, language)
        rows.append(
            Row(
                (
                    (word(key, language),),
                    (summed(effect, key, language),),
                    (word(f"definition.{key}", language),),
                    (f"{count}. {word('lacking', language)}: {missing}" if missing else count,),
                ),
                anchor=_total_anchor(key),
            )
        )
    return Table(
        word("table.totals", language),
        (
            Column(word("column.total", language), share=1.4),
            Column(word("column.value", language), "number"),
            Column(word("column.definition", language), share=2),
            Column(word("column.judged", language), share=1.4),
        ),
        tuple(rows),
    )


def _method(language: Language) -> list[Block]:
    keys = ("public", "exposure", "paths", "absent", "outlook")
    return [Paragraph((word(f"effect.method_{key}", language),)) for key in keys]
