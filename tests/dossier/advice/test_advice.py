# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice: the state, what each step lacks and who can give it, interests, quorum."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.advice.example import ASKED, GIVEN, answered, ready_to_give

from maatwerkbank.dossier.advice import bodies
from maatwerkbank.dossier.advice.advice import (
    INTERESTS,
    Advice,
    ClauseChange,
    Participant,
    Response,
    judge,
    quorum_of,
    state_of,
)

TODAY = date(2025, 9, 15)


def places(advice, on=TODAY):
    return {lack.place for lack in judge(advice, on).lacks}


def test_it_goes_from_asked_to_published():
    asked = Advice("amvi", "e" * 64, ("Haalbaar?",), ASKED)

    states = [
        state_of(each)
        for each in (
            asked,
            replace(asked, participants=(Participant("Een lid", "member", "none"),)),
            ready_to_give(given_on=GIVEN),
            answered(),
            answered(published_on=date(2025, 12, 1), published_where="rijksoverheid.nl"),
        )
    ]

    assert states == ["asked", "in_treatment", "given", "answered", "published"]


def test_a_complete_advice_can_be_given():
    assert judge(ready_to_give(), TODAY).ready


def test_it_names_everything_that_lacks_at_once_and_who_can_give_it():
    found = judge(Advice("amvi", "", (), ASKED), TODAY)

    assert {lack.place for lack in found.lacks} >= {
        "frozen_set",
        "questions",
        "participants",
        "words_ambition",
        "verdict_ambition",
        "words_measurability",
        "verdict",
        "considerations",
    }
    givers = {lack.place: lack.given_by for lack in found.lacks}
    assert givers["frozen_set"] == ("case_lead", "programme")
    assert "adviser" in givers["words_ambition"]


def test_conditions_without_a_recommendation_are_no_conditions():
    assert places(ready_to_give(recommendations=())) == {"recommendations"}
    assert places(ready_to_give(recommendations=(), verdict="negative")) == set()


@pytest.mark.parametrize("interest", INTERESTS)
def test_an_interest_is_declared_in_words_unless_there_is_none(interest):
    everybody = (
        Participant("Een voorzitter", "chair", "none"),
        Participant("Een lid", "member", interest),
    )

    lacking = places(ready_to_give(participants=everybody))

    assert lacking == (set() if interest == "none" else {"participants"})


def test_who_said_nothing_of_an_interest_holds_the_advice_up():
    silent = (*ready_to_give().participants, Participant("Stil lid", "member"))

    assert places(ready_to_give(participants=silent)) == {"participants"}


# ── quorum ────────────────────────────────────────────────────────────────────────────────────


def test_a_quorum_that_nobody_read_is_told_and_does_not_block():
    found = judge(ready_to_give(), TODAY)

    assert found.quorum.met is None
    assert found.quorum.taking_part == 2  # one is excused, one is a guest
    assert [note.en for note in found.notes] == [found.quorum.because.en]
    assert found.ready


@pytest.mark.parametrize(("needed", "met"), [(2, True), (3, False)])
def test_a_known_quorum_counts_members_who_take_part(monkeypatch, needed, met):
    known = replace(bodies()["amvi"], quorum=needed)
    monkeypatch.setattr("maatwerkbank.dossier.advice.advice.body_of", lambda _: known)

    assert quorum_of(ready_to_give()).met is met
    assert judge(ready_to_give(), TODAY).ready is met


@given(st.lists(st.sampled_from(["", *INTERESTS]), max_size=8))
def test_excusing_somebody_never_helps_the_quorum(interests):
    people = tuple(Participant(str(n), "member", each) for n, each in enumerate(interests))
    excused = tuple(replace(each, interest="excused") for each in people)

    before = quorum_of(ready_to_give(participants=people)).taking_part

    assert quorum_of(ready_to_give(participants=excused)).taking_part == 0 <= before


# ── the answer ────────────────────────────────────────────────────────────────────────────────


def test_two_adopted_one_partly_one_not_with_reason_is_a_whole_answer():
    assert judge(replace(answered(), answered_on=None), TODAY).ready


@pytest.mark.parametrize(
    ("response", "place"),
    [
        (Response(1, "", "later"), "outcome_1"),
        (Response(1, "partly"), "reason_1"),
        (Response(1, "not_adopted", "  "), "reason_1"),
        (Response(1, "adopted"), "reason_1"),
        (Response(1, "adopted", changes=(ClauseChange("", "a", "b"),)), "clause_1_0"),
        (Response(1, "adopted", changes=(ClauseChange("4", "a ", "a"),)), "after_1_0"),
    ],
)
def test_an_answer_says_what_changes_or_why_not(response, place):
    whole = replace(answered(), answered_on=None)

    assert places(replace(whole, responses=(response, *whole.responses[1:]))) == {place}


@given(st.sets(st.integers(1, 4)))
def test_it_asks_an_answer_to_each_recommendation_and_to_no_other(given_to):
    whole = replace(answered(), answered_on=None)
    some = tuple(each for each in whole.responses if each.number in given_to)

    lacking = places(replace(whole, responses=some))

    assert lacking == {f"outcome_{number}" for number in range(1, 5) if number not in given_to}


# ── time ──────────────────────────────────────────────────────────────────────────────────────


def test_it_is_late_until_it_is_given():
    late = date(2025, 10, 20)

    assert judge(ready_to_give(), late).overdue_days == 5
    assert judge(ready_to_give(), date(2025, 10, 15)).overdue_days is None
    assert judge(ready_to_give(given_on=GIVEN), late).overdue_days is None


def test_to_be_public_it_says_where():
    assert places(answered()) == {"published_where"}
    assert places(answered(published_where="rijksoverheid.nl")) == set()
