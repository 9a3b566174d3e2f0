# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""By when must a request be decided, and how does that day come about?

Takes     the day of receipt, whether and when the term was extended, and who was heard from when
          until when.
Gives     the day on which the decision is due, each step towards it in words, and the first day on
          which papers may come out.
Leaves    the weeks themselves to `rules.wet_open_overheid`, holidays to `holidays`. Leaves out a
          term that stands still because the requester has to say more (Awb 4:15), and interim
          relief: their texts were not read.

Source    Wet open overheid art. 4.4: the term stands still from the day after the authority says
          that it hears somebody, up to and including the day of the view, or of the end of the time
          that was given for it. Algemene termijnenwet art. 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from maatwerkbank.dossier.disclosure.holidays import end_of_term
from maatwerkbank.ground.language import Text
from maatwerkbank.rules.wet_open_overheid import uiterste_beslisdag, vroegste_verstrekking

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Pause:
    """Somebody was heard: asked on a day, with time until another, and answered on a third."""

    asked_on: date
    due_on: date
    answered_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which the term stands still."""
        if self.answered_on is None:
            return self.due_on
        return max(self.asked_on, min(self.answered_on, self.due_on))


@dataclass(frozen=True)
class TermStep:
    """One step towards the day: what happened, why, and where the term then ends."""

    what: Text
    article: str
    days: int
    ends_on: date


@dataclass(frozen=True)
class Term:
    """By when a request is decided. `steps` explain it; `paused_days` are counted once."""

    received_on: date
    due_on: date
    paused_days: int
    extended: bool
    steps: tuple[TermStep, ...]

    def days_left(self, today: date) -> int:
        """Days until the term ends; negative once it has."""
        return (self.due_on - today).days

    def is_late(self, today: date, decided_on: date | None = None) -> bool:
        """Whether it was decided after its term, or is not decided and the term has ended."""
        return (decided_on or today) > self.due_on


def term_of(received_on: date, *, extended: bool = False, pauses: Iterable[Pause] = ()) -> Term:
    """The term of a request.

    >>> term_of(date(2026, 3, 2)).due_on.isoformat()
    '2026-03-30'
    """
    pauses = tuple(pauses)
    paused = paused_days(pauses)
    first = uiterste_beslisdag(received_on)
    steps = [TermStep(FOUR_WEEKS, "Woo 4.4 lid 1", (first - received_on).days, first)]
    if extended:
        longer = uiterste_beslisdag(received_on, verlengd=True)
        steps.append(TermStep(TWO_MORE, "Woo 4.4 lid 2", (longer - first).days, longer))
    ends = uiterste_beslisdag(received_on, verlengd=extended, opgeschort=paused)
    if paused:
        steps.append(TermStep(STOOD_STILL, "Woo 4.4 lid 3", paused, ends))
    due = end_of_term(ends)
    if due != ends:
        steps.append(TermStep(NO_WORKING_DAY, "Algemene termijnenwet 1", (due - ends).days, due))
    return Term(received_on, due, paused, extended, tuple(steps))


def paused_days(pauses: Iterable[Pause]) -> int:
    """On how many days the term stood still; a day on which two were heard counts once."""
    days: set[int] = set()
    for each in pauses:
        days |= set(range(each.asked_on.toordinal() + 1, each.last_day.toordinal() + 1))
    return len(days)


def may_extend_until(received_on: date, pauses: Iterable[Pause] = ()) -> date:
    """The last day on which the requester can be told that the term is extended."""
    return term_of(received_on, pauses=pauses).due_on


def first_release(decided_on: date, *, objection_expected: bool) -> date:
    """From which day the papers may come out."""
    return vroegste_verstrekking(decided_on, bezwaar_verwacht=objection_expected)


FOUR_WEEKS = Text(
    nl="Vier weken na de dag van ontvangst.", en="Four weeks after the day of receipt."
)
TWO_MORE = Text(nl="Twee weken verlengd, met redenen.", en="Extended by two weeks, with reasons.")
STOOD_STILL = Text(
    nl="De termijn stond stil terwijl anderen werden gehoord.",
    en="The term stood still while others were heard.",
)
NO_WORKING_DAY = Text(
    nl="De termijn eindigt niet in een weekend of op een feestdag.",
    en="The term does not end in a weekend or on a holiday.",
)
