# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Levy and ETS cost over a population: by hand, by the rules, in blocks and on a cluster."""

import csv
import json
import math
import os
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from maatwerkbank.ground.errors import DocumentRefused, RuleError, ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.risk.blocks import BlocksError, run_blocks
from maatwerkbank.risk.population import (
    OUTCOMES,
    EuPrices,
    Population,
    PopulationPlan,
    by_installation,
    from_register,
    population_block,
    population_plan,
    synthetic_population,
    totals,
)
from maatwerkbank.risk.price_paths import drawn_prices
from maatwerkbank.rules.co2_heffing import Installatie, verschuldigde_heffing

ROOT = Path(__file__).parents[2]
KNOWN_ON = date(2025, 6, 30)
PRICES = EuPrices("public-2025-06-30", "mid", "nl-2025-06-30", seed=7)
LAWS = {
    "as_known": Law(KNOWN_ON, outlook="hold"),
    "levy_abolished": Law(KNOWN_ON, variant="levy_abolished", outlook="hold"),
}
REGISTER = yaml.safe_load(
    (files("maatwerkbank.portfolio") / "nl-2025-06-30" / "installations.yaml").read_text("utf-8")
)


def plan_of(population: Population, **changes: Any) -> PopulationPlan:
    usual: dict[str, Any] = {
        "laws": LAWS,
        "first_year": 2025,
        "last_year": 2032,
        "prices": PRICES,
        "discount_rate": 0.08,
        "n_draws": 64,
        "installations_per_block": 16,
        "draws_per_block": 32,
    }
    return population_plan(population, **{**usual, **changes})


def one_installation(emission: float, allocation: float) -> Population:
    return Population(
        ("x",), ("register",), ("19.20",), np.array([emission]), np.array([allocation]), ()
    )


def run(plan: PopulationPlan, **where: Any) -> dict[str, np.ndarray]:
    """Total levy, ETS cost and value under the law as known. (draw,)"""
    return dict(totals(plan, run_blocks(plan, plan.tasks(), population_block, **where), *AS_KNOWN))


AS_KNOWN = ("as_known", "register")


# ── made-up installations ─────────────────────────────────────────────────────────────────────


def test_a_larger_population_has_the_same_first_members():
    small, large = synthetic_population(100, 3), synthetic_population(1000, 3)

    assert large.ids[:100] == small.ids
    assert large.nace[:100] == small.nace
    assert large.emission[:100].tobytes() == small.emission.tobytes()
    assert large.free_allocation[:100].tobytes() == small.free_allocation.tobytes()


def test_another_seed_makes_another_population():
    assert not np.any(synthetic_population(50, 0).emission == synthetic_population(50, 1).emission)


def test_the_synthetic_population_has_the_shape_it_is_said_to_have():
    population = synthetic_population(4096, 0)
    logs = np.log(population.emission)
    ratio = population.free_allocation / population.emission

    assert math.isclose(logs.mean(), 9.962587, abs_tol=0.01)
    assert math.isclose(logs.std(), 1.921582, abs_tol=0.01)
    assert math.isclose(ratio.mean(), 0.8304, abs_tol=0.002)
    assert Counter(population.nace)["20.14"] == pytest.approx(4096 * 7 / 38, rel=0.01)


def test_every_made_up_installation_says_that_it_is():
    population = synthetic_population(20, 0)

    assert set(population.origins) == {"synthetic"}
    assert all(each.startswith("synthetic-") for each in population.ids)
    assert "none of them exists" in population.as_json()["synthetic"]


def test_the_shipped_shape_is_what_a_fit_to_the_register_gives(shared):
    with (shared / "data" / "eu_ets_nl" / "nl_compliance_2013_2020.csv").open() as table:
        rows = [row for row in csv.DictReader(table) if row["year"] == "2020"]
    emission = np.array([float(row["verified_t"]) for row in rows])
    allocation = np.array([float(row["free_allocation_t"]) for row in rows])
    both = (emission > 0) & (allocation > 0)
    emission, allocation = emission[both], allocation[both]
    order = np.argsort(allocation / emission)
    emitted = np.concatenate([[0.0], np.cumsum(emission[order])])
    allocated = np.concatenate([[0.0], np.cumsum(allocation[order])])
    tenths = np.diff(np.interp(np.linspace(0.0, emitted[-1], 11), emitted, allocated))

    shape = yaml.safe_load(
        (files("maatwerkbank.parameters") / "populations" / "europe_synthetic.yaml").read_text()
    )

    assert shape["emission"]["n"] == both.sum() == 369
    assert shape["emission"]["log_mean"] == round(float(np.log(emission).mean()), 6)
    assert shape["emission"]["log_sd"] == round(float(np.log(emission).std(ddof=1)), 6)
    assert (
        shape["allocation_per_tonne"]["values"]
        == np.round(tenths / (emission.sum() / 10), 3).tolist()
    )
    assert allocation.sum() == 42_065_734
    assert emission.sum() == 50_660_462


