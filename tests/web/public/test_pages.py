# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages: from memory, in two languages, for caches, of any day."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from tests.letter.open_data.example import example

from maatwerkbank.dossier.parliament.shipped import shipped_parliament
from maatwerkbank.dossier.publication.publication import Publication, Withdrawal
from maatwerkbank.letter.open_data import Addresses
from maatwerkbank.web.public import publications
from maatwerkbank.web.public.from_memory import FromMemory
from maatwerkbank.web.public.publications import DAYS_KEPT, KEPT
from maatwerkbank.web.public.urls import FILES, PAGES

pytestmark = pytest.mark.usefixtures("told")

FILL = {
    "firm": {"firm": "nobian"},
    "figure": {"figure": "nobian.co2.agreement.gross"},
    "source": {"source": "kamerbrief-2025-06-30"},
    "table": {"table": "figures"},
    "table-schema": {"table": "figures"},
    "woo-index": {"category": 10},
    "woo-sitemap": {"category": 10},
}
NAMES = [*PAGES, *(f"en-{name}" for name in PAGES), *FILES]
SITE = "https://maatwerkbank.example"


def path_of(name: str) -> str:
    return reverse(f"public:{name}", kwargs=FILL.get(name.removeprefix("en-"), {}))


def get(path: str, **headers: str) -> HttpResponse:
    host = {"secure": True, "HTTP_HOST": "maatwerkbank.example"}
    return Client().get(path, **host, **headers)


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.ALLOWED_HOSTS = ["maatwerkbank.example"]


# ── every address ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_from_memory_without_cookie_session_or_query(name: str):
    first = get(path_of(name))
    again = get(path_of(name))

    assert first.status_code == 200
    assert first.content == again.content
    assert not first.cookies
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in first.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", NAMES)
def test_who_has_the_page_gets_no_second_copy(name: str):
    first = get(path_of(name))

    by_tag = get(path_of(name), HTTP_IF_NONE_MATCH=first.headers["ETag"])
    by_day = get(path_of(name), HTTP_IF_MODIFIED_SINCE=first.headers["Last-Modified"])

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_day.status_code == 304
    assert by_tag.headers["ETag"] == first.headers["ETag"]


def test_an_old_copy_is_replaced():
    assert get("/openbaar/", HTTP_IF_NONE_MATCH='"old"').status_code == 200
    old = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert get("/openbaar/", HTTP_IF_MODIFIED_SINCE=old).status_code == 200


def test_it_sends_the_same_page_compressed_under_a_tag_of_its_own():
    plain = get("/openbaar/")
    zipped = get("/openbaar/", HTTP_ACCEPT_ENCODING="br, gzip")

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_a_page_that_was_sent_is_sent_again_without_waking_the_application():
    first = get("/openbaar/", HTTP_ACCEPT_ENCODING="gzip")
    asked = RequestFactory().get(
        "/openbaar/", secure=True, HTTP_HOST="maatwerkbank.example", HTTP_ACCEPT_ENCODING="gzip"
    )

    status, headers, content = sent_from_memory(asked.environ)

    assert (status, content) == ("200 OK", first.content)
    assert headers == dict(first.headers)


@pytest.mark.parametrize(
    "other",
    [
        {"QUERY_STRING": "op=2024-01-01"},
        {"HTTP_HOST": "elders.example"},
        {"HTTP_IF_NONE_MATCH": '"x"'},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/openbaar/nergens/"},
        {"PATH_INFO": "/inloggen/"},
        {"wsgi.url_scheme": "http"},
    ],
)
def test_any_other_request_goes_on_to_the_application(other: dict[str, str]):
    get("/openbaar/")
    asked = RequestFactory().get("/openbaar/", secure=True, HTTP_HOST="maatwerkbank.example")

    assert sent_from_memory({**asked.environ, **other})[0] == "passed on"


def sent_from_memory(environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """What is sent, before an application that only says that it was asked."""
    told: list[Any] = []

    def application(_: object, start: Callable[..., object]) -> list[bytes]:
        start("passed on", [])
        return []

    content = FromMemory(application)(environ, lambda *given: told.extend(given))
    return told[0], dict(told[1]), b"".join(content)


def test_head_tells_the_length_and_nothing_else():
    head = Client().head("/openbaar/", secure=True, HTTP_HOST="maatwerkbank.example")

    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(get("/openbaar/").content))


