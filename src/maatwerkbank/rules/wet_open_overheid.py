# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wet open overheid: by when a request for papers is decided, and when they come out.

Law        Wet open overheid (BWBR0045754), article 4.4; text of 2025-02-12.
Takes      the day of receipt, whether the term is extended, whether somebody is likely to object.
Gives      the last day of the decision, the first day of release.
Leaves out how long third parties are heard, interim relief, what is
           refused (chapter 5), and weekends and holidays at the end of a term.
"""

from datetime import date, timedelta

DECISION_WEEKS = 4
EXTENSION_WEEKS = 2
RELEASE_WEEKS = 2


def uiterste_beslisdag(ontvangst: date, *, verlengd: bool = False, opgeschort: int = 0) -> date:
    """By which day is a request decided?

    Four weeks after it came in, once extended by two with reasons; while third parties are heard
    the term stands still.

    Parameters
    ----------
    opgeschort : [day]  for which the term stood still

    >>> uiterste_beslisdag(date(2025, 3, 1), verlengd=True).isoformat()
    '2025-04-12'

    Source        Wet open overheid art. 4.4.
    """
    weeks = DECISION_WEEKS + (EXTENSION_WEEKS if verlengd else 0)
    return ontvangst + timedelta(weeks=weeks, days=opgeschort)


def vroegste_verstrekking(beslissing: date, *, bezwaar_verwacht: bool) -> date:
    """From which day may the papers come out?

    With the decision, or two weeks later where an interested party is likely to object.

    >>> vroegste_verstrekking(date(2025, 4, 12), bezwaar_verwacht=True).isoformat()
    '2025-04-26'

    Source        Wet open overheid art. 4.4.
    """
    return beslissing + timedelta(weeks=RELEASE_WEEKS if bezwaar_verwacht else 0)
