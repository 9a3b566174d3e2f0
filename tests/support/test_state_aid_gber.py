# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The block exemption: the law cases, and the verdict on a project by article."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import FirmSize, Project, Technique
from maatwerkbank.sources.register import Seen
from maatwerkbank.support.state_aid import AidFile, Area, frameworks, gber

CASES = "state_aid_gber.yaml"
RULES = gber

LAW = Law(date(2026, 11, 1))
BOILER = Project(
    years=np.arange(2026, 2041),
    technique=Technique.E_BOILER,
    firm_size=FirmSize.LARGE,
    investment_eur=25e6,
    reference_investment_eur=15e6,
    reduction_share=0.8,
    legally_required=False,
    fossil_fired=False,
    in_difficulty=False,
    recovery_order=False,
    relocates=False,
    applied_on=date(2026, 1, 15),
    works_start_on=date(2026, 9, 1),
    granted_on=date(2026, 6, 1),
)
FILE = AidFile(ad_hoc=True, material_change_shown=True)


def verdict_on(project, file=FILE):
    return gber.verdicts(project, LAW, file)[0]


def route(verdict, name):
    return next(each for each in verdict.routes if each.id == name)


def condition(verdict, name):
    return next(each for each in verdict.conditions if each.id == name)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_project_that_states_everything_fits():
    verdict = verdict_on(BOILER)

    assert (verdict.outcome, verdict.section) == ("fits", "article 36")
    assert verdict.lacks == ()
    assert {each.citation.seen for each in verdict.rests_on} == {Seen.OFFICIAL}


def test_the_route_that_is_chosen_counts_and_not_the_sum():  # eu-E1
    verdict = verdict_on(BOILER)

    assert route(verdict, "extra_cost").ceiling_eur == pytest.approx(4e6)
    assert route(verdict, "no_counterfactual").ceiling_eur == pytest.approx(5e6)
    assert verdict.route.id == "no_counterfactual"
    assert verdict.ceiling_eur == pytest.approx(5e6)


@pytest.mark.parametrize(
    ("changes", "name", "intensity"),
    [
        ({"firm_size": FirmSize.SMALL}, "extra_cost", 0.60),  # aid-T16
        ({"reduction_share": 1.0}, "extra_cost", 0.50),  # aid-T16
        ({"technique": Technique.CCS}, "extra_cost", 0.30),  # aid-T16
        ({"firm_size": FirmSize.SMALL, "reduction_share": 1.0}, "no_counterfactual", 0.35),  # eu-E2
        ({"technique": Technique.CCS, "firm_size": FirmSize.MEDIUM}, "extra_cost", 0.40),  # eu-E3
        ({"technique": Technique.HEAT_PUMP}, "total_cost", 0.45),  # eu-E3
        ({"technique": Technique.EFFICIENCY}, "no_counterfactual", 0.15),  # eu-E4
        (
            {"technique": Technique.EFFICIENCY, "firm_size": FirmSize.SMALL},
            "no_counterfactual",
            0.25,  # eu-E4
        ),
        ({"single_purpose": True}, "no_alternative", 0.40),
        ({"technique": Technique.CIRCULAR}, "extra_cost", 0.40),
        ({"technique": Technique.OTHER, "reduction_share": 1.0}, "extra_cost", 0.40),
    ],
)
def test_the_intensity_follows_the_article(changes, name, intensity):
    verdict = verdict_on(replace(BOILER, **changes))

    assert route(verdict, name).intensity == pytest.approx(intensity)


def test_a_network_with_waste_heat_only_gets_forty_five_per_cent_of_the_whole():  # eu-E3
    heat = replace(BOILER, technique=Technique.RESIDUAL_HEAT)

    verdict = verdict_on(heat, replace(FILE, only_renewable_or_waste_heat=True))

    assert verdict.section == "article 46"
    assert route(verdict, "total_cost").ceiling_eur == pytest.approx(0.45 * 25e6)


@pytest.mark.parametrize(
    ("technique", "area", "intensity"),
    [
        (Technique.E_BOILER, Area.A, 0.55),
        (Technique.E_BOILER, Area.C, 0.45),
        (Technique.CIRCULAR, Area.C, 0.45),
        (Technique.RENEWABLE_HEAT, Area.A, 0.45),
        (Technique.RESIDUAL_HEAT, Area.C, 0.30),
    ],
)
def test_areas_bring_a_bonus_in_articles_36_38_and_47_only(technique, area, intensity):
    verdict = verdict_on(replace(BOILER, technique=technique), replace(FILE, area=area))

    assert verdict.routes[0].intensity == pytest.approx(intensity)


