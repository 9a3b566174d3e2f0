# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a figure spreads over the draws: by year as a fan, and as a chance of at least so much.

Takes     quantiles by year, or values against the chance of reaching them; a measure; a language.
Gives     blocks of a report: a sentence from the numbers, the picture, the table behind it.
Leaves    quantiles and chances to `risk`; what makes the spread to `risk_charts_case`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt
import numpy as np

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Block, Column, Paragraph, Picture, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    INK,
    ORANGE,
    fit,
    fitted,
    is_narrow,
    styled,
    year_ticks,
)
from maatwerkbank.letter.numbers import number, ratio
from maatwerkbank.letter.risk_measures import (
    LETTER,
    Measure,
    chance,
    decimals_for,
    labels_apart,
    level,
    no_picture,
    room_for,
    same_length,
    shortened,
    span_axis,
    upright,
    widened,
    written,
)
from maatwerkbank.letter.tables import caption
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.plant.quantities import Floats

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # of a fan, from its lowest edge to its highest
_LABELS = tuple(f"P{round(share * 100)}" for share in QUANTILES)
_READ_AT = (0.99, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.01)  # chances that the table gives
_POINTS = 200  # of a curve: more cannot be seen
_LINE = 14  # [px] from one line of a label to the next
_Y_AXIS = 62  # [px] numbers and title beside a fan or a curve


# ── fan ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Fan:
    """Quantiles by year over the draws: of a price, or of cash added up.

    quantiles : (quantile, year) [house unit of the measure]; P5, P25, P50, P75, P95
    draws     : how many draws they rest on
    """

    measure: Measure
    years: Sequence[int]
    quantiles: Floats
    draws: int


def fan(found: Fan, language: Language = "nl") -> list[Block]:
    """Bands of P5 to P95 and P25 to P75 around the median, by year."""
    same_length("a fan", quantiles=QUANTILES, bands=found.quantiles)
    same_length("a fan", years=found.years, values=found.quantiles[0])
    judged = _judged_years(found)
    name = found.measure.in_sentence()
    if found.draws <= 0 or not judged.any():
        return [no_picture("risk_chart.fan.none", language, name=name)]
    table = _fan_table(found, language)
    bands = found.quantiles[:, judged]
    if np.ptp(bands, axis=0).max() <= 0:
        return [no_picture("risk_chart.fan.same", language, name=name), table]
    said = Paragraph((_fan_sentence(found, language),), "lead")
    if judged.sum() < 2:
        return [said, table]
    title = word("risk_chart.fan", language, name=found.measure.name)
    return [said, Picture(title, partial(_fan_chart, found, language), table)]


def _judged_years(found: Fan) -> Any:
    return np.isfinite(found.quantiles).all(axis=0)


def _fan_sentence(found: Fan, language: Language) -> str:
    n = int(np.flatnonzero(_judged_years(found))[-1])
    low, _, middle, _, high = (
        found.measure.told(float(v), language) for v in found.quantiles[:, n]
    )
    return word(
        "risk_chart.fan.sentence",
        language,
        name=found.measure.in_sentence(),
        year=found.years[n],
        draws=number(found.draws, language),
        low=low,
        middle=middle,
        high=high,
    )


def _fan_rows(found: Fan) -> list[dict[str, Any]]:
    """A row for each year that can be judged; a year that cannot breaks the bands."""
    rows: list[dict[str, Any]] = []
    run = 0
    for year, judged, values in zip(
        found.years, _judged_years(found), found.quantiles.T, strict=True
    ):
        if not judged:
            run += 1
            continue
        shown = dict(zip(_LABELS, (float(v) / found.measure.scale for v in values), strict=True))
        rows.append({"year": int(year), "run": run, **shown})
    return rows


def _fan_chart(found: Fan, language: Language, width: int) -> alt.LayerChart:
    rows = _fan_rows(found)
    height = fit(width, 320, 230, 270)
    first, last = rows[0]["year"], rows[-1]["year"]
    reach = [0.0, *(row[label] for row in rows for label in _LABELS)]
    domain = widened(reach, 0.05 if min(reach) < 0 else 0.0, 0.05)
    digits = decimals_for(max(reach) - min(reach))
    ends = [rows[-1][label] for label in _LABELS]
    labels = [
        f"{label} {number(value, language, digits)}"
        for label, value in zip(_LABELS, ends, strict=True)
    ]
    room = max(map(len, labels)) * LETTER + 10
    beyond = (last - first) * room / (width - _Y_AXIS - room)
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(
            format="d", values=year_ticks(list(range(first, last + 1)), width), grid=False
        ),
        scale=alt.Scale(domain=[first, last + beyond], nice=False),
    )

    def y(label: str) -> alt.Y:
        axis = span_axis(found.measure.axis_title(language), domain[1] - domain[0])
        return alt.Y(f"{label}:Q", axis=axis, scale=alt.Scale(domain=list(domain), nice=False))

    base = alt.Chart(shortened(rows)).encode(x=x, detail="run:N")
    layers: list[Any] = [level(0.0)] if min(reach) < 0 else []
    for low, high, opacity in (("P5", "P95", 0.16), ("P25", "P75", 0.3)):
        area = base.mark_area(color=BLUE, opacity=opacity)
        layers.append(area.encode(y=y(low), y2=f"{high}:Q"))
    for label in ("P5", "P95"):
        edge = base.mark_line(color=BLUE, strokeWidth=1.5, strokeDash=[5, 3])
        layers.append(edge.encode(y=y(label)))
    layers.append(base.mark_line(color=INK, strokeWidth=3).encode(y=y("P50")))
    places = labels_apart(ends, domain, height)
    told = [
        {"x": last, "y": place, "label": label} for place, label in zip(places, labels, strict=True)
    ]
    layers += written(told, alt.Y("y:Q"), align="left", dx=8)
    return _styled(
        alt.layer(*layers),
        width,
        height,
        language,
        title=word("risk_chart.fan", language, name=found.measure.name),
        description=word(
            "risk_chart.fan.description",
            language,
            first=first,
            last=last,
            sentence=_fan_sentence(found, language),
        ),
    )


