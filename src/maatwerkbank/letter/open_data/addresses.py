# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where does a public thing stand, for as long as the site stands?

Takes     the address of the public pages, such as `https://maatwerkbank.example/openbaar/`.
Gives     the addresses of a figure, a firm, a source, a table. They never change.
Leaves    answering at them to `web/public`; a test holds that it does.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """All under `base`, which ends in a slash."""

    base: str

    def figure(self, identity: str) -> str:
        """The page of one figure."""
        return f"{self.base}cijfer/{identity}/"

    def firm(self, identity: str) -> str:
        """The page of one firm."""
        return f"{self.base}bedrijf/{identity}/"

    def source(self, identity: str) -> str:
        """The page of one source."""
        return f"{self.base}bron/{identity}/"

    def paper(self, identity: str) -> str:
        """Where one document is listed."""
        return f"{self.base}documenten/#{identity}"

    def table(self, name: str) -> str:
        """A table as CSV."""
        return f"{self.base}data/{name}.csv"

    def table_schema(self, name: str) -> str:
        """What the columns of a table are."""
        return f"{self.base}data/{name}.schema.json"

    @property
    def document(self) -> str:
        """Everything in one JSON document."""
        return f"{self.base}data/maatwerkbank.json"

    @property
    def document_schema(self) -> str:
        """The JSON Schema of that document."""
        return f"{self.base}data/maatwerkbank.schema.json"

    @property
    def package(self) -> str:
        """The list of all tables."""
        return f"{self.base}data/datapackage.json"
