# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a case may go either way: its value, tonnes, prices, cash, and two laws side by side.

Takes     the names of a risk (and so the risk itself).
Gives     the blocks of those sections; where an outcome is not known, why and who can give it.
Leaves    what makes the spread to `risk_report_why`, public money to `risk_report_money`.
"""

import math
from collections.abc import Sequence

import numpy as np

from maatwerkbank.letter.blocks import Block, Column, Paragraph, Row, Table
from maatwerkbank.letter.numbers import SPACE, ratio, tonnes
from maatwerkbank.letter.risk_charts import (
    QUANTILES,
    Exceedance,
    Fan,
    Interval,
    Measure,
    UnderTwoLaws,
    exceedance,
    fan,
    two_laws,
)
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.plant.quantities import Floats
from maatwerkbank.risk.case_risk import LawRisk
from maatwerkbank.risk.distribution_of import exceedance as exceedance_of
from maatwerkbank.risk.parts import FAN_QUANTILES
from maatwerkbank.risk.parts import Fan as DrawnFan
from maatwerkbank.risk.summary import WORST_SHARE, Chance, Start, Summary, Told

POINTS = 1001  # of a curve, read off in the table; the picture draws fewer


# ── what the plan is worth ────────────────────────────────────────────────────────────────────


def value(names: RiskNames) -> list[Block]:
    """The net present value, or what can be told of money without it; then every outcome."""
    law = names.risk.leading
    npv = law.outcomes["npv_eur"]
    blocks: list[Block] = []
    if isinstance(npv, Summary):
        blocks.append(names.lead("risk_report.value_lead"))
        blocks += _curve(names, law, npv, below_nil=law.below_nil)
    else:
        blocks.append(names.unknown(npv, in_full=True))
    if law.value == "carbon_value_eur" and isinstance(law.outcomes[law.value], Summary):
        blocks.append(names.lead("risk_report.carbon_value_lead"))
        found = law.summary(law.value)
        if found is not None:
            blocks += _curve(names, law, found)
    return [*blocks, *_returns(names, law), _outcomes(names, law)]


def _curve(
    names: RiskNames, law: LawRisk, found: Summary, *, below_nil: Chance | None = None
) -> list[Block]:
    """The curve of an outcome in money, nought and the worst draws marked."""
    outcomes, at_least = steps_of(names.risk.values(law.law, found.outcome))
    drawn = Exceedance(
        names.measure(found.outcome),
        outcomes,
        at_least,
        found.n_draws,
        reached=None if below_nil is None else 1.0 - below_nil.probability,
        shortfall=found.shortfall,
        worst_share=WORST_SHARE,
    )
    return exceedance(drawn, names.language)


def steps_of(values: Floats | None) -> tuple[Floats, Floats]:
    """A curve that falls in steps: outcomes, and the share of draws with at least so much.

    Just above an outcome stands the share of the next one. So a chance is read off at an outcome
    that was drawn, also where many draws have the same, such as no tonnes at all.
    """
    points = None if values is None else exceedance_of(values, POINTS)
    if points is None:
        return np.zeros(0), np.zeros(0)
    outcomes, first = np.unique(points[0], return_index=True)
    shares = points[1][first]
    above = np.nextafter(outcomes[:-1], np.inf)
    both = np.concatenate([outcomes, above]), np.concatenate([shares, shares[1:]])
    order = np.argsort(both[0], kind="stable")
    return both[0][order], both[1][order]


def _returns(names: RiskNames, law: LawRisk) -> list[Block]:
    """How sure the return and the payback are; nothing where the value itself is not known."""
    rate, payback = law.outcomes["irr"], law.outcomes["payback_years"]
    told = []
    if isinstance(rate, Summary):
        told.append(
            names.word(
                "risk_report.irr",
                middle=names.figure("irr", rate.at(0.5)),
                low=names.figure("irr", rate.at(0.10)),
                high=names.figure("irr", rate.at(0.90)),
            )
        )
    elif law.single_rate is not None:
        told.append(names.word("risk_report.single_rate", chance=names.chance(law.single_rate)))
    if law.never_paid_back is not None:
        never = names.chance(law.never_paid_back)
        told.append(names.word("risk_report.never_paid_back", chance=never))
    if isinstance(payback, Summary) and math.isfinite(payback.at(0.5)):
        middle = names.figure("payback_years", payback.at(0.5))
        told.append(names.word("risk_report.payback", middle=middle))
    return [Paragraph((" ".join(told),))] if told else []


def _outcomes(names: RiskNames, law: LawRisk) -> Table:
    """Every outcome in numbers, with the sampling error of its mean."""
    rows = [_outcome_row(names, key, told) for key, told in law.outcomes.items()]
    columns = ("mean", "p10", "p50", "p90", "worst")
    caption = names.word("risk_report.table.outcomes")
    if not all(isinstance(told, Summary) for told in law.outcomes.values()):
        caption = f"{caption}; {names.word('not_judged_means')}"
    return Table(
        caption,
        (
            Column(names.word("column.result"), share=1.9),
            *(Column(names.word(f"risk_report.column.{key}"), "number") for key in columns),
        ),
        tuple(rows),
    )


def _outcome_row(names: RiskNames, key: str, told: Told) -> Row:
    if not isinstance(told, Summary):
        cells = [names.word("not_judged")] * 5
        return Row(((names.outcome(key),), *((cell,) for cell in cells)))
    average = names.figure(key, told.mean)
    if told.error_of_mean is not None and told.varies and math.isfinite(told.mean):
        average = f"{average} ±{SPACE}{names.figure(key, told.error_of_mean)}"
    figures = (told.at(0.10), told.at(0.50), told.at(0.90), told.shortfall)
    cells = [average, *(names.figure(key, each) for each in figures)]
    return Row(((names.outcome(key),), *((cell,) for cell in cells)))


# ── tonnes ────────────────────────────────────────────────────────────────────────────────────


def tonnes_2030(names: RiskNames) -> list[Block]:
    """Additional tonnes against what was promised, and whether projects come in time."""
    law = names.risk.leading
    told = law.outcomes["additional_2030_t"]
    blocks: list[Block] = [Paragraph((promise_told(names),), "lead")]
    if isinstance(told, Summary):
        blocks += _tonnes_curve(names, law, told)
    else:
        blocks.append(names.unknown(told, in_full=True))
    late = _starts(names, names.risk.starts)
    return [*blocks, late]


def promise_told(names: RiskNames) -> str:
    """What the plan is held to, and where that comes from."""
    promise = names.risk.promise
    if promise.tonnes is None:
        return names.word(f"risk_report.promise.{promise.basis}")
    amount = tonnes(promise.tonnes, names.language)
    return names.word(f"risk_report.promise.{promise.basis}", tonnes=amount)


def _tonnes_curve(names: RiskNames, law: LawRisk, told: Summary) -> list[Block]:
    promised = names.risk.promise.tonnes
    outcomes, at_least = steps_of(names.risk.values(law.law, told.outcome))
    drawn = Exceedance(
        names.measure(told.outcome),
        outcomes,
        at_least,
        told.n_draws,
        threshold=promised or 0.0,
        reached=law.promise_kept.probability if law.promise_kept and promised else None,
        shortfall=told.shortfall,
        worst_share=WORST_SHARE,
    )
    return exceedance(drawn, names.language)


def _starts(names: RiskNames, starts: Sequence[Start]) -> Block:
    if not starts:
        return Paragraph((names.word("risk_report.no_starts"),))
    rows = tuple(
        Row(
            (
                (names.project(each.project),),
                (str(each.planned),),
                (names.chance(each.late),),
                (names.years(each.mean_years_late),),
                (names.chance(each.after_2030),),
            )
        )
        for each in starts
    )
    columns = ("planned", "late", "years_late", "after_2030")
    return Table(
        names.word("risk_report.table.starts"),
        (
            Column(names.word("risk_report.column.project"), share=1.6),
            *(Column(names.word(f"risk_report.column.{key}"), "number") for key in columns),
        ),
        rows,
    )


# ── prices and cash ───────────────────────────────────────────────────────────────────────────


def prices(names: RiskNames) -> list[Block]:
    """Prices by year, and the discounted cash flow added up."""
    law = names.risk.leading
    blocks: list[Block] = [names.lead("risk_report.prices_lead")]
    moving = [each for each in names.risk.price_fans if _moves(each)]
    still = [each for each in names.risk.price_fans if not _moves(each)]
    for found in moving:
        blocks += _fan(names, found, _price_measure(names, found))
    if still:
        labels = [names.carrier(each.id.removeprefix("prices.")) for each in still]
        listing = listed(labels, names.language)
        blocks.append(names.note("risk_report.prices_still", names=listing))
    if not names.risk.price_fans:
        blocks.append(names.note("risk_report.no_prices"))
    if law.cumulative is None:
        return [*blocks, names.unknown(law.outcomes["npv_eur"])]
    cash = Measure(
        names.word("risk_report.cumulative"), "EUR", names.word("risk_report.cumulative_spoken")
    )
    return [*blocks, *_fan(names, law.cumulative, cash)]


def _moves(found: DrawnFan) -> bool:
    return bool(np.ptp(found.quantiles, axis=0).max(initial=0.0) > 0.0)


def _price_measure(names: RiskNames, found: DrawnFan) -> Measure:
    name = within_sentence(names.carrier(found.id.removeprefix("prices.")))
    return Measure(
        names.word("risk_report.factor.price", name=name),
        found.unit,
        names.word("risk_report.price_spoken", name=name),
    )


def _fan(names: RiskNames, found: DrawnFan, measure: Measure) -> list[Block]:
    """The bands of a fan: of the quantiles those that the picture draws."""
    shown = [FAN_QUANTILES.index(each) for each in QUANTILES]
    bands = np.asarray(found.quantiles)[shown]
    return fan(Fan(measure, found.years, bands, found.n_draws), names.language)


# ── two laws ──────────────────────────────────────────────────────────────────────────────────


def laws(names: RiskNames) -> list[Block]:
    """The same draws under the first law and each other one, for the value and the tonnes."""
    first, *others = names.risk.laws
    blocks: list[Block] = [names.lead("risk_report.laws_lead"), _laws_table(names)]
    policy = names.risk.case.uncertainties.policy
    if policy and first.variant is None:
        told = [
            f"{names.variant(p.variant)} ({ratio(p.probability, names.language)})" for p in policy
        ]
        listing = listed(told, names.language)
        blocks.append(names.note("risk_report.policy_drawn", law=names.law(first), names=listing))
    if first.value is None:
        return blocks
    title = names.risk.case.title.into(names.language)
    for other in others:
        pair = (first.outcomes[first.value], other.outcomes[first.value])
        firm = UnderTwoLaws(title, *(_interval(told) for told in pair))
        labels = (names.law(first), names.law(other))
        blocks += two_laws(names.measure(first.value), labels, [firm], names.language)
    return blocks


def _interval(told: Told) -> Interval:
    if not isinstance(told, Summary):
        return Interval(math.nan, math.nan, math.nan)
    return Interval(told.at(0.10), told.at(0.50), told.at(0.90))


def _laws_table(names: RiskNames) -> Table:
    """What a decision looks at, under every law that was drawn."""
    found = names.risk.laws
    keys = (
        "npv_eur",
        "carbon_value_eur",
        "additional_2030_t",
        "additional_2030_frozen_path_t",
        "levy_to_2030_eur",
        "support_eur",
    )
    rows = [
        Row(((names.outcome(key),), *((_middle(names, law.outcomes[key]),) for law in found)))
        for key in keys
    ]
    chances = [("risk_report.chance.loss", [law.below_nil for law in found])]
    if names.risk.promise.tonnes is not None:
        chances.append(("risk_report.chance.promise", [law.promise_kept for law in found]))
    rows += [
        Row(((names.word(key),), *((names.chance(each),) for each in values)))
        for key, values in chances
    ]
    return Table(
        names.word("risk_report.table.laws"),
        (
            Column(names.word("column.result"), share=1.3),
            *(Column(names.law(law), "number") for law in found),
        ),
        tuple(rows),
    )


def _middle(names: RiskNames, told: Told) -> str:
    """Median with P10 and P90; one number where every draw has the same."""
    if not isinstance(told, Summary):
        return names.word("cannot_be_judged")
    low, middle, high = (names.figure(told.outcome, told.at(p)) for p in (0.10, 0.50, 0.90))
    if low == high:
        return middle
    return names.word("risk_report.middle_and_range", middle=middle, low=low, high=high)
