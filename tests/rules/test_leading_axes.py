# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every rule gives for many draws at once what it gives for each draw alone."""

import dataclasses
import inspect
from functools import partial

import numpy as np
import pytest

from maatwerkbank.ground import indexation, rounding
from maatwerkbank.rules import (
    additionaliteit,
    co2_heffing,
    energiebelasting,
    eu_ets,
    vennootschapsbelasting,
)
from maatwerkbank.rules.co2_heffing import Installatie, Volgorde

MODULES = [
    additionaliteit,
    co2_heffing,
    energiebelasting,
    eu_ets,
    vennootschapsbelasting,
    indexation,
    rounding,
]

N_DRAWS, N_YEARS = 5, 7
YEARS = np.arange(2024, 2024 + N_YEARS)
KINDS = [Installatie.ETS, Installatie.AVI, Installatie.ETS, Installatie.LACHGAS]
N_PLACES = len(KINDS)
APART = YEARS >= 2026
ORDERS = [Volgorde.OUDSTE_EERST] * 2 + [Volgorde.HOOGSTE_TARIEF_EERST] * 5
SET_OFF = {"volgorde": ORDERS, "eerste_jaar": None, "laatste_jaar": None}
RATES = {"grens": 200_000.0, "laag_tarief": 0.19, "hoog_tarief": 0.258}
LIMIT = {"drempel": 1e6, "fractie": np.linspace(0.4, 0.6, N_YEARS)}

random = np.random.default_rng(2025)


def between(low, high, *shape):
    """A drawn array with the draws in front."""
    return random.uniform(low, high, (N_DRAWS, *shape))


def flags(*shape):
    return random.uniform(size=(N_DRAWS, *shape)) < 0.5


def per_year(low, high):
    return between(low, high, N_YEARS)


def per_place(low, high):
    return between(low, high, N_PLACES, N_YEARS)


