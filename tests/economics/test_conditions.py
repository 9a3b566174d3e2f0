# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same project elsewhere: each gap by hand, and null with a reason where a figure lacks.

Losses are set off in the firm, so tax is one rate of every euro: a gap is then what the cash item
changes, after tax, and can be worked out from the items of the computation here.
"""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from maatwerkbank.economics import conditions
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.economics.condition_factors import FACTORS
from maatwerkbank.economics.conditions import compare
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.ground.errors import ParameterError, UnitError
from maatwerkbank.parameters.countries import GrantScheme, YearFigure, country_file
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.sources.figure import Figure

EXAMPLE = Path(__file__).parents[1] / "example_case.yaml"
LETTER = date(2025, 6, 30)
TAX = 0.258


def case_file(*changes):
    content = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    for change in changes:
        change(content)
    return CaseFile(Case.model_validate(content), "0" * 64, ())


def taxed_in_the_firm(content):
    content["losses"] = "firm"


def under_the_ets(content):
    """Every installation under the ETS, and the same plant without the projects either way."""
    content["installations"][1]["levy"] = "ets"
    content["counterfactual"] = []


def with_grid_cost(content):
    content["projects"][0]["grid_cost"] = {
        "value": 3, "unit": "MEUR/year", "source": "voorbeeld-plan", "place": "blad 9"
    }  # fmt: skip
    content["projects"][1]["grid_cost"] = {
        "value": 1, "unit": "MEUR/year", "source": "voorbeeld-plan", "place": "blad 9"
    }  # fmt: skip


def without_public_grid_cost(content):
    content["projects"][0]["grid_cost"] = {
        "absent": True,
        "why": {"nl": "niet openbaar", "en": "not public"},
        "ask": {"nl": "de onderneming", "en": "the firm"},
    }
    content["projects"][1]["grid_cost"] = {
        "value": 1, "unit": "MEUR/year", "source": "voorbeeld-plan", "place": "blad 9"
    }  # fmt: skip


def law(**more):
    return Law(LETTER, outlook="hold", **more)


WHOLE = case_file(taxed_in_the_firm, under_the_ets, with_grid_cost)


def worth(item, found):
    """Present value of one item of a computation. [eur]"""
    return float(net_present_value(found.item(item).difference, found.discount_rate))


@pytest.fixture(scope="module")
def here():
    return evaluate(WHOLE.case, law())


@pytest.fixture(scope="module")
def germany():
    return compare(WHOLE, law(), "de", hurdle_rate=0.12)


@pytest.fixture(scope="module")
def spain():
    return compare(WHOLE, law(), "es")


# --- each factor by hand -----------------------------------------------------------------------


def test_power_elsewhere_changes_only_what_is_paid_for_power(germany, here):
    by_hand = (1.02 - 1) * worth("energy_electricity", here) * (1 - TAX)

    assert germany.factor("electricity").npv_gap.value == pytest.approx(by_hand, rel=1e-9)


def test_the_grid_elsewhere_costs_a_fifth(germany, here):
    by_hand = (0.2 - 1) * worth("grid_cost", here) * (1 - TAX)

    assert by_hand > 0
    assert germany.factor("grid").npv_gap.value == pytest.approx(by_hand, rel=1e-9)


def test_the_bill_elsewhere_scales_power_grid_and_energy_tax_alike(monkeypatch, here):
    half = ratio(0.5)
    monkeypatch.setattr(conditions, "country_file", germany_with(electricity_bill=half))
    items = ("energy_electricity", "grid_cost", "energy_tax_electricity")
    by_hand = (0.5 - 1) * sum(worth(item, here) for item in items) * (1 - TAX)

    gap = compare(WHOLE, law(), "de").factor("electricity_bill").npv_gap

    assert by_hand > 0
    assert gap.value == pytest.approx(by_hand, rel=1e-9)


def test_a_bill_that_depends_on_compensation_is_given_as_a_range_only(germany, here):
    items = ("energy_electricity", "grid_cost", "energy_tax_electricity")
    paid = sum(worth(item, here) for item in items) * (1 - TAX)

    gap = germany.factor("electricity_bill").npv_gap

    assert gap.value is None
    assert gap.low <= (0.85 - 1) * paid < (0.48 - 1) * paid <= gap.high


def test_elsewhere_there_is_no_dutch_levy_from_the_first_year(germany, here):
    by_hand = -worth("levy", here) * (1 - TAX)

    assert by_hand < 0  # the project saves levy here, so it is worth less without
    assert germany.factor("co2_price_and_levy").npv_gap.value == pytest.approx(by_hand, rel=1e-9)


def test_the_levy_elsewhere_is_the_levy_abolished_where_the_projects_come_later(germany):
    abolished = evaluate(WHOLE.case, law(variant="levy_abolished"))

    there = germany.factor("co2_price_and_levy").npv.value

    assert there == pytest.approx(abolished.npv, rel=1e-9)


def test_another_tax_rate_takes_another_share_of_the_same_profit(germany, here):
    by_hand = worth("tax", here) * (0.299 / TAX - 1)

    assert by_hand < 0
    assert germany.factor("tax").npv_gap.value == pytest.approx(by_hand, rel=1e-9)


def test_a_project_alone_pays_the_one_rate_also_below_the_dutch_bracket():
    alone = case_file(under_the_ets, with_grid_cost)
    paid = compare(alone, law(), "es").factor("tax")

    # Spain knows one rate of 25 per cent: what is saved above 200 000 euro is lost below it.
    assert paid.npv_gap.value is not None
    assert abs(paid.npv_gap.value) < 2e6


def test_support_elsewhere_lies_between_nothing_and_the_ceiling(germany, here):
    none = evaluate(WHOLE.case, law(), support=())

    support = germany.factor("support")

    assert worth("support_maatwerk", here) > 0
    assert support.npv.value is None
    assert support.npv.low <= none.npv < support.npv.high
    assert support.why.en.startswith("only a range is known")


def test_the_ceiling_of_support_is_a_share_of_the_extra_investment(monkeypatch):
    ceiling = germany_with(support=grant(0.4, 0.3))
    monkeypatch.setattr(conditions, "country_file", ceiling)
    boiler = case_file(taxed_in_the_firm, under_the_ets, with_grid_cost, boiler_alone)
    gap = compare(boiler, law(), "de").factor("support").npv_gap

    # 22 million at the level of 2024, spent in 2027; the grant lowers what can be written off
    paid = 0.4 * 22e6 * 1.02**3
    relief = sum(paid / 15 * TAX / 1.08 ** (year - 2025) for year in range(2028, 2043))
    assert gap.value == pytest.approx(paid / 1.08**2 - relief, rel=1e-9)


def test_what_would_be_invested_anyway_is_not_extra(monkeypatch):
    ceiling = germany_with(support=grant(0.4, 0.3))
    monkeypatch.setattr(conditions, "country_file", ceiling)
    alone = case_file(taxed_in_the_firm, under_the_ets, with_grid_cost, boiler_alone)
    instead = case_file(
        taxed_in_the_firm, under_the_ets, with_grid_cost, boiler_alone, half_of_it_anyway
    )

    whole = compare(alone, law(), "de").factor("support").npv_gap
    half = compare(instead, law(), "de").factor("support").npv_gap

    assert half.value == pytest.approx(whole.value / 2, rel=1e-9)


def test_a_grant_is_never_above_its_maximum(monkeypatch):
    monkeypatch.setattr(conditions, "country_file", germany_with(support=grant(0.4, 0.3)))
    capture = case_file(taxed_in_the_firm, under_the_ets, with_grid_cost, capture_alone)
    gap = compare(capture, law(), "de").factor("support").npv_gap

    # 30 per cent of 290 million is above 30 million: that is paid as the first capex is spent
    spent = {2026: 0.2 * 1.02**2, 2027: 0.4 * 1.02**3, 2028: 0.4 * 1.02**4}
    received = sum(
        30e6 * share / sum(spent.values()) / 1.08 ** (year - 2025) for year, share in spent.items()
    )
    relief = sum(30e6 / 15 * TAX / 1.08 ** (year - 2025) for year in range(2029, 2044))
    assert gap.value == pytest.approx(received - relief, rel=1e-9)


def boiler_alone(content):
    content["projects"] = content["projects"][1:]
    content["awards"] = []


def capture_alone(content):
    content["projects"] = content["projects"][:1]
    content["awards"] = []


def half_of_it_anyway(content):
    anyway = {
        **content["projects"][0],
        "id": "anyway",
        "capex": {**content["projects"][0]["capex"], "value": 11},
    }
    anyway.pop("schemes")
    content["counterfactual"] = [anyway]


def ratio(value):
    return YearFigure(value=value, unit="1", source="wbm", place="made up", holds_for=2024)


def grant(share, with_storage):
    return GrantScheme(
        name={"nl": "verzonnen", "en": "made up"},
        share=ratio(share),
        share_with_storage=ratio(with_storage),
        maximum=YearFigure(value=30, unit="MEUR", source="wbm", holds_for=2024),
    )


def germany_with(**figures):
    made_up = country_file("de").model_copy(update=figures)
    return {"de": made_up}.__getitem__


def test_what_somebody_knows_of_support_there_takes_the_place_of_the_ceiling(here):
    paid = np.where(here.years == 2028, 50e6, 0.0)
    bid = Support("ksv", "afvang", "operating_aid", paid)
    known = compare(WHOLE, law(), "fr", support=[bid]).factor("support")

    expected = evaluate(WHOLE.case, law(), support=[bid]).npv

    assert known.npv.value == pytest.approx(expected, rel=1e-12)
    assert known.rests_on == ()


# --- the parent --------------------------------------------------------------------------------


def test_the_hurdle_rate_discounts_the_same_cash_flow(germany, here):
    hurdle = germany.factor("hurdle")

    assert hurdle.npv.value == pytest.approx(float(net_present_value(here.cash_flow, 0.12)))
    assert hurdle.irr.value == here.internal_rate.rate
    assert hurdle.irr_gap.value == pytest.approx(here.internal_rate.rate - 0.12)


def test_the_hurdle_rate_may_be_a_figure_with_a_range():
    figure = Figure.model_validate(
        {"range": {"low": 10, "high": 15}, "unit": "%/year", "source": "voorbeeld-plan"}
    )
    hurdle = compare(WHOLE, law(), "es", hurdle_rate=figure).factor("hurdle")

    assert hurdle.npv.value is None
    assert hurdle.npv.low < hurdle.npv.high
    assert hurdle.rests_on == (("hurdle_rate", figure),)


def test_without_a_hurdle_rate_its_factor_is_null_with_the_reason(spain):
    hurdle = spain.factor("hurdle")

    assert hurdle.npv.value is hurdle.npv_gap.value is hurdle.irr_gap.value is None
    assert hurdle.why.en == "the hurdle rate of the parent company is not given"


@pytest.mark.parametrize("wrong", [12.0, 1.0, -1.0, math.nan, math.inf])
def test_a_hurdle_rate_that_is_no_share_a_year_is_refused(wrong):
    with pytest.raises(UnitError) as refused:
        compare(WHOLE, law(), "de", hurdle_rate=wrong)

    assert refused.value.remedy == "write 0.12 for 12 per cent"


def test_a_hurdle_rate_in_another_unit_is_refused():
    euros = Figure(value=12, unit="MEUR", source="voorbeeld-plan")

    with pytest.raises(UnitError) as refused:
        compare(WHOLE, law(), "de", hurdle_rate=euros)

    assert "1/year" in refused.value.remedy


# --- all together ------------------------------------------------------------------------------


def test_all_together_is_the_sum_and_what_tax_does_to_the_rest(spain, here):
    power = (0.819 - 1) * worth("energy_electricity", here)
    levy = -worth("levy", here)

    assert spain.takes == ("electricity", "co2_price_and_levy", "tax")
    assert spain.remainder.value == pytest.approx(-(0.25 - TAX) * (power + levy), rel=1e-6)


def test_the_gap_of_all_together_is_the_single_gaps_and_the_remainder(spain):
    single = sum(spain.factor(each).npv_gap.value for each in spain.takes)

    assert spain.together.npv_gap.value == pytest.approx(single + spain.remainder.value)
    assert spain.together.npv.value == pytest.approx(
        spain.npv_here.value + spain.together.npv_gap.value
    )


def test_the_bill_stands_for_power_and_grid_and_is_never_added_to_them(germany):
    assert germany.takes == ("electricity_bill", "co2_price_and_levy", "support", "tax", "hurdle")
    assert germany.leaves_out == ()


def test_what_cannot_be_taken_from_there_is_named_and_stays_as_it_is_here(spain):
    assert spain.leaves_out == ("grid", "support", "hurdle")


# --- what lacks --------------------------------------------------------------------------------


def test_a_figure_that_no_source_gives_makes_its_factor_null_with_the_reason(spain):
    grid = spain.factor("grid")

    assert grid.npv.value is grid.npv.low is grid.npv_gap.value is grid.irr.value is None
    assert grid.why.en == "No comparison of grid cost with the Dutch one was seen in a source."


def test_a_case_without_grid_cost_has_no_gap_for_it_rather_than_nil():
    silent = compare(case_file(under_the_ets), law(), "de")

    assert silent.factor("grid").npv_gap.value is None
    assert silent.factor("electricity_bill").npv_gap.value is None
    assert silent.factor("grid").why.en == "the case states no grid cost; unknown is not nil"
    assert "electricity" in silent.takes


def test_a_waste_incinerator_is_not_supposed_to_be_free_of_carbon_prices_elsewhere():
    mixed = compare(case_file(with_grid_cost), law(), "de").factor("co2_price_and_levy")

    assert mixed.npv_gap.value is None
    assert mixed.why.en.startswith("not every installation of the case is under the EU ETS")


def test_a_case_whose_own_value_is_unknown_gives_no_gap():
    secret = compare(case_file(under_the_ets, without_public_grid_cost), law(), "de")

    assert secret.npv_here.value is None
    assert {secret.factor(each).npv_gap.value for each in FACTORS} == {None}
    assert "see what its assessment lacks" in secret.factor("tax").why.en


def test_an_unknown_country_is_refused():
    with pytest.raises(ParameterError):
        compare(WHOLE, law(), "nl")


# --- under another law here --------------------------------------------------------------------


def test_where_the_levy_is_abolished_here_the_levy_makes_no_difference_between_countries():
    gap = compare(WHOLE, law(variant="levy_abolished"), "se").factor("co2_price_and_levy").npv_gap

    assert gap.value == pytest.approx(0, abs=1e-3)


def test_a_variant_here_stays_in_force_beneath_the_conditions_there(here):
    cheap = law(variant="grid_cost_as_neighbours")
    gap = compare(WHOLE, cheap, "de").factor("grid").npv_gap

    # a fifth of a fifth: the country is compared with the Dutch grid cost under the variant
    by_hand = (0.2 - 1) * 0.2 * worth("grid_cost", here) * (1 - TAX)
    assert gap.value == pytest.approx(by_hand, rel=1e-9)


def test_as_json_names_every_factor_and_what_it_rests_on(germany):
    found = germany.as_json()

    assert [each["id"] for each in found["factors"]] == [*FACTORS, "hurdle"]
    assert found["factors"][0]["rests_on"][0]["source"]["id"] == "power-price-2024"
    assert found["factors"][0]["rests_on"][0]["holds_for"] == 2024
    assert found["together"]["id"] == "together"


# --- grid cost as policy -----------------------------------------------------------------------


def test_the_grid_cost_of_a_case_is_what_it_states_where_no_policy_changes_it(here):
    stated = here.item("grid_cost").difference

    assert stated[here.years == 2028] == -1e6
    assert stated[here.years == 2030] == -4e6


def test_a_policy_on_grid_cost_takes_force_in_its_year():
    from_2031 = law(variant="grid_cost_as_neighbours", since=date(2031, 1, 1))
    found = evaluate(WHOLE.case, from_2031)
    stated = found.item("grid_cost").difference

    assert stated[found.years == 2030] == -4e6
    assert stated[found.years == 2031] == pytest.approx(-0.8e6)
