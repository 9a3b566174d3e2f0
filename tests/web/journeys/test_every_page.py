# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page that the walk knows, with one of everything in it, in a browser.

Light in a wide window, and dark on a phone. axe-core finds nothing, the browser has no complaint,
and nothing has to be scrolled two ways: also not at 200 and 400 per cent of a window of 1280. How a
page is built is asked in the light; how it looks, in both.
"""

from collections import defaultdict
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page
from tests.web.browser import OF_LOOKS, overflow, violations
from tests.web.journeys.visitor import Visitor
from tests.web.test_walk import TABLES, address
from tests.web.walk.filled import Things, fill
from tests.web.world import World

# Per look the window in which the page is opened, and what that window comes to when zoomed.
WINDOWS = {
    "light": ({"width": 1280, "height": 900}, {"width": 640, "height": 450}),  # 200 per cent
    "dark": ({"width": 390, "height": 844}, {"width": 320, "height": 225}),  # 400 of 1280
}


@pytest.fixture
def language() -> str:
    """One language: the words are tested elsewhere, the longer ones are Dutch."""
    return "nl"


@pytest.fixture
def things(world: World) -> Things:
    """One of everything."""
    return fill(world)[0]


def pages(things: Things, world: World) -> dict[str, dict[str, str]]:
    """Per person the pages to open, each with the first who may: name of the address to path."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, ways in TABLES.items():
        for ask in ways:
            if ask.method == "GET" and ask.may:
                found[ask.may.split()[0]][name] = address(name, ask, things, world)
    return found


def opens(page: Page, address: str) -> bool:
    """Whether a page comes: not a file, and not a part that a page asks for."""
    try:
        page.goto(address)
    except Error as error:
        if "Download is starting" in str(error):
            return False
        raise
    return bool(page.evaluate("document.doctype !== null"))


@pytest.mark.parametrize("look", WINDOWS)
def test_it_is_accessible_and_scrolls_one_way(
    visitors: Callable[..., Visitor], world: World, things: Things, look: str
):
    wrong, opened = {}, 0
    window, zoomed = WINDOWS[look]

    for who, addresses in pages(things, world).items():
        visitor = visitors(viewport=window, color_scheme=look)
        visitor.become(world.everybody()[who])
        for name, path in addresses.items():
            visitor.page.set_viewport_size(window)
            if not opens(visitor.page, visitor.site + path):
                visitor.complaints.clear()  # of the browser's own page around a file
                continue
            rules = OF_LOOKS if look == "dark" else ()
            found = [*violations(visitor.page, rules), *visitor.complaints]
            for size in (window, zoomed):
                visitor.page.set_viewport_size(size)
                if wider := overflow(visitor.page):
                    found.append(f"{wider} pixels wider than {size['width']}")
            visitor.complaints.clear()
            opened += 1
            if found:
                wrong[name] = found

    assert wrong == {}
    assert opened > 40
