# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Own clauses and another order: terms say both, and a replay keeps both or asks a person."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.agreement.amendments import (
    Amendment,
    Change,
    Resolution,
    applied,
    conflicts,
    decide,
    first_version,
    replay,
)
from maatwerkbank.dossier.agreement.comparison import in_words
from maatwerkbank.dossier.agreement.drafting import begin
from maatwerkbank.dossier.agreement.library import Clause, library
from maatwerkbank.dossier.agreement.order import FIRST, ORDER, merged, moved, placed, put_after
from maatwerkbank.dossier.agreement.terms import draft_of, is_own, label_of, own_clause, terms_of
from maatwerkbank.ground.language import Text

DAY = date(2026, 6, 1)
EOP = library("eop")
BASE = list("abcdef")
ORDERS = st.permutations(BASE)


def order_change(order: Any, reason: str = "leest beter") -> Change:
    return Change(ORDER, list(order), reason, "other")


# ── one order ─────────────────────────────────────────────────────────────────────────────────


@given(ORDERS, st.sets(st.sampled_from([*BASE, "own"])))
def test_every_clause_that_is_there_stands_once(order: list[str], there: set[str]):
    found = placed(sorted(there), order, BASE)

    assert sorted(found) == sorted(there)
    assert [key for key in found if key in order] == [key for key in order if key in there]


def test_a_clause_that_the_order_does_not_name_stands_where_the_library_has_it():
    assert placed(["a", "b", "c", "own"], ["c", "a"], BASE) == ("c", "a", "b", "own")


# ── two orders ────────────────────────────────────────────────────────────────────────────────


@given(ORDERS, ORDERS, st.integers(0, 6))
def test_a_merge_keeps_both_or_is_refused(in_force: list[str], proposed: list[str], place: int):
    proposed = [*proposed[:place], "own", *proposed[place:]]
    found = merged(BASE, in_force, proposed)
    by_force = moved(BASE, in_force)

    if found is None:
        assert by_force & moved(BASE, proposed)
        return
    assert sorted(found) == sorted([*BASE, "own"])
    by_proposal = moved(BASE, proposed) | {"own"}
    assert [k for k in found if k not in by_proposal] == [
        k for k in in_force if k not in by_proposal
    ]
    for key in by_proposal:
        before = proposed[: proposed.index(key)]
        kept = [each for each in before if key in by_force or each not in by_force]
        start = found.index(kept[-1]) + 1 if kept else 0
        assert set(found[start : found.index(key)]) <= by_proposal


@given(ORDERS)
def test_a_merge_with_what_did_not_change_is_the_other(order: list[str]):
    assert list(merged(BASE, BASE, order) or ()) == order
    assert list(merged(BASE, order, BASE) or ()) == order
    assert list(merged(BASE, order, order) or ()) == order


# ── amendments ────────────────────────────────────────────────────────────────────────────────


def test_an_own_clause_stands_where_it_was_put_and_shows_in_a_comparison():
    before = begin(EOP, ())
    terms = terms_of(before)
    first, second = terms[ORDER][:2]
    own = own_clause(Text("Stikstof", "Nitrogen"), Text("Wij letten op.", "We pay attention."), "1")
    changes = (
        Change(f"clause.{own.id}", own.as_json(), "gevraagd", "scope"),
        Change(f"clause.{second}", None, "vervalt", "scope", removes=True),
        order_change(put_after(terms[ORDER], own.id, FIRST)),
    )

    after = draft_of(EOP, applied(terms, changes))
    told = {each.clause: each for each in in_words(before, after, "nl")}

    assert [each.id for each in after.clauses][:2] == [own.id, first]
    assert (told[own.id].kind, told[own.id].after) == ("added", 1)
    assert told[second].kind == "removed"
    assert is_own(own, EOP)
    assert not is_own(after.clauses[1], EOP)
    assert label_of(f"clause.{own.id}", {f"clause.{own.id}": own.as_json()}, EOP).en == (
        "Clause: Nitrogen"
    )
    assert Clause.from_json(own.as_json()) == own


@given(ORDERS, ORDERS)
def test_a_replay_on_a_changed_order_keeps_both_or_reports_a_conflict(
    decided: list[str], proposed: list[str]
):
    terms = {ORDER: BASE, "field.end_date": "2030-12-31"}
    versions = [first_version(terms, DAY)]
    second = Amendment(
        "B", 1, (order_change(proposed), Change("field.end_date", "2031-12-31", "r", "schedule"))
    )
    if decided != BASE:
        versions.append(decide(versions, Amendment("A", 1, (order_change(decided),)), DAY))

    again = replay(versions, second)
    found = conflicts(versions, second)

    if isinstance(again, tuple):
        assert [each.path for each in found] == [ORDER]
        chosen = Resolution(ORDER, "in_force", "zo blijft het")
        again = replay(versions, second, {ORDER: chosen})
        assert isinstance(again, Amendment)
        assert [each.path for each in again.changes] == ["field.end_date"]
        return
    assert found == ()
    after = decide(versions, again, DAY).terms
    assert after["field.end_date"] == "2031-12-31"
    assert tuple(after[ORDER]) == merged(BASE, decided, proposed)
    assert versions[0].terms[ORDER] == BASE


def test_two_own_clauses_of_two_amendments_both_come_in():
    versions = [first_version(terms_of(begin(EOP, ())), DAY)]
    order = versions[0].terms[ORDER]
    made = []
    for name in ("1", "2"):
        own = own_clause(Text(name, name), Text("Tekst.", "Text."), name)
        changes = (
            Change(f"clause.{own.id}", own.as_json(), "nodig", "scope"),
            order_change(put_after(order, own.id, order[0])),
        )
        made.append(Amendment(name, 1, changes))
    versions.append(decide(versions, made[0], DAY))

    again = replay(versions, made[1])

    assert isinstance(again, Amendment)
    after = draft_of(EOP, decide(versions, again, DAY).terms)
    assert [each.id for each in after.clauses][:3] == [order[0], "own-2", "own-1"]
