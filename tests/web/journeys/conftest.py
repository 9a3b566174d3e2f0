# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Journeys: people with a browser on a running server, in Dutch and in English.

Needs Chromium (`apt install chromium`); without it these tests skip. They sign in as in the demo:
by choosing whom to be. Every page that they come by is held to axe-core, to one way of scrolling,
and to a browser that has nothing to complain about.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.web.browser import CHROMIUM, OPTIONS
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
WIDE = {"width": 1280, "height": 900}
PATIENCE = 60_000  # [ms] a machine that does other things as well
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey takes long, and needs rows that a server in another thread sees."""
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt install chromium")
    return {"executable_path": CHROMIUM, "args": OPTIONS}


@pytest.fixture(autouse=True)
def in_demo_mode(settings) -> None:
    """The sign-in page has a button for everybody."""
    settings.DEMO = True


@pytest.fixture(params=["nl", "en"])
def language(request) -> str:
    """Each journey is made in both languages."""
    return request.param


@pytest.fixture
def visitors(browser: Browser, live_server, language: str) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def visitor(**options: Any) -> Visitor:
        context = browser.new_context(**{"locale": LOCALES[language], "viewport": WIDE, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url, language)

    yield visitor
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visitors: Callable[..., Visitor], world: World) -> Visitor:
    """Somebody at a wide screen, in a world with people and firms."""
    return visitors()
