# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same project in other countries, as blocks of a report.

Takes     a case compared with one or more countries, a language.
Gives     per country a sentence, the gap of each factor, why a gap is null and whom to ask, and
          what each factor rests on with its source.
Leaves    the arithmetic to `economics.conditions`, the lines of a terminal to `conditions_text`.
"""

from collections.abc import Callable, Sequence

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.condition_factors import (
    CASE_LACKS,
    FACTORS,
    HURDLE,
    Comparison,
    Factor,
    Judged,
    seen_of,
)
from maatwerkbank.economics.elsewhere import Elsewhere
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Paragraph,
    Phrase,
    Report,
    Row,
    Section,
    Table,
)
from maatwerkbank.letter.names import law_label, place_label
from maatwerkbank.letter.numbers import day, euros, millions, number, stated
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.words import capitalised, has_word, within_sentence, word
from maatwerkbank.parameters.countries import NoCharge, country_file
from maatwerkbank.sources.figure import Figure
from maatwerkbank.sources.register import load_sources

MOST_PLACES = 4  # of the ranges on which a gap hangs; the JSON has them all
Shown = Callable[[float], str]


def conditions_report(found: Elsewhere, language: Language = "nl") -> Report:
    """The page of one case beside other countries."""
    case, law = found.base.case, found.base.law
    rate = word("not_stated", language)
    if found.hurdle_rate is not None:
        rate = (
            f"{_percent(found.hurdle_rate, language)} {word('conditions_report.a_year', language)}"
        )
    facts: tuple[tuple[str, Phrase], ...] = (
        (word("text.known_on", language), (day(law.known_on.isoformat(), language),)),
        (word("text.law", language), (law_label(found.base, language),)),
        (word("factor.hurdle", language), (rate,)),
        (word("text.receipt", language), (Code(found.receipt.number),)),
    )
    return Report(
        language=language,
        kicker=word("conditions_report.kicker", language),
        title=case.title.into(language),
        summary=case.summary.into(language),
        note=word(f"kind_note.{case.kind}", language),
        facts=Facts(facts),
        sections=(
            *conditions_sections(found, language),
            Section(
                "receipt",
                word("heading.receipt", language),
                tuple(origins.receipt(found.receipt, language)),
            ),
        ),
        known_on=law.known_on.isoformat(),
        receipt=found.receipt.number,
    )


def conditions_sections(found: Elsewhere, language: Language = "nl") -> tuple[Section, ...]:
    """All countries side by side, then each."""
    heading = word("conditions_report.heading", language)
    sections = [Section("core", heading, tuple(_side_by_side(found, language)), in_contents=False)]
    sections += [
        Section(
            f"country-{each.country}",
            each.label.into(language),
            tuple(comparison_blocks(each, found.base, language)),
        )
        for each in found.comparisons
    ]
    return tuple(sections)


def comparison_blocks(
    comparison: Comparison, base: Assessment, language: Language = "nl"
) -> list[Block]:
    """One country: what it comes to, the gap per factor, what is not known, what it rests on."""
    because = comparison.because.into(language)
    return [
        Paragraph((_sentence(comparison, language),), "lead"),
        Paragraph((because,)),
        _factor_table(comparison, language),
        *_together(comparison, language),
        *_unjudged(comparison, base, language),
        _sources(comparison, base, language),
    ]


# ── all countries ─────────────────────────────────────────────────────────────────────────────


def _side_by_side(found: Elsewhere, language: Language) -> list[Block]:
    first = found.comparisons[0]
    here = word(
        "conditions.here",
        language,
        npv=_npv(first.npv_here, language),
        irr=_irr(first.irr_here, language),
    )
    told: list[Block] = [Paragraph((f"{here} {word('conditions.stays', language)}",), "lead")]
    if len(found.comparisons) == 1:
        return told
    rows = [
        Row(
            (
                (word(f"factor.{each}", language),),
                *(
                    (_gap_cell(one.factor(each).npv_gap, _in_millions, language),)
                    for one in found.comparisons
                ),
            )
        )
        for each in (*FACTORS, HURDLE)
    ]
    together = (
        (_gap_cell(each.together.npv_gap, _in_millions, language),) for each in found.comparisons
    )
    rows.append(Row(((word("factor.together", language),), *together), style="total"))
    table = Table(
        f"{word('conditions.overview', language)}; {word('not_judged_means', language)}",
        (
            Column(word("conditions.column.factor", language), share=1.4),
            *(Column(each.label.into(language), "number") for each in found.comparisons),
        ),
        tuple(rows),
    )
    return [*told, table, Paragraph((word("conditions.together_differs", language),), "note")]


# ── one country ───────────────────────────────────────────────────────────────────────────────


def _sentence(comparison: Comparison, language: Language) -> str:
    """What the plan would gain or lose there, and which factor weighs most."""
    country = comparison.label.into(language)
    if not comparison.takes:
        return word("conditions_report.nothing_known", language, country=country)
    gap = comparison.together.npv_gap
    if gap.value is None and gap.low is None:
        return word("conditions_report.unknown", language, country=country)
    said = word(
        f"conditions_report.{_direction(gap)}",
        language,
        country=country,
        factors=_factors(comparison.takes, language),
        value=_size(gap, language),
    )
    heaviest = _heaviest(comparison)
    if heaviest is None or len(comparison.takes) < 2:
        return said
    named = within_sentence(word(f"factor.{heaviest.id}", language))
    weighs = word(
        "conditions_report.heaviest",
        language,
        factor=named,
        value=_judged(heaviest.npv_gap, lambda v: euros(v, language), language),
    )
    return f"{said} {weighs}"


def _ends(gap: Judged) -> tuple[float, float]:
    """Between what a gap lies; one that is a single number lies at it."""
    if gap.low is not None and gap.high is not None:
        return gap.low, gap.high
    known = gap.value or 0.0
    return known, known


def _direction(gap: Judged) -> str:
    low, high = _ends(gap)
    if max(abs(low), abs(high)) < 0.5:
        return "same"
    return "more" if low >= 0 else "less" if high <= 0 else "either"


def _size(gap: Judged, language: Language) -> str:
    """The gap without its sign where the sentence says which way it goes."""
    if _direction(gap) == "either":
        return _judged(gap, lambda v: euros(v, language), language)
    low, high = sorted(map(abs, _ends(gap)))
    if gap.value is not None:
        return euros(abs(gap.value), language)
    return word("text.range", language, low=euros(low, language), high=euros(high, language))


def _heaviest(comparison: Comparison) -> Factor | None:
    """The factor taken from there that can move the value most."""
    known = [
        (max(map(abs, _ends(each.npv_gap))), each)
        for each in comparison.factors
        if each.id in comparison.takes and each.npv_gap.low is not None
    ]
    moving = [(size, each) for size, each in known if size >= 0.5]
    return max(moving, key=lambda one: one[0])[1] if moving else None


def _factor_table(comparison: Comparison, language: Language) -> Table:
    rows = tuple(
        Row(
            (
                (word(f"factor.{each.id}", language),),
                (_gap_cell(each.npv_gap, _in_millions, language),),
                (_gap_cell(each.irr_gap, _in_points, language),),
            ),
            style="total" if each.id == "together" else "plain",
        )
        for each in (*comparison.factors, comparison.together)
    )
    country = comparison.label.into(language)
    caption = word("conditions_report.table", language, country=country)
    return Table(
        f"{caption}; {word('not_judged_means', language)}",
        (
            Column(word("conditions.column.factor", language), share=1.6),
            Column(word("conditions.column.npv_gap", language), "number"),
            Column(word("conditions.column.irr_gap", language), "number"),
        ),
        rows,
    )


def _together(comparison: Comparison, language: Language) -> list[Block]:
    """What is taken from there and what stays, and what it all comes to."""
    if not comparison.takes:
        return []
    told = [word("conditions.takes", language, factors=_factors(comparison.takes, language))]
    if "electricity_bill" in comparison.takes:
        told.append(word("conditions.bill_covers", language))
    if comparison.leaves_out:
        left = _factors(comparison.leaves_out, language)
        told.append(word("conditions.leaves_out", language, factors=left))
    together = comparison.together
    npv, irr = _npv(together.npv, language), _irr(together.irr, language)
    told.append(word("conditions.together", language, npv=npv, irr=irr))
    if len(comparison.takes) > 1:
        rest = _judged(comparison.remainder, lambda v: euros(v, language), language)
        told.append(word("conditions.remainder", language, value=rest))
    if HURDLE in comparison.takes:
        told.append(word("conditions.hurdle_gap", language))
    return [Paragraph((" ".join(told),))]


def _unjudged(comparison: Comparison, base: Assessment, language: Language) -> list[Block]:
    """Each reason once, with the gaps that it leaves open and who can give what is lacking."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for factor in (*comparison.factors, comparison.together):
        lack = _what_is_absent(factor)
        if lack is None:
            continue
        asked = "" if lack.reason == "undefined" else lack.ask[language]
        if lack.place == CASE_LACKS.place:
            asked = word("conditions_report.see_lacks", language)
        key = (capitalised(lack.why[language].rstrip(".")), asked)
        reasons.setdefault(key, []).append(_gap_name(factor, lack, language))
    blocks: list[Block] = []
    if reasons:
        dash = "\N{EN DASH}"
        rows = tuple(
            Row(
                (
                    (capitalised(listed([within_sentence(name) for name in names], language)),),
                    (why,),
                    (capitalised(ask) or dash,),
                )
            )
            for (why, ask), names in reasons.items()
        )
        table = Table(
            word("conditions_report.unjudged", language),
            (
                Column(word("conditions_report.column.gap", language)),
                Column(word("column.why", language), share=1.8),
                Column(word("column.ask", language), share=1.2),
            ),
            rows,
        )
        blocks.append(table)
    hanging = _ranges(comparison, base, language)
    if hanging:
        told = word("conditions.ranges", language, places="; ".join(hanging))
        blocks.append(Paragraph((told,), "note"))
    return blocks


