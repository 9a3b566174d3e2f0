# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of one case in draws: every section in both languages, with numbers of the draws."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from pypdf import PdfReader
from tests.risk.example import LATE, MONEY, ONE_SIDED, SOURCED, TONNES, case_file, law, with_sale

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import (
    Block,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
    Tiles,
    plain_text,
)
from maatwerkbank.letter.numbers import euros, tonnes
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.pdf import report_pdf
from maatwerkbank.letter.risk_brief import risk_brief_lines
from maatwerkbank.letter.risk_measures import chance
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.risk_report import ASSUMPTIONS, case_risk_report, risk_sections
from maatwerkbank.letter.risk_report_known import distribution_told
from maatwerkbank.letter.risk_report_spread import steps_of
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.reference_classes import (
    Discrete,
    Empirical,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.case_risk import CaseRisk, case_risk
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.risk.summary import Summary

LANGUAGES: tuple[Language, ...] = ("nl", "en")
ANCHORS = [
    "core",
    "risk-value",
    "risk-tonnes",
    "risk-drivers",
    "risk-break-even",
    "risk-discovery",
    "risk-parts",
    "risk-prices",
    "risk-money",
    "risk-guarantees",
    "risk-regret",
    "risk-laws",
    "risk-lacks",
    "risk-assumptions",
    "receipt",
]
DRAWS = Draws(n=128, seed=0)
TIED = {"between": ["capex", "permit"], "rank_correlation": 0.5, **SOURCED}
POLICY = [
    {"variant": "levy_abolished", "probability": 0.3, **SOURCED},
    {"variant": "levy_no_step", "from": 2031, "probability": 0.2, **SOURCED},
]


@cache
def everything() -> CaseRisk:
    """A made-up case with every kind of uncertainty, under two laws, with a promise."""
    return case_risk(
        case_file(
            installations=with_sale(),
            awards=[ONE_SIDED],
            uncertainties={
                "figures": [*MONEY[:-1], *TONNES],
                "delays": LATE,
                "policy": POLICY,
                "dependence": [TIED],
            },
        ),
        {"enacted": law(), "levy_abolished": law("levy_abolished")},
        DRAWS,
        promised_t=50_000.0,
        return_share=0.5,
    )


@cache
def nothing() -> CaseRisk:
    """The same case with nothing uncertain and prices on their path."""
    drawn = replace(DRAWS, n=4, process=None)
    return case_risk(case_file(uncertainties={}, awards=[]), {"enacted": law()}, drawn)


@cache
def shipped(name: str) -> CaseRisk:
    """A shipped case under the law as known."""
    file = load_case(name)
    day = date.fromisoformat(file.case.known_on)
    return case_risk(file, {"enacted": Law(day, outlook="hold")}, DRAWS)


def sections(risk: CaseRisk, language: Language = "en") -> dict[str, Section]:
    return {each.anchor: each for each in case_risk_report(risk, language).sections}


def tables(section: Section) -> list[Table]:
    found: list[Table] = []
    for block in section.blocks:
        if isinstance(block, Table):
            found.append(block)
        elif isinstance(block, Picture):
            found.append(block.table)
    return found


def rows(section: Section, caption: str) -> list[list[str]]:
    """The cells of the table whose caption holds a text, each space an ordinary one."""
    table = next(each for each in tables(section) if caption in each.caption)
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def plain(text: Phrase) -> str:
    return plain_text(text).replace("\N{NO-BREAK SPACE}", " ")


def said(section: Section) -> str:
    found = (block.text for block in section.blocks if isinstance(block, Paragraph))
    return " ".join(plain(text) for text in found)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def texts(block: Block) -> list[str]:
    """Everything that a block prints."""
    match block:
        case Paragraph():
            return [plain(block.text)]
        case Tiles():
            return [part for tile in block.tiles for part in (tile.label, tile.value, tile.note)]
        case Table():
            cells = [plain(cell) for row in block.rows for cell in row.cells]
            return [block.caption, *(column.label for column in block.columns), *cells]
        case Picture():
            return [block.title, *texts(block.table)]
        case Facts():
            return [part for name, text in block.pairs for part in (name, plain(text))]


# ── the whole ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_and_none_is_empty(language):
    found = sections(everything(), language)

    assert list(found) == ANCHORS
    assert [anchor for anchor, each in found.items() if not each.blocks] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("risk", [everything, nothing, lambda: shipped("yara")])
def test_no_word_is_left_unfilled_or_untranslated(language, risk):
    told = [
        text
        for each in case_risk_report(risk(), language).sections[:-1]
        for block in each.blocks
        for text in [each.heading, *texts(block)]
    ]

    keys = re.compile(r"\brisk_\w+\.|risk_chart|\b[a-z]+_[a-z_]+_(eur|t)\b|\{\w*\}|\bnan\b|\binf\b")

    assert [text for text in told if keys.search(text)] == []
    assert all(told)


def test_the_two_languages_hold_the_same_blocks():
    dutch, english = (sections(everything(), language) for language in LANGUAGES)

    for anchor in ANCHORS:
        kinds = [[type(block) for block in each[anchor].blocks] for each in (dutch, english)]
        assert kinds[0] == kinds[1]


def test_the_page_says_how_many_draws_from_which_seed_and_that_a_chance_is_no_forecast():
    report = case_risk_report(everything(), "en")
    facts = {name: plain(text) for name, text in report.facts.pairs}
    caution = next(b for b in report.sections[0].blocks if "no forecast" in " ".join(texts(b)))

    assert facts["Draws"] == "128, seed 0"
    assert facts["Receipt"] == everything().receipt.number
    assert isinstance(caution, Paragraph)
    assert Link("these assumptions", f"#{ASSUMPTIONS}") in caution.text


def test_the_page_stands_by_itself():
    page = html_page(case_risk_report(nothing(), "en"))

    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert page.count("<section") == len(sections(nothing()))


def test_the_document_has_the_value_on_its_first_sheet():
    read = PdfReader(io.BytesIO(report_pdf(case_risk_report(everything(), "nl"))))

    first = read.pages[0].extract_text()

    assert len(read.pages) > 4
    assert RiskNames(everything(), "nl").measure("npv_eur").name in first


def test_sections_for_the_report_of_the_case_say_that_they_are_about_risk():
    found = risk_sections(everything(), "nl")

    assert found[0].anchor == "risk"
    assert all(each.heading.startswith("Risico: ") for each in found)
    assert "startgetal 0" in said(found[0])


# ── the numbers ───────────────────────────────────────────────────────────────────────────────


def test_the_summary_tells_chances_value_tonnes_and_money_of_the_draws():
    law_ = everything().leading
    npv, at_risk = law_.summary("npv_eur"), law_.money.at_risk

    told = said(sections(everything())["core"])

    assert npv is not None
    assert at_risk is not None
    assert chance(1.0 - law_.below_nil.probability, "en") in told
    assert all(spaced(euros(value, "en")) in told for value in (npv.mean, npv.at(0.1)))
    assert f"50 kt asked for 2030 is reached is {chance(law_.promise_kept.probability, 'en')}" in (
        told
    )
    assert spaced(euros(at_risk.expected_eur, "en")) in told


def test_the_table_of_outcomes_carries_the_quantiles():
    found = {row[0]: row for row in rows(sections(everything())["risk-value"], "All outcomes")}
    gross = everything().leading.summary("gross_discounted_t")

    assert gross is not None
    shown = [tonnes(gross.at(p), "en") for p in (0.1, 0.5, 0.9)]
    assert found["Gross reduction, discounted"][2:5] == [spaced(each) for each in shown]
    assert found["Internal rate of return"][1:] == ["n/j"] * 5


def test_a_chance_is_read_off_at_a_draw_also_where_many_draws_are_alike():
    outcomes, at_least = steps_of(np.array([0.0] * 6 + [10.0, 20.0, 30.0, 40.0]))

    def reached(share: float) -> float:
        return float(np.interp(share, at_least[::-1], outcomes[::-1]))

    assert reached(0.5) == pytest.approx(0.0)
    assert reached(0.25) == pytest.approx(20.0)
    assert reached(0.15) == pytest.approx(30.0)
    assert [len(each) for each in steps_of(None)] == [0, 0]


def test_the_median_of_the_curve_is_that_of_the_draws():
    median = everything().leading.summary("additional_2030_t").at(0.5)

    told = said(sections(everything())["risk-tonnes"])

    assert f"the median of the additional reduction in 2030 is {spaced(tonnes(median, 'en'))}" in (
        told
    )


def test_each_factor_that_counts_stands_with_its_share_and_the_rest_is_told():
    sobol = everything().leading.drivers.sobol[0]
    names = RiskNames(everything(), "en")

    section = sections(everything())["risk-drivers"]
    found = [row[0] for row in rows(section, "net present value")]

    assert found == [names.factor(each.factor) for each in sobol.shares if each.total >= 0.005]
    assert "less than half a per cent" in said(section)


def test_what_must_be_true_names_the_value_and_on_which_side_it_must_lie():
    found = {row[0]: row[2] for row in rows(sections(everything())["risk-break-even"], "stands")}

    assert re.fullmatch(
        r"At most \d\.\d\d times what the case states",
        found["Carbon capture and storage: investment"],
    )
    assert "Whether this law comes" not in " ".join(found)


def test_where_it_fails_is_told_as_rules_in_which_a_law_comes_or_does_not():
    told = " ".join(texts_of(sections(everything())["risk-discovery"]))

    assert "Delay by the storage of CO2" in told
    assert "at least 1.5 years" not in told
    assert "does not come" in told
    assert re.search(r"times what the case states.*\d+%", told)


def texts_of(section: Section) -> list[str]:
    return [text for block in section.blocks for text in texts(block)]


def test_the_items_add_up_and_stand_in_the_table():
    section = sections(everything())["risk-parts"]
    table = rows(section, "Present value by item")
    whole = everything().leading.summary("npv_eur")

    assert [row[0] for row in table][:2] == ["Investment", "Operation and grid cost"]
    assert "Dutch" not in table[0][0]
    assert float(table[-1][2].replace("−", "-")) == pytest.approx(whole.mean / 1e6, abs=0.05)


def test_public_money_tells_what_may_be_lost_what_is_too_much_and_what_comes_back():
    money = everything().leading.money
    section = sections(everything())["risk-money"]

    at_risk = dict(rows(section, "Support without"))
    back = dict(rows(section, "claw-back"))

    assert at_risk["Such support on average over all draws"] == spaced(
        euros(money.at_risk.expected_eur, "en")
    )
    assert back["Share that goes back"] == "50%"
    assert back["Of that out of a windfall"] == spaced(
        euros(money.windfall.claw_back.expected_of_windfall_eur, "en")
    )


def test_a_guarantee_on_one_cause_is_not_told_twice():
    found = [row[0] for row in rows(sections(shipped("aeb"))["risk-guarantees"], "guarantee")]

    assert len(found) == len(set(found))
    assert "Infrastructure in time: the storage of CO2" in found
    assert "No delay by the storage of CO2" not in found


def test_regret_has_a_row_for_each_law_and_a_column_for_each_family():
    found = rows(sections(everything())["risk-regret"], "Regret")

    assert {row[0] for row in found} == {
        "Law as known on 30 June 2025",
        "Dutch CO2 levy on industry abolished",
    }
    assert len(found[0]) == 2 + len(everything().regret.judged.families)


def test_two_laws_show_the_frozen_path_beside_the_other_and_which_law_may_come():
    section = sections(everything())["risk-laws"]

    found = [row[0] for row in rows(section, "Median")]

    assert "Additional in 2030 on the frozen path" in found
    assert "Dutch CO2 levy on industry abolished (30%)" in said(section)


def test_with_one_law_there_is_no_section_on_other_law():
    assert "risk-laws" not in sections(shipped("aeb"))


# ── what is not known, and what nothing moves ─────────────────────────────────────────────────


@pytest.mark.parametrize("anchor", ["risk-value", "risk-break-even", "risk-parts"])
def test_what_cannot_be_judged_is_told_with_who_can_give_what_is_lacking(anchor):
    told = said(sections(shipped("yara"))[anchor])

    assert "Net present value: cannot be judged" in told
    assert "To be asked of: Yara Sluiskil" in told


def test_the_lacks_of_all_outcomes_stand_in_one_table():
    found = rows(sections(shipped("tata-steel"))["risk-lacks"], "lacking")

    assert len(found) > 1
    assert all(why and ask and results for _, why, ask, results in found)
    assert any("net present value" in results for *_, results in found)


def test_where_the_value_is_not_known_the_brief_says_what_is():
    told = said(sections(shipped("yara"))["core"])

    assert "cannot be judged" in told
    assert "Known is what allowances and levy differ" in told


def test_a_case_in_which_nothing_varies_says_so_in_every_section_that_needs_it():
    found = sections(nothing())

    assert "every draw is the same" in said(found["risk-drivers"])
    assert "There is no box: in every draw" in said(found["risk-discovery"])
    assert "The same in every draw" in said(found["risk-prices"])
    assert "nothing to guarantee" in said(found["risk-guarantees"])
    assert "No support has been awarded" in said(found["risk-money"])
    assert "declares nothing uncertain" in said(found["risk-assumptions"])


# ── assumptions ───────────────────────────────────────────────────────────────────────────────


def test_each_distribution_is_told_in_words_with_its_source():
    section = sections(shipped("aeb"))["risk-assumptions"]
    found = {row[0]: row for row in rows(section, "Distributions")}

    assert found["Investment"][1] == "from 150 to 1,114 million euro, most likely 226 million euro"
    assert "klemetsrud-press" in found["Investment"][2]
    assert found["Investment"][3] == "unverified"
    assert "experience with" in found["Delay by construction"][1]


@pytest.mark.parametrize(
    ("distribution", "unit", "told"),
    [
        (Fixed(kind="fixed", value=2), "year", "always 2 years"),
        (Uniform(kind="uniform", low=2, high=3), "year", "every value from 2 to 3 years"),
        (Triangular(kind="triangular", low=1, mode=2, high=4), "MEUR", "from 1 to 4 million euro"),
        (Normal(kind="normal", mean=10, sd=2), "", "around 10, with a standard deviation of 2"),
        (Lognormal(kind="lognormal", mu=0.1, sigma=0.3), "", "logarithm 0.1 ± 0.3"),
        (
            Discrete(kind="discrete", values=[0, 1], probabilities=[0.75, 0.25]),
            "year",
            "one of 0 years (75%) and 1 year (25%)",
        ),
        (Empirical(kind="empirical", sample=[1, 2]), "", "one of the observations 1 and 2"),
        (Empirical(kind="empirical", sample=list(range(9))), "", "9 observations, from 0 to 8"),
    ],
)
def test_every_kind_of_distribution_has_words(distribution, unit, told):
    assert told in spaced(distribution_told(distribution, unit, "en"))
    assert distribution_told(distribution, unit, "nl")


def test_prices_say_how_their_path_was_taken_and_whether_chance_moves_them():
    found = {row[0]: row for row in rows(sections(shipped("aeb"))["risk-assumptions"], "Prices")}

    assert found["Electricity"][1:3] == [
        "centre as the source gives it",
        "strays from the path, as in the past",
    ]
    assert all(row[3] for row in found.values())


def test_what_goes_together_stands_with_its_correlation():
    found = rows(sections(everything())["risk-assumptions"], "goes together")

    assert found[0][1] == "0.50"
    assert "delay by permits" in found[0][0]


# ── in a terminal ─────────────────────────────────────────────────────────────────────────────


def test_the_lines_below_an_assessment_hold_quantiles_and_chances():
    npv = everything().leading.outcomes["npv_eur"]

    lines = [spaced(line) for line in risk_brief_lines(everything(), ("npv_eur",), "en")]

    assert isinstance(npv, Summary)
    assert "128 times, seed 0" in lines[0]
    assert all(spaced(euros(npv.at(p), "en")) in lines[2] for p in (0.1, 0.5, 0.9))
    assert any(line.startswith("  Chance that the plan makes a loss: ") for line in lines)
    assert any("Chance of 50 kt" in line for line in lines)


def test_the_lines_below_an_assessment_name_what_no_draw_can_give():
    lines = list(risk_brief_lines(shipped("yara"), ("npv_eur", "gross_2030_t"), "en"))

    assert "  Not to be judged in any draw: net present value" in lines


def test_links_of_the_report_lead_to_its_own_sections():
    report = case_risk_report(everything(), "en")
    anchors = {each.anchor for each in report.sections}
    links = [
        piece.target
        for each in report.sections
        for block in each.blocks
        if isinstance(block, Paragraph)
        for piece in block.text
        if isinstance(piece, Link)
    ]

    assert links
    assert {each.removeprefix("#") for each in links if each.startswith("#")} <= anchors
