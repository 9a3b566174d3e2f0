# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a case do under each policy and each family of prices?

Takes     one case, laws, price families; the same draws in each.
Gives     the mean of the value per cell, and regret.
Leaves    the yardsticks to `robustness`, and how likely a family is to nobody.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.parameters.price_families import family_names
from maatwerkbank.risk.case_draws import CaseDraws
from maatwerkbank.risk.distribution_of import error_of_mean, mean
from maatwerkbank.risk.robustness import Robustness, robustness

Floats = NDArray[np.float64]

ORDER = ("low", "mid", "high", "constant_real")  # of families, as far as they are shipped


@dataclass(frozen=True)
class Regret:
    """Mean value per law and price family, and what each leaves on the table. [eur]"""

    outcome: str  # npv_eur, or carbon_value_eur where that is not known
    judged: Robustness  # policies are the laws of the run; values (policy, family)
    errors: Floats  # (policy, family) one standard error of each mean


def regret(draws: CaseDraws) -> Regret | None:
    """Mean value per law and family; None where no outcome in money is known under any law."""
    laws = draws.plan.base.laws
    outcome = next((each for law in laws for each in [draws.value_of(law)] if each), None)
    if outcome is None:
        return None
    families = [name for name in ORDER if name in family_names()]
    families += [name for name in family_names() if name not in families]
    cells = [[_cell(draws, law, family, outcome) for family in families] for law in laws]
    table = np.array(cells)  # (law, family, mean and error)
    return Regret(outcome, robustness(table[:, :, 0], laws, families), table[:, :, 1])


def _cell(draws: CaseDraws, law: str, family: str, outcome: str) -> tuple[float, float]:
    """The mean and its error; NaN where the outcome is not known under the law."""
    known = draws.known(law, outcome)
    if known is None:
        return math.nan, math.nan
    own = family == draws.plan.draws.family
    values = known if own else draws.few(law, f"family.{family}")[outcome]
    error = error_of_mean(values)
    return mean(values) or 0.0, math.nan if error is None else error
