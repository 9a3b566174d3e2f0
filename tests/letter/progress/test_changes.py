# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moved between two days: every change, as values, and nothing where nothing moved."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.letter.progress.invented import invented

from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.letter.progress import progress_letter
from maatwerkbank.letter.progress.changes import Change, changes

BEFORE = shipped_publication(date(2024, 12, 31))
AFTER = shipped_publication(date(2025, 6, 30))


def test_what_moved_in_the_first_half_of_2025():
    found = changes(BEFORE, AFTER)
    assert Change("nobian", "stage", "stage", "agreement", "execution") in found
    assert Change("cosun", "document", "jloi", None, "2025-06-23") in found
    assert Change("dow", "exit", "exit", None, "stopped_door_open R2 R3") in found
    assert Change("aeb", "firm", "aeb", None, "AEB") in found
    assert Change(None, "commitment", "progress-per-firm", "open", "fulfilled") in found
    assert Change(None, "motion", "abolish-levy", None, "adopted") in found
    assert not [each for each in found if each.firm == "yara" and each.what == "stage"]


def test_a_figure_that_changed_keeps_both_values_and_its_unit():
    figure = AFTER.figures["nobian.co2.agreement.gross"]
    lower = {**AFTER.figures, figure.id: replace(figure, low=450_000.0, high=450_000.0)}
    (found,) = changes(AFTER, replace(AFTER, figures=lower))
    assert found == Change(
        "nobian", "figure", figure.id, (500_000, 500_000), (450_000.0, 450_000.0), "t/year"
    )
    gone = {name: each for name, each in AFTER.figures.items() if name != figure.id}
    (found,) = changes(AFTER, replace(AFTER, figures=gone))
    assert found.after is None


def test_the_letter_prints_each_change_as_a_row():
    letter = progress_letter(AFTER, before=BEFORE)
    (annex,) = [each for each in letter.sections if each.id == "annex_changes"]
    (table,) = annex.blocks
    assert len(table.rows) == len(letter.changes) == len(changes(BEFORE, AFTER))
    assert ("Nobian", "Fase", "Bindende afspraak", "In uitvoering") in table.rows
    assert ("Coöperatie Koninklijke Cosun", "Intentieovereenkomst (JLoI)", "–", "23 juni 2025") in (
        table.rows
    )


def test_a_commitment_that_was_told_before_is_not_told_again():
    later = replace(AFTER, as_of=date(2025, 9, 1))
    text = " ".join(each.text for each in progress_letter(later, before=AFTER).sentences)
    assert "Erkens (TZ202410-136): “Ingaan" in text  # under co-operation, as the facts answer it
    assert "Boutkan" not in text


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_nothing_moves_between_a_day_and_itself_and_every_move_can_be_turned(one, other):
    first, second = invented(one).publication, invented(other).publication
    assert changes(first, first) == ()
    there, back = changes(first, second), changes(second, first)
    assert {(each.firm, each.what, each.identity) for each in there} == {
        (each.firm, each.what, each.identity) for each in back
    }
    assert progress_letter(second, before=first).changes == there
