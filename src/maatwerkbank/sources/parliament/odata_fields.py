# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does one field of a row of the House's open data hold?

Takes     a row as JSON gave it, and its place.
Gives     texts, days, rows within the row, a reference; what is of another kind is noted.
Leaves    which fields a row has to `odata`.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.reference import Reference

FETCH = Text(
    nl="haal het antwoord opnieuw op bij de open data van de Tweede Kamer",
    en="fetch the response again from the open data of the House",
)


class Lacking(Exception):
    """A row cannot be read; the finding is noted already."""


class Notes:
    """Findings so far."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(self, place: str, expected: Text, found: Text | str, remedy: Text) -> None:
        """Something for which the whole is refused."""
        self.findings.append(Finding("error", "house.unreadable", place, expected, found, remedy))

    def warn(self, code: str, place: str, expected: Text, found: Text | str, remedy: Text) -> None:
        """Something that a person must know and that stops nothing."""
        self.findings.append(Finding("warning", f"house.{code}", place, expected, found, remedy))


class Fields:
    """The fields of one row; what is absent or of another kind is noted and ends the row."""

    def __init__(self, body: dict[str, Any], place: str, notes: Notes) -> None:
        self.body, self.place, self.notes = body, place, notes

    def identity(self) -> str:
        """`Id`, a UUID."""
        written = self.body.get("Id")
        try:
            return str(UUID(written))
        except (TypeError, ValueError, AttributeError):
            raise self._lacking("Id", Text(nl="een UUID", en="a UUID"), written) from None

    def is_removed(self) -> bool:
        """`Verwijderd`; absent where the question did not ask for it."""
        removed = self.body.get("Verwijderd", False)
        if not isinstance(removed, bool):
            raise self._lacking("Verwijderd", Text(nl="true of false", en="true or false"), removed)
        return removed

    def words(self, name: str, *, needed: bool = True, most: int = 4_000) -> str:
        """A text, without space around it; empty where it is null and not needed."""
        value = self.body.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()) or not _is_plain(value):
            raise self._lacking(name, Text(nl="een tekst", en="a text"), value)
        if len(value) > most:
            limit = Text(nl=f"hoogstens {most} tekens", en=f"at most {most} characters")
            raise self._lacking(name, limit, str(len(value)))
        return " ".join(value.split())

    def day(self, name: str) -> date | None:
        """The day of a moment as the service writes it; None for null and for the year 1."""
        value = self.body.get(name)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value[:10])
        except (TypeError, ValueError):
            raise self._lacking(name, Text(nl="een datum", en="a date"), value) from None
        return None if day.year == 1 else day

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        day = self.day(name)
        if day is None:
            raise self._lacking(name, Text(nl="een datum", en="a date"), self.body.get(name))
        return day

    def expanded(self, name: str) -> list[dict[str, Any]]:
        """Rows that the question asked along with `$expand`; one row counts as a list of one."""
        value = self.body.get(name)
        rows = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(row, dict) for row in rows):
            raise self._lacking(name, Text(nl="rijen", en="rows"), value)
        return [row for row in rows if row.get("Verwijderd") is not True]

    def known(self, name: str, words: Collection[str], code: str) -> str:
        """The word of the service in small letters; noted where it is none of `words`."""
        written = self.words(name, needed=False)
        if written and written.lower() not in words:
            self.warn(code, name, ", ".join(words), written)
        return written.lower()

    def reference(self) -> Reference | None:
        """Dossier and number, where the question asked the dossier along."""
        number = self.body.get("Volgnummer")
        dossiers = self.expanded("Kamerstukdossier")
        if isinstance(number, bool) or not isinstance(number, int) or number <= 0 or not dossiers:
            return None
        dossier = dossiers[0].get("Nummer")
        suffix = dossiers[0].get("Toevoeging") or None
        if not str(dossier).isdigit() or len(str(dossier)) != 5:
            return None
        session = self.words("Vergaderjaar", needed=False)
        whole = len(session) == 9 and session[:4].isdigit() and session[5:].isdigit()
        return Reference(
            "kamerstuk",
            str(number),
            str(dossier),
            suffix if isinstance(suffix, str) else None,
            f"{session[:4]}-{session[5:]}" if whole else None,
        )

    def warn(self, code: str, name: str, expected: str, found: str) -> None:
        """Something that a person must know and that stops nothing."""
        self.notes.warn(
            code,
            f"{self.place}.{name}",
            Text(nl=f"één van: {expected}", en=f"one of: {expected}"),
            found,
            Text(nl="bekijk deze rij zelf", en="look at this row yourself"),
        )

    def _lacking(self, name: str, expected: Text, found: Any) -> Lacking:
        shown: Text | str = Text(nl="niets", en="nothing") if found is None else repr(found)[:80]
        self.notes.error(f"{self.place}.{name}", expected, shown, FETCH)
        return Lacking()


def _is_plain(text: str) -> bool:
    """Whether a database can hold it: no NUL, no half of a pair of surrogates."""
    return not any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text)
