# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The negotiation: an offer stays within what was allowed, by whom and until when."""

from datetime import date

from maatwerkbank.dossier.agreement.negotiation import (
    MOVES,
    SIDES,
    SUBJECTS,
    Mandate,
    Move,
    lacks_of_mandate,
    mandate_on,
    outside,
)

JUNE = date(2026, 6, 30)


def mandate(subject: str = "subsidy_eur", **given: object) -> Mandate:
    fields = {
        "given_by": "de minister",
        "low": None,
        "high": 50_000_000.0,
        "since": date(2026, 1, 1),
        "until": JUNE,
        **given,
    }
    return Mandate(subject, **fields)  # type: ignore[arg-type]


def offer(amount: float | None, on: date = date(2026, 5, 1), **given: str) -> Move:
    told = {"kind": "offer", "side": "state", "subject": "subsidy_eur", **given}
    return Move(amount=amount, on=on, **told)


def test_within_the_mandate_nothing_is_found() -> None:
    assert outside(offer(50_000_000.0), [mandate()]) == ()


def test_beyond_it_the_finding_says_whose_mandate_and_by_how_much() -> None:
    (found,) = outside(offer(62_000_000.0), [mandate()])
    assert found.code == "negotiation.outside-mandate"
    assert found.found_text("nl") == (
        "verwacht ten hoogste 50.000.000 EUR, volgens het mandaat van de minister; "
        "gevonden 62.000.000 EUR: 12.000.000 meer"
    )


def test_less_than_the_least_is_outside_too() -> None:
    least = mandate("additional_t", low=300_000.0, high=None)
    (found,) = outside(offer(250_000.0, subject="additional_t"), [least])
    assert "50.000 minder" in found.found_text("nl")


def test_after_its_end_it_holds_no_more() -> None:
    (found,) = outside(offer(1.0, date(2026, 7, 1)), [mandate()])
    assert found.code == "negotiation.mandate-ended"
    assert outside(offer(1.0, JUNE), [mandate()]) == ()


def test_without_a_mandate_nothing_may_be_offered() -> None:
    (found,) = outside(offer(None, subject="permits"), [mandate()])
    assert found.code == "negotiation.no-mandate"


def test_asks_and_moves_of_the_company_need_none() -> None:
    assert outside(offer(9e9, kind="ask"), []) == ()
    assert outside(offer(9e9, side="company"), []) == ()


def test_the_last_given_mandate_counts() -> None:
    wider = mandate(high=80_000_000.0, since=date(2026, 4, 1))
    assert mandate_on([wider, mandate()], "subsidy_eur", date(2026, 5, 1)) == wider
    assert mandate_on([wider, mandate()], "subsidy_eur", date(2026, 3, 1)) == mandate()


def test_a_range_upside_down_and_an_early_end_are_found() -> None:
    wrong = mandate(low=60_000_000.0, until=date(2025, 1, 1))
    assert [each.place for each in lacks_of_mandate(wrong)] == ["high", "until"]
    assert lacks_of_mandate(mandate()) == ()


def test_words_are_there_in_both_languages() -> None:
    for text in (*MOVES.values(), *SIDES.values(), *(each.label for each in SUBJECTS.values())):
        assert text.nl
        assert text.en
