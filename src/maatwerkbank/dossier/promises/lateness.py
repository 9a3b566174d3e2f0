# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many months late is a promise by the planning, and how likely is what it holds up later?

Takes     the dates of a moment in the network; an outlook with the odds that draws of a run gave.
Gives     whole months, forecast less planned; per project behind the promise its chance.
Leaves    when something can come about at the earliest to `network`; the odds to `risk`.

Absent is not nought: without a due date or an expected day nothing is late and nothing on time.
"""

from collections.abc import Mapping
from datetime import date

from maatwerkbank.dossier.promises.held_up import Outlook
from maatwerkbank.dossier.promises.network import Node


def months_late(planned: date | None, expected: date | None) -> int | None:
    """Whole months between the agreed day and the expected one; never below nought.

    >>> months_late(date(2028, 7, 1), date(2029, 3, 1)), months_late(date(2028, 7, 1), None)
    (8, None)
    """
    if planned is None or expected is None:
        return None
    months = (expected.year - planned.year) * 12 + expected.month - planned.month
    return max(months - (expected.day < planned.day), 0)


def chances_behind(found: Outlook, key: str) -> Mapping[Node, float]:
    """Per project that waits for this, near or far: the chance to start after the target year.

    Only where a run has draws of delay; a project without them is not there.
    """
    network, chances = found.network, found.odds.after_target_year
    return {network.nodes[each]: chances[each] for each in network.behind(key) if each in chances}
