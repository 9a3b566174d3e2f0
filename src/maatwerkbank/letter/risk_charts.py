# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures of risk: each a sentence, a picture and the table behind it, in both languages.

Takes     plain numbers over draws with their names; no case, no kernel.
Gives     blocks of a report, for a page and a document alike. Where nothing can be drawn a sentence
          says why, and the table stays where there are figures.
Leaves    how the numbers come about to `risk` and `portfolio`.
"""

from maatwerkbank.letter.risk_charts_case import InputSwing, Part, tornado, waterfall
from maatwerkbank.letter.risk_charts_choice import Portfolio, Regrets, frontier, regret_table
from maatwerkbank.letter.risk_charts_discovery import Discovery, Limit, discovery
from maatwerkbank.letter.risk_charts_portfolio import (
    Abatement,
    UnderTwoLaws,
    abatement_cost,
    two_laws,
)
from maatwerkbank.letter.risk_charts_spread import QUANTILES, Exceedance, Fan, exceedance, fan
from maatwerkbank.letter.risk_measures import Interval, Measure

__all__ = [
    "QUANTILES",
    "Abatement",
    "Discovery",
    "Exceedance",
    "Fan",
    "InputSwing",
    "Interval",
    "Limit",
    "Measure",
    "Part",
    "Portfolio",
    "Regrets",
    "UnderTwoLaws",
    "abatement_cost",
    "discovery",
    "exceedance",
    "fan",
    "frontier",
    "regret_table",
    "tornado",
    "two_laws",
    "waterfall",
]
