# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper of which words were taken out, as a new document: PDF and plain text.

Takes     the words of the old paper, what is withheld, and how the paper is called.
Gives     a document made from nothing but the words that are left: PDF/A-2a and PDF/UA-1, and the
          same as text. The title, too, loses what is withheld.
Leaves    the layout of the old paper, its pictures and its metadata: they are not carried over, and
          the document says so.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maatwerkbank.dossier.confidentiality import Ground
from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS, mark_of
from maatwerkbank.dossier.disclosure.redaction import Redacted, redacted
from maatwerkbank.dossier.disclosure.work_list import JudgedPassage
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.office_text import (
    Grid,
    Heading,
    OfficeText,
    Part,
    Sentence,
    office_pdf,
)
from maatwerkbank.letter.words import word

# What the fonts of a document can show; the rest becomes a question mark in the PDF.
_SHOWN = ((0x20, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E))
_SHOWN_TOO = frozenset("€™←↑→↓−≈≠≤≥±×÷∙·•√∞Ω№℃\N{SUBSCRIPT TWO}\N{SUBSCRIPT THREE}\N{FIGURE SPACE}")


@dataclass(frozen=True)
class Named:
    """How the paper is called, without its content. `reference`: of the request and the paper."""

    title: str
    reference: str
    dated: date


@dataclass(frozen=True)
class RedactedDocument:
    """The new document, and what was done to get it."""

    title: str
    text: str
    pdf: bytes
    outcome: Redacted


def redacted_document(
    words: str, passages: Sequence[JudgedPassage], named: Named, language: Language = "nl"
) -> RedactedDocument:
    """The paper without what is withheld."""
    title = redacted(named.title, passages).text
    outcome = redacted(words, passages)
    used = tuple(dict.fromkeys(each.ground for each in passages if each.withheld))
    text = OfficeText(
        title=_shown(title),
        kicker=KICKER.into(language),
        subject=named.reference,
        language=language,
        dated=named.dated,
        author=word("programme", language),
        footer=named.reference,
        parts=(*_note(used, language), *_parts(outcome.text)),
    )
    plain = "\n".join([title, "", NOTE.into(language), *_legend(used, language), "", outcome.text])
    return RedactedDocument(title, f"{plain}\n", office_pdf(text), outcome)


def _note(used: Sequence[str], language: Language) -> list[Part]:
    parts: list[Part] = [Sentence(NOTE.into(language), "note")]
    if used:
        columns = (MARK.into(language), GROUND.into(language), ARTICLE.into(language))
        rows = tuple(
            (f"[{mark_of(each)}]", _ground(each).label.into(language), _ground(each).article)
            for each in used
        )
        parts.append(Grid(WITHHELD.into(language), columns, rows, widths=(1.0, 4.0, 2.0)))
    parts.append(Heading(CONTENT.into(language)))
    return parts


def _legend(used: Sequence[str], language: Language) -> list[str]:
    return [f"[{mark_of(each)}] {_ground(each).label.into(language)}" for each in used]


def _ground(identity: str) -> Ground:
    return ALL_GROUNDS[identity]


def _parts(text: str) -> list[Part]:
    """Each line a paragraph; a line that Markdown makes a heading is one."""
    parts: list[Part] = []
    for line in text.splitlines():
        told = _shown(line).strip()
        hashes = len(told) - len(told.lstrip("#"))
        if hashes and told[hashes:].startswith(" "):
            parts.append(Heading(told[hashes:].strip() or "-", level=min(hashes + 1, 3)))
        elif told:
            parts.append(Sentence(told))
    return parts


def _shown(text: str) -> str:
    """The text as the fonts of the document can show it."""
    return "".join(_as_shown(each) for each in unicodedata.normalize("NFC", text))


def _as_shown(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Cf", "Cc", "Cs", "Cn", "Co"}:
        return ""
    number = ord(character)
    shown = any(first <= number <= last for first, last in _SHOWN) or character in _SHOWN_TOO
    return character if shown else "?"


KICKER = Text(nl="Openbaar gemaakt document", en="Disclosed document")
NOTE = Text(
    nl="Dit is een nieuw document met de woorden van het oorspronkelijke stuk. De opmaak en de "
    "afbeeldingen zijn niet overgenomen. Waar een nummer tussen rechte haken staat, zijn woorden "
    "weggelaten op de grond met dat nummer.",
    en="This is a new document with the words of the original paper. Its layout and its pictures "
    "were not carried over. Where a number stands between square brackets, words were left out "
    "on the ground with that number.",
)
WITHHELD = Text(nl="Gronden uit de Wet open overheid", en="Grounds of the Open Government Act")
MARK = Text(nl="Nummer", en="Number")
GROUND = Text(nl="Grond", en="Ground")
ARTICLE = Text(nl="Artikel", en="Article")
CONTENT = Text(nl="Inhoud van het stuk", en="Content of the paper")
