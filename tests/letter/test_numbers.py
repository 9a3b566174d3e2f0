# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers as readers expect them."""

import math

import pytest

from maatwerkbank.letter.numbers import (
    day,
    euros,
    euros_per_tonne,
    figure,
    judged,
    number,
    ratio,
    stated,
    tonnes,
)

N = "\N{NO-BREAK SPACE}"
M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0.0, f"€{N}0", "€0"),
        (-0.2, f"€{N}0", "€0"),
        (12_345.0, f"€{N}12.345", "€12,345"),
        (477_465.0, f"€{N}0,48{N}mln", f"€0.48{N}million"),
        (-186_193_343.3, f"{M}€{N}186{N}mln", f"{M}€186{N}million"),
        (8_832_806.0, f"€{N}8,83{N}mln", f"€8.83{N}million"),
        (90_000_000.0, f"€{N}90{N}mln", f"€90{N}million"),
        (999_600_000.0, f"€{N}1{N}mld", f"€1{N}billion"),
        (1_610_000_000.0, f"€{N}1,61{N}mld", f"€1.61{N}billion"),
    ],
)
def test_an_amount_is_short_and_has_its_unit(value, dutch, english):
    assert euros(value, "nl") == dutch
    assert euros(value, "en") == english


@pytest.mark.parametrize(
    ("value", "dutch"),
    [
        (0.0, f"0{N}t"),
        (950.0, f"950{N}t"),
        (253_000.0, f"253{N}kt"),
        (48_840.0, f"48,8{N}kt"),
        (2_370_000.0, f"2,37{N}Mt"),
        (-1_500.0, f"{M}1,5{N}kt"),
    ],
)
def test_tonnes_choose_their_unit(value, dutch):
    assert tonnes(value, "nl") == dutch


@pytest.mark.parametrize("shown", [euros, tonnes, ratio, euros_per_tonne, number])
@pytest.mark.parametrize("unknown", [None, math.nan])
def test_what_cannot_be_judged_is_told_in_words_and_is_not_a_nought(shown, unknown):
    assert shown(unknown, "nl") == "niet te beoordelen"
    assert shown(unknown, "en") == "cannot be judged"


def test_the_key_of_a_figure_decides_how_it_is_shown():
    assert figure("npv_eur", 1e6, "en") == f"€1{N}million"
    assert figure("abatement_cost_eur_per_t", 345.1, "nl") == f"€{N}345"
    assert figure("gross_2030_t", 1e6, "en") == f"1{N}Mt"
    assert figure("discount_rate", 0.0914, "nl") == "9,1%"


def test_a_range_stands_in_for_a_value_that_cannot_be_judged():
    shown = judged("gross_2030_t", (None, {"low": 1e5, "high": 2e5}), "nl")

    assert shown == f"100{N}kt tot 200{N}kt"


def test_a_figure_is_repeated_as_it_was_stated():
    assert stated(3_082_022, "nl") == "3.082.022"
    assert stated(0.0914, "nl") == "0,0914"
    assert stated(-250.5, "en") == f"{M}250.5"


def test_a_date_may_be_reduced():
    assert day("2025-06-30", "nl") == "30 juni 2025"
    assert day("2023-12", "en") == "December 2023"
    assert day("2024", "nl") == "2024"
