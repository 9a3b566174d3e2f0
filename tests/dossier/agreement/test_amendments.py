# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amendments: the past never changes, other fields carry over, one field twice asks a person."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerkbank.dossier.agreement.amendments import (
    Amendment,
    Change,
    Resolution,
    Version,
    conflicts,
    decide,
    differences,
    first_version,
    replay,
    unresolved,
    verify,
)
from maatwerkbank.ground.errors import AmendmentOutdated, NothingAmended

DAY = date(2026, 6, 1)
TERMS: dict[str, Any] = {"end": "2030-12-31", "subsidy": 185, "tonnes": 420, "text": {"nl": "a"}}


def change(path: str, value: Any, reason: str = "nodig", *, removes: bool = False) -> Change:
    return Change(path, value, reason, "schedule", removes)


def amendment(name: str, *changes: Change, base: int = 1) -> Amendment:
    return Amendment(name, base, changes)


def start() -> list[Version]:
    return [first_version(TERMS, date(2025, 1, 1))]


def test_a_decision_makes_the_next_version_and_leaves_the_first() -> None:
    versions = start()
    later = decide(versions, amendment("A", change("end", "2031-12-31", "netaansluiting")), DAY)
    assert later.terms["end"] == "2031-12-31"
    assert versions[0].terms["end"] == "2030-12-31"
    assert later.previous == versions[0].hash
    assert later.reasons == {"end": "netaansluiting"}
    assert verify([*versions, later]) == ()


def test_terms_cannot_be_changed_in_place() -> None:
    with pytest.raises(TypeError):
        start()[0].terms["end"] = "2040"  # type: ignore[index]


def test_differences_field_by_field_with_reason() -> None:
    found = differences(
        TERMS,
        amendment("A", change("tonnes", 400), change("new", 1), change("text", None, removes=True)),
    )
    assert [(each.path, each.was_there, each.is_there) for each in found] == [
        ("tonnes", True, True),
        ("new", False, True),
        ("text", True, False),
    ]
    assert (found[0].before, found[0].after, found[0].reason) == (420, 400, "nodig")


def test_nothing_changed_is_refused() -> None:
    with pytest.raises(NothingAmended):
        decide(start(), amendment("A"), DAY)
    with pytest.raises(NothingAmended):
        decide(start(), amendment("A", change("end", "2030-12-31")), DAY)


def test_a_second_one_must_be_replayed_first() -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("end", "2031-12-31")), DAY))
    with pytest.raises(AmendmentOutdated):
        decide(versions, amendment("B", change("tonnes", 400)), DAY)


def test_other_fields_carry_over_and_one_conflict_is_settled_by_a_person() -> None:
    versions = start()
    first = amendment("A", change("end", "2031-12-31", "net te laat"), change("subsidy", 190))
    second = amendment("B", change("end", "2032-06-30", "levering later"), change("tonnes", 400))
    versions.append(decide(versions, first, DAY))
    (found,) = conflicts(versions, second)
    assert (found.base, found.in_force, found.proposed) == (
        "2030-12-31",
        "2031-12-31",
        "2032-06-30",
    )
    assert (found.in_force_reason, found.proposed_reason) == ("net te laat", "levering later")
    findings = replay(versions, second)
    assert isinstance(findings, tuple)
    assert "2031-12-31 (net te laat)" in str(findings[0].expected)
    assert "2032-06-30 (levering later)" in str(findings[0].found)
    chosen = {"end": Resolution("end", "proposed", "de levering bepaalt")}
    again = replay(versions, second, chosen)
    assert isinstance(again, Amendment)
    versions.append(decide(versions, again, DAY))
    assert dict(versions[-1].terms) == {**TERMS, "end": "2032-06-30", "subsidy": 190, "tonnes": 400}
    assert versions[-1].reasons["end"] == "levering later (de levering bepaalt)"
    assert versions[0].terms == TERMS
    assert verify(versions) == ()


