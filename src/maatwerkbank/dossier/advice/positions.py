# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who was asked for a position, who took which one, and who disagrees?

Takes     an item with those who were asked, and every position that was taken: frozen values.
Gives     the position that counts per party, who has not answered, and the dissent, which is kept.
Leaves    the decision to the gate: a position advises, it does not decide.

A position is never overwritten. Whoever changes its mind takes a new one, and both stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.ground.language import Text

FORUMS: Mapping[str, Text] = MappingProxyType(
    {
        "sounding_board": Text(
            nl="Interdepartementale klankbordgroep", en="Interdepartmental sounding board"
        ),
        "province": Text(nl="Provincie", en="Province"),
        "environmental_service": Text(nl="Omgevingsdienst", en="Environmental service"),
        "other": Text(nl="Andere partner", en="Other partner"),
    }
)
STANCES: Mapping[str, Text] = MappingProxyType(
    {
        "agree": Text(nl="Eens", en="Agree"),
        "agree_with_remark": Text(nl="Eens, met opmerking", en="Agree, with a remark"),
        "object": Text(nl="Bezwaar", en="Object"),
        "abstain": Text(nl="Onthoudt zich", en="Abstain"),
    }
)
NEED_WORDS = ("agree_with_remark", "object")


@dataclass(frozen=True)
class Position:
    """What one party said, when, and in which words."""

    party: str
    stance: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Item:
    """Something put to others: what, to whom, by when; and every position in the order taken."""

    subject: str
    parties: tuple[str, ...]
    put_on: date
    due_on: date | None = None
    positions: tuple[Position, ...] = ()

    def counting(self) -> Mapping[str, Position]:
        """Per party the position it took last."""
        return {each.party: each for each in self.positions}

    def silent(self) -> tuple[str, ...]:
        """Who was asked and has not answered. Silence is no consent."""
        said = self.counting()
        return tuple(party for party in self.parties if party not in said)

    def dissent(self) -> tuple[Position, ...]:
        """The objections that stand."""
        return tuple(each for each in self.counting().values() if each.stance == "object")

    def withdrawn_dissent(self) -> tuple[Position, ...]:
        """Objections of parties that took another position later. They stay readable."""
        last = self.counting()
        return tuple(
            each
            for each in self.positions
            if each.stance == "object" and last[each.party].stance != "object"
        )

    def is_late(self, on: date) -> bool:
        """Whether somebody should have answered and has not."""
        return bool(self.silent()) and self.due_on is not None and self.due_on < on


def count(item: Item) -> Mapping[str, int]:
    """How many parties hold each position; those who are silent are not in it."""
    said = [each.stance for each in item.counting().values()]
    return {stance: said.count(stance) for stance in STANCES}


def lacks_of_position(stance: str, words: str) -> tuple[tuple[str, Text], ...]:
    """What is not right in a position: per place, what is asked."""
    if stance not in STANCES:
        return (("stance", A_STANCE),)
    if stance in NEED_WORDS and not words.strip():
        return (("words", WHY),)
    return ()


A_STANCE = Text(nl="een standpunt uit de lijst", en="a position of the list")
WHY = Text(nl="de opmerking of het bezwaar in woorden", en="the remark or the objection in words")