def _fan_table(found: Fan, language: Language) -> Table:
    judged = [[float(v) if np.isfinite(v) else None for v in row] for row in found.quantiles.T]
    named = caption("risk_chart.fan.table", judged, language)
    return Table(
        named.format(name=found.measure.column(language)),
        (
            Column(word("column.year", language), share=0.6),
            *(Column(label, "number") for label in _LABELS),
        ),
        tuple(
            Row(((str(year),), *((found.measure.cell(value, language),) for value in values)))
            for year, values in zip(found.years, judged, strict=True)
        ),
    )


# ── exceedance ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Exceedance:
    """The chance that an outcome is at least a value, over the draws.

    values, at_least : (point,) a value [house unit], and the chance of at least that much
    draws            : how many draws were judged; `unjudged` were not and are left out
    threshold        : a value to look at: nought, or what was promised
    reached          : the chance of at least the threshold; None where it is not told
    shortfall        : the mean of the worst `worst_share` of the draws (expected shortfall)
    """

    measure: Measure
    values: Floats
    at_least: Floats
    draws: int
    unjudged: int = 0
    threshold: float = 0.0
    reached: float | None = None
    shortfall: float | None = None
    worst_share: float = 0.05


def exceedance(found: Exceedance, language: Language = "nl") -> list[Block]:
    """Each value against the chance of at least that much, threshold and worst draws marked."""
    same_length("an exceedance curve", values=found.values, at_least=found.at_least)
    name = found.measure.in_sentence()
    known = _curve(found)
    if found.draws <= 0 or not len(known[0]):
        return [no_picture("risk_chart.exceedance.none", language, name=name)]
    if np.ptp(known[0]) <= 0:
        value = found.measure.told(float(known[0][0]), language)
        return [no_picture("risk_chart.same", language, name=name, value=value)]
    title = word("risk_chart.exceedance", language, name=found.measure.name)
    blocks: list[Block] = [
        Paragraph((_exceedance_sentence(found, language),), "lead"),
        Picture(title, partial(_exceedance_chart, found, language), _read_off(found, language)),
    ]
    if found.unjudged:
        left_out = {"unjudged": number(found.unjudged, language)}
        blocks.append(no_picture("risk_chart.unjudged", language, **left_out))
    return blocks


def _curve(found: Exceedance) -> tuple[Floats, Floats]:
    """The points of the curve from the lowest value to the highest, those that can be drawn."""
    values, at_least = np.asarray(found.values, float), np.asarray(found.at_least, float)
    known = np.isfinite(values) & np.isfinite(at_least)
    order = np.argsort(values[known], kind="stable")
    return values[known][order], at_least[known][order]


def _median(found: Exceedance) -> float:
    return _value_at(found, 0.5)


def _value_at(found: Exceedance, probability: float) -> float:
    """The value that is reached with a probability; the curve falls, so that it is turned round."""
    values, at_least = _curve(found)
    return float(np.interp(probability, at_least[::-1], values[::-1]))


def _exceedance_sentence(found: Exceedance, language: Language) -> str:
    name, told = found.measure.in_sentence(), found.measure.told
    parts = []
    if found.reached is not None:
        key = "risk_chart.exceedance.reached" if found.threshold else "risk_chart.exceedance.nil"
        threshold = told(found.threshold, language)
        share = chance(found.reached, language)
        parts.append(word(key, language, name=name, threshold=threshold, chance=share))
    median = told(_median(found), language)
    draws = number(found.draws, language)
    parts.append(
        word("risk_chart.exceedance.median", language, name=name, median=median, draws=draws)
    )
    if found.shortfall is not None:
        parts.append(word("risk_chart.exceedance.worst", language, **_worst(found, language)))
    return capitalised(" ".join(parts))


