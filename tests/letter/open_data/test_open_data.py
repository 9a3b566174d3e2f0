# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open data: tables that keep their schema, one document, and metadata of the Woo."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from lxml import etree
from tests.letter.open_data.example import both, example

from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.letter.figure_text import figure_text, pieces
from maatwerkbank.letter.open_data import (
    Addresses,
    Table,
    as_csv,
    as_objects,
    diwoo,
    document,
    document_schema,
    table_schema,
    tables,
)
from maatwerkbank.letter.open_data.table_files import data_package
from maatwerkbank.letter.open_data.totals import totals
from maatwerkbank.sources import load_sources

AT = Addresses("https://maatwerkbank.example/openbaar/")
NOW = example()
BEFORE = shipped_publication(date(2025, 3, 17))
FOUND = {table.name: table for table in tables(NOW, AT, BEFORE)}
TYPES = {
    "string": re.compile(r".+", re.DOTALL),
    "number": re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?"),
    "integer": re.compile(r"-?\d+"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}


def read(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(table), newline="")))


def misfits(table: Table) -> list[str]:
    """Every cell of the CSV that breaks the schema of its column."""
    wrong = []
    for field in table_schema(table)["fields"]:
        rules = field.get("constraints", {})
        for row in read(table):
            cell = row[field["name"]]
            if not cell:
                wrong += [f"{field['name']} lacks"] if rules.get("required") else []
            elif (
                not TYPES[field["type"]].fullmatch(cell)
                or cell not in rules.get("enum", [cell])
                or not re.search(rules.get("pattern", ""), cell)
            ):
                wrong.append(f"{field['name']}: {cell}")
    return wrong


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def test_it_has_these_tables():
    assert list(FOUND) == [
        "firms", "figures", "statements", "promises", "papers", "commitments", "motions",
        "letters", "changes", "sources",
    ]  # fmt: skip
    assert all(table.rows for table in FOUND.values())


@pytest.mark.parametrize("name", FOUND)
def test_every_cell_keeps_the_schema_of_its_column(name: str):
    table = FOUND[name]

    assert misfits(table) == []
    assert all(len(row) == len(table.fields) for row in table.rows)


@pytest.mark.parametrize("name", FOUND)
def test_every_column_has_a_snake_case_name_and_a_meaning_in_two_languages(name: str):
    fields = table_schema(FOUND[name])["fields"]

    assert [
        each["name"] for each in fields if not re.fullmatch(r"[a-z]+(_[a-z]+)*", each["name"])
    ] == []
    assert all(each["description"] and each["description_nl"] for each in fields)


@pytest.mark.parametrize("name", FOUND)
def test_the_key_tells_two_rows_apart(name: str):
    table = FOUND[name]

    keys = [tuple(row[part] for part in table.key) for row in as_objects(table)]

    assert len(set(keys)) == len(keys)


def test_a_number_has_its_unit_beside_it_and_a_decimal_point():
    row = next(each for each in read(FOUND["figures"]) if each["quantity"] == "co2")
    realised = next(
        r for r in read(FOUND["figures"]) if r["figure_id"] == "nobian.co2.realised.gross"
    )
    fields = {each["name"]: each for each in table_schema(FOUND["figures"])["fields"]}

    assert (row["low"], row["unit"]) == ("500000", "t/year")
    assert realised["low"] == "12500.5"
    assert fields["low"]["unit_in"] == "unit"


def test_what_is_not_known_is_empty_and_never_a_zero():
    row = next(each for each in read(FOUND["figures"]) if each["figure_id"] == "nobian.levy.2025")
    told = next(e for e in as_objects(FOUND["figures"]) if e["figure_id"] == "nobian.levy.2025")

    assert (row["low"], row["high"]) == ("", "")
    assert told["low"] is None


def test_gross_and_additional_never_share_a_row():
    kinds = {each["figure_id"]: each["kind"] for each in read(FOUND["figures"])}

    assert kinds["shell.co2.eop.gross"] == "gross"
    assert kinds["shell.co2.eop.additional"] == "additional"


