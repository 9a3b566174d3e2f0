# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Import of public EU ETS registers: both layouts, bad input, and the real Dutch ranking.

Takes     small files written here, and the kept Dutch tables in ../shared where they are.
Gives     figures read by hand from those tables.
Leaves    the full workbook of the Commission, which is not among the kept data.
"""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable
from maatwerkbank.sources.euets import (
    by_firm,
    firms,
    industrial,
    industry,
    ranking_json,
    read_euets,
    site_series,
    thirty_largest,
)
from maatwerkbank.sources.euets.industry import nace_of, verdict
from maatwerkbank.sources.euets.workbook import MOST_UNPACKED_BYTES
from maatwerkbank.sources.register import load_sources

HEADER = (
    "installation_id,name,operator,city,activity_id,nace,"
    "verified_2023_t,verified_2024_t,free_allocation_2024_t\n"
)
TITLES = [
    "REGISTRY_CODE",
    "IDENTIFIER_IN_REG",
    "INSTALLATION_NAME",
    "INSTALLATION_IDENTIFIER",
    "PERMIT_IDENTIFIER",
    "MAIN_ACTIVITY_TYPE_CODE",
    "ALLOCATION2008",
    "ALLOCATION_2024",
    "ALLOCATION_RESERVE_2024",
    "ALLOCATION_TRANSITIONAL_2024",
    "VERIFIED_EMISSIONS_2023",
    "VERIFIED_EMISSIONS_2024",
]


def table(folder: Path, rows: str, *, header: str = HEADER, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text(header + rows, encoding="utf-8")
    return path


def workbook(folder: Path, rows: list[list[object]], titles: list[str] = TITLES) -> Path:
    """A workbook as the Commission makes it: a read-me, then a title row above the header."""
    book = Workbook()
    read_me = book.active
    read_me.title = "Read Me"
    read_me.append(["Extraction date", "2026-04-01"])
    data = book.create_sheet("data")
    data.append(["Verified emissions and allocations"])
    data.append([])
    data.append(titles)
    for row in rows:
        data.append(row)
    path = folder / "verified_emissions_2024_en.xlsx"
    book.save(path)
    return path


def archive_of(folder: Path, parts: dict[str, str]) -> Path:
    path = folder / "verified.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_other_sheet(source: Path, target: Path, change: Callable[[str], str]) -> Path:
    """A copy of a workbook in which the XML of the sheet with data is changed."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name).decode()
            archive.writestr(name, change(content) if name.endswith("sheet2.xml") else content)
    return target


def codes_and_places(refusal: pytest.ExceptionInfo[DocumentRefused]) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in refusal.value.findings]


def as_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


# Reading the CSV tables


def test_a_table_gives_installations_in_the_order_of_their_numbers(tmp_path):
    path = table(
        tmp_path,
        'NL_144,Steel,"Steel, B.V.",IJmuiden,24,24.10,5,7,9\n'
        "NL_99,Oil,Oil B.V.,Pernis,21,19.20,1,2,\n",
    )

    register, findings = read_euets(path)

    assert findings == ()
    assert [installation.id for installation in register.installations] == ["NL_99", "NL_144"]
    steel = register.installations[1]
    assert (steel.name, steel.operator, steel.city) == ("Steel", "Steel, B.V.", "IJmuiden")
    assert (steel.activity, steel.nace) == (24, "24.10")
    assert steel.verified_t == {2023: 5.0, 2024: 7.0}
    assert register.years == (2023, 2024)


