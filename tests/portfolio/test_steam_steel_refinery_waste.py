# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Four public reconstructions against the published arithmetic: Nobian, Tata, Zeeland, AEB."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.ground.findings import has_errors
from maatwerkbank.plant.case_file import check_case
from maatwerkbank.plant.figure_places import absent_figures, place_text
from maatwerkbank.plant.quantities import Picks

CASES = ("nobian", "tata-steel", "zeeland-refinery", "aeb")
FOLDER = Path(str(files("maatwerkbank") / "portfolio" / "nl-2025-06-30" / "cases"))
GAS_KG_PER_GJ = 56.1
GJ_PER_MWH = 3.6


@cache
def assessed(name: str) -> Assessment:
    found, _ = check_case(FOLDER / f"{name}.yaml")
    assert found is not None
    return assess(found)


def yearly(name: str, item: str, year: int = 2030) -> tuple[float, float]:
    """An item without and with the projects. [eur]"""
    outcome = assessed(name).outcome
    line = outcome.item(item)
    return outcome.in_year(line.without, year), outcome.in_year(line.with_projects, year)


def change_in_use(name: str, carrier: str) -> float:
    """What the projects change in the use of a carrier in 2030. [MWh or t]"""
    outcome = assessed(name).outcome
    before = outcome.without.energy.get(carrier)
    used = 0.0 if before is None else outcome.in_year(before.sum(axis=0))
    return outcome.in_year(outcome.with_projects.energy[carrier].sum(axis=0)) - used


# ── all four ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_no_findings_of_the_kind_error(name):
    _, findings = check_case(FOLDER / f"{name}.yaml")

    assert not has_errors(findings), [finding.as_json() for finding in findings]


@pytest.mark.parametrize("name", CASES)
def test_a_case_calls_itself_what_its_file_and_its_firm_are_called(name):
    case = assessed(name).case

    assert (case.id, case.company, case.kind) == (name, name, "public_reconstruction")


@pytest.mark.parametrize("name", CASES)
def test_the_cost_of_capital_is_the_same_in_every_case(name):
    # 1.04 x 1.02 - 1, 1.07 x 1.02 - 1, and ten per cent
    rate = assessed(name).case.discount_rate

    assert [rate.scalar(end) for end in ("low", "central", "high")] == [0.0608, 0.0914, 0.10]


@pytest.mark.parametrize("name", CASES)
def test_every_known_outcome_stands_beside_a_computed_one(name):
    rows = assessed(name).beside_what_is_known()

    assert rows
    assert [row["result"] for row in rows if row["computed"] is None and not row["range"]] == []


@pytest.mark.parametrize("name", CASES)
def test_the_horizon_ends_with_the_last_year_of_operation(name):
    case = assessed(name).case
    project = case.projects[0]

    assert case.last_year == project.first_year + project.lifetime_years - 1


# ── Nobian ────────────────────────────────────────────────────────────────────────────────────


def test_nobian_gas_saved_gives_the_published_tonnes_within_two_per_cent():
    # 300 million m3 x 31.65 MJ x 56.1 kg/GJ = 532.7 kt; published 525 kt
    tonnes = -change_in_use("nobian", "natural_gas") * GJ_PER_MWH * GAS_KG_PER_GJ / 1e3

    assert tonnes == pytest.approx(532_670, rel=1e-4)
    assert tonnes == pytest.approx(assessed("nobian").results["gross_2030_t"], rel=0.02)


def test_nobian_gross_investment_and_support_are_those_of_the_agreement():
    results = assessed("nobian").results

    assert results["gross_2030_t"] == pytest.approx(525_000)
    assert results["investment_eur"] == pytest.approx(645e6)
    assert results["support_eur"] == pytest.approx(185e6)


