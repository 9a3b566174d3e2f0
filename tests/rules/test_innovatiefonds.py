# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/innovatiefonds.py, and what the grant has to say to a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import innovatiefonds
from maatwerkbank.rules.innovatiefonds import GrantRequest, ProjectSize
from maatwerkbank.rules.instrument import AidForm, Project, Technique

CASES = "innovatiefonds.yaml"
RULES = innovatiefonds

YEARS = np.arange(2026, 2041)
LAW = Law(date(2025, 12, 10))
NEW_TECHNIQUE = Project(
    years=YEARS,
    technique=Technique.CCS,
    first_year=2029,
    investment_eur=150e6,
    reference_investment_eur=50e6,
    cost_by_year=np.where(YEARS >= 2029, 5e6, 0.0),
    reduction=np.where(YEARS >= 2029, 100_000.0, 0.0),
    proven=False,
    applied_on=date(2026, 1, 15),
    granted_on=date(2026, 12, 1),
)
REQUEST = GrantRequest(
    discount_rate=0.0, other_public_support_eur=10e6, financial_close_on=date(2027, 6, 1)
)


def met(offer):
    return {condition.id: condition.met for condition in offer.conditions}


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_the_grant_is_sixty_per_cent_of_ten_years_of_extra_cost():
    found = innovatiefonds.offer(NEW_TECHNIQUE, LAW, request=REQUEST)

    # 100 million more investment and ten years of 5 million: 60 % of 150 million
    assert found.maximum_eur == pytest.approx(90e6)
    assert found.ranking_eur_per_t == pytest.approx(100.0)  # (90 + 10) / 1.0 Mt
    assert found.yearly[[1, 3, 4, 5]] == pytest.approx([36e6, 18e6, 18e6, 18e6])
    assert found.yearly.sum() == pytest.approx(90e6)
    assert found.form is AidForm.CAPITAL_GRANT
    assert found.round.id == "if25"


def test_the_unseen_limit_of_the_call_leaves_the_grant_unjudged():
    found = innovatiefonds.offer(NEW_TECHNIQUE, LAW, request=REQUEST)

    assert found.outcome == "cannot_judge"
    assert [each.name for each in found.lacks] == ["innovation_fund/efficiency_limit"]
    assert [each.id for each in found.open_questions] == ["cost_efficiency"]


def test_a_project_that_earns_itself_back_is_refused():
    earning = replace(NEW_TECHNIQUE, cost_by_year=np.where(YEARS >= 2029, -40e6, 0.0))

    found = innovatiefonds.offer(earning, LAW, request=REQUEST)

    assert found.outcome == "refused"
    assert [each.id for each in found.refused] == ["relevant_cost"]
    assert found.maximum_eur == 0.0


def test_a_late_financial_close_and_a_small_investment_are_both_shown():
    small = replace(
        NEW_TECHNIQUE, first_year=2031, investment_eur=2e6, reference_investment_eur=0.0
    )
    late = replace(REQUEST, financial_close_on=date(2031, 1, 1))

    found = innovatiefonds.offer(small, LAW, request=late)

    assert [each.id for each in found.refused] == ["investment", "financial_close"]


def test_a_close_after_the_start_of_operation_gives_no_payments_and_says_why():
    late = replace(REQUEST, financial_close_on=date(2030, 6, 1))

    found = innovatiefonds.offer(NEW_TECHNIQUE, LAW, request=late)

    assert found.yearly is None
    assert "innovation_fund/financial_close" in [each.name for each in found.lacks]


def test_a_proven_technique_is_left_to_the_evaluators():
    found = innovatiefonds.offer(replace(NEW_TECHNIQUE, proven=True), LAW, request=REQUEST)

    assert met(found)["innovation"] is None


def test_without_a_rate_nothing_is_computed_and_the_rate_is_asked_for():
    found = innovatiefonds.offer(NEW_TECHNIQUE, LAW)

    assert found.yearly is None
    assert found.maximum_eur is None
    assert "innovation_fund/discount_rate" in [each.name for each in found.lacks]


def test_a_run_that_ends_before_ten_years_of_operation_gives_no_half_sum():
    short = replace(
        NEW_TECHNIQUE,
        years=YEARS[:8],
        cost_by_year=np.zeros(8),
        reduction=np.zeros(8),
    )

    found = innovatiefonds.offer(short, LAW, request=REQUEST)

    assert found.maximum_eur is None
    assert "years" in [each.name for each in found.lacks]


