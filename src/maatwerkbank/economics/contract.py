# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON of an assessment: plain values under keys that others rely on.

Takes     an assessment.
Gives     dictionaries, lists, numbers and null; absent, infinite and unjudged are null.
Leaves    wording to `letter`. Documented in docs/reference/json.md; changed only with a version.
"""

import math
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.economics.results import outside_levy
from maatwerkbank.economics.unknowns import Swing
from maatwerkbank.plant.quantities import Floats, fall_in_activity

if TYPE_CHECKING:
    from maatwerkbank.economics.assessment import Assessment

Series = Callable[[Outcome], Floats]


def assessment_json(assessment: "Assessment") -> dict[str, Any]:
    """Everything that an assessment gives, by key."""
    outcome = assessment.outcome
    years = [str(year) for year in outcome.years]
    results = assessment.results
    judged = results["npv_eur"] is not None
    roots = outcome.internal_rate.roots

    def by_year(of: Series) -> dict[str, float | None]:
        return dict(zip(years, assessment.spread.series(of), strict=True))

    def both(with_projects: Series, without: Series) -> dict[str, dict[str, float | None]]:
        after, before = by_year(with_projects), by_year(without)
        return {year: {"with": after[year], "without": before[year]} for year in years}

    def paid(identity: str) -> dict[str, dict[str, float | None]]:
        return both(lambda o: -o.item(identity).with_projects, lambda o: -o.item(identity).without)

    return {
        "receipt": assessment.receipt.as_json(),
        "id": assessment.case.id,
        "company": assessment.case.company,
        "kind": assessment.case.kind,
        "outlook": assessment.outlook_json(),
        **results,
        "npv_sign": assessment.npv_sign,
        "irr": outcome.internal_rate.rate if judged else None,
        "irr_roots": len(roots) if judged else None,
        "irr_root_values": list(roots) if judged else None,
        "discounted_payback_years": outcome.payback_years if judged else None,
        "ranges": assessment.ranges,
        "gross_by_year_t": by_year(lambda o: o.gross),
        "required_by_year_t": by_year(lambda o: o.required),
        "additional_by_year_t": by_year(lambda o: o.additional),
        "removal_by_year_t": by_year(lambda o: o.removal),
        "outside_levy_by_year_t": by_year(outside_levy),
        "fall_in_activity_by_year_t": by_year(lambda o: fall_in_activity(assessment.case, o.years)),
        "dispensatierechten_by_year_t": by_year(lambda o: o.rights),
        "levy_base_by_year_t": both(
            lambda o: o.with_projects.own_total("levy_base"),
            lambda o: o.without.own_total("levy_base"),
        ),
        "surplus_rights_by_year_t": both(
            lambda o: o.surplus_rights["with"], lambda o: o.surplus_rights["without"]
        ),
        "levy_by_year_eur": paid("levy"),
        "ets_by_year_eur": paid("ets"),
        "substances_2030_kg": _substances(assessment),
        "cost_effectiveness": assessment.cost_effectiveness(),
        "items": [_item(assessment, item.id, by_year) for item in outcome.items],
        "sensitivity": [_sensitivity(swing) for swing in assessment.swings if swing.is_known],
        "known": assessment.beside_what_is_known(),
        "assumptions": assessment.assumptions(),
        "law": assessment.law_values(),
        "lacks": [{**asdict(k), "members": list(k.members)} for k in assessment.lacks],
    }


def _item(
    assessment: "Assessment", identity: str, by_year: Callable[[Series], dict[str, float | None]]
) -> dict[str, Any]:
    """One line of the cash flow: factual minus counterfactual."""

    def difference(outcome: Outcome) -> Floats:
        return outcome.item(identity).difference

    return {
        "id": identity,
        "npv_eur": assessment.spread.number(
            lambda o: float(net_present_value(difference(o), o.discount_rate))
        ),
        "total_eur": assessment.spread.number(lambda o: float(difference(o).sum())),
        "by_year_eur": by_year(difference),
    }


def _sensitivity(swing: Swing) -> dict[str, Any]:
    """What one unknown does to the NPV."""
    return {
        "place": swing.place,
        "members": list(swing.members),
        "npv_at_low_eur": plain(swing.npv_at_low),
        "npv_at_high_eur": plain(swing.npv_at_high),
        "has_centre": swing.has_centre,
    }


def _substances(assessment: "Assessment") -> dict[str, dict[str, float | None]]:
    """Air pollutants in 2030; with and without only where the case states the whole. [kg]"""
    outcome = assessment.outcome
    stated = {name for place in assessment.case.installations for name in place.substances}

    def amount(outcome: Outcome, series: dict[str, Floats], name: str) -> float:
        return outcome.in_year(series.get(name, np.zeros(len(outcome.years)))) * 1e3

    def row(name: str) -> dict[str, float | None]:
        with_projects = assessment.spread.number(
            lambda o: amount(o, o.with_projects.substances, name)
        )
        without = assessment.spread.number(lambda o: amount(o, o.without.substances, name))
        change = assessment.spread.number(
            lambda o: (
                amount(o, o.with_projects.substance_changes, name)
                - amount(o, o.without.substance_changes, name)
            )
        )
        whole = name in stated
        return {
            "change": change,
            "with": with_projects if whole else None,
            "without": without if whole else None,
        }

    names = {*outcome.without.substances, *outcome.with_projects.substances}
    return {name: row(name) for name in sorted(names)}


def plain(value: Any) -> float | None:
    """A number for JSON: NaN is null, minus nothing is nothing."""
    number = float(value)
    return None if not math.isfinite(number) else number + 0.0
