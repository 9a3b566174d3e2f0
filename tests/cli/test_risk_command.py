# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank risk` and `maatwerkbank discover` as a person or a program meets them."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import read_case
from maatwerkbank.risk import case_draws
from maatwerkbank.risk.blocks import RunStopped
from maatwerkbank.risk.case_risk import case_risk
from maatwerkbank.risk.simulation import Draws

ROOT = Path(__file__).parents[2]
CASE = ROOT / "docs" / "reference" / "example-case.yaml"
FEW = ("--draws", "64")


@pytest.fixture
def own_case(tmp_path):
    """Writes the case of the documentation with some of its uncertainties replaced."""

    def written(**changes):
        document = yaml.safe_load(CASE.read_text("utf-8"))
        document["uncertainties"] |= changes
        path = tmp_path / "own.yaml"
        path.write_text(yaml.safe_dump(document), "utf-8")
        return str(path)

    return written


# ── risk ──────────────────────────────────────────────────────────────────────────────────────


def test_the_json_is_that_of_the_package(run):
    _, out, _ = run(
        "risk", str(CASE), *FEW, "--promised", "9000", "--return-share", "0.5", "--json"
    )
    case_file = read_case(CASE)
    known_on = date.fromisoformat(case_file.case.known_on)

    found = case_risk(
        case_file,
        {"enacted": Law(known_on, outlook="hold")},
        Draws(n=64),
        promised_t=9_000.0,
        return_share=0.5,
    )

    assert json.loads(out) == json.loads(json.dumps(found.as_json()))


def test_a_summary_is_shown_in_dutch(run):
    code, out, err = run("risk", str(CASE), *FEW)

    assert (code, err) == (0, "")
    assert "64 trekkingen (Sobol), startgetal 0; prijspad mid" in out
    assert "Netto contante waarde minder dan nihil" in out
    assert "Wat een garantie verandert" in out
    assert "aanname van de casus: " in out
    assert "Rekenbewijs: " in out


def test_a_summary_is_shown_in_english(run):
    code, out, _ = run("risk", str(CASE), *FEW, "--lang", "en")

    assert code == 0
    assert "64 draws (Sobol), seed 0; price path mid" in out
    assert "Net present value below zero" in out
    assert "What must be true to come out at zero" in out
    assert "niet" not in out


def test_a_seed_and_prices_are_taken_as_asked(run):
    asked = ("--seed", "7", "--family", "high", "--process", "none", "--method", "latin_hypercube")

    _, out, _ = run("risk", str(CASE), *FEW, *asked, "--json")

    found = json.loads(out)
    assert found["draws"] == {"n": 64, "seed": 7, "method": "latin_hypercube"}
    assert found["assumptions"]["family"] == "high"
    assert found["assumptions"]["process"] is None
    assert {each["chance"] for each in found["assumptions"]["prices"]} == {"none"}


def test_a_variant_stands_beside_the_law_as_known(run):
    _, out, _ = run("risk", str(CASE), *FEW, "--variant", "levy_abolished", "--json")

    found = json.loads(out)
    assert [each["law"] for each in found["laws"]] == ["enacted", "levy_abolished"]
    assert found["assumptions"]["policy_taken_as_certain"] == ["levy_abolished"]
    assert {each["law"] for each in found["regret"]["cells"]} == {"enacted", "levy_abolished"}


def test_what_is_lacking_is_named_with_who_can_give_it(run):
    code, out, _ = run("risk", "yara", *FEW, "--lang", "en")

    assert code == 0
    assert "cannot be judged" in out
    assert "lacking: " in out
    assert "(ask: " in out


def test_the_report_is_written_whole(run, tmp_path):
    page = tmp_path / "risk.html"

    code, _, err = run("risk", str(CASE), *FEW, "--html", str(page))

    assert (code, err) == (0, f"wrote {page}\n")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert [each.name for each in tmp_path.iterdir()] == ["risk.html"]


# ── refusals, before any work ─────────────────────────────────────────────────────────────────

REFUSED = {
    "no draws": (["--draws", "0"], "rule", "0 draws tell nothing"),
    "fewer than none": (["--draws", "-3"], "rule", "-3 draws tell nothing"),
    "more than there are": (["--draws", "2000000"], "rule", "2000000 draws were asked for"),
    "half a draw": (["--draws", "1.5"], "usage", "'1.5' is not a valid integer"),
    "an unknown family": (["--family", "dear"], "parameter", "no price family 'dear'"),
    "an unknown process": (["--process", "x"], "parameter", "'x'"),
    "an unknown method": (["--method", "dice"], "usage", "'dice' is not one of"),
    "an unknown variant": (["--variant", "x"], "variant.unknown", "no variant 'x'"),
    "tonnes below nought": (["--promised", "-1"], "rule", "-1 tonnes cannot be promised"),
    "no number of tonnes": (["--promised", "nan"], "rule", "nan tonnes cannot be promised"),
    "no thread": (["--threads", "0"], "shape", "0 threads do no work"),
}


