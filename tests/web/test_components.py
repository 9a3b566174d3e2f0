# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The components that pages are made of: a sheet of samples, in a real browser, without a server.

The browser gets the sheet and the static files from this test, with the content policy of the
application. A request for anything else is a mistake.
"""

import json
import mimetypes
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.utils import translation
from playwright.sync_api import Page, Route, expect
from tests.web.component_samples import samples

from maatwerkbank.web.people.models import Organisation, Person

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WEB = ROOT / "src" / "maatwerkbank" / "web"
AXE = ROOT / "front_end" / "node_modules" / "axe-core" / "axe.min.js"
POLICY = "; ".join(
    f"{name} {' '.join(values)}"
    for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
SHEET = (HERE / "component_samples.html").read_text("utf-8")
CHART = """{% extends "base.html" %}
{% block scripts %}{% include "components/chart_scripts.html" %}{% endblock %}
{% block heading %}{% include "components/heading.html" with heading="Figuur" %}{% endblock %}
{% block content %}{% include "components/figure.html" %}{% endblock %}"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium."""
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


def sheet(template: str = SHEET, language: str = "nl", theme: str = "light", **context: Any) -> str:
    """A page as the application renders it for somebody who has signed in."""
    request = RequestFactory().get("/")
    request.COOKIES["maatwerkbank_theme"] = theme
    request.user = Person(
        name="Projectleider KGG", organisation=Organisation(name="Ministerie van KGG")
    )
    with translation.override(language):
        page = engines["django"].from_string(template)
        return page.render({"here": "my-work", **samples(), **context}, request)


def show(page: Page, html: str) -> list[str]:
    """Open the page; what the browser complains about comes in the list."""
    complaints: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.partition("//")[2].partition("/")[2].partition("?")[0]
        file = WEB / path.partition("#")[0]
        if not path:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        elif path.startswith("static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
        elif path == "runs/1/voortgang":
            route.fulfill(status=204)
        else:
            complaints.append(f"asked for {route.request.url}")
            route.fulfill(status=404)

    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto("http://maatwerkbank.example/")
    return complaints


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_it_is_accessible(page: Page, language: str, theme: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})

    complaints = show(page, sheet(language=language, theme=theme))

    assert violations(page) == []
    assert complaints == []


@pytest.mark.parametrize("width", [390, 320])
def test_it_scrolls_one_way_only_on_a_phone_and_at_400_percent(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})

    show(page, sheet())

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_shows_every_component():
    seen = set()

    def note(template: Any, **_: Any) -> None:
        seen.add(template.name)

    template_rendered.connect(note)
    try:
        sheet()
        sheet(CHART, **_chart())
    finally:
        template_rendered.disconnect(note)

    shipped = {f"components/{path.name}" for path in (WEB / "templates/components").glob("*.html")}
    assert shipped - seen == set()


def test_it_says_how_each_component_is_used():
    unsaid = [
        path.name
        for path in (WEB / "templates" / "components").glob("*.html")
        if "{# " not in path.read_text("utf-8").splitlines()[2]
    ]

    assert unsaid == []


def test_it_has_no_style_or_script_in_a_page():
    html = sheet()

    assert " style=" not in html
    assert "<style" not in html
    assert "<script>" not in html


def test_it_ties_help_and_mistake_to_the_field(page: Page):
    show(page, sheet())

    field = page.locator("#wrong_name")

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "Zoals in de ambitieverklaring Dit veld is verplicht."
    )


def test_it_leads_from_the_list_of_mistakes_to_the_field(page: Page):
    show(page, sheet())

    page.get_by_role("link", name="E-mailadres: Voer een geldig e-mailadres in.").click()

    expect(page.locator("#wrong_email")).to_be_focused()


def test_it_gives_the_focus_to_a_refusal(page: Page):
    show(page, sheet())

    focused = page.locator("[data-take-focus]").first

    expect(focused).to_be_focused()
    expect(focused).to_contain_text("Voeg het stuk toe en laat het aannemen.")
    expect(focused).to_contain_text("conflict")


def test_it_skips_to_the_content_with_the_keyboard(page: Page):
    show(page, sheet('{% extends "base.html" %}'))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()


def test_it_closes_a_menu_with_escape(page: Page):
    show(page, sheet())
    menu = page.locator("details.menu", has_text="Weergave")

    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="Donker")).to_be_visible()
    page.keyboard.press("Escape")

    expect(menu.get_by_role("button", name="Donker")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_it_makes_a_picture_interactive_within_the_content_policy(page: Page):
    complaints = show(page, sheet(CHART, **_chart()))

    expect(page.locator("#uitstoot .picture svg.marks")).to_be_visible()
    assert violations(page) == []
    assert complaints == []


def test_it_keeps_a_value_out_of_the_script_of_a_picture():
    chart = _chart()
    chart["spec"]["description"] = "</script><b>"

    html = sheet(CHART, **chart)

    assert "</script><b>" not in html


def test_it_keeps_rules_out_of_the_theme_so_that_another_can_take_its_place():
    theme = (WEB / "static" / "maatwerkbank" / "theme.css").read_text("utf-8")

    rules = [line for line in theme.splitlines() if line.endswith("{")]

    assert rules == [":root {"]


def _chart() -> dict[str, Any]:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"year": 2025, "kt": 180}, {"year": 2030, "kt": 40}]},
        "transform": [{"calculate": "datum.kt * 1000", "as": "t"}],
        "mark": {"type": "line", "tooltip": True},
        "encoding": {
            "x": {"field": "year", "type": "ordinal"},
            "y": {"field": "t", "type": "quantitative"},
        },
    }
    return {
        "name": "uitstoot",
        "title": "Uitstoot per jaar",
        "summary": "De uitstoot daalt van 180 kt naar 40 kt.",
        "columns": [{"label": "Jaar"}, {"label": "kt CO2", "numeric": True}],
        "rows": [["2025", "180"], ["2030", "40"]],
        "svg": samples()["picture"],
        "spec": json.loads(json.dumps(spec)),
    }
