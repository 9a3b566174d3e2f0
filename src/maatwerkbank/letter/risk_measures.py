# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a picture of risk measures, and how its numbers, axes and labels are written.

Takes     a name in the language of the report, a unit, figures in house units.
Gives     text, cells, axes; ranges over draws; places for labels that do not cover one another.
Leaves    which figures are drawn to `risk_charts_case` and `risk_charts_portfolio`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Paragraph
from maatwerkbank.letter.chart_style import QUIET, TEXT, amount_axis, data
from maatwerkbank.letter.names import unit_label
from maatwerkbank.letter.numbers import SPACE, euros, euros_per_tonne, number, ratio, tonnes
from maatwerkbank.letter.tables import cell
from maatwerkbank.letter.words import within_sentence, word
from maatwerkbank.plant.quantities import Floats

LETTER = 6.8  # [px] a letter of a label
LINE = 15  # [px] between the middles of two labels
HALO: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}
_SCALES = {"EUR": 1e6, "t": 1e3}  # drawn and tabled in millions and in kilotonnes
_AXES = {"EUR": "chart.millions", "t": "risk_chart.kilotonnes"}


@dataclass(frozen=True)
class Measure:
    """A figure by its name and its house unit: `EUR`, `t`, a price such as `EUR/MWh`, or none.

    `spoken` is the name with its article, as a sentence holds it: "de netto contante waarde".
    """

    name: str
    unit: str = ""
    spoken: str = ""

    @property
    def scale(self) -> float:
        """What a figure is divided by before it is drawn or stands in a table."""
        return _SCALES.get(self.unit, 1.0)

    def told(self, value: float | None, language: Language) -> str:
        r"""The figure with its unit, as a sentence holds it.

        >>> Measure("Value", "EUR").told(-2.5e6, "en"), Measure("EUA", "EUR/t").told(81.2, "en")
        ('−€2.5\xa0million', '€81 per tonne')
        """
        if value is None or not math.isfinite(value):
            return word("cannot_be_judged", language)
        if self.unit == "EUR":
            return euros(value, language)
        if self.unit == "t":
            return tonnes(value, language)
        if self.unit.startswith("EUR/"):
            _, _, per = unit_label(self.unit, language).partition(" ")
            return f"{euros_per_tonne(value, language)} {per}"
        text = number(value, language, decimals_for(abs(value)))
        return f"{text}{SPACE}{unit_label(self.unit, language)}" if self.unit else text

    def in_sentence(self) -> str:
        """The name as it reads within a sentence."""
        return self.spoken or within_sentence(self.name)

    def axis_title(self, language: Language) -> str:
        """The unit that an axis or a column is in."""
        if self.unit in _AXES:
            return word(_AXES[self.unit], language)
        return unit_label(self.unit, language) if self.unit else self.in_sentence()

    def column(self, language: Language) -> str:
        """The name and the unit, for a caption."""
        return f"{self.name}, {self.axis_title(language)}" if self.unit else self.name

    def cell(self, value: float | None, language: Language) -> str:
        """The figure in the unit of its column; a short mark where it cannot be judged."""
        known = value is not None and math.isfinite(value)
        return cell(value if known else None, self.scale, language)


@dataclass(frozen=True)
class Interval:
    """One figure over the draws: P10, a middle, P90. The middle is the median unless told."""

    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ShapeError(
                f"a P10 of {self.low} lies above a P90 of {self.high}.",
                remedy="hand the lower quantile first",
            )

    @property
    def is_known(self) -> bool:
        """Whether all three can be drawn."""
        return all(math.isfinite(value) for value in (self.low, self.middle, self.high))

    @property
    def all(self) -> tuple[float, float, float]:
        """P10, middle, P90."""
        return self.low, self.middle, self.high


def chance(value: float | None, language: Language) -> str:
    """A probability; one that is nearly nought or nearly one is not rounded to it.

    >>> chance(0.352, "nl"), chance(0.9996, "en"), chance(0.0004, "nl"), chance(1.0, "en")
    ('35%', 'more than 99.9%', 'minder dan 0,1%', '100%')
    """
    if value is None or not math.isfinite(value):
        return word("cannot_be_judged", language)
    if 0 < value < 0.001:
        return word("risk_chart.less_than", language, value=ratio(0.001, language))
    if 0.999 < value < 1:
        return word("risk_chart.more_than", language, value=f"{number(99.9, language, 1)}%")
    if 0.995 <= value < 1:
        return f"{number(value * 100, language, 1)}%"
    return ratio(value, language)


def decimals_for(size: float) -> int:
    """Decimals with which numbers of that size, or on an axis that long, can be told apart.

    >>> [decimals_for(size) for size in (250, 25, 2.5, 0.25, 0)]
    [0, 1, 2, 3, 0]
    """
    if size <= 0 or not math.isfinite(size):
        return 0
    return int(min(max(2 - math.floor(math.log10(size)), 0), 6))