def _what_is_absent(factor: Factor) -> Lack | None:
    """What keeps a gap from being given at all, not even as a range."""
    found = (
        lack
        for figure in ("npv_gap_eur", "irr_gap")
        for lack in factor.lacks
        if lack.figure == figure and lack.reason != "interval"
    )
    return next(found, None)


def _gap_name(factor: Factor, lack: Lack, language: Language) -> str:
    name = word(f"factor.{factor.id}", language)
    if lack.figure == "npv_gap_eur":
        return name
    if factor.id == "together":
        return word("conditions.irr_together", language)
    return word("conditions.irr_of", language, factor=within_sentence(name))


def _ranges(comparison: Comparison, base: Assessment, language: Language) -> list[str]:
    """The ranges without a centre on which a gap hangs, the first few."""
    places = dict.fromkeys(
        _place(lack.place, base, language)
        for factor in (*comparison.factors, comparison.together)
        for lack in factor.lacks
        if lack.reason == "interval" and lack.figure == "npv_gap_eur"
    )
    shown = list(places)[:MOST_PLACES]
    more = len(places) - len(shown)
    return [*shown, word("text.and_more", language, count=more)] if more else shown


def _place(place: str, base: Assessment, language: Language) -> str:
    """What is ranged, in words: of the case, or of a country."""
    group, _, rest = place.partition(".")
    if group != "countries":
        return place_label(base, place, language)
    country, _, name = rest.partition(".")
    key = "factor.support" if name == "grant" else f"factor.{name}"
    return word(
        "conditions.place",
        language,
        factor=word(key, language) if has_word(key) else name,
        country=country_file(country).label.into(language),
    )


