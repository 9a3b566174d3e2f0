# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The options of a choice: what is chosen, what the cheapest list takes, what is not, and why.

Takes     a choice as its report speaks of it.
Gives     the blocks of those sections.
Leaves    the reasons to `choice_reasons`, the limits to `choice_limits`.
"""

import numpy as np

from maatwerkbank.letter.blocks import Block, Column, Paragraph, Phrase, Row, Table
from maatwerkbank.letter.choice_told import ToldChoice, expected
from maatwerkbank.letter.numbers import euros_per_tonne
from maatwerkbank.letter.words import capitalised
from maatwerkbank.portfolio.choice.terms import LeftOut, Option

_DASH = "\N{EN DASH}"


def chosen(told: ToldChoice) -> list[Block]:
    """The options that are chosen, with what each brings and costs."""
    if not told.chosen.options:
        return [Paragraph(told.see_why())]
    rows = [_option_row(told, option) for option in told.taken(told.chosen.options)]
    value = told.chosen.value
    fixed = float(value.spent_eur.sum()) - sum(
        expected(option).sum() for option in told.taken(told.chosen.options)
    )
    if abs(fixed) >= 0.5:
        label = (told.word("choice.fixed_cost"),)
        empty = ((_DASH,), (_DASH,), (_DASH,))
        rows.append(Row((label, *empty, (told.money(float(fixed)),), (_DASH,))))
    total: tuple[Phrase, ...] = (
        (told.word("total"),),
        ("",),
        ("",),
        (told.tonnes(value.additional_t),),
        (told.money(float(value.spent_eur.sum())),),
        (_cost(told, float(value.spent_eur.sum()), value.additional_t),),
    )
    rows.append(Row(total, style="total"))
    over = told.made_from.tonnes.into(told.language)
    table = Table(
        told.word("choice.table.chosen", over=over),
        (
            Column(told.word("choice.column.option"), share=1.8),
            Column(told.word("choice.column.track"), share=1.2),
            Column(told.word("choice.column.start"), "number", 0.7),
            Column(told.word("choice.column.tonnes"), "number"),
            Column(told.word("choice.column.money"), "number"),
            Column(told.word("choice.column.per_tonne"), "number", 0.9),
        ),
        tuple(rows),
    )
    return [told.lead("choice.chosen_lead"), table]


def _option_row(told: ToldChoice, option: Option) -> Row:
    saved = float(np.mean(option.additional_t))
    spent = float(expected(option).sum())
    return Row(
        (
            (told.names.of(option.id),),
            (told.word(f"track.{option.track}"),),
            (str(option.start_year),),
            (told.tonnes(saved),),
            (told.money(spent),),
            (_cost(told, spent, saved),),
        )
    )


def _cost(told: ToldChoice, spent: float, saved: float) -> str:
    return euros_per_tonne(spent / saved, told.language) if saved > 0 else _DASH


def cheapest(told: ToldChoice) -> list[Block]:
    """The options that the cheapest list or the best choice takes, side by side."""
    price = told.by_price.eur_per_t
    either = {*told.chosen.options, *told.by_price.options}
    ordered = sorted(either, key=lambda o: (price.get(o, np.inf), o))
    order = {option: n for n, option in enumerate(told.by_price.options, 1)}
    bought = told.taken(told.by_price.options)
    best = told.taken(told.chosen.options)
    rows = tuple(
        Row(
            (
                (told.names.of(each),),
                (euros_per_tonne(price[each], told.language) if each in price else _DASH,),
                (
                    told.word("choice.bought", n=order[each])
                    if each in order
                    else told.why_not(each, bought),
                ),
                (
                    told.word("choice.taken")
                    if each in told.chosen.options
                    else told.why_not(each, best),
                ),
            )
        )
        for each in ordered
    )
    if not rows:
        return [Paragraph((told.word("choice.cheapest_nothing"),))]
    table = Table(
        told.word("choice.table.cheapest"),
        (
            Column(told.word("choice.column.option"), share=1.5),
            Column(told.word("choice.column.per_tonne"), "number", 0.8),
            Column(told.word("choice.column.in_list"), share=1.6),
            Column(told.word("choice.column.in_best"), share=1.6),
        ),
        rows,
    )
    return [told.lead("choice.cheapest_lead"), Paragraph((told.beside_cheapest(),)), table]


def not_chosen(told: ToldChoice) -> list[Block]:
    """Options that could be computed with and were not taken."""
    unusable = {each.option for each in told.chosen.left_out}
    taken = told.taken(told.chosen.options)
    waiting = [
        option
        for option in told.made_from.options
        if option.id not in unusable and option.id not in told.chosen.options
    ]
    if not waiting:
        return [Paragraph((told.word("choice.all_chosen"),))]
    rows = tuple(
        Row(
            (
                (told.names.of(option.id),),
                (told.tonnes(float(np.mean(option.additional_t))),),
                (told.money(float(expected(option).sum())),),
                (capitalised(told.why_not(option.id, taken)),),
            )
        )
        for option in sorted(waiting, key=lambda option: told.names.of(option.id))
    )
    table = Table(
        told.word("choice.table.not_chosen"),
        (
            Column(told.word("choice.column.option"), share=1.5),
            Column(told.word("choice.column.tonnes"), "number"),
            Column(told.word("choice.column.money"), "number"),
            Column(told.word("column.why"), share=2.2),
        ),
        rows,
    )
    return [told.lead("choice.not_chosen_lead"), table]


def left_out(told: ToldChoice) -> list[Block]:
    """Options with figures that nobody gave: they played no part."""
    if not told.chosen.left_out:
        return [Paragraph((told.word("choice.none_left_out"),))]
    table = Table(
        told.word("choice.table.left_out"),
        (
            Column(told.word("choice.column.option")),
            Column(told.word("column.why"), share=2),
        ),
        tuple(_left_out_row(told, each) for each in told.chosen.left_out),
    )
    return [told.lead("choice.left_out_lead"), table]


def _left_out_row(told: ToldChoice, each: LeftOut) -> Row:
    reason = capitalised(told.names.plainly(each.reason.into(told.language)))
    return Row(((told.names.of(each.option),), (reason,)))
