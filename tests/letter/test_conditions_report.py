# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report on the same project in other countries: gaps, reasons, sources, in both languages."""

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from pypdf import PdfReader

from maatwerkbank.economics.condition_factors import FACTORS, UNKNOWN, Comparison, Judged
from maatwerkbank.economics.elsewhere import Elsewhere, elsewhere
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Link, Paragraph, Section, Table, plain_text
from maatwerkbank.letter.conditions_report import (
    comparison_blocks,
    conditions_report,
    conditions_sections,
)
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.pdf import report_pdf
from maatwerkbank.portfolio.cases import load_case

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def found() -> Elsewhere:
    return elsewhere(load_case("aeb"), ["de", "be_flanders"], hurdle_rate=0.12)


def germany() -> Comparison:
    return found().comparisons[0]


def told(comparison: Comparison, language: Language = "en") -> str:
    blocks = comparison_blocks(comparison, found().base, language)
    texts = (plain_text(block.text) for block in blocks if isinstance(block, Paragraph))
    return " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")


def tables(comparison: Comparison, language: Language = "en") -> list[Table]:
    blocks = comparison_blocks(comparison, found().base, language)
    return [block for block in blocks if isinstance(block, Table)]


def with_gap(gap: Judged) -> Comparison:
    """The comparison with another gap of all together."""
    together = germany().together
    figures = {**together.figures, "npv_gap_eur": gap}
    return replace(germany(), together=replace(together, figures=figures))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_and_no_word_is_left_unfilled(language):
    sections: tuple[Section, ...] = conditions_sections(found(), language)
    page = html_page(conditions_report(found(), language))

    assert [each.anchor for each in sections] == ["core", "country-de", "country-be_flanders"]
    assert all(each.blocks for each in sections)
    assert not re.search(r"conditions_report\.|\{\w+\}|factor\.\w+", page)


def test_each_factor_has_its_gap_and_all_together_stand_last():
    table = tables(germany())[0]
    names = [plain_text(row.cells[0]) for row in table.rows]

    assert len(names) == len(FACTORS) + 2
    assert names[-1] == "Together"
    assert plain_text(table.rows[names.index("Support")].cells[1]) == "−686.9 to −378.1"


def test_a_gap_that_is_unknown_is_marked_and_its_reason_stands_once_with_who_can_give_it():
    comparison = germany()
    grid = next(row for row in tables(comparison)[0].rows if row.cells[0] == ("Grid cost",))
    unjudged = tables(comparison)[1]

    assert grid.cells[1] == ("n/j",)
    reasons = [plain_text(row.cells[1]) for row in unjudged.rows]
    assert len(reasons) == len(set(reasons))
    assert ("Grid cost and whole power bill",) in [row.cells[0] for row in unjudged.rows]
    assert all(plain_text(row.cells[2]) for row in unjudged.rows)


def test_every_figure_stands_with_its_source_and_how_it_was_seen():
    sources = tables(germany())[-1]
    tax = next(row for row in sources.rows if row.cells[0] == ("Profit tax",))
    hurdle = next(row for row in sources.rows if "Hurdle" in plain_text(row.cells[0]))

    assert plain_text(tax.cells[1]) == "29.9% of the profit (2025)"
    assert isinstance(tax.cells[2][0], Link)
    assert tax.cells[3] == ("press",)
    assert plain_text(hurdle.cells[2]) == "supposed with this question, without a source"


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (Judged(None, -5e6, -2e6), "worth €2 million to €5 million less than here"),
        (Judged(3e6), "worth €3 million more than here"),
        (Judged(None, -1e6, 2e6), "better or worse there stays open"),
        (Judged(0.0), "worth as much as here"),
        (UNKNOWN, "cannot be judged"),
    ],
)
def test_the_sentence_says_which_way_the_value_goes(gap, sentence):
    assert sentence in told(with_gap(gap))


def test_the_heaviest_factor_is_named():
    assert "Weighing most is support: −€687 million to −€378 million." in told(germany()).replace(
        "\N{WORD JOINER}", ""
    )


def test_a_country_of_which_nothing_is_known_says_so():
    bare = replace(germany(), takes=())

    assert "no condition there is known" in told(bare)


def test_several_countries_stand_side_by_side():
    core = conditions_sections(found(), "en")[0]
    table = next(block for block in core.blocks if isinstance(block, Table))

    assert [column.label for column in table.columns[1:]] == ["Germany", "Belgium (Flanders)"]


def test_the_document_compiles():
    pages = PdfReader(io.BytesIO(report_pdf(conditions_report(found(), "nl")))).pages

    assert "Duitsland" in "".join(page.extract_text() for page in pages)
