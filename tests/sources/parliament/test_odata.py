# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Responses of the House's open-data service: read whole, or refused with every finding."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.ground.errors import DocumentRefused
from maatwerkbank.sources.parliament.odata import MAX_BYTES, read_house

HERE = Path(__file__).parent
ROW = {
    "Id": "00000000-0000-4000-8000-000000000001",
    "Nummer": "TZ202701-001",
    "Aanmaakdatum": "2027-01-14T17:42:13.69+01:00",
    "Status": "Openstaand",
    "Tekst": "De minister stuurt een brief.",
    "Verwijderd": False,
}


def made_up(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (HERE / "made_up" / name).read_bytes()) for name in names]


def response(*rows: object, entity: str = "Toezegging") -> list[tuple[str, bytes]]:
    answer = {"@odata.context": f"https://house/$metadata#{entity}", "value": list(rows)}
    return [("house.json", json.dumps(answer).encode())]


def refused(files: list[tuple[str, bytes]]) -> list[str]:
    with pytest.raises(DocumentRefused) as caught:
        read_house(files)
    return [finding.place for finding in caught.value.findings if finding.severity == "error"]


def test_it_reads_motions_as_the_house_gave_them():
    found = read_house([("motions.json", (HERE / "recorded" / "motions.json").read_bytes())])

    assert found.findings == ()
    assert [(each.number, each.on, each.outcome) for each in found.motions] == [
        ("2025Z20036", date(2025, 11, 19), "rejected"),
        ("2025Z21576", date(2025, 12, 10), "adopted"),
    ]
    assert [each.stance.nl for each in found.motions if each.stance] == [
        "Ontijdig",
        "Oordeel Kamer",
    ]
    assert found.motions[1].title.endswith("spui- en gemaalcomplex in IJmuiden")
    assert {each.reference for each in found.motions} == {None}  # its Kamerstuk was not asked for


def test_it_reads_commitments():
    found = read_house(made_up("commitments.json"))
    first, second, third = found.commitments

    assert (first.number, first.made_on, first.due) == (
        "TZ202701-001",
        date(2027, 1, 14),
        date(2027, 6, 30),
    )
    assert (first.status, second.status, third.status) == ("open", "partly", "unknown")
    assert second.text == "De minister komt terug op de vraag over het warmtenet."
    assert [(each.number, each.on) for each in second.letters] == [
        ("2027D00101", date(2027, 2, 3)),
        ("2027D00102", None),
    ]
    assert (
        str(second.letters[0].reference and second.letters[0].reference.identity) == "kst-12345-31"
    )
    assert found.removed == ("00000000-0000-4000-8000-000000000004",)


def test_a_date_in_the_year_one_is_no_date():
    assert read_house(made_up("commitments.json")).commitments[1].due is None


def test_it_reads_motions_letters_and_debates():
    found = read_house(made_up("motions.json", "papers.json", "debates.json"))
    (motion,), (letter,), (debate,) = found.motions, found.letters, found.debates

    assert motion.reference is not None
    assert motion.reference.identity == "kst-12345-XIII-33"
    assert (motion.by, motion.outcome) == ("A. Voorbeeld", "adopted")
    assert motion.stance is not None
    assert motion.stance.en == "Left to the judgement of the House"
    assert letter.reference is not None
    assert letter.reference.written() == "Kamerstuk 2026/27, 12 345, nr. 31"
    assert (debate.number, debate.on) == ("2027A00011", date(2027, 1, 14))


def test_what_it_does_not_know_is_a_finding_with_its_place():
    found = read_house(made_up("commitments.json", "motions.json", "debates.json")).findings

    assert [(each.severity, each.code, each.place) for each in found] == [
        ("warning", "house.unknown-status", "commitments.json: value[2].Status"),
        ("warning", "house.more-pages", "motions.json: @odata.nextLink"),
        ("warning", "house.other-kind", "motions.json: value[1].Soort"),
        ("warning", "house.other-kind", "debates.json: value[1].Soort"),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Id": "one"}, "Id"),
        ({"Id": None}, "Id"),
        ({"Nummer": None}, "Nummer"),
        ({"Nummer": 136}, "Nummer"),
        ({"Tekst": "  "}, "Tekst"),
        ({"Aanmaakdatum": "0001-01-01T00:00:00Z"}, "Aanmaakdatum"),
        ({"DatumNakoming": "binnenkort"}, "DatumNakoming"),
        ({"DatumNakoming": 2027}, "DatumNakoming"),
        ({"Verwijderd": "ja"}, "Verwijderd"),
        ({"KamerbriefNakoming": ["2027D1"]}, "KamerbriefNakoming"),
    ],
)
def test_a_field_of_another_kind_refuses_the_whole_and_names_its_place(change, field):
    assert refused(response(ROW | change)) == [f"house.json: value[0].{field}"]


def test_all_errors_come_at_once():
    rows = (ROW | {"Tekst": None}, "a row", ROW | {"Id": "x"})

    assert refused(response(*rows)) == [
        "house.json: value[0].Tekst",
        "house.json: value[1]",
        "house.json: value[2].Id",
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'{"value": NaN}', b"\xff\xfe", b"{" * 9, b"[" * 200_000, b"x" * 9],
)
def test_what_is_no_response_is_refused(content):
    assert refused([("house.json", content)]) != []


def test_too_large_is_refused_before_it_is_read():
    assert refused([("house.json", b" " * (MAX_BYTES + 1))]) == ["house.json"]


def test_another_entity_is_refused():
    assert refused(response(ROW, entity="Persoon")) == ["house.json: @odata.context"]


def test_one_row_twice_is_one_row_and_two_versions_of_it_are_refused():
    assert len(read_house(response(ROW, ROW)).commitments) == 1
    assert refused(response(ROW, ROW | {"Tekst": "anders"})) == ["house.json: value[1]"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(ROW)), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*ROW, "KamerbriefNakoming", "DatumNakoming"]), anything))
def test_any_row_is_read_or_refused(change):
    try:
        found = read_house(response(ROW | change))
    except DocumentRefused as refusal:
        read, errors = 0, len(refusal.findings)
    else:
        read, errors = len(found.rows) + len(found.removed), 0

    assert (read == 1) != (errors > 0)
