# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the SDE++ rounds: amounts, hours and factors by category, as the regulations print.

Takes     the name of a round and a day of knowledge.
Gives     its table, or nothing where the table was not read or not yet known.
Leaves    what the scheme does with a row to `rules/sde.py`, days and budgets to `rounds`.

A value that was not read is None. Amounts and factors keep the unit in which they are printed;
the properties of a row bring them to euro and tonnes per MWh or per tonne.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from maatwerkbank.ground.language import Text
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.files import Citation, citation_of, content_of, folder_of, names_in
from maatwerkbank.sources.register import Seen


@dataclass(frozen=True)
class Printed:
    """One value of a table, in the unit in which it is printed, and how it was seen."""

    value: float
    citation: Citation


@dataclass(frozen=True)
class Row:
    """One category of a round. None: not read. Money per kWh or per t, by `unit`."""

    id: str
    label: Text
    article: str
    unit: str  # of what is paid for: kWh or t
    technique: str
    correction: str  # what the correction follows: eua, nil, or held at the provisional amount
    ets: bool | None  # only for firms inside (True) or outside (False) the ETS
    domain: str | None  # of a reserved budget
    asks: Text
    minimum_mw: Printed | None
    term_years: Printed | None
    start_within_years: Printed | None
    vollasturen: Printed | None
    basisbedrag: Printed | None
    ondergrens: Printed | None  # basisenergieprijs, or basisbroeikasgasbedrag
    langetermijnbedrag: Printed | None
    emissiefactor: Printed | None
    voorlopig_product: Printed | None
    voorlopig_ets: Printed | None
    langetermijn_ets: Printed | None

    @property
    def per_house_unit(self) -> float:
        """From money per printed unit to money per MWh or tonne."""
        return unit(f"EUR/{self.unit}").factor

    @property
    def tonnes_per_unit(self) -> float:
        """From the printed emission factor to tonnes per printed unit."""
        return 1e-3 if self.unit == "kWh" else 1.0


@dataclass(frozen=True)
class Table:
    """All rows of a round that were read, its phases and its reserved budgets."""

    round: str
    label: Text
    known_from: date
    citation: Citation
    asks_citation: Citation
    langetermijn_ets_prijs: Printed
    fasen: tuple[Printed, ...]  # upper limits [eur/t], in the order of the phases
    hekjes_eur: dict[str, Printed]
    rows: tuple[Row, ...]

    def row(self, identity: str) -> Row | None:
        """The category of that name, if the round has it."""
        return next((row for row in self.rows if row.id == identity), None)


def category_ids() -> tuple[str, ...]:
    """Ids of all rows in all tables that were read."""
    return tuple(sorted({row.id for table in _all_tables().values() for row in table.rows}))


def sde_table(round_id: str, known_on: date) -> Table | None:
    """The table of a round, if it was read and was known on the day."""
    found = _all_tables().get(round_id)
    return found if found and found.known_from <= known_on else None


@cache
def _all_tables() -> dict[str, Table]:
    folder = folder_of("sde_tables")
    names = sorted(names_in(folder))
    return {name: _table(name, content_of(folder / f"{name}.yaml")) for name in names}


def _table(name: str, content: dict[str, Any]) -> Table:
    citation = citation_of(content["source"])
    return Table(
        round=name,
        label=Text(**content["label"]),
        known_from=content["known_from"],
        citation=citation,
        asks_citation=citation_of(content["asks_source"]),
        langetermijn_ets_prijs=Printed(content["langetermijn_ets_prijs"], citation),
        fasen=tuple(
            Printed(float(fase["limit"]), citation_of(content["fasen_source"] | fase))
            for fase in content["fasen"]
        ),
        hekjes_eur={
            domain: Printed(float(amount), citation_of(content["hekjes"]["source"]))
            for domain, amount in content["hekjes"]["amounts_eur"].items()
        },
        rows=tuple(
            _row(group["shared"] | row, citation)
            for group in content["groups"]
            for row in group["rows"]
        ),
    )


def _row(content: dict[str, Any], table: Citation) -> Row:
    place = f"{table.place}; {content['article']}"

    def printed(name: str) -> Printed | None:
        return _printed(content.get(name), Citation(table.source, place, table.seen))

    return Row(
        id=content["id"],
        label=Text(**content["label"]),
        article=content["article"],
        unit=content["unit"],
        technique=content["technique"],
        correction=content["correction"],
        ets=content.get("ets"),
        domain=content.get("domain"),
        asks=Text(**content["asks"]),
        minimum_mw=printed("minimum_mw"),
        term_years=printed("term_years"),
        start_within_years=printed("start_within_years"),
        vollasturen=printed("vollasturen"),
        basisbedrag=printed("basisbedrag"),
        ondergrens=printed("ondergrens"),
        langetermijnbedrag=printed("langetermijnbedrag"),
        emissiefactor=printed("emissiefactor"),
        voorlopig_product=printed("voorlopig_product"),
        voorlopig_ets=printed("voorlopig_ets"),
        langetermijn_ets=printed("langetermijn_ets"),
    )


def _printed(value: Any, citation: Citation) -> Printed | None:
    """A bare number was read in the table; another one says how it was seen."""
    if value is None:
        return None
    if isinstance(value, dict):
        seen = Citation(citation.source, citation.place, Seen(value["seen"]))
        return Printed(float(value["value"]), seen)
    return Printed(float(value), citation)
