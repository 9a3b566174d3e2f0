# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case and how public money may come in: ranges, State aid, JSON, and what is not official."""

import json

import pytest
from tests.support.example import AFVANG, KETEL, LAW, case, dearer, supported

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.ground.errors import OfficialRunRefused, RuleError
from maatwerkbank.parameters.files import variant_names
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.support.assessment import assess_support


@pytest.fixture(scope="module")
def found():
    return supported()


@pytest.fixture(scope="module")
def plain(found):
    return found.as_json()


@pytest.fixture(scope="module")
def short():
    return supported(dearer)


def test_the_gap_is_that_of_the_assessment_and_has_its_range(found):
    value, ends = found.gap

    assert value == pytest.approx(max(0.0, found.base.results["funding_gap_eur"]))
    assert ends["low"] <= value <= ends["high"]


def test_a_range_of_the_grant_holds_the_grant(short):
    value, ends = short.grant

    assert ends["low"] < value < ends["high"]


def test_a_case_whose_value_is_not_public_has_no_gap_no_grant_and_still_a_ladder():
    yara = assess_support(load_case("yara"))

    assert yara.gap == (None, None)
    assert yara.grant == (None, None)
    assert {r.scheme for r in yara.ladder.rungs} >= {"sde", "veki"}


def test_storage_abroad_is_refused_by_sde():
    yara = assess_support(load_case("yara"))

    sde = next(r for r in yara.ladder.rungs if r.scheme == "sde")

    assert "storage_in_netherlands" in {each.id for each in sde.offer.refused}


# ── a contract of the same worth ──────────────────────────────────────────────────────────────


def test_a_two_sided_contract_at_its_strike_is_worth_the_grant(short):
    contract = short.two_sided

    paid = contract.along["central"].net
    whole = evaluate(
        case(dearer),
        LAW,
        support=[*short.ladder.counted, Support("contract", AFVANG, "operating_aid", paid)],
    )

    assert whole.npv == pytest.approx(0.0, abs=50_000)


def test_a_return_clause_takes_back_only_above_the_agreed_path(short):
    back = {path: s.taken_back.sum() for path, s in short.return_clause(0.5).items()}

    assert back["central"] == 0
    assert back["high"] > 0
    assert back["high"] <= short.ladder.grant_eur + 1e-6


def test_tranches_are_the_needed_grant_in_the_years_of_the_milestones(short):
    years = short.ladder.without_support.years
    paid = short.tranches({2027: 0.4, 2029: 0.6}).paid

    assert dict(zip(years[paid > 0].tolist(), paid[paid > 0].tolist(), strict=True)) == {
        2027: pytest.approx(0.4 * short.ladder.grant_eur),
        2029: pytest.approx(0.6 * short.ladder.grant_eur),
    }


def test_clauses_that_were_asked_for_stand_in_the_json(short):
    asked = short.as_json(return_share=0.5, milestones={2027: 1.0})

    assert asked["return_clause"]["share"] == 0.5
    assert set(asked["return_clause"]["along"]) == {"low", "central", "high"}
    assert asked["milestones"]["paid_by_year_eur"]["2027"] == pytest.approx(
        asked["tailor_made_grant_eur"]
    )


def test_shares_of_milestones_that_are_not_whole_are_refused(short):
    with pytest.raises(RuleError, match="add up to"):
        short.tranches({2027: 0.4})


def test_the_contract_pays_more_the_lower_the_allowance_price(short):
    paid = {path: settled.net.sum() for path, settled in short.two_sided.along.items()}

    assert paid["low"] > paid["central"] > paid["high"]


def test_without_a_grant_there_is_no_contract(found):
    assert found.two_sided is None


# ── State aid ─────────────────────────────────────────────────────────────────────────────────


def test_every_framework_speaks_about_every_project(found):
    said = {
        project: {v.framework for v in verdicts}
        for project, verdicts in found.stacking.verdicts.items()
    }

    assert said == {p: {"gber", "tctf", "cisaf", "ceeag"} for p in (AFVANG, KETEL)}


def test_no_verdict_ever_says_allowed(plain):
    outcomes = {
        verdict["outcome"]
        for project in plain["state_aid"]["projects"]
        for verdict in project["verdicts"]
    }

    assert outcomes <= {"fits", "refused", "cannot_judge", "not_open"}


def test_a_framework_that_was_not_in_force_on_the_grant_date_is_not_open(found):
    cisaf = next(v for v in found.stacking.verdicts[AFVANG] if v.framework == "cisaf")

    assert cisaf.granted_on.isoformat() == "2025-04-15"
    assert cisaf.outcome == "not_open"


def test_the_grant_that_is_needed_is_held_against_what_still_fits(short):
    grants = short.stacking.grants
    known = [g for g in grants.values() if g.within_eur is not None]

    assert known
    assert all(g.within_eur <= g.room_eur and g.within_eur <= g.needed_eur for g in known)


def test_a_framework_that_is_not_in_force_never_binds(found):
    verdicts = [found.stacking.binding(project) for project in (AFVANG, KETEL)]

    assert [v.in_force for v in verdicts if v] == [True] * len([v for v in verdicts if v])


def test_what_is_awarded_is_what_is_held_against_the_frameworks(found):
    gber = next(v for v in found.stacking.verdicts[AFVANG] if v.framework == "gber")
    within = next(c for c in gber.conditions if c.id == "within_threshold")

    # 90 million, paid in 2027 and 2028: without the rate of the day it may prove, not refuse
    assert within.found == 90e6
    assert within.met is None
    assert "state_aid/base_rate" in {lack.name for lack in gber.lacks}


# ── tonnes ────────────────────────────────────────────────────────────────────────────────────


def test_tonnes_stand_under_the_law_as_known_and_under_every_variant(plain):
    assert [row["variant"] for row in plain["tonnes"]] == [None, *variant_names()]


def test_the_frozen_path_is_the_same_under_every_variant_of_the_path(plain):
    """The rights of the law without variant; heat recovery is gone only where the levy is."""
    by_variant = {row["variant"]: row["additional_2030_frozen_path_t"] for row in plain["tonnes"]}

    assert by_variant["levy_2026"] == by_variant[None]
    assert by_variant["levy_factor_frozen"] == by_variant[None]


def test_claims_stand_beside_what_is_recalculated(plain):
    assert [(row["result"], row["known"]) for row in plain["claimed"]] == [
        ("gross_2030_t", 300_000)
    ]


# ── the contract ──────────────────────────────────────────────────────────────────────────────


def test_the_json_is_plain_and_the_same_twice(plain):
    again = supported().as_json()

    assert json.dumps(again, allow_nan=False) == json.dumps(plain, allow_nan=False)


def test_every_rung_says_what_it_rests_on_and_how_that_was_seen(plain):
    rests = [rest for rung in plain["ladder"] for rest in rung["rests_on"]]

    assert len(rests) > 20
    assert {rest["source"]["seen"] for rest in rests} >= {"official", "unverified"}


def test_an_official_run_is_refused_with_every_unverified_term(found):
    with pytest.raises(OfficialRunRefused) as refused:
        found.require_official()

    assert "sde/overproductie: seen as 'unverified'" in refused.value.what


def test_the_variant_reaches_the_ladder():
    abolished = supported(variant="levy_abolished")

    assert abolished.ladder.gap_eur > supported().ladder.gap_eur
