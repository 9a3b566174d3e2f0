# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The base amount on two roads: closed form, and halving a bracket under any tax."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.rules import vennootschapsbelasting
from maatwerkbank.rules.onrendabele_top import (
    Financiering,
    Installatiekosten,
    annuiteit,
    basisbedrag,
    basisbedrag_met_belasting,
    onrendabele_top,
)

CASES = "onrendabele_top.yaml"


def by_formula(kosten, financiering, belastingtarief):
    return basisbedrag(
        Installatiekosten(**kosten), Financiering(**financiering), belastingtarief=belastingtarief
    )


def by_bracket(kosten, financiering, belastingtarief):
    return basisbedrag_met_belasting(
        Installatiekosten(**kosten), Financiering(**financiering), lambda r: belastingtarief * r
    )


@pytest.fixture(params=[by_formula, by_bracket])
def road(request):
    return request.param


def test_the_case_holds_on_both_roads(case, road):
    found = float(road(**case["given"]))

    assert found == pytest.approx(case["expect"]["result"], rel=1e-12)


# the law: 2026, 19 % to 200 000 and 25.8 % above; losses carried back and forward
VPB = partial(
    vennootschapsbelasting.verschuldigde_belasting,
    grens=200_000.0,
    laag_tarief=0.19,
    hoog_tarief=0.258,
    drempel=1e6,
    fractie=0.5,
)
ON_PROFIT = partial(vennootschapsbelasting.belasting, grens=0.0, laag_tarief=0.0, hoog_tarief=0.258)
PLANT = Installatiekosten(300e6, 15e6, 60.0, 1e6)
FINANCED = Financiering(0.7, 0.04, 0.15, 0.02, 15)


def value_of_equity(amount, tax, plant=PLANT, financed=FINANCED):
    """The sum itself, year by year and without arrays: the third road."""
    loan = financed.vreemd_vermogen * plant.investering
    payment = loan * annuiteit(financed.rente, financed.looptijd)
    results, before = [], []
    left = loan
    for year in range(1, financed.looptijd + 1):
        interest = financed.rente * left
        left -= payment - interest
        cost = plant.vaste_kosten + plant.variabele_kosten * plant.productie
        margin = amount * plant.productie - cost * (1 + financed.inflatie) ** year
        results.append(margin - interest - plant.investering / financed.looptijd)
        before.append(margin - payment)
    flow = np.array(before) - tax(np.array(results))
    discounted = flow * (1 + financed.rendement) ** -np.arange(1.0, financed.looptijd + 1)
    return discounted.sum() - (plant.investering - loan)


def test_the_amount_under_profit_tax_with_losses_gives_equity_exactly_its_return():
    found = basisbedrag_met_belasting(PLANT, FINANCED, VPB)

    assert value_of_equity(float(found), VPB) == pytest.approx(0.0, abs=1e-3)


def test_a_tax_that_gives_nothing_back_asks_a_higher_amount():
    elsewhere = basisbedrag(PLANT, FINANCED, belastingtarief=0.258)
    on_profit = basisbedrag_met_belasting(PLANT, FINANCED, ON_PROFIT)
    none = basisbedrag(PLANT, FINANCED, belastingtarief=0.0)

    assert float(on_profit) > float(elsewhere) > float(none)


shares = st.floats(0.0, 0.9)
rates = st.floats(0.0, 0.2)
terms = st.integers(1, 25)


@given(st.floats(1.0, 1e9), st.floats(0.0, 1e8), shares, rates, rates, terms, st.floats(0.0, 0.6))
def test_both_roads_agree(invested, fixed, debt, interest, wanted, term, tax):
    kosten = {
        "investering": invested,
        "vaste_kosten": fixed,
        "variabele_kosten": 7.0,
        "productie": 1e5,
    }
    financiering = {
        "vreemd_vermogen": debt,
        "rente": interest,
        "rendement": wanted,
        "inflatie": 0.02,
        "looptijd": term,
    }

    assert float(by_bracket(kosten, financiering, tax)) == pytest.approx(
        float(by_formula(kosten, financiering, tax)), rel=1e-9
    )


@given(st.floats(0.0, 1e8), st.floats(0.0, 1e8))
def test_more_cost_never_lowers_the_amount(fixed, more):
    cheap = Installatiekosten(1e8, fixed, 10.0, 1e5)
    dear = Installatiekosten(1e8, fixed + more, 10.0, 1e5)

    low = basisbedrag(cheap, FINANCED, belastingtarief=0.258)
    high = basisbedrag(dear, FINANCED, belastingtarief=0.258)

    assert float(high) >= float(low)


def test_many_draws_give_what_each_draw_gives_alone():
    investments = np.array([200e6, 300e6, 400e6])
    together = Installatiekosten(investments, 15e6, 60.0, 1e6)
    alone = [Installatiekosten(each, 15e6, 60.0, 1e6) for each in investments]

    found = basisbedrag_met_belasting(together, FINANCED, VPB)

    expected = [float(basisbedrag_met_belasting(each, FINANCED, VPB)) for each in alone]
    assert found.tolist() == pytest.approx(expected, rel=1e-12)


def test_output_may_differ_by_year():
    growing = Installatiekosten(100.0, 0.0, 0.0, [1.0, 3.0])
    financed = Financiering(0.0, 0.0, 0.0, 0.0, 2)

    assert float(basisbedrag(growing, financed, belastingtarief=0.0)) == 25.0


def test_output_of_another_number_of_years_is_refused():
    plant = Installatiekosten(100.0, 0.0, 0.0, [1.0, 3.0])

    with pytest.raises(ShapeError, match="has 2 years and the term has 15"):
        basisbedrag(plant, FINANCED, belastingtarief=0.258)


@pytest.mark.parametrize(("made", "tax"), [(0.0, 0.258), (1.0, 1.0)])
def test_a_plant_that_keeps_nothing_of_what_it_makes_is_refused(made, tax):
    plant = Installatiekosten(100.0, 0.0, 0.0, made)

    with pytest.raises(RuleError, match="no amount per unit"):
        basisbedrag(plant, FINANCED, belastingtarief=tax)


def test_a_tax_that_takes_all_is_refused():
    with pytest.raises(RuleError, match="gives equity its return"):
        basisbedrag_met_belasting(PLANT, FINANCED, lambda result: result)


def test_a_plant_that_the_price_covers_has_no_unprofitable_top():
    assert onrendabele_top([100.0, 80.0], 90.0).tolist() == [10.0, 0.0]