def test_nothing_can_be_written():
    answer = Client().post("/openbaar/", secure=True, HTTP_HOST="maatwerkbank.example")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_another_host_gets_nothing():
    assert Client().get("/openbaar/", HTTP_HOST="elders.example").status_code == 400


def test_a_request_without_tls_is_sent_to_tls(settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = Client().get("/openbaar/", HTTP_HOST="maatwerkbank.example")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SITE}/openbaar/")


def test_who_signed_in_gets_the_same_page(world):
    signed_in = world.browser(world.lead).get(
        "/openbaar/", secure=True, HTTP_HOST="maatwerkbank.example"
    )

    assert signed_in.content == get("/openbaar/").content
    assert not signed_in.cookies


# ── what stands on them ───────────────────────────────────────────────────────────────────────


def text_of(path: str) -> str:
    page = re.sub(r"<[^>]+>", " ", get(path).content.decode())
    return re.sub(r"\s+", " ", page.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/openbaar/", ["telt het register 17 bedrijven", "1,3 Mt"]),
        ("/openbaar/en/", ["the register holds 17 firms", "1.3 Mt"]),
        ("/openbaar/bedrijf/nobian/", ["500.000 ton per jaar", "door het programmabureau op",
                                       "fiscale geheimhouding", "in gevaar", "vergunning"]),
        ("/openbaar/bedrijf/yara/", ["Opgesteld uit het openbare register, niet goedgekeurd"]),
        ("/openbaar/bedrijf/dow/", ["gestopt, deur staat open", "stikstof"]),
        ("/openbaar/en/bedrijf/tata-steel/", ["Drafted from the public register; not approved"]),
        ("/openbaar/beloften/", ["Wat de Staat moet nakomen", "Net verzwaard"]),
        ("/openbaar/cijfer/nobian.levy.2025/", ["niet vermeld", "Reconstructie", "9f2c"]),
        ("/openbaar/documenten/", ["5.1, tweede lid, onder e", "convenant"]),
        ("/openbaar/kamer/", ["TZ202410-136", "Afgedaan", "Kamerstuk 2024/25, 36 725, nr. 11"]),
        ("/openbaar/data/", ["CC0 1.0 Universal", "firms.csv"]),
        ("/openbaar/methode/", ["Het telt nooit als nul"]),
    ],
)  # fmt: skip
def test_a_page_tells(path: str, words: list[str]):
    told = text_of(path)

    assert [each for each in words if each.lower() not in told.lower()] == []


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/openbaar/kamer/", "29 826, nr. 2050. Twijfelachtig: verwacht"),
        ("/openbaar/en/kamer/", "29 826, no. 2050. Doubtful: expected"),
    ],
)
def test_a_doubtful_reference_says_so(monkeypatch, path: str, words: str):
    def as_shipped(day: date) -> Publication:
        return replace(example(day), parliament=shipped_parliament(day))

    monkeypatch.setattr(publications, "_publication", as_shipped)

    assert words in text_of(path)


def test_a_page_names_no_address_of_what_needs_signing_in():
    linked = {
        link
        for name in PAGES
        for link in re.findall(r'href="(/[^"]*)"', get(path_of(name)).content.decode())
    }

    assert {each for each in linked if not each.startswith(("/openbaar/", "/static/"))} == {
        "/inloggen/",
        "/toegankelijkheid",
        "/.well-known/security.txt",
    }


def test_every_link_between_public_pages_leads_somewhere():
    linked = {
        link.partition("#")[0]
        for name in (*PAGES, *(f"en-{each}" for each in PAGES))
        for link in re.findall(r'href="(/openbaar/[^"]*)"', get(path_of(name)).content.decode())
    }

    assert len(linked) > 100
    assert [each for each in sorted(linked) if get(each).status_code != 200] == []


def test_what_is_not_there_says_so_in_the_language_of_its_address():
    missing, english = get("/openbaar/bedrijf/nergens/"), get("/openbaar/en/x/")

    assert (missing.status_code, english.status_code) == (404, 404)
    assert "Deze pagina is er niet" in missing.content.decode()
    assert "This page is not there" in english.content.decode()
    assert missing.headers["Cache-Control"] == "public, max-age=10"


