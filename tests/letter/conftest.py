# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The example case, assessed once for all tests of this floor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from maatwerkbank.economics import Assessment, assess
from maatwerkbank.letter.case_report import case_variants
from maatwerkbank.plant.case_file import CaseFile, read_case

EXAMPLE = Path(__file__).resolve().parents[1] / "example_case.yaml"


@pytest.fixture(scope="session")
def example() -> CaseFile:
    return read_case(EXAMPLE)


@pytest.fixture(scope="session")
def assessment(example: CaseFile) -> Assessment:
    return assess(example)


@pytest.fixture(scope="session")
def variants(assessment: Assessment) -> dict[str, Assessment]:
    return case_variants(assessment)


@pytest.fixture
def changed_case(tmp_path: Path) -> Callable[..., CaseFile]:
    """Makes the example case with parts of its text replaced; each part must occur."""

    def change(*replacements: tuple[str, str]) -> CaseFile:
        text = EXAMPLE.read_text("utf-8")
        for old, new in replacements:
            assert old in text, f"the example case does not hold {old!r}"
            text = text.replace(old, new)
        path = tmp_path / "changed.yaml"
        path.write_text(text, "utf-8")
        return read_case(path)

    return change
