# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sums of a year against a plain formula, also where they stand as they were the year before."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from maatwerkbank.risk.kernel import batch as columns
from maatwerkbank.risk.kernel.batch import (
    AID,
    BESIDE,
    CHANGED,
    EMPTY,
    FIRST_OWN,
    GROSS,
    LANES,
    PROFIT,
    SUMMED,
)
from maatwerkbank.risk.kernel.vectors import Floats, Ints
from maatwerkbank.risk.kernel.yearly_sums import add_tables, sum_up

YEARS, COLUMNS, MOST_LATE = 14, 3, 3
WINDOWS = np.array([(1, 2, 12, MOST_LATE), (2, 0, 6, 1)])  # LATE, start, end, longest


@dataclass
class Sums:
    """A sheet of some groups, and the room that the kernel has for its sums."""

    groups: Ints
    amounts: Floats
    prices: Floats
    factors: Floats
    late: Floats
    room: Floats = field(default_factory=lambda: np.zeros((FIRST_OWN + 1, LANES)))
    held: Ints = field(default_factory=lambda: np.zeros(FIRST_OWN + 1, dtype=np.int64))
    masks: Floats = field(default_factory=lambda: np.zeros((len(WINDOWS), LANES)))
    state: Ints = field(default_factory=lambda: np.zeros(len(WINDOWS), dtype=np.int64))

    def sheet(self) -> Ints:
        sheet = np.zeros((1, columns.SHEET_WIDTH), dtype=np.int64)
        sheet[0, columns.PLANNED] = YEARS
        sheet[0, columns.GROUPS + 1] = len(self.groups)
        sheet[0, columns.WINDOWS + 1] = len(WINDOWS)
        return sheet

    def of(self, year: int) -> float:
        """Fill the room; what is beside the profit in all draws alike."""
        return float(
            sum_up(
                self.sheet(),
                0,
                0,
                year,
                self.groups,
                self.amounts,
                WINDOWS,
                self.prices,
                self.factors,
                self.late,
                self.room,
                self.held,
                self.masks,
                self.state,
            )
        )

    def plain(self, year: int) -> Floats:
        """`(amount + sum of amounts × prices) × inside the window × factor`, group by group."""
        found = np.zeros_like(self.room)
        for to, factor, window, first, until, column, start, width in self.groups:
            if not first <= year < until:
                continue
            at = start + (year - first) * width
            amount, *priced = self.amounts[at : at + width]
            value = amount + sum(x * self.prices[0, year, column + k] for k, x in enumerate(priced))
            if window >= 0:
                late, opens, closes, _ = WINDOWS[window]
                since = year - self.late[late, 0]
                value = value * ((opens <= since) & (since < closes))
            found[to] += value * self.factors[factor, 0]
        return found


def made_up(seed: int) -> Sums:
    """Up to three groups a sum; amounts mostly stay as they were, many are nought."""
    generator = np.random.default_rng(seed)
    groups: list[tuple[int, ...]] = []
    amounts: list[float] = []
    for to in (PROFIT, BESIDE, GROSS, FIRST_OWN):
        for _ in range(generator.integers(1, 4)):
            width = int(generator.choice([1, 1, 1, 1 + COLUMNS]))
            first, until = sorted(generator.choice(YEARS + 1, 2, replace=False))
            factor, window = generator.integers(0, 3), generator.integers(-1, len(WINDOWS))
            groups.append((to, factor, window, first, until, 0, len(amounts), width))
            levels = generator.choice([0.0, 2.0, -3.5], (until - first, width))
            stays = generator.random(until - first) < 0.7
            for year in range(1, until - first):
                if stays[year]:
                    levels[year] = levels[year - 1]
            amounts.extend(levels.ravel())
    factors, late = np.ones((3, 1, LANES)), np.zeros((3, 1, LANES))
    factors[1:] = generator.uniform(0.5, 2.0, (2, 1, LANES))
    late[1] = generator.integers(0, MOST_LATE + 1, LANES)
    late[2] = generator.integers(0, 2, LANES)
    prices = generator.uniform(10.0, 99.0, (1, YEARS, COLUMNS, LANES))
    return Sums(np.array(groups), np.array(amounts), prices, factors, late)


def same(sums: Sums, year: int) -> Any:
    """The room holds what the plain formula says; beside the profit a part comes back apart."""
    beside = sums.of(year)
    ours = sums.room.copy()
    ours[BESIDE] += beside
    np.testing.assert_allclose(ours, sums.plain(year), rtol=1e-14, atol=1e-13)


@pytest.mark.parametrize("seed", range(40))
def test_sums_are_what_a_plain_formula_says_year_after_year(seed):
    sums = made_up(seed)
    for year in range(YEARS):
        same(sums, year)


@pytest.mark.parametrize("seed", range(40))
def test_a_sum_that_was_changed_is_summed_up_again(seed):
    sums = made_up(seed)
    for year in range(YEARS):
        same(sums, year)
        for row in (PROFIT, GROSS, FIRST_OWN):
            sums.room[row] += 1.0
            sums.held[row] = CHANGED


def test_a_sum_that_stays_as_it_was_is_not_summed_up_again():
    sums = made_up(0)
    sums.groups = np.array([(GROSS, 1, -1, 0, YEARS, 0, 0, 1)])
    sums.amounts = np.full(YEARS, 7.0)
    sums.amounts[5:] = 8.0
    marked = -1.0
    for year in range(YEARS):
        sums.of(year)
        stood = sums.room[GROSS, 0] == marked
        assert stood == (year not in (0, 5))
        assert sums.held[GROSS] == SUMMED
        sums.room[GROSS] = marked


def test_cash_that_is_the_same_in_every_draw_comes_back_every_year():
    sums = made_up(0)
    sums.groups = np.array(
        [(BESIDE, 0, -1, 0, YEARS, 0, 0, 1), (BESIDE, 1, -1, 0, YEARS, 0, YEARS, 1)]
    )
    sums.amounts = np.repeat([3.0, 5.0], YEARS)
    for year in range(YEARS):
        same(sums, year)
        assert sums.of(year) == 3.0


def test_what_a_table_adds_does_not_add_to_what_nobody_reads():
    sums = made_up(0)
    sheet = sums.sheet()
    sheet[0, columns.TABLES + 1] = 1
    table = np.array([(AID, 1, 1, COLUMNS, 0, YEARS, 0)])
    amounts = np.arange((MOST_LATE + 1.0) * YEARS)  # (years late, year)
    ones = np.ones((1, YEARS, 1, LANES))
    prices = np.concatenate([sums.prices, ones], axis=2)
    sums.held[AID], sums.room[AID] = EMPTY, 99.0
    add_tables(
        sheet, 0, 0, 5, table, amounts, prices, sums.factors, sums.late, sums.room, sums.held
    )
    expected = amounts.reshape(-1, YEARS)[sums.late[1, 0].astype(int), 5] * sums.factors[1, 0]
    np.testing.assert_allclose(sums.room[AID], expected, rtol=1e-14)
    assert sums.held[AID] == CHANGED
