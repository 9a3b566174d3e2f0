# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which role may do what with a dossier: the table that the guard reads.

Takes     nothing.
Gives     the deeds, and per role and per office those that are allowed; the rest is not.
Leaves    whether a person holds a role on a dossier, and which rows that opens, to `access.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Deed(StrEnum):
    """Everything that somebody can do with a dossier."""

    SEE = "see"
    SEE_GATES = "see_gates"
    SEE_DOCUMENTS = "see_documents"
    SEE_RUNS = "see_runs"
    SEE_DECISIONS = "see_decisions"
    SEE_TEAM = "see_team"
    SEE_HISTORY = "see_history"
    SEE_LOOKS = "see_looks"
    ATTEST = "attest"
    ATTACH = "attach"
    JUDGE_DOCUMENT = "judge_document"
    CLASSIFY = "classify"
    HAND_IN_CASE = "hand_in_case"
    RUN = "run"
    PIN = "pin"
    DECIDE = "decide"
    OVERRIDE = "override"
    CLOSE = "close"
    MOVE_TRAJECTORY = "move_trajectory"
    PLAN = "plan"
    MANAGE_TEAM = "manage_team"
    FREEZE_SET = "freeze_set"
    EXPORT = "export"
    SEE_PROMISES = "see_promises"
    KEEP_PROMISES = "keep_promises"
    WAIVE_PROMISE = "waive_promise"
    SEE_RISKS = "see_risks"
    KEEP_RISKS = "keep_risks"
    SEE_ADVICE = "see_advice"
    ASK_ADVICE = "ask_advice"
    ANSWER_ADVICE = "answer_advice"
    KEEP_REVIEWS = "keep_reviews"
    KEEP_LESSONS = "keep_lessons"
    SEE_POSITIONS = "see_positions"
    ASK_POSITION = "ask_position"
    TAKE_POSITION = "take_position"
    SEE_AGREEMENT = "see_agreement"
    DRAFT = "draft"
    AMEND = "amend"
    SEE_NEGOTIATION = "see_negotiation"
    NEGOTIATE = "negotiate"
    SEE_MONEY = "see_money"
    KEEP_MONEY = "keep_money"
    SEE_EXECUTION = "see_execution"
    REPORT = "report"
    VERIFY = "verify"
    SEE_STATEMENTS = "see_statements"
    DRAFT_STATEMENT = "draft_statement"
    APPROVE_STATEMENT = "approve_statement"
    RELEASE = "release"
    SEE_DISCLOSURE = "see_disclosure"
    KEEP_DISCLOSURE = "keep_disclosure"
    DECIDE_DISCLOSURE = "decide_disclosure"
    GIVE_VIEW = "give_view"


D = Deed
_LOOK = frozenset(
    {
        D.SEE,
        D.SEE_GATES,
        D.SEE_DOCUMENTS,
        D.SEE_RUNS,
        D.SEE_DECISIONS,
        D.SEE_TEAM,
        D.SEE_PROMISES,
        D.SEE_RISKS,
        D.SEE_ADVICE,
        D.SEE_POSITIONS,
        D.SEE_AGREEMENT,
        D.SEE_MONEY,
        D.SEE_EXECUTION,
        D.SEE_STATEMENTS,
    }
)
_TEAM = _LOOK | {
    D.SEE_HISTORY,
    D.ATTEST,
    D.ATTACH,
    D.JUDGE_DOCUMENT,
    D.CLASSIFY,
    D.HAND_IN_CASE,
    D.RUN,
    D.PIN,
    D.PLAN,
    D.OVERRIDE,
    D.EXPORT,
    D.KEEP_PROMISES,
    D.KEEP_RISKS,
    D.KEEP_REVIEWS,
    D.KEEP_LESSONS,
    D.ASK_POSITION,
    D.DRAFT,
    D.SEE_NEGOTIATION,
    D.NEGOTIATE,
    D.VERIFY,
    D.DRAFT_STATEMENT,
    D.SEE_DISCLOSURE,
    D.KEEP_DISCLOSURE,
}
_LEAD = _TEAM | {
    D.SEE_LOOKS,
    D.DECIDE,
    D.CLOSE,
    D.MOVE_TRAJECTORY,
    D.MANAGE_TEAM,
    D.FREEZE_SET,
    D.WAIVE_PROMISE,
    D.ASK_ADVICE,
    D.ANSWER_ADVICE,
    D.AMEND,
    D.KEEP_MONEY,
    D.APPROVE_STATEMENT,
    D.RELEASE,
    D.DECIDE_DISCLOSURE,
}
_PARTNER = frozenset(
    {
        D.SEE,
        D.SEE_GATES,
        D.SEE_DOCUMENTS,
        D.ATTEST,
        D.ATTACH,
        D.SEE_PROMISES,
        D.SEE_POSITIONS,
        D.TAKE_POSITION,
        D.SEE_AGREEMENT,
        D.SEE_EXECUTION,
    }
)

# What a role on a dossier may do with that dossier.
RIGHTS: Mapping[str, frozenset[Deed]] = MappingProxyType(
    {
        "case_lead": _LEAD,
        "case_team": _TEAM,
        "analyst": _TEAM - {D.OVERRIDE, D.CLASSIFY, D.NEGOTIATE},
        "ienw": _LOOK | {D.ATTEST, D.ATTACH, D.SEE_HISTORY, D.SEE_NEGOTIATION, D.TAKE_POSITION},
        "programme": _LEAD,
        "minister_office": _LOOK,
        "province": _PARTNER,
        "environmental_service": _PARTNER,
        "company": frozenset(
            {
                D.SEE,
                D.SEE_DOCUMENTS,
                D.ATTEST,
                D.ATTACH,
                D.HAND_IN_CASE,
                D.SEE_PROMISES,
                D.SEE_AGREEMENT,
                D.SEE_EXECUTION,
                D.REPORT,
                D.GIVE_VIEW,
            }
        ),
        "committee_secretary": frozenset(),
        "adviser": frozenset(),
        "auditor": _LOOK | {D.SEE_HISTORY, D.SEE_LOOKS, D.EXPORT},
        "observer": frozenset({D.SEE}),
        "administrator": frozenset(),
    }
)

# What an office may do with every dossier, without a role on it.
OFFICE_RIGHTS: Mapping[str, frozenset[Deed]] = MappingProxyType(
    {
        "": frozenset(),
        "programme": _LOOK
        | {
            D.SEE_HISTORY,
            D.ATTEST,
            D.DECIDE,
            D.OVERRIDE,
            D.CLOSE,
            D.WAIVE_PROMISE,
            D.MANAGE_TEAM,
            D.APPROVE_STATEMENT,
            D.RELEASE,
            D.SEE_DISCLOSURE,
            D.DECIDE_DISCLOSURE,
        },
        "minister_office": frozenset({D.SEE, D.SEE_GATES, D.SEE_DECISIONS, D.SEE_STATEMENTS}),
        "auditor": RIGHTS["auditor"],
        "observer": frozenset(),
        "administrator": frozenset(),
    }
)

# An observer's office reads what is public.
PUBLIC_TO_OFFICES = ("observer",)
