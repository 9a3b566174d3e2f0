# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/ikc.py, and what IKC-ETS says to a project along a price path."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import ikc
from maatwerkbank.rules.ikc import offer, vorig_jaar
from maatwerkbank.rules.instrument import Project

CASES = "ikc.yaml"
RULES = ikc

YEARS = np.arange(2024, 2032)
LAW = Law(date(2026, 6, 1))
USER = Project(
    years=YEARS,
    electricity_use=np.full(len(YEARS), 100_000.0),
    eua=np.full(len(YEARS), 70.0),
    applied_on=date(2026, 8, 1),
)

use = st.floats(0, 1e7)
price = st.floats(0, 300)
TERMS = {"emissiefactor": 0.45, "terugvalbenchmark": 0.8, "aandeel": 0.75}


def ids(conditions):
    return [each.id for each in conditions]


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


@given(use, price)
def test_what_the_netherlands_pays_stays_below_the_ceiling_of_the_union(verbruik, prijs):
    paid = ikc.compensatie(verbruik, prijs_vorig_jaar=prijs, drempel=1000.0, **TERMS)
    ceiling = ikc.eu_ceiling(verbruik, prijs_vorig_jaar=prijs, **TERMS)

    assert 0 <= paid <= ceiling


@given(use, price, price)
def test_a_higher_price_never_lowers_the_compensation(verbruik, prijs, more):
    before = ikc.compensatie(verbruik, prijs_vorig_jaar=prijs, drempel=1000.0, **TERMS)
    after = ikc.compensatie(verbruik, prijs_vorig_jaar=prijs + more, drempel=1000.0, **TERMS)

    assert after >= before


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=20), st.floats(1, 1e9))
def test_sharing_never_spends_more_than_the_budget_nor_gives_more_than_was_asked(asked, budget):
    shared = ikc.naar_rato(asked, budget)

    assert shared.sum() <= budget * (1 + 1e-9)
    assert (shared <= np.asarray(asked)).all()


def test_the_price_is_that_of_the_year_before():
    assert vorig_jaar([[60.0, 70.0, 80.0], [1.0, 2.0, 3.0]]).tolist() == [
        [60.0, 60.0, 70.0],
        [1.0, 1.0, 2.0],
    ]


def test_a_user_with_a_plan_fits_and_gets_the_amounts_of_the_law():
    found = offer(replace(USER, ikc_plan=True), LAW)

    assert found.outcome == "fits"
    assert found.yearly[1] == pytest.approx(1_790_844.2062430556)
    assert found.round.id == "2026"


def test_the_factor_of_2026_is_lower_and_was_seen_in_the_press():
    found = offer(replace(USER, ikc_plan=True), LAW)

    # 99,000 x 0.8 x 0.9891^5 x 0.44 x 70 x 75 %
    assert found.yearly[2] == pytest.approx(1_731_961.0, abs=0.5)
    assert "press" in {
        str(each.citation.seen) for each in found.rests_on if each.name == "ikc/emissiefactor"
    }


def test_nothing_is_paid_after_the_title_has_lapsed():
    assert offer(replace(USER, ikc_plan=True), LAW).yearly[3:].tolist() == [0.0] * 5


def test_use_that_starts_after_the_title_has_lapsed_is_refused():
    later = replace(USER, electricity_use=np.where(YEARS >= 2028, 100_000.0, 0.0))

    assert ids(offer(replace(later, ikc_plan=True), LAW).refused) == ["title_in_force"]


def test_without_a_day_of_application_only_a_late_first_use_is_settled():
    no_day = replace(USER, applied_on=None, ikc_plan=True)
    late = np.where(YEARS >= 2027, 100_000.0, 0.0)

    in_time = offer(no_day, LAW)
    too_late = offer(replace(no_day, electricity_use=late), LAW)

    assert ids(in_time.open_questions) == ["title_in_force"]
    assert ids(too_late.refused) == ["title_in_force"]


def test_a_price_that_moves_pays_with_the_price_of_the_year_before():
    moving = replace(USER, eua=np.array([70.0, 140.0, 70.0, 70.0, 70.0, 70.0, 70.0, 70.0]))

    found = offer(replace(moving, ikc_plan=True), LAW)

    assert found.yearly[1] == pytest.approx(1_790_844.2062430556)
    assert found.yearly[2] == pytest.approx(2 * 1_731_961.0, abs=1.0)


def test_every_draw_of_the_price_has_its_own_row():
    draws = replace(USER, eua=np.stack([np.full(8, 70.0), np.full(8, 35.0)]))

    found = offer(replace(draws, ikc_plan=True), LAW)

    assert found.yearly[:, 1] == pytest.approx([1_790_844.2062430556, 895_422.1031215278])
    assert found.maximum_eur == pytest.approx(found.yearly[0].sum())


