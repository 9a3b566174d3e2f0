# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/innovatiefonds_veilingen.py, and what the auctions have to say."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.rounds import rounds_of
from maatwerkbank.rules import innovatiefonds_veilingen
from maatwerkbank.rules.innovatiefonds_veilingen import HeatBid, HeatClass, HoursCap, HydrogenBid
from maatwerkbank.rules.instrument import AidForm, Project, Technique

CASES = "innovatiefonds_veilingen.yaml"
RULES = innovatiefonds_veilingen

YEARS = np.arange(2026, 2041)
LAW = Law(date(2025, 12, 10))
BOILER = Project(
    years=YEARS,
    technique=Technique.E_BOILER,
    first_year=2028,
    reduction=np.where(YEARS >= 2028, 60_000.0, 0.0),
    production=np.where(YEARS >= 2028, 250_000.0, 0.0),
    applied_on=date(2026, 1, 15),
    granted_on=date(2026, 9, 1),
    in_operation_on=date(2028, 1, 1),
)
BID = HeatBid(
    heat_class=HeatClass.MEDIUM,
    premium_eur_per_t=200.0,
    thermal_mw=60.0,
    hours_cap=HoursCap.DEFAULT,
    financial_close_on=date(2027, 9, 1),
)
ELECTROLYSER = Project(
    years=YEARS,
    technique=Technique.ELECTROLYSIS,
    first_year=2029,
    production=np.where(YEARS >= 2029, 10_000.0, 0.0),
    capacity_mw=100.0,
    renewable_hydrogen=True,
    applied_on=date(2026, 1, 15),
)


def met(offer):
    return {condition.id: condition.met for condition in offer.conditions}


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_the_first_hydrogen_auction_adds_up_to_what_was_published():
    outcome = rounds_of("innovation_fund_hydrogen", LAW.known_on)[0].outcome
    bids = np.array([[bid["kt"] * 1e3, bid["eur_per_kg"]] for bid in outcome["bids"]])

    awarded = innovatiefonds_veilingen.hydrogen_premium(bids[:, 1], bids[:, 0])

    assert awarded.sum() == pytest.approx(719.04e6)
    assert awarded.sum() == pytest.approx(outcome["awarded_eur"], rel=0.005)
    assert bids[:, 0].sum() == outcome["hydrogen_t_in_ten_years"]


@pytest.mark.parametrize(
    ("heat_class", "premium", "tonnes", "asked", "within"),
    [
        (HeatClass.MEDIUM, 200.0, 60_000.0, 60e6, True),
        (HeatClass.HIGH, 300.0, 150_000.0, 225e6, True),
        (HeatClass.MEDIUM, 400.0, 60_000.0, 120e6, False),
    ],
)
def test_what_is_asked_in_five_years_stays_within_the_highest_award_of_its_class(
    heat_class, premium, tonnes, asked, within
):
    project = replace(BOILER, reduction=np.where(YEARS >= 2028, tonnes, 0.0))
    bid = replace(BID, heat_class=heat_class, premium_eur_per_t=premium)

    found = innovatiefonds_veilingen.offer_heat_auction(project, LAW, bid=bid)

    assert found.maximum_eur == asked  # aid-T20
    assert met(found)["award"] is within


def test_the_premium_runs_for_five_years():
    found = innovatiefonds_veilingen.offer_heat_auction(BOILER, LAW, bid=BID)

    assert YEARS[found.yearly > 0].tolist() == [2028, 2029, 2030, 2031, 2032]
    assert found.yearly.max() == 12e6
    assert found.form is AidForm.OPERATING_AID


def test_heat_beyond_the_hours_earns_no_premium_unless_the_plant_is_flexible():
    busy = replace(BOILER, production=np.where(YEARS >= 2028, 459_900.0, 0.0))

    default = innovatiefonds_veilingen.offer_heat_auction(busy, LAW, bid=BID)
    flexible = innovatiefonds_veilingen.offer_heat_auction(
        busy, LAW, bid=replace(BID, hours_cap=HoursCap.FLEXIBLE)
    )
    free = innovatiefonds_veilingen.offer_heat_auction(
        busy, LAW, bid=replace(BID, hours_cap=HoursCap.NONE)
    )

    # 60 MW x 8,760 h = 525,600 MWh: 367,920 at 70 %, 420,480 at 80 %
    assert default.maximum_eur == pytest.approx(60e6 * 367_920 / 459_900)
    assert flexible.maximum_eur == pytest.approx(60e6 * 420_480 / 459_900)
    assert free.maximum_eur == pytest.approx(60e6)


