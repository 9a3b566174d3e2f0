# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a unit in a document comes down to, and what is no unit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.ground.errors import UnitError
from maatwerkbank.ground.units import TOKENS, Unit, unit


@pytest.mark.parametrize(
    ("text", "kind", "factor"),
    [
        ("EUR", "EUR", 1.0),
        ("MEUR", "EUR", 1e6),
        ("kEUR/year", "EUR/year", 1e3),
        ("Mt/year", "t/year", 1e6),
        ("kg/year", "t/year", 1e-3),
        ("GWh/year", "MWh/year", 1e3),
        ("GJ", "MWh", 1 / 3.6),
        ("PJ/year", "MWh/year", 1e6 / 3.6),
        ("EUR/GJ", "EUR/MWh", 3.6),
        ("EUR/kWh", "EUR/MWh", 1e3),
        ("t/TJ", "t/MWh", 0.0036),
        ("t/t", "1", 1.0),
        ("kg/t", "1", 1e-3),
        ("%", "1", 0.01),
        ("%/year", "1/year", 0.01),
        ("1/year", "1/year", 1.0),
        ("1", "1", 1.0),
    ],
)
def test_a_unit_has_a_kind_and_a_factor_to_the_unit_of_the_house(text, kind, factor):
    understood = unit(text)

    assert understood == Unit(text, kind, pytest.approx(factor, rel=1e-15))


def test_gas_is_counted_at_its_lower_heating_value():
    assert unit("m3 gas").factor * 3600 == pytest.approx(31.65)
    assert unit("MWh_HHV").factor == pytest.approx(31.65 / 35.17)
    assert unit("EUR/MWh_HHV").factor == pytest.approx(35.17 / 31.65)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("MEURO", "did you mean MEUR"),
        ("mwh/year", "MWh"),
        ("kt/yaer", "did you mean year"),
        ("euro", "EUR"),
        ("bananas", "use one of 1, %, EUR"),
        ("", "use one of"),
        ("EUR/", "use one of"),
        ("/year", "use one of"),
        ("EUR/t/year", "did you mean year?"),
        ("EUR per t", "EUR"),
    ],
)
def test_what_is_no_unit_is_refused_with_what_comes_nearest(text, remedy):
    with pytest.raises(UnitError) as refused:
        unit(text)

    assert f"'{text}'" in refused.value.what
    assert remedy in refused.value.remedy


@given(st.sampled_from(sorted(TOKENS)), st.sampled_from(sorted(TOKENS)))
def test_a_unit_over_another_has_the_quotient_of_their_factors(above, below):
    assert unit(f"{above}/{below}").factor == unit(above).factor / unit(below).factor


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_any_text_is_a_unit_or_refused(text):
    understood = unit_or_refusal(text)

    assert isinstance(understood, Unit | UnitError)


def unit_or_refusal(text):
    try:
        return unit(text)
    except UnitError as error:
        return error
