# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Energiebelasting: what one connection pays in twelve months for gas or power.

Law        Wet belastingen op milieugrondslag (Wbm), articles 59 and 60.
Takes      the quantity of one connection and the dated brackets and tariffs.
Gives      euros, in the shape of the quantity: (year,), (draw, year), ...
Leaves out exemptions and own power (50.6, 64), refunds (66), by-product gases used where they
           arise (59.4, nil) and gas of another heating value (59.2): convert to 35.17 MJ/Nm3.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]


def energiebelasting(quantity: ArrayLike, grenzen: ArrayLike, tarieven: ArrayLike) -> Floats:
    """What is due for the energy of one connection in twelve months?  (..., year) [eur]

    Every part of the quantity pays the tariff of the bracket in which it falls. The tariffs
    fall with the quantity, so the quantities of two connections may never be added up first.

    Parameters
    ----------
    quantity : (..., year) [m3, kWh]  per connection
    grenzen : (bracket - 1,) or (bracket - 1, year) [as quantity]  upper limit of every bracket
        but the last, rising
    tarieven : (bracket,) or (bracket, year) [eur per unit of quantity]

    Raises
    ------
    ShapeError    there is not one tariff more than there are limits
    RuleError     the limits do not rise, or a quantity is negative

    >>> float(energiebelasting(50e6, [10_000, 50_000, 10e6], [0.10154, 0.06937, 0.03868, 0.00321]))
    517056.2

    Source        Wbm art. 59.1 (brackets, tariffs), 59.3 (power above 10 GWh, business use).
    """
    amount = np.asarray(quantity, dtype=np.float64)
    upper, rates = np.asarray(grenzen, dtype=np.float64), np.asarray(tarieven, dtype=np.float64)
    _check_brackets(amount, upper, rates)
    lower = np.concatenate([np.zeros_like(upper[:1]), upper])
    width = np.concatenate([np.diff(lower, axis=0), np.full_like(upper[:1], np.inf)])
    tax = np.zeros(amount.shape)
    for floor, room, rate in zip(lower, width, rates, strict=True):
        tax = tax + np.clip(amount - floor, 0.0, room) * rate
    return tax


def _check_brackets(amount: Floats, upper: Floats, rates: Floats) -> None:
    """Refuse brackets that cannot be a tariff table, before anything is computed."""
    if upper.ndim == 0 or rates.ndim == 0 or len(rates) != len(upper) + 1:
        raise ShapeError(
            f"there are tariffs of shape {rates.shape} for limits of shape {upper.shape}: "
            "the first axis is the bracket, and the last bracket has no limit.",
            remedy="give one tariff more than there are limits",
        )
    if np.any(np.diff(upper, axis=0, prepend=0.0) <= 0.0):
        raise RuleError(
            f"the limits of the brackets {upper.tolist()} do not rise.",
            remedy="give the upper limits from the lowest bracket to the last but one",
        )
    if np.any(amount < 0.0):
        raise RuleError(
            f"the quantity of a connection is {float(amount.min())}, and tax is due on use only.",
            remedy="give what the connection takes off; what it feeds in does not count here",
        )
