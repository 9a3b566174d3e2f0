# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come in, on paper: honest where a figure lacks, and every link lands."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from maatwerkbank.economics import Assessment, assess
from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.language import Text
from maatwerkbank.letter import support_charts, support_conditions, support_tables
from maatwerkbank.letter.blocks import Link, Paragraph, Picture, Section, Table, Tiles, plain_text
from maatwerkbank.letter.case_report import case_page, case_support
from maatwerkbank.letter.chart_style import NARROW, as_svg
from maatwerkbank.letter.pdf import case_pdf
from maatwerkbank.letter.support_conditions import rules_out_technique
from maatwerkbank.letter.support_labels import days_in_words, value_label
from maatwerkbank.letter.support_report import support_sections
from maatwerkbank.letter.support_text import support_lines
from maatwerkbank.letter.words import has_word, merged, vocabulary
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import register
from maatwerkbank.rules.instrument import Condition
from maatwerkbank.support.assessment import SupportAssessment, assess_support
from maatwerkbank.support.awards import known_awards
from maatwerkbank.support.schemes import FOREIGN, GENERIC

N = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
CAPEX = "range: {low: 240, central: 290, high: 380}"
BOILER = "{value: 22, unit: MEUR, source: voorbeeld-plan, place: blad 5, price_year: 2024}"
ABSENT = "{absent: true, why: {nl: geheim, en: secret}, ask: {nl: de firma, en: the firm}}"
ANCHORS = [
    "support",
    "ladder",
    "grant-forms",
    "state-aid",
    "support-tonnes",
    "comparable",
    "support-conditions",
    "support-values",
]


@pytest.fixture(scope="module")
def found(example: CaseFile) -> SupportAssessment:
    return assess_support(example)


@pytest.fixture
def dear(changed_case: Callable[..., CaseFile]) -> SupportAssessment:
    """The example, so dear that no generic scheme can carry it."""
    return assess_support(changed_case((CAPEX, "range: {low: 1900, central: 2000, high: 2100}")))


@pytest.fixture
def unknown(changed_case: Callable[..., CaseFile]) -> SupportAssessment:
    """The example without the investment of its boiler."""
    return assess_support(changed_case((BOILER, ABSENT)))


@pytest.fixture
def without_centre(changed_case: Callable[..., CaseFile]) -> SupportAssessment:
    """The dear example, where no source gives a centre."""
    return assess_support(changed_case((CAPEX, "range: {low: 1900, high: 2100}")))


def blocks_of(found: SupportAssessment, anchor: str, kind: type, language="nl") -> list:
    (section,) = [each for each in support_sections(found, language) if each.anchor == anchor]
    return [block for block in section.blocks if isinstance(block, kind)]


def text_of(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row.cells] for row in table.rows]


def told_in(found: SupportAssessment, anchor: str, language="nl") -> str:
    return " ".join(plain_text(each.text) for each in blocks_of(found, anchor, Paragraph, language))


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def test_every_scheme_framework_and_outcome_has_a_name():
    keys = [
        *(f"scheme.{name}" for name in (*GENERIC, *FOREIGN, "maatwerksubsidie")),
        *(f"scheme.{award.instrument}" for award in known_awards().values()),
        *(f"framework.{name}" for name in ("gber", "tctf", "cisaf", "ceeag")),
        *(
            f"outcome.{name}"
            for name in ("fits", "refused", "cannot_judge", "not_open", "not_met", "open")
        ),
        *("left_after_generic_eur", "tailor_made_grant_eur", "support.nearest", "ceiling"),
    ]

    assert [key for key in keys if not has_word(key)] == []


def test_a_word_that_stands_in_two_files_is_refused():
    first = {"ceiling": {"nl": "plafond", "en": "ceiling"}}
    second = {"ceiling": {"nl": "maximum", "en": "maximum"}}

    with pytest.raises(MaatwerkError, match=r"b-words\.yaml .*: ceiling"):
        merged({"a-words.yaml": first, "b-words.yaml": second})


def test_words_of_all_files_are_one_vocabulary():
    assert {"npv_eur", "heading.ladder"} <= set(vocabulary())


