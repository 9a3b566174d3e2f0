# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of papers: who gets what. The paper of the walk is about a general subject, and the
firm handed it in; its draft is of the ministry; adviser and secretary read a set that holds it."""

from tests.web.walk.asked import EVERYBODY, Asked, deed, others

DOSSIER = {"code": "dossier"}
PAPER = {"code": "document"}
VERSION = {"code": "version"}
SET = {"code": "frozen_set"}

READ = "lead member analyst ienw province company programme auditor"
BRING = "lead member analyst ienw province company"
LIST = f"{READ} environment"

MINISTRY = "lead member programme"


def of_a_paper(may: str, fill: dict[str, str]) -> Asked:
    """A deed with a paper: who reads the paper hears why not."""
    knows = " ".join(name for name in READ.split() if name not in may.split())
    return Asked(may, knows, "POST", fill)


ANSWERS: dict[str, tuple[Asked, ...]] = {
    "documents:papers": (Asked(LIST, others(LIST), fill=DOSSIER),),
    "documents:add": (
        Asked(f"{BRING} environment", others(f"{BRING} environment"), fill=DOSSIER),
        deed(f"{BRING} environment", DOSSIER),
    ),
    "documents:sets-of": (Asked("lead", others("lead"), fill=DOSSIER),),
    "documents:freeze": (
        Asked("lead", others("lead"), fill=DOSSIER),
        deed("lead", DOSSIER, purpose="x"),
    ),
    "documents:export": (
        Asked("lead member analyst auditor", others("lead member analyst auditor"), fill=DOSSIER),
        deed("lead member analyst auditor", DOSSIER),
    ),
    "documents:looks": (Asked("lead auditor", others("lead auditor"), fill=DOSSIER),),
    "documents:sets": (Asked(EVERYBODY),),
    "documents:set": (Asked("lead adviser secretary", fill=SET),),
    "documents:manifest": (Asked("lead adviser secretary", fill=SET),),
    "documents:admit": (Asked("lead", "adviser secretary", "POST", SET),),
    # The person of the walk reads no set: there is nobody to take it away from.
    "documents:end-reading": (
        Asked("", "adviser secretary", "POST", {**SET, "person": "=person"}),
    ),
    "documents:download": (Asked(f"{READ} adviser secretary", fill=VERSION),),
    "documents:hand-in": (of_a_paper(BRING, VERSION),),
    "documents:discard": (of_a_paper(BRING, VERSION),),
    "documents:judge": (of_a_paper("lead member analyst", VERSION),),
    "documents:sign": (of_a_paper(BRING, VERSION),),
    "documents:passages": (
        Asked(READ, fill=VERSION),
        Asked(MINISTRY, fill={"code": "draft"}),
        of_a_paper(BRING, VERSION),
    ),
    "documents:judge-passage": (of_a_paper("lead member", {"code": "passage"}),),
    "documents:document": (Asked(READ, fill=PAPER),),
    "documents:new-version": (of_a_paper(BRING, PAPER),),
    "documents:classify": (of_a_paper("lead member", PAPER),),
    # The second version is the draft of the ministry: others have nothing to compare.
    "documents:compare": (Asked(MINISTRY, fill=PAPER),),
}
