# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What makes the spread of one case: its inputs one by one, and the items of its value.

Takes     swings of inputs, items with their ranges; a measure; a language.
Gives     blocks of a report: a sentence from the numbers, the picture, the table behind it.
Leaves    the numbers to `risk`; inputs that act together to `risk_charts_discovery`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import waterfall as waterfall_room
from maatwerkbank.letter.blocks import Block, Column, Paragraph, Picture, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
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
from maatwerkbank.letter.numbers import euros, millions, number
from maatwerkbank.letter.risk_measures import (
    Interval,
    Measure,
    beside_bars,
    decimals_for,
    five_figures,
    listed,
    no_picture,
    room_for,
    shortened,
    span_axis,
    upright,
)
from maatwerkbank.letter.tables import caption
from maatwerkbank.letter.words import word

BARS_SHOWN = 10  # of a tornado: more is a list, and the table has it
_ADDS_UP = 1e-6  # of the largest part: rounding of sums over draws, nothing more


# ── tornado ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class InputSwing:
    """An outcome with one input at its P10 and at its P90, the others at their medians.

    at_low, at_high         : the outcome [house unit]
    linear_low, linear_high : what the derivative alone would add to the centre [house unit]
    """

    name: str
    at_low: float
    at_high: float
    linear_low: float
    linear_high: float

    @property
    def is_known(self) -> bool:
        """Whether it can be drawn."""
        return all(map(math.isfinite, (self.at_low, self.at_high)))

    @property
    def width(self) -> float:
        """How far the outcome moves."""
        return abs(self.at_high - self.at_low)

    def reach(self, centre: float) -> float:
        """The longest way from the centre to an end: nought where the input does nothing."""
        return max(abs(self.at_low - centre), abs(self.at_high - centre))


def tornado(
    measure: Measure, centre: float, swings: Sequence[InputSwing], language: Language = "nl"
) -> list[Block]:
    """Each input at its P10 and P90 by what it does to the outcome; the linear part inside."""
    name = measure.in_sentence()
    known = _moving(centre, swings)
    if not math.isfinite(centre) or not any(swing.is_known for swing in swings):
        return [no_picture("risk_chart.tornado.none", language, name=name)]
    if not known:
        value = measure.told(centre, language)
        return [no_picture("risk_chart.tornado.same", language, name=name, value=value)]
    title = word("risk_chart.tornado", language, name=name)
    return [
        Paragraph((_tornado_sentence(measure, known[0], language),), "lead"),
        Picture(
            title,
            partial(_tornado_chart, measure, centre, known, language),
            _tornado_table(measure, swings, language),
        ),
    ]


def _moving(centre: float, swings: Sequence[InputSwing]) -> list[InputSwing]:
    """The swings that move the outcome, the widest first."""
    moving = [each for each in swings if each.is_known and each.reach(centre) > 0]
    return sorted(moving, key=lambda each: (-each.reach(centre), each.name))


def _tornado_sentence(measure: Measure, first: InputSwing, language: Language) -> str:
    filled = {
        "name": measure.in_sentence(),
        "first": first.name,
        "low": measure.told(first.at_low, language),
        "high": measure.told(first.at_high, language),
    }
    said = word("risk_chart.tornado.sentence", language, **filled)
    linear = first.linear_high - first.linear_low
    if not math.isfinite(linear):
        return said
    change = first.at_high - first.at_low
    parts = (measure.told(each, language) for each in (change, linear, change - linear))
    names = ("change", "linear", "rest")
    told = dict(zip(names, parts, strict=True))
    return f"{said} {word('risk_chart.tornado.linear', language, **told)}"


def _tornado_rows(
    measure: Measure, centre: float, known: Sequence[InputSwing], language: Language, width: int
) -> list[dict[str, Any]]:
    """Two bars for each input; in lanes of their own where both go the same way."""
    shown = known[:BARS_SHOWN]
    labels = distinct(swing.name for swing in shown)
    digits = decimals_for(max(swing.reach(centre) for swing in shown) / measure.scale)
    rows = []
    for swing, label in zip(shown, labels, strict=True):
        same_way = (swing.at_low - centre) * (swing.at_high - centre) > 0
        for lane, end, value, linear in (
            (-1, "P10", swing.at_low, swing.linear_low),
            (1, "P90", swing.at_high, swing.linear_high),
        ):
            rises = value >= centre
            straight = centre + linear if math.isfinite(linear) else centre
            outer = max(value, straight) if rises else min(value, straight)
            rows.append(
                {
                    "item": wrapped(label, width),
                    "end": word(f"risk_chart.tornado.{end.lower()}", language),
                    "value": value / measure.scale,
                    "centre": centre / measure.scale,
                    "linear": straight / measure.scale,
                    "outer": outer / measure.scale,
                    "lane": lane if same_way else 0,
                    "side": "right" if rises else "left",
                    "label": f"{end} {number(value / measure.scale, language, digits)}",
                }
            )
    return rows


