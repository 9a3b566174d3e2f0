# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts that a law raises every year, brought to the price level of each year.

Law        Wet belastingen op milieugrondslag (Wbm), article 90.
Takes      a first amount, the increments that the law states, the factor of each year.
Gives      the amount and the increment of each year, in cents, as the law prints them.
Leaves out which amounts are indexed and with which factor: that is dated data.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.rounding import rounded_half_up

_CENTS = 2

Floats = NDArray[np.float64]


def indexed(
    first: ArrayLike, increments: ArrayLike, factors: ArrayLike, decimals: int = _CENTS
) -> tuple[Floats, Floats]:
    """What does a stepwise amount become when it is indexed?  two times (..., year) [eur]

    At the start of every year the amount rises with its increment and is then multiplied by the
    table correction factor; increments that still have to come are multiplied too, and an
    increment that has been added is no longer indexed by itself. Every result is rounded to
    cents, and the next year starts from the rounded one.

    Parameters
    ----------
    first : (...) [eur]  the amount in the year before the first of `factors`
    increments : (..., year) [eur]  stated in the prices of the year of `first`
    factors : (..., year) [1]  table correction factor; 1 for a year that is not indexed
    decimals : to which the law rounds: cents for the levy, more for energy tax per kWh

    Returns
    -------
    (..., year) [eur, nominal]  the amount that holds in each year
    (..., year) [eur, prices of that year]  the increment of each year. Where the law states one
        and the same step for all years, this is also the step that its text of that year prints.

    Raises
    ------
    ShapeError    increments and factors do not have the same number of years

    Source        Wbm art. 90 with 71p.1 and 71p.2; order and rounding reproduce the amounts that
                  the texts of 2024 (74.17 and 12.69) and 2025 (87.90 and 12.84) print.

    >>> amounts, steps = indexed(30.48, [10.73, 10.73], [1.013, 1.063])
    >>> amounts.tolist(), steps.tolist()
    ([41.75, 55.94], [10.87, 11.55])
    """
    steps, factor = np.asarray(increments, dtype=np.float64), np.asarray(factors, dtype=np.float64)
    if steps.ndim == 0 or factor.ndim == 0 or steps.shape[-1] != factor.shape[-1]:
        raise ShapeError(
            f"increments have shape {steps.shape} and factors have shape {factor.shape}: "
            "the last axis of both is the year, and they must have the same years.",
            remedy="give one increment and one factor for every year after the first amount",
        )
    amount = np.asarray(first, dtype=np.float64)
    leading = np.broadcast_shapes(amount.shape, steps.shape[:-1], factor.shape[:-1])
    shape = (*leading, steps.shape[-1])
    to_come = np.broadcast_to(steps, shape).copy()
    factor = np.broadcast_to(factor, shape)
    amounts = np.empty(shape)
    for year in range(shape[-1]):
        amount = rounded_half_up((amount + to_come[..., year]) * factor[..., year], decimals)
        amounts[..., year] = amount
        to_come[..., year:] = rounded_half_up(to_come[..., year:] * factor[..., [year]], decimals)
    return amounts, to_come
