# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Law cases: what a reader of the law works out by hand, beside what our rules say.

A test module names its file (`CASES`, in the folder `cases` beside it) and its rules (`RULES`). A
test that takes `outcome` runs once for each case in that file: `outcome` is what the rule gives,
`expected` what the hand gives. The conftest of a folder with law cases imports all names of this
module.
"""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import settings

from maatwerkbank.rules import eu_ets
from maatwerkbank.rules.co2_heffing import Installatie, Volgorde

# A rule is quick but the machine may be busy: no deadline, and fewer examples of every property.
settings.register_profile("rules", max_examples=60, deadline=None)
settings.load_profile("rules")

# In a case file a kind is a word; a rule takes the kind itself.
KINDS = {
    "installatie": Installatie,
    "installaties": lambda words: [Installatie(word) for word in words],
    "volgorde": lambda words: [Volgorde(word) for word in words],
    "period": lambda word: getattr(eu_ets, word),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        path = Path(metafunc.module.__file__).parent / "cases" / metafunc.module.CASES
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = [f"{case['id']} {case['name']}" for case in cases]
        metafunc.parametrize("case", cases, ids=names)


@pytest.fixture
def outcome(case: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    rule = getattr(request.module.RULES, case["function"])
    given = {name: KINDS.get(name, as_given)(value) for name, value in case["given"].items()}
    return by_name(rule(**given), list(case["expect"]))


@pytest.fixture
def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {
        name: pytest.approx(as_floats(value), rel=1e-12, abs=1e-9)
        for name, value in case["expect"].items()
    }


def as_given(value: Any) -> Any:
    return value


def by_name(result: Any, names: list[str]) -> dict[str, Any]:
    """One array is `result`; a tuple takes the names in their order; a class has its own."""
    if isinstance(result, tuple):
        return dict(zip(names, map(as_floats, result), strict=True))
    if isinstance(result, np.ndarray | np.generic):
        return {"result": as_floats(result)}
    if isinstance(result, int | float | date):
        return {"result": as_floats(result)}
    return {name: as_floats(getattr(result, name)) for name in names}


def as_floats(value: Any) -> np.ndarray:
    """A day counts as its number in the calendar."""
    number = value.toordinal() if isinstance(value, date) else value
    return np.asarray(number, dtype=float)
