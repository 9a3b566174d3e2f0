# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who made a paper more open or more closed, when, and why?

Takes     a paper.
Gives     every change of its level, marking or readers, from the history that the database keeps.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from maatwerkbank.web.documents.models import Document
from maatwerkbank.web.people.models import Person

WHAT = ("level", "with_company", "marking")


@dataclass(frozen=True)
class Change:
    """One change: from this to that, by whom, why."""

    at: datetime
    before: Any
    after: Any
    by: str
    reason: str

    @property
    def opens(self) -> bool:
        """Whether more people came to see the paper."""
        wider = self.after.with_company and not self.before.with_company
        return bool(self.after.level < self.before.level or wider)


def changes_of(document: Document) -> list[Change]:
    """Changes of how confidential the paper is, the last first."""
    events = list(document.events.order_by("pgh_id"))  # type: ignore[attr-defined]
    told = [
        (before, after)
        for before, after in pairwise(events)
        if any(getattr(before, each) != getattr(after, each) for each in WHAT)
    ]
    contexts = [after.pgh_context or {} for _, after in told]
    people = Person.objects.in_bulk({each["user"] for each in contexts if each.get("user")})
    return [
        Change(
            at=after.pgh_created_at,
            before=before,
            after=after,
            by=str(people.get(context.get("user"), "")),
            reason=context.get("reason", ""),
        )
        for (before, after), context in reversed(list(zip(told, contexts, strict=True)))
    ]