def test_the_shipped_codes_are_those_of_the_register(shared):
    with (shared / "data" / "eu_ets_nl" / "nl_installations_2022_2025.csv").open() as table:
        codes = Counter(
            row["nace"]
            for row in csv.DictReader(table)
            if not row["sector"].startswith(("power", "gas_extraction", "industrial_chp"))
        )

    shape = yaml.safe_load(
        (files("maatwerkbank.parameters") / "populations" / "europe_synthetic.yaml").read_text()
    )

    assert shape["nace"]["counts"] == dict(sorted(codes.items()))


@pytest.mark.parametrize("n", [0, -1])
def test_a_population_of_nobody_is_refused(n):
    with pytest.raises(RuleError):
        synthetic_population(n, 0)


# ── installations of the register ─────────────────────────────────────────────────────────────


def test_an_installation_without_public_figures_is_left_out_and_named():
    population = from_register(REGISTER, KNOWN_ON)

    assert population.left_out == ("NL_106",)
    assert len(population) == len(REGISTER["installations"]) - 1
    assert population.emission[population.ids.index("NL_144")] == 5_894_644
    assert population.free_allocation[population.ids.index("NL_144")] == 8_304_041


def test_what_was_not_yet_public_is_not_used():
    with pytest.raises(ShapeError, match="no installation has a public emission"):
        from_register(REGISTER, date(2025, 6, 29))


def test_every_wrong_amount_in_a_register_is_found_at_once():
    wrong = {
        "installations": [
            {
                "id": "NL_1",
                "verified": [{"year": 2024, "t": -5, "known_from": "2025-04"}],
                "free_allocation": [{"year": 2025, "t": math.inf, "known_from": "2025-04"}],
            },
            {
                "id": "NL_2",
                "verified": [{"year": 2024, "t": "many", "known_from": "2025-04"}],
                "free_allocation": [{"year": 2025, "t": 5, "known_from": "2025-04"}],
            },
        ]
    }

    with pytest.raises(DocumentRefused) as refused:
        from_register(wrong, KNOWN_ON)

    assert [finding.place for finding in refused.value.findings] == [
        "installations[0].verified[0].t",
        "installations[0].free_allocation[0].t",
        "installations[1].verified[0].t",
    ]


def test_register_and_synthetic_never_share_a_block():
    both = from_register(REGISTER, KNOWN_ON) + synthetic_population(20, 0)

    assert both.chunks(16) == ((0, 11), (11, 10), (21, 10), (31, 10))


def test_the_same_installation_twice_is_refused():
    with pytest.raises(ShapeError, match="is in both populations"):
        synthetic_population(5, 0) + synthetic_population(3, 0)


# ── levy, ETS cost, value ─────────────────────────────────────────────────────────────────────


def test_one_installation_in_one_year_is_as_worked_out_by_hand():
    # 100,000 t and an allocation of 80,000 t: 80,000 x 1.057 = 84,560 rights, 15,440 t too few.
    # Tariff 87.90 minus the mean price of 2024, 65.00: 22.90 a tonne; the minimum price of 19.80 is
    # below that price. ETS: 20,000 t at 65.00 of 2024, in money of 2025.
    plan = plan_of(
        one_installation(100_000.0, 80_000.0),
        last_year=2025,
        prices=replace(PRICES, process=None),
        n_draws=1,
    )

    found = run(plan)

    assert found["levy_eur"][0] == pytest.approx(15_440 * 22.90, rel=1e-12)
    assert found["ets_cost_eur"][0] == pytest.approx(20_000 * 65.0 * 1.02, rel=1e-12)
    assert found["value_eur"][0] == pytest.approx(-353_576 - 1_326_000, rel=1e-12)


