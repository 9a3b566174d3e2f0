# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a tonne costs: for the firm, for society, and the support that it would take (METHOD §8).

Takes     an outcome.
Gives     euros per gross or additional tonne; NaN where there are no tonnes to divide by.
Leaves    awarded support per tonne to `assessment`: four figures on published amounts.
"""

import numpy as np

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.cash_flow import CARBON_ITEMS, total
from maatwerkbank.economics.discounting import discount_factors, net_present_value
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.quantities import Floats


def _cost_per_tonne(flow: Floats, tonnes: Floats, rate: float) -> float:
    discounted = float(net_present_value(tonnes, rate))
    if not np.isfinite(discounted) or discounted <= 0:
        return float("nan")
    return -float(net_present_value(flow, rate)) / discounted


def private_abatement_cost(outcome: Outcome) -> float:
    """Cost per gross tonne at the rate of the firm. [eur/t]

    Without carbon prices, support and profit tax.
    """
    left_out = (*CARBON_ITEMS, "tax")
    kept = [
        item
        for item in outcome.items
        if item.id not in left_out and not item.id.startswith("support_")
    ]
    return _cost_per_tonne(total(kept, outcome.years), outcome.gross, outcome.discount_rate)


def social_abatement_cost(outcome: Outcome, law: Law) -> float:
    """Cost per gross tonne without taxes, support and carbon prices, real. [eur/t]

    Flows are deflated to the valuation year and discounted at the social rate, a parameter.
    """
    kept = [
        item
        for item in outcome.items
        if item.id not in (*CARBON_ITEMS, "tax")
        and not item.id.startswith(("support_", "energy_tax_"))
    ]
    deflator = discount_factors(len(outcome.years), law.inflation)
    rate = float(law.yearly("economics/social_discount_rate", outcome.years[:1])[0])
    return _cost_per_tonne(total(kept, outcome.years) * deflator, outcome.gross, rate)


def required_support(outcome: Outcome, tonnes: Floats) -> float:
    """`max(0, -NPV without support) / discounted tonnes`, METHOD §8. [eur/t]"""
    discounted = outcome.discounted_tonnes(tonnes)
    if not np.isfinite(discounted) or discounted <= 0:
        return float("nan")
    return float(np.maximum(0.0, -outcome.npv_without_support)) / discounted
