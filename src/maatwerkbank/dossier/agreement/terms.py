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
from maatwerkbank.dossier.agreement.values import Value
from maatwerkbank.ground.language import Text

FIELD, CLAUSE = "field.", "clause."


def terms_of(draft: Draft) -> dict[str, Value]:
    """The terms that a draft comes to: its clauses in order, and the value of each field."""
    clauses = {f"{CLAUSE}{clause.id}": clause.as_json() for clause in draft.clauses}
    values = {
        f"{FIELD}{name}": draft.values[name].value for name in draft.fields if name in draft.values
    }
    return {**clauses, **values}


def draft_of(library: Library, terms: Mapping[str, Value]) -> Draft:
    """The text that these terms say."""
    stored = [Clause.from_json(each) for path, each in terms.items() if path.startswith(CLAUSE)]
    order = {key: place for place, key in enumerate(library.clauses)}
    stored.sort(key=lambda clause: order.get(clause.id, len(order)))
    values = {
        path.removeprefix(FIELD): FieldValue(value, "person")
        for path, value in terms.items()
        if path.startswith(FIELD)
    }
    return Draft(library, tuple(stored), values)


def label_of(path: str, terms: Mapping[str, Value], library: Library) -> Text:
    """What people call a path."""
    if path.startswith(FIELD):
        known = fields().get(path.removeprefix(FIELD))
        return known.label if known else Text(nl=path, en=path)
    key = path.removeprefix(CLAUSE)
    stored = terms.get(path)
    heading = Text(**stored["heading"]) if stored else None
    if heading is None and key in library.clauses:
        heading = library.clauses[key].heading
    heading = heading or Text(nl=key, en=key)
    return Text(nl=f"Bepaling: {heading.nl}", en=f"Clause: {heading.en}")
