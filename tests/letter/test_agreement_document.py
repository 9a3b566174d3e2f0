# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement on paper: an ODT that others can work in, and a PDF for the archive."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import odfdo
import pytest
from tests.dossier.agreement.text_samples import full

from maatwerkbank.dossier.agreement.drafting import begin
from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.agreement.terms import own_clause
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.agreement_document import AgreementPaper, agreement_text
from maatwerkbank.letter.odt import odt
from maatwerkbank.letter.office_text import Grid, NumberedArticle, office_pdf

PAPER = AgreementPaper("Concept, versie 2", "Voorbeeld N.V.", date(2026, 5, 1), is_draft=True)


@pytest.fixture(scope="module")
def document():
    return odfdo.Document(BytesIO(odt(agreement_text(full("agreement"), PAPER, "nl"))))


def test_the_odt_says_what_it_is_and_in_which_language(document):
    assert document.meta.title == "Bindende maatwerkafspraak"
    assert document.meta.subject == "Voorbeeld N.V."
    assert document.language == "nl-NL"
    assert document.meta.date.date() == date(2026, 5, 1)


def test_its_articles_are_headings_with_numbered_paragraphs(document):
    headings = [each.text for each in document.body.headers]
    assert headings[0] == "Artikel 1. Partijen"
    assert headings[-2:] == ["Ondertekening", "Gegevens in deze tekst"]
    assert "Voorbeeld N.V., hierna te noemen: het bedrijf" in document.get_formatted_text()
    assert document.body.lists


def test_its_tables_repeat_their_head_and_name_every_origin(document):
    _, figures = document.body.tables
    assert figures.get_element("table:table-header-rows") is not None
    assert "€\N{NO-BREAK SPACE}185.000.000" in document.get_formatted_text()


def test_a_draft_that_lacks_something_says_so_first():
    text = agreement_text(begin(library("jloi")), PAPER, "nl")
    assert "ontbreken" in text.parts[0].text
    assert any("[ontbreekt: " in each for each in text.parts[1].paragraphs)


def test_what_is_in_force_is_no_draft():
    signed = AgreementPaper("Versie 1", "Voorbeeld N.V.", date(2026, 5, 1), is_draft=False)
    text = agreement_text(full("agreement"), signed, "en")
    assert isinstance(text.parts[0], NumberedArticle)
    assert text.parts[0].heading == "Article 1. Parties"
    assert isinstance(text.parts[-1], Grid)


@pytest.mark.parametrize(
    ("language", "changed", "new"),
    [
        ("nl", "eigen tekst: andere woorden", "eigen tekst: een eigen bepaling"),
        ("en", "own text: other words", "own text: an own clause"),
    ],
)
def test_own_text_is_marked_on_paper_and_is_no_part_of_the_text(language, changed, new):
    first, *rest = full("agreement").clauses
    reworded = replace(first, heading=Text("Wie tekenen", "Who sign"))
    own = own_clause(Text("Stilte", "Silence"), Text("Wij zwijgen.", "We are silent."), "1")
    mixed = replace(full("agreement"), clauses=(reworded, own, *rest))
    text = agreement_text(mixed, PAPER, language)
    marks = [each.note for each in text.parts if isinstance(each, NumberedArticle)]
    assert marks[0].startswith(changed)
    assert marks[1].startswith(new)
    assert not any(marks[2:])
    written = odfdo.Document(BytesIO(odt(text)))
    noted = [each.inner_text for each in written.body.paragraphs if each.style == "Note"]
    assert marks[0] in noted
    assert marks[1] in noted
    assert office_pdf(text) != office_pdf(
        replace(text, parts=tuple(_unmarked(each) for each in text.parts))
    )


def _unmarked(part):
    return replace(part, note="") if isinstance(part, NumberedArticle) else part


def test_the_pdf_is_the_same_for_the_same_content():
    text = agreement_text(full("eop"), PAPER, "nl")
    first = office_pdf(text)
    assert first == office_pdf(text)
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in first


def test_what_stands_in_a_dossier_is_printed_and_never_run():
    odd = AgreementPaper("#panic() <b>&", "{company} \\ $x$", date(2026, 5, 1), is_draft=True)
    text = agreement_text(full("eop"), odd, "nl")
    assert office_pdf(text)
    assert "#panic() <b>&" in odfdo.Document(BytesIO(odt(text))).get_formatted_text()