# For every rule: the rule with what no draw changes, and the arrays that each draw changes.
DRAWN = {
    "reference": (additionaliteit.reference, per_year(0, 9), per_year(0, 9)),
    "required": (additionaliteit.required, per_year(0, 9), per_year(0, 9)),
    "gross": (additionaliteit.gross, per_year(0, 9), per_year(0, 9)),
    "additional": (additionaliteit.additional, per_year(0, 9), per_year(0, 9), per_year(0, 9)),
    "benchmark_amount": (
        partial(co2_heffing.benchmark_amount, benchmark=random.uniform(0, 2, (3, N_YEARS))),
        between(0, 100, 3, N_YEARS),
    ),
    "activiteitsniveau": (
        lambda actual, historical, change: co2_heffing.activiteitsniveau(
            actual, historical, is_product=[[True], [False], [False]], efficiency_change=change
        ),
        between(70, 130, 3, N_YEARS),
        np.full((N_DRAWS, 3, N_YEARS), 100.0),
        random.integers(-1, 2, (N_DRAWS, 3, N_YEARS)),
    ),
    "dispensatierechten": (
        partial(co2_heffing.dispensatierechten, reductiefactor=np.linspace(1.1, 0.7, N_YEARS)),
        per_year(0, 100),
    ),
    "overdraagbaar": (co2_heffing.overdraagbaar, per_year(0, 9), per_year(0, 9)),
    "overdracht": (
        lambda rights, volume: co2_heffing.overdracht(
            rights,
            0,
            2,
            volume,
            jaarvracht=np.full((N_PLACES, N_YEARS), 100.0),
            installaties=KINDS,
            avi_apart=APART,
        ),
        per_place(150, 200),
        per_year(0, 50),
    ),
    "overdracht_binnen_onderneming": (
        partial(co2_heffing.overdracht_binnen_onderneming, installaties=KINDS, avi_apart=APART),
        per_place(50, 150),
        per_place(50, 150),
    ),
    "grondslag": (co2_heffing.grondslag, per_year(0, 9), per_year(0, 9)),
    "netto_tarief": (
        partial(co2_heffing.netto_tarief, installatie=Installatie.ETS),
        per_year(30, 90),
        per_year(30, 90),
    ),
    "netto_minimumprijs": (co2_heffing.netto_minimumprijs, per_year(0, 40), per_year(0, 40)),
    "verschuldigde_heffing": (
        lambda emission, rights, ets, sold: co2_heffing.verschuldigde_heffing(
            emission,
            rights,
            tarief=np.linspace(74, 150, N_YEARS),
            ets_prijs=ets,
            minimumprijs=np.linspace(18, 32, N_YEARS),
            installatie=Installatie.ETS,
            weggedragen_rechten=sold,
        ),
        per_year(50, 150),
        per_year(50, 150),
        per_year(10, 120),
        per_year(0, 20),
    ),
    "verrekening": (
        partial(co2_heffing.verrekening, years=YEARS, **SET_OFF),
        np.maximum(0, per_year(-50, 50)),
        np.maximum(0, per_year(-50, 50)),
        per_year(0, 100),
    ),
    "opbrengst_verkoop": (
        lambda surplus, share, price: co2_heffing.opbrengst_verkoop(
            surplus, share * surplus, price
        ),
        per_year(0, 50),
        per_year(0, 1),
        per_year(0, 100),
    ),
    "heffing_van_onderneming": (
        lambda emission, rights, ets: co2_heffing.heffing_van_onderneming(
            emission,
            rights,
            KINDS,
            YEARS,
            tarief=np.linspace([74, 74, 74, 74], [80, 300, 80, 80], N_YEARS, axis=-1),
            ets_prijs=ets,
            minimumprijs=np.linspace(18, 32, N_YEARS),
            avi_apart=APART,
            **SET_OFF,
        ),
        per_place(50, 150),
        per_place(50, 150),
        per_year(10, 120),
    ),
    "energiebelasting": (
        partial(energiebelasting.energiebelasting, grenzen=[10.0, 50.0], tarieven=[0.3, 0.2, 0.1]),
        per_year(0, 100),
    ),
    "annual_rate": (
        partial(eu_ets.annual_rate, period=eu_ets.BENCHMARKS_2021_2025),
        per_year(1, 2),
        per_year(0, 2),
    ),
    "benchmark_value": (
        partial(eu_ets.benchmark_value, period=eu_ets.BENCHMARKS_2026_2030, decimals=3),
        per_year(1, 2),
        per_year(0.003, 0.025),
    ),
    "benchmark_bounds": (partial(eu_ets.benchmark_bounds, decimals=3), per_year(1, 2)),
    "benchmark_moved_with": (
        partial(
            eu_ets.benchmark_moved_with,
            reference_start=0.0295,
            reference_value=0.0228,
            decimals=3,
        ),
        per_year(1, 2),
    ),
    "historical_activity_level": (
        partial(eu_ets.historical_activity_level, period_first_year=2026),
        between(50, 150, 5),
    ),
    "expected_activity_level": (
        eu_ets.expected_activity_level,
        between(1, 2, 3, 1),
        between(0, 100, 3, N_YEARS),
        per_year(0, 9),
    ),
    "governing_activity_level": (
        eu_ets.governing_activity_level,
        between(80, 120),
        per_year(60, 140),
        per_year(60, 140),
    ),
    "activity_level_factor": (
        lambda hal, means, allocation: eu_ets.activity_level_factor(
            hal,
            means,
            preliminary_allocation=allocation,
            minimum_allowances=300,
            minimum_on_return=True,
        ),
        between(80, 120),
        per_year(60, 140),
        between(500, 5_000),
    ),
    "sub_installation_allocation": (
        eu_ets.sub_installation_allocation,
        per_year(0, 100),
        per_year(1, 2),
        per_year(0, 1),
        per_year(0, 1),
    ),
    "process_allocation": (
        eu_ets.process_allocation,
        per_year(0, 100),
        per_year(0.9, 1),
        per_year(0, 1),
        per_year(0, 1),
    ),
    "free_allocation": (
        eu_ets.free_allocation,
        between(0, 100, 3, N_YEARS),
        per_year(0.9, 1),
        per_year(0.8, 1),
    ),
    "ets_cost": (eu_ets.ets_cost, per_year(0, 100), per_year(0, 100), per_year(50, 100)),
    "direct_share": (
        partial(eu_ets.direct_share, applies=YEARS <= 2025),
        per_year(1, 100),
        per_year(0, 100),
        per_year(0, 100),
    ),
    "recommendation_excused": (
        lambda payback, cost, turnover: eu_ets.recommendation_excused(
            payback, cost, turnover=turnover[..., np.newaxis], profit=200.0, value_withheld=120.0
        ),
        between(1, 5, 4),
        between(0, 100, 4),
        between(500, 3_000),
    ),
    "meets_audit_condition": (eu_ets.meets_audit_condition, flags(2), flags(2)),
    "needs_climate_neutrality_plan": (
        eu_ets.needs_climate_neutrality_plan,
        flags(3),
        between(0, 0.5, 3),
    ),
    "conditionality_factor": (eu_ets.conditionality_factor, flags(N_YEARS), flags(N_YEARS)),
    "belasting": (partial(vennootschapsbelasting.belasting, **RATES), per_year(-1e6, 1e6)),
    "verliesverloop": (
        partial(vennootschapsbelasting.verliesverloop, **LIMIT),
        per_year(-5e6, 5e6),
    ),
    "verliesverrekening": (
        partial(vennootschapsbelasting.verliesverrekening, **LIMIT),
        per_year(-5e6, 5e6),
    ),
    "verschuldigde_belasting": (
        partial(vennootschapsbelasting.verschuldigde_belasting, **RATES, **LIMIT),
        per_year(-5e6, 5e6),
    ),
    "belasting_met_verlies_elders": (
        partial(vennootschapsbelasting.belasting_met_verlies_elders, hoog_tarief=0.258),
        per_year(-5e6, 5e6),
    ),
    "indexed": (indexation.indexed, between(30, 100), per_year(0, 20), per_year(1, 1.1)),
    "rounded_half_up": (partial(rounding.rounded_half_up, decimals=2), per_year(-9, 9)),
}


