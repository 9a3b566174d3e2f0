# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year's report falls short, and what follows by the clause is seen before anybody decides."""

from tests.web.execution.agreed import agree
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.web.execution.models import ConsequenceDecision, Report


def test_a_report_falls_short_and_the_consequence_is_shown_before_the_decision(
    visitor: Visitor, world: World
):
    it = agree(world)
    page = f"/uitvoering/{world.zout.code}/"

    # The firm fills in less than was promised. It hears everything at once, and says why.
    visitor.become(world.company)
    visitor.go(page)
    visitor.follow("2025")
    visitor.fill(f"co2 {visitor.language}", "35700")
    visitor.press("Hand in the report", then="What is wrong or odd, all at once")
    assert Report.objects.get().state == "draft"
    for number, reason in enumerate(("De ketel stond stil.", "De meter was stuk.")):
        visitor.page.locator("textarea").nth(number).fill(reason)
    visitor.press("Hand in the report", then="What was reported")

    # The State goes over it.
    visitor.become(world.member)
    visitor.go(f"{page}rapportages/{it.asked.code}/")
    visitor.follow("Verify this report")
    visitor.choose("Verdict", "Verified")
    visitor.fill("What was checked, and how", "De meters zijn nagegaan.")
    visitor.press("Save")

    # The sum of the clause is there, step by step, before anything is decided.
    visitor.become(world.lead)
    visitor.go(page)
    visitor.follow({"nl": "Bereken voor 2025", "en": "Reckon for 2025"}[visitor.language])
    visitor.reads("The sum, step by step")
    visitor.reads("Performance")
    visitor.reads("85%")
    visitor.reads("Nothing has been decided.")
    assert not ConsequenceDecision.objects.exists()
    visitor.fill("Reason", "De storing kwam voor rekening van het bedrijf.")
    visitor.press("Decide", then="The decision")

    decided = ConsequenceDecision.objects.get()
    assert (decided.reckoned, decided.decided) == (18, 18)
    visitor.go(f"/uitvoering/{world.zout.code}/geld/")
    visitor.reads("Grant and tranches")