def test_a_block_gives_what_the_rules_give_for_each_installation():
    population = from_register(REGISTER, KNOWN_ON)
    plan = plan_of(population, installations_per_block=100, draws_per_block=64)
    law, years = LAWS["as_known"], np.arange(2025, 2033)
    drawn = drawn_prices(
        law, PRICES.price_set, ["eua"], np.arange(2024, 2033), family="mid",
        process=PRICES.process, seed=7, first=0, count=64, method="sobol",
    )  # fmt: skip
    eua = drawn.nominal[0, list(drawn.years).index(2024) :].T
    rights = population.free_allocation[:, None] * law.yearly("co2_heffing/reductiefactor", years)
    levy = verschuldigde_heffing(
        population.emission[:, None, None],
        rights[:, None, :],
        tarief=law.nominal("co2_heffing/tarief", years),
        ets_prijs=eua[:, :-1],
        minimumprijs=law.yearly("co2_heffing/minimumprijs", years),
        installatie=Installatie.ETS,
    )
    is_cbam = np.array([code in {"20.15", "24.10"} for code in population.nace])[:, None]
    kept = np.where(is_cbam, law.yearly("eu_ets/cbam_factor", years), 1.0)
    short = population.emission[:, None] - population.free_allocation[:, None] * kept
    ets = short[:, None, :] * eua[:, 1:]
    value = -((levy + ets) * 1.08 ** -np.arange(8.0)).sum(axis=-1)

    tables = population_block(plan, plan.tasks()[0])

    found = tables["installations"]
    assert found["levy_eur_mean"] == pytest.approx(levy.sum(axis=-1).mean(axis=1), rel=1e-12)
    assert found["ets_cost_eur_mean"] == pytest.approx(ets.sum(axis=-1).mean(axis=1), rel=1e-11)
    assert found["value_eur_mean"] == pytest.approx(value.mean(axis=1), rel=1e-11)
    assert found["value_eur_sd"] == pytest.approx(value.std(axis=1), rel=1e-11)
    assert found["value_eur_min"] == pytest.approx(value.min(axis=1), rel=1e-12)
    assert found["value_eur_max"] == pytest.approx(value.max(axis=1), rel=1e-11)
    assert tables["draws"]["levy_eur"] == pytest.approx(levy.sum(axis=(0, 2)), rel=1e-12)


def test_laws_meet_the_same_draws():
    plan = plan_of(from_register(REGISTER, KNOWN_ON))
    blocks = run_blocks(plan, plan.tasks(), population_block)

    now = totals(plan, blocks, "as_known", "register")
    abolished = totals(plan, blocks, "levy_abolished", "register")

    assert abolished["ets_cost_eur"].tobytes() == now["ets_cost_eur"].tobytes()
    assert np.all(abolished["levy_eur"] <= now["levy_eur"])
    assert np.all(abolished["value_eur"] >= now["value_eur"])
    assert abolished["levy_eur"].mean() < 0.5 * now["levy_eur"].mean()


def test_more_emission_never_costs_less():
    less = run(plan_of(one_installation(90_000.0, 80_000.0)))
    more = run(plan_of(one_installation(100_000.0, 80_000.0)))

    assert np.all(more["levy_eur"] >= less["levy_eur"])
    assert np.all(more["value_eur"] < less["value_eur"])


# ── blocks ────────────────────────────────────────────────────────────────────────────────────


def test_the_size_of_blocks_of_draws_changes_no_bit_of_the_sums():
    population = from_register(REGISTER, KNOWN_ON)

    whole = run(plan_of(population, draws_per_block=64))
    parts = run(plan_of(population, draws_per_block=10))

    assert [parts[name].tobytes() for name in OUTCOMES] == [
        whole[name].tobytes() for name in OUTCOMES
    ]


def test_more_draws_and_more_installations_leave_the_first_as_they_were():
    register = from_register(REGISTER, KNOWN_ON)

    alone = run(plan_of(register, n_draws=40))
    among = run(plan_of(register + synthetic_population(30, 0), n_draws=90))

    assert [among[name][:40].tobytes() for name in OUTCOMES] == [
        alone[name].tobytes() for name in OUTCOMES
    ]


def test_measures_over_all_draws_come_from_those_of_the_blocks():
    population = from_register(REGISTER, KNOWN_ON)
    parts, whole = plan_of(population, draws_per_block=10), plan_of(population, draws_per_block=64)

    merged = by_installation(parts, run_blocks(parts, parts.tasks(), population_block), *AS_KNOWN)

    at_once = by_installation(whole, run_blocks(whole, whole.tasks(), population_block), *AS_KNOWN)
    assert merged["installation"].tolist() == list(population.ids)
    assert merged["value_eur_mean"] == pytest.approx(at_once["value_eur_mean"], rel=1e-12)
    assert merged["value_eur_sd"] == pytest.approx(at_once["value_eur_sd"], rel=1e-11)
    assert merged["value_eur_min"].tolist() == at_once["value_eur_min"].tolist()
    assert merged["value_eur_max"].tolist() == at_once["value_eur_max"].tolist()


