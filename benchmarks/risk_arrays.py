# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up projects as the kernel of risk reads them: the core arithmetic, and everything at once.

Takes     the arrays of `yardsticks.made_up`.
Gives     batches with prices, factors and delays.
Leaves    packing real sheets to `maatwerkbank.risk.packing`: here all projects have one shape.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from yardsticks import CoreArrays

from maatwerkbank.economics.discounting import RATES
from maatwerkbank.risk.kernel import batch as columns
from maatwerkbank.risk.kernel.batch import (
    AID,
    BESIDE,
    FIRST_OWN,
    GROSS,
    LANES,
    OUTCOMES,
    PROFIT,
    SPARE,
    Batch,
)
from maatwerkbank.risk.kernel.valuation import value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EUA, LEVY = 5, 6  # columns of the prices
MOST_LATE, TARGET = 4, 5
FULL = (
    "npv_eur",
    "npv_without_support_eur",
    "gross_2030_t",
    "additional_2030_t",
    "gross_discounted_t",
    "additional_discounted_t",
    "support_eur",
)


@dataclass(frozen=True)
class KernelArrays:
    """What `kernel.valuation.value` takes, for some outcomes."""

    batch: Batch
    prices: Floats  # (block, year, column, LANES)
    factors: Floats
    late: Floats
    outcomes: tuple[str, ...]
    n_draws: int

    @property
    def evaluations(self) -> int:
        """How many pairs of a project and a draw there are."""
        return len(self.batch.sheets) * self.n_draws

    def room(self) -> Floats:
        """Room for the outcomes. (outcome, project, block, LANES)"""
        return np.empty((len(self.outcomes), len(self.batch.sheets), len(self.prices), LANES))

    def value(self, into: Floats, first: int = 0, end: int | None = None) -> None:
        """Value the projects `first` to `end` in every draw."""
        batch = self.batch
        part = batch._replace(
            sheets=batch.sheets[first:end],
            discount=batch.discount[first:end],
            tax=batch.tax[first:end],
            flags=batch.flags[first:end],
        )
        wanted = [self.outcomes.index(n) if n in self.outcomes else -1 for n in OUTCOMES]
        value(
            part,
            self.prices,
            self.factors,
            self.late,
            np.array(wanted),
            into[:, first:end],
        )


def core(arrays: CoreArrays, outcomes: tuple[str, ...] = ("npv_eur",)) -> KernelArrays:
    """Cash terms, ETS, levy, tax with loss set-off, present value: only prices differ by draw."""
    n, n_years, n_columns = arrays.x.shape
    width = 1 + n_columns
    amounts = np.concatenate(
        [
            np.concatenate([arrays.constant[:, :, None], arrays.x], axis=2).reshape(n, -1),
            arrays.beside,
        ],
        axis=1,
    )
    per_project = amounts.shape[1]
    starts = per_project * np.arange(n)
    groups = np.array(
        [
            row
            for start in starts
            for row in (
                (PROFIT, 0, -1, 0, n_years, 0, start, width),
                (BESIDE, 0, -1, 0, n_years, 0, start + n_years * width, 1),
            )
        ]
    )
    sheets = _sheets(n, n_years, supported=False, n_sums=FIRST_OWN)
    sheets[:, columns.GROUPS] = 2 * np.arange(n)
    sheets[:, columns.GROUPS + 1] = 2 * np.arange(n) + 2
    prices, n_draws = _prices(arrays)
    blocks = prices.shape[0]
    return KernelArrays(
        _batch(arrays, sheets, groups, amounts),
        prices,
        np.ones((1, blocks, LANES)),
        np.zeros((1, blocks, LANES)),
        outcomes,
        n_draws,
    )