def test_an_empty_cell_is_absent_and_a_nought_is_nought(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,,0,\n")

    register, _ = read_euets(path)

    assert register.installations[0].verified_t == {2023: None, 2024: 0.0}
    assert register.installations[0].free_allocation_t == {2024: None}


@pytest.mark.parametrize("absent", ["-1", "Excluded", "excluded", "n/a", " "])
def test_the_marks_of_the_registry_for_no_figure_are_absent(tmp_path, absent):
    path = table(tmp_path, f"NL_1,A,A B.V.,X,24,24.10,3,{absent},\n")

    register, _ = read_euets(path)

    assert register.installations[0].verified_t == {2023: 3.0, 2024: None}


def test_a_byte_order_mark_and_semicolons_are_read(tmp_path):
    path = tmp_path / "register.csv"
    content = (HEADER + "NL_1,Caf\u00e9,A B.V.,X,24,24.10,3,4,\n").replace(",", ";")
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())

    register, _ = read_euets(path)

    assert register.installations[0].name == "Caf\u00e9"


def test_other_registries_are_left_out_unless_all_are_asked_for(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,4,\nDE_1,B,B AG,Y,24,24.10,x,6,\n")

    register, findings = read_euets(path)

    assert [installation.id for installation in register.installations] == ["NL_1"]
    assert findings == ()
    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path, country=None)
    assert codes_and_places(refusal) == [
        ("euets.not-a-number", "register.csv row 3, column verified_2023_t")
    ]


def test_a_folder_joins_the_tables_about_one_installation(tmp_path):
    table(tmp_path, "NL_1,New name,A B.V.,X,24,24.10,3,4,\n")
    table(
        tmp_path,
        "NL_1,2020,100,90\nNL_1,2019,110,95\n",
        header="installation_id,year,verified_t,free_allocation_t\n",
        name="compliance.csv",
    )
    table(
        tmp_path,
        "NL_1,Old name,Street 1,X\nNL_2,Closed,Street 2,Y\n",
        header="installation_id,name,address,city\n",
        name="addresses.csv",
    )

    register, findings = read_euets(tmp_path)

    joined, closed = register.installations
    assert findings == ()
    assert joined.name == "New name"
    assert joined.verified_t == {2019: 110.0, 2020: 100.0, 2023: 3.0, 2024: 4.0}
    assert joined.free_allocation_t == {2019: 95.0, 2020: 90.0, 2024: None}
    assert (closed.name, closed.verified_t) == ("Closed", {})


def test_a_result_in_a_folder_is_left_aside_with_a_warning(tmp_path):
    table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,4,\n")
    table(
        tmp_path,
        "1,NL_1,A,999\n",
        header="rank_2024,installation_id,name,verified_2024_t\n",
        name="top.csv",
    )

    register, findings = read_euets(tmp_path)

    assert [(f.severity, f.code, f.place) for f in findings] == [
        ("warning", "euets.left-aside", "top.csv")
    ]
    assert register.installations[0].verified_t[2024] == 4.0


# Reading the workbook


def test_the_workbook_is_read_below_its_title_rows(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["DE", "1 - Anlagenkonto", "Werk", 144, "P", 24, 1, 2, 3, 4, 5, 6],
            ["NL", "Staal B.V.", "Staal", 144, "P-1", 24, 1, 800, 20, 7, "5", "5894644"],
            ["NL", "Olie B.V.", "Olie", "99", "P-2", "21", -1, -1, 0, 0, -1, "Excluded"],
            ["NL", "Vlieg N.V.", "1640", 300, "P-3", 10, 1, 1, 0, 0, 9, 9],
        ],
    )

    register, findings = read_euets(path)

    oil, steel = register.installations
    assert findings == ()
    assert (oil.id, oil.verified_t) == ("NL_99", {2023: None, 2024: None})
    assert oil.free_allocation_t == {2008: None, 2024: None}
    assert (steel.id, steel.name, steel.operator) == ("NL_144", "Staal", "Staal B.V.")
    assert (steel.activity, steel.nace, steel.city) == (24, None, None)
    assert steel.verified_t == {2023: 5.0, 2024: 5894644.0}
    assert steel.free_allocation_t == {2008: 1.0, 2024: 820.0}


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path):
    path = workbook(tmp_path, [["NL", "A", "A", 1, "P", 24, 0, 0, 0, 0, 5, 6]])
    renamed = path.rename(tmp_path / "register.csv")

    register, _ = read_euets(renamed)

    assert register.installations[0].verified_t == {2023: 5.0, 2024: 6.0}