def test_projected_profit_is_deducted_and_the_outcome_checked_afterwards():  # eu-E5
    project = replace(BOILER, investment_eur=10e6, reference_investment_eur=9e6)
    file = replace(FILE, discounted_investment_eur=9e6, discounted_operating_profit_eur=6e6)

    verdict = verdict_on(project, file)

    assert verdict.route.id == "operating_profit"
    assert verdict.ceiling_eur == pytest.approx(3e6)
    assert verdict.claw_back is True


def test_without_the_investment_of_the_same_day_the_third_way_is_not_counted():
    verdict = verdict_on(BOILER, replace(FILE, discounted_operating_profit_eur=7e6))

    assert route(verdict, "operating_profit").ceiling_eur is None


@given(st.floats(0, 1e9), st.floats(0, 1), st.floats(-1e9, 1e9))
def test_on_the_third_way_the_ceiling_never_exceeds_the_investment(whole, discounted, profit):
    project = replace(BOILER, investment_eur=whole, reference_investment_eur=0.0)
    file = replace(
        FILE,
        discounted_investment_eur=whole * discounted,
        discounted_operating_profit_eur=profit,
    )

    verdict = verdict_on(project, file)

    assert route(verdict, "operating_profit").ceiling_eur <= whole * discounted
    assert verdict.ceiling_eur <= whole


def test_a_share_of_the_cost_asks_no_claw_back():
    assert verdict_on(BOILER).claw_back is False


def test_above_thirty_million_the_aid_is_not_exempt_and_must_be_notified():  # eu-E6
    large = replace(BOILER, investment_eur=200e6, reference_investment_eur=50e6)

    verdict = verdict_on(large, replace(FILE, amount_eur=31e6))

    assert verdict.outcome == "refused"
    assert condition(verdict, "within_threshold").met is False
    assert (verdict.notify, verdict.standstill) == (True, True)
    assert verdict.ceiling_eur == 30e6
    assert verdict.route.binding == "limit"


def test_exempt_aid_may_be_paid_at_once():
    verdict = verdict_on(BOILER, replace(FILE, amount_eur=5e6))

    assert (verdict.outcome, verdict.notify, verdict.standstill) == ("fits", False, False)


@pytest.mark.parametrize(
    ("technique", "file", "threshold"),
    [
        (Technique.E_BOILER, FILE, 30e6),
        (Technique.CCS, replace(FILE, dedicated_infrastructure=True), 25e6),
        (Technique.RESIDUAL_HEAT, FILE, 50e6),
    ],
)
def test_the_threshold_follows_what_is_built(technique, file, threshold):
    verdict = verdict_on(replace(BOILER, technique=technique), file)

    assert {each.limit_eur for each in verdict.routes} == {threshold}


def test_energy_infrastructure_may_get_its_funding_gap_up_to_seventy_million():
    file = replace(FILE, energy_infrastructure=True, regulated_access=True, funding_gap_eur=90e6)

    verdict = gber.verdicts(BOILER, LAW, file)[-1]

    assert verdict.section == "article 48"
    assert (verdict.ceiling_eur, verdict.route.binding) == (70e6, "limit")


def test_infrastructure_of_its_own_for_carbon_is_exempt_up_to_twenty_five_million():
    network = replace(BOILER, technique=Technique.CCS, investment_eur=200e6)
    file = replace(
        FILE,
        dedicated_infrastructure=True,
        complete_chain=True,
        npv_with_carbon_cost_eur=-1e6,
    )

    at_most = frameworks(network, LAW, replace(file, amount_eur=25e6))[0]
    above = frameworks(network, LAW, replace(file, amount_eur=25.1e6))[0]

    assert (at_most.outcome, at_most.route.id, at_most.ceiling_eur) == (
        "fits",
        "no_alternative",
        25e6,
    )
    assert (above.outcome, above.notify) == ("refused", True)
    assert {each.id for each in above.refused} == {"within_threshold", "within_ceiling"}


