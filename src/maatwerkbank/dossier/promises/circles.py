# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which chains come back to themselves?

Takes     pairs: the first waits for the second.
Gives     one circle for each knot of things that wait for one another, named from begin to begin.
"""

from collections.abc import Iterable, Mapping


def circles(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """One circle per knot, each from its first name in the alphabet back to that name."""
    steps: dict[str, list[str]] = {}
    for waiter, awaited in sorted(set(pairs)):
        steps.setdefault(waiter, []).append(awaited)
    found: list[tuple[str, ...]] = []
    in_a_knot: set[str] = set()
    for start in sorted(steps):
        if start in in_a_knot:
            continue
        circle = _back_to(start, steps)
        if circle:
            found.append(circle)
            in_a_knot |= _knot(start, steps)
    return tuple(found)


def _back_to(start: str, steps: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest way from `start` back to it; empty where there is none."""
    came_from: dict[str, str] = {}
    ahead = [start]
    for here in ahead:
        for each in steps.get(here, ()):
            if each == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if each not in came_from:
                came_from[each] = here
                ahead.append(each)
    return ()


def _knot(start: str, steps: Mapping[str, list[str]]) -> set[str]:
    """Everything that can be reached from `start` and reaches it."""
    turned: dict[str, list[str]] = {}
    for waiter, awaited in steps.items():
        for each in awaited:
            turned.setdefault(each, []).append(waiter)
    return _reach(start, steps) & _reach(start, turned)


def _reach(start: str, steps: Mapping[str, list[str]]) -> set[str]:
    seen = {start}
    ahead = [start]
    for here in ahead:
        for each in steps.get(here, ()):
            if each not in seen:
                seen.add(each)
                ahead.append(each)
    return seen
