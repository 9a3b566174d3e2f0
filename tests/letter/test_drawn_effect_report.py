# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report on an effect in draws: per plan and law, with who is left out and why."""

import io
import re
from datetime import date
from functools import cache

import pytest
from pypdf import PdfReader

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Paragraph, Picture, Section, Table, plain_text
from maatwerkbank.letter.drawn_effect_report import drawn_effect_blocks, drawn_effect_report
from maatwerkbank.letter.numbers import euros
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.pdf import report_pdf
from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio.drawn_effect import ENACTED, DrawnEffect, drawn_effect
from maatwerkbank.risk.simulation import Draws

pytestmark = pytest.mark.slow
VARIANT = "levy_abolished"
DAY = date(2025, 6, 30)


@cache
def effect() -> DrawnEffect:
    laws = {VARIANT: Law(DAY, variant=VARIANT, outlook="hold")}
    return drawn_effect(Law(DAY, outlook="hold"), laws, Draws(n=64))


def sections(language: Language = "en") -> dict[str, Section]:
    return {each.anchor: each for each in drawn_effect_report(effect(), language).sections}


def rows(section: Section, caption: str) -> dict[str, list[str]]:
    """The cells behind the first, by the first, of the table whose caption holds a text."""
    tables = [each for each in section.blocks if isinstance(each, Table)]
    table = next(each for each in tables if caption in each.caption)
    cells = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    return {
        name: [each.replace("\N{NO-BREAK SPACE}", " ") for each in rest] for name, *rest in cells
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_section_is_there_and_no_word_is_left_unfilled(language):
    report = drawn_effect_report(effect(), language)
    page = html_page(report)

    assert [each.anchor for each in report.sections] == [
        "core",
        f"variant-{VARIANT}",
        "cost",
        "exposed",
        "not-public",
        "lacks",
        "receipt",
    ]
    assert all(each.blocks for each in report.sections)
    assert not re.search(r"drawn_effect\.|risk_\w+\.\w|\{\w+\}", page)


def test_the_change_of_each_plan_is_that_of_the_draws():
    aeb = next(case for case in effect().cases if case.company.id == "aeb")
    median = aeb.told_change(VARIANT, "npv_eur").at(0.5)

    found = rows(sections()[f"variant-{VARIANT}"], "Change by plan")

    assert found["AEB"][2].startswith(euros(median, "en").replace("\N{NO-BREAK SPACE}", " "))
    assert found["Yara Sluiskil"][2] == "n/j"


def test_tonnes_stand_on_both_paths():
    found = rows(sections()[f"variant-{VARIANT}"], "Additional reduction")

    assert found["Yara Sluiskil"] == ["0 t", "800 kt", "0 t"]


def test_two_laws_are_drawn_for_value_carbon_and_levy():
    pictures = [b for b in drawn_effect_blocks(effect(), "en") if isinstance(b, Picture)]

    assert [each.title for each in pictures] == [
        "Net present value under two laws",
        "Value of allowances and levy under two laws",
        "Levy to 2030 under two laws",
    ]


def test_a_total_names_who_is_not_in_it():
    found = rows(sections()[f"variant-{VARIANT}"], "Added up")

    assert found["Net present value"][1].startswith("1 of 8 plans. Lacking: Nobian, ")


def test_the_cost_of_a_tonne_is_told_for_the_plans_of_which_it_is_known():
    aeb = next(case for case in effect().cases if case.company.id == "aeb")
    saved = aeb.told(ENACTED, "gross_discounted_t").mean

    said = " ".join(
        plain_text(b.text) for b in sections()["cost"].blocks if isinstance(b, Paragraph)
    )

    assert f"AEB. It saves {saved / 1e3:.0f}\N{NO-BREAK SPACE}kt" in said
    assert "Not in the chart" in said


def test_firms_without_a_plan_keep_their_range_and_who_lacks_what_is_asked():
    assert " to " in rows(sections()["exposed"], "constant emissions")["Shell"][0]
    lacks = next(b for b in sections()["lacks"].blocks if isinstance(b, Table))
    assert all(plain_text(row.cells[3]) for row in lacks.rows)


def test_the_document_compiles():
    pages = PdfReader(io.BytesIO(report_pdf(drawn_effect_report(effect(), "nl")))).pages

    assert "AEB" in pages[0].extract_text()
