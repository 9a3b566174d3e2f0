# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dossiers: the page, its gates and decisions, the road, the plan, the team."""

from tests.web.walk.asked import EVERYBODY, KNOWING, PARTNERS, TEAM, Asked, deed, others
from tests.web.walk.filled import GATE

OVER_ALL = "programme minister_office auditor"
SEE_GATES = f"{TEAM} {PARTNERS} {OVER_ALL}"
SEE_DECISIONS = f"{TEAM} {OVER_ALL}"
SEE_TEAM = SEE_HISTORY = f"{TEAM} programme auditor"
PLAN = "lead member analyst"
LEADS = "lead programme"

IT = {"code": "dossier"}
AT_THE_GATE = {**IT, "gate": f"={GATE}"}
A_MILESTONE = {**IT, "milestone": "milestone"}
A_PROJECT = {**IT, "project": "project"}
AN_AMBITION = {**IT, "ambition": "ambition"}


def page(may: str, fill: dict[str, str] | None = None) -> Asked:
    """A page of a dossier; who may know of the dossier hears why not."""
    return Asked(may, others(may), fill=fill or IT)


ANSWERS = {
    "dossiers:open": (
        Asked("programme", fill={"slug": "=zoutfabriek"}, refused=403),
        Asked("programme", method="POST", fill={"slug": "=zoutfabriek"}, refused=403),
    ),
    "dossiers:overrides": (Asked(EVERYBODY),),
    "dossiers:dossier": (page(KNOWING),),
    # ── gates and decisions ──
    "dossiers:gate": (page(f"{SEE_GATES} company", AT_THE_GATE),),
    "dossiers:attest": (
        deed(
            "lead member company",
            AT_THE_GATE,
            **{"criterion": "routes_to_study", "attest-routes_to_study-statement": "bezien"},
        ),
    ),
    "dossiers:withdraw": (Asked(method="POST", fill=AT_THE_GATE),),  # of nothing
    "dossiers:ask-override": (
        deed(
            "lead member programme",
            AT_THE_GATE,
            **{"criterion": "routes_to_study", "override-routes_to_study-reason": "volgt"},
        ),
    ),
    "dossiers:answer-override": (  # the member asked for it
        deed(
            LEADS,
            {**IT, "override": "override"},
            **{"answer-team_in_place-answer": "refused", "answer-team_in_place-reason": "nee"},
        ),
    ),
    "dossiers:decide-gate": (
        deed(
            LEADS,
            AT_THE_GATE,
            **{
                "decide-outcome": "refused",
                "decide-reason": "nog niet",
                "decide-expected_stage": "eop",
                "decide-last_seen": "0",
                "decide-decided_on": "2025-02-01",
            },
        ),
    ),
    "dossiers:decisions": (page(SEE_DECISIONS),),
    "dossiers:decision": (page(SEE_DECISIONS, {**IT, "decision": "decision"}),),
    "dossiers:exit": (page(LEADS), deed(LEADS, IT)),
    "dossiers:re-enter": (page(LEADS), deed(LEADS, IT)),
    "dossiers:level": (page("lead member"), deed("lead member", IT)),
    "dossiers:history": (page(SEE_HISTORY),),
    "dossiers:trajectory": (page(SEE_GATES), deed("lead", IT)),
    # ── the team ──
    "dossiers:team": (page(SEE_TEAM), deed(LEADS, IT)),
    "dossiers:end-membership": (deed(LEADS, {**IT, "membership": "membership"}),),
    # ── the plan ──
    "dossiers:planning": (page(KNOWING),),
    "dossiers:new-milestone": (page(PLAN), deed(PLAN, IT)),
    "dossiers:milestone": (
        page(KNOWING, A_MILESTONE),  # a permit: of the subjects of partners and firm
        deed(PLAN, A_MILESTONE),
    ),
    "dossiers:change-milestone": (page(PLAN, A_MILESTONE), deed(PLAN, A_MILESTONE)),
    "dossiers:new-project": (page(PLAN), deed(PLAN, IT)),
    "dossiers:change-project": (page(PLAN, A_PROJECT), deed(PLAN, A_PROJECT)),
    "dossiers:new-ambition": (page(PLAN), deed(PLAN, IT)),
    "dossiers:change-ambition": (page(PLAN, AN_AMBITION), deed(PLAN, AN_AMBITION)),
}