def test_all_registries_of_a_workbook_keep_their_own_numbers(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["NL", "A", "A", 1, "P", 24, 0, 0, 0, 0, 5, 6],
            ["DE", "B", "B", 1, "P", 24, 0, 0, 0, 0, 7, 8],
        ],
    )

    register, _ = read_euets(path, country=None)

    assert [installation.id for installation in register.installations] == ["DE_1", "NL_1"]


def test_every_bad_cell_of_a_workbook_is_named_by_sheet_row_and_column(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["NL", "A", "A", 1, "P", 24, 0, 0, 0, 0, 5, "=F1"],
            ["NL", "B", "B", None, "P", 24, 0, 0, 0, 0, 5, 6],
            ["NL", "C", "C", 3, "P", "steel", 0, -5, 0, 0, 5, True],
        ],
    )

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    sheet = "verified_emissions_2024_en.xlsx sheet 'data'"
    assert codes_and_places(refusal) == [
        ("euets.not-a-number", f"{sheet} row 4, column L (VERIFIED_EMISSIONS_2024)"),
        ("euets.not-an-id", f"{sheet} row 5, column D (INSTALLATION_IDENTIFIER)"),
        ("euets.not-a-code", f"{sheet} row 6, column F (MAIN_ACTIVITY_TYPE_CODE)"),
        ("euets.not-a-number", f"{sheet} row 6, column L (VERIFIED_EMISSIONS_2024)"),
        ("euets.negative", f"{sheet} row 6, column H (ALLOCATION_2024)"),
    ]


def test_every_missing_column_of_a_workbook_is_named(tmp_path):
    path = workbook(tmp_path, [["A", 1, 2]], titles=["INSTALLATION_NAME", "ALLOCATION_2024", "X"])

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert [str(f.expected) for f in refusal.value.findings] == [
        "column REGISTRY_CODE",
        "column INSTALLATION_IDENTIFIER",
        "column VERIFIED_EMISSIONS_<year>",
        "column IDENTIFIER_IN_REG",
        "column MAIN_ACTIVITY_TYPE_CODE",
    ]


def test_a_workbook_without_the_header_names_its_sheets(tmp_path):
    path = workbook(tmp_path, [], titles=["something", "else"])

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    (finding,) = refusal.value.findings
    assert (finding.code, finding.found) == ("euets.no-header", "'data', 'Read Me'")


# Bad input


def test_all_findings_of_a_table_come_at_once(tmp_path):
    path = table(
        tmp_path,
        "NL_1,A,A B.V.,X,24,24.10,many,-7,\n"
        "144,B,B B.V.,Y,24,24.10,3,4,\n"
        "NL_3,C,C B.V.,Z,24,24.10,3\n"
        'NL_4,D,D B.V.,Z,iron,steel,1.234,"5,6",1e6\n',
    )

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert sorted(codes_and_places(refusal)) == [
        ("euets.ambiguous-number", "register.csv row 5, column verified_2023_t"),
        ("euets.negative", "register.csv row 2, column verified_2024_t"),
        ("euets.not-a-code", "register.csv row 5, column activity_id"),
        ("euets.not-a-nace-code", "register.csv row 5, column nace"),
        ("euets.not-a-number", "register.csv row 2, column verified_2023_t"),
        ("euets.not-a-number", "register.csv row 5, column free_allocation_2024_t"),
        ("euets.not-a-number", "register.csv row 5, column verified_2024_t"),
        ("euets.not-an-id", "register.csv row 3, column installation_id"),
        ("euets.row-length", "register.csv row 4"),
    ]


