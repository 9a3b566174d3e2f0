# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as a workbook: made from the indicators, and read back with a place for every finding.

Takes     the indicators and the period; or the bytes of a workbook that was handed in.
Gives     the bytes of a workbook; or what it reports, each with its cell, and what is unreadable.
Leaves    whether the file may come in at all to who receives it (kind, size, packing); what is odd
          in a figure to `report`.

The key of an indicator stands in a column of its own: rows may be moved, and are found again.
"""

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from maatwerkbank.dossier.execution.kpi import Kpi
from maatwerkbank.dossier.execution.report import Reported
from maatwerkbank.dossier.execution.schedule import Period
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.ground.workbooks import A_READABLE_WORKBOOK, open_workbook, problem_of

SHEET = Text(nl="Rapportage", en="Report")
HEADS = (
    (Text(nl="Code", en="Code"), 18),
    (Text(nl="Indicator", en="Indicator"), 40),
    (Text(nl="Grens", en="Boundary"), 40),
    (Text(nl="Eenheid", en="Unit"), 12),
    (Text(nl="Vorig jaar", en="Last year"), 16),
    (Text(nl="Beloofd", en="Promised"), 16),
    (Text(nl="Gerealiseerd", en="Realised"), 16),
    (Text(nl="Reden, als iets ontbreekt of afwijkt", en="Reason, if absent or odd"), 50),
)
VALUE, REASON = "G", "H"
PERIOD_CELL = "B1"
HEAD_ROW, FIRST_ROW = 3, 4
MOST_ROWS, MOST_COLUMNS = 500, 20
LONGEST_REASON = 2_000
MOST_UNPACKED = 20 * 2**20  # [bytes] a report of five hundred rows is a thousandth of that
MADE = datetime(2025, 1, 1)  # noqa: DTZ001  (the same bytes for the same report)


def write(
    kpis: Sequence[Kpi],
    period: Period,
    last_year: Mapping[str, Decimal | None],
    language: Language,
) -> bytes:
    """A workbook with a row per indicator and one column to fill in."""
    from openpyxl import Workbook  # noqa: PLC0415 - half a second that other pages need not wait for
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET.into(language)
    sheet["A1"] = Text(nl="Periode", en="Period").into(language)
    sheet[PERIOD_CELL] = period.key
    sheet["A2"] = HELP.into(language)
    for column, (head, width) in enumerate(HEADS, start=1):
        cell = sheet.cell(HEAD_ROW, column, head.into(language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, kpi in enumerate(kpis, start=FIRST_ROW):
        values = (
            kpi.key,
            kpi.name.into(language),
            kpi.boundary.into(language),
            kpi.unit.into(language),
            last_year.get(kpi.key),
            kpi.promised.get(period.year),
        )
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
        for letter in (VALUE, REASON):
            sheet[f"{letter}{row}"].fill = PatternFill("solid", fgColor="FFF6D6")
    sheet.freeze_panes = f"C{FIRST_ROW}"
    book.properties.created = book.properties.modified = MADE
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


HELP = Text(
    nl="Vul de gele cellen in. Leeg is niet nul: zeg waarom een getal er niet is.",
    en="Fill in the yellow cells. Empty is not nought: say why a figure is not there.",
)


def read(
    raw: bytes, kpis: Sequence[Kpi], period: Period
) -> tuple[tuple[Reported, ...], tuple[Finding, ...]]:
    """What it reports, and everything that could not be read, by sheet and cell."""
    problem = problem_of(raw, most_unpacked=MOST_UNPACKED)
    if problem is not None:
        return (), (_finding("-", problem.expected, problem.found),)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles, which are not read
        try:
            book = open_workbook(raw)
            sheet = next((each for each in book.worksheets if each.title in NAMES), None)
            rows = [] if sheet is None else _rows(sheet)
        except Exception:  # noqa: BLE001 - a damaged part can fail anywhere in openpyxl
            return (), (_finding("-", A_READABLE_WORKBOOK, Text(nl="niets", en="nothing")),)
    if sheet is None:
        return (), (_finding("-", Text(nl=f"blad {SHEET.nl}", en=f"sheet {SHEET.en}"), "-"),)
    return _reported(sheet.title, rows, kpis, period)


NAMES = (SHEET.nl, SHEET.en)


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(
        sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, min_col=1, values_only=True)
    )


def _reported(
    name: str, rows: Sequence[tuple[Any, ...]], kpis: Sequence[Kpi], period: Period
) -> tuple[tuple[Reported, ...], tuple[Finding, ...]]:
    found: list[Finding] = []
    told: dict[str, Reported] = {}
    stated = str(_at(rows[0], PERIOD_CELL[0]) or "").strip() if rows else ""
    if stated != period.key:
        found.append(_finding(f"{name}!{PERIOD_CELL}", Text(nl=period.key, en=period.key), stated))
    known = {kpi.key for kpi in kpis}
    for number, row in enumerate(rows[HEAD_ROW:], start=FIRST_ROW):
        key = str(_at(row, "A") or "").strip()
        if not key:
            found.extend(_without_key(name, number, row))
        elif key not in known:
            expected = Text(nl="de code van een indicator", en="the code of an indicator")
            found.append(_finding(f"{name}!A{number}", expected, key[:100]))
        elif key in told:
            expected = Text(nl="elke indicator één keer", en="each indicator once")
            found.append(_finding(f"{name}!A{number}", expected, key))
        else:
            place = f"{name}!{VALUE}{number}"
            value, wrong = _number(_at(row, VALUE), place)
            found.extend(wrong)
            reason = str(_at(row, REASON) or "")[:LONGEST_REASON]
            told[key] = Reported(key, value, reason, place)
    return tuple(told.values()), tuple(found)


def _without_key(name: str, number: int, row: tuple[Any, ...]) -> Iterable[Finding]:
    value = _at(row, VALUE)
    if value is not None:
        expected = Text(nl="de code van een indicator", en="the code of an indicator")
        yield _finding(f"{name}!A{number}", expected, Text(nl="niets", en="nothing"))


def _at(row: tuple[Any, ...], letter: str) -> Any:
    place = ord(letter) - ord("A")
    return row[place] if place < len(row) else None


def _number(value: Any, place: str) -> tuple[Decimal | None, tuple[Finding, ...]]:
    """A figure; nothing where the cell is empty; a finding where it is neither."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None, ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(str(value))
        if number.is_finite():
            return number, ()
    if isinstance(value, str):
        try:
            number = Decimal(value.strip().replace(" ", "").replace(",", "."))
        except InvalidOperation:
            pass
        else:
            if number.is_finite() and value.count(",") + value.count(".") < 2:
                return number, ()
    return None, (_finding(place, A_NUMBER, str(value)[:100]),)


A_NUMBER = Text(
    nl="een getal, geen formule en geen woorden", en="a number, no formula and no words"
)


def _finding(place: str, expected: Text, found: Text | str) -> Finding:
    remedy = Text(
        nl="verbeter de cel, of haal het werkboek opnieuw op",
        en="correct the cell, or fetch the workbook anew",
    )
    return Finding("error", "report.workbook", place, expected, found or "-", remedy)
