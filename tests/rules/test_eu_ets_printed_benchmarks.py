# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rule for benchmark values, beside every value that Reg. 2021/447 and 2026/1412 print.

The figures lie in ../shared/data/eu_ets_benchmarks, transcribed from copies of the regulations.
"""

import csv
from decimal import Decimal

import pytest

from maatwerkbank.rules import eu_ets

# Their values follow the refinery products in 2021-2025, not their own improvement.
MOVED_WITH_REFINERIES = {"Aromatics", "Hydrogen", "Synthesis gas (syngas)"}

# The mean of the best 10 % is printed rounded, and that can turn the last digit of the value.
TURNED_BY_ROUNDING = 8


@pytest.fixture(scope="module")
def benchmarks(shared):
    table = shared / "data" / "eu_ets_benchmarks" / "benchmark_values.csv"
    with table.open(encoding="utf-8", newline="") as rows:
        return {row["product"]: row for row in csv.DictReader(rows)}


def decimals(printed):
    return -int(Decimal(printed).as_tuple().exponent)


def own_value(row):
    """What the rule gives for 2021-2025 from the start and the best installations."""
    start, average = float(row["value_2013_2020"]), float(row["avg_best_10pct_2016_2017"])
    period = eu_ets.BENCHMARKS_2021_2025
    return eu_ets.benchmark_value(
        start,
        eu_ets.annual_rate(start, average, period),
        period,
        decimals=decimals(row["value_2021_2025"]),
    )


def last_digits_off(row):
    """By how many units of the last printed digit rule and print differ."""
    printed = row["value_2021_2025"]
    return round(abs(float(own_value(row)) - float(printed)) * 10 ** decimals(printed))


def test_the_rule_gives_the_printed_values_of_2021_2025(benchmarks):
    own = [row for name, row in benchmarks.items() if name not in MOVED_WITH_REFINERIES]

    off = [last_digits_off(row) for row in own]

    assert len(benchmarks) == 54
    assert (off.count(0), off.count(1), len(off)) == (43, TURNED_BY_ROUNDING, 51)


@pytest.mark.parametrize("product", sorted(MOVED_WITH_REFINERIES))
def test_three_products_follow_the_refineries(benchmarks, product):
    row, refinery = benchmarks[product], benchmarks["Refinery products"]

    moved = eu_ets.benchmark_moved_with(
        float(row["value_2013_2020"]),
        float(refinery["value_2013_2020"]),
        float(refinery["value_2021_2025"]),
        decimals=decimals(row["value_2021_2025"]),
    )

    assert float(moved) == float(row["value_2021_2025"])


def test_the_known_values_of_2026_2030_lie_within_the_bounds(benchmarks):
    known = [row for row in benchmarks.values() if row["value_2026_2030"]]

    bounds = [
        eu_ets.benchmark_bounds(float(row["value_2013_2020"]), decimals(row["value_2026_2030"]))
        for row in known
    ]
    outside = [
        row["product"]
        for row, (lowest, highest) in zip(known, bounds, strict=True)
        if not lowest <= float(row["value_2026_2030"]) <= highest
    ]

    assert len(known) == 13
    assert outside == []
