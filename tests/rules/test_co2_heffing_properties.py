# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the CO2-heffing must do for any firm, whatever its figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.rules import co2_heffing
from maatwerkbank.rules.co2_heffing import Installatie, Volgorde

N_YEARS = 8
MILLIONTH_OF_A_TONNE = 1e-6
YEARS = np.arange(2023, 2023 + N_YEARS)

# Tonnes are weighed to the kilogram and prices quoted in cents.
tonnes = st.integers(0, 5_000_000_000).map(lambda kilograms: kilograms / 1_000)
price = st.integers(0, 40_000).map(lambda cents: cents / 100)
kind = st.sampled_from(Installatie)
order = st.sampled_from(Volgorde)
yearly_tonnes = arrays(float, N_YEARS, elements=tonnes)
yearly_price = arrays(float, N_YEARS, elements=price)


def owed(jaarvracht, rechten, tarief, ets_prijs, minimumprijs, installatie):
    return co2_heffing.verschuldigde_heffing(
        jaarvracht,
        rechten,
        tarief=tarief,
        ets_prijs=ets_prijs,
        minimumprijs=minimumprijs,
        installatie=installatie,
    )


@given(tonnes, tonnes, price, price, price, kind, tonnes)
def test_the_levy_is_never_negative(emission, rights, tariff, ets, floor, kind, sold):
    due = co2_heffing.verschuldigde_heffing(
        emission,
        rights,
        tarief=tariff,
        ets_prijs=ets,
        minimumprijs=floor,
        installatie=kind,
        weggedragen_rechten=sold,
    )

    assert due >= 0


@given(tonnes, tonnes, price, price, kind)
def test_part_a_is_nil_where_the_rights_cover_the_emission(emission, spare, tariff, ets, kind):
    rights = emission + spare

    due = owed(emission, rights, tariff, ets, 0.0, kind)

    assert due == 0


@given(tonnes, tonnes)
def test_the_two_bases_together_are_the_emission(emission, rights):
    part_a, part_b = co2_heffing.grondslag(emission, rights)

    assert part_a + part_b == pytest.approx(emission, rel=1e-12)
    assert part_b <= rights * (1 + 1e-12) + 1e-9


@given(tonnes, tonnes, price, price, price, price)
def test_a_dearer_ets_never_raises_the_levy(emission, rights, tariff, ets, rise, floor):
    before = owed(emission, rights, tariff, ets, floor, Installatie.ETS)
    after = owed(emission, rights, tariff, ets + rise, floor, Installatie.ETS)

    assert after <= before


@given(tonnes, tonnes, price, price, price, st.sampled_from([Installatie.AVI, Installatie.LACHGAS]))
def test_outside_the_ets_part_a_does_not_know_the_ets_price(
    emission, rights, tariff, ets, rise, kind
):
    before = owed(emission, rights, tariff, ets, 0.0, kind)
    after = owed(emission, rights, tariff, ets + rise, 0.0, kind)

    assert after == before


@given(tonnes, tonnes, tonnes, price, price, kind)
def test_more_rights_never_raise_part_a(emission, rights, extra, tariff, ets, kind):
    before = owed(emission, rights, tariff, ets, 0.0, kind)
    after = owed(emission, rights + extra, tariff, ets, 0.0, kind)

    assert after <= before


@given(tonnes, tonnes, tonnes, price, price, price)
def test_rights_that_were_sold_cost_at_least_the_deduction(
    emission, rights, sold, tariff, ets, floor
):
    plain = owed(emission, rights, tariff, ets, floor, Installatie.ETS)

    after_sale = co2_heffing.verschuldigde_heffing(
        emission,
        rights,
        tarief=tariff,
        ets_prijs=ets,
        minimumprijs=floor,
        installatie=Installatie.ETS,
        weggedragen_rechten=sold,
    )

    assert after_sale >= plain * (1 - 1e-12)


@given(tonnes, st.floats(0.5, 2), st.integers(-1, 1))
def test_the_activity_level_is_one_of_the_two(historical, ratio, efficiency_change):
    actual = historical * ratio

    level = co2_heffing.activiteitsniveau(
        actual, historical, is_product=False, efficiency_change=efficiency_change
    )

    assert float(level) in (actual, historical)


@given(yearly_tonnes, yearly_tonnes, yearly_price, st.lists(order, min_size=8, max_size=8))
def test_a_refund_never_exceeds_the_levy_of_the_five_years_before(emission, rights, tariff, orders):
    base, _ = co2_heffing.grondslag(emission, rights)

    settled = settle(emission, rights, tariff, orders)

    paid = base * tariff
    window = np.array([paid[max(0, year - 5) : year].sum() for year in range(N_YEARS)])
    assert (settled.teruggaaf <= window * (1 + 1e-12)).all()
    assert (np.cumsum(settled.teruggaaf) <= np.cumsum(paid) * (1 + 1e-12)).all()
    assert (settled.teruggaaf >= 0).all()


@given(yearly_tonnes, yearly_tonnes, st.lists(order, min_size=8, max_size=8))
def test_every_surplus_right_meets_a_base_or_stays_unused(emission, rights, orders):
    surplus = co2_heffing.overdraagbaar(emission, rights)
    base, _ = co2_heffing.grondslag(emission, rights)

    settled = settle(emission, rights, np.ones(N_YEARS), orders)

    # at one euro per tonne the refund counts tonnes
    assert settled.teruggaaf + settled.onbenut == pytest.approx(surplus, rel=1e-9, abs=1e-6)
    assert settled.teruggaaf.sum() <= base.sum() * (1 + 1e-12)


