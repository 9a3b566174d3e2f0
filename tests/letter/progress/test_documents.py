# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter as ODT, PDF, Markdown and data: opened again and read back."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import odfdo
import pytest
from pypdf import PdfReader
from tests.letter.progress.holds import about, words
from tests.letter.progress.invented import invented

from maatwerkbank.dossier.publication.publication import Figure, Origin, Withdrawal
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.progress import ProgressLetter, progress_letter
from maatwerkbank.letter.progress.as_data import as_data, seal
from maatwerkbank.letter.progress.markdown import markdown
from maatwerkbank.letter.progress.model import Chart
from maatwerkbank.letter.progress.office import letter_odt, letter_pdf
from maatwerkbank.letter.progress.official import against_official
from maatwerkbank.sources.register import load_sources

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def letter() -> ProgressLetter:
    earlier = shipped_publication(date(2024, 12, 31))
    return progress_letter(shipped_publication(DAY), before=earlier)


@pytest.fixture(scope="module")
def pdf(letter: ProgressLetter) -> PdfReader:
    return PdfReader(BytesIO(letter_pdf(letter)))


@pytest.fixture(scope="module")
def document(letter: ProgressLetter) -> odfdo.Document:
    return odfdo.Document(BytesIO(letter_odt(letter)))


# ── PDF ──


def test_the_pdf_can_be_archived_and_read_aloud(pdf):
    root = pdf.trailer["/Root"]
    claims = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nl")
    assert pdf.metadata.title == "Voortgang van de maatwerkafspraken met de industrie"
    assert pdf.metadata.creation_date.date() == DAY


