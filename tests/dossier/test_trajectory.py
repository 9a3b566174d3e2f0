# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The versions of the approach: stages, gates, criteria and exits, and that nothing hangs loose."""

from datetime import date

import pytest

from maatwerkbank.dossier.checks import CHECKS
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import ROLES, TOPICS
from maatwerkbank.dossier.trajectory import criteria, trajectory, trajectory_ids
from maatwerkbank.ground.errors import NotInTrajectory, UnknownTrajectory
from maatwerkbank.portfolio.register import EXITS, TRACKS, Stage
from maatwerkbank.sources import load_sources

VERSIONS = ("maatwerk-2022", "maatwerk-2025")
ALL_TRACKS = [
    pytest.param(trajectory(version).tracks[track], id=f"{version}-{track}")
    for version in VERSIONS
    for track in trajectory(version).tracks
]


def test_it_knows_the_approach_of_2022_and_that_of_the_letter():
    assert trajectory_ids() == VERSIONS
    assert trajectory("maatwerk-2022").valid_from == date(2022, 7, 8)
    assert trajectory("maatwerk-2025").valid_from == date(2025, 6, 30)


def test_only_the_letter_knows_guidance_to_net_zero():
    assert tuple(trajectory("maatwerk-2025").tracks) == TRACKS
    assert tuple(trajectory("maatwerk-2022").tracks) == ("standard", "incidental_subsidy")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_stages_of_the_standard_track_are_those_of_the_register(version):
    stages = trajectory(version).track("standard").stages

    assert tuple(stage.id for stage in stages) == tuple(Stage)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_exits_and_reasons_are_those_of_the_register(version):
    found = trajectory(version)

    assert tuple(found.exits) == EXITS
    assert tuple(found.reasons) == tuple(f"R{n}" for n in range(1, 12))


def test_the_letter_has_three_steps():
    stages = trajectory("maatwerk-2025").track("standard").stages

    steps = {stage.id: stage.step for stage in stages}

    assert steps["eop"] == 1
    assert steps["jloi"] == 2
    assert steps["agreement"] == 3
    assert steps["execution"] is None


def test_a_time_that_a_stage_takes_names_its_case_and_source():
    stages = trajectory("maatwerk-2025").track("standard").stages

    timed = {stage.id: stage.usual_months for stage in stages if stage.usual_months is not None}

    assert timed == {"exploration": 6, "jloi": 13}
    assert "Nobian" in trajectory("maatwerk-2025").track("standard").stage("jloi").usual_because.en


# ── gates ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("track", ALL_TRACKS)
def test_every_stage_is_reached_from_the_first_through_gates(track):
    reached, before = {track.stages[0].id}, 0

    while len(reached) > before:
        before = len(reached)
        reached |= {gate.to_stage for gate in track.gates if gate.from_stage in reached}

    assert reached == {stage.id for stage in track.stages}


@pytest.mark.parametrize("track", ALL_TRACKS)
def test_every_gate_lies_between_two_stages_of_its_track(track):
    ends = {end for gate in track.gates for end in (gate.from_stage, gate.to_stage)}

    assert ends <= {stage.id for stage in track.stages}


@pytest.mark.parametrize("track", ALL_TRACKS)
def test_the_last_stage_has_no_gate_and_every_other_has_its_way_on_first(track):
    *stages, last = track.stages

    onward = [track.gates_from(stage.id)[0].to_stage for stage in stages]

    assert track.gates_from(last.id) == ()
    assert onward == [stage.id for stage in track.stages[1:]]


@pytest.mark.parametrize("track", ALL_TRACKS)
def test_no_gate_asks_the_same_twice_and_each_asks_something(track):
    counts = [[each.id for each in gate.criteria] for gate in track.gates]

    assert all(counts)
    assert all(len(set(each)) == len(each) for each in counts)


@pytest.mark.parametrize("track", ALL_TRACKS)
def test_whoever_decides_is_a_role_of_the_state(track):
    assert {ROLES[gate.decides].side for gate in track.gates} == {"state"}


def test_advice_may_lead_on_or_back():
    ways = trajectory("maatwerk-2025").track("standard").gates_from("advice")

    assert [(gate.id, gate.to_stage) for gate in ways] == [
        ("to_jloi", "jloi"),
        ("back_to_draft", "draft_jloi"),
    ]


# ── criteria ──────────────────────────────────────────────────────────────────────────────────


def test_every_criterion_is_asked_by_some_gate():
    asked = {
        criterion.id
        for track in (each.values[0] for each in ALL_TRACKS)
        for gate in track.gates
        for criterion in gate.criteria
    }

    assert asked == set(criteria())


def test_every_computed_criterion_names_a_check_that_exists_and_no_check_is_idle():
    named = {each.check for each in criteria().values() if each.kind == "computed"}

    assert named == set(CHECKS)


def test_every_attached_criterion_names_a_kind_of_document_and_who_hands_it_in():
    attached = [each for each in criteria().values() if each.kind == "attached"]

    assert {each.document_kind for each in attached} <= set(DOCUMENT_KINDS)
    assert [
        each.id
        for each in attached
        if not set(each.given_by) <= set(DOCUMENT_KINDS[each.document_kind].given_by)
    ] == []


def test_a_criterion_that_wants_a_signature_wants_a_kind_that_is_signed():
    signed = [each for each in criteria().values() if each.signed]

    assert signed
    assert [each.id for each in signed if not DOCUMENT_KINDS[each.document_kind].signed_by] == []


