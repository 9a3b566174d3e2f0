# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a variant does to every case and every registered firm, and what it does to Dow by hand."""

import json
import math
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from maatwerkbank.economics.assessment import assess
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.ground.errors import NoValueOnDate, OfficialRunRefused, UnknownVariant
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.effect import KEYS, effect
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.register import Stage, register

LETTER = date(2025, 6, 30)
IN_EXECUTION = 2  # plans: Nobian and Yara


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


NET_TARIFF = [tariff - deducted for tariff, deducted in zip(TARIFFS, DEDUCTED, strict=True)]


@pytest.fixture(scope="module")
def dow(abolition):
    return next(case for case in abolition.cases if case.company.id == "dow")


def test_the_levy_asks_of_dow_between_nothing_and_emission_minus_rights(dow):
    # 3,312,609 - 0.667 x 1,817,744 if nothing is exempt; nothing if all of it is.
    assert dow.base.results["required_2030_t"] is None
    assert dow.base.ranges["required_2030_t"] == pytest.approx({"low": 0.0, "high": 2_100_173.752})


def levy_to_2030(assessment, end):
    """The levy where all emissions are taxed (`high`), or none (`low`), at the central price."""
    base = Picks({"installations[0].emissions.levy_base": end})
    outcome = evaluate(assessment.case, assessment.law, base)
    return -float(outcome.item("levy").with_projects.sum())


def test_the_levy_of_dow_to_2030_is_at_most_the_sum_of_six_years(dow):
    by_year = [
        (EMISSION - factor * ALLOCATION) * net
        for factor, net in zip(FACTORS, NET_TARIFF, strict=True)
    ]
    found = dow.base.ranges["levy_to_2030_eur"]

    assert dow.base.results["levy_to_2030_eur"] is None
    assert levy_to_2030(dow.base, "high") == pytest.approx(sum(by_year), rel=1e-9)
    assert levy_to_2030(dow.base, "low") == 0
    # lower prices of allowances raise the levy, so the range may reach above the central price
    assert found["low"] == 0
    assert found["high"] >= sum(by_year)
    # a firm without a plan pays the same with and without it
    assert dow.base.ranges["levy_to_2030_without_eur"] == found


def test_abolition_leaves_dow_at_most_the_levy_of_2025(dow):
    of_2025 = (EMISSION - 1.057 * ALLOCATION) * (87.9 - 65.0)

    assert levy_to_2030(dow.variant, "high") == pytest.approx(of_2025, rel=1e-9)
    assert dow.variant.results["required_2030_t"] == 0


def test_what_abolition_takes_off_dow_is_between_nothing_and_the_five_years_after_2025(dow):
    # At the most the whole emission is in the base and the allowance price is at its low end.
    low = {"installations[0].emissions.levy_base": "high", "prices.eua": "low"}
    dear = evaluate(dow.base.case, dow.base.law, Picks(low))
    later = -dear.item("levy").with_projects[1:6]
    at_the_middle_price = [
        (EMISSION - factor * ALLOCATION) * net
        for factor, net in zip(FACTORS[1:], NET_TARIFF[1:], strict=True)
    ]
    value, ends = dow.difference["levy_to_2030_eur"]

    assert value is None
    assert ends == pytest.approx({"low": -float(later.sum()), "high": 0.0}, rel=1e-9)
    assert sum(at_the_middle_price) < float(later.sum())


# --- one operator, one levy --------------------------------------------------------------------

# Union Registry: verified emission of 2024 of NL_188 and NL_185, which have no allocation.
VATTENFALL = 4_068_898 + 1_224_804


def test_tata_pays_its_own_levy_and_that_of_vattenfall_stands_apart(cases):
    # NL_144 in 2030: 5,894,644 - 0.667 x 8,304,041 = 355,848.653 t; enough rights before.
    tata = cases["tata-steel"]["base"]

    assert tata["levy_to_2030_without_eur"] == pytest.approx(355_848.653 * NET_TARIFF[5])
    assert tata["levy_to_2030_without_eur"] == pytest.approx(19.0e6, rel=1e-3)
    assert tata["levy_other_operators_to_2030_eur"] == pytest.approx(VATTENFALL * sum(NET_TARIFF))


def test_the_levy_of_vattenfall_is_no_part_of_what_is_forgone_at_the_firms(plain):
    totals = plain["totals"]
    own = [
        (case["difference_ranges"].get("levy_to_2030_eur") or {}).get("low")
        or case["difference"]["levy_to_2030_eur"]
        or 0.0
        for case in plain["cases"]
    ]

    assert totals["levy_other_operators_forgone_to_2030_eur"] == pytest.approx(
        VATTENFALL * sum(NET_TARIFF[1:])
    )
    assert totals["ranges"]["levy_receipts_forgone_to_2030_eur"]["high"] == pytest.approx(-sum(own))


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


def ends_of(case, key):
    """The lowest and highest that a difference can be; a value without a range is both."""
    value, ends = case.difference[key]
    return (ends["low"], ends["high"]) if ends else (value, value)


def test_a_total_that_hangs_on_ranges_is_null_and_gives_the_sum_of_the_ends(abolition, plain):
    key = "levy_to_2030_eur"
    ends = [ends_of(case, key) for case in abolition.cases if case.difference[key] != (None, None)]
    total = "levy_receipts_forgone_to_2030_eur"

    assert plain["totals"][total] is None
    assert plain["totals"]["ranges"][total] == pytest.approx(
        {"low": -sum(high for _, high in ends), "high": -sum(low for low, _ in ends)}
    )
    assert plain["totals"]["judged"][total] == len(ends)


