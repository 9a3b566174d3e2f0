# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cases of the shipped public portfolio, and any case by its path.

Takes     the id of a shipped case, or a path.
Gives     a checked case file.
Leaves    the register of companies to `register`.
"""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from maatwerkbank.ground.errors import UnknownCase
from maatwerkbank.plant.case_file import CaseFile, read_case

PORTFOLIO = "nl-2025-06-30"


def _folder() -> Path:
    with as_file(files("maatwerkbank.portfolio") / PORTFOLIO / "cases") as folder:
        return folder


@cache
def case_ids() -> tuple[str, ...]:
    """Ids of the shipped cases, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def case_path(case: str) -> Path:
    """The file that CASE names: a shipped id, or a path.  Raises UnknownCase."""
    if case in case_ids():
        return _folder() / f"{case}.yaml"
    path = Path(case)
    if not path.exists():
        raise UnknownCase(case, list(case_ids()))
    return path


def load_case(case: str) -> CaseFile:
    """The checked case file that CASE names.  Raises UnknownCase or DocumentRefused."""
    return read_case(case_path(case))
