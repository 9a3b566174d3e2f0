# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""From total cost to grant: what a plan costs and earns, what each scheme brings, what is left.

Takes     a support assessment, a language, a width.
Gives     the waterfall and the table beside it, all at present value. A step whose value has no
          sourced centre is drawn pale and without a number: only its range holds.
Leaves    outcomes and reasons of the schemes to `support_tables`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt

from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import waterfall as waterfall_room
from maatwerkbank.letter.blocks import Column, Row, Table
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    MILLION,
    ORANGE,
    WIDE,
    distinct,
    fit,
    fitted,
    label_room,
    styled,
    wrapped,
)
from maatwerkbank.letter.names import item_label
from maatwerkbank.letter.numbers import judged, millions
from maatwerkbank.letter.tables import caption, cell
from maatwerkbank.letter.words import word
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.ladder import Ladder

_LOOKS = {"cost": ORANGE, "gain": BLUE, "scheme": GREEN, "total": INK}
_LETTER = 7  # pixels for a letter of a label
_LEAST_ROOM = 0.02  # beside what reaches furthest, as a share of the width
_PALE = 0.35  # of a bar whose length no source gives
_RUNNING = ("fixed_opex", "variable_opex")


@dataclass(frozen=True)
class Step:
    """One bar: what is needed more (positive) or less (negative), or where it stands (total)."""

    kind: str  # cost | gain | scheme | total
    label: str
    of: Callable[[Ladder], float]  # [eur, present value]


def can_be_drawn(found: SupportAssessment) -> bool:
    """Whether every line of the plan is known or ranged, so that there is a gap to draw."""
    return bool(found.case.projects) and math.isfinite(found.ladder.gap_eur)


def steps(found: SupportAssessment, language: Language) -> list[Step]:
    """Costs and their total, gains and the gap, the schemes that count, and what is left."""
    lines = [
        Step("cost", label, _cost_of(members)) for label, members in _lines(found, language).items()
    ]
    at_centre = {step.label: step.of(found.ladder) for step in lines}
    costs = [step for step in lines if at_centre[step.label] > 0.5]
    gains = [Step("gain", step.label, step.of) for step in lines if at_centre[step.label] < -0.5]
    short = -found.ladder.without_support.npv > 0
    left = _left(found.ladder) > 0
    return [
        *costs,
        Step("total", word("step.total_cost", language), _sum_of(costs)),
        *gains,
        Step("total", word("step.gap" if short else "step.surplus", language), _gap),
        *(
            Step("scheme", word(f"scheme.{scheme}", language), _brought_by(scheme))
            for scheme in dict.fromkeys(r.scheme for r in found.ladder.rungs if r.counted)
        ),
        *_lower_deductions(found.ladder, language),
        Step("total", word("step.left" if left else "step.surplus_left", language), _left),
    ]


def _lower_deductions(found: Ladder, language: Language) -> list[Step]:
    """What tax deductions lose to grants that came after them on the ladder, if they do."""

    def lost(found: Ladder) -> float:
        npv = found.rungs[-1].npv_eur if found.rungs else found.without_support.npv
        return npv - found.npv_with_generic_eur

    return [Step("cost", word("step.deduction_lost", language), lost)] if lost(found) > 0.5 else []


def _lines(found: SupportAssessment, language: Language) -> dict[str, tuple[str, ...]]:
    """The lines of the cash flow by name; running cost and energy taken together."""
    lines: dict[str, tuple[str, ...]] = {}
    for item in found.ladder.without_support.items:
        label = item_label(found.base, item.id, language)
        if item.id in _RUNNING:
            label = word("group.operation", language)
        if item.id.startswith("energy_") or item.id == "co2_transport_storage":
            label = word("group.energy", language)
        lines[label] = (*lines.get(label, ()), item.id)
    return lines


def _cost_of(members: tuple[str, ...]) -> Callable[[Ladder], float]:
    def cost(found: Ladder) -> float:
        outcome = found.without_support
        values = [
            float(net_present_value(outcome.item(name).difference, outcome.discount_rate))
            for name in members
        ]
        return -sum(values)

    return cost


def _sum_of(costs: list[Step]) -> Callable[[Ladder], float]:
    return lambda found: sum(step.of(found) for step in costs)


