# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A text is drafted, approved by a second person, released, read by everybody, and withdrawn."""

from datetime import date

import pytest
from django.test import Client
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.publication.release import STATES
from maatwerkbank.web.dossiers.models import StageReached
from maatwerkbank.web.public.publications import KEPT

TEXT = "Zoutfabriek werkt haar plan uit."
PUBLIC = "/openbaar/bedrijf/zoutfabriek/"


@pytest.fixture
def language() -> str:
    """In Dutch alone: the pages are walked in both languages elsewhere."""
    return "nl"


def test_a_text_is_said_in_public_and_taken_back(visitor: Visitor, world: World):
    StageReached.objects.create(
        dossier=world.zout, stage="eop", on="2025-03-01", counts_from=date(2025, 3, 1)
    )
    tab = f"/verantwoording/{world.zout.code}/"

    # A member makes a draft from the data and writes other words.
    visitor.become(world.member)
    visitor.go(tab)
    visitor.press("Make a draft from the data", then=STATES["draft"])
    visitor.follow("Edit")
    visitor.fill("Text in Dutch", TEXT)
    visitor.fill("Text in English", "Zoutfabriek works its plan out.")
    visitor.press("Save", then=TEXT)
    visitor.press("Propose for approval", then=STATES["proposed"])

    # Nobody outside reads it yet. The lead says yes to it, and makes it public.
    KEPT.forget()
    visitor.go(PUBLIC, status=404)
    visitor.become(world.lead)
    visitor.go(tab)
    visitor.follow("Approve")
    visitor.press("Approve", then=STATES["approved"])
    visitor.press("Release: make it public", then="What is public")

    # Everybody reads it, without signing in.
    KEPT.forget()
    visitor.begin_anew()
    visitor.go(PUBLIC)
    visitor.reads(TEXT)

    # It is taken back, and the history keeps it.
    visitor.become(world.lead)
    visitor.go(tab)
    visitor.follow("Withdraw")
    visitor.fill("Why", "Het plan is veranderd.")
    visitor.press("Withdraw", then="Earlier texts")
    visitor.reads("Het plan is veranderd.")
    KEPT.forget()
    assert Client().get(PUBLIC).status_code == 404  # the browser still has the page of before