def same_length(what: str, **series: Sequence[object] | Floats) -> None:
    """Refuse series that do not belong to the same things."""
    lengths = {name: len(each) for name, each in series.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ShapeError(
            f"the series of {what} have different lengths: {shown}.",
            remedy="hand one value for each",
        )


def no_picture(key: str, language: Language, **filled: object) -> Paragraph:
    """The sentence that stands where nothing can be drawn."""
    return Paragraph((word(key, language, **filled),), "note")


def listed(names: Sequence[str], language: Language) -> str:
    """Names in a sentence: one, two and three.

    >>> listed(["A", "B", "C"], "en")
    'A, B and C'
    """
    *others, last = names
    return f"{', '.join(others)} {word('and', language)} {last}" if others else last


def said_within(name: str) -> str:
    """A name as it reads within a sentence; one that begins with an owner keeps its capital.

    >>> said_within("Price of gas"), said_within("Yara Sluiskil: emissions")
    ('price of gas', 'Yara Sluiskil: emissions')
    """
    return name if ": " in name else within_sentence(name)


# ── axes and labels ───────────────────────────────────────────────────────────────────────────


def span_axis(title: str, span: float) -> alt.Axis:
    """An axis whose numbers differ from one another, however short it is."""
    axis = amount_axis(title)
    axis.format = f",.{max(decimals_for(span) - 1, 0)}f"
    return axis


def widened(values: Sequence[float], below: float, above: float) -> tuple[float, float]:
    """The reach of values, wider by shares of itself."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    return low - below * span, high + above * span


def letters_wide(label: str) -> float:
    """How wide a label is, its longest line. [px]"""
    return max(map(len, label.split("\n"))) * LETTER


def room_for(
    values: Sequence[float],
    room: float,
    *,
    left: Sequence[tuple[float, str]] = (),
    right: Sequence[tuple[float, str]] = (),
) -> tuple[float, float]:
    """The shortest axis that holds the values, and a label to the left or the right of some.

    `room` is the length of the axis; labels take at most two fifths of it at either side. [px]
    """
    low, high = widened(values, 0.02, 0.02)
    most = room * 0.4

    def pixels(label: str) -> float:
        return min(letters_wide(label) + 14, most)

    for _ in range(60):  # each round comes nearer: labels take less than the whole axis
        per_pixel = (high - low) / room
        low = min([low, *(value - pixels(label) * per_pixel for value, label in left)])
        high = max([high, *(value + pixels(label) * per_pixel for value, label in right)])
    return low, high


def apart(places: Sequence[float], gap: float, size: float) -> list[float]:
    """Places at least `gap` apart, in the same order, moved as little as can be. [px]

    They stay between 0 and `size`; where they do not all fit, they stand closer.

    >>> apart([50, 52, 90], 10, 100), apart([0, 1], 10, 100)
    ([46.0, 56.0, 90.0], [0.0, 10.0])
    """
    if not places:
        return []
    order = np.argsort(np.asarray(places, dtype=float), kind="stable")
    gap = min(gap, size / max(len(places) - 1, 1))
    blocks: list[tuple[float, int]] = []  # mean place and count of labels that move together
    for rank, n in enumerate(order):
        mean, count = float(places[n]) - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, members = blocks.pop()
            mean = (mean * count + before * members) / (count + members)
            count += members
        blocks.append((mean, count))
    most = size - gap * (len(places) - 1)
    settled = [min(max(mean, 0.0), most) for mean, count in blocks for _ in range(count)]
    found = [0.0] * len(places)
    for rank, n in enumerate(order):
        found[n] = settled[rank] + rank * gap
    return found


def labels_apart(
    values: Sequence[float], domain: tuple[float, float], height: float, *, gap: float = LINE
) -> list[float]:
    """Values moved along a vertical axis so that labels beside them do not cover one another."""
    low, high = domain
    pixels = [(value - low) / (high - low) * height for value in values]
    return [low + each / height * (high - low) for each in apart(pixels, gap, height)]


def five_figures(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a chart, numbers with five figures: finer is not drawn, and is long to listen to."""
    return [
        {
            key: float(f"{value:.5g}") if isinstance(value, float) else value
            for key, value in row.items()
        }
        for row in rows
    ]


def shortened(rows: Sequence[dict[str, Any]]) -> alt.Data:
    """Rows as a chart holds them, with five figures."""
    return data(five_figures(rows))


def written(rows: list[dict[str, Any]], y: Any, **mark: Any) -> list[Any]:
    """Labels at `x` and `y` with a white edge, so that a line behind them does not strike them.

    Each row holds its `label`; `align`, `dx` and `dy` are taken from the mark.
    """
    base = alt.Chart(shortened(rows)).encode(
        x=alt.X("x:Q"), y=y, text="label:N", description="label:N"
    )
    look = {**TEXT, **mark, "lineBreak": "\n"}
    return [base.mark_text(**{**look, **HALO, "aria": False}), base.mark_text(**look)]


def beside_bars(rows: Sequence[dict[str, Any]], y: Any, at: str, **mark: Any) -> list[Any]:
    """The `label` of each row beside its bar at the value named `at`, on its `side`.

    Vega sets the first line of a label beside the bar; here it is its middle.
    """
    found: list[Any] = []
    for side, align, dx in (("right", "left", 8), ("left", "right", -6)):
        for lines in (1, 2, 3):
            told = [
                {"item": row["item"], "x": row[at], "label": row["label"]}
                for row in rows
                if row["side"] == side and row["label"].count("\n") == lines - 1
            ]
            if told:
                raised = -7 * (lines - 1)
                found += written(told, y, align=align, dx=dx, dy=raised, **mark)
    return found


def upright(value: float, *, colour: str = QUIET, dash: tuple[int, int] = (1, 0)) -> Any:
    """A line across the whole height at a value."""
    rule = alt.Chart(shortened([{"x": value}])).mark_rule(color=colour, strokeDash=list(dash))
    return rule.encode(x="x:Q")


def level(value: float, *, colour: str = QUIET) -> Any:
    """A line across the whole width at a value."""
    return alt.Chart(shortened([{"y": value}])).mark_rule(color=colour).encode(y="y:Q")
