# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public, for other programs: tables with their schema, one document, Woo metadata.

Takes     a `Publication`, and nothing besides.
Gives     CSV and JSON with units and links that stay.
Leaves    serving it to `web/public`.
"""

from maatwerkbank.letter.open_data.addresses import Addresses
from maatwerkbank.letter.open_data.document import document, document_schema
from maatwerkbank.letter.open_data.fields import Field, Table
from maatwerkbank.letter.open_data.table_files import as_csv, as_objects, table_schema
from maatwerkbank.letter.open_data.tables import tables

__all__ = [
    "Addresses",
    "Field",
    "Table",
    "as_csv",
    "as_objects",
    "document",
    "document_schema",
    "table_schema",
    "tables",
]
