# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the House says, beside what we hold: new, different, taken back."""

from datetime import date
from pathlib import Path

from maatwerkbank.dossier.parliament.house_import import Held, plan, values_of
from maatwerkbank.sources.parliament.house import HouseData, HouseLetter
from maatwerkbank.sources.parliament.odata import read_house
from maatwerkbank.sources.parliament.reference import Reference

MADE_UP = Path(__file__).parents[2] / "sources" / "parliament" / "made_up"
HOUSE = read_house([(path.name, path.read_bytes()) for path in sorted(MADE_UP.glob("*.json"))])


def held(data: HouseData) -> list[Held]:
    """As if every row had been taken over before."""
    rows = []
    for row in data.rows:
        kind, values = values_of(row)
        rows.append(Held(f"ours-{row.number}", kind, frozenset({row.house_id}), values))
    return rows


def test_in_an_empty_register_everything_is_new():
    found = plan([], HOUSE)

    assert [step.what for step in found.steps] == ["new"] * 6
    assert found.same == 0


def test_what_we_hold_already_stays_as_it_is():
    found = plan(held(HOUSE), HOUSE)

    # Only the two letters that fulfil a commitment are not told of yet.
    assert [(step.what, len(step.letters)) for step in found.steps] == [("changed", 2)]
    assert found.same == 5


def test_it_finds_a_row_by_its_number_and_names_what_differs():
    ours = Held(
        "ours",
        "commitment",
        frozenset({"TZ202701-001"}),
        {"number": "TZ202701-001", "text_nl": "Iets anders", "due": "2027-06-30"},
    )

    first = plan([ours], HOUSE).steps[0]

    assert (first.what, first.code) == ("changed", "ours")
    assert {name for name, _, _ in first.differences} == {"text_nl", "by_whom", "made_on"}


def test_what_the_house_does_not_say_does_not_wipe_out_what_we_know():
    letter = HouseLetter("x", "2027D1", "Brief", None, Reference("kamerstuk", "31", "12345"))
    ours = Held(
        "ours",
        "letter",
        frozenset({"kst-12345-31"}),
        {"title": "Brief", "on": date(2027, 2, 3), "reference": "Kamerstuk 12 345, nr. 31"},
    )

    assert plan([ours], HouseData(letters=(letter,))).steps == ()


def test_what_the_house_took_back_is_gone():
    ours = Held(
        "ours",
        "commitment",
        frozenset({"00000000-0000-4000-8000-000000000004"}),
        {"text_nl": "Ingetrokken"},
    )

    found = plan([ours], HouseData(removed=HOUSE.removed)).steps

    assert [(step.what, step.label) for step in found] == [("gone", "Ingetrokken")]


def test_another_plan_has_another_fingerprint():
    assert plan([], HOUSE).fingerprint == plan([], HOUSE).fingerprint
    assert plan([], HOUSE).fingerprint != plan(held(HOUSE), HOUSE).fingerprint
