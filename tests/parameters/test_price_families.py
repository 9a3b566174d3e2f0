# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which path does a price family take from a price set, and what do price processes promise?"""

from typing import Any

import numpy as np
import pytest

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.files import content_of, folder_of
from maatwerkbank.parameters.price_families import (
    family,
    family_names,
    family_path,
    how_taken,
)
from maatwerkbank.parameters.price_processes import (
    Drawn,
    Follows,
    process,
    process_names,
    processes_of,
)
from maatwerkbank.parameters.price_sets import PriceSet, price_set, price_set_names
from maatwerkbank.sources.register import load_sources

YEARS = np.array([2024, 2025, 2030, 2032, 2040])
INFLATION = 0.02


@pytest.fixture(scope="module")
def prices() -> PriceSet:
    return price_set("public-2025-06-30")


# ── families ──────────────────────────────────────────────────────────────────────────────────


def test_there_are_four_families():
    assert family_names() == ("constant_real", "high", "low", "mid")


@pytest.mark.parametrize("name", family_names())
@pytest.mark.parametrize("of", price_set_names())
def test_a_family_names_every_carrier_of_a_shipped_price_set(name, of):
    assert set(family(name).takes) == set(price_set(of).prices)


@pytest.mark.parametrize("name", family_names())
def test_a_family_rests_on_a_registered_source(name):
    assert family(name).source in load_sources()


@pytest.mark.parametrize(("name", "in_2030"), [("low", 47), ("mid", 113.4), ("high", 160)])
def test_a_family_takes_its_end_of_the_range(prices, name, in_2030):
    path = family_path(prices, family(name), "eua", YEARS, inflation=0.0)

    assert path[0] == 65.0  # 2025 has one value, held before it
    assert path[2] == in_2030


def test_a_path_is_in_money_of_each_year(prices):
    path = family_path(prices, family("mid"), "eua", YEARS, INFLATION)

    assert path[0] == 65.0  # stated in money of 2024
    assert path[2] == pytest.approx(113.4 * 1.02**6, rel=1e-15)


@pytest.mark.parametrize("carrier", sorted(price_set("public-2025-06-30").prices))
def test_low_is_never_above_mid_nor_mid_above_high(prices, carrier):
    low, mid, high = (
        family_path(prices, family(name), carrier, YEARS, INFLATION)
        for name in ("low", "mid", "high")
    )

    assert (low <= mid).all()
    assert (mid <= high).all()


@pytest.mark.parametrize("carrier", sorted(price_set("public-2025-06-30").prices))
def test_constant_real_is_constant_in_real_money(prices, carrier):
    path = family_path(prices, family("constant_real"), carrier, YEARS, INFLATION)

    real = path / 1.02 ** (YEARS - 2024)
    np.testing.assert_allclose(real, real[0], rtol=1e-14)


def test_constant_real_holds_the_first_stated_year_whatever_year_a_run_starts_in(prices):
    early = family_path(prices, family("constant_real"), "natural_gas", np.array([2030]), 0.0)
    late = family_path(prices, family("constant_real"), "natural_gas", YEARS, 0.0)

    assert early[0] == late[0] == 38.46


@pytest.mark.parametrize(
    ("name", "carrier", "taken"),
    [
        ("low", "eua", "low"),
        ("high", "eua", "high"),
        ("mid", "eua", "centre"),
        ("mid", "co2_transport_storage_ship", "middle"),
        ("low", "scrap", "only_value"),
        ("mid", "co2_transport_storage_porthos", "only_value"),
        ("constant_real", "eua", "only_value"),
        ("constant_real", "co2_transport_storage_ship", "middle"),
    ],
)
def test_a_family_says_how_it_took_a_price(prices, name, carrier, taken):
    assert how_taken(prices, family(name), carrier) == taken


def test_where_no_source_gives_a_centre_mid_is_the_middle(prices):
    path = family_path(prices, family("mid"), "co2_transport_storage_ship", YEARS, 0.0)

    assert path[2] == pytest.approx((35.4 + 64.3) / 2)


def test_an_unknown_family_names_those_that_are_there():
    with pytest.raises(ParameterError) as refused:
        family("middle")

    assert "constant_real, high, low, mid" in refused.value.remedy


def test_a_carrier_without_a_price_is_refused(prices):
    with pytest.raises(ParameterError, match="no price of 'tea'"):
        family_path(prices, family("mid"), "tea", YEARS, INFLATION)


def test_a_carrier_that_the_family_does_not_name_is_refused(prices):
    silent = family("mid").model_copy(update={"takes": {}})

    with pytest.raises(ParameterError, match="does not say which price of 'eua'"):
        family_path(prices, silent, "eua", YEARS, INFLATION)


@pytest.mark.parametrize("bad", [0.0, -3.0])
def test_a_price_that_is_not_positive_is_refused(prices, bad):
    gone = prices.prices["scrap"].model_copy(update={"by_year": {2025: bad}})
    changed = prices.model_copy(update={"prices": {"scrap": gone}})

    with pytest.raises(ParameterError, match="price of scrap in 2024 is"):
        family_path(changed, family("mid"), "scrap", YEARS, INFLATION)


