# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Four public reconstructions against the published arithmetic: Nobian, Tata, Zeeland, AEB."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.ground.findings import has_errors
from maatwerkbank.plant.case_file import check_case
from maatwerkbank.plant.figure_places import absent_figures, place_text

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
    # 1.45 and 2.37 TWh = 5,220 and 8,532 TJ, x 47.3 t/TJ x 0.667 = 164,686 and 269,177 t
    found = assessed("nobian")

    assert found.results["additional_2030_t"] is None
    assert found.ranges["additional_2030_t"]["low"] == pytest.approx(164_686, abs=1)
    assert found.ranges["additional_2030_t"]["high"] == pytest.approx(269_177, abs=1)


def test_nobian_power_use_leaves_the_sign_of_the_value_open_and_is_named_for_it():
    found = assessed("nobian")

    assert found.results["npv_eur"] is None
    assert found.npv_sign == "open"
    named = {lack.place for lack in found.lacks if lack.figure == "npv_eur"}
    assert "heat-and-power" in named


def test_nobian_lost_power_of_cogeneration_costs_more_than_any_other_unknown_without_a_centre():
    # 0.065 against 0.965 TWh a year: 2.37/12 - 0.135 and 1.45/8 + 2.64 x 0.35 - 0.135
    swings = [s for s in assessed("nobian").swings if not s.has_centre]

    assert swings[0].place == "heat-and-power"
    assert swings[0].npv_at_low > swings[0].npv_at_high


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


def test_tata_site_with_its_works_gas_power_exceeds_its_rights_by_more_than_five_megatonnes():
    # 5,894,644 + 4,068,898 + 1,224,804 = 11,188,346; rights 8,304,041 x 0.667 = 5,538,795
    results = assessed("tata-steel").results

    assert results["required_2030_t"] == pytest.approx(11_188_346 - 5_538_795.347)


def test_tata_reduction_stays_above_the_path_of_rights_so_nothing_is_additional():
    # 11.19 - 3.96 = 7.23 Mt is left, more than 5.54 Mt of rights
    assert assessed("tata-steel").results["additional_2030_t"] == 0


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
    assert found.results["gross_2030_t"] == pytest.approx(300_000)


def test_zeeland_electrolyser_runs_a_possible_number_of_hours():
    # 1,610 GWh / 250 MW = 6,440 h
    assert change_in_use("zeeland-refinery", "electricity") / 250 == pytest.approx(6_440)


def test_zeeland_gap_to_the_rights_of_2030_is_larger_than_the_reduction():
    # 1,526,465 - 1,276,019 x 0.667 = 675,360 t, against at most 300,000 t
    results = assessed("zeeland-refinery").results

    assert results["required_2030_t"] == pytest.approx(675_360, abs=1)
    assert results["additional_2030_t"] == 0


def test_zeeland_power_of_an_electrolyser_costs_more_than_gas_and_allowances_together():
    # 2030, nominal: 1,610 GWh x 68 x 1.02^6 = 123 M; 1,316 x 27 x 1.02^6 = 40 M;
    # 300 kt x 113.4 x 1.02^6 = 38 M
    power = -yearly("zeeland-refinery", "energy_electricity")[1]
    gas = yearly("zeeland-refinery", "energy_natural_gas")[1]
    before, after = yearly("zeeland-refinery", "ets")

    assert power == pytest.approx(123.3e6, rel=1e-3)
    assert gas == pytest.approx(40.0e6, rel=1e-3)
    assert after - before == pytest.approx(38.3e6, rel=2e-3)
    assert assessed("zeeland-refinery").npv_sign == "negative"


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
