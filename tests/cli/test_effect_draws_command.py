# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`effect --draws` as a person or a program meets it: output, exit codes, refusals, stops."""

import json
import re
import sys

import pytest

from maatwerkbank.cli import effect_command, risk_command
from maatwerkbank.portfolio import drawn_effect, population_effect
from maatwerkbank.risk import blocks

EFFECT = ["effect", "--variant", "levy_abolished"]
DRAWN = [*EFFECT, "--draws", "256"]


@pytest.fixture
def _no_work(monkeypatch):
    def started(*_: object, **__: object) -> None:
        raise AssertionError("work has started")

    monkeypatch.setattr(drawn_effect, "run_blocks", started)
    monkeypatch.setattr(population_effect, "run_blocks", started)


def stop_at(n: int):
    """Progress that presses Ctrl-C after `n` blocks."""

    def progress(done: int, _total: int) -> None:
        if done == n:
            raise KeyboardInterrupt

    return progress


# ── what is shown ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("256 trekkingen", "mediaan", "niet te beoordelen", "Rekenbewijs: ")),
        ("en", ("256 draws", "median", "cannot be judged", "Receipt: ")),
    ],
)
def test_the_portfolio_in_text_names_every_firm_and_why_one_is_not_known(run, language, said):
    code, out, err = run(*DRAWN, "--lang", language)

    assert (code, err) == (0, "")
    assert all(each in out for each in said)
    assert all(firm in out for firm in ("Nobian", "Yara", "Dow", "OCI", "AEB"))
    assert "projects[0]" not in out
    assert not re.search(r"\bnan\b|\binf\b|−0,0|−0\.0", out.lower())


def test_the_portfolio_as_json_holds_what_was_asked(run):
    code, out, err = run(*DRAWN, "--seed", "7", "--family", "high", "--process", "none", "--json")
    found = json.loads(out)

    assert (code, err) == (0, "")
    assert found["format"] == "maatwerkbank-effect-draws-1"
    assert found["receipt"]["seed"] == 7
    assert {"n": 256, "seed": 7, "family": "high", "process": None}.items() <= found[
        "draws"
    ].items()


def test_several_variants_are_compared_in_the_same_draws(run):
    twice = ["--variant", "levy_no_step", "--variant", "levy_abolished"]

    code, out, _ = run(*DRAWN, *twice, "--json")

    assert code == 0
    assert json.loads(out)["laws"] == ["enacted", "levy_abolished", "levy_no_step"]


def test_a_population_as_json_and_in_text(run):
    asked = [*DRAWN, "--population", "40"]

    code, out, err = run(*asked, "--json")
    told = run(*asked, "--lang", "en")

    assert (code, err) == (0, "")
    assert json.loads(out)["format"] == "maatwerkbank-effect-population-1"
    assert told[0] == 0
    assert "never added up" in told[1]
    assert json.loads(out)["receipt"]["number"] in told[1]


@pytest.mark.slow
def test_the_portfolio_as_a_page_and_a_pdf(run, tmp_path):
    page, pdf = tmp_path / "effect.html", tmp_path / "effect.pdf"

    code, _, err = run(*DRAWN, "--html", str(page), "--pdf", str(pdf), "--lang", "en")

    assert code == 0
    assert err == f"wrote {page}\nwrote {pdf}\n"
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert {path.name for path in tmp_path.iterdir()} == {"effect.html", "effect.pdf"}


# ── refusals ──────────────────────────────────────────────────────────────────────────────────