# ── what the plan is short of ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sections_follow_the_approach(found: SupportAssessment, language):
    sections = support_sections(found, language)

    assert [section.anchor for section in sections] == ANCHORS
    assert all(isinstance(section, Section) and section.blocks for section in sections)


def test_the_verdict_gives_gap_cover_and_award(found: SupportAssessment):
    told = told_in(found, "support")

    assert f"komt het plan tekort: €{N}10,5{N}mln (bereik €{N}0 tot €{N}149{N}mln)" in told
    assert "Generieke regelingen dekken daarvan" in told
    assert f"Al toegekend is €{N}90{N}mln" in told


def test_a_plan_that_needs_a_grant_says_how_much(dear: SupportAssessment):
    told = told_in(dear, "support")
    (tiles,) = blocks_of(dear, "support", Tiles)

    assert "Er blijft over: " in told
    assert "De maatwerksubsidie waarmee het vereiste rendement wordt gehaald, is nominaal" in told
    assert tiles.tiles[3].label == "Benodigde maatwerksubsidie"
    assert tiles.tiles[3].value.startswith(f"€{N}")


def test_where_the_gap_is_unknown_it_names_what_lacks_and_draws_nothing(
    unknown: SupportAssessment,
):
    told = told_in(unknown, "support")
    (tiles,) = blocks_of(unknown, "support", Tiles)

    assert "Wat het plan zonder steun tekortkomt, is niet te beoordelen." in told
    assert "Er ontbreekt Elektrische ketel: investering." in told
    assert "Welke maatwerksubsidie nodig is, is daarom niet te beoordelen." in told
    assert blocks_of(unknown, "support", Picture) == []
    assert [tile.value for tile in tiles.tiles[:4]] == ["niet te beoordelen"] * 4


def test_where_only_a_range_is_known_no_single_amount_is_named(without_centre: SupportAssessment):
    (tiles,) = blocks_of(without_centre, "support", Tiles)

    assert all(" tot " in tile.value for tile in (tiles.tiles[0], tiles.tiles[3]))
    assert "geeft geen bron een midden" in told_in(without_centre, "support")
    assert "voor wat overblijft geldt alleen het bereik" in told_in(without_centre, "support")
    assert "is alleen een bereik bekend" in told_in(without_centre, "grant-forms")
    assert blocks_of(without_centre, "grant-forms", Table) == []


# ── waterfall ─────────────────────────────────────────────────────────────────────────────────


def test_the_steps_run_from_total_cost_over_the_gap_to_what_is_left(dear: SupportAssessment):
    ladder = dear.ladder
    kinds = [step.kind for step in support_charts.steps(dear, "nl")]
    amounts = [step.of(ladder) for step in support_charts.steps(dear, "nl")]
    total, gap, left = [n for n, kind in enumerate(kinds) if kind == "total"]

    assert amounts[total] == pytest.approx(sum(amounts[:total]), rel=1e-9)
    assert amounts[gap] == pytest.approx(sum(amounts[total:gap]), rel=1e-9)
    assert amounts[left] == pytest.approx(sum(amounts[gap:left]), rel=1e-9)
    assert amounts[gap] == pytest.approx(ladder.gap_eur, rel=1e-9)
    assert amounts[left] == pytest.approx(ladder.left_eur, rel=1e-9)


