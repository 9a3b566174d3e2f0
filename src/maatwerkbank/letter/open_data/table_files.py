# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a table leave the house?

Takes     a table.
Gives     CSV (UTF-8, comma, decimal point, first row the names), objects for JSON, a Table Schema,
          and a data package that names all tables.
Leaves    serving to `web/public`. A cell that is not known is empty in CSV and null in JSON.

Source    Table Schema and Data Package of Frictionless Data, version 1.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any

from maatwerkbank.letter.open_data.addresses import Addresses
from maatwerkbank.letter.open_data.fields import Field, Table, Value

LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "CC0 1.0 Universal",
}
REDUCED_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# A cell that begins so is run as a formula by some programs that open CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table) -> str:
    """The table as CSV. Lines end as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def as_objects(table: Table) -> list[dict[str, Value]]:
    """The rows as objects, a key a column."""
    names = [field.name for field in table.fields]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def table_schema(table: Table) -> dict[str, Any]:
    """What each column is: name, type, unit, meaning in two languages, what it may hold."""
    return {
        "fields": [_field(field) for field in table.fields],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }


def data_package(found: Iterable[Table], addresses: Addresses, as_of: str) -> dict[str, Any]:
    """Every table with its schema, in one list that a program can follow."""
    return {
        "profile": "tabular-data-package",
        "name": "maatwerkbank",
        "title": "Maatwerkaanpak verduurzaming industrie",
        "version": as_of,
        "licenses": [LICENCE],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "title": table.title.nl,
                "description": table.description.nl,
                "path": addresses.table(table.name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": table_schema(table),
            }
            for table in found
        ],
    }


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)


def _field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": field.type}
    constraints: dict[str, Any] = {}
    if field.type == "uri":
        told |= {"type": "string", "format": "uri"}
    if field.reduced:
        told["type"] = "string"
        constraints["pattern"] = REDUCED_DATE
    if field.unit:
        told["unit"] = field.unit
    if field.unit_in:
        told["unit_in"] = field.unit_in
    if field.required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    told["description"] = field.description.en
    told["description_nl"] = field.description.nl
    return {**told, "constraints": constraints} if constraints else told