@pytest.mark.parametrize(
    ("regulated", "amount", "outcome"),
    [
        (True, 70e6, "fits"),
        (True, 71e6, "refused"),
        (False, 70e6, "refused"),
        (None, 70e6, "cannot_judge"),
    ],
)
def test_regulated_energy_infrastructure_is_exempt_up_to_seventy_million(
    regulated, amount, outcome
):
    file = replace(
        FILE,
        energy_infrastructure=True,
        regulated_access=regulated,
        funding_gap_eur=90e6,
        amount_eur=amount,
    )

    found = frameworks(BOILER, LAW, file)

    verdict = next(each for each in found if each.section == "article 48")
    assert (verdict.outcome, verdict.notify) == (outcome, amount > 70e6)
    assert verdict.ceiling_eur == 70e6


@pytest.mark.parametrize(("grams", "outcome"), [(28.0, "fits"), (28.3, "refused")])
def test_the_emissions_of_hydrogen_decide_in_all_frameworks_together(grams, outcome):
    hydrogen = replace(BOILER, technique=Technique.HYDROGEN_USE)

    found = frameworks(hydrogen, LAW, replace(FILE, hydrogen_g_per_mj=grams))

    assert found[0].outcome == outcome


def test_an_upper_bound_above_the_limits_refuses_nothing_and_names_what_lacks():
    file = replace(FILE, amount_eur=31e6, amount_is_upper_bound=True)

    verdict = verdict_on(BOILER, file)

    open_ids = {each.id for each in verdict.open_questions}
    assert (verdict.outcome, verdict.notify) == ("cannot_judge", None)
    assert open_ids == {"within_threshold", "within_ceiling"}
    assert [each.name for each in verdict.lacks] == ["state_aid/base_rate"]
    assert "Official Journal" in verdict.lacks[0].where.en


def test_an_upper_bound_below_the_limits_proves_that_aid_stays_below_them():
    verdict = verdict_on(BOILER, replace(FILE, amount_eur=5e6, amount_is_upper_bound=True))

    assert (verdict.outcome, verdict.notify, verdict.lacks) == ("fits", False, ())


@given(st.floats(0, 1e9), st.booleans())
def test_an_upper_bound_says_no_more_than_the_amount_itself(amount, ad_hoc):
    file = replace(FILE, amount_eur=amount, ad_hoc=ad_hoc)

    exact = verdict_on(BOILER, file)
    bound = verdict_on(BOILER, replace(file, amount_is_upper_bound=True))

    assert bound.notify in {exact.notify, None}
    assert {each.id for each in bound.refused} <= {each.id for each in exact.refused}
    assert bound.notify is not True
    assert (bound.outcome == "fits") is (exact.outcome == "fits")


def test_a_fact_that_must_be_no_is_named_and_not_its_reverse():
    refused = condition(verdict_on(replace(BOILER, in_difficulty=True)), "not_in_difficulty")

    assert refused.says.nl == "De onderneming is in moeilijkheden (moet nee zijn)."
    assert refused.says.en == "The undertaking is in difficulty (must be no)."
    assert (refused.asked, refused.found) == (False, True)


def test_an_article_is_cited_in_the_language_of_the_reader():
    asked = condition(verdict_on(BOILER), "before_works")

    assert (asked.source.nl, asked.source.en) == ("AGVV art. 6 lid 2", "GBER art. 6(2)")


def test_a_tender_may_pay_the_whole_cost():
    verdict = verdict_on(BOILER, replace(FILE, by_tender=True))

    assert (verdict.route.id, verdict.ceiling_eur) == ("tender", 25e6)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"applied_on": date(2026, 9, 1)}, "before_works"),
        ({"in_difficulty": True}, "not_in_difficulty"),
        ({"recovery_order": True}, "no_recovery_order"),
        ({"relocates": True}, "no_relocation"),
        ({"fossil_fired": True, "single_purpose": False}, "no_fossil_equipment"),
        (
            {"fossil_fired": True, "single_purpose": True, "capacity_increase": 0.1},
            "no_fossil_equipment",
        ),
    ],
)
def test_a_condition_that_is_not_met_refuses_with_its_reason(changes, name):
    verdict = verdict_on(replace(BOILER, **changes))

    assert verdict.outcome == "refused"
    assert [each.id for each in verdict.refused] == [name]


def test_all_reasons_come_at_once():
    verdict = verdict_on(
        replace(BOILER, in_difficulty=True, relocates=True), replace(FILE, amount_eur=40e6)
    )

    assert {each.id for each in verdict.refused} == {
        "not_in_difficulty",
        "no_relocation",
        "within_threshold",
        "within_ceiling",
    }


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"granted_on": None}, "in_force"),
        ({"works_start_on": None}, "before_works"),
        ({"in_difficulty": None}, "not_in_difficulty"),
        ({"legally_required": None}, "beyond_union_standards"),
        ({"fossil_fired": True, "single_purpose": True}, "no_fossil_equipment"),
    ],
)
def test_a_fact_that_is_not_stated_leaves_the_question_open(changes, name):
    verdict = verdict_on(replace(BOILER, **changes))

    assert verdict.outcome == "cannot_judge"
    assert [each.id for each in verdict.open_questions] == [name]