def test_an_inflation_that_is_no_number_is_refused(prices):
    with pytest.raises(ParameterError, match="price of scrap in 2024 is nan"):
        family_path(prices, family("mid"), "scrap", YEARS, float("nan"))


def test_a_year_about_which_a_price_is_silent_is_refused(prices):
    silent = prices.prices["scrap"].model_copy(update={"beyond": "error"})
    changed = prices.model_copy(update={"prices": {"scrap": silent}})

    with pytest.raises(ParameterError, match="not stated for 2024, 2030, 2032, 2040"):
        family_path(changed, family("mid"), "scrap", YEARS, INFLATION)


@pytest.mark.parametrize("name", ["low", "mid", "high", "constant_real"])
def test_grey_hydrogen_costs_the_gas_and_the_allowances_that_it_takes(prices, name):
    formula = process("nl-2025-06-30").carriers["hydrogen_grey"]
    assert isinstance(formula, Follows)
    paths = {
        carrier: family_path(prices, family(name), carrier, YEARS, INFLATION)
        for carrier in formula.of
    }

    stated = family_path(prices, family(name), "hydrogen_grey", YEARS, INFLATION)

    # The price set states cents.
    np.testing.assert_allclose(stated, formula.price(paths), atol=0.008)


# ── processes ─────────────────────────────────────────────────────────────────────────────────


def test_the_processes_of_30_june_2025_are_shipped():
    assert process_names() == ("nl-2025-06-30",)


@pytest.mark.parametrize("of", price_set_names())
def test_every_carrier_of_a_shipped_price_set_is_drawn_or_declared(of):
    assert set(price_set(of).prices) <= set(process("nl-2025-06-30").carriers)


def test_every_source_of_a_process_is_registered():
    shipped = process("nl-2025-06-30")

    cited = {
        each.source for each in shipped.carriers.values() if isinstance(each, Drawn | Follows)
    } | {shipped.correlation.source}

    assert cited <= set(load_sources())


def content() -> dict[str, Any]:
    return dict(content_of(folder_of("price_processes") / "nl-2025-06-30.yaml"))


def with_pairs(pairs: list[dict[str, Any]]) -> dict[str, Any]:
    whole = content()
    return {**whole, "correlation": {**whole["correlation"], "pairs": pairs}}


def test_correlations_that_cannot_hold_together_are_refused():
    pairs = content()["correlation"]["pairs"]
    pairs[0]["value"], pairs[1]["value"], pairs[3]["value"] = 0.9, 0.9, -0.9

    with pytest.raises(ParameterError, match="not positive definite") as refused:
        processes_of(with_pairs(pairs), "mine")

    assert "fit them anew" in refused.value.remedy


@pytest.mark.parametrize("value", [1.0, -1.5, float("nan")])
def test_a_correlation_outside_its_bounds_is_refused(value):
    pairs = content()["correlation"]["pairs"]
    pairs[2]["value"] = value

    with pytest.raises(ParameterError, match=r"correlation\.pairs\.2\.value"):
        processes_of(with_pairs(pairs), "mine")


def test_a_pair_without_a_correlation_is_not_a_pair_at_nought():
    pairs = content()["correlation"]["pairs"][1:]

    with pytest.raises(ParameterError, match="fails for eua with natural_gas"):
        processes_of(with_pairs(pairs), "mine")


def test_a_pair_that_stands_twice_is_refused():
    pairs = content()["correlation"]["pairs"]

    with pytest.raises(ParameterError, match="fails for eua with natural_gas"):
        processes_of(with_pairs([*pairs, pairs[0]]), "mine")


def test_a_formula_of_an_unknown_carrier_is_refused():
    whole = content()
    declared = content_of(folder_of("price_processes") / "declared" / "without-history.yaml")
    tea = {**declared["hydrogen_grey"], "of": {"tea": 1}}

    with pytest.raises(ParameterError, match="not hydrogen_grey of tea"):
        processes_of({**whole, "carriers": {**whole["carriers"], "hydrogen_grey": tea}}, "mine")


def test_everything_that_is_wrong_is_told_at_once():
    whole = content()
    eua = {**whole["carriers"]["eua"], "speed": -1.0, "volatility": 0.0}

    with pytest.raises(ParameterError) as refused:
        processes_of({**whole, "carriers": {**whole["carriers"], "eua": eua}}, "mine")

    assert "speed" in refused.value.what
    assert "volatility" in refused.value.what


def test_unknown_processes_and_declarations_name_those_that_are_there():
    with pytest.raises(ParameterError, match="no price processes 'nl'"):
        process("nl")
    with pytest.raises(ParameterError, match="no file 'nothing' of declared carriers"):
        processes_of({**content(), "takes_along": "nothing"}, "mine")


def test_a_speed_of_nought_is_the_limit_of_a_small_speed():
    eua = process("nl-2025-06-30").drawn["eua"]

    walk = eua.model_copy(update={"speed": 0.0})
    almost = eua.model_copy(update={"speed": 1e-9})

    assert walk.innovation_sd == pytest.approx(almost.innovation_sd, rel=1e-8)
    assert walk.decay == 1.0
