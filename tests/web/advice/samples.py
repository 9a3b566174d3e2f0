# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request for advice on Zoutfabriek, and the same advice further on its way."""

from datetime import date

from tests.web.world import World

from maatwerkbank.dossier.advice.bodies import body
from maatwerkbank.web.advice import advising, answering
from maatwerkbank.web.advice.answering import Answer
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.documents.models import FrozenSet, FrozenSetReader

PEOPLE = (("Een voorzitter", "chair"), ("Een lid", "member"))
FINDINGS = dict.fromkeys(body("amvi").criteria, ("Zo is het.", "positive"))
RECOMMENDATIONS = (
    ("Noem het jaar van de netaansluiting.", "feasibility"),
    ("Leg de meetmethode vast.", "measurability"),
    ("Neem een doel op voor ammoniak.", "nitrogen_and_surroundings"),
    ("Verlaag het bedrag.", ""),
)
ANSWERS = {
    1: Answer("adopted", "", (("4.2", "zo snel mogelijk", "uiterlijk in 2028"),)),
    2: Answer("adopted", "", (("7", "", "Er wordt gemeten volgens de bijlage."),)),
    3: Answer("partly", "Voor NOx wel, voor ammoniak niet.", (("6", "NOx", "NOx: 40 t"),)),
    4: Answer("not_adopted", "Het bedrag volgt uit de onrendabele top."),
}


def frozen(world: World) -> FrozenSet:
    """A set that lies before the adviser and the secretary."""
    made = FrozenSet.objects.create(
        dossier=world.zout,
        purpose="Concept JLoI",
        content={"versions": []},
        sha256="e" * 64,
        level=world.zout.level,
        made_by=world.lead,
    )
    for person in (world.adviser, world.secretary):
        FrozenSetReader.objects.create(frozen_set=made, person=person)
    return made


def asked(world: World) -> Advice:
    """Asked, and nothing more."""
    return advising.ask_advice(
        dossier=world.zout,
        by=world.lead,
        body="amvi",
        frozen_set=frozen(world),
        subject="Concept JLoI",
        due_on=date(2125, 1, 1),
        participants=PEOPLE,
    )


def written(world: World) -> Advice:
    """Everything is there and the secretary has not given it."""
    advice = asked(world)
    advising.declare_interests(
        advice=advice,
        by=world.secretary,
        interests={each.pk: ("none", "") for each in advice.participants.all()},
    )
    return advising.write_advice(
        advice=advice,
        by=world.adviser,
        findings=FINDINGS,
        recommendations=RECOMMENDATIONS,
        verdict="positive_with_conditions",
        considerations="Alles bij elkaar.",
    )


def given(world: World) -> Advice:
    """Given by the secretary, and not answered."""
    return advising.give_advice(advice=written(world), by=world.secretary)


def answered(world: World) -> Advice:
    """Two adopted, one partly, one not with reason."""
    return answering.answer(advice=given(world), by=world.lead, answers=ANSWERS)
