# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored risks as values, and which of them contradict the last plan, for a gate.

Takes     rows, or dossiers, that the guard gave.
Gives     a risk as `dossier.promises.risk_register` reckons with it; per dossier what contradicts.
Leaves    deeds and what somebody may see to `risks.py`.
"""

import json
from collections.abc import Collection
from functools import lru_cache

from django.db.models.fields.json import KT

from maatwerkbank.dossier.evidence import RiskRegisterFact
from maatwerkbank.dossier.promises import risk_register as pure
from maatwerkbank.plant.uncertainty import Uncertainties
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.per_dossier import per_dossier
from maatwerkbank.web.promises.models import Risk
from maatwerkbank.web.runs.models import CaseVersion

GATES_THAT_ASK = ("to_draft_jloi", "to_advice", "to_investment_decision")
KEPT = 256  # plans of which the uncertainties stay read


def risk_register_facts(
    dossiers: Collection[Dossier], gates: Collection[str]
) -> dict[int, RiskRegisterFact]:
    """Per dossier (its pk) with a plan: which risks the last plan contradicts, in two queries.

    Asked only where a gate that asks it is at hand.
    """
    if not set(GATES_THAT_ASK) & set(gates):
        return {}
    plans = list(
        CaseVersion.objects.filter(dossier__in=dossiers, state="handed_in")
        .order_by("dossier", "-number")
        .distinct("dossier")
        .values_list("dossier", "number", KT("document__uncertainties"))
    )
    with_plan = [dossier for dossier, _number, _declared in plans]
    rows = per_dossier(Risk.objects.filter(dossier__in=with_plan).order_by("pk"))
    return {
        dossier: RiskRegisterFact(
            number,
            len(rows[dossier]),
            tuple(
                str(row.code)
                for row in rows[dossier]
                if row.uncertainties
                and pure.contradictions_of(as_risk(row), _read(declared or "{}"))
            ),
        )
        for dossier, number, declared in plans
    }


@lru_cache(maxsize=KEPT)
def _read(declared: str) -> Uncertainties:
    return Uncertainties.model_validate(json.loads(declared))


def as_risk(row: Risk) -> pure.Risk:
    """A row as the value that is held against the plan."""

    def weight(name: str) -> pure.Weight | None:
        likelihood = getattr(row, f"{name}_likelihood")
        return pure.Weight(likelihood, getattr(row, f"{name}_impact")) if likelihood else None

    return pure.Risk(
        id=str(row.code),
        cause=row.cause or "",
        event=row.event or "",
        effect=row.effect or "",
        owner=row.owner or "",
        before=pure.Weight(row.before_likelihood, row.before_impact),
        mitigation=row.mitigation,
        after_own=weight("after_own"),
        state_support=row.state_support,
        after_all=weight("after_all"),
        uncertainties=tuple(row.uncertainties or ()),
    )
