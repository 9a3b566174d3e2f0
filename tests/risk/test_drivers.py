# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What drives a case: shares of the variance, a tornado, break-evens."""

import numpy as np
import pytest
from tests.risk.example import LATE, MONEY, SOURCED, TONNES, case_file, law, ratio

from maatwerkbank.risk.case_risk import CaseRisk, case_risk
from maatwerkbank.risk.drivers import Drivers
from maatwerkbank.risk.simulation import Draws

CAPEX = ratio("capex", "projects[0].capex", low=0.8, high=1.5)
POWER = ratio("power", "projects[0].energy.electricity")
STILL = Draws(n=512, process=None)


def risk(draws: Draws = STILL, **uncertainties: object) -> CaseRisk:
    return case_risk(case_file(uncertainties=uncertainties), {"enacted": law()}, draws)


def drivers(draws: Draws = STILL, **uncertainties: object) -> Drivers:
    found = risk(draws, **uncertainties).leading.drivers
    assert found is not None
    return found


# ── shares of the variance ────────────────────────────────────────────────────────────────────


def test_the_only_uncertain_figure_has_the_whole_variance():
    sobol = drivers(Draws(n=4_096, process=None), figures=[CAPEX]).sobol

    assert [(each.outcome, len(each.shares)) for each in sobol] == [("npv_eur", 1)]
    assert sobol[0].shares[0].factor.id == "capex"
    share = sobol[0].shares[0]
    assert share.total == pytest.approx(1.0, abs=0.03)
    assert share.first == pytest.approx(1.0, abs=0.03)
    assert share.total_low <= 1.0 <= share.total_high


def test_a_figure_that_is_fixed_is_no_factor():
    fixed = {**CAPEX, "distribution": {"kind": "fixed", "value": 1.1}}

    assert [
        each.id for each in drivers(figures=[fixed, POWER]).factors if each.kind == "figure"
    ] == ["power"]


def test_what_dependence_ties_is_taken_as_one():
    tied = [{"between": ["capex", "power"], "rank_correlation": -0.7, **SOURCED}]
    upkeep = ratio("upkeep", "projects[0].fixed_opex")

    sobol = drivers(figures=[CAPEX, upkeep, POWER], dependence=tied).sobol[0]

    assert {share.factor.id for share in sobol.shares} == {"capex+power", "upkeep"}
    together = next(share for share in sobol.shares if share.factor.kind == "tied")
    assert together.factor.members == ("capex", "power")
    assert len(together.factor.places) == 2


def test_all_prices_together_are_one_input_where_chance_moves_them():
    sobol = drivers(Draws(n=512), figures=[CAPEX]).sobol[0]

    assert {share.factor.id for share in sobol.shares} == {"capex", "prices.all"}
    assert sum(share.total for share in sobol.shares) == pytest.approx(1.0, abs=0.1)


def test_a_declared_policy_is_an_input():
    policy = [{"variant": "levy_abolished", "probability": 0.5, **SOURCED}]

    sobol = drivers(figures=[CAPEX], policy=policy).sobol

    shares = {share.factor.id: share for share in sobol[0].shares}
    assert set(shares) == {"capex", "policy.all"}
    assert shares["policy.all"].total > 0.0
    assert {each.outcome for each in sobol} == {"npv_eur", "additional_2030_t"}


def test_an_uncertainty_may_be_called_prices_or_policy():
    named = [{**CAPEX, "id": "prices"}, {**POWER, "id": "policy"}]
    policy = [{"variant": "levy_abolished", "probability": 0.5, **SOURCED}]

    sobol = drivers(Draws(n=64), figures=named, policy=policy).sobol[0]

    ids = [share.factor.id for share in sobol.shares]
    assert sorted(ids) == ["policy", "policy.all", "prices", "prices.all"]


def test_tonnes_that_vary_have_shares_of_their_own():
    sobol = drivers(figures=[CAPEX, *TONNES], delays=LATE).sobol

    tonnes = next(each for each in sobol if each.outcome == "additional_2030_t")
    shares = {share.factor.id: share.total for share in tonnes.shares}
    assert shares["capex"] == pytest.approx(0.0, abs=1e-9)
    assert max(shares, key=shares.get) != "capex"


def test_the_design_is_a_power_of_two_of_at_most_the_draws():
    assert drivers(Draws(n=300, process=None), figures=[CAPEX]).sobol[0].n_draws == 256


# ── one factor at a time ──────────────────────────────────────────────────────────────────────


def test_a_bar_is_linear_where_the_outcome_is():
    changes = {"losses": "firm", "uncertainties": {"figures": [CAPEX]}}
    found = case_risk(case_file(**changes), {"enacted": law()}, STILL).leading.drivers

    bar = next(each for each in found.tornado.bars if each.name == "capex")

    assert (bar.value_low, bar.value_centre, bar.value_high) == pytest.approx((0.87, 1.15, 1.43))
    assert bar.rest_at_low == pytest.approx(0.0, abs=1e-6 * abs(bar.change_at_low))
    assert bar.change_at_low == pytest.approx(-bar.change_at_high)


def test_a_delay_has_no_slope():
    found = drivers(delays=[{**LATE[0], "years": {"kind": "uniform", "low": 2, "high": 3}}])

    bar = next(each for each in found.tornado.bars if each.name == "grid")

    assert (bar.linear_at_low, bar.linear_at_high) == (0.0, 0.0)
    assert (bar.value_low, bar.value_centre, bar.value_high) == (2.0, 3.0, 3.0)


def test_prices_are_bars_only_where_chance_moves_them():
    still = {bar.name for bar in drivers(figures=[CAPEX]).tornado.bars}
    moved = {bar.name for bar in drivers(Draws(n=512), figures=[CAPEX]).tornado.bars}

    assert still == {"capex"}
    assert {"capex", "prices.eua", "prices.electricity"} <= moved


def test_at_its_break_even_a_factor_makes_the_value_nil():
    found = drivers(figures=[CAPEX])
    root = next(each for each in found.break_evens if each.name == "capex").nearest
    assert root is not None

    fixed = {**CAPEX, "distribution": {"kind": "fixed", "value": root.value}}
    there = risk(figures=[fixed]).values("enacted", "npv_eur")

    assert root.rises is False
    assert np.abs(there).max() < 1.0


def test_a_price_without_chance_can_still_be_looked_at():
    names = {each.name for each in drivers(figures=[CAPEX]).break_evens}

    assert {"capex", "prices.eua", "prices.co2_transport_storage_porthos"} <= names


def test_of_carbon_alone_no_break_even_is_told():
    from maatwerkbank.portfolio.cases import load_case

    found = case_risk(load_case("yara"), {"enacted": law()}, Draws(n=64)).leading.drivers

    assert found.outcome == "carbon_value_eur"
    assert found.break_evens == ()


def test_every_factor_of_a_bar_can_be_named():
    found = drivers(Draws(n=128), figures=MONEY, delays=LATE)

    assert [found.factor(bar.name).id for bar in found.tornado.bars] == [
        bar.name for bar in found.tornado.bars
    ]
