# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything by keyboard: a case lead states that a criterion is met without touching a mouse."""

import pytest
from playwright.sync_api import Page, expect
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.web.dossiers.models import Attestation

TO_EOP = trajectory("maatwerk-2025").track("standard").gate("to_eop")
MOST_STEPS = 120
FOCUSED = "(document.activeElement?.innerText || document.activeElement?.value || '').trim()"
HAS_OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


@pytest.fixture
def language() -> str:
    """The keys are the same in both languages."""
    return "en"


def step_to(page: Page, words: str) -> None:
    """Press Tab until these words have the focus; the focus is always to be seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_OUTLINE), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate(FOCUSED).startswith(words):
            return
    pytest.fail(f"no way by keyboard to “{words}”")


def test_a_statement_is_made_without_a_mouse(visitor: Visitor, world: World):
    page = visitor.page
    visitor.become(world.lead)

    # The first stop of every page is the way past its menu.
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == visitor.t("Skip to content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    step_to(page, world.zout.company.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dossiers/{world.zout.code}/")
    step_to(page, visitor.t(TO_EOP.label))
    page.keyboard.press("Enter")
    page.wait_for_url("**/poorten/to_eop/")

    # The first thing that she can state; folded open, filled in and sent by keys alone.
    step_to(page, visitor.t("State that this is met"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Gezien en akkoord.")
    step_to(page, visitor.t("Record the statement"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Gezien en akkoord.")).to_be_visible()
    assert Attestation.objects.get().by == world.lead
    visitor.hold()


def test_a_folded_menu_opens_and_closes_by_keyboard(visitor: Visitor, world: World):
    page = visitor.page
    visitor.become(world.lead)

    step_to(page, visitor.t("Display"))
    page.keyboard.press("Enter")
    step_to(page, visitor.t("Dark"))
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.hold()