def _worst(found: Exceedance, language: Language) -> dict[str, str]:
    return {
        "share": ratio(found.worst_share, language),
        "value": found.measure.told(found.shortfall, language),
    }


def _exceedance_chart(found: Exceedance, language: Language, width: int) -> alt.LayerChart:
    values, at_least = _curve(found)
    if len(values) > _POINTS:
        kept = np.unique(np.linspace(0, len(values) - 1, _POINTS).round().astype(int))
        values, at_least = values[kept], at_least[kept]
    scale = found.measure.scale
    rows = [
        {"x": float(value) / scale, "chance": float(share)}
        for value, share in zip(values, at_least, strict=True)
    ]
    marked = [] if found.shortfall is None else [found.shortfall / scale]
    threshold = found.threshold / scale
    domain = widened([*(row["x"] for row in rows), *marked], 0.03, 0.03)
    text = _threshold_text(found, language, width)
    shown = domain[0] < threshold < domain[1]
    if shown and found.reached is not None:
        domain = room_for(domain, width - _Y_AXIS, right=[(threshold, text)])
    x = alt.X(
        "x:Q",
        axis=span_axis(found.measure.column(language), domain[1] - domain[0]),
        # Without `zero` an axis would start at nought because the lines across have no scale.
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
    )
    height = fit(width, 320, 230, 290)
    above = (20 + _LINE * text.count("\n")) / height if shown else 0.0
    top = max(1.04, (found.reached or 0.0) + above)
    y = alt.Y(
        "chance:Q",
        axis=alt.Axis(
            title=word("risk_chart.exceedance.axis", language),
            format=".0%",
            values=[0, 0.25, 0.5, 0.75, 1],
            domain=False,
            ticks=False,
        ),
        scale=alt.Scale(domain=[0, top], nice=False),
    )
    line = alt.Chart(shortened(rows)).mark_line(color=BLUE, strokeWidth=3).encode(x=x, y=y)
    layers: list[Any] = [line]
    if found.shortfall is not None:
        layers.insert(0, upright(marked[0], colour=ORANGE, dash=(6, 4)))
        layers += _worst_label(found, marked[0], language, width)
    if shown:
        layers.insert(0, upright(threshold, colour=INK))
    if shown and found.reached is not None:
        layers += _threshold_label(found, threshold, text)
    return _styled(
        alt.layer(*layers),
        width,
        height,
        language,
        title=word("risk_chart.exceedance", language, name=found.measure.name),
        description=word(
            "risk_chart.exceedance.description",
            language,
            sentence=_exceedance_sentence(found, language),
        ),
    )


def _threshold_text(found: Exceedance, language: Language, width: int) -> str:
    name = (
        found.measure.told(found.threshold, language)
        if found.threshold
        else word("risk_chart.nil", language)
    )
    return word(
        "risk_chart.exceedance.label",
        language,
        threshold=name,
        chance=chance(found.reached, language),
        between="\n" if is_narrow(width) else " ",
    )


def _threshold_label(found: Exceedance, at: float, text: str) -> list[Any]:
    """A dot on the curve; to its upper right, where a falling curve leaves room, what it says."""
    row = {"x": at, "chance": found.reached, "label": text}
    raised = -10 - _LINE * text.count("\n")
    dot = alt.Chart(shortened([row])).mark_circle(color=INK, size=80, opacity=1)
    label = written([row], alt.Y("chance:Q"), align="left", dx=9, dy=raised)
    return [dot.encode(x="x:Q", y="chance:Q"), *label]


def _worst_label(found: Exceedance, at: float, language: Language, width: int) -> list[Any]:
    """What the dashed line is, low in the picture where the curve is high."""
    between = "\n" if is_narrow(width) else " "
    told = _worst(found, language)
    text = word("risk_chart.exceedance.worst_label", language, between=between, **told)
    row = {"x": at, "chance": 0.13, "label": text}
    return written([row], alt.Y("chance:Q"), color=ORANGE, align="left", dx=7)


def _read_off(found: Exceedance, language: Language) -> Table:
    """The values that are reached with round chances, then what is marked in the picture."""
    told = found.measure.cell
    rows = [
        Row(((ratio(share, language),), (told(_value_at(found, share), language),)))
        for share in _READ_AT
    ]
    if found.reached is not None:
        share = chance(found.reached, language)
        rows.append(Row(((share,), (told(found.threshold, language),)), style="total"))
    if found.shortfall is not None:
        label = word("risk_chart.exceedance.worst_row", language, **_worst(found, language))
        rows.append(Row(((label,), (told(found.shortfall, language),)), style="total"))
    return Table(
        word("risk_chart.exceedance.table", language, name=found.measure.column(language)),
        (
            Column(word("risk_chart.column.chance", language), share=1.6),
            Column(word("risk_chart.column.at_least", language), "number"),
        ),
        tuple(rows),
    )


def _styled(chart: Any, width: int, height: int, language: Language, **told: str) -> alt.LayerChart:
    return styled(fitted(chart, width, height, **told), language)  # type: ignore[no-any-return]
