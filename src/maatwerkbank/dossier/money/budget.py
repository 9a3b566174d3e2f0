# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much of an envelope is left, and may this be booked?

Takes     an envelope with an amount per year, what was booked on it, and what is to be booked.
Gives     per year, and per dossier and year, what is reserved, committed and paid; or findings that
          each say how much is left.
Leaves    whether a payment is due to `tranches`.

Three states, one inside the other: what is paid was committed, what is committed was reserved, what
is reserved lies within the year of the envelope. So each state counts all that ever reached it. An
entry never changes; money comes back by an entry below nought.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.dossier.money.amounts import NIL, cents, in_words
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

STATES: Mapping[str, Text] = MappingProxyType(
    {
        "reserved": Text(nl="Gereserveerd", en="Reserved"),
        "committed": Text(nl="Verplicht", en="Committed"),
        "paid": Text(nl="Betaald", en="Paid"),
    }
)


@dataclass(frozen=True)
class Envelope:
    """Money of the State for one purpose: the article of the budget, and an amount per year."""

    key: str
    name: Text
    article: str
    years: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An amount that reaches a state, for one dossier in one year; below nought it leaves it."""

    dossier: str
    year: int
    state: str
    amount: Decimal


@dataclass(frozen=True)
class Position:
    """What stands in each state. All in euros."""

    reserved: Decimal = NIL
    committed: Decimal = NIL
    paid: Decimal = NIL

    @property
    def free(self) -> Decimal:
        """Reserved and not committed."""
        return self.reserved - self.committed

    @property
    def open(self) -> Decimal:
        """Committed and not paid."""
        return self.committed - self.paid


def position(
    entries: Iterable[Entry], *, year: int | None = None, dossier: str | None = None
) -> Position:
    """What the entries come to, of one year and one dossier where these are named."""
    totals = dict.fromkeys(STATES, NIL)
    for entry in entries:
        if year in {None, entry.year} and dossier in {None, entry.dossier}:
            totals[entry.state] += entry.amount
    return Position(**totals)


def left(envelope: Envelope, entries: Iterable[Entry], year: int) -> Decimal | None:
    """What of that year is not reserved yet; None where the envelope has no such year."""
    if year not in envelope.years:
        return None
    return envelope.years[year] - position(entries, year=year).reserved


def lacks_of_entry(envelope: Envelope, entries: Iterable[Entry], new: Entry) -> list[Finding]:
    """Why this may not be booked: all of it, each with what is left."""
    booked = tuple(entries)
    if new.state not in STATES:
        return [_lack("state", Text(nl=", ".join(STATES), en=", ".join(STATES)), new.state)]
    if new.amount == 0 or new.amount != cents(new.amount):
        return [_lack("amount", NOT_NIL, str(new.amount))]
    room = left(envelope, booked, new.year)
    if room is None:
        years = ", ".join(str(year) for year in sorted(envelope.years)) or "-"
        return [
            _lack("year", Text(nl=f"een jaar van {years}", en=f"one of {years}"), str(new.year))
        ]
    held = position(booked, year=new.year, dossier=new.dossier)
    found = list(_too_much(new, held, room))
    return found or list(_too_little(new, held))


NOT_NIL = Text(
    nl="een bedrag in hele centen, niet nul", en="an amount in whole cents, and not nought"
)


def _too_much(new: Entry, held: Position, room: Decimal) -> Iterable[Finding]:
    """More than the state below holds."""
    limits = {
        "reserved": (room, Text(nl="vrij in het budget", en="left in the envelope")),
        "committed": (held.free, Text(nl="gereserveerd en vrij", en="reserved and free")),
        "paid": (held.open, Text(nl="verplicht en niet betaald", en="committed and not paid")),
    }
    most, named = limits[new.state]
    if new.amount > most:
        told = in_words(most)
        yield _lack(
            "amount",
            Text(
                nl=f"ten hoogste {told.nl}: dat is in {new.year} {named.nl}",
                en=f"at most {told.en}: that is {named.en} in {new.year}",
            ),
            in_words(new.amount),
        )


def _too_little(new: Entry, held: Position) -> Iterable[Finding]:
    """Taken out of a state while a further state still holds it."""
    keeps = {"reserved": held.free, "committed": held.open, "paid": held.paid}
    if -new.amount > keeps[new.state]:
        told = in_words(keeps[new.state])
        yield _lack(
            "amount",
            Text(
                nl=f"ten hoogste {told.nl} terug: de rest is al verder",
                en=f"at most {told.en} back: the rest has gone further",
            ),
            in_words(new.amount),
        )


def _lack(place: str, expected: Text, found: Text | str) -> Finding:
    remedy = Text(nl="pas het bedrag of het jaar aan", en="change the amount or the year")
    return Finding("error", "budget", place, expected, found, remedy)
