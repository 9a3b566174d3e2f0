# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a variant does to each firm: levy forgone, and additional tonnes on two paths.

Takes     an effect, a language, a width.
Gives     the charts and their tables.
Leaves    totals to `effect_report`.
"""

from typing import Any

import altair as alt

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Column, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    MILLION,
    ORANGE,
    SLATE,
    TEXT,
    WIDE,
    amount_axis,
    bars_axis,
    data,
    fitted,
    is_narrow,
    styled,
    wrapped,
)
from maatwerkbank.letter.numbers import judged, tonnes
from maatwerkbank.letter.sentences import shown as say
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.portfolio.effect import CaseEffect, Effect


def _levy_lost(case: CaseEffect) -> tuple[float | None, float, float] | None:
    """What falls away to 2030, and between which bounds; None where nothing is known. [eur]"""
    value, found = case.difference["levy_to_2030_eur"]
    if value is None and not found:
        return None
    ends = [-end for end in (found or {}).values()]
    lost = None if value is None else -value
    known = ends + ([] if lost is None else [lost])
    return lost, min(known), max(known)


def _size(lost: tuple[float | None, float, float]) -> float:
    """What a firm is ranked by: its value, or the middle where only a range is known."""
    value, low, high = lost
    return (low + high) / 2 if value is None else value


def forgone(effect: Effect, language: Language = "nl", *, width: int = WIDE) -> alt.LayerChart:
    """The levy to 2030 that falls away, per firm, the largest first. [mln eur, nominal]

    A firm of which only a range is known gets a line from end to end instead of a bar, with a
    tick at each end.
    """
    known = [(case, lost) for case in effect.cases if (lost := _levy_lost(case))]
    known.sort(key=lambda pair: (-_size(pair[1]), pair[0].company.id))
    kinds = (word("chart.with_plan", language), word("chart.without_plan", language))
    rows: list[dict[str, Any]] = []
    for case, (value, low, high) in known:
        spread = {"low": low, "high": high}
        rows.append(
            {
                "item": wrapped(case.company.name, width),
                "million": None if value is None else value / MILLION,
                "low": low / MILLION,
                "high": high / MILLION,
                "kind": kinds[1] if case.exposure_only else kinds[0],
                "label": judged("_eur", (value, spread), language),
            }
        )
    absent = [case.company.name for case in effect.cases if not _levy_lost(case)]
    unknown = [
        {"item": wrapped(name, width), "high": 0.0, "label": word("cannot_be_judged", language)}
        for name in absent
    ]
    order = [row["item"] for row in [*rows, *unknown]]
    y = alt.Y("item:N", scale=alt.Scale(domain=order), axis=bars_axis(width))
    reach = [0.0, *(float(row[end]) for row in rows for end in ("low", "high"))]
    longest = max((len(row["label"]) for row in rows), default=0)
    room = (max(reach) - min(reach)) * longest * (0.05 if is_narrow(width) else 0.0135)
    x = alt.X(
        "million:Q",
        axis=amount_axis(word("chart.millions", language)),
        scale=alt.Scale(domain=[min(reach), max(reach) + room], nice=False),
    )
    colour = alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=list(kinds), range=[BLUE, SLATE]),
        legend=alt.Legend(symbolType="square", columns=1 if is_narrow(width) else 2),
    )
    drawn = alt.Chart(data([row for row in rows if row["million"] is not None]))
    bars = drawn.mark_bar(size=16, cornerRadius=1).encode(y=y, x=x, color=colour)
    ranged = alt.Chart(data(rows)).transform_filter("datum.low < datum.high")
    lines = ranged.mark_rule(strokeWidth=4).encode(y=y, x="low:Q", x2="high:Q", color=colour)
    ends = [
        ranged.mark_tick(size=12, thickness=2, opacity=1).encode(y=y, x=f"{end}:Q", color=colour)
        for end in ("low", "high")
    ]
    text = (
        alt.Chart(data([*rows, *unknown]))
        .mark_text(align="left", dx=6, **TEXT)
        .encode(y=y, x="high:Q", text="label:N")
    )
    description = word(
        "chart.forgone.description",
        language,
        count=len(rows),
        first=known[0][0].company.name if known else word("receipt.none", language),
        value=rows[0]["label"] if rows else word("cannot_be_judged", language),
    )
    chart = fitted(
        alt.layer(bars, lines, *ends, text),
        width,
        alt.Step(28 if not is_narrow(width) else 36),
        title=word("chart.forgone", language),
        description=description,
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def forgone_table(effect: Effect, language: Language = "nl") -> Table:
    """The levy to 2030 of every firm, now and under the variant."""
    key = "levy_to_2030_eur"
    rows = tuple(
        Row(
            (
                (case.company.name,),
                (say(case.base, key, language),),
                (say(case.variant, key, language),),
                (judged(key, case.difference[key], language),),
            )
        )
        for case in effect.cases
    )
    return Table(
        word("table.forgone", language),
        (
            Column(capitalised(word("column.company", language)), share=1.4),
            Column(word("column.levy_base", language), "number"),
            Column(word("column.levy_variant", language), "number"),
            Column(word("column.levy_change", language), "number"),
        ),
        rows,
    )


def has_paths(effect: Effect) -> bool:
    """Whether any plan has both figures."""
    return bool(both_paths(effect))


def both_paths(effect: Effect) -> list[tuple[CaseEffect, tuple[float, float]]]:
    """The plans of which both figures can be judged: on the frozen path, and under the variant."""
    found = []
    for case in effect.cases:
        frozen, under = (case.additional_on(path)[0] for path in ("frozen_path", "variant_path"))
        if not case.exposure_only and frozen is not None and under is not None:
            found.append((case, (frozen, under)))
    return found


def only_ranges(effect: Effect) -> list[CaseEffect]:
    """The plans of which the two paths can be judged, but only as ranges: they are not drawn."""
    drawn = [case for case, _ in both_paths(effect)]
    return [
        case
        for case in effect.cases
        if not case.exposure_only
        and case not in drawn
        and case.additional_on("variant_path") != (None, None)
    ]


def paths(effect: Effect, language: Language = "nl", *, width: int = WIDE) -> alt.LayerChart:
    """Additional tonnes of each plan on the frozen path and under the variant. [kt in 2030]"""
    found = both_paths(effect)
    found.sort(key=lambda pair: (-pair[1][1], pair[0].company.id))
    ends = (word("chart.frozen_path", language), word("chart.variant_path", language))
    rows = [
        {
            "item": wrapped(case.company.name, width),
            "path": name,
            "kt": value / 1e3,
            "frozen": both[0] / 1e3,
            "under": both[1] / 1e3,
        }
        for case, both in found
        for name, value in zip(ends, both, strict=True)
    ]
    order = list(dict.fromkeys(str(row["item"]) for row in rows))
    y = alt.Y("item:N", sort=order, axis=bars_axis(width))
    x = alt.X(
        "frozen:Q",
        axis=amount_axis(word("chart.kilotonnes", language)),
        scale=alt.Scale(zero=True),
    )
    base = alt.Chart(data(rows))
    bar = base.mark_rule(color=SLATE, strokeWidth=3).encode(y=y, x=x, x2="under:Q")
    shape = alt.Shape(
        "path:N", title=None, scale=alt.Scale(domain=list(ends), range=["circle", "diamond"])
    )
    dots = base.mark_point(size=130, filled=True, opacity=1).encode(
        y=y,
        x="kt:Q",
        shape=shape,
        color=alt.Color(
            "path:N", title=None, scale=alt.Scale(domain=list(ends), range=[GREEN, ORANGE])
        ),
    )
    said = "; ".join(
        f"{case.company.name}: {tonnes(both[0], language)}, {tonnes(both[1], language)}"
        for case, both in found
    )
    chart = fitted(
        alt.layer(bar, dots),
        width,
        alt.Step(34 if not is_narrow(width) else 40),
        title=word("chart.paths", language),
        description=word(
            "chart.paths.description", language, count=len(found), rows=f"{said}." if said else ""
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def paths_table(effect: Effect, language: Language = "nl") -> Table:
    """Additional tonnes of every plan, now, on the frozen path and under the variant."""
    rows = tuple(
        Row(
            (
                (case.company.name,),
                (say(case.base, "additional_2030_t", language),),
                (say(case.variant, "additional_2030_frozen_path_t", language),),
                (say(case.variant, "additional_2030_t", language),),
            )
        )
        for case in effect.cases
        if not case.exposure_only
    )
    return Table(
        word("table.paths", language),
        (
            Column(capitalised(word("column.company", language)), share=1.4),
            Column(word("column.additional_base", language), "number"),
            Column(word("column.frozen", language), "number"),
            Column(word("column.abolished", language), "number"),
        ),
        rows,
    )
