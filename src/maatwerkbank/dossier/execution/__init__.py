# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""After the signature: indicators, reports, what was realised, and what follows by the clauses.

Takes what was agreed and what was reported; gives reports that are due, findings, figures beside
what was promised, and the consequence of a clause step by step. Decides nothing. Figures and money
are `Decimal`, so that a hand can check them to the last digit.
"""

from maatwerkbank.dossier.execution.clauses import CLAUSE_KINDS, Clause
from maatwerkbank.dossier.execution.consequence import Consequence, Facts, Step, consequence
from maatwerkbank.dossier.execution.kpi import QUANTITIES, Kpi
from maatwerkbank.dossier.execution.report import Reported, findings_of
from maatwerkbank.dossier.execution.schedule import Period, Schedule

__all__ = [
    "CLAUSE_KINDS",
    "QUANTITIES",
    "Clause",
    "Consequence",
    "Facts",
    "Kpi",
    "Period",
    "Reported",
    "Schedule",
    "Step",
    "consequence",
    "findings_of",
]