def test_a_finding_is_said_in_dutch_too(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,-7,\n")

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert refusal.value.findings[0].as_json("nl") == {
        "severity": "error",
        "code": "euets.negative",
        "place": "register.csv row 2, column verified_2024_t",
        "expected": "nul of meer ton, of -1 voor leeg",
        "found": "'-7'",
        "remedy": "vergelijk met het register",
    }


def test_two_rows_that_contradict_each_other_are_an_error_with_both_sides(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,4,\nNL_1,A,A B.V.,X,24,24.10,3,5,\n")

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    (finding,) = refusal.value.findings
    assert (finding.code, finding.place) == ("euets.duplicate-id", "register.csv row 3")
    assert str(finding.found) == "4.0 in register.csv row 2 and 5.0 here"


def test_the_same_row_twice_is_a_warning_and_counts_once(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,4,\nNL_1,A,A B.V.,X,24,24.10,3,4,\n")

    register, findings = read_euets(path)

    assert [(f.severity, f.code) for f in findings] == [("warning", "euets.repeated-row")]
    assert len(register.installations) == 1


def test_two_files_that_contradict_each_other_are_an_error(tmp_path):
    table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,3,4,\n", name="a.csv")
    table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,,5,\n", name="b.csv")

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(tmp_path)

    assert codes_and_places(refusal) == [("euets.duplicate-id", "b.csv row 2")]


def test_every_missing_column_of_a_table_is_named(tmp_path):
    path = table(tmp_path, "1,2024,5\n", header="id,year,tonnes\n")

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert [str(f.expected) for f in refusal.value.findings] == [
        "column installation_id",
        "column verified_t",
        "column free_allocation_t",
    ]


def test_a_column_that_is_only_wished_for_gives_a_warning(tmp_path):
    path = table(tmp_path, "NL_1,A,4\n", header="installation_id,name,verified_2024_t\n")

    register, findings = read_euets(path)

    assert [(f.severity, str(f.expected)) for f in findings] == [
        ("warning", "column operator"),
        ("warning", "column city"),
        ("warning", "column activity_id"),
        ("warning", "column nace"),
    ]
    assert register.installations[0].operator is None


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "euets.not-a-table", "PNG"),
        (b"%PDF-1.7\n", "euets.not-a-table", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "euets.not-a-table", "Excel 97-2003 (.xls) / OLE"),
        ("installation_id,name\n".encode("utf-16"), "euets.not-a-table", "UTF-16"),
        (b"installation_id\0,name\n", "euets.not-a-table", "binary"),
        (b"", "euets.not-a-table", "empty"),
        (b"PK\x03\x04 and nothing more", "euets.workbook-broken", "a damaged archive"),
        (b"dear reader\n", "euets.unknown-layout", "'dear reader'"),
    ],
)
def test_what_is_no_register_is_refused_by_its_content(tmp_path, content, code, found):
    path = tmp_path / "register.csv"
    path.write_bytes(content)

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    (finding,) = refusal.value.findings
    assert (finding.code, str(finding.found)) == (code, found)


def test_a_wrong_encoding_is_named_beside_the_other_findings(tmp_path):
    path = tmp_path / "register.csv"
    rows = "NL_1,A,A B.V.,X,24,24.10,3,4,\nNL_2,Co\u00f6peratie,B,Y,24,24.10,x,4,\n"
    path.write_bytes((HEADER + rows).encode("latin-1"))

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [
        ("euets.not-utf8", "register.csv row 3"),
        ("euets.not-a-number", "register.csv row 3, column verified_2023_t"),
    ]
    assert refusal.value.findings[0].found == "byte 0xF6"


def test_a_quotation_mark_that_never_closes_is_a_finding(tmp_path):
    path = table(tmp_path, 'NL_1,"A,A B.V.,X,24,24.10,3,4,\n')

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.broken-row", "register.csv row 2")]