# ── sources ───────────────────────────────────────────────────────────────────────────────────


def _sources(comparison: Comparison, base: Assessment, language: Language) -> Table | Paragraph:
    rows = tuple(
        Row(
            (
                (word(f"factor.{factor.id}", language),),
                (_stated(name, figure, language),),
                _cited(figure, base, language),
                (_seen(figure, language),),
            )
        )
        for factor in comparison.factors
        for name, figure in factor.rests_on
    )
    if not rows:
        return Paragraph((word("conditions_report.no_sources", language),), "note")
    country = comparison.label.into(language)
    return Table(
        word("conditions_report.sources", language, country=country),
        (
            Column(word("conditions.column.factor", language), share=1.1),
            Column(word("column.value", language), share=1.3),
            Column(word("column.source", language), share=2.4),
            Column(word("column.seen", language), share=0.8),
        ),
        rows,
    )


def _stated(name: str, figure: Figure | NoCharge, language: Language) -> str:
    """What a figure is, with its value as stated and the year that it holds for."""
    filled = {} if isinstance(figure, NoCharge) else {"value": _value(name, figure, language)}
    told = word(f"rests.{name}", language, **filled)
    year = getattr(figure, "holds_for", None)
    return told if year is None else word("rests.of_year", language, what=told, year=year)


