# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of what the rules cover is complete and points at things that exist."""

from importlib import resources
from pathlib import Path

import pytest
import yaml

RULES = Path(str(resources.files("maatwerkbank.rules")))
COVERAGE = yaml.safe_load((RULES / "coverage.yaml").read_text(encoding="utf-8"))
TESTS = Path(__file__).parents[1]
CASES = {path.name: path for path in TESTS.glob("*/cases/*.yaml")}


def test_every_module_of_rules_has_an_entry():
    modules = {f"rules/{path.name}" for path in RULES.glob("[!_]*.py")}
    modules |= {f"support/state_aid/{name}.py" for name in ("gber", "tctf", "cisaf", "ceeag")}

    entered = {entry["module"] for entry in COVERAGE.values()}

    assert modules
    assert modules <= entered


def test_every_case_file_belongs_to_an_entry():
    belonging = {name for entry in COVERAGE.values() for name in entry["cases"]}

    assert set(CASES) == belonging


@pytest.mark.parametrize("name", COVERAGE)
def test_an_entry_names_files_that_exist(name):
    entry = COVERAGE[name]

    files = [RULES.parent / entry["module"], *(CASES[case] for case in entry["cases"])]

    assert [file for file in files if not file.is_file()] == []


@pytest.mark.parametrize("name", [n for n, entry in COVERAGE.items() if entry["status"] != "shape"])
def test_an_entry_says_what_it_holds_and_what_it_lacks(name):
    filled = {key for key, value in COVERAGE[name].items() if value}

    assert filled >= {
        "label",
        "module",
        "status",
        "years",
        "law",
        "cases",
        "checked_against",
        "not_modelled",
    }


@pytest.mark.parametrize("path", sorted(CASES.values()), ids=lambda path: path.stem)
def test_every_case_has_a_sentence_and_a_source_and_an_id_of_its_own(path):
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))

    ids = [case["id"] for case in cases]

    assert len(ids) == len(set(ids))
    assert [case["id"] for case in cases if not (case["name"] and case["source"])] == []
