# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a case fails: the box of what we do not know in which it does, and the same as rules.

Takes     the names of a risk (and so the risk itself).
Gives     the blocks of that section, for the value and for the tonnes promised.
Leaves    boxes and trees to `risk.discovery`, the picture to `risk_charts_discovery`.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maatwerkbank.letter.blocks import Block, Column, Row, Table
from maatwerkbank.letter.numbers import number
from maatwerkbank.letter.risk_charts import Discovery, Limit, discovery
from maatwerkbank.letter.risk_measures import chance, listed, said_within
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.words import capitalised
from maatwerkbank.risk.case_discovery import CaseDiscovery
from maatwerkbank.risk.discovery import Leaf
from maatwerkbank.risk.drivers import Factor

_DASH = "\N{EN DASH}"


def discoveries(names: RiskNames) -> list[Block]:
    """The box of inputs in which the case fails, and the same as rules."""
    law = names.risk.leading
    blocks: list[Block] = []
    for each in law.discoveries:
        blocks += _discovery(names, each)
    if not blocks:
        if law.value is None:
            return [names.unknown(law.outcomes["npv_eur"])]
        return [names.note("risk_report.nothing_varies")]
    return [names.lead("risk_report.discovery_lead"), *blocks]


def _discovery(names: RiskNames, each: CaseDiscovery) -> list[Block]:
    interest = _interest(names, each)
    if each.box is None or not each.trajectory:
        key = "risk_report.never_fails" if each.n_of_interest == 0 else "risk_report.always_fails"
        if 0 < each.n_of_interest < each.n_draws:
            key = "risk_report.no_box"
        return [names.note(key, interest=interest)]
    # The chosen box without limits that may be chance, in its place among the others.
    others = [box for n, box in enumerate(each.trajectory) if n != each.chosen]
    shown = sorted([*others, each.box], key=lambda box: (-box.coverage, box.density))
    if not each.box.limits:
        return [
            names.note("risk_report.no_wide_box", interest=interest),
            *_rules(names, each, interest),
        ]
    drawn = Discovery(
        interest,
        np.array([box.coverage for box in shown]),
        np.array([box.density for box in shown]),
        np.array([box.mass for box in shown]),
        [len(box.restricted) for box in shown],
        shown.index(each.box),
        _limits(names, each),
        each.n_draws,
    )
    return [*discovery(drawn, names.language), *_rules(names, each, interest)]


def _interest(names: RiskNames, each: CaseDiscovery) -> str:
    measure = names.measure(each.outcome)
    if each.interest == "value_below_nil":
        return names.word("risk_report.below_nil", name=measure.in_sentence())
    promised = measure.told(each.threshold, names.language)
    return names.word("risk_report.below_promise", name=measure.in_sentence(), promised=promised)


def _limits(names: RiskNames, each: CaseDiscovery) -> list[Limit]:
    """The two sides of each input that the box limits, within what was drawn."""
    assert each.box is not None  # noqa: S101  (asked for by who has one)
    order = [factor.id for factor in each.factors]
    found = []
    for identity in each.box.restricted:
        factor, (least, most) = each.factor(identity), each.drawn[order.index(identity)]
        limit = Limit(_limited(names, each, identity), least, most, least, most)
        for side in each.box.limits:
            if side.name != identity:
                continue
            value = min(max(side.value, least), most)
            ends = {"low": value} if side.side == "at_least" else {"high": value}
            alone = max(side.quasi_p, limit.chance_alone or 0.0)
            limit = replace(limit, **ends, chance_alone=alone)  # type: ignore[arg-type]
        unit = "" if factor.unit == "1" else factor.unit
        found.append(replace(limit, unit=unit))
    return found


def _limited(names: RiskNames, each: CaseDiscovery, identity: str) -> str:
    """An input of a box; of a price and a ratio with what its number is."""
    factor = each.factor(identity)
    name = names.factor(factor)
    if factor.kind in ("price", "prices"):
        return names.word("risk_report.limit.price", name=name)
    if factor.kind == "policy":
        return names.word("risk_report.limit.policy", name=name)
    if factor.kind == "figure" and factor.unit == "1":
        return names.word("risk_report.limit.ratio", name=name)
    return name


def _rules(names: RiskNames, each: CaseDiscovery, interest: str) -> list[Block]:
    """The leaves of the tree, densest first: when this, then so often."""
    if len(each.leaves) < 2:
        return []
    rows = tuple(
        Row(
            (
                (_rule(names, each, leaf),),
                (chance(leaf.density, names.language),),
                (chance(leaf.coverage, names.language),),
                (number(leaf.n_draws, names.language),),
            )
        )
        for leaf in each.leaves
    )
    table = Table(
        names.word("risk_report.table.rules", interest=interest),
        (
            Column(names.word("risk_report.column.rule"), share=2.6),
            Column(names.word("risk_report.column.fails"), "number"),
            Column(names.word("risk_chart.column.coverage"), "number"),
            Column(names.word("risk_report.column.draws"), "number"),
        ),
        rows,
    )
    return [names.lead("risk_report.rules_lead"), table]


def _rule(names: RiskNames, each: CaseDiscovery, leaf: Leaf) -> str:
    """What holds for the draws of a leaf; an input that is asked twice lies between two values."""
    asked: dict[str, dict[str, float]] = {}
    for turn in leaf.path:
        asked.setdefault(turn.name, {})[turn.side] = turn.value
    told = [_asked_of(names, each.factor(identity), sides) for identity, sides in asked.items()]
    return capitalised(listed(told, names.language)) if told else _DASH


def _asked_of(names: RiskNames, factor: Factor, sides: Mapping[str, float]) -> str:
    """One input of a rule: above a value, at most one, or between the two."""
    if factor.kind == "policy":
        key = "risk_report.policy_comes" if "above" in sides else "risk_report.policy_stays_away"
        return names.word(
            key, name=listed(list(map(names.variant, factor.members)), names.language)
        )
    name = said_within(names.factor(factor))
    key = "risk_report.above"
    if factor.unit == "year":  # whole years: above 1.5 is at least 2
        key = "asked.at_least"
        sides = {side: float(math.floor(v) + (side == "above")) for side, v in sides.items()}
    low, high = sides.get("above"), sides.get("at_most")
    if low is not None and high is not None:
        said = names.value(factor, low) if low == high else names.between(factor, low, high)
    elif low is not None:
        said = names.word(key, value=names.value(factor, low))
    else:
        assert high is not None  # noqa: S101  (a rule asks something of each input in it)
        said = names.word("asked.at_most", value=names.value(factor, high))
    return f"{name} {said}"
