# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The browser in which pages are tested: Debian's Chromium, and axe-core within it."""

import shutil
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "front_end" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


# The rules of axe-core that ask how a page looks, and so have to be asked of every look of it.
OF_LOOKS = ("color-contrast", "target-size", "scrollable-region-focusable", "css-orientation-lock")


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong with the page as it stands, by all its rules or by these."""
    page.evaluate(AXE.read_text("utf-8"))
    asked: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        asked["runOnly"] = list(rules)
    found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window: it should scroll one way only."""
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, int(wider))
