# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a case: sound HTML, honest words, and nothing that a case file can smuggle in."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from maatwerkbank.economics import Assessment, assess
from maatwerkbank.letter.case_report import case_page
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import register

VOID = {"br", "hr", "img", "link", "meta"}
N = "\N{NO-BREAK SPACE}"
LETTER = date(2025, 6, 30)


class Outline(HTMLParser):
    """Reads a page and holds what these tests ask about it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.attributes: dict[str, list[dict[str, str | None]]] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(found)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        self.unbalanced += [] if self.open and self.open.pop() == tag else [tag]


@pytest.fixture(scope="module")
def pages(assessment: Assessment, variants: dict[str, Assessment]) -> dict[str, str]:
    return {
        "nl": case_page(assessment, variants, "nl"),
        "en": case_page(assessment, variants, "en"),
    }


@pytest.fixture(params=["nl", "en"])
def page(request, pages: dict[str, str]) -> str:
    return pages[request.param]


@pytest.fixture
def dutch(pages: dict[str, str]) -> str:
    return pages["nl"]


def test_it_is_well_formed(page: str):
    outline = Outline(page)

    assert page.startswith("<!doctype html>")
    assert outline.unbalanced == []
    assert outline.open == []


def test_it_has_a_language_landmarks_and_one_first_heading(page: str):
    outline = Outline(page)

    assert outline.attributes["html"][0]["lang"] in ("nl", "en")
    assert [outline.tags.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert outline.links[0] == "#content"
    assert outline.attributes["main"][0]["id"] == "content"


def test_its_headings_leave_out_no_level(page: str):
    levels = Outline(page).headings

    steps = [after - before for before, after in pairwise(levels)]

    assert levels[0] == 1
    assert max(steps) <= 1


def test_it_runs_nothing_and_fetches_nothing(page: str):
    outline = Outline(page)

    assert "<script" not in page.lower()
    assert {"script", "link", "iframe", "img", "object", "embed"} & set(outline.tags) == set()
    assert re.findall(r"\son\w+=", page) == []
    assert re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//", page) == []


def test_every_picture_has_words(page: str):
    pictures = Outline(page).attributes["svg"]
    ids = set(Outline(page).ids)

    named = [set((picture["aria-labelledby"] or "").split()) for picture in pictures]

    assert len(pictures) == 10
    assert all(picture["role"] == "img" for picture in pictures)
    assert all(len(names) == 2 and names <= ids for names in named)


def test_no_name_stands_twice_and_every_link_within_the_page_lands(page: str):
    outline = Outline(page)

    within = {link[1:] for link in outline.links if link.startswith("#")}

    assert len(outline.ids) == len(set(outline.ids))
    assert within - set(outline.ids) == set()
    assert len(within) > 30


def test_every_table_has_a_caption_and_every_header_a_scope(page: str):
    outline = Outline(page)

    scopes = {header.get("scope") for header in outline.attributes["th"]}

    assert outline.tags.count("table") == outline.tags.count("caption") > 8
    assert scopes == {"col", "row"}


def test_every_key_figure_links_to_the_row_that_explains_it(dutch: str):
    verdict = dutch.split('class="verdict"', 1)[1].split("</p>", 1)[0]

    assert f'<a href="#result-gross-2030-t">253{N}kt</a>' in verdict
    assert f'<a href="#result-additional-2030-t">48,8{N}kt</a>' in verdict
    assert '<tr id="result-additional-2030-t">' in dutch


def test_every_figure_of_the_case_has_a_row_with_its_source(assessment: Assessment, dutch: str):
    rows = set(re.findall(r'<tr id="figure-([a-z0-9-]+)"', dutch))

    assert len(rows) == len(assessment.assumptions())
    assert '<a href="https://example.org/plan">Plan van Voorbeeld BV (verzonnen)</a>' in dutch


def test_it_says_what_it_is_and_what_it_rests_on(assessment: Assessment, dutch: str):
    assert "Verzonnen voorbeeld" in dutch
    assert "30 juni 2025" in dutch
    assert assessment.receipt.number in dutch
    assert assessment.receipt.law_sha256 in dutch


def test_it_says_that_the_sign_is_open(dutch: str):
    assert "Of het plan zichzelf terugverdient, blijft open." in dutch


def test_what_cannot_be_judged_is_told_in_words(changed_case: Callable[..., CaseFile]):
    unknown = changed_case(
        (
            "{value: 22, unit: MEUR, source: voorbeeld-plan, place: blad 5, price_year: 2024}",
            "{absent: true, why: {nl: geheim, en: secret}, ask: {nl: de firma, en: the firm}}",
        )
    )

    page = case_page(assess(unknown), {}, "nl")
    tile = page.split("Netto contante waarde</span>", 1)[1].split("</li>", 1)[0]

    assert "niet te beoordelen" in tile
    assert "€" not in tile
    assert "Of het plan zichzelf terugverdient, is niet te beoordelen." in page
    assert "wordt daarom niet getekend" in page
    assert "geheim" in page
    assert "de firma" in page


def test_text_in_a_case_is_only_ever_printed(changed_case: Callable[..., CaseFile]):
    hostile = changed_case(
        ("Voorbeeld BV, afvang van CO2 in Voorbeeldstad", "'<script>alert(1)</script> & \"x\"'"),
        ("name: Fabriek Voorbeeldstad", "name: '<img src=x onerror=alert(1)>'"),
        ("title: Jaarverslag 2024 van Voorbeeld BV (verzonnen)", "title: '</td><b>'"),
    )

    page = case_page(assess(hostile), {}, "nl")

    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "&lt;/td&gt;&lt;b&gt;" in page
    assert Outline(page).unbalanced == []


def test_a_source_whose_address_is_no_web_address_is_not_a_link(
    changed_case: Callable[..., CaseFile],
):
    hostile = changed_case(("https://example.org/plan", "'javascript:alert(1)'"))

    page = case_page(assess(hostile), {}, "nl")

    assert "javascript:" not in page
    assert "Plan van Voorbeeld BV (verzonnen)" in page


def test_where_the_levy_is_abolished_both_paths_stand_side_by_side(example: CaseFile):
    page = case_page(assess(example, variant="levy_abolished"), {}, "nl")

    assert "op het bevroren pad" in page
    assert "Dispensatierechten (bevroren pad)" in page


def test_a_firm_without_a_plan_has_a_page_with_its_levy_only():
    shell = register(PORTFOLIO_DATE).company("shell")
    exposed = exposure_case(shell, PORTFOLIO_DATE)
    assert exposed is not None

    page = case_page(assess(exposed), {}, "nl")

    assert "Er is geen openbaar plan." in page
    assert 'id="waterfall"' not in page
    assert Outline(page).unbalanced == []


@pytest.mark.slow
def test_the_same_run_gives_the_same_page(assessment: Assessment, dutch: str, variants):
    assert case_page(assessment, variants, "nl") == dutch


@pytest.mark.parametrize(
    ("case", "known_on", "held"),
    [("yara", LETTER, True), ("yara", date(2026, 7, 1), False), ("aeb", LETTER, False)],
    ids=["before the benchmarks of 2026", "after them", "an incinerator"],
)
def test_it_says_where_free_allocation_rests_on_benchmarks_that_are_held(case, known_on, held):
    found = assess(load_case(case), known_on=known_on)

    assert ("Acht van de 54, waaronder ruwijzer en ammoniak" in case_page(found, {}, "nl")) is held


@pytest.mark.parametrize("key", ["levy_total_eur", "ets_total_eur", "carbon_value_eur"])
def test_a_figure_over_all_years_says_that_it_rests_on_a_scenario_after_2030(pages, key):
    row = pages["nl"].split(f'id="result-{key.replace("_", "-")}"')[1].split("</tr>")[0]

    assert "De jaren na 2030 rusten op een scenario." in row
