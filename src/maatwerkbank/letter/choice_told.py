# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A choice as its report speaks of it: what it was made from, its names, what several parts say.

Takes     a choice with what stands beside it, what it was made from, a language.
Gives     words, amounts and names; how it compares with buying the cheapest tonnes first.
Leaves    the parts of the report to `choice_options` and `choice_limits`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.ground.receipt import Receipt
from maatwerkbank.letter.blocks import Link, Paragraph, Phrase, sentence
from maatwerkbank.letter.choice_reasons import Names, why_not
from maatwerkbank.letter.numbers import euros, ratio, tonnes
from maatwerkbank.letter.risk_charts import Measure
from maatwerkbank.letter.words import word
from maatwerkbank.portfolio.choice.terms import ByPrice, Choice, Floats, Limits, Option, ShadowPrice


@dataclass(frozen=True)
class MadeFrom:
    """What a choice was made from, and what its report has to say about that.

    names: options, cases, infrastructure and co-benefits by id; one without a name keeps its id.
    tonnes: what the additional tonnes of the options are, such as "in 2030".
    risk: what the loss of the options measures; None: fewer additional tonnes than expected.
    title: of the page; None: one that fits any choice.
    notes: what a reader has to know besides, such as figures that somebody gave.
    """

    options: Sequence[Option]
    limits: Limits
    names: Mapping[str, Text]
    known_on: date
    receipt: Receipt
    draws: int
    tonnes: Text = field(default_factory=lambda: Text(nl="in 2030", en="in 2030"))
    risk: Measure | None = None
    title: Text | None = None
    notes: Sequence[Text] = ()


@dataclass(frozen=True, eq=False)
class ToldChoice:
    """One choice in one language, with what stands beside it."""

    chosen: Choice
    frontier: Sequence[Choice]
    shadow_prices: Sequence[ShadowPrice]
    by_price: ByPrice
    made_from: MadeFrom
    language: Language

    @property
    def limits(self) -> Limits:
        """What there was to choose with."""
        return self.made_from.limits

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """Every option by id."""
        return {option.id: option for option in self.made_from.options}

    @property
    def names(self) -> Names:
        """What options, cases and infrastructure are called."""
        return Names(self.made_from.names, self.language)

    def word(self, key: str, **filled: object) -> str:
        """A text in this language."""
        return word(key, self.language, **filled)

    def tonnes(self, value: float) -> str:
        """An amount of CO2."""
        return tonnes(value, self.language)

    def money(self, amount: float) -> str:
        """An amount of money."""
        return euros(amount, self.language)

    def taken(self, names: Sequence[str]) -> list[Option]:
        """Options by their ids."""
        return [self.options[name] for name in names]

    @property
    def risk(self) -> Measure:
        """What the frontier is drawn against."""
        if self.made_from.risk:
            return self.made_from.risk
        share = self.worst_share
        return Measure(
            self.word("choice.risk", share=share), "t", self.word("choice.risk_said", share=share)
        )

    @property
    def worst_share(self) -> str:
        """The share of the draws over which a risk is the mean."""
        return ratio(1.0 - self.limits.cvar_level, self.language)

    def lead(self, key: str, **filled: object) -> Paragraph:
        """A sentence above a picture or a table."""
        return Paragraph((self.word(key, **filled),), "lead")

    def see_why(self) -> Phrase:
        """Where the reasons stand why nothing is chosen."""
        links = {
            name: Link(self.word(f"choice.heading.{name}"), f"#{name.replace('_', '-')}")
            for name in ("not_chosen", "left_out")
        }
        return sentence("choice.none_because", self.language, **links)

    def beside_cheapest(self) -> str:
        """What buying the cheapest tonnes first leaves, against this choice."""
        if set(self.by_price.options) == set(self.chosen.options):
            return self.word("choice.cheapest_same")
        worth = self.by_price.value.objective_t
        less = self.chosen.value.objective_t - worth
        apart = self.chosen.gap * abs(self.chosen.value.objective_t)
        key = "choice.cheapest_less" if less > apart else "choice.cheapest_as_good"
        return self.word(key, worth=self.tonnes(worth), difference=self.tonnes(less))

    def why_not(self, option: str, taken: Sequence[Option]) -> str:
        """Why an option is not among others that were taken."""
        return why_not(self.options[option], taken, self.limits, self.names, self.language)


def expected(option: Option) -> Floats:
    """Public money by year, the mean over the draws. (year,) [eur]"""
    money = np.asarray(option.public_money_eur)
    return money.mean(axis=1) if money.ndim == 2 else money
