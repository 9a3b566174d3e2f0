# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which choice: portfolios by tonnes and risk, and policies by what one would regret.

Takes     points of a frontier, a table of regrets; a measure; a language.
Gives     blocks of a report: a sentence from the numbers, a picture where there is one, the table.
Leaves    how a choice is made to `portfolio.choice`, how regret is counted to `risk.robustness`.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import altair as alt
import numpy as np

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Block, Column, Paragraph, Phrase, Picture, Row, Strong, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    ORANGE,
    PURPLE,
    SLATE,
    fit,
    fitted,
    is_narrow,
    styled,
)
from maatwerkbank.letter.numbers import tonnes
from maatwerkbank.letter.risk_measures import (
    LINE,
    Measure,
    labels_apart,
    listed,
    no_picture,
    room_for,
    same_length,
    shortened,
    span_axis,
    widened,
    written,
)
from maatwerkbank.letter.tables import caption, cell
from maatwerkbank.letter.words import word
from maatwerkbank.plant.quantities import Floats

_KILO = 1e3
_Y_AXIS = 62  # [px] numbers and title beside the picture


# ── frontier ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Portfolio:
    """A choice of cases: its name, expected tonnes [t], and its risk [house unit of the measure].

    The risk is a CVaR: the mean of the worst draws, higher is worse.
    """

    name: str
    tonnes: float
    risk: float

    @property
    def is_known(self) -> bool:
        """Whether it can be drawn."""
        return math.isfinite(self.tonnes) and math.isfinite(self.risk)


_Mark = Literal["frontier", "chosen", "greedy"]


def frontier(
    risk: Measure,
    portfolios: Sequence[Portfolio],
    chosen: int,
    language: Language = "nl",
    *,
    greedy: Portfolio | None = None,
) -> list[Block]:
    """Expected tonnes against risk: the frontier, the choice on it, the greedy choice beside it.

    `chosen` is the place of the choice in `portfolios`; `greedy` takes the lowest cost per tonne
    first until the money is spent.
    """
    known = [each for each in portfolios if each.is_known]
    if not known or not portfolios[chosen].is_known:
        return [no_picture("risk_chart.frontier.none", language)]
    table = _frontier_table(risk, portfolios, chosen, greedy, language)
    said = Paragraph((_frontier_sentence(risk, portfolios[chosen], greedy, language),), "lead")
    if len({(each.tonnes, each.risk) for each in known}) == 1:
        return [said, no_picture("risk_chart.frontier.one", language), table]
    title = word("risk_chart.frontier", language)
    drawing = partial(_frontier_chart, risk, known, portfolios[chosen], greedy, language)
    return [said, Picture(title, drawing, table)]


def _frontier_sentence(
    risk: Measure, chosen: Portfolio, greedy: Portfolio | None, language: Language
) -> str:
    said = word(
        "risk_chart.frontier.sentence",
        language,
        name=risk.in_sentence(),
        tonnes=tonnes(chosen.tonnes, language),
        risk=risk.told(chosen.risk, language),
    )
    if greedy is None or not greedy.is_known:
        return said
    beside = word(
        "risk_chart.frontier.greedy",
        language,
        tonnes=tonnes(greedy.tonnes, language),
        risk=risk.told(greedy.risk, language),
    )
    return f"{said} {beside}"