def _value(name: str, figure: Figure, language: Language) -> str:
    """A ratio, a share in per cent, or an amount; where it is ranged its ends."""

    def shown(value: float) -> str:
        if name == "support.maximum":
            return euros(value, language)
        if name in FACTORS and name != "tax":
            return stated(value, language)
        return _percent(value, language)

    ends = [shown(figure.scalar(pick)) for pick in ("low", "high")]
    if ends[0] == ends[1]:
        return ends[0]
    return word("text.range", language, low=ends[0], high=ends[1])


def _cited(figure: Figure | NoCharge, base: Assessment, language: Language) -> Phrase:
    if figure.source in load_sources():
        return origins.cited(figure.source, figure.place, base, language)
    return (word("rests.supposed", language) if figure.source == "supposed" else figure.source,)


def _seen(figure: Figure | NoCharge, language: Language) -> str:
    seen = seen_of(figure)
    return word("not_stated" if seen is None else f"seen.{seen}", language)


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


def _gap_cell(judged: Judged, shown: Callable[[float, Language], str], language: Language) -> str:
    if judged.value is None and judged.low is None:
        return word("not_judged", language)
    return _judged(judged, lambda value: shown(value, language), language)


def _judged(judged: Judged, shown: Shown, language: Language) -> str:
    """A value with its range, or only the range, or that it cannot be judged."""
    spread = ""
    if judged.low is not None and judged.high is not None:
        spread = word("text.range", language, low=shown(judged.low), high=shown(judged.high))
    if judged.value is None:
        return spread or word("cannot_be_judged", language)
    return f"{shown(judged.value)} ({spread})" if spread else shown(judged.value)


def _npv(judged: Judged, language: Language) -> str:
    shown = _judged(judged, lambda value: euros(value, language), language)
    return word("conditions.npv", language, value=shown)


def _irr(judged: Judged, language: Language) -> str:
    shown = _judged(judged, lambda value: f"{number(100 * value, language, 1)}%", language)
    return word("conditions.irr", language, value=shown)


def _factors(names: Sequence[str], language: Language) -> str:
    return listed([within_sentence(word(f"factor.{each}", language)) for each in names], language)


def _in_millions(value: float, language: Language) -> str:
    return millions(value, language)


def _in_points(value: float, language: Language) -> str:
    return number(100 * value, language, 1)


def _percent(value: float, language: Language) -> str:
    """A rate or a share as somebody stated it."""
    return f"{stated(round(100 * value, 6), language)}%"
