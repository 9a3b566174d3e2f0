# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which references cannot be right, by numbers and days that are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.sources.parliament.doubts import Citation, doubts, doubts_of_all, unreadable
from maatwerkbank.sources.parliament.papers import Mark, highest_on, known_papers, session_of
from maatwerkbank.sources.parliament.reference import Reference, reference, references_in

LETTER = date(2025, 6, 30)
# A made-up dossier: ten papers a year, from 2020 on.
KNOWN = {
    "12345": (Mark(10, date(2020, 10, 1)), Mark(20, date(2021, 10, 1)), Mark(30, date(2022, 10, 1)))
}


def cited(text: str, **beside: object) -> Citation:
    found = reference(text)
    assert found is not None
    return Citation(found, "here", **beside)  # type: ignore[arg-type]


def codes(*findings: object) -> list[str]:
    return [each.code.removeprefix("reference.") for each in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "session"),
    [
        (date(2024, 9, 16), "2023-2024"),
        (date(2024, 9, 17), "2024-2025"),
        (date(2025, 6, 30), "2024-2025"),
        (date(2025, 9, 15), "2024-2025"),
        (date(2025, 9, 16), "2025-2026"),
        (date(2026, 1, 1), "2025-2026"),
    ],
)
def test_a_session_begins_on_the_third_tuesday_of_september(day, session):
    assert session_of(day) == session


@pytest.mark.parametrize(
    ("text", "beside", "expected"),
    [
        ("12 345, nr. 31", {"cited_on": date(2022, 12, 1)}, []),
        ("12 345, nr. 300", {"cited_on": date(2022, 12, 1)}, ["number"]),
        ("12 345, nr. 25", {"cited_on": date(2021, 6, 1)}, ["number"]),
        ("12 345, nr. 15", {"about": date(2021, 12, 1)}, ["number"]),
        ("12 345, nr. 15", {"about": date(2021, 3, 1)}, []),
        ("12 345, nr. 300", {}, []),
        ("54 321, nr. 300", {"cited_on": date(2022, 12, 1)}, []),
        ("Kamerstuk 2020/21, 12 345, nr. 15", {}, []),
        ("Kamerstuk 2021/22, 12 345, nr. 15", {}, []),
        ("Kamerstuk 2019/20, 12 345, nr. 15", {}, ["session"]),
        ("Kamerstuk 2022/23, 12 345, nr. 15", {}, ["session"]),
        ("Kamerstuk 2021/22, 12 345, nr. 10", {}, ["session"]),
        ("Kamerstuk 2024/25, 12 345, nr. 31", {"cited_on": date(2022, 12, 1)}, ["session"]),
        ("Kamerstuk 2024/26, 54 321, nr. 1", {}, ["session-none"]),
        ("TZ202410-136", {"about": date(2024, 10, 17)}, []),
        ("TZ202411-136", {"about": date(2024, 10, 31)}, []),
        ("TZ202410-136", {"about": date(2025, 3, 20)}, ["month"]),
        ("TZ202410-136", {}, []),
        ("2025Z06432", {}, []),
        ("Kamerstuk 2024/25, Z06432", {}, ["case-year"]),
        ("Stcrt. 2025, 20039", {"cited_on": LETTER}, []),
    ],
)
def test_it_doubts_what_does_not_fit(text, beside, expected):
    assert codes(*doubts(cited(text, **beside), KNOWN)) == expected


def test_a_doubt_names_the_numbers_beside_it_and_what_may_be_meant():
    (found,) = doubts(cited("12 345, nr. 302", cited_on=date(2022, 12, 1)), KNOWN)

    assert found.severity == "warning"
    assert "nr. 30 van 1 oktober 2022" in found.found_text("nl")
    assert "no. 30 of 1 October 2022" in found.found_text("en")
    assert "30, 32" in str(found.remedy)


def test_one_number_for_two_debates_is_doubted_at_both_places():
    first = Citation(Reference("commitment", "TZ202410-136"), "note 7", about=date(2024, 10, 17))
    second = Citation(Reference("commitment", "TZ202410-136"), "note 14", about=date(2024, 10, 24))

    (found,) = doubts_of_all((first, second), KNOWN)

    assert (found.code, found.place) == ("reference.cited-twice", "note 7, note 14")


def test_one_number_for_two_things_is_doubted_and_twice_the_same_is_not():
    paper = Reference("kamerstuk", "15", "12345")
    same = [Citation(paper, place, thing="a motion") for place in ("a", "b")]

    assert doubts_of_all(same, KNOWN) == ()
    assert codes(*doubts_of_all((*same, Citation(paper, "c", thing="a letter")), KNOWN)) == [
        "cited-twice"
    ]


def test_what_cannot_be_read_is_said():
    assert codes(*unreadable("brief van de minister", "reports")) == ["unreadable"]
    assert unreadable("29 826, nr. 260", "reports") == unreadable(" ", "reports") == ()


@given(st.integers(0, 4_000), st.integers(0, 400))
def test_the_highest_number_of_a_dossier_never_falls(day, later):
    first = date(2020, 10, 1) + timedelta(days=day)

    lower = highest_on(first, KNOWN["12345"])
    higher = highest_on(first + timedelta(days=later), KNOWN["12345"])

    assert lower is not None
    assert higher is not None
    assert higher >= lower or first < KNOWN["12345"][-1].on


def test_what_a_source_dates_is_never_doubted():
    for dossier, marks in known_papers().items():
        for mark in marks:
            paper = Reference("kamerstuk", str(mark.number), dossier, None, session_of(mark.on))
            assert doubts(Citation(paper, "here", mark.on, mark.on)) == ()


def test_numbers_and_days_of_a_dossier_rise_together():
    for marks in known_papers().values():
        assert list(marks) == sorted(marks, key=lambda mark: mark.number)
        assert list(marks) == sorted(marks, key=lambda mark: mark.on)


def test_it_finds_what_is_doubtful_in_the_letter(shared):
    """Note 8: of an earlier session. 14: the number of another debate. 15: no year. 22: no such
    number. And one number of a commitment that stands for two debates."""
    text = (shared / "domain" / "kamerbrief_2025-06-30.txt").read_text("utf-8")
    debates = iter((date(2024, 10, 17), date(2025, 3, 20)))
    found = doubts_of_all(
        [
            Citation(
                each.reference,
                each.text,
                LETTER,
                next(debates) if each.reference.kind == "commitment" else None,
            )
            for each in references_in(text)
        ]
    )

    assert [(code, each.place) for code, each in zip(codes(*found), found, strict=True)] == [
        ("session", "Kamerstuk 2024/25, 29 826, nr. 203"),
        ("month", "Toezegging TZ202410-136"),
        ("case-year", "Kamerstuk 2024/25, Z06432"),
        ("number", "Kamerstuk 2024/2025, 29 826, nr. 2050"),
        ("cited-twice", "TZ202410-136, Toezegging TZ202410-136"),
    ]
