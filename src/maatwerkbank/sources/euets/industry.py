# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which installations are industry, which thirty emit most, and whose are they?

Takes     an emissions register; the rule is data (`industry.yaml`), and so are the firms.
Gives     a verdict with its reason for each installation, the ranking of a year, sums by firm.
Leaves    the undecided out of the ranking, and names each that could have stood in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.sources.euets.firms import Firm, firm_of, joint_permit
from maatwerkbank.sources.euets.register import EmissionsRegister, Installation, number_of

RANKED = 30


@dataclass(frozen=True)
class Verdict:
    """Whether an installation is industry; None when the sources are silent."""

    is_industry: bool | None
    because: str


@dataclass(frozen=True)
class RankedRow:
    """An installation with its place among the largest of a year.

    `verified_t` and `free_allocation_t` are of that year [t CO2e]. `works_gas_t`: what other
    plants emit by burning the works gases of this installation's firm; None when there are none
    or a figure is absent.
    """

    rank: int
    year: int
    installation: Installation
    nace: str | None
    verified_t: float
    free_allocation_t: float | None
    firm: Firm | None
    works_gas_t: float | None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        shared = joint_permit(self.installation.id)
        return {
            "rank": self.rank,
            "id": self.installation.id,
            "name": self.installation.name,
            "operator": self.installation.operator,
            "city": self.installation.city,
            "activity": self.installation.activity,
            "nace": self.nace,
            "verified_t": self.verified_t,
            "free_allocation_t": self.free_allocation_t,
            "firm": None if self.firm is None else self.firm.id,
            "shared_by": [] if shared is None else list(shared.members),
        }


@dataclass(frozen=True)
class FirmTotal:
    """What the ranked installations of one firm emit together.  [t CO2e]

    `with_works_gas_t` adds the power stations that burn the firm's works gases; None when the
    firm has none, or a figure is absent.
    """

    id: str
    name: str
    verified_t: float
    with_works_gas_t: float | None
    installations: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": self.id,
            "name": self.name,
            "verified_t": self.verified_t,
            "with_works_gas_t": self.with_works_gas_t,
            "installations": list(self.installations),
        }


