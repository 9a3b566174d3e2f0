# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A gate held against evidence: what opens it, what does not, and what is frozen."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.example import RUN, ambition, complete

from maatwerkbank.dossier.evidence import Attached, Attestation, Evidence
from maatwerkbank.dossier.gates import freeze, judge
from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.ground.receipt import digest

STANDARD = trajectory("maatwerk-2025").track("standard")
TO_EOP = STANDARD.gate("to_eop")
TO_JLOI = STANDARD.gate("to_jloi")
GATES = [
    pytest.param(gate, id=f"{track.id}-{gate.id}")
    for track in trajectory("maatwerk-2025").tracks.values()
    for gate in track.gates
]
EMPTY = Evidence()


def found(judgement, criterion):
    return next(each for each in judgement.found if each.criterion.id == criterion)


# ── what opens a gate ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_opens_when_all_is_there(gate):
    judgement = judge(gate, complete(gate))

    assert judgement.lacking == ()
    assert judgement.passes
    assert judgement.who_can_give() == {}


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_stays_shut_when_nothing_is_there(gate):
    judgement = judge(gate, EMPTY)

    assert [each.criterion for each in judgement.lacking] == list(gate.criteria)
    assert not judgement.passes


def test_it_says_who_attested_in_which_role_and_when():
    judgement = judge(TO_EOP, complete(TO_EOP))

    because = found(judgement, "complex_projects").because

    assert because.nl == "Verklaard door A. de Boer (Projectleider) op 2025-06-02."
    assert because.en == "Attested by A. de Boer (Case lead) on 2025-06-02."


def test_what_is_met_rests_on_hashes():
    judgement = judge(TO_EOP, complete(TO_EOP))

    assert found(judgement, "expression_of_principles").rests_on == ("c" * 64,)
    assert all(each.rests_on for each in judgement.found if each.criterion.kind == "attested")


# ── what does not ─────────────────────────────────────────────────────────────────────────────


def test_it_does_not_take_a_declaration_from_a_role_that_cannot_give_it():
    said = Attestation("sounding_board", "B. Smit", "company", date(2025, 6, 2), "Ja.")

    judgement = judge(STANDARD.gate("to_advice"), Evidence(attestations=(said,)))

    sounding = found(judgement, "sounding_board")
    assert not sounding.met
    assert sounding.because.en == (
        "B. Smit attested this, but only these roles can: Programme management, Ministry of IenW."
    )


def test_it_wants_both_sides_under_an_agreement_of_two():
    one = Attached("joint_letter_of_intent", "JLoI.pdf", 2, "d" * 64, ("Staat", "Staat"))

    judgement = judge(TO_JLOI, Evidence(attached=(one,)))

    letter = found(judgement, "joint_letter_of_intent")
    assert not letter.met
    assert letter.because.en == "JLoI.pdf, version 2, has 1 of at least 2 signatures."


def test_it_takes_the_last_version_that_is_signed():
    signed = Attached("joint_letter_of_intent", "JLoI.pdf", 1, "d" * 64, ("Staat", "bedrijf"))
    draft = Attached("joint_letter_of_intent", "JLoI.pdf", 2, "e" * 64)

    judgement = judge(TO_JLOI, Evidence(attached=(signed, draft)))

    assert found(judgement, "joint_letter_of_intent").rests_on == ("d" * 64,)


def test_it_says_who_can_give_what_lacks():
    judgement = judge(TO_JLOI, EMPTY)

    asked = judgement.who_can_give()

    assert [each.id for each in asked["committee_secretary"]] == ["advice", "advice_dealt_with"]
    assert list(asked) == [
        "case_lead",
        "case_team",
        "analyst",
        "programme",
        "committee_secretary",
        "minister_office",
    ]


# ── overrides ─────────────────────────────────────────────────────────────────────────────────


def test_an_override_opens_the_gate_and_stays_in_sight():
    evidence = replace(complete(TO_JLOI), ambitions=())

    judgement = judge(TO_JLOI, evidence, overrides={"ambition_of_jloi"})

    assert judgement.passes
    assert [each.criterion.id for each in judgement.overridden] == ["ambition_of_jloi"]
    assert not found(judgement, "ambition_of_jloi").met


def test_an_override_of_what_is_met_is_not_listed():
    judgement = judge(TO_JLOI, complete(TO_JLOI), overrides={"ambition_of_jloi"})

    assert judgement.overridden == ()


# ── frozen evidence ───────────────────────────────────────────────────────────────────────────


def test_frozen_evidence_is_plain_json_under_its_hash():
    evidence = complete(TO_EOP)

    frozen = freeze(judge(TO_EOP, evidence), evidence)

    assert digest(frozen.content) == frozen.sha256
    assert frozen.content["gate"] == {
        "id": "to_eop",
        "from_stage": "exploration",
        "to_stage": "eop",
    }
    assert frozen.content["passes"] is True
    assert frozen.content["evidence"]["run"]["receipt"] == "f8710be88629715c"
    assert frozen.content["evidence"]["attestations"][0]["on"] == "2025-06-02"


def test_the_same_evidence_has_the_same_hash_and_other_evidence_another():
    evidence = complete(TO_EOP)
    other = replace(evidence, run=replace(RUN, sha256="f" * 64))

    one, again, changed = (
        freeze(judge(TO_EOP, each), each).sha256 for each in (evidence, evidence, other)
    )

    assert one == again
    assert one != changed


# ── properties ────────────────────────────────────────────────────────────────────────────────

gates = st.sampled_from([each.values[0] for each in GATES])


@st.composite
def some_evidence(draw):
    """A gate with a part of all that it asks."""
    gate = draw(gates)
    whole = complete(gate)
    return gate, Evidence(
        attestations=draw(parts(whole.attestations)),
        attached=draw(parts(whole.attached)),
        run=draw(st.sampled_from([None, RUN])),
        register=draw(st.sampled_from([{}, whole.register])),
        ambitions=draw(parts(whole.ambitions)),
    )


def parts(whole):
    return st.lists(st.sampled_from(whole), unique=True).map(tuple) if whole else st.just(())


def met(judgement):
    return {each.criterion.id for each in judgement.found if each.met}


@given(some_evidence())
def test_a_gate_passes_if_and_only_if_nothing_lacks(case):
    gate, evidence = case

    judgement = judge(gate, evidence)

    assert judgement.passes == (met(judgement) == {each.id for each in gate.criteria})


@given(some_evidence())
def test_more_evidence_never_unmeets_a_criterion(case):
    gate, evidence = case
    whole = complete(gate)
    more = Evidence(
        attestations=evidence.attestations + whole.attestations,
        attached=(*evidence.attached, *whole.attached, Attached("other", "x", 9, "9" * 64)),
        run=RUN,
        register=whole.register,
        ambitions=(*evidence.ambitions, *whole.ambitions, ambition("eop", gross=None)),
    )

    assert met(judge(gate, evidence)) <= met(judge(gate, more))


@given(some_evidence(), st.data())
def test_an_override_only_takes_away_what_lacks(case, data):
    gate, evidence = case
    set_aside = data.draw(st.sets(st.sampled_from([each.id for each in gate.criteria])))

    without, with_them = judge(gate, evidence), judge(gate, evidence, overrides=set_aside)

    assert met(without) == met(with_them)
    assert {each.criterion.id for each in with_them.lacking} == {
        each.criterion.id for each in without.lacking
    } - set_aside
