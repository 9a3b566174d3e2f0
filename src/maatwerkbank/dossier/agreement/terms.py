# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a text become terms, and how do terms become a text again?

Takes     a draft, or terms by path.
Gives     terms by path (`field.<name>`, `clause.<name>`), so that an amendment names each apart;
          the draft that says what some version of the terms said.
Leaves    changing them to `amendments`.
"""

from collections.abc import Mapping

from maatwerkbank.dossier.agreement.drafting import Draft, FieldValue
from maatwerkbank.dossier.agreement.library import Clause, Library, fields
from maatwerkbank.dossier.agreement.order import ORDER, placed
from maatwerkbank.dossier.agreement.values import Value
from maatwerkbank.ground.language import Text

FIELD, CLAUSE = "field.", "clause."
OWN = "own-"
"""How the id of a clause begins that no library has."""
OWN_CLAUSE = Text(
    nl="eigen tekst: een eigen bepaling, niet uit de bibliotheek",
    en="own text: an own clause, not of the library",
)
OWN_WORDS = Text(
    nl="eigen tekst: andere woorden dan in de bibliotheek",
    en="own text: other words than in the library",
)
ORDER_LABEL = Text(nl="Volgorde van de bepalingen", en="Order of the clauses")


def terms_of(draft: Draft) -> dict[str, Value]:
    """The terms that a draft comes to: its clauses in order, and the value of each field."""
    clauses = {f"{CLAUSE}{clause.id}": clause.as_json() for clause in draft.clauses}
    order = [clause.id for clause in draft.clauses]
    values = {
        f"{FIELD}{name}": draft.values[name].value for name in draft.fields if name in draft.values
    }
    return {**clauses, **values, ORDER: order}


def draft_of(library: Library, terms: Mapping[str, Value]) -> Draft:
    """The text that these terms say."""
    stored = {
        path.removeprefix(CLAUSE): Clause.from_json(each)
        for path, each in terms.items()
        if path.startswith(CLAUSE)
    }
    values = {
        path.removeprefix(FIELD): FieldValue(value, "person")
        for path, value in terms.items()
        if path.startswith(FIELD)
    }
    return Draft(library, tuple(stored[key] for key in order_of(library, terms)), values)


def order_of(library: Library, terms: Mapping[str, Value]) -> tuple[str, ...]:
    """The ids of the clauses that these terms hold, in the order of the text."""
    there = sorted(path.removeprefix(CLAUSE) for path in terms if path.startswith(CLAUSE))
    return placed(there, terms.get(ORDER) or (), tuple(library.clauses))


def own_clause(heading: Text, text: Text, mark: str) -> Clause:
    """A clause that no library has; `mark` tells it from every other one."""
    return Clause(f"{OWN}{mark}", heading, text)


def is_own(clause: Clause, library: Library) -> bool:
    """Whether a clause is text of the parties themselves, and not of the library."""
    return clause.id not in library.clauses


def own_mark(clause: Clause, library: Library) -> Text:
    """How a clause is marked that does not read as the library has it; else no words at all."""
    if is_own(clause, library):
        return OWN_CLAUSE
    return Text("", "") if clause == library.clauses[clause.id] else OWN_WORDS


def label_of(path: str, terms: Mapping[str, Value], library: Library) -> Text:
    """What people call a path."""
    if path.startswith(FIELD):
        known = fields().get(path.removeprefix(FIELD))
        return known.label if known else Text(nl=path, en=path)
    if path == ORDER:
        return ORDER_LABEL
    key = path.removeprefix(CLAUSE)
    stored = terms.get(path)
    heading = Text(**stored["heading"]) if stored else None
    if heading is None and key in library.clauses:
        heading = library.clauses[key].heading
    heading = heading or Text(nl=key, en=key)
    return Text(nl=f"Bepaling: {heading.nl}", en=f"Clause: {heading.en}")
