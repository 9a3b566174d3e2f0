# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a file is by its content, and what does not come in."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.documents.samples import (
    JPEG,
    PNG,
    SHEET,
    encrypted_zip,
    office,
    open_document,
    pdf,
    zip_of,
)

from maatwerkbank.web.documents import inspection
from maatwerkbank.web.documents.export_check import safe_name
from maatwerkbank.web.documents.inspection import Inspection, cleaned_name, inspect

LIMIT = 1_000_000
TAKEN = {
    "plan.pdf": (pdf(), "application/pdf"),
    "plan.odt": (open_document(), "application/vnd.oasis.opendocument.text"),
    "plan.ods": (open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "plan.odp": (open_document("presentation"), "application/vnd.oasis.opendocument.presentation"),
    "plan.docx": (
        office(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "plan.xlsx": (
        office(SHEET),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "foto.PNG": (PNG, "image/png"),
    "foto.jpeg": (JPEG, "image/jpeg"),
    "cijfers.csv": ("jaar;ton\r\n2030;12\r\n".encode("cp1252"), "text/csv"),
    "brief.txt": ("Geachte heer, wij bieden € 5.".encode("cp1252"), "text/plain"),
    "plan.yml": (b"id: zout\n", "application/yaml"),
    "plan.json": (b'{"id": "zout"}', "application/json"),
}
WINDOWS_PROGRAM = b"MZ\x90\x00" + b"\0" * 100
PLANTED = {
    "a Windows program": ("plan.pdf", WINDOWS_PROGRAM, "file.refused"),
    "a Linux program": ("plan.pdf", b"\x7fELF\x02\x01" + b"\0" * 60, "file.refused"),
    "a script": ("lijst.txt", b"#!/bin/sh\nrm -rf /\n", "file.refused"),
    "a page": ("brief.txt", b"<!doctype html><script>alert(1)</script>", "file.refused"),
    "a drawing with a script": (
        "plan.txt",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "file.refused",
    ),
    "an old Office file": (
        "p.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9,
        "file.refused",
    ),
    "a bare zip": ("plan.odt", zip_of({"a.txt": b"a"}), "file.refused"),
    "a torn zip": ("plan.odt", open_document()[:40], "file.broken"),
    "a torn PDF": ("plan.pdf", b"%PDF-1.7\nhalf", "file.broken"),
    "binary rubbish": ("plan.txt", bytes(range(256)), "file.refused"),
    "macros of Word": ("p.docx", office(parts={"word/vbaProject.bin": b"x"}), "file.active"),
    "macros by type": (
        "p.docx",
        office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "file.active",
    ),
    "macros of OpenDocument": (
        "p.odt",
        open_document(Basic__Standard__Module1__xml=b"x"),
        "file.active",
    ),
    "a program inside": ("p.docx", office(parts={"word/embeddings/a.exe": b"MZ"}), "file.active"),
    "a template from elsewhere": (
        "p.docx",
        office(parts={"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate"/>'}),
        "file.active",
    ),
    "a script in a PDF": ("p.pdf", pdf(extra=b"<</S /JavaScript /JS (x)>>"), "file.active"),
    "a program in a PDF": ("p.pdf", pdf(extra=b"<</S /Launch>>"), "file.active"),
    "a password on a PDF": ("p.pdf", pdf(extra=b"<</Encrypt 1 0 R>>"), "file.encrypted"),
    "a password on a zip": ("p.odt", encrypted_zip(), "file.encrypted"),
    "a password on OpenDocument": (
        "p.odt",
        open_document(**{"META-INF__manifest.xml": b"<encryption-data/>"}),
        "file.encrypted",
    ),
    "a zip bomb": ("p.odt", open_document(bomb=b"\0" * 30_000_000), "file.bomb"),
    "a way out of the folder": ("p.docx", office(parts={"../../etc/a": b"x"}), "file.outside"),
    "a zip behind a picture": ("foto.png", PNG + zip_of({"a.txt": b"a"}), "file.two-in-one"),
    "another name": ("plan.pdf", open_document(), "file.mismatch"),
    "text named as PDF": ("plan.pdf", b"gewone tekst", "file.mismatch"),
    "an unknown name": ("plan.exe", pdf(), "file.extension"),
    "no name": ("plan", pdf(), "file.extension"),
    "nothing": ("plan.pdf", b"", "file.empty"),
    "broken JSON": ("plan.json", b'{"id": ', "file.json"),
    "JSON too deep": ("plan.json", b"[" * 200_000, "file.refused"),
    "a state secret by name": ("Stg. GEHEIM plan.pdf", pdf(), "dossier.state-secret"),
    "a state secret in text": ("brief.txt", b"STAATSGEHEIM ZEER GEHEIM", "dossier.state-secret"),
    "too much": ("plan.pdf", pdf(extra=b"x" * LIMIT), "file.too-large"),
}


def look(name: str, content: bytes) -> Inspection:
    """As an upload is looked at."""
    return inspect(io.BytesIO(content), name, size=len(content), limit=LIMIT)


@pytest.mark.parametrize("name", TAKEN)
def test_it_takes_a_sound_file_for_what_it_is(name: str):
    content, media_type = TAKEN[name]

    found = look(name, content)

    assert (found.media_type, found.findings) == (media_type, ())


@pytest.mark.parametrize("what", PLANTED)
def test_it_refuses(what: str):
    name, content, code = PLANTED[what]

    found = look(name, content)

    assert code in [finding.code for finding in found.findings]
    assert not found.fit


def test_it_tells_everything_at_once():
    macros = office(parts={"word/vbaProject.bin": b"x", "../a": b"x"})

    found = look("Stg. Geheim.pdf", macros)

    assert [finding.code for finding in found.findings] == [
        "dossier.state-secret",
        "file.active",
        "file.outside",
        "file.mismatch",
    ]


def test_it_does_not_take_a_word_about_secrecy_for_a_marking():
    assert look("brief.txt", b"Dit blijft tussen ons geheim.").fit


def test_it_refuses_too_many_parts_without_reading_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inspection, "MOST_PARTS", 3)

    found = look("p.odt", open_document(a=b"1", b=b"2", c=b"3"))

    assert [finding.code for finding in found.findings] == ["file.bomb"]


@given(st.binary(max_size=300), st.sampled_from(sorted(TAKEN)))
def test_it_never_falls_over_whatever_comes(content: bytes, name: str):
    found = look(name, content)

    assert found.fit == (found.findings == ())
    assert not found.fit or found.media_type


@given(st.text(max_size=300))
def test_it_cleans_every_name_into_one_that_stays_in_its_folder(name: str):
    cleaned = cleaned_name(name)

    assert safe_name(cleaned)
    assert "/" not in cleaned
    assert 0 < len(cleaned) <= 120
    assert cleaned_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        (".htaccess", "htaccess"),
        ("", "zonder naam"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_it_takes_the_tricks_out_of_a_name(name: str, cleaned: str):
    assert cleaned_name(name) == cleaned
