# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is public in one JSON document, and the schema that it keeps.

Takes     the tables of a publication.
Gives     the document and its JSON Schema. The version goes up when a key changes its meaning or
          goes; a new key does not change it.
Leaves    the rows to `tables`.
"""

from collections.abc import Iterable
from typing import Any

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.letter.open_data.addresses import Addresses
from maatwerkbank.letter.open_data.fields import Field, Table
from maatwerkbank.letter.open_data.table_files import LICENCE, REDUCED_DATE, as_objects
from maatwerkbank.portfolio.register import AFTER_CUT_OFF

VERSION = 1


def document(
    publication: Publication, found: Iterable[Table], addresses: Addresses
) -> dict[str, Any]:
    """The document. `notice` is null unless the day lies after the last event of the register."""
    register = publication.register
    notice = None
    if publication.as_of > register.cut_off:
        notice = {
            language: text.format(cut_off=register.cut_off)
            for language, text in AFTER_CUT_OFF.items()
        }
    return {
        "schema": addresses.document_schema,
        "version": VERSION,
        "licence": {"id": LICENCE["name"], "url": LICENCE["path"]},
        "as_of": publication.as_of.isoformat(),
        "cut_off": register.cut_off.isoformat(),
        "notice": notice,
        "tables": {table.name: as_objects(table) for table in found},
    }


def document_schema(found: Iterable[Table], addresses: Addresses) -> dict[str, Any]:
    """What the document may hold. Keys that are not named here may be added later."""
    rows = {table.name: {"type": "array", "items": _row(table)} for table in found}
    day = {"type": "string", "format": "date"}
    both = {
        "type": "object",
        "required": ["nl", "en"],
        "properties": {"nl": {"type": "string"}, "en": {"type": "string"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": addresses.document_schema,
        "title": "Maatwerkbank open data",
        "type": "object",
        "required": ["schema", "version", "licence", "as_of", "cut_off", "notice", "tables"],
        "properties": {
            "schema": {"type": "string", "format": "uri"},
            "version": {"const": VERSION},
            "licence": {
                "type": "object",
                "required": ["id", "url"],
                "properties": {
                    "id": {"const": LICENCE["name"]},
                    "url": {"type": "string", "format": "uri"},
                },
            },
            "as_of": day,
            "cut_off": day,
            "notice": {"oneOf": [{"type": "null"}, both]},
            "tables": {"type": "object", "required": list(rows), "properties": rows},
        },
    }


def _row(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [field.name for field in table.fields],
        "properties": {field.name: _property(field) for field in table.fields},
    }


def _property(field: Field) -> dict[str, Any]:
    kind = field.type if field.type in {"number", "integer", "boolean"} else "string"
    told: dict[str, Any] = {"type": kind if field.required else [kind, "null"]}
    told["description"] = field.description.en
    if field.values:
        told["enum"] = [*field.values, *([] if field.required else [None])]
    if field.reduced:
        told["pattern"] = REDUCED_DATE
    elif field.type in {"date", "uri"}:
        told["format"] = field.type
    if field.unit:
        told["unit"] = field.unit
    if field.unit_in:
        told["unit_in"] = field.unit_in
    return told