def test_nobian_additional_tonnes_are_a_range_between_cogeneration_and_boilers():
    # 1.10 and 2.37 TWh = 3,960 and 8,532 TJ, x 47.3 t/TJ x 0.667 = 124,934 and 269,177 t
    found = assessed("nobian")

    assert found.results["additional_2030_t"] is None
    assert found.ranges["additional_2030_t"]["low"] == pytest.approx(124_934, abs=1)
    assert found.ranges["additional_2030_t"]["high"] == pytest.approx(269_177, abs=1)


def test_nobian_is_asked_for_what_its_base_exceeds_its_rights_at_the_same_end():
    # boilers: 525,000 - 269,177 = 255,823; cogeneration: 246,000 - 124,934 = 121,066
    found = assessed("nobian")

    assert found.results["required_2030_t"] is None
    assert found.ranges["required_2030_t"] == pytest.approx(
        {"low": 121_066, "high": 255_823}, abs=1
    )


def test_nobian_without_grid_cost_has_no_value_and_names_it():
    found = assessed("nobian")

    assert found.results["npv_eur"] is None
    assert "npv_eur" not in found.ranges
    assert found.npv_sign == "unknown"
    named = {lack.place for lack in found.lacks if lack.figure == "npv_eur"}
    assert named == {"projects[0].grid_cost"}


def test_nobian_power_rights_and_base_turn_together_on_one_switch():
    switch = next(s for s in assessed("nobian").swings if s.place == "heat-and-power")

    assert set(switch.members) == {
        "installations[0].emissions.levy_base",
        "installations[0].rights.sub_installations[0].activity",
        "projects[0].variable_opex",
        "projects[0].energy.electricity",
        "projects[0].emissions.levy_base",
    }


def test_nobian_power_is_that_of_recompression_and_what_cogeneration_no_longer_makes():
    power = assessed("nobian").case.projects[0].energy["electricity"].range

    # TWh: 2.37 / 14.6 - 0.135; 1.10 / 9.5 + 2.64 x 0.40 - 0.135
    assert power.low == pytest.approx(2.37 / 14.6 - 0.135, abs=0.001)
    assert power.high == pytest.approx(1.10 / 9.5 + 2.64 * 0.40 - 0.135, abs=0.001)


def test_nobian_emits_430_tonnes_of_nitrogen_oxides_less():
    nox = assessed("nobian").as_json()["substances_2030_kg"]["nox"]

    assert nox["change"] == pytest.approx(-430_000)
    assert nox["without"] is None


# ── Tata Steel ────────────────────────────────────────────────────────────────────────────────


def test_tata_gross_runs_from_the_intensity_of_the_site_to_that_of_the_world_furnace():
    # 2.5 x (1.80 - 0.852) = 2.37 and 2.5 x (2.434 - 0.852) = 3.96 Mt; the study of 2021 says 3.9
    found = assessed("tata-steel")

    assert found.results["gross_2030_t"] is None
    assert found.ranges["gross_2030_t"] == pytest.approx({"low": 2.37e6, "high": 3.96e6})


# The net tariff of the years 2025-2030: the tariff of the text of 2025 indexed with 2 %, less last
# year's ETS price: 65.00 in 2024 as published, then 65 to 113.40 in 2030 at the level of 2024.
NET_TARIFF = [
    87.90 - 65.0,
    102.75 - 65.0 * 1.02,
    118.17 - 74.68 * 1.02**2,
    134.16 - 84.36 * 1.02**3,
    150.75 - 94.04 * 1.02**4,
    167.94 - 103.72 * 1.02**5,
]
VATTENFALL = 4_068_898 + 1_224_804  # t: NL_188 and NL_185, no rights at all


def test_tata_own_permit_is_short_of_rights_in_2030_only():
    # 5,894,644 - 8,304,041 x 0.667 = 5,894,644 - 5,538,795.347; in 2029 8,304,041 x 0.745 is enough
    found = assessed("tata-steel")
    without = found.outcome.item("levy").without

    assert found.results["required_2030_t"] == pytest.approx(355_848.653)
    assert [found.outcome.in_year(without, year) for year in range(2025, 2030)] == [0] * 5
    assert found.outcome.in_year(without, 2030) == pytest.approx(-355_848.653 * NET_TARIFF[5])


