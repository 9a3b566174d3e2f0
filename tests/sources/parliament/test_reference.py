# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""References to papers of Parliament, in all the ways in which they are written."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.sources.parliament.reference import Reference, reference, references_in

# What is written, and the identity and session of the paper that it means.
CORPUS = [
    ("Kamerstuk 2024/2025, 29 826, nr. 260", "kst-29826-260", "2024-2025"),
    ("Kamerstuk 2024/25, 29 826, nr. 260.", "kst-29826-260", "2024-2025"),
    ("Kamerstuk 2024–2025, 29 826, nr 260", "kst-29826-260", "2024-2025"),
    ("Kamerstukken II 2024/25, 29.826, nr. 260", "kst-29826-260", "2024-2025"),
    ("Kamerstuk 29826, nr. 260", "kst-29826-260", None),
    ("Kamerstuk 29\u00a0826, nr. 260", "kst-29826-260", None),
    ("29 826, nr. 260", "kst-29826-260", None),
    ("29826-260", "kst-29826-260", None),
    ("kst-29826-177", "kst-29826-177", None),
    ("Parliamentary paper 2024/25, 29 826, no. 260", "kst-29826-260", "2024-2025"),
    ("Kamerstuk 2022/23, 36 200 XIII, nr. 116", "kst-36200-XIII-116", "2022-2023"),
    ("kst-36200-XIII-116", "kst-36200-XIII-116", None),
    ("Kamerstuk 2024/2025, 21 501-30, nr. 621", "kst-21501-30-621", "2024-2025"),
    ("21 501-30, nr. 621", "kst-21501-30-621", None),
    ("kst-21501-30-621", "kst-21501-30-621", None),
    ("21501-30", "kst-21501-30", None),
    ("22 112", "kst-22112", None),
    ("36 200 XIII", "kst-36200-XIII", None),
    ("Kamerstukken I 2024/25, 36 725, A", "kst-36725-A", "2024-2025"),
    ("Kamerstuk 1999/2000, 26 800 XIII, nr. 4", "kst-26800-XIII-4", "1999-2000"),
    ("TZ202410-136", "TZ202410-136", None),
    ("Toezegging TZ202410-136", "TZ202410-136", None),
    ("2025Z06432", "2025Z06432", None),
    ("Zaak 2025Z06432", "2025Z06432", None),
    ("Kamerstuk 2024/25, Z06432", "Z06432", "2024-2025"),
    ("Staatscourant 2025, 20039", "stcrt-2025-20039", "2025"),
    ("Stcrt. 2025, 20039", "stcrt-2025-20039", "2025"),
    ("Stcrt 2025, nr. 20039", "stcrt-2025-20039", "2025"),
    ("stcrt-2025-20039", "stcrt-2025-20039", "2025"),
]
NO_REFERENCE = [
    "",
    "30 juni 2025",
    "29 826",
    "nr. 260",
    "TZ2024-136",
    "tel. 070-12345",
    "29 826, nr. 176 en 29 826, nr. 177",
    "1234-56789-0",
    "2025D31003",
]


@pytest.mark.parametrize(("text", "identity", "session"), CORPUS)
def test_it_reads_every_way_of_writing(text, identity, session):
    found = reference(text)

    assert found is not None
    assert (found.identity, found.session) == (identity, session)


@pytest.mark.parametrize("text", [text for text in NO_REFERENCE if text != "29 826"])
def test_it_makes_no_reference_of_something_else(text):
    assert reference(text) is None


@pytest.mark.parametrize("text", [text for text in NO_REFERENCE if " en " not in text])
def test_it_finds_none_in_a_text_without(text):
    assert references_in(f"Zie {text} hierover.") == ()


def test_it_says_where_in_the_text_each_reference_stands():
    text = "Zie Kamerstuk 29 826, nr. 176, TZ202410-136 en Stcrt. 2025, 20039 (kst-29826-177)."

    found = references_in(text)

    assert [each.reference.identity for each in found] == [
        "kst-29826-176",
        "TZ202410-136",
        "stcrt-2025-20039",
        "kst-29826-177",
    ]
    assert all(text[each.start : each.end] == each.text for each in found)


def test_a_reference_may_run_over_the_end_of_a_line():
    assert references_in("Kamerstuk 2024/2025, 29\n826, nr. 260")[0].reference.number == "260"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("29 826, nr. 260", "https://zoek.officielebekendmakingen.nl/kst-29826-260.html"),
        ("36 200 XIII, nr. 116", "https://zoek.officielebekendmakingen.nl/kst-36200-XIII-116.html"),
        ("21 501-30, nr. 621", "https://zoek.officielebekendmakingen.nl/kst-21501-30-621.html"),
        ("Stcrt. 2025, 20039", "https://zoek.officielebekendmakingen.nl/stcrt-2025-20039.html"),
        ("TZ202410-136", None),
        ("2025Z06432", None),
        ("22 112", None),
    ],
)
def test_it_gives_an_address_where_its_pattern_is_sure(text, address):
    found = reference(text)

    assert found is not None
    assert found.address() == address


def test_it_is_written_in_one_way_in_each_language():
    found = reference("Kamerstukken II 2022-2023, 36200 XIII, nr 116")

    assert found is not None
    assert found.written() == "Kamerstuk 2022/23, 36 200 XIII, nr. 116"
    assert found.written("en") == "Parliamentary paper 2022/23, 36 200 XIII, no. 116"


# ── properties ────────────────────────────────────────────────────────────────────────────────

years = st.integers(1995, 2098)
sessions = st.none() | years.map(lambda year: f"{year}-{year + 1}")
dossiers = st.integers(10_000, 99_999).map(str).filter(lambda number: number != "21501")
papers = st.builds(
    Reference,
    st.just("kamerstuk"),
    st.integers(1, 9_999).map(str) | st.sampled_from(["A", "B", "AB"]),
    dossiers,
    st.none()
    | st.sampled_from(["XIII", "XII", "M", "IXB"]).filter(lambda s: s != "M")
    | st.just("30"),
    sessions,
)
commitments = st.builds(
    lambda year, month, number: Reference("commitment", f"TZ{year}{month:02}-{number:03}"),
    years,
    st.integers(1, 12),
    st.integers(1, 999),
)
cases = st.builds(
    lambda year, number: Reference("case", f"{year}Z{number:05}"), years, st.integers(1, 99_999)
) | st.builds(
    lambda number, session: Reference("case", f"Z{number:05}", session=session),
    st.integers(1, 99_999),
    sessions,
)
gazettes = st.builds(
    lambda year, number: Reference("gazette", str(number), session=str(year)),
    years,
    st.integers(1, 99_999),
)


@given(papers | commitments | cases | gazettes, st.sampled_from(["nl", "en"]))
def test_what_is_written_is_read_back(paper, language):
    written = paper.written(language)

    assert reference(written) == paper
    assert [each.reference for each in references_in(f"zie ({written}); en verder.")] == [paper]


@given(papers | gazettes)
def test_the_end_of_an_address_is_a_reference_to_the_same_paper(paper):
    found = reference(paper.identity)

    assert found is not None
    assert found.identity == paper.identity


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text):
    found = references_in(text)

    assert all(first.end <= second.start for first, second in pairwise(found))


# ── the letter ────────────────────────────────────────────────────────────────────────────────

NOTES = {
    3: "kst-30872-306",
    4: "kst-21501-30-621",
    5: "kst-33043-114",
    7: "TZ202410-136",
    8: "kst-29826-203",
    9: "kst-29826-234",
    10: "kst-36200-XIII-116",
    11: "kst-33043-114",
    12: "kst-36725-11",
    13: "kst-22112-4044",
    14: "TZ202410-136",
    15: "Z06432",
    16: "kst-33043-114",
    17: "stcrt-2025-20039",
    18: "kst-29826-214",
    19: "kst-29826-259",
    20: "kst-21501-30-621",
    21: "kst-33043-114",
    22: "kst-29826-2050",
}


def notes_of(letter: Path) -> dict[int, str]:
    """The notes of the letter by number; a note is a line that begins with its number."""
    found: dict[int, str] = {}
    for line in letter.read_text("utf-8").splitlines():
        begins = re.match(r"^(\d{1,2}) (.+)", line.strip())
        if begins and int(begins[1]) == len(found) + 1:
            found[int(begins[1])] = begins[2]
    return found


def test_it_reads_the_notes_of_the_letter(shared):
    notes = notes_of(shared / "domain" / "kamerbrief_2025-06-30.txt")
    found = {number: references_in(note) for number, note in notes.items()}

    assert len(notes) == 22
    assert {number: each[0].reference.identity for number, each in found.items() if each} == NOTES
    assert all(len(each) <= 1 for each in found.values())