@pytest.mark.parametrize("command", ["risk", "discover"])
@pytest.mark.parametrize(("asked", "code", "what"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_drawn_is_refused_with_its_remedy(run, command, asked, code, what):
    ended, out, err = run(command, str(CASE), *asked)

    assert (ended, out) == (2, "")
    assert f"error [{code}]: " in err
    assert what in err
    assert "Remedy: " in err
    assert "Traceback" not in err


def test_a_share_that_is_none_is_refused(run):
    code, out, err = run("risk", str(CASE), "--return-share", "1.2")

    assert (code, out) == (2, "")
    assert "a share of 1.2" in err


def test_draws_that_do_not_fit_in_memory_are_refused(run, monkeypatch):
    monkeypatch.setattr("maatwerkbank.risk.blocks.free_memory", lambda: 1_000_000)

    code, _, err = run("risk", str(CASE), "--draws", "500000")

    assert code == 2
    assert "GB is free" in err


def test_correlations_that_no_copula_has_are_a_finding_of_the_case(run, own_case):
    pairs = [
        {"between": pair, "rank_correlation": value, "source": "round-numbers", "place": "row 1"}
        for pair, value in (
            (["capex", "use"], 0.9),
            (["use", "building"], 0.9),
            (["capex", "building"], -0.9),
        )
    ]

    code, out, err = run("risk", own_case(dependence=pairs), *FEW)

    assert (code, out) == (2, "")
    assert "error [document.refused]" in err


def test_values_that_nobody_verified_are_refused_officially(run):
    code, out, err = run("risk", "aeb", *FEW, "--official")

    assert (code, out) == (2, "")
    assert "error [official.refused]" in err


# ── stopped ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RunStopped("stopped", remedy="")])
@pytest.mark.parametrize("command", ["risk", "discover"])
def test_stopped_half_way_nothing_is_left(run, monkeypatch, tmp_path, command, stop):
    def stopped(*_, **__):
        raise stop

    monkeypatch.setattr(case_draws, "run_blocks", stopped)
    page = ("--html", str(tmp_path / "risk.html")) if command == "risk" else ()

    code, out, err = run(command, str(CASE), *FEW, *page)

    assert (code, out) == (130, "")
    assert "nothing half is left" in err
    assert list(tmp_path.iterdir()) == []


# ── discover ──────────────────────────────────────────────────────────────────────────────────


def test_the_boxes_and_the_tree_are_shown_in_both_languages(run):
    _, dutch, _ = run("discover", str(CASE), "--draws", "512")
    _, english, _ = run("discover", str(CASE), "--draws", "512", "--lang", "en")

    assert "Waar het misgaat: de netto contante waarde is minder dan nihil" in dutch
    assert "Gekozen gebied " in dutch
    assert "Where it fails: the net present value is below zero" in english
    assert "Tree, fails most often on top" in english


def test_another_box_can_be_chosen(run):
    _, out, _ = run("discover", str(CASE), "--draws", "512", "--box", "1", "--json")

    assert json.loads(out)["discovery"]["chosen"] == 1


def test_a_box_that_is_not_there_is_refused(run):
    code, out, err = run("discover", str(CASE), "--draws", "512", "--box", "99")

    assert (code, out) == (2, "")
    assert "there is no box 99" in err


def test_missed_tonnes_are_looked_for_as_asked(run):
    _, out, _ = run(
        "discover", str(CASE), "--draws", "256", "--fails", "tonnes", "--promised", "9000", "--json"
    )

    found = json.loads(out)["discovery"]
    assert (found["interest"], found["threshold"]) == ("tonnes_missed", 9_000.0)


def test_where_nothing_was_promised_none_can_be_missed(run):
    _, out, _ = run("discover", str(CASE), *FEW, "--fails", "tonnes", "--lang", "en")

    assert "It cannot be told whether a draw fails" in out
    assert "No tonnes to hold it to" in out


def test_what_is_lacking_to_tell_is_named(run):
    _, out, _ = run("discover", "alco", *FEW, "--lang", "en")

    assert "lacking: " in out
