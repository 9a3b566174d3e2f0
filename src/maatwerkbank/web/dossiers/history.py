# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who changed what in a dossier, when and why; from what to what.

Takes     a person and a reason, around a change; or a dossier and who reads.
Gives     the changes as triggers of the database wrote them down, so that none escapes: not one of
          many rows at once, not one by hand.
Leaves    the kinds to `history_kinds.py`, the words to `views/history.py`. What somebody may not
          read of a dossier, is not in its history either (`people/access.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pghistory
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Value

from maatwerkbank.web.dossiers.history_kinds import (
    KINDS,
    SILENT,
    SPEAKING,
    Kind,
    last_of_its_row,
)
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person


@contextmanager
def changed_by(person: Person, because: str = "") -> Iterator[None]:
    """Everything that is changed inside carries this person and this reason in the history."""
    with pghistory.context(user=person.pk, reason=because):
        yield


@dataclass(frozen=True)
class Difference:
    """A field of a row before and after; None where there was no row, or no value."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One row that was made, changed or removed. `who` is None where no person is on record."""

    kind: str
    operation: str
    about: str
    at: datetime
    who: Person | None
    why: str
    differences: tuple[Difference, ...]
    row: Any


class Changes(Sequence[Change]):
    """The history of a dossier as one person may read it, the last first; fetched by the slice.

    The number of queries depends on the kinds in the slice, not on the length of the history.
    """

    def __init__(self, dossier: Dossier, person: Person, kind: str = "") -> None:
        self.kinds = kinds_of(dossier, person)
        chosen = {kind: self.kinds[kind]} if kind in self.kinds else self.kinds
        rows = [
            _events(each, dossier, person)
            .annotate(of_kind=Value(name))
            .order_by()
            .values_list("of_kind", "pgh_id", "pgh_created_at")
            for name, each in chosen.items()
        ]
        self._rows = rows[0].union(*rows[1:], all=True).order_by("-pgh_created_at", "-pgh_id")

    def __len__(self) -> int:
        """How many changes there are."""
        return self._length

    @cached_property
    def _length(self) -> int:
        return int(self._rows.count())

    def __getitem__(self, which: Any) -> Any:
        """A slice of changes, or one of them."""
        if not isinstance(which, slice):
            return self[which : which + 1][0]
        found = list(self._rows[which])
        by_kind: dict[str, list[int]] = {}
        for kind, event, _ in found:
            by_kind.setdefault(kind, []).append(event)
        events = {
            (kind, event.pgh_id): event
            for kind, ids in by_kind.items()
            for event in _with_the_one_before(KINDS[kind], ids)
        }
        before = {
            (kind, event.pgh_id): event
            for kind in by_kind
            for event in KINDS[kind].events.filter(
                pgh_id__in=[
                    each.before for (of, _), each in events.items() if of == kind and each.before
                ]
            )
        }
        people = _people(events.values())
        return [
            _change(
                kind, events[kind, event], before.get((kind, events[kind, event].before)), people
            )
            for kind, event, _ in found
        ]


def kinds_of(dossier: Dossier, person: Person) -> Mapping[str, Kind]:
    """The kinds of rows of which a person may read the history."""
    deeds = access.deeds_in(person, dossier)
    return {name: kind for name, kind in KINDS.items() if kind.deed is None or kind.deed in deeds}


def _events(kind: Kind, dossier: Dossier, person: Person) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.events.filter(kind.of(dossier))
    if kind.at_once:
        rows = rows.filter(last_of_its_row(kind))
    return rows.filter(kind.readable(person, dossier)) if kind.readable else rows


def _with_the_one_before(kind: Kind, ids: Sequence[int]) -> QuerySet[Any]:
    """The events, each with the number of the one before of the same row."""
    earlier = kind.events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    last = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    rows: QuerySet[Any] = kind.events.filter(pgh_id__in=ids)
    rows = rows.annotate(before=Value(None, IntegerField()) if kind.at_once else last)
    related = kind.about.rpartition("__")[0]
    return rows.prefetch_related(related) if related else rows


def _people(events: Any) -> dict[int, Person]:
    contexts = [each.pgh_context or {} for each in events]
    ids: set[int] = {each["user"] for each in contexts if each.get("user")}
    return {each.pk: each for each in Person.objects.filter(pk__in=ids)}


def _change(kind: str, event: Any, before: Any, people: Mapping[int, Person]) -> Change:
    context = event.pgh_context or {}
    return Change(
        kind=kind,
        operation=event.pgh_label,
        about=_about(event, KINDS[kind].about),
        at=event.pgh_created_at,
        who=people.get(context.get("user", 0)),
        why=context.get("reason", ""),
        differences=_differences(kind, event, before),
        row=event,
    )


def _about(event: Any, path: str) -> str:
    """What the event is about; for two languages both, the page chooses."""
    thing = event
    for step in path.split("__") if path else ():
        try:
            if step == "label":
                return f"{thing.label_nl}|{thing.label_en}"
            thing = getattr(thing, step, None) if step != "name" else _name(thing)
        except ObjectDoesNotExist:  # it was taken out since
            return ""
        if thing is None:
            return ""
    return "" if thing is event else str(thing)


def _name(thing: Any) -> Any:
    return getattr(thing, "name", None) or f"{thing.name_nl}|{thing.name_en}"


def _differences(kind: str, event: Any, before: Any) -> tuple[Difference, ...]:
    removed = event.pgh_label == "delete"
    found = []
    for field in event._meta.concrete_fields:  # noqa: SLF001  # public by Django's documentation
        name = field.name
        silent = name in SILENT and (kind, name) not in SPEAKING
        if name.startswith("pgh_") or silent:
            continue
        old = getattr(before, field.attname) if before else None
        new = None if removed else getattr(event, field.attname)
        if name == "clauses":
            old, new = _apart(old, new)
        if old != new and (before or new not in (None, "", [], {})):
            found.append(Difference(name, old, new))
    return tuple(found)


def _apart(old: Any, new: Any) -> tuple[list[Any], list[Any]]:
    """The clauses of a text that are on one side only: the rest did not change."""
    before, after = old or [], new or []
    return (
        [each for each in before if each not in after],
        [each for each in after if each not in before],
    )
