# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for what, when does each come at the earliest, and which chain decides that?

Takes     promises, dependencies, milestones and projects as nodes, and waits with a lag [days].
Gives     a network without cycles; per node planned and expected dates, what drives it, its slack;
          per project the critical chain.
Leaves    tonnes and euros to `held_up`. Knows no clock: the day from which one looks is given.

A date that passed without its thing coming about is expected on that day at the earliest. What was
waived holds nothing up; what came about has its actual date, whatever it once waited for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.promises.circles import circles
from maatwerkbank.dossier.timeline import Milestone
from maatwerkbank.ground.errors import NetworkRefused
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

NodeKind = Literal["promise", "dependency", "milestone", "project"]
Dates = Mapping[str, date | None]


@dataclass(frozen=True)
class Stake:
    """What a project brings in the target year when it runs all of it; None where not known."""

    gross_t: float | None = None  # [t/year]
    additional_t: float | None = None  # [t/year]
    support_eur: float | None = None  # [eur] of the State


@dataclass(frozen=True)
class Node:
    """One thing with dates; `side` says who has to bring it about, `stake` is that of a project."""

    id: str
    kind: NodeKind
    label: Text
    dates: Milestone
    side: str = ""
    waived: bool = False
    stake: Stake | None = None


@dataclass(frozen=True)
class Wait:
    """`waiter` can come about `lag_days` after `awaited` did, and no sooner."""

    waiter: str
    awaited: str
    lag_days: int = 0


@dataclass(frozen=True)
class Moment:
    """When a node was planned and is expected, and what decides that.

    planned : its own plan; without one, what the plans of what it waits for come to
    expected : the earliest day, given everything it waits for; None where nothing is dated
    driver : what it waits for and decides `expected`; None where its own date does
    slack_days : how much later it may come before a project starts later; None where no project
        hangs on it, or it came about
    undated : what it waits for, near or far, that has no date at all
    """

    node: Node
    planned: date | None
    expected: date | None
    driver: str | None
    slack_days: int | None
    undated: tuple[str, ...]

    @property
    def slip_days(self) -> int | None:
        """How much later than planned; None where one of both is not known."""
        if self.planned is None or self.expected is None:
            return None
        return (self.expected - self.planned).days

    @property
    def is_late(self) -> bool:
        """Whether it is still to come, and later than planned."""
        done = self.node.dates.actual is not None or self.node.waived
        return not done and (self.slip_days or 0) > 0


class Network:
    """Nodes and waits that can be reckoned with: made by `of`, which refuses what cannot."""

    def __init__(self, nodes: Mapping[str, Node], waits: tuple[Wait, ...]) -> None:
        self.nodes = nodes
        self.waits = waits
        self.awaited_by = _grouped(waits, "waiter")
        self.waiters_of = _grouped(waits, "awaited")
        self.order = _order(nodes, self.awaited_by)

    @classmethod
    def of(cls, nodes: Iterable[Node], waits: Iterable[Wait]) -> "Network":
        """A network of these.

        Raises
        ------
        NetworkRefused   with all findings: a cycle (named), an unknown or a double node or wait
        """
        given, waited = tuple(nodes), tuple(waits)
        if found := findings_of(given, waited):
            raise NetworkRefused(found)
        in_order = sorted(given, key=lambda each: each.id)
        return cls(
            MappingProxyType({each.id: each for each in in_order}),
            tuple(sorted(waited, key=lambda each: (each.waiter, each.awaited))),
        )

    def behind(self, identity: str) -> frozenset[str]:
        """Everything that waits for this node, near or far."""
        return self._reached(identity, {key: [w.waiter for w in waits] for key, waits in
                                        self.waiters_of.items()})  # fmt: skip

    def before(self, identity: str) -> frozenset[str]:
        """Everything that this node waits for, near or far."""
        return self._reached(identity, {key: [w.awaited for w in waits] for key, waits in
                                        self.awaited_by.items()})  # fmt: skip

    def _reached(self, start: str, steps: Mapping[str, list[str]]) -> frozenset[str]:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            for each in steps.get(ahead.pop(), ()):
                if each not in seen:
                    seen.add(each)
                    ahead.append(each)
        return frozenset(seen)

    def earliest(self, own: Dates, fixed: Dates) -> tuple[dict[str, date | None], dict[str, str]]:
        """The earliest date of every node, and what drives it where that is not its own date.

        Parameters
        ----------
        own : the date of each node by itself; None where it has none
        fixed : dates that stand whatever the node waits for
        """
        found: dict[str, date | None] = {}
        drivers: dict[str, str] = {}
        for identity in self.order:
            if identity in fixed:
                found[identity] = fixed[identity]
                continue
            found[identity] = own.get(identity)
            for wait in self.awaited_by.get(identity, ()):
                ready = _after(found[wait.awaited], wait.lag_days)
                if ready is None or self.nodes[wait.awaited].waived:
                    continue
                now = found[identity]
                if now is None or ready > now or (ready == now and identity not in drivers):
                    found[identity], drivers[identity] = ready, wait.awaited
        return found, drivers


