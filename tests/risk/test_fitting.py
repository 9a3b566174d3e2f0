# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does the fit find back what prices were made with, and does it refuse what is no history?"""

import math
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

import maatwerkbank
from maatwerkbank.ground.errors import DocumentRefused
from maatwerkbank.parameters.price_processes import process, processes_of
from maatwerkbank.risk.fitting import (
    FittedProcess,
    FittedProcesses,
    History,
    as_yaml,
    fit,
    fit_folder,
)

UNTIL = date(2025, 6, 30)
SHIPPED = (
    Path(maatwerkbank.__file__).parent / "parameters" / "price_processes" / "nl-2025-06-30.yaml"
)
JANUARY_2000 = 2000 * 12
SPEED, VOLATILITY = 0.8, 0.3


def simulated(seed: int, n: int, jumps: tuple[float, float] = (0.0, 1.0)) -> np.ndarray:
    """Logarithms of monthly prices about a rising line. (month,)"""
    generator = np.random.default_rng(seed)
    sd = VOLATILITY * math.sqrt((1 - math.exp(-SPEED / 6)) / (2 * SPEED))
    numbers = generator.poisson(jumps[0] / 12, n)
    steps = generator.normal(0.0, sd, n) + np.sqrt(numbers) * generator.normal(0.0, jumps[1], n)
    return follow(steps) + 3.0 + 0.04 * np.arange(n) / 12


def follow(steps: np.ndarray) -> np.ndarray:
    found = np.zeros(len(steps))
    for month in range(1, len(steps)):
        found[month] = math.exp(-SPEED / 12) * found[month - 1] + steps[month]
    return found


def history(logs: np.ndarray, first: int = JANUARY_2000) -> History:
    return History(first, np.exp(logs), "scenario-corners", "test")


def fitted_one(logs: np.ndarray) -> FittedProcess:
    return fit({"gas": history(logs)}, UNTIL).by_carrier["gas"]


# ── recovery ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_fit_recovers_speed_and_volatility_within_two_standard_errors(seed):
    found = fitted_one(simulated(seed, 3600))

    assert found.speed_error < 0.1
    assert abs(found.speed - SPEED) < 2 * found.speed_error
    # A normal residual in 370 passes three standard deviations and is taken for a jump.
    assert abs(found.volatility - VOLATILITY) < 2 * found.volatility_error + 0.015 * VOLATILITY


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_fit_recovers_large_jumps_within_two_standard_errors(seed):
    found = fitted_one(simulated(seed, 3600, jumps=(0.5, 4.0)))

    assert abs(found.intensity - 0.5) < 2 * found.intensity_error
    assert abs(found.jump_sd - 4.0) < 2 * found.jump_sd_error
    assert abs(found.speed - SPEED) < 2 * found.speed_error


def test_a_line_in_the_logarithms_does_not_change_the_speed():
    logs = simulated(1, 600)

    steep = fitted_one(logs + 0.2 * np.arange(600) / 12)

    assert steep.speed == pytest.approx(fitted_one(logs).speed, rel=1e-9)


def test_a_unit_of_price_changes_nothing():
    logs = simulated(1, 600)

    assert fitted_one(logs + 7.0).volatility == pytest.approx(fitted_one(logs).volatility, rel=1e-9)


def test_a_short_history_has_a_speed_that_looks_too_high_by_about_the_stated_bias():
    fits = [fitted_one(simulated(seed, 120)) for seed in range(300)]

    excess = np.mean([each.speed for each in fits]) - SPEED
    bias = np.mean([each.speed_bias for each in fits])

    assert 0.8 * bias < excess < 1.6 * bias


def test_a_short_history_states_a_large_standard_error():
    long, short = fitted_one(simulated(5, 3600)), fitted_one(simulated(5, 60))

    assert short.speed_error > 4 * long.speed_error


def test_without_jumps_there_is_no_size_of_jumps():
    quiet = fitted_one(follow(0.1 * np.sin(np.arange(400) ** 2)) + 3.0)

    assert quiet.intensity == 0.0
    assert quiet.jump_sd is None
    assert quiet.intensity_error is None


def test_prices_that_never_return_have_no_speed_below_nought():
    explosive = 1.01 ** np.arange(120) + 0.01 * np.sin(np.arange(120) ** 2)

    found = fitted_one(explosive)

    assert found.speed == 0.0
    assert found.volatility > 0


def test_correlations_are_those_of_residuals_over_shared_months():
    generator = np.random.default_rng(4)
    own = generator.normal(0.0, 0.05, (2, 2400))
    both = own[0] * 0.6 + own[1] * 0.8
    long, short = follow(own[0]) + 3.0, (follow(both) + 2.0)[1200:]

    found = fit({"a": history(long), "b": history(short, JANUARY_2000 + 1200)}, UNTIL)

    assert found.correlation[0, 1] == pytest.approx(0.6, abs=0.05)
    assert found.correlation[1, 0] == found.correlation[0, 1]
    assert 1150 < found.common_months[0, 1] < 1200


