# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of `execution`."""

from tests.web.walk.asked import TEAM, Asked, deed, others

IT = {"code": "dossier"}
REPORT = {**IT, "report": "report_asked"}
CLAUSE = {**IT, "clause": "money_clause", "year": "=2024"}
A_TRANCHE = {**IT, "tranche": "tranche"}
A_KPI = {**IT, "kpi": "kpi"}
A_CLAUSE = {**IT, "clause": "money_clause"}
SEE_EXECUTION = f"{TEAM} province environment company programme auditor"
SEE_MONEY = f"{TEAM} programme auditor"
SEE_GRANT = f"{SEE_MONEY} company"
PLAN = "lead member analyst"
OFFICES = "programme auditor"


def page(may: str, fill: dict[str, str] | None = None) -> Asked:
    """A page of a dossier; who may know of the dossier hears why not."""
    return Asked(may, others(may), fill=fill or IT)


ANSWERS: dict[str, tuple[Asked, ...]] = {
    # ── over all dossiers ──
    "execution:budget": (Asked(OFFICES, refused=403),),
    "execution:new-envelope": (
        Asked("programme", refused=403),
        Asked("programme", method="POST", refused=403),
    ),
    # ── money ──
    "execution:money": (page(SEE_MONEY),),
    "execution:book": (page("lead"), deed("lead", IT)),
    "execution:record-cover": (page("lead"), deed("lead", IT)),
    "execution:decision": (page("lead"), deed("lead", IT)),
    "execution:new-tranche": (page("lead"), deed("lead", IT)),
    "execution:pay": (
        page("lead", {**IT, "tranche": "tranche"}),
        deed("lead", {**IT, "tranche": "tranche"}),
    ),
    "execution:change-tranche": (page("lead", A_TRANCHE), deed("lead", A_TRANCHE)),
    "execution:withdraw-tranche": (page("lead", A_TRANCHE), deed("lead", A_TRANCHE)),
    # ── execution ──
    "execution:change-kpi": (page(PLAN, A_KPI), deed(PLAN, A_KPI)),
    "execution:withdraw-kpi": (page(PLAN, A_KPI), deed(PLAN, A_KPI)),
    "execution:change-clause": (page("lead", A_CLAUSE), deed("lead", A_CLAUSE)),
    "execution:withdraw-clause": (page("lead", A_CLAUSE), deed("lead", A_CLAUSE)),
    "execution:dossier": (page(SEE_EXECUTION),),
    "execution:new-kpi": (page(PLAN), deed(PLAN, IT)),
    "execution:new-schedule": (page(PLAN), deed(PLAN, IT)),
    "execution:new-clause": (
        page("lead", {**IT, "kind": "=claw_back"}),
        deed("lead", {**IT, "kind": "=claw_back"}),
    ),
    "execution:report": (page(SEE_GRANT, REPORT), deed("company", REPORT)),
    "execution:workbook": (page(SEE_GRANT, REPORT),),
    "execution:upload": (deed("company", REPORT),),
    "execution:verify": (page(PLAN, REPORT), deed(PLAN, REPORT)),
    "execution:consequence": (page(SEE_MONEY, CLAUSE), deed("lead", CLAUSE)),
}
