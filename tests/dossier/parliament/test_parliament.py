# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Parliament: as shipped, as known on a day, and how a commitment stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.parliament.register import (
    Commitment,
    Parliament,
    ParliamentLetter,
    Report,
)
from maatwerkbank.dossier.parliament.shipped import shipped_parliament, told_parliament
from maatwerkbank.dossier.parliament.standing import (
    STATES,
    as_known_on,
    findings,
    in_order,
    reported_by,
    standing,
)
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import register
from maatwerkbank.sources.parliament.reference import Reference

LETTER = date(2025, 6, 30)
PAPER = Reference("kamerstuk", "31", "12345")
WORDS = Text(nl="iets", en="something")


def report(on: date, *, fulfils: bool = True, paper: Reference | None = PAPER) -> Report:
    return Report(on, WORDS, paper, fulfils, "kamerbrief-2025-06-30")


def commitment(*reports: Report, due: str | None = None) -> Commitment:
    return Commitment(
        id="one",
        number=None,
        text=WORDS,
        by="Kabinet",
        to="Tweede Kamer",
        made_on=date(2025, 1, 1),
        made_in=None,
        due=due,
        firms=(),
        reports=reports,
        source="kamerbrief-2025-06-30",
    )


@pytest.mark.parametrize(
    ("due", "reports", "state"),
    [
        (None, (), "open"),
        ("2025-12-31", (), "open"),
        ("2025-07", (), "open"),
        ("2025-07-28", (), "due_soon"),
        ("2025-06", (), "due_soon"),
        ("2025-06-29", (), "overdue"),
        ("2025-05", (), "overdue"),
        (None, (report(date(2025, 3, 1), fulfils=False),), "partly"),
        ("2025-06-29", (report(date(2025, 3, 1), fulfils=False),), "overdue"),
        ("2025-06-29", (report(LETTER),), "fulfilled"),
        (None, (report(date(2025, 7, 1)),), "open"),
    ],
)
def test_a_state_follows_from_reports_and_the_due_day(due, reports, state):
    assert standing(commitment(*reports, due=due), LETTER).state == state


def test_an_unknown_due_day_says_so():
    stands = standing(commitment(), LETTER)

    assert (stands.due, stands.days) == (None, None)


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
reports = st.lists(st.builds(lambda on, fulfils: report(on, fulfils=fulfils), days, st.booleans()))
dues = st.none() | days.map(date.isoformat)


@given(dues, reports, days, st.integers(0, 900))
def test_once_fulfilled_stays_fulfilled(due, told, on, later):
    made = commitment(*told, due=due)

    if standing(made, on).state == "fulfilled":
        assert standing(made, on + timedelta(days=later)).state == "fulfilled"
        assert standing(made, on + timedelta(days=later)).told == standing(made, on).told


@given(dues, reports, days)
def test_what_came_later_changes_nothing(due, told, on):
    made = commitment(*told, due=due)
    then = replace(made, reports=tuple(each for each in told if each.on <= on))

    assert standing(made, on) == standing(then, on)


@given(dues, reports, days)
def test_a_report_never_makes_it_worse(due, told, on):
    stays = standing(commitment(*told, due=due), on)
    ended = standing(commitment(*told, report(on), due=due), on)

    assert ended.state == "fulfilled"
    assert stays.state in STATES


# ── findings ──────────────────────────────────────────────────────────────────────────────────


def codes(parliament: Parliament) -> list[str]:
    return [each.code for each in findings(parliament, {})]


def test_it_finds_what_is_overdue_without_evidence_or_told_by_an_unknown_letter():
    overdue = commitment(due="2025-05-31")
    words_only = commitment(report(LETTER, paper=None))
    unknown = commitment(report(LETTER))

    assert codes(Parliament(LETTER, (overdue,))) == ["commitment.overdue"]
    assert codes(Parliament(LETTER, (words_only,))) == ["commitment.without-evidence"]
    assert codes(Parliament(LETTER, (unknown,))) == ["commitment.letter-unknown"]


