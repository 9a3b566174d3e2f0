# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement is amended while another amendment is open; the past reads as it did."""

import pytest
from tests.web.agreements.texts import in_force
from tests.web.journeys.visitor import Visitor
from tests.web.world import World


@pytest.fixture
def language() -> str:
    """In Dutch alone: the pages are walked in both languages elsewhere."""
    return "nl"


def change(visitor: Visitor, part: str, value: str, reason: str) -> None:
    """Change one part of the amendment at hand."""
    visitor.choose("Part", part)
    visitor.press("Choose")
    visitor.fill("Date" if part == "Einddatum" else "Year", value)
    visitor.choose("Kind of change", "planning")
    visitor.fill("Why this changes", reason)
    visitor.press("Save", then=reason)


def test_two_amendments_one_conflict_and_three_versions(visitor: Visitor, world: World):
    in_force(world)
    tab = f"/overeenkomst/{world.zout.code}/"

    # A member drafts two changes at the same time; both move the end.
    visitor.become(world.member)
    for title, part, value, reason in (
        ("Net later", "Einddatum", "2031-12-31", "Het net komt later."),
        ("Levering later", "Einddatum", "2032-06-30", "De ketel komt later."),
    ):
        visitor.go(tab)
        visitor.follow("Begin an amendment")
        visitor.fill("Title", title)
        visitor.press("Begin", then=title)
        visitor.follow(title)
        change(visitor, part, value, reason)
    change(visitor, "Basisjaar", "2021", "Het jaar met de beste cijfers.")

    # The lead decides the first.
    visitor.become(world.lead)
    visitor.go(tab)
    visitor.follow("Net later")
    visitor.follow("Decide")
    visitor.fill("Why, and how the parties agreed", "Getekend door allen.")
    visitor.press("Decide", then="Versie 2")

    # The second was made on what is no longer in force: it is replayed, and one conflict settled.
    visitor.follow("Levering later")
    visitor.reads("Another amendment came first")
    visitor.follow("Replay")
    for told in ("31 december 2031", "Het net komt later.", "30 juni 2032", "De ketel komt later."):
        visitor.reads(told)
    visitor.tick("What is proposed")
    visitor.fill("Why", "De ketel is het laatst klaar.")
    visitor.press("Replay", then="De ketel komt later. (De ketel is het laatst klaar.)")
    visitor.follow("Decide")
    visitor.fill("Why, and how the parties agreed", "Getekend door allen.")
    visitor.press("Decide", then="Versie 3")

    # What holds now says both; what held first reads as it did.
    visitor.page.get_by_role("link", name="Versie 3", exact=True).click()
    visitor.reads("30 juni 2032")
    visitor.reads("2021")
    visitor.go(tab)
    visitor.page.get_by_role("link", name="Versie 1", exact=True).click()
    visitor.hold()
    visitor.reads("31 december 2030")
    assert "2032" not in visitor.page.locator("main").inner_text().split("Versies")[0]
