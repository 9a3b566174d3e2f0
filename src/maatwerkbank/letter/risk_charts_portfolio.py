# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many cases under the same draws: cost by tonne, two laws side by side.

Takes     names with tonnes and ranges; a measure; a language.
Gives     blocks of a report: a sentence from the numbers, the picture, the table behind it.
Leaves    which cases to choose to `risk_charts_choice`.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from maatwerkbank.ground.language import Language
from maatwerkbank.letter import waterfall as waterfall_room
from maatwerkbank.letter.blocks import Block, Column, Paragraph, Picture, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    QUIET,
    SLATE,
    bars_axis,
    distinct,
    fit,
    fitted,
    is_narrow,
    label_room,
    styled,
    wrapped,
)
from maatwerkbank.letter.numbers import number, tonnes
from maatwerkbank.letter.risk_measures import (
    Interval,
    Measure,
    apart,
    beside_bars,
    decimals_for,
    level,
    listed,
    no_picture,
    room_for,
    shortened,
    span_axis,
    upright,
    widened,
    written,
)
from maatwerkbank.letter.tables import caption, cell
from maatwerkbank.letter.words import capitalised, word

_KILO = 1e3  # tonnes are drawn and tabled in kilotonnes
_NUMBER_GAP = 17  # [px] between the numbers above bars
_NUMBER_MOVES = 24  # [px] the farthest that such a number stands from the middle of its bar
_Y_AXIS = 62  # [px] numbers and title beside the curve


# ── abatement cost ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Abatement:
    """A case by what it saves and what a tonne costs: its width and its height.

    tonnes : expected, over the same years for every case [t]
    cost   : P10, median, P90 over the draws [eur/t]
    """

    name: str
    tonnes: float
    cost: Interval

    @property
    def is_known(self) -> bool:
        """Whether it can be drawn: a bar needs a width and a height."""
        return math.isfinite(self.tonnes) and self.tonnes > 0 and self.cost.is_known


_COST = Measure("", "EUR/t")


def abatement_cost(cases: Sequence[Abatement], language: Language = "nl") -> list[Block]:
    """Cost per tonne against tonnes added up, the cheapest first; as wide as a case saves."""
    drawn = sorted(
        (case for case in cases if case.is_known), key=lambda each: (each.cost.middle, each.name)
    )
    left_out = [case.name for case in cases if not case.is_known]
    if not drawn:
        return [no_picture("risk_chart.abatement.none", language)]
    table = _abatement_table(drawn, [case for case in cases if not case.is_known], language)
    blocks: list[Block]
    if len(drawn) == 1:
        blocks = [no_picture("risk_chart.abatement.one", language, **_told(drawn[0], language))]
        blocks.append(table)
    else:
        title = word("risk_chart.abatement", language)
        blocks = [
            Paragraph((_abatement_sentence(drawn, language),), "lead"),
            Picture(title, partial(_abatement_chart, drawn, language), table),
        ]
    if left_out:
        names = listed(left_out, language)
        blocks.append(no_picture("risk_chart.abatement.left_out", language, names=names))
    return blocks


def _told(case: Abatement, language: Language) -> dict[str, str]:
    low, middle, high = (_COST.told(value, language) for value in case.cost.all)
    saved = tonnes(case.tonnes, language)
    return {"name": case.name, "tonnes": saved, "low": low, "middle": middle, "high": high}


def _abatement_sentence(drawn: Sequence[Abatement], language: Language) -> str:
    whole = sum(case.tonnes for case in drawn)
    reached = 0.0
    half = drawn[-1]
    for case in drawn:
        reached += case.tonnes
        if reached >= whole / 2:
            half = case
            break
    first, last = drawn[0], drawn[-1]
    return word(
        "risk_chart.abatement.sentence",
        language,
        count=len(drawn),
        tonnes=tonnes(whole, language),
        cheapest=first.name,
        cheapest_cost=_COST.told(first.cost.middle, language),
        dearest=last.name,
        dearest_cost=_COST.told(last.cost.middle, language),
        half=_COST.told(half.cost.middle, language),
    )


