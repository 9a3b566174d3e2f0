# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scheme may ask about a project: money and tonnes of that project alone."""

from datetime import date

import pytest
from tests.support.example import AFVANG, KETEL, LAW, case

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.rules.instrument import Project
from maatwerkbank.support.facts import project_facts


def facts(change=lambda content: content, picks=None):
    plan = case(change)
    picks = picks or Picks()
    return project_facts(plan, LAW, evaluate(plan, LAW, picks, support=()), picks)


@pytest.fixture(scope="module")
def found() -> dict[str, Project]:
    return facts()


def test_every_project_has_its_facts(found):
    assert list(found) == [AFVANG, KETEL]


def test_an_investment_is_that_of_the_project_in_money_of_its_years_without_replacements(found):
    # 22 million of 2024, spent in 2027, at 2 per cent inflation
    assert found[KETEL].investment_eur == pytest.approx(22e6 * 1.02**3)


def test_the_counterfactual_at_the_installation_is_the_reference(found):
    # heat recovery of 18 million of 2024, spent in 2026; none stands at the incinerator
    assert found[AFVANG].reference_investment_eur == pytest.approx(18e6 * 1.02**2)


def test_a_stated_reference_goes_before_the_counterfactual(found):
    assert found[KETEL].reference_investment_eur == pytest.approx(3e6 * 1.02**3)


def test_without_reference_or_counterfactual_the_extra_cost_is_not_known():
    def no_reference(content):
        del content["projects"][1]["schemes"]["reference_investment"]

    bare = facts(no_reference)[KETEL]

    assert bare.reference_investment_eur is None
    assert bare.extra_cost_eur is None


def test_a_reduction_is_against_what_would_be_done_without_the_project(found):
    # 260 kt captured, minus 22 kt that heat recovery would have saved
    assert found[AFVANG].reduction[list(found[AFVANG].years).index(2030)] == 238_000


def test_biogenic_storage_is_apart(found):
    assert found[AFVANG].reduction_abroad_or_biogenic[-1] == 20_000


def test_additional_tonnes_are_those_of_the_firm_and_not_shared_out(found):
    assert found[AFVANG].additional_2030_t == found[KETEL].additional_2030_t


def test_what_sde_pays_for_is_the_stored_carbon_while_the_plant_runs(found):
    production = dict(zip(found[AFVANG].years, found[AFVANG].production, strict=True))

    assert production[2028] == 0
    assert production[2029] == 280_000


def test_days_and_words_come_through_as_they_are_stated(found):
    assert found[AFVANG].applied_on == date(2024, 9, 20)
    assert found[AFVANG].storage_in_netherlands is True
    assert found[KETEL].storage_in_netherlands is None


def test_a_yearly_benefit_leaves_carbon_prices_out(found):
    # 75 GWh of gas saved, 70 GWh of power bought, taxes and upkeep: dearer before carbon prices
    assert found[KETEL].yearly_benefit_eur < 0


def test_an_absent_investment_is_none_and_not_nil():
    def secret(content):
        content["projects"][1]["capex"] = {
            "absent": True,
            "why": {"nl": "niet openbaar", "en": "not public"},
            "ask": {"nl": "de onderneming", "en": "the firm"},
        }

    bare = facts(secret)[KETEL]

    assert bare.investment_eur is None
    assert bare.reduction is not None


def test_a_range_is_taken_at_the_end_that_is_asked(found):
    high = facts(picks=Picks({"projects[0].capex": "high"}))[AFVANG]

    assert high.investment_eur / found[AFVANG].investment_eur == pytest.approx(380 / 290)


def test_the_carbon_that_a_project_saves_stands_apart_from_its_running_cost(found):
    plan = case()
    whole = evaluate(plan, LAW, support=(), only=AFVANG)
    carbon = whole.item("ets").difference + whole.item("levy").difference

    assert found[AFVANG].carbon_saved_by_year == pytest.approx(carbon)
    assert found[AFVANG].carbon_saved_by_year[-5] > 0