# ── open data ─────────────────────────────────────────────────────────────────────────────────


def test_every_figure_has_a_link_that_leads_to_its_page():
    rows = csv.DictReader(io.StringIO(get(path_of("table")).content.decode()))

    links = [row["link"] for row in rows]

    assert links
    assert links[0].startswith(f"{SITE}/openbaar/cijfer/")
    assert [each for each in links if get(each.removeprefix(SITE)).status_code != 200] == []


def test_the_addresses_of_open_data_are_those_of_the_site():
    stays = Addresses(f"{SITE}/openbaar/")

    assert stays.figure("a.b") == SITE + reverse("public:figure", args=["a.b"])
    assert stays.firm("a") == SITE + reverse("public:firm", args=["a"])
    assert stays.source("a") == SITE + reverse("public:source", args=["a"])
    assert stays.table("figures") == SITE + reverse("public:table", args=["figures"])
    assert stays.table_schema("figures") == SITE + reverse("public:table-schema", args=["figures"])
    assert stays.document == SITE + reverse("public:document")
    assert stays.document_schema == SITE + reverse("public:document-schema")
    assert stays.package == SITE + reverse("public:package")


def test_the_document_keeps_the_schema_that_it_names():
    made = json.loads(get(path_of("document")).content)

    schema = json.loads(get(made["schema"].removeprefix(SITE)).content)

    jsonschema.validate(made, schema)
    assert len(made["tables"]["firms"]) == 17


def test_data_may_be_read_by_programs_of_other_sites():
    data, page = get(path_of("document")), get("/openbaar/")

    assert data.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in page.headers


def test_a_table_that_does_not_exist_is_not_there():
    assert get("/openbaar/data/geheimen.csv").status_code == 404


def test_robots_are_let_in_and_pointed_to_the_sitemaps():
    lines = get("/robots.txt").content.decode().splitlines()

    assert "Allow: /openbaar/" in lines
    assert f"Sitemap: {SITE}/openbaar/sitemap.xml" in lines
    woo = f"{SITE}/openbaar/sitemaps/sitemapindex-diwoo-infocat010.xml"
    assert f"Sitemap: {woo}" in lines


def test_the_index_of_a_category_leads_to_a_sitemap_with_the_metadata():
    index = ET.fromstring(get(path_of("woo-index")).content)  # noqa: S314  (our own)
    (place,) = [each.text for each in index.iter() if each.tag.endswith("loc")]

    told = get(str(place).removeprefix(SITE)).content.decode()

    assert "<diwoo:officieleTitel>Advies &amp; &lt;reactie&gt;</diwoo:officieleTitel>" in told


def test_every_page_of_the_sitemap_is_there():
    places = re.findall(r"<loc>(.*?)</loc>", get(path_of("sitemap")).content.decode())

    assert len(places) > 100
    assert [p for p in places if get(p.removeprefix(SITE)).status_code != 200] == []


# ── another day ───────────────────────────────────────────────────────────────────────────────


def test_an_earlier_day_is_told_as_it_was_known_then():
    then = text_of("/openbaar/?op=2023-01-01")

    assert "Op 1 januari 2023 telt het register" in then
    assert "zoals het toen bekend was" in then
    assert get("/openbaar/?op=2023-01-01").headers["Cache-Control"] == "public, max-age=3600"


def test_links_of_an_earlier_day_stay_on_it():
    page = get("/openbaar/?op=2024-12-31").content.decode()

    assert "/openbaar/bedrijf/nobian/?op=2024-12-31" in page
    assert get("/openbaar/data/figures.csv?op=2024-12-31").status_code == 200


def test_a_day_before_anything_is_empty_and_says_so():
    assert "Op deze dag was niets openbaar" in text_of("/openbaar/?op=2020-01-01")


@pytest.mark.parametrize("day", ["zondag", "2024-02-30", "1066-10-14", "2999-01-01"])
def test_a_day_that_is_none_or_lies_ahead_is_refused(day: str):
    answer = get(f"/openbaar/?op={day}")

    assert answer.status_code == 400
    assert "2024-12-31" in answer.content.decode()


def test_today_asked_by_name_is_the_page_of_today():
    assert get(f"/openbaar/?op={timezone.localdate()}").content == get("/openbaar/").content


