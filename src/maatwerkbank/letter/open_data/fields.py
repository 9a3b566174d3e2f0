# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is a table of open data, and what does each of its columns mean?

Takes     nothing: these are the values themselves.
Gives     `Field` and `Table`, and columns that more than one table has.
Leaves    the rows to `tables`, the files to `table_files`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from maatwerkbank.ground.language import Text

FieldType = Literal["string", "number", "integer", "boolean", "date", "uri"]
Value = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `reduced`: a date may be a month or a year. `unit_in`: the column of the unit."""

    name: str
    type: FieldType
    description: Text
    required: bool = False
    unit: str | None = None
    unit_in: str | None = None
    values: tuple[str, ...] = ()
    reduced: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows. `key`: the columns that tell two rows apart."""

    name: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def in_both(name: str, nl: str, en: str, *, required: bool = False) -> tuple[Field, Field]:
    """The same text in two columns, one a language."""
    return (
        Field(f"{name}_nl", "string", Text(nl=f"{nl} (Nederlands)", en=f"{en} (Dutch)"), required),
        Field(f"{name}_en", "string", Text(nl=f"{nl} (Engels)", en=f"{en} (English)"), required),
    )


def text(name: str, nl: str, en: str, *, required: bool = False) -> Field:
    """A column of words or an identity."""
    return Field(name, "string", Text(nl=nl, en=en), required)


def day(name: str, nl: str, en: str, *, required: bool = False) -> Field:
    """A column of dates (ISO 8601)."""
    return Field(name, "date", Text(nl=nl, en=en), required)


def one_of(name: str, nl: str, en: str, values: Sequence[str], *, required: bool = False) -> Field:
    """A column with a few fixed values."""
    return Field(name, "string", Text(nl=nl, en=en), required, values=tuple(values))


FIRM = text("firm_id", "bedrijf; leeg als het over het geheel gaat", "firm; empty for the whole")
ORIGIN = (
    one_of(
        "origin_kind",
        "soort herkomst: openbare bron, berekening of register",
        "kind of origin: public source, run or register",
        ("source", "run", "register"),
        required=True,
    ),
    text(
        "origin_id",
        "bron, kwitantie van een berekening, of rij van een register",
        "source, receipt of a run, or row of a register",
        required=True,
    ),
    text("origin_place", "plaats in de bron", "place in the source"),
    text("released_by", "functie die het vrijgaf", "function that released it"),
    day("released_on", "dag van vrijgave", "day of release"),
)
LINK = Field("link", "uri", Text(nl="vast adres", en="address that stays"), required=True)