POPULATION = [*DRAWN, "--population", "40"]
REFUSED = {
    "no draws": ([*EFFECT, "--draws", "0"], "rule", "0 draws were asked for"),
    "fewer than no draws": ([*EFFECT, "--draws", "-1"], "rule", "-1 draws were asked for"),
    "too many draws": ([*EFFECT, "--draws", "2000000"], "rule", "there are 1 to 1,048,576"),
    "draws in words": ([*EFFECT, "--draws", "many"], "usage", "'many' is not a valid integer"),
    "an unknown family": ([*DRAWN, "--family", "hope"], "parameter", "no price family 'hope'"),
    "an unknown process": ([*DRAWN, "--process", "luck"], "parameter", "no price processes 'luck'"),
    "an unknown method": ([*DRAWN, "--method", "dice"], "usage", "'dice' is not one of"),
    "an unknown variant": (
        [*DRAWN, "--variant", "levy_abolish"],
        "variant.unknown",
        "there is no variant 'levy_abolish'",
    ),
    "an unknown outlook": ([*DRAWN, "--outlook", "hope"], "outlook.unknown", "'hope'"),
    "a day before the law": (
        [*DRAWN, "--known-on", "2019-01-01"],
        "parameter.no-value-on-date",
        "nothing about it was known before",
    ),
    "a seed without draws": ([*EFFECT, "--seed", "1"], "usage", "--seed means nothing without"),
    "a cluster and a folder without draws": (
        [*EFFECT, "--cluster", "tcp://x", "--out", "y"],
        "usage",
        "--cluster, --out means nothing without --draws",
    ),
    "two variants without draws": (
        [*EFFECT, "--variant", "levy_no_step"],
        "usage",
        "one --variant at a time",
    ),
    "threads on a cluster": (
        [*DRAWN, "--threads", "2", "--cluster", "tcp://x"],
        "usage",
        "--threads is of this machine",
    ),
    "a small population": ([*DRAWN, "--population", "3"], "portfolio", "smaller than the register"),
    "an official population": ([*POPULATION, "--official"], "usage", "made up is no ground"),
    "a page of a population": ([*POPULATION, "--html", "x.html"], "usage", "no page of a pop"),
    "official use": ([*DRAWN, "--official"], "official.refused", "may not rest on these values"),
}


@pytest.mark.usefixtures("_no_work")
@pytest.mark.parametrize(("arguments", "code", "what"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drawn_is_refused_before_any_work(run, arguments, code, what):
    exit_code, out, err = run(*arguments)

    assert (exit_code, out) == (2, "")
    assert err.startswith(f"error [{code}]: ")
    assert what in err
    assert err.count("\n  Remedy: ") == 1


def test_no_threads_do_no_work(run):
    code, out, err = run(*DRAWN, "--threads", "0")

    assert (code, out) == (2, "")
    assert "0 threads do no work" in err


def test_a_folder_with_something_else_is_refused_and_left_alone(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")

    code, out, err = run(*DRAWN, "--out", str(tmp_path))

    assert (code, out) == (2, "")
    assert "no legible manifest.json" in err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.usefixtures("_no_work")
def test_a_cluster_without_dask_is_refused_with_the_way_to_install_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    code, out, err = run(*DRAWN, "--cluster", "tcp://127.0.0.1:9")

    assert (code, out) == (2, "")
    assert "distributed is needed to compute on a cluster" in err
    assert 'install it: pip install "maatwerkbank[cluster]"' in err


@pytest.mark.slow
def test_an_address_where_nobody_answers_is_refused(run, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(blocks, "CONNECT_SECONDS", 1.0)

    code, out, err = run(*DRAWN, "--cluster", "tcp://127.0.0.1:9")

    assert (code, out) == (2, "")
    assert "no dask scheduler answers at tcp://127.0.0.1:9" in err
    assert "dask scheduler" in err


# ── stopped, and resumed ──────────────────────────────────────────────────────────────────────


def test_ctrl_c_leaves_no_half_result_and_says_so(run, monkeypatch):
    monkeypatch.setattr(risk_command, "count_blocks", stop_at(1))

    code, out, err = run(*DRAWN, "--json")

    assert (code, out) == (130, "")
    assert err.startswith("error [blocks.stopped]: stopped after 1 of 2 blocks; nothing is kept.")
    assert "--out" in err


@pytest.mark.slow
def test_a_stopped_run_goes_on_from_its_folder_to_the_same_answer(run, monkeypatch, tmp_path):
    at_once = run(*DRAWN, "--json")
    folder = tmp_path / "run"
    with monkeypatch.context() as patched:
        patched.setattr(risk_command, "count_blocks", stop_at(1))
        stopped = run(*DRAWN, "--json", "--out", str(folder), "--threads", "1")
    kept = [path.name for path in (folder / "draws").iterdir()]

    resumed = run(*DRAWN, "--json", "--out", str(folder))

    assert stopped[:2] == (130, "")
    assert f"they are kept in {folder}" in stopped[2]
    assert len(kept) == 1
    assert not any("half" in name for name in kept)
    assert resumed == at_once


def test_ctrl_c_after_the_draws_is_no_traceback(run, monkeypatch):
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(effect_command, "echo_json", pressed)

    code, out, err = run(*DRAWN, "--json")

    assert (code, out) == (130, "")
    assert err.startswith("error [blocks.stopped]: ")


def test_nothing_is_counted_where_nobody_watches(run):
    _, _, err = run(*DRAWN, "--json")

    assert err == ""