def _abatement_rows(drawn: Sequence[Abatement], width: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    start = 0.0
    letters = 34 if is_narrow(width) else 36
    for n, case in enumerate(drawn, start=1):
        end = start + case.tonnes / _KILO
        name = textwrap.shorten(case.name, letters, placeholder=" …")
        rows.append(
            {
                "name": f"{n}. {name}",
                "number": str(n),
                "start": start,
                "end": end,
                "x": (start + end) / 2,
                "foot": 0.0,
                "cost": case.cost.middle,
                "low": case.cost.low,
                "high": case.cost.high,
                "outer": max(case.cost.high, 0.0),
            }
        )
        start = end
    return rows


def _numbered(rows: list[dict[str, Any]], pixels: float, top: float) -> list[dict[str, Any]]:
    """Places for the numbers above the bars.

    A number moves aside for its neighbours, but not far from its bar: where bars are too many for
    that, the narrowest go without. Their neighbours and the list below tell which they are.
    """
    per_pixel = rows[-1]["end"] / pixels
    shown = list(rows)
    while True:
        wanted = [row["x"] / per_pixel for row in shown]
        places = apart(wanted, _NUMBER_GAP, pixels)
        moved = [abs(a - b) for a, b in zip(places, wanted, strict=True)]
        if max(moved) <= _NUMBER_MOVES or len(shown) == 1:
            break
        pushed = [row for row, far in zip(shown, moved, strict=True) if far > _NUMBER_MOVES / 2]
        shown.remove(min(pushed, key=lambda row: float(row["end"] - row["start"])))
    return [
        {
            "x": place * per_pixel,
            "bar": row["x"],
            "y": top,
            "outer": row["outer"],
            "label": row["number"],
        }
        for place, row in zip(places, shown, strict=True)
    ]


def _abatement_chart(drawn: Sequence[Abatement], language: Language, width: int) -> alt.LayerChart:
    rows = _abatement_rows(drawn, width)
    reach = [0.0, *(row[end] for row in rows for end in ("cost", "low", "high"))]
    domain = widened(reach, 0.05 if min(reach) < 0 else 0.0, 0.24)
    top = domain[1] - (domain[1] - domain[0]) * 0.04
    x = alt.X(
        "start:Q",
        axis=span_axis(word("risk_chart.abatement.axis", language), rows[-1]["end"]),
        scale=alt.Scale(domain=[0, rows[-1]["end"]], nice=False),
    )
    y = alt.Y(
        "foot:Q",
        axis=span_axis(word("risk_chart.abatement.cost_axis", language), domain[1] - domain[0]),
        scale=alt.Scale(domain=list(domain), nice=False),
    )
    colour = alt.Color(
        "name:N",
        title=None,
        scale=alt.Scale(
            domain=[row["name"] for row in rows],
            range=[BLUE if row["cost"] >= 0 else GREEN for row in rows],
        ),
        legend=alt.Legend(
            orient="bottom", columns=1 if is_narrow(width) else 3, symbolType="square"
        ),
    )
    base = alt.Chart(shortened(rows))
    bars = base.mark_rect(stroke="#ffffff", strokeWidth=1)
    edge = base.mark_rule(color="#ffffff", strokeWidth=3, aria=False)
    line = base.mark_rule(color=INK, strokeWidth=1.5)
    tick = base.mark_tick(
        color=INK, size=7, thickness=1.5, opacity=1, orient="horizontal", aria=False
    )
    numbers = _numbered(rows, width - _Y_AXIS, top)
    lead = alt.Chart(shortened(numbers)).mark_rule(color=QUIET, strokeWidth=0.75, aria=False)
    chart = fitted(
        alt.layer(
            lead.encode(x="x:Q", y="y:Q", x2="bar:Q", y2="outer:Q"),
            bars.encode(x=x, x2="end:Q", y=y, y2="cost:Q", color=colour),
            level(0.0),
            edge.encode(x="x:Q", y="low:Q", y2="high:Q"),
            line.encode(x="x:Q", y="low:Q", y2="high:Q"),
            tick.encode(x="x:Q", y="low:Q"),
            tick.encode(x="x:Q", y="high:Q"),
            *written(numbers, alt.Y("y:Q"), align="center", fontWeight="bold"),
        ),
        width,
        fit(width, 340, 250, 280),
        title=word("risk_chart.abatement", language),
        description=word(
            "risk_chart.abatement.description",
            language,
            sentence=_abatement_sentence(drawn, language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _abatement_table(
    drawn: Sequence[Abatement], left_out: Sequence[Abatement], language: Language
) -> Table:
    """Every case in the order of the curve, those that cannot be drawn last."""
    figures: list[tuple[str, list[float | None], list[float | None]]] = []
    reached = 0.0
    for n, case in enumerate(drawn, start=1):
        reached += case.tonnes
        figures.append((f"{n}. {case.name}", [case.tonnes, reached], list(case.cost.all)))
    for case in left_out:
        saved = case.tonnes if math.isfinite(case.tonnes) else None
        cost = [value if math.isfinite(value) else None for value in case.cost.all]
        figures.append((case.name, [saved, None], cost))
    judged = [[*saved, *cost] for _, saved, cost in figures]
    columns = ("tonnes", "tonnes_so_far", "cost_p10", "cost_median", "cost_p90")
    return Table(
        caption("risk_chart.abatement.table", judged, language),
        (
            Column(word("risk_chart.column.case", language), share=2),
            *(Column(word(f"risk_chart.column.{key}", language), "number") for key in columns),
        ),
        tuple(
            Row(
                (
                    (name,),
                    *((cell(value, _KILO, language),) for value in saved),
                    *((_COST.cell(value, language),) for value in cost),
                )
            )
            for name, saved, cost in figures
        ),
    )


# ── two laws ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class UnderTwoLaws:
    """A firm's outcome under the same draws and two laws: P10, median, P90 of each."""

    name: str
    first: Interval
    second: Interval

    @property
    def is_known(self) -> bool:
        """Whether both can be drawn."""
        return self.first.is_known and self.second.is_known

    @property
    def change(self) -> float:
        """What the median gains under the second law."""
        return self.second.middle - self.first.middle


def two_laws(
    measure: Measure,
    laws: tuple[str, str],
    firms: Sequence[UnderTwoLaws],
    language: Language = "nl",
) -> list[Block]:
    """A dumbbell for each firm: median under either law with P10 to P90, the widest change first.

    A firm of which one law cannot be judged keeps its row in the table and is not drawn.
    """
    drawn = sorted(
        (firm for firm in firms if firm.is_known), key=lambda each: (-abs(each.change), each.name)
    )
    left_out = [firm.name for firm in firms if not firm.is_known]
    name = measure.in_sentence()
    if not drawn:
        return [no_picture("risk_chart.laws.none", language, name=name)]
    title = word("risk_chart.laws", language, name=measure.name)
    table = _laws_table(measure, laws, firms, language)
    said = Paragraph((_laws_sentence(measure, laws, drawn, language),), "lead")
    drawing = partial(_laws_chart, measure, laws, drawn, language)
    blocks: list[Block] = [said, Picture(title, drawing, table)]
    if left_out:
        names = listed(left_out, language)
        blocks.append(no_picture("risk_chart.laws.left_out", language, names=names))
    return blocks


def _laws_sentence(
    measure: Measure, laws: tuple[str, str], drawn: Sequence[UnderTwoLaws], language: Language
) -> str:
    widest = drawn[0]
    filled = {"name": measure.in_sentence(), "first": laws[0], "second": laws[1]}
    if len(drawn) == 1:
        before, after = (
            measure.told(each.middle, language) for each in (widest.first, widest.second)
        )
        key = "risk_chart.laws.one_same" if widest.change == 0 else "risk_chart.laws.one"
        return word(key, language, firm=widest.name, before=before, after=after, **filled)
    if widest.change == 0:
        return word("risk_chart.laws.same", language, count=len(drawn), **filled)
    return word(
        "risk_chart.laws.sentence",
        language,
        count=len(drawn),
        up=sum(firm.change > 0 for firm in drawn),
        down=sum(firm.change < 0 for firm in drawn),
        widest=widest.name,
        before=measure.told(widest.first.middle, language),
        after=measure.told(widest.second.middle, language),
        **filled,
    )


def _laws_chart(
    measure: Measure,
    laws: tuple[str, str],
    drawn: Sequence[UnderTwoLaws],
    language: Language,
    width: int,
) -> alt.LayerChart:
    labels = distinct(firm.name for firm in drawn)
    lane = fit(width, 7, 6, 8)
    sides: list[list[dict[str, Any]]] = [[], []]
    middles: list[dict[str, Any]] = []
    reach = [
        value / measure.scale for firm in drawn for value in (*firm.first.all, *firm.second.all)
    ]
    digits = decimals_for(max(map(abs, reach)))
    for firm, label in zip(drawn, labels, strict=True):
        item = wrapped(label, width)
        for rows, law, found in zip(sides, laws, (firm.first, firm.second), strict=True):
            low, middle, high = (value / measure.scale for value in found.all)
            rows.append({"item": item, "law": law, "low": low, "middle": middle, "high": high})
        ends = [each.middle / measure.scale for each in (firm.first, firm.second)]
        told = " → ".join(number(end, language, digits) for end in ends)
        outer = max(firm.first.high, firm.second.high) / measure.scale
        middles.append(
            {
                "item": item,
                "from": ends[0],
                "to": ends[1],
                "outer": outer,
                "side": "right",
                "label": told,
            }
        )
    beside = [(row["outer"], row["label"]) for row in middles]
    domain = room_for(reach, width - label_room(width) - 30, right=beside)
    y = alt.Y("item:N", sort=[row["item"] for row in middles], axis=bars_axis(width))
    x = alt.X(
        "from:Q",
        axis=span_axis(measure.column(language), domain[1] - domain[0]),
        scale=alt.Scale(domain=list(domain), nice=False),
    )
    scale = alt.Scale(domain=list(laws), range=[SLATE, ORANGE])
    shapes = alt.Scale(domain=list(laws), range=["circle", "diamond"])
    legend = alt.Legend(columns=1 if is_narrow(width) else 2)
    base = alt.Chart(shortened(middles))
    layers: list[Any] = [base.mark_rule(color="#b6c0c9", strokeWidth=4).encode(y=y, x=x, x2="to:Q")]
    if domain[0] < 0 < domain[1]:
        layers.insert(0, upright(0.0))
    for rows, colour, offset in zip(sides, (SLATE, ORANGE), (-lane, lane), strict=True):
        layers += waterfall_room.whiskers(rows, y, colour=colour, offset=offset)
        dot = alt.Chart(shortened(rows)).mark_point(
            size=110, filled=True, opacity=1, yOffset=offset
        )
        layers.append(
            dot.encode(
                y=y,
                x="middle:Q",
                color=alt.Color("law:N", title=None, scale=scale, legend=legend),
                shape=alt.Shape("law:N", title=None, scale=shapes, legend=legend),
            )
        )
    layers += beside_bars(middles, y, "outer")
    chart = fitted(
        alt.layer(*layers),
        width,
        alt.Step(fit(width, 40, 34, 50)),
        title=word("risk_chart.laws", language, name=measure.name),
        description=word(
            "risk_chart.laws.description",
            language,
            sentence=_laws_sentence(measure, laws, drawn, language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _laws_table(
    measure: Measure, laws: tuple[str, str], firms: Sequence[UnderTwoLaws], language: Language
) -> Table:
    figures = [
        (firm.name, [*firm.first.all, *firm.second.all, firm.change])
        for firm in sorted(
            firms,
            key=lambda each: (not each.is_known, -abs(each.change) if each.is_known else 0.0),
        )
    ]
    judged = [[v if math.isfinite(v) else None for v in values] for _, values in figures]
    median = word("risk_chart.column.median", language)
    return Table(
        caption("risk_chart.laws.table", judged, language).format(name=measure.column(language)),
        (
            Column(capitalised(word("column.company", language)), share=1.5),
            *(
                Column(f"{law}: {part}", "number")
                for law in laws
                for part in ("P10", median, "P90")
            ),
            Column(word("risk_chart.column.median_change", language), "number"),
        ),
        tuple(
            Row(((name,), *((measure.cell(value, language),) for value in values)))
            for (name, _), values in zip(figures, judged, strict=True)
        ),
    )