@cache
def _rule() -> dict[str, Any]:
    text = Path(__file__).with_name("industry.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def nace_of(installation: Installation) -> str | None:
    """The NACE code in the file, or else the one that EUETS.INFO gives."""
    return installation.nace or _rule()["nace"]["codes"].get(installation.id)


def verdict(installation: Installation) -> Verdict:
    """Is the installation industry, and why?  By name, then by activity, then by NACE division."""
    named = _rule()["installations"].get(installation.id)
    if named is not None:
        return Verdict(named["industry"], named["because"])
    activities = _rule()["activities"]
    if installation.activity in activities["industry"]:
        return Verdict(is_industry=True, because=activities["industry"][installation.activity])
    if installation.activity in activities["not_industry"]:
        return Verdict(is_industry=False, because=activities["not_industry"][installation.activity])
    return _verdict_by_nace(installation)


def _verdict_by_nace(installation: Installation) -> Verdict:
    nace = nace_of(installation)
    if nace is None:
        return Verdict(None, f"activity {installation.activity} and no NACE code")
    divisions = _rule()["nace_divisions"]
    division = nace[:2]
    if division in divisions["industry"]:
        return Verdict(is_industry=True, because=f"NACE {nace}")
    because = divisions["reasons_against"].get(division, f"NACE {nace}")
    return Verdict(is_industry=False, because=because)


def industrial(register: EmissionsRegister) -> tuple[Installation, ...]:
    """The installations of which the rule says that they are industry."""
    return tuple(
        installation for installation in register.installations if verdict(installation).is_industry
    )


def thirty_largest(register: EmissionsRegister, year: int) -> tuple[RankedRow, ...]:
    """The thirty industrial installations with most verified emissions in `year`, largest first.

    Installations without a figure for the year are not ranked: absent is not zero. Of two with
    the same figure the one with the lower number in the registry comes first.
    """
    rows: list[tuple[float, Installation]] = [
        (tonnes, installation)
        for installation in industrial(register)
        if (tonnes := installation.verified_t.get(year)) is not None
    ]
    rows.sort(key=lambda row: (-row[0], number_of(row[1].id)))
    return tuple(
        _ranked(rank, year, installation, tonnes, register)
        for rank, (tonnes, installation) in enumerate(rows[:RANKED], start=1)
    )


def _ranked(
    rank: int, year: int, installation: Installation, tonnes: float, register: EmissionsRegister
) -> RankedRow:
    firm = firm_of(installation.id)
    return RankedRow(
        rank=rank,
        year=year,
        installation=installation,
        nace=nace_of(installation),
        verified_t=tonnes,
        free_allocation_t=installation.free_allocation_t.get(year),
        firm=firm,
        works_gas_t=None if firm is None else _works_gas(firm, year, register),
    )


def _works_gas(firm: Firm, year: int, register: EmissionsRegister) -> float | None:
    """Verified emissions of the plants that burn the firm's works gases, or None.  [t CO2e]"""
    total: float | None = None
    for plant in firm.works_gas:
        installation = register.find(plant)
        tonnes = None if installation is None else installation.verified_t.get(year)
        if tonnes is None:
            return None
        total = (total or 0.0) + tonnes
    return total


def by_firm(rows: Sequence[RankedRow]) -> tuple[FirmTotal, ...]:
    """Sums over the rows of each firm, largest first. A row that is nobody's is in no sum."""
    firms = {row.firm.id: row.firm for row in rows if row.firm is not None}
    totals = [
        _total(firm, [row for row in rows if row.firm is not None and row.firm.id == firm.id])
        for firm in firms.values()
    ]
    return tuple(sorted(totals, key=lambda total: (-total.verified_t, total.id)))


def _total(firm: Firm, rows: list[RankedRow]) -> FirmTotal:
    verified = sum(row.verified_t for row in rows)
    works_gas = rows[0].works_gas_t
    return FirmTotal(
        id=firm.id,
        name=firm.name,
        verified_t=verified,
        with_works_gas_t=None if works_gas is None else verified + works_gas,
        installations=tuple(row.installation.id for row in rows),
    )


def undecided(register: EmissionsRegister, year: int) -> tuple[Finding, ...]:
    """A warning for each installation that could be among the thirty, if it is industry."""
    ranked = thirty_largest(register, year)
    least = ranked[-1].verified_t if len(ranked) == RANKED else 0.0
    return tuple(
        Finding(
            "warning",
            "euets.undecided",
            installation.id,
            expected=Text(
                nl="een activiteit of NACE-code die zegt of dit industrie is",
                en="an activity or NACE code that says whether this is industry",
            ),
            found=Text(
                nl=f"{installation.name or 'naamloos'}: {tonnes:.0f} t in {year}, "
                f"activiteit {installation.activity}, geen NACE-code",
                en=f"{installation.name or 'nameless'}: {tonnes:.0f} t in {year}, "
                f"activity {installation.activity}, no NACE code",
            ),
            remedy=Text(
                nl="voeg de NACE-code met bron toe aan industry.yaml",
                en="add the NACE code with its source to industry.yaml",
            ),
        )
        for installation in register.installations
        if (tonnes := installation.verified_t.get(year)) is not None
        and tonnes > least
        and verdict(installation).is_industry is None
    )


def ranking_json(
    register: EmissionsRegister,
    year: int,
    findings: tuple[Finding, ...] = (),
    language: Language = "en",
) -> dict[str, Any]:
    """Plain values: the thirty largest of a year, their firms, and what is lacking.

    `findings` are those that came with the register; warnings about the ranking are added.
    """
    rows = thirty_largest(register, year)
    found = (*findings, *undecided(register, year))
    return {
        "source_file": register.source_file,
        "year": year,
        "installations": [row.as_json() for row in rows],
        "firms": [total.as_json() for total in by_firm(rows)],
        "lacks": _lacks(register, rows, year),
        "findings": [finding.as_json(language) for finding in found],
    }


def _lacks(register: EmissionsRegister, rows: Sequence[RankedRow], year: int) -> list[str]:
    """What the ranking should hold and the register does not give."""
    unreported = [
        installation.id
        for installation in industrial(register)
        if installation.verified_t.get(year) is None
    ]
    unallocated = [row.installation.id for row in rows if row.free_allocation_t is None]
    lacks = []
    if len(rows) < RANKED:
        lacks.append(f"installations: {len(rows)} of {RANKED} have a figure for {year}")
    if unreported:
        lacks.append(f"verified_t of {year}: absent for {', '.join(unreported)}")
    if unallocated:
        lacks.append(f"free_allocation_t of {year}: absent for {', '.join(unallocated)}")
    return lacks