def test_pairs_that_do_not_fit_together_are_taken_over_the_months_of_all():
    generator = np.random.default_rng(6)
    a, b, c = generator.normal(0.0, 0.05, (3, 240))
    # a with b in the first half, b with c in the middle, a against c at the end.
    b[:120], c[60:180], c[180:] = a[:120], b[60:180], -a[180:]
    histories = {
        "a": history(follow(a) + 3.0),
        "b": history((follow(b) + 3.0)[:180]),
        "c": history((follow(c) + 3.0)[60:], JANUARY_2000 + 60),
    }

    found = fit(histories, UNTIL)

    assert np.linalg.eigvalsh(found.correlation).min() > -1e-12
    assert len(set(found.common_months[np.triu_indices(3, 1)])) == 1


# ── histories that are none ───────────────────────────────────────────────────────────────────


def test_every_price_that_is_not_a_positive_number_is_a_finding_with_its_month():
    prices = np.exp(simulated(1, 60))
    prices[[3, 20, 30]] = math.nan, 0.0, -4.0

    with pytest.raises(DocumentRefused) as refused:
        fit({"gas": History(JANUARY_2000, prices, "scenario-corners", "test")}, UNTIL)

    assert [each.place for each in refused.value.findings] == [
        "gas, 2000-04",
        "gas, 2001-09",
        "gas, 2002-07",
    ]


def test_too_few_months_are_a_finding():
    with pytest.raises(DocumentRefused) as refused:
        fitted_one(simulated(1, 35))

    assert refused.value.findings[0].code == "history-short"
    assert "at least 36 months" in refused.value.findings[0].found_text()


def test_months_that_are_high_and_low_in_turn_are_a_finding():
    with pytest.raises(DocumentRefused) as refused:
        fitted_one(np.tile([1.0, 2.0], 30) + 0.01 * np.sin(np.arange(60) ** 2))

    assert refused.value.findings[0].code == "history-swings"


@pytest.mark.parametrize(
    "logs",
    [
        np.full(60, 3.0),
        3.0 + 0.01 * np.arange(60),
        np.where(np.arange(60) < 30, 3.0, 4.0),
        np.where(np.arange(60) == 30, 4.0, 3.0),
    ],
    ids=["the same", "a line", "a step", "one other"],
)
def test_months_on_one_line_are_a_finding(logs):
    with pytest.raises(DocumentRefused) as refused:
        fitted_one(logs)

    assert refused.value.findings[0].code == "history-flat"


def test_histories_without_months_in_common_are_a_finding():
    apart = {
        "gas": history(simulated(1, 60)),
        "power": history(simulated(2, 60), JANUARY_2000 + 60),
    }

    with pytest.raises(DocumentRefused) as refused:
        fit(apart, UNTIL)

    assert [each.code for each in refused.value.findings] == ["history-apart"]
    assert refused.value.findings[0].place == "gas, power"


def test_each_history_that_is_none_is_told_of_at_once():
    with pytest.raises(DocumentRefused) as refused:
        fit({"gas": history(np.full(60, 3.0)), "power": history(simulated(1, 20))}, UNTIL)

    assert [each.code for each in refused.value.findings] == ["history-flat", "history-short"]


# ── the folder of real prices ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def refitted(shared) -> FittedProcesses:
    return fit_folder(shared / "data", UNTIL)


def test_the_shipped_file_is_what_the_fit_writes(refitted):
    assert as_yaml(refitted) == SHIPPED.read_text("utf-8")


def test_what_is_written_can_be_read_by_a_run(refitted):
    found = processes_of(yaml.safe_load(as_yaml(refitted)), "mine")

    assert found == process("nl-2025-06-30")


def test_the_month_of_the_day_of_knowledge_is_not_known_yet(refitted):
    assert refitted.by_carrier["eua"].history.last == 2025 * 12 + 4


def test_an_earlier_day_of_knowledge_knows_fewer_months(shared):
    earlier = fit_folder(shared / "data", date(2024, 1, 1))

    assert {name: each.history.last for name, each in earlier.by_carrier.items()} == dict.fromkeys(
        ["eua", "natural_gas", "electricity", "iron_ore"], 2023 * 12 + 11
    )


def test_gas_is_priced_per_mwh_of_lower_heating_value(refitted):
    gas = refitted.by_carrier["natural_gas"].history

    year_2024 = gas.prices[2024 * 12 - gas.first :][:12]

    assert year_2024.mean() == pytest.approx(34.61 * 35.17 / 31.65, abs=0.01)


def test_power_is_dutch_until_2021_and_belgian_after_it(refitted):
    power = refitted.by_carrier["electricity"].history

    assert power.first == 2020 * 12
    assert power.prices[:12].mean() == pytest.approx(32.24, abs=0.2)
    assert power.last == 2024 * 12 + 5  # July 2024 is not whole


EUA = "prices_eua/eua_monthly_means.csv"
PINKSHEET = "prices_worldbank_pinksheet/monthly_2000_2026.csv"
POWER = "prices_electricity_hourly/nl_day_ahead_2020_2021.csv"
BELGIAN = "prices_electricity_hourly/be_day_ahead_2022_2024.csv"


