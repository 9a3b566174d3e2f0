# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank conditions`: a table per factor, the JSON contract, and what is refused."""

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import yaml

from maatwerkbank.cli.main import main
from maatwerkbank.economics.condition_factors import FACTORS, FIGURES
from maatwerkbank.economics.conditions import compare
from maatwerkbank.parameters.countries import country_names
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import read_case

EXAMPLE = Path(__file__).parents[1] / "example_case.yaml"
GERMANY = ["conditions", str(EXAMPLE), "--country", "de"]


def example(folder, **changes):
    """The path of the example with some fields of the case changed."""
    path = folder / "plan.yaml"
    content = {**yaml.safe_load(EXAMPLE.read_text("utf-8")), **changes}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return str(path)


@cache
def shown(*arguments):
    """What a command that ends well prints; asked once, whichever tests look at it."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main(list(arguments))
    assert err.getvalue() == ""
    return out.getvalue()


def asked(*arguments):
    return json.loads(shown(*arguments, "--json"))


# ── as text ───────────────────────────────────────────────────────────────────────────────────


def test_it_shows_a_gap_for_each_factor_or_why_there_is_none():
    out = shown(*GERMANY, "--hurdle-rate", "0.12", "--lang", "en")

    assert re.search(r"^  Price of power +−\d+\.\d \(−.+\) +−0\.\d", out, re.MULTILINE)
    assert re.search(r"^  Grid cost +n/j +n/j$", out, re.MULTILINE)
    assert re.search(r"^  Hurdle rate of the parent +−?\d", out, re.MULTILINE)
    assert "Grid cost, whole power bill: the case states no grid cost" in out
    assert "  Hurdle rate of the parent company: 12% a year.\n" in out


def test_it_shows_what_each_factor_rests_on_and_how_that_was_seen():
    out = shown(*GERMANY, "--hurdle-rate", "0.12", "--lang", "en")

    assert "    Price of power: 1.02 times the Dutch price (2024); Maatwerkbank, Mean" in out
    assert "    Profit tax: 29.9% of the profit (2025); Tax Foundation" in out
    assert re.search(r"Profit tax: .+ \(press\), https://", out)
    assert "    Support: 0% to 40% of the extra investment (2025); " in out
    assert "12% a year; supposed with this question, without a source\n" in out


@pytest.mark.parametrize(
    ("language", "column", "never"),
    [
        ("nl", "Verschil NCW (mln euro)", r"\bn/j\b|\bthe\b case|Together|Receipt"),
        ("en", "Gap in NPV (million euro)", r"n\.t\.b\.|\bcasus\b|Samen|Rekenbewijs"),
    ],
)
def test_it_speaks_the_language_that_was_asked_and_no_other(language, column, never):
    out = shown(*GERMANY, "--hurdle-rate", "0.12", "--lang", language)

    table = out.partition("\n  Rust op\n" if language == "nl" else "\n  Rests on\n")[0]
    assert column in table
    assert not re.search(never, table)
    assert not re.search(r"\bnan\b|\bNone\b", out)


def test_it_speaks_dutch_unless_asked_otherwise(run):
    code, out, err = run("conditions", "yara", "--country", "de")

    assert (code, err) == (0, "")
    assert out == shown("conditions", "yara", "--country", "de", "--lang", "nl")


def test_several_countries_stand_side_by_side_first():
    out = shown(*GERMANY, "--country", "es", "--lang", "en")

    assert re.search(r"^ +Germany +Spain$", out, re.MULTILINE)
    assert "compare countries factor by factor" in out
    assert out.index("\nGermany\n") < out.index("\nSpain\n")


def test_a_case_that_has_no_value_here_names_what_is_lacking():
    out = shown("conditions", "yara", "--country", "de", "--lang", "en")

    assert "Here: net present value cannot be judged" in out
    assert re.search(r"^  Lacking: .+: premium$", out, re.MULTILINE)
    assert "the net present value of the case itself cannot be given" in out


# ── as JSON ───────────────────────────────────────────────────────────────────────────────────


def test_as_json_it_gives_what_the_library_computes():
    found = asked(*GERMANY, "--hurdle-rate", "0.12")

    by_hand = compare(read_case(EXAMPLE), Law(date(2025, 6, 30), outlook="hold"), "de",
                      hurdle_rate=0.12)  # fmt: skip
    there = found["countries"][0]
    assert found["format"] == "maatwerkbank-conditions-1"
    assert found["npv_here_eur"] == by_hand.npv_here.value
    assert [each["id"] for each in there["factors"]] == [*FACTORS, "hurdle"]
    assert there["factors"][0]["npv_gap_eur"] == by_hand.factor("electricity").npv_gap.value
    assert there["factors"][0]["irr_gap"] == by_hand.factor("electricity").irr_gap.value
    assert there["together"]["ranges"]["npv_gap_eur"]["low"] == by_hand.together.npv_gap.low


def test_each_null_is_named_with_the_reason_and_whom_to_ask():
    germany = asked(*GERMANY, "--hurdle-rate", "0.12")["countries"][0]

    factors = [*germany["factors"], germany["together"]]
    null = [{key for key in FIGURES if each[key] is None} for each in factors]
    lacks = [lack for each in factors for lack in each["lacks"]]
    assert [{lack["figure"] for lack in each["lacks"]} for each in factors] == null
    assert {"absent", "interval"} == {lack["reason"] for lack in lacks}
    assert all(lack["why"]["nl"] and lack["ask"]["en"] for lack in lacks)


def test_a_figure_says_its_source_and_the_year_for_which_it_holds():
    germany = asked("conditions", "yara", "--country", "de")["countries"][0]

    levy = next(each for each in germany["factors"] if each["id"] == "co2_price_and_levy")
    assert levy["rests_on"][0]["value"] == 0
    assert levy["rests_on"][0]["holds_for"] == 2024
    assert levy["rests_on"][0]["source"]["id"] == "behg-haufe"
    assert levy["rests_on"][0]["source"]["seen"] == "press"


def test_a_hurdle_rate_that_came_with_the_question_is_supposed():
    hurdle = asked(*GERMANY, "--hurdle-rate", "0.12")["countries"][0]["factors"][-1]

    assert hurdle["rests_on"] == [
        {
            "figure": "hurdle_rate",
            "value": 0.12,
            "range": None,
            "unit": "1/year",
            "holds_for": None,
            "note": None,
            "source": {"id": "supposed", "place": None, "seen": "unverified"},
        }
    ]


def test_all_means_every_country_that_comes_along():
    found = asked("conditions", "yara", "--country", "all")

    assert [each["country"] for each in found["countries"]] == list(country_names())


def test_a_country_that_is_named_twice_is_compared_once_in_the_order_of_the_question():
    named = ["--country", "se", "--country", "de", "--country", "se"]

    found = asked("conditions", "yara", *named)

    assert [each["country"] for each in found["countries"]] == ["se", "de"]


def test_a_variant_and_a_day_change_the_law_here():
    base = asked("conditions", str(EXAMPLE), "--country", "se")
    found = asked(
        "conditions", str(EXAMPLE), "--country", "se",
        "--variant", "levy_abolished", "--known-on", "2025-12-31",
    )  # fmt: skip

    receipt = found["receipt"]
    assert (receipt["variant"], receipt["known_on"]) == ("levy_abolished", "2025-12-31")
    assert found["npv_here_eur"] != base["npv_here_eur"]


def test_the_receipt_names_the_countries_and_the_hurdle_rate():
    yara = ["conditions", "yara", "--country", "de"]

    numbers = [
        asked(*yara)["receipt"]["number"],
        asked(*yara, "--country", "se")["receipt"]["number"],
        asked(*yara, "--hurdle-rate", "0.1")["receipt"]["number"],
    ]

    assert len(set(numbers)) == 3


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "json"])
def test_the_same_question_gives_the_same_bytes(more):
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "maatwerkbank", "conditions", "yara", "--country", "de", *more],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


# ── refused ───────────────────────────────────────────────────────────────────────────────────

REFUSED = {
    "no case": (["conditions"], "usage", "Missing argument 'CASE'"),
    "no country": (["conditions", "yara"], "usage", "Missing option '--country'"),
    "an unknown case": (["conditions", "yaar", "--country", "de"], "case.unknown", "'yaar'"),
    "an unknown country": (
        ["conditions", "yara", "--country", "de", "--country", "nl"],
        "parameter",
        "there is no country 'nl'",
    ),
    "an unknown variant": ([*GERMANY, "--variant", "x"], "variant.unknown", "no variant 'x'"),
    "an unknown outlook": ([*GERMANY, "--outlook", "x"], "outlook.unknown", "no outlook 'x'"),
    "a day in words": ([*GERMANY, "--known-on", "today"], "usage", "'today' is not a date"),
    "a day before the law": (
        [*GERMANY, "--known-on", "2019-01-01"],
        "parameter.no-value-on-date",
        "nothing about it was known before",
    ),
    "a rate in per cent": ([*GERMANY, "--hurdle-rate", "12"], "unit", "12.0 is not a share a year"),
    "a rate that is no number": ([*GERMANY, "--hurdle-rate", "nan"], "unit", "nan is not a share"),
    "a rate with a comma": ([*GERMANY, "--hurdle-rate", "0,12"], "usage", "write 0.12 for 12 per"),
    "an unknown language": ([*GERMANY, "--lang", "de"], "usage", "'de' is not one of"),
}


@pytest.mark.parametrize(("arguments", "code", "what"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_what_is_wrong_and_what_to_do(run, arguments, code, what):
    exit_code, out, err = run(*arguments)

    assert (exit_code, out) == (2, "")
    assert err.startswith(f"error [{code}]: ")
    assert what in err
    assert err.count("\n  Remedy: ") == 1


@pytest.mark.parametrize("name", country_names())
def test_an_unknown_country_is_told_which_there_are(run, name):
    assert name in run("conditions", "yara", "--country", "nl")[2]


def test_a_case_with_errors_is_refused_with_the_first_and_points_to_check(run, tmp_path):
    path = example(tmp_path, discount_rate={"value": 8, "unit": "MEUR", "source": "voorbeeld-plan"})

    code, out, err = run("conditions", path, "--country", "de")

    assert (code, out) == (2, "")
    assert err.startswith(f"error [document.refused]: {path} has 1 error(s), the first at discount")
    assert f"run `maatwerkbank check {path}`" in err


def test_a_case_without_a_project_is_refused(run, tmp_path):
    path = example(tmp_path, kind="exposure_only", projects=[], counterfactual=[], awards=[])

    code, out, err = run("conditions", path, "--country", "de")

    assert (code, out) == (2, "")
    assert err.startswith("error [case.no-project]: the case 'voorbeeld' has no project")


def test_names_of_countries_complete():
    from click.shell_completion import ShellComplete

    from maatwerkbank.cli.main import cli

    complete = ShellComplete(cli, {}, "maatwerkbank", "_MAATWERKBANK_COMPLETE")

    found = complete.get_completions(["conditions", "yara", "--country"], "")

    assert [item.value for item in found] == [*country_names(), "all"]
