# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Levels, markings and grounds, held to the law that names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.confidentiality import (
    GROUNDS,
    MARKINGS,
    Level,
    highest,
    may_withhold,
    refuse_state_secret,
)
from maatwerkbank.ground.errors import StateSecretRefused

levels = st.lists(st.sampled_from(Level), max_size=6)


def test_the_eight_levels_stand_in_their_order():
    assert [level.name for level in sorted(Level)] == [
        "OPENBAAR",
        "BEPERKT_OPENBAAR",
        "INTERN",
        "ZAAKVERTROUWELIJK",
        "VERTROUWELIJK",
        "CONFIDENTIEEL",
        "GEHEIM",
        "ZEER_GEHEIM",
    ]
    assert all(level.label.nl and level.label.en for level in Level)


def test_what_is_made_from_nothing_is_public():
    assert highest([]) == Level.OPENBAAR


@given(levels)
def test_what_is_made_is_never_more_open_than_what_it_is_made_from(made_from):
    assert all(highest(made_from) >= level for level in made_from)


@given(levels, levels)
def test_more_inputs_never_make_it_more_open(some, more):
    assert highest(some + more) >= highest(some)


@given(levels, levels)
def test_it_does_not_matter_in_which_steps_it_is_made(one, other):
    assert highest([highest(one), highest(other)]) == highest(one + other)


# ── state secrets ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("marking", [None, "", "dep_vertrouwelijk"])
def test_it_takes_what_is_no_state_secret(marking):
    refuse_state_secret(marking)


@pytest.mark.parametrize(
    "marking", ["stg_confidentieel", "stg_geheim", "stg_zeer_geheim", "cosmic_top_secret"]
)
def test_it_refuses_state_secrets_and_markings_that_it_does_not_know(marking):
    with pytest.raises(StateSecretRefused) as refused:
        refuse_state_secret(marking)

    assert refused.value.code == "dossier.state-secret"


def test_every_state_secret_is_called_one():
    assert [each.id for each in MARKINGS.values() if each.state_secret] == [
        "stg_confidentieel",
        "stg_geheim",
        "stg_zeer_geheim",
    ]


# ── grounds ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_emission_data_are_never_withheld(ground):
    result = may_withhold(ground, emission_data=True)

    assert not result.allowed
    assert "lid 7" in result.because.nl


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_other_data_may_be_with_reasons(ground):
    result = may_withhold(ground, emission_data=False)

    assert result.allowed
    assert "motiveer" in result.because.nl.lower()


def test_business_data_about_the_environment_are_weighed():
    result = may_withhold(GROUNDS["bedrijfsgegevens"], emission_data=False, environmental=True)

    assert result.allowed
    assert "lid 6" in result.because.nl


def test_other_harm_is_no_ground_for_environmental_information():
    ground = GROUNDS["onevenredige_benadeling"]

    assert not may_withhold(ground, emission_data=False, environmental=True).allowed


def test_the_first_paragraph_is_absolute_and_the_others_are_not():
    absolute = [each.article for each in GROUNDS.values() if each.absolute]

    assert absolute == [f"Woo 5.1 lid 1 onder {letter}" for letter in "abcde"]
    assert len(GROUNDS) == 15
