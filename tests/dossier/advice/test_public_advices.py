# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advices on real firms: what a source says, and nothing more."""

from maatwerkbank.dossier.advice.advice import VERDICTS
from maatwerkbank.dossier.advice.bodies import body, criteria
from maatwerkbank.dossier.advice.public_advices import public_advices
from maatwerkbank.ground.dates import last_day
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import events

ALL = [(firm, each) for firm, told in public_advices().items() for each in told]


def test_three_firms_have_a_public_advice():
    assert {firm: each.given for firm, each in ALL} == {
        "nobian": "2023-06",
        "yara": "2023-10",
        "anqore": None,
    }


def test_what_no_source_says_is_absent():
    assert {each.verdict for _, each in ALL} == {None}
    assert {each.asked for _, each in ALL} == {None}
    assert public_advices()["anqore"][0].told == ()


def test_every_verdict_and_criterion_is_known():
    for _, each in ALL:
        assert each.verdict is None or each.verdict in VERDICTS
        assert {point.criterion for point in each.told} <= {None, *body(each.body).criteria}
        assert {point.criterion for point in each.told} <= {None, *criteria()}


def test_it_says_what_the_register_says_of_the_stage_of_advice():
    for firm, each in ALL:
        (stage,) = (
            event
            for event in events(firm, PORTFOLIO_DATE)
            if event.kind == "stage" and event.body["stage"] == "advice"
        )
        assert (stage.when, stage.source) == (each.given, each.source)
        assert last_day(each.given or each.known_by.isoformat()) == each.known_by