def test_a_cell_that_a_spreadsheet_would_run_is_made_plain_text():
    hostile = Table("t", NOW.register.companies[0].sector, NOW.register.companies[0].sector,
                    FOUND["letters"].fields[:1], ("letter_id",), (("=1+1",),))  # fmt: skip

    assert as_csv(hostile).splitlines()[1] == "'=1+1"


def test_every_source_that_a_row_cites_is_told_of():
    told = {each["source_id"] for each in read(FOUND["sources"])}
    cited = {
        each["origin_id"] for each in read(FOUND["figures"]) if each["origin_kind"] == "source"
    }

    assert cited <= told
    assert told <= set(load_sources())


def test_it_says_what_moved_since_the_letter_before():
    moved = {(each["subject"], each["identity"]): each for each in read(FOUND["changes"])}

    assert (moved["stage", "nobian"]["before"], moved["stage", "nobian"]["after"]) == (
        "agreement", "execution",
    )  # fmt: skip
    assert moved["exit", "dow"]["after"] == "stopped_door_open R2 R3"  # with its reasons
    assert ("stage", "yara") not in moved


def test_nothing_moved_between_a_day_and_itself():
    table = {each.name: each for each in tables(NOW, AT, NOW)}["changes"]

    assert table.rows == ()


def test_the_package_names_every_table_with_its_schema_and_licence():
    package = data_package(FOUND.values(), AT, "2025-06-30")

    assert [each["name"] for each in package["resources"]] == list(FOUND)
    assert package["resources"][1]["path"] == AT.table("figures")
    assert package["licenses"][0]["name"] == "CC0-1.0"


# ── document ──────────────────────────────────────────────────────────────────────────────────


def test_the_document_keeps_its_schema():
    schema = document_schema(FOUND.values(), AT)
    made = json.loads(json.dumps(document(NOW, FOUND.values(), AT), allow_nan=False))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(made)

    assert made["licence"]["id"] == "CC0-1.0"
    assert made["as_of"] == "2025-06-30"
    assert made["notice"] is None


def test_the_document_says_that_it_knows_nothing_after_its_last_event():
    later = example(date(2026, 1, 1))

    made = document(later, tables(later, AT), AT)

    assert "2025-06-30" in made["notice"]["nl"]


def test_the_schema_refuses_a_row_without_a_unit():
    made = json.loads(json.dumps(document(NOW, FOUND.values(), AT)))
    made["tables"]["figures"][0]["unit"] = None

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, document_schema(FOUND.values(), AT))


# ── figures in words ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("identity", "nl", "en"),
    [
        ("nobian.co2.agreement.gross", "ten minste 500 kt per jaar", "at least 500 kt a year"),
        ("oci.co2.eop.gross", "800 kt per jaar tot 1,7 Mt per jaar",
         "800 kt a year to 1.7 Mt a year"),
        ("alco.co2.eop.gross", "ten minste 70%", "at least 70%"),
        ("nobian.support.granted", "ten hoogste € 185 mln", "at most €185 million"),
        ("nobian.levy.2025", "niet vermeld", "not stated"),
    ],
)  # fmt: skip
def test_a_figure_reads_in_two_languages(identity: str, nl: str, en: str):
    figure = NOW.figures[identity]

    assert figure_text(figure, "nl").replace("\N{NO-BREAK SPACE}", " ") == nl
    assert figure_text(figure, "en").replace("\N{NO-BREAK SPACE}", " ") == en


def test_a_text_holds_its_figures_in_their_places_and_says_which_are_not_public():
    told = list(pieces(both("{nobian.support.granted} van {nobian.gone}."), NOW, "nl"))

    assert told == [
        "", NOW.figures["nobian.support.granted"], " van ", "een bedrag dat niet openbaar is", ".",
    ]  # fmt: skip


# ── totals ────────────────────────────────────────────────────────────────────────────────────


