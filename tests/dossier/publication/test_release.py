# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be released: figures, totals over firms, texts that quote."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.dossier.confidentiality import GROUNDS, Level
from maatwerkbank.dossier.publication.aggregates import Total, reveals, solvable
from maatwerkbank.dossier.publication.passages import quotes
from maatwerkbank.dossier.publication.release import (
    STATES,
    STEPS,
    Candidate,
    after,
    lacks_of_refusal,
    lacks_of_release,
)
from maatwerkbank.ground.language import Text

SOUND = Candidate(
    id="voorbeeld.co2.jloi.gross",
    firm="voorbeeld",
    quantity="co2",
    label=Text(nl="CO2-reductie, bruto", en="CO2 reduction, gross"),
    low=42_000.0,
    high=42_000.0,
    unit="t/year",
    origin="run",
    identity="0a1b2c3d4e5f6071",
    levels=(Level.OPENBAAR,),
    kind="gross",
    year=2030,
)


def codes(candidate: Candidate, because: str = "") -> list[str]:
    return [each.code for each in lacks_of_release(candidate, because)]


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def test_a_figure_with_an_origin_that_is_public_in_all_its_parts_lacks_nothing():
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"low": None, "high": None}, "release.no-value"),
        ({"low": 2.0, "high": 1.0}, "release.range"),
        ({"unit": " "}, "release.no-unit"),
        ({"kind": None}, "release.gross-or-additional"),
        ({"identity": ""}, "release.no-origin"),
        ({"origin": "source", "identity": "een-brief-die-niemand-kent"}, "release.no-origin"),
        ({"levels": (Level.OPENBAAR, Level.ZAAKVERTROUWELIJK)}, "release.level"),
        ({"quantity": "levy_to_2030", "kind": None}, "release.fiscal-secrecy"),
    ],
)
def test_what_keeps_a_figure_from_the_public_is_named(change: dict, code: str):
    assert codes(replace(SOUND, **change)) == [code]


def test_all_findings_come_at_once():
    bare = replace(SOUND, low=None, high=None, unit="", kind=None, identity="")
    assert len(codes(bare)) == 4


def test_a_source_that_is_registered_will_do():
    assert codes(replace(SOUND, origin="source", identity="kamerbrief-2025-06-30")) == []


def test_a_reason_lowers_the_level_and_never_opens_a_levy_of_one_firm():
    secret = replace(SOUND, levels=(Level.VERTROUWELIJK,))
    levy = replace(secret, quantity="levy_to_2030", kind=None)
    assert codes(secret, "met het bedrijf afgesproken") == []
    assert codes(levy, "met het bedrijf afgesproken") == ["release.fiscal-secrecy"]
    assert codes(replace(levy, reconstruction=True), "openbare gegevens") == []
    assert codes(replace(levy, firm=None), "over allen") == []


@given(st.lists(st.sampled_from(Level), max_size=4), st.sampled_from(Level))
def test_the_level_of_a_figure_is_never_below_that_of_a_part(levels: list[Level], more: Level):
    candidate = replace(SOUND, levels=(*levels, more))
    assert candidate.level >= max([*levels, more])
    assert (codes(candidate) == []) == (candidate.level == Level.OPENBAAR)


@given(st.sampled_from(sorted(GROUNDS)))
def test_emission_data_are_withheld_on_no_ground(ground: str):
    emission = replace(SOUND, quantity="emission", emission_data=True)
    assert "release.emission-data" in [
        each.code for each in lacks_of_refusal(emission, ground, "bedrijfsgeheim")
    ]
    assert lacks_of_refusal(SOUND, ground, "omdat") == ()


def test_a_refusal_takes_a_ground_and_reasons():
    assert [each.place for each in lacks_of_refusal(SOUND, "zomaar", " ")] == ["ground", "because"]


# ── steps ─────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_released_that_was_not_approved():
    assert [state for state in STATES if after(state, "release")] == ["approved"]
    assert [state for state in STATES if after(state, "approve")] == ["proposed"]
    assert all(after("withdrawn", step) is None for step in STEPS)


# ── totals ────────────────────────────────────────────────────────────────────────────────────


def total(name: str, *firms: str) -> Total:
    return Total(name, "co2.jloi.gross.2030", frozenset(firms))


