# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public registers of the EU emissions trading system: who emitted what, and got what for free.

Takes     the Union Registry workbook of the Commission, or the CSV tables kept per country.
Gives     installations with yearly figures, every finding, the largest industrial emitters.
Leaves    what a firm itself reports; a case file gives that (`plant.case_file`).
"""

from maatwerkbank.sources.euets.industry import (
    by_firm,
    industrial,
    ranking_json,
    thirty_largest,
)
from maatwerkbank.sources.euets.read import read_euets
from maatwerkbank.sources.euets.register import EmissionsRegister, Installation
from maatwerkbank.sources.euets.sites import site_series

__all__ = [
    "EmissionsRegister",
    "Installation",
    "by_firm",
    "industrial",
    "ranking_json",
    "read_euets",
    "site_series",
    "thirty_largest",
]
