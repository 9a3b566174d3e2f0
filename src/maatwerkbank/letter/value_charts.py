# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the net present value is made of, how it grows over the years, and what weighs most.

Takes     an assessment, a language, a width.
Gives     waterfall, cash flow and tornado, each with its table.
Leaves    other law to `variant_chart`.
"""

import math
from functools import partial
from typing import Any

import altair as alt
import numpy as np

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.cash_flow import Item
from maatwerkbank.economics.discounting import discount_factors, net_present_value
from maatwerkbank.economics.unknowns import Swing
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import waterfall as waterfall_room
from maatwerkbank.letter.blocks import Column, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    MILLION,
    OCHRE,
    ORANGE,
    PURPLE,
    QUIET,
    SLATE,
    TEXT,
    WIDE,
    amount_axis,
    bars_axis,
    data,
    distinct,
    fit,
    fitted,
    is_narrow,
    styled,
    wrapped,
    year_ticks,
)
from maatwerkbank.letter.names import item_label, place_label
from maatwerkbank.letter.numbers import euros, millions
from maatwerkbank.letter.tables import Series, caption, money_row
from maatwerkbank.letter.words import word
from maatwerkbank.plant.quantities import Floats

BARS_SHOWN = 10  # of a tornado: more is a list, and the table has it


def has_cash_flow(assessment: Assessment) -> bool:
    """Whether the value can be drawn at all: every line of the cash flow is known or ranged."""
    return bool(assessment.case.projects) and math.isfinite(assessment.outcome.npv)


def _present(item: Item, assessment: Assessment) -> float:
    return float(net_present_value(item.difference, assessment.outcome.discount_rate))


def _bars(assessment: Assessment, language: Language) -> list[tuple[str, str, float]]:
    """Kind, label and present value of each line: investment first, support last. [eur]"""
    found = []
    items = assessment.outcome.items
    supports = [item for item in items if item.id.startswith("support_")]
    others = [item for item in items if not item.id.startswith("support_")]
    for item in [*others, *supports]:
        value = _present(item, assessment)
        if abs(value) < 0.5:
            continue
        is_support = item.id.startswith("support_")
        kind = "support" if is_support else "cost" if value < 0 else "gain"
        found.append((kind, item_label(assessment, item.id, language), value))
    return found


_BAR_LOOK = {"cost": ORANGE, "gain": BLUE, "support": GREEN, "total": INK}


def waterfall(
    assessment: Assessment, language: Language = "nl", *, width: int = WIDE
) -> alt.LayerChart:
    """From investment to net present value, item by item; awarded support in its own colour."""
    bars = _bars(assessment, language)
    labels = distinct([label for _, label, _ in bars] + [word("item.npv", language)])
    rows: list[dict[str, Any]] = []
    reached = 0.0
    for (kind, _, value), label in zip(bars, labels, strict=False):
        rows.append(_bar(kind, label, reached, reached + value, language, width))
        reached += value
    rows.append(_bar("total", labels[-1], 0.0, reached, language, width))
    if assessment.results["npv_eur"] is None:
        rows[-1]["label"] = word("chart.at_centre", language, value=rows[-1]["label"])
    found = assessment.ranges.get("npv_eur")
    ends = [value / MILLION for value in (found or {}).values()]
    rows[-1]["outer"] = max([rows[-1]["end"], 0.0, *ends])
    rows[-1]["side"] = "right"
    reach = [0.0, *ends, *(row[end] for row in rows for end in ("start", "end"))]
    margin = (max(reach) - min(reach)) * (0.16 if not is_narrow(width) else 0.3)
    chart = fitted(
        waterfall_room.layers(
            rows,
            _BAR_LOOK,
            width,
            axis=word("chart.millions", language),
            domain=(min(reach) - margin, max(reach) + margin),
            ends=found,
        ),
        width,
        alt.Step(fit(width, 30, 22, 38)),
        title=word("chart.waterfall", language),
        description=_waterfall_description(bars, rows[-1]["label"], language),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _bar(
    kind: str, label: str, start: float, end: float, language: Language, width: int
) -> dict[str, Any]:
    named = word(f"waterfall.{kind}", language)
    amount = millions(end - start, language)
    return waterfall_room.bar(kind, named, wrapped(label, width), (start, end), amount)


def _waterfall_description(
    bars: list[tuple[str, str, float]], total: str, language: Language
) -> str:
    def named(bar: tuple[str, str, float] | None) -> str:
        if bar is None:
            return word("receipt.none", language)
        return f"{bar[1]}, {euros(bar[2], language)}"

    ordered = sorted(bars, key=lambda bar: bar[2])
    worst = ordered[0] if ordered and ordered[0][2] < 0 else None
    best = ordered[-1] if ordered and ordered[-1][2] > 0 else None
    return word(
        "chart.waterfall.description",
        language,
        count=len(bars),
        worst=named(worst),
        best=named(best),
        total=total,
    )


def waterfall_table(assessment: Assessment, language: Language = "nl") -> Table:
    """The present value of each item, and the undiscounted total. [mln eur]"""
    rows: list[tuple[str, list[float | None]]] = []
    for item in assessment.outcome.items:
        if np.abs(item.difference).max() > 0:
            label = item_label(assessment, item.id, language)
            rows.append((label, _item_values(assessment, partial(_difference, item.id))))
    total = (
        word("item.npv", language),
        _item_values(assessment, lambda outcome: outcome.cash_flow),
    )
    judged = [values for _, values in (*rows, total)]
    return Table(
        caption("table.waterfall", judged, language),
        (
            Column(word("column.item", language), share=2),
            Column(word("column.discounted", language), "number"),
            Column(word("column.undiscounted", language), "number"),
        ),
        (
            *(money_row(label, values, language) for label, values in rows),
            money_row(*total, language, style="total"),
        ),
    )


def _difference(identity: str, outcome: Outcome) -> Floats:
    return outcome.item(identity).difference


def _item_values(assessment: Assessment, of: Series) -> list[float | None]:
    """Discounted and undiscounted, where they can be judged. [eur]"""
    return [
        assessment.spread.number(lambda o: float(net_present_value(of(o), o.discount_rate))),
        assessment.spread.number(lambda o: float(of(o).sum())),
    ]


_GROUPS = {
    "investment": ORANGE,
    "operation": SLATE,
    "energy": PURPLE,
    "carbon": BLUE,
    "support": GREEN,
    "tax": OCHRE,
}


def _group(item: str) -> str:
    if item.startswith("support_"):
        return "support"
    if item.startswith("energy_") or item == "co2_transport_storage":
        return "energy"
    homes = {"capex": "investment", "ets": "carbon", "levy": "carbon", "rights_sale": "carbon"}
    return homes.get(item, "tax" if item == "tax" else "operation")


def _grouped(assessment: Assessment) -> dict[str, Series]:
    """The cash flow by group of items; groups without any flow are left out. (year,) [eur]"""
    members: dict[str, list[str]] = {group: [] for group in _GROUPS}
    for item in assessment.outcome.items:
        members[_group(item.id)].append(item.id)
    found = {group: partial(_group_flow, tuple(ids)) for group, ids in members.items()}
    return {
        group: flow for group, flow in found.items() if np.abs(flow(assessment.outcome)).max() > 0.5
    }


def _group_flow(identities: tuple[str, ...], outcome: Outcome) -> Floats:
    nothing = np.zeros(len(outcome.years))
    return sum((outcome.item(identity).difference for identity in identities), nothing)


def _cumulative(outcome: Outcome) -> Floats:
    """The discounted cash flow, added up to each year. (year,) [eur]"""
    factors = discount_factors(len(outcome.years), outcome.discount_rate)
    return np.asarray(np.cumsum(outcome.cash_flow * factors))


def cash_flow(
    assessment: Assessment, language: Language = "nl", *, width: int = WIDE
) -> alt.LayerChart:
    """Bars by group of items, and the discounted value added up as a line. [mln eur, nominal]"""
    groups = _grouped(assessment)
    years = [int(year) for year in assessment.outcome.years]
    names = {group: word(f"group.{group}", language) for group in groups}
    rows = [
        {"year": year, "million": float(value) / MILLION, "group": names[group], "order": n}
        for n, (group, flow) in enumerate(groups.items())
        for year, value in zip(years, flow(assessment.outcome), strict=True)
    ]
    running = _cumulative(assessment.outcome)
    line_name = word("chart.cumulative", language)
    line_rows = [
        {"year": year, "million": float(value) / MILLION, "group": line_name}
        for year, value in zip(years, running, strict=True)
    ]
    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(
            domain=[*names.values(), line_name],
            range=[*(_GROUPS[group] for group in groups), INK],
        ),
        legend=alt.Legend(columns=2 if is_narrow(width) else 4, symbolType="square"),
    )
    band = alt.Axis(title=None, labelAngle=0, values=year_ticks(years, width), ticks=False)
    x = alt.X("year:O", axis=band, scale=alt.Scale(paddingInner=0.25))
    y = alt.Y("million:Q", axis=amount_axis(word("chart.millions", language)))
    bars = (
        alt.Chart(data(rows))
        .mark_bar(stroke="#ffffff", strokeWidth=0.75)
        .encode(
            x=x,
            y=y,
            order="order:Q",
            color=colour,
        )
    )
    running_value = alt.Chart(data(line_rows)).encode(x=x, y="million:Q")
    line = running_value.mark_line(strokeWidth=2).encode(color=colour)
    dots = running_value.mark_circle(color=INK, size=34, opacity=1)
    zero = alt.Chart(data([{"y": 0}])).mark_rule(color=QUIET).encode(y="y:Q")
    lowest = int(np.argmin(running))
    description = word(
        "chart.cash_flow.description",
        language,
        first=years[0],
        last=years[-1],
        end=euros(float(running[-1]), language),
        lowest_year=years[lowest],
        lowest=euros(float(running[lowest]), language),
    )
    chart = fitted(
        alt.layer(bars, zero, line, dots),
        width,
        fit(width, 320, 230, 270),
        title=word("chart.cash_flow", language),
        description=description,
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def cash_flow_table(assessment: Assessment, language: Language = "nl") -> Table:
    """The groups of `cash_flow` by year, their total, and the running value. [mln eur]"""
    groups = _grouped(assessment)
    series: list[Series] = [*groups.values(), lambda o: o.cash_flow, _cumulative]
    judged = [assessment.spread.series(of) for of in series]
    return Table(
        caption("table.cash_flow", judged, language),
        (
            Column(word("column.year", language), share=0.6),
            *(Column(word(f"group.{group}", language), "number") for group in groups),
            Column(word("column.total", language), "number"),
            Column(word("column.cumulative", language), "number"),
        ),
        tuple(
            money_row(str(int(year)), [values[n] for values in judged], language)
            for n, year in enumerate(assessment.outcome.years)
        ),
    )


def _swings(assessment: Assessment) -> list[Swing]:
    return [swing for swing in assessment.swings if swing.is_known]


def tornado(
    assessment: Assessment, language: Language = "nl", *, width: int = WIDE
) -> alt.LayerChart:
    """Each ranged figure at its ends, by what that does to the net present value."""
    swings = [swing for swing in _swings(assessment) if swing.width > 0.5][:BARS_SHOWN]
    labels = distinct(place_label(assessment, swing.place, language) for swing in swings)
    centre = assessment.outcome.npv / MILLION
    ends = (word("chart.at_low", language), word("chart.at_high", language))
    rows = []
    for swing, label in zip(swings, labels, strict=True):
        for name, npv in zip(ends, (swing.npv_at_low, swing.npv_at_high), strict=True):
            row = {
                "item": wrapped(label, width),
                "end": name,
                "npv": npv / MILLION,
                "centre": centre,
                "label": millions(npv, language),
                "side": "right" if npv / MILLION >= centre else "left",
            }
            rows.append(row)
    order = list(dict.fromkeys(str(row["item"]) for row in rows))
    reach = [float(row["npv"]) for row in rows] + [centre]  # type: ignore[arg-type]
    margin = (max(reach) - min(reach)) * (0.13 if not is_narrow(width) else 0.27)
    y = alt.Y("item:N", sort=order, axis=bars_axis(width))
    x = alt.X(
        "centre:Q",
        axis=amount_axis(word("chart.npv_axis", language)),
        scale=alt.Scale(domain=[min(reach) - margin, max(reach) + margin], nice=False),
    )
    base = alt.Chart(data(rows))
    bars = base.mark_bar(size=15).encode(
        y=y,
        x=x,
        x2="npv:Q",
        color=alt.Color(
            "end:N",
            title=None,
            scale=alt.Scale(domain=list(ends), range=[SLATE, BLUE]),
            legend=alt.Legend(symbolType="square", columns=1 if is_narrow(width) else 2),
        ),
    )
    right = (
        base.transform_filter("datum.side == 'right'")
        .mark_text(align="left", dx=5, **TEXT)
        .encode(y=y, x="npv:Q", text="label:N")
    )
    left = (
        base.transform_filter("datum.side == 'left'")
        .mark_text(align="right", dx=-5, **TEXT)
        .encode(y=y, x="npv:Q", text="label:N")
    )
    middle = alt.Chart(data([{"x": centre}])).mark_rule(color=INK).encode(x="x:Q")
    layers = [bars, right, left, middle]
    if min(reach) - margin < 0 < max(reach) + margin:
        zero = alt.Chart(data([{"x": 0}]))
        layers.insert(0, zero.mark_rule(color=ORANGE, strokeDash=[4, 3]).encode(x="x:Q"))
    first = swings[0]
    description = word(
        "chart.tornado.description",
        language,
        count=len(swings),
        first=place_label(assessment, first.place, language),
        low=euros(min(first.npv_at_low, first.npv_at_high), language),
        high=euros(max(first.npv_at_low, first.npv_at_high), language),
    )
    chart = fitted(
        alt.layer(*layers),
        width,
        alt.Step(fit(width, 34, 30, 46)),
        title=word("chart.tornado", language),
        description=description,
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def tornado_table(assessment: Assessment, language: Language = "nl") -> Table:
    """Every ranged figure, also those too small to draw, with the value at both ends."""
    rows = tuple(
        Row(
            (
                (place_label(assessment, swing.place, language),),
                (euros(swing.npv_at_low, language),),
                (euros(swing.npv_at_high, language),),
                (euros(swing.width, language),),
            )
        )
        for swing in _swings(assessment)
    )
    return Table(
        word("table.tornado", language),
        (
            Column(word("column.place", language), share=2.2),
            Column(word("column.npv_at_low", language), "number"),
            Column(word("column.npv_at_high", language), "number"),
            Column(word("column.swing", language), "number"),
        ),
        rows,
    )
