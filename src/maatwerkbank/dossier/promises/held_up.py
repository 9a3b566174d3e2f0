# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which late thing holds up which projects, and how many tonnes and euros does that put at risk?

Takes     a network, the day from which one looks, and odds that the floor of risk computed, if any.
Gives     per project what its delay takes from the target year; per late thing what it takes by
          itself, everything else on plan; totals that count each project once.
Leaves    how likely a delay is to `risk`: a chance that is not handed in stays None.

Convention (METHOD §11): a delay moves tonnes to later years, so the target year loses the share of
it in which the project does not run yet, counted by day. Support is counted whole as soon as the
project loses tonnes in that year: it hangs on the project, not on the day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from maatwerkbank.dossier.promises.network import (
    Moment,
    Network,
    Node,
    Stake,
    actual_dates,
    own_dates,
    schedule,
)

TARGET_YEAR = 2030


@dataclass(frozen=True)
class DelayOdds:
    """What draws of a run say: chance that the promised tonnes are met, and to start after 2030."""

    promise_kept: float | None = None  # [1]
    after_target_year: Mapping[str, float] = field(default_factory=dict)  # project: [1]


@dataclass(frozen=True)
class HeldUp:
    """A project that starts later, and what that takes from the target year."""

    project: Node
    planned: date
    start: date
    delay_days: int
    at_risk: Stake
    after_target_year: float | None = None  # [1], from draws; None where nothing was drawn


@dataclass(frozen=True)
class Holder:
    """A late thing and the projects that it holds up by itself."""

    moment: Moment
    projects: tuple[HeldUp, ...]
    at_risk: Stake


@dataclass(frozen=True)
class Outlook:
    """A network seen from a day: dates, projects that start later, and what holds them up."""

    network: Network
    moments: Mapping[str, Moment]
    delayed: tuple[HeldUp, ...]
    holders: tuple[Holder, ...]
    at_risk: Stake
    odds: DelayOdds

    def held_by_state(self) -> tuple[Holder, ...]:
        """Late promises of the State and the like that hold a project up, the worst first."""
        return tuple(each for each in self.holders if each.moment.node.side == "state")


def outlook(
    network: Network, on: date, odds: DelayOdds | None = None, *, year: int = TARGET_YEAR
) -> Outlook:
    """What is late, and what that puts at risk."""
    odds = odds or DelayOdds()
    moments = schedule(network, on)
    delayed = tuple(
        held
        for key, moment in moments.items()
        if (held := _delayed(moment, odds.after_target_year.get(key), year))
    )
    holders = [_holder(network, on, moment, moments, odds, year) for moment in moments.values()]
    return Outlook(
        network=network,
        moments=moments,
        delayed=delayed,
        holders=tuple(sorted((each for each in holders if each.projects), key=_worst_first)),
        at_risk=sum_of(each.at_risk for each in delayed),
        odds=odds,
    )


def same_through(outlook: Outlook) -> date | None:
    """The last day on which projects still start as they do now, if nothing is said or done.

    What has not come about by its date moves with the day from which one looks. A project starts
    later only when something it waits for has used up its slack. None: no day changes anything.
    """
    return min(
        (
            moment.expected + timedelta(days=moment.slack_days)
            for moment in outlook.moments.values()
            if moment.node.dates.expected is not None
            and moment.expected is not None
            and moment.slack_days is not None
        ),
        default=None,
    )


def running_share(start: date, year: int) -> float:
    """The share of a year in which something runs that starts on a day. [1]

    >>> running_share(date(2029, 5, 1), 2030), running_share(date(2031, 1, 1), 2030)
    (1.0, 0.0)
    """
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    left = (next_first - max(start, first)).days
    return max(left, 0) / (next_first - first).days


def sum_of(stakes: Iterable[Stake]) -> Stake:
    """What is known, added up, each kind by itself; None where nothing of a kind is known."""
    all_of = tuple(stakes)

    def known(name: str) -> float | None:
        values = [value for each in all_of if (value := getattr(each, name)) is not None]
        return sum(values) if values else None

    return Stake(known("gross_t"), known("additional_t"), known("support_eur"))


def _delayed(moment: Moment, odds: float | None, year: int) -> HeldUp | None:
    """A project that is still to start and starts later; None for everything else."""
    planned, expected = moment.planned, moment.expected
    if moment.node.kind != "project" or not moment.is_late or planned is None or expected is None:
        return None
    share = running_share(planned, year) - running_share(expected, year)
    return HeldUp(
        moment.node,
        planned,
        expected,
        (expected - planned).days,
        _lost(moment.node.stake, share),
        odds,
    )


def _holder(
    network: Network,
    on: date,
    moment: Moment,
    moments: Mapping[str, Moment],
    odds: DelayOdds,
    year: int,
) -> Holder:
    """What one late thing takes while everything else keeps its plan."""
    if not moment.is_late or moment.node.kind == "project":
        return Holder(moment, (), Stake())
    actual = actual_dates(network)
    on_plan = {
        key: _earlier(network.nodes[key].dates.planned, day)
        for key, day in own_dates(network, on).items()
    }
    without, _ = network.earliest(on_plan, actual)
    by_itself, _ = network.earliest(on_plan, {**actual, moment.node.id: moment.expected})
    projects = tuple(
        held
        for key in sorted(network.behind(moment.node.id))
        if (held := _held_up(moments[key], without[key], by_itself[key], odds, year))
    )
    return Holder(moment, projects, sum_of(each.at_risk for each in projects))


def _held_up(
    moment: Moment, without: date | None, start: date | None, odds: DelayOdds, year: int
) -> HeldUp | None:
    """A project that one thing holds up, between the start without it and the start with it."""
    planned = moment.planned
    if moment.node.kind != "project" or not moment.is_late or planned is None:
        return None
    if start is None or start <= planned or (without is not None and start <= without):
        return None
    before = planned if without is None else max(without, planned)
    share = running_share(before, year) - running_share(start, year)
    return HeldUp(
        moment.node,
        planned,
        start,
        (start - before).days,
        _lost(moment.node.stake, share),
        odds.after_target_year.get(moment.node.id),
    )


def _lost(stake: Stake | None, share: float) -> Stake:
    """What goes with this share of the target year; what is not known stays so."""
    if share <= 0.0:
        return Stake(0.0, 0.0, 0.0)
    whole = stake or Stake()
    return Stake(
        None if whole.gross_t is None else whole.gross_t * share,
        None if whole.additional_t is None else whole.additional_t * share,
        whole.support_eur,
    )


def _earlier(planned: date | None, expected: date | None) -> date | None:
    """The plan, or what is expected where that is sooner: nothing is late on its own account."""
    if planned is None or expected is None:
        return planned or expected
    return min(planned, expected)


def _worst_first(holder: Holder) -> tuple[float, float, float, str]:
    lost = holder.at_risk
    return (
        -(lost.gross_t or 0.0),
        -(lost.additional_t or 0.0),
        -(lost.support_eur or 0.0),
        holder.moment.node.id,
    )
