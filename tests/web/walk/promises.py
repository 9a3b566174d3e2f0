# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of a dossier, what they wait for, the risk register, and all that is held up."""

from tests.web.walk.asked import EVERYBODY, PARTNERS, TEAM, Asked, deed
from tests.web.walk.dossiers import page

KEEP = "lead member analyst"
LEADS = "lead programme"
SEE = f"{TEAM} {PARTNERS} company programme auditor"
SEE_RISKS = f"{TEAM} programme auditor"

IT = {"code": "dossier"}
A_PROMISE = {**IT, "promise": "promise"}
A_DEPENDENCY = {**IT, "dependency": "dependency"}
A_PROJECT = {**IT, "project": "project"}
A_WAIT = {**IT, "wait": "wait"}
A_WAIVER = {**IT, "waiver": "waiver_request"}
A_RISK = {**IT, "risk": "risk"}

ANSWERS: dict[str, tuple[Asked, ...]] = {
    "promises:held-up": (Asked(EVERYBODY),),
    "promises:dossier": (page(SEE),),
    "promises:promise": (page(SEE, A_PROMISE), deed(KEEP, A_PROMISE)),
    "promises:dependency": (page(SEE, A_DEPENDENCY), deed(KEEP, A_DEPENDENCY)),
    "promises:new-promise": (page(KEEP), deed(KEEP, IT)),
    "promises:change-promise": (page(KEEP, A_PROMISE), deed(KEEP, A_PROMISE)),
    "promises:keep": (page(KEEP, A_PROMISE), deed(KEEP, A_PROMISE)),
    "promises:waive": (page(KEEP, A_PROMISE), deed(KEEP, A_PROMISE)),
    "promises:answer-waiver": (page(LEADS, A_WAIVER), deed(LEADS, A_WAIVER)),
    "promises:waivers": (Asked(EVERYBODY),),
    "promises:new-dependency": (page(KEEP), deed(KEEP, IT)),
    "promises:change-dependency": (page(KEEP, A_DEPENDENCY), deed(KEEP, A_DEPENDENCY)),
    "promises:step": (deed(KEEP, A_DEPENDENCY),),
    "promises:start": (page(KEEP, A_PROJECT), deed(KEEP, A_PROJECT)),
    "promises:connect": (page(KEEP), deed(KEEP, IT)),
    "promises:disconnect": (page(KEEP, A_WAIT), deed(KEEP, A_WAIT, because="vervallen")),
    "promises:risks": (page(SEE_RISKS),),
    "promises:new-risk": (page(KEEP), deed(KEEP, IT)),
    "promises:change-risk": (page(KEEP, A_RISK), deed(KEEP, A_RISK)),
}
