# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is it worth to a plan if somebody takes one uncertainty away?

Takes     a case in the same draws, with and without the uncertainty.
Gives     the change of value, of the chance of a loss, of the worst draws and of tonnes.
Leaves    what the guarantor asks for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.plant.case import Case
from maatwerkbank.risk.distribution_of import error_of_mean, expected_shortfall
from maatwerkbank.risk.drawn_inputs import Inputs, whole_years
from maatwerkbank.risk.sheet import ProfitTax, Row, Sheet, Sum
from maatwerkbank.risk.summary import WORST_SHARE

Floats = NDArray[np.float64]

INFRASTRUCTURE = ("grid", "hydrogen", "co2_storage")
VALUE, TONNES = ("npv_eur", "carbon_value_eur"), "additional_2030_t"

Kind = Literal["price", "delay", "infrastructure"]


@dataclass(frozen=True)
class Guarantee:
    """One guarantee, and what it changes: with it minus without it, in the same draws.

    price          : a carrier is never dearer to the firm than the path of the family in any year
                     (never cheaper, where the plan earns by it): one-sided, on what the plan uses
                     or saves. Market prices, levy and contracts stay as they are.
    delay          : projects are not late by some causes; all of them, or one
    infrastructure : not late by grid, hydrogen and storage of CO2 together
    """

    kind: Kind
    of: tuple[str, ...]  # the carrier, or the causes
    outcome: str  # of the changes in money: npv_eur, or carbon_value_eur where that is not known
    mean_change_eur: float | None
    error_eur: float | None  # of the change, draw by draw
    below_nil_change: float | None  # of the chance of less than nil [1]
    shortfall_change_eur: float | None  # of the mean of the worst twentieth
    additional_2030_change_t: float | None
    paid_eur: float | None  # price: mean payment, discounted, before tax; None: not a payment


# ── delays that do not happen ─────────────────────────────────────────────────────────────────


def delay_guarantees(case: Case) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """Which causes of delay can be guaranteed away: all, each of several, infrastructure."""
    causes = tuple(dict.fromkeys(each.cause for each in case.uncertainties.delays))
    if not causes:
        return ()
    each_alone = [(cause,) for cause in causes] if len(causes) > 1 else []
    found: list[tuple[Kind, tuple[str, ...]]] = [("delay", of) for of in [causes, *each_alone]]
    grids = tuple(cause for cause in causes if cause in INFRASTRUCTURE)
    return (*found, ("infrastructure", grids)) if grids else tuple(found)


def without_causes(case: Case, inputs: Inputs, causes: Sequence[str]) -> Inputs:
    """The same draws, as if some causes of delay did not exist."""
    late = {project: np.zeros_like(years) for project, years in inputs.years_late.items()}
    for delay in case.uncertainties.delays:
        if delay.cause not in causes:
            years = whole_years(inputs.values[delay.id])
            for project in delay.projects:
                late[project] = np.maximum(late[project], years)
    return replace(inputs, years_late=late)


# ── a price that is held ──────────────────────────────────────────────────────────────────────


def held_column(carrier: str) -> str:
    """The column of a price that is no worse for the firm than its path."""
    return f"held.{carrier}"


def gain_column(carrier: str) -> str:
    """The column of what a held price is above the market price; below nil for a cost."""
    return f"gain.{carrier}"


