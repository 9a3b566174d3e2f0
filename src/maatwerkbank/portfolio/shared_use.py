# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do options share, and how much of it is there: as somebody gives it, else as is public?

Takes     infrastructure of a document, the drafts that use it or exclude each other.
Gives     infrastructure over the years of a choice, its names, and what about it is not public.
Leaves    the public figures themselves to `infrastructure`.

Room that is not public is no limit; a year or a cost that is not public is not counted.  A note
says so, for absent is not zero.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.candidates import ByYear, Draft
from maatwerkbank.portfolio.candidates_document import CandidateInfrastructure
from maatwerkbank.portfolio.choice.terms import Infrastructure
from maatwerkbank.portfolio.infrastructure import SharedInfrastructure, shared_infrastructure
from maatwerkbank.sources.figure import Absent, Figure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Names in a document hold no colon: this one is never given by a person.
_EITHER = "either:"


@dataclass(frozen=True)
class Place:
    """Room that only one of some options can take: they exclude each other."""

    id: str
    members: frozenset[str]
    name: Text


def is_place(name: str) -> bool:
    """Whether infrastructure stands for an exclusion between options of different cases."""
    return name.startswith(_EITHER)


def without_place(reason: Text, names: Mapping[str, Text]) -> Text:
    """A reason in which room that only one option can take is called by its name."""
    for name, told in names.items():
        if is_place(name) and name in reason.en:
            return Text(
                nl=f"past niet naast wat al gekozen is: {told.nl}",
                en=f"does not go with what was chosen already: {told.en}",
            )
    return reason


def places(drafts: Collection[Draft]) -> tuple[Place, ...]:
    """One for every two names that exclude each other.

    Where a case is named, all its options stand against the option that names it: they exclude each
    other already.
    """
    found: dict[str, Place] = {}
    for draft in drafts:
        for name in draft.excludes:
            others = {each.id for each in drafts if name in (each.id, each.case)}
            if others:
                both = sorted((draft.id, name))
                told = Text(nl=" en ".join(both), en=" and ".join(both))
                identity = _EITHER + ":".join(both)
                found[identity] = Place(
                    identity,
                    frozenset({draft.id, *others}),
                    Text(
                        nl=f"de plaats voor één van {told.nl}",
                        en=f"the place for one of {told.en}",
                    ),
                )
    return tuple(found.values())


def aligned(amounts: ByYear, years: Ints) -> Floats:
    """Amounts by calendar year as an array, nothing in years that are not named. (year,)"""
    return np.array([amounts.get(int(year), 0.0) for year in years])


@dataclass(frozen=True)
class _Figures:
    """What a choice takes of one pipeline, network or grid; None: from the public list."""

    capacity: float | None
    opening_year: int | None
    state_eur: float | None
    notes: tuple[Text, ...]


class SharedUse:
    """Everything that is given or used, in that order."""

    def __init__(self, given: Sequence[CandidateInfrastructure], drafts: Sequence[Draft]) -> None:
        self._given = {each.id: each for each in given}
        used = [name for each in drafts for name in each.uses]
        self._ids = tuple(dict.fromkeys((*self._given, *used)))
        self._places = places(drafts)

    def names(self) -> dict[str, Text]:
        """What a reader calls it, where it has a name."""
        found = {each.id: each.name for each in self._places}
        for identity in self._ids:
            given, public = self._of(identity)
            told = (given and given.name) or (public and public.name)
            if told:
                found[identity] = Text(told.nl, told.en)
        return found

    def last_years(self) -> Iterator[int]:
        """The years in which it opens: what the State pays, it pays before."""
        for identity in self._ids:
            given, public = self._of(identity)
            if given is not None and given.opening_year is not None:
                yield given.opening_year
            elif public is not None and not isinstance(public.opening, Absent):
                yield public.opening.year

    def over(self, years: Ints) -> tuple[Infrastructure, ...]:
        """Each over the years of a choice, and the places that only one option can take.

        Raises PortfolioError where the State pays in a year that the choice does not have.
        """
        nothing = np.zeros(len(years))
        room = np.ones(len(years))
        return (
            *(self._one(identity, years) for identity in self._ids),
            *(
                Infrastructure(each.id, room, int(years[0]), nothing, paid_by_state=False)
                for each in self._places
            ),
        )

    def notes(self) -> Iterator[Text]:
        """What is not public, and how it is counted."""
        for identity in self._ids:
            given, public = self._of(identity)
            if public is not None:
                yield from _figures(given, public, 0).notes

    def _of(
        self, identity: str
    ) -> tuple[CandidateInfrastructure | None, SharedInfrastructure | None]:
        return self._given.get(identity), shared_infrastructure().get(identity)

    def _one(self, identity: str, years: Ints) -> Infrastructure:
        given, public = self._of(identity)
        if public is None:
            if given is None:
                raise KeyError(identity)
            return _own(given, years)
        figures = _figures(given, public, int(years[0]))
        found = public.for_choice(
            years,
            capacity=figures.capacity,
            opening_year=figures.opening_year,
            state_eur=figures.state_eur,
            paid_in=given.paid_in if given else None,
        )
        if given is not None and isinstance(given.capacity, Mapping):
            return replace(found, capacity=aligned(given.capacity, years))
        return found


