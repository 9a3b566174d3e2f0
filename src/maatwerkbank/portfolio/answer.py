# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answer to a question of choice, with all that people ask next, in plain values.

Takes     a question, to within which gap, and whether frontier and shadow prices are wanted.
Gives     the best choice, what buying the cheapest tonnes first gives and why that is less, the
          frontier, shadow prices; the contract of `maatwerkbank portfolio choose --json`.
Leaves    sentences and pictures to `letter`.

Every choice that is returned was valued again: from the arrays, and from options made anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.candidates import Draft, Tell
from maatwerkbank.portfolio.choice.best import GAP, choose, frontier
from maatwerkbank.portfolio.choice.by_price import cheapest_first
from maatwerkbank.portfolio.choice.shadow_prices import shadow_prices
from maatwerkbank.portfolio.choice.terms import (
    ByPrice,
    Choice,
    LeftOut,
    Limits,
    Option,
    ShadowPrice,
    Value,
)
from maatwerkbank.portfolio.choice.value import value_of
from maatwerkbank.portfolio.question import Question
from maatwerkbank.portfolio.shared_use import is_place, without_place

Floats = NDArray[np.float64]

FORMAT = "maatwerkbank-choice-1"
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class Answer:
    """The best choice and what stands beside it; frontier and shadow prices only where asked."""

    question: Question
    choice: Choice
    by_price: ByPrice
    frontier: tuple[Choice, ...] | None
    shadow_prices: tuple[ShadowPrice, ...] | None

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """Every option that could be chosen, by id."""
        return {each.id: each for each in self.question.options}

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What played no part: not offered at all, or with figures that are no numbers."""
        offered = (LeftOut(each.option, each.whole_reason) for each in self.question.not_offered)
        return (*offered, *self.choice.left_out)

    def taken(self, choice: Choice | ByPrice) -> list[Option]:
        """The options of a choice."""
        return [self.options[name] for name in choice.options]

    @property
    def falls_short_t(self) -> float:
        """What the list by price is worth less than the best choice; below nil where it is not."""
        return self.choice.value.objective_t - self.by_price.value.objective_t

    def as_json(self) -> dict[str, Any]:
        """The contract of `portfolio choose --json`."""
        asked = self.question
        from_cases = asked.from_cases
        drafts = asked.drafts
        return {
            "format": FORMAT,
            "receipt": asked.receipt.as_json(),
            "title": _text(asked.title),
            "counts": asked.counts,
            "draws": {
                "n": asked.draws.n,
                "seed": asked.draws.seed,
                "method": asked.draws.method,
                "family": asked.draws.family if from_cases else None,
                "process": asked.draws.process if from_cases else None,
            },
            "limits": _limits(asked.limits),
            "options": [self._option(drafts[name]) for name in self.options],
            "choice": {
                **self._value(self.choice.value),
                "bound_t": self.choice.bound_t,
                "gap": self.choice.gap,
            },
            "cheapest_first": {
                **self._value(self.by_price.value),
                "falls_short_t": self.falls_short_t,
                "left_out": [
                    {"option": each.option, "reason": _text(each.reason)}
                    for each in self.by_price.left_out
                ],
            },
            "frontier": None
            if self.frontier is None
            else [
                {**self._value(each.value), "bound_t": each.bound_t, "gap": each.gap}
                for each in self.frontier
            ],
            "shadow_prices": None
            if self.shadow_prices is None
            else [_shadow_price(each) for each in self.shadow_prices],
            "not_offered": [
                {
                    "option": each.option,
                    "case": each.case,
                    "reason": _text(each.reason),
                    "lacks": [
                        {
                            "place": lack.place,
                            "is_absent": lack.is_absent,
                            "why": _text(lack.why),
                            "ask": _text(lack.ask),
                        }
                        for lack in each.lacks
                    ],
                }
                for each in asked.not_offered
            ],
            "notes": [_text(each) for each in asked.notes],
        }

    def _option(self, draft: Draft) -> dict[str, Any]:
        option, years = self.options[draft.id], self.question.limits.years
        expected = float(option.additional_t.mean())
        money = float(option.public_money_eur.sum())
        is_chosen = draft.id in self.choice.options
        low, middle, high = np.quantile(option.additional_t, QUANTILES)
        return {
            "id": draft.id,
            "case": draft.case,
            "name": _text(draft.name),
            "start_year": draft.start_year,
            "track": draft.track,
            "origin": draft.origin.kind,
            "source": None
            if draft.origin.source is None
            else {
                "id": draft.origin.source,
                "place": draft.origin.place,
                "seen": draft.origin.seen,
            },
            "additional_t": expected,
            "additional_quantiles_t": {
                "p05": float(low),
                "p50": float(middle),
                "p95": float(high),
            },
            "additional_2030_t": draft.beside.get("additional_2030_t"),
            "additional_2030_frozen_path_t": draft.beside.get("additional_2030_frozen_path_t"),
            "public_money_eur": money,
            "public_money_by_year_eur": _by_year(option.public_money_eur, years),
            "money_of_case": None
            if draft.money is None
            else {
                "awarded_eur": draft.money.awarded_eur,
                "needed_eur": draft.money.needed_eur,
                "investment_eur": draft.money.investment_eur,
                "paid_before_eur": draft.money.before_eur,
            },
            "eur_per_t": money / expected if expected > 0.0 else None,
            "staff_by_year_fte": None
            if option.staff_fte is None
            else _by_year(option.staff_fte, years),
            "uses": {
                name: _by_year(amount, years)
                for name, amount in option.uses.items()
                if not is_place(name)
            },
            "co_benefits": dict(option.co_benefits),
            "needs": list(draft.requires),
            "excludes": list(draft.excludes),
            "chosen": is_chosen,
            "beside_the_choice": None if is_chosen else self._beside(option),
        }

    def _beside(self, option: Option) -> dict[str, Any]:
        """What happens when an option that was not chosen is put beside those that were."""
        taken = self.taken(self.choice)
        together = value_of([*taken, option], self.question.limits)
        same = next((each.id for each in taken if each.case == option.case), None)
        return {
            "same_case": same,
            "breaks": [_text(without_place(each, self.question.names)) for each in together.breaks],
            "adds_t": together.objective_t - self.choice.value.objective_t,
        }

    def _value(self, value: Value) -> dict[str, Any]:
        years = self.question.limits.years
        return {
            "options": list(value.options),
            "objective_t": value.objective_t,
            "additional_t": value.additional_t,
            "additional_by_track_t": dict(value.additional_by_track_t),
            "cvar_t": value.cvar,
            "co_benefits": dict(value.co_benefits),
            "co_benefits_t": value.co_benefits_t,
            "public_money_eur": float(value.spent_eur.sum()),
            "public_money_by_year_eur": _by_year(value.spent_eur, years),
            "staff_by_year_fte": _by_year(value.staff_fte, years),
            "used": {
                name: _by_year(amount, years)
                for name, amount in value.used.items()
                if not is_place(name)
            },
            "built": [name for name in value.built if not is_place(name)],
        }


def answer(
    question: Question,
    *,
    gap: float = GAP,
    with_frontier: bool = False,
    with_shadow_prices: bool = False,
    tell: Tell | None = None,
) -> Answer:
    """The best choice, each choice in it valued anew.

    Raises
    ------
    ChoiceRefused        options or limits do not hold together; with every finding
    NoChoice             no set of options keeps the limits; with what each lacks
    ChoiceNotConfirmed   our own valuation differs
    """
    options, limits, anew = question.options, question.limits, question.revalue
    say = tell or _silent
    say("best choice")
    best = choose(options, limits, gap=gap, revalue=anew)
    by_price = _told_of_places(cheapest_first(options, limits), question)
    points = None
    if with_frontier:
        say("frontier")
        points = frontier(options, limits, gap=gap, revalue=anew)
    prices = None
    if with_shadow_prices:
        say("shadow prices")
        found = shadow_prices(options, limits, gap=gap)
        prices = tuple(each for each in found if not is_place(each.limit))
    return Answer(question, best, by_price, points, prices)


def _silent(_text: str) -> None:
    """Nobody watches."""


def _told_of_places(by_price: ByPrice, question: Question) -> ByPrice:
    """The list by price, in which an exclusion is told by its name."""
    return replace(
        by_price,
        left_out=tuple(
            LeftOut(each.option, without_place(each.reason, question.names))
            for each in by_price.left_out
        ),
    )


def _limits(limits: Limits) -> dict[str, Any]:
    years = limits.years
    return {
        "years": [int(year) for year in years],
        "budget_by_year_eur": _by_year(limits.budget_eur, years),
        "carry_over": limits.carry_over,
        "staff_by_year_fte": None
        if limits.staff_fte is None
        else _by_year(limits.staff_fte, years),
        "risk_aversion_t_per_t": limits.risk_aversion,
        "cvar_level": limits.cvar_level,
        "at_least_t": limits.at_least_t,
        "must_take": list(limits.must_take),
        "co_benefit_weights": dict(limits.co_benefit_weights),
        "infrastructure": [
            {
                "id": each.id,
                "capacity_by_year": _by_year(each.capacity, years),
                "opening_year": each.opening_year,
                "fixed_cost_by_year_eur": _by_year(each.fixed_cost_eur, years),
                "paid_by_state": each.paid_by_state,
            }
            for each in limits.infrastructure
            if not is_place(each.id)
        ],
    }


def _shadow_price(price: ShadowPrice) -> dict[str, Any]:
    return {
        "limit": price.limit,
        "unit": price.unit,
        "more": price.more,
        "gain_t": price.gain_t,
        "gain_at_most_t": price.gain_at_most_t,
        "gain_per_unit": price.gain_per_unit,
        "enters": list(price.enters),
        "leaves": list(price.leaves),
    }


def _by_year(amounts: Floats, years: Sequence[int] | NDArray[np.int64]) -> dict[str, Any]:
    """Amounts under their year; what is infinite is no limit, and null."""
    return {
        str(int(year)): float(amount) if np.isfinite(amount) else None
        for year, amount in zip(years, amounts, strict=True)
    }


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
