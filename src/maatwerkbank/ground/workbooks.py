# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this workbook (.xlsx) be unpacked, and how is it opened without trusting it?

Takes     bytes that somebody handed in, and how much they may unpack to.
Gives     what is wrong with the archive, or nothing; the workbook, to be read row by row.
Leaves    which sheet, which columns and which findings to who reads it.

A workbook is an archive of XML. Four things make one dangerous: it unpacks to more than fits, it
holds too many parts, it is locked, or its XML defines entities of its own.
"""

import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from maatwerkbank.ground.language import Text

MOST_PARTS = 1_000
MOST_TIMES_SMALLER = 150  # sheets of figures pack ten to twenty times smaller
MEGABYTE = 1024**2

A_READABLE_WORKBOOK = Text(nl="een leesbaar werkboek (.xlsx)", en="a readable workbook (.xlsx)")


@dataclass(frozen=True)
class WorkbookProblem:
    """Why an archive may not be unpacked. `code` names the kind of problem."""

    code: str
    expected: Text
    found: Text


class DamagedWorkbook(Exception):
    """A part of a workbook cannot be read; the reader says so in an error of any kind."""


def problem_of(content: bytes, *, most_unpacked: int) -> WorkbookProblem | None:
    """What is wrong with the archive; None where it may be unpacked. `most_unpacked`: [bytes]."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _problem_of(archive, most_unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        return WorkbookProblem(
            "workbook-broken",
            A_READABLE_WORKBOOK,
            Text(nl="een beschadigd archief", en="a damaged archive"),
        )


def open_workbook(content: bytes) -> Any:
    """The workbook as openpyxl reads it row by row. Ask `problem_of` first.

    Formulas are read as formulas: their stored outcome may be stale or not there.

    Raises
    ------
    DamagedWorkbook    a part of it cannot be read
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that others need not wait for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles, which are not read
        try:
            return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        except Exception as error:  # a damaged part can fail anywhere in openpyxl
            raise DamagedWorkbook(f"{type(error).__name__}: {error}") from error


def _problem_of(archive: zipfile.ZipFile, most_unpacked: int) -> WorkbookProblem | None:
    # zipfile never reads more from a part than its declared size, so the declared sizes bound it.
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return WorkbookProblem(
            "not-a-workbook",
            Text(nl="een werkboek (.xlsx)", en="a workbook (.xlsx)"),
            Text(nl="een ander archief", en="another kind of archive"),
        )
    if len(parts) > MOST_PARTS:
        return WorkbookProblem(
            "workbook-too-large",
            Text(nl=f"ten hoogste {MOST_PARTS} onderdelen", en=f"at most {MOST_PARTS} parts"),
            Text(nl=f"{len(parts)} onderdelen", en=f"{len(parts)} parts"),
        )
    if unpacked > most_unpacked or any(_packs_too_well(part) for part in parts):
        most, found = most_unpacked // MEGABYTE, unpacked // MEGABYTE
        return WorkbookProblem(
            "workbook-too-large",
            Text(
                nl=f"ten hoogste {most} MB uitgepakt en {MOST_TIMES_SMALLER} maal ingepakt",
                en=f"at most {most} MB unpacked and {MOST_TIMES_SMALLER} times as packed",
            ),
            Text(nl=f"{found} MB uitgepakt", en=f"{found} MB unpacked"),
        )
    if any(part.flag_bits & 1 for part in parts):
        return WorkbookProblem(
            "workbook-locked",
            Text(nl="een werkboek zonder wachtwoord", en="a workbook without a password"),
            Text(nl="versleutelde onderdelen", en="encrypted parts"),
        )
    if any(_declares_entities(archive, part) for part in parts):
        return WorkbookProblem(
            "workbook-unsafe",
            Text(nl="XML zonder eigen definities", en="XML without definitions of its own"),
            Text(nl="een DOCTYPE", en="a DOCTYPE"),
        )
    return None


def _packs_too_well(part: zipfile.ZipInfo) -> bool:
    small = part.file_size < MEGABYTE
    return not small and part.file_size > MOST_TIMES_SMALLER * max(part.compress_size, 1)


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as opened:
        return b"<!DOCTYPE" in opened.read(4096).upper()
