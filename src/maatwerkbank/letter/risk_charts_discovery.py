# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a case fails: a box of inputs, how it was chosen, and which ranges it holds (PRIM).

Takes     coverage and density of every box that was peeled, the limits of the one chosen.
Gives     blocks of a report: a sentence from the numbers, two pictures, a table behind each.
Leaves    the peeling to `risk.discovery`.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt
import numpy as np

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Block, Column, Paragraph, Phrase, Picture, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
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
from maatwerkbank.letter.names import unit_label
from maatwerkbank.letter.numbers import SPACE, number, stated
from maatwerkbank.letter.risk_measures import (
    beside_bars,
    chance,
    decimals_for,
    listed,
    no_picture,
    room_for,
    said_within,
    same_length,
    shortened,
    written,
)
from maatwerkbank.letter.words import word
from maatwerkbank.plant.quantities import Floats


@dataclass(frozen=True)
class Limit:
    """The range that a box holds of one input, beside all that was drawn of it.

    chance_alone : quasi-p, the chance of as dense a box without this limit, of the weaker of its
                   two sides; None where not known
    """

    input: str
    drawn_low: float
    drawn_high: float
    low: float
    high: float
    unit: str = ""
    chance_alone: float | None = None

    def __post_init__(self) -> None:
        if not self.drawn_low <= self.low <= self.high <= self.drawn_high:
            raise ShapeError(
                f"the limits {self.low} to {self.high} of {self.input} do not lie within what was "
                f"drawn: {self.drawn_low} to {self.drawn_high}.",
                remedy="clip the limits of a box to what was drawn",
            )

    def share(self, value: float) -> float:
        """Where a value lies between the lowest and the highest that was drawn: 0 to 1."""
        span = self.drawn_high - self.drawn_low
        return (value - self.drawn_low) / span if span > 0 else 0.0

    def told(self, language: Language) -> str:
        """What the box asks of the input: between two values, at least or at most one."""
        digits = decimals_for(self.drawn_high - self.drawn_low)
        low, high = (stated(round(each, digits), language) for each in (self.low, self.high))
        if self.low <= self.drawn_low:
            return word("asked.at_most", language, value=self._with_unit(high, language))
        if self.high >= self.drawn_high:
            return word("asked.at_least", language, value=self._with_unit(low, language))
        return self._with_unit(word("text.range", language, low=low, high=high), language)

    def _with_unit(self, text: str, language: Language) -> str:
        if self.unit == "year":
            one = text == "1"
            return word("asked.one_year" if one else "asked.years", language, value=text)
        return f"{text}{SPACE}{unit_label(self.unit, language)}" if self.unit else text

    def all_drawn(self, language: Language) -> str:
        """The lowest and the highest that was drawn."""
        digits = decimals_for(self.drawn_high - self.drawn_low)
        ends = (self.drawn_low, self.drawn_high)
        low, high = (stated(round(each, digits), language) for each in ends)
        return word("text.range", language, low=low, high=high)


@dataclass(frozen=True)
class Discovery:
    """Boxes from the first to the last peeled, and what the chosen one holds.

    coverage   : (box,) share of the draws of interest that lie in the box
    density    : (box,) share of the draws in the box that are of interest
    mass       : (box,) share of all draws that lie in the box
    restricted : (box,) how many inputs the box limits
    interest   : what makes a draw of interest, such as "the net present value is below nought"
    """

    interest: str
    coverage: Floats
    density: Floats
    mass: Floats
    restricted: Sequence[int]
    chosen: int
    limits: Sequence[Limit]
    draws: int


def discovery(found: Discovery, language: Language = "nl") -> list[Block]:
    """The box in words, how sharp it could have been, and the range of each input that it holds."""
    same_length(
        "a trajectory of boxes",
        coverage=found.coverage,
        density=found.density,
        mass=found.mass,
        restricted=found.restricted,
    )
    known = _known(found)
    if found.draws <= 0 or not known.any():
        return [no_picture("risk_chart.box.none", language, interest=found.interest)]
    if not found.limits or not known[found.chosen]:
        told = {"interest": found.interest, "share": chance(_share(found), language)}
        return [no_picture("risk_chart.box.unlimited", language, **told)]
    blocks: list[Block] = [Paragraph((_sentence(found, language),), "lead")]
    if known.sum() > 1:
        title = word("risk_chart.tradeoff", language)
        drawn = partial(_tradeoff_chart, found, language)
        blocks.append(Picture(title, drawn, _tradeoff_table(found, language)))
    title = word("risk_chart.limits", language)
    drawn = partial(_limits_chart, found, language)
    blocks.append(Picture(title, drawn, _limits_table(found, language)))
    return blocks


def _known(found: Discovery) -> Any:
    return np.isfinite(found.coverage) & np.isfinite(found.density)


def _share(found: Discovery) -> float:
    """The share of all draws that are of interest: what the box before any peeling holds."""
    return float(found.density[int(np.flatnonzero(_known(found))[0])])


def _sentence(found: Discovery, language: Language) -> str:
    limits = [f"{said_within(limit.input)} {limit.told(language)}" for limit in found.limits]
    density, coverage = (
        chance(float(each[found.chosen]), language) for each in (found.density, found.coverage)
    )
    return word(
        "risk_chart.box.sentence",
        language,
        interest=found.interest,
        limits=listed(limits, language),
        density=density,
        coverage=coverage,
        share=chance(_share(found), language),
        draws=number(found.draws, language),
    )


