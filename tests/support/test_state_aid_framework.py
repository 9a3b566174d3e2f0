# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shape of the frameworks: the law cases, and what must hold on any day and for any amount."""

import math
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.rounds import rounds_of
from maatwerkbank.rules.instrument import Project, Technique
from maatwerkbank.support.state_aid import AidFile, Route, framework, frameworks
from maatwerkbank.support.state_aid.framework import chosen, open_on

CASES = "state_aid_framework.yaml"
RULES = framework

TODAY = Law(date(2026, 11, 1))
YEARS = np.arange(2026, 2041)
LAST_DAYS = {
    "gber": date(2026, 12, 31),
    "tctf": date(2025, 12, 31),
    "cisaf": date(2030, 12, 31),
}
SECTION = r"(article|section) \d+(\.\d+)?"
techniques = st.sampled_from([None, *Technique])
euros = st.floats(0, 1e9)
shares = st.floats(0, 1)


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@pytest.mark.parametrize("name", LAST_DAYS)
def test_a_framework_is_open_on_its_last_day_and_not_on_the_next(name):
    last = LAST_DAYS[name]
    rounds = rounds_of(name, TODAY.known_on)

    assert open_on(rounds, last) is True
    assert open_on(rounds, date(last.year + 1, 1, 1)) is False


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("tctf", date(2024, 7, 24)),
        ("cisaf", date(2025, 6, 24)),
        ("ceeag", date(2022, 1, 26)),
        ("gber", date(2014, 6, 30)),
    ],
)
def test_a_framework_is_not_open_before_its_first_day(name, day):
    assert open_on(rounds_of(name, TODAY.known_on), day) is False


def test_guidelines_without_an_end_hold_until_further_notice():
    assert open_on(rounds_of("ceeag", TODAY.known_on), date(2031, 1, 1)) is True


def test_of_a_framework_that_was_not_known_on_the_day_nothing_is_said():
    found = frameworks(
        Project(YEARS, granted_on=date(2026, 3, 1)), Law(date(2024, 8, 1)), AidFile()
    )

    cisaf = next(each for each in found if each.framework == "cisaf")
    assert cisaf.in_force is None
    assert cisaf.outcome == "cannot_judge"


@given(st.dates(date(2014, 1, 1), date(2045, 1, 1)), techniques, st.none() | euros)
def test_a_framework_whose_date_has_passed_is_never_open(day, technique, amount):
    project = Project(YEARS, technique=technique, granted_on=day, investment_eur=1e8)

    found = frameworks(project, TODAY, AidFile(amount_eur=amount))

    passed = [each for each in found if day > LAST_DAYS.get(each.framework, date.max)]
    assert {(each.in_force, each.outcome) for each in passed} <= {(False, "not_open")}
    assert [each for each in found if each.outcome == "fits" and each.in_force is not True] == []


@given(st.dates(date(2014, 1, 1), date(2045, 1, 1)), techniques, st.none() | euros)
def test_without_a_grant_only_a_framework_whose_date_has_passed_is_shut(day, technique, amount):
    project = Project(YEARS, technique=technique, not_granted_before=day, investment_eur=1e8)

    found = frameworks(project, TODAY, AidFile(amount_eur=amount))

    for_sure = {each.framework for each in found if each.outcome == "not_open"}
    assert for_sure == {name for name, last in LAST_DAYS.items() if day > last}
    assert [each for each in found if each.in_force] == []


def test_where_nothing_was_granted_in_time_the_last_day_and_the_day_that_is_known_show():
    project = Project(YEARS, not_granted_before=date(2026, 6, 30))

    tctf = next(each for each in frameworks(project, TODAY) if each.framework == "tctf")

    shut = next(each for each in tctf.conditions if each.id == "in_force")
    assert (shut.met, shut.relation) == (False, "by")
    assert (shut.asked, shut.found) == (date(2025, 12, 31), date(2026, 6, 30))
    assert "tctf/dutch-electrification" in {each.name for each in tctf.rests_on}


def test_a_grant_that_is_stated_goes_before_the_day_on_which_there_was_none():
    project = Project(YEARS, granted_on=date(2025, 12, 31), not_granted_before=date(2026, 1, 1))

    tctf = next(each for each in frameworks(project, TODAY) if each.framework == "tctf")

    assert tctf.in_force is True


