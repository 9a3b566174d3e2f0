# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages take from others: pinned, without addresses, and complete after set-up."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "maatwerkbank" / "web" / "static"
PACKAGES = json.loads((ROOT / "front_end" / "package.json").read_text("utf-8"))


def test_it_pins_every_package_to_one_version():
    wanted = PACKAGES["dependencies"] | PACKAGES["devDependencies"]

    assert [name for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)] == []


def test_it_holds_every_package_to_its_hash_and_names_no_address():
    text = (ROOT / "front_end" / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]

    assert [name for name, told in packages.items() if name and "integrity" not in told] == []
    assert "://" not in text
    assert '"resolved"' not in text


def test_it_lays_down_exactly_the_files_that_pages_ask_for():
    laid = {path.name for path in (STATIC / "vendor").iterdir()}

    assert laid == {
        "LICENCES.txt",
        "htmx.min.js",
        "nl-design-system.css",
        "vega-embed.min.js",
        "vega-lite.min.js",
        "vega.min.js",
    }


def test_it_fetches_nothing_from_elsewhere_when_a_page_is_shown():
    sheets = [*STATIC.rglob("*.css"), *(STATIC / "maatwerkbank").glob("*.js")]

    elsewhere = [
        path.name
        for path in sheets
        if re.search(r"""(url\(|@import|import\(|fetch\()\s*['"]?(https?:)?//""", path.read_text())
    ]

    assert elsewhere == []


def test_it_has_a_value_for_every_token_that_our_look_uses():
    sheet = (STATIC / "vendor" / "nl-design-system.css").read_text("utf-8")
    ours = (STATIC / "maatwerkbank" / "look.css").read_text("utf-8")
    theme = (STATIC / "maatwerkbank" / "theme.css").read_text("utf-8")

    unknown = set(re.findall(r"var\((--(?:basis|utrecht)-[\w-]+)\)", ours))
    unknown -= set(re.findall(r"(--[\w-]+):", sheet + theme))

    assert unknown == set()
