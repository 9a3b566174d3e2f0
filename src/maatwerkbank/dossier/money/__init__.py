# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public money of one agreement: what is set aside, what is granted, what may be paid.

Takes names, dates and amounts; gives positions, findings and reasons. Booked money is `Decimal`, in
euros and whole cents, everywhere in this package; `amounts.cents` is the one place that rounds.
"""

from maatwerkbank.dossier.money.amounts import cents
from maatwerkbank.dossier.money.budget import Entry, Envelope, Position, lacks_of_entry, position
from maatwerkbank.dossier.money.cover import Cover
from maatwerkbank.dossier.money.tranches import Grant, Standing, Tranche, standing_of

__all__ = [
    "Cover",
    "Entry",
    "Envelope",
    "Grant",
    "Position",
    "Standing",
    "Tranche",
    "cents",
    "lacks_of_entry",
    "position",
    "standing_of",
]
