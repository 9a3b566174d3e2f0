# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Budget rounds of support schemes: when money could be asked, how much there was, what came out.

Takes     the name of a scheme, a day of knowledge.
Gives     its rounds as far as they were known on that day, oldest first.
Leaves    the terms of the scheme to parameters, eligibility and amounts to `rules`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import Citation, citation_of, content_of, folder_of, names_in


@dataclass(frozen=True)
class Round:
    """One opening of a scheme. What public sources do not give is None, never nought."""

    scheme: str
    id: str
    opens: date | None
    closes: date | None
    budget_eur: float | None
    known_from: date
    citation: Citation
    note: Text | None
    outcome: dict[str, Any]  # awarded_eur, projects, reduction_t_per_year, ... as published

    def open_on(self, day: date) -> bool | None:
        """Whether money could be asked on `day`; None where the dates are not known."""
        if self.opens is None or self.closes is None:
            return None
        return self.opens <= day <= self.closes


def rounds_of(scheme: str, known_on: date) -> tuple[Round, ...]:
    """The rounds of `scheme` that were known on a day, oldest first; none for other schemes."""
    return tuple(found for found in _all_rounds().get(scheme, ()) if found.known_from <= known_on)


@cache
def _all_rounds() -> dict[str, tuple[Round, ...]]:
    folder = folder_of("rounds")
    return {
        scheme: _rounds(scheme, content_of(folder / f"{scheme}.yaml"))
        for scheme in sorted(names_in(folder))
    }


def _rounds(scheme: str, content: dict[str, Any]) -> tuple[Round, ...]:
    found = [
        Round(
            scheme=scheme,
            id=str(row["id"]),
            opens=row.get("opens"),
            closes=row.get("closes"),
            budget_eur=row.get("budget_eur"),
            known_from=row["known_from"],
            citation=citation_of(row["source"]),
            note=Text(**row["note"]) if "note" in row else None,
            outcome=row.get("outcome", {}),
        )
        for row in content["rounds"]
    ]
    return tuple(sorted(found, key=lambda r: (r.opens or r.known_from, r.id)))
