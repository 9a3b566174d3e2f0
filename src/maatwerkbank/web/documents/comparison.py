# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed between two versions of a paper?

Takes     two versions, and who looks (of ambitions only what that person may see).
Gives     facts, signatories, ambitions and passages that were added, removed or changed; and, for
          files of plain text, the lines.
Leaves    what lies inside a PDF or an office file: that is compared by its hash alone.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from maatwerkbank.ground.language import Text
from maatwerkbank.letter import numbers
from maatwerkbank.web.documents.content import opened
from maatwerkbank.web.documents.file_kinds import FILE_KINDS
from maatwerkbank.web.documents.inspection import megabytes, text_of
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Ambition
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person

Kind = Literal["added", "removed", "changed", "same"]
LONGEST_TEXT = 2**20  # [bytes]
MOST_LINES = 400


@dataclass(frozen=True)
class Difference:
    """One thing before and after; None where it was not there."""

    field: Text
    before: Text | None
    after: Text | None

    @property
    def kind(self) -> Kind:
        """What happened to it."""
        if self.before == self.after:
            return "same"
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Line:
    """A line of text that was added, removed or stands around one."""

    kind: Kind
    text: str


def differences(
    before: DocumentVersion, after: DocumentVersion, person: Person
) -> tuple[Difference, ...]:
    """Everything that was said of two versions, side by side; what stayed the same as well."""
    left, right = _said(before, person), _said(after, person)
    return tuple(
        Difference(field, left.get(field), right.get(field))
        for field in dict.fromkeys([*left, *right])
        if left.get(field) is not None or right.get(field) is not None
    )


def lines(before: DocumentVersion, after: DocumentVersion) -> tuple[Line, ...]:
    """Lines that changed, with three around them; nothing where either is not plain text."""
    texts = [_text(version) for version in (before, after)]
    if None in texts:
        return ()
    old, new = (text.splitlines() for text in texts if text is not None)
    found = difflib.unified_diff(old, new, n=3, lineterm="")
    kinds: Mapping[str, Kind] = {"+": "added", "-": "removed"}
    told = [
        Line(kinds.get(line[0], "same"), line[1:])
        for line in found
        if not line.startswith(("+++", "---", "@@"))
    ]
    return tuple(told[:MOST_LINES])


def _text(version: DocumentVersion) -> str | None:
    kind = FILE_KINDS.get(version.media_type)
    if not version.sha256 or kind is None or not kind.is_text or (version.size or 0) > LONGEST_TEXT:
        return None
    with opened(version.sha256) as file:
        return text_of(file.read())


def _said(version: DocumentVersion, person: Person) -> dict[Text, Text | None]:
    said: dict[Text, Text | None] = dict(_facts(version))
    for signatory in version.signatories.all():
        signed = _day(signatory.signed_on) or Text(nl="getekend", en="signed")
        capacity = f"{signatory.organisation} ({signatory.capacity})"
        said[Text(nl=f"Ondertekenaar: {capacity}", en=f"Signatory: {capacity}")] = signed
    for ambition in access.ambitions_of(person, version.document.dossier).filter(document=version):
        said.update(_ambition(ambition))
    for passage in version.passages.all():
        place = passage.place
        said[Text(nl=f"Passage: {place}", en=f"Passage: {place}")] = _plain(passage.about)
    return said


def _facts(version: DocumentVersion) -> Iterator[tuple[Text, Text | None]]:
    kind = FILE_KINDS.get(version.media_type)
    source = version.source or version.document.source
    yield Text(nl="Datum van het stuk", en="Date of the paper"), _day(version.dated)
    yield Text(nl="Bron", en="Source"), _plain(source)
    yield Text(nl="Bestand", en="File"), _plain(version.file_name)
    yield Text(nl="Soort bestand", en="Kind of file"), kind.label if kind else None
    size = megabytes(version.size) if version.size is not None else None
    yield Text(nl="Grootte", en="Size"), size
    yield Text(nl="Hash (SHA-256)", en="Hash (SHA-256)"), _plain(version.sha256[:16])
    yield Text(nl="Toelichting", en="Remark"), _plain(version.remark)


def _ambition(ambition: Ambition) -> Iterator[tuple[Text, Text | None]]:
    """Gross and additional stand apart; a figure that is not known is not told."""
    about = f"{ambition.quantity.upper()} {ambition.year}"
    yield (
        Text(nl=f"Ambitie {about}, bruto", en=f"Ambition {about}, gross"),
        _range(ambition.gross_low, ambition.gross_high, ambition.unit),
    )
    yield (
        Text(nl=f"Ambitie {about}, aanvullend", en=f"Ambition {about}, additional"),
        _range(ambition.additional_low, ambition.additional_high, ambition.unit),
    )


def _range(low: float | None, high: float | None, unit: str) -> Text | None:
    ends = list(dict.fromkeys(each for each in (low, high) if each is not None))
    if not ends:
        return None
    if unit == "fraction":
        percent = [100 * each for each in ends]
        return Text(
            nl="–".join(numbers.number(each, "nl", 0) for each in percent) + "%",
            en="–".join(numbers.number(each, "en", 0) for each in percent) + "%",
        )
    return Text(
        nl="–".join(numbers.number(each, "nl", 0) for each in ends) + f" {_unit(unit).nl}",
        en="–".join(numbers.number(each, "en", 0) for each in ends) + f" {_unit(unit).en}",
    )


def _unit(unit: str) -> Text:
    return Text(nl="t per jaar", en="t per year") if unit == "t/year" else Text(unit, unit)


def _day(day: str) -> Text | None:
    if not day:
        return None
    return Text(nl=numbers.day(day, "nl"), en=numbers.day(day, "en"))


def _plain(text: Any) -> Text | None:
    return Text(nl=str(text), en=str(text)) if text else None