def parts(result):
    """The arrays in a result: one, a pair, or the fields of a class."""
    if dataclasses.is_dataclass(result):
        return [getattr(result, field.name) for field in dataclasses.fields(result)]
    return list(result) if isinstance(result, tuple) else [result]


def each_alone(rule, drawn):
    """The parts of the result, computed draw by draw and put together again."""
    results = [parts(rule(*(array[draw] for array in drawn))) for draw in range(N_DRAWS)]
    return [np.stack(part) for part in zip(*results, strict=True)]


def public_functions(module):
    return {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }


@pytest.mark.parametrize("name", DRAWN)
def test_all_draws_at_once_give_what_each_draw_gives(name):
    rule, *drawn = DRAWN[name]

    at_once = parts(rule(*drawn))

    apart = each_alone(rule, drawn)
    assert [part.shape for part in at_once] == [part.shape for part in apart]
    assert all(map(np.array_equal, at_once, apart))


def test_every_public_rule_is_in_the_table():
    public = set().union(*map(public_functions, MODULES))

    assert set(DRAWN) == public


def test_draws_of_the_price_alone_reach_every_installation():
    emission, rights = np.full((2, 3), 100.0), np.full((2, 3), 80.0)
    prices = np.array([[70.0] * 3, [60.0] * 3])

    levied = co2_heffing.heffing_van_onderneming(
        emission,
        rights,
        [Installatie.ETS, Installatie.AVI],
        [2024, 2025, 2026],
        tarief=np.full((2, 3), 90.0),
        ets_prijs=prices,
        minimumprijs=np.zeros(3),
        avi_apart=[False, False, True],
        volgorde=[Volgorde.OUDSTE_EERST] * 3,
        eerste_jaar=None,
        laatste_jaar=None,
    )

    assert levied.verschuldigd[:, :, 0].tolist() == [[400.0, 1800.0], [600.0, 1800.0]]
    assert levied.heffing.shape == levied.rechten_na_overdracht.shape == (2, 2, 3)
