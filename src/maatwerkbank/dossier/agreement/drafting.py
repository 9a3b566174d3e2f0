# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the text say, filled from the dossier; what lacks; and what changed since?

Takes     clauses, and per field a value with its origin, frozen at a moment.
Gives     numbered articles in a language; every lack as a finding; the fields whose origin says
          something else now; one hash over text and values, so that the two cannot part.
Leaves    where the values come from to `web/agreements/sources.py`, paper to `letter`.

A field that lacks is never an empty hole: the text names it, and no final is made of it.
A figure that somebody types into a text is refused: it could differ from the dossier.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from maatwerkbank.dossier.agreement.library import NAMED, Clause, Library, fields
from maatwerkbank.dossier.agreement.values import Value, value_in_words
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.ground.receipt import digest

LACKS = Text(nl="[ontbreekt: {0}]", en="[lacks: {0}]")
ORIGINS: Mapping[str, Text] = MappingProxyType(
    {
        "company": Text(nl="het bedrijf van het dossier", en="the company of the dossier"),
        "sites": Text(nl="de locaties van het bedrijf", en="the sites of the company"),
        "projects": Text(nl="de projecten van het dossier", en="the projects of the dossier"),
        "ambition": Text(nl="een ambitie van het dossier", en="an ambition of the dossier"),
        "promises": Text(nl="het register van beloften", en="the register of promises"),
        "run": Text(nl="een berekening", en="a run"),
        "budget": Text(nl="een regel van het budget", en="a line of the budget"),
        "person": Text(nl="ingevuld", en="filled in"),
    }
)
_AMOUNT = re.compile(
    r"(€|\bEUR)\s*\d|\b\d[\d.,]*\s*(euro|EUR|miljoen|million|miljard|billion"
    r"|tonnes?|ton|kton|Mton|kt|Mt|t)\b"
)


@dataclass(frozen=True)
class FieldValue:
    """A value as it was on a day, and where it came from. `reference` finds the origin again."""

    value: Value
    origin: str
    reference: str = ""
    taken_on: date | None = None

    @property
    def run(self) -> str:
        """The number of the receipt where a run said it; else nothing."""
        return self.reference if self.origin == "run" else ""

    @property
    def said_by(self) -> Text:
        """Where it came from, with the receipt where that is a run."""
        origin = ORIGINS[self.origin]
        if not self.run:
            return origin
        return Text(nl=f"{origin.nl} ({self.run})", en=f"{origin.en} ({self.run})")


