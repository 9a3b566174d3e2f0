# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two versions compared: in words per clause, in figures per field."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.agreement.text_samples import full

from maatwerkbank.dossier.agreement.comparison import in_figures, in_words, pieces
from maatwerkbank.dossier.agreement.drafting import FieldValue
from maatwerkbank.ground.language import Text


def test_the_same_twice_has_no_difference() -> None:
    draft = full("jloi")
    assert {each.kind for each in in_words(draft, draft, "nl")} == {"same"}
    assert in_figures(draft, draft) == ()


def test_a_figure_differs_in_words_and_in_figures() -> None:
    before = full("jloi")
    values = {**before.values, "co2_gross_2030": FieldValue(400_000, "person")}
    after = replace(before, values=values)
    changed = [each for each in in_words(before, after, "nl") if each.kind != "same"]
    assert [each.clause for each in changed] == ["purpose"]
    told = [(each.kind, each.words) for each in changed[0].paragraphs[0] if each.kind != "same"]
    assert told == [("removed", "420.000"), ("added", "400.000")]
    (figure,) = in_figures(before, after)
    assert (figure.before, figure.after, figure.difference) == (420_000, 400_000, -20_000)
    assert figure.unit is not None
    assert figure.unit.nl == "t CO2e per jaar, bruto"


def test_clauses_come_go_and_move() -> None:
    before = full("jloi")
    first, second, *rest = before.clauses
    after = replace(before, clauses=(second, *rest[:-1], first))
    found = {each.clause: each for each in in_words(before, after, "nl")}
    assert found[rest[-1].id].kind == "removed"
    assert found[first.id].moved
    assert not found[second.id].moved
    back = {each.clause: each for each in in_words(after, before, "nl")}
    assert back[rest[-1].id].kind == "added"


def test_an_added_paragraph_leaves_the_others_alone() -> None:
    before = full("eop")
    clause = before.clauses[0]
    longer = replace(
        clause, text=Text(f"Vooraf.\n\n{clause.text.nl}", f"First.\n\n{clause.text.en}")
    )
    after = replace(before, clauses=(longer, *before.clauses[1:]))
    paragraphs = in_words(before, after, "nl")[0].paragraphs
    assert [{piece.kind for piece in each} for each in paragraphs] == [
        {"added"},
        {"same"},
        {"same"},
    ]


def test_a_field_that_came_has_no_difference_in_tonnes() -> None:
    eop, jloi = full("eop"), full("jloi")
    found = {each.field.id: each for each in in_figures(eop, jloi)}
    assert found["co2_additional_2030"].before is None
    assert found["co2_additional_2030"].difference is None


def test_a_run_of_changed_words_is_told_as_one() -> None:
    found = pieces("Dit document geldt niet", "Deze intentieovereenkomst geldt niet")
    assert [(each.kind, each.words) for each in found] == [
        ("removed", "Dit document"),
        ("added", "Deze intentieovereenkomst"),
        ("same", " geldt niet"),
    ]


WORDS = st.text(st.sampled_from("ab c\n"), max_size=30)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(each.words for each in found if each.kind != "added") == before
    assert "".join(each.words for each in found if each.kind != "removed") == after