@pytest.fixture
def copied(shared, tmp_path) -> Path:
    """The files of the folder, to be spoilt."""
    for name in (EUA, PINKSHEET, POWER, BELGIAN):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(shared / "data" / name, tmp_path / name)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "place"),
    [
        (EUA, "\n2011-02,14.557,", "\n2011-02,many,", "history-number", "eua_auction_mean_eur"),
        (EUA, "\n2011-02,14.557,", "\n2011-02,,", "history-number", "eua_auction_mean_eur"),
        (EUA, "\n2011-02,14.557,", "\n2011-02,nan,", "history-number", "line 14"),
        (EUA, "\n2011-02,14.557,", "\n2011-02,-1,", "history-price", f"{EUA}, 2011-02"),
        (EUA, "\n2011-02,14.557,", "\n2011-13,14.557,", "history-time", "line 14, month"),
        (EUA, "\n2011-02,14.557,", "\n2011-01,14.557,", "history-order", "line 14, month"),
        (EUA, "eua_auction_mean_eur", "price", "history-column", EUA),
        (PINKSHEET, "\n2016-05,", "\n2016-5,", "history-time", "month"),
        (POWER, "\n2020-06-14T10:00Z,", "\n2020-06-13T10:00Z,", "history-order", "utc"),
    ],
)
def test_a_mistake_in_a_file_is_a_finding_with_its_place(copied, name, old, new, code, place):
    change(copied, name, old, new)

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert refused.value.findings[0].code == code
    assert place in refused.value.findings[0].place


def test_a_month_that_is_missing_is_a_finding(copied):
    text = (copied / EUA).read_text("utf-8").splitlines()
    kept = [line for line in text if not line.startswith("2015-0")]
    (copied / EUA).write_text("\n".join(kept), "utf-8")

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert [each.code for each in refused.value.findings] == ["history-gap"]
    assert refused.value.findings[0].place.startswith("eua, 2015-01, 2015-02")


def test_a_month_with_hours_missing_in_the_middle_is_a_finding(copied):
    text = (copied / POWER).read_text("utf-8").splitlines()
    kept = [line for line in text if not line.startswith("2020-06-1")]
    (copied / POWER).write_text("\n".join(kept), "utf-8")

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert [each.code for each in refused.value.findings] == ["history-hours"]
    assert refused.value.findings[0].found == "480"


def test_a_file_that_is_not_there_is_a_finding(copied):
    (copied / EUA).unlink()

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert [(each.code, each.place) for each in refused.value.findings] == [("history-file", EUA)]


def test_all_mistakes_in_all_files_are_told_at_once(copied):
    change(copied, EUA, "\n2011-02,14.557,", "\n2011-02,-1,")
    change(copied, EUA, "\n2012-02,", "\n2012-02,-")
    (copied / POWER).unlink()

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert [each.code for each in refused.value.findings] == [
        "history-price",
        "history-price",
        "history-file",
    ]


def test_a_file_with_a_mistake_on_every_line_is_told_of_in_short(copied):
    header, *lines = (copied / POWER).read_text("utf-8").splitlines()
    wrong = [line.replace(",", ",x") for line in lines]
    (copied / POWER).write_text("\n".join([header, *wrong]), "utf-8")

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(copied, UNTIL)

    assert len(refused.value.findings) == 201
    assert refused.value.findings[-1].code == "history-more"


def test_a_day_before_all_history_is_refused(shared):
    with pytest.raises(DocumentRefused) as refused:
        fit_folder(shared / "data", date(2012, 1, 1))

    assert {each.code for each in refused.value.findings} == {"history-short"}


def test_a_day_long_after_all_history_is_refused(histories):
    with pytest.raises(DocumentRefused) as refused:
        fit_folder(histories, date(2026, 1, 1))

    assert [each.code for each in refused.value.findings] == ["history-ends"]
    assert "up to 2025-12" in refused.value.findings[0].found_text()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\n2011-02,", "\n2011-02,1e300\n2011-03,", "history-number"),
        ("\n2011-02,", '\n2011-02,"' + "9" * 200_000, "history-file"),
    ],
    ids=["more than any price", "a cell without end"],
)
def test_what_no_price_can_be_is_a_finding(histories, tmp_path, old, new, code):
    folder = Path(shutil.copytree(histories, tmp_path / "histories"))
    change(folder, EUA, old, new)

    with pytest.raises(DocumentRefused) as refused:
        fit_folder(folder, date(2025, 1, 1))

    assert refused.value.findings[0].code == code


def test_a_mark_at_the_start_of_a_file_is_no_part_of_its_first_column(histories, tmp_path):
    folder = Path(shutil.copytree(histories, tmp_path / "histories"))
    change(folder, EUA, "month,", "\ufeffmonth,")

    assert as_yaml(fit_folder(folder, date(2025, 1, 1))) == as_yaml(
        fit_folder(histories, date(2025, 1, 1))
    )