def test_it_finds_nothing_where_the_letter_is_in_the_register():
    letter = ParliamentLetter("letter", PAPER, "Brief", LETTER, "kamerbrief-2025-06-30")

    assert codes(Parliament(LETTER, (commitment(report(LETTER)),), letters=(letter,))) == []


def test_a_number_that_cannot_be_read_is_found():
    odd = replace(commitment(), number="toezegging 136")

    assert codes(Parliament(LETTER, (odd,))) == ["reference.unreadable"]


# ── the shipped register ──────────────────────────────────────────────────────────────────────


def test_the_letter_of_30_june_ended_what_it_says_it_ended():
    ended = reported_by(shipped_parliament(LETTER), "kst-29826-260")

    assert [each.id for each, told in ended if told.fulfils] == [
        "progress-per-firm",
        "departments-together",
        "reply-boutkan",
    ]


def test_before_the_letter_these_were_open():
    stands = {each.id: how.state for each, how in in_order(shipped_parliament(date(2025, 6, 29)))}

    assert stands == {
        "progress-per-firm": "partly",
        "departments-together": "open",
        "reply-boutkan": "open",
    }


def test_a_promised_letter_is_overdue_only_after_the_half_year():
    def state(on: date) -> str:
        return {each.id: how.state for each, how in in_order(shipped_parliament(on))}[
            "future-of-industry"
        ]

    assert state(LETTER) == "open"
    assert state(date(2025, 12, 10)) == "due_soon"
    assert state(date(2026, 1, 1)) == "overdue"


def test_the_answers_on_the_motion_are_those_of_the_day():
    def motion(on: date) -> Text | None:
        return next(m for m in shipped_parliament(on).motions if m.id == "abolish-levy").stance

    assert motion(date(2025, 6, 25)) is None
    assert "nul" in str(motion(date(2025, 7, 17)).nl)  # type: ignore[union-attr]
    assert "vast tarief" in str(motion(date(2025, 9, 16)).nl)  # type: ignore[union-attr]
    assert not shipped_parliament(date(2025, 6, 24)).motions


def test_it_doubts_the_references_that_the_letter_wrote():
    found = {(each.code, each.place) for each in findings(shipped_parliament(LETTER))}

    assert ("reference.number", "motions.prospects-of-industry") in found
    assert ("reference.month", "commitments.departments-together") in found
    assert ("reference.case-year", "letters.dow") in found
    assert (
        "reference.cited-twice",
        "commitments.progress-per-firm, commitments.departments-together",
    ) in found
    assert len(found) == 4


@given(st.dates(date(2022, 1, 1), date(2026, 6, 30)), st.integers(0, 900))
def test_the_shipped_register_only_grows(on, later):
    then, after = shipped_parliament(on), shipped_parliament(on + timedelta(days=later))

    assert {each.id for each in then.commitments} <= {each.id for each in after.commitments}
    assert {each.id for each in then.letters} <= {each.id for each in after.letters}
    assert all(told.on <= on for each in then.commitments for told in each.reports)
    assert all(each.on is None or each.on <= on for each in then.motions)
    assert all(each.answered is None or each.answered.on <= on for each in then.questions)


@given(st.dates(date(2022, 1, 1), LETTER))
def test_looking_back_in_a_later_register_shows_no_more_than_was_known(on):
    back = as_known_on(shipped_parliament(LETTER), on)

    assert back.commitments == shipped_parliament(on).commitments
    assert back.debates == shipped_parliament(on).debates


def test_every_firm_of_the_register_of_parliament_is_a_firm_of_the_portfolio():
    told = told_parliament()
    named = {
        firm
        for rows in (told.commitments, told.motions, told.letters, told.debates, told.questions)
        for row in rows
        for firm in row.firms
    }

    assert named <= {firm.id for firm in register(LETTER)}
