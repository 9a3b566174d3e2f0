# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a case may go either way: what makes the difference, what must be true, what it is made of.

Takes     the names of a risk (and so the risk itself).
Gives     Sobol shares and a tornado, break-evens, the value item by item.
Leaves    the estimators to `risk`, the pictures to `risk_charts`, where it fails to
          `risk_report_fails`.
"""

import math

from maatwerkbank.letter.blocks import Block, Column, Paragraph, Row, Table
from maatwerkbank.letter.numbers import ratio
from maatwerkbank.letter.risk_charts import (
    InputSwing,
    Interval,
    Part,
    tornado,
    waterfall,
)
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.words import capitalised
from maatwerkbank.risk.drivers import Drivers, Sobol, SobolShare
from maatwerkbank.risk.parts import Part as DrawnPart
from maatwerkbank.risk.robustness import BreakEven
from maatwerkbank.risk.summary import Summary, Told

_DASH = "\N{EN DASH}"
_PER_CARRIER = "carrier"


# ── what makes the difference ─────────────────────────────────────────────────────────────────


def drivers(names: RiskNames) -> list[Block]:
    """The share of the spread that each factor has, and how far each moves the outcome alone."""
    law = names.risk.leading
    found = law.drivers
    if found is None:
        return _no_drivers(names)
    blocks: list[Block] = [names.lead("risk_report.drivers_lead")]
    for sobol in found.sobol:
        blocks += _sobol(names, sobol)
    if not found.sobol:
        blocks.append(names.note("risk_report.no_sobol"))
    return [*blocks, *_tornado(names, found)]


def _no_drivers(names: RiskNames) -> list[Block]:
    """Why nothing is told: no outcome in money is known, or nothing varies."""
    law = names.risk.leading
    if law.value is None:
        return [names.unknown(law.outcomes["npv_eur"])]
    return [names.note("risk_report.nothing_varies")]


def _sobol(names: RiskNames, sobol: Sobol) -> list[Block]:
    name = names.measure(sobol.outcome).in_sentence()
    known = [each for each in sobol.shares if math.isfinite(each.total)]
    if not known:
        return [names.note("risk_report.sobol_unknown", name=name)]
    first = known[0]
    alone = first.first if math.isfinite(first.first) else 0.0
    said = names.word(
        "risk_report.sobol_sentence",
        name=name,
        factor=names.factor(first.factor),
        first=ratio(_share(alone), names.language),
        total=ratio(_share(first.total), names.language),
    )
    together = sum(each.first for each in known if math.isfinite(each.first))
    if together < _ALONE:
        rest = ratio(_share(1.0 - together), names.language)
        said = f"{said} {names.word('risk_report.sobol_together', rest=rest)}"
    shown = [each for each in sobol.shares if not each.total < _LITTLE]
    table = Table(
        names.word(
            "risk_report.table.sobol",
            name=name,
            confidence=ratio(sobol.confidence, names.language),
        ),
        (
            Column(names.word("risk_chart.column.input"), share=1.8),
            Column(names.word("risk_report.column.first"), "number"),
            Column(names.word("risk_report.column.total"), "number"),
        ),
        tuple(_sobol_row(names, each) for each in shown),
    )
    blocks: list[Block] = [Paragraph((said,)), table]
    if len(shown) < len(sobol.shares):
        blocks.append(Paragraph((names.word("risk_report.others_little"),)))
    return blocks


_ALONE = 0.9  # below it, what inputs do together is worth a sentence
_LITTLE = 0.005  # of the variance: a factor with less is not listed


def _share(value: float) -> float:
    """A share of the variance as it is told: an estimate may stray past nought or one."""
    return min(max(value, 0.0), 1.0)


def _sobol_row(names: RiskNames, each: SobolShare) -> Row:
    def told(value: float, low: float, high: float) -> str:
        if not math.isfinite(value):
            return names.word("not_judged")
        shown = [ratio(round(_share(part), 3), names.language) for part in (value, low, high)]
        return names.word(
            "risk_report.share_and_interval", value=shown[0], low=shown[1], high=shown[2]
        )

    return Row(
        (
            (names.factor(each.factor),),
            (told(each.first, each.first_low, each.first_high),),
            (told(each.total, each.total_low, each.total_high),),
        )
    )


def _tornado(names: RiskNames, found: Drivers) -> list[Block]:
    drawn = found.tornado
    if drawn is None:
        return [names.note("risk_report.nothing_varies")]
    swings = [
        InputSwing(
            names.factor(found.factor(bar.name)),
            drawn.centre + bar.change_at_low,
            drawn.centre + bar.change_at_high,
            bar.linear_at_low,
            bar.linear_at_high,
        )
        for bar in drawn.bars
    ]
    return tornado(names.measure(found.outcome), drawn.centre, swings, names.language)


# ── what must be true ─────────────────────────────────────────────────────────────────────────


def break_even(names: RiskNames) -> list[Block]:
    """Of each factor the value at which the plan is worth nothing, the others at their middle."""
    law = names.risk.leading
    if not isinstance(law.outcomes["npv_eur"], Summary):
        return [names.unknown(law.outcomes["npv_eur"])]
    found = law.drivers
    if found is None or not found.break_evens:
        return [names.note("risk_report.nothing_varies")]
    asked = [each for each in found.break_evens if found.factor(each.name).kind != "policy"]
    rows = tuple(_break_even_row(names, found, each) for each in asked)
    table = Table(
        names.word("risk_report.table.break_even"),
        (
            Column(names.word("risk_chart.column.input"), share=1.6),
            Column(names.word("risk_report.column.now"), "number"),
            Column(names.word("risk_report.column.must_be"), share=1.6),
            Column(names.word("risk_report.column.looked_at"), "number", 1.3),
        ),
        rows,
    )
    return [
        names.lead("risk_report.break_even_lead"),
        Paragraph((_break_even_sentence(names, found, asked),)),
        table,
    ]


def _break_even_sentence(
    names: RiskNames, found: Drivers, asked: list[BreakEven] | tuple[BreakEven, ...]
) -> str:
    """Which factors alone can make the plan stand, or fail."""
    able = [names.factor(found.factor(each.name)) for each in asked if each.roots]
    if not able:
        return names.word("risk_report.none_alone")
    listing = listed([f'"{each}"' for each in able], names.language)
    key = "risk_report.one_alone" if len(able) == 1 else "risk_report.some_alone"
    return names.word(key, names=listing)


def _break_even_row(names: RiskNames, found: Drivers, each: BreakEven) -> Row:
    factor = found.factor(each.name)
    return Row(
        (
            (names.factor(factor),),
            (names.value(factor, each.centre),),
            (_must_be(names, found, each),),
            (names.between(factor, each.low, each.high),),
        )
    )


def _must_be(names: RiskNames, found: Drivers, each: BreakEven) -> str:
    factor = found.factor(each.name)
    if each.status in ("none", "everywhere", "not_known"):
        return names.word(f"risk_report.break_even.{each.status}")
    told = []
    for root in each.roots:
        at = names.value(factor, root.value)
        if root.rises is None:
            told.append(names.word("risk_report.break_even.touches", value=at))
        else:
            told.append(names.word("asked.at_least" if root.rises else "asked.at_most", value=at))
    if each.status == "several":
        return names.word("risk_report.break_even.several", values=listed(told, names.language))
    return capitalised(told[0])


# ── where the money comes from and goes ───────────────────────────────────────────────────────


def parts(names: RiskNames) -> list[Block]:
    """The mean value item by item, each with its own spread."""
    found = names.risk.leading.waterfall
    if not isinstance(found.whole, Summary):
        known = [each for each in found.parts if isinstance(each.told, Summary)]
        blocks: list[Block] = [names.unknown(found.whole)]
        return [*blocks, _known_parts(names, known)] if known else blocks
    shown = [
        Part(_part_name(names, each), _interval(each.told), is_support=each.id == "support")
        for each in found.parts
        if not isinstance(each.told, Summary) or each.told.varies or each.told.mean != 0.0
    ]
    drawn = waterfall(shown, _interval(found.whole), names.language)
    year = names.risk.case.valuation_year
    return [names.lead("risk_report.parts_lead", year=year), *drawn]


def _known_parts(names: RiskNames, known: list[DrawnPart]) -> Table:
    """The items that are known where the whole is not."""
    rows = tuple(
        Row(
            (
                (_part_name(names, each),),
                *((names.figure("npv_eur", value),) for value in _interval(each.told).all),
            )
        )
        for each in known
    )
    return Table(
        names.word("risk_report.table.parts"),
        (
            Column(names.word("column.item"), share=1.6),
            *(
                Column(names.word(f"risk_report.column.{key}"), "number")
                for key in ("p10", "mean", "p90")
            ),
        ),
        rows,
    )


def _part_name(names: RiskNames, part: DrawnPart) -> str:
    if part.id == _PER_CARRIER and part.carrier:
        return names.carrier(part.carrier)
    return names.word(f"risk_report.part.{part.id}")


def _interval(told: Told) -> Interval:
    """P10, mean and P90: means add up, medians do not."""
    if not isinstance(told, Summary):
        return Interval(math.nan, math.nan, math.nan)
    return Interval(told.at(0.10), told.mean, told.at(0.90))
