# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tranches: what is due, what blocks it, and that paid stays within due and due within granted."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.money.amounts import NIL
from maatwerkbank.dossier.money.tranches import (
    Grant,
    Tranche,
    lacks_of_payment,
    lacks_of_tranches,
    standing_of,
)

D = Decimal
TODAY = date(2028, 5, 1)
GRANT = Grant(D("1000.00"), date(2026, 1, 1), date(2026, 2, 1))
DONE = {"reached_on": date(2027, 1, 1), "evidence_accepted": True}


def test_a_tranche_is_due_when_nothing_blocks_it():
    first, second = standing_of(
        GRANT, [Tranche("a", share=D("0.4"), **DONE), Tranche("b", amount=D("600"))], TODAY
    )

    assert (first.due, first.blocked_by) == (D("400.00"), ())
    assert (second.due, second.blocked_by) == (NIL, ("milestone", "evidence"))


def test_a_part_is_held_back_until_the_result_is_verified():
    waiting = Tranche("a", amount=D("400.00"), holdback=D("0.25"), **DONE)
    verified = Tranche("a", amount=D("400.00"), holdback=D("0.25"), result_verified=True, **DONE)

    (before,) = standing_of(GRANT, [waiting], TODAY)
    (after,) = standing_of(GRANT, [verified], TODAY)

    assert (before.due, before.held_back, before.blocked_by) == (D(300), D(100), ("holdback",))
    assert (after.due, after.held_back, after.blocked_by) == (D(400), NIL, ())


def test_what_is_lost_of_a_holdback_is_never_due():
    lost = Tranche(
        "a", amount=D("400.00"), holdback=D("0.25"), result_verified=True, lost=D(15), **DONE
    )

    (found,) = standing_of(GRANT, [lost], TODAY)

    assert (found.due, found.held_back, found.blocked_by) == (D(385), D(15), ())


def test_it_gives_every_reason_at_once():
    undecided = Grant(D("1000.00"), None)

    (found,) = standing_of(
        undecided, [Tranche("a", share=D(1))], TODAY, open_points=["reports_late"]
    )

    assert found.blocked_by == (
        "no_decision",
        "standstill",
        "reports_late",
        "milestone",
        "evidence",
    )
    assert len(lacks_of_payment(found, D(1))) == 6


def test_tranches_never_come_to_more_than_the_grant():
    fits = [Tranche("a", share=D("0.4")), Tranche("b", amount=D("600.00"))]
    over = [Tranche("a", share=D("0.4")), Tranche("b", amount=D("600.01"))]

    assert lacks_of_tranches(GRANT, fits) == []
    (found,) = lacks_of_tranches(GRANT, over)
    assert "at most €1,000 together" in str(found.expected)


def test_a_tranche_is_an_amount_or_a_share():
    both = Tranche("a", amount=D(1), share=D("0.1"))

    assert [each.place for each in lacks_of_tranches(GRANT, [both, Tranche("b")])] == ["a", "b"]


@st.composite
def stories(draw):
    """A grant, its tranches, and payments that somebody tries one after another."""
    tranches = [
        Tranche(
            str(number),
            share=draw(st.decimals("0.001", "0.25", places=3)),
            holdback=draw(st.decimals("0", "0.9", places=2)),
            reached_on=draw(st.sampled_from([None, date(2027, 1, 1), date(2029, 1, 1)])),
            evidence_accepted=draw(st.booleans()),
            result_verified=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    tries = draw(
        st.lists(
            st.tuples(st.integers(0, len(tranches) - 1), st.integers(-100, 90_000)), max_size=8
        )
    )
    ended = draw(st.sampled_from([None, date(2026, 2, 1), date(2029, 1, 1)]))
    return Grant(D("1000.01"), date(2026, 1, 1), ended), tranches, tries


@given(stories())
def test_paid_never_exceeds_due_and_due_never_exceeds_granted(story):
    grant, tranches, tries = story
    for place, tried in tries:
        amount = D(tried) / 100
        standing = standing_of(grant, tranches, TODAY)[place]
        if not lacks_of_payment(standing, amount):
            old = tranches[place]
            tranches[place] = Tranche(
                old.key,
                share=old.share,
                holdback=old.holdback,
                reached_on=old.reached_on,
                evidence_accepted=old.evidence_accepted,
                result_verified=old.result_verified,
                paid=old.paid + amount,
            )

    found = standing_of(grant, tranches, TODAY)

    assert lacks_of_tranches(grant, tranches) == []
    assert all(0 <= each.tranche.paid <= each.due <= each.amount for each in found)
    assert sum((each.due for each in found), NIL) <= grant.amount
