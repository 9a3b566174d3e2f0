# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of `advice`. The advice of the walk is being written: adviser and secretary read
the set on which it rests. The item was put to the province."""

from tests.web.walk.asked import EVERYBODY, TEAM, Asked, deed, others

OVER_ALL = "programme auditor"
SEE_ADVICE = f"{TEAM} {OVER_ALL}"
ADVISERS = "adviser secretary"
LEADS = "lead"
KEEP = "lead member analyst"
SEE_POSITIONS = f"{TEAM} province environment {OVER_ALL}"
SEE_ITEM = f"{TEAM} province {OVER_ALL}"

IT = {"code": "dossier"}
ADVICE = {"code": "advice"}
REVIEW = {"code": "review"}
FINDING = {"code": "review_finding"}
ITEM = {"code": "item"}


def page(may: str) -> Asked:
    """A page of the dossier; who may know of the dossier hears why not."""
    return Asked(may, others(may), fill=IT)


def of_advisers(method: str = "GET", **data: str) -> Asked:
    """What advisers do; who sees that advice was asked hears why not."""
    return Asked(ADVISERS, SEE_ADVICE, method, ADVICE, data)


def of_leads(method: str = "GET", *, not_yet: str = LEADS) -> Asked:
    """What is done after an advice was given: the advice of the walk is not."""
    knows = " ".join(each for each in f"{SEE_ADVICE} {ADVISERS}".split() if each not in not_yet)
    return Asked(not_yet, knows, method, ADVICE)


def within(may: str, sees: str, fill: dict[str, str], method: str = "GET", **data: str) -> Asked:
    """Of who sees the thing, who may do this."""
    knows = " ".join(each for each in sees.split() if each not in may.split())
    return Asked(may, knows, method, fill, data)


ANSWERS = {
    "advice:mine": (Asked(EVERYBODY),),
    "advice:lessons": (Asked(EVERYBODY),),
    "advice:dossier": (page(SEE_ADVICE),),
    "advice:ask": (page(LEADS), deed(LEADS, IT)),
    "advice:advice": (Asked(f"{SEE_ADVICE} {ADVISERS}", fill=ADVICE),),
    "advice:participants": (of_advisers(), of_advisers("POST")),
    "advice:add-participant": (of_advisers("POST"),),
    "advice:write": (of_advisers(), of_advisers("POST")),
    "advice:answer": (of_leads(), of_leads("POST")),
    "advice:publish": (of_leads(), of_leads("POST")),
    # ── reviews ──
    "advice:assign": (page(KEEP), deed(KEEP, IT)),
    "advice:review": (Asked(SEE_ADVICE, fill=REVIEW),),
    "advice:add-finding": (within(KEEP, SEE_ADVICE, REVIEW, "POST"),),
    "advice:report": (within(KEEP, SEE_ADVICE, REVIEW, "POST"),),
    "advice:answer-finding": (within(KEEP, SEE_ADVICE, FINDING, "POST"),),
    "advice:close-finding": (within(KEEP, SEE_ADVICE, FINDING, "POST"),),
    # ── positions ──
    "advice:positions": (page(SEE_POSITIONS),),
    "advice:put": (page(KEEP), deed(KEEP, IT)),
    "advice:item": (
        Asked(SEE_ITEM, fill=ITEM),
        within(f"{KEEP} province", SEE_ITEM, ITEM, "POST"),
    ),
    # ── lessons ──
    "advice:write-lesson": (page(KEEP), deed(KEEP, IT)),
}
