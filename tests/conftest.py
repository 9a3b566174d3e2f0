# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures that all tests share."""

import math
from datetime import datetime, timedelta
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data beside the project; tests that need it skip without it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared data folder beside the project (../shared)")
    return folder


MONTHS = [(year, month) for year in range(2011, 2025) for month in range(1, 13)]
EUA_COLUMNS = "month,eua_auction_mean_eur"
PINKSHEET_COLUMNS = (
    "month,iron_ore_cfr_usd_per_dmtu,usd_per_eur,ttf_like_natural_gas_europe_eur_per_mwh_hhv"
)


@pytest.fixture(scope="session")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with made-up monthly and hourly prices, 2011 to 2024, for `prices fit`.

    Copy it before changing anything in it: every test of the session reads it.
    """
    eua, ore, gas, power = (_straying(each) for each in (1.0, 2.0, 3.0, 4.0))
    names = [f"{year}-{month:02}" for year, month in MONTHS]
    pinksheet = zip(names, ore, gas, strict=True)
    tables = {
        "prices_eua/eua_monthly_means.csv": [
            EUA_COLUMNS,
            *(f"{month},{40 * price:.3f}" for month, price in zip(names, eua, strict=True)),
        ],
        "prices_worldbank_pinksheet/monthly_2000_2026.csv": [
            PINKSHEET_COLUMNS,
            *(f"{month},{90 * one:.3f},1.1,{25 * other:.3f}" for month, one, other in pinksheet),
        ],
        "prices_electricity_hourly/nl_day_ahead_2020_2021.csv": [
            "utc,nl_day_ahead_eur_per_mwh",
            *_hours(2020, 2022, power),
        ],
        "prices_electricity_hourly/be_day_ahead_2022_2024.csv": [
            "local_time,be_day_ahead_eur_per_mwh",
            *_hours(2022, 2025, power),
        ],
    }
    folder = tmp_path_factory.mktemp("made-up") / "histories"
    for name, lines in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _straying(seed: float) -> list[float]:
    """A price about 1 for each month, that strays and returns; without chance."""
    away, found = 0.0, []
    for number in range(len(MONTHS)):
        away = 0.9 * away + 0.1 * math.sin(seed * number**2)
        found.append(math.exp(away))
    return found


def _hours(first: int, end: int, prices: list[float]) -> list[str]:
    """The price of its month for each hour from the start of a year to the start of another."""
    by_month = dict(zip(MONTHS, prices, strict=True))
    start = datetime(first, 1, 1)  # noqa: DTZ001  (local time, as in the file)
    number = (datetime(end, 1, 1) - start) // timedelta(hours=1)  # noqa: DTZ001
    hours = [start + timedelta(hours=hour) for hour in range(number)]
    return [f"{hour:%Y-%m-%dT%H:%M},{60 * by_month[hour.year, hour.month]:.2f}" for hour in hours]
