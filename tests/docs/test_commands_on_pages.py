# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every command that a page tells a reader to type does what the page says: it ends well."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from maatwerkbank.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*/*.md"))]
# Files that pages take as examples of a reader's own, and what stands in for them here.
OWN_CASES = ("my-case.yaml", "my-plan.yaml", "plan.yaml")
OF_THE_HOUSE = {"toezeggingen.json": "commitments.json", "moties.json": "motions.json"}
REGISTER = (
    "installation_id,name,operator,city,activity_id,nace,verified_2024_t,free_allocation_2024_t\n"
    "NL_65,Suikerfabriek,Suiker BV,Dinteloord,20,10.81,129062,82713\n"
)
# A workbook of the European Commission does not come along; tests/sources reads a real one. What
# serves, or needs a database, has tests of its own in tests/web.
NOT_HERE = re.compile(r"[.]xlsx|maatwerkbank (demo|serve|worker|verify)")


def commands() -> list[str]:
    """Each command once, without its comment and without where its output goes."""
    found = []
    for page in PAGES:
        found += re.findall(r"^\$ maatwerkbank (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = [re.split(r"\s+(?:#|>>?)\s", command)[0].strip() for command in found]
    return sorted({command for command in plain if not NOT_HERE.search(f"maatwerkbank {command}")})


COMMANDS = commands()


@pytest.fixture
def desk(tmp_path, monkeypatch, histories):
    """A folder with the files that the pages take as examples."""
    for name in OWN_CASES:
        shutil.copy(ROOT / "docs" / "reference" / "example-case.yaml", tmp_path / name)
    shutil.copy(ROOT / "docs" / "reference" / "example-choice.yaml", tmp_path)
    (tmp_path / "nl_installations_2022_2025.csv").write_text(REGISTER, "utf-8")
    for name, made_up in OF_THE_HOUSE.items():
        shutil.copy(ROOT / "tests/sources/parliament/made_up" / made_up, tmp_path / name)
    (tmp_path / "histories").symlink_to(histories)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pages_show_commands_of_every_kind():
    assert {command.split()[0] for command in COMMANDS} >= {
        "assess",
        "check",
        "conditions",
        "effect",
        "import",
        "parameter",
        "portfolio",
        "prices",
        "register",
        "schema",
    }


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_a_page_ends_well(command, capsys):
    code = 0

    try:
        main(shlex.split(command))
    except SystemExit as ended:
        code = ended.code

    told = capsys.readouterr()
    assert code in (0, None), told.err
    assert told.out or "wrote" in told.err
