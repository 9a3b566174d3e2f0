# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes for a case that moves to another version of the approach."""

from dataclasses import replace

import pytest

from maatwerkbank.dossier import trajectory, trajectory_ids
from maatwerkbank.dossier.versions import differences
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.ground.language import Text

BEFORE, AFTER = trajectory("maatwerk-2022"), trajectory("maatwerk-2025")


def told(before, after, track="standard"):
    """Each difference in a line."""
    return [
        (each.kind, each.what.en, each.before and each.before.en, each.after and each.after.en)
        for each in differences(before, after, track)
    ]


def test_it_tells_what_the_letter_added():
    assert told(BEFORE, AFTER) == [
        ("added", "Track", None, "Guidance to net zero"),
        *(
            ("added", "Criterion", None, criterion)
            for criterion in (
                "No blocking finding of a review is open",
                "The risk register does not contradict the plan",
                "The effect of abolishing the CO2 levy is mapped",
                "The advice was given and every recommendation was answered",
                "The text answers the points of the Aanwijzingen voor convenanten",
                "The cover is recorded completely",
                "The text answers the points of the Aanwijzingen voor convenanten",
            )
        ),
    ]


def test_it_says_at_which_gate_a_criterion_comes():
    where = [each.where and each.where.en for each in differences(BEFORE, AFTER, "standard")]

    assert where == [
        None,
        *["To the draft JLoI"] * 3,
        *["To the JLoI"] * 2,
        *["To the binding agreement"] * 2,
    ]


def test_it_takes_back_what_it_added():
    there, back = told(BEFORE, AFTER), told(AFTER, BEFORE)

    assert [(each[0], each[3]) for each in there] == [
        ("added" if each[0] == "removed" else each[0], each[2]) for each in back
    ]


@pytest.mark.parametrize("version", trajectory_ids())
def test_it_finds_nothing_between_a_version_and_itself(version: str):
    same = trajectory(version)

    assert all(differences(same, same, track) == () for track in same.tracks)


def test_it_tells_another_question_and_another_who_decides():
    track = AFTER.track("standard")
    question = Text(nl="Mag het?", en="May it?")
    first = replace(track.gates[0], question=question, decides="programme")
    changed = replace(track, gates=(first, *track.gates[1:]))
    after = replace(AFTER, tracks={**AFTER.tracks, "standard": changed})

    assert told(AFTER, after) == [
        ("changed", "Question of the gate", track.gates[0].question.en, "May it?"),
        ("changed", "Who decides", "Minister's office", "Programme management"),
    ]


def test_it_knows_no_track_that_one_of_the_two_lacks():
    with pytest.raises(NotInTrajectory):
        differences(BEFORE, AFTER, "net_zero_guidance")