@given(arrays(float, 5, elements=tonnes), arrays(float, 5, elements=price), tonnes)
def test_one_surplus_brings_back_most_by_highest_tariff_first(base, tariff, surplus):
    years = np.arange(2025, 2031)
    given_arrays = ([0, 0, 0, 0, 0, surplus], [*base, 0], [*tariff, 0], years)

    oldest, highest = (
        co2_heffing.verrekening(
            *given_arrays, volgorde=[order] * 6, eerste_jaar=None, laatste_jaar=None
        )
        for order in Volgorde
    )

    assert highest.teruggaaf[-1] >= oldest.teruggaaf[-1] * (1 - 1e-12)


firm = st.integers(1, 4).flatmap(
    lambda size: st.tuples(
        arrays(float, (size, 3), elements=tonnes),
        arrays(float, (size, 3), elements=tonnes),
        st.lists(kind, min_size=size, max_size=size),
        arrays(bool, 3),
    )
)


@given(firm)
def test_trade_within_a_firm_conserves_the_sum_of_rights(firm):
    emission, rights, kinds, apart = firm

    after = co2_heffing.overdracht_binnen_onderneming(emission, rights, kinds, avi_apart=apart)

    assert after.sum(axis=0) == pytest.approx(rights.sum(axis=0), rel=1e-12, abs=1e-6)


@given(firm)
def test_no_seller_within_a_firm_ends_below_its_own_emission(firm):
    emission, rights, kinds, apart = firm

    after = co2_heffing.overdracht_binnen_onderneming(emission, rights, kinds, avi_apart=apart)

    sells = rights > emission
    assert (after[sells] >= emission[sells]).all()
    assert (after[sells] <= rights[sells]).all()


@given(firm)
def test_no_buyer_within_a_firm_gets_more_than_its_shortage(firm):
    emission, rights, kinds, apart = firm

    after = co2_heffing.overdracht_binnen_onderneming(emission, rights, kinds, avi_apart=apart)

    buys = rights < emission
    assert (after[buys] <= emission[buys]).all()
    assert (after[buys] >= rights[buys] - MILLIONTH_OF_A_TONNE).all()


@given(firm)
def test_incinerators_apart_neither_give_to_nor_take_from_the_others(firm):
    emission, rights, kinds, _ = firm
    avi = np.array([kind is Installatie.AVI for kind in kinds])

    after = co2_heffing.overdracht_binnen_onderneming(emission, rights, kinds, avi_apart=[True] * 3)

    moved = after - rights
    assert moved[avi].sum(axis=0) == pytest.approx(0, abs=1e-6)
    assert moved[~avi].sum(axis=0) == pytest.approx(0, abs=1e-6)


@given(firm, price)
def test_a_firm_never_owes_more_than_its_installations_alone(firm, ets):
    emission, rights, kinds, apart = firm
    tariff = np.full(rights.shape, 100.0)

    together = levy(emission, rights, kinds, tariff, ets, apart).verschuldigd
    alone = np.stack(
        [
            owed(emission[place], rights[place], tariff[place], ets, 0.0, kinds[place])
            for place in range(len(kinds))
        ]
    )

    assert (together <= alone * (1 + 1e-12) + 1e-6).all()


@given(firm, price)
def test_what_comes_back_to_a_firm_was_paid_by_it_before(firm, ets):
    emission, rights, kinds, apart = firm

    levied = levy(emission, rights, kinds, np.full(rights.shape, 100.0), ets, apart)

    back, due = levied.teruggaaf.cumsum(axis=-1), levied.verschuldigd.cumsum(axis=-1)
    assert (back <= due * (1 + 1e-12) + 1e-6).all()
    assert levied.heffing == pytest.approx(levied.verschuldigd - levied.teruggaaf)


@given(firm, st.floats(0, 1))
def test_a_sale_between_firms_conserves_the_sum_of_rights(firm, share):
    emission, rights, kinds, _ = firm
    volume = share * co2_heffing.overdraagbaar(emission[0], rights[0])

    after = co2_heffing.overdracht(
        rights,
        0,
        len(kinds) - 1,
        volume,
        jaarvracht=emission,
        installaties=kinds,
        avi_apart=[False] * 3,
    )

    assert after.sum(axis=0) == pytest.approx(rights.sum(axis=0), rel=1e-12)
    assert (after[0] >= np.minimum(rights[0], emission[0]) * (1 - 1e-12)).all()


def settle(emission, rights, tariff, orders):
    base, _ = co2_heffing.grondslag(emission, rights)
    return co2_heffing.verrekening(
        co2_heffing.overdraagbaar(emission, rights),
        base,
        tariff,
        YEARS,
        volgorde=orders,
        eerste_jaar=None,
        laatste_jaar=None,
    )


def levy(emission, rights, kinds, tariff, ets, apart):
    return co2_heffing.heffing_van_onderneming(
        emission,
        rights,
        kinds,
        [2025, 2026, 2027],
        tarief=tariff,
        ets_prijs=[ets] * 3,
        minimumprijs=[0.0] * 3,
        avi_apart=apart,
        volgorde=[Volgorde.HOOGSTE_TARIEF_EERST] * 3,
        eerste_jaar=None,
        laatste_jaar=None,
    )
