# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vennootschapsbelasting: what a firm pays on its profit once its losses are set off.

Law        Wet op de vennootschapsbelasting 1969 (Vpb), articles 20 and 22.
Takes      the taxable result of each year in a row, and the dated tariffs and limits.
Gives      euros, in the shape that comes in: (year,), (draw, year), ...
Leaves out how a result is taxed at all (depreciation, EIA, interest limits: the caller), change
           of ownership (20a), fiscal unity, and losses from before the first year.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import ShapeError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Verliesverloop:
    """Where the losses of a row of years went. All arrays (..., year) [eur].

    `eerste_belastbaar_bedrag` is what each year is taxed on before the next year is known;
    `terugwenteling` is the loss of each year that goes back to the year before it;
    `voorraad` is the loss that waits at the end of each year for later profit.
    """

    eerste_belastbaar_bedrag: Floats
    terugwenteling: Floats
    voorraad: Floats

    @property
    def belastbaar_bedrag(self) -> Floats:
        """What each year is taxed on when its own following year is known too."""
        return self.eerste_belastbaar_bedrag - self._ontvangen_terugwenteling

    @property
    def _ontvangen_terugwenteling(self) -> Floats:
        """The same carry-back, at the year that receives it."""
        received = np.zeros_like(self.terugwenteling)
        received[..., :-1] = self.terugwenteling[..., 1:]
        return received


def belasting(
    winst: ArrayLike, *, grens: ArrayLike, laag_tarief: ArrayLike, hoog_tarief: ArrayLike
) -> Floats:
    """What is due on a taxable amount?  (..., year) [eur]

    The low rate up to the limit and the high rate above it; a negative amount pays nothing.

    >>> float(belasting(1_000_000, grens=200_000, laag_tarief=0.19, hoog_tarief=0.258))
    244400.0

    Source        Vpb art. 22.
    """
    taxed = np.maximum(0.0, np.asarray(winst, dtype=np.float64))
    below = np.minimum(taxed, grens)
    due: Floats = below * np.asarray(laag_tarief) + (taxed - below) * np.asarray(hoog_tarief)
    return due


def verliesverloop(
    resultaat: ArrayLike, *, drempel: ArrayLike, fractie: ArrayLike
) -> Verliesverloop:
    """Where does every loss go: one year back, then forward without end?

    A profit takes losses up to `drempel` and `fractie` of what lies above it; the room that
    earlier losses leave is for the loss of the next year. The law sets losses off in the order
    in which they arose. No loss expires, so that order decides which loss is used and not how
    much: one stock is enough.

    Parameters
    ----------
    resultaat : (..., year) [eur]  profit positive, loss negative; years follow one another
    drempel : scalar or (year,) [eur]
    fractie : scalar or (year,) [1]

    Raises
    ------
    ShapeError    `resultaat` has no axis of years

    Source        Vpb art. 20.2 (back, forward, limit of the year), 20.4 (order).
    """
    result = _with_years(resultaat)
    profit, loss = np.maximum(0.0, result), np.maximum(0.0, -result)
    free = np.minimum(profit, drempel)
    room = free + np.asarray(fractie) * (profit - free)
    forward, back, stock = np.zeros_like(profit), np.zeros_like(profit), np.zeros_like(profit)
    waiting, room_of_last_year = np.zeros(result.shape[:-1]), np.zeros(result.shape[:-1])
    for year in range(result.shape[-1]):
        back[..., year] = np.minimum(loss[..., year], room_of_last_year)
        forward[..., year] = np.minimum(waiting, room[..., year])
        waiting = waiting - forward[..., year] + loss[..., year] - back[..., year]
        room_of_last_year = room[..., year] - forward[..., year]
        stock[..., year] = waiting
    return Verliesverloop(profit - forward, back, stock)


def verliesverrekening(resultaat: ArrayLike, *, drempel: ArrayLike, fractie: ArrayLike) -> Floats:
    """What is each year taxed on after all set-off, back and forward?  (..., year) [eur]

    >>> verliesverrekening([-10e6, 5e6], drempel=1e6, fractie=0.5).tolist()
    [0.0, 2000000.0]

    Source        Vpb art. 20.2, 20.4; see `verliesverloop`.
    """
    return verliesverloop(resultaat, drempel=drempel, fractie=fractie).belastbaar_bedrag


def verschuldigde_belasting(
    resultaat: ArrayLike,
    *,
    grens: ArrayLike,
    laag_tarief: ArrayLike,
    hoog_tarief: ArrayLike,
    drempel: ArrayLike,
    fractie: ArrayLike,
) -> Floats:
    """What does the firm pay in each year?  (..., year) [eur], negative when tax comes back

    A loss that goes back lowers the tax of the year before, at the tariff of that year; the
    difference comes back in the year of the loss.

    >>> rates = {"grens": 200_000, "laag_tarief": 0.19, "hoog_tarief": 0.258}
    >>> verschuldigde_belasting([1e6, -8e5], **rates, drempel=1e6, fractie=0.5).tolist()
    [244400.0, -206400.0]

    Source        Vpb art. 20 and 22.
    """
    verloop = verliesverloop(resultaat, drempel=drempel, fractie=fractie)
    paid = belasting(
        verloop.eerste_belastbaar_bedrag,
        grens=grens,
        laag_tarief=laag_tarief,
        hoog_tarief=hoog_tarief,
    )
    after_carry_back = belasting(
        verloop.belastbaar_bedrag, grens=grens, laag_tarief=laag_tarief, hoog_tarief=hoog_tarief
    )
    refund = np.zeros_like(paid)
    refund[..., 1:] = (paid - after_carry_back)[..., :-1]
    due: Floats = paid - refund
    return due


def belasting_met_verlies_elders(resultaat: ArrayLike, hoog_tarief: ArrayLike) -> Floats:
    """What does a project add to the tax of a firm with profit elsewhere?  (..., year) [eur]

    A loss of the project is set off at once against other profit of the firm, at the high rate.
    This is the choice that the SDE++ model makes; the project alone is `verschuldigde_belasting`.

    Source        Vpb art. 22; METHOD §7.
    """
    due: Floats = np.asarray(resultaat, dtype=np.float64) * np.asarray(hoog_tarief)
    return due


def _with_years(resultaat: ArrayLike) -> Floats:
    """The result as an array whose last axis is the year."""
    result = np.asarray(resultaat, dtype=np.float64)
    if result.ndim == 0:
        raise ShapeError(
            f"the result is one number, {float(result)}, and losses need a row of years.",
            remedy="give an array whose last axis is the year",
        )
    return result