def _own(given: CandidateInfrastructure, years: Ints) -> Infrastructure:
    """Infrastructure that only the document knows."""
    opening, amount = given.opening_year or int(years[0]), given.state_eur or 0.0
    paid_in = [opening - 1] if given.paid_in is None else given.paid_in
    cost = np.zeros(len(years))
    for year in paid_in:
        cost[years == year] += amount / len(paid_in)
    capacity = given.capacity
    return Infrastructure(
        id=given.id,
        capacity=aligned(capacity, years)
        if isinstance(capacity, Mapping)
        else np.full(len(years), capacity),
        opening_year=opening,
        fixed_cost_eur=cost,
        paid_by_state=amount > 0.0,
    )


def _figures(
    given: CandidateInfrastructure | None, public: SharedInfrastructure, first_year: int
) -> _Figures:
    """What is given goes before what is public; what neither says is left out of the count."""
    capacity = given.capacity if given else None
    opening = given.opening_year if given else None
    state = given.state_eur if given else None
    room = 1.0 if isinstance(capacity, Mapping) else capacity
    free = public.free_capacity
    silent: list[Text] = []
    notes: list[Text] = []
    if room is None and isinstance(free, Absent):
        room = np.inf
        silent.append(Text(nl="de ruimte", en="the room"))
    elif room is None and not isinstance(free, Absent) and free.is_ranged and not free.has_centre:
        notes.append(_only_a_range(public, free))
    if opening is None and isinstance(public.opening, Absent):
        opening = first_year
        silent.append(Text(nl="het jaar van ingebruikname", en="the year in which it opens"))
    is_decided = not isinstance(public.decision, Absent) and public.decision.taken
    if state is None and not is_decided and isinstance(public.state_contribution, Absent):
        state = 0.0
        silent.append(Text(nl="de bijdrage van de Staat", en="the contribution of the State"))
    if silent:
        notes.append(_not_public(public, silent))
    return _Figures(room, opening, state, tuple(notes))


def _not_public(public: SharedInfrastructure, silent: Sequence[Text]) -> Text:
    nl, en = ", ".join(each.nl for each in silent), ", ".join(each.en for each in silent)
    return Text(
        nl=f"{public.name.nl}, niet openbaar: {nl}. Dat begrenst en kost hier dus niets.",
        en=f"{public.name.en}, not public: {en}. So that limits and costs nothing here.",
    )


def _only_a_range(public: SharedInfrastructure, free: Figure) -> Text:
    """A range without a centre: its middle is counted, and said to be (METHOD §15)."""
    low, middle, high = (f"{free.scalar(pick):,.0f}" for pick in ("low", "central", "high"))
    nl = [each.replace(",", ".") for each in (low, high, middle)]
    return Text(
        nl=(
            f"{public.name.nl}: van de vrije ruimte is alleen een bereik openbaar, {nl[0]} tot "
            f"{nl[1]}; geteld is het midden, {nl[2]}. Een eigen getal in een document gaat voor."
        ),
        en=(
            f"{public.name.en}: of the free room only a range is public, {low} to {high}; the "
            f"middle, {middle}, is counted. A number of your own in a document goes before it."
        ),
    )