def findings_of(nodes: tuple[Node, ...], waits: tuple[Wait, ...]) -> tuple[Finding, ...]:
    """Everything that keeps these from being a network."""
    labels = {each.id: each.label for each in nodes}
    found = [
        _finding("network.double", f"nodes[{n}]", _ONE_OF_EACH, each.id)
        for n, each in enumerate(nodes)
        if each.id in {other.id for other in nodes[:n]}
    ]
    pairs = [(each.waiter, each.awaited) for each in waits]
    for n, wait in enumerate(waits):
        place = f"waits[{n}]"
        found += [
            _finding("network.unknown", place, _A_KNOWN_NODE, end)
            for end in (wait.waiter, wait.awaited)
            if end not in labels
        ]
        if pairs[n] in pairs[:n]:
            found.append(_finding("network.double", place, _ONE_OF_EACH, " → ".join(pairs[n])))
        if wait.lag_days < 0:
            found.append(_finding("network.lag", place, _A_LAG, str(wait.lag_days)))
    known = [pair for pair in pairs if pair[0] in labels and pair[1] in labels]
    for circle in circles(known):
        named = Text(
            nl=" → ".join(labels[each].nl for each in circle),
            en=" → ".join(labels[each].en for each in circle),
        )
        found.append(Finding("error", "network.cycle", "waits", _NO_CIRCLE, named, _TAKE_ONE_OUT))
    return tuple(found)


def schedule(network: Network, on: date) -> Mapping[str, Moment]:
    """When each node was planned and is expected, seen from a day."""
    plan, _ = network.earliest(
        {key: node.dates.planned for key, node in network.nodes.items()},
        {key: node.dates.planned for key, node in network.nodes.items() if node.dates.planned},
    )
    expected, drivers = network.earliest(own_dates(network, on), actual_dates(network))
    slack = _slack(network, expected)
    return MappingProxyType(
        {
            key: Moment(
                node,
                plan[key],
                expected[key],
                drivers.get(key),
                slack.get(key),
                _undated(network, key, expected),
            )
            for key, node in network.nodes.items()
        }
    )


def critical_chain(project: str, moments: Mapping[str, Moment]) -> tuple[Moment, ...]:
    """The chain that decides when this starts: what it begins with first, the project last."""
    chain = [moments[project]]
    while (driver := chain[-1].driver) is not None:
        chain.append(moments[driver])
    return tuple(reversed(chain))


def own_dates(network: Network, on: date) -> dict[str, date | None]:
    """What each node is expected on by itself; a day that passed counts as the day one looks."""
    return {
        key: max(node.dates.expected, on) if node.dates.expected else None
        for key, node in network.nodes.items()
    }


def actual_dates(network: Network) -> dict[str, date | None]:
    """The dates on which things came about."""
    return {key: node.dates.actual for key, node in network.nodes.items() if node.dates.actual}


def _slack(network: Network, expected: Dates) -> dict[str, int]:
    """How much later each may come before a project starts later. [days]"""
    latest: dict[str, date] = {}
    for identity in reversed(network.order):
        node = network.nodes[identity]
        if node.dates.actual is not None or node.waived:
            continue
        must = [
            latest[wait.waiter] - timedelta(days=wait.lag_days)
            for wait in network.waiters_of.get(identity, ())
            if wait.waiter in latest
        ]
        own = expected[identity]
        if node.kind == "project" and own is not None:
            must.append(own)
        if must:
            latest[identity] = min(must)
    return {
        key: (day - mine).days for key, day in latest.items() if (mine := expected[key]) is not None
    }


def _undated(network: Network, identity: str, expected: Dates) -> tuple[str, ...]:
    if network.nodes[identity].dates.actual is not None:
        return ()
    return tuple(
        sorted(
            each
            for each in network.before(identity)
            if expected[each] is None and not network.nodes[each].waived
        )
    )


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def _grouped(waits: Iterable[Wait], end: str) -> dict[str, tuple[Wait, ...]]:
    groups: dict[str, list[Wait]] = {}
    for wait in waits:
        groups.setdefault(getattr(wait, end), []).append(wait)
    return {key: tuple(each) for key, each in groups.items()}


def _order(nodes: Mapping[str, Node], waits: Mapping[str, tuple[Wait, ...]]) -> tuple[str, ...]:
    """Every node after all that it waits for."""
    placed: dict[str, None] = {}

    def place(first: str) -> None:
        ahead = [first]
        while ahead:
            missing = [w.awaited for w in waits.get(ahead[-1], ()) if w.awaited not in placed]
            if missing:
                ahead.extend(missing)
            else:
                placed.setdefault(ahead.pop())

    for identity in nodes:
        place(identity)
    return tuple(placed)


_ONE_OF_EACH = Text(nl="elk één keer", en="each once")
_A_KNOWN_NODE = Text(nl="iets dat in het netwerk staat", en="something in the network")
_A_LAG = Text(nl="nul of meer dagen", en="nought or more days")
_NO_CIRCLE = Text(nl="een keten zonder kringloop", en="a chain that does not come back to itself")
_TAKE_ONE_OUT = Text(nl="haal één van deze verbindingen weg", en="take one of these waits out")
_CORRECT = Text(nl="verbeter dit", en="correct this")


def _finding(code: str, place: str, expected: Text, found: str) -> Finding:
    return Finding("error", code, place, expected, found, _CORRECT)
