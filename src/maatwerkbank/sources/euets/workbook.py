# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the Union Registry workbook `verified_emissions_<year>_en.xlsx` say?

Takes     the bytes of the workbook, bounded in what it may unpack to.
Gives     entries with their cell, and a note of every cell that cannot be read.
Leaves    out aircraft operators and shipping companies, the Swiss system (CH_ columns, its own
          sheet) and Article 10c allocation: free allocation here is Article 10a(1) plus the new
          entrants' reserve. NACE code and city are not in the workbook, so they stay absent.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from maatwerkbank.ground.language import Text
from maatwerkbank.ground.workbooks import (
    A_READABLE_WORKBOOK,
    DamagedWorkbook,
    open_workbook,
    problem_of,
)
from maatwerkbank.sources.euets.cells import (
    Misread,
    shown,
    text_of,
    tonnes_of,
    whole_number_of,
)
from maatwerkbank.sources.euets.noted import Noted
from maatwerkbank.sources.euets.register import Entry

MOST_UNPACKED_BYTES = 256 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELLS = 30_000_000
MOST_ROWS_ABOVE_HEADER = 100  # the edition of 2023 had its header in row 22, that of 2025 in row 3

DOWNLOAD_AGAIN = Text(
    nl="download het werkboek opnieuw van de Europese Commissie",
    en="download the workbook once more from the European Commission",
)

_ID = "INSTALLATION_IDENTIFIER"
_REQUIRED = ("REGISTRY_CODE", _ID, "INSTALLATION_NAME")
_WISHED = ("IDENTIFIER_IN_REG", "MAIN_ACTIVITY_TYPE_CODE")
_KNOWN = {*_REQUIRED, *_WISHED, "PERMIT_IDENTIFIER", "ACCOUNT_TYPE", "ACCOUNT_CLOSURE"}
_VERIFIED = re.compile(r"VERIFIED_EMISSIONS_(20[0-9]{2})")
# Editions write ALLOCATION2008 beside ALLOCATION_2009.
_ALLOCATION = re.compile(r"ALLOCATION_?(20[0-9]{2})")
_RESERVE = re.compile(r"ALLOCATION_RESERVE_(20[0-9]{2})")
_NOT_STATIONARY = {10, 50}  # aircraft operators, shipping companies

_Value = TypeVar("_Value")


class _TooLarge(Exception):
    """A sheet goes on beyond what any edition of the registry holds."""


def is_safe(file: str, content: bytes, noted: Noted) -> bool:
    """Whether the archive may be unpacked: a workbook, of bounded size, without a DTD."""
    problem = problem_of(content, most_unpacked=MOST_UNPACKED_BYTES)
    if problem is not None:
        noted.error(f"euets.{problem.code}", file, problem.expected, problem.found, DOWNLOAD_AGAIN)
    return problem is None


def _note_broken(file: str, found: Text | str, noted: Noted) -> None:
    noted.error(
        "euets.workbook-broken",
        file,
        expected=A_READABLE_WORKBOOK,
        found=found,
        remedy=DOWNLOAD_AGAIN,
    )


@dataclass(frozen=True)
class _Header:
    """Where the columns of a sheet are: name to position, from 0."""

    sheet: str
    row: int
    columns: dict[str, int]

    def years(self, names: re.Pattern[str]) -> dict[int, str]:
        return {int(match[1]): name for name in self.columns if (match := names.fullmatch(name))}


@dataclass(frozen=True)
class _Row:
    """One row of the sheet, with the means to read its cells and to say where they stand."""

    file: str
    header: _Header
    number: int
    cells: tuple[object, ...]
    noted: Noted

    @property
    def place(self) -> str:
        return f"{self.file} sheet '{self.header.sheet}' row {self.number}"

    def place_of(self, column: str) -> str:
        letter = letter_of(self.header.columns[column])
        return f"{self.place}, column {letter} ({column})"

    def cell(self, column: str) -> object:
        position = self.header.columns.get(column)
        return None if position is None or position >= len(self.cells) else self.cells[position]

    def kept(self, column: str, value: _Value | Misread) -> _Value | None:
        if isinstance(value, Misread):
            self.noted.error(
                value.code, self.place_of(column), value.expected, value.found, value.remedy
            )
            return None
        return value

    def tonnes(self, column: str | None) -> float | None:
        return None if column is None else self.kept(column, tonnes_of(self.cell(column)))

    def whole_number(self, column: str) -> int | None:
        return self.kept(column, whole_number_of(self.cell(column)))


