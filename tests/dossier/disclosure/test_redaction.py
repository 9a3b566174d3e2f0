# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that are withheld are gone: from the text, and from every byte of the new document."""

import io
import re
import unicodedata
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document, Paragraph
from pypdf import PdfReader, PdfWriter
from tests.dossier.disclosure.examples import DAY, plain_pdf

from maatwerkbank.dossier.disclosure.redaction import places_of, redacted
from maatwerkbank.dossier.disclosure.work_list import JudgedPassage
from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.letter.document_text import PDF, text_of_file
from maatwerkbank.letter.odt import MEDIA_TYPE as ODT
from maatwerkbank.letter.redacted_document import Named, redacted_document

NAMED = Named("Brief over Zilverpad", "Woo-2026-01, document 1", DAY)


def withheld(*words: str, ground: str = "financieel_belang") -> list[JudgedPassage]:
    return [
        JudgedPassage(str(number), each, ground, "een reden") for number, each in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Kosten: 12 mln.", "12 MLN", "Kosten: [5.1.2.b]."),
        ("de produc-\ntie daalt", "productie daalt", "de [5.1.2.b]"),
        ("de produc\N{SOFT HYPHEN}tie daalt", "productie", "de [5.1.2.b] daalt"),
        ("de o\N{LATIN SMALL LIGATURE FFI}ciële prijs", "officiële prijs", "de [5.1.2.b]"),
        ("café e\N{COMBINING ACUTE ACCENT}e\N{COMBINING ACUTE ACCENT}n", "één", "café [5.1.2.b]"),
        ("Jan\N{ZERO WIDTH SPACE}sen zei", "Jansen", "[5.1.2.b] zei"),
        (
            "twee  keer\nhetzelfde; twee keer hetzelfde",
            "twee keer",
            "[5.1.2.b]\nhetzelfde; [5.1.2.b] hetzelfde",
        ),
        ("plan van an", "an", "plan van [5.1.2.b]"),
        ("120 en 12", "12", "120 en [5.1.2.b]"),
    ],
)
def test_words_are_found_as_people_read_them(text, words, left):
    assert redacted(text, withheld(words)).text == left


def test_overlapping_passages_become_one_with_both_grounds():
    passages = [
        JudgedPassage("a", "prijs is 12", "bedrijfsgegevens", "r"),
        JudgedPassage("b", "12 euro", "levenssfeer", "r"),
        JudgedPassage("c", "De", "", "r"),
    ]

    outcome = redacted("De prijs is 12 euro.", passages)

    assert outcome.text == "De [5.1.1.c, 5.1.2.e]."


def test_words_that_are_not_there_or_stand_within_longer_ones_are_told():
    outcome = redacted("Jansens auto, Jansen", withheld("Jansen", "Pietersen"))

    assert (outcome.inside, outcome.not_found) == (("0",), ("1",))