def test_a_duty_under_national_law_is_no_union_standard():
    project = replace(BOILER, legally_required=True)

    assert verdict_on(project).outcome == "cannot_judge"
    assert verdict_on(project, replace(FILE, required_by_union_standard=False)).outcome == "fits"
    assert verdict_on(project, replace(FILE, required_by_union_standard=True)).outcome == "refused"


def test_capture_needs_a_whole_chain_and_a_negative_value_with_carbon_counted_in():
    capture = replace(BOILER, technique=Technique.CCS)

    unknown = verdict_on(capture)
    fits = verdict_on(capture, replace(FILE, complete_chain=True, npv_with_carbon_cost_eur=-1e6))
    pays = verdict_on(capture, replace(FILE, complete_chain=True, npv_with_carbon_cost_eur=1e6))

    assert (unknown.outcome, fits.outcome, pays.outcome) == ("cannot_judge", "fits", "refused")


@pytest.mark.parametrize(("grams", "met"), [(28.0, True), (28.3, False), (None, None)])
def test_hydrogen_saves_seventy_per_cent_against_ninety_four_grams(grams, met):
    hydrogen = replace(BOILER, technique=Technique.HYDROGEN_USE)

    verdict = verdict_on(hydrogen, replace(FILE, hydrogen_g_per_mj=grams))

    found = condition(verdict, "hydrogen")
    assert (found.met, found.unit) == (met, "g/MJ")
    assert found.asked == pytest.approx(28.2)


def test_renewable_hydrogen_needs_no_life_cycle_figure():
    hydrogen = replace(BOILER, technique=Technique.HYDROGEN_USE, renewable_hydrogen=True)

    assert condition(verdict_on(hydrogen), "hydrogen").met is True


def test_ad_hoc_aid_to_a_large_firm_needs_proof_and_a_scheme_does_not():
    scheme = verdict_on(BOILER, AidFile(ad_hoc=False))
    unknown = verdict_on(BOILER, AidFile())
    small = verdict_on(replace(BOILER, firm_size=FirmSize.SMALL), AidFile(ad_hoc=True))

    assert (scheme.outcome, unknown.outcome, small.outcome) == ("fits", "cannot_judge", "fits")


def test_a_technique_that_is_not_stated_cannot_be_judged():
    verdict = verdict_on(replace(BOILER, technique=None))

    assert verdict.outcome == "cannot_judge"
    assert "technique" in {each.id for each in verdict.open_questions}
    assert verdict.ceiling_eur is None


def test_before_july_2023_another_text_held_and_its_figures_are_lacking():
    verdict = verdict_on(replace(BOILER, granted_on=date(2023, 6, 1)))

    assert verdict.in_force is True
    assert verdict.outcome == "cannot_judge"
    assert verdict.ceiling_eur is None
    assert "gber/threshold/investment" in {each.name for each in verdict.lacks}


def test_after_2026_the_exemption_is_not_open():
    verdict = verdict_on(replace(BOILER, granted_on=date(2027, 1, 1)))

    assert (verdict.in_force, verdict.outcome) == (False, "not_open")


@pytest.mark.parametrize("technique", [Technique.HEAT_PUMP, Technique.CIRCULAR])
def test_paragraphs_that_were_read_in_an_older_text_show_as_derived(technique):
    project = replace(BOILER, technique=technique, firm_size=FirmSize.SMALL)

    verdict = verdict_on(project, replace(FILE, area=Area.C))

    assert Seen.DERIVED in {each.citation.seen for each in verdict.rests_on}


@given(st.floats(0, 1e9))
def test_aid_is_notified_exactly_above_the_threshold(amount):
    verdict = verdict_on(BOILER, replace(FILE, amount_eur=amount))

    assert verdict.notify is (amount > 30e6)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_no_route_allows_more_than_the_threshold_or_than_it_costs(investment, reference):
    project = replace(BOILER, investment_eur=investment, reference_investment_eur=reference)

    verdict = verdict_on(project)

    assert verdict.ceiling_eur <= min(30e6, investment)
