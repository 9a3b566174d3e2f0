# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank assess --draws`: chances beside the ranges, in text, JSON and reports."""

import io
import json

import pytest
from pypdf import PdfReader

DRAWN = ("assess", "aeb", "--draws", "64")


def test_the_text_adds_quantiles_chances_seed_and_a_second_receipt(run):
    code, out, err = run(*DRAWN, "--lang", "en")

    assert (code, err) == (0, "")
    assert "Drawn: 64 times, seed 0, price path middle prices" in out
    assert "Chance that the plan makes a loss: " in out
    assert "; of the draws: " in out


def test_the_json_holds_under_draws_what_risk_gives_of_the_same_law(run):
    drawn = ("--draws", "64", "--seed", "5", "--family", "high", "--json")
    _, out, _ = run("assess", "aeb", *drawn)
    found = json.loads(out)
    _, alone, _ = run("risk", "aeb", *drawn)

    assert found["draws"] == json.loads(alone)
    assert found["npv_sign"] == "open"


def test_without_draws_the_json_has_no_such_key(run):
    _, out, _ = run("assess", "aeb", "--json")

    assert "draws" not in json.loads(out)


def test_under_a_variant_the_draws_meet_that_law(run):
    _, out, _ = run(*DRAWN, "--variant", "levy_abolished", "--json")

    laws = json.loads(out)["draws"]["laws"]
    assert [(each["law"], each["variant"]) for each in laws] == [("levy_abolished",) * 2]


@pytest.mark.parametrize(
    "options", [("--seed", "3"), ("--family", "high"), ("--process", "none"), ("--threads", "1")]
)
def test_an_option_of_draws_means_nothing_without_them(run, options):
    code, out, err = run("assess", "aeb", *options)

    assert (code, out) == (2, "")
    assert f"{options[0]} means nothing without --draws" in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--draws", "0"), "ask for at least 1 draw"),
        (("--draws", "8", "--family", "nope"), "there is no price family 'nope'"),
        (("--draws", "8", "--process", "nope"), "there are no price processes 'nope'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_remedy(run, options, told):
    code, out, err = run("assess", "aeb", *options)

    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.slow
def test_reports_get_sections_on_risk_before_their_receipt(run, tmp_path):
    html, pdf = tmp_path / "aeb.html", tmp_path / "aeb.pdf"

    code, _, _ = run(*DRAWN, "--html", str(html), "--pdf", str(pdf), "--lang", "en")
    page = html.read_text("utf-8")
    document = "".join(
        each.extract_text() for each in PdfReader(io.BytesIO(pdf.read_bytes())).pages
    )

    assert code == 0
    assert (
        page.index('id="risk"') < page.index('id="risk-assumptions"') < page.index('id="receipt"')
    )
    assert page.index('id="law"') < page.index('id="risk"')
    assert "Risk: what makes the difference" in document
