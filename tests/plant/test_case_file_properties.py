# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is done to a case file: findings or a case, and a case gives numbers or a refusal."""

import copy
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerkbank.economics.assessment import assess
from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.plant.case_file import CaseFile, check_case

EXAMPLE = yaml.safe_load((Path(__file__).parents[1] / "example_case.yaml").read_text("utf-8"))


def paths(value, path=()):
    """Every path in plain values, the leaves and what holds them."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*path, key)
        if isinstance(each, dict | list):
            yield from paths(each, (*path, key))


PATHS = list(paths(EXAMPLE))
LEAVES = [
    path for path in PATHS if path[-1] in ("value", "low", "central", "high", "unit", "first_year")
]
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=8)
    | st.sampled_from(["EUR", "t/year", "1/year", "electricity", "fabriek", "2026", "heat", "avi"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "range", "by_year", "absent", "low", "high", "nl", "x", ""]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=4,
)
NUMBERS = st.sampled_from([0, -1, 1, 0.5, 1e-17, 1e-300, 1e15, -1e15, 2026, 15]) | st.floats(-2, 2)
DELETE = object()
CHANGES = st.lists(
    st.tuples(st.sampled_from(PATHS), JUNK | st.just(DELETE))
    | st.tuples(st.sampled_from(LEAVES), NUMBERS),
    min_size=1,
    max_size=3,
)


def with_changes(changes):
    content = copy.deepcopy(EXAMPLE)
    for path, value in changes:
        change(content, path, value)
    return content


def change(content, path, value):
    """Put `value` at `path`, where an earlier change has left that path."""
    *holders, last = path
    for step in holders:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return
    if value is DELETE and isinstance(content, dict):
        content.pop(last, None)
    elif value is not DELETE and isinstance(content, dict):
        content[last] = copy.deepcopy(value)
    elif isinstance(content, list) and isinstance(last, int) and last < len(content):
        content[last] = None if value is DELETE else copy.deepcopy(value)


def outcome(case_file):
    try:
        return assess(case_file).as_json()
    except MaatwerkError as refusal:
        return refusal


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHANGES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_changed_case_gives_findings_or_numbers_and_never_a_traceback(tmp_path, changes):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(with_changes(changes)), encoding="utf-8")

    found, findings = check_case(path)

    assert isinstance(found, CaseFile) != any(each.severity == "error" for each in findings)
    assert all(each.place and each.found_text("nl") and each.found_text("en") for each in findings)
    assert found is None or json.dumps(jsonable(outcome(found)), allow_nan=False)


def jsonable(result):
    return str(result) if isinstance(result, MaatwerkError) else result