def _tornado_chart(
    measure: Measure, centre: float, known: Sequence[InputSwing], language: Language, width: int
) -> alt.LayerChart:
    rows = _tornado_rows(measure, centre, known, language, width)
    middle = centre / measure.scale
    reach = [middle, *(row[end] for row in rows for end in ("value", "linear"))]
    domain = _domain(reach, rows, width)
    order = list(dict.fromkeys(str(row["item"]) for row in rows))
    y = alt.Y("item:N", sort=order, axis=bars_axis(width))
    x = alt.X(
        "centre:Q",
        axis=span_axis(measure.column(language), domain[1] - domain[0]),
        scale=alt.Scale(domain=list(domain), nice=False),
    )
    names = [word(f"risk_chart.tornado.{key}", language) for key in ("p10", "p90", "inside")]
    colour = alt.Color(
        "end:N",
        title=None,
        scale=alt.Scale(domain=names, range=[SLATE, BLUE, INK]),
        legend=alt.Legend(symbolType="square", columns=1 if is_narrow(width) else 3),
    )
    layers: list[Any] = []
    if domain[0] < 0 < domain[1]:
        layers.append(upright(0.0, colour=ORANGE, dash=(4, 3)))
    for lane in sorted({row["lane"] for row in rows}):
        in_lane = [row for row in rows if row["lane"] == lane]
        base = alt.Chart(shortened(in_lane))
        size, offset = (18, 0) if lane == 0 else (11, 7 * lane)
        bars = base.mark_bar(size=size, yOffset=offset)
        inside = base.mark_bar(size=size / 3, yOffset=offset, color=INK)
        layers += [
            bars.encode(y=y, x=x, x2="value:Q", color=colour),
            inside.encode(y=y, x=x, x2="linear:Q"),
        ]
        layers += beside_bars(in_lane, y, "outer", yOffset=offset)
    layers.append(upright(middle, colour=INK))
    chart = fitted(
        alt.layer(*layers),
        width,
        alt.Step(fit(width, 36, 32, 48)),
        title=word("risk_chart.tornado", language, name=measure.in_sentence()),
        description=word(
            "risk_chart.tornado.description",
            language,
            count=len(order),
            centre=measure.told(centre, language),
            sentence=_tornado_sentence(measure, known[0], language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _domain(
    reach: Sequence[float], rows: Sequence[dict[str, Any]], width: int
) -> tuple[float, float]:
    """The reach of bars, and as much more as the labels beside them need."""
    at = {
        side: [(row["outer"], row["label"]) for row in rows if row["side"] == side]
        for side in ("left", "right")
    }
    return room_for(reach, width - label_room(width) - 30, left=at["left"], right=at["right"])


def _tornado_table(measure: Measure, swings: Sequence[InputSwing], language: Language) -> Table:
    """Every input, also those that do nothing or cannot be judged."""
    ordered = sorted(swings, key=lambda s: (-s.width if s.is_known else math.inf, s.name))
    figures = [
        (s.at_low, s.at_high, s.at_high - s.at_low, s.linear_high - s.linear_low) for s in ordered
    ]
    judged = [[v if math.isfinite(v) else None for v in row] for row in figures]
    columns = ("p10", "p90", "change", "linear")
    return Table(
        caption("risk_chart.tornado.table", judged, language).format(name=measure.column(language)),
        (
            Column(word("risk_chart.column.input", language), share=2),
            *(Column(word(f"risk_chart.column.{key}", language), "number") for key in columns),
        ),
        tuple(
            Row(((swing.name,), *((measure.cell(value, language),) for value in values)))
            for swing, values in zip(ordered, judged, strict=True)
        ),
    )


# ── waterfall with whiskers ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Part:
    """An item of the net present value: mean over the draws, P10 and P90. [eur]

    The middle of the interval is the mean: means of items add up to the mean of the whole, medians
    do not.
    """

    name: str
    over_draws: Interval
    is_support: bool = False


_LOOKS = {"cost": ORANGE, "gain": BLUE, "support": GREEN, "total": INK}


def waterfall(parts: Sequence[Part], total: Interval, language: Language = "nl") -> list[Block]:
    """The mean net present value item by item; each bar ends in the range of its item.

    Raises
    ------
    ShapeError   the means of the parts do not add up to the mean of the total
    """
    unknown = [part.name for part in parts if not part.over_draws.is_known]
    if not parts or not total.is_known:
        return [no_picture("risk_chart.waterfall.none", language)]
    table = _waterfall_table(parts, total, language)
    if unknown:
        names = listed(unknown, language)
        return [no_picture("risk_chart.waterfall.unknown", language, names=names), table]
    means = [part.over_draws.middle for part in parts]
    if abs(sum(means) - total.middle) > _ADDS_UP * max(map(abs, (*means, 1.0))):
        raise ShapeError(
            f"the means of the items add up to {sum(means)}, the mean of the whole is "
            f"{total.middle}.",
            remedy="hand means over the same draws; medians and quantiles do not add up",
        )
    return [
        Paragraph((_waterfall_sentence(parts, total, language),), "lead"),
        Picture(
            word("risk_chart.waterfall", language),
            partial(_waterfall_chart, parts, total, language),
            table,
        ),
    ]


def _waterfall_sentence(parts: Sequence[Part], total: Interval, language: Language) -> str:
    widest = max(parts, key=lambda part: part.over_draws.high - part.over_draws.low)
    low, middle, high = (euros(value, language) for value in total.all)
    from_, to = (euros(v, language) for v in (widest.over_draws.low, widest.over_draws.high))
    return word(
        "risk_chart.waterfall.sentence",
        language,
        mean=middle,
        low=low,
        high=high,
        widest=widest.name,
        widest_low=from_,
        widest_high=to,
    )


def _waterfall_chart(
    parts: Sequence[Part], total: Interval, language: Language, width: int
) -> alt.LayerChart:
    labels = distinct([*(part.name for part in parts), word("item.npv", language)])
    rows: list[dict[str, Any]] = []
    start = 0.0
    for part, label in zip(parts, labels, strict=False):
        low, mean, high = part.over_draws.all
        kind = "support" if part.is_support else "cost" if mean < 0 else "gain"
        spread = (start + low, start + high)
        rows.append(_bar(kind, label, (start, start + mean), spread, language, width))
        start += mean
    ends = (0.0, total.middle)
    rows.append(_bar("total", labels[-1], ends, (total.low, total.high), language, width))
    reach = [0.0, *(row[end] for row in rows for end in ("start", "end", "low", "high"))]
    chart = fitted(
        waterfall_room.layers(
            five_figures(rows),
            _LOOKS,
            width,
            axis=word("chart.millions", language),
            domain=_domain(reach, rows, width),
            ends=None,
        ),
        width,
        alt.Step(fit(width, 30, 24, 40)),
        title=word("risk_chart.waterfall", language),
        description=word(
            "risk_chart.waterfall.description",
            language,
            count=len(parts),
            sentence=_waterfall_sentence(parts, total, language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _bar(
    kind: str,
    label: str,
    ends: tuple[float, float],
    spread: tuple[float, float],
    language: Language,
    width: int,
) -> dict[str, Any]:
    named = word(f"waterfall.{kind}", language)
    amount = millions(ends[1] - ends[0], language)
    item = wrapped(label, width)
    return waterfall_room.bar(kind, named, item, ends, amount, spread=spread)


def _waterfall_table(parts: Sequence[Part], total: Interval, language: Language) -> Table:
    measure = Measure(word("npv_eur", language), "EUR")
    named = [(part.name, part.over_draws) for part in parts]
    named.append((word("item.npv", language), total))
    judged = [[v if math.isfinite(v) else None for v in each.all] for _, each in named]
    return Table(
        caption("risk_chart.waterfall.table", judged, language),
        (
            Column(word("column.item", language), share=2),
            Column("P10", "number"),
            Column(word("risk_chart.column.mean", language), "number"),
            Column("P90", "number"),
        ),
        tuple(
            Row(
                ((name,), *((measure.cell(value, language),) for value in values)),
                style="total" if n == len(parts) else "plain",
            )
            for n, ((name, _), values) in enumerate(zip(named, judged, strict=True))
        ),
    )
