# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Additional tonnes: what a plan cuts beyond what the levy asks for anyway.

Method     METHOD §6. A yardstick of this program, not a rule of law: the rights come from the law.
Takes      yearly emissions in the levy base without and with the plan, and the dispensation
           rights of the plant as it would be without the plan.
Gives      tonnes a year, in the shape that comes in: (year,), (draw, year), ...
Leaves out tonnes outside the levy base, shares per project within a firm, less production (all
           in economics), and which version of the law gave the rights (the caller says so).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def reference(jaarvracht_zonder: ArrayLike, rechten: ArrayLike) -> Floats:
    """How much would the firm emit anyway, once the levy has done its work?  (..., year) [t]

    `min(E_without, DPR)`: the path of the law, or the plant's own path where that is lower.

    Source        METHOD §6.
    """
    return _tonnes(np.minimum(jaarvracht_zonder, rechten))


def required(jaarvracht_zonder: ArrayLike, rechten: ArrayLike) -> Floats:
    """How much does the levy ask the firm to cut?  (..., year) [t]

    `max(0, E_without - DPR)`: nothing where the plant already stays below its rights.

    Source        METHOD §6.
    """
    return _tonnes(np.maximum(0.0, np.subtract(jaarvracht_zonder, rechten)))


def gross(jaarvracht_zonder: ArrayLike, jaarvracht_met: ArrayLike) -> Floats:
    """How much does the plan cut in the levy base?  (..., year) [t], negative when it adds

    Source        METHOD §6.
    """
    return _tonnes(np.subtract(jaarvracht_zonder, jaarvracht_met))


def additional(
    jaarvracht_zonder: ArrayLike, jaarvracht_met: ArrayLike, rechten: ArrayLike
) -> Floats:
    """How much does the plan cut beyond the path of the levy?  (..., year) [t]

    `max(0, reference - E_with)`. Where the plan does not raise emissions,
    `gross = min(gross, required) + additional`: first the cut that was due, then the rest.

    >>> float(additional(1_000_000, 400_000, 600_300))  # of 600,000 t gross, 399,700 t was due
    200300.0

    Source        METHOD §6.
    """
    left_over = np.subtract(reference(jaarvracht_zonder, rechten), jaarvracht_met)
    return _tonnes(np.maximum(0.0, left_over))


def _tonnes(value: ArrayLike) -> Floats:
    return np.asarray(value, dtype=np.float64)