@pytest.mark.parametrize(
    ("choice", "value", "after"), [("in_force", None, "B"), ("other", "D", "D")]
)
def test_what_is_in_force_may_stay_or_a_third_may_come(choice: Any, value: Any, after: str) -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("end", "B")), DAY))
    chosen = {"end": Resolution("end", choice, "zo is het goed", value)}
    second = amendment("B", change("end", "C"), change("tonnes", 1))
    again = replay(versions, second, chosen)
    assert isinstance(again, Amendment)
    assert decide(versions, again, DAY).terms["end"] == after


def test_a_choice_without_a_reason_settles_nothing() -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("end", "B")), DAY))
    second = amendment("B", change("end", "C"))
    assert unresolved(versions, second, {"end": Resolution("end", "proposed", " ")})


def test_both_to_the_same_is_no_conflict_and_leaves_nothing_to_decide() -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("end", "B")), DAY))
    again = replay(versions, amendment("B", change("end", "B")))
    assert isinstance(again, Amendment)
    with pytest.raises(NothingAmended):
        decide(versions, again, DAY)


def test_removed_in_one_and_changed_in_the_other_is_a_conflict() -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("text", None, removes=True)), DAY))
    (found,) = conflicts(versions, amendment("B", change("text", {"nl": "b"})))
    assert found.gone


def test_an_altered_version_is_found() -> None:
    versions = start()
    versions.append(decide(versions, amendment("A", change("end", "B")), DAY))
    forged = [replace(versions[0], terms={**TERMS, "subsidy": 999}), versions[1]]
    assert [each.code for each in verify(forged)] == ["terms.altered"]


calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
PATHS = ("a", "b", "c", "d", "e")
VALUES = st.integers(0, 3)
CHANGED = st.dictionaries(st.sampled_from(PATHS), st.one_of(st.none(), VALUES), max_size=5)
BASES = st.dictionaries(st.sampled_from(PATHS), VALUES)


def made(name: str, changed: dict[str, int | None]) -> Amendment:
    changes = (change(path, value, removes=value is None) for path, value in changed.items())
    return Amendment(name, 1, tuple(changes))


def decided(versions: list[Version], each: Amendment) -> list[Version]:
    try:
        return [*versions, decide(versions, each, DAY)]
    except NothingAmended:
        return versions


@calm
@given(BASES, CHANGED, CHANGED)
def test_amendments_never_change_the_past(base: dict[str, int], one: Any, two: Any) -> None:
    versions = [first_version(base, DAY)]
    kept = [(each.hash, deepcopy(dict(each.terms))) for each in versions]
    for name, changed in (("one", one), ("two", two)):
        again = replay(versions, made(name, changed))
        if isinstance(again, Amendment):
            versions = decided(versions, again)
        kept.extend((each.hash, deepcopy(dict(each.terms))) for each in versions[len(kept) :])
    assert [(each.hash, dict(each.terms)) for each in versions] == kept
    assert verify(versions) == ()


@calm
@given(BASES, CHANGED, CHANGED)
def test_disjoint_amendments_commute(base: dict[str, int], one: Any, two: Any) -> None:
    two = {path: value for path, value in two.items() if path not in one}
    orders = []
    for order in ((one, two), (two, one)):
        versions = [first_version(base, DAY)]
        for changed in order:
            again = replay(versions, made("x", changed))
            assert isinstance(again, Amendment), "other fields never clash"
            versions = decided(versions, again)
        orders.append(dict(versions[-1].terms))
    assert orders[0] == orders[1]


@calm
@given(BASES, CHANGED, CHANGED)
def test_a_clash_is_never_settled_silently(base: dict[str, int], one: Any, two: Any) -> None:
    versions = decided([first_version(base, DAY)], made("one", one))
    clashing = {
        path
        for path in set(one) & set(two)
        if base.get(path, ...) != versions[-1].terms.get(path, ...)
        and versions[-1].terms.get(path) != two[path]
    }
    assert {each.path for each in conflicts(versions, made("two", two))} == clashing