def full(arrays: CoreArrays, seed: int, *, sets_off: bool = False) -> KernelArrays:
    """Levy on an uncertain base, support along the path, delay, gap and tonnes besides.

    `sets_off`: surplus rights also bring back levy of five earlier years.
    """
    generator = np.random.default_rng(seed)
    n, n_years, _ = arrays.x.shape
    prices, n_draws = _prices(arrays)
    blocks = prices.shape[0]
    # Row 1 + 2p multiplies the emission of project p, row 2 + 2p what it captures.
    factors = np.ones((1 + 2 * n, blocks, LANES))
    factors[1:] = generator.uniform(0.8, 1.2, factors[1:].shape)
    late = np.zeros((1 + n, blocks, LANES))
    late[1:] = generator.integers(0, MOST_LATE + 1, late[1:].shape)

    start_of_work = 3
    emitted = np.abs(generator.normal(400e3, 80e3, n))
    captured = -0.4 * emitted
    without, with_, rights, volume = range(FIRST_OWN, FIRST_OWN + 4)
    pieces: list[Floats] = []
    groups: list[tuple[int, ...]] = []
    at = 0

    def group(to: int, rows: Floats, column: int, factor: int = 0, window: int = -1) -> None:
        nonlocal at
        pieces.append(rows.ravel())
        groups.append((to, factor, window, 0, n_years, column, at, rows.shape[1]))
        at += rows.size

    sheets = _sheets(n, n_years, supported=True, n_sums=FIRST_OWN + 5)
    ones = np.ones(n_years)
    for p in range(n):
        first = len(groups)
        cost = np.concatenate([arrays.constant[p, :, None], arrays.x[p, :, :EUA]], axis=1)
        emission, capture = 1 + 2 * p, 2 + 2 * p
        group(PROFIT, cost, 0, window=0)
        group(PROFIT, np.stack([0 * ones, -captured[p] * ones], axis=1), EUA, capture, 0)
        group(BESIDE, arrays.beside[p, :, None], 0)
        group(AID, np.zeros((n_years, 1)), 0)
        group(GROSS, (-captured[p] * ones)[:, None], 0, capture, 0)
        group(without, (emitted[p] * ones)[:, None], 0, emission)
        group(with_, (emitted[p] * ones)[:, None], 0, emission)
        group(with_, (captured[p] * ones)[:, None], 0, capture, 0)
        path = emitted[p] * np.linspace(0.78, 0.4, n_years)
        group(rights, path[:, None], 0)
        group(volume, (-captured[p] * ones)[:, None], 0, 0, 0)
        sheets[p, columns.GROUPS : columns.GROUPS + 2] = (first, len(groups))
        for name in (columns.WINDOWS, columns.OWNS, columns.CONTRACTS, columns.LATES):
            sheets[p, name : name + 2] = (p, p + 1)
        sheets[p, columns.LATES : columns.LATES + 2] += 1
    batch = _batch(arrays, sheets, np.array(groups), np.concatenate(pieces))
    strike = np.tile([150.0, 60.0], (n_years, 1))
    end = n_years + MOST_LATE
    batch = batch._replace(
        windows=np.array([(1 + p, start_of_work, end, MOST_LATE) for p in range(n)]),
        owns=np.tile([LEVY, 0], (n, 1)),
        contracts=np.tile([EUA, 0, 0, 0, 0], (n, 1)),
        contract_limits=np.tile([1.0, 0.0, 1e12], (n, 1)),
        contract_prices=strike.ravel(),
    )
    batch.sheets[:, columns.SETS_OFF] = sets_off
    if not sets_off:
        batch.flags[:, :, columns.LAST_PERIOD] = -1
    return KernelArrays(batch, prices, factors, late, FULL, n_draws)


def _sheets(n: int, n_years: int, *, supported: bool, n_sums: int) -> Ints:
    sheets = np.zeros((n, columns.SHEET_WIDTH), dtype=np.int64)
    sheets[:, columns.N_YEARS] = n_years
    sheets[:, columns.PLANNED] = n_years
    sheets[:, columns.TARGET] = TARGET
    sheets[:, columns.N_SUMS] = n_sums
    sheets[:, columns.MINIMUM] = LEVY + 1
    sheets[:, columns.SUPPORTED] = supported
    return sheets


def _batch(arrays: CoreArrays, sheets: Ints, groups: Ints, amounts: Floats) -> Batch:
    n, n_years = arrays.discount.shape
    none, nothing = np.zeros((0, 8), dtype=np.int64), np.zeros(0)
    return Batch(
        sheets=sheets,
        discount=arrays.discount,
        tax=np.broadcast_to(arrays.tax, (n, *arrays.tax.shape)).copy(),
        flags=np.tile(np.array([0, 0, 0, n_years]), (n, n_years, 1)),
        groups=groups,
        amounts=np.ascontiguousarray(amounts.ravel()),
        windows=none[:, :4].copy(),
        tables=none[:, :7].copy(),
        table_amounts=nothing,
        owns=none[:, :2].copy(),
        sales=none[:, :3].copy(),
        sale_amounts=nothing,
        connections=np.zeros(0, dtype=np.int64),
        connection_rates=nothing,
        contracts=none[:, :5].copy(),
        contract_limits=np.zeros((0, 3)),
        contract_prices=nothing,
        rates=np.ascontiguousarray(1.0 / (1.0 + RATES[::-1])),
    )


def _prices(arrays: CoreArrays) -> tuple[Floats, int]:
    """Prices of draws side by side, columns of ones behind them."""
    by_draw = arrays.prices_of_draws()
    n_draws, n_years, n_columns = by_draw.shape
    blocks = -(-n_draws // LANES)
    padded = np.concatenate([by_draw, np.repeat(by_draw[-1:], blocks * LANES - n_draws, axis=0)])
    prices = np.ones((blocks, n_years, n_columns + SPARE, LANES))
    split = padded.reshape(blocks, LANES, n_years, n_columns)
    prices[:, :, :n_columns] = split.transpose(0, 2, 3, 1)
    return prices, n_draws