def test_tata_own_levy_to_2030_without_the_plan_is_19_million():
    found = assessed("tata-steel").results["levy_to_2030_without_eur"]

    assert found == pytest.approx(355_848.653 * NET_TARIFF[5])
    assert found == pytest.approx(19.0e6, rel=1e-3)


def test_no_rights_of_tata_go_to_the_power_stations_of_vattenfall():
    # Tata has 8,304,041 x 1.057 - 5,894,644 = 2,882,727 t left in 2025; Vattenfall pays in full.
    found = assessed("tata-steel")
    results = found.results

    assert found.outcome.in_year(found.outcome.surplus_rights["without"], 2025) == pytest.approx(
        2_882_727.337
    )
    assert results["levy_other_operators_to_2030_eur"] == pytest.approx(
        VATTENFALL * sum(NET_TARIFF), rel=1e-9
    )


def test_tata_own_levy_base_is_its_permit_and_not_the_site():
    base = assessed("tata-steel").as_json()["levy_base_by_year_t"]["2025"]

    assert base["without"] == pytest.approx(5_894_644)


def test_tata_additional_tonnes_hang_on_where_the_works_gas_is_burnt():
    # all at the works: 5,538,795.347 - (5,894,644 - 3,960,000); all at the power stations: nothing
    found = assessed("tata-steel")

    assert found.results["additional_2030_t"] is None
    assert found.ranges["additional_2030_t"] == pytest.approx({"low": 0.0, "high": 3_604_151.347})
    named = {lack.place for lack in found.lacks if lack.figure == "additional_2030_t"}
    assert named == {"where-the-gas-is-burnt"}


def test_tata_value_is_unknown_and_every_absent_figure_of_money_is_named():
    found = assessed("tata-steel")
    absent = {place_text(path) for path, _ in absent_figures(found.case)}

    assert found.results["npv_eur"] is None
    assert found.npv_sign == "unknown"
    named = {lack.place for lack in found.lacks if lack.figure == "npv_eur"}
    assert named == {place for place in absent if ".substances." not in place}
    assert named == {"projects[0].fixed_opex"}


def test_tata_pollutants_are_known_without_the_project_and_not_with_it():
    nox = assessed("tata-steel").as_json()["substances_2030_kg"]["nox"]

    assert nox == {"change": None, "without": pytest.approx(4_270_000), "with": None}


def test_tata_saves_coal_and_uses_gas_as_the_table_per_tonne_says():
    # 2.5 x 0.619 = 1.55 Mt of coal; gas in the middle of 6.95 and 9.49 TWh
    assert change_in_use("tata-steel", "coking_coal") == pytest.approx(-1.55e6)
    assert change_in_use("tata-steel", "natural_gas") == pytest.approx(8.22e6)


# ── Zeeland Refinery ──────────────────────────────────────────────────────────────────────────


def test_zeeland_own_sum_from_the_gas_avoided_is_the_lower_end_of_gross():
    # 30 kt x 33.33 kWh/kg / 0.76 = 1,316 GWh x 3.6 x 56.1 = 266 kt; published up to 300 kt
    found = assessed("zeeland-refinery")
    tonnes = -change_in_use("zeeland-refinery", "natural_gas") * GJ_PER_MWH * GAS_KG_PER_GJ / 1e3

    assert tonnes == pytest.approx(265_779, abs=1)
    assert found.ranges["gross_2030_t"]["low"] == pytest.approx(tonnes, rel=1e-3)
    assert found.ranges["gross_2030_t"]["high"] == pytest.approx(300_000)
    assert found.results["gross_2030_t"] is None


