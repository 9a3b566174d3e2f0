# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reviews and what of them is open; positions and dissent; lessons and their denominators."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.advice.lessons import Lesson, helps, reasons, tally
from maatwerkbank.dossier.advice.positions import (
    STANCES,
    Item,
    Position,
    count,
    lacks_of_position,
)
from maatwerkbank.dossier.advice.reviews import (
    SEVERITIES,
    Review,
    ReviewFinding,
    blocking_open,
    lacks_to_close,
    open_findings,
)

ON = date(2025, 9, 1)


def review(*findings, **other):
    return Review("project_review", "Een deskundige", "De boiler", ON, findings=findings, **other)


# ── reviews ───────────────────────────────────────────────────────────────────────────────────


def test_an_answer_does_not_close_a_finding():
    finding = ReviewFinding(1, "blocking", "Geen netcapaciteit", answer="Er is een offerte.")

    assert finding.state == "answered"
    assert blocking_open([review(finding)]) == (finding,)


def test_the_heaviest_open_finding_comes_first_and_what_is_closed_is_gone():
    note = ReviewFinding(1, "note", "Spelling")
    block = ReviewFinding(2, "blocking", "Geen net")
    done = ReviewFinding(3, "blocking", "Geen water", "Er is water.", ON, "Gezien.")

    assert open_findings([review(note, block), review(done)]) == (block, note)


def test_what_blocks_is_answered_before_it_is_closed_and_every_closure_has_a_reason():
    block, note = ReviewFinding(1, "blocking", "Geen net"), ReviewFinding(2, "note", "Spelling")

    assert [place for place, _ in lacks_to_close(block, reason="")] == ["answer", "closing_reason"]
    assert lacks_to_close(note, reason="Gezien.") == ()


@given(st.lists(st.tuples(st.sampled_from(list(SEVERITIES)), st.booleans())))
def test_blocking_open_is_a_part_of_what_is_open(found):
    findings = tuple(
        ReviewFinding(n, severity, "x", closed_on=ON if closed else None)
        for n, (severity, closed) in enumerate(found)
    )

    still_open = open_findings([review(*findings)])

    assert len(still_open) == sum(1 for _, closed in found if not closed)
    assert set(blocking_open([review(*findings)])) <= set(still_open)


def test_a_review_is_late_until_it_reports():
    assert review(due_on=ON).is_late(date(2025, 9, 2))
    assert not review(due_on=ON, reported_on=ON).is_late(date(2025, 9, 2))


# ── positions ─────────────────────────────────────────────────────────────────────────────────


def item(*positions):
    return Item("Concept JLoI", ("IenW", "Provincie", "FIN"), ON, date(2025, 9, 15), positions)


def test_silence_is_no_consent():
    put = item(Position("IenW", "agree", ON))

    assert put.silent() == ("Provincie", "FIN")
    assert put.is_late(date(2025, 9, 16))
    assert count(put) == {"agree": 1, "agree_with_remark": 0, "object": 0, "abstain": 0}


def test_the_last_position_counts_and_the_dissent_before_it_stays():
    objection = Position("Provincie", "object", ON, "Eerst de vergunning.")
    later = Position("Provincie", "agree_with_remark", date(2025, 9, 9), "Vergunning is binnen.")

    put = item(objection, later)

    assert put.counting()["Provincie"] == later
    assert put.dissent() == ()
    assert put.withdrawn_dissent() == (objection,)


def test_an_objection_has_words():
    assert [place for place, _ in lacks_of_position("object", " ")] == ["words"]
    assert lacks_of_position("agree", "") == ()
    assert [place for place, _ in lacks_of_position("perhaps", "x")] == ["stance"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["IenW", "Provincie", "FIN"]), st.sampled_from(list(STANCES)))
    )
)
def test_every_party_counts_once(taken):
    put = item(*(Position(party, stance, ON, "x") for party, stance in taken))

    assert sum(count(put).values()) + len(put.silent()) == 3


# ── lessons ───────────────────────────────────────────────────────────────────────────────────


def test_a_dossier_counts_once_per_code_and_the_denominators_are_told():
    lessons = [
        Lesson("a", "working_out", ("R2", "R7"), ("H2",)),
        Lesson("a", "draft_jloi", ("R2",)),
        Lesson("b", "working_out", ("R2",), ("H2",)),
    ]

    found = tally(lessons, ["a", "b", "c", "d"])

    nitrogen = next(each for each in found.hindered if each.code == "R2")
    assert (nitrogen.dossiers, dict(nitrogen.per_stage)) == (2, {"working_out": 2, "draft_jloi": 1})
    assert (found.dossiers, found.with_lessons, found.lessons) == (4, 2, 3)
    assert found.with_lessons_per_stage == {"working_out": 2, "draft_jloi": 1}


def test_it_suppresses_nothing():
    found = tally([], ["a"])

    assert [each.code for each in found.hindered] == list(reasons())
    assert [each.code for each in found.helped] == list(helps())
    assert all(each.dossiers == 0 for each in (*found.hindered, *found.helped))


def test_a_lesson_of_a_dossier_that_is_not_looked_over_does_not_count():
    assert tally([Lesson("z", "eop", ("R1",))], ["a"]).lessons == 0
