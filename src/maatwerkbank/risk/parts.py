# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which items make the value of a plan, how far does each spread, and how does it build up?

Takes     the sheet of a case, of which the kernel values the rows of one item at a time, tax nil.
Gives     discounted items that add up to the net present value in every draw; fans by year.
Leaves    pictures to `letter`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.plant.case import Case
from maatwerkbank.risk.distribution_of import quantiles
from maatwerkbank.risk.guarantees import untaxed
from maatwerkbank.risk.kernel.batch import N_YEARS
from maatwerkbank.risk.packing import Packed
from maatwerkbank.risk.sheet import OF_CONNECTION, Row, Sheet, Sum
from maatwerkbank.risk.simulation import lacking
from maatwerkbank.risk.summary import NotKnown, Told, lacks_of, summary_of

Floats = NDArray[np.float64]
MOST_OF_FAN = 2**14  # draws: more would move no line that is drawn
FAN_QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)

PartId = Literal[
    "investment",
    "upkeep",
    "carrier",
    "energy_tax",
    "allowances",
    "levy",
    "rights_sale",
    "support",
    "tax",
]


@dataclass(frozen=True)
class Part:
    """One item of the net present value: plan minus counterfactual, discounted, before tax. [eur]

    `upkeep` holds all operations without a market price: upkeep, the grid, a product premium.
    `tax` is profit tax, the rest of the whole.
    """

    id: PartId
    carrier: str | None  # of a carrier: its name among the prices
    told: Told  # its outcome is `npv_eur`


@dataclass(frozen=True)
class Waterfall:
    """The items in order. Where all are known they add up to `whole` in every draw."""

    parts: tuple[Part, ...]
    whole: Told  # npv_eur


@dataclass(frozen=True)
class Fan:
    """Quantiles by year over the draws."""

    id: str  # `prices.<carrier>`, or `cumulative_npv_eur`
    unit: str  # EUR, or EUR per house unit of the carrier
    years: tuple[int, ...]
    quantiles: Floats  # (quantile, year) at `FAN_QUANTILES`
    n_draws: int  # the first so many: a fan rests on `MOST_OF_FAN` at most


# ── sheets of one item ────────────────────────────────────────────────────────────────────────

Item = tuple[PartId, str | None]  # what a sheet values, and its carrier


def items_of(sheets: Sequence[Sheet]) -> tuple[Item, ...]:
    """The items of which the kernel values the rows alone, in the order of a waterfall."""
    rows = [row for sheet in sheets for row in sheet.rows]
    carriers = sorted({row.price for row in rows if row.sum == Sum.OPERATIONS and row.price})
    taxed: list[Item] = [("energy_tax", None)] if any(s.connections for s in sheets) else []
    sold: list[Item] = [("rights_sale", None)] if any(s.sales for s in sheets) else []
    return (
        ("investment", None),
        ("upkeep", None),
        *(("carrier", carrier) for carrier in carriers),
        *taxed,
        ("allowances", None),
        *sold,
    )


def sheet_of_item(sheet: Sheet, item: Item) -> Sheet:
    """The sheet with the rows of one item and no profit tax; of a sale: all carbon but that."""
    if item[0] == "rights_sale":
        return replace(sheet, sales=(), contracts=(), unknowns=())
    return untaxed(sheet, tuple(row for row in sheet.rows if _item(sheet, row) == item))


def _item(sheet: Sheet, row: Row) -> Item | None:
    """The item that a row belongs to; None for what is no cash by itself, or not valued alone."""
    if row.sum == Sum.INVESTMENT:
        return "investment", None
    if row.sum == Sum.OPERATIONS:
        return ("carrier", row.price) if row.price else ("upkeep", None)
    if row.sum == Sum.CARBON:
        return "allowances", None
    return ("energy_tax", None) if row.sum in _connection_sums(sheet) else None


def _connection_sums(sheet: Sheet) -> frozenset[int]:
    places = sheet.places
    return frozenset(
        places.connection(n, side) for n in range(places.connections) for side in OF_CONNECTION
    )


# ── the waterfall ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Valued:
    """The discounted items by draw. Each (draw,) [eur]"""

    alone: Mapping[Item, Floats]  # valued by the kernel; of a sale: the carbon value without it
    npv: Floats
    carbon: Floats
    support: Floats