def test_the_mean_of_the_sums_is_the_sum_of_the_means():
    plan = plan_of(from_register(REGISTER, KNOWN_ON))
    blocks = run_blocks(plan, plan.tasks(), population_block)

    means = by_installation(plan, blocks, *AS_KNOWN)["levy_eur_mean"]

    assert totals(plan, blocks, *AS_KNOWN)["levy_eur"].mean() == pytest.approx(means.sum())


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_threads_change_no_byte_of_the_files(tmp_path):
    plan = plan_of(from_register(REGISTER, KNOWN_ON) + synthetic_population(40, 0))

    run(plan, out=tmp_path / "one", threads=1)
    run(plan, out=tmp_path / "two", threads=2)

    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")


@pytest.mark.slow
def test_a_cluster_changes_no_byte_of_the_files(tmp_path):
    distributed = pytest.importorskip("distributed")
    plan = plan_of(from_register(REGISTER, KNOWN_ON) + synthetic_population(40, 0))
    run(plan, out=tmp_path / "here", threads=2)

    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=True,
        dashboard_address="127.0.0.1:0",
        env={"PYTHONPATH": os.fspath(ROOT / "src")},
    ) as cluster:
        run(plan, out=tmp_path / "there", cluster=cluster.scheduler_address)

    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")


def test_a_folder_says_which_installations_do_not_exist(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    plan = plan_of(from_register(REGISTER, KNOWN_ON) + synthetic_population(40, 0))

    run(plan, out=tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    rows = parquet.read_table(tmp_path / "installations").to_pylist()
    assert manifest["plan"]["population"]["installations"] == {"register": 21, "synthetic": 40}
    assert "none of them exists" in manifest["plan"]["population"]["synthetic"]
    assert any("Dutch levy" in said for said in manifest["plan"]["assumptions"])
    assert len(rows) == 2 * 2 * 61
    assert {row["synthetic"] for row in rows if row["installation"].startswith("NL_")} == {False}
    assert {row["synthetic"] for row in rows if row["installation"].startswith("syn")} == {True}


def test_too_much_for_memory_is_refused_before_anything_is_drawn():
    plan = plan_of(synthetic_population(2000, 0), n_draws=10_000)

    with pytest.raises(BlocksError) as refused:
        run_blocks(plan, plan.tasks(), population_block, threads=1, memory=30_000_000)

    assert "2,000 projects x 10,000 draws x 2 laws" in refused.value.what
    assert "--out" in refused.value.remedy


# ── the plan ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "change",
    [
        {"n_draws": 65},
        {"prices": replace(PRICES, seed=8)},
        {"prices": replace(PRICES, family="high")},
        {"discount_rate": 0.09},
        {"last_year": 2033},
        {"draws_per_block": 16},
        {"laws": {"as_known": LAWS["as_known"]}},
    ],
    ids=["draws", "seed", "family", "rate", "years", "blocks", "laws"],
)
def test_another_run_has_another_receipt(change):
    population = synthetic_population(3, 0)

    assert plan_of(population, **change).number != plan_of(population).number


def test_another_population_has_another_receipt():
    assert plan_of(synthetic_population(3, 1)).number != plan_of(synthetic_population(3, 0)).number


def test_the_same_run_has_the_same_receipt():
    assert plan_of(synthetic_population(3, 0)).number == plan_of(synthetic_population(3, 0)).number


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"laws": {}}, "there is none"),
        ({"laws": {**LAWS, "later": Law(date(2026, 1, 1), outlook="hold")}}, "differ in day"),
        ({"laws": {"as_known": Law(KNOWN_ON)}}, "silent about years after 2025"),
        ({"last_year": 2024}, "before they begin"),
        ({"discount_rate": math.nan}, "no present value"),
        ({"discount_rate": -1.0}, "no present value"),
        ({"n_draws": 0}, "nothing to compute"),
        ({"installations_per_block": 0}, "hold none"),
    ],
    ids=["no law", "two days", "no outlook", "years", "nan", "minus one", "no draws", "no blocks"],
)
def test_a_plan_that_makes_no_sense_is_refused(change, message):
    with pytest.raises((RuleError, ShapeError), match=message):
        plan_of(synthetic_population(3, 0), **change)


def test_a_law_or_an_origin_that_is_not_in_the_plan_is_named():
    plan = plan_of(synthetic_population(3, 0))
    blocks = run_blocks(plan, plan.tasks(), population_block)

    with pytest.raises(RuleError, match="no block of law 'as_known' and origin 'register'"):
        totals(plan, blocks, *AS_KNOWN)
