# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each figure of a report comes from: results, assumptions, law, what is lacking, receipt.

Takes     an assessment.
Gives     tables whose rows are the places that every figure above them links to.
Leaves    the figures themselves as they were stated: nothing is converted but the way of writing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.business_case import TARGET_YEAR
from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.language import Language
from maatwerkbank.ground.receipt import Receipt
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Column,
    Link,
    Paragraph,
    Phrase,
    Row,
    Table,
    joined,
    phrase,
)
from maatwerkbank.letter.names import moving_together, parameter_label, place_label, unit_label
from maatwerkbank.letter.numbers import SPACE, day, figure, span, stated
from maatwerkbank.letter.sentences import result_anchor
from maatwerkbank.letter.words import within_sentence, word
from maatwerkbank.parameters.law import Value

SHOWN_LINKS = 3  # of what a result rests on: the table of assumptions has them all
_DASH = "\N{EN DASH}"


def place_anchor(place: str) -> str:
    """Where the row of a figure of the case stands."""
    return f"figure-{_slug(place)}"


def law_anchor(name: str) -> str:
    """Where the first row of a parameter stands."""
    return f"law-{_slug(name)}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def cited(source: str, place: str | None, assessment: Assessment, language: Language) -> Phrase:
    """A source in a cell: its title as a link, publisher, date, and the place in it."""
    found = assessment.case_file.source(source)
    title = Link(found.title, found.url) if found.url else found.title
    after = [
        part for part in (found.publisher, day(found.date, language) if found.date else "") if part
    ]
    told = f" ({', '.join(after)})" if after else ""
    return phrase(title, told, f"; {' '.join(place.split())}" if place else "")


# ── what is lacking ───────────────────────────────────────────────────────────────────────────


def lacks(assessment: Assessment, language: Language) -> list[Block]:
    """Each figure that is lacking once, with all results that hang on it."""
    found = assessment.lacks
    if not found:
        return [Paragraph((word("text.lacks_none", language),))]
    rows = tuple(
        Row(
            (
                _lack_place(of[0], assessment, language),
                (of[0].why[language],),
                (of[0].ask[language],),
                (_lack_results(of, language),),
            )
        )
        for of in _by_place(found)
    )
    table = Table(
        word("table.lacks", language),
        (
            Column(word("column.place", language), share=1.4),
            Column(word("column.why", language), share=1.4),
            Column(word("column.ask", language), share=1.2),
            Column(word("column.hangs_on_it", language), share=1.4),
        ),
        rows,
    )
    return [Paragraph((word("text.lacks_lead", language),), "lead"), table]


def _by_place(found: Iterable[Lack]) -> list[list[Lack]]:
    places: dict[tuple[str, str], list[Lack]] = {}
    for lack in found:
        places.setdefault((lack.place, lack.reason), []).append(lack)
    return list(places.values())


def _lack_place(lack: Lack, assessment: Assessment, language: Language) -> Phrase:
    if not lack.place:
        return (_DASH,)
    if lack.reason == "sign_open":
        return joined(_place_links(lack.place.split(", "), assessment, language), "; ")
    return joined(_place_links([lack.place], assessment, language))


def _lack_results(of: list[Lack], language: Language) -> str:
    if of[0].reason == "sign_open":
        return word("text.sign_open", language)
    return "; ".join(within_sentence(word(lack.figure, language)) for lack in of)


def _place_links(places: Iterable[str], assessment: Assessment, language: Language) -> list[Phrase]:
    known = {row["place"] for row in assessment.assumptions()}
    return [
        (Link(label, f"#{place_anchor(place)}"),) if place in known else (label,)
        for named in places
        for place in moving_together(assessment, named)
        for label in [place_label(assessment, place, language)]
    ]


# ── all results ───────────────────────────────────────────────────────────────────────────────


def results(assessment: Assessment, language: Language) -> list[Block]:
    """Every flat figure with its range, how it follows, and which figures it rests on."""
    year = assessment.case.valuation_year
    rows = []
    for key, value in assessment.results.items():
        found = assessment.ranges.get(key)
        only = word("text.only_range", language)
        rows.append(
            Row(
                (
                    (word(key, language),),
                    (only if value is None and found else figure(key, value, language),),
                    (span(key, found, language) if found else _DASH,),
                    (word(f"how.{key}", language).format(year=year),),
                    _rests_on(key, assessment, language),
                ),
                anchor=result_anchor(key),
            )
        )
    table = Table(
        word("table.results", language),
        (
            Column(word("column.result", language), share=1.3),
            Column(word("column.value", language), "number"),
            Column(word("column.range", language), "number", 1.2),
            Column(word("column.how", language), share=2.2),
            Column(word("column.rests_on", language), share=1.6),
        ),
        tuple(rows),
    )
    return [Paragraph((word("text.results_lead", language),), "lead"), table]


