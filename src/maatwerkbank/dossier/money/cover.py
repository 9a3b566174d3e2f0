# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is the money of an agreement covered: enough reserved, a reservation clause, parliament first?

Takes     what the text promises, what is reserved and granted, and dated facts with their evidence.
Gives     per question yes or no with the reason; what is not known is no.
Leaves    which gate asks which question to the trajectory, and the questions as checks of a gate to
          `dossier.checks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.dossier.money.amounts import in_words
from maatwerkbank.dossier.money.text_and_money import NOTHING, differences
from maatwerkbank.ground.language import Text

# What somebody writes down with a date and evidence.
FACTS: Mapping[str, Text] = MappingProxyType(
    {
        "reservation_clause": Text(
            nl="Begrotingsvoorbehoud staat in de afspraak",
            en="Reservation clause stands in the agreement",
        ),
        "comptabiliteitswet": Text(
            nl="Getoetst aan artikel 3.1 Comptabiliteitswet",
            en="Tested against article 3.1 Comptabiliteitswet",
        ),
        "parliament_told": Text(nl="Tweede Kamer geïnformeerd", en="Parliament informed"),
        "signed": Text(nl="Afspraak ondertekend", en="Agreement signed"),
    }
)


@dataclass(frozen=True)
class DatedFact:
    """It happened on that day; this shows it."""

    on: date
    evidence: str


@dataclass(frozen=True)
class Cover:
    """What is known of the money behind one agreement. None where it is not known."""

    reserved: Decimal | None = None
    granted: Decimal | None = None
    facts: Mapping[str, DatedFact] = field(default_factory=dict)
    promised: Decimal | None = None  # at most, as the text of the agreement says


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why."""

    yes: bool
    because: Text


def enough_reserved(cover: Cover) -> Answer:
    """At least what is granted is reserved."""
    if not cover.reserved:
        return Answer(
            yes=False,
            because=Text(
                nl="Er is nog geen geld gereserveerd.", en="No money has been reserved yet."
            ),
        )
    reserved = in_words(cover.reserved)
    if cover.granted is None:
        return Answer(
            yes=True,
            because=Text(
                nl=f"Gereserveerd: {reserved.nl}. Er is nog geen beschikking.",
                en=f"Reserved: {reserved.en}. There is no subsidy decision yet.",
            ),
        )
    granted = in_words(cover.granted)
    return Answer(
        cover.reserved >= cover.granted,
        Text(
            nl=f"Gereserveerd: {reserved.nl}; toegezegd: {granted.nl}.",
            en=f"Reserved: {reserved.en}; granted: {granted.en}.",
        ),
    )


def text_and_money_agree(cover: Cover) -> Answer:
    """The highest subsidy in the text is what is reserved, and no less than what is granted."""
    if cover.promised is None:
        return Answer(
            yes=True,
            because=Text(
                nl="Geen tekst van een afspraak noemt een hoogste subsidie.",
                en="No text of an agreement names a highest subsidy.",
            ),
        )
    promised = in_words(cover.promised)
    reserved = in_words(cover.reserved) if cover.reserved else NOTHING
    told = Text(
        nl=f"Tekst: ten hoogste {promised.nl}; gereserveerd: {reserved.nl}",
        en=f"Text: at most {promised.en}; reserved: {reserved.en}",
    )
    if cover.granted is not None:
        granted = in_words(cover.granted)
        told = Text(
            nl=f"{told.nl}; toegezegd: {granted.nl}", en=f"{told.en}; granted: {granted.en}"
        )
    found = differences(cover.promised, cover.reserved, cover.granted)
    return Answer(yes=not found, because=Text(nl=f"{told.nl}.", en=f"{told.en}."))


def reservation_clause(cover: Cover) -> Answer:
    """The agreement says that it holds as far as the budget law does."""
    return _known(cover, "reservation_clause")


def comptabiliteitswet_tested(cover: Cover) -> Answer:
    """The agreement was tested against article 3.1 of the Comptabiliteitswet."""
    return _known(cover, "comptabiliteitswet")


def parliament_before_signing(cover: Cover) -> Answer:
    """Parliament was informed before the agreement was signed, or it is not signed yet."""
    told, signed = cover.facts.get("parliament_told"), cover.facts.get("signed")
    if told is None:
        return _known(cover, "parliament_told")
    if signed is not None and told.on >= signed.on:
        return Answer(
            yes=False,
            because=Text(
                nl=f"De Kamer is op {told.on} geïnformeerd, niet vóór de ondertekening op "
                f"{signed.on}.",
                en=f"Parliament was informed on {told.on}, not before the signing on {signed.on}.",
            ),
        )
    return _known(cover, "parliament_told")


def _known(cover: Cover, kind: str) -> Answer:
    fact, label = cover.facts.get(kind), FACTS[kind]
    if fact is None:
        return Answer(
            yes=False,
            because=Text(nl=f"Niet vastgelegd: {label.nl}.", en=f"Not recorded: {label.en}."),
        )
    shown = f", {fact.evidence}" if fact.evidence else ""
    return Answer(
        yes=True,
        because=Text(nl=f"{label.nl}: {fact.on}{shown}.", en=f"{label.en}: {fact.on}{shown}."),
    )
