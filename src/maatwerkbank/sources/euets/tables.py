# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do the CSV tables of an emissions register say?

Takes     the text of one table: one row per installation, one row per installation and year,
          or names and addresses. The columns decide which; the name of the file does not.
Gives     entries with their place, and a note of every cell that cannot be read.
Leaves    aside tables that are results (rankings, sums over sites), which would count twice.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from maatwerkbank.ground.language import Text
from maatwerkbank.sources.euets.cells import (
    Misread,
    nace_of,
    shown,
    text_of,
    tonnes_of,
    whole_number_of,
)
from maatwerkbank.sources.euets.noted import Noted
from maatwerkbank.sources.euets.register import Entry

MOST_ROWS = 500_000

_VERIFIED = re.compile(r"verified_(20[0-9]{2})_t")
_FREE = re.compile(r"free_allocation_(20[0-9]{2})_t")
_ID = re.compile(r"[A-Z]{2}_[0-9]{1,9}")

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class _Row:
    """One row of a table, with the means to read its cells and to say where they stand."""

    file: str
    line: int
    cells: dict[str, str]
    noted: Noted

    @property
    def place(self) -> str:
        return f"{self.file} row {self.line}"

    def kept(self, column: str, value: _Value | Misread) -> _Value | None:
        if isinstance(value, Misread):
            place = f"{self.place}, column {column}"
            self.noted.error(value.code, place, value.expected, value.found, value.remedy)
            return None
        return value

    def text(self, column: str) -> str | None:
        return text_of(self.cells.get(column))

    def tonnes(self, column: str) -> float | None:
        return self.kept(column, tonnes_of(self.cells.get(column)))

    def tonnes_by_year(self, columns: re.Pattern[str]) -> dict[int, float | None]:
        return {
            int(match[1]): self.tonnes(column)
            for column in self.cells
            if (match := columns.fullmatch(column))
        }


@dataclass(frozen=True)
class _Layout:
    """Columns that a kind of table must have or should have, and what a row of it says."""

    required: tuple[str, ...]
    wished: tuple[str, ...]
    entry_of: Callable[[_Row], Entry]


def _entry_per_installation(row: _Row) -> Entry:
    return Entry(
        file=row.file,
        place=row.place,
        id=row.cells["installation_id"].strip(),
        name=row.text("name"),
        operator=row.text("operator"),
        city=row.text("city"),
        activity=row.kept("activity_id", whole_number_of(row.cells.get("activity_id"))),
        nace=row.kept("nace", nace_of(row.cells.get("nace"))),
        verified_t=row.tonnes_by_year(_VERIFIED),
        free_allocation_t=row.tonnes_by_year(_FREE),
    )


def _entry_per_year(row: _Row) -> Entry:
    year = row.kept("year", whole_number_of(row.cells["year"]))
    if year is None or not 2005 <= year < 2100:
        row.noted.error(
            "euets.not-a-year",
            f"{row.place}, column year",
            expected=Text(nl="een jaar vanaf 2005", en="a year from 2005 on"),
            found=shown(row.cells["year"]),
            remedy=Text(nl="schrijf het jaar met vier cijfers", en="write the year in four digits"),
        )
        year = 0
    return Entry(
        file=row.file,
        place=row.place,
        id=row.cells["installation_id"].strip(),
        verified_t={year: row.tonnes("verified_t")},
        free_allocation_t={year: row.tonnes("free_allocation_t")},
    )


def _entry_of_address(row: _Row) -> Entry:
    return Entry(
        file=row.file,
        place=row.place,
        id=row.cells["installation_id"].strip(),
        name=row.text("name"),
        city=row.text("city"),
    )


_PER_INSTALLATION = _Layout(
    required=("installation_id", "name"),
    wished=("operator", "city", "activity_id", "nace"),
    entry_of=_entry_per_installation,
)
_PER_YEAR = _Layout(
    required=("installation_id", "year", "verified_t", "free_allocation_t"),
    wished=(),
    entry_of=_entry_per_year,
)
_ADDRESSES = _Layout(
    required=("installation_id", "name"), wished=("city",), entry_of=_entry_of_address
)


def is_result(header: list[str]) -> bool:
    """Whether the columns are those of a ranking or of sums over sites, made from a register."""
    return any(column == "site_id" or column.startswith("rank") for column in header)


def header_of(text: str) -> list[str]:
    """The columns that the first line names."""
    first = _first_line(text)
    return [cell.strip().strip('"').strip() for cell in first.split(_separator(first))]


def read_table(file: str, text: str, country: str | None, noted: Noted) -> list[Entry]:
    """Entries of one CSV table, in its order; what cannot be read is in `noted`."""
    header = header_of(text)
    layout = _layout_of(file, header, noted)
    if layout is None or not _columns_complete(file, header, layout, noted):
        return []
    entries = []
    for line, cells in _lines(file, text, noted):
        if len(cells) != len(header):
            _note_row_length(f"{file} row {line}", (len(header), len(cells)), noted)
            continue
        row = _Row(file, line, dict(zip(header, cells, strict=True)), noted)
        if _is_wanted(row, country):
            entries.append(layout.entry_of(row))
    return entries


