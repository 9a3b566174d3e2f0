# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON of a support assessment: plain values under keys that others rely on.

Takes     a support assessment.
Gives     dictionaries, lists, numbers and null; absent and unjudged are null.
Leaves    wording to `letter`. Documented in docs/reference/json.md; changed only with a version.
"""

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from maatwerkbank.economics.contract import plain
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Text
from maatwerkbank.rules.instrument import Condition, Lacking, Rest
from maatwerkbank.support.awards import Award, known_awards
from maatwerkbank.support.clauses import Settlement
from maatwerkbank.support.grant_forms import TwoSided
from maatwerkbank.support.ladder import Rung
from maatwerkbank.support.stacking import GrantRoom
from maatwerkbank.support.state_aid import Route, Verdict
from maatwerkbank.support.state_aid.cumulation import Stack

if TYPE_CHECKING:
    from maatwerkbank.support.assessment import OnPath, SupportAssessment


def support_json(
    found: "SupportAssessment", return_share: float | None, milestones: Mapping[int, float]
) -> dict[str, Any]:
    """Everything that `maatwerkbank support --json` gives."""
    years = found.ladder.without_support.years
    grant = found.ladder.grant
    known = found.grant[0] is not None
    contract = found.two_sided if known else None
    return {
        "receipt": found.base.receipt.as_json(),
        "id": found.case.id,
        "company": found.case.company,
        "kind": found.case.kind,
        **_judged("funding_gap_eur", found.gap),
        **_judged("left_after_generic_eur", found.left),
        **_judged("tailor_made_grant_eur", found.grant),
        "tailor_made_grant_by_year_eur": _by_year(
            years, np.sum([each.by_year for each in grant], axis=0)
        )
        if grant and known
        else None,
        "return_clause": _return_clause(found, return_share, years),
        "milestones": _milestones(found, milestones, years),
        "two_sided_contract": _two_sided(contract, years) if contract else None,
        "ladder": [_rung(rung, years) for rung in found.ladder.rungs],
        "nearest": [
            {"project": project, "scheme": rung.scheme}
            for project, rung in found.ladder.nearest.items()
        ],
        "tailor_made": [_rung(rung, years) for rung in found.ladder.tailor_made],
        "foreign": [_rung(rung, years) for rung in found.ladder.foreign],
        "needed_bid_eur_per_t": found.ladder.needed_bid_eur_per_t if known else None,
        "known_awards": [_award(each) for each in known_awards().values()],
        "state_aid": _state_aid(found),
        "tonnes": [_on_path(path) for path in found.on_paths],
        "claimed": [
            row
            for row in found.base.beside_what_is_known()
            if row["result"] == "support_eur" or row["result"].endswith("_2030_t")
        ],
        "cost_effectiveness": {
            "awarded": found.base.cost_effectiveness(),
            "needed": found.cost_effectiveness_of_need(),
        },
        "not_official": found.not_official(),
    }


def _judged(key: str, judged: Judged) -> dict[str, Any]:
    value, ends = judged
    return {key: value, f"{key.removesuffix('_eur')}_range_eur": ends}


def _rung(rung: Rung, years: Any) -> dict[str, Any]:
    offer = rung.offer
    return {
        "scheme": rung.scheme,
        "project": rung.project,
        "outcome": offer.outcome,
        "form": str(offer.form),
        "amount_eur": rung.amount_eur,
        "amount_by_year_eur": None if offer.yearly is None else _by_year(years, offer.yearly),
        "maximum_eur": offer.maximum_eur,
        "ranking_eur_per_t": offer.ranking_eur_per_t,
        "round": offer.round.id if offer.round else None,
        "counted": rung.counted is not None,
        "excluded_because": vars(rung.excluded.says) if rung.excluded else None,
        "worth_eur": plain(rung.worth_eur),
        "left_eur": plain(max(0.0, -rung.npv_eur)) if rung.npv_eur == rung.npv_eur else None,
        "instead": offer.instead,
        "conditions": [_condition(each) for each in offer.conditions],
        "lacks": [_lacking(each) for each in offer.lacks],
        "rests_on": [_rest(each) for each in offer.rests_on],
    }


def _return_clause(
    found: "SupportAssessment", share: float | None, years: Any
) -> dict[str, Any] | None:
    along = {} if share is None else found.return_clause(share)
    if not along:
        return None
    return {"share": share, "along": {path: _settled(each, years) for path, each in along.items()}}


def _milestones(
    found: "SupportAssessment", milestones: Mapping[int, float], years: Any
) -> dict[str, Any] | None:
    settled = found.tranches(milestones) if milestones else None
    return None if settled is None else {"paid_by_year_eur": _by_year(years, settled.paid)}


def _settled(settled: Settlement, years: Any) -> dict[str, Any]:
    return {
        "paid_by_year_eur": _by_year(years, settled.paid),
        "taken_back_by_year_eur": _by_year(years, settled.taken_back),
    }


def _two_sided(contract: TwoSided, years: Any) -> dict[str, Any]:
    return {
        "strike_eur_per_t": contract.strike_eur_per_t,
        "years": contract.years,
        "along": {path: _settled(each, years) for path, each in contract.along.items()},
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.id,
        "says": vars(condition.says),
        "met": condition.met,
        "relation": condition.relation,
        "asked": _plain(condition.asked),
        "found": _plain(condition.found),
        "unit": condition.unit,
        "source": _words(condition.source),
    }


def _words(text: str | Text) -> dict[str, str]:
    """The same keys whether or not it is the same in both languages."""
    return vars(text) if isinstance(text, Text) else {"nl": text, "en": text}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return vars(value)
    return _finite(value) if isinstance(value, float) else value


def _lacking(lack: Lacking) -> dict[str, Any]:
    return {"name": lack.name, "where": vars(lack.where)}


def _rest(rest: Rest) -> dict[str, Any]:
    return {
        "name": rest.name,
        "value": rest.value,
        "unit": rest.unit,
        "status": rest.status,
        "source": rest.citation.as_json(),
    }


def _by_year(years: Any, values: Any) -> dict[str, float]:
    return {str(int(year)): float(value) for year, value in zip(years, values, strict=True)}


def _state_aid(found: "SupportAssessment") -> dict[str, Any]:
    stacking = found.stacking
    return {
        "later_aid_discounted": stacking.discounted,
        "projects": [
            {
                "project": project,
                "binding": best.framework if (best := stacking.binding(project)) else None,
                "stack": _stack(stacking.stacks.get(project)),
                "grant": _grant(stacking.grants[project]),
                "verdicts": [_verdict(each) for each in verdicts],
            }
            for project, verdicts in stacking.verdicts.items()
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "framework": verdict.framework,
        "section": verdict.section,
        "granted_on": _plain(verdict.granted_on),
        "in_force": verdict.in_force,
        "outcome": verdict.outcome,
        "ceiling_eur": _finite(verdict.ceiling_eur),
        "routes": [_route(each) for each in verdict.routes],
        "route": verdict.route.id if verdict.route else None,
        "notify": verdict.notify,
        "standstill": verdict.standstill,
        "claw_back": verdict.claw_back,
        "conditions": [_condition(each) for each in verdict.conditions],
        "lacks": [_lacking(each) for each in verdict.lacks],
        "rests_on": [_rest(each) for each in verdict.rests_on],
    }


def _route(route: Route) -> dict[str, Any]:
    return {
        "id": route.id,
        "source": route.source,
        "eligible_cost_eur": route.eligible_cost_eur,
        "intensity": route.intensity,
        "limit_eur": _finite(route.limit_eur),
        "ceiling_eur": _finite(route.ceiling_eur),
        "binding": route.binding,
        "claw_back": route.claw_back,
    }


def _stack(stack: Stack | None) -> dict[str, Any] | None:
    if stack is None:
        return None
    return {
        "eligible_cost_eur": stack.cost.amount_eur,
        "cap_eur": _finite(stack.cost.cap_eur),
        "national_eur": stack.national_eur,
        "union_eur": stack.central_eur,
        "counted_eur": stack.counted_eur,
        "room_eur": _finite(stack.room_eur),
        "exceeded": stack.exceeded,
    }


def _grant(grant: GrantRoom) -> dict[str, float | None]:
    return {
        "needed_eur": _finite(grant.needed_eur),
        "room_eur": _finite(grant.room_eur),
        "within_eur": _finite(grant.within_eur),
    }


def _finite(value: float | None) -> float | None:
    """JSON knows no infinity: no limit is null."""
    return None if value is None or not math.isfinite(value) else value


def _on_path(path: "OnPath") -> dict[str, Any]:
    from maatwerkbank.support.assessment import TONNES  # noqa: PLC0415  (it imports this room)

    return {
        "variant": path.variant,
        **{key: path.tonnes(key)[0] for key in TONNES},
        "ranges": {key: ends for key in TONNES if (ends := path.tonnes(key)[1])},
        "cost_effectiveness": path.assessment.cost_effectiveness(),
    }


def _award(award: Award) -> dict[str, Any]:
    return {
        "id": award.id,
        "country": award.country,
        "instrument": award.instrument,
        "state_money_eur": award.state_money_eur,
        "low_eur": award.low_eur,
        "high_eur": award.high_eur,
        "tonnes": award.all_tonnes,
        "eur_per_t": award.eur_per_t,
        "stated_eur_per_t": award.stated.get("eur_per_t"),
        "contradicts_itself": award.contradicts_itself,
        "source": award.citation.as_json(),
    }
