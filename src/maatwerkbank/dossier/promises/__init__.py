# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of both sides, what they wait for, which chain decides, and what may go wrong.

Takes and gives frozen values. Knows no clock and no database: the day from which one looks is
handed in, and so are odds that a run computed.
"""

from maatwerkbank.dossier.promises.held_up import DelayOdds, Outlook, outlook
from maatwerkbank.dossier.promises.network import (
    Moment,
    Network,
    Node,
    Stake,
    Wait,
    critical_chain,
    schedule,
)
from maatwerkbank.dossier.promises.promise import Promise, Standing, standing

__all__ = [
    "DelayOdds",
    "Moment",
    "Network",
    "Node",
    "Outlook",
    "Promise",
    "Stake",
    "Standing",
    "Wait",
    "critical_chain",
    "outlook",
    "schedule",
    "standing",
]
