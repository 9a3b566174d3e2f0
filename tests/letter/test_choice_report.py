# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report on a choice: what is chosen, how good that is, and why not the others."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.ground.receipt import Receipt
from maatwerkbank.letter.blocks import (
    Block,
    Paragraph,
    Picture,
    Section,
    Table,
    plain_text,
)
from maatwerkbank.letter.choice_reasons import Names, why_not
from maatwerkbank.letter.choice_report import MadeFrom, answer_report, choice_report
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.pdf import report_pdf
from maatwerkbank.portfolio.answer import answer
from maatwerkbank.portfolio.candidates_file import check_candidates
from maatwerkbank.portfolio.choice.best import choose, frontier
from maatwerkbank.portfolio.choice.by_price import cheapest_first
from maatwerkbank.portfolio.choice.shadow_prices import shadow_prices
from maatwerkbank.portfolio.choice.terms import (
    ByPrice,
    Choice,
    Infrastructure,
    Limits,
    Option,
    ShadowPrice,
)
from maatwerkbank.portfolio.question import question

LANGUAGES: tuple[Language, ...] = ("nl", "en")
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "example-choice.yaml"
YEARS = np.arange(2026, 2031)
RECEIPT = Receipt("0", "c", "l", "i", None, "hold", "2025-06-30", 0, "here")


def paid_in(year: int, amount: float) -> np.ndarray:
    return np.where(year == YEARS, amount, 0.0)


def option(name: str, tonnes: float, cost: float, **more: object) -> Option:
    """An option of its own case, whose tonnes may turn out at half or one and a half."""
    given = {
        "case": f"case-{name}",
        "start_year": 2029,
        "additional_t": tonnes * np.array([0.5, 1.0, 1.5]),
        "public_money_eur": paid_in(2027, cost),
        **more,
    }
    return Option(name, **given)


OPTIONS = [
    option("cheap", 20e3, 2e6, case="salt"),
    option("large", 90e3, 12e6, case="salt"),
    option("steel", 100e3, 30e6, uses={"porthos": np.where(YEARS >= 2029, 5e4, 0.0)}),
    option("late", 50e3, 1e6, uses={"porthos": np.full(5, 1e4)}),
    option("follower", 10e3, 1e6, requires=("late",)),
    option("idle", 0.0, 1e6),
    option("unknown", np.nan, 1e6),
]
LIMITS = Limits(
    years=YEARS,
    budget_eur=paid_in(2027, 42e6),
    staff_fte=np.full(5, 4.0),
    infrastructure=(
        Infrastructure("porthos", np.full(5, 6e4), 2028, np.zeros(5), paid_by_state=False),
    ),
)
NAMES = {
    "large": Text(nl="Zout, geheel", en="Salt, whole"),
    "salt": Text(nl="Zoutfabriek", en="Salt works"),
}


@cache
def solved() -> tuple[Choice, tuple[Choice, ...], tuple[ShadowPrice, ...], ByPrice]:
    return (
        choose(OPTIONS, LIMITS),
        frontier(OPTIONS, LIMITS, points=3),
        shadow_prices(OPTIONS, LIMITS),
        cheapest_first(OPTIONS, LIMITS),
    )


def made(language: Language = "en") -> dict[str, Section]:
    made_from = MadeFrom(OPTIONS, LIMITS, NAMES, date(2025, 6, 30), RECEIPT, draws=3)
    report = choice_report(*solved(), made_from, language)
    return {each.anchor: each for each in report.sections}


def said(section: Section) -> str:
    texts = (plain_text(block.text) for block in section.blocks if isinstance(block, Paragraph))
    return " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")


