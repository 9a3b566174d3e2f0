# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a variant does to every case and every registered firm, and what it does to Dow by hand."""

import json
import math
from datetime import date

import pytest

from maatwerkbank.economics.assessment import assess
from maatwerkbank.ground.errors import NoValueOnDate, OfficialRunRefused, UnknownVariant
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.effect import KEYS, effect
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.register import register

LETTER = date(2025, 6, 30)


@pytest.fixture(scope="module")
def abolition():
    return effect("levy_abolished")


@pytest.fixture(scope="module")
def plain(abolition):
    return abolition.as_json()


@pytest.fixture(scope="module")
def cases(plain):
    return {case["id"]: case for case in plain["cases"]}


# --- the contract ------------------------------------------------------------------------------


def test_every_firm_of_the_register_is_there_once_or_named_as_not_public(plain):
    listed = [case["id"] for case in plain["cases"]] + [firm["id"] for firm in plain["not_public"]]

    assert sorted(listed) == sorted(company.id for company in register(LETTER))


def test_every_shipped_case_is_one_of_the_cases(cases):
    assert {c for c, case in cases.items() if not case["exposure_only"]} == set(case_ids())


@pytest.mark.parametrize("side", ["base", "variant", "difference"])
def test_every_case_has_the_same_flat_keys_on_each_side(plain, side):
    wanted = {"npv_eur", "funding_gap_eur", "levy_total_eur", "additional_2030_t"}

    assert wanted <= set(KEYS)
    assert {frozenset(case[side]) for case in plain["cases"]} == {frozenset(KEYS)}


def test_every_difference_is_variant_minus_base_where_both_are_known(plain):
    apart = [
        (case["id"], key)
        for case in plain["cases"]
        for key in KEYS
        if None not in (case["base"][key], case["variant"][key], case["difference"][key])
        and not math.isclose(
            case["difference"][key],
            case["variant"][key] - case["base"][key],
            rel_tol=1e-9,
            abs_tol=1e-3,
        )
    ]

    assert apart == []


def test_a_difference_is_known_wherever_both_sides_are(plain):
    lost = [
        (case["id"], key)
        for case in plain["cases"]
        for key in KEYS
        if None not in (case["base"][key], case["variant"][key]) and case["difference"][key] is None
    ]

    assert lost == []


def test_every_null_of_a_case_with_a_plan_is_among_its_lacks(plain):
    unnamed = [
        (case["id"], key)
        for case in plain["cases"]
        if not case["exposure_only"]
        for key in KEYS
        if case["base"][key] is None and key not in case["lacks"]
    ]

    assert unnamed == []


def test_a_firm_without_a_plan_has_only_a_levy(cases):
    dow = cases["dow"]

    assert dow["exposure_only"]
    assert dow["base"]["npv_eur"] is dow["difference"]["npv_eur"] is None
    assert dow["npv_sign"] == {"base": None, "variant": None}
    assert dow["tonnes_at_risk_2030_t"] is None


def test_the_json_has_no_nan_and_no_minus_nothing(plain):
    text = json.dumps(plain, allow_nan=False)

    assert "-0.0," not in text
    assert "-0.0}" not in text


def test_the_base_of_a_case_is_its_own_assessment(cases):
    found = assess(load_case("yara"), known_on=LETTER)

    assert cases["yara"]["base"]["npv_eur"] == found.results["npv_eur"]
    assert cases["yara"]["receipts"]["base"] == found.receipt.number


# --- Dow by hand -------------------------------------------------------------------------------

# Union Registry: verified emission of 2024 and free allocation of 2025 (NL_407).
EMISSION, ALLOCATION = 3_312_609, 1_817_744
FACTORS = [1.057, 0.979, 0.901, 0.823, 0.745, 0.667]
TARIFFS = [87.9, 102.75, 118.17, 134.16, 150.75, 167.94]
# 65.00 in 2024 as published, then the price set: 65 in 2025 to 113.40 in 2030, level of 2024.
DEDUCTED = [
    65.0,
    65.0 * 1.02,
    74.68 * 1.02**2,
    84.36 * 1.02**3,
    94.04 * 1.02**4,
    103.72 * 1.02**5,
]


def test_what_the_levy_asks_of_dow_in_2030_is_emission_minus_rights(cases):
    assert cases["dow"]["base"]["required_2030_t"] == pytest.approx(
        3_312_609 - 0.667 * 1_817_744, rel=1e-12
    )
    assert cases["dow"]["base"]["required_2030_t"] == pytest.approx(2_100_173.752)