letters = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "Mn"]), max_size=30)
words = st.text(
    st.characters(codec="utf-8", categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=12
)


@given(letters, words, words, st.sampled_from([" ", "\n", "; ", "\N{NO-BREAK SPACE}"]))
def test_nothing_withheld_is_left_in_any_text(around, first, second, between):
    text = f"{around}{between}{first}{between}{second}{between}{first} {around}"
    passages = withheld(f"{first}{between}{second}", first)

    left = re.sub(r"\[5\.1\.2\.b\]", "\N{BLACK SQUARE}", redacted(text, passages).text)

    for each in passages:
        assert places_of(each.words, left) == []


@given(letters)
def test_a_text_of_which_nothing_is_withheld_stays_as_it_was(text):
    assert redacted(text, [JudgedPassage("a", text)]).text == text


# ── the document ──────────────────────────────────────────────────────────────────────────────


def everything_in(pdf: bytes) -> bytes:
    """All bytes of a PDF, its streams unpacked, and its words, outline and attachments as text."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    reader = PdfReader(io.BytesIO(pdf))
    told = [page.extract_text() for page in reader.pages]
    told += [str(reader.metadata), str(reader.outline), str(reader.attachments)]
    if reader.xmp_metadata is not None:
        told.append(str(reader.xmp_metadata.dc_title) + str(reader.xmp_metadata.dc_description))
    for number in range(len(reader.xref[0]) if reader.xref else 0):
        thing = reader.get_object(number + 1)
        if hasattr(thing, "get_data"):
            found.append(thing.get_data())
        told.append(str(thing))
    return b"\n".join([*found, "\n".join(told).encode("utf-8", "ignore")])


SECRETS = ("Zilverpad", "4711,50 euro per ton", "Vossenbergstraat")
LETTER = (
    "# Over Zilverpad\n\nDe prijs is 4711,50 euro\nper ton. De fabriek aan de Vossen-\n"
    "bergstraat stoot 12 kt uit.\n"
)


def test_no_withheld_word_is_anywhere_in_the_new_document():
    made = redacted_document(LETTER, withheld(*SECRETS), NAMED)

    inside = everything_in(made.pdf)
    for secret in ("Zilverpad", "4711,50", "Vossen", "bergstraat"):
        for written in (
            secret.encode(),
            secret.encode("utf-16-be"),
            secret.encode().hex().encode(),
        ):
            assert written not in inside
        assert secret not in made.text + made.title
    assert "stoot 12 kt uit" in PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()
    assert b"pdfaid:part>2" in inside
    assert b"pdfuaid:part" in inside
    assert made.pdf.count(b"%%EOF") == 1  # no earlier revision


@given(st.lists(st.sampled_from("abcdefghij"), min_size=6, max_size=6), letters)
@settings(max_examples=6, deadline=None)
def test_no_generated_word_is_left_in_a_document(made_of, around):
    secret = "qx" + "".join(made_of)
    text = f"{around}\n{secret} en {secret[:4]}-\n{secret[4:]} {around}"

    made = redacted_document(text, withheld(secret), Named(f"Over {secret}", "Woo", DAY))

    inside = everything_in(made.pdf).lower()
    assert secret.encode() not in inside
    assert secret not in made.text


def test_words_of_a_pdf_come_into_a_new_pdf_without_what_lay_in_the_old_one():
    old = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf("De geheime prijs is 99 euro."))))
    old.add_metadata({"/Author": "Geheimschrijver"})
    old.add_attachment("geheim.txt", b"bijlage met geheim")
    kept = io.BytesIO()
    old.write(kept)

    words = text_of_file(kept.getvalue(), PDF)
    made = redacted_document(words, withheld("99 euro"), NAMED)

    inside = everything_in(made.pdf)
    assert "De geheime prijs is [5.1.2.b]." in made.text
    for secret in (b"99 euro", b"Geheimschrijver", b"bijlage met geheim"):
        assert secret not in inside


def test_a_scan_is_refused_and_says_what_to_do():
    scan = PdfWriter()
    scan.add_blank_page(200, 200)
    kept = io.BytesIO()
    scan.write(kept)

    with pytest.raises(TextUnreadable, match="text recognition"):
        text_of_file(kept.getvalue(), PDF)
    with pytest.raises(TextUnreadable, match="save the document as PDF"):
        text_of_file(b"\x89PNG", "image/png")


def test_words_of_an_open_document_are_read_and_a_broken_one_is_refused():
    document = Document("text")
    document.body.clear()
    document.body.append(Paragraph("Eerste alinea."))
    document.body.append(Paragraph("Tweede alinea."))
    kept = io.BytesIO()
    document.save(kept)

    assert text_of_file(kept.getvalue(), ODT) == "Eerste alinea.\nTweede alinea."
    with pytest.raises(TextUnreadable):
        text_of_file(b"PK\x03\x04 geen zip", ODT)


def test_signs_that_no_font_has_do_not_stop_the_document():
    made = redacted_document("漢字 \U0001f600 en tekst\x07", [], NAMED)

    assert unicodedata.normalize("NFC", "漢字") in made.text
    assert made.pdf.startswith(b"%PDF")
