# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every word that a report needs stands in words.yaml, in both languages."""

import re
from importlib.resources import files

import pytest

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.letter.names import item_label, place_label, unit_label
from maatwerkbank.letter.words import has_word, vocabulary, word
from maatwerkbank.portfolio.effect import effect
from maatwerkbank.portfolio.register import EXITS, TRACKS, Stage
from maatwerkbank.sources import Seen

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Keys that a module spells in full. Keys that it composes are held by the tests below.
SPELLED = re.compile(
    r"""(?:\bword|sentence|_lead|caption)\(\s*["']([a-z0-9_.]+)["']|word\(["']([a-z0-9_.]+)["']"""
)


def test_every_key_has_a_dutch_and_an_english_text():
    keys = {type(key) for key in vocabulary()}  # YAML reads an unquoted yes as true
    incomplete = [key for key, text in vocabulary().items() if set(text) != {"nl", "en"}]
    empty = [key for key, text in vocabulary().items() if not all(map(str.strip, text.values()))]

    assert keys == {str}
    assert incomplete == []
    assert empty == []


def test_both_languages_of_a_key_have_the_same_placeholders():
    unlike = [
        key
        for key, text in vocabulary().items()
        if set(PLACEHOLDER.findall(text["nl"])) != set(PLACEHOLDER.findall(text["en"]))
    ]

    assert unlike == []


def test_every_key_that_a_module_spells_out_exists():
    modules = files("maatwerkbank.letter").iterdir()
    code = "\n".join(each.read_text("utf-8") for each in modules if each.name.endswith(".py"))

    spelled = {first or second for first, second in SPELLED.findall(code)}

    assert len(spelled) > 100
    assert sorted(key for key in spelled if not has_word(key)) == []


def test_every_result_has_a_label_and_says_how_it_follows(assessment: Assessment):
    results = assessment.results

    assert [key for key in results if not has_word(key)] == []
    assert [key for key in results if not has_word(f"how.{key}")] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_line_of_the_cash_flow_has_a_name(assessment: Assessment, language):
    names = [item_label(assessment, item.id, language) for item in assessment.outcome.items]

    assert len(names) == len(set(names))
    assert [name for name in names if "_" in name] == []


def test_every_stage_track_exit_and_way_of_seeing_has_a_name():
    keys = [
        *(f"stage.{stage}" for stage in Stage),
        *(f"track.{track}" for track in TRACKS),
        *(f"exit.{kind}" for kind in EXITS),
        *(f"seen.{seen}" for seen in Seen),
        *(f"seen_means.{seen}" for seen in Seen),
    ]

    assert [key for key in keys if not has_word(key)] == []


@pytest.mark.slow
def test_every_total_of_an_effect_has_a_name_and_a_definition():
    totals = effect("levy_abolished").totals()["judged"]

    assert [key for key in totals if not has_word(key)] == []
    assert [key for key in totals if not has_word(f"definition.{key}")] == []


def test_the_place_of_a_figure_is_told_in_words(assessment: Assessment):
    told = place_label(assessment, "projects[0].energy.electricity", "nl")

    assert told == "Afvang en opslag van CO2: elektriciteit"


def test_a_unit_is_told_in_words():
    assert unit_label("kt/year", "nl") == "kt per jaar"
    assert unit_label("EUR/t", "en") == "euro per tonne"
    assert unit_label("1/year", "nl") == "per jaar"


def test_a_key_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError, match="no_such_key"):
        word("no_such_key", "nl")
