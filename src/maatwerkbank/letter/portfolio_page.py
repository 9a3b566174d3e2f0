# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first page: who stands where, which plans were assessed, and what a variant does to them.

Takes     the register, the assessed cases, an effect.
Gives     a self-contained HTML page that leads to all other pages.
Leaves    the figures of a case to its own page.
"""

from collections.abc import Callable, Mapping

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
    phrase,
)
from maatwerkbank.letter.effect_report import judged_of, summed
from maatwerkbank.letter.exits import exit_label
from maatwerkbank.letter.numbers import SPACE, day, ratio, span, tonnes
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.sentences import shown
from maatwerkbank.letter.words import capitalised, within_sentence, word
from maatwerkbank.portfolio.effect import Effect
from maatwerkbank.portfolio.register import ORDER, Ambition, CompanyState, Register, Span
from maatwerkbank.sources import source

_DASH = "\N{EN DASH}"
Address = Callable[[str, Language, str], str]
KEYS = (
    "gross_2030_t",
    "additional_2030_t",
    "npv_eur",
    "levy_to_2030_eur",
    "support_eur",
)


def beside(page: str, language: Language, kind: str) -> str:
    """The address of a page in the same folder: `nobian.nl.html`, `nobian.nl.pdf`, `index.html`."""
    if page == "index":
        return "index.html" if language == "nl" else f"index.{language}.html"
    return f"{page}.{language}.{kind}"


def portfolio_page(
    register: Register,
    assessments: Mapping[str, Assessment],
    effect: Effect,
    language: Language = "nl",
    links: Address = beside,
) -> str:
    """The page of the whole portfolio. `links` gives the address of a page, or of a PDF."""
    other: Language = "en" if language == "nl" else "nl"
    title = word("portfolio.title", language)
    report = Report(
        language=language,
        kicker=word("portfolio.kicker", language),
        title=title,
        summary=word("portfolio.lead", language),
        note="",
        facts=Facts(
            (
                (word("text.as_of", language), (day(register.as_of.isoformat(), language),)),
                (word("text.source", language), (register.title,)),
                (word("text.receipt", language), (Code(effect.receipt.number),)),
            )
        ),
        sections=_sections(register, assessments, effect, language, links),
        known_on=register.as_of.isoformat(),
        receipt=effect.receipt.number,
        other_language=Link(word("other_language", language), links("index", other, "html")),
    )
    return html_page(report)


def _sections(
    register: Register,
    assessments: Mapping[str, Assessment],
    effect: Effect,
    language: Language,
    links: Address,
) -> tuple[Section, ...]:
    def section(anchor: str, *blocks: Block) -> Section:
        return Section(anchor, word(f"heading.{anchor}", language), blocks, anchor != "core")

    return (
        section(
            "core",
            Paragraph(_counts(register, assessments, language), "verdict"),
            _tiles(effect, language, links),
        ),
        section("cases", *_cases(assessments, language, links)),
        section("effect", *_effect(effect, language, links)),
        section("register", *_register(register, assessments, language, links)),
        section("ambitions", *_ambitions(register, language)),
    )


def _counts(
    register: Register, assessments: Mapping[str, Assessment], language: Language
) -> Phrase:
    return (
        word(
            "portfolio.counts",
            language,
            day=day(register.as_of.isoformat(), language),
            companies=len(register.companies),
            stopped=sum(1 for company in register if company.exit),
            cases=len(assessments),
        ),
    )


def _tiles(effect: Effect, language: Language, links: Address) -> Tiles:
    totals = effect.totals()
    tiles = []
    for key in ("levy_receipts_forgone_to_2030_eur", "tonnes_at_risk_2030_t"):
        judged = totals["judged"][key]
        label = within_sentence(word(key, language))
        tiles.append(
            Tile(
                label=f"{effect.variant.label.into(language)}: {label}",
                value=summed(effect, key, language),
                note=judged_of(effect, key, language),
                target=links("effect", language, "html"),
                tone="plain" if judged else "open",
            )
        )
    return Tiles(tuple(tiles))


def _cases(
    assessments: Mapping[str, Assessment], language: Language, links: Address
) -> list[Block]:
    if not assessments:
        return [Paragraph((word("portfolio.no_cases", language),))]
    rows = []
    for identity, assessment in assessments.items():
        title = assessment.case.title.into(language)
        rows.append(
            Row(
                (
                    (Link(title, links(identity, language, "html")),),
                    *((shown(assessment, key, language),) for key in KEYS),
                    (
                        Link(word("portfolio.page", language), links(identity, language, "html")),
                        ", ",
                        Link(
                            f"{word('portfolio.pdf', language)}",
                            links(identity, language, "pdf"),
                        ),
                    ),
                )
            )
        )
    table = Table(
        word("heading.cases", language),
        (
            Column(word("column.case", language), share=2),
            *(Column(word(key, language), "number") for key in KEYS),
            Column(word("column.report", language)),
        ),
        tuple(rows),
    )
    return [Paragraph((word("portfolio.cases_lead", language),), "lead"), table]


def _effect(effect: Effect, language: Language, links: Address) -> list[Block]:
    address = links("effect", language, "html")
    label = effect.variant.label.into(language)
    return [
        Paragraph((word("portfolio.effect_lead", language, variant=label),)),
        Paragraph((Link(word("portfolio.to_effect", language), address),)),
    ]


def _register(
    register: Register,
    assessments: Mapping[str, Assessment],
    language: Language,
    links: Address,
) -> list[Block]:
    ordered = sorted(
        register,
        key=lambda company: (company.exit is not None, -ORDER[company.stage], company.name),
    )
    rows = tuple(_company(company, assessments, language, links) for company in ordered)
    as_of = day(register.as_of.isoformat(), language)
    table = Table(
        word("table.register", language, day=as_of),
        (
            Column(capitalised(word("column.company", language)), share=1.3),
            Column(word("column.sector", language), share=1.3),
            Column(capitalised(word("column.stage", language)), share=1.4),
            Column(word("column.eop", language)),
            Column(word("column.jloi", language)),
            Column(capitalised(word("column.agreement", language))),
            Column(word("column.source", language), share=1.8),
        ),
        rows,
    )
    return [Paragraph((word("portfolio.register_lead", language),), "lead"), table]


def _company(
    company: CompanyState,
    assessments: Mapping[str, Assessment],
    language: Language,
    links: Address,
) -> Row:
    name: Phrase = (company.name,)
    if company.id in assessments:
        name = (Link(company.name, links(company.id, language, "html")),)
    stage: Phrase = (word(f"stage.{company.stage}", language),)
    if company.exit:
        stage = (*stage, "; ", Strong(exit_label(company.exit, language)))
    if company.track != "standard":
        stage = (*stage, f" ({word(f'track.{company.track}', language)})")
    shows = company.sources[company.stage][-1]
    return Row(
        (
            name,
            (company.sector.nl if language == "nl" else company.sector.en,),
            stage,
            (_signed(company.eop_date, language, unknown=company.eop_signed),),
            (_signed(company.jloi_date, language),),
            (_signed(company.agreement_date, language),),
            _source(shows, language),
        )
    )


def _signed(when: str | None, language: Language, *, unknown: bool = False) -> str:
    if when is None:
        return "?" if unknown else _DASH
    return day(when, language).replace(" ", SPACE)


def _source(identity: str, language: Language) -> Phrase:
    found = source(identity)
    title = Link(found.title, found.url) if found.url else found.title
    return phrase(title, f" [{word(f'seen.{found.seen}', language)}]")


# ── ambitions ─────────────────────────────────────────────────────────────────────────────────


def _ambitions(register: Register, language: Language) -> list[Block]:
    rows = tuple(
        _ambition(company, ambition, language)
        for company in register
        for ambition in company.ambitions
    )
    table = Table(
        word("table.ambitions", language),
        (
            Column(capitalised(word("column.company", language)), share=1.2),
            Column(word("column.ambition", language)),
            Column(word("column.gross_ambition", language), "number", 1.3),
            Column(word("column.additional_ambition", language), "number"),
            Column(word("column.boundary", language), share=1.8),
            Column(word("column.source", language), share=1.8),
        ),
        rows,
    )
    return [Paragraph((word("portfolio.ambitions_lead", language),), "lead"), table]


def _ambition(company: CompanyState, ambition: Ambition, language: Language) -> Row:
    what = (
        f"{word(f'quantity.{ambition.quantity}', language)}, "
        f"{word(f'version.{ambition.version}', language)}, {ambition.year}"
    )
    gross = _amount(ambition.gross, ambition, language)
    if ambition.bound and ambition.gross is not None:
        gross = word(f"bound.{ambition.bound}", language, value=gross)
    boundary = ambition.boundary.nl if language == "nl" else ambition.boundary.en
    if ambition.base_year:
        boundary = f"{boundary}; {word('text.base_year', language, year=ambition.base_year)}"
    return Row(
        (
            (company.name,),
            (what,),
            (gross,),
            (_amount(ambition.additional, ambition, language),),
            (boundary,),
            _source(ambition.source, language),
        )
    )


def _amount(amount: float | Span | None, ambition: Ambition, language: Language) -> str:
    if amount is None:
        return word("not_stated", language)
    if isinstance(amount, Span):
        key = "_t" if ambition.unit == "t/year" else "_ratio"
        return span(key, {"low": amount.low, "high": amount.high}, language)
    return tonnes(amount, language) if ambition.unit == "t/year" else ratio(amount, language)