def test_a_total_adds_the_last_document_of_firms_in_the_track_and_nothing_for_who_is_silent():
    found = totals(shipped_publication(date(2025, 6, 30)))

    assert (found.binding.firms, found.binding.gross.low) == (("nobian", "yara"), 1_300_000)
    assert (found.intended.gross.low, found.intended.gross.high) == (7_200_000, 8_100_000)
    assert found.intended.silent == ("cosun", "alco", "aeb", "avr")
    assert found.binding.additional.low is None
    assert found.realised.low is None


def test_what_came_about_is_added_from_promises_that_name_it():
    promised = replace(NOW.promises[0], realised="nobian.co2.realised.gross")

    found = totals(replace(NOW, promises=(promised,))).realised

    assert (found.firms, found.low) == (("nobian",), 12_500.5)


# ── metadata of the Woo ───────────────────────────────────────────────────────────────────────

NAMES = {"sm": diwoo.SITEMAP, "diwoo": diwoo.DIWOO}
STANDARD = etree.XMLSchema(file=str(Path(__file__).parent / "diwoo-0.9.8.xsd"))


def metadata() -> list[etree._Element]:
    """Per paper its metadata, as they stand in the sitemap."""
    root = etree.fromstring(diwoo.sitemap(NOW.papers).encode())
    return root.findall("sm:url/diwoo:Document", NAMES)


def test_the_metadata_is_as_the_schema_of_the_standard_asks():
    told = metadata()

    assert len(told) == len(diwoo.described(NOW.papers)) > 10
    for each in told:
        STANDARD.assertValid(etree.fromstring(etree.tostring(each)))


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("diwoo:DiWoo/diwoo:publisher", None),
        ("diwoo:DiWoo/diwoo:titelcollectie", None),
        ("diwoo:DiWoo/diwoo:classificatiecollectie", None),
        ("diwoo:DiWoo/diwoo:documenthandelingen", None),
        ("diwoo:DiWoo/diwoo:creatiedatum", "2024-10"),
        ("diwoo:DiWoo/diwoo:documenthandelingen/diwoo:documenthandeling/diwoo:atTime", "2024"),
    ],
)
def test_the_schema_refuses_what_lacks_or_is_no_date(path, left):
    paper = etree.fromstring(etree.tostring(metadata()[0]))
    found = paper.find(path, NAMES)
    if left is None:
        found.getparent().remove(found)
    else:
        found.text = left

    assert not STANDARD.validate(paper)


def test_every_category_stands_in_the_list_of_the_standard():
    listed = {
        each.get("value")
        for each in etree.parse(Path(__file__).parent / "diwoo-0.9.8.xsd").iterfind(
            ".//xs:simpleType[@name='informatiecategorielijst']//xs:enumeration",
            {"xs": "http://www.w3.org/2001/XMLSchema"},
        )
    }

    assert {each.listed.uri for each in diwoo.CATEGORIES.values()} <= listed


def test_a_title_with_marks_is_escaped():
    assert "Advies &amp; &lt;reactie&gt;" in diwoo.sitemap(NOW.papers)


def test_a_paper_without_a_whole_date_or_address_is_left_out_and_named():
    left = {each.id for each in diwoo.left_out(NOW.papers)}

    assert "alco.eop" in left  # October 2024
    assert {each.id for each in diwoo.described(NOW.papers)}.isdisjoint(left)


def test_the_index_of_a_category_names_only_papers_of_this_site():
    found = diwoo.on_this_site(NOW.papers, "https://maatwerkbank.example/")

    assert {key: [each.id for each in papers] for key, papers in found.items()} == {
        "advice": ["nobian.advice"]
    }
    assert diwoo.index_name("advice") == "sitemapindex-diwoo-infocat010.xml"
    assert (
        ET.fromstring(diwoo.index("https://x/?a&b")).findtext(  # noqa: S314
            "sm:sitemap/sm:loc", None, NAMES
        )
        == "https://x/?a&b"
    )