def test_the_highest_bid_is_known_from_the_draft_only_and_so_the_bid_is_not_judged():
    found = innovatiefonds_veilingen.offer_heat_auction(BOILER, LAW, bid=BID)

    assert found.outcome == "cannot_judge"
    assert [each.id for each in found.open_questions] == ["bid"]
    assert [each.name for each in found.lacks] == ["innovation_fund/heat/premium_ceiling/medium"]


def test_capture_of_co2_is_no_electric_heat():
    capture = replace(BOILER, technique=Technique.CCS)

    found = innovatiefonds_veilingen.offer_heat_auction(capture, LAW, bid=BID)

    assert [each.id for each in found.refused] == ["technique"]


def test_a_small_plant_bids_in_the_class_of_small_plants():
    in_larger = replace(BID, thermal_mw=4.0)
    in_smaller = replace(in_larger, heat_class=HeatClass.MEDIUM_SMALL)
    large_in_smaller = replace(in_smaller, thermal_mw=5.0)

    offers = [
        innovatiefonds_veilingen.offer_heat_auction(BOILER, LAW, bid=bid)
        for bid in (in_larger, in_smaller, large_in_smaller)
    ]

    assert met(offers[0])["size"] is False
    assert [met(offers[1])[name] for name in ("size", "size_below_larger_class")] == [True, True]
    assert met(offers[2])["size_below_larger_class"] is False


def test_a_plant_that_comes_late_is_refused_on_both_dates():
    late = replace(BOILER, in_operation_on=date(2030, 10, 1))
    bid = replace(BID, financial_close_on=date(2028, 9, 2))

    found = innovatiefonds_veilingen.offer_heat_auction(late, LAW, bid=bid)

    assert [each.id for each in found.refused] == ["financial_close", "operation"]


def test_without_a_bid_the_heat_auction_asks_for_one():
    found = innovatiefonds_veilingen.offer_heat_auction(BOILER, LAW)

    assert found.outcome == "cannot_judge"
    assert found.yearly is None
    assert "innovation_fund/heat/bid" in [each.name for each in found.lacks]


def test_a_renewable_hydrogen_project_fits_the_round_of_2025():
    found = innovatiefonds_veilingen.offer_hydrogen_bank(
        ELECTROLYSER, LAW, bid=HydrogenBid(premium_eur_per_kg=0.5)
    )

    assert found.outcome == "fits"
    assert found.maximum_eur == pytest.approx(50e6)  # 0.50 x 10 kt x ten years
    assert YEARS[found.yearly > 0].tolist() == list(range(2029, 2039))


def test_a_premium_above_the_ceiling_is_refused():
    found = innovatiefonds_veilingen.offer_hydrogen_bank(
        ELECTROLYSER, LAW, bid=HydrogenBid(premium_eur_per_kg=4.1)
    )

    assert [each.id for each in found.refused] == ["bid", "award"]


def test_hydrogen_that_is_not_renewable_was_refused_in_2023_and_is_unjudged_in_2025():
    other = replace(ELECTROLYSER, renewable_hydrogen=False)
    bid = HydrogenBid(premium_eur_per_kg=0.5)

    pilot = innovatiefonds_veilingen.offer_hydrogen_bank(
        replace(other, applied_on=date(2024, 1, 10)), LAW, bid=bid
    )
    third = innovatiefonds_veilingen.offer_hydrogen_bank(other, LAW, bid=bid)

    assert met(pilot)["renewable"] is False
    assert met(third)["renewable"] is None


def test_a_heat_pump_is_no_electrolyser():
    found = innovatiefonds_veilingen.offer_hydrogen_bank(
        replace(ELECTROLYSER, technique=Technique.HEAT_PUMP),
        LAW,
        bid=HydrogenBid(premium_eur_per_kg=0.5),
    )

    assert [each.id for each in found.refused] == ["technique"]


@given(st.floats(0, 1e6), st.floats(3, 500), st.floats(0, 1))
def test_premium_is_never_paid_on_more_heat_than_the_hours_allow(heat, capacity, hours):
    share = innovatiefonds_veilingen.paid_hours_share(heat, capacity, hours)

    assert 0 <= share <= 1
    assert share * heat <= max(capacity * hours * 8760, 0) * (1 + 1e-12) + 1e-9


def test_draws_in_front_give_the_premium_of_each_draw():
    tonnes = np.where(YEARS >= 2028, 1.0, 0.0) * np.array([[60_000.0], [30_000.0]])

    found = innovatiefonds_veilingen.offer_heat_auction(
        replace(BOILER, reduction=tonnes), LAW, bid=BID
    )

    assert found.yearly.sum(axis=-1).tolist() == [60e6, 30e6]
