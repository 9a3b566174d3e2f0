# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with the clauses of what is in force: an own one comes in, one goes out, one moves.

Takes     an open amendment, a person, values; never a request.
Gives     the changes of that amendment. Nothing holds before it is decided.
Leaves    the order of clauses to `dossier.agreement.order`, amendments to `amending.py`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from maatwerkbank.dossier.agreement import amendments as pure
from maatwerkbank.dossier.agreement.library import Clause, library
from maatwerkbank.dossier.agreement.order import FIRST, ORDER, put_after
from maatwerkbank.dossier.agreement.terms import CLAUSE, order_of, own_clause
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.amending import drop_change, lacks_of_change, set_change
from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.agreements.stored import amendment_of
from maatwerkbank.web.dossiers.deeds import finding, refuse
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed

A_CLAUSE = Text(nl="een bepaling van deze tekst", en="a clause of this text")
ANOTHER_PLACE = Text(nl="een andere plaats", en="another place")


def proposed_terms(amendment: Amendment) -> dict[str, Any]:
    """The terms as they would read with this amendment in them."""
    base = amendment.agreement.versions.get(number=amendment.base)
    return pure.applied(base.terms, amendment_of(amendment).changes)


def clauses_of(amendment: Amendment) -> tuple[Clause, ...]:
    """The clauses as they would read, in their order."""
    terms = proposed_terms(amendment)
    order = order_of(library(amendment.agreement.library), terms)
    return tuple(Clause.from_json(terms[f"{CLAUSE}{key}"]) for key in order)


@transaction.atomic
def add_own_clause(
    *,
    amendment: Amendment,
    by: Person,
    heading: Text,
    text: Text,
    after: str,
    reason: str,
    kind: str,
) -> Clause:
    """Put a clause of the parties' own in, directly after another one, or first."""
    require(by, Deed.DRAFT, amendment.dossier)
    made = own_clause(heading, text, uuid4().hex[:8])
    why = {"reason": reason, "kind": kind}
    path, value = f"{CLAUSE}{made.id}", made.as_json()
    refuse(
        [
            *lacks_of_change({"path": path, "value": value, **why}),
            *_unknown(amendment, after, "after"),
        ]
    )
    order = [each.id for each in clauses_of(amendment)]
    set_change(amendment=amendment, by=by, path=path, value=value, reason=reason, kind=kind)
    _put(amendment, by, put_after(order, made.id, after), why)
    return made


@transaction.atomic
def take_clause_out(
    *, amendment: Amendment, by: Person, clause: str, reason: str, kind: str
) -> None:
    """Take a clause out; one that this amendment itself put in is simply left out of it."""
    require(by, Deed.DRAFT, amendment.dossier)
    refuse(_unknown(amendment, clause, "clause", first=False))
    path = f"{CLAUSE}{clause}"
    if path not in amendment.agreement.versions.get(number=amendment.base).terms:
        drop_change(amendment=amendment, by=by, path=path)
        return
    set_change(
        amendment=amendment,
        by=by,
        path=path,
        value=None,
        reason=reason,
        kind=kind,
        removes=True,
    )


@transaction.atomic
def move_clause(
    *, amendment: Amendment, by: Person, clause: str, after: str, reason: str, kind: str
) -> None:
    """Put a clause directly after another one, or first."""
    require(by, Deed.DRAFT, amendment.dossier)
    refuse(lacks_of_move(amendment, clause, after))
    order = [each.id for each in clauses_of(amendment)]
    _put(amendment, by, put_after(order, clause, after), {"reason": reason, "kind": kind})


def lacks_of_move(amendment: Amendment, clause: str, after: str) -> list[Finding]:
    """What is not right in a move: all of it."""
    found = [
        *_unknown(amendment, clause, "clause", first=False),
        *_unknown(amendment, after, "after"),
    ]
    order = tuple(each.id for each in clauses_of(amendment))
    if not found and put_after(order, clause, after) == order:
        found.append(finding("after", ANOTHER_PLACE, Text(nl="dezelfde", en="the same one")))
    return found


def _put(amendment: Amendment, by: Person, order: tuple[str, ...], why: Mapping[str, str]) -> None:
    held = amendment.changes.filter(path=ORDER).first()
    reason = f"{held.reason}; {why['reason']}" if held else why["reason"]
    set_change(
        amendment=amendment,
        by=by,
        path=ORDER,
        value=list(order),
        reason=reason,
        kind=why["kind"],
    )


def _unknown(amendment: Amendment, clause: str, place: str, *, first: bool = True) -> list[Finding]:
    known = [each.id for each in clauses_of(amendment)]
    if clause in known or (first and clause == FIRST):
        return []
    return [finding(place, A_CLAUSE, clause or Text(nl="niets", en="nothing"))]