def test_every_scheme_that_counts_is_a_step_of_its_own(found: SupportAssessment):
    counted = {rung.scheme for rung in found.ladder.rungs if rung.counted}
    schemes = [step for step in support_charts.steps(found, "nl") if step.kind == "scheme"]

    assert len(schemes) == len(counted) > 0
    assert len({step.label for step in schemes}) == len(schemes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_waterfall_tells_its_balances_to_who_cannot_see_it(found: SupportAssessment, language):
    drawn = support_charts.waterfall(found, language, width=NARROW)

    svg = ET.fromstring(as_svg(drawn))  # noqa: S314  (made by us)

    assert abs(float(svg.get("width", "0")) - NARROW) <= 2
    assert len(str(drawn.description)) > 60
    assert str(drawn.description).count("€") >= 3


def test_the_table_beside_it_has_a_row_for_each_step(found: SupportAssessment):
    table = support_charts.waterfall_table(found, "nl")

    assert len(table.rows) == len(support_charts.steps(found, "nl"))


def test_the_table_marks_what_hangs_on_a_range_alone(without_centre: SupportAssessment):
    table = support_charts.waterfall_table(without_centre, "nl")

    assert table.caption.endswith("n.t.b. is niet te beoordelen")
    assert plain_text(table.rows[-1].cells[1]) == "n.t.b."
    assert " tot " in plain_text(table.rows[-1].cells[2])


def test_a_step_without_a_sourced_centre_is_pale_and_carries_no_number(
    without_centre: SupportAssessment,
):
    table = support_charts.waterfall_table(without_centre, "nl")
    layers = support_charts.waterfall(without_centre, "nl").to_dict()["layer"]
    values = [layer["data"]["values"] for layer in layers if "data" in layer]
    bars = next(rows for rows in values if "opacity" in rows[0])

    unknown = [plain_text(row.cells[1]) == "n.t.b." for row in table.rows]

    assert any(unknown)
    assert [bar["label"] == "" for bar in bars] == unknown
    assert [bar["opacity"] < 1 for bar in bars] == unknown


# ── the ladder ────────────────────────────────────────────────────────────────────────────────


def test_the_ladder_runs_from_the_gap_over_every_scheme_to_the_grant(found: SupportAssessment):
    (table,) = blocks_of(found, "ladder", Table)
    rows = text_of(table)

    assert rows[0][0] == "Tekort zonder steun"
    assert rows[-1][0] == "Maatwerksubsidie"
    out = [rung for rung in found.ladder.rungs if rules_out_technique(rung.offer)]
    folded = [row for row in rows if row[0] == "Niet voor deze techniek"]
    assert len(folded) == len({rung.project for rung in out}) > 0
    assert len(rows) == len(found.ladder.rungs) - len(out) + len(folded) + 2


def test_schemes_for_another_technique_stand_in_one_row_with_the_way_to_their_conditions(
    found: SupportAssessment,
):
    (table,) = blocks_of(found, "ladder", Table)
    (folded,) = [
        row
        for row in table.rows
        if plain_text(row.cells[0]) == "Niet voor deze techniek"
        and plain_text(row.cells[1]) == "Elektrische ketel"
    ]

    assert [link.target for link in folded.cells[-1] if isinstance(link, Link)] == [
        "#conditions-owe-elektrische-ketel",
        "#conditions-hydrogen-bank-elektrische-ketel",
    ]


def test_a_scheme_that_is_refused_says_why_and_shows_no_amount(found: SupportAssessment):
    (table,) = blocks_of(found, "ladder", Table)
    refused = [row for row in text_of(table) if row[2] == "voldoet niet"]
    own = [row for row in refused if row[0] != "Niet voor deze techniek"]

    assert own
    assert {row[3] for row in refused} == {DASH}
    assert all(row[5].startswith("Niet voldaan: ") for row in own)


def test_a_scheme_that_only_moves_tax_shows_the_interest_that_is_gained(found: SupportAssessment):
    (table,) = blocks_of(found, "ladder", Table)
    (vamil,) = [row for row in text_of(table) if "Vamil" in row[0] and row[2] == "voldoet"]

    assert vamil[3].startswith(f"rentevoordeel €{N}0,")
    assert vamil[3].endswith(" mln (contant)".replace(" mln", f"{N}mln"))
    assert vamil[5].startswith("Alleen uitstel van belasting")


def test_a_scheme_that_cannot_be_judged_says_what_is_open(found: SupportAssessment):
    (table,) = blocks_of(found, "ladder", Table)
    undecided = [row for row in text_of(table) if row[2] == "nog niet te beoordelen"]

    assert undecided
    assert all(row[5].startswith(("Nog open: ", "Ontbreekt: ")) for row in undecided)


def test_the_conditions_of_a_refused_scheme_are_only_those_in_its_way(found: SupportAssessment):
    (table,) = blocks_of(found, "support-conditions", Table)
    heads = [row for row in table.rows if row.style == "group"]
    owe = next(
        n for n, row in enumerate(table.rows) if row.anchor == "conditions-owe-elektrische-ketel"
    )

    assert len({head.anchor for head in heads}) == len(heads)
    assert [plain_text(cell) for cell in table.rows[owe + 1].cells][1:4] == [
        "niet voldaan",
        "elektrolyse",
        "elektrische ketel",
    ]
    assert table.rows[owe + 2].style == "group"


def test_values_that_nobody_verified_are_listed_with_who_uses_them(found: SupportAssessment):
    (table,) = blocks_of(found, "support-values", Table)

    assert len(table.rows) == len(support_tables.doubtful_values(found)) > 0
    assert {row[3] for row in text_of(table)} <= {"pers", "niet geverifieerd"}
    assert all(row[2] for row in text_of(table))


CONDITION = Condition("x", Text("zo", "so"), None, "art. 1")


@pytest.mark.parametrize(
    ("relation", "asked", "unit", "expected"),
    [
        ("at_least", 125e6, "EUR", f"ten minste €{N}125{N}mln"),
        ("at_most", 80.0, "EUR/t", f"ten hoogste €{N}80"),
        ("at_least", 0.4, "1", "ten minste 40%"),
        ("at_most", 3.0, "1", "ten hoogste 3"),
        ("at_least", 100_000.0, "t/year", f"ten minste 100{N}kt"),
        ("at_most", 5.0, "year", "ten hoogste 5 jaar"),
        ("by", 2026.0, "year", "uiterlijk 2026"),
        ("by", date(2025, 12, 31), "", f"uiterlijk 31{N}december{N}2025"),
        ("at_least", date(2025, 6, 25), "", f"vanaf 25{N}juni{N}2025"),
        ("is", True, "", DASH),
        ("is", False, "", DASH),
        ("is", "e_boiler, heat_pump", "", "elektrische ketel, warmtepomp"),
        ("is", "C, D, E", "", "sectie C, D, E"),
        ("is", "> 0", "EUR", "meer dan nul"),
        ("is", None, "", DASH),
        ("at_most", None, "EUR", "niet bekend"),
    ],
)
def test_what_a_condition_asks_is_told_in_words(relation, asked, unit, expected):
    condition = replace(CONDITION, relation=relation, asked=asked, unit=unit)

    assert support_conditions.asked(condition, "nl") == expected
    assert support_conditions.found_here(condition, "nl") == "niet vermeld"


def test_a_yes_or_no_stands_in_the_judgement_only():
    condition = replace(CONDITION, asked=False, found=True, met=False)

    assert support_conditions.asked(condition, "nl") == DASH
    assert support_conditions.found_here(condition, "nl") == DASH
    assert support_conditions.told_condition(condition, "nl") == "zo"


def test_a_count_of_one_is_not_a_percentage():
    condition = replace(CONDITION, relation="at_most", asked=1.0, found=1, unit="1")

    assert support_conditions.found_here(condition, "nl") == "1"
    assert support_conditions.asked(condition, "nl") == "ten hoogste 1"


# ── forms, State aid, tonnes, awards ──────────────────────────────────────────────────────────


def test_both_forms_of_the_grant_are_given_by_year(dear: SupportAssessment):
    contract, forms = blocks_of(dear, "grant-forms", Table)

    fixed = float(text_of(forms)[-1][1].replace(".", "").replace(",", "."))

    assert [row[0] for row in text_of(contract)] == ["Laag", "Midden", "Hoog"]
    assert dear.grant[0] is not None
    assert fixed * 1e6 == pytest.approx(dear.grant[0], abs=0.05e6)
    assert "bepaalt elk besluit zelf" in told_in(dear, "grant-forms")


def test_a_plan_without_a_gap_left_has_no_forms(found: SupportAssessment):
    assert blocks_of(found, "grant-forms", Table) == []
    assert "Er is geen tekort over" in told_in(found, "grant-forms")


def test_every_framework_stands_there_for_every_project(found: SupportAssessment):
    tables = blocks_of(found, "state-aid", Table)
    rows = [len(table.rows) for table in tables[: len(found.case.projects)]]

    assert rows == [len(each) for each in found.stacking.verdicts.values()]


def test_an_award_that_no_framework_fits_is_said_and_has_its_row(found: SupportAssessment):
    *_, stacks = blocks_of(found, "state-aid", Table)

    assert {v.outcome for v in found.stacking.verdicts["afvang"]} == {"refused", "not_open"}
    assert "past op de dag van verlening geen enkel kader bij de toegekende €" in told_in(
        found, "state-aid"
    )
    assert text_of(stacks)[0] == [
        "Afvang en opslag van CO2",
        DASH,
        DASH,
        f"€{N}90{N}mln",
        DASH,
        "geen kader past",
    ]


def test_a_framework_that_refuses_shows_no_ceiling(found: SupportAssessment):
    tables = blocks_of(found, "state-aid", Table)[: len(found.case.projects)]
    rows = [row for table in tables for row in text_of(table)]
    refused = [row for row in rows if row[2].startswith("voldoet niet")]

    assert refused
    assert {row[3] for row in refused} == {DASH}


@pytest.mark.parametrize(("language", "word"), [("nl", "toegestaan"), ("en", "allowed")])
def test_no_verdict_says_that_aid_is_allowed(found: SupportAssessment, language, word):
    page = case_page(found.base, {}, language, support=found)
    section = page.split('<section id="state-aid"', 1)[1].split("</section>", 1)[0]

    assert len(section) > 1000
    assert word not in section


def test_tonnes_are_given_under_every_version_of_the_law(found: SupportAssessment):
    tonnes, *_ = blocks_of(found, "support-tonnes", Table)
    first = text_of(tonnes)[0]

    assert len(tonnes.rows) == len(found.on_paths)
    assert first[1:] == [f"253{N}kt", f"194{N}kt", f"48,8{N}kt", f"48,8{N}kt"]


def test_euros_per_tonne_are_given_under_every_version_of_the_law(found: SupportAssessment):
    _, per_tonne, *_ = blocks_of(found, "support-tonnes", Table)
    rows = text_of(per_tonne)

    assert len(rows) == len(found.on_paths)
    assert rows[0][2] == f"€{N}24"  # 90 mln over 15 years of 253 kt
    assert len({row[3] for row in rows}) > 1


def test_claimed_tonnes_stand_beside_those_recalculated(found: SupportAssessment):
    _, _, claimed, *_ = blocks_of(found, "support-tonnes", Table)

    assert text_of(claimed)[0][1].startswith(f"300{N}kt. ")
    assert text_of(claimed)[0][2] == f"253{N}kt"


def test_an_award_that_contradicts_its_own_figures_is_marked(found: SupportAssessment):
    _, awards = blocks_of(found, "comparable", Table)
    by_name = {row[0].split(";")[0]: row for row in text_of(awards)}

    assert "past niet bij de eigen cijfers" in by_name["GPID, eerste ronde (zeven projecten)"][5]
    assert "past niet bij de eigen cijfers" not in by_name["Porthos, klanten"][5]


def test_an_award_of_after_the_day_of_the_run_is_marked(found: SupportAssessment):
    _, awards = blocks_of(found, "comparable", Table)
    by_name = {row[0].split(";")[0]: row for row in text_of(awards)}

    assert "Pas na de dag van deze doorrekening" in by_name["Cosun (Joint Letter of Intent)"][5]
    assert "Pas na de dag van deze doorrekening" not in by_name["Nobian"][5]


# ── in a terminal ─────────────────────────────────────────────────────────────────────────────


def test_the_terminal_gives_kind_law_and_the_kind_of_euro(found: SupportAssessment):
    lines = support_lines(found, "en")

    assert lines[1] == f"  Made-up example. Law as known on 30{N}June{N}2025.".replace(N, " ")
    assert lines[2].endswith("(present value, start of 2025)")
    assert lines[4].endswith("(nominal, spread as the investment)")


def test_the_terminal_names_asked_and_found_of_a_refusal(found: SupportAssessment):
    lines = support_lines(found, "en")

    assert any(
        line.strip().startswith("not met: ") and "(asked by 2026, here 2029)" in line
        for line in lines
    )


def test_a_scheme_that_counts_shows_what_is_left_and_the_mark_of_doubt(found: SupportAssessment):
    lines = support_lines(found, "en")
    counted = [line for line in lines if "left after it" in line]

    assert len(counted) == sum(rung.counted is not None for rung in found.ladder.rungs)
    assert any(line.endswith(" *") for line in counted)
    assert any(line.startswith("  * rests on a value") for line in lines)


def test_in_full_the_terminal_gives_every_open_condition_and_every_value(found: SupportAssessment):
    short, full = support_lines(found, "nl"), support_lines(found, "nl", in_full=True)

    assert len(full) > 2 * len(short)
    assert any(re.search(r" \(en \d+ meer\)$", line) for line in short)
    assert not any(re.search(r" \(en \d+ meer\)$", line) for line in full)


# ── on the page and in the document ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_name_of_a_program_and_no_iso_date_stands_in_the_tables(
    found: SupportAssessment, language
):
    anchors = ("ladder", "state-aid", "support-conditions", "support-values")
    tables = [table for anchor in anchors for table in blocks_of(found, anchor, Table, language)]
    cells = [cell for table in tables for row in text_of(table) for cell in row[:4]]
    told = " ".join(cells)

    assert re.findall(r"\d{4}-\d{2}-\d{2}", told) == []
    assert re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", told) == []
    assert re.findall(r"\brounds/|\bsde_tables/|\bexclusions\b", told) == []


