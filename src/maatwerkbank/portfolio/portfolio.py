# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many cases at once: who is in the approach, and the plan of those who handed one in.

Takes     a register of firms and case files by the id of the firm.
Gives     one value that `effect` and the letter read, wherever it comes from.
Leaves    stored dossiers to `web/overview/stored_portfolio.py`, which makes the same value of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.register import CompanyState, Register, register

PORTFOLIO_DATE = date(2025, 6, 30)


@dataclass(frozen=True)
class Portfolio:
    """Firms as known on a day, and their plans."""

    register: Register
    case_files: Mapping[str, CaseFile]

    @property
    def with_plan(self) -> tuple[CompanyState, ...]:
        """Firms whose plan is here, in the order of the register."""
        return tuple(company for company in self.register if company.id in self.case_files)

    @property
    def without_plan(self) -> tuple[CompanyState, ...]:
        """The other firms."""
        return tuple(company for company in self.register if company.id not in self.case_files)


@cache
def shipped_portfolio() -> Portfolio:
    """The public reconstruction that comes with the program, as on 30 June 2025."""
    return Portfolio(register(PORTFOLIO_DATE), {case: load_case(case) for case in case_ids()})
