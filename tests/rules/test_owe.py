# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law case of rules/owe.py, and whom OWE refuses or cannot judge."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import owe
from maatwerkbank.rules.instrument import Project, Technique
from maatwerkbank.rules.owe import offer

CASES = "owe.yaml"
RULES = owe

LAW = Law(date(2025, 6, 30))
ELECTROLYSER = Project(
    years=np.arange(2025, 2046),
    technique=Technique.ELECTROLYSIS,
    renewable_hydrogen=True,
    capacity_mw=100.0,
    applied_on=date(2024, 11, 1),
)


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_the_stated_mean_of_the_round_is_within_five_per_cent_of_the_computed_one():
    assert float(owe.subsidie_per_mw(245.6e6, 101)) == pytest.approx(2.5e6, rel=0.05)


def test_a_large_electrolyser_is_not_refused_in_2024_but_its_operating_support_lacks():
    found = offer(ELECTROLYSER, LAW)

    assert found.refused == ()
    assert [each.name for each in found.lacks] == ["owe/exploitatiesteun_per_kg"]
    assert found.outcome == "cannot_judge"
    assert found.maximum_eur is None


def test_in_2023_an_electrolyser_could_be_too_large():
    found = offer(replace(ELECTROLYSER, applied_on=date(2023, 11, 1)), LAW)

    assert ids(found.refused) == ["maximum_capacity"]


def test_an_electrolyser_can_be_too_small():
    assert ids(offer(replace(ELECTROLYSER, capacity_mw=0.4), LAW).refused) == ["minimum_capacity"]


def test_hydrogen_that_is_not_renewable_is_refused():
    found = offer(replace(ELECTROLYSER, renewable_hydrogen=False), LAW)

    assert ids(found.refused) == ["renewable_hydrogen"]


def test_another_technique_is_refused():
    assert ids(offer(replace(ELECTROLYSER, technique=Technique.CCS), LAW).refused) == [
        "electrolysis"
    ]


def test_after_the_round_of_2024_no_terms_are_known():
    found = offer(replace(ELECTROLYSER, applied_on=date(2025, 6, 1)), LAW)

    assert "owe/minimum_vermogen" in {each.name for each in found.lacks}


def test_sde_on_the_same_electrolyser_is_ruled_out():
    assert owe.EXCLUDES == ("sde",)
