# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does every number in a status text come from a register, and how does it read filled in?

Takes     a statement in which a figure stands as `{its id}`, and the publication.
Gives     the text with the figures in words, and findings: an id that is not public, a number that
          somebody typed.
Leaves    whether the statement is still true to `staleness`.

Numbers in dates, years and references, and those that are part of a name (`cluster 6`, CO2), are
no figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maatwerkbank.dossier.publication.in_words import NOT_PUBLIC, figure_in_words
from maatwerkbank.dossier.publication.publication import Publication, Statement
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.sources.citation import MONTHS
from maatwerkbank.sources.parliament.reference import references_in

SLOT = re.compile(r"\{([^{}]*)\}")
_MONTH = "|".join(name for names in MONTHS.values() for name in names)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTH})(?:\s+\d{{4}}|\s+jl\.)?|\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b(?!\s*(?:t\b|ton|euro|%|Mt|kt))")
_NAME = re.compile(r"\b(?:cluster|scopes?)\s\d(?:\s(?:en|and)\s\d)?\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d.,]*%?")

_A_FIGURE = Text(nl="een cijfer dat openbaar is", en="a figure that is public")
_A_SLOT = Text(nl="elk cijfer als {id}, uit een register", en="each figure as {id}, of a register")
_SAY_ID = Text(
    nl="gebruik de naam van een vrijgegeven cijfer, of geef dit cijfer eerst vrij",
    en="use the id of a released figure, or release this figure first",
)
_TAKE_OUT = Text(
    nl="zet hier de naam van het cijfer tussen accolades, of schrijf het getal niet",
    en="put the id of the figure here between braces, or do not write the number",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The text with its figures in it; `figures` are those that it names and that are public."""

    text: str
    figures: tuple[str, ...]
    findings: tuple[Finding, ...]


def filled(statement: Statement, publication: Publication, language: Language = "nl") -> Filled:
    """The text of a statement as a reader gets it; an id that is not public leaves words behind."""
    return filled_text(
        statement.text, publication, language, place=f"statements.{statement.firm}.{language}"
    )


def filled_text(text: Text, publication: Publication, language: Language, *, place: str) -> Filled:
    """The same for any text with slots."""
    said = text.into(language)
    names = tuple(dict.fromkeys(SLOT.findall(said)))
    known = publication.figures
    findings = [
        Finding("error", "figure.unknown", place, _A_FIGURE, name or "{}", _SAY_ID)
        for name in names
        if name not in known
    ]
    findings += [
        Finding("error", "figure.typed", place, _A_SLOT, number, _TAKE_OUT)
        for number in literal_numbers(said, publication)
    ]

    def put(match: re.Match[str]) -> str:
        figure = known.get(match[1])
        return figure_in_words(figure, language) if figure else NOT_PUBLIC.into(language)

    return Filled(
        SLOT.sub(put, said), tuple(name for name in names if name in known), tuple(findings)
    )


def literal_numbers(text: str, publication: Publication) -> tuple[str, ...]:
    """The numbers in a text that are neither a slot, a date, a reference nor part of a name."""
    bare = SLOT.sub(" ", text)
    for name in _names(publication):
        bare = bare.replace(name, " ")
    for found in reversed(references_in(bare)):
        bare = bare[: found.start] + " " + bare[found.end :]
    for pattern in (_DATE, _NAME, _YEAR):
        bare = pattern.sub(" ", bare)
    return tuple(match.rstrip(".,") for match in _NUMBER.findall(bare))


def _names(publication: Publication) -> Iterator[str]:
    """Names of firms and sites that hold a digit."""
    for firm in publication.register:
        names = (firm.name, *(site.name for site in firm.sites))
        yield from (name for name in names if any(sign.isdigit() for sign in name))