def _tradeoff_chart(found: Discovery, language: Language, width: int) -> alt.LayerChart:
    rows: list[dict[str, float]] = [
        {
            "x": float(found.coverage[n]),
            "y": float(found.density[n]),
            "order": int(n),
        }
        for n in np.flatnonzero(_known(found))
    ]

    def axis(key: str) -> alt.Axis:
        return alt.Axis(
            title=word(f"risk_chart.box.{key}", language),
            format=".0%",
            values=[0, 0.25, 0.5, 0.75, 1],
            domain=False,
            ticks=False,
        )

    x = alt.X("x:Q", axis=axis("coverage"), scale=alt.Scale(domain=[0, 1.03], nice=False))
    y = alt.Y("y:Q", axis=axis("density"), scale=alt.Scale(domain=[0, 1.06], nice=False))
    base = alt.Chart(shortened(rows)).encode(x=x, y=y)
    limits = len(found.limits)
    key = "risk_chart.box.chosen_one" if limits == 1 else "risk_chart.box.chosen"
    chosen: dict[str, Any] = {
        "x": float(found.coverage[found.chosen]),
        "y": float(found.density[found.chosen]),
        "label": word(key, language, count=limits, between="\n" if is_narrow(width) else " "),
    }
    side = {"align": "left", "dx": 10} if chosen["x"] < 0.5 else {"align": "right", "dx": -10}
    dot = alt.Chart(shortened([chosen])).mark_point(
        shape="diamond", filled=True, color=ORANGE, size=190, opacity=1
    )
    chart = fitted(
        alt.layer(
            base.mark_line(color=SLATE, strokeWidth=2).encode(order="order:Q"),
            base.mark_circle(color=BLUE, size=42, opacity=1),
            dot.encode(x="x:Q", y="y:Q"),
            *written([chosen], alt.Y("y:Q"), dy=16, **side),
        ),
        width,
        fit(width, 300, 220, 260),
        title=word("risk_chart.tradeoff", language),
        description=word(
            "risk_chart.tradeoff.description",
            language,
            count=len(rows),
            sentence=_sentence(found, language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _tradeoff_table(found: Discovery, language: Language) -> Table:
    rows = []
    for n in map(int, np.flatnonzero(_known(found))):
        shares = (found.coverage[n], found.density[n], found.mass[n])
        name = str(n + 1)
        if n == found.chosen:
            name = word("risk_chart.marked_chosen", language, name=name)
        cells: list[Phrase] = [(chance(float(share), language),) for share in shares]
        restricted = (str(found.restricted[n]),)
        style = "total" if n == found.chosen else "plain"
        rows.append(Row(((name,), restricted, *cells), style=style))  # type: ignore[arg-type]
    columns = ("limits", "coverage", "density", "mass")
    return Table(
        word("risk_chart.tradeoff.table", language, interest=found.interest),
        (
            Column(word("risk_chart.column.box", language)),
            *(Column(word(f"risk_chart.column.{key}", language), "number") for key in columns),
        ),
        tuple(rows),
    )


def _limits_chart(found: Discovery, language: Language, width: int) -> alt.LayerChart:
    labels = distinct(limit.input for limit in found.limits)
    letters = 13 if is_narrow(width) else 40
    rows: list[dict[str, Any]] = [
        {
            "item": wrapped(label, width),
            "start": 0.0,
            "end": 1.0,
            "low": limit.share(limit.low),
            "high": limit.share(limit.high),
            "side": "right",
            "label": "\n".join(textwrap.wrap(limit.told(language), letters)),
        }
        for label, limit in zip(labels, found.limits, strict=True)
    ]
    beside = [(1.0, str(row["label"])) for row in rows]
    _, right = room_for([0.0, 1.0], width - label_room(width) - 30, right=beside)
    y = alt.Y("item:N", sort=[row["item"] for row in rows], axis=bars_axis(width))
    ends = [word(f"risk_chart.limits.{key}", language) for key in ("lowest", "highest")]
    x = alt.X(
        "start:Q",
        axis=alt.Axis(
            title=word("risk_chart.limits.axis", language),
            titleAnchor="start",
            values=[0, 1],
            labelExpr=f"datum.value == 0 ? '{ends[0]}' : '{ends[1]}'",
            domain=False,
            ticks=False,
        ),
        scale=alt.Scale(domain=[-0.02, right], nice=False),
    )
    base = alt.Chart(shortened(rows))
    whole = base.mark_bar(size=7, color="#eef1f4", stroke=QUIET, strokeWidth=1)
    held = base.mark_bar(size=16, color=BLUE, cornerRadius=1)
    edges = base.mark_tick(color=INK, size=20, thickness=2, opacity=1)
    chart = fitted(
        alt.layer(
            whole.encode(y=y, x=x, x2="end:Q"),
            held.encode(y=y, x="low:Q", x2="high:Q"),
            edges.encode(y=y, x="low:Q"),
            edges.encode(y=y, x="high:Q"),
            *beside_bars(rows, y, "end"),
        ),
        width,
        alt.Step(fit(width, 36, 32, 48)),
        title=word("risk_chart.limits", language),
        description=word(
            "risk_chart.limits.description", language, sentence=_sentence(found, language)
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _limits_table(found: Discovery, language: Language) -> Table:
    rows = []
    for limit in found.limits:
        known = limit.chance_alone is not None and math.isfinite(limit.chance_alone)
        alone = chance(limit.chance_alone, language) if known else word("not_stated", language)
        cells: tuple[Phrase, ...] = (
            (limit.input,),
            (limit.told(language),),
            (limit.all_drawn(language),),
            (alone,),
        )
        rows.append(Row(cells))
    columns = ("held", "drawn", "chance_alone")
    return Table(
        word("risk_chart.limits.table", language, interest=found.interest),
        (
            Column(word("risk_chart.column.input", language), share=1.6),
            *(Column(word(f"risk_chart.column.{key}", language), "number") for key in columns),
        ),
        tuple(rows),
    )
