# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/veki.py, and whom VEKI takes, refuses or cannot judge."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import veki
from maatwerkbank.rules.instrument import Project, Technique
from maatwerkbank.rules.veki import offer

CASES = "veki.yaml"
RULES = veki

YEARS = np.arange(2025, 2046)
LAW = Law(date(2026, 1, 15))  # the round of 2025 is open
FITTING = Project(
    years=YEARS,
    technique=Technique.EFFICIENCY,
    sbi="20.13",
    first_year=2028,
    life_years=20,
    investment_eur=12e6,
    reference_investment_eur=2e6,
    yearly_benefit_eur=1.8e6,
    reduction=np.where(YEARS >= 2028, 10_000.0, 0.0),
    proven=True,
    similar_subsidised_projects=3,
    legally_required=False,
    applied_on=date(2026, 1, 15),
    granted_on=date(2026, 3, 15),
    works_start_on=date(2026, 6, 1),
    in_operation_on=date(2028, 1, 1),
)


def condition(found, identity):
    return next(each for each in found.conditions if each.id == identity)


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_a_proven_slow_saving_in_industry_fits():
    found = offer(FITTING, LAW)

    assert found.outcome == "fits"
    assert found.maximum_eur == pytest.approx(3e6)
    assert found.yearly.sum() == pytest.approx(3e6)
    assert found.round.id == "2025"
    assert found.instead is None


def test_a_saving_that_pays_back_within_five_years_is_refused():
    found = offer(replace(FITTING, yearly_benefit_eur=2.1e6), LAW)

    assert ids(found.refused) == ["payback"]
    assert condition(found, "payback").found == pytest.approx(4.7619, abs=1e-4)


def test_exactly_five_years_is_not_longer_than_five_years():
    found = offer(replace(FITTING, yearly_benefit_eur=2e6), LAW)

    assert ids(found.refused) == ["payback"]


def test_a_technique_that_is_not_proven_goes_to_dei():
    found = offer(replace(FITTING, proven=False, similar_subsidised_projects=2), LAW)

    assert ids(found.refused) == ["proven", "not_for_dei"]
    assert found.instead == "dei"


def test_a_technique_that_dei_no_longer_takes_is_not_sent_there():
    found = offer(replace(FITTING, proven=False, similar_subsidised_projects=3), LAW)

    assert ids(found.refused) == ["proven"]
    assert found.instead is None


def test_where_the_tonnes_are_few_no_more_is_asked_than_eighty_euros_for_each():
    few = np.where(YEARS >= 2028, 2_000.0, 0.0)  # 30,000 t, where 3 m would be 100 a tonne

    found = offer(replace(FITTING, reduction=few), LAW)

    assert found.outcome == "fits"
    assert found.maximum_eur == found.yearly.sum() == pytest.approx(2.4e6)
    assert condition(found, "cost_per_tonne").found == pytest.approx(80.0)


def test_what_is_left_of_few_tonnes_may_fall_below_the_minimum():
    few = np.where(YEARS >= 2028, 100.0, 0.0)  # 1,500 t, so 120,000 euros of at least 125,000

    found = offer(replace(FITTING, reduction=few), LAW)

    assert ids(found.refused) == ["minimum"]
    assert condition(found, "minimum").found == pytest.approx(120e3)


def test_a_plan_that_cuts_nothing_may_ask_nothing():
    found = offer(replace(FITTING, reduction=np.zeros(len(YEARS))), LAW)

    assert ids(found.refused) == ["cost_per_tonne", "minimum"]
    assert found.maximum_eur == 0.0


def test_a_plan_that_starts_after_the_run_is_not_judged_on_its_tonnes():
    found = offer(replace(FITTING, first_year=2050), LAW)

    assert condition(found, "cost_per_tonne").met is None


