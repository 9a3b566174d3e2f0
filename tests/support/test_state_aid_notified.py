# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frameworks that ask for notification: the Dutch TCTF scheme, CISAF section 5, CEEAG 4.1."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import FirmSize, Project, Technique, Terms
from maatwerkbank.sources.register import Seen
from maatwerkbank.support.state_aid import AidFile, ceeag, cisaf, frameworks, tctf

LAW = Law(date(2026, 11, 1))
BOILER = Project(
    years=np.arange(2024, 2041),
    technique=Technique.ELECTRIFICATION,
    firm_size=FirmSize.LARGE,
    investment_eur=645e6,
    reference_investment_eur=0.0,
    reduction_share=0.9,
    energy_saving_share=0.1,
    additional_2030_t=150_000.0,
    capacity_increase=0.0,
    in_difficulty=False,
    recovery_order=False,
    relocates=False,
    applied_on=date(2024, 9, 1),
    works_start_on=date(2025, 3, 1),
    granted_on=date(2024, 12, 19),
    in_operation_on=date(2027, 12, 1),
)
FILE = AidFile(amount_eur=185e6, approved=True, funding_gap_eur=250e6)
LATER = replace(
    BOILER,
    applied_on=date(2026, 2, 1),
    works_start_on=date(2026, 12, 1),
    granted_on=date(2026, 9, 1),
    in_operation_on=date(2030, 12, 1),
)


def condition(verdict, name):
    return next(each for each in verdict.conditions if each.id == name)


def test_a_grant_of_2024_within_all_gates_fits_the_dutch_scheme():
    verdict = tctf.verdict(BOILER, LAW, FILE)

    assert verdict.outcome == "fits"
    # 30 % of 645 M is 193.5 M, 40 % is 258 M: the cap of 200 M binds
    assert (verdict.ceiling_eur, verdict.route.binding) == (200e6, "limit")
    assert verdict.claw_back is True
    assert (verdict.notify, verdict.standstill) == (False, False)


def test_what_rests_on_memory_or_press_shows():
    verdict = tctf.verdict(BOILER, LAW, FILE)

    seen = {each.name: each.citation.seen for each in verdict.rests_on}
    assert seen["tctf/completion"] is Seen.UNVERIFIED
    assert seen["tctf/exclusions"] is Seen.UNVERIFIED
    assert seen["tctf/minimum_reduction"] is Seen.PRESS
    assert seen["tctf/dutch-electrification"] is Seen.PRESS


@pytest.mark.parametrize(
    ("changes", "file", "name"),
    [
        ({"additional_2030_t": 80_000.0}, FILE, "below_levy_line"),  # aid-T19
        ({"reduction_share": 0.39}, FILE, "reduction"),
        ({}, replace(FILE, amount_eur=210e6), "within_ceiling"),  # aid-T19
        ({"technique": Technique.CCS}, FILE, "electrification"),
        ({"capacity_increase": 0.03}, FILE, "capacity"),
        ({"in_operation_on": date(2028, 1, 1)}, FILE, "completed_in_time"),
        ({"relocates": True}, FILE, "no_relocation"),
    ],
)
def test_a_gate_that_is_not_passed_refuses_with_its_reason(changes, file, name):
    verdict = tctf.verdict(replace(BOILER, **changes), LAW, file)

    assert [each.id for each in verdict.refused] == [name]


def test_undiscounted_aid_above_the_cap_of_the_dutch_scheme_refuses_nothing():
    file = replace(FILE, amount_eur=210e6, amount_is_upper_bound=True)

    verdict = tctf.verdict(BOILER, LAW, file)

    assert (verdict.outcome, condition(verdict, "within_ceiling").met) == ("cannot_judge", None)
    assert [each.name for each in verdict.lacks] == ["state_aid/base_rate"]


def test_undiscounted_aid_below_the_cap_of_the_dutch_scheme_fits():
    verdict = tctf.verdict(BOILER, LAW, replace(FILE, amount_is_upper_bound=True))

    assert (verdict.outcome, verdict.lacks) == ("fits", ())


@pytest.mark.parametrize("judge", [cisaf.verdict, ceeag.verdict])
def test_undiscounted_aid_above_the_gap_names_the_rate_that_lacks(judge):
    file = replace(FILE, amount_eur=260e6, amount_is_upper_bound=True)

    verdict = judge(LATER, LAW, file)

    assert condition(verdict, "within_ceiling").met is None
    assert "state_aid/base_rate" in {each.name for each in verdict.lacks}


def test_a_framework_that_is_not_open_shows_the_dates_that_it_rests_on():
    verdict = tctf.verdict(LATER, LAW, FILE)

    assert verdict.outcome == "not_open"
    assert "tctf/dutch-electrification" in {each.name for each in verdict.rests_on}


