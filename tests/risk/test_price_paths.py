# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do drawn prices stray from their path as the processes say, and only as they say?"""

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from maatwerkbank.ground.errors import NoValueOnDate, ParameterError, ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import family, family_path
from maatwerkbank.parameters.price_processes import Drawn, Jumps, Months, PriceProcesses, process
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.risk.price_paths import DrawnPrices, drawn_prices

SET = "public-2025-06-30"
FIT = "nl-2025-06-30"
YEARS = np.arange(2024, 2050)
N = 8192
DRAWN = ("eua", "natural_gas", "electricity", "iron_ore")
CARRIERS = (*DRAWN, "hydrogen_grey", "co2_transport_storage_porthos")


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(date(2025, 6, 30), outlook="hold")


def draw(law: Law, carriers: tuple[str, ...] = CARRIERS, **other: Any) -> DrawnPrices:
    asked = {"process": FIT, "seed": 0, "first": 0, "count": N, "years": YEARS, **other}
    return drawn_prices(law, asked.pop("price_set", SET), carriers, asked.pop("years"), **asked)


def path_of(carrier: str, name: str = "mid") -> np.ndarray:
    return family_path(price_set(SET), family(name), carrier, YEARS, 0.02)


@pytest.fixture(scope="module")
def many(law) -> DrawnPrices:
    return draw(law)


@pytest.fixture(scope="module")
def logs(many) -> dict[str, np.ndarray]:
    """Deviation from the path, in logarithms. (year, draw)"""
    rows = dict(zip(many.carriers, many.nominal, strict=True))
    return {carrier: np.log(rows[carrier] / path_of(carrier)[:, None]) for carrier in DRAWN}


def variance_of(carrier: str) -> np.ndarray:
    """The formula: yearly variance, summed geometrically from 2025 on. (year,)"""
    each = process(FIT).drawn[carrier]
    jumps = each.jumps
    yearly = each.volatility**2 * (1 - math.exp(-2 * each.speed)) / (2 * each.speed)
    yearly += jumps.intensity * jumps.sd**2 if jumps else 0.0
    steps = np.arange(len(YEARS))
    return yearly * (1 - np.exp(-2 * each.speed * steps)) / (1 - math.exp(-2 * each.speed))


# ── shape of the chance ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("carrier", DRAWN)
def test_the_median_of_the_draws_is_the_path_of_the_family(logs, carrier):
    median = np.median(logs[carrier][1:], axis=1)

    # Four standard errors of a median of independent draws.
    assert (np.abs(median) < 4 * 1.2533 * np.sqrt(variance_of(carrier)[1:] / N)).all()


@pytest.mark.parametrize("carrier", DRAWN)
def test_the_variance_of_the_logarithm_grows_as_the_formula_says(logs, carrier):
    variance = logs[carrier].var(axis=1)

    assert variance[0] == 0.0
    np.testing.assert_allclose(variance[1:], variance_of(carrier)[1:], rtol=0.08)


def test_the_mean_lies_above_the_path(logs):
    assert np.exp(logs["eua"][-1]).mean() == pytest.approx(
        math.exp(variance_of("eua")[-1] / 2), rel=0.05
    )


@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
def test_the_innovations_of_two_carriers_have_the_correlation_of_the_file(law, one, other):
    # Without jumps, which belong to one carrier alone.
    quiet = without_jumps(process(FIT))
    found = draw(law, DRAWN, process=quiet)
    names = [DRAWN[one], DRAWN[other]]
    rows = [found.nominal[DRAWN.index(name)] / path_of(name)[:, None] for name in names]
    innovations = [
        (np.log(row[1:]) - quiet.drawn[name].decay * np.log(row[:-1])).ravel()
        for row, name in zip(rows, names, strict=True)
    ]

    correlation = np.corrcoef(*innovations)[0, 1]

    assert correlation == pytest.approx(process(FIT).correlation_matrix()[one, other], abs=0.01)


def without_jumps(processes: PriceProcesses) -> PriceProcesses:
    quiet = {
        name: each.model_copy(update={"jumps": None}) if isinstance(each, Drawn) else each
        for name, each in processes.carriers.items()
    }
    return processes.model_copy(update={"carriers": quiet})


def only(carrier: str, **changes: Any) -> PriceProcesses:
    """Processes with one drawn carrier, made for a test."""
    made = Drawn(
        kind="drawn",
        speed=0.3,
        volatility=0.2,
        jumps=None,
        months=Months(first="2020-01", last="2024-12", n=60),
        source="scenario-corners",
        place="test",
        seen="derived",
    ).model_copy(update=changes)
    shipped = process(FIT)
    alone = shipped.correlation.model_copy(update={"pairs": []})
    return shipped.model_copy(update={"carriers": {carrier: made}, "correlation": alone})