def rows(section: Section, n: int = 0) -> list[list[str]]:
    found: list[Block] = [block for block in section.blocks if isinstance(block, Table)]
    table = found[n]
    assert isinstance(table, Table)
    return [
        [plain_text(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]
        for row in table.rows
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_and_none_is_empty(language):
    sections = made(language)

    assert list(sections) == [
        "core",
        "chosen",
        "money",
        "infrastructure",
        "frontier",
        "shadow-prices",
        "cheapest",
        "not-chosen",
        "left-out",
        "method",
        "receipt",
    ]
    assert all(each.blocks for each in sections.values())


def test_the_brief_says_what_is_taken_for_how_much_and_that_nothing_is_better():
    told = said(made()["core"])

    assert "takes 2 of the 6 plans" in told
    assert "Salt works" in told
    assert "190 kt of additional reduction in 2030, for €42 million" in told
    assert "no better choice exists" in told


def test_the_chosen_options_add_up_to_the_total():
    found = rows(made()["chosen"])

    assert [row[0] for row in found] == ["Salt, whole", "steel", "Total"]
    assert found[-1][3:] == ["190 kt", "€42 million", "€221"]


def test_money_and_people_stand_beside_their_limits():
    # Only years in which something is asked, or there is money to spend.
    assert rows(made()["money"])[0] == ["2027", "€42 million", "€42 million", "0.0", "4.0"]


def test_shared_infrastructure_tells_what_is_used_of_it():
    assert rows(made()["infrastructure"]) == [
        [
            "Porthos",
            "2028",
            "60,000 tonnes a year",
            "50,000 tonnes a year",
            "paid by others",
            "used",
        ]
    ]


def test_the_frontier_marks_the_choice_and_lists_its_options():
    section = made()["frontier"]

    assert any(isinstance(block, Picture) for block in section.blocks)
    assert rows(section)[-1] == ["choice 3 (2 plans)", "Salt, whole and steel"]


def test_a_limit_that_is_worth_nothing_says_so():
    budget = next(row for row in rows(made()["shadow-prices"]) if row[0] == "Budget")

    assert budget[1:3] == ["€0.42 million", "nothing"]


def test_cheapest_first_stands_beside_with_why_it_misses_what_is_best():
    section = made()["cheapest"]
    found = {row[0]: row[2:] for row in rows(section)}

    assert "less" in said(section)
    assert found["Salt, whole"] == ["another option of this plan was chosen: cheap", "chosen"]
    assert found["cheap"] == [
        "bought as number 1",
        "another option of this plan was chosen: Salt, whole",
    ]


def test_what_is_not_chosen_has_the_first_reason_that_holds():
    found = {row[0]: row[3] for row in rows(made()["not-chosen"])}

    assert found == {
        "cheap": "Another option of this plan was chosen: Salt, whole",
        "follower": "Requires late, which is not chosen",
        "idle": "No additional tonnes are expected",
        "late": "Does not fit the budget: in 2027 there is €1 million too little",
    }


def test_what_played_no_part_stands_apart_with_the_figure_that_is_lacking():
    assert rows(made()["left-out"]) == [["unknown", "Additional_t is not a number somewhere"]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"staff_fte": np.full(5, -0.0)}, "needs Porthos in 2026, which is there only in 2028"),
        ({"uses": {}, "staff_fte": np.full(5, 4.5)}, "too few people: in 2026 0.5 fte is lacking"),
        (
            {"uses": {"porthos": np.where(YEARS == 2030, 7e4, 0.0)}},
            "no longer fits in Porthos: in 2030 10,000 tonnes a year is lacking",
        ),
    ],
)
def test_why_not_tells_which_limit_would_break(change, reason):
    late = replace(OPTIONS[3], **change)

    told = why_not(late, [], LIMITS, Names({}, "en"), "en")

    assert told.replace("\N{NO-BREAK SPACE}", " ") == reason


def test_why_not_tells_where_risk_outweighs_tonnes():
    averse = replace(LIMITS, risk_aversion=5.0, cvar_level=0.5)

    told = why_not(OPTIONS[1], [], averse, Names({}, "en"), "en")

    assert told == "fits, but adds more risk than tonnes"


def test_a_co_benefit_is_called_by_its_substance():
    assert Names({}, "en").of_co_benefit("nox_kg") == "Nitrogen oxides (NOx), kg a year"
    assert Names({}, "en").of_co_benefit("jobs") == "jobs"


def test_where_nothing_is_chosen_the_reasons_are_pointed_at():
    idle = [OPTIONS[5]]
    report = choice_report(
        choose(idle, LIMITS),
        (),
        (),
        cheapest_first(idle, LIMITS),
        MadeFrom(idle, LIMITS, {}, date(2025, 6, 30), RECEIPT, draws=3),
        "en",
    )
    sections = {each.anchor: each for each in report.sections}

    assert "nothing is chosen" in said(sections["core"])
    assert "What is not chosen and why" in said(sections["core"])
    assert "was not asked" in said(sections["frontier"])
    assert "buys nothing here either" in said(sections["cheapest"])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_to_the_example_makes_a_page_and_a_document(language):
    file, _ = check_candidates(EXAMPLE, ())
    report = answer_report(answer(question(file=file)), language)

    page = html_page(report)
    document = PdfReader(io.BytesIO(report_pdf(report)))

    assert not re.search(r"choice\.\w+|\{\w+\}|either:", page)
    assert report.title in document.pages[0].extract_text().replace("\n", " ")
