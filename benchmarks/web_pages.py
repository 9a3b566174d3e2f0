# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the web application, asked for again and again by three readers.

Takes     the database that the environment names, empty.
Gives     on stdout a list of {question, small_ms, large_ms, memory_mb}: with ten dossiers, and with
          ten thousand.
Leaves    starting the database and judging to `web`.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import web_dossiers
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from web_dossiers import DOSSIERS, EVENTS, TEMPLATES, WORD

from maatwerkbank.web.people.access import dossiers_of
from maatwerkbank.web.people.models import Person

REQUESTS, WARM_UP = 40, 4

Pages = Mapping[str, Callable[[int], str]]  # per page its address, at the n-th request


def main() -> None:
    """Fill, measure, multiply, measure again."""
    call_command("migrate", verbosity=0)
    readers = web_dossiers.fill()
    before = _measured(readers)
    web_dossiers.multiply()
    _visit(readers)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as the server does by itself, within a minute
    after = _measured(readers)
    print(json.dumps([_told(which, before[which], after[which]) for which in before]))


def _visit(readers: Mapping[str, Person]) -> None:
    """Open every page once: what a first reader has to reckon is kept for the next."""
    for person in readers.values():
        for address in _pages(person).values():
            _answer(_browser(person), address(0))


@dataclass(frozen=True)
class Found:
    """One page for one reader. [ms], and queries of one request."""

    p95_ms: float
    queries: int


def _told(which: tuple[str, str], small: Found, large: Found) -> dict[str, Any]:
    reader, page = which
    if large.queries > small.queries:
        sys.exit(
            f"{page} for {reader}: {small.queries} queries with {TEMPLATES} dossiers, "
            f"{large.queries} with {DOSSIERS}"
        )
    return {
        "question": (
            f"{page} for {reader}, {DOSSIERS:,} dossiers and {EVENTS:,} events: 95 of 100 "
            f"requests, {large.queries} queries each; other: {TEMPLATES} dossiers"
        ),
        "small_ms": small.p95_ms,
        "large_ms": large.p95_ms,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _measured(readers: Mapping[str, Person]) -> dict[tuple[str, str], Found]:
    return {
        (reader, page): _page(person, address)
        for reader, person in readers.items()
        for page, address in _pages(person).items()
    }


def _pages(person: Person) -> Pages:

    # Spread over all that the reader sees, wherever it lies in the tables.
    seen = list(dossiers_of(person).order_by("code").values_list("code", flat=True)[:REQUESTS])
    boards = ("", "?order=since", "?late=on", "?order=company&page=2")
    words = (WORD, "Noordzee", "haven 7", "vergunning")
    return {
        "portfolio board": lambda n: f"/portefeuille/{boards[n % len(boards)]}",
        "dossier page": lambda n: f"/dossiers/{seen[n % len(seen)]}/",
        "search": lambda n: f"/zoeken/?q={words[n % len(words)]}",
        "my work": lambda _: "/",
    }


def _page(person: Person, address: Callable[[int], str]) -> Found:

    client = _browser(person)
    for n in range(WARM_UP):
        _answer(client, address(n))
    queries = []
    for n in range(TEMPLATES):  # every kind of dossier: what cannot be there is not asked
        with CaptureQueriesContext(connection) as captured:
            _answer(client, address(n))
        queries.append(len(captured))
    times = [_answer(client, address(n)) for n in range(REQUESTS)]
    return Found(1_000 * quantiles(times, n=20, method="inclusive")[-1], max(queries))


def _answer(client: Client, address: str) -> float:
    start = time.perf_counter()
    response = client.get(address)
    taken = time.perf_counter() - start
    if response.status_code != 200:
        sys.exit(f"{address} answers {response.status_code}")
    return taken


def _browser(person: Person) -> Client:
    """Signed in, with a second step."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