@pytest.mark.parametrize("technique", [None, *Technique])
def test_a_section_is_a_kind_and_a_number(technique):
    file = AidFile(energy_infrastructure=True)

    found = frameworks(Project(YEARS, technique=technique), TODAY, file)

    assert [each.section for each in found if not re.fullmatch(SECTION, each.section)] == []


@given(techniques)
def test_every_source_with_words_is_there_in_both_languages(technique):
    found = frameworks(Project(YEARS, technique=technique), TODAY, AidFile(amount_eur=1e6))

    sources = [condition.source for verdict in found for condition in verdict.conditions]
    worded = [each for each in sources if isinstance(each, Text)]
    assert {each for each in sources if isinstance(each, str)} == {
        "rounds/gber",
        "rounds/tctf",
        "rounds/cisaf",
        "rounds/ceeag",
    }
    assert [t for t in worded if "GBER" in t.nl or "section" in t.nl or "AGVV" in t.en] == []


@given(st.dates(date(2031, 1, 1), date(2045, 1, 1)))
def test_an_outlook_does_not_open_a_framework_again(day):
    project = Project(YEARS, technique=Technique.E_BOILER, granted_on=day)

    found = frameworks(project, Law(date(2026, 11, 1), outlook="hold"))

    assert {each.framework: each.outcome for each in found} == {
        "gber": "not_open",
        "tctf": "not_open",
        "cisaf": "not_open",
        "ceeag": "cannot_judge",
    }


@given(techniques)
def test_facts_that_nobody_stated_never_give_a_yes_or_a_no(technique):
    found = frameworks(Project(YEARS, technique=technique), TODAY)

    known = {"technique", "electrification"}
    assert [
        condition.id
        for verdict in found
        for condition in verdict.conditions
        if condition.met is not None and condition.id not in known
    ] == []
    assert {each.outcome for each in found} <= {"cannot_judge", "refused"}


@given(euros, shares, shares, euros)
def test_a_higher_intensity_never_lowers_the_ceiling(cost, intensity, more, limit):
    low = framework.aid_ceiling(cost, intensity, limit)
    high = framework.aid_ceiling(cost, min(1.0, intensity + more), limit)

    assert high >= low


@given(shares, shares, shares, shares)
def test_a_bonus_never_lowers_an_intensity_nor_lifts_it_above_one(base, size, area, part):
    without = framework.aid_intensity(base, share=part)
    with_bonus = framework.aid_intensity(base, size_bonus=size, area_bonus=area, share=part)

    assert without <= with_bonus <= 1.0


@given(st.lists(st.tuples(euros, shares, euros), min_size=1, max_size=5))
def test_the_ceiling_is_that_of_one_route_and_not_their_sum(parts):
    routes = tuple(
        Route(f"route {n}", "-", cost, intensity, limit)
        for n, (cost, intensity, limit) in enumerate(parts)
    )

    assert chosen(routes).ceiling_eur == max(each.ceiling_eur for each in routes)


def test_a_route_of_which_a_part_is_not_known_has_no_ceiling():
    route = Route("fixed_share", "-", 1e8, None, 2e8)

    assert (route.ceiling_eur, route.binding, chosen((route,))) == (None, None, None)


@pytest.mark.parametrize(
    ("limit", "binding"), [(30e6, "limit"), (50e6, "intensity"), (math.inf, "intensity")]
)
def test_a_route_says_which_cap_binds(limit, binding):
    route = Route("extra_cost", "GBER art. 36", 100e6, 0.4, limit)

    assert route.binding == binding


def test_an_amount_is_judged_only_where_one_is_proposed():
    project = Project(YEARS, technique=Technique.E_BOILER, granted_on=date(2026, 5, 1))

    silent = frameworks(project, TODAY)[0]
    proposed = frameworks(project, TODAY, AidFile(amount_eur=1e6))[0]

    new = {each.id for each in proposed.conditions} - {each.id for each in silent.conditions}
    assert new == {"within_threshold", "within_ceiling"}


def test_an_amount_is_not_refused_while_a_route_cannot_be_counted():
    project = replace(
        Project(YEARS, technique=Technique.E_BOILER, granted_on=date(2026, 5, 1)),
        investment_eur=25e6,
    )

    verdict = frameworks(project, TODAY, AidFile(amount_eur=6e6))[0]

    # 20 % of 25 M is 5 M; the route on extra cost may allow more, and its reference is not stated
    asked = next(each for each in verdict.conditions if each.id == "within_ceiling")
    assert (asked.asked, asked.met) == (5e6, None)