@dataclass(frozen=True)
class Draft:
    """A text in the making: its library, its clauses in order, its values by field."""

    library: Library
    clauses: tuple[Clause, ...]
    values: Mapping[str, FieldValue] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that stand in its clauses, each once, in the order of the text."""
        return tuple(dict.fromkeys(name for clause in self.clauses for name in clause.fields))

    @property
    def sealed(self) -> str:
        """SHA-256 over text, values and origins."""
        values = {
            name: [given.value, given.origin, given.reference]
            for name, given in self.values.items()
            if name in self.fields
        }
        return digest(
            {
                "library": self.library.id,
                "clauses": [clause.as_json() for clause in self.clauses],
                "values": values,
            }
        )


@dataclass(frozen=True)
class Article:
    """One numbered article in one language."""

    number: int
    clause: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Stale:
    """A field whose origin says something else now than when it was taken; None: it is gone.

    `was_run`, `now_run`: the receipt where a run said it.
    """

    field: str
    was: Value
    now: Value | None
    was_run: str = ""
    now_run: str = ""


def begin(library: Library, optional: Sequence[str] = ()) -> Draft:
    """A draft with every required clause and those optional ones, as the library has them."""
    chosen = {*library.required, *optional}
    return Draft(library, tuple(each for key, each in library.clauses.items() if key in chosen))


def articles(draft: Draft, language: Language) -> tuple[Article, ...]:
    """The whole text, numbered from 1; what lacks is named where it would stand."""
    return tuple(
        Article(
            number,
            clause.id,
            clause.heading.into(language),
            tuple(
                _filled(paragraph.strip(), draft.values, language)
                for paragraph in clause.text.into(language).split("\n\n")
                if paragraph.strip()
            ),
        )
        for number, clause in enumerate(draft.clauses, 1)
    )


def lacks(draft: Draft) -> tuple[Finding, ...]:
    """Everything that keeps a draft from being final, each with its place and who can give it."""
    return (
        *_lacking_clauses(draft),
        *(each for clause in draft.clauses for each in lacks_of_clause(clause)),
        *_lacking_values(draft),
    )


def lacks_of_clause(clause: Clause) -> tuple[Finding, ...]:
    """What is wrong with the words of one clause: unknown fields, typed figures, no text."""
    found: list[Finding] = []
    for language in ("nl", "en"):
        text = clause.text.nl if language == "nl" else clause.text.en
        place = f"{clause.id}.{language}"
        if not text.strip():
            found.append(
                _finding("draft.no-text", place, SOME_TEXT, Text(nl="niets", en="nothing"))
            )
        found.extend(
            _finding("draft.unknown-field", place, A_KNOWN_FIELD, f"{{{name}}}")
            for name in dict.fromkeys(NAMED.findall(text))
            if name not in fields()
        )
        typed = _AMOUNT.search(NAMED.sub("", text))
        if typed:
            found.append(_finding("draft.typed-amount", place, A_FIELD, typed.group(0)))
    if set(NAMED.findall(clause.text.nl)) != set(NAMED.findall(clause.text.en)):
        found.append(
            _finding(
                "draft.languages-differ",
                f"{clause.id}.en",
                Text(nl="in beide talen dezelfde velden", en="the same fields in both languages"),
                Text(nl="andere velden", en="other fields"),
            )
        )
    return tuple(found)


def stale(draft: Draft, now: Mapping[str, FieldValue]) -> tuple[Stale, ...]:
    """Fields whose origin says something else now. What a person filled in is never stale.

    A newer run counts as something else, also where its figure is the same.
    """
    found = []
    for name in draft.fields:
        given = draft.values.get(name)
        if given is None or given.origin == "person":
            continue
        current = now.get(name)
        if current is None:
            found.append(Stale(name, given.value, None, given.run))
        elif current.value != given.value or (given.run and current.run != given.run):
            found.append(Stale(name, given.value, current.value, given.run, current.run))
    return tuple(found)


SOME_TEXT = Text(nl="een tekst", en="a text")
A_KNOWN_FIELD = Text(nl="een veld dat bestaat", en="a field that exists")
A_FIELD = Text(
    nl="een veld uit het dossier in plaats van een getypt bedrag of getypte tonnen",
    en="a field of the dossier instead of an amount or tonnes typed by hand",
)
A_REQUIRED_CLAUSE = Text(nl="deze bepaling hoort erin", en="this clause belongs in it")


def _filled(text: str, values: Mapping[str, FieldValue], language: Language) -> str:
    def told(match: re.Match[str]) -> str:
        name = match.group(1)
        known = fields().get(name)
        if known is None or name not in values:
            label = known.label.into(language) if known else name
            return LACKS.into(language).format(label)
        return value_in_words(known.kind, values[name].value, language)

    return NAMED.sub(told, text)


def _lacking_clauses(draft: Draft) -> list[Finding]:
    there = {clause.id for clause in draft.clauses}
    return [
        _finding("draft.clause-lacks", key, A_REQUIRED_CLAUSE, draft.library.clauses[key].heading)
        for key in draft.library.required
        if key not in there
    ]


def _lacking_values(draft: Draft) -> list[Finding]:
    found = []
    for name in draft.fields:
        known = fields().get(name)
        if known is None or name in draft.values:
            continue
        who = [ROLES[role].label for role in known.given_by]
        clause = next(each.id for each in draft.clauses if name in each.fields)
        found.append(
            Finding(
                "error",
                "draft.field-lacks",
                f"{clause}.{name}",
                known.label,
                Text(nl="niets", en="nothing"),
                Text(
                    nl="dit kan komen van: " + ", ".join(each.nl for each in who),
                    en="this can come from: " + ", ".join(each.en for each in who),
                ),
            )
        )
    return found


def _finding(code: str, place: str, expected: Text, found: Text | str) -> Finding:
    remedy = Text(nl="pas de bepaling aan", en="change the clause")
    return Finding("error", code, place, expected, found, remedy)


def plain(given: FieldValue) -> dict[str, Any]:
    """A value with its origin, as JSON knows it."""
    return {
        "value": given.value,
        "origin": given.origin,
        "reference": given.reference,
        "taken_on": given.taken_on.isoformat() if given.taken_on else None,
    }
