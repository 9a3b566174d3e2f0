# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft status text: made of the record, figures by id, and stale as soon as something moved."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.publication.drafting import basis, drafted, filled, staleness
from maatwerkbank.dossier.publication.filling import literal_numbers
from maatwerkbank.dossier.publication.in_words import enumerated
from maatwerkbank.dossier.publication.publication import Publication, Statement
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.ground.language import Text

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def known() -> Publication:
    return shipped_publication(DAY)


def written(text: str, *figures: str) -> Statement:
    return Statement("nobian", Text(nl=text, en=text), DAY, figures)


@pytest.mark.parametrize("day", [date(2023, 7, 1), date(2024, 12, 31), DAY])
def test_every_draft_holds_its_own_rules(day):
    known = shipped_publication(day)
    for firm in known.register:
        made = drafted(firm, known)
        for language in ("nl", "en"):
            assert filled(made, known, language).findings == ()
        assert set(made.figures) <= set(known.figures)
        assert made.on == day
        assert made.approved_by is None


def test_it_says_stage_ambition_support_and_what_is_not_public(known):
    said = filled(drafted(known.firm("nobian"), known), known, "nl").text
    assert "op 19 december 2024" in said
    assert "ten minste 500.000 ton per jaar" in said
    assert "Welk deel daarvan additioneel is, is niet openbaar." in said
    assert "ten hoogste 185\N{NO-BREAK SPACE}miljoen euro" in said


def test_gross_and_additional_stand_in_sentences_of_their_own(known):
    said = filled(drafted(known.firm("shell"), known), known, "en").text
    assert "3.9\N{NO-BREAK SPACE}million tonnes a year of CO2 less in 2030, gross." in said
    assert "Of that 500,000 tonnes a year is additional: on top of the coalition agreement." in said


def test_an_exit_has_its_reasons_and_an_open_door(known):
    said = filled(drafted(known.firm("dow"), known), known, "nl").text
    assert "De deur blijft open." in said
    assert "risico bij de vergunning voor stikstof" in said
    assert (
        "Een reden voor dit bedrijf is niet openbaar."
        in filled(drafted(known.firm("bp"), known), known, "nl").text
    )


def test_a_firm_of_which_no_source_names_a_figure_gets_none(known):
    made = drafted(known.firm("cosun"), known)
    assert made.figures == ()
    assert "niet openbaar" in made.text.nl


def test_an_unknown_figure_and_a_typed_number_are_found(known):
    made = filled(written("Eerst {nobian.co2.nothing.gross}, dan 500.000 ton, dus 12%."), known)
    assert [each.code for each in made.findings] == ["figure.unknown"] + ["figure.typed"] * 2
    assert [each.found for each in made.findings] == ["nobian.co2.nothing.gross", "500.000", "12%"]
    assert "een bedrag dat niet openbaar is" in made.text


@pytest.mark.parametrize(
    "text",
    [
        "Getekend op 19 december 2024, in werking in 2030.",
        "Zie Kamerstuk 2024/25, 29 826, nr. 260 en Staatscourant 2025, 20039.",
        "CO2 in scope 1 en 2, cluster 6, fabriek PO11, 23 juni jl.",
        "{nobian.co2.agreement.gross}",
    ],
)
def test_dates_references_and_names_are_no_figures(text, known):
    assert literal_numbers(text, known) == ()


@given(st.integers(0, 10**9), st.sampled_from(["ton", "t", "euro", "%", "Mt"]))
def test_a_number_with_a_unit_never_passes(amount, unit):
    assert literal_numbers(f"Dit is {amount} {unit} minder.", shipped_publication(date(2021, 1, 1)))


def test_a_text_grows_stale_by_age_by_change_and_by_withdrawal(known):
    earlier = shipped_publication(date(2024, 12, 31))
    made = drafted(earlier.firm("dow"), earlier)
    then = basis("dow", earlier)
    assert staleness(made, earlier, date(2025, 1, 7), 13, made_from=then) == ()

    found = staleness(made, known, DAY, 13, made_from=then)
    assert {each.code for each in found} == {"statement.old", "statement.changed"}
    assert {each.place for each in found} >= {"statements.dow.stage", "statements.dow.exit"}
    by_day = staleness(made, known, DAY, 99)
    assert [each.place for each in by_day] == ["statements.dow.exit"]

    gone = replace(known, figures={})
    codes = {each.code for each in staleness(made, gone, DAY, 99, made_from=then)}
    assert "statement.figure-gone" in codes


def test_names_with_a_comma_are_told_apart():
    assert enumerated(["a, b", "c"], "nl") == "a, b; en c"
