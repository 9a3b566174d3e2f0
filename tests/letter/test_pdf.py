# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The document of a case: archivable, accessible, the same bytes for the same receipt."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from maatwerkbank.economics import Assessment, assess
from maatwerkbank.letter.pdf import case_pdf
from maatwerkbank.plant.case_file import CaseFile

N = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def made(assessment: Assessment, variants: dict[str, Assessment]) -> bytes:
    return case_pdf(assessment, variants, "nl")


@pytest.fixture(scope="module")
def pdf(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def test_it_has_a_title_a_language_and_the_day_of_knowledge(pdf: PdfReader):
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Voorbeeld BV, afvang van CO2 in Voorbeeldstad"
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("nl")
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date().isoformat() == "2025-06-30"


def test_it_says_that_it_can_be_archived_and_read_aloud(pdf: PdfReader):
    claims = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode("utf-8")

    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_first_page_is_what_a_director_reads(pdf: PdfReader):
    first = " ".join(pdf.pages[0].extract_text().split())

    assert "Of het plan zichzelf terugverdient, blijft open." in first
    assert "253 kt" in first.replace(N, " ")
    assert "48,8 kt" in first.replace(N, " ")
    assert "Uitstoot tegenover het pad van de heffing" in first
    assert "Opbouw van de netto contante waarde" in first


def test_the_pages_after_it_give_every_source(assessment: Assessment, pdf: PdfReader):
    rest = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages[1:])

    assert "Aannames met hun bron" in rest
    assert "Jaarverslag 2024 van Voorbeeld BV (verzonnen)" in rest
    assert assessment.receipt.number in rest


def test_every_picture_in_it_has_words(pdf: PdfReader):
    found: list[str] = []

    def walk(node, seen):
        node = node.get_object()
        if id(node) in seen or not isinstance(node, dict):
            return
        seen.add(id(node))
        found.extend([str(node["/Alt"])] if "/Alt" in node else [])
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid, seen) if hasattr(kid, "get_object") else None

    walk(pdf.trailer["/Root"]["/StructTreeRoot"], set())
    charts = [words for words in found if len(words) > 60]

    assert len(charts) == 5


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes(
    made: bytes, assessment: Assessment, variants: dict[str, Assessment]
):
    assert case_pdf(assessment, variants, "nl") == made


@pytest.mark.slow
def test_it_leaves_no_file_behind(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    case_pdf(assessment, {}, "en")

    assert list(tmp_path.iterdir()) == []


def test_text_in_a_case_is_not_taken_for_typst(changed_case: Callable[..., CaseFile]):
    title = "'#panic(1) $x$ *b* <label> @ref'"
    hostile = changed_case(("Voorbeeld BV, afvang van CO2 in Voorbeeldstad", title))

    made = case_pdf(assess(hostile), {}, "nl")
    first = PdfReader(io.BytesIO(made)).pages[0].extract_text()

    assert "#panic(1) $x$ *b* <label> @ref" in " ".join(first.split())


def test_a_case_without_a_value_makes_a_document_too(changed_case: Callable[..., CaseFile]):
    unknown = changed_case(
        (
            "{value: 22, unit: MEUR, source: voorbeeld-plan, place: blad 5, price_year: 2024}",
            "{absent: true, why: {nl: geheim, en: secret}, ask: {nl: de firma, en: the firm}}",
        )
    )

    made = case_pdf(assess(unknown), {}, "en")
    first = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())

    assert "Whether the plan pays for itself cannot be judged." in first
