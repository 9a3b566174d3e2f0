# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ladder: every scheme with its outcome and reason, what is left, what grant is needed."""

import numpy as np
import pytest
from tests.support.example import AFVANG, KETEL, LAW, as_it_is, before_any_round, case, dearer, rung

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.support import ladder as ladder_room
from maatwerkbank.support.ladder import ladder, least, needed_grant
from maatwerkbank.support.schemes import FOREIGN, GENERIC, excluded_by


@pytest.fixture(scope="module")
def climbed():
    return ladder(case(), LAW)


@pytest.fixture(scope="module")
def short():
    """A plan that no generic scheme makes whole."""
    return ladder(case(dearer), LAW)


def test_every_generic_scheme_is_judged_for_every_project(climbed):
    judged = {(r.scheme, r.project) for r in climbed.rungs}

    assert judged == {(scheme, project) for scheme in GENERIC for project in (AFVANG, KETEL)}


def test_generic_schemes_come_in_the_order_of_the_method(climbed):
    order = list(dict.fromkeys(r.scheme for r in climbed.rungs))

    assert order[:3] == ["sde", "dei", "veki"]
    assert "maatwerksubsidie" not in order


def test_foreign_contracts_stand_beside_the_ladder_and_never_in_it(climbed):
    assert {r.scheme for r in climbed.foreign} == set(FOREIGN)
    assert [r.counted for r in climbed.foreign] == [None] * len(climbed.foreign)


def test_capture_with_storage_here_fits_sde_and_its_money_closes_the_gap(climbed):
    found = rung(climbed, "sde")

    assert found.offer.outcome == "fits"
    assert found.amount_eur > 0
    assert climbed.gap_eur > 0
    assert climbed.left_eur == 0


def test_what_is_left_after_a_scheme_is_the_value_with_it_and_all_before_it(climbed):
    sde = rung(climbed, "sde")

    alone = evaluate(case(), LAW, support=[sde.counted])

    assert sde.npv_eur == pytest.approx(alone.npv, rel=1e-12)


def test_a_refused_scheme_gives_its_reason_and_brings_no_money(climbed):
    found = rung(climbed, "veki")

    assert [each.id for each in found.offer.refused] == ["proven"]
    assert found.counted is None


def test_a_scheme_that_cannot_be_judged_is_never_counted(climbed):
    unknown = [r for r in climbed.rungs if r.offer.outcome == "cannot_judge"]

    assert len(unknown) > 3
    assert [r.counted for r in unknown] == [None] * len(unknown)


def test_the_order_of_the_schemes_does_not_change_who_is_eligible(climbed, monkeypatch):
    backwards = dict(reversed(GENERIC.items()))
    monkeypatch.setattr(ladder_room, "GENERIC", backwards)

    turned = ladder(case(), LAW)

    assert list(dict.fromkeys(r.scheme for r in turned.rungs)) == list(backwards)
    assert {(r.scheme, r.project): r.offer.outcome for r in turned.rungs} == {
        (r.scheme, r.project): r.offer.outcome for r in climbed.rungs
    }


def test_awards_of_the_case_play_no_part_in_its_ladder(climbed):
    def without_awards(content):
        content["awards"] = []

    assert ladder(case(without_awards), LAW).gap_eur == climbed.gap_eur


def test_two_schemes_for_one_asset_exclude_one_another():
    assert excluded_by("mia", {"eia", "sde"}).schemes == {"eia", "mia"}
    assert excluded_by("mia", {"sde"}) is None


def test_the_second_of_two_that_exclude_one_another_is_shown_and_not_counted():
    def on_both_lists(content):
        schemes = content["projects"][1]["schemes"]
        schemes["on_environment_list"]["value"] = True

    found = ladder(case(on_both_lists), LAW)

    # the rules of both refuse an asset on which the other is claimed
    assert rung(found, "mia", KETEL).counted is None


# ── the tailor-made grant ─────────────────────────────────────────────────────────────────────


def test_the_grant_that_is_needed_makes_the_plan_worth_nothing_more_and_nothing_less(short):
    whole = evaluate(case(dearer), LAW, support=[*short.counted, *short.grant])

    assert short.left_eur > 1e6
    assert whole.npv == pytest.approx(0.0, abs=0.01)


def test_the_grant_exceeds_what_is_left_since_tax_and_time_take_part_of_it(short):
    assert short.grant_eur > short.left_eur


def test_the_grant_is_paid_as_the_investment_is_made(short):
    years = short.without_support.years

    paid = sum(each.by_year for each in short.grant)

    assert set(years[paid > 0]) == {2026, 2027, 2028}


def test_a_plan_that_is_not_short_needs_no_grant(climbed):
    assert climbed.grant == ()
    assert climbed.grant_eur == 0


def test_without_a_known_value_no_grant_is_named():
    def secret(content):
        content["projects"][0]["fixed_opex"] = {
            "absent": True,
            "why": {"nl": "niet openbaar", "en": "not public"},
            "ask": {"nl": "de onderneming", "en": "the firm"},
        }

    found = ladder(case(secret), LAW)

    assert np.isnan(found.gap_eur)
    assert found.grant is None
    assert found.grant_eur is None


def test_generic_money_lowers_the_grant():
    def later(content):
        dearer(content)
        content["projects"][0]["schemes"]["applied_on"]["value"] = "2024-09-20"

    assert ladder(case(later), LAW).grant_eur < ladder(case(dearer), LAW).grant_eur


@pytest.mark.parametrize("more", [1e6, 1e7, 1e8])
def test_more_support_never_widens_what_is_left(more):
    plan = case(dearer)

    def worth(amount):
        paid = np.zeros(19)
        paid[2] = amount
        return evaluate(plan, LAW, support=[Support("x", AFVANG, "capital_grant", paid)]).npv

    assert worth(more) > worth(0.0)


def test_the_least_amount_is_found_by_halving():
    assert least(lambda x: x - 12.5, 1.0, to=1e-9) == pytest.approx(12.5, abs=1e-9)


def test_no_amount_is_named_where_none_is_enough():
    assert least(lambda _: -1.0, 1.0, to=1e-9) is None


def test_nothing_is_spread_where_the_investment_is_not_known():
    assert needed_grant([], None, lambda _: -5.0) is None


# ── the nearest scheme ────────────────────────────────────────────────────────────────────────


def test_where_no_scheme_fits_the_nearest_is_named_with_what_is_in_its_way():
    def only_refused(content):
        before_any_round(content)
        content["projects"] = content["projects"][:1]
        content["projects"][0]["schemes"]["on_environment_list"]["value"] = False

    found = ladder(case(only_refused), LAW)

    assert [r for r in found.rungs if r.offer.outcome == "fits"] == []
    fewest = min(len(r.offer.refused) for r in found.rungs)
    assert len(found.nearest.offer.refused) == fewest


def test_where_a_scheme_fits_no_nearest_is_needed(climbed):
    assert climbed.nearest is None


def test_a_case_without_scheme_facts_is_judged_nowhere_and_refused_nowhere_by_silence():
    def silent(content):
        del content["firm"]
        for project in content["projects"]:
            del project["schemes"]

    found = ladder(case(silent), LAW)

    assert {r.offer.outcome for r in found.rungs} <= {"refused", "cannot_judge"}
    assert as_it_is(found.counted) == ()