def letter_of(position: int) -> str:
    """The letters above a column of a sheet.

    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    rest = position + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def read_workbook(file: str, content: bytes, country: str | None, noted: Noted) -> list[Entry]:
    """Entries of the workbook, in its order; what cannot be read is in `noted`."""
    if not is_safe(file, content, noted):
        return []
    entries: list[Entry] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles, which are not read
        try:
            book = open_workbook(content)
            entries.extend(_entries(file, book, country, noted))
        except DamagedWorkbook as error:
            _note_broken(file, shown(str(error)), noted)
        except _TooLarge:
            _note_too_large(file, noted)
    return entries


def _note_too_large(file: str, noted: Noted) -> None:
    noted.error(
        "euets.workbook-too-large",
        file,
        expected=Text(
            nl=f"ten hoogste {MOST_ROWS} rijen en {MOST_CELLS} cellen",
            en=f"at most {MOST_ROWS} rows and {MOST_CELLS} cells",
        ),
        found=Text(nl="meer", en="more"),
        remedy=Text(
            nl="verwijder lege rijen onder de tabel", en="remove empty rows below the table"
        ),
    )


def _entries(file: str, book: Any, country: str | None, noted: Noted) -> Iterator[Entry]:
    # The Swiss operators stand in a sheet of their own; the one named data is the Union's.
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.title.lower() != "data")
    for sheet in sheets:
        header = _header_of(sheet)
        if header is None:
            continue
        if _columns_complete(file, header, noted):
            for number, cells in _rows(sheet):
                row = _Row(file, header, number, cells, noted)
                if number > header.row and _is_wanted(row, country):
                    yield from _entry(row)
        return
    noted.error(
        "euets.no-header",
        file,
        expected=Text(
            nl=f"een blad met een rij {_ID}, VERIFIED_EMISSIONS_<jaar>, ALLOCATION_<jaar>",
            en=f"a sheet with a row {_ID}, VERIFIED_EMISSIONS_<year>, ALLOCATION_<year>",
        ),
        found=", ".join(f"'{sheet.title}'" for sheet in sheets),
        remedy=Text(
            nl="neem het werkboek verified_emissions van het EU-register",
            en="take the verified_emissions workbook of the Union Registry",
        ),
    )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    """(row number, cells) of a sheet, whatever size it says it has."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    seen = 0
    for number in range(1, MOST_ROWS + 2):
        try:
            cells = next(rows, None)
        except Exception as error:
            raise DamagedWorkbook(f"{type(error).__name__}: {error}") from error
        if cells is None:
            return
        seen += len(cells)
        if number > MOST_ROWS or seen > MOST_CELLS:
            raise _TooLarge
        yield number, cells


def _header_of(sheet: Any) -> _Header | None:
    """The first row in which at least two cells are names of columns that the registry uses."""
    for number, cells in _rows(sheet):
        if number > MOST_ROWS_ABOVE_HEADER:
            return None
        columns: dict[str, int] = {}
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip():
                columns.setdefault(cell.strip().upper(), position)
        if sum(1 for name in columns if _is_known(name)) >= 2:
            return _Header(sheet.title, number, columns)
    return None


def _is_known(name: str) -> bool:
    return name in _KNOWN or any(
        pattern.fullmatch(name) for pattern in (_VERIFIED, _ALLOCATION, _RESERVE)
    )


def _columns_complete(file: str, header: _Header, noted: Noted) -> bool:
    """Note every column that is missing; True when the rows can be read."""
    missing = [name for name in _REQUIRED if name not in header.columns]
    if not header.years(_VERIFIED):
        missing.append("VERIFIED_EMISSIONS_<year>")
    if not header.years(_ALLOCATION):
        missing.append("ALLOCATION_<year>")
    place = f"{file} sheet '{header.sheet}' row {header.row}"
    for name in missing:
        noted.error(
            "euets.missing-column",
            place,
            expected=Text(nl=f"kolom {name}", en=f"column {name}"),
            found=shown(", ".join(header.columns)),
            remedy=Text(nl="voeg de kolom toe", en="add the column"),
        )
    for name in _WISHED:
        if name not in header.columns:
            noted.warning(
                "euets.missing-column",
                place,
                expected=Text(nl=f"kolom {name}", en=f"column {name}"),
                found=Text(nl="geen; de waarde blijft onbekend", en="none; it stays unknown"),
                remedy=Text(nl="voeg de kolom toe", en="add the column"),
            )
    return not missing


def _is_wanted(row: _Row, country: str | None) -> bool:
    if not any(text_of(cell) for cell in row.cells):
        return False
    registry = text_of(row.cell("REGISTRY_CODE"))
    if country is not None:
        return registry == country
    if registry is not None and re.fullmatch(r"[A-Z]{2}", registry):
        return True
    row.noted.error(
        "euets.not-an-id",
        row.place_of("REGISTRY_CODE"),
        expected=Text(nl="een registercode zoals NL", en="a registry code such as NL"),
        found=shown(row.cell("REGISTRY_CODE")),
        remedy=Text(
            nl="neem de code uit het register over, of lees één land in",
            en="copy the code from the registry, or read one country",
        ),
    )
    return False


def _entry(row: _Row) -> Iterator[Entry]:
    """The entry of a row about a stationary installation; nothing for another row."""
    activity = row.whole_number("MAIN_ACTIVITY_TYPE_CODE")
    if activity in _NOT_STATIONARY:
        return
    number = row.whole_number(_ID)
    if number is None:
        if text_of(row.cell(_ID)) is None:
            row.noted.error(
                "euets.not-an-id",
                row.place_of(_ID),
                expected=Text(nl="het nummer van de installatie", en="the installation's number"),
                found=Text(nl="een lege cel", en="an empty cell"),
                remedy=Text(
                    nl="neem het nummer uit het register over",
                    en="copy the number from the registry",
                ),
            )
        return
    yield Entry(
        file=row.file,
        place=row.place,
        id=f"{text_of(row.cell('REGISTRY_CODE'))}_{number}",
        name=text_of(row.cell("INSTALLATION_NAME")),
        operator=text_of(row.cell("IDENTIFIER_IN_REG")),
        activity=activity,
        verified_t={
            year: row.tonnes(column) for year, column in row.header.years(_VERIFIED).items()
        },
        free_allocation_t=_free_allocation(row),
    )


def _free_allocation(row: _Row) -> dict[int, float | None]:
    """Article 10a(1) plus the new entrants' reserve, by year.  [t CO2e]"""
    reserves = row.header.years(_RESERVE)
    free: dict[int, float | None] = {}
    for year, column in row.header.years(_ALLOCATION).items():
        allocated = row.tonnes(column)
        reserve = row.tonnes(reserves.get(year))
        if allocated is None:
            # A reserve of nought beside an absent allocation does not make the sum nought.
            free[year] = reserve or None
        else:
            free[year] = allocated + (reserve or 0.0)
    return free
