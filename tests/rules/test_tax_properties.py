# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What profit tax and energy tax must do for any row of years and any quantity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.rules import energiebelasting, vennootschapsbelasting

RATES = {"grens": 200_000.0, "laag_tarief": 0.19, "hoog_tarief": 0.258}
LIMIT = {"drempel": 1_000_000.0, "fractie": 0.5}

results = arrays(float, 10, elements=st.floats(-2e7, 2e7))
power = st.floats(0, 1e9)
BRACKETS = ([10_000.0, 50_000.0, 10e6], [0.10154, 0.06937, 0.03868, 0.00321])


@given(results)
def test_set_off_never_taxes_more_than_tax_on_every_profit(result):
    with_set_off = vennootschapsbelasting.verschuldigde_belasting(result, **RATES, **LIMIT)
    flat = vennootschapsbelasting.belasting(result, **RATES)

    assert (with_set_off.cumsum() <= flat.cumsum() + 1e-6).all()


@given(results)
def test_a_firm_never_gets_back_more_tax_than_it_paid(result):
    paid = vennootschapsbelasting.verschuldigde_belasting(result, **RATES, **LIMIT)

    assert (paid.cumsum() >= -1e-6).all()


@given(results)
def test_every_loss_is_set_off_or_waits(result):
    verloop = vennootschapsbelasting.verliesverloop(result, **LIMIT)

    untaxed = np.maximum(0.0, result) - verloop.belastbaar_bedrag
    losses = np.maximum(0.0, -result).sum()
    assert untaxed.sum() + verloop.voorraad[-1] == pytest.approx(losses, rel=1e-12, abs=1e-6)


@given(results)
def test_a_year_takes_no_more_losses_than_its_limit(result):
    taxed = vennootschapsbelasting.verliesverrekening(result, **LIMIT)

    profit = np.maximum(0.0, result)
    limit = np.where(profit > 1e6, 1e6 + 0.5 * (profit - 1e6), profit)
    assert (profit - taxed <= limit + 1e-6).all()
    assert (taxed >= -1e-9).all()


@given(results, st.integers(1, 9))
def test_what_comes_later_changes_no_year_but_the_last(result, known):
    whole = vennootschapsbelasting.verschuldigde_belasting(result, **RATES, **LIMIT)
    start = vennootschapsbelasting.verschuldigde_belasting(result[:known], **RATES, **LIMIT)

    assert whole[:known] == pytest.approx(start)


@given(results)
def test_without_losses_the_tax_is_that_of_every_year(result):
    profits = np.abs(result)

    due = vennootschapsbelasting.verschuldigde_belasting(profits, **RATES, **LIMIT)

    assert due.tolist() == vennootschapsbelasting.belasting(profits, **RATES).tolist()


@given(power, power)
def test_two_connections_pay_at_least_as_much_as_one(first, second):
    apart = energiebelasting.energiebelasting([first, second], *BRACKETS).sum()
    together = energiebelasting.energiebelasting(first + second, *BRACKETS)

    assert together <= apart * (1 + 1e-12)


@given(power, power)
def test_more_use_never_costs_less(quantity, more):
    before = energiebelasting.energiebelasting(quantity, *BRACKETS)
    after = energiebelasting.energiebelasting(quantity + more, *BRACKETS)

    assert after >= before


@given(st.floats(10e6, 1e9))
def test_above_the_last_limit_the_tax_is_a_straight_line(quantity):
    tax = energiebelasting.energiebelasting(quantity, *BRACKETS)

    first_10_gwh = 10_000 * 0.10154 + 40_000 * 0.06937 + 9_950_000 * 0.03868
    assert float(tax) == pytest.approx(first_10_gwh + (quantity - 10e6) * 0.00321, rel=1e-12)
