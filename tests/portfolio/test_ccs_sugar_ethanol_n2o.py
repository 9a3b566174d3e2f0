# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public reconstructions of Yara, Cosun, Alco and AnQore, against the published arithmetic.

Expected values stand written out, with the sum beside them.
"""

import csv
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import pytest

from maatwerkbank.economics.assessment import assess
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.plant.case_file import check_case
from maatwerkbank.plant.figure_places import absent_figures, place_text
from maatwerkbank.plant.quantities import Picks

BASE_OF_YARA = "installations[0].emissions.levy_base"
CASES = ("yara", "cosun", "alco", "anqore")


@cache
def checked(name: str):
    folder = files("maatwerkbank") / "portfolio" / "nl-2025-06-30" / "cases"
    with as_file(folder / f"{name}.yaml") as path:
        return check_case(path)


@cache
def assessed(name: str, variant: str | None = None):
    case_file, _ = checked(name)
    return assess(case_file, variant=variant)


def in_year(name: str, item: str, year: int) -> float:
    """What the plant without projects pays for `item` in `year`. [eur]"""
    outcome = assessed(name).outcome
    return -outcome.in_year(outcome.item(item).without, year)


# ── all four ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_no_finding_but_that_nobody_verified_how_it_spreads(name: str):
    case_file, findings = checked(name)

    assert {finding.code for finding in findings} == {"case.unverified"}
    assert [each.place for each in findings if not each.place.startswith("uncertainties.")] == []
    assert case_file.case.kind == "public_reconstruction"
    assert case_file.case.known_on == "2025-06-30"


@pytest.mark.parametrize("name", CASES)
def test_every_absent_figure_is_named_among_the_lacks(name: str):
    case_file, _ = checked(name)

    absent = {place_text(path) for path, _ in absent_figures(case_file.case)}

    assert absent <= {lack.place for lack in assessed(name).lacks}


def test_no_case_has_all_figures():
    counts = {name: len(list(absent_figures(checked(name)[0].case))) for name in CASES}

    # yara: grid cost, premium; cosun: capex, fixed opex and scope 1 of two factories; alco: capex,
    # fixed opex, levy base; anqore: fixed opex.
    assert counts == {"yara": 2, "cosun": 6, "alco": 3, "anqore": 1}


@pytest.mark.parametrize("name", CASES)
def test_without_all_cost_and_income_the_return_cannot_be_judged(name: str):
    found = assessed(name)

    assert found.results["npv_eur"] is None
    assert found.npv_sign == "unknown"
    assert found.results["required_support_gross_eur_per_t"] is None


def test_emissions_and_allocation_equal_the_register(shared):
    path = shared / "data" / "eu_ets_nl" / "nl_installations_2022_2025.csv"
    with path.open(newline="") as file:
        rows = {row["installation_id"]: row for row in csv.DictReader(file)}
    places = [
        place
        for name in CASES
        for place in checked(name)[0].case.installations
        if place.ets_id is not None
    ]

    emitted = {place.ets_id: place.emissions.scope1.value for place in places}
    allocated = {
        place.ets_id: place.rights.free_allocation_2025.value
        for place in places
        if place.rights.free_allocation_2025 is not None
    }

    assert set(emitted) == {"NL_128", "NL_65", "NL_63", "NL_439"}
    assert emitted == {i: float(rows[i]["verified_2024_t"]) for i in emitted}
    assert allocated == {i: float(rows[i]["free_allocation_2025_t"]) for i in allocated}


# ── yara ──────────────────────────────────────────────────────────────────────────────────────


def test_yara_stores_twelve_megatonnes_in_fifteen_years():
    gross = assessed("yara").outcome.gross

    assert assessed("yara").results["gross_2030_t"] == 800_000.0
    assert float(gross.sum()) == pytest.approx(12_000_000.0)


def test_the_chain_of_yara_before_the_ship_costs_fifty_euro():
    project = checked("yara")[0].case.projects[0]
    tonnes = project.storage.volume.scalar()

    per_yearly_tonne = project.capex.scalar() / tonnes
    upkeep = project.fixed_opex.scalar()
    power = project.energy["electricity"].scalar() / tonnes

    # 194 M / 800 kt = 242.5; annuity 8 per cent, 15 years 0.11683; power at 77 EUR/MWh:
    # 242.5 x (0.11683 + 0.05) + 0.123 x 77 = 28.33 + 12.13 + 9.47 = 49.93, published as 49.9.
    assert per_yearly_tonne == pytest.approx(242.5)
    assert power == pytest.approx(0.123)
    assert per_yearly_tonne * (0.11683 + upkeep) + power * 77 == pytest.approx(49.93, abs=0.005)


def test_the_value_of_yara_hangs_on_grid_cost_and_premium_and_is_not_given():
    found = assessed("yara")

    assert found.results["npv_eur"] is None
    assert "npv_eur" not in found.ranges
    assert found.npv_sign == "unknown"
    assert {lack.place for lack in found.lacks if lack.figure == "npv_eur"} == {
        "projects[0].grid_cost",
        "projects[0].premium",
    }


def test_what_allowances_and_levy_bring_yara_is_known_where_its_value_is_not():
    found = assessed("yara")
    whole = evaluate(found.case, found.law, Picks({BASE_OF_YARA: "high"}))
    carbon = [whole.item(item).difference for item in ("ets", "levy")]
    discount = 1.0914 ** -np.arange(16.0)  # 2025 to 2040, the first year undiscounted

    assert found.results["npv_eur"] is None
    ends = found.ranges["carbon_value_eur"]
    assert ends["low"] < float((sum(carbon) * discount).sum()) < ends["high"]


def test_yara_in_its_first_year_pays_for_upkeep_and_power():
    outcome = assessed("yara").outcome

    # 5 % of 194 M, three years of 2 %: 9.7 x 1.061208; 98.4 GWh x (77 - (77 - 68) / 5) x 1.0404.
    assert outcome.in_year(outcome.item("fixed_opex").difference, 2026) == pytest.approx(
        -10_293_717.6
    )
    assert outcome.in_year(outcome.item("energy_electricity").difference, 2026) == pytest.approx(
        -7_698_627.07, abs=0.01
    )


# 800 kt x 35.4 and 64.3 EUR of 2020 x 1.02^6 (1.126162419): no source gives a centre.
@pytest.mark.parametrize(("end", "paid"), [("low", 31_892_919.71), ("high", 57_929_794.85)])
def test_the_ship_of_yara_costs_a_range_without_a_centre(end, paid):
    found = assessed("yara")
    price = Picks({"prices.co2_transport_storage_ship": end})

    outcome = evaluate(found.case, found.law, price)

    item = outcome.item("co2_transport_storage")
    assert outcome.in_year(item.difference, 2026) == pytest.approx(-paid, abs=0.01)
    printed = {row["id"]: row for row in found.as_json()["items"]}["co2_transport_storage"]
    assert printed["by_year_eur"]["2026"] is None


def test_yara_pays_the_levy_of_2025_on_what_its_rights_do_not_cover():
    # At most 3,082,022 - 2,840,334 x 1.057 = 3,082,022 - 3,002,233.038 = 79,788.962 t; 87.90 -
    # 65.00. At the low end of the base, 2,840,334, there are rights enough.
    found = assessed("yara")
    most, least = (
        evaluate(found.case, found.law, Picks({BASE_OF_YARA: end})) for end in ("high", "low")
    )

    assert -most.in_year(most.item("levy").without, 2025) == pytest.approx(79_788.962 * 22.90)
    assert least.in_year(least.item("levy").without, 2025) == 0.0


def test_under_the_act_of_2023_all_tonnes_of_yara_are_asked_by_the_levy():
    found = assessed("yara")

    # 2,840,334 x 0.667 = 1,894,502.778 rights in 2030; the base without the plan minus these.
    asked = {"low": 2_840_334 - 1_894_502.778, "high": 3_082_022 - 1_894_502.778}
    assert found.ranges["required_2030_t"] == pytest.approx(asked)
    # 2,840,334 - 800,000 are left at the least: more than the rights
    assert found.results["additional_2030_t"] == 0.0


def test_under_the_text_of_2026_part_of_the_tonnes_of_yara_is_additional():
    ranges = assessed("yara", "levy_2026").ranges

    # 2,840,334 x (0.79 x 1.522 / 1.57 + 0.21 x 0.151 / 0.23) x 1.023 = 2,625,894.98 rights;
    # with the project 2,040,334 to 2,282,022 t are left.
    asked = {"low": 2_840_334 - 2_625_894.98, "high": 456_127.02}
    assert ranges["required_2030_t"] == pytest.approx(asked, abs=0.01)
    beyond = {"low": 343_872.98, "high": 2_625_894.98 - 2_040_334}
    assert ranges["additional_2030_t"] == pytest.approx(beyond, abs=0.01)


def test_the_free_allocation_of_yara_falls_with_the_cbam_factor():
    outcome = assessed("yara").outcome

    # 2,840,334 x 0.515 in 2030 with benchmarks held, nothing from 2034.
    assert outcome.in_year(outcome.position.free_allocation[0], 2030) == pytest.approx(1_462_772.01)
    assert outcome.in_year(outcome.position.free_allocation[0], 2034) == 0.0


def test_the_product_shares_of_yara_follow_from_its_accounts(shared):
    path = shared / "data" / "eu_ets_nl" / "nl_compliance_2013_2020.csv"
    with path.open(newline="") as file:
        rows = {
            row["installation_id"]: float(row["free_allocation_t"])
            for row in csv.DictReader(file)
            if row["year"] == "2020"
        }
    large = sum(rows[i] for i in ("NL_128", "NL_204691", "NL_204692"))
    small = sum(rows[i] for i in ("NL_204693", "NL_204694", "NL_204695"))
    shares = {p.product: p.share for p in checked("yara")[0].case.installations[0].rights.products}

    ammonia = large * 1.57 / 1.619
    nitric_acid = small * 0.23 / 0.302

    assert (large, small) == (2_247_070, 758_774)
    assert shares["ammonia"] == pytest.approx(ammonia / (ammonia + nitric_acid), abs=0.005)


def test_the_public_figures_stand_beside_those_of_yara():
    rows = assessed("yara").beside_what_is_known()

    # 194 M of 2023 in money of 2025: x 1.02^2.
    assert [(row["result"], row["known"]) for row in rows] == [
        ("gross_2030_t", 800_000.0),
        ("gross_2030_t", 1_500_000.0),
        ("investment_eur", 194_000_000.0),
        ("support_eur", 30_000_000.0),
    ]
    assert [row["ratio"] for row in rows] == pytest.approx([1.0, 0.8 / 1.5, 1.0404, 1.0])


# ── cosun ─────────────────────────────────────────────────────────────────────────────────────


def test_the_tonnes_of_cosun_are_unknown_and_not_zero():
    found = assessed("cosun")

    assert found.results["gross_2030_t"] is None
    assert found.results["additional_2030_t"] is None
    assert "gross_2030_t" not in found.ranges


def test_the_tonnes_of_six_factories_exceed_the_emission_of_two():
    found = assessed("cosun")
    emitted = found.outcome.in_year(found.outcome.without.total("scope1"))
    known = {row["result"]: row["known"] for row in found.beside_what_is_known()}

    # 129,062 + 125,213 = 254,275; 260,000 - 254,275 = 5,725.
    assert known["gross_2030_t"] - emitted == pytest.approx(5_725.0)


def test_the_levy_asks_cosun_for_a_range_in_2030():
    found = assessed("cosun").ranges["required_2030_t"]

    # Rights (82,713 + 82,870) x 0.667 = 110,443.861; base 108,943 + 109,150 to 129,062 + 125,213.
    assert found["low"] == pytest.approx(107_649.139)
    assert found["high"] == pytest.approx(143_831.139)


def test_a_letter_of_intent_grants_cosun_nothing():
    found = assessed("cosun")
    known = {row["result"]: row["known"] for row in found.beside_what_is_known()}

    assert found.results["support_eur"] == 0.0
    assert known["support_eur"] == 105_000_000.0


# ── alco ──────────────────────────────────────────────────────────────────────────────────────


def test_alco_is_left_with_thirty_per_cent_of_an_emission_that_was_not_seen():
    found = assessed("alco")

    # 347,579 - 0.30 x 348,838 (2017) = 242,927.6; 347,579 - 0.30 x 311,689 (2020) = 254,072.3.
    assert found.results["gross_2030_t"] is None
    assert found.ranges["gross_2030_t"] == pytest.approx({"low": 242_928, "high": 254_072})


def test_the_levy_asks_alco_for_a_range_in_2030():
    found = assessed("alco").ranges["required_2030_t"]

    # Rights 0.667 x 47.3 x 3,447 to 4,838 TJ = 108,750 to 152,635, middle 130,692; base 214,740 to
    # 347,579: 214,740 - 152,635 to 347,579 - 108,750.
    assert assessed("alco").results["required_2030_t"] is None
    assert found == pytest.approx({"low": 62_105, "high": 238_829}, abs=1.0)


def test_the_allocations_of_alco_fall_with_the_linear_factor_of_power_producers(shared):
    path = shared / "data" / "eu_ets_nl" / "nl_compliance_2013_2020.csv"
    with path.open(newline="") as file:
        rows = {
            int(row["year"]): float(row["free_allocation_t"])
            for row in csv.DictReader(file)
            if row["installation_id"] == "NL_439"
        }
    activity = checked("alco")[0].case.installations[0].rights.sub_installations[0].activity

    # 1 - 0.0174 x 5, 6 and 7 years after 2013.
    assert rows[2019] / rows[2018] == pytest.approx(0.8956 / 0.9130, rel=1e-5)
    assert rows[2020] / rows[2018] == pytest.approx(0.8782 / 0.9130, rel=1e-5)
    assert activity.range.high == pytest.approx(rows[2020] / 0.8782 / 62.3, abs=0.5)
    assert activity.range.low == pytest.approx(163_036 / 47.3, abs=0.5)


# ── anqore ────────────────────────────────────────────────────────────────────────────────────


def test_the_off_gas_of_anqore_is_outside_the_ets():
    outcome = assessed("anqore").outcome

    assert float(outcome.without.total("ets").sum()) == 0.0
    assert float(outcome.item("ets").difference.sum()) == 0.0


def test_anqore_goes_well_below_the_path_of_the_levy():
    found = assessed("anqore")
    keys = ("gross_2030_t", "required_2030_t", "additional_2030_t")

    # 0.4 Mt is rounded: 350 to 450 kt. x 0.91 x 0.667 = 212,439.5 to 273,136.5 rights in 2030, and
    # nothing is emitted any more; 350,000 - 212,439.5 and 450,000 - 273,136.5 are asked.
    assert [found.results[key] for key in keys] == [None, None, None]
    assert found.ranges["gross_2030_t"] == pytest.approx({"low": 350_000, "high": 450_000})
    assert found.ranges["required_2030_t"] == pytest.approx({"low": 137_560.5, "high": 176_863.5})
    assert found.ranges["additional_2030_t"] == pytest.approx({"low": 212_439.5, "high": 273_136.5})


def test_anqore_pays_the_whole_tariff_without_deduction_of_the_ets_price():
    # 2026, at 400 kt: 400,000 - 400,000 x 0.97 x 0.979 = 20,148 t; (87.90 + 12.84) x 1.02 = 102.75.
    assert in_year("anqore", "levy", 2026) == pytest.approx(20_148 * 102.75)


def test_the_investment_of_anqore_is_a_range_without_a_centre():
    found = assessed("anqore")
    capex = checked("anqore")[0].case.projects[0].capex

    # 10 M / 150 kt x 350 kt and 120 M / 900 kt x 450 kt; both x 1.02^8 in 2029.
    assert capex.range.low == pytest.approx(10 / 150 * 350, abs=0.05)
    assert capex.range.high == pytest.approx(120 / 900 * 450, abs=0.05)
    assert found.results["investment_eur"] is None
    assert found.ranges["investment_eur"] == pytest.approx(
        {"low": 23.3e6 * 1.02**8, "high": 60.0e6 * 1.02**8}
    )
