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
from maatwerkbank.sources.register import load_sources
from maatwerkbank.web.documents.content import opened
from maatwerkbank.web.documents.file_kinds import FILE_KINDS
from maatwerkbank.web.documents.inspection import size_in_words, text_of
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
    found = []
    for section in (_facts, _signatories, _ambitions, _passages):
        left, right = dict(section(before, person)), dict(section(after, person))
        found += [
            Difference(each, left.get(each), right.get(each))
            for each in dict.fromkeys([*left, *right])
        ]
    return tuple(each for each in found if each.before or each.after)


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


Said = Iterator[tuple[Text, Text | None]]


def _facts(version: DocumentVersion, person: Person) -> Said:
    kind = FILE_KINDS.get(version.media_type)
    source = load_sources().get(version.source or version.document.source)
    yield Text(nl="Datum van het document", en="Date of the paper"), _day(version.dated)
    yield Text(nl="Bron", en="Source"), _plain(source.title) if source else None
    yield Text(nl="Bestand", en="File"), _plain(version.file_name)
    yield Text(nl="Soort bestand", en="Kind of file"), kind.label if kind else None
    size = size_in_words(version.size) if version.size is not None else None
    yield Text(nl="Grootte", en="Size"), size
    yield Text(nl="Hash (SHA-256)", en="Hash (SHA-256)"), _plain(version.sha256[:16])
    yield Text(nl="Opmerking", en="Remark"), _plain(version.remark)


def _signatories(version: DocumentVersion, person: Person) -> Said:
    for signatory in version.signatories.all():
        capacity = f"{signatory.organisation} ({signatory.capacity})"
        signed = _day(signatory.signed_on) or Text(nl="getekend", en="signed")
        yield Text(nl=f"Ondertekenaar: {capacity}", en=f"Signatory: {capacity}"), signed


def _ambitions(version: DocumentVersion, person: Person) -> Said:
    for ambition in access.ambitions_of(person, version.document.dossier).filter(document=version):
        yield from aims_of(ambition)


def _passages(version: DocumentVersion, person: Person) -> Said:
    for passage in version.passages.all():
        place = Text(nl=f"Passage: {passage.place}", en=f"Passage: {passage.place}")
        yield place, _plain(passage.about)


def aims_of(ambition: Ambition) -> Iterator[tuple[Text, Text]]:
    """Gross and additional apart; a figure that is not known is not told."""
    about = f"{ambition.quantity.upper()} {ambition.year}"
    gross = _range(ambition.gross_low, ambition.gross_high, ambition.unit)
    if gross:
        yield Text(nl=f"Ambitie {about}, bruto", en=f"Ambition {about}, gross"), gross
    more = _range(ambition.additional_low, ambition.additional_high, ambition.unit)
    if more:
        yield Text(nl=f"Ambitie {about}, aanvullend", en=f"Ambition {about}, additional"), more


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
