# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The limits of a choice: money and people by year, shared pipelines, risk, what more is worth.

Takes     a choice as its report speaks of it.
Gives     the blocks of those sections.
Leaves    the options to `choice_options`.
"""

import numpy as np

from maatwerkbank.letter.blocks import Block, Column, Paragraph, Row, Table
from maatwerkbank.letter.choice_told import ToldChoice
from maatwerkbank.letter.numbers import SPACE, number, stated
from maatwerkbank.letter.risk_charts import Portfolio, frontier
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.words import capitalised, has_word
from maatwerkbank.portfolio.choice.terms import Choice, Floats, ShadowPrice
from maatwerkbank.portfolio.shared_use import is_place

_DASH = "\N{EN DASH}"


def money(told: ToldChoice) -> list[Block]:
    """What is spent and who is at work in each year, beside what there is."""
    value, limits = told.chosen.value, told.limits
    budget, staff = limits.budget_eur, limits.staff_fte
    rows = []
    for n, year in enumerate(limits.years):
        if not (value.spent_eur[n] or value.staff_fte[n] or _bounds(budget[n])):
            continue
        cells: list[str] = [told.money(float(value.spent_eur[n])), _bounded(told, budget[n])]
        if staff is not None:
            cells.append(number(float(value.staff_fte[n]), told.language, 1))
            cells.append(_bounded(told, staff[n], fte=True))
        rows.append(Row(((str(int(year)),), *((cell,) for cell in cells))))
    if not rows:
        return [Paragraph((told.word("choice.costs_nothing"),))]
    columns = ["spent", "budget", *(["staff", "staff_limit"] if staff is not None else [])]
    table = Table(
        told.word("choice.table.money"),
        (
            Column(told.word("column.year"), share=0.6),
            *(Column(told.word(f"choice.column.{each}"), "number") for each in columns),
        ),
        tuple(rows),
    )
    key = "choice.money_carried" if limits.carry_over else "choice.money_lead"
    return [told.lead(key), table]


def _bounded(told: ToldChoice, limit: float, *, fte: bool = False) -> str:
    """A limit of one year; infinite is no limit."""
    if not np.isfinite(limit):
        return told.word("choice.no_limit")
    return number(float(limit), told.language, 1) if fte else told.money(float(limit))


def infrastructure(told: ToldChoice) -> list[Block]:
    """Each pipeline, network or grid that options share, and how full it gets."""
    every = [each for each in told.limits.infrastructure if not is_place(each.id)]
    if not every:
        return [Paragraph((told.word("choice.no_infrastructure"),))]
    rows = []
    for each in every:
        unit = told.names.unit(each.id, told.language)
        used = told.chosen.value.used.get(each.id)
        most = _most(used)
        cost = told.word("choice.others_pay")
        if each.paid_by_state:
            cost = told.money(float(each.fixed_cost_eur.sum()))
        built = "choice.used" if each.id in told.chosen.value.built else "choice.not_used"
        rows.append(
            Row(
                (
                    (told.names.of(each.id),),
                    (str(each.opening_year),),
                    (_capacity(told, float(each.capacity.max()), unit),),
                    (f"{number(most, told.language)}{SPACE}{unit}".rstrip(),),
                    (cost,),
                    (told.word(built),),
                )
            )
        )
    table = Table(
        told.word("choice.table.infrastructure"),
        (
            Column(told.word("choice.column.infrastructure"), share=1.5),
            Column(told.word("choice.column.opening"), "number", 0.8),
            Column(told.word("choice.column.capacity"), "number"),
            Column(told.word("choice.column.most_used"), "number"),
            Column(told.word("choice.column.state_cost"), "number", 1.2),
            Column(told.word("choice.column.built")),
        ),
        tuple(rows),
    )
    return [told.lead("choice.infrastructure_lead"), table]


def _capacity(told: ToldChoice, room: float, unit: str) -> str:
    """Free capacity; infinite where nobody says how much there is."""
    if not np.isfinite(room):
        return told.word("choice.no_limit_known")
    return f"{number(room, told.language)}{SPACE}{unit}".rstrip()


def trade_off(told: ToldChoice) -> list[Block]:
    """Most tonnes for every amount of risk, and which options that takes."""
    if not told.frontier:
        return [Paragraph((told.word("choice.no_frontier"),))]
    points = list(told.frontier)
    if all(set(each.options) != set(told.chosen.options) for each in points):
        points.append(told.chosen)
    points.sort(key=lambda each: (each.value.cvar, each.value.additional_t))
    chosen = next(
        n for n, each in enumerate(points) if set(each.options) == set(told.chosen.options)
    )
    names = [_point_name(told, n, each) for n, each in enumerate(points, 1)]
    portfolios = [
        Portfolio(name, each.value.additional_t, each.value.cvar)
        for name, each in zip(names, points, strict=True)
    ]
    value = told.by_price.value
    greedy = Portfolio(told.word("choice.heading.cheapest"), value.additional_t, value.cvar)
    blocks = frontier(told.risk, portfolios, chosen, told.language, greedy=greedy)
    members = Table(
        told.word("choice.table.frontier"),
        (
            Column(told.word("risk_chart.column.choice")),
            Column(told.word("choice.column.members"), share=3),
        ),
        tuple(
            Row(
                ((name,), (_members(told, each),)),
                style="total" if n == chosen else "plain",
            )
            for n, (name, each) in enumerate(zip(names, points, strict=True))
        ),
    )
    return [told.lead("choice.frontier_lead", share=told.worst_share), *blocks, members]


def _point_name(told: ToldChoice, n: int, choice: Choice) -> str:
    count = len(choice.options)
    key = {0: "choice.point_none", 1: "choice.point_one"}.get(count, "choice.point")
    return told.word(key, n=n, count=count)


def _members(told: ToldChoice, choice: Choice) -> str:
    named = sorted(told.names.of(option) for option in choice.options)
    return listed(named, told.language) if named else told.word("choice.nobody")


def shadow_prices(told: ToldChoice) -> list[Block]:
    """What a little more of each limit would yield."""
    if not told.shadow_prices:
        return [Paragraph((told.word("choice.no_shadow_prices"),))]
    table = Table(
        told.word("choice.table.shadow"),
        (
            Column(told.word("choice.column.limit"), share=1.4),
            Column(told.word("choice.column.more"), "number"),
            Column(told.word("choice.column.gain"), "number"),
            Column(told.word("choice.column.per_unit"), "number", 1.2),
            Column(told.word("choice.column.comes_and_goes"), share=1.8),
        ),
        tuple(_shadow_row(told, each) for each in told.shadow_prices),
    )
    return [told.lead("choice.shadow_lead"), table]


def _shadow_row(told: ToldChoice, price: ShadowPrice) -> Row:
    unit = told.names.unit(price.limit, told.language)
    if price.unit == "EUR":
        more = told.money(price.more)
        per = told.word("choice.per_million", value=told.tonnes(price.gain_per_unit * 1e6))
    else:
        shown = unit if price.unit == "t or MW" else price.unit
        more = f"{stated(float(f'{price.more:.4g}'), told.language)}{SPACE}{shown}"
        per = told.word("choice.per_one", value=told.tonnes(price.gain_per_unit), unit=shown)
    gain = told.tonnes(price.gain_t)
    if price.gain_t < 0.5:
        gain = told.word("choice.gains_nothing")
        per = _DASH
    return Row(
        (
            (_limit_name(told, price.limit),),
            (more,),
            (gain,),
            (per,),
            (_comes_and_goes(told, price) or _DASH,),
        )
    )


def _limit_name(told: ToldChoice, limit: str) -> str:
    if has_word(f"choice.limit.{limit}"):
        return told.word(f"choice.limit.{limit}")
    return told.word("choice.limit.capacity", name=told.names.of(limit))


def _comes_and_goes(told: ToldChoice, price: ShadowPrice) -> str:
    parts = [
        told.word(f"choice.{key}", names=listed([told.names.of(o) for o in who], told.language))
        for key, who in (("enters", price.enters), ("leaves", price.leaves))
        if who
    ]
    return capitalised("; ".join(parts))


def _bounds(limit: float) -> bool:
    """Whether there is a limit in a year, and something within it."""
    return bool(np.isfinite(limit) and limit > 0.0)


def _most(used: Floats | None) -> float:
    return 0.0 if used is None else float(np.max(used))