@pytest.mark.parametrize("criterion", criteria().values(), ids=criteria())
def test_every_criterion_has_a_giver_a_subject_a_source_and_both_languages(criterion):
    assert criterion.given_by
    assert set(criterion.given_by) <= set(ROLES)
    assert criterion.topic in TOPICS
    assert criterion.source in load_sources()
    assert criterion.place
    assert all((criterion.label.nl, criterion.label.en, criterion.help.nl, criterion.help.en))


def test_a_giver_may_see_the_subject_that_it_answers():
    # A company and the secretary answer what they are asked, whatever the subject.
    blind = [
        (each.id, role)
        for each in criteria().values()
        for role in each.given_by
        if ROLES[role].side == "state" and each.topic not in ROLES[role].topics
    ]

    assert blind == []


def test_guidance_to_net_zero_asks_nothing_about_2030():
    track = trajectory("maatwerk-2025").track("net_zero_guidance")
    asked = {criterion.id for gate in track.gates for criterion in gate.criteria}

    assert "additional_in_2030" not in asked
    assert {
        "project_concrete",
        "project_complex",
        "company_commitment",
        "net_zero_figures",
        "carrying_instrument",
        "help_without_money",
    } <= asked


def test_a_standard_case_needs_a_plan_for_2050_and_extra_tonnes_in_2030():
    gate = trajectory("maatwerk-2025").track("standard").gate("to_draft_jloi")
    asked = {criterion.id for criterion in gate.criteria}

    assert {"additional_in_2030", "plan_2050", "generic_instruments_judged"} <= asked


def test_only_the_approach_of_2025_asks_what_abolishing_the_levy_does():
    asked = {
        version: {
            criterion.id
            for gate in trajectory(version).track("standard").gates
            for criterion in gate.criteria
        }
        for version in VERSIONS
    }

    assert asked["maatwerk-2025"] - asked["maatwerk-2022"] == {
        "levy_change_mapped",
        "no_blocking_review_finding",
        "risks_agree_with_plan",
        "advice_dealt_with",
        "covenant_points",
        "money_covered",
    }
    assert asked["maatwerk-2022"] <= asked["maatwerk-2025"]


def test_advice_comes_before_the_letter_of_intent_and_before_an_incidental_subsidy():
    standard = trajectory("maatwerk-2025").track("standard")
    incidental = trajectory("maatwerk-2025").track("incidental_subsidy")

    assert [each.id for each in standard.gate("to_jloi").criteria][:2] == [
        "advice",
        "response_to_advice",
    ]
    assert [each.id for each in incidental.gate("to_subsidy_decision").criteria][:2] == [
        "advice",
        "response_to_advice",
    ]


# ── exits ─────────────────────────────────────────────────────────────────────────────────────


def test_who_stopped_may_come_back_where_it_stood_or_towards_net_zero():
    found = trajectory("maatwerk-2025")

    ways = found.ways_back("stopped_door_open", "standard", "working_out")

    assert ways == (("net_zero_guidance", "exploration"), ("standard", "working_out"))
    assert found.exit("stopped_door_open").needs_next_contact


def test_who_pauses_goes_on_where_it_stood():
    ways = trajectory("maatwerk-2025").ways_back("paused", "standard", "advice")

    assert ways == (("standard", "advice"),)


def test_who_withdraws_starts_anew_and_only_the_letter_keeps_that_door_open():
    ways = trajectory("maatwerk-2025").ways_back("withdrawn", "standard", "working_out")

    assert ways == (("net_zero_guidance", "exploration"), ("standard", "exploration"))
    assert trajectory("maatwerk-2022").ways_back("withdrawn", "standard", "eop") == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_way_back_leads_to_a_stage_that_exists(version):
    found = trajectory(version)

    ways = [way for exit_kind in found.exits.values() for way in exit_kind.ways_back if way.stage]

    assert [way for way in ways if found.track(way.track).stage(way.stage) is None] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_door_is_open_where_a_way_leads_back(version):
    exits = trajectory(version).exits.values()

    assert [each.id for each in exits if each.door_open != bool(each.ways_back)] == []


# ── what does not exist ───────────────────────────────────────────────────────────────────────


def test_it_names_the_versions_that_exist():
    with pytest.raises(UnknownTrajectory) as refused:
        trajectory("maatwerk-1999")

    assert refused.value.code == "trajectory.unknown"
    assert "maatwerk-2022, maatwerk-2025" in refused.value.remedy


@pytest.mark.parametrize(
    ("ask", "word"),
    [
        (lambda t: t.track("fast"), "track"),
        (lambda t: t.exit("gone"), "exit"),
        (lambda t: t.track("standard").stage("nowhere"), "stage"),
        (lambda t: t.track("standard").gate("to_nowhere"), "gate"),
        (lambda t: t.track("standard").gates_from("nowhere"), "stage"),
        (lambda t: t.track("standard").position("nowhere"), "stage"),
        (lambda t: t.track("standard").gate("to_eop").criterion("nothing"), "criterion"),
    ],
    ids=["track", "exit", "stage", "gate", "gates_from", "position", "criterion"],
)
def test_it_names_what_is_not_in_a_version(ask, word):
    with pytest.raises(NotInTrajectory) as refused:
        ask(trajectory("maatwerk-2025"))

    assert refused.value.what.startswith(f"there is no {word} ")
    assert refused.value.remedy.startswith("choose from: ")
