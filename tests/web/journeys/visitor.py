# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody at a browser, who finds things by the words on the page and no other way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect
from tests.web.browser import overflow, violations

from maatwerkbank.ground.language import Text
from maatwerkbank.web.people.models import Person

# A refusal is an answer, and Chromium writes down every one.
REFUSED = re.compile(r"Failed to load resource: .* status of (403|404|409|422)")


class Visitor:
    """What one does at a page. English words are looked up in the language of the journey."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page = page
        self.site = site
        self.language = language
        self.complaints: list[str] = []
        self.within: Page | Locator = page
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def t(self, words: str | Text, **values: str) -> str:
        """Words of a page, or of a table, in the language of the journey."""
        if isinstance(words, Text):
            return words.en if self.language == "en" else words.nl
        with translation.override(self.language):
            return gettext(words) % values if values else gettext(words)

    # ── what one does ────────────────────────────────────────────────────────────────────────

    def begin_anew(self) -> None:
        """Be at a browser that knows nobody and kept no page."""
        context = self.page.context
        context.clear_cookies()
        session = context.new_cdp_session(self.page)
        session.send("Network.clearBrowserCache")
        session.detach()

    def become(self, person: Person) -> None:
        """Sign in as somebody, in a browser that knows nobody."""
        self.begin_anew()
        self.go("/inloggen/")
        me = re.compile(f" {re.escape(person.name)}$")
        self.page.get_by_role("button", name=me).click()
        self.hold()

    def go(self, path: str, status: int = 200) -> Response:
        """Open an address."""
        answer = self.page.goto(self.site + path)
        if answer is None or answer.status != status:
            raise AssertionError(f"{path} answers {answer and answer.status}, not {status}")
        self.hold()
        return answer

    def follow(self, words: str | Text) -> None:
        """Follow a link."""
        self.within.get_by_role("link", name=self.t(words)).first.click()
        self.hold()

    def unfold(self, words: str | Text) -> None:
        """Open what is folded."""
        self.within.locator("summary").get_by_text(self.t(words)).first.click()

    def press(self, words: str | Text, then: str | Text = "") -> None:
        """Press a button; `then` is what can be read afterwards."""
        self.within.get_by_role("button", name=self.t(words), exact=True).first.click()
        if then:
            self.reads(then)
        self.hold()

    def fill(self, label: str | Text, words: str) -> None:
        """Fill in a field."""
        self._field(label).fill(words)

    def choose(self, label: str | Text, option: str | Text) -> None:
        """Choose from a list."""
        self._field(label).select_option(label=self.t(option))

    def tick(self, label: str | Text) -> None:
        """Tick a box, or one of several."""
        self._field(label).check()

    def attach(self, label: str | Text, name: str, content: bytes) -> None:
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self._field(label).set_input_files(file)

    @contextmanager
    def at(self, part: str) -> Iterator[None]:
        """Look only at this part of the page."""
        before, self.within = self.within, self.page.locator(part)
        yield
        self.within = before

    def _field(self, label: str | Text) -> Locator:
        return self.within.get_by_label(re.compile(f"^{re.escape(self.t(label))}")).first

    # ── what one sees ────────────────────────────────────────────────────────────────────────

    @property
    def path(self) -> str:
        """Where one is."""
        return urlsplit(self.page.url).path

    def reads(self, words: str | Text) -> None:
        """These words can be read."""
        expect(self.within.get_by_text(self.t(words)).first).to_be_visible()

    def alert(self) -> str:
        """What is told first of all."""
        return self.page.get_by_role("alert").first.inner_text()

    def hold(self) -> None:
        """The page is accessible, scrolls one way, and the browser has nothing to complain of.

        axe-core looks on the Dutch journey: the English one differs in its words alone.
        """
        self.page.wait_for_load_state()
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        wrong = [*self.complaints]
        if self.language == "nl":
            wrong += violations(self.page)
        if wider := overflow(self.page):
            wrong.append(f"{wider} pixels wider than the window")
        if wrong:
            raise AssertionError("\n".join([self.path, *wrong]))

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not REFUSED.match(said.text):
            self.complaints.append(said.text)