def test_without_a_plan_the_request_is_refused_and_unknown_it_cannot_be_judged():
    assert ids(offer(replace(USER, ikc_plan=False), LAW).refused) == ["plan"]
    assert ids(offer(USER, LAW).open_questions) == ["plan"]


def test_a_small_user_is_refused():
    small = replace(USER, electricity_use=np.full(len(YEARS), 1_000.0))

    assert ids(offer(replace(small, ikc_plan=True), LAW).refused) == ["electricity_use"]


def test_a_factor_that_was_not_known_yet_lacks():
    found = offer(
        replace(USER, applied_on=date(2025, 6, 30), ikc_plan=True), Law(date(2025, 6, 30))
    )

    assert [each.name for each in found.lacks] == ["ikc/emissiefactor"]
    assert found.yearly is None


def test_a_bare_project_is_judged_neither_way():
    found = offer(Project(years=YEARS), LAW)

    assert found.refused == ()
    assert found.outcome == "cannot_judge"
    assert found.yearly is None


def test_half_of_what_is_paid_goes_into_the_plan():
    share = LAW.on("ikc/investeringsdeel", date(2025, 1, 1)).value

    due = ikc.te_investeren(
        offer(replace(USER, ikc_plan=True), LAW).yearly[1], investeringsdeel=share
    )

    assert float(due) == pytest.approx(895_422.1031215278)


@pytest.mark.parametrize(
    ("losses", "cost", "below", "allowed"),
    [(3, 0.0, 0.0, True), (0, 300.01, 0.0, True), (0, 0.0, 0.15, True), (2, 300.0, 0.14, False)],
)
def test_each_gate_of_the_text_opens_the_way_to_carbon_free_power(losses, cost, below, allowed):
    gates = {
        "grens_verliesjaren": LAW.on("ikc/verliesjaren", date(2025, 1, 1)).value,
        "grens_kosten": LAW.on("ikc/kosten_per_ton", date(2025, 1, 1)).value,
        "grens_afstand": LAW.on("ikc/afstand_benchmark", date(2025, 1, 1)).value,
    }

    may = ikc.mag_uitwijken(
        verliesjaren=losses, kosten_per_ton=cost, onder_benchmark_na_investering=below, **gates
    )

    assert may is allowed


def test_the_amount_of_2026_stays_below_both_tables_of_the_union():
    paid = offer(replace(USER, ikc_plan=True), LAW).yearly[2]
    begin, fall = (
        LAW.on(f"ikc/{name}", date(2026, 1, 1)).value
        for name in ("terugvalbenchmark", "daling_terugvalbenchmark")
    )

    ceilings = ikc.eu_ceiling(
        100_000.0,
        prijs_vorig_jaar=70.0,
        emissiefactor=LAW.on("ikc/emissiefactor", date(2026, 1, 1)).value,
        terugvalbenchmark=ikc.terugvalbenchmark(2026, begin=begin, daling=fall),
        aandeel=[
            LAW.on(f"ikc/eu_aandeel_tabel_{table}", date(2026, 1, 1)).value for table in (1, 2)
        ],
    )

    assert ceilings == pytest.approx([1_866_086.1939305416, 1_749_455.806809883])
    assert (paid < ceilings).all()


# --- policy variants ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "last"), [(None, 2026), ("ikc_extended", 2027), ("ikc_to_2030", 2030)]
)
def test_the_compensation_is_paid_up_to_the_year_in_which_the_title_lapses(variant, last):
    law = Law(date(2026, 6, 1), variant=variant)
    paid = offer(USER, law).yearly

    assert YEARS[paid > 0].max() == last


def test_a_longer_title_changes_nothing_in_the_years_that_were_covered_already():
    plain = offer(USER, LAW).yearly
    longer = offer(USER, Law(date(2026, 6, 1), variant="ikc_to_2030")).yearly

    assert longer[YEARS <= 2026].tolist() == plain[YEARS <= 2026].tolist()


def test_under_the_extension_a_user_whose_first_year_is_2027_is_in_time():
    late = replace(USER, electricity_use=np.where(YEARS >= 2027, 100_000.0, 0.0))
    extended = Law(date(2026, 6, 1), variant="ikc_extended")

    in_force = {each.id: each.met for each in offer(late, LAW).conditions}["title_in_force"]
    in_time = {each.id: each.met for each in offer(late, extended).conditions}["title_in_force"]

    assert (in_force, in_time) == (False, True)