def carriers_to_hold(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The carriers that the plan pays for or earns by, allowances included."""
    return tuple(
        sorted({row.price for sheet in sheets for row in sheet.rows if _priced(row) and row.price})
    )


def _priced(row: Row) -> bool:
    return row.price is not None and row.sum in (Sum.OPERATIONS, Sum.CARBON)


def earns_by(sheet: Sheet, carrier: str) -> Floats:
    """1 in years in which the plan earns by a high price, -1 where it pays, 0: neither. (year,)

    As planned, without delay. In a year in which the plan would do neither, but for a delay, it
    stands on the side on which it stands over all years together.
    """
    net = np.zeros(len(sheet.years))
    for row in sheet.rows:
        if _priced(row) and row.price == carrier:
            net = net + row.amounts[0]
    return np.where(net != 0.0, np.sign(net), np.sign(net.sum()))


def held_sheets(sheet: Sheet, carriers: Sequence[str]) -> list[Sheet]:
    """Per carrier: the sheet with its price held, and the rows of what the guarantor pays."""
    return [
        made(sheet, carrier)
        for carrier in carriers
        for made in (_at_held_price, _paid_by_guarantor)
    ]


def _at_held_price(sheet: Sheet, carrier: str) -> Sheet:
    """What the plan uses and saves at the held price; levy and contracts stay with the market."""

    def held(row: Row) -> Row:
        if _priced(row) and row.price == carrier:
            return replace(row, price=held_column(carrier))
        return row

    return replace(sheet, rows=tuple(held(row) for row in sheet.rows))


def _paid_by_guarantor(sheet: Sheet, carrier: str) -> Sheet:
    rows = [
        replace(row, sum=Sum.OPERATIONS, price=gain_column(carrier))
        for row in sheet.rows
        if _priced(row) and row.price == carrier
    ]
    return untaxed(sheet, tuple(rows))


def untaxed(sheet: Sheet, rows: tuple[Row, ...]) -> Sheet:
    """Some rows of a sheet as cash without profit tax, and nothing else."""
    nil = np.zeros(len(sheet.years))
    no_tax = ProfitTax(nil, nil, nil, nil, nil, losses_in_firm=True)
    return replace(sheet, rows=rows, tax=no_tax, contracts=(), sales=(), unknowns=())


def held_prices(path: Floats, drawn: Floats, earns: Floats) -> Floats:
    """The drawn price where it suits the firm, else the path. (year, ...) [as the price]

    path, earns (year,), drawn (year, ...)

    >>> held_prices(np.array([10.0, 10.0]), np.array([12.0, 12.0]), np.array([1.0, -1.0]))
    array([12., 10.])
    """
    shape = (-1, *([1] * (drawn.ndim - 1)))
    known, side = path.reshape(shape), earns.reshape(shape)
    held = np.where(side < 0, np.minimum(drawn, known), np.maximum(drawn, known))
    return np.where(side == 0, drawn, held)


# ── what it changes ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Guaranteed:
    """The outcomes of a guarantee by draw. Each (draw,)"""

    kind: Kind
    of: tuple[str, ...]
    outcomes: Mapping[str, Floats]
    paid: Floats | None


def guarantee(found: Guaranteed, before: Mapping[str, Floats], value: str | None) -> Guarantee:
    """What a guarantee changes. `before`: outcomes without it, of those that are known. (draw,)"""
    change = found.outcomes[value] - before[value] if value else None
    tonnes = None
    if TONNES in before:
        after = found.outcomes.get(TONNES, before[TONNES])  # a price moves no tonnes
        tonnes = float((after - before[TONNES]).mean())
    return Guarantee(
        found.kind,
        found.of,
        value or VALUE[0],
        None if change is None else float(change.mean()),
        None if change is None else error_of_mean(change),
        _difference(found, before, value, _share_below_nil),
        _difference(found, before, value, _shortfall),
        tonnes,
        None if found.paid is None or value != VALUE[0] else float(found.paid.mean()),
    )


def _difference(
    found: Guaranteed,
    before: Mapping[str, Floats],
    value: str | None,
    measure: Callable[[Floats], float],
) -> float | None:
    return measure(found.outcomes[value]) - measure(before[value]) if value else None


def _share_below_nil(values: Floats) -> float:
    return float((values < 0.0).mean())


def _shortfall(values: Floats) -> float:
    found = expected_shortfall(values, WORST_SHARE)
    assert found is not None  # noqa: S101  (a value that is known is a number in every draw)
    return found
