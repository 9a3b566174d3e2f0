# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored texts, terms and amendments as the floor below knows them.

Takes     rows.
Gives     frozen values of `dossier.agreement`.
Leaves    changing rows to `drafts.py` and `amending.py`.
"""

from collections.abc import Collection

from maatwerkbank.dossier.agreement import amendments as pure
from maatwerkbank.dossier.agreement import drafting
from maatwerkbank.dossier.agreement.covenant_points import covenant_fact
from maatwerkbank.dossier.agreement.drafting import FieldValue
from maatwerkbank.dossier.agreement.library import LIBRARIES, Clause, library
from maatwerkbank.dossier.evidence import CovenantFact
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Agreement, Amendment, Draft
from maatwerkbank.web.dossiers.models import Dossier

NAME = Text(nl="{0}, versie {1}", en="{0}, version {1}")


def text_of(draft: Draft) -> drafting.Draft:
    """The stored draft as the floor below knows it."""
    values = {
        each.name: FieldValue(each.value, each.origin, each.reference, each.taken_on)
        for each in draft.fields.all()
    }
    clauses = tuple(Clause.from_json(each) for each in draft.clauses)
    return drafting.Draft(library(draft.library), clauses, values)


def name_of(draft: Draft) -> Text:
    """What people call it: the kind of text and its version."""
    label = library(draft.library).label
    return Text(
        nl=NAME.nl.format(label.nl, draft.number), en=NAME.en.format(label.en, draft.number)
    )


def covenant_facts(
    dossiers: Collection[Dossier], gates: Collection[str]
) -> dict[tuple[int, str], CovenantFact]:
    """Per dossier (its pk) and kind of text what its last version answers, in two queries.

    Asked only where a gate to that kind of text is at hand.
    """
    kinds = [kind for kind in LIBRARIES if f"to_{kind}" in gates]
    if not kinds:
        return {}
    last = (
        Draft.objects.filter(dossier__in=dossiers, library__in=kinds)
        .order_by("dossier_id", "library", "-number")
        .distinct("dossier_id", "library")
        .prefetch_related("fields")
    )
    return {
        (each.dossier_id, each.library): covenant_fact(text_of(each), name_of(each).nl)
        for each in last
    }


def versions_of(agreement: Agreement) -> list[pure.Version]:
    """All terms of an agreement, the first one first."""
    return [
        pure.Version(
            each.number,
            each.terms,
            each.previous,
            each.hash,
            each.decided_on.isoformat(),
            str(each.amendment.code) if each.amendment else "",
            each.reasons,
        )
        for each in agreement.versions.select_related("amendment").order_by("number")
    ]


def amendment_of(amendment: Amendment) -> pure.Amendment:
    """The stored amendment."""
    return pure.Amendment(
        str(amendment.code),
        amendment.base,
        tuple(
            pure.Change(each.path, each.value, each.reason, each.kind, each.removes)
            for each in amendment.changes.all()
        ),
    )
