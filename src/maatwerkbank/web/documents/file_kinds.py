# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which kinds of file does a dossier take, and by which first bytes is a file known?

Takes     nothing.
Gives     the kinds that are taken, by extension; the first bytes of those and of what is refused.
Leaves    looking into a file to `inspection.py`.

A table of our own, since it has to say yes to a few kinds and no to all others: a library that
guesses at thousands of kinds calls every zip file a Word document and knows no CSV.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `starts`: its first bytes; `inside`: what a zip must say that it holds."""

    media_type: str
    label: Text
    extensions: tuple[str, ...]
    starts: bytes = b""
    inside: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is known by what it does not hold: it has no first bytes of its own."""
        return not self.starts


ZIP = b"PK\x03\x04"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."


def _same(word: str) -> Text:
    return Text(nl=word, en=word)


_ALL = (
    FileKind("application/pdf", _same("PDF"), (".pdf",), b"%PDF-"),
    FileKind(
        f"{OPEN_DOCUMENT}text",
        Text(nl="ODT (tekst)", en="ODT (text)"),
        (".odt",),
        ZIP,
        f"{OPEN_DOCUMENT}text",
    ),
    FileKind(
        f"{OPEN_DOCUMENT}spreadsheet",
        Text(nl="ODS (rekenblad)", en="ODS (spreadsheet)"),
        (".ods",),
        ZIP,
        f"{OPEN_DOCUMENT}spreadsheet",
    ),
    FileKind(
        f"{OPEN_DOCUMENT}presentation",
        Text(nl="ODP (presentatie)", en="ODP (presentation)"),
        (".odp",),
        ZIP,
        f"{OPEN_DOCUMENT}presentation",
    ),
    FileKind(
        f"{OFFICE}wordprocessingml.document",
        _same("Word (DOCX)"),
        (".docx",),
        ZIP,
        f"{OFFICE}wordprocessingml.document.main+xml",
    ),
    FileKind(
        f"{OFFICE}spreadsheetml.sheet",
        _same("Excel (XLSX)"),
        (".xlsx",),
        ZIP,
        f"{OFFICE}spreadsheetml.sheet.main+xml",
    ),
    FileKind("image/png", _same("PNG"), (".png",), b"\x89PNG\r\n\x1a\n"),
    FileKind("image/jpeg", _same("JPEG"), (".jpg", ".jpeg"), b"\xff\xd8\xff"),
    FileKind("text/csv", _same("CSV"), (".csv",)),
    FileKind("text/plain", Text(nl="tekst", en="text"), (".txt",)),
    FileKind("application/yaml", _same("YAML"), (".yaml", ".yml")),
    FileKind("application/json", _same("JSON"), (".json",)),
)
FILE_KINDS: Mapping[str, FileKind] = MappingProxyType({kind.media_type: kind for kind in _ALL})
BY_EXTENSION: Mapping[str, FileKind] = MappingProxyType(
    {extension: kind for kind in _ALL for extension in kind.extensions}
)
EXTENSIONS = tuple(BY_EXTENSION)

# Kinds that are refused, by their first bytes, so that the refusal can name them.
REFUSED: Mapping[bytes, Text] = MappingProxyType(
    {
        b"MZ": Text(nl="een Windows-programma", en="a Windows program"),
        b"\x7fELF": Text(nl="een Linux-programma", en="a Linux program"),
        b"\xcf\xfa\xed\xfe": Text(nl="een macOS-programma", en="a macOS program"),
        b"\xca\xfe\xba\xbe": Text(nl="een Java- of macOS-programma", en="a Java or macOS program"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Text(
            nl="een oud of versleuteld Office-bestand", en="an old or encrypted Office file"
        ),
        b"Rar!\x1a\x07": Text(nl="een RAR-archief", en="a RAR archive"),
        b"7z\xbc\xaf\x27\x1c": Text(nl="een 7-Zip-archief", en="a 7-Zip archive"),
        b"\x1f\x8b": Text(nl="een gzip-archief", en="a gzip archive"),
        b"{\\rtf": Text(nl="een RTF-bestand", en="an RTF file"),
        b"GIF8": Text(nl="een GIF-plaatje", en="a GIF picture"),
        b"L\x00\x00\x00\x01\x14\x02\x00": Text(nl="een snelkoppeling", en="a shortcut"),
        b"#!": Text(nl="een script", en="a script"),
    }
)
