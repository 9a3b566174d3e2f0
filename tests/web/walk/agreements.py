# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements: texts, what is in force, amendments; and the negotiation, for the State alone."""

from tests.web.walk.asked import PARTNERS, TEAM, Asked, deed, others

INSIDE = f"{TEAM} programme auditor"
SEES = f"{INSIDE} {PARTNERS} company"
DRAFT = "lead member analyst"
NEGOTIATE = "lead member"

IT = {"code": "dossier"}
OPEN = {**IT, "draft": "text"}
FINAL = {**IT, "draft": "final_text"}
A_FIELD = {**OPEN, "name": "=company"}
A_CLAUSE = {**OPEN, "clause": "=parties"}
IN_FORCE = {**IT, "agreement": "agreement"}
TERMS = {**IN_FORCE, "number": "=1"}
CHANGE = {**IT, "amendment": "amendment"}


def page(may: str, fill: dict[str, str]) -> Asked:
    """A page of a dossier; who may know of the dossier hears why not."""
    return Asked(may, others(may), fill=fill)


def inside(fill: dict[str, str]) -> Asked:
    """Something that was not shared: for company and partners it is not there."""
    return Asked(INSIDE, "minister_office", fill=fill)


ANSWERS: dict[str, tuple[Asked, ...]] = {
    "agreements:dossier": (page(SEES, IT),),
    "agreements:compare": (inside(IT),),  # others see no two texts
    # ── texts ──
    "agreements:begin": (page(DRAFT, IT), deed(DRAFT, IT)),
    "agreements:text": (inside(OPEN),),
    "agreements:text-odt": (inside(OPEN),),
    "agreements:text-pdf": (inside(OPEN),),
    "agreements:fill": (page(DRAFT, A_FIELD), deed(DRAFT, A_FIELD)),
    "agreements:clause": (page(DRAFT, A_CLAUSE), deed(DRAFT, A_CLAUSE)),
    "agreements:take-over": (deed(DRAFT, OPEN),),
    "agreements:make-final": (deed(DRAFT, OPEN),),
    "agreements:share": (deed(DRAFT, FINAL),),
    "agreements:hand-in": (deed("lead member", FINAL),),  # of a subject that the analyst has not
    "agreements:put-in-force": (page("lead", FINAL), deed("lead", FINAL)),
    # ── what is in force ──
    "agreements:terms": (page(SEES, TERMS),),
    "agreements:terms-odt": (page(SEES, TERMS),),
    "agreements:terms-pdf": (page(SEES, TERMS),),
    "agreements:new-amendment": (page(DRAFT, IN_FORCE), deed(DRAFT, IN_FORCE)),
    # ── amendments ──
    "agreements:amendment": (inside(CHANGE),),
    "agreements:change": (Asked(knows=others(DRAFT), fill=CHANGE),),  # no part was chosen
    "agreements:add-clause": (page(DRAFT, CHANGE), deed(DRAFT, CHANGE)),
    "agreements:take-clause-out": (page(DRAFT, CHANGE), deed(DRAFT, CHANGE)),
    "agreements:move-clause": (page(DRAFT, CHANGE), deed(DRAFT, CHANGE)),
    "agreements:drop-change": (deed(DRAFT, CHANGE, path="field.end_date"),),
    "agreements:share-amendment": (deed(DRAFT, CHANGE),),
    "agreements:replay": (page(DRAFT, CHANGE), deed(DRAFT, CHANGE)),
    "agreements:decide": (page("lead", CHANGE), deed("lead", CHANGE)),
    "agreements:withdraw": (page(DRAFT, CHANGE), deed(DRAFT, CHANGE)),
    # ── the negotiation ──
    "agreements:negotiation": (page(TEAM, IT),),
    "agreements:mandate": (page(NEGOTIATE, IT), deed(NEGOTIATE, IT)),
    "agreements:move": (page(NEGOTIATE, IT), deed(NEGOTIATE, IT)),
    "agreements:informed": (page(NEGOTIATE, IT), deed(NEGOTIATE, IT)),
}
