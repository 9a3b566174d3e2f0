# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounding as a law prints it: half a unit in the last place goes up.

Takes      values and a number of decimals.
Gives      the values as they would be printed, of the same shape.
Leaves out rounding half to even (Python's own), which no law in this program uses.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Three or four operations on doubles leave an error of about this share of the value. A fraction
# that lies closer to one half than that is one half: 28.05 is stored as a little less.
_DOUBLE_NOISE = 1e-14


def rounded_half_up(value: ArrayLike, decimals: int) -> NDArray[np.float64]:
    """What is printed when a value is rounded to so many decimals?  (any axes) [as given]

    Half a unit goes away from zero, judged on the decimal number that was meant and not on the
    binary one that is stored.

    Source        EU benchmarks: 0.325 * 0.50 is printed as 0.163 and 56.1 * 0.50 as 28.1
                  (Reg. 2026/1412); half to even would print 0.162 and 28.0.

    >>> float(rounded_half_up(0.1625, 3)), float(rounded_half_up(28.05, 1))
    (0.163, 28.1)
    """
    given = np.asarray(value, dtype=np.float64)
    size = np.abs(given) * 10.0**decimals
    whole = np.floor(size)
    goes_up = size - whole >= 0.5 - _DOUBLE_NOISE * size
    rounded: NDArray[np.float64] = np.copysign((whole + goes_up) / 10.0**decimals, given)
    return rounded
