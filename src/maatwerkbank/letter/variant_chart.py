# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same case under each law: value and levy side by side.

Takes     an assessment, the same case under other variants, a language, a width.
Gives     the chart and its table.
Leaves    many cases under one variant to `effect_charts`.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Column, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    MILLION,
    QUIET,
    SLATE,
    TEXT,
    WIDE,
    amount_axis,
    bars_axis,
    data,
    distinct,
    fit,
    is_narrow,
    label_room,
    styled,
    wrapped,
)
from maatwerkbank.letter.names import law_label
from maatwerkbank.letter.sentences import shown as say
from maatwerkbank.letter.words import word


def _versions(
    assessment: Assessment, others: Mapping[str, Assessment]
) -> list[tuple[str, Assessment]]:
    return [("", assessment), *others.items()]


def variants(
    assessment: Assessment,
    others: Mapping[str, Assessment],
    language: Language = "nl",
    *,
    width: int = WIDE,
) -> alt.VConcatChart:
    """Value and levy of the same case under each law; a range where no value can be judged."""
    versions = _versions(assessment, others)
    labels = distinct(law_label(each, language) for _, each in versions)
    names = [wrapped(label, width) for label in labels]
    npv = _panel(versions, names, "npv_eur", width, language)
    levy = _panel(versions, names, "levy_to_2030_eur", width, language)
    said = "; ".join(
        f"{label}: {say(each, 'npv_eur', language)}, {say(each, 'levy_to_2030_eur', language)}"
        for label, (_, each) in zip(labels, versions, strict=True)
    )
    chart = alt.vconcat(npv, levy, spacing=26).properties(
        title=word("chart.variants", language),
        description=word(
            "chart.variants.description", language, count=len(versions), rows=f"{said}."
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _panel(
    versions: list[tuple[str, Assessment]],
    names: list[str],
    key: str,
    width: int,
    language: Language,
) -> Any:
    """One figure under each law: a dot for the value, a line for the range."""
    rows: list[dict[str, Any]] = []
    for name, (_, each) in zip(names, versions, strict=True):
        value, found = each.results[key], each.ranges.get(key)
        ends = [*(found or {}).values(), *([] if value is None else [value])]
        rows.append(
            {
                "item": name,
                "value": None if value is None else value / MILLION,
                "low": min(ends) / MILLION if ends else None,
                "high": max(ends) / MILLION if ends else 0.0,
                "label": say(each, key, language),
            }
        )
    known = [row for row in rows if row["low"] is not None]
    reach = [0.0, *(row[end] for row in known for end in ("low", "high"))]
    margin = (max(reach) - min(reach) or 1.0) * 0.06
    room = (max(reach) - min(reach) or 1.0) * (0.3 if not is_narrow(width) else 0.02)
    y = alt.Y("item:N", scale=alt.Scale(domain=names), axis=bars_axis(width))
    x = alt.X(
        "low:Q",
        axis=amount_axis(word(f"chart.variants.{key.split('_', maxsplit=1)[0]}", language)),
        scale=alt.Scale(domain=[min(reach) - margin, max(reach) + room], nice=False),
    )
    spread = alt.Chart(data(known)).mark_rule(color=SLATE, strokeWidth=5, opacity=0.55)
    dot = alt.Chart(data([row for row in known if row["value"] is not None]))
    said = alt.Chart(data(rows if not is_narrow(width) else [r for r in rows if r["low"] is None]))
    zero = alt.Chart(data([{"x": 0}])).mark_rule(color=QUIET).encode(x="x:Q")
    layers = [
        zero,
        spread.encode(y=y, x=x, x2="high:Q"),
        dot.mark_circle(color=BLUE, size=110, opacity=1).encode(y=y, x="value:Q"),
    ]
    text = said.mark_text(align="left", dx=10, **TEXT)
    layers.append(text.encode(y=y, x="high:Q", text="label:N"))
    inner = width - label_room(width) - 30
    return alt.layer(*layers).properties(width=inner, height=alt.Step(fit(width, 40, 30, 52)))


def variants_table(
    assessment: Assessment, others: Mapping[str, Assessment], language: Language = "nl"
) -> Table:
    """Value, levy and tonnes under each law."""
    keys = (
        "npv_eur",
        "levy_to_2030_eur",
        "required_2030_t",
        "additional_2030_t",
        "additional_2030_frozen_path_t",
    )
    rows = tuple(
        Row(
            (
                (law_label(each, language),),
                *((say(each, key, language),) for key in keys),
            )
        )
        for _, each in _versions(assessment, others)
    )
    return Table(
        word("table.variants", language),
        (
            Column(word("column.variant", language), share=1.6),
            *(Column(word(f"short.{key}", language), "number") for key in keys),
        ),
        rows,
    )
