# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address × everybody: who gets what, and that a hidden dossier turns up nowhere.

The tables are in tests/web/walk/, one module per app. An address that is in none of them fails.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker
from tests.web.walk import (
    advice,
    agreements,
    api,
    documents,
    dossiers,
    execution,
    overview,
    parliament,
    people,
    promises,
    public,
    releases,
    runs,
    site,
    woo,
)
from tests.web.walk.asked import EVERYBODY, Asked
from tests.web.walk.filled import HIDDEN, Things, fill
from tests.web.world import World, make_world

from maatwerkbank.web.people.access import dossiers_of
from maatwerkbank.web.public.publications import KEPT

pytestmark = pytest.mark.django_db

TABLES = {
    name: ways
    for table in (
        site,
        people,
        overview,
        dossiers,
        documents,
        runs,
        promises,
        advice,
        agreements,
        execution,
        public,
        releases,
        parliament,
        woo,
        api,
    )
    for name, ways in table.ANSWERS.items()
}
SIGN_IN = "/inloggen/?next="


def addresses(of: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, str]]:
    """Every address: its name with the namespace, and the route."""
    for pattern in (of or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", str(pattern.pattern)


def test_it_has_every_address_in_a_table():
    assert {name for name, _ in addresses()} == set(TABLES)


@dataclass
class Walk:
    """The world of all walks: made once, and as it was after each of them."""

    world: World
    zout: Things
    staal: Things
    browsers: dict[str, Client]
    unknowing: set[str]
    """Who may not know of the hidden dossier."""


@pytest.fixture(scope="module", autouse=True)
def public_pages_are_made_anew() -> None:
    """Once: all walks go through one world."""
    KEPT.forget()


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """Two dossiers with one of everything, and everybody in a browser of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        zout, staal = fill(world)
        everybody = world.everybody()
        yield Walk(
            world,
            zout,
            staal,
            {who: world.browser(person) for who, person in everybody.items()},
            {who for who, person in everybody.items() if staal.dossier not in dossiers_of(person)},
        )
        transaction.set_rollback(True)


CASES = [
    pytest.param(name, ask, id=f"{ask.method} {name}")
    for name, ways in TABLES.items()
    for ask in ways
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ask"), CASES)
def test_it_answers_as_the_table_says_and_tells_of_no_hidden_dossier(
    walk: Walk, name: str, ask: Asked
):
    found, expected, leaks, inline = {}, {}, {}, {}
    for hidden, things in ((False, walk.zout), (True, walk.staal)):
        path = address(name, ask, things, walk.world)
        for who, answer in asking(ask, walk, hidden=hidden).items():
            response = asked(walk.browsers[who], path, ask)
            expected[hidden, who], found[hidden, who] = answer, kind_of(response)
            if who in walk.unknowing and (told := marks_in(response, path, walk.staal)):
                leaks[who, path] = told
            if answer == "may" and path not in inline:
                inline[path] = inline_in(response)
        if not ask.in_a_dossier:
            break

    assert found == expected
    assert leaks == {}
    assert not any(inline.values()), inline


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ask"), CASES)
def test_it_opens_to_who_has_not_signed_in_only_what_is_open(walk: Walk, name: str, ask: Asked):
    response = asked(Client(), address(name, ask, walk.zout, walk.world), ask)

    if ask.open_to_all:
        assert kind_of(response) == "may"
    else:
        assert (
            response.headers.get("Location", "").startswith(SIGN_IN)
            or response.status_code == 401
            or (response.status_code == 404 and not ask.may)  # there for nobody
        )


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY.split())
def test_it_shows_nobody_a_link_to_what_stays_closed(walk: Walk, who: str):
    closed = {}
    start = reverse("overview:my-work")
    shown_on = {start: ""}
    waiting = deque([start])
    while waiting:
        link = waiting.popleft()
        response = asked(walk.browsers[who], link, Asked())
        path = urlsplit(link).path
        if kind_of(response) != "may":
            closed[path] = shown_on[path]
        for each in links_in(response, link):
            if (leads_to := urlsplit(each).path) not in shown_on:
                shown_on[leads_to] = path
                waiting.append(each)

    assert closed == {}
    assert len(shown_on) > 10


# ── how it is asked ───────────────────────────────────────────────────────────────────────────


def address(name: str, ask: Asked, of: Things, world: World) -> str:
    """The address with things of a dossier in it."""
    values = {}
    for parameter, thing in ask.fill.items():
        if thing == "=person":
            values[parameter] = world.outsider.code
        elif thing.startswith("="):
            values[parameter] = thing[1:]
        else:
            held = getattr(of, thing)
            values[parameter] = getattr(held, "code", held.pk)
    values = {key: str(each) if isinstance(each, UUID) else each for key, each in values.items()}
    return reverse(name, kwargs=values)


def asking(ask: Asked, walk: Walk, *, hidden: bool) -> dict[str, str]:
    """Who asks, and what each is to get: everybody; of what is hidden who may not know of it.

    One who may comes along to it, or else a thing that is not there would pass for a hidden one.
    """
    answers = ask.answers(hidden=hidden)
    if not (hidden and ask.in_a_dossier):
        return answers
    may = [who for who, answer in answers.items() if answer == "may"]
    return {who: answers[who] for who in answers if who in walk.unknowing or who in may[:1]}


def asked(client: Client, path: str, ask: Asked) -> HttpResponse:
    """The answer; what the question did is undone."""
    with transaction.atomic():
        response = (
            client.generic(ask.method, path)
            if ask.method not in {"GET", "POST"}
            else (getattr(client, ask.method.lower())(path, dict(ask.data)))
        )
        transaction.set_rollback(True)
    return response


def kind_of(response: HttpResponse) -> str:
    """May, knows or hidden."""
    return {403: "knows", 404: "hidden", 401: "hidden"}.get(response.status_code, "may")


def marks_in(response: HttpResponse, path: str, hidden: Things) -> list[str]:
    """By what the answer tells of the hidden dossier."""
    told = body_of(response, path) + str(response.headers)
    return [mark for mark in (HIDDEN, HIDDEN.lower(), *hidden.marks()) if mark in told]


def inline_in(response: HttpResponse) -> list[str]:
    """Scripts and styles in the page itself: the content policy would stop them, unseen."""
    page = Inline()
    page.feed(html_of(response))
    return page.found


def html_of(response: HttpResponse) -> str:
    """The page; nothing where the answer is something else."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return response.content.decode()


def links_in(response: HttpResponse, link: str) -> list[str]:
    """Addresses of our own to which the page at `link` leads."""
    page = Links()
    page.feed(html_of(response))
    ways = [*page.found, response.headers.get("Location", "")]
    return [way for each in ways if (way := urljoin(link, each)).startswith("/")]


class Links(HTMLParser):
    """Finds where a page leads to by itself: not what a button does."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


class Inline(HTMLParser):
    """Finds what the content policy forbids in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            runs = name.startswith(("on", "hx-on")) or (value or "").startswith("javascript:")
            if name == "style" or runs:
                self.found.append(f"<{tag} {name}>")


def body_of(response: HttpResponse, path: str) -> str:
    """What is told, without the address that was asked for: who asked knew that."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace").replace(path, "")
