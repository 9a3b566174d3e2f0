# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which cases to choose, as one report: the best choice, what limits it, and why not the others.

Takes     an answer; or a choice with its frontier, shadow prices and the list by euro per tonne,
          with the options and limits that it was made from, and names.
Gives     a report: what is chosen and how sure that is the best, money by year, tonnes against
          risk, what more of a limit is worth, cheapest first beside it, what was left out and why.
Leaves    the choosing to `portfolio.choice`, the sections to `choice_options` and `choice_limits`.
"""

from collections.abc import Sequence
from dataclasses import replace

from maatwerkbank.ground.language import Language, say
from maatwerkbank.letter import choice_limits, choice_options, origins
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Facts,
    Paragraph,
    Phrase,
    Report,
    Section,
    Strong,
    Tile,
    Tiles,
    joined,
)
from maatwerkbank.letter.choice_text import over
from maatwerkbank.letter.choice_told import MadeFrom, ToldChoice
from maatwerkbank.letter.numbers import SPACE, day, euros_per_tonne, number
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.words import word
from maatwerkbank.portfolio.answer import Answer
from maatwerkbank.portfolio.choice.terms import ByPrice, Choice, ShadowPrice

EXACT = 1e-9  # a gap below this is rounding: nothing is better


def answer_report(found: Answer, language: Language = "nl") -> Report:
    """The page of an answer to `maatwerkbank portfolio choose`."""
    asked = found.question
    made_from = MadeFrom(
        options=asked.options,
        limits=asked.limits,
        names=asked.names,
        known_on=asked.known_on,
        receipt=asked.receipt,
        draws=asked.draws.n,
        tonnes=over(asked),
        title=asked.title,
        notes=asked.notes,
    )
    return choice_report(
        replace(found.choice, left_out=found.left_out),
        found.frontier or (),
        found.shadow_prices or (),
        found.by_price,
        made_from,
        language,
    )


def choice_report(
    chosen: Choice,
    frontier: Sequence[Choice],
    shadow_prices: Sequence[ShadowPrice],
    by_price: ByPrice,
    made_from: MadeFrom,
    language: Language = "nl",
) -> Report:
    """The page of a choice, from the verdict down to the receipt."""
    told = ToldChoice(chosen, frontier, shadow_prices, by_price, made_from, language)
    return Report(
        language=language,
        kicker=word("choice.kicker", language),
        title=say(made_from.title or word("choice.title", language), language),
        summary=word("choice.summary", language),
        note=word("choice.note", language),
        facts=_facts(told),
        sections=tuple(_sections(told)),
        known_on=made_from.known_on.isoformat(),
        receipt=made_from.receipt.number,
        first_sheet=("core", "frontier"),
    )


def _facts(told: ToldChoice) -> Facts:
    made_from = told.made_from
    cases = {option.case for option in made_from.options}
    seed = str(made_from.receipt.seed)
    draws = number(made_from.draws, told.language)
    key = "choice.counted_one" if len(cases) == 1 else "choice.counted"
    counted = told.word(key, options=len(made_from.options), cases=len(cases))
    known_on = day(made_from.known_on.isoformat(), told.language)
    pairs: tuple[tuple[str, Phrase], ...] = (
        (told.word("text.known_on"), (known_on,)),
        (told.word("choice.chosen_from"), (counted,)),
        (told.word("choice.draws"), (told.word("choice.draws_seed", draws=draws, seed=seed),)),
        (told.word("text.receipt"), (Code(made_from.receipt.number),)),
    )
    return Facts(pairs)


def _sections(told: ToldChoice) -> list[Section]:
    blocks: dict[str, list[Block]] = {
        "core": [Paragraph(_verdict(told), "verdict"), Tiles(_tiles(told))],
        "chosen": choice_options.chosen(told),
        "money": choice_limits.money(told),
        "infrastructure": choice_limits.infrastructure(told),
        "frontier": choice_limits.trade_off(told),
        "shadow-prices": choice_limits.shadow_prices(told),
        "cheapest": choice_options.cheapest(told),
        "not-chosen": choice_options.not_chosen(told),
        "left-out": choice_options.left_out(told),
        "method": _method(told),
        "receipt": origins.receipt(told.made_from.receipt, told.language),
    }
    return [
        Section(anchor, _heading(anchor, told), tuple(found), in_contents=anchor != "core")
        for anchor, found in blocks.items()
    ]


def _heading(anchor: str, told: ToldChoice) -> str:
    if anchor in ("core", "receipt"):
        return told.word(f"heading.{anchor}")
    return told.word(f"choice.heading.{anchor.replace('-', '_')}")


def _verdict(told: ToldChoice) -> Phrase:
    value = told.chosen.value
    if not told.chosen.options:
        return joined([(Strong(told.word("choice.verdict_none")),), told.see_why()])
    chosen = [told.options[name] for name in value.options]
    names = listed([told.names.of_case(each) for each in chosen], told.language)
    cases = len({option.case for option in told.made_from.options})
    strong = Strong(told.word("choice.verdict", taken=len(value.options), cases=cases))
    sums = told.word(
        "choice.verdict_sums",
        names=names,
        tonnes=told.tonnes(value.additional_t),
        over=told.made_from.tonnes.into(told.language),
        money=told.money(float(value.spent_eur.sum())),
    )
    return joined([(strong,), (sums,), (_how_good(told),), (told.beside_cheapest(),)])


def _how_good(told: ToldChoice) -> str:
    """How far the best that there can be lies above this."""
    if told.chosen.gap < EXACT:
        return told.word("choice.exact")
    gap = f"{number(told.chosen.gap * 100, told.language, 3)}%"
    return told.word("choice.gap", gap=gap, bound=told.tonnes(told.chosen.bound_t))


def _tiles(told: ToldChoice) -> tuple[Tile, ...]:
    value = told.chosen.value
    spent = float(value.spent_eur.sum())
    per_tonne = told.word("choice.no_tonnes")
    if value.additional_t > 0:
        cost = euros_per_tonne(spent / value.additional_t, told.language)
        per_tonne = told.word("choice.per_tonne", value=cost)
    by_track = "; ".join(
        f"{told.word(f'track.{track}')}: {told.tonnes(amount)}"
        for track, amount in value.additional_by_track_t.items()
    )
    worst = told.word("choice.risk_note", share=told.worst_share)
    bound = told.word("choice.bound_note", bound=told.tonnes(told.chosen.bound_t))
    found = [
        Tile(
            f"{told.word('choice.tonnes')} {told.made_from.tonnes.into(told.language)}",
            told.tonnes(value.additional_t),
            by_track,
        ),
        Tile(told.word("choice.public_money"), told.money(spent), per_tonne),
        Tile(told.risk.name, told.risk.told(value.cvar, told.language), worst),
        Tile(told.word("choice.worth"), told.tonnes(value.objective_t), bound),
    ]
    if told.limits.staff_fte is not None:
        most = number(float(value.staff_fte.max()), told.language, 1)
        busiest = int(told.limits.years[int(value.staff_fte.argmax())])
        note = told.word("choice.busiest_year", year=busiest)
        found.append(Tile(told.word("choice.staff"), f"{most}{SPACE}fte", note))
    for name, amount in value.co_benefits.items():
        weight = told.limits.co_benefit_weights.get(name, 0.0)
        note = told.word("choice.weight", value=number(weight, told.language, 3))
        found.append(Tile(told.names.of_co_benefit(name), number(amount, told.language), note))
    return tuple(found)


def _method(told: ToldChoice) -> list[Block]:
    aversion = number(told.limits.risk_aversion, told.language, 2)
    worth = told.word("choice.method_worth", aversion=aversion, share=told.worst_share)
    texts = [worth, *(told.word(f"choice.method_{key}") for key in ("exact", "again", "draws"))]
    texts += [note.into(told.language) for note in told.made_from.notes]
    return [Paragraph((each,)) for each in texts]


__all__ = ["MadeFrom", "answer_report", "choice_report"]