def test_everything_that_schemes_rest_on_or_lack_has_a_name(found: SupportAssessment):
    lacking = {lack.name for rung in found.rungs() for lack in rung.offer.lacks}
    names = {rest.name for rest in found.rests_on()} | lacking

    assert sorted(name for name in names if value_label(name, "nl") is None) == []


def test_a_value_of_a_table_is_named_by_table_row_and_term():
    assert value_label("sde_tables/2024/e-boiler-industry/vollasturen", "nl") == (
        "SDE++ 2024, categorieën en bedragen: E-boiler, industrie, vollasturen"
    )
    assert value_label("sde_tables/1999", "nl") == "SDE++ 1999, categorieën en bedragen"
    assert value_label("no/such", "nl") is None


def test_days_within_a_text_are_written_out():
    assert days_in_words("op 2025-06-30 voor 2022-10-06", "nl") == (
        f"op 30{N}juni{N}2025 voor 6{N}oktober{N}2022"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_link_within_the_page_lands_and_no_name_stands_twice(
    found: SupportAssessment, language
):
    page = case_page(found.base, {}, language, support=found)
    names = re.findall(r'\bid="([^"]+)"', page)
    targets = set(re.findall(r'href="#([^"]+)"', page))

    assert len(names) == len(set(names))
    assert targets - set(names) == set()
    assert set(ANCHORS) <= set(names)


def test_values_of_law_that_schemes_read_are_listed_with_the_rest(found: SupportAssessment):
    page = case_page(found.base, {}, "nl", support=found)

    assert '<tr id="law-eia-aftrek">' in page


def test_a_page_without_support_leaves_it_out(assessment: Assessment):
    page = case_page(assessment, {}, "nl")

    assert 'id="ladder"' not in page


def test_a_firm_without_a_plan_has_no_ladder():
    shell = register(PORTFOLIO_DATE).company("shell")
    exposed = exposure_case(shell, PORTFOLIO_DATE)
    assert exposed is not None

    assert case_support(assess(exposed)) is None


def test_the_support_of_a_report_is_judged_under_its_own_law(example: CaseFile):
    support = case_support(assess(example, variant="levy_abolished"))

    assert support is not None
    assert support.law.variant is not None
    assert support.law.variant.name == "levy_abolished"


def test_the_document_holds_the_same_sections(found: SupportAssessment):
    pdf = PdfReader(io.BytesIO(case_pdf(found.base, {}, "nl", support=found)))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)

    assert "Hoe publiek geld kan instromen" in text
    assert "Regelingen in volgorde van de ladder" in text
    assert "Wat in de weg staat of nog open is" in text


@pytest.mark.slow
@pytest.mark.parametrize("case", ["yara", "aeb", "nobian"])
def test_a_shipped_case_has_its_ladder_on_the_page_and_in_short_in_the_terminal(case):
    support = assess_support(load_case(case))

    assert len(support_lines(support, "nl")) <= 80
    page = case_page(support.base, {}, "nl", support=support)
    names = re.findall(r'\bid="([^"]+)"', page)

    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)
    assert len(names) == len(set(names))
    assert set(ANCHORS) <= set(names)
