# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is different between two versions of a text, in words and in figures?

Takes     two drafts; they may come from different libraries.
Gives     per clause whether it came, went, moved or reads otherwise, word by word; per field the
          value before and after, and the difference with its unit.
Leaves    which of the two is better to people.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from maatwerkbank.dossier.agreement.drafting import Article, Draft, articles
from maatwerkbank.dossier.agreement.library import Field, fields
from maatwerkbank.dossier.agreement.order import moved
from maatwerkbank.dossier.agreement.values import UNITS, Value
from maatwerkbank.ground.language import Language, Text

PieceKind = Literal["same", "added", "removed"]
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words that both versions have, or one of them."""

    kind: PieceKind
    words: str


@dataclass(frozen=True)
class ClauseDifference:
    """One clause in two versions. `before` and `after` are article numbers, None where absent."""

    clause: str
    heading: str
    kind: Literal["same", "added", "removed", "changed"]
    moved: bool
    before: int | None
    after: int | None
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class FigureDifference:
    """One field in two versions; `difference` only where both are figures of one unit."""

    field: Field
    before: Value | None
    after: Value | None
    difference: float | None
    unit: Text | None


def in_words(before: Draft, after: Draft, language: Language) -> tuple[ClauseDifference, ...]:
    """Every clause of both, in the order of the later one; what went stands after its neighbour."""
    old = {each.clause: each for each in articles(before, language)}
    new = {each.clause: each for each in articles(after, language)}
    moving = moved(list(old), list(new))
    return tuple(
        _clause(old.get(key), new.get(key), moved=key in moving)
        for key in _in_order(list(old), list(new))
    )


def in_figures(before: Draft, after: Draft) -> tuple[FigureDifference, ...]:
    """Every field that stands in one of the two and says something else in the other."""
    found = []
    for name in dict.fromkeys((*before.fields, *after.fields)):
        was, now = _value(before, name), _value(after, name)
        if was != now and name in fields():
            found.append(difference(fields()[name], was, now))
    return tuple(found)


def difference(field: Field, before: Value | None, after: Value | None) -> FigureDifference:
    """The difference of one field; figures are subtracted, everything else stands side by side."""
    unit = UNITS.get(field.kind)
    both = unit is not None and before is not None and after is not None
    return FigureDifference(field, before, after, after - before if both else None, unit)  # type: ignore[operator]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word.

    >>> [(each.kind, each.words) for each in pieces("vóór 1 mei", "vóór 1 juni")]
    [('same', 'vóór 1 '), ('removed', 'mei'), ('added', 'juni')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    return tuple(_pieces(old, new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Runs of words; a mere space between two changes belongs to both, so that one can read it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    went, came = "", ""
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        was, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind != "equal" or not was.strip():
            went, came = went + was, came + now
            continue
        yield from _run(went, came)
        yield Piece("same", was)
        went, came = "", ""
    yield from _run(went, came)


def _run(went: str, came: str) -> Iterator[Piece]:
    if went == came:
        yield from [Piece("same", went)] if went else []
        return
    if went:
        yield Piece("removed", went)
    if came:
        yield Piece("added", came)


def _clause(old: Article | None, new: Article | None, *, moved: bool) -> ClauseDifference:
    shown = new or old
    assert shown is not None  # noqa: S101  (the key came from one of the two)
    told = tuple(
        pieces(was, now)
        for was, now in _pairs(old.paragraphs if old else (), new.paragraphs if new else ())
    )
    if old and new:
        same = old.heading == new.heading and old.paragraphs == new.paragraphs
        kind: Literal["same", "added", "removed", "changed"] = "same" if same else "changed"
    else:
        kind = "added" if new else "removed"
    return ClauseDifference(
        shown.clause,
        shown.heading,
        kind,
        moved,
        old.number if old else None,
        new.number if new else None,
        told,
    )


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Paragraphs side by side: alike ones together, so that an added one moves none of the rest."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[tuple[str, str]] = []
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        was, now = list(old[old_from:old_to]), list(new[new_from:new_to])
        length = max(len(was), len(now))
        was += [""] * (length - len(was))
        now += [""] * (length - len(now))
        found.extend(zip(was, now, strict=True))
    return found


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    order = list(new)
    for place, key in enumerate(old):
        if key not in order:
            after = next((each for each in reversed(old[:place]) if each in order), None)
            order.insert(order.index(after) + 1 if after else 0, key)
    return order


def _value(draft: Draft, name: str) -> Value | None:
    given = draft.values.get(name)
    return given.value if given and name in draft.fields else None
