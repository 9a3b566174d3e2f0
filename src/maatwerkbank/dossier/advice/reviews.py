# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What did outside experts find in a project or a business case, and what of it is still open?

Takes     an assignment and its findings with severity, answer and closure: frozen values.
Gives     which findings are open, which of them block, whether one may be closed, what is late.
Leaves    who closes to `web`: the reviewer, or the lead with a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.ground.language import Text

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "project_review": Text(nl="Projectreview", en="Project review"),
        "business_case_review": Text(
            nl="Beoordeling van de businesscase", en="Review of the business case"
        ),
    }
)
SEVERITIES: Mapping[str, Text] = MappingProxyType(
    {
        "blocking": Text(nl="Blokkerend", en="Blocking"),
        "major": Text(nl="Zwaar", en="Major"),
        "minor": Text(nl="Licht", en="Minor"),
        "note": Text(nl="Opmerking", en="Note"),
    }
)
STATES: Mapping[str, Text] = MappingProxyType(
    {
        "open": Text(nl="Open", en="Open"),
        "answered": Text(nl="Beantwoord, nog open", en="Answered, still open"),
        "closed": Text(nl="Afgesloten", en="Closed"),
    }
)


@dataclass(frozen=True)
class ReviewFinding:
    """Something that a reviewer found; it stays open until somebody closes it with a reason."""

    number: int
    severity: str
    words: str
    answer: str = ""
    closed_on: date | None = None
    closing_reason: str = ""

    @property
    def state(self) -> str:
        """Open, answered (and open), or closed."""
        if self.closed_on:
            return "closed"
        return "answered" if self.answer.strip() else "open"


@dataclass(frozen=True)
class Review:
    """An assignment to an outside expert: who, what, until when; and what was found."""

    kind: str
    reviewer: str
    what: str
    assigned_on: date
    due_on: date | None = None
    reported_on: date | None = None
    findings: tuple[ReviewFinding, ...] = ()

    def is_late(self, on: date) -> bool:
        """Whether the report should have been there."""
        return self.reported_on is None and self.due_on is not None and self.due_on < on


def open_findings(reviews: Iterable[Review]) -> tuple[ReviewFinding, ...]:
    """Every finding that nobody closed, the heaviest first."""
    order = list(SEVERITIES)
    found = [each for review in reviews for each in review.findings if each.state != "closed"]
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))


def blocking_open(reviews: Iterable[Review]) -> tuple[ReviewFinding, ...]:
    """The open findings that hold a gate shut."""
    return tuple(each for each in open_findings(reviews) if each.severity == "blocking")


def lacks_to_close(finding: ReviewFinding, *, reason: str) -> tuple[tuple[str, Text], ...]:
    """What must be there before a finding is closed: per place, what is asked."""
    lacks: list[tuple[str, Text]] = []
    if finding.severity in ("blocking", "major") and not finding.answer.strip():
        lacks.append(("answer", _AN_ANSWER))
    if not reason.strip():
        lacks.append(("closing_reason", _A_REASON))
    return tuple(lacks)


_AN_ANSWER = Text(
    nl="eerst een antwoord: deze bevinding is blokkerend of zwaar",
    en="an answer first: this finding is blocking or major",
)
_A_REASON = Text(nl="een reden in woorden", en="a reason in words")