_TONNES = r"\.(scope1|levy_base|removal)$"
_RIGHTS = r"\.rights(\.|$)|rights_sale"
# What a result rests on: a pattern of places in the case, and parameters.
_RESTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "gross": (r"\.scope1$", ()),
    "removal": (r"\.removal$", ()),
    "required_2030": (f"{_TONNES}|{_RIGHTS}", ("co2_heffing/reductiefactor",)),
    "additional": (f"{_TONNES}|{_RIGHTS}", ("co2_heffing/reductiefactor",)),
    "levy": (
        f"{_TONNES}|{_RIGHTS}|^prices\\.eua$",
        ("co2_heffing/tarief", "co2_heffing/reductiefactor"),
    ),
    "ets": (r"\.(scope1|ets)$|\.rights(\.|$)|^prices\.eua$", ()),
    "investment": (r"\.capex$|\.replacements", ()),
    "support": (r"^awards", ()),
    "discount": (r"^discount_rate$", ()),
}


@dataclass(frozen=True)
class Resting:
    """On what a flat figure rests: places of the case, and parameters of law."""

    places: tuple[str, ...]
    parameters: tuple[str, ...]


def resting(key: str, places: Iterable[str], used: Collection[str]) -> Resting | None:
    """On which of these figures and used parameters a flat figure rests; None: on all of them."""
    rule = next((rule for start, rule in _RESTS.items() if key.startswith(start)), None)
    if rule is None:
        return None
    pattern, parameters = rule
    return Resting(
        tuple(place for place in places if re.search(pattern, place)),
        tuple(name for name in parameters if name in used),
    )


def _rests_on(key: str, assessment: Assessment, language: Language) -> Phrase:
    places = [row["place"] for row in assessment.assumptions()]
    rests = resting(key, places, {name for name, _ in assessment.law.used})
    if rests is None:
        swings = [swing.place for swing in assessment.swings[:3]]
        everything: Phrase = (Link(word("text.all_ranges_rest", language), "#assumptions"),)
        if not swings:
            return everything
        most = joined(_place_links(swings, assessment, language), "; ")
        before, after = word("text.weighs_most", language).split("{links}")
        return phrase(*everything, "; ", before, *most, after)
    links = _place_links(rests.places[:SHOWN_LINKS], assessment, language)
    more = len(rests.places) - SHOWN_LINKS
    if more > 0:
        links.append((word("text.and_more", language, count=more),))
    links += [
        (Link(parameter_label(name, language), f"#{law_anchor(name)}"),)
        for name in rests.parameters
    ]
    return joined(links, "; ") if links else (_DASH,)


# ── assumptions ───────────────────────────────────────────────────────────────────────────────


def assumptions(assessment: Assessment, language: Language) -> list[Block]:
    """Every figure of the case and every price it uses, as stated."""
    rows = tuple(
        Row(
            (
                (
                    f"{place_label(assessment, row['place'], language)} ",
                    Code(row["place"]),
                ),
                (stated_figure(row, language),),
                cited(row["source"]["id"], row["source"]["place"], assessment, language),
                (_seen(row, language),),
            ),
            anchor=place_anchor(row["place"]),
        )
        for row in assessment.assumptions()
    )
    table = Table(
        word("table.assumptions", language),
        (
            Column(word("column.assumption", language), share=1.6),
            Column(word("column.value", language), share=1.4),
            Column(word("column.source", language), share=2.2),
            Column(word("column.seen", language), share=0.8),
        ),
        rows,
    )
    blocks: list[Block] = [Paragraph((_seen_legend(language),), "lead")]
    reasons = len(assessment.not_official())
    if reasons:
        told = word("text.not_official", language, count=reasons)
        blocks.append(Paragraph((told,), "note"))
    if _holds_benchmarks(assessment):
        blocks.append(Paragraph((word("text.benchmarks_held", language),), "note"))
    return [*blocks, table]


def _holds_benchmarks(assessment: Assessment) -> bool:
    """Whether free allocation of 2026-2030 rests on the benchmarks of the period before."""
    law = assessment.law
    if law.outlook is None or all(each.levy != "ets" for each in assessment.case.installations):
        return False
    heat = law.on(f"{BENCHMARK_BOUND}/heat", date(TARGET_YEAR, 1, 1), chapter="eu_ets")
    return heat.status == "scenario"


