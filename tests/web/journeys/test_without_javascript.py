# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Without JavaScript every deed is done as well: by a form, and a page that says how it went.

axe-core is itself JavaScript, so that these pages are read and not held to it; they are the same.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.web.dossiers.models import Attestation, Decision

TO_EOP = trajectory("maatwerk-2025").track("standard").gate("to_eop")
COMPLEX = TO_EOP.criterion("complex_projects")


class PlainVisitor(Visitor):
    """Somebody whose browser runs no scripts."""

    def hold(self) -> None:
        """The page has come."""
        self.page.wait_for_load_state("load")


@pytest.fixture
def language() -> str:
    """The pages are the same in both languages."""
    return "nl"


@pytest.fixture
def plain(visitors: Callable[..., Visitor], world: World) -> Visitor:
    """Somebody whose browser runs no scripts."""
    made = visitors(java_script_enabled=False)
    return PlainVisitor(made.page, made.site, made.language)


def test_a_statement_and_a_refusal_come_as_pages(plain: Visitor, world: World):
    plain.become(world.lead)
    plain.go(f"/dossiers/{world.zout.code}/poorten/to_eop/")

    with plain.at(f"#criterion-{COMPLEX.id}"):
        plain.unfold("State that this is met")
        plain.fill("What you state", "Drie installaties en een net.")
        plain.press("Record the statement")
    plain.reads("Drie installaties en een net.")
    plain.tick("The dossier goes through")
    plain.press("Record the decision")

    expect(plain.page.get_by_role("alert").first).to_contain_text(
        plain.t(TO_EOP.criterion("expression_of_principles").label)
    )
    assert Attestation.objects.get().by == world.lead
    assert not Decision.objects.exists()


def test_language_and_theme_change_by_a_button(plain: Visitor, world: World):
    page: Page = plain.page
    plain.become(world.lead)

    page.locator("summary").get_by_text(plain.t("Display")).click()
    page.get_by_role("button", name=plain.t("Dark")).click()
    other = {"nl": "en", "en": "nl"}[plain.language]
    page.locator(f"button[name=language][value={other}]").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", other)