def test_a_total_over_one_or_two_firms_reveals_them():
    assert [each.place for each in reveals(total("t", "a"))] == ["a"]
    assert [each.place for each in reveals(total("t", "a", "b"))] == ["a", "b"]
    assert reveals(total("t", "a", "b", "c")) == ()


def test_firms_whose_figure_is_public_do_not_hide_the_others():
    assert [each.place for each in reveals(total("t", "a", "b", "c"), public=["b", "c"])] == ["a"]
    assert reveals(total("t", "a", "b", "c"), public=["a", "b", "c"]) == ()


def test_the_difference_of_two_totals_reveals_what_they_differ_in():
    released = [total("all", "a", "b", "c", "d")]
    assert [each.place for each in reveals(total("t", "a", "b", "c"), released)] == ["d"]
    other = Total("t", "co2.jloi.additional.2030", frozenset("abc"))
    assert reveals(other, released) == ()


def test_three_totals_reveal_what_no_two_of_them_do():
    released = [total("1", "a", "b", "c"), total("2", "c", "d", "e")]
    assert reveals(total("3", "a", "b", "d", "e"), released) != ()  # 1 + 2 - 3 is twice c


def test_what_was_given_away_before_is_not_told_again():
    assert reveals(total("t", "a", "b"), [total("t0", "a")]) != ()
    assert [each.place for each in reveals(total("t", "a", "b"), [total("t0", "a")])] == ["b"]


FIRMS = "abcdef"
SOME = st.frozensets(st.sampled_from(FIRMS), min_size=1)


@settings(max_examples=60)
@given(st.lists(SOME, max_size=6), st.frozensets(st.sampled_from(FIRMS), max_size=2))
def test_after_the_check_no_figure_can_be_solved_from_what_was_released(
    asked: list[frozenset[str]], public: frozenset[str]
):
    """The other road: a figure is fixed where its unit vector adds nothing to the rank."""
    released: list[Total] = []
    for number, firms in enumerate(asked):
        each = Total(str(number), "co2", firms)
        if not reveals(each, released, public):
            released.append(each)

    known = [[float(name == each) for each in FIRMS] for name in public]
    rows = [[float(name in each.firms) for name in FIRMS] for each in released]
    for insider in (None, *FIRMS):
        own = [[float(insider == each) for each in FIRMS]] if insider else []
        matrix = np.array([*rows, *known, *own, [0.0] * len(FIRMS)])
        rank = np.linalg.matrix_rank(matrix)
        for firm in set(FIRMS) - public - {insider}:
            unit = [float(firm == each) for each in FIRMS]
            assert np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank + 1


def test_who_can_compute_it_is_told():
    assert solvable([total("t", "a", "b")]) == {"b": "a", "a": "b"}
    assert solvable([total("t", "a")]) == {"a": None}


# ── passages ──────────────────────────────────────────────────────────────────────────────────

PASSAGE = {"notitie, p. 3": "De Staat biedt ten hoogste veertig procent van de onrendabele top."}


def test_a_text_that_quotes_six_words_is_found_whatever_its_spacing_and_case():
    text = "Afgesproken is: de staat  BIEDT\nten hoogste veertig."
    (found,) = quotes(text, PASSAGE)
    assert (found.place, found.found) == ("notitie, p. 3", "de staat biedt ten hoogste veertig")
    assert quotes("De Staat biedt ten hoogste steun.", PASSAGE) == ()


def test_both_languages_are_read_and_short_passages_count_whole():
    said = Text(nl="Het bedrijf werkt verder.", en="The plant closes in 2029 for good.")
    assert [each.place for each in quotes(said, {"p. 1": "closes in 2029"})] == ["p. 1"]
    assert quotes(said, {"p. 1": "closes", "p. 2": ""}) == ()


@given(
    st.lists(st.sampled_from(["een", "twee", "drie", "vier", "vijf", "zes"]), min_size=6),
    st.lists(st.sampled_from(["links", "rechts"]), max_size=4),
)
def test_a_passage_that_stands_in_a_text_is_always_found(passage: list[str], around: list[str]):
    text = " ".join([*around, *passage, *around])
    assert quotes(text, {"p. 1": " ".join(passage)}) != ()