def test_bad_cells_beyond_five_hundred_are_counted_and_not_listed(tmp_path):
    path = table(tmp_path, "".join(f"NL_{n},A,B,X,24,24.10,x,4,\n" for n in range(700)))

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert len(refusal.value.findings) == 501
    assert str(refusal.value.findings[-1].found) == "200 more"


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "register.csv"
    with path.open("wb") as opened:
        opened.truncate(50 * 1024 * 1024 + 1)

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.too-large", "register.csv")]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "verified.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(MOST_UNPACKED_BYTES + 1))

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    (finding,) = refusal.value.findings
    assert (finding.code, str(finding.found)) == (
        "euets.workbook-too-large",
        "256 MB unpacked",
    )


def test_a_part_that_packs_too_well_is_not_unpacked(tmp_path):
    path = tmp_path / "verified.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(2 * 1024**2))

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.workbook-too-large", "verified.xlsx")]


def test_an_archive_of_too_many_parts_is_not_unpacked(tmp_path):
    parts = {f"xl/{n}.xml": "" for n in range(1000)}
    path = archive_of(tmp_path, {"xl/workbook.xml": "<workbook/>", **parts})

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert str(refusal.value.findings[0].found) == "1001 parts"


def test_xml_that_defines_its_own_entities_is_not_parsed(tmp_path):
    document = '<!DOCTYPE a [<!ENTITY b "b">]><workbook/>'
    path = archive_of(tmp_path, {"xl/workbook.xml": document})

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.workbook-unsafe", "verified.xlsx")]


def test_an_archive_of_something_else_is_not_a_workbook(tmp_path):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path = archive_of(tmp_path, {"mimetype": kind})

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.not-a-workbook", "verified.xlsx")]


def test_a_workbook_with_a_damaged_sheet_is_refused_without_a_traceback(tmp_path):
    whole = workbook(tmp_path, [["NL", "A", "A", 1, "P", 24, 0, 0, 0, 0, 5, 6]])
    path = with_other_sheet(whole, tmp_path / "damaged.xlsx", lambda sheet: sheet[:-40])

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.workbook-broken", "damaged.xlsx")]


def test_a_row_number_of_four_milliard_does_not_keep_the_reader_busy(tmp_path):
    whole = workbook(tmp_path, [["NL", "A", "A", 1, "P", 24, 0, 0, 0, 0, 5, 6]])
    path = with_other_sheet(
        whole, tmp_path / "long.xlsx", lambda sheet: sheet.replace('r="4"', 'r="4000000000"')
    )

    with pytest.raises(DocumentRefused) as refusal:
        read_euets(path)

    assert codes_and_places(refusal) == [("euets.workbook-too-large", "long.xlsx")]


def test_a_path_where_nothing_is_says_what_to_give(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"nothing\.csv cannot be read"):
        read_euets(tmp_path / "nothing.csv")


def test_a_folder_without_tables_has_no_installations(tmp_path):
    with pytest.raises(DocumentRefused) as refusal:
        read_euets(tmp_path)

    assert refusal.value.findings[0].code == "euets.no-installations"


# Industry, ranking, firms


def test_industry_follows_the_activity_and_for_combustion_the_nace_division(tmp_path):
    path = table(
        tmp_path,
        "NL_1001,Ammonia,A,X,41,,3,4,\n"
        "NL_1002,Boiler of a brewery,A,X,20,11.05,3,4,\n"
        "NL_1003,Power station,A,X,20,35.11,3,4,\n"
        "NL_1004,Platform,A,X,20,06.20,3,4,\n"
        "NL_1005,Storage,A,X,47,20.14,3,4,\n"
        "NL_1006,Unknown boiler,A,X,20,,3,4,\n",
    )

    register, _ = read_euets(path)

    assert [installation.id for installation in industrial(register)] == ["NL_1001", "NL_1002"]
    assert [verdict(installation).because for installation in register.installations] == [
        "ammonia",
        "NACE 11.05",
        "power, steam or district heat",
        "extraction of coal, oil or gas",
        "storage of greenhouse gases",
        "activity 20 and no NACE code",
    ]


