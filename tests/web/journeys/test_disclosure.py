# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter with a price in it is asked for; it comes out, and the price does not."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.web.journeys.visitor import Visitor
from tests.web.woo.requested import LETTER, SECRET, paper_of
from tests.web.world import World

from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS, mark_of
from maatwerkbank.web.woo.deciding import OUTCOMES


@pytest.fixture
def language() -> str:
    """This journey is made once, in Dutch: its pages are looked at in both languages elsewhere."""
    return "nl"


def test_a_paper_comes_out_without_the_words_that_stay_in(visitor: Visitor, world: World):
    today = timezone.localdate()
    paper_of(world.zout, world.company, "Brief over stoom", LETTER, with_company=True)

    # The programme registers the request.
    visitor.become(world.programme)
    visitor.go("/woo/")
    visitor.follow("Register a Woo request")
    visitor.fill("Reference", "Woo-2026-01")
    visitor.fill("Subject", "Gesprekken over stoom")
    visitor.fill("What is asked", "Alle brieven over stoom")
    visitor.fill("Who asks, by capacity", "journalist")
    visitor.fill("Received on", (today - timedelta(days=4)).isoformat())
    visitor.tick("Zoutfabriek BV")
    visitor.press("Register", then="Where work is done on it")

    # The team searches, withholds the price, and hears the firm.
    visitor.become(world.member)
    visitor.go("/")
    visitor.follow(
        visitor.t("Work on the Woo request: %(subject)s", subject="Gesprekken over stoom")
    )
    at = visitor.path
    visitor.follow("Add papers")
    visitor.tick("Brief over stoom")
    visitor.fill("How you searched", "postvak, stoom")
    visitor.press("Add to the list", then="Brief over stoom")
    visitor.follow("Brief over stoom")
    visitor.unfold("Judge a passage")
    ground = ALL_GROUNDS["bedrijfsgegevens"].label.nl
    with visitor.at("form[action$='/passage']"):
        visitor.fill("Words that stay out", SECRET["words"])
        visitor.choose("Ground", f"{mark_of('bedrijfsgegevens')} {ground}")
        visitor.fill("Reasoning", SECRET["reason"])
        visitor.tick("Supplied in confidence")
        visitor.press("Record the judgement of the passage")
    visitor.reads("[5.1.1.c]")
    visitor.go(at)
    visitor.follow("Ask for a view")
    visitor.tick("1. Brief over stoom")
    visitor.fill("View asked by", (today + timedelta(days=14)).isoformat())
    visitor.press("Ask for a view", then="Who is heard")

    # The firm sees what is to come out, and has no objection.
    visitor.become(world.company)
    visitor.go("/")
    visitor.follow(visitor.t("Give your view: %(subject)s", subject="Gesprekken over stoom"))
    visitor.reads("[5.1.1.c]")
    visitor.press("Give the view", then="The view has been recorded.")

    # The team freezes; the lead decides and makes it public.
    visitor.become(world.member)
    visitor.go(at)
    visitor.unfold("Freeze the list")
    visitor.press("Freeze the list", then="Another person decides")
    visitor.become(world.lead)
    visitor.go("/")
    visitor.follow(
        visitor.t("Decide on the Woo request: %(subject)s", subject="Gesprekken over stoom")
    )
    visitor.follow(visitor.t("List %(number)s", number="1"))
    visitor.tick(OUTCOMES["decided"])
    visitor.fill("Reasoning", "Openbaar, op de prijs na.")
    visitor.press("Record the decision", then="The decision has been recorded.")
    visitor.go(at)
    visitor.follow("Brief over stoom")
    visitor.follow("Make this paper public")
    visitor.press("Make public", then="The paper is public.")

    # Anybody reads it, without the price.
    with visitor.page.expect_download() as loading:
        visitor.page.get_by_role("link", name=visitor.t("What comes out, as PDF")).click()
    content = loading.value.path().read_bytes()
    told = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "12 kt CO2" in told
    assert "[5.1.1.c]" in told
    assert "4711" not in told
    assert b"4711" not in content
    visitor.go(at)
    visitor.reads("Published" if visitor.language == "en" else "Openbaar gemaakt")