def test_zeeland_electrolyser_runs_a_possible_number_of_hours():
    # 1,610 GWh / 250 MW = 6,440 h
    assert change_in_use("zeeland-refinery", "electricity") / 250 == pytest.approx(6_440)


def test_zeeland_gap_to_the_rights_of_2030_is_larger_than_the_reduction():
    # 1,276,019 and 1,526,465, minus 1,276,019 x 0.667: against at most 300,000 t
    found = assessed("zeeland-refinery")

    asked = {"low": 1_276_019 * 0.333, "high": 675_360.3}
    assert found.ranges["required_2030_t"] == pytest.approx(asked, abs=1)
    assert found.results["additional_2030_t"] == 0


def test_zeeland_power_of_an_electrolyser_costs_more_than_gas_and_allowances_together():
    # 2030, nominal: 1,610 GWh x 68 x 1.02^6 = 123 M; 1,316 x 27 x 1.02^6 = 40 M; at most
    # 300 kt x 113.4 x 1.02^6 = 38 M
    found = assessed("zeeland-refinery")
    power = -yearly("zeeland-refinery", "energy_electricity")[1]
    gas = yearly("zeeland-refinery", "energy_natural_gas")[1]

    most = evaluate(found.case, found.law, Picks({"projects[0].emissions.scope1": "low"}))
    allowances = most.in_year(most.item("ets").difference)

    assert power == pytest.approx(123.3e6, rel=1e-3)
    assert gas == pytest.approx(40.0e6, rel=1e-3)
    assert allowances == pytest.approx(300_000 * 113.4 * 1.02**6)
    assert power > gas + allowances


def test_zeeland_without_grid_cost_and_the_value_of_hydrogen_has_no_value_and_names_both():
    found = assessed("zeeland-refinery")

    assert found.results["npv_eur"] is None
    assert found.npv_sign == "unknown"
    named = {lack.place for lack in found.lacks if lack.figure == "npv_eur"}
    assert named == {"projects[0].grid_cost", "projects[0].premium"}


# ── AEB ───────────────────────────────────────────────────────────────────────────────────────


def test_aeb_fossil_reduction_and_biogenic_removal_add_up_to_the_480_kilotonnes_stored():
    # 480 x 0.58 / 1.5 = 185.6 fossil, 294.4 biogenic
    results = assessed("aeb").results

    assert results["gross_2030_t"] == pytest.approx(185_600)
    assert results["removal_2030_t"] == pytest.approx(294_400)


def test_aeb_rights_of_2030_follow_both_factors_and_nothing_is_additional():
    # 580,000 x 0.91 x 0.667 x 0.40 = 140,817 t; 394,400 t are left after capture
    found = assessed("aeb")

    assert found.outcome.in_year(found.outcome.rights) == pytest.approx(140_817, abs=1)
    assert found.results["required_2030_t"] == pytest.approx(439_183, abs=1)
    assert found.results["additional_2030_t"] == 0


def test_aeb_levy_falls_with_the_fossil_tonnes_and_no_allowances_are_surrendered():
    # (394,400 - 140,817) / (580,000 - 140,817) = 0.5774
    without, with_projects = yearly("aeb", "levy")

    assert with_projects / without == pytest.approx(0.5774, abs=1e-4)
    assert yearly("aeb", "ets") == (0, 0)


def test_aeb_award_pays_80_million_a_year_for_fifteen_years():
    paid = assessed("aeb").outcome.item("support_sde").difference

    assert assessed("aeb").results["support_eur"] == pytest.approx(1_200e6)
    assert yearly("aeb", "support_sde")[1] == pytest.approx(80e6)
    assert (paid > 0).sum() == 15


def test_aeb_pays_for_all_stored_tonnes_whether_fossil_or_biogenic():
    # 480 kt x 50 EUR of 2020 x 1.02^10 = 29.3 million in 2030
    assert yearly("aeb", "co2_transport_storage")[1] == pytest.approx(-29.26e6, rel=1e-3)
