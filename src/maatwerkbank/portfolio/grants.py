# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which grants do public sources tell of, and what do they say of each?

Takes     portfolio/nl-2025-06-30/grants.yaml.
Gives     per firm the amount at most, with its source.
Leaves    everything that no source says: it is absent here, and not invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType

import yaml

from maatwerkbank.portfolio.register import PORTFOLIO
from maatwerkbank.sources import source


@dataclass(frozen=True)
class PublicGrant:
    """A grant as a source tells of it: at most this amount."""

    firm: str
    amount: Decimal
    source: str
    place: str


def public_grants() -> Mapping[str, PublicGrant]:
    """The grants by firm.  Raises UnknownSource where one cites a source that is not registered."""
    text = (files(__package__) / PORTFOLIO / "grants.yaml").read_text("utf-8")
    found = {}
    for firm, told in yaml.safe_load(text)["grants"].items():
        source(told["source"])
        amount = Decimal(told["amount_eur"])
        found[firm] = PublicGrant(firm, amount, told["source"], told["place"])
    return MappingProxyType(found)
