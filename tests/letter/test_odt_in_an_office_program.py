# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter, an agreement and an inventory as LibreOffice opens them: page by page."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from tests.dossier.agreement.text_samples import full
from tests.dossier.disclosure.examples import paper, passage

from maatwerkbank.dossier.disclosure.inventory import inventory_rows
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.letter.agreement_document import AgreementPaper, agreement_text
from maatwerkbank.letter.inventory_document import inventory_text
from maatwerkbank.letter.odt import KEPT_WHOLE, odt
from maatwerkbank.letter.office_text import Grid, Heading, NumberedArticle, OfficeText
from maatwerkbank.letter.progress import progress_letter
from maatwerkbank.letter.progress.office import office_letter

PAPER = AgreementPaper("Concept, versie 2", "Voorbeeld N.V.", date(2026, 5, 1), is_draft=True)
SOFFICE = shutil.which("soffice")
NAME = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"


def letter(language) -> OfficeText:
    return office_letter(progress_letter(shipped_publication(date(2025, 6, 30)), language=language))


TEXTS = {
    "letter nl": lambda: letter("nl"),
    "letter en": lambda: letter("en"),
    "agreement": lambda: agreement_text(full("agreement"), PAPER, "nl"),
    "inventory": lambda: inventory_text(
        inventory_rows([paper(judgement="partly", passages=(passage(),))]),
        request="Woo-1",
        subject="De boiler",
        dated=date(2026, 5, 1),
        seal="ab" * 32,
        language="nl",
    ),
}


@pytest.fixture(scope="module", params=TEXTS)
def text(request) -> OfficeText:
    return TEXTS[request.param]()


@pytest.fixture(scope="module")
def pages(text: OfficeText, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words of each page, as it would be printed."""
    if SOFFICE is None:
        pytest.skip("needs LibreOffice: apt install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("office")
    (folder / "it.odt").write_bytes(odt(text))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "it.odt")], check=True, timeout=120)
    read = PdfReader(Path(folder / "it.pdf"))
    return [" ".join(page.extract_text().split()) for page in read.pages]


def test_every_page_says_which_of_how_many_it_is(text, pages):
    of = {"nl": "van", "en": "of"}[text.language]
    for number, page in enumerate(pages, start=1):
        assert f"{text.footer} {number} {of} {len(pages)}" in page


def test_a_heading_has_no_number_that_is_not_its_own(text, pages):
    whole = " ".join(pages)
    heads = [each.text for each in text.parts if isinstance(each, Heading)]
    heads += [each.heading for each in text.parts if isinstance(each, NumberedArticle)]
    for head in heads:
        assert head in whole
        assert f".{head}" not in whole


def test_a_caption_stands_above_its_table_and_a_short_table_on_one_page(text, pages):
    for grid in (each for each in text.parts if isinstance(each, Grid)):
        rows = grid.rows if len(grid.rows) <= KEPT_WHOLE else grid.rows[:1]
        words = [grid.caption, *(" ".join(cell.split()) for row in rows for cell in row)]
        assert any(all(_squeezed(each) in _squeezed(page) for each in words) for page in pages), (
            grid.caption
        )


def _squeezed(words: str) -> str:
    """Without spaces and hyphens: lines of a cell are broken where they may be."""
    return "".join(words.split()).replace("-", "")


def test_every_look_that_it_names_is_there(text):
    with ZipFile(BytesIO(odt(text))) as file:
        trees = [ET.fromstring(file.read(f"{each}.xml")) for each in ("content", "styles")]  # noqa: S314  (made here)
    attributes = [given for tree in trees for each in tree.iter() for given in each.items()]
    there = {value for name, value in attributes if name == NAME}
    named = {value for name, value in attributes if name.endswith("style-name")}
    assert named
    assert named <= there