def test_the_workbook_gets_the_nace_code_that_is_known_for_the_installation(tmp_path):
    path = workbook(tmp_path, [["NL", "Alco", "Alco", 439, "P", 20, 0, 0, 0, 0, 5, 6]])

    register, _ = read_euets(path)

    assert register.installations[0].nace is None
    assert nace_of(register.installations[0]) == "20.14"
    assert [installation.id for installation in industrial(register)] == ["NL_439"]


def test_equal_emitters_stand_in_the_order_of_their_numbers(tmp_path):
    path = table(
        tmp_path,
        "NL_1010,A,A,X,24,24.10,3,5,\nNL_9,B,B,X,24,24.10,3,5,\n"
        "NL_7,C,C,X,24,24.10,3,6,\nNL_8,D,D,X,24,24.10,3,,\n",
    )

    register, _ = read_euets(path)

    ranking = [(row.rank, row.installation.id) for row in thirty_largest(register, 2024)]
    assert ranking == [(1, "NL_7"), (2, "NL_9"), (3, "NL_1010")]


def test_the_ranking_names_what_it_lacks_and_whom_it_cannot_place(tmp_path):
    path = table(
        tmp_path,
        "NL_99,Refinery,Oil,X,21,19.20,3,5,2\nNL_8,D,D,X,24,24.10,3,,\nNL_1006,Boiler,A,X,20,,3,4,\n",
    )

    register, findings = read_euets(path)
    ranking = ranking_json(register, 2024, findings)

    assert ranking["source_file"] == "register.csv"
    assert ranking["lacks"] == [
        "installations: 1 of 30 have a figure for 2024",
        "verified_t of 2024: absent for NL_8",
    ]
    assert [(f["severity"], f["code"], f["place"]) for f in ranking["findings"]] == [
        ("warning", "euets.undecided", "NL_1006")
    ]
    assert ranking["firms"] == [
        {
            "id": "shell",
            "name": "Shell",
            "verified_t": 5.0,
            "with_works_gas_t": None,
            "installations": ["NL_99"],
        }
    ]


def test_the_register_as_json_keeps_what_is_absent_as_null(tmp_path):
    path = table(tmp_path, "NL_1,A,A B.V.,X,24,24.10,,4,9\n")

    register, _ = read_euets(path)

    assert register.as_json() == {
        "source_file": "register.csv",
        "country": "NL",
        "years": [2024],
        "installations": [
            {
                "id": "NL_1",
                "name": "A",
                "operator": "A B.V.",
                "city": "X",
                "activity": 24,
                "nace": "24.10",
                "verified_t": {"2023": None, "2024": 4.0},
                "free_allocation_t": {"2024": 9.0},
            }
        ],
    }


# The real register of the Netherlands


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "eu_ets_nl"


@pytest.fixture(scope="module")
def netherlands(folder):
    register, _ = read_euets(folder)
    return register


def test_the_thirty_largest_of_2024_are_those_of_the_kept_ranking(folder):
    kept = as_csv(folder / "nl_top30_industrial_2024.csv")

    register, findings = read_euets(folder / "nl_installations_2022_2025.csv")
    rows = thirty_largest(register, 2024)

    assert findings == ()
    assert [
        [
            str(row.rank),
            row.installation.id,
            row.installation.name,
            row.installation.operator,
            row.installation.city,
            row.nace,
            f"{row.verified_t:.0f}",
        ]
        for row in rows
    ] == [
        [
            line["rank_2024"],
            line["installation_id"],
            line["name"],
            line["operator"],
            line["city"],
            line["nace"],
            line["verified_2024_t"],
        ]
        for line in kept
    ]
    assert sum(row.verified_t for row in rows) == 32_481_028
    assert sum(row.verified_t for row in rows[:10]) == 29_095_388


def test_the_ranking_of_2024_is_the_same_with_the_older_tables_beside_it(folder, netherlands):
    register, _ = read_euets(folder / "nl_installations_2022_2025.csv")

    alone = [(row.installation.id, row.verified_t) for row in thirty_largest(register, 2024)]
    joined = [(row.installation.id, row.verified_t) for row in thirty_largest(netherlands, 2024)]

    assert joined == alone


