# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case stops with the door open, and comes in again where the table says that it may."""

from datetime import timedelta

from django.utils import timezone
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.web.dossiers.models import Dossier

APPROACH = trajectory("maatwerk-2025")
STOPPED = APPROACH.exit("stopped_door_open")
NET_ZERO = APPROACH.track("net_zero_guidance")


def test_a_case_stops_with_the_door_open_and_comes_in_again(visitor: Visitor, world: World):
    zout = world.zout
    Dossier.objects.filter(pk=zout.pk).update(stage="working_out")
    next_year = timezone.localdate() + timedelta(days=365)

    # The case lead writes down why it stops, and when they speak again.
    visitor.become(world.lead)
    visitor.go(f"/dossiers/{zout.code}/")
    visitor.follow("Decisions")
    visitor.follow("Let it leave the approach")
    visitor.press("Record the decision")  # nothing was filled in: all that lacks, at once
    visitor.reads("What happened")
    visitor.tick(STOPPED.label)
    visitor.tick(APPROACH.reasons["R3"])
    visitor.fill("What happened", "De markt voor zout is te onzeker.")
    visitor.fill("Next contact", next_year.isoformat())
    visitor.press("Record the decision")

    # The page says so, to everybody who may know; no gate stands open.
    visitor.go(f"/dossiers/{zout.code}/")
    visitor.reads(STOPPED.label)
    visitor.reads(APPROACH.reasons["R3"])
    visitor.go(f"/dossiers/{zout.code}/poorten/to_draft_jloi/")
    visitor.become(world.company)
    visitor.go(f"/dossiers/{zout.code}/")
    visitor.reads(STOPPED.label)

    # A year later there is a project for after 2030: the dossier comes in on another track.
    visitor.become(world.lead)
    visitor.go(f"/dossiers/{zout.code}/besluiten/")
    visitor.follow("Let it come in again")
    visitor.tick(NET_ZERO.label)
    visitor.fill("Why it comes in again", "Een waterstofketel, in bedrijf in 2033.")
    visitor.press("Record the decision")
    visitor.go(f"/dossiers/{zout.code}/")
    visitor.reads(NET_ZERO.gates[0].label)

    zout.refresh_from_db()
    assert (zout.exit, zout.track_id, zout.stage) == ("", "net_zero_guidance", "exploration")
    assert [each.kind for each in zout.decisions.order_by("sequence")] == ["exit", "re_entry"]
