# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""From labelled sheets to the bare arrays that the kernel reads.

Takes     sheets under one law, the columns of the prices, the outcomes that are asked for.
Gives     a batch, the products of factors that it wants by draw, and what no draw changes.
Leaves    prices, factors and delays by draw to `simulation`, the arithmetic to `kernel`.

What is the same in every draw is worked out here, once: tonnes that no factor and no delay moves
give a levy that is tonnes times a net tariff, and the kernel then knows no installations at all.
A project that may be late moves a window of years; its amounts stay where they are in the calendar,
or are of one size by delay. Only what neither tells is looked up by delay and year.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.discounting import RATES
from maatwerkbank.risk.kernel.batch import (
    AID,
    BESIDE,
    ETS,
    FIRST_OWN,
    FROZEN,
    GRANT,
    GROSS,
    LEVY_WITH,
    LEVY_WITHOUT,
    OUTCOMES,
    PROFIT,
    RELIEF,
    REMOVAL,
    SHEET_WIDTH,
    WINDOW_OF_SET_OFF,
    Batch,
)
from maatwerkbank.risk.sheet import ALWAYS, OF_INSTALLATION, Levies, Row, Sheet, Sum
from maatwerkbank.rules import additionaliteit
from maatwerkbank.rules.co2_heffing import (
    Installatie,
    grondslag,
    overdraagbaar,
    overdracht_binnen_onderneming,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST_LEVY_YEAR = 2021
MINIMUM = "levy.minimum"
NO_COLUMN = -1
_CARBON_OUTCOMES = frozenset(
    {
        "carbon_value_eur",
        "levy_total_eur",
        "levy_total_without_eur",
        "levy_to_2030_eur",
        "levy_to_2030_without_eur",
    }
)


def tariff_column(kind: Installatie) -> str:
    """The name of the column of the net tariff of part a for a kind of installation."""
    return f"levy.{kind.value}"


@dataclass(frozen=True)
class FactorRow:
    """A product of uncertain figures of a sheet, times an amount by the delay of a project."""

    sheet: int
    places: tuple[str, ...]
    project: int = ALWAYS
    levels: tuple[float, ...] = ()  # (delay,)


@dataclass(frozen=True)
class Packed:
    """A batch, and what belongs to it."""

    batch: Batch
    factors: tuple[FactorRow, ...]  # row 1 and on; row 0 is one
    lates: tuple[tuple[int, int], ...]  # (sheet, project) of row 1 and on; row 0 is nought
    constants: tuple[Mapping[str, float], ...]  # by sheet: outcomes that no draw changes


def pack(
    sheets: Sequence[Sheet],
    columns: Mapping[str, int],
    years: Ints,
    outcomes: Iterable[str] = OUTCOMES,
) -> Packed:
    """The batch of some sheets under one law.

    Parameters
    ----------
    columns : price or net tariff -> its column among the prices, numbered from 0 without a gap
    years : of the prices, one after the other
    """
    packing = _Packing(columns, years, frozenset(outcomes))
    for sheet in sheets:
        packing.add(sheet)
    return packing.done()


# ── what moves with a project ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Window:
    """Years in which something works, without delay, and how late it may be."""

    project: int
    start: int
    end: int
    longest: int


@dataclass(frozen=True)
class _Shape:
    """Amounts by delay and year as something simpler: `by_year` in a window, times `levels`."""

    by_year: Floats
    window: _Window | None
    levels: tuple[float, ...] = ()


def shape_of(amounts: Floats, project: int) -> _Shape | None:
    """A simpler form that gives exactly `amounts` (delay, year); None if there is none."""
    if len(amounts) == 1 or (amounts == amounts[0]).all():
        return _Shape(amounts[0], None)
    works = np.flatnonzero(amounts[0])
    if not works.size:
        return None
    longest, n_years = len(amounts) - 1, amounts.shape[1]
    start, end = int(works[0]), int(works[-1]) + 1
    if end == n_years:  # works on beyond the last year
        end += longest
    window = _Window(project, start, end, longest)
    late, year = np.ogrid[: longest + 1, :n_years]
    inside = (year >= start + late) & (year < end + late)
    if amounts[~inside].any():
        return None
    latest = np.where(inside, late, -1).max(axis=0)
    by_year = np.where(latest >= 0, amounts[np.maximum(latest, 0), np.arange(n_years)], 0.0)
    if np.array_equal(amounts, np.where(inside, by_year, 0.0)):
        return _Shape(by_year, window)
    first = np.minimum(start + np.arange(longest + 1), n_years - 1)
    levels = amounts[np.arange(longest + 1), first]
    if np.array_equal(amounts, np.where(inside, levels[:, np.newaxis], 0.0)):
        sign = -1.0 if levels[0] < 0 else 1.0  # so that an amount and its opposite share a factor
        return _Shape(np.full(n_years, sign), window, tuple((sign * levels).tolist()))
    return None


# ── a sheet ───────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Groups:
    """What adds to the sums of one sheet: amounts by column, per sum, factor and window."""

    by_key: dict[tuple[int, int, int], dict[int, Floats]] = field(default_factory=dict)

    def add(self, to: int, factor: int, window: int, column: int, amounts: Floats) -> None:
        columns = self.by_key.setdefault((to, factor, window), {})
        columns[column] = columns[column] + amounts if column in columns else amounts


class _Packing:
    """Collects sheets."""

    def __init__(self, columns: Mapping[str, int], years: Ints, outcomes: frozenset[str]) -> None:
        self.columns = columns
        self.years = years
        self.outcomes = outcomes
        self.splits_carbon = bool(outcomes & _CARBON_OUTCOMES)
        self.factors: dict[FactorRow, int] = {}
        self.lates: list[tuple[int, int]] = []
        self.constants: list[dict[str, float]] = []
        self.rows: dict[str, list[Any]] = {name: [] for name in Batch._fields}
        self.flat: dict[str, int] = {}

    @property
    def ones(self) -> int:
        """The column behind the last price."""
        return len(self.columns)

    def add(self, sheet: Sheet) -> None:
        """One more sheet."""
        _SheetPacking(self, sheet, len(self.constants)).pack()

    def factor(self, row: FactorRow) -> int:
        """The number of a product of factors; 0 if there is nothing to multiply with."""
        if not row.places and not row.levels:
            return 0
        return self.factors.setdefault(row, len(self.factors) + 1)

    def start(self, name: str, values: Floats) -> int:
        """Where `values` start among the flat amounts of that name."""
        at = self.flat.get(name, 0)
        self.rows[name].append(np.asarray(values, dtype=np.float64).ravel())
        self.flat[name] = at + int(np.size(values))
        return at

    def put(self, name: str, *values: float) -> None:
        """One more row of an array."""
        self.rows[name].append(values)

    def count(self, name: str) -> int:
        """How many rows an array has."""
        return len(self.rows[name])

    def done(self) -> Packed:
        """The batch of all sheets."""
        most = max(len(row) for row in self.rows["discount"])

        def made(name: str) -> Any:
            rows = self.rows[name]
            if name in _FLAT:
                return np.concatenate([np.zeros(0), *rows])
            if name in _BY_YEAR:
                return np.stack([_padded(row, most) for row in rows])
            kind = np.float64 if name == "contract_limits" else np.int64
            return np.array(rows, dtype=kind).reshape(-1, *_WIDTHS[name])

        arrays = {name: made(name) for name in Batch._fields if name != "rates"}
        return Packed(
            Batch(**arrays, rates=np.ascontiguousarray(1.0 / (1.0 + RATES[::-1]))),
            tuple(self.factors),
            tuple(self.lates),
            tuple(self.constants),
        )


_FLAT = {"amounts", "table_amounts", "sale_amounts", "connection_rates", "contract_prices"}
_BY_YEAR = {"discount", "tax", "flags"}
_WIDTHS: dict[str, tuple[int, ...]] = {
    "sheets": (SHEET_WIDTH,),
    "groups": (8,),
    "windows": (4,),
    "tables": (7,),
    "owns": (2,),
    "sales": (3,),
    "connections": (),
    "contracts": (5,),
    "contract_limits": (3,),
}


def _padded(row: NDArray[np.generic], most: int) -> NDArray[np.generic]:
    return np.pad(row, [(0, most - len(row)), *[(0, 0)] * (row.ndim - 1)])


class _SheetPacking:
    """Packs one sheet."""

    def __init__(self, packing: _Packing, sheet: Sheet, number: int) -> None:
        self.all = packing
        self.sheet = sheet
        self.number = number
        self.n_years = len(sheet.years)
        self.groups = _Groups()
        self.windows: dict[_Window, int] = {}
        self.first_late = len(packing.lates) + 1
        self.own = np.flatnonzero(sheet.levies.own)
        self.certain = self._certain_tonnes()
        self.n_owns = 0 if self.certain is not None else len(self.own)
        self.known: dict[str, float] = {}

    # ── tonnes ────────────────────────────────────────────────────────────────────────────────

    def _rows_of(self, n: int, which: str) -> Iterator[Row]:
        place = self.sheet.places.installation(n, which)
        return (row for row in self.sheet.rows if row.sum == place)

    def _certain_tonnes(self) -> "tuple[Floats, Floats, Floats] | None":
        """Without, with, rights of the own installations if no draw moves them and nothing is
        set off or sold: (installation, year) each.
        """
        sheet = self.sheet
        if any(sheet.longest) or sheet.sales:
            return None
        found = []
        for which in OF_INSTALLATION:
            total = np.zeros((len(self.own), self.n_years))
            for k, n in enumerate(self.own):
                for row in self._rows_of(int(n), which):
                    if row.factors:
                        return None
                    total[k] += row.amounts[0]
            found.append(np.where(sheet.levies.gone, 0.0, total))
        without, with_projects, rights = found
        for base in (without, with_projects):
            if self._sets_off(base, rights):
                return None
        return without, with_projects, rights

    def _kinds(self) -> list[Installatie]:
        return kinds_of(self.sheet.levies, self.own)

    def _taxed(self, base: Floats, rights: Floats) -> tuple[Floats, Floats, Floats]:
        """Part a, part b and surplus after transfers. (installation, year) each"""
        after = overdracht_binnen_onderneming(
            base, rights, self._kinds(), avi_apart=self.sheet.levies.apart
        )
        return (*grondslag(base, after), overdraagbaar(base, after))

    def _sets_off(self, base: Floats, rights: Floats) -> bool:
        """Whether any surplus could meet an open base of an earlier year."""
        part_a, _, surplus = self._taxed(base, rights)
        for year in range(1, self.n_years):
            before = slice(max(0, year - WINDOW_OF_SET_OFF), year)
            if ((surplus[:, year] > 0) & (part_a[:, before] > 0).any(axis=1)).any():
                return True
        return False

    def _linear_levy(self, tonnes: tuple[Floats, Floats, Floats]) -> None:
        """The levy as tonnes times net tariffs, which differ by draw."""
        without, with_projects, rights = tonnes
        sides = ((LEVY_WITHOUT, 1.0, without), (LEVY_WITH, -1.0, with_projects))
        for to, sign, base in sides:
            part_a, part_b, _ = self._taxed(base, rights)
            into, times = (to, 1.0) if self.all.splits_carbon else (PROFIT, sign)
            for k, kind in enumerate(self._kinds()):
                column = self.all.columns[tariff_column(kind)]
                self.groups.add(into, 0, -1, column, times * part_a[k])
            self.groups.add(into, 0, -1, self.all.columns[MINIMUM], times * part_b.sum(axis=0))
        self.known = self._same_tonnes(rights)

    def _same_tonnes(self, rights: Floats) -> dict[str, float]:
        """Tonnes beyond the path of the levy, the same in every draw."""
        sheet = self.sheet
        path = np.where(sheet.levies.gone, np.inf, rights.sum(axis=0))
        frozen = np.zeros(self.n_years)
        for row in sheet.rows:
            if row.sum == Sum.FROZEN:
                frozen = frozen + row.amounts[0]
        before = self._unlevied("without")
        after = self._unlevied("with")
        more = additionaliteit.additional(before, after, path)
        discount = (1.0 + sheet.rate) ** -np.arange(self.n_years)
        found = {"additional_discounted_t": float((more * discount).sum())}
        if sheet.target >= 0:
            at = sheet.target
            over = additionaliteit.additional(before, after, frozen)
            found |= {
                "additional_2030_t": float(more[at]),
                "required_2030_t": float(additionaliteit.required(before, path)[at]),
                "additional_2030_frozen_path_t": float(over[at]),
            }
        return found

    def _unlevied(self, which: str) -> Floats:
        """The levy base of the firm, whether there is a levy or not. (year,) [t]"""
        rows = (row for n in self.own for row in self._rows_of(int(n), which))
        return sum((row.amounts[0] for row in rows), np.zeros(self.n_years))

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def pack(self) -> None:
        """All of it."""
        sheet, every = self.sheet, self.all
        arrays = ("groups", "windows", "tables", "owns", "sales", "connections", "contracts")
        before = {name: every.count(name) for name in arrays}
        every.lates.extend((self.number, n) for n in range(len(sheet.projects)))
        for row in sheet.rows:
            for to, sign in self._sums(row):
                self._row(row, to, sign)
        if self.certain is not None:
            self._linear_levy(self.certain)
        self._put_contracts()
        self._put_owns()
        self._put_sales()
        self._put_connections()
        for window in self.windows:
            late = self.first_late + window.project
            every.put("windows", late, window.start, window.end, window.longest)
        self._put_groups()
        ranges = {name: (before[name], every.count(name)) for name in arrays}
        moves = len(sheet.projects) if any(sheet.longest) else 0
        first = int(sheet.years[0])
        every.put(
            "sheets",
            first - int(every.years[0]),
            self.n_years,
            sheet.planned,
            sheet.target,
            FIRST_OWN + 3 * self.n_owns + 2 * len(sheet.connections) + 2 * len(sheet.contracts),
            every.columns[MINIMUM],
            sheet.tax.losses_in_firm,
            bool(sheet.contracts) or any(row.sum in (Sum.GRANT, Sum.AID) for row in sheet.rows),
            every.splits_carbon,
            bool((sheet.levies.last_period >= first).any()),
            max(0, FIRST_LEVY_YEAR - first),
            *ranges["groups"],
            *ranges["windows"],
            *ranges["tables"],
            *(self.first_late, self.first_late + moves),
            *ranges["owns"],
            *ranges["sales"],
            *ranges["connections"],
            *ranges["contracts"],
        )
        self._put_years()
        every.constants.append(self.known)

    def _sums(self, row: Row) -> Iterator[tuple[int, float]]:
        """Where a row goes, and with which sign."""
        places = self.sheet.places
        if row.sum < len(Sum):
            yield from self._fixed(Sum(row.sum))
            return
        for k, n in enumerate(self.own):
            for side, which in enumerate(OF_INSTALLATION):
                if row.sum == places.installation(int(n), which) and self.n_owns:
                    yield FIRST_OWN + side * self.n_owns + k, 1.0
        for line in range(places.connections):
            for side, which in enumerate(("without", "with")):
                if row.sum == places.connection(line, which):
                    yield FIRST_OWN + 3 * self.n_owns + 2 * line + side, 1.0
        for contract in range(len(self.sheet.contracts)):
            if row.sum == places.contract(contract):
                yield self._contract_sum(contract), 1.0

    def _fixed(self, which: Sum) -> Iterator[tuple[int, float]]:
        if which is Sum.DEPRECIATION:
            yield PROFIT, -1.0
            yield BESIDE, 1.0
        elif which is Sum.CARBON:
            yield (ETS if self.all.splits_carbon else PROFIT), 1.0
        else:
            to = {
                Sum.OPERATIONS: PROFIT,
                Sum.INVESTMENT: BESIDE,
                Sum.GRANT: GRANT,
                Sum.AID: AID,
                Sum.RELIEF: RELIEF,
            }
            tonnes = {
                Sum.GROSS: (GROSS, {"gross_2030_t", "gross_discounted_t"}),
                Sum.REMOVAL: (REMOVAL, {"removal_2030_t"}),
                Sum.FROZEN: (FROZEN, {"additional_2030_frozen_path_t"}),
            }
            if which in to:
                yield to[which], 1.0
            elif tonnes[which][1] & self.all.outcomes:
                yield tonnes[which][0], 1.0

    def _contract_sum(self, n: int) -> int:
        return FIRST_OWN + 3 * self.n_owns + 2 * len(self.sheet.connections) + 2 * n

    def _row(self, row: Row, to: int, sign: float) -> None:
        column = NO_COLUMN if row.price is None else self.all.columns[row.price]
        self._amounts(to, sign * row.amounts, row.factors, row.project, column)

    def _amounts(
        self, to: int, amounts: Floats, factors: tuple[str, ...], project: int, column: int
    ) -> None:
        shape = shape_of(amounts, project)
        if shape is None:
            self._table(to, amounts, factors, project, column)
            return
        window = -1
        if shape.window:
            window = self.windows.setdefault(shape.window, len(self.windows))
        levels = project if shape.levels else ALWAYS
        factor = self.all.factor(FactorRow(self.number, factors, levels, shape.levels))
        self.groups.add(to, factor, window, column, shape.by_year)

    def _table(
        self, to: int, amounts: Floats, factors: tuple[str, ...], project: int, column: int
    ) -> None:
        filled = np.flatnonzero(amounts.any(axis=0))
        start, end = int(filled[0]), int(filled[-1]) + 1
        self.all.put(
            "tables",
            to,
            self.all.factor(FactorRow(self.number, factors)),
            self.first_late + project,
            self.all.ones if column == NO_COLUMN else column,
            start,
            end,
            self.all.start("table_amounts", amounts[:, start:end]),
        )
        self.groups.by_key.setdefault((to, 0, -1), {})

    # ── the rest ──────────────────────────────────────────────────────────────────────────────

    def _put_owns(self) -> None:
        for kind in self._kinds() if self.n_owns else ():
            self.all.put("owns", self.all.columns[tariff_column(kind)], kind is Installatie.AVI)

    def _put_sales(self) -> None:
        for sale in self.sheet.sales if self.n_owns else ():
            if sale.installation in self.own:
                amounts = np.stack([sale.volume, sale.price], axis=1)
                self.all.put(
                    "sales",
                    int(np.flatnonzero(self.own == sale.installation)[0]),
                    self.all.factor(FactorRow(self.number, sale.factors)),
                    self.all.start("sale_amounts", amounts),
                )
                if self.all.splits_carbon:
                    self.groups.by_key.setdefault((ETS, 0, -1), {})

    def _put_connections(self) -> None:
        for line in self.sheet.connections:
            unit = np.full((1, self.n_years), line.unit_mwh)
            rates = np.concatenate([unit, line.limits, line.rates]).T
            self.all.put("connections", self.all.start("connection_rates", rates))

    def _put_contracts(self) -> None:
        for n, line in enumerate(self.sheet.contracts):
            bounded = bool(np.isfinite(line.most_a_year).all())
            if bounded:
                most = self._contract_sum(n) + 1
                self._amounts(most, line.most_a_year, (), line.project, NO_COLUMN)
            prices = np.stack([line.strike, line.floor], axis=1)
            self.all.put(
                "contracts",
                self.all.columns[line.price],
                line.two_sided,
                line.beyond_paid,
                bounded,
                self.all.start("contract_prices", prices),
            )
            self.all.put("contract_limits", line.price_share, line.carried_over, line.most)
            self.groups.by_key.setdefault((AID, 0, -1), {})

    def _put_groups(self) -> None:
        for to in (PROFIT, BESIDE):
            self.groups.by_key.setdefault((to, 0, -1), {})
        # Those without factor and window first: they start the sum.
        for (to, factor, window), columns in sorted(self.groups.by_key.items()):
            same = columns.get(NO_COLUMN, np.zeros(self.n_years))
            priced = sorted(column for column in columns if column != NO_COLUMN)
            runs = _runs(priced) or [[]]
            for run in runs:
                amounts = np.stack([same, *(columns[column] for column in run)], axis=1)
                self._group(to, factor, window, run[0] if run else 0, amounts)
                same = np.zeros(self.n_years)

    def _group(self, to: int, factor: int, window: int, column: int, amounts: Floats) -> None:
        filled = np.flatnonzero(amounts.any(axis=1))
        start, end = (int(filled[0]), int(filled[-1]) + 1) if filled.size else (0, 0)
        self.all.put(
            "groups",
            to,
            factor,
            window,
            start,
            end,
            column,
            self.all.start("amounts", amounts[start:end]),
            amounts.shape[1],
        )

    def _put_years(self) -> None:
        levies, tax = self.sheet.levies, self.sheet.tax
        rates = [tax.high, tax.low, tax.bracket, tax.threshold, tax.fraction]
        last = levies.last_period - int(self.sheet.years[0])
        flags = [levies.gone, levies.apart, levies.highest_first, last]
        rows = self.all.rows
        rows["discount"].append((1.0 + self.sheet.rate) ** -np.arange(self.n_years))
        rows["tax"].append(np.stack(rates, axis=1))
        rows["flags"].append(np.stack(flags, axis=1).astype(np.int64))


def kinds_of(levies: Levies, own: Ints) -> list[Installatie]:
    """The kind of each own installation."""
    return [
        Installatie.ETS
        if levies.deducts[n]
        else Installatie.AVI
        if levies.incinerator[n]
        else Installatie.LACHGAS
        for n in own
    ]


def _runs(columns: list[int]) -> list[list[int]]:
    """Columns that stand side by side, together."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs
