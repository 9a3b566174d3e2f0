# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list: its state, everything it lacks at once, and the inventory that comes of it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.disclosure.examples import DAY, FIRM, heard, paper, passage

from maatwerkbank.dossier.confidentiality import GROUNDS
from maatwerkbank.dossier.disclosure.grounds import (
    ALL_GROUNDS,
    About,
    is_old,
    mark_of,
    may_be_withheld,
)
from maatwerkbank.dossier.disclosure.inventory import (
    COLUMNS,
    as_csv,
    grounds_in,
    inventory_rows,
    sealed,
)
from maatwerkbank.dossier.disclosure.judging import lacks_of
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS, WorkList
from maatwerkbank.letter.inventory_document import inventory_text
from maatwerkbank.letter.odt import odt

TODAY = date(2026, 3, 10)


def told(work: WorkList, today: date = TODAY) -> list[tuple[str, str]]:
    return [(each.place, str(each.expected)) for each in lacks_of(work, today)]


# ── grounds ───────────────────────────────────────────────────────────────────────────────────


def test_every_ground_has_a_mark_of_its_own():
    marks = [mark_of(each) for each in ALL_GROUNDS]

    assert len(set(marks)) == len(marks) == len(GROUNDS) + 1
    assert (mark_of("bedrijfsgegevens"), mark_of("functioneren_staat")) == ("5.1.1.c", "5.1.2.i")


@given(st.sampled_from(sorted(ALL_GROUNDS)), st.booleans(), st.booleans())
def test_emission_data_are_withheld_on_no_ground_at_all(ground, environmental, in_confidence):
    about = About(
        emission_data=True, environmental=environmental, supplied_in_confidence=in_confidence
    )

    assert not may_be_withheld(ground, about).allowed


def test_a_business_secret_must_have_been_given_in_confidence():
    assert not may_be_withheld("bedrijfsgegevens", About()).allowed
    assert may_be_withheld("bedrijfsgegevens", About(supplied_in_confidence=True)).allowed
    assert "paragraph 4" in str(
        may_be_withheld("beleidsopvattingen", About(environmental=True)).because
    )


def test_a_paper_is_old_after_five_years_and_never_by_guessing():
    assert is_old("2021-02", date(2026, 3, 2))
    assert not is_old("2021-03", date(2026, 3, 2))
    assert not is_old(None, date(2026, 3, 2))


# ── what lacks ────────────────────────────────────────────────────────────────────────────────


def test_all_that_lacks_is_told_at_once():
    work = WorkList(
        DAY,
        papers=(
            paper(1, judgement=""),
            paper(2, judgement="withhold"),
            paper(3, judgement="partly", passages=(passage(reason=" "),)),
            paper(4, judgement="partly"),
            paper(5, judgement="already_public"),
            paper(6, judgement="outside"),
            paper(7, claims=("p. 3",), concerns=(FIRM,)),
            paper(8, judgement="partly", dated="2019", passages=(passage(ground="levenssfeer"),)),
            paper(9, passages=(passage(),)),
        ),
        heard=(heard(), heard(viewed_on=TODAY, objects=True, view="nee")),
    )

    assert told(work) == [
        ("1. Brief 1", "a judgement"),
        ("2. Brief 2", "a ground of the Woo"),
        ("3. Brief 3", "reasons"),
        ("4. Brief 4", "at least one withheld passage"),
        ("5. Brief 5", "the place where it is public"),
        ("6. Brief 6", "reasons"),
        ("7. Brief 7: p. 3", "an answer"),
        ("8. Brief 8", "why the ground still outweighs after five years (Woo 5.3)"),
        ("9. Brief 9", "partly disclosed"),
        ("7. Brief 7", f"a view of {FIRM}"),
        (FIRM, "a view"),
        (FIRM, "an answer"),
    ]


def test_a_business_secret_on_emissions_is_refused_with_the_reason():
    emissions = passage(about=About(emission_data=True, supplied_in_confidence=True))
    work = WorkList(DAY, papers=(paper(judgement="partly", passages=(emissions,)),))

    (finding,) = lacks_of(work, TODAY)

    assert finding.code == "disclosure.public"
    assert "always public" in str(finding.remedy)


def test_a_term_that_has_passed_warns_and_stops_nothing():
    late = lacks_of(WorkList(DAY, papers=(paper(),)), date(2026, 4, 1))

    assert [(each.severity, each.code) for each in late] == [("warning", "disclosure.late")]
    assert told(WorkList(DAY)) == [("search", "a search")]
    assert told(WorkList(DAY, papers=(paper(),))) == []


# ── state ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "received"),
        ({"clarified_on": DAY}, "clarified"),
        ({"searched": True}, "searching"),
        ({"papers": (paper(),)}, "searching"),
        ({"papers": (paper(),), "heard": (heard(),)}, "hearing"),
        ({"papers": (paper(),), "heard": (heard(viewed_on=TODAY),)}, "searching"),
        ({"frozen": True, "papers": (paper(),)}, "deciding"),
        ({"decided_on": TODAY, "papers": (paper(),)}, "decided"),
        ({"decided_on": TODAY, "papers": (paper(published_on=TODAY),)}, "published"),
        ({"decided_on": TODAY, "objection_on": TODAY}, "objection"),
        ({"frozen": True, "withdrawn_on": TODAY}, "withdrawn"),
    ],
)
def test_the_state_follows_from_the_facts(fields, state):
    assert WorkList(DAY, **fields).state(TODAY) == state


# ── inventory ─────────────────────────────────────────────────────────────────────────────────

papers = st.lists(
    st.builds(
        lambda judgement, ground, title, words: (judgement, ground, title, words),
        st.sampled_from(sorted(JUDGEMENTS)),
        st.sampled_from(sorted(ALL_GROUNDS)),
        st.text(min_size=1, max_size=8),
        st.text(min_size=1, max_size=8),
    ),
    max_size=6,
).map(
    lambda made: [
        paper(
            number,
            title=title,
            judgement=judgement,
            ground=ground if judgement == "withhold" else "",
            passages=(passage(ground=ground, words=f"Zilverpad {words}"),)
            if judgement == "partly"
            else (),
        )
        for number, (judgement, ground, title, words) in enumerate(made, start=1)
    ]
)


@given(papers)
def test_no_paper_vanishes_and_what_is_withheld_has_a_ground(found):
    rows = inventory_rows(reversed(found))

    assert [row["number"] for row in rows] == [each.number for each in found]
    for row in rows:
        assert bool(row["grounds"]) == (row["judgement"] in {"partly", "withhold"})
    written = list(csv.reader(io.StringIO(as_csv(rows, "nl"), newline="")))
    assert len(written) == len(found) + 1
    assert "Zilverpad" not in str(rows) + as_csv(rows, "en")


@given(papers)
def test_the_seal_changes_with_any_judgement_and_not_with_where_it_is_published(found):
    seal = sealed(found)

    assert sealed(reversed(found)) == seal
    assert sealed([replace(each, published_on=TODAY) for each in found]) == seal
    for each in found:
        others = [other for other in found if other is not each]
        assert sealed(others) != seal
        assert sealed([*others, replace(each, reason=f"{each.reason}!")]) != seal


def test_a_title_loses_the_words_that_are_withheld():
    found = paper(
        judgement="partly", title="Over Zilverpad", passages=(passage(words="zilverpad"),)
    )

    assert inventory_rows([found])[0]["title"] == "Over [5.1.1.c]"


def test_the_inventory_is_read_in_both_languages():
    rows = inventory_rows([paper(judgement="partly", passages=(passage(),), title="=1+1")])

    assert as_csv(rows, "nl").splitlines() == [
        "Nr.,Document,Datum,Soort,Van,Aan,Oordeel,Gronden,Vindplaats",
        f"1,'=1+1,2025-10-01,Brief,{FIRM},Ministerie,Deels openbaar,5.1.1.c,–",
    ]
    assert grounds_in(rows)[0][0] == "5.1.1.c"
    text = inventory_text(
        rows, request="Woo-1", subject="x", dated=DAY, seal="ab" * 32, language="en"
    )
    assert len(text.parts[0].columns) == len(COLUMNS)
    assert odt(text).startswith(b"PK")
