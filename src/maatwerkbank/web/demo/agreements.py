# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts, changes and the negotiation of the invented firm, made by the people of the demo.

Takes     the dossier of the invented firm, after its first gates.
Gives     an Expression of Principles in force with two open amendments that touch one field; the
          negotiation with one offer outside the mandate. Every deed by the service of the pages.
Leaves    real firms alone: what they agreed stands in the papers that the State published.
"""

from collections.abc import Mapping
from typing import Any

from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements import amending, bargaining, clauses, drafts
from maatwerkbank.web.agreements.models import Agreement, Draft
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person

People = Mapping[str, Person]


def bargain_example(dossier: Dossier, people: People) -> None:
    """Everything that people wrote and bargained."""
    told = table("agreements.yaml")
    agreement = _in_force(dossier, told["text"], people)
    for each in told["amendments"]:
        _amendment(agreement, each, people)
    _negotiation(dossier, told, people)


def _in_force(dossier: Dossier, told: Mapping[str, Any], people: People) -> Agreement:
    draft = _text(dossier, told, people)
    drafts.share(draft=draft, by=people["projectteam"])
    return amending.put_in_force(
        draft=draft, by=people["projectleider"], in_force_on=told["in_force_on"]
    )


def _text(dossier: Dossier, told: Mapping[str, Any], people: People) -> Draft:
    by = people["projectteam"]
    draft = drafts.begin(dossier=dossier, by=by, kind=told["kind"], optional=told["optional"])
    for name, value in told["values"].items():
        drafts.fill(draft=draft, by=by, name=name, value=value)
    return drafts.make_final(draft=draft, by=by)


def _amendment(agreement: Agreement, told: Mapping[str, Any], people: People) -> None:
    by = people[told["by"]]
    amendment = amending.open_amendment(agreement=agreement, by=by, title=told["title"])
    for change in told["changes"]:
        amending.set_change(amendment=amendment, by=by, **change)
    for clause in told.get("own_clauses", ()):
        heading, text = Text(**clause["heading"]), Text(**clause["text"])
        clauses.add_own_clause(
            amendment=amendment, by=by, **{**clause, "heading": heading, "text": text}
        )


def _negotiation(dossier: Dossier, told: Mapping[str, Any], people: People) -> None:
    by = people["projectleider"]
    for each in told["mandates"]:
        bargaining.give_mandate(dossier=dossier, by=by, **each)
    before = None
    for each in told["moves"]:
        given = {key: value for key, value in each.items() if key != "answers"}
        before = bargaining.record_move(
            dossier=dossier,
            by=by,
            in_return_for=before if each.get("answers") else None,
            **given,
        )
    for each in told["informed"]:
        bargaining.record_informed(dossier=dossier, by=by, **each)
