# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Emissions with and without the plan, against the path of the levy.

Takes     an assessment, a language, a width.
Gives     the chart and the table by year.
Leaves    money to `value_charts`.

A series that hangs on a range without a centre is a band from its lowest to its highest, not a
line; what is additional in 2030 is then drawn solid as far as it is sure.
"""

import math
from typing import Any

import altair as alt
import numpy as np

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.business_case import TARGET_YEAR
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Column, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    SLATE,
    WIDE,
    data,
    fit,
    fitted,
    is_narrow,
    styled,
    year_ticks,
)
from maatwerkbank.letter.numbers import span, tonnes
from maatwerkbank.letter.sentences import shown as say
from maatwerkbank.letter.tables import Series, caption, cell
from maatwerkbank.letter.words import word

_SAME_T = 0.5  # series closer than half a tonne are one line


def _base(state: str) -> Series:
    return lambda o: (o.without if state == "without" else o.with_projects).own_total("levy_base")


def _scope1(state: str) -> Series:
    return lambda o: (o.without if state == "without" else o.with_projects).total("scope1")


def _emission_series(assessment: Assessment) -> dict[str, Series]:
    """What the chart draws: scope 1 only where it is not the levy base. (year,) [t]"""
    series: dict[str, Series] = {
        "levy_base_without": _base("without"),
        "levy_base_with": _base("with"),
        "frozen" if assessment.law.removes("levy") else "dispensatierechten": lambda o: o.rights,
    }
    outcome = assessment.outcome
    gaps = [
        np.abs(_scope1(state)(outcome) - _base(state)(outcome)) for state in ("without", "with")
    ]
    if any(np.nan_to_num(gap).max() > _SAME_T for gap in gaps):
        series["scope1_without"] = _scope1("without")
        series["scope1_with"] = _scope1("with")
    return {key: of for key, of in series.items() if np.isfinite(of(outcome)).any()}


def _band(assessment: Assessment, of: Series) -> list[tuple[float, float]] | None:
    """Lowest and highest by year of a series that hangs on a range without a centre. [t]"""
    centre = of(assessment.outcome)
    judged = assessment.spread.series(of)
    if all(j is not None or not math.isfinite(c) for j, c in zip(judged, centre, strict=True)):
        return None

    def at(number: int) -> tuple[float, float]:
        ends = assessment.spread.at_ends(lambda o: float(of(o)[number]))
        known = [end for end in (*ends.values(), float(centre[number])) if math.isfinite(end)]
        return (min(known), max(known)) if known else (math.nan, math.nan)

    return [at(number) for number in range(len(centre))]


_SERIES_LOOK = {
    "levy_base_without": (INK, [1, 0]),
    "levy_base_with": (BLUE, [1, 0]),
    "dispensatierechten": (ORANGE, [7, 4]),
    "frozen": (ORANGE, [7, 4]),
    "scope1_without": (SLATE, [2, 3]),
    "scope1_with": (PURPLE, [2, 3]),
}


def emissions(
    assessment: Assessment, language: Language = "nl", *, width: int = WIDE
) -> alt.LayerChart:
    """The levy base with and without the plan, the dispensation rights, and what is additional."""
    series = _emission_series(assessment)
    years = [int(year) for year in assessment.outcome.years]
    bands = {key: _band(assessment, of) for key, of in series.items()}
    names = {
        key: word(f"series.{key}", language)
        + (f", {word('range', language)}" if bands[key] else "")
        for key in series
    }
    rows: list[dict[str, Any]] = []
    shaded: list[Any] = []
    for key, of in series.items():
        band = bands[key]
        centre = [float(value) for value in of(assessment.outcome)]
        for n, edge in enumerate(zip(*band, strict=True) if band else [centre]):
            rows += [
                {"year": year, "kt": value / 1e3, "series": names[key], "edge": n}
                for year, value in zip(years, edge, strict=True)
                if math.isfinite(value)
            ]
        if band:
            shaded.append(_shade(band, years, _SERIES_LOOK[key][0]))
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", values=year_ticks(years, width), grid=False),
        scale=alt.Scale(domain=[years[0], years[-1]], nice=False),
    )
    y = alt.Y(
        "kt:Q",
        title=word("chart.kilotonnes", language),
        scale=alt.Scale(zero=True, domainMin=0, domainMax=_top(rows)),
        axis=alt.Axis(format=",.0f", tickCount=6, domain=False, ticks=False),
    )
    domain = list(names.values())
    legend = alt.Legend(columns=1 if is_narrow(width) else 3, symbolType="stroke", symbolSize=320)
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=domain, range=[_SERIES_LOOK[key][0] for key in series]),
        legend=legend,
        title=None,
    )
    lines = (
        alt.Chart(data(rows))
        .mark_line(strokeWidth=3)
        .encode(
            x=x,
            y=y,
            detail="edge:N",
            color=colour,
            strokeDash=alt.StrokeDash(
                "series:N",
                scale=alt.Scale(domain=domain, range=[_SERIES_LOOK[key][1] for key in series]),
                legend=legend,
                title=None,
            ),
        )
    )
    area, *marks = _additional_layers(assessment, years, language)
    layers = [*shaded, area, lines, *marks]
    height = fit(width, 320, 215, 250)
    described = _emissions_description(assessment, years, language)
    title = word("chart.emissions", language)
    chart = fitted(alt.layer(*layers), width, height, title=title, description=described)
    return styled(chart, language)  # type: ignore[no-any-return]  # altair's own mix-ins


def _top(rows: list[dict[str, Any]]) -> float:
    """A little above the highest line. [kt]"""
    return max([row["kt"] for row in rows], default=1.0) * 1.06


def _shade(band: list[tuple[float, float]], years: list[int], colour: str) -> Any:
    """The area between the lowest and the highest path of a series."""
    rows = [
        {"year": year, "low": low / 1e3, "high": high / 1e3}
        for year, (low, high) in zip(years, band, strict=True)
        if math.isfinite(low)
    ]
    area = alt.Chart(data(rows)).mark_area(color=colour, opacity=0.13)
    return area.encode(x="year:Q", y="low:Q", y2="high:Q")


def _additional_layers(
    assessment: Assessment, years: list[int], language: Language
) -> list[alt.Chart]:
    """The area below the reference where it can be judged, and in 2030 how many tonnes that is."""
    low = _base("with")(assessment.outcome)
    added = assessment.spread.series(lambda o: o.additional)
    shown: list[dict[str, Any]] = []
    run = 0  # years in between that cannot be judged break the area
    for year, with_t, more in zip(years, low, added, strict=True):
        if more is None or not math.isfinite(with_t):
            run += 1
            continue
        foot, top = float(with_t) / 1e3, (float(with_t) + more) / 1e3
        shown.append({"year": year, "with": foot, "reference": top, "run": run})
    area = alt.Chart(data(shown)).mark_area(color=GREEN, opacity=0.16)
    layers = [area.encode(x="year:Q", y="with:Q", y2="reference:Q", detail="run:N")]
    key = "additional_2030_t"
    value, found = assessment.results[key], assessment.ranges.get(key)
    least = found["low"] if value is None and found else value
    most = found["high"] if value is None and found else value
    foot = assessment.outcome.in_year(low)
    if least is None or most is None or most <= _SAME_T or not math.isfinite(foot):
        return layers
    mark = {
        "year": TARGET_YEAR,
        "with": foot / 1e3,
        "sure": (foot + least) / 1e3,
        "reference": (foot + most) / 1e3,
        "middle": (foot + least / 2) / 1e3,
        "label": word("chart.additional_label", language, tonnes=say(assessment, key, language)),
    }
    pole = alt.Chart(data([mark]))
    possible = pole.mark_rule(color=GREEN, strokeWidth=5, opacity=0.45)
    sure = pole.mark_rule(color=GREEN, strokeWidth=5)
    text: dict[str, Any] = {
        "color": GREEN,
        "align": "left",
        "dx": 11,
        "fontSize": 13,
        "fontWeight": "bold",
    }
    written = pole.encode(x="year:Q", y="middle:Q", text="label:N")
    return [
        *layers,
        possible.encode(x="year:Q", y="sure:Q", y2="reference:Q"),
        sure.encode(x="year:Q", y="with:Q", y2="sure:Q"),
        written.mark_text(stroke="#ffffff", strokeWidth=5, strokeJoin="round", **text),
        written.mark_text(**text),
    ]


def _emissions_description(assessment: Assessment, years: list[int], language: Language) -> str:
    outcome = assessment.outcome

    def in_2030(of: Series) -> str:
        band = _band(assessment, of)
        where = [n for n, year in enumerate(years) if year == TARGET_YEAR]
        if band and where:
            low, high = band[where[0]]
            return span("_t", {"low": low, "high": high}, language)
        return tonnes(outcome.in_year(of(outcome)), language)

    return word(
        "chart.emissions.description",
        language,
        first=years[0],
        last=years[-1],
        without=in_2030(_base("without")),
        **{"with": in_2030(_base("with"))},
        rights=in_2030(lambda o: o.rights),
        additional=say(assessment, "additional_2030_t", language),
    )


def emissions_table(assessment: Assessment, language: Language = "nl") -> Table:
    """The series of `emissions` by year, and gross, required and additional beside them. [kt]"""
    series = _emission_series(assessment)
    beside: dict[str, Series] = {
        "gross": lambda o: o.gross,
        "required": lambda o: o.required,
        "additional": lambda o: o.additional,
    }
    heads = [word(f"series.{key}", language) for key in series]
    heads += [word(f"tonnes.{key}", language) for key in beside]
    judged = [assessment.spread.series(of) for of in (*series.values(), *beside.values())]
    rows = [
        Row(((str(int(year)),), *((cell(values[n], 1e3, language),) for values in judged)))
        for n, year in enumerate(assessment.outcome.years)
    ]
    return Table(
        caption("table.emissions", judged, language),
        (
            Column(word("column.year", language), share=0.6),
            *(Column(head, "number") for head in heads),
        ),
        tuple(rows),
    )
