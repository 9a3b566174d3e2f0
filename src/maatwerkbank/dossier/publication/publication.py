# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may the letter, the public page and the open data tell on a given day?

Takes     nothing: these are the values themselves.
Gives     one frozen `Publication`. The letter, the public page, every chart and the open data are
          made of it and of nothing else, so what is not in it cannot reach them.
Leaves    filling it to `shipped` (the folder that comes with the program) and to
          `web/releases/stored_publication.py` (the database), which put into it what is public of
          itself or was released by a named person, and nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maatwerkbank.dossier.advice.bodies import Body, Term
from maatwerkbank.dossier.parliament.register import Parliament
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import CompanyState, Register

# Since when a figure is public: a source said it, or a person released it from a run or a register.
OriginKind = Literal["source", "run", "register"]
Bound = Literal["at_least", "at_most", "about"]
By = Literal["state", "company"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from. `identity`: of a source, a receipt, or a row of a register.

    `released_by` is a function, not a name (`programme`); None where a source published it.
    """

    kind: OriginKind
    identity: str
    place: str | None = None
    released_by: str | None = None
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One public figure with an identity that stays, such as `nobian.co2.jloi.gross`.

    `low` and `high` [unit] are equal for one number, and both None where it is not known: absent is
    not zero. `kind` keeps gross and additional reductions apart; None where that has no meaning.
    `reconstruction`: computed by this program from public data, and not from what a firm or an
    authority reported. A levy amount of one firm is public in that form only (fiscal secrecy).
    """

    id: str
    firm: str | None
    quantity: str
    label: Text
    low: float | None
    high: float | None
    unit: str
    origin: Origin
    kind: Literal["gross", "additional"] | None = None
    bound: Bound | None = None
    year: int | None = None
    boundary: Text | None = None
    known_on: date | None = None
    reconstruction: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """The status text of one firm. `{figure id}` in it stands for that figure, filled in later.

    `approved_by` is a function; None for a draft that the program made of the public register.
    """

    firm: str
    text: Text
    on: date
    figures: tuple[str, ...] = ()
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """What one side owes the other, as far as that is public. `due` may be reduced.

    `measure` is the id of a figure, `realised` that of what came of it; None where not public.
    `state` None: nobody judged it in public.
    """

    id: str
    firm: str
    by: By
    label: Text
    deed: Text | None
    measure: str | None
    due: str | None
    waits_for: tuple[Text, ...]
    origin: Origin
    state: str | None = None
    realised: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A public document. `url` None where no public address is known; `withheld`: the grounds."""

    id: str
    firm: str | None
    kind: str
    title: str
    dated: str | None
    url: str | None
    origin: Origin
    category: str | None = None
    withheld: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """An advisory body and its term on the day of the publication."""

    body: Body
    term: Term


@dataclass(frozen=True, slots=True)
class ProgrammeFact:
    """What a source tells of the approach as a whole. `{figure id}` in it stands for that figure.

    `papers` are the papers on which the source leans, as it cites them; `firms` those it speaks of;
    `answers` the ids of commitments to Parliament that it answers.
    """

    id: str
    topic: str
    text: Text
    known_on: date
    origin: Origin
    papers: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Something that was public and is no longer; that it was stays public.

    `id`: of a figure; for a statement, of its firm.
    """

    what: Literal["statement", "figure"]
    id: str
    firm: str | None
    released_on: date
    withdrawn_on: date


@dataclass(frozen=True)
class Publication:
    """Everything that is public on `as_of`, as it was known then.

    `statements` by the id of a firm; `figures` by their own id. `withdrawn`: the last withdrawal of
    each, where nothing newer took its place.
    """

    as_of: date
    register: Register
    figures: Mapping[str, Figure]
    statements: Mapping[str, Statement]
    promises: tuple[PublicPromise, ...]
    papers: tuple[Paper, ...]
    parliament: Parliament
    sittings: tuple[Sitting, ...]
    programme: tuple[ProgrammeFact, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()

    def firm(self, identity: str) -> CompanyState:
        """The firm with that id.  Raises PortfolioError."""
        return self.register.company(identity)

    def figures_of(self, firm: str | None) -> tuple[Figure, ...]:
        """The figures of one firm, or for None those of the whole, in their order."""
        return tuple(each for each in self.figures.values() if each.firm == firm)

    def promises_of(self, firm: str) -> tuple[PublicPromise, ...]:
        """What both sides of one firm's bargain owe."""
        return tuple(each for each in self.promises if each.firm == firm)

    def facts_on(self, topic: str) -> tuple[ProgrammeFact, ...]:
        """What is told of the approach as a whole on one topic."""
        return tuple(each for each in self.programme if each.topic == topic)

    def papers_of(self, firm: str | None) -> tuple[Paper, ...]:
        """The papers of one firm, or for None those of the whole."""
        return tuple(each for each in self.papers if each.firm == firm)
