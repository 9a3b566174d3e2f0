# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was found for a request, what is judged of it, who was heard, and where does it stand?

Takes     papers with their passages, parties with their views, the days of the request.
Gives     frozen values, and the state that follows from them: it is never set by hand.
Leaves    what lacks to `judging`, the list that goes out with the decision to `inventory`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.dossier.disclosure.grounds import ABOUT_NOTHING, About
from maatwerkbank.dossier.disclosure.terms import Pause, Term, term_of
from maatwerkbank.ground.language import Text

JUDGEMENTS: Mapping[str, Text] = MappingProxyType(
    {
        "disclose": Text(nl="Openbaar", en="Disclosed"),
        "partly": Text(nl="Deels openbaar", en="Partly disclosed"),
        "withhold": Text(nl="Niet openbaar", en="Withheld"),
        "already_public": Text(nl="Al openbaar", en="Public already"),
        "outside": Text(nl="Valt buiten het verzoek", en="Outside the request"),
    }
)
COMES_OUT = ("disclose", "partly")
STATES: Mapping[str, Text] = MappingProxyType(
    {
        "received": Text(nl="Ontvangen", en="Received"),
        "clarified": Text(nl="Toegelicht door de verzoeker", en="Clarified by the requester"),
        "searching": Text(nl="Zoeken en beoordelen", en="Searching and judging"),
        "hearing": Text(nl="Anderen worden gehoord", en="Others are heard"),
        "deciding": Text(nl="Wacht op een besluit", en="Waits for a decision"),
        "decided": Text(nl="Besloten", en="Decided"),
        "published": Text(nl="Openbaar gemaakt", en="Published"),
        "objection": Text(nl="Bezwaar gemaakt", en="Objection made"),
        "withdrawn": Text(nl="Ingetrokken", en="Withdrawn"),
    }
)
CLOSED = ("withdrawn", "published")


@dataclass(frozen=True)
class JudgedPassage:
    """Words of a paper, and whether they stay out of it. `ground` empty: disclosed.

    `despite_age`: why a ground still holds for a paper of more than five years old.
    """

    id: str
    words: str
    ground: str = ""
    reason: str = ""
    despite_age: str = ""
    about: About = ABOUT_NOTHING

    @property
    def withheld(self) -> bool:
        """Whether it stays out."""
        return bool(self.ground)


@dataclass(frozen=True)
class FoundPaper:
    """A paper that the search brought. `judgement` empty: not judged yet.

    `ground`, `reason` and `despite_age` are of the paper as a whole, where it stays out whole.
    `claims`: passages of which the firm said that they must stay out, and that nobody answered.
    """

    id: str
    number: int
    title: str
    kind: Text
    dated: str | None
    sender: str
    receiver: str
    judgement: str = ""
    ground: str = ""
    reason: str = ""
    despite_age: str = ""
    about: About = ABOUT_NOTHING
    passages: tuple[JudgedPassage, ...] = ()
    claims: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    public_at: str = ""
    published_on: date | None = None

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every ground on which something of it stays out, each once."""
        own = (self.ground,) if self.judgement == "withhold" and self.ground else ()
        of_passages = (each.ground for each in self.withheld) if self.judgement == "partly" else ()
        return tuple(dict.fromkeys((*own, *of_passages)))

    @property
    def withheld(self) -> tuple[JudgedPassage, ...]:
        """The passages that stay out."""
        return tuple(each for each in self.passages if each.withheld)


@dataclass(frozen=True)
class Heard:
    """A party that was asked for its view. `papers`: the ids of what was put to it."""

    party: str
    asked_on: date
    due_on: date
    papers: tuple[str, ...]
    viewed_on: date | None = None
    view: str = ""
    objects: bool = False
    answer: str = ""

    @property
    def pause(self) -> Pause:
        """The time for which the term stands still."""
        return Pause(self.asked_on, self.due_on, self.viewed_on)

    def is_open(self, today: date) -> bool:
        """Whether the party may still answer."""
        return self.viewed_on is None and today <= self.due_on


@dataclass(frozen=True)
class WorkList:
    """All work on a request in one dossier."""

    received_on: date
    papers: tuple[FoundPaper, ...] = ()
    heard: tuple[Heard, ...] = ()
    extended: bool = False
    clarified_on: date | None = None
    searched: bool = False
    frozen: bool = False
    decided_on: date | None = None
    objection_expected: bool = False
    objection_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def term(self) -> Term:
        """By when it must be decided."""
        pauses = (each.pause for each in self.heard)
        return term_of(self.received_on, extended=self.extended, pauses=pauses)

    def state(self, today: date) -> str:
        """Where it stands: the furthest that its facts allow."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.decided_on:
            if self.objection_on:
                return "objection"
            coming = [each for each in self.papers if each.judgement in COMES_OUT]
            done = coming and all(each.published_on for each in coming)
            return "published" if done else "decided"
        if self.frozen:
            return "deciding"
        if any(each.is_open(today) for each in self.heard):
            return "hearing"
        if self.papers or self.searched:
            return "searching"
        return "clarified" if self.clarified_on else "received"