def test_a_speed_of_nought_is_a_random_walk(law):
    found = draw(law, ("natural_gas",), process=only("natural_gas", speed=0.0))

    variance = np.log(found.nominal[0]).var(axis=1)

    np.testing.assert_allclose(variance, 0.04 * np.arange(len(YEARS)), rtol=0.08, atol=1e-12)


def test_jumps_come_as_often_and_as_far_as_the_process_says(law):
    jumps = Jumps(intensity=0.25, sd=2.0)
    found = draw(law, ("natural_gas",), process=only("natural_gas", volatility=1e-9, jumps=jumps))
    logs = np.log(found.nominal[0] / path_of("natural_gas")[:, None])

    jumped = logs[1:] - math.exp(-0.3) * logs[:-1]
    share = (np.abs(jumped) > 1e-6).mean()

    assert share == pytest.approx(1 - math.exp(-0.25), abs=0.005)
    assert (jumped**2).mean() == pytest.approx(0.25 * 4.0, rel=0.03)
    assert np.median(np.abs(jumped)) == pytest.approx(0.0, abs=1e-6)


def test_both_ways_of_sampling_have_the_same_median_and_spread(law, many):
    latin = draw(law, method="latin_hypercube")

    quantiles = [0.05, 0.5, 0.95]
    np.testing.assert_allclose(
        np.quantile(np.log(latin.nominal), quantiles, axis=2),
        np.quantile(np.log(many.nominal), quantiles, axis=2),
        atol=0.08,
    )


# ── what stands still ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["low", "mid", "high", "constant_real"])
def test_without_a_process_every_draw_is_the_path_of_the_family(law, name):
    found = draw(law, family=name, process=None, count=3)

    expected = np.array([path_of(carrier, name) for carrier in CARRIERS])
    np.testing.assert_array_equal(found.nominal, np.repeat(expected[:, :, None], 3, axis=2))


def test_constant_real_without_a_process_is_constant_in_real_money(law):
    found = draw(law, family="constant_real", process=None, count=2)

    real = found.nominal / (1.02 ** (YEARS - 2024))[:, None]
    np.testing.assert_allclose(real, np.broadcast_to(real[:, :1], real.shape), rtol=1e-14)


def test_up_to_the_end_of_the_history_prices_do_not_stray(many):
    assert (many.nominal[:, 0] == many.nominal[:, 0, :1]).all()
    assert many.nominal[0, 0, 0] == 65.0


def test_years_long_before_the_history_ends_are_the_path(law):
    years = np.arange(2022, 2025)

    found = draw(law, ("natural_gas",), years=years, count=4)

    path = family_path(price_set(SET), family("mid"), "natural_gas", years, 0.02)
    np.testing.assert_array_equal(found.nominal[0], np.repeat(path[:, None], 4, axis=1))


def test_a_fee_stays_on_its_path_in_every_draw(many):
    fee = many.nominal[CARRIERS.index("co2_transport_storage_porthos")]

    np.testing.assert_array_equal(
        fee, np.repeat(path_of("co2_transport_storage_porthos")[:, None], N, axis=1)
    )


def test_grey_hydrogen_follows_gas_and_allowances_in_every_draw(many):
    eua, gas, hydrogen = many.nominal[0], many.nominal[1], many.nominal[4]

    np.testing.assert_allclose(hydrogen, (gas + 0.202 * eua) / 0.759, rtol=1e-14)
    assert hydrogen[5].std() > 10


def test_a_follower_needs_nobody_to_ask_for_what_it_follows(law, many):
    alone = draw(law, ("hydrogen_grey",))

    np.testing.assert_array_equal(alone.nominal[0], many.nominal[4])


# ── published means ───────────────────────────────────────────────────────────────────────────


def test_a_published_mean_of_allowances_stands_in_every_draw():
    later = Law(date(2026, 6, 30), outlook="hold")

    found = draw(later, ("eua",), count=64)

    assert (found.nominal[0, 0] == 65.0).all()
    assert (found.nominal[0, 1] == 73.86).all()
    assert found.nominal[0, 2].std() > 1


def test_allowances_start_to_stray_after_the_last_published_mean():
    later = Law(date(2026, 6, 30), outlook="hold")
    eua = process(FIT).drawn["eua"]

    logs = np.log(draw(later, ("eua",)).nominal[0, 2])

    assert logs.std() == pytest.approx(eua.innovation_sd, rel=0.03)


def test_a_published_mean_stands_without_a_process_too():
    later = Law(date(2026, 6, 30), outlook="hold")

    found = draw(later, ("eua",), process=None, count=1)

    assert found.nominal[0, 1, 0] == 73.86


