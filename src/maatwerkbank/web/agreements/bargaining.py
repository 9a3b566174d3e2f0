# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of the negotiation: write down a mandate, a move, and who was informed.

Takes     a dossier, a person, values; never a request.
Gives     rows that stay as they are; a wider mandate, or a better offer, is a new row.
Leaves    whether an offer lies within the mandate to `dossier.agreement.negotiation`.

The team of the State only: `Deed.NEGOTIATE` and `Deed.SEE_NEGOTIATION`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from maatwerkbank.dossier.agreement import negotiation as pure
from maatwerkbank.dossier.agreement.negotiation import MOVES, SIDES, SUBJECTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Informed, Mandate, Move
from maatwerkbank.web.dossiers.deeds import NOTHING, SOME_WORDS, finding, locked, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed

Fields = Mapping[str, Any]
A_DAY = Text(nl="een datum", en="a date")
AN_OFFICE = Text(nl="de functie die het mandaat geeft", en="the office that gives the mandate")
A_BODY = Text(nl="wie geïnformeerd is", en="who was informed")
AN_AMOUNT = Text(nl="een bedrag of hoeveelheid", en="an amount or quantity")
WHY_OUTSIDE = Text(
    nl="waarom dit buiten het mandaat gaat, en wie dat weet",
    en="why this goes outside the mandate, and who knows",
)


def mandate_as_told(row: Mandate) -> pure.Mandate:
    """The stored mandate as the floor below knows it."""
    return pure.Mandate(row.subject, row.given_by, row.low, row.high, row.since, row.until)


def move_as_told(row: Move) -> pure.Move:
    """The stored move."""
    return pure.Move(row.kind, row.side, row.subject, row.amount, row.on)


def lacks_of_mandate(given: Fields) -> list[Finding]:
    """What is not right in a mandate: all of it."""
    found = [
        finding(name, expected, NOTHING)
        for name, expected in (("given_by", AN_OFFICE), ("since", A_DAY), ("until", A_DAY))
        if not given.get(name)
    ]
    if given.get("subject") not in SUBJECTS:
        found.append(finding("subject", ", ".join(SUBJECTS), given.get("subject") or NOTHING))
    if not found:
        told = pure.Mandate(
            given["subject"],
            given["given_by"],
            given.get("low"),
            given.get("high"),
            given["since"],
            given["until"],
        )
        found.extend(pure.lacks_of_mandate(told))
    return found


@transaction.atomic
def give_mandate(*, dossier: Dossier, by: Person, **given: Any) -> Mandate:
    """Write down what the team may offer.

    Parameters
    ----------
    given : subject, given_by, low, high, since, until, words
    """
    require(by, Deed.NEGOTIATE, dossier)
    refuse(lacks_of_mandate(given))
    with changed_by(by):
        return Mandate.objects.create(dossier=dossier, recorded_by=by, **given)


def lacks_of_move(dossier: Dossier, given: Fields) -> list[Finding]:
    """What is not right in a move; also that it lies outside the mandate, unexplained."""
    found = [
        finding(name, ", ".join(known), given.get(name) or NOTHING)
        for name, known in (("kind", MOVES), ("side", SIDES), ("subject", SUBJECTS))
        if given.get(name) not in known
    ]
    if not (given.get("words") or "").strip():
        found.append(finding("words", SOME_WORDS, NOTHING))
    if not given.get("on"):
        found.append(finding("on", A_DAY, NOTHING))
    if found:
        return found
    if SUBJECTS[given["subject"]].unit is not None and given.get("amount") is None:
        return [finding("amount", AN_AMOUNT, NOTHING)]
    outside = outside_mandate(dossier, given)
    if outside and not (given.get("outside_because") or "").strip():
        return [*outside, finding("outside_because", WHY_OUTSIDE, NOTHING)]
    return []


def outside_mandate(dossier: Dossier, given: Fields) -> list[Finding]:
    """What the mandates say against this move."""
    move = pure.Move(
        given["kind"], given["side"], given["subject"], given.get("amount"), given["on"]
    )
    rows = Mandate.objects.filter(dossier=dossier, subject=given["subject"])
    return list(pure.outside(move, [mandate_as_told(row) for row in rows]))


@transaction.atomic
def record_move(*, dossier: Dossier, by: Person, **given: Any) -> Move:
    """Write an ask, an offer or a concession down, and what it was traded for.

    Parameters
    ----------
    given : kind, side, subject, amount, words, on, in_return_for, outside_because
    """
    require(by, Deed.NEGOTIATE, dossier)
    dossier = locked(dossier)
    refuse(lacks_of_move(dossier, given))
    with changed_by(by):
        return Move.objects.create(dossier=dossier, recorded_by=by, **given)


def lacks_of_informed(given: Fields) -> list[Finding]:
    """What is not right: all of it."""
    return [
        finding(name, expected, NOTHING)
        for name, expected in (("who", A_BODY), ("about", SOME_WORDS), ("on", A_DAY))
        if not given.get(name)
    ]


@transaction.atomic
def record_informed(
    *, dossier: Dossier, by: Person, who: str, about: str, on: date, how: str = ""
) -> Informed:
    """Write down who was told what, and when."""
    require(by, Deed.NEGOTIATE, dossier)
    refuse(lacks_of_informed({"who": who, "about": about, "on": on}))
    with changed_by(by):
        return Informed.objects.create(
            dossier=dossier, who=who, about=about, on=on, how=how, recorded_by=by
        )
