# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ladder: every scheme with its outcome and reason, what is left, what grant is needed."""

import numpy as np
import pytest
from tests.support.example import AFVANG, KETEL, LAW, as_it_is, before_any_round, case, dearer, rung

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.support import ladder as ladder_room
from maatwerkbank.support.ladder import ladder
from maatwerkbank.support.needed import least, needed
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


def test_two_schemes_that_do_not_go_together_exclude_one_another():
    assert excluded_by("owe", {"eia", "sde"}).schemes == {"owe", "sde"}
    assert excluded_by("owe", {"eia"}) is None


def test_eia_and_mia_go_together_for_different_assets():
    def two_assets(content):
        schemes = content["projects"][1]["schemes"]
        schemes["on_environment_list"]["value"] = True
        money = {"value": 4, "unit": "MEUR", "source": "voorbeeld-plan", "price_year": 2024}
        schemes["environment_list_investment"] = money
        category = {"value": 1, "source": "voorbeeld-plan"}
        schemes["environment_list_category"] = category

    found = ladder(case(two_assets), LAW)

    assert rung(found, "eia", KETEL).counted
    assert rung(found, "mia", KETEL).counted


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
        content["projects"][0]["schemes"]["applications"]["sde"]["value"] = "2024-09-20"

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


def test_nothing_is_needed_where_nothing_is_short_and_nothing_named_where_it_is_not_known():
    assert needed(lambda _: 3.0) == 0.0
    assert needed(lambda _: float("nan")) is None


def test_a_grant_lowers_the_base_of_the_deductions(short):
    eia = rung(short, "eia", KETEL).counted
    beside = next(s for s in short.counted if s.id == eia.id)
    granted = sum(s.by_year.sum() for s in short.grant if s.project == KETEL)
    investment = short.projects[KETEL].investment_eur

    assert beside.by_year.sum() == pytest.approx(eia.by_year.sum() * (1 - granted / investment))


def test_a_deduction_saves_tax_only_where_there_is_profit():
    plan = case(before_any_round)
    deducted = np.zeros(19)
    deducted[2] = 10e6

    with_it = evaluate(plan, LAW, support=[Support("x", KETEL, "deduction", deducted)]).npv
    cash = 10e6 * 0.258 / 1.08**2

    # a loss goes forward: it saves tax later, and so less
    assert 0 < with_it - evaluate(plan, LAW, support=[]).npv < cash


def test_a_scheme_that_costs_the_plan_money_is_shown_and_not_counted(short):
    vamil = rung(short, "vamil")

    assert vamil.offer.outcome == "fits"
    assert vamil.counted is None
    assert "lowers the value" in vamil.excluded.says.en


# ── the nearest scheme ────────────────────────────────────────────────────────────────────────


def test_where_no_scheme_fits_the_nearest_is_named_with_what_is_in_its_way():
    def only_refused(content):
        before_any_round(content)
        content["projects"] = content["projects"][:1]
        content["projects"][0]["schemes"]["on_environment_list"]["value"] = False

    found = ladder(case(only_refused), LAW)

    assert [r for r in found.rungs if r.offer.outcome == "fits"] == []
    near = found.nearest[AFVANG]
    fewest = min(len(r.offer.refused) for r in found.rungs)
    assert len(near.offer.refused) == fewest
    assert any(condition.met for condition in near.offer.conditions)


def test_where_a_scheme_fits_a_project_no_nearest_is_needed(climbed):
    assert climbed.nearest == {}


# ── the tailor-made rung and foreign contracts ────────────────────────────────────────────────


def test_the_tailor_made_rung_shows_its_gates_with_the_grant_that_is_needed(short):
    last = next(r for r in short.tailor_made if r.project == AFVANG)
    met = {each.id: each.met for each in last.offer.conditions}

    assert last.amount_eur == pytest.approx(
        sum(s.by_year.sum() for s in short.grant if s.project == AFVANG)
    )
    assert met["generic_falls_short"] is True
    assert met["plan_2050"] is True
    assert met["advice_given"] is False


def test_a_foreign_contract_is_shown_at_the_bid_that_makes_the_plan_whole(short):
    bid = short.needed_bid_eur_per_t["klimaschutzvertrag"]
    years = short.without_support.years
    inside = (years >= 2028) & (years < 2028 + 15)
    tonnes = np.where(inside, np.maximum(0.0, short.without_support.gross), 0.0)

    paid = (bid - short.without_support.eua) * tonnes
    whole = evaluate(
        case(dearer), LAW, support=[*short.counted, Support("x", AFVANG, "operating_aid", paid)]
    )

    assert whole.npv == pytest.approx(0.0, abs=0.05 * tonnes.sum())


def test_a_bid_that_the_case_states_goes_before_the_one_it_would_need(short):
    gpid = next(r for r in short.foreign if (r.scheme, r.project) == ("gpid", AFVANG))

    assert gpid.amount_eur is None or gpid.amount_eur > 0
    assert "gpid/bid" not in {lack.name for lack in gpid.offer.lacks}


def test_a_case_without_scheme_facts_is_judged_nowhere_and_refused_nowhere_by_silence():
    def silent(content):
        del content["firm"]
        for project in content["projects"]:
            del project["schemes"]

    found = ladder(case(silent), LAW)

    assert {r.offer.outcome for r in found.rungs} <= {"refused", "cannot_judge"}
    assert as_it_is(found.counted) == ()
