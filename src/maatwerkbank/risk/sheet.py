# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case under a law as the kernel reads it: rows that add up, and what the rules need by year.

Takes     nothing: `layout` fills it from a case and the law.
Gives     the sums, the rows, and the years of a sheet.
Leaves    the arithmetic to `kernel`.

Every line of `economics.cash_flow` is a sum of products `amount x factor x price`, save levy, tax,
brackets and contracts: those are computed from sums of such rows.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
ALWAYS = -1  # the project of a row that no project moves


class Sum(IntEnum):
    """What a row adds to. Those of installations, connections and contracts come after these."""

    OPERATIONS = 0  # [eur] taxed income minus cost, the carbon items apart
    CARBON = 1  # [eur] allowances
    INVESTMENT = 2  # [eur] negative
    DEPRECIATION = 3  # [eur] positive
    GRANT = 4  # [eur]
    AID = 5  # [eur]
    RELIEF = 6  # [eur] depreciation that a grant takes away, positive
    GROSS = 7  # [t]
    REMOVAL = 8  # [t]
    FROZEN = 9  # [t] rights of own installations under the law without the variant


OF_INSTALLATION = ("without", "with", "rights")  # sums of each installation [t]
OF_CONNECTION = ("without", "with")  # sums of each taxed connection [MWh]


@dataclass(frozen=True)
class Places:
    """Where the sums of installations, connections and contracts stand."""

    installations: int
    connections: int

    def installation(self, n: int, which: str) -> int:
        """The sum of an installation: `without`, `with`, or `rights`. [t]"""
        return len(Sum) + n * len(OF_INSTALLATION) + OF_INSTALLATION.index(which)

    def connection(self, n: int, which: str) -> int:
        """The sum of a taxed connection: use `without` or `with` the projects. [MWh]"""
        start = self.installation(self.installations, OF_INSTALLATION[0])
        return start + n * len(OF_CONNECTION) + OF_CONNECTION.index(which)

    def contract(self, n: int) -> int:
        """The sum of the volume of a contract. [MWh or t]"""
        return self.connection(self.connections, OF_CONNECTION[0]) + n


@dataclass(frozen=True)
class Row:
    """One product: an amount by delay and year, a price, the product of some factors."""

    sum: int
    price: str | None
    factors: tuple[str, ...]  # places of uncertain figures
    project: int  # whose delay moves it, by number
    amounts: Floats  # (delay, year)


@dataclass(frozen=True)
class Levies:
    """What the levy needs of each installation and year."""

    deducts: Bools  # (installation,) the ETS price comes off the tariff
    incinerator: Bools  # (installation,)
    operator: Ints  # (installation,)
    own: Bools  # (installation,) the permit is the company's
    tariff: Floats  # (installation, year) [eur/t]
    minimum: Floats  # (year,) [eur/t]
    known_price: Floats  # (year,) published, NaN where last year's price decides [eur/t]
    carry: float  # what is added to last year's price, as a share
    apart: Bools  # (year,) incinerators trade among themselves
    highest_first: Bools  # (year,) order of set-off
    last_period: Ints  # (year,) last calendar year that is open to set-off
    gone: Bools  # (year,) there is no levy


@dataclass(frozen=True)
class ProfitTax:
    """Corporate tax by year."""

    high: Floats
    low: Floats
    bracket: Floats
    threshold: Floats
    fraction: Floats
    losses_in_firm: bool


@dataclass(frozen=True)
class Connection:
    """A taxed connection: brackets and rates by year."""

    unit_mwh: float
    limits: Floats  # (3, year) [unit]
    rates: Floats  # (4, year) [eur/unit, nominal]


@dataclass(frozen=True)
class ContractLines:
    """A contract along a price, see `economics.price_contracts`."""

    price: str
    price_share: float
    two_sided: bool
    beyond_paid: bool
    strike: Floats  # (year,) [eur/unit, nominal]
    floor: Floats  # (year,) [eur/unit, nominal]
    most_a_year: Floats  # (delay, year) [unit], infinite where there is no most
    project: int
    carried_over: float  # [unit]
    most: float  # [eur]


@dataclass(frozen=True)
class Sale:
    """Surplus rights that an installation may sell."""

    installation: int
    factors: tuple[str, ...]
    volume: Floats  # (year,) [t]
    price: Floats  # (year,) [eur/t, nominal]


@dataclass(frozen=True)
class Unknown:
    """A figure that a sum hangs on and that no draw can give: absent, or a range without centre."""

    sum: int
    place: str
    is_absent: bool
    years: Bools  # (year,) in which the sum hangs on it


@dataclass(frozen=True)
class Sheet:
    """A case under a law. Years run on for the longest delay."""

    id: str
    years: Ints
    planned: int  # so many of the years without any delay
    projects: tuple[str, ...]
    longest: tuple[int, ...]  # most years late, per project
    rate: float
    rows: tuple[Row, ...]
    places: Places
    levies: Levies
    tax: ProfitTax
    connections: tuple[Connection, ...]
    contracts: tuple[ContractLines, ...]
    sales: tuple[Sale, ...]
    known_eua: Floats  # (year,) published, NaN where the path of the draw decides [eur/t]
    target: int  # place of 2030 among the years; -1: outside
    unknowns: tuple[Unknown, ...]

    @property
    def carriers(self) -> tuple[str, ...]:
        """The prices that it asks for."""
        asked = {row.price for row in self.rows if row.price}
        return tuple(sorted({"eua", *asked, *(each.price for each in self.contracts)}))

    @property
    def factors(self) -> tuple[tuple[str, ...], ...]:
        """The products of factors that it asks for."""
        asked = {row.factors for row in self.rows} | {sale.factors for sale in self.sales}
        return tuple(sorted(asked - {()}))
