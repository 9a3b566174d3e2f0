# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom DEI+ takes, refuses, sends on or cannot judge. Its arithmetic is investeringssubsidie."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.dei import offer
from maatwerkbank.rules.instrument import Project, Technique

YEARS = np.arange(2025, 2046)
LAW = Law(date(2025, 6, 30))
NEW = Project(
    years=YEARS,
    technique=Technique.CCS,
    first_year=2028,
    investment_eur=50e6,
    reference_investment_eur=0.0,
    proven=False,
    similar_subsidised_projects=2,
    applied_on=date(2025, 6, 30),
    granted_on=date(2026, 1, 1),
    works_start_on=date(2026, 6, 1),
    in_operation_on=date(2028, 1, 1),
)


def ids(conditions):
    return [each.id for each in conditions]


def test_a_new_technique_meets_every_condition_but_an_open_round_is_not_known():
    found = offer(NEW, LAW)

    assert ids(found.open_questions) == ["round"]
    assert found.refused == ()
    assert found.lacks == ()


def test_capture_gets_thirty_per_cent_of_the_extra_cost():
    assert offer(NEW, LAW).maximum_eur == pytest.approx(15e6)


def test_a_demonstration_gets_no_more_than_the_maximum():
    assert offer(replace(NEW, investment_eur=500e6), LAW).maximum_eur == 30e6


def test_after_three_subsidised_similar_projects_a_fourth_goes_to_veki():
    found = offer(replace(NEW, similar_subsidised_projects=3), LAW)

    assert ids(found.refused) == ["similar_projects"]
    assert found.instead == "veki"


def test_a_proven_technique_goes_to_veki():
    found = offer(replace(NEW, proven=True), LAW)

    assert ids(found.refused) == ["new"]
    assert found.instead == "veki"


def test_hydrogen_that_is_not_renewable_is_refused():
    electrolyser = replace(NEW, technique=Technique.ELECTROLYSIS, renewable_hydrogen=False)

    assert ids(offer(electrolyser, LAW).refused) == ["renewable_hydrogen"]


def test_a_project_that_takes_more_than_four_years_is_refused():
    found = offer(replace(NEW, in_operation_on=date(2030, 1, 2)), LAW)

    assert ids(found.refused) == ["finished_in_time"]


def test_after_the_scheme_lapses_its_terms_lack():
    found = offer(replace(NEW, applied_on=date(2028, 1, 1), works_start_on=date(2028, 6, 1)), LAW)

    assert "dei/maximum" in {each.name for each in found.lacks}
    assert found.outcome == "cannot_judge"


def test_a_bare_project_is_judged_neither_way():
    found = offer(Project(years=YEARS), LAW)

    assert found.outcome == "cannot_judge"
    assert found.instead is None
    assert found.maximum_eur is None