def _seen_legend(language: Language) -> str:
    kinds = ("official", "press", "derived", "database", "unverified")
    told = "; ".join(
        f"{word(f'seen.{kind}', language)}: {word(f'seen_means.{kind}', language)}"
        for kind in kinds
    )
    return f"{word('text.assumptions_lead', language)} {told[:1].upper()}{told[1:]}."


def stated_figure(row: dict[str, Any], language: Language) -> str:
    """A figure as its source states it: value, range or years, unit, price level."""
    unit = unit_label(row["unit"], language)
    if "by_year" in row:
        years = (f"{year}: {_amount(value, language)}" for year, value in row["by_year"].items())
        told = "; ".join(years) + (f" {unit}" if unit else "")
    else:
        told = f"{_amount(row.get('range', row.get('value')), language)}{SPACE}{unit}".strip()
    if row.get("price_year"):
        told += f" ({word('text.price_level', language, year=row['price_year'])})"
    return told


def _amount(value: Any, language: Language) -> str:
    """A number, or a range with its centre where a source gives one."""
    if not isinstance(value, dict):
        return stated(float(value), language)
    low, high = (stated(float(value[end]), language) for end in ("low", "high"))
    spread = word("text.range", language, low=low, high=high)
    centre = value.get("central")
    if centre is None:
        return spread
    return f"{stated(float(centre), language)} ({spread})"


# ── law ───────────────────────────────────────────────────────────────────────────────────────


def law(assessment: Assessment, language: Language) -> list[Block]:
    """Every value of law that the run touched, by run of years with one status and source."""
    rows: list[Row] = []
    anchored: set[str] = set()
    for row in assessment.law_values():
        name = row["name"]
        years = [int(year) for year in row["by_year"]]
        values = [assessment.law.used[name, year] for year in years]
        rows.append(
            Row(
                (
                    (f"{parameter_label(name, language)} ", Code(name)),
                    (_years(years),),
                    (_law_values(values, years, row, language),),
                    (word(f"status.{row['status']}", language),),
                    phrase(
                        *cited(row["source"]["id"], row["source"]["place"], assessment, language),
                        f" [{_seen(row, language)}]",
                    ),
                ),
                anchor=None if name in anchored else law_anchor(name),
            )
        )
        anchored.add(name)
    table = Table(
        word("table.law", language),
        (
            Column(word("column.parameter", language), share=1.5),
            Column(word("column.years", language), share=0.7),
            Column(word("column.value", language), share=1.9),
            Column(word("column.status", language), share=0.7),
            Column(word("column.source", language), share=2),
        ),
        tuple(rows),
    )
    return [Paragraph((word("text.law_lead", language),), "lead"), table]


def _seen(row: dict[str, Any], language: Language) -> str:
    return word(f"seen.{row['source']['seen']}", language)


def _years(years: list[int]) -> str:
    """`2025-2030`, or every run of years where there are gaps."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    spans = (str(run[0]) if len(run) == 1 else f"{run[0]}{_DASH}{run[-1]}" for run in runs)
    return ", ".join(spans)


def _law_values(
    values: list[Value], years: list[int], row: dict[str, Any], language: Language
) -> str:
    shown = [_law_value(value, language) for value in values]
    # A calendar year and a code are read as they stand.
    unit = "" if row["unit"] in ("year", "code") else unit_label(row["unit"], language)
    told = (
        shown[0]
        if len(set(shown)) == 1
        else "; ".join(f"{year}: {each}" for year, each in zip(years, shown, strict=True))
    )
    told = f"{told} {unit}".strip()
    if row["price_year"]:
        told += f" ({word('text.price_level', language, year=row['price_year'])})"
    return told


def _law_value(value: Value, language: Language) -> str:
    """A value; of one that nobody has seen only its bounds."""
    if value.unit in ("year", "code"):
        return f"{value.value:.0f}"
    if value.low is not None and value.high is not None:
        low, high = stated(value.low, language), stated(value.high, language)
        return word("text.range", language, low=low, high=high)
    return stated(value.value, language)


# ── receipt ───────────────────────────────────────────────────────────────────────────────────


def receipt(found: Receipt, language: Language) -> list[Block]:
    """What the run rests on, so that it can be repeated."""
    rows = tuple(
        Row(
            (
                (word(f"receipt.{key}", language),),
                (Code(str(value)) if value is not None else word("receipt.none", language),),
            )
        )
        for key, value in found.as_json().items()
    )
    table = Table(
        word("table.receipt", language),
        (Column(word("column.item", language)), Column(word("column.value", language), share=2.4)),
        rows,
    )
    return [Paragraph((word("text.receipt_lead", language),), "lead"), table]


__all__ = [
    "Resting",
    "assumptions",
    "cited",
    "lacks",
    "law",
    "receipt",
    "resting",
    "results",
    "stated_figure",
]