def test_a_day_is_made_once_and_a_few_days_are_kept(told: list[date], anew: None):
    start = date(2024, 1, 1)
    days = [start + timedelta(days=number) for number in range(DAYS_KEPT + 1)]
    for day in (*days, days[-1]):
        get(f"/openbaar/?op={day}")

    assert [told.count(day) for day in days] == [1] * len(days)
    get(f"/openbaar/?op={days[0]}")
    assert told.count(days[0]) == 2


def test_while_one_day_is_made_another_has_to_wait():
    get("/openbaar/")
    with KEPT._making:
        answer = get("/openbaar/?op=2024-03-01")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


# ── when something changes ────────────────────────────────────────────────────────────────────


def test_pages_stay_to_the_byte_until_something_public_changes(
    monkeypatch: pytest.MonkeyPatch, anew: None
):
    first = get("/openbaar/")
    monkeypatch.setattr(publications, "LOOK_AGAIN", 0.0)
    KEPT._look_again = 0.0
    same = get("/openbaar/")
    monkeypatch.setattr(publications, "_publication", without_statements)
    KEPT._look_again = 0.0
    changed = get("/openbaar/bedrijf/nobian/").content.decode()

    assert same.headers["ETag"] == first.headers["ETag"]
    assert "niet goedgekeurd" in changed


def test_pages_stay_when_the_database_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, anew: None
):
    first = get("/openbaar/")
    monkeypatch.setattr(publications, "_publication", broken)
    KEPT._look_again = 0.0

    assert get("/openbaar/").content == first.content
    assert "could not be read" in caplog.text


@pytest.mark.usefixtures("anew")
def test_a_text_that_was_taken_back_stays_named(monkeypatch: pytest.MonkeyPatch):
    taken_back = Withdrawal("statement", "nobian", "nobian", date(2025, 3, 1), date(2025, 5, 1))
    monkeypatch.setattr(
        publications, "_publication", lambda day: replace(example(day), withdrawn=(taken_back,))
    )

    page = get(path_of("firm")).content.decode()

    assert "vanaf 1 maart 2025 een goedgekeurde tekst; die is op 1 mei 2025 ingetrokken" in page
    assert get(path_of("en-firm")).content.decode().count("was withdrawn on 1 May 2025") == 1


@pytest.mark.usefixtures("anew")
def test_a_paper_on_this_site_is_told_elsewhere_with_its_whole_address(
    monkeypatch: pytest.MonkeyPatch,
):
    def moved(day: date) -> Publication:
        told = example(day)
        papers = [replace(e, url="/woo/openbaar/1.pdf") for e in told.papers if e.category]
        return replace(told, papers=tuple(papers))

    monkeypatch.setattr(publications, "_publication", moved)

    assert f"<loc>{SITE}/woo/openbaar/1.pdf</loc>" in get(path_of("woo-sitemap")).content.decode()
    assert 'href="/woo/openbaar/1.pdf"' in get(path_of("firm")).content.decode()


def without_statements(day: date) -> Publication:
    return Publication(**{**vars(example(day)), "statements": {}})


def broken(day: date) -> Publication:
    raise ConnectionError


# ── what they are made of ─────────────────────────────────────────────────────────────────────


def test_the_pages_know_nothing_but_what_is_public():
    assert reach() <= MAY_KNOW


MAY_KNOW = {
    "maatwerkbank.dossier.document_kinds",
    "maatwerkbank.dossier.parliament",
    "maatwerkbank.dossier.promises.promise",
    "maatwerkbank.dossier.publication",
    "maatwerkbank.dossier.trajectory",
    "maatwerkbank.ground.language",
    "maatwerkbank.letter",
    "maatwerkbank.portfolio.register",
    "maatwerkbank.sources",
    "maatwerkbank.web.headers",
    "maatwerkbank.web.public",
    "maatwerkbank.web.releases.stored_publication",
}


def reach() -> set[str]:
    """What the modules of the app import of ours, cut to the names above where one fits."""
    import ast
    from pathlib import Path

    found = set()
    for module in Path(publications.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            found |= {each for each in names if each.startswith("maatwerkbank")}
    return {next((k for k in MAY_KNOW if f"{e}.".startswith(f"{k}.")), e) for e in found}
