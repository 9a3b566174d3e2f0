# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about many firms: the effect of a variant, and the overview."""

import re
from html.parser import HTMLParser

import pytest

from maatwerkbank.economics import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import charts
from maatwerkbank.letter.blocks import plain_text
from maatwerkbank.letter.effect_report import effect_page
from maatwerkbank.letter.portfolio_page import portfolio_page
from maatwerkbank.portfolio.effect import Effect, effect
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import register

pytestmark = pytest.mark.slow


class Links(HTMLParser):
    """The links of a page, and the tags that were not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.links += [dict(attrs)["href"]] if tag == "a" else []
        self.open += [] if tag in ("meta", "br") else [tag]

    def handle_endtag(self, tag):
        self.unbalanced += [] if self.open and self.open.pop() == tag else [tag]


@pytest.fixture(scope="module")
def abolished() -> Effect:
    return effect("levy_abolished")


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request, abolished: Effect) -> str:
    return effect_page(abolished, request.param)


def test_the_page_of_an_effect_is_well_formed_and_runs_nothing(page: str):
    found = Links(page)

    assert found.unbalanced == []
    assert found.open == []
    assert "<script" not in page.lower()


def test_it_names_every_firm_of_the_register(page: str):
    names = [company.name for company in register(PORTFOLIO_DATE)]

    assert [name for name in names if name not in page] == []


def test_each_total_stands_with_what_it_is_and_how_many_could_be_judged(abolished: Effect):
    page = effect_page(abolished, "nl")
    judged = abolished.totals()["judged"]["levy_receipts_forgone_to_2030_eur"]
    row = page.split('id="total-levy-receipts-forgone-to-2030-eur"')[1].split("</tr>")[0]

    assert "min die onder de variant" in row
    assert f"{judged} van {len(abolished.cases)} ondernemingen" in row


def test_a_firm_without_a_plan_is_marked_and_has_no_value(abolished: Effect):
    page = effect_page(abolished, "nl")
    table = page.split("Effect per onderneming</caption>")[1].split("</table>")[0]
    row = next(row for row in table.split("<tr>") if "Shell" in row)

    assert "(alleen blootstelling)" in row
    # both values, the change before tax, extra support, tonnes at risk
    assert row.count("n.v.t.") == 5


def test_both_paths_are_compared_over_the_same_plans(abolished: Effect):
    both = [*(case for case, _ in charts.both_paths(abolished)), *charts.only_ranges(abolished)]
    page = effect_page(abolished, "en")

    assert sorted(case.company.id for case in both) == [
        "aeb",
        "anqore",
        "nobian",
        "tata-steel",
        "yara",
        "zeeland-refinery",
    ]
    assert "For the 6 plans for which both can be judged" in page


def test_plans_with_only_a_range_are_named_and_not_drawn(abolished: Effect):
    svg = charts.as_svg(charts.paths(abolished, "nl"))
    page = effect_page(abolished, "nl")

    assert "Van Nobian, Tata Steel Nederland, Zeeland Refinery, AnQore is alleen een bereik" in page
    assert ">Yara Sluiskil<" in svg
    assert ">AnQore<" not in svg


def test_an_exposure_is_drawn_as_a_range_from_nothing(abolished: Effect):
    svg = charts.as_svg(charts.forgone(abolished, "nl"))

    assert "€\N{NO-BREAK SPACE}0 tot €\N{NO-BREAK SPACE}695\N{NO-BREAK SPACE}mln" in svg


def test_a_firm_whose_levy_cannot_be_judged_keeps_its_row(abolished: Effect):
    unknown = [c for c in abolished.cases if c.difference["levy_to_2030_eur"] == (None, None)]
    table = charts.forgone_table(abolished, "nl")
    rows = {plain_text(row.cells[0]): plain_text(row.cells[-1]) for row in table.rows}
    svg = charts.as_svg(charts.forgone(abolished, "nl"))

    assert len(rows) == len(abolished.cases)
    assert {rows[case.company.name] for case in unknown} <= {"niet te beoordelen"}
    assert svg.count(">niet te beoordelen<") == len(unknown)


def test_it_says_why_what_a_firm_pays_is_not_used(abolished: Effect):
    assert "fiscale geheimhouding" in effect_page(abolished, "nl")


def test_the_overview_leads_to_every_page(abolished: Effect, assessment: Assessment):
    page = portfolio_page(register(PORTFOLIO_DATE), {"voorbeeld": assessment}, abolished, "nl")
    links = Links(page).links

    assert "voorbeeld.nl.html" in links
    assert "voorbeeld.nl.pdf" in links
    assert "effect.nl.html" in links
    assert "index.en.html" in links


def test_the_overview_shows_where_each_firm_stands(abolished: Effect):
    page = portfolio_page(register(PORTFOLIO_DATE), {}, abolished, "nl")
    row = re.search(r"<tr><th scope=\"row\">Coöperatie Koninklijke Cosun</th>.*?</tr>", page)

    assert row is not None
    assert "Joint Letter of Intent" in row[0]
    assert "23 juni 2025" in row[0].replace("\N{NO-BREAK SPACE}", " ")
    assert ">?<" in row[0]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "gestopt, deur staat open, uiterlijk 30 juni 2025 bekend"),
        ("en", "stopped, door open, known by 30 June 2025"),
    ],
)
def test_an_exit_of_which_the_day_is_not_public_says_by_when_it_was_known(
    abolished: Effect, language: Language, told: str
):
    page = portfolio_page(register(PORTFOLIO_DATE), {}, abolished, language)

    assert page.count(told) == 7
    assert "None" not in page


def test_the_overview_keeps_gross_and_additional_ambitions_apart(abolished: Effect):
    page = portfolio_page(register(PORTFOLIO_DATE), {}, abolished, "en")
    table = page.split("Ambitions by firm and document</caption>")[1].split("</table>")[0]
    row = next(row for row in table.split("<tr>") if ">Nobian<" in row)

    assert "not stated" in row
    assert "about 500\N{NO-BREAK SPACE}kt" in row