def test_a_total_is_a_value_only_where_no_firm_has_only_a_range(plain):
    totals = plain["totals"]
    wrong = [
        key
        for key, firms in totals["only_a_range"].items()
        if (totals[key] is None) != bool(firms or totals["judged"][key] == 0)
    ]

    assert wrong == []


def test_the_value_of_a_total_lies_within_its_range(plain):
    totals = plain["totals"]
    outside = [
        key
        for key, ends in totals["ranges"].items()
        if totals[key] is not None and not ends["low"] <= totals[key] <= ends["high"]
    ]

    assert outside == []
    assert totals["ranges"]["extra_support_needed_eur"]["low"] < totals["extra_support_needed_eur"]


def test_a_firm_with_only_a_range_is_judged_and_not_among_the_others(plain):
    totals = plain["totals"]
    both = [
        (key, firm)
        for key, firms in totals["only_a_range"].items()
        for firm in firms
        if firm in totals["not_judged"][key]
    ]

    assert both == []
    assert totals["only_a_range"]["npv_change_eur"] == ["aeb"]
    assert "dow" in totals["only_a_range"]["levy_receipts_forgone_to_2030_eur"]


def test_what_is_not_judged_is_counted_beside_every_total(plain):
    totals = plain["totals"]
    beside = {"ranges", "judged", "only_a_range", "not_judged"}

    assert (
        set(totals["judged"])
        == set(totals["not_judged"])
        == set(totals["only_a_range"])
        == set(totals) - beside
    )
    assert set(totals["ranges"]) <= set(totals["judged"])
    assert all(
        totals["judged"][key] + len(totals["not_judged"][key])
        in (len(plain["cases"]), len(case_ids()), IN_EXECUTION)
        for key in totals["judged"]
    )


def test_abolition_forgoes_receipts_and_asks_for_nothing_more(plain):
    ranges = plain["totals"]["ranges"]

    assert ranges["levy_receipts_forgone_to_2030_eur"]["low"] > 0
    assert ranges["required_no_longer_asked_2030_t"]["low"] > 0


def test_without_the_levy_aeb_needs_as_much_more_support_as_its_gap_grows(abolition, plain):
    # From 2028 to 2042 185,600 fossil tonnes no longer save the levy; there is no profit tax on a
    # loss. Tariffs 134.16, 150.75, 167.94, then 2 % a year in whole cents; 9.14 % from 2025.
    aeb = next(case for case in abolition.cases if case.company.id == "aeb")
    indexed = accumulate([TARIFFS[5], *[1.02] * 12], lambda last, by: round(last * by, 2))
    tariffs = [*TARIFFS[3:5], *indexed]
    lost = sum(185_600 * tariff / 1.0914 ** (3 + n) for n, tariff in enumerate(tariffs))

    value, ends = aeb.extra_support

    assert value == pytest.approx(lost, rel=1e-6)
    assert (value, ends) == aeb.difference["funding_gap_eur"]
    assert plain["totals"]["extra_support_needed_eur"] == value


def test_a_decided_plan_is_not_at_risk_but_its_tonnes_are_told(abolition):
    aeb = next(case for case in abolition.cases if case.company.id == "aeb")
    decided = replace(aeb, company=replace(aeb.company, stage=Stage.EXECUTION))

    assert (aeb.tonnes_at_risk, aeb.tonnes_decided) == ((185_600, None), (None, None))
    assert (decided.tonnes_at_risk, decided.tonnes_decided) == ((0.0, None), (185_600, None))


def test_the_plans_in_execution_are_not_among_the_tonnes_at_risk(cases):
    at_risk = {name: cases[name]["tonnes_at_risk_2030_t"] for name in ("nobian", "yara")}

    assert at_risk == {"nobian": 0.0, "yara": 0.0}


@pytest.mark.parametrize("side", ["levy_to_2030_eur", "levy_to_2030_without_eur"])
def test_abolition_never_raises_what_a_firm_pays(plain, side):
    risen = [case["id"] for case in plain["cases"] if (case["difference"][side] or 0) > 1e-6]

    assert risen == []


def test_gross_and_additional_tonnes_stand_apart_and_both_paths_stand_side_by_side(cases):
    yara = cases["yara"]["variant"]

    assert yara["gross_2030_t"] == 800_000
    assert yara["additional_2030_t"] == 800_000
    assert yara["additional_2030_frozen_path_t"] == cases["yara"]["base"]["additional_2030_t"]


def test_the_frozen_path_is_that_of_the_law_as_known_whatever_the_variant_changes(abolition):
    other = effect("levy_2026")
    key = "additional_2030_frozen_path_t"
    moved = [
        (changed.variant.name, case.company.id)
        for changed in (abolition, other)
        for case in changed.cases
        if case.difference[key] not in ((0.0, None), (None, None))
    ]
    yara = next(case for case in other.cases if case.company.id == "yara")

    assert moved == []
    # 2,282,022 t are left: more than 2,840,334 x 0.667, less than the 2,625,895 rights of 2026
    assert yara.base.results["additional_2030_t"] == 0
    assert yara.variant.results[key] == 0
    assert yara.variant.ranges["additional_2030_t"]["low"] == pytest.approx(343_872.98, abs=0.01)


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
