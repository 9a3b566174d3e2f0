# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advisory bodies: members on a day as the sources print them, questions, and what is not known."""

from datetime import date

import pytest

from maatwerkbank.dossier.advice.bodies import FUNCTIONS, KINDS, bodies, body, criteria
from maatwerkbank.ground.errors import UnknownBody

CHAIRS = [
    (date(2023, 6, 1), "Carolien Gehrels"),
    (date(2025, 6, 30), "Ineke Dezentjé Hamming-Bluemink"),
    (date(2027, 5, 20), "Ineke Dezentjé Hamming-Bluemink"),
]


@pytest.mark.parametrize(("on", "name"), CHAIRS)
def test_it_knows_who_chaired_on_a_day(on, name):
    chairs = [seat.name for seat in body("amvi").members_on(on) if seat.function == "chair"]

    assert chairs == [name]


def test_the_committee_of_2025_has_six_members_and_three_of_them_sat_before():
    then = {seat.name for seat in body("amvi").members_on(date(2024, 1, 1))}
    now = {seat.name for seat in body("amvi").members_on(date(2025, 7, 1))}

    assert (len(then), len(now)) == (5, 6)
    assert then & now == {"Tanja Cuppen", "Pieter Boot", "Laurens de Vries"}


def test_nobody_is_a_member_before_it_was_set_up():
    assert body("amvi").members_on(date(2023, 2, 20)) == ()


def test_the_last_day_of_a_term_is_the_day_before_it_ends():
    term = body("amvi").terms[-1]

    assert term.runs_on(date(2027, 5, 20))
    assert not term.runs_on(date(2027, 5, 21))


def test_its_five_criteria_are_those_of_its_questions():
    assert body("amvi").criteria == (
        "ambition",
        "nitrogen_and_surroundings",
        "feasibility",
        "efficiency",
        "measurability",
    )


@pytest.mark.parametrize("identity", bodies())
def test_every_body_has_questions_of_its_own_on_known_criteria(identity):
    known = body(identity)

    assert known.questions
    assert set(known.criteria) <= set(criteria())
    assert known.kind in KINDS
    assert {seat.function for term in known.terms for seat in term.seats} <= set(FUNCTIONS)


@pytest.mark.parametrize("identity", bodies())
def test_a_quorum_that_nobody_read_is_not_made_up(identity):
    assert body(identity).quorum is None
    assert body(identity).quorum_because.nl


def test_a_body_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnknownBody, match="amvi"):
        body("raad-van-state")