def _gap(found: Ladder) -> float:
    return -found.without_support.npv


def _left(found: Ladder) -> float:
    return -found.npv_with_generic_eur


def _brought_by(scheme: str) -> Callable[[Ladder], float]:
    """What a scheme takes off the gap, for all projects, after tax and beside what came before."""

    def brought(found: Ladder) -> float:
        npv = [found.without_support.npv, *(rung.npv_eur for rung in found.rungs)]
        of = [n for n, rung in enumerate(found.rungs) if rung.scheme == scheme]
        return sum(npv[n] - npv[n + 1] for n in of)

    return brought


# ── picture ───────────────────────────────────────────────────────────────────────────────────


def waterfall(
    found: SupportAssessment, language: Language = "nl", *, width: int = WIDE
) -> alt.LayerChart:
    """From total cost to what a tailor-made grant must still close. [mln eur, present value]"""
    drawn = steps(found, language)
    labels = distinct(step.label for step in drawn)
    _, ends = found.judged(_left)
    rows: list[dict[str, Any]] = []
    reached = 0.0
    for step, label in zip(drawn, labels, strict=True):
        amount = step.of(found.ladder)
        start = 0.0 if step.kind == "total" else reached
        reached = start + amount
        known = found.judged(step.of)[0] is not None
        rows.append(
            waterfall_room.bar(
                step.kind,
                word(f"step.kind.{step.kind}", language),
                wrapped(label, width),
                (start, reached),
                millions(amount, language) if known else "",
                opacity=1.0 if known else _PALE,
            )
        )
    reach = [0.0, *(row[end] for row in rows for end in ("start", "end"))]
    if ends:
        outer = [each / MILLION for each in ends.values()]
        reach += outer
        beyond = max if rows[-1]["side"] == "right" else min
        rows[-1]["outer"] = beyond(rows[-1]["end"], *outer)
    margin = (max(reach) - min(reach)) * max(_room_for(rows, width), _LEAST_ROOM)
    low = min(reach) - (margin if min(reach) < 0 else 0)
    chart = fitted(
        waterfall_room.layers(
            rows,
            _LOOKS,
            width,
            axis=word("chart.support_axis", language),
            domain=(low, max(reach) + margin),
            ends=ends,
        ),
        width,
        alt.Step(fit(width, 30, 28, 46)),
        title=word("chart.support", language),
        description=_description(found, drawn, language),
    )
    return styled(chart, language)  # type: ignore[no-any-return]


def _room_for(rows: list[dict[str, Any]], width: int) -> float:
    """How much wider than its bars a chart is made for the labels beside them, as a share."""
    label = max(len(row["label"]) for row in rows) * _LETTER
    return label / (width - label_room(width) - 2 * label)


def _description(found: SupportAssessment, drawn: list[Step], language: Language) -> str:
    told = {step.label: judged("_eur", found.judged(step.of), language) for step in drawn}
    schemes = [f"{step.label} {told[step.label]}" for step in drawn if step.kind == "scheme"]
    totals = [f"{step.label}: {told[step.label]}" for step in drawn if step.kind == "total"]
    return word(
        "chart.support.description",
        language,
        count=len(drawn),
        totals="; ".join(totals),
        schemes="; ".join(schemes) or word("receipt.none", language),
    )


def waterfall_table(found: SupportAssessment, language: Language = "nl") -> Table:
    """Each step at present value, with its range. [mln eur]"""
    rows: list[Row] = []
    values: list[list[float | None]] = []
    for step in steps(found, language):
        value, ends = found.judged(step.of)
        values.append([value])
        shown = "\N{EN DASH}"
        if ends:
            low, high = (millions(ends[end], language) for end in ("low", "high"))
            shown = word("text.range", language, low=low, high=high)
        rows.append(
            Row(
                ((step.label,), (cell(value, MILLION, language),), (shown,)),
                style="total" if step.kind == "total" else "plain",
            )
        )
    return Table(
        caption("table.support", values, language),
        (
            Column(word("column.step", language), share=2),
            Column(word("column.discounted", language), "number"),
            Column(word("column.range", language), "number", 1.4),
        ),
        tuple(rows),
    )