def test_the_pdf_holds_the_letter_its_notes_and_its_annexes(pdf, letter):
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages[:4])
    for part in ("Geachte Voorzitter", "Carolien Gehrels", "Staatscourant 2025, 20039"):
        assert part in text
    outline = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert [each[:9] for each in outline[-3:]] == ["Bijlage 1", "Bijlage 2", "Bijlage 3"]
    tags = _tags(pdf.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TH", "/Figure", "/Note"} <= tags
    assert len(letter.notes) > 20


def _tags(node, seen=None) -> set[str]:
    """Every kind of tag below a node of the structure tree."""
    seen = set() if seen is None else seen
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            _tags(each, seen)
    elif hasattr(node, "get"):
        if "/S" in node:
            seen.add(str(node["/S"]))
        if "/K" in node and not isinstance(node["/K"], int):
            _tags(node["/K"], seen)
    return seen


# ── ODT ──


def test_the_odt_has_real_headings_footnotes_tables_and_pictures(document, letter):
    notes = document.body.get_notes()
    assert [each.citation for each in notes] == [str(each.number) for each in letter.notes]
    gazette = next(each for each in notes if "20039" in each.note_body)
    assert gazette.get_elements("descendant::text:a")
    headings = [str(each.text) for each in document.body.headers]
    assert "Samenvatting" in headings
    assert "Bijlage 1. Voortgang per bedrijf" in headings
    frames = document.body.get_frames()
    assert len(frames) == 2
    assert all(each.svg_description for each in frames)
    assert sum(each.startswith("Pictures/drawing") for each in document.get_parts()) == 2
    assert all(each.get_element("table:table-header-rows") for each in document.body.tables)
    assert document.meta.title == letter.title
    assert document.language == "nl-NL"


def test_the_odt_says_what_the_letter_says(document, letter):
    text = " ".join(document.get_formatted_text().split())
    for sentence in letter.sentences[:12]:
        assert " ".join(sentence.text.split()) in re.sub(r"\s*\[\d+\]", "", text)


# ── what became known later ──


@pytest.mark.parametrize(
    ("day", "later"), [(DAY, 1), (date(2023, 6, 30), 2), (date(2030, 1, 1), 0)]
)
def test_a_source_of_after_the_day_is_told_as_such_in_its_note_and_at_the_opening(day, later):
    letter = progress_letter(shipped_publication(day))
    items = [item for note in letter.notes for item in note.items]
    of_register = [each for each in items if each.identity in load_sources()]
    after = {
        each.identity
        for each in of_register
        if (dated := load_sources()[each.identity].date) and dated > day.isoformat()[: len(dated)]
    }
    assert {each.identity for each in items if each.later} == after
    assert len(after) == later
    told = [each for each in of_register if "van na " in each.text]
    assert {each.identity for each in told} == after
    said = about(letter, "letter.later")
    assert said.endswith("is later bekend geworden.") if later else not said


# ── Markdown and data ──


def test_the_markdown_has_every_note_once_and_no_open_slot(letter):
    text = markdown(letter)
    for note in letter.notes:
        assert text.count(f"[^{note.number}]") == 2
    assert "{" not in text
    assert text.count("\n## ") == sum(
        each.level == 1 and bool(each.heading) for each in letter.sections
    )


def test_the_data_give_every_figure_with_its_origin_and_every_sentence_with_what_it_rests_on(
    letter,
):
    data = as_data(letter)
    assert data["format"] == "maatwerkbank-letter/1"
    assert data["counts"]["count.eop"]["value"] == 13
    ids = {each["id"] for each in data["figures"]}
    assert ids == set(letter.publication.figures)
    for each in data["figures"]:
        assert each["origin"]["identity"]
        assert each["unit"]
    sentences = [
        said
        for section in data["sections"]
        for block in section["blocks"]
        if block["kind"] == "paragraph"
        for said in block["sentences"]
    ]
    assert {name for each in sentences for name in each["figures"]} <= ids
    assert {each["code"] for each in data["doubts"]} >= {
        "reference.number",
        "reference.cited-twice",
    }
    assert set(data) == {
        *("format", "seal", "as_of", "since", "language", "title", "register", "counts", "firms"),
        *("figures", "commitments", "motions", "committees", "sections", "notes", "changes"),
        *("withdrawn", "doubts"),
    }


def test_the_same_day_gives_the_same_seal_and_another_day_another(letter):
    assert seal(letter) == seal(progress_letter(letter.publication, before=letter.before))
    assert seal(letter) != seal(progress_letter(letter.publication))


def test_each_chart_has_a_text_and_a_table_with_the_same_figures(letter):
    charts = [b for each in letter.sections for b in each.blocks if isinstance(b, Chart)]
    assert [each.id for each in charts] == ["stages", "tonnes"]
    for chart in charts:
        root = ET.fromstring(chart.svg)  # noqa: S314  (made here)
        assert root.findtext("{http://www.w3.org/2000/svg}desc") == chart.alt
        for row in chart.table.rows:
            figures = [cell for cell in row if re.search(r"\d", cell)]
            assert all(each in chart.alt for each in figures)


def test_a_bound_is_told_in_the_table_as_it_is_in_the_chart(letter):
    figures = letter.publication.figures
    chart = next(
        b for each in letter.sections for b in each.blocks if getattr(b, "id", "") == "tonnes"
    )
    gross = {name: told for name, told, _ in chart.table.rows}
    assert figures["nobian.co2.agreement.gross"].bound == "at_least"
    assert gross["Nobian"] == "ten minste 500.000"
    assert "≥500.000" in chart.svg
    assert gross["Yara Sluiskil"] == "ten hoogste 800.000"
    assert gross["Tata Steel Nederland"] == "5.000.000"


def test_what_somebody_wrote_is_printed_and_never_run():
    made = next(found for seed in range(40) if len((found := invented(seed)).group) == 1)
    firm = made.publication.register.companies[0]
    odd = replace(firm, name="#panic() <b>& $x$ *vet* | [a](b)")
    register = replace(made.publication.register, companies=(odd,))
    letter = progress_letter(replace(made.publication, register=register))
    assert letter_pdf(letter).startswith(b"%PDF")
    assert odd.name in odfdo.Document(BytesIO(letter_odt(letter))).get_formatted_text()
    assert "<b>" not in markdown(letter).replace(r"\<b\>", "")


def test_what_was_withdrawn_is_said_to_have_been_public(letter):
    released, withdrawn = date(2025, 3, 1), date(2025, 6, 1)
    gone = (
        Withdrawal("figure", "dow.co2.x.gross", "dow", released, withdrawn),
        Withdrawal("statement", "dow", "dow", released, withdrawn),
    )
    told = progress_letter(replace(letter.publication, withdrawn=gone))
    said = "vrijgegeven op 1 maart 2025, is op 1 juni jl. ingetrokken"
    assert f"Het cijfer dow.co2.x.gross, {said}." in words(told)
    assert "Een eerdere tekst" in about(told, "withdrawn.statement.dow")
    assert [each["what"] for each in as_data(told)["withdrawn"]] == ["figure", "statement"]


# ── levy, official ──


def test_a_levy_is_told_as_a_public_reconstruction_only(letter):
    def levy(*, reconstruction: bool) -> Figure:
        origin = Origin("run", "receipt-1")
        label = Text(nl="CO2-heffing", en="CO2 levy")
        return Figure(
            "nobian.levy.x", "nobian", "levy", label, 1e6, 3e6, "EUR", origin,
            reconstruction=reconstruction,
        )  # fmt: skip

    def said(figure: Figure) -> ProgressLetter:
        figures = {**letter.publication.figures, figure.id: figure}
        return progress_letter(replace(letter.publication, figures=figures))

    told = said(levy(reconstruction=True))
    assert "fiscale geheimhouding" in words(told)
    assert any(each.id == "levy" for each in told.sections)
    assert not any(each.id == "levy" for each in said(levy(reconstruction=False)).sections)
    assert "fiscale geheimhouding" not in words(letter)


def test_an_official_letter_is_refused_with_every_reason(letter):
    reasons = against_official(letter)
    assert "figure yara.co2.eop.gross rests on yara-eop-2023-07-12 (press)" in reasons
    assert any("exit" in each and "joop-2025-07 (press)" in each for each in reasons)
    assert sum("is not approved" in each for each in reasons) == 17


def test_a_letter_that_rests_on_official_sources_and_approved_texts_may_be_official():
    made = next(found for seed in range(40) if _all_approved(found := invented(seed)))
    assert against_official(progress_letter(made.publication)) == ()

    firm, statement = next(iter(made.publication.statements.items()))
    typed = replace(statement, text=Text(nl="Nog 500 ton.", en="Still 500 tonnes."))
    known = replace(made.publication, statements={**made.publication.statements, firm: typed})
    assert against_official(progress_letter(known)) == (f"statement of {firm}: 500 (figure.typed)",)


def _all_approved(made) -> bool:
    known = made.publication
    return 0 < len(known.register.companies) == len(known.statements)