def test_a_workbook_of_the_same_figures_without_nace_codes_gives_the_same_ranking(folder, tmp_path):
    kept = as_csv(folder / "nl_installations_2022_2025.csv")
    rows = [
        [
            *("NL", r["operator"], r["name"], r["installation_id"][3:], "", r["activity_id"]),
            *("", "", "", "", r["verified_2023_t"], r["verified_2024_t"]),
        ]
        for r in kept
    ]

    register, _ = read_euets(workbook(tmp_path, rows))

    ranking = ranking_json(register, 2024)
    assert [row["id"] for row in ranking["installations"]] == [
        line["installation_id"] for line in as_csv(folder / "nl_top30_industrial_2024.csv")
    ]
    assert ranking["findings"] == []


def test_the_power_stations_on_works_gases_count_with_tata_steel_beside_its_own(netherlands):
    totals = {total.id: total for total in by_firm(thirty_largest(netherlands, 2024))}

    assert totals["tata-steel"].verified_t == 5_894_644
    assert totals["tata-steel"].with_works_gas_t == 5_894_644 + 4_068_898 + 1_224_804
    assert totals["shell"].verified_t == 4_101_914 + 2_282_201
    assert totals["cosun"].installations == ("NL_65", "NL_63")


def test_chemelot_is_nobodys_and_shared_by_its_members(netherlands):
    ranking = ranking_json(netherlands, 2024)

    chemelot = ranking["installations"][2]
    assert (chemelot["id"], chemelot["firm"]) == ("NL_107", None)
    assert chemelot["shared_by"] == ["oci", "anqore", "sabic", "fibrant"]
    assert "NL_107" not in [i for firm in ranking["firms"] for i in firm["installations"]]


def test_free_allocation_is_of_the_year_that_is_ranked(netherlands):
    ranking_2024 = ranking_json(netherlands, 2024)
    ranking_2025 = ranking_json(netherlands, 2025)

    assert ranking_2024["installations"][0]["free_allocation_t"] is None
    assert ranking_2024["lacks"][-1].startswith("free_allocation_t of 2024: absent for NL_144,")
    assert ranking_2025["installations"][0]["free_allocation_t"] == 8_304_041
    assert "verified_t of 2025: absent for NL_97" in ranking_2025["lacks"]


def test_the_series_of_the_sites_are_those_of_the_kept_table(folder, netherlands):
    kept = as_csv(folder / "nl_site_series_2013_2025.csv")
    years = [*range(2013, 2021), *range(2022, 2026)]

    series = {site.id: site for site in site_series(netherlands)}

    assert [
        [site["site_id"], *[site[f"verified_{year}_t"] for year in years]] for site in kept
    ] == [
        [
            site["site_id"],
            *[
                "" if t is None else f"{t:.0f}"
                for t in map(series[site["site_id"]].verified_t.get, years)
            ],
        ]
        for site in kept
    ]
    assert series["NL_144"].accounts == ("NL_144", "NL_204781")


def test_the_rule_and_the_firms_cite_sources_that_are_in_the_register():
    rule, whose = industry._rule(), firms._file()

    cited = {
        whose["source"],
        rule["activities"]["source"],
        rule["nace"]["source"],
        *(named["source"] for named in rule["installations"].values()),
    }

    assert cited == {"union-registry-2026-04", "euets-info-2024"}
    assert cited <= set(load_sources())


def test_the_operators_in_the_list_of_firms_are_those_of_the_registry(netherlands):
    written = [
        pair for firm in firms._file()["firms"].values() for pair in firm["installations"].items()
    ] + [
        pair
        for firm in firms._file()["firms"].values()
        for pair in firm.get("works_gas", {}).items()
    ]

    assert written == [(identity, netherlands.find(identity).operator) for identity, _ in written]
    assert len(written) == 19