def test_after_2025_nothing_can_be_granted_under_the_temporary_framework():
    verdict = tctf.verdict(replace(BOILER, granted_on=date(2026, 1, 1)), LAW, FILE)

    assert verdict.outcome == "not_open"
    assert condition(verdict, "in_force").asked == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("share", "met"),
    [(0.75, True), (0.74, False), (None, None)],
    ids=["enough", "short", "unknown"],
)
def test_hydrogen_has_a_share_to_reach_in_2032(share, met):
    shares = {} if share is None else {2032: share}
    project = replace(
        BOILER, technique=Technique.HYDROGEN_USE, first_year=2028, hydrogen_share=shares
    )

    verdict = tctf.verdict(project, LAW, FILE)

    assert condition(verdict, "hydrogen_share_2032").met is met


def test_a_medium_firm_gets_a_bonus_that_rests_on_memory():
    verdict = tctf.verdict(replace(BOILER, firm_size=FirmSize.MEDIUM), LAW, FILE)

    intensities = {each.id: each.intensity for each in verdict.routes}
    assert intensities["extra_cost"] == pytest.approx(0.50)
    assert intensities["total_cost"] == pytest.approx(0.40)


def test_cisaf_names_what_nobody_read_and_where_it_can_be_read():
    verdict = cisaf.verdict(LATER, LAW, FILE)

    assert verdict.in_force is True
    assert verdict.outcome == "cannot_judge"
    assert {each.name for each in verdict.lacks} == {
        "cisaf/section_5/intensity/electrification",
        "cisaf/section_5/minimum_reduction",
        "cisaf/section_5/minimum_energy_saving",
    }
    assert all("C/2025/3602" in each.where.en for each in verdict.lacks)


@given(
    st.sampled_from([None, *Technique]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1e9),
    st.dates(date(2025, 6, 25), date(2030, 12, 31)),
)
def test_cisaf_never_fits_while_its_text_was_not_read(technique, cut, saving, amount, day):
    project = replace(
        LATER, technique=technique, reduction_share=cut, energy_saving_share=saving, granted_on=day
    )

    verdict = cisaf.verdict(project, LAW, replace(FILE, amount_eur=amount))

    assert verdict.outcome in {"cannot_judge", "refused"}


def test_above_the_fixed_share_cisaf_takes_the_funding_gap_with_claw_back():
    verdict = cisaf.verdict(LATER, LAW, FILE)

    assert (verdict.route.id, verdict.ceiling_eur) == ("funding_gap", 250e6)
    assert verdict.claw_back is True


@pytest.mark.parametrize(("ends", "met"), [(date(2031, 9, 1), True), (date(2031, 9, 2), False)])
def test_sixty_months_after_the_grant_a_plant_under_cisaf_runs(ends, met):
    verdict = cisaf.verdict(replace(LATER, in_operation_on=ends), LAW, FILE)

    assert condition(verdict, "completed_in_time").met is met


@pytest.mark.parametrize(
    ("day", "relief"),
    [
        # of 120: half is 60; 70 % would be 84, but the price may not fall below 50
        (date(2026, 4, 28), 30_000.0),
        (date(2026, 4, 29), 35_000.0),
        (date(2027, 1, 1), 30_000.0),
        (date(2031, 1, 1), None),
    ],
)
def test_the_wider_price_relief_ends_with_2026(day, relief):
    found = cisaf.price_relief(120.0, 1_000.0, Terms(LAW, day))

    assert found == relief


def test_under_the_guidelines_the_gap_is_the_ceiling_and_more_must_still_be_read():
    verdict = ceeag.verdict(LATER, LAW, FILE)

    assert verdict.outcome == "cannot_judge"
    assert [each.name for each in verdict.lacks] == ["ceeag/individual_threshold"]
    assert (verdict.ceiling_eur, verdict.claw_back) == (250e6, True)


def test_a_project_without_a_gap_gets_nothing_under_the_guidelines():
    verdict = ceeag.verdict(LATER, LAW, replace(FILE, funding_gap_eur=-10e6))

    assert {each.id for each in verdict.refused} == {"funding_gap", "within_ceiling"}
    assert verdict.ceiling_eur == 0.0


def test_after_a_tender_the_guidelines_ask_no_gap_and_no_claw_back():
    verdict = ceeag.verdict(LATER, LAW, AidFile(by_tender=True))

    assert "funding_gap" not in {each.id for each in verdict.conditions}
    assert verdict.routes[0].claw_back is False


@pytest.mark.parametrize("judge", [tctf.verdict, cisaf.verdict, ceeag.verdict])
def test_aid_that_no_decision_covers_waits_for_the_commission(judge):
    verdict = judge(LATER, LAW, replace(FILE, approved=False))

    assert (verdict.notify, verdict.standstill) == (True, True)


@pytest.mark.parametrize("judge", [tctf.verdict, cisaf.verdict, ceeag.verdict])
def test_whether_to_notify_is_open_where_the_file_does_not_say(judge):
    verdict = judge(LATER, LAW, replace(FILE, approved=None))

    assert (verdict.notify, verdict.standstill) == (None, None)


def test_every_framework_speaks_and_the_block_exemption_first():
    found = frameworks(LATER, LAW, FILE)

    assert [each.framework for each in found] == ["gber", "tctf", "cisaf", "ceeag"]