@given(
    st.floats(1e3, 1e8),
    arrays(float, 20, elements=st.floats(0, 1e5)),
    st.integers(1, 20),
)
def test_what_is_asked_never_costs_more_per_tonne_than_the_limit(grant, tonnes, life):
    most = veki.hoogste_subsidie_bij_reductie(tonnes, grens=80.0, levensduur=life, periode=15)

    asked = min(grant, float(most))

    assert asked <= 80.0 * tonnes[: min(life, 15)].sum() * (1 + 1e-12)


def test_a_run_that_ends_too_early_can_prove_the_cost_per_tonne():
    short = np.arange(2025, 2036)
    run = replace(FITTING, years=short, reduction=np.where(short >= 2028, 10_000.0, 0.0))

    assert condition(offer(run, LAW), "cost_per_tonne").met is True


def test_a_run_that_ends_too_early_cannot_deny_the_cost_per_tonne():
    short = np.arange(2025, 2036)
    run = replace(FITTING, years=short, reduction=np.where(short >= 2028, 4_000.0, 0.0))

    found = offer(run, LAW)

    assert condition(found, "cost_per_tonne").met is None
    assert found.outcome == "cannot_judge"


def test_a_measure_that_the_law_requires_is_refused():
    assert ids(offer(replace(FITTING, legally_required=True), LAW).refused) == ["not_required"]


def test_a_firm_outside_industry_is_refused():
    assert ids(offer(replace(FITTING, sbi="01.13"), LAW).refused) == ["sector"]


def test_a_grant_below_the_minimum_is_refused():
    small = replace(FITTING, investment_eur=400e3, reference_investment_eur=0.0)
    slow = replace(small, yearly_benefit_eur=50e3)

    found = offer(slow, LAW)

    assert ids(found.refused) == ["minimum"]
    assert condition(found, "minimum").asked == 125e3


def test_work_that_started_before_the_application_is_refused():
    found = offer(replace(FITTING, works_start_on=date(2026, 1, 1)), LAW)

    assert ids(found.refused) == ["before_works"]


def test_work_that_starts_more_than_six_months_after_the_award_is_refused():
    found = offer(replace(FITTING, works_start_on=date(2026, 9, 16)), LAW)

    assert ids(found.refused) == ["started_in_time"]
    assert condition(found, "started_in_time").asked == date(2026, 9, 15)


def test_before_the_change_of_2025_a_project_had_three_years_and_after_it_four():
    early = replace(FITTING, applied_on=date(2025, 6, 1))

    before = condition(offer(early, Law(date(2025, 6, 30))), "finished_in_time")
    after = condition(offer(FITTING, LAW), "finished_in_time")

    assert before.asked == date(2029, 3, 15)
    assert after.asked == date(2030, 3, 15)


def test_without_a_known_open_round_one_cannot_judge():
    found = offer(replace(FITTING, applied_on=date(2025, 6, 1)), Law(date(2025, 6, 30)))

    assert ids(found.open_questions) == ["round"]
    assert found.outcome == "cannot_judge"


def test_a_bare_project_is_judged_neither_way():
    found = offer(Project(years=YEARS), LAW)

    assert found.refused == ()
    assert found.outcome == "cannot_judge"
    assert found.maximum_eur is None
    assert found.yearly is None


def test_the_answer_rests_on_what_was_seen_in_the_press_and_says_so():
    seen = {each.name: str(each.citation.seen) for each in offer(FITTING, LAW).rests_on}

    assert seen["veki/2025"] == "press"
    assert seen["veki/maximum"] == "official"


def test_before_the_text_that_was_read_terms_lack_and_are_not_guessed():
    found = offer(replace(FITTING, applied_on=date(2023, 6, 1)), LAW)

    assert "veki/intensiteit/energiebesparing" in {each.name for each in found.lacks}
    assert found.maximum_eur is None


def test_tonnes_over_draws_are_averaged():
    draws = np.stack(
        [np.where(YEARS >= 2028, 5_000.0, 0.0), np.where(YEARS >= 2028, 15_000.0, 0.0)]
    )

    found = condition(offer(replace(FITTING, reduction=draws), LAW), "cost_per_tonne")

    assert found.found == pytest.approx(3e6 / 150_000)
