# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values that fill every field, for the tests of texts."""

from typing import Any

from maatwerkbank.dossier.agreement.drafting import Draft, FieldValue, begin
from maatwerkbank.dossier.agreement.library import fields, library

_BY_KIND: dict[str, Any] = {
    "party": "Voorbeeld N.V.",
    "words": {"nl": "wat partijen afspraken", "en": "what the parties agreed"},
    "list": ["het eerste", "het tweede"],
    "date": "2030-12-31",
    "year": 2020,
    "eur": 185_000_000,
    "tonnes_gross": 420_000,
    "tonnes_additional": 300_000,
}
SAMPLES: dict[str, Any] = {name: _BY_KIND[field.kind] for name, field in fields().items()}


def full(name: str) -> Draft:
    """A draft in which nothing lacks, filled in by a person."""
    bare = begin(library(name), list(library(name).clauses))
    values = {each: FieldValue(SAMPLES[each], "person") for each in bare.fields}
    return Draft(bare.library, bare.clauses, values)
