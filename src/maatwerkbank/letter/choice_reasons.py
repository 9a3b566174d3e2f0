# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why an option was not taken beside the options that were.

Takes     an option, the options that were taken, the limits, the names of it all.
Gives     the first reason that holds, in words: no tonnes, another variant, what it needs, a limit
          that it would break and by how much, or that it adds nothing.
Leaves    the valuation to `portfolio.choice.value`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import SPACE, euros, number, tonnes
from maatwerkbank.letter.words import capitalised, has_word, word
from maatwerkbank.portfolio.choice.terms import Floats, Limits, Option, Value
from maatwerkbank.portfolio.choice.value import AGREES, value_of
from maatwerkbank.portfolio.infrastructure import shared_infrastructure
from maatwerkbank.portfolio.shared_use import is_place


@dataclass(frozen=True)
class Names:
    """What options, cases, infrastructure and co-benefits are called in one language."""

    given: Mapping[str, Text]
    language: Language

    def of(self, identity: str) -> str:
        """The name; what has none keeps its id."""
        if identity in self.given:
            return self.given[identity].into(self.language)
        shared = shared_infrastructure().get(identity)
        return shared.name.into(self.language) if shared else identity

    def of_case(self, option: Option) -> str:
        """The plan that an option is a way to do; without a name of its own that of the option."""
        return self.of(option.case if option.case in self.given else option.id)

    def of_co_benefit(self, identity: str) -> str:
        """A co-benefit such as `nox_kg`: its name, else the substance and its unit."""
        substance, _, unit = identity.rpartition("_")
        key = f"substance.{substance}"
        if identity in self.given or not has_word(key):
            return self.of(identity)
        name = capitalised(word(key, self.language))
        return word("choice.co_benefit", self.language, name=name, unit=unit)

    def unit(self, identity: str, language: Language) -> str:
        """The unit in which the capacity of infrastructure is counted."""
        shared = shared_infrastructure().get(identity)
        if shared is None:
            return ""
        return word("choice.unit_t" if shared.carrier == "co2" else "choice.unit_mw", language)

    def plainly(self, text: str) -> str:
        """A sentence with the ids in it replaced by names, the longest first."""
        for identity in sorted(self.given, key=len, reverse=True):
            if identity in text:
                text = text.replace(identity, self.of(identity))
        return text


def why_not(
    option: Option, taken: Sequence[Option], limits: Limits, names: Names, language: Language
) -> str:
    """The first reason that holds; the option is not among `taken`."""
    if float(np.mean(option.additional_t)) <= 0.0:
        return word("choice.why.no_tonnes", language)
    other = next((each for each in taken if each.case == option.case), None)
    if other is not None:
        return word("choice.why.same_case", language, name=names.of(other.id))
    there = {name for each in taken for name in (each.id, each.case)}
    absent = next((need for need in option.requires if need not in there), None)
    if absent is not None:
        return word("choice.why.requires", language, name=names.of(absent))
    before, after = value_of(taken, limits), value_of([*taken, option], limits)
    short = next(_short_of(after, limits, names, language), None)
    if short is not None:
        return short
    gain = after.objective_t - before.objective_t
    if gain <= 0.0:
        return word("choice.why.adds_nothing", language)
    return word("choice.why.within_gap", language, gain=tonnes(gain, language))


def _short_of(value: Value, limits: Limits, names: Names, language: Language) -> Iterator[str]:
    """Every limit that is broken, in the year in which most is lacking."""
    spent, budget = value.spent_eur, limits.budget_eur
    if limits.carry_over:
        spent, budget = np.cumsum(spent), np.cumsum(budget)
    worst = _worst(spent, budget)
    if worst is not None:
        year, amount = int(limits.years[worst]), float(spent[worst] - budget[worst])
        yield word("choice.why.budget", language, year=year, amount=euros(amount, language))
    if limits.staff_fte is not None:
        worst = _worst(value.staff_fte, limits.staff_fte)
        if worst is not None:
            people = float(value.staff_fte[worst] - limits.staff_fte[worst])
            shown = f"{number(people, language, 1)}{SPACE}fte"
            year = int(limits.years[worst])
            yield word("choice.why.staff", language, year=year, amount=shown)
    for each in limits.infrastructure:
        if each.id not in value.built:
            continue
        used = value.used[each.id]
        there = np.where(limits.years >= each.opening_year, each.capacity, 0.0)
        worst = _worst(used, there)
        if worst is None:
            continue
        if is_place(each.id):
            yield word("choice.why.place", language, name=names.of(each.id))
            continue
        filled = {"name": names.of(each.id), "year": int(limits.years[worst])}
        if limits.years[worst] < each.opening_year:
            yield word("choice.why.not_open", language, opening=each.opening_year, **filled)
            continue
        lacking = number(float(used[worst] - there[worst]), language)
        room = f"{lacking}{SPACE}{names.unit(each.id, language)}".rstrip()
        yield word("choice.why.capacity", language, amount=room, **filled)
    at_most = limits.cvar_at_most
    if at_most is not None and value.cvar - at_most > AGREES * max(abs(value.cvar), abs(at_most)):
        yield word("choice.why.risk", language)


def _worst(asked: Floats, there: Floats) -> int | None:
    """The year in which most is lacking; None where nothing is, beyond rounding."""
    lacking = np.where(np.isfinite(there), asked - there, -np.inf)
    n = int(np.argmax(lacking))
    scale = max(abs(float(asked[n])), abs(float(there[n])) if np.isfinite(there[n]) else 0.0)
    return n if lacking[n] > AGREES * scale else None
