# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars that start where the one before ends: how every waterfall is drawn.

Takes     bars in euros, the colour of each kind, the ends of what a bar or the last may be.
Gives     the layers of a chart: bars, labels beside them, the range of the last as a thin line,
          and whiskers where a bar has a spread of its own.
Leaves    which bars there are to `value_charts`, `support_charts` and `risk_charts_case`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from maatwerkbank.letter.chart_style import (
    INK,
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
    key: str,
    kind: str,
    item: str,
    ends: tuple[float, float],
    label: str,
    *,
    opacity: float = 1.0,
    spread: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """One bar from start to end [eur], with its label on the side to which the money goes.

    `spread`: between what the end of the bar lies over the draws; its whisker. [eur]
    """
    start, end = ends
    rising = end >= start
    reach = (*ends, *(spread or ()))
    whisker = {"low": spread[0] / MILLION, "high": spread[1] / MILLION} if spread else {}
    return {
        "key": key,
        "kind": kind,
        "item": item,
        "start": start / MILLION,
        "end": end / MILLION,
        "outer": (max(reach) if rising else min(reach)) / MILLION,
        "side": "right" if rising else "left",
        "opacity": opacity,
        "label": label,
        **whisker,
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
        *whiskers([row for row in rows if "low" in row], y),
    ]
    if ends:
        across = {"item": rows[-1]["item"], **{end: ends[end] / MILLION for end in ("low", "high")}}
        line = alt.Chart(data([across])).mark_rule(color=PURPLE, strokeWidth=2, clip=True)
        drawn.append(line.encode(y=y, x="low:Q", x2="high:Q"))
    return alt.layer(*drawn)


def whiskers(
    rows: list[dict[str, Any]], y: Any, *, colour: str = INK, offset: float = 0
) -> list[Any]:
    """Thin lines from `low` to `high` with an end at both, on a white edge; `offset` in pixels."""
    if not rows:
        return []
    base = alt.Chart(data(rows))
    edge = base.mark_rule(color="#ffffff", strokeWidth=4, yOffset=offset, aria=False)
    line = base.mark_rule(color=colour, strokeWidth=1.5, yOffset=offset)
    end = base.mark_tick(color=colour, size=9, thickness=1.5, opacity=1, yOffset=offset, aria=False)
    across = {"y": y, "x": alt.X("low:Q"), "x2": "high:Q"}
    return [
        edge.encode(**across),
        line.encode(**across),
        *(end.encode(y=y, x=f"{side}:Q") for side in ("low", "high")),
    ]
