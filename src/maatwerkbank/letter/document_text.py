# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What are the words of a paper, without its layout?

Takes     the bytes of a file and its kind: plain text, Markdown, CSV, JSON, YAML, ODT or PDF.
Gives     its text, a paragraph to a line; or a refusal that says what to do.
Leaves    pictures, comments and what was deleted with changes tracked: those are not carried along.
          Text in a picture, as in a scan, cannot be read here.
"""

import io
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from odfdo import Document
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.odt import MEDIA_TYPE as ODT

PDF = "application/pdf"
NO_TEXT = Text(
    nl="[Bladzijde {0} heeft geen tekst die kan worden overgenomen.]",
    en="[Page {0} has no text that can be carried over.]",
)


def text_of_file(content: bytes, media_type: str) -> str:
    """The words of the file.

    Raises
    ------
    TextUnreadable   its kind has no text that can be read, or it holds none
    """
    read = READERS.get(media_type)
    if read is None:
        raise TextUnreadable(media_type or "?", SAVE_AS_TEXT)
    text = read(content)
    if not text.strip():
        raise TextUnreadable(media_type, MAKE_READABLE)
    return text


def _plain(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise TextUnreadable("text/plain", SAVE_AS_TEXT)


def _odt(content: bytes) -> str:
    try:
        body = Document(io.BytesIO(content)).body
    except Exception as error:  # a broken zip or XML: the reader has no class of its own for it
        raise TextUnreadable(ODT, SAVE_AS_TEXT) from error
    for unseen in ("text:tracked-changes", "office:annotation"):
        for element in body.get_elements(f"descendant::{unseen}"):
            element.delete()
    lines = body.get_elements("descendant::text:h | descendant::text:p")
    return "\n".join(each.inner_text for each in lines)


def _pdf(content: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise TextUnreadable(PDF, MAKE_READABLE) from error
    if not any(page.strip() for page in pages):
        return ""
    told = [
        _flowing(page) or NO_TEXT.nl.format(number) for number, page in enumerate(pages, start=1)
    ]
    return "\n\n".join(told)


def _flowing(page: str) -> str:
    """The lines of a page as paragraphs: a line that starts with a small letter goes on."""
    lines: list[str] = []
    for line in (each.strip() for each in page.splitlines()):
        if lines and lines[-1] and line[:1].islower():
            lines[-1] += line if lines[-1].endswith("-") else f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines).strip()


READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "text/plain": _plain,
        "text/markdown": _plain,
        "text/csv": _plain,
        "application/json": _plain,
        "application/yaml": _plain,
        ODT: _odt,
        PDF: _pdf,
    }
)
SAVE_AS_TEXT = Text(
    nl="sla het document op als PDF, ODT of tekst en voeg dat als nieuwe versie toe",
    en="save the document as PDF, ODT or text, and add that as a new version",
)
MAKE_READABLE = Text(
    nl="laat tekstherkenning over de scan lopen, of typ de tekst over, en voeg dat als nieuwe "
    "versie toe",
    en="run text recognition over the scan, or type the text, and add that as a new version",
)