def test_between_two_known_rounds_the_fund_is_shut():
    between = replace(NEW_TECHNIQUE, applied_on=date(2025, 9, 1), applied_here=True)

    found = innovatiefonds.offer(between, LAW, request=REQUEST)

    assert met(found)["round"] is False


def test_after_the_last_known_round_nobody_here_knows():
    later = replace(NEW_TECHNIQUE, applied_on=date(2026, 9, 1))

    found = innovatiefonds.offer(later, LAW, request=REQUEST)

    assert met(found)["round"] is None


def test_what_the_grant_rests_on_says_how_it_was_seen():
    found = innovatiefonds.offer(NEW_TECHNIQUE, LAW, request=REQUEST)

    seen = {each.name: str(each.citation.seen) for each in found.rests_on}
    assert seen["innovation_fund/funding_rate"] == "official"
    assert seen["innovation_fund/minimum_capex"] == "press"
    assert seen["innovation_fund/if25"] == "press"


def test_operation_does_not_start_before_financial_close():
    with pytest.raises(RuleError, match="operation starts in 2026, before financial close in 2027"):
        innovatiefonds.grant_payments(
            1.0, YEARS, share_at_close=0.4, close_year=2027, first_year=2026, later_parts=3
        )


@pytest.mark.parametrize(
    ("investment", "size"),
    [
        (7.5e6, ProjectSize.SMALL),
        (20e6, ProjectSize.SMALL),
        (20.1e6, ProjectSize.MEDIUM),
        (100e6, ProjectSize.MEDIUM),
        (100.1e6, ProjectSize.LARGE),
    ],
)
def test_the_scale_follows_from_the_investment(investment, size):
    limits = {name: LAW.on(f"innovation_fund/{name}_scale", LAW.known_on).value for name in SCALES}

    assert innovatiefonds.project_size(investment, **limits) is size


SCALES = ("small", "medium")


@given(st.floats(0, 1e9), st.floats(0, 1), st.integers(2026, 2030), st.integers(1, 10))
def test_the_parts_of_the_grant_add_up_to_the_grant(grant, share, close_year, parts):
    paid = innovatiefonds.grant_payments(
        grant,
        YEARS,
        share_at_close=share,
        close_year=close_year,
        first_year=2031,
        later_parts=parts,
    )

    assert paid.sum() == pytest.approx(grant, rel=1e-12, abs=1e-6)
    assert paid[YEARS < 2031].sum() == pytest.approx(share * grant, rel=1e-12, abs=1e-6)


@given(st.floats(0, 1e9), st.floats(1, 1e7), st.floats(0, 2e7), st.floats(0, 2e7))
def test_more_tonnes_never_lower_the_later_part(part, planned, some, other):
    fewer, more = sorted([some, other])

    few = innovatiefonds.later_part_paid(part, planned, fewer, 0.75)
    many = innovatiefonds.later_part_paid(part, planned, more, 0.75)

    assert 0 <= few <= many <= part


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(1, 1e8))
def test_other_support_never_makes_a_tonne_cheaper(grant, other, tonnes):
    alone = innovatiefonds.cost_efficiency(grant, 0.0, tonnes)

    assert innovatiefonds.cost_efficiency(grant, other, tonnes) >= alone


def test_where_nothing_is_avoided_there_is_no_cost_per_tonne():
    assert np.isnan(innovatiefonds.cost_efficiency(1.0, 0.0, 0.0))


def test_draws_in_front_give_the_grant_of_each_draw():
    cost = np.stack([np.where(YEARS >= 2029, each, 0.0) for each in (5e6, 10e6)])

    found = innovatiefonds.offer(replace(NEW_TECHNIQUE, cost_by_year=cost), LAW, request=REQUEST)

    assert found.yearly.sum(axis=-1) == pytest.approx([90e6, 120e6])
    assert found.maximum_eur is None  # two draws have no one number


def test_carbon_cost_that_is_saved_lowers_the_relevant_cost():
    saved = np.where(YEARS >= 2029, 3e6, 0.0)

    bare = innovatiefonds.offer(NEW_TECHNIQUE, LAW, request=REQUEST)
    saving = innovatiefonds.offer(
        replace(NEW_TECHNIQUE, carbon_saved_by_year=saved), LAW, request=REQUEST
    )

    assert saving.maximum_eur < bare.maximum_eur
