# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The flat figures of an assessment: key -> how it follows from an outcome.

Takes     the law of the run.
Gives     functions from an outcome to one number; NaN = cannot be judged.
Leaves    ranges and nulls to `assessment`. The keys are a contract (docs/reference/json.md).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.abatement_cost import (
    private_abatement_cost,
    required_support,
    social_abatement_cost,
)
from maatwerkbank.economics.business_case import TARGET_YEAR, Outcome
from maatwerkbank.economics.cash_flow import CARBON_ITEMS, total
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.quantities import Floats

Result = Callable[[Outcome], float]


def results_under(law: Law) -> dict[str, Result]:
    """Key -> how it follows from an outcome. The keys are a contract."""
    return {
        "npv_eur": lambda o: o.npv,
        "npv_without_support_eur": lambda o: o.npv_without_support,
        "funding_gap_eur": lambda o: -o.npv_without_support,
        "carbon_value_eur": _carbon_value,
        "gross_2030_t": lambda o: o.in_year(o.gross),
        "required_2030_t": lambda o: o.in_year(o.required),
        "additional_2030_t": lambda o: o.in_year(o.additional),
        "additional_2030_frozen_path_t": lambda o: o.in_year(o.additional_frozen),
        "removal_2030_t": lambda o: o.in_year(o.removal),
        "levy_total_eur": lambda o: -float(o.item("levy").with_projects.sum()),
        "levy_total_without_eur": lambda o: -float(o.item("levy").without.sum()),
        "levy_to_2030_eur": lambda o: -float(o.item("levy").with_projects[_to_2030(o)].sum()),
        "levy_to_2030_without_eur": lambda o: -float(o.item("levy").without[_to_2030(o)].sum()),
        "levy_other_operators_to_2030_eur": lambda o: float(o.levy_others[_to_2030(o)].sum()),
        "ets_total_eur": lambda o: -float(o.item("ets").with_projects.sum()),
        "investment_eur": lambda o: -float(o.item("capex").difference.sum()),
        "support_eur": lambda o: float(
            sum(i.difference.sum() for i in o.items if i.id.startswith("support_"))
        ),
        "abatement_cost_eur_per_t": private_abatement_cost,
        "social_abatement_cost_eur_per_t": lambda o: social_abatement_cost(o, law),
        "required_support_gross_eur_per_t": lambda o: required_support(o, o.gross),
        "required_support_additional_eur_per_t": lambda o: required_support(o, o.additional),
        "discount_rate": lambda o: o.discount_rate,
    }


def _carbon_value(outcome: Outcome) -> float:
    """What ETS, levy and sale of rights add to the plan, before profit tax, discounted. [eur]

    Known where the whole NPV is not: it needs no cost of the plant.
    """
    carbon = [item for item in outcome.items if item.id in CARBON_ITEMS]
    return float(net_present_value(total(carbon, outcome.years), outcome.discount_rate))


def _to_2030(outcome: Outcome) -> NDArray[np.bool_]:
    return np.asarray(outcome.years <= TARGET_YEAR)


def outside_levy(outcome: Outcome) -> Floats:
    """The part of gross that the levy base does not see (METHOD §2). (year,) [t]"""
    in_base = outcome.without.change("levy_base") - outcome.with_projects.change("levy_base")
    return np.asarray(outcome.gross - in_base)