def _first_line(text: str) -> str:
    # A first line beyond any header is cut: it will not be recognised.
    return re.split(r"\r\n|\r|\n", text[:100_000], maxsplit=1)[0]


def _separator(first_line: str) -> str:
    # A spreadsheet with Dutch settings writes semicolons.
    return ";" if ";" in first_line and "," not in first_line else ","


def _layout_of(file: str, header: list[str], noted: Noted) -> _Layout | None:
    if not is_result(header):
        if any(_VERIFIED.fullmatch(column) or _FREE.fullmatch(column) for column in header):
            return _PER_INSTALLATION
        if "year" in header or "verified_t" in header:
            return _PER_YEAR
        if "installation_id" in header or {"name", "address"} <= set(header):
            return _ADDRESSES
    noted.error(
        "euets.unknown-layout",
        f"{file} row 1",
        expected=Text(
            nl="kolommen installation_id met verified_<jaar>_t, met year en verified_t, of met "
            "name en address; of het werkboek van het EU-register (.xlsx)",
            en="columns installation_id with verified_<year>_t, with year and verified_t, or with "
            "name and address; or the workbook of the Union Registry (.xlsx)",
        ),
        found=shown(", ".join(header)),
        remedy=Text(
            nl="geef het register zelf, geen tabel die daaruit is berekend",
            en="give the register itself, not a table computed from it",
        ),
    )
    return None


def _columns_complete(file: str, header: list[str], layout: _Layout, noted: Noted) -> bool:
    """Note every column that is missing or named twice; True when the rows can be read."""
    place = f"{file} row 1"
    twice = [column for column, times in Counter(header).items() if times > 1]
    missing = [column for column in layout.required if column not in header]
    for column in twice:
        noted.error(
            "euets.column-twice",
            place,
            expected=Text(nl=f"één kolom {column}", en=f"one column {column}"),
            found=Text(nl="meer dan een", en="more than one"),
            remedy=Text(nl="verwijder de kolom te veel", en="remove the column too many"),
        )
    for column in missing:
        noted.error(
            "euets.missing-column",
            place,
            expected=Text(nl=f"kolom {column}", en=f"column {column}"),
            found=shown(", ".join(header)),
            remedy=Text(nl="voeg de kolom toe", en="add the column"),
        )
    for column in layout.wished:
        if column not in header:
            noted.warning(
                "euets.missing-column",
                place,
                expected=Text(nl=f"kolom {column}", en=f"column {column}"),
                found=Text(nl="geen; de waarde blijft onbekend", en="none; it stays unknown"),
                remedy=Text(nl="voeg de kolom toe", en="add the column"),
            )
    return not twice and not missing


def _lines(file: str, text: str, noted: Noted) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every row below the header that is not empty."""
    separator = _separator(_first_line(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > MOST_ROWS:
                _note_too_many_rows(file, noted)
                return
            if line > 1 and any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        noted.error(
            "euets.broken-row",
            f"{file} row {line}",
            expected=Text(
                nl="cellen waarvan aanhalingstekens weer sluiten",
                en="cells whose quotation marks close again",
            ),
            found=str(error),
            remedy=Text(nl="sla de tabel opnieuw op als CSV", en="save the table once more as CSV"),
        )


def _note_too_many_rows(place: str, noted: Noted) -> None:
    noted.error(
        "euets.too-many-rows",
        place,
        expected=Text(nl=f"ten hoogste {MOST_ROWS} rijen", en=f"at most {MOST_ROWS} rows"),
        found=Text(nl="meer", en="more"),
        remedy=Text(nl="beperk de tabel tot één land", en="limit the table to one country"),
    )


def _note_row_length(place: str, lengths: tuple[int, int], noted: Noted) -> None:
    promised, there = lengths
    noted.error(
        "euets.row-length",
        place,
        expected=Text(nl=f"{promised} cellen, zoals de kop", en=f"{promised} cells, as the header"),
        found=Text(nl=f"{there} cellen", en=f"{there} cells"),
        remedy=Text(
            nl="zet een naam met een scheidingsteken tussen aanhalingstekens",
            en="put quotation marks around a name that holds a separator",
        ),
    )


def _is_wanted(row: _Row, country: str | None) -> bool:
    """Whether the row is about the country asked for; a note when its id is not an id."""
    identifier = row.cells["installation_id"].strip()
    if _ID.fullmatch(identifier):
        return country is None or identifier.startswith(f"{country}_")
    row.noted.error(
        "euets.not-an-id",
        f"{row.place}, column installation_id",
        expected=Text(
            nl="registercode en nummer, zoals NL_144", en="registry code and number, as NL_144"
        ),
        found=shown(identifier),
        remedy=Text(
            nl="neem het nummer uit het register over", en="copy the number from the registry"
        ),
    )
    return False
