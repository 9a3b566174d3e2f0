# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice of committees, reviews by outside experts, positions of others, and lessons.

Takes frozen values; gives states, what lacks and who can give it, counts. Knows no database.
"""

from maatwerkbank.dossier.advice.advice import Advice, judge
from maatwerkbank.dossier.advice.bodies import Body, bodies, body
from maatwerkbank.dossier.advice.lessons import tally
from maatwerkbank.dossier.advice.positions import Item
from maatwerkbank.dossier.advice.reviews import Review, blocking_open, open_findings

__all__ = [
    "Advice",
    "Body",
    "Item",
    "Review",
    "blocking_open",
    "bodies",
    "body",
    "judge",
    "open_findings",
    "tally",
]
