# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements, released figures, totals and letters. What is public may be seen by all who may know
of the dossier; what is in the making, by the State."""

from collections.abc import Mapping

from tests.web.walk.asked import EVERYBODY, KNOWING, Asked, deed
from tests.web.walk.dossiers import page

DRAFT = "lead member analyst"
APPROVE = "lead programme"
OVER_ALL = "programme minister_office auditor"

IT = {"code": "dossier"}
STATEMENT = {**IT, "statement": "statement"}
FIGURE = {**IT, "figure": "aim"}
DECISION = {**IT, "release": "figure_release"}
TOTAL = {"total": "=total.co2.eop.gross.2030.t-per-year"}
LETTER = {"letter": "letter"}


def of_all(may: str, fill: Mapping[str, str], method: str = "GET") -> Asked:
    """A screen of no one dossier; everybody else hears why not."""
    return Asked(may, method=method, fill=fill, refused=403)


def letter(may: str, method: str = "GET", kind: str = "") -> Asked:
    """Something with a letter; who sees no letters does not know that there is one."""
    others = " ".join(each for each in OVER_ALL.split() if each not in may.split())
    fill = {**LETTER, "kind": f"={kind}"} if kind else LETTER
    return Asked(may, others, method, fill)


ANSWERS: dict[str, tuple[Asked, ...]] = {
    "releases:overview": (Asked(EVERYBODY),),
    "releases:total": (of_all("programme", TOTAL), of_all("programme", TOTAL, "POST")),
    "releases:withdraw-total": (
        of_all("programme", {"release": "total"}),
        of_all("programme", {"release": "total"}, "POST"),
    ),
    # ── letters ──
    "releases:compose": (of_all("programme", {}),),
    "releases:letter": (letter(OVER_ALL),),
    "releases:letter-file": (letter(OVER_ALL, kind="md"),),
    "releases:letter-approve": (letter("programme minister_office", "POST"),),
    "releases:letter-sent": (
        letter("programme minister_office"),
        letter("programme minister_office", "POST"),
    ),
    "releases:letter-withdraw": (letter("programme", "POST"),),
    # ── one dossier ──
    "releases:dossier": (page(KNOWING, IT),),
    "releases:draft": (deed(DRAFT, IT),),
    "releases:edit": (page(DRAFT, STATEMENT), deed(DRAFT, STATEMENT)),
    "releases:propose": (deed(DRAFT, STATEMENT),),
    "releases:approve": (page(APPROVE, STATEMENT), deed(APPROVE, STATEMENT)),
    "releases:send-back": (page(APPROVE, STATEMENT), deed(APPROVE, STATEMENT)),
    "releases:release": (deed(APPROVE, STATEMENT),),
    "releases:withdraw": (page(DRAFT, STATEMENT), deed(DRAFT, STATEMENT)),
    # ── its figures ──
    "releases:figure": (page(APPROVE, FIGURE), deed(APPROVE, FIGURE)),
    "releases:refuse": (page(APPROVE, FIGURE), deed(APPROVE, FIGURE)),
    "releases:withdraw-figure": (page(APPROVE, DECISION), deed(APPROVE, DECISION)),
}
