# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports: when they are due, what is odd in them, and the workbook there and back."""

import io
import zipfile
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from maatwerkbank.dossier.execution import Kpi, Reported, Schedule, findings_of
from maatwerkbank.dossier.execution.kpi import lacks_of_kpi
from maatwerkbank.dossier.execution.report import blocks
from maatwerkbank.dossier.execution.schedule import lacks_of_schedule, periods_of
from maatwerkbank.dossier.execution.workbook import read, write
from maatwerkbank.ground.language import Text

D = Decimal
SOME = Text(nl="woorden", en="words")


def kpi(key: str, quantity: str, **options) -> Kpi:
    given = {"baseline": D(0), "promised": {2028: D(42_000)}, **options}
    return Kpi(key, Text(nl=key, en=key), quantity, SOME, SOME, **given)


GROSS, ADDITIONAL = kpi("gross", "co2_gross"), kpi("additional", "co2_additional")
NOX = kpi("nox", "nox", baseline=D(100), base_year=2020, promised={2028: D(60)})
YEAR = periods_of(Schedule(2028, 2028))[0]


def test_a_half_year_report_is_due_three_months_after():
    first, second = periods_of(Schedule(2027, 2027, "half_year", 3))

    assert (first.key, first.first, first.last) == ("2027-H1", date(2027, 1, 1), date(2027, 6, 30))
    assert (first.due, second.due) == (date(2027, 9, 30), date(2028, 3, 31))


def test_a_report_is_late_after_its_day_and_not_before():
    states = [
        YEAR.state(date(2028, 12, 31)),
        YEAR.state(date(2029, 1, 1)),
        YEAR.state(date(2029, 4, 1)),
        YEAR.state(date(2029, 6, 1), date(2029, 3, 31)),
        YEAR.state(date(2029, 6, 1), date(2029, 4, 1)),
    ]

    assert states == ["not_yet", "open", "late", "in", "in_late"]


def test_a_schedule_that_ends_before_it_begins_is_refused():
    found = lacks_of_schedule(Schedule(2028, 2027, "week", 13))

    assert [each.place for each in found] == ["frequency", "last_year", "months_after"]


def test_it_finds_everything_at_once():
    reported = [
        Reported("gross", D(30_000)),
        Reported("additional", D(31_000)),
        Reported("nox", None),
    ]

    found = findings_of(reported, [GROSS, ADDITIONAL, NOX], 2028, {"gross": D(40_000)})

    assert [(each.place, each.code, each.severity) for each in found] == [
        ("gross", "report.tolerance", "warning"),
        ("gross", "report.short", "warning"),
        ("additional", "report.short", "warning"),
        ("nox", "report.absent", "warning"),
        ("additional", "report.above_gross", "error"),
    ]


def test_a_warning_asks_a_reason_and_an_error_blocks():
    odd = [Reported("nox", None, "meter stuk")]
    wrong = [Reported("nox", D(-1), "meter stuk")]

    assert not blocks(findings_of(odd, [NOX], 2028, {}), odd)
    assert blocks(findings_of([Reported("nox", None)], [NOX], 2028, {}), [Reported("nox", None)])
    assert blocks(findings_of(wrong, [NOX], 2028, {}), wrong)


def test_nought_is_a_figure_and_absent_is_not():
    found = findings_of([Reported("nox", D(0))], [NOX], 2028, {})

    assert found == ()


def test_an_indicator_says_its_boundary_method_and_base_year():
    lacking = Kpi("x", SOME, "co2_emission", Text("", ""), Text("", ""), baseline=D(1))

    assert [each.place for each in lacks_of_kpi(lacking)] == [
        "boundary_nl",
        "boundary_en",
        "method_nl",
        "method_en",
        "promised",
        "base_year",
    ]


# ── the workbook ──────────────────────────────────────────────────────────────────────────────


def filled(**cells: object) -> bytes:
    """The workbook of gross tonnes and NOx, with cells as somebody filled them in."""
    book = load_workbook(io.BytesIO(write([GROSS, NOX], YEAR, {"gross": D(40_000)}, "nl")))
    for cell, value in cells.items():
        book["Rapportage"][cell] = value
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_it_reads_back_what_was_filled_in_each_with_its_cell():
    told, found = read(filled(G4=39_500, H5="meter stuk"), [GROSS, NOX], YEAR)

    assert found == ()
    assert told == (
        Reported("gross", D(39_500), "", "Rapportage!G4"),
        Reported("nox", None, "meter stuk", "Rapportage!G5"),
    )


def test_it_gives_every_mistake_by_its_cell():
    raw = filled(B1="2027", G4="veel", G5="=1+1", A6="onbekend", A7="gross", G8=3)

    _, found = read(raw, [GROSS, NOX], YEAR)

    assert [each.place for each in found] == [
        "Rapportage!B1",
        "Rapportage!G4",
        "Rapportage!G5",
        "Rapportage!A6",
        "Rapportage!A7",
        "Rapportage!A8",
    ]


def test_it_says_that_it_cannot_read_what_is_no_workbook():
    told, (found,) = read(b"PK nee", [GROSS], YEAR)

    assert (told, found.severity, str(found.found)) == ((), "error", "a damaged archive")


def test_it_does_not_unpack_what_is_dangerous():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<!doctype a [<!ENTITY b "b">]><workbook/>')

    told, (found,) = read(raw.getvalue(), [GROSS], YEAR)

    assert (told, str(found.found)) == ((), "a DOCTYPE")


def test_it_writes_last_year_and_the_promise_beside_the_empty_cell():
    sheet = load_workbook(io.BytesIO(filled()))["Rapportage"]

    assert [sheet[f"{letter}4"].value for letter in "AEFG"] == ["gross", 40_000, 42_000, None]