# ── draws that stay what they are ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["sobol", "latin_hypercube"])
def test_blocks_join_to_the_same_bits(law, method):
    whole = draw(law, method=method, count=1000)

    parts = [
        draw(law, method=method, first=0, count=337),
        draw(law, method=method, first=337, count=1),
        draw(law, method=method, first=338, count=662),
    ]

    joined = np.concatenate([part.nominal for part in parts], axis=2)
    np.testing.assert_array_equal(whole.nominal, joined)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_asking_for_one_carrier_alone_changes_no_price(law, many, carrier):
    alone = draw(law, (carrier,))

    np.testing.assert_array_equal(alone.nominal[0], many.nominal[CARRIERS.index(carrier)])


@pytest.mark.parametrize("start", [2022, 2025, 2028])
def test_another_first_or_last_year_changes_no_price(law, many, start):
    years = np.arange(start, 2045)

    found = draw(law, ("natural_gas", "eua"), years=years)

    both = np.intersect1d(years, YEARS)
    np.testing.assert_array_equal(
        found.nominal[:, np.isin(years, both)], many.nominal[[1, 0]][:, np.isin(YEARS, both)]
    )


def test_a_later_first_year_keeps_the_published_means_before_it():
    later = Law(date(2026, 6, 30), outlook="hold")

    late = draw(later, ("eua",), years=np.arange(2027, 2040), count=32)

    early = draw(later, ("eua",), years=np.arange(2024, 2040), count=32)
    np.testing.assert_array_equal(late.nominal[0], early.nominal[0, 3:])


def test_another_family_moves_the_path_and_not_the_chance(law, many):
    high = draw(law, ("natural_gas",), family="high")

    ratio = path_of("natural_gas", "high") / path_of("natural_gas")
    np.testing.assert_allclose(high.nominal[0], many.nominal[1] * ratio[:, None], rtol=1e-12)


def test_another_seed_draws_other_prices(law, many):
    other = draw(law, seed=1)

    assert (other.nominal[0, 1:] != many.nominal[0, 1:]).mean() > 0.99


def test_a_new_carrier_at_the_end_of_the_file_changes_no_price(law, many):
    shipped = process(FIT)
    fewer = {name: each for name, each in shipped.carriers.items() if name != "iron_ore"}
    pairs = [pair for pair in shipped.correlation.pairs if "iron_ore" not in pair.of]
    correlation = shipped.correlation.model_copy(update={"pairs": pairs})
    before = shipped.model_copy(update={"carriers": fewer, "correlation": correlation})

    found = draw(law, DRAWN[:3], process=before)

    np.testing.assert_allclose(found.nominal, many.nominal[:3], rtol=1e-13)


def test_a_draw_has_the_prices_of_the_year_before(many):
    paths = many.path(17)

    assert paths.years[0] == 2024
    np.testing.assert_array_equal(paths.by_carrier["eua"], many.nominal[0, :, 17])
    np.testing.assert_array_equal(
        paths.price("electricity", np.array([2024, 2030])), many.nominal[2, [0, 6], 17]
    )


def test_prices_lie_in_one_block_with_draws_last(many):
    assert many.nominal.shape == (len(CARRIERS), len(YEARS), N)
    assert many.nominal.flags.c_contiguous
    assert np.isfinite(many.nominal).all()
    assert (many.nominal > 0).all()


# ── what is refused before any work ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"price_set": "mine"}, "no price set 'mine'"),
        ({"family": "middle"}, "no price family 'middle'"),
        ({"process": "mine"}, "no price processes 'mine'"),
        ({"carriers": ("tea",)}, "say nothing of 'tea'"),
        ({"carriers": ("biomass",)}, "no price of 'biomass'"),
        ({"carriers": ("eua", "eua")}, "eua is asked for more than once"),
        ({"carriers": ("tea",), "process": None}, "no price of 'tea'"),
    ],
)
def test_what_is_not_there_is_refused(law, asked, what):
    with pytest.raises(ParameterError, match=what):
        draw(law, **asked)


@pytest.mark.parametrize("years", [[], [2024, 2026], [2025, 2024]])
def test_years_that_do_not_follow_one_another_are_refused(law, years):
    with pytest.raises(ShapeError, match="follow one another"):
        draw(law, years=np.array(years, dtype=np.int64))


@pytest.mark.parametrize("count", [0, -1])
def test_no_draws_are_refused(law, count):
    with pytest.raises(ShapeError, match="draws were asked for"):
        draw(law, count=count)


def test_a_run_without_inflation_is_refused():
    with pytest.raises(NoValueOnDate):
        draw(Law(date(2025, 6, 30)))