def test_the_levy_of_dow_to_2030_is_the_sum_of_six_years(cases):
    by_year = [
        (EMISSION - factor * ALLOCATION) * (tariff - deducted)
        for factor, tariff, deducted in zip(FACTORS, TARIFFS, DEDUCTED, strict=True)
    ]

    assert cases["dow"]["base"]["levy_to_2030_eur"] == pytest.approx(sum(by_year), rel=1e-9)
    # a firm without a plan pays the same with and without it
    assert cases["dow"]["base"]["levy_to_2030_without_eur"] == pytest.approx(sum(by_year), rel=1e-9)


def test_abolition_leaves_dow_the_levy_of_2025_only(cases):
    of_2025 = (EMISSION - 1.057 * ALLOCATION) * (87.9 - 65.0)

    assert cases["dow"]["variant"]["levy_to_2030_eur"] == pytest.approx(of_2025, rel=1e-9)
    assert cases["dow"]["variant"]["required_2030_t"] == 0


def test_the_exposure_of_a_firm_is_a_case_of_its_public_installations():
    case_file = exposure_case(register(LETTER).company("shell"), LETTER)

    assert case_file.case.kind == "exposure_only"
    assert case_file.case.projects == []
    assert [place.ets_id for place in case_file.case.installations][:2] == ["NL_99", "NL_383"]


def test_a_firm_in_a_joint_permit_has_no_exposure():
    assert exposure_case(register(LETTER).company("oci"), LETTER) is None


def test_before_a_figure_was_public_it_is_not_used():
    dow = register(LETTER).company("dow")

    assert exposure_case(dow, date(2025, 4, 29)) is None
    before_allocation = exposure_case(dow, date(2025, 6, 29))
    assert "absent" in before_allocation.case.installations[0].rights.model_dump()


# --- totals ------------------------------------------------------------------------------------


def test_totals_are_sums_over_what_could_be_judged(plain):
    totals, cases = plain["totals"], plain["cases"]
    levy = [case["difference"]["levy_to_2030_eur"] for case in cases]
    values = [case["difference"]["npv_eur"] for case in cases if not case["exposure_only"]]

    assert totals["levy_receipts_forgone_to_2030_eur"] == pytest.approx(
        -sum(amount for amount in levy if amount is not None)
    )
    assert totals["npv_change_eur"] == pytest.approx(sum(v for v in values if v is not None))
    assert totals["judged"]["npv_change_eur"] + len(totals["not_judged"]["npv_change_eur"]) == len(
        values
    )


def test_what_is_not_judged_is_counted_beside_every_total(plain):
    totals = plain["totals"]

    assert (
        set(totals["judged"])
        == set(totals["not_judged"])
        == set(totals)
        - {
            "judged",
            "not_judged",
        }
    )
    assert all(
        totals["judged"][key] + len(totals["not_judged"][key])
        in (len(plain["cases"]), len(case_ids()))
        for key in totals["judged"]
    )


def test_abolition_forgoes_receipts_and_asks_for_nothing_more(plain):
    assert plain["totals"]["levy_receipts_forgone_to_2030_eur"] > 0
    assert plain["totals"]["required_no_longer_asked_2030_t"] > 0


@pytest.mark.parametrize("side", ["levy_to_2030_eur", "levy_to_2030_without_eur"])
def test_abolition_never_raises_what_a_firm_pays(plain, side):
    risen = [case["id"] for case in plain["cases"] if (case["difference"][side] or 0) > 1e-6]

    assert risen == []


def test_gross_and_additional_tonnes_stand_apart_and_both_paths_stand_side_by_side(cases):
    yara = cases["yara"]["variant"]

    assert yara["gross_2030_t"] == 800_000
    assert yara["additional_2030_t"] == 800_000
    assert yara["additional_2030_frozen_path_t"] == cases["yara"]["base"]["additional_2030_t"]


# --- receipt, variants, refusals ---------------------------------------------------------------


def test_the_receipt_is_that_of_the_whole_portfolio(abolition, plain):
    assert plain["receipt"]["variant"] == "levy_abolished"
    assert plain["receipt"]["known_on"] == "2025-06-30"
    assert plain["receipt"]["number"] not in {case.base.receipt.number for case in abolition.cases}


def test_a_variant_that_says_what_the_law_says_changes_nothing_and_progress_names_every_firm():
    told = []

    same = effect("levy_2023", progress=told.append).as_json()

    changed = [
        (case["id"], key)
        for case in same["cases"]
        for key, value in case["difference"].items()
        if value not in (None, 0)
    ]
    assert changed == []
    assert told == [company.name for company in register(LETTER)]


def test_an_official_run_of_the_portfolio_is_refused(abolition):
    with pytest.raises(OfficialRunRefused) as refused:
        abolition.require_official()

    assert "eu_ets/cscf" in refused.value.what


def test_an_unknown_variant_is_refused():
    with pytest.raises(UnknownVariant):
        effect("levy_doubled")


def test_a_day_before_the_law_is_refused():
    with pytest.raises(NoValueOnDate):
        effect("levy_abolished", known_on=date(2015, 1, 1))
