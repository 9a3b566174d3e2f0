# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which order do the clauses of a text stand, and what if two changes move them?

Takes     clauses by their id, in the order of the library and in the one that the terms say.
Gives     the order; which clauses moved; two changes of one order as one, or that they cannot be.
Leaves    the words of a clause, and who settles what cannot be merged.

An order names clauses; one that is not in the text is passed over, and one that the order does not
name stands where the library has it, or last where the library does not know it.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

ORDER = "order"
"""The path of the order in the terms."""
FIRST = ""
"""What stands before the first clause."""


def placed(there: Sequence[str], order: Sequence[str], natural: Sequence[str]) -> tuple[str, ...]:
    """The clauses that are there, in this order; what it does not name by the natural one.

    >>> placed(["c", "a", "own", "b"], ["b", "a"], ["a", "b", "c"])
    ('b', 'c', 'a', 'own')
    """
    found = [key for key in dict.fromkeys(order) if key in there]
    known = [key for key in natural if key in there]
    for number, key in enumerate(known):
        if key not in found:
            before = next((each for each in reversed(known[:number]) if each in found), FIRST)
            found.insert(_after(found, before), key)
    found.extend(key for key in there if key not in found)
    return tuple(found)


def put_after(order: Sequence[str], clause: str, before: str) -> tuple[str, ...]:
    """The order with one clause directly after another one, or first where that is `FIRST`.

    >>> put_after(["a", "b", "c"], "c", "a"), put_after(["a", "b"], "own", FIRST)
    (('a', 'c', 'b'), ('own', 'a', 'b'))
    """
    rest = [key for key in order if key != clause]
    rest.insert(_after(rest, before), clause)
    return tuple(rest)


def moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """Clauses of both that do not keep their order among the others."""
    common_old = [key for key in old if key in set(new)]
    common_new = [key for key in new if key in set(old)]
    matcher = SequenceMatcher(None, common_old, common_new, autojunk=False)
    staying = {
        key
        for start, _, size in matcher.get_matching_blocks()
        for key in common_old[start : start + size]
    }
    return frozenset(common_new) - staying


def merged(
    base: Sequence[str], in_force: Sequence[str], proposed: Sequence[str]
) -> tuple[str, ...] | None:
    """What is in force with the moves of the proposal in it; None where both moved one clause.

    Every clause that the proposal moved or added stands after the nearest one before it there that
    is where it was, with nothing between but more of those; all others keep the order in force.

    >>> merged("abcd", "bacd", "abdc"), merged("abc", "cab", "acb")
    (('b', 'a', 'd', 'c'), None)
    """
    by_force, by_proposal = moved(base, in_force), moved(base, proposed)
    for key in by_force & by_proposal:
        if _before(in_force, key) != _before(proposed, key):
            return None
    new = by_proposal | (set(proposed) - set(base))
    found = tuple(key for key in in_force if key not in new)
    for place, key in enumerate(proposed):
        if key in new:
            elsewhere = frozenset() if key in by_force else by_force
            earlier = [each for each in proposed[:place] if each in found]
            before = next((each for each in reversed(earlier) if each not in elsewhere), FIRST)
            found = put_after(found, key, before)
    return found


def _after(order: Sequence[str], before: str) -> int:
    return order.index(before) + 1 if before in order else 0


def _before(order: Sequence[str], key: str) -> str:
    place = order.index(key)
    return order[place - 1] if place else FIRST
