# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Decisions in a chain, and every way in which somebody may tamper with one."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.decision_chain import GENESIS, Link, entry_hash, link, verify_chain

ENTRIES = [{"decision": n, "gate": "to_eop", "conditions": []} for n in range(1, 6)]


def chain(entries):
    made = []
    for entry in entries:
        made.append(link(made[-1] if made else None, entry))
    return made


WHOLE = chain(ENTRIES)


def codes(links, **known):
    return [(each.code, each.place) for each in verify_chain(links, **known)]


def test_a_chain_that_nobody_touched_holds():
    assert codes(WHOLE) == []
    assert codes(WHOLE, last=(5, WHOLE[-1].hash)) == []
    assert codes([]) == []


def test_the_first_entry_follows_on_nothing():
    assert WHOLE[0].previous == GENESIS
    assert WHOLE[0].hash == entry_hash(GENESIS, ENTRIES[0])


def test_the_hash_does_not_hang_on_the_order_of_the_keys():
    turned = dict(reversed(ENTRIES[0].items()))

    assert entry_hash(GENESIS, turned) == WHOLE[0].hash


def test_it_survives_storage_as_json():
    stored = [Link(**json.loads(json.dumps(vars(each)))) for each in WHOLE]

    assert codes(stored) == []


def test_a_changed_entry_is_found_in_its_place():
    changed = replace(WHOLE[2], entry={**WHOLE[2].entry, "gate": "to_jloi"})

    assert codes([*WHOLE[:2], changed, *WHOLE[3:]]) == [("chain.altered", "decision[3]")]


def test_a_changed_entry_with_a_new_hash_breaks_the_next_link():
    entry = {**WHOLE[2].entry, "gate": "to_jloi"}
    changed = replace(WHOLE[2], entry=entry, hash=entry_hash(WHOLE[2].previous, entry))

    assert codes([*WHOLE[:2], changed, *WHOLE[3:]]) == [("chain.previous", "decision[4]")]


def test_a_gap_is_found():
    assert codes([*WHOLE[:2], *WHOLE[3:]]) == [
        ("chain.number", "decision[4]"),
        ("chain.previous", "decision[4]"),
    ]


def test_two_entries_in_the_wrong_order_are_found():
    found = codes([WHOLE[0], WHOLE[2], WHOLE[1], *WHOLE[3:]])

    assert ("chain.previous", "decision[3]") in found
    assert ("chain.previous", "decision[2]") in found


def test_an_end_that_was_cut_off_is_found_when_the_last_is_kept_elsewhere():
    assert codes(WHOLE[:3]) == []
    assert codes(WHOLE[:3], last=(5, WHOLE[-1].hash)) == [("chain.end", "decision[5]")]


def test_every_break_is_told_at_once():
    broken = [replace(each, entry={"decision": "other"}) for each in WHOLE]

    assert len(codes(broken)) == 5


def test_a_finding_says_both_sides_and_what_to_do():
    (finding,) = verify_chain([replace(WHOLE[0], entry={}), *WHOLE[1:]])

    assert WHOLE[0].hash[:16] in finding.found_text("nl")
    assert finding.remedy.nl == (
        "de inhoud is na het besluit gewijzigd: zet haar terug uit een reservekopie"
    )


plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=4)
values = plain | st.lists(plain, max_size=2)
entries = st.lists(st.dictionaries(st.text(max_size=3), values, max_size=2), min_size=1, max_size=5)


@given(entries)
def test_every_chain_that_is_made_holds(made):
    assert verify_chain(chain(made)) == ()


@pytest.mark.parametrize("field", ["number", "previous", "hash", "entry"])
@given(entries, st.data())
def test_any_single_change_is_found(field, made, data):
    links = chain(made)
    at = data.draw(st.integers(0, len(links) - 1))
    other = {
        "number": links[at].number + data.draw(st.sampled_from([-3, -1, 1, 2])),
        "previous": "f" * 64,
        "hash": "e" * 64,
        "entry": {**links[at].entry, "ß": "added"},
    }[field]

    links[at] = replace(links[at], **{field: other})

    assert verify_chain(links) != ()


@given(entries, st.data())
def test_any_entry_that_is_taken_out_is_found(made, data):
    links = chain(made)
    kept = (len(links), links[-1].hash)
    del links[data.draw(st.integers(0, len(links) - 1))]

    assert verify_chain(links, last=kept) != ()
