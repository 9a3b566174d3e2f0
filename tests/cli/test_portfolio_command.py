# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank portfolio choose`: tables, the JSON contract, reports, and what is refused."""

import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import yaml

from maatwerkbank.cli.main import main

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
EXAMPLE = REFERENCE / "example-choice.yaml"
CASE = REFERENCE / "example-case.yaml"
CHOOSE = ("portfolio", "choose", "--candidates", str(EXAMPLE), "--draws", "300")


@cache
def shown(*arguments):
    """What a command that ends well prints; asked once, whichever tests look at it."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main(list(arguments))
    assert err.getvalue() == ""
    return out.getvalue()


def has_line(text, pattern):
    return re.search(f"^{pattern}$", text, re.MULTILINE) is not None


def document(folder, **changes):
    """The path of the example with other limits or options."""
    path = folder / "options.yaml"
    content = {**yaml.safe_load(EXAMPLE.read_text("utf-8")), **changes}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return str(path)


def limits(**changes):
    return {**yaml.safe_load(EXAMPLE.read_text("utf-8"))["limits"], **changes}


# ── as text ───────────────────────────────────────────────────────────────────────────────────


def test_it_shows_the_options_chosen_and_what_they_come_to():
    out = shown(*CHOOSE, "--lang", "en")

    assert "10 options of 8 plans; 300 draws from seed 0; additional tonnes of 2030." in out
    assert has_line(out, r"  Steel in 2030 +2030 +[89]\d\d\skt +.+ +€400\smillion +€44\d")
    assert has_line(out, r"  Shared pipelines +€30\smillion")
    assert has_line(out, r"  Together +1\.4\d\sMt +€544\smillion +€36\d")
    assert "It is proven that no choice is better." in out


def test_it_shows_money_and_staff_by_year_beside_what_there_is():
    out = shown(*CHOOSE, "--lang", "en")

    assert has_line(out, r"  2026 +0\.0 +0\.0 +5\.5 +8\.0")
    assert has_line(out, r"  2027 +229\.0 +242\.0 +2\.0 +8\.0")
    assert "CO2 line: at most 500,000 of 700,000, in 2029" in out


def test_it_says_why_the_cheapest_tonne_first_falls_short():
    out = shown(*CHOOSE, "--lang", "en")

    assert "Buys in this order: Salt, small; Fertiliser; Sugar; Incinerator with" in out
    assert has_line(out, r"  That is worth 70\d\skt, 6\d\d\skt less than the best choice\.")
    assert "It misses Steel in 2030: does not fit the budget: in 2027 there is" in out


def test_it_says_why_each_other_option_is_not_chosen_or_cannot_be():
    out = shown(*CHOOSE, "--lang", "en")

    assert "  Steel in 2032: no additional tonnes are expected" in out
    assert "  Refinery: requires Hydrogen plant, which is not chosen" in out
    assert "  Salt, whole: another option of this plan was chosen: Salt, small" in out
    assert "  Glass: not given: the cost to the State" in out
    assert "The firm has no estimate yet (to be asked of: The firm)" in out


@pytest.mark.parametrize(
    ("language", "heading", "never"),
    [
        ("nl", "Beste keuze", r"\bbudget for\b|\bthe\b|Together|Receipt|Not chosen"),
        ("en", "Best choice", r"\bhet\b|\bniet\b|Samen|Rekenbewijs|keuze"),
    ],
)
def test_it_speaks_one_language(language, heading, never):
    out = shown(*CHOOSE, "--lang", language)

    assert heading in out
    assert re.findall(never, out) == []


@pytest.mark.slow
def test_frontier_and_shadow_prices_are_shown_where_asked():
    out = shown(*CHOOSE, "--frontier", "--shadow-prices", "--lang", "en")
    plain = shown(*CHOOSE, "--lang", "en")

    assert has_line(out, r"Tonnes against risk")
    assert "Steel in 2030 (this choice)" in out
    assert has_line(
        out, r"  Budget +€6\.42\smillion +7\d\S*\skt +1\d\S*\skt per million euro +\+ Sugar"
    )
    assert "Tonnes against risk" not in plain
    assert "What more of a limit" not in plain


def test_a_budget_that_is_typed_goes_before_the_document():
    rich = shown(*CHOOSE, "--budget", "2027=400e6", "--lang", "en")
    poor = shown(*CHOOSE, "--budget", "1e6", "--lang", "en")

    assert has_line(rich, r"  2027 +\d+\.0 +400\.0 .*")
    assert "There is nothing to choose that is worth anything." in poor
    assert "Buys nothing." in poor


def test_more_aversion_to_risk_takes_less_risk():
    bold = json.loads(shown(*CHOOSE, "--risk-aversion", "0", "--json"))["choice"]
    careful = json.loads(shown(*CHOOSE, "--risk-aversion", "3", "--json"))["choice"]

    assert careful["cvar_t"] < bold["cvar_t"]
    assert careful["additional_t"] < bold["additional_t"]


# ── cases ─────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_an_option_with_its_start_years():
    arguments = ("portfolio", "choose", str(CASE), "--draws", "64", "--budget", "50e6")

    out = shown(*arguments, "--later", "1", "--lang", "en")

    assert "2 options of 1 plan; 64 draws from seed 0; additional tonnes of all years" in out
    assert "Law: as known on 30 June 2025." in out
    assert has_line(out, r"  Example; start 202[89].*")
    assert "Public money of a case is what was awarded" in out


def test_a_case_without_public_costs_is_told_with_what_is_lacking():
    out = shown("portfolio", "choose", "yara", "--draws", "16", "--lang", "nl")

    assert "  yara-2026: niet te geven: de kosten voor de overheid" in out
    assert "projects[0].grid_cost:" in out
    assert "(te vragen aan: Yara" in out


@pytest.mark.slow
def test_without_a_document_and_a_case_the_shipped_cases_are_taken():
    found = json.loads(shown("portfolio", "choose", "--draws", "16", "--later", "0", "--json"))

    offered = {each["case"] for each in found["options"]}
    assert offered == {"aeb"}
    assert {each["case"] for each in found["not_offered"]} >= {"nobian", "tata-steel", "cosun"}


# ── as JSON, and as a report ──────────────────────────────────────────────────────────────────


def test_json_is_one_document_with_its_format():
    found = json.loads(shown(*CHOOSE, "--json"))

    assert found["format"] == "maatwerkbank-choice-1"
    assert "steel-2030" in found["choice"]["options"]
    assert (found["frontier"], found["shadow_prices"]) == (None, None)
    assert [each["option"] for each in found["not_offered"]] == ["glass"]


@pytest.mark.slow
def test_another_process_gives_the_same_bytes():
    command = [sys.executable, "-m", "maatwerkbank", *CHOOSE, "--threads", "1", "--json"]

    told = subprocess.run(command, capture_output=True, text=True, check=True)

    assert told.stdout == shown(*CHOOSE, "--json")


@pytest.mark.slow
def test_it_writes_a_page_and_a_document(run, tmp_path):
    html, pdf = tmp_path / "choice.html", tmp_path / "choice.pdf"

    code, _, err = run(*CHOOSE, "--html", str(html), "--pdf", str(pdf), "--lang", "en")

    assert (code, err) == (0, f"wrote {html}\nwrote {pdf}\n")
    assert "Steel in 2030" in html.read_text("utf-8")
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["choice.html", "choice.pdf"]


# ── what is refused ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "verwacht van 0 tot (niet tot"), ("en", "expected from 0 up to")],
)
def test_every_finding_in_the_document_is_shown_at_once(run, tmp_path, language, told):
    path = document(tmp_path, limits=limits(level=1.0, must_take=["zed"]), counts="2031")

    code, out, err = run("portfolio", "choose", "--candidates", path, "--lang", language)

    assert (code, out) == (2, "")
    assert told in err
    assert len(re.findall(r"\[candidates\.(level|unknown|literal-error)\]", err)) == 3
    assert "error [candidates.refused]" in err
    assert "has 3 error(s)" in err


def test_a_document_that_is_not_there_is_refused(run):
    code, _, err = run("portfolio", "choose", "--candidates", "nowhere.yaml")

    assert code == 2
    assert "nowhere.yaml" in err


@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "Geen keuze houdt alle grenzen"), ("en", "No choice keeps all limits")],
)
def test_limits_that_no_choice_keeps_are_told_with_what_each_lacks(run, tmp_path, language, told):
    path = document(tmp_path, limits=limits(must_take=["steel-2030", "refinery"]))
    asked = ("portfolio", "choose", "--candidates", path, "--draws", "64", "--lang", language)

    code, out, err = run(*asked, "--staff", "4")

    assert (code, out) == (2, "")
    assert told in err
    assert re.search(r"2026: 1[.,]0\sfte", err)
    assert re.search(r"2028: €\s?10", err)
    assert "error [choice.none]" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--variant", "levy_abolished"), "--variant means nothing here"),
        (("--budget", "much"), "write 100e6, or 2027=100e6"),
        (("--budget", "-5"), "is below nil"),
        (("--budget", "5", "--budget", "6"), "one amount for every year"),
        (("--level", "1"), "--level"),
        (("--count", "all-years"), "cannot be added"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_computed(run, arguments, told):
    code, out, err = run(*CHOOSE, *arguments)

    assert (code, out) == (2, "")
    assert told in err


def test_a_budget_for_some_years_only_is_refused_where_others_ask_money(run):
    asked = ("portfolio", "choose", str(CASE), "--draws", "16", "--later", "0")

    code, _, err = run(*asked, "--budget", "2026=50e6")

    assert code == 2
    assert "no budget is given for 2027, in which options ask it" in err
    assert "one for all years" in err


def test_a_run_that_is_stopped_leaves_no_half_result(run, tmp_path, monkeypatch):
    def stopped(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("maatwerkbank.portfolio.answer.choose", stopped)
    html = tmp_path / "choice.html"

    code, out, err = run(*CHOOSE, "--html", str(html))

    assert (code, out) == (130, "")
    assert "stopped" in err
    assert list(tmp_path.iterdir()) == []
