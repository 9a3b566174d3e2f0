# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A company goes from exploration to a Joint Letter of Intent, and not everything goes well."""

from tests.web.documents.samples import lay_down, pdf
from tests.web.dossiers.test_road import give
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.web.dossiers.decisions import decide_gate
from maatwerkbank.web.dossiers.models import Decision, Dossier, Override
from maatwerkbank.web.verification import verify

TRACK = trajectory("maatwerk-2025").track("standard")
TO_EOP, TO_JLOI = TRACK.gate("to_eop"), TRACK.gate("to_jloi")
AMONG, EOP = (
    TO_EOP.criterion(each) for each in ("among_largest_emitters", "expression_of_principles")
)
COMPLEX = TO_EOP.criterion("complex_projects")


def people(world: World):
    return {
        "case_lead": world.lead,
        "case_team": world.member,
        "analyst": world.analyst,
        "ienw": world.ienw,
        "province": world.province,
        "environmental_service": world.environment,
        "company": world.company,
        "programme": world.programme,
    }


def give_all(dossier: Dossier, gate, world: World, but=()):
    for criterion in gate.criteria:
        if criterion not in but:
            give(dossier, gate, criterion, people(world))


def address(dossier: Dossier, gate) -> str:
    return f"/dossiers/{dossier.code}/poorten/{gate.id}/"


def test_a_gate_refuses_until_all_is_there_and_two_people_set_one_thing_aside(
    visitor: Visitor, world: World
):
    zout = world.zout
    give_all(zout, TO_EOP, world, but=(AMONG, EOP, COMPLEX))

    # The case lead finds the gate by way of her own work, and states what only she can.
    visitor.become(world.lead)
    visitor.go(f"/dossiers/{zout.code}/")
    visitor.follow(TO_EOP.label)
    with visitor.at(f"#criterion-{COMPLEX.id}"):
        visitor.unfold("State that this is met")
        visitor.fill("What you state", "De ketel wacht op een zwaardere aansluiting.")
        visitor.press("Record the statement")
    visitor.reads("De ketel wacht op een zwaardere aansluiting.")

    # The gate stays shut: a document is missing, and the company is not among the largest.
    visitor.tick("The dossier goes through")
    visitor.press("Record the decision", then=EOP.label)
    refusal = visitor.alert()
    assert visitor.t(EOP.label) in refusal
    assert visitor.t(AMONG.label) in refusal
    assert not Decision.objects.exists()

    # She adds the document and writes down who signed it; a colleague accepts it.
    with visitor.at(f"#criterion-{EOP.id}"):
        visitor.follow("Add this document")
    visitor.attach("File", "eop.pdf", pdf("ambitie"))
    visitor.choose("Kind of document", DOCUMENT_KINDS[EOP.document_kind].label)
    visitor.fill("Title", "Expression of Principles Zoutfabriek")
    visitor.press("Hand in", then="Version")
    for organisation, capacity in (("Staat", "minister"), ("Zoutfabriek BV", "directeur")):
        visitor.unfold("Record who signed")
        visitor.fill("Organisation", organisation)
        visitor.fill("Function in which was signed", capacity)
        visitor.press("Record the signature", then=f"{organisation}, {capacity}")
    document = visitor.path
    visitor.become(world.member)
    visitor.go(document)
    visitor.unfold("Judge this version")
    visitor.tick("Accept")
    visitor.press("Record the judgement")

    # He asks to set the ranking aside; he cannot confirm that himself, the programme can.
    visitor.go(address(zout, TO_EOP))
    with visitor.at(f"#criterion-{AMONG.id}"):
        visitor.unfold("Ask to set this aside")
        visitor.fill("Why the gate may open without this", "Levert warmte aan een groot bedrijf.")
        visitor.press("Ask for an override", then="A second person answers this.")
    visitor.become(world.programme)
    visitor.go(address(zout, TO_EOP))
    with visitor.at(f"#criterion-{AMONG.id}"):
        visitor.tick("Confirm the override")
        visitor.press("Record the answer", then="set aside")
    assert Override.objects.get().answered_by == world.programme

    # Now it opens.
    visitor.become(world.lead)
    visitor.go(address(zout, TO_EOP))
    visitor.tick("The dossier goes through")
    visitor.fill("Conditions", "De netbeheerder zit aan tafel.")
    visitor.press("Record the decision")
    visitor.go(f"/dossiers/{zout.code}/besluiten/")
    visitor.reads("De netbeheerder zit aan tafel.")
    zout.refresh_from_db()
    assert zout.stage == "eop"


def test_an_adviser_reads_one_frozen_set_and_the_minister_decides(visitor: Visitor, world: World):
    zout = world.zout
    Dossier.objects.filter(pk=zout.pk).update(stage="eop")
    for gate in ("to_working_out", "to_draft_jloi", "to_advice"):
        give_all(zout, TRACK.gate(gate), world)
        decide_gate(dossier=zout, gate=gate, by=world.programme, outcome="passed")
    lay_down(
        world,
        kind="draft_joint_letter_of_intent",
        title="Concept voor de commissie",
        topic="negotiation",
    )

    # The case lead freezes what the committee is to read, and puts it before an adviser.
    visitor.become(world.lead)
    visitor.go(f"/stukken/dossier/{zout.code}/sets/")
    visitor.follow("Freeze a set")
    visitor.fill("For what", "Advies over het concept")
    visitor.tick("Concept voor de commissie")
    visitor.press("Freeze", then="Manifest")
    frozen = visitor.path
    visitor.choose("Adviser", f"{world.adviser.name} ({world.adviser.organisation})")
    visitor.press("Put the set before this person")
    visitor.reads(world.adviser.name)

    # The adviser finds that set and nothing else of the dossier.
    visitor.become(world.adviser)
    visitor.go("/stukken/sets/")
    visitor.follow("Advies over het concept")
    visitor.reads("Concept voor de commissie")
    visitor.go(f"/dossiers/{zout.code}/", status=404)
    visitor.go(f"/stukken/dossier/{zout.code}/", status=404)

    # The advice and the answer to it come in; the office of the minister decides.
    give_all(zout, TO_JLOI, world)
    visitor.become(world.minister_office)
    visitor.go(address(zout, TO_JLOI))
    visitor.tick("The dossier goes through")
    visitor.fill("Dissent", "De provincie had eerst de vergunning willen zien.")
    visitor.press("Record the decision")
    visitor.go(f"/dossiers/{zout.code}/besluiten/")
    visitor.reads("De provincie had eerst de vergunning willen zien.")

    zout.refresh_from_db()
    assert zout.stage == "jloi"
    decision = Decision.objects.latest("sequence")
    assert (decision.role, decision.outcome) == ("minister_office", "passed")
    assert decision.evidence["passes"] is True
    assert [each.code for each in verify().findings if each.code.startswith("chain")] == []
    visitor.become(world.lead)
    visitor.go(frozen)
    visitor.go(f"/dossiers/{zout.code}/besluiten/{decision.code}/")
