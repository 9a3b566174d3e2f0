# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the letter of 30 June 2025 states, fact by fact, stands in the letter that is made.

The facts are in original_facts.yaml. No sentence of the original stands in a template: a portfolio
of invented firms gives an equally correct letter, by the same checks.
"""

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.letter.progress.holds import about, words, wrong
from tests.letter.progress.invented import invented

from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.letter.progress import ProgressLetter, progress_letter
from maatwerkbank.letter.progress.as_data import as_data
from maatwerkbank.sources.parliament.reference import references_in

ORIGINAL = Path(__file__).resolve().parents[4] / "shared" / "domain" / "kamerbrief_2025-06-30.txt"
RUN = 8  # words in a row that are no coincidence

FACTS = yaml.safe_load(Path(__file__).with_name("original_facts.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def letter() -> ProgressLetter:
    return progress_letter(shipped_publication(date(2025, 6, 30)))


@pytest.fixture(scope="module")
def said(letter: ProgressLetter) -> str:
    notes = " ".join(item.text for note in letter.notes for item in note.items)
    return f"{words(letter)} {notes}"


@pytest.fixture(scope="module")
def original() -> str:
    if not ORIGINAL.exists():
        pytest.skip("the original letter lies outside the repository")
    return " ".join(ORIGINAL.read_text("utf-8").split())


def test_the_made_letter_states_every_fact_of_the_original(said):
    assert len(FACTS) >= 40
    assert [each["fact"] for each in FACTS if not re.search(each["made"], said)] == []


def test_every_fact_really_stands_in_the_original(original):
    assert [each["fact"] for each in FACTS if each["original"] not in original] == []


def test_what_holds_of_any_letter_holds_of_this_one(letter):
    group = {
        each.id: each.exit.kind if each.exit else str(each.stage)
        for each in letter.publication.register
    }
    assert wrong(letter, group) == []


def test_who_stopped_is_said_with_the_reasons_as_far_as_they_are_public(letter):
    stopped = about(letter, "group.stopped_door_open")
    for name in ("Dow Benelux", "Shell", "LyondellBasell", "bp", "Air Liquide", "ExxonMobil"):
        assert name in stopped
    assert "risico bij de vergunning voor stikstof" in about(letter, "firm.dow.exit")
    assert "Shell" in about(letter, "exit.no_reason")


def test_no_sentence_of_the_original_stands_in_a_template(original, letter):
    runs = set(_runs(original.replace("- ", "-")))
    assert len(runs) > 1000
    folders = (files("maatwerkbank.letter.progress"), files("maatwerkbank.dossier.publication"))
    texts = {
        file.name: file.read_text("utf-8")
        for folder in folders
        for file in folder.iterdir()
        if file.name.endswith((".yaml", ".py"))
    }
    portfolio = files("maatwerkbank.portfolio") / "nl-2025-06-30" / "programme.yaml"
    texts["programme.yaml"] = portfolio.read_text("utf-8")
    texts |= {each.about: each.text for each in letter.sentences}
    names = [
        seat.name for s in letter.publication.sittings for t in s.body.terms for seat in t.seats
    ]
    copied = {
        name: run
        for name, text in texts.items()
        for run in _runs(_without(text, names))
        if run in runs
    }
    assert copied == {}


def _without(text: str, names: list[str]) -> str:
    """The text without references and names of people: those are the same in any letter."""
    for found in reversed(references_in(text)):
        text = f"{text[: found.start]} REF {text[found.end :]}"
    for name in names:
        text = text.replace(name, "NAME")
    return text


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = re.findall(r"[a-zà-ÿ0-9]+", text.replace("₂", "2").lower())
    yield from (tuple(found[n : n + RUN]) for n in range(len(found) - RUN + 1))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_portfolio_of_invented_firms_gives_an_equally_correct_letter(seed):
    made = invented(seed)
    letter = progress_letter(made.publication)
    assert wrong(letter, made.group) == []
    real = ("Nobian", "Yara", "Tata", "Cosun", "AMVI", "Gehrels", "Dow", "Shell")
    assert not [name for name in real if name in words(letter)]
    assert as_data(letter)["counts"]["count.firms"]["value"] == len(made.group)
    assert progress_letter(made.publication, language="en").sections


@pytest.mark.parametrize(
    ("day", "there", "not_yet"),
    [
        (date(2023, 7, 1), "Nobian, Carolien Gehrels (voorzitter)", "Yara, Hamming, 185, KGG"),
        (date(2024, 12, 31), "19 december jl., 185", "Cosun, AEB, Hamming, Van Dijk, deur, Erkens"),
        (date(2021, 1, 1), "geen bedrijf", "Nobian, EoP, voorzitter ("),
    ],
)
def test_another_day_is_told_as_it_was_known_then(day, there, not_yet):
    said = words(progress_letter(shipped_publication(day)))
    assert [each for each in there.split(", ") if each not in said] == []
    assert [each for each in not_yet.split(", ") if each in said] == []


def test_a_day_after_the_register_ends_is_said_in_the_letter_itself():
    later = progress_letter(shipped_publication(date(2026, 1, 1)))
    assert "loopt tot en met 30 juni 2025" in about(later, "letter.cut_off")
    assert about(progress_letter(shipped_publication(date(2025, 6, 30))), "letter.cut_off") == ""
