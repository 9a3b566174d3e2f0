# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of letter and draft statements: complete in two languages, none left over."""

import re
from importlib.resources import files

import pytest
import yaml

PROGRESS = files("maatwerkbank.letter.progress")
DRAFTING = files("maatwerkbank.dossier.publication")
CODE = "\n".join(
    file.read_text("utf-8")
    for folder in (PROGRESS, DRAFTING)
    for file in folder.iterdir()
    if file.name.endswith((".py", "sections.yaml"))
)
SLOT = re.compile(r"\{(\w+)\}")
# Keys whose last part is a value of a register: a stage, an outcome, a kind of change.
OPEN = re.compile(
    r"^(standing|awaited|left|named|group|track|what|outcome|motion|by|column|heading|committee"
    r"|stage|exit|origin|document|waits|count|eop|jloi|agreement|subsidy_decision|opening)\."
)


def texts(file) -> dict[str, dict[str, object]]:
    return yaml.safe_load(file.read_text("utf-8"))


def forms(text: object) -> dict[str, str]:
    return text if isinstance(text, dict) else {"": text}


@pytest.mark.parametrize(
    "file", [PROGRESS / "words.yaml", DRAFTING / "drafting_words.yaml"], ids=lambda each: each.name
)
def test_each_text_has_both_languages_with_the_same_places_to_fill(file):
    for key, said in texts(file).items():
        assert set(said) == {"nl", "en"}, key
        assert set(forms(said["nl"])) == set(forms(said["en"])), key
        slots = [
            {name for text in forms(said[language]).values() for name in SLOT.findall(text)}
            for language in ("nl", "en")
        ]
        assert slots[0] == slots[1], key


@pytest.mark.parametrize(
    "file", [PROGRESS / "words.yaml", DRAFTING / "drafting_words.yaml"], ids=lambda each: each.name
)
def test_no_text_is_left_over_and_none_holds_a_figure(file):
    for key, said in texts(file).items():
        assert OPEN.match(key) or f'"{key}"' in CODE, key
        for language in ("nl", "en"):
            for text in forms(said[language]).values():
                bare = re.sub(r"CO2|2030|(Bijlage|Annex|bijlage|annex) \d", "", text)
                assert not re.search(r"\d", bare), (key, text)
