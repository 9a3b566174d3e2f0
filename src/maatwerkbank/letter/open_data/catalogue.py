# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a catalogue of open data hear of ours?

Takes     the tables and their addresses.
Gives     one dataset with its distributions, in the words of DCAT, as JSON-LD.
Leaves    what DCAT-AP-NL asks besides, such as a contact point and a theme: a site that registers
          with data.overheid.nl fills it in there.

Source    Data Catalog Vocabulary (DCAT) of W3C.
"""

from collections.abc import Iterable
from typing import Any

from maatwerkbank.letter.open_data.addresses import Addresses
from maatwerkbank.letter.open_data.fields import Table
from maatwerkbank.letter.open_data.table_files import LICENCE

MEDIA = "https://www.iana.org/assignments/media-types/"


def catalogue(found: Iterable[Table], addresses: Addresses, as_of: str) -> dict[str, Any]:
    """The dataset."""
    files = [(table.title.nl, addresses.table(table.name), "text/csv") for table in found]
    files.append(("Alles in een document", addresses.document, "application/json"))
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": addresses.base,
        "dct:title": [
            {"@language": "nl", "@value": "Maatwerkaanpak verduurzaming industrie"},
            {"@language": "en", "@value": "Tailor-made approach to greening industry"},
        ],
        "dct:license": {"@id": LICENCE["path"]},
        "dct:modified": {"@type": "xsd:date", "@value": as_of},
        "dcat:landingPage": {"@id": addresses.base},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": title,
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": {"@id": MEDIA + media},
                "dct:license": {"@id": LICENCE["path"]},
            }
            for title, address, media in files
        ],
    }
