# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who has not signed in reads what is public: on a small dark screen, with the keyboard.

The pages that the walk opens are held to axe-core in `test_every_page`; here are those of which its
database holds nothing.
"""

import pytest
from playwright.sync_api import Browser
from tests.letter.open_data.example import ON, example
from tests.web.browser import overflow, violations

from maatwerkbank.web.public import publications
from maatwerkbank.web.public.publications import KEPT

PATHS = (
    "/openbaar/",
    "/openbaar/bedrijf/nobian/",
    "/openbaar/en/bedrijf/dow/",
    "/openbaar/cijfer/nobian.levy.2025/",
    "/openbaar/documenten/",
    "/openbaar/?op=2024-06-30",
)


def test_somebody_reads_what_is_public_on_a_small_dark_screen_with_the_keyboard(
    browser: Browser, live_server, monkeypatch: pytest.MonkeyPatch
):
    told = example(ON)  # whatever day is asked
    monkeypatch.setattr(publications, "_publication", lambda _: told)
    KEPT.forget()
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark", locale="nl-NL"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    wrong = {}
    for path in PATHS:
        page.goto(live_server.url + path)
        found = [*violations(page), *([f"{overflow(page)} pixels too wide"] * bool(overflow(page)))]
        wrong |= {path: found} if found else {}
    page.goto(live_server.url + "/openbaar/")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    inside = page.evaluate("document.activeElement.id")
    page.get_by_label("Dag", exact=True).fill("2024-06-30")
    page.get_by_label("Dag", exact=True).press("Enter")
    page.wait_for_url("**/openbaar/?op=2024-06-30")

    assert wrong == {}
    assert (first, inside) == ("#content", "content")
    assert complaints == []
    assert context.cookies() == []
    context.close()
    KEPT.forget()
