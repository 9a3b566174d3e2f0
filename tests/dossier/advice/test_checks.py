# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What advices and reviews say at a gate."""

from dataclasses import replace
from datetime import date

from maatwerkbank.dossier.advice.checks import (
    advice_given_and_answered,
    no_blocking_review_finding,
)
from maatwerkbank.dossier.evidence import AdviceFact, Evidence, ReviewFact

ON = date(2025, 9, 1)
ADVICE = AdviceFact("amvi", "e" * 64, ON, ON, "positive", 4, ON, "f" * 64)
REVIEW = ReviewFact("project_review", "Een deskundige", ON, findings=5, open=2, blocking_open=0)


def test_an_answered_advice_meets_it_and_rests_on_the_set_and_the_advice():
    found = advice_given_and_answered(Evidence(advices=(ADVICE,)))

    assert found.met
    assert found.rests_on == ("e" * 64, "f" * 64)
    assert "4 aanbevelingen" in found.because.nl


def test_it_waits_for_every_advice_that_was_asked():
    health = replace(ADVICE, body="health_experts_ijmond", given_on=None, answered_on=None)
    unanswered = replace(ADVICE, answered_on=None)

    assert not advice_given_and_answered(Evidence(advices=(ADVICE, health))).met
    assert (
        "niet beantwoord" in advice_given_and_answered(Evidence(advices=(unanswered,))).because.nl
    )
    assert not advice_given_and_answered(Evidence()).met


def test_another_body_does_not_stand_in_for_the_committee():
    other = replace(ADVICE, body="environmental_assessment")

    assert not advice_given_and_answered(Evidence(advices=(other,))).met


def test_a_review_that_nobody_recorded_or_that_did_not_report_cannot_be_judged():
    silent = replace(REVIEW, reported_on=None)

    assert not no_blocking_review_finding(Evidence()).met
    assert not no_blocking_review_finding(Evidence(reviews=(REVIEW, silent))).met


def test_only_what_blocks_holds_the_gate_shut():
    blocked = replace(REVIEW, blocking_open=1)

    assert no_blocking_review_finding(Evidence(reviews=(REVIEW,))).met
    assert not no_blocking_review_finding(Evidence(reviews=(REVIEW, blocked))).met
