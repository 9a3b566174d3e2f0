# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The least money with which a plan earns its required return, in three forms.

Takes     what a plan is worth with given support, and how one euro is spread.
Gives     a capital grant, a strike price on the carbon price, an aid per tonne; None where no
          amount is enough or nothing can be judged.
Leaves    which form an agreement should have.
"""

import math
from collections.abc import Callable

import numpy as np

from maatwerkbank.plant.quantities import Floats, Years

# The term of SDE++ for CO2 capture (Regeling 2024 art. 81-84) and of the German carbon contract.
TERM_YEARS = 15
CENT = 0.005

Worth = Callable[[float], float]


def least(worth: Worth, start: float, *, to: float = CENT) -> float | None:
    """The least of a rising money term at which a plan is worth nothing less, found by halving.

    `start` is where the bracket begins to widen, `to` how close is close enough. None where not
    even a very large one is enough.
    """
    low, high = 0.0, start
    while worth(high) < 0.0:
        low, high = high, 2.0 * high
        if high > 1e4 * start:
            return None
    while high - low > to:
        middle = (low + high) / 2.0
        low, high = (middle, high) if worth(middle) < 0.0 else (low, middle)
    return high


def needed(worth: Worth, start: float | None = None) -> float | None:
    """The least that makes a plan whole: nothing where it is, None where it cannot be judged."""
    short = -worth(0.0)
    if math.isnan(short):
        return None
    return 0.0 if short <= 0.0 else least(worth, short if start is None else start)


def contract_tonnes(gross: Floats, years: Years, first_year: int) -> Floats:
    """Gross tonnes of the first years of operation, as a contract counts them. (year,) [t]"""
    inside = (years >= first_year) & (years < first_year + TERM_YEARS)
    return np.where(inside, np.maximum(gross, 0.0), 0.0)
