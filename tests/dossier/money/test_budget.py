# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money: what is booked stays within the envelope, what is paid within what is due."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.money import Entry, Envelope, lacks_of_entry, position
from maatwerkbank.dossier.money.amounts import NIL, cents, parts_of
from maatwerkbank.dossier.money.budget import left
from maatwerkbank.dossier.money.cover import (
    Cover,
    DatedFact,
    enough_reserved,
    parliament_before_signing,
    reservation_clause,
    text_and_money_agree,
)
from maatwerkbank.dossier.money.text_and_money import differences
from maatwerkbank.ground.language import Text

D = Decimal
CLIMATE = Envelope(
    "klimaat",
    Text(nl="Klimaatfonds", en="Climate Fund"),
    "art. 4",
    {2027: D("100.00"), 2028: D("50.00")},
)


def entry(state: str, amount: str, year: int = 2027, dossier: str = "zout") -> Entry:
    return Entry(dossier, year, state, D(amount))


BOOKED = (entry("reserved", "60"), entry("committed", "40"), entry("paid", "10"))


def test_it_says_what_stands_in_each_state_and_what_is_left():
    found = position(BOOKED, year=2027)

    assert (found.reserved, found.committed, found.paid) == (D(60), D(40), D(10))
    assert (found.free, found.open) == (D(20), D(30))
    assert left(CLIMATE, BOOKED, 2027) == D(40)
    assert left(CLIMATE, BOOKED, 2029) is None


def test_it_books_what_fits():
    assert lacks_of_entry(CLIMATE, BOOKED, entry("reserved", "40")) == []
    assert lacks_of_entry(CLIMATE, BOOKED, entry("committed", "20")) == []
    assert lacks_of_entry(CLIMATE, BOOKED, entry("paid", "30")) == []
    assert lacks_of_entry(CLIMATE, BOOKED, entry("reserved", "-20")) == []


def test_each_refusal_says_how_much_is_left():
    said = [
        lacks_of_entry(CLIMATE, BOOKED, new)[0].expected
        for new in (
            entry("reserved", "40.01"),
            entry("committed", "20.01"),
            entry("paid", "30.01"),
            entry("reserved", "-20.01"),
        )
    ]

    assert [str(each).split(":")[0] for each in said] == [
        "at most €40",
        "at most €20",
        "at most €30",
        "at most €20 back",
    ]


def test_money_of_another_dossier_cannot_be_committed():
    (found,) = lacks_of_entry(CLIMATE, BOOKED, entry("committed", "1", dossier="staal"))

    assert "at most €0" in str(found.expected)


def test_a_year_that_the_envelope_lacks_is_refused():
    (found,) = lacks_of_entry(CLIMATE, BOOKED, entry("reserved", "1", year=2031))

    assert (found.place, str(found.expected)) == ("year", "one of 2027, 2028")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["reserved", "committed", "paid"]),
            st.integers(-12_000, 12_000),
            st.sampled_from(["zout", "staal"]),
        ),
        max_size=30,
    )
)
def test_whatever_is_booked_paid_is_committed_is_reserved_is_in_the_envelope(tried):
    booked: list[Entry] = []
    for state, amount, dossier in tried:
        new = Entry(dossier, 2027, state, D(amount) / 100)
        if not lacks_of_entry(CLIMATE, booked, new):
            booked.append(new)

    total = position(booked, year=2027)

    assert 0 <= total.paid <= total.committed <= total.reserved <= D(100)
    for dossier in ("zout", "staal"):
        one = position(booked, dossier=dossier)
        assert 0 <= one.paid <= one.committed <= one.reserved


@given(
    st.integers(1, 10**12),
    st.lists(st.decimals("0.001", "0.2", places=3), min_size=1, max_size=5),
)
def test_parts_never_come_to_more_than_the_whole(amount, shares):
    whole = D(amount) / 100

    parts = parts_of(whole, shares)

    assert sum(parts, NIL) <= whole * sum(shares)
    assert whole * sum(shares) - sum(parts, NIL) < D("0.01")
    assert all(cents(each) == each for each in parts)


# ── cover ─────────────────────────────────────────────────────────────────────────────────────

TOLD = DatedFact(date(2026, 3, 1), "kamerbrief")


def test_it_asks_at_least_what_is_granted():
    assert not enough_reserved(Cover()).yes
    assert not enough_reserved(Cover(reserved=D(9), granted=D(10))).yes
    assert enough_reserved(Cover(reserved=D(10), granted=D(10))).yes
    assert enough_reserved(Cover(reserved=D(10))).yes


def test_parliament_comes_before_the_signing():
    before = Cover(facts={"parliament_told": TOLD, "signed": DatedFact(date(2026, 3, 2), "")})
    after = Cover(facts={"parliament_told": TOLD, "signed": DatedFact(date(2026, 3, 1), "")})

    assert parliament_before_signing(before).yes
    assert parliament_before_signing(Cover(facts={"parliament_told": TOLD})).yes
    assert not parliament_before_signing(after).yes
    assert not parliament_before_signing(Cover()).yes


def test_what_is_not_recorded_is_not_there():
    assert str(reservation_clause(Cover()).because).startswith("Not recorded")
    assert reservation_clause(Cover(facts={"reservation_clause": TOLD})).yes


# ── text and money ────────────────────────────────────────────────────────────────────────────


def test_a_text_that_names_no_amount_differs_from_nothing():
    assert differences(None, D(5), D(9)) == ()
    assert text_and_money_agree(Cover(reserved=D(5), granted=D(9))).yes


def test_a_lower_grant_is_what_at_most_allows():
    assert differences(D(30), D(30), D(25)) == ()
    assert differences(D(30), D(30), None) == ()


def test_each_amount_that_differs_is_named():
    short, granted = differences(D(30), D(20), D(35))

    assert str(short.expected) == "at most €30, says the text"
    assert str(short.found) == "€20 reserved"
    assert str(granted.found) == "€35 in the subsidy decision"
    (nothing,) = differences(D(30), None, None)
    assert str(nothing.found) == "nothing reserved"


def test_the_answer_says_all_amounts():
    answer = text_and_money_agree(Cover(D(20), D(35), promised=D(30)))

    assert not answer.yes
    assert str(answer.because) == "Text: at most €30; reserved: €20; granted: €35."


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_text_and_money_agree_only_on_the_same_amount(promised: Decimal, reserved: Decimal):
    assert (differences(promised, reserved, None) == ()) == (promised == reserved)