def waterfall(case: Case, sheets: Sequence[Sheet], valued: Valued, whole: Told) -> Waterfall:
    """Every item over the draws. `sheets`: those of the law states that may hold."""
    by_draw = items_by_draw(valued)
    parts = []
    for (identity, carrier), values in by_draw.items():
        found = dict.fromkeys(
            each for sheet in sheets for each in _lacking(case, sheet, (identity, carrier))
        )
        lacks = lacks_of(case, "npv_eur", found)
        told = NotKnown("npv_eur", lacks) if lacks else summary_of("npv_eur", values)
        parts.append(Part(identity, carrier, told))
    return Waterfall(tuple(parts), whole)


def items_by_draw(valued: Valued) -> dict[Item, Floats]:
    """Every item by draw; tax is the rest, so that they add up to the whole. Each (draw,) [eur]"""
    found: dict[Item, Floats] = {
        item: values for item, values in valued.alone.items() if item[0] != "rights_sale"
    }
    sale: Item = ("rights_sale", None)
    allowances = found["allowances", None]
    if sale in valued.alone:
        found["levy", None] = valued.alone[sale] - allowances
        found[sale] = valued.carbon - valued.alone[sale]
    else:
        found["levy", None] = valued.carbon - allowances
    found["support", None] = valued.support
    found["tax", None] = valued.npv - sum(found.values(), np.zeros_like(valued.npv))
    return found


def _lacking(case: Case, sheet: Sheet, item: Item) -> Iterable[tuple[str, bool]]:
    """The figures that an item hangs on and nobody gives."""
    identity, carrier = item
    if identity in ("levy", "rights_sale"):
        return (*lacking(sheet, "levy_total_eur"), *lacking(sheet, "levy_total_without_eur"))
    if identity == "support":
        return lacking(sheet, "support_discounted_eur")
    if identity == "tax":
        return lacking(sheet, "npv_eur")
    sums: dict[str, frozenset[int]] = {
        "investment": frozenset({int(Sum.INVESTMENT)}),
        "upkeep": frozenset({int(Sum.OPERATIONS)}),
        "carrier": frozenset({int(Sum.OPERATIONS)}),
        "allowances": frozenset({int(Sum.CARBON)}),
        "energy_tax": _connection_sums(sheet),
    }
    return [
        (each.place, each.is_absent)
        for each in sheet.unknowns
        if each.sum in sums[identity] and _belongs(case, each.place, identity, carrier)
    ]


def _belongs(case: Case, place: str, identity: PartId, carrier: str | None) -> bool:
    """Whether a place of operations is of this carrier, or of upkeep. Others have one item only."""
    if identity not in ("upkeep", "carrier"):
        return True
    energy = re.search(r"\.energy\.(\w+)$", place)
    if energy:
        return energy[1] == carrier
    if place.endswith(".storage.volume"):
        return identity == "carrier" and carrier in _services(case)
    return identity == "upkeep"


def _services(case: Case) -> frozenset[str]:
    """Prices of transport and storage of CO2 that the case names."""
    measures = (*case.projects, *case.counterfactual)
    return frozenset(each.storage.price for each in measures if each.storage)


# ── how the value builds up ───────────────────────────────────────────────────────────────────


def cut_after_each_year(packed: Packed, n_years: int) -> Packed:
    """The one sheet of a batch, ended after one year, after two, and so on: flows look back only.

    The last is the sheet itself.
    """
    batch = packed.batch
    sheets = np.repeat(batch.sheets[:1], n_years, axis=0)
    sheets[:, N_YEARS] = np.arange(1, n_years + 1)
    by_year = {
        name: np.repeat(getattr(batch, name)[:1], n_years, axis=0)
        for name in ("discount", "tax", "flags")
    }
    return replace(
        packed,
        batch=batch._replace(sheets=sheets, **by_year),
        constants=packed.constants[:1] * n_years,
    )


def fan(identity: str, unit: str, years: Sequence[int], by_draw: Floats) -> Fan:
    """Quantiles by year. by_draw (year, draw)"""
    found = [quantiles(row, FAN_QUANTILES) for row in by_draw]
    lines = np.array([each or (np.nan,) * len(FAN_QUANTILES) for each in found]).T
    return Fan(identity, unit, tuple(int(year) for year in years), lines, by_draw.shape[1])
