# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures: a number, a range or a yearly series, with unit and source."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from maatwerkbank.plant.case import Euros, MaybeEuros
from maatwerkbank.sources.figure import Absent, Figure, Range
from maatwerkbank.sources.register import Seen

YEARS = np.arange(2025, 2033)
CITED = {"unit": "MEUR", "source": "a-source"}


def figure(**fields):
    return Figure.model_validate({**CITED, **fields})


def test_a_value_is_the_same_in_every_year_in_house_units():
    stated = figure(value=2.5)

    assert stated.scalar() == 2_500_000
    assert stated.yearly(YEARS).tolist() == [2_500_000.0] * 8
    assert (stated.kind, stated.is_ranged, stated.has_centre) == ("EUR", False, True)


def test_a_range_gives_its_ends_and_its_sourced_centre():
    stated = figure(range={"low": 1, "central": 1.5, "high": 4})

    assert [stated.scalar(pick) for pick in ("low", "central", "high")] == [1e6, 1.5e6, 4e6]
    assert (stated.is_ranged, stated.has_centre) == (True, True)


def test_a_range_without_a_centre_has_a_middle_to_compute_with_and_says_so():
    stated = figure(range={"low": 1, "high": 4})

    assert stated.scalar() == 2_500_000
    assert (stated.is_ranged, stated.has_centre) == (True, False)


def test_a_range_of_one_number_is_no_range():
    assert not figure(range={"low": 1, "central": 1, "high": 1}).is_ranged


def test_a_series_steps_or_goes_straight_between_stated_years():
    by_year = {2025: 1, 2028: 4}
    years = np.arange(2025, 2029)

    assert figure(by_year=by_year).yearly(years).tolist() == [1e6, 1e6, 1e6, 4e6]
    assert figure(by_year=by_year, between="linear").yearly(years).tolist() == [1e6, 2e6, 3e6, 4e6]


def test_beyond_its_stated_years_a_series_is_an_error_unless_it_says_otherwise():
    by_year = {2027: 1, 2029: 3}

    assert figure(by_year=by_year).missing_years(YEARS) == [2025, 2026, 2030, 2031, 2032]
    with pytest.raises(ValueError, match="no figure for 2025, 2026, 2030, 2031, 2032"):
        figure(by_year=by_year).yearly(YEARS)


def test_beyond_its_stated_years_a_series_may_hold_or_be_nil():
    held = figure(by_year={2027: 1, 2029: 3}, beyond="hold")
    nil = figure(by_year={2027: 1, 2029: 3}, beyond="zero")

    assert held.yearly(YEARS).tolist() == [1e6, 1e6, 1e6, 1e6, 3e6, 3e6, 3e6, 3e6]
    assert nil.yearly(YEARS).tolist() == [0, 0, 1e6, 1e6, 3e6, 0, 0, 0]
    assert held.missing_years(YEARS) == nil.missing_years(YEARS) == []


def test_a_series_may_hold_ranges_and_takes_one_end_in_all_years():
    stated = figure(by_year={2025: 1, 2026: {"low": 2, "high": 4}}, beyond="hold")
    years = np.array([2025, 2026])

    assert stated.yearly(years, "low").tolist() == [1e6, 2e6]
    assert stated.yearly(years, "high").tolist() == [1e6, 4e6]
    assert (stated.is_ranged, stated.has_centre) == (True, False)


def test_the_order_in_which_years_are_written_does_not_matter():
    stated = figure(by_year={2030: 3, 2025: 1}, between="linear")

    assert stated.yearly(np.array([2025, 2030])).tolist() == [1e6, 3e6]


def test_a_series_is_not_one_number():
    with pytest.raises(ValueError, match="not one number"):
        figure(by_year={2025: 1}).scalar()


WRONG = {
    "no number at all": ({}, "figure_form"),
    "two forms": ({"value": 1, "by_year": {2025: 1}}, "figure_form"),
    "null": ({"value": None}, "figure_form"),
    "an empty series": ({"by_year": {}}, "too_short"),
    "not a number": ({"value": math.nan}, "finite_number"),
    "infinite": ({"value": math.inf}, "finite_number"),
    "too large for the earth": ({"value": 1e16}, "less_than_equal"),
    "too far below nil": ({"value": -1e16}, "greater_than_equal"),
    "a number as text": ({"value": "1"}, "float_type"),
    "a truth": ({"value": True}, "float_type"),
    "a list": ({"value": [1]}, "float_type"),
    "a range upside down": ({"range": {"low": 2, "high": 1}}, "range_order"),
    "a centre outside": ({"range": {"low": 1, "central": 3, "high": 2}}, "range_order"),
    "a range without high": ({"range": {"low": 1}}, "missing"),
    "a misspelt range": ({"range": {"low": 1, "hihg": 2, "high": 2}}, "extra_forbidden"),
    "a series of text": ({"by_year": {2025: "1"}}, "float_type"),
    "a year that is none": ({"by_year": {"soon": 1}}, "int_parsing"),
    "a year too far": ({"by_year": {2101: 1}}, "less_than_equal"),
    "an unknown unit": ({"value": 1, "unit": "MEURO"}, "unit_unknown"),
    "an empty unit": ({"value": 1, "unit": ""}, "string_too_short"),
    "no source": ({"value": 1, "source": None}, "string_type"),
    "an unknown way of seeing": ({"value": 1, "seen": "rumour"}, "enum"),
    "an unknown field": ({"value": 1, "valeu": 1}, "extra_forbidden"),
}


@pytest.mark.parametrize(("fields", "kind"), WRONG.values(), ids=WRONG)
def test_what_is_no_figure_is_refused_by_kind(fields, kind):
    with pytest.raises(ValidationError) as refused:
        figure(**fields)

    assert kind in {error["type"] for error in refused.value.errors()}


def test_a_figure_of_another_kind_is_refused_with_both_kinds():
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Euros).validate_python({"value": 1, "unit": "GWh/year", "source": "s"})

    (error,) = refused.value.errors()
    assert error["ctx"] == {"unit": "GWh/year", "kind": "MWh/year", "kinds": "EUR"}


def test_absent_is_a_value_of_its_own_and_needs_a_reason_and_somebody_to_ask():
    words = {"nl": "niet openbaar", "en": "not public"}
    adapter = TypeAdapter(MaybeEuros)

    absent = adapter.validate_python({"absent": True, "why": words, "ask": words})

    assert isinstance(absent, Absent)
    with pytest.raises(ValidationError):
        adapter.validate_python({"absent": True})
    with pytest.raises(ValidationError):
        adapter.validate_python({"absent": False, "why": words, "ask": words})


def test_how_a_figure_was_seen_is_one_of_five_words():
    assert figure(value=1, seen="press").seen is Seen.PRESS


def test_a_figure_does_not_change_after_reading():
    with pytest.raises(ValidationError):
        figure(value=1).value = 2


@given(
    st.floats(-1e9, 1e9),
    st.floats(0, 1e9),
    st.floats(0, 1e9),
)
def test_the_centre_of_a_range_lies_between_its_ends(low, below, above):
    stated = Range(low=low, high=low + below + above)

    assert stated.at("low") <= stated.at("central") <= stated.at("high")
