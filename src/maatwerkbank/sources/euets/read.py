# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which emissions register is in this file or folder, and what is wrong with it?

Takes     a path: a CSV table, the Union Registry workbook, or a folder that holds such files.
Gives     the register and its warnings; refuses with every finding when one is an error.
Leaves    nothing unread in silence: what a folder holds besides is named in a warning.
"""

import codecs
from pathlib import Path

from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.euets.noted import Noted
from maatwerkbank.sources.euets.register import EmissionsRegister, Entry, combine
from maatwerkbank.sources.euets.tables import header_of, is_result, read_table
from maatwerkbank.sources.euets.workbook import read_workbook

MOST_BYTES = 50 * 1024 * 1024
MOST_FILES = 40

_KINDS_THAT_ARE_NO_TABLE = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Excel 97-2003 (.xls) / OLE",
    b"\x1f\x8b": "gzip",
}


def read_euets(
    path: str | Path, country: str | None = "NL"
) -> tuple[EmissionsRegister, tuple[Finding, ...]]:
    """Read a public register of EU ETS emissions.

    Parameters
    ----------
    path : a CSV table, the Union Registry workbook (xlsx), or a folder of such files, whose
        rows about one installation are joined. What a file is, its content says, not its name.
    country : registry code; rows of other registries are not looked at. None reads all.

    Returns
    -------
    The register, and the findings that are warnings.

    Raises
    ------
    DocumentUnreadable
        There is no such file or folder, or it may not be read.
    DocumentRefused
        At least one finding is an error; all findings come with it.
    """
    path = Path(path)
    noted = Noted()
    entries: list[Entry] = []
    for file, content in _contents(path, noted):
        entries.extend(_read(file, content, country, noted, in_folder=path.is_dir()))
    installations = combine(entries, noted)
    if not installations and not noted.has_errors:
        _note_nothing_there(path.name, country, noted)
    findings = noted.all_of(path.name)
    if noted.has_errors:
        raise DocumentRefused(path.name, findings)
    return EmissionsRegister(path.name, country, installations), findings


def _contents(path: Path, noted: Noted) -> list[tuple[str, bytes]]:
    """(name, bytes) of every file to read; together no larger than one file may be."""
    try:
        files = _files(path)
        if len(files) > MOST_FILES:
            _note_too_large(path.name, f"{len(files)} files", noted)
            return []
        contents = []
        room = MOST_BYTES
        for file in files:
            with file.open("rb") as opened:
                content = opened.read(room + 1)
            room -= len(content)
            if room < 0:
                _note_too_large(path.name, f"> {MOST_BYTES // 1024**2} MB", noted)
                return []
            contents.append((file.name, content))
    except OSError as error:
        raise DocumentUnreadable(
            f"{path.name} cannot be read: {error.strerror}.",
            remedy="give the path of a CSV table, a workbook (.xlsx), or a folder that holds them",
        ) from error
    return contents


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        tables = [file for file in path.iterdir() if file.suffix.lower() in {".csv", ".xlsx"}]
        return sorted(file for file in tables if file.is_file())
    if path.exists() and not path.is_file():
        raise DocumentUnreadable(
            f"{path.name} is neither a file nor a folder.",
            remedy="give the path of a CSV table, a workbook (.xlsx), or a folder that holds them",
        )
    return [path]


def _read(
    file: str, content: bytes, country: str | None, noted: Noted, *, in_folder: bool
) -> list[Entry]:
    if content.startswith(b"PK\x03\x04"):
        return read_workbook(file, content, country, noted)
    text = _text(file, content, noted)
    if text is None:
        return []
    if in_folder and is_result(header_of(text)):
        noted.warning(
            "euets.left-aside",
            file,
            expected=Text(nl="een register", en="a register"),
            found=Text(
                nl="een tabel die uit een register is berekend", en="a table made from a register"
            ),
            remedy=Text(nl="niets: de tabel is niet gelezen", en="none: the table was not read"),
        )
        return []
    return read_table(file, text, country, noted)


def _text(file: str, content: bytes, noted: Noted) -> str | None:
    """The content as text, or None with a note of what it is instead."""
    kind = next((kind for k, kind in _KINDS_THAT_ARE_NO_TABLE.items() if content.startswith(k)), "")
    if not content.strip():
        kind = "empty"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        kind = "UTF-16"
    elif not kind and b"\0" in content:
        kind = "binary"
    if kind:
        noted.error(
            "euets.not-a-table",
            file,
            expected=Text(
                nl="CSV in UTF-8 of een werkboek (.xlsx)", en="CSV in UTF-8 or a workbook (.xlsx)"
            ),
            found=kind,
            remedy=Text(
                nl="sla de tabel op als CSV (UTF-8) of als .xlsx",
                en="save the table as CSV (UTF-8) or as .xlsx",
            ),
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        noted.error(
            "euets.not-utf8",
            f"{file} row {line}",
            expected=Text(nl="tekst in UTF-8", en="text in UTF-8"),
            found=f"byte 0x{content[error.start]:02X}",
            remedy=Text(nl="sla de tabel op als CSV (UTF-8)", en="save the table as CSV (UTF-8)"),
        )
        # Read on: the other findings are of use too, and the register is refused anyway.
        return content.decode("utf-8-sig", errors="replace")


def _note_too_large(name: str, found: str, noted: Noted) -> None:
    most = MOST_BYTES // 1024**2
    noted.error(
        "euets.too-large",
        name,
        expected=Text(
            nl=f"ten hoogste {most} MB en {MOST_FILES} bestanden",
            en=f"at most {most} MB and {MOST_FILES} files",
        ),
        found=found,
        remedy=Text(
            nl="geef alleen de tabellen van één land", en="give only the tables of one country"
        ),
    )


def _note_nothing_there(name: str, country: str | None, noted: Noted) -> None:
    noted.error(
        "euets.no-installations",
        name,
        expected=Text(
            nl=f"ten minste één installatie in {country or 'enig register'}",
            en=f"at least one installation in {country or 'any registry'}",
        ),
        found=Text(nl="geen", en="none"),
        remedy=Text(
            nl="controleer de registercode van het land",
            en="check the registry code of the country",
        ),
    )