def _frontier_chart(
    risk: Measure,
    known: Sequence[Portfolio],
    chosen: Portfolio,
    greedy: Portfolio | None,
    language: Language,
    width: int,
) -> alt.LayerChart:
    marked: dict[_Mark, Portfolio] = {"chosen": chosen}
    if greedy is not None and greedy.is_known:
        marked["greedy"] = greedy
    reach = [*known, *marked.values()]
    rows = [
        {"x": each.risk / risk.scale, "y": each.tonnes / _KILO, "name": each.name}
        for each in sorted(known, key=lambda each: (each.risk, each.tonnes))
    ]
    named = _frontier_names(risk, rows, marked, language, width)
    beside = [(row["x"], row["label"]) for row in named]
    across = room_for([each.risk / risk.scale for each in reach], width - _Y_AXIS, right=beside)
    up = widened([each.tonnes / _KILO for each in reach], 0.2, 0.1)
    height = fit(width, 330, 240, 280)
    x = alt.X(
        "x:Q",
        axis=span_axis(risk.column(language), across[1] - across[0]),
        scale=alt.Scale(domain=list(across), nice=False),
    )
    y = alt.Y(
        "y:Q",
        axis=span_axis(word("risk_chart.frontier.axis", language), up[1] - up[0]),
        scale=alt.Scale(domain=list(up), nice=False),
    )
    base = alt.Chart(shortened(rows)).encode(x=x, y=y)
    layers: list[Any] = [
        base.mark_line(color=SLATE, strokeWidth=2),
        base.mark_circle(color=BLUE, size=60, opacity=1),
    ]
    looks = {"chosen": ("diamond", ORANGE), "greedy": ("square", PURPLE)}
    for key, each in marked.items():
        shape, colour = looks[key]
        at = {"x": each.risk / risk.scale, "y": each.tonnes / _KILO, "name": each.name}
        dot = alt.Chart(shortened([at])).mark_point(
            shape=shape, filled=True, color=colour, size=190, opacity=1
        )
        layers.append(dot.encode(x="x:Q", y="y:Q"))
    layers += _frontier_labels(named, up, height)
    chart = fitted(
        alt.layer(*layers),
        width,
        height,
        title=word("risk_chart.frontier", language),
        description=word(
            "risk_chart.frontier.description",
            language,
            count=len(known),
            sentence=_frontier_sentence(risk, chosen, greedy, language),
        ),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _frontier_names(
    risk: Measure,
    rows: Sequence[dict[str, Any]],
    marked: dict[_Mark, Portfolio],
    language: Language,
    width: int,
) -> list[dict[str, Any]]:
    """The names at the ends of the frontier and at the marked choices, over lines on a phone."""
    named = {(rows[n]["x"], rows[n]["y"]): str(rows[n]["name"]) for n in (0, -1)}
    for key, each in marked.items():
        at = (each.risk / risk.scale, each.tonnes / _KILO)
        name = word(f"risk_chart.frontier.{key}_label", language)
        named[at] = f"{name}: {each.name}" if key == "chosen" else name
    letters = 16 if is_narrow(width) else 40
    return [
        {"x": x, "at": y, "label": "\n".join(textwrap.wrap(name, letters))}
        for (x, y), name in named.items()
    ]


def _frontier_labels(
    named: list[dict[str, Any]], up: tuple[float, float], height: int
) -> list[Any]:
    """Each name to the lower right of its point: the frontier rises, so that there it is free."""
    shift = 15 / height * (up[1] - up[0])
    gap = LINE * max(row["label"].count("\n") + 1 for row in named)
    places = labels_apart([row["at"] - shift for row in named], up, height, gap=gap)
    told = [{**row, "y": place} for row, place in zip(named, places, strict=True)]
    return written(told, alt.Y("y:Q"), align="left", dx=9)


def _frontier_table(
    risk: Measure,
    portfolios: Sequence[Portfolio],
    chosen: int,
    greedy: Portfolio | None,
    language: Language,
) -> Table:
    found: list[tuple[str, Portfolio, bool]] = []
    for n, each in enumerate(portfolios):
        name = each.name
        if n == chosen:
            name = word("risk_chart.marked_chosen", language, name=name)
        found.append((name, each, n == chosen))
    if greedy is not None:
        found.append((word("risk_chart.frontier.greedy_label", language), greedy, False))
    judged = [
        [value if math.isfinite(value) else None for value in (each.tonnes, each.risk)]
        for _, each, _ in found
    ]
    return Table(
        caption("risk_chart.frontier.table", judged, language),
        (
            Column(word("risk_chart.column.choice", language), share=1.6),
            Column(word("risk_chart.column.tonnes", language), "number"),
            Column(risk.column(language), "number"),
        ),
        tuple(
            Row(
                ((name,), (cell(saved, _KILO, language),), (risk.cell(worst, language),)),
                style="total" if is_chosen else "plain",
            )
            for (name, _, is_chosen), (saved, worst) in zip(found, judged, strict=True)
        ),
    )


# ── regret ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Regrets:
    """What each policy falls short of the best policy of each family of prices.

    regret : (policy, family) [house unit of the measure]; nought is the best, never below
    """

    measure: Measure
    policies: Sequence[str]
    families: Sequence[str]
    regret: Floats


def regret_table(found: Regrets, language: Language = "nl") -> list[Block]:
    """Regret by policy and family in numbers; the best of a column is told in words.

    The policy whose largest regret is smallest stands first. A policy with a regret that cannot be
    judged has no largest one, and stands last.
    """
    same_length("a table of regrets", policies=found.policies, rows=found.regret)
    name = found.measure.in_sentence()
    regret = np.asarray(found.regret, dtype=float).reshape(len(found.policies), -1)
    if regret.size == 0 or not np.isfinite(regret).any():
        return [no_picture("risk_chart.regret.none", language, name=name)]
    same_length("a table of regrets", families=found.families, columns=regret[0])
    largest = regret.max(axis=1)  # not a number where one cell is not
    order = np.argsort(largest, kind="stable")  # what is not a number comes last
    table = _regret_table(found, regret, largest, order, language)
    return [Paragraph((_regret_sentence(found, regret, largest, language),), "lead"), table]


def _regret_sentence(found: Regrets, regret: Floats, largest: Floats, language: Language) -> str:
    name = found.measure.in_sentence()
    if not np.isfinite(largest).any():
        return word("risk_chart.regret.unknown", language, name=name)
    if len(found.policies) == 1:
        return word("risk_chart.regret.one", language, policy=found.policies[0])
    if np.isfinite(regret).all() and regret.max() <= 0:
        return word("risk_chart.regret.same", language, name=name)
    least = np.nanmin(largest)
    best = [policy for policy, value in zip(found.policies, largest, strict=True) if value == least]
    return word(
        "risk_chart.regret.sentence",
        language,
        policy=listed(best, language),
        value=found.measure.told(float(least), language),
        name=name,
    )


def _regret_table(
    found: Regrets, regret: Floats, largest: Floats, order: Any, language: Language
) -> Table:
    least = np.nanmin(largest) if np.isfinite(largest).any() else math.nan

    def told(value: float, mark: str | None) -> Phrase:
        text = found.measure.cell(float(value), language)
        if mark is None:
            return (text,)
        return (Strong(word(f"risk_chart.regret.{mark}", language, value=text)),)

    rows = tuple(
        Row(
            (
                (found.policies[n],),
                *(told(value, "best" if value == 0 else None) for value in regret[n]),
                told(largest[n], "least" if largest[n] == least else None),
            )
        )
        for n in map(int, order)
    )
    judged = [[value if math.isfinite(value) else None for value in row] for row in regret]
    return Table(
        caption("risk_chart.regret.table", judged, language).format(
            name=found.measure.column(language)
        ),
        (
            Column(word("risk_chart.column.policy", language), share=1.6),
            *(Column(family, "number") for family in found.families),
            Column(word("risk_chart.column.largest", language), "number"),
        ),
        rows,
    )
