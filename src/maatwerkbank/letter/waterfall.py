# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars that start where the one before ends: how every waterfall is drawn.

Takes     bars in euros, the colour of each kind, the ends of what the last bar may be.
Gives     the layers of a chart: bars, labels beside them, the range of the last as a thin line.
Leaves    which bars there are to `value_charts` and `support_charts`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from maatwerkbank.letter.chart_style import (
    MILLION,
    PURPLE,
    QUIET,
    TEXT,
    amount_axis,
    bars_axis,
    data,
    fit,
    is_narrow,
)


def bar(
    key: str, kind: str, item: str, ends: tuple[float, float], label: str, *, opacity: float = 1.0
) -> dict[str, Any]:
    """One bar from start to end [eur], with its label on the side to which the money goes."""
    start, end = ends
    rising = end >= start
    return {
        "key": key,
        "kind": kind,
        "item": item,
        "start": start / MILLION,
        "end": end / MILLION,
        "outer": (max(ends) if rising else min(ends)) / MILLION,
        "side": "right" if rising else "left",
        "opacity": opacity,
        "label": label,
    }


def layers(
    rows: Sequence[dict[str, Any]],
    looks: Mapping[str, str],
    width: int,
    *,
    axis: str,
    domain: tuple[float, float],
    ends: Mapping[str, float] | None,
) -> Any:
    """The bars on one axis [mln eur]; `looks` gives the colour of each kind of bar by its key."""
    rows = list(rows)
    shown = {row["key"]: row["kind"] for row in rows}
    kinds = [key for key in looks if key in shown]
    y = alt.Y("item:N", sort=[row["item"] for row in rows], axis=bars_axis(width))
    colour = alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=[shown[key] for key in kinds], range=[looks[key] for key in kinds]),
        legend=alt.Legend(columns=2 if is_narrow(width) else 4, symbolType="square"),
    )
    x = alt.X("start:Q", axis=amount_axis(axis), scale=alt.Scale(domain=list(domain), nice=False))
    base = alt.Chart(data(rows))
    bars = base.mark_bar(size=fit(width, 16, 12, 16), cornerRadius=1)
    right = base.transform_filter("datum.side == 'right'").mark_text(align="left", dx=5, **TEXT)
    left = base.transform_filter("datum.side == 'left'").mark_text(align="right", dx=-5, **TEXT)
    drawn: list[Any] = [
        alt.Chart(data([{"x": 0}])).mark_rule(color=QUIET).encode(x="x:Q"),
        bars.encode(
            y=y, x=x, x2="end:Q", color=colour, opacity=alt.Opacity("opacity:Q", scale=None)
        ),
        right.encode(y=y, x="outer:Q", text="label:N"),
        left.encode(y=y, x="outer:Q", text="label:N"),
    ]
    if ends:
        across = {"item": rows[-1]["item"], **{end: ends[end] / MILLION for end in ("low", "high")}}
        line = alt.Chart(data([across])).mark_rule(color=PURPLE, strokeWidth=2, clip=True)
        drawn.append(line.encode(y=y, x="low:Q", x2="high:Q"))
    return alt.layer(*drawn)
