# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who changed what in a dossier, when and why; from what to what.

Takes     a person and a reason, around a change; or a dossier and who reads.
Gives     the changes as triggers of the database wrote them down, so that none escapes: not one of
          many rows at once, not one by hand.
Leaves    the words of the page to `views/history.py`. What somebody may not read of a dossier, is
          not in its history either (`people/access.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pghistory
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Value

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import criteria
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    FrozenSet,
    FrozenSetReader,
    Passage,
    Signatory,
)
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Attestation,
    Decision,
    Dossier,
    Forecast,
    Membership,
    Milestone,
    Override,
    Project,
    Remark,
    StageReached,
)
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run

Readable = Callable[[Person, Dossier], Q]


@contextmanager
def changed_by(person: Person, because: str = "") -> Iterator[None]:
    """Everything that is changed inside carries this person and this reason in the history."""
    with pghistory.context(user=person.pk, reason=because):
        yield


@dataclass(frozen=True)
class Kind:
    """A kind of row with a history: how it hangs on its dossier, and which ones may be read.

    `about` leads from an event to what it is about: fields of it, joined by `__`.
    """

    model: type[Model]
    path: str = "dossier"
    about: str = ""
    readable: Readable | None = None

    @property
    def events(self) -> Any:
        """The rows that the triggers wrote."""
        return self.model.pgh_event_model.objects  # type: ignore[attr-defined]


def _document(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.documents_of(person, dossier)})


def _version(person: Person, dossier: Dossier) -> Q:
    """A draft is of the organisation that makes it; so is its history."""
    handed_in = ~Q(state="draft") | Q(handed_in_by__organisation=person.organisation_id)
    return Q(document__in=access.documents_of(person, dossier)) & handed_in


def _in_version(person: Person, dossier: Dossier) -> Q:
    return Q(version__in=access.versions_of(person, dossier))


def _stated(person: Person, dossier: Dossier) -> Q:
    topics = {topic for role in access.roles_in(person, dossier) for topic in ROLES[role].topics}
    return Q(criterion__in=[each.id for each in criteria().values() if each.topic in topics])


def _run(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.runs_of(person, dossier)})


def _case(person: Person, dossier: Dossier) -> Q:
    return Q(pgh_obj__in=access.case_versions_of(person, dossier))


def _set(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.frozen_sets_of(person, dossier)})


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "dossier": Kind(Dossier, "pgh_obj"),
        "stage": Kind(StageReached, about="stage"),
        "decision": Kind(Decision, about="kind"),
        "statement": Kind(Attestation, about="criterion", readable=_stated),
        "override": Kind(Override, about="criterion"),
        "membership": Kind(Membership, about="person__name"),
        "ambition": Kind(Ambition, about="version"),
        "project": Kind(Project, about="name"),
        "milestone": Kind(Milestone, about="name"),
        "forecast": Kind(Forecast, "milestone__dossier", "milestone__name"),
        "remark": Kind(Remark),
        "document": Kind(Document, about="title", readable=_document("pgh_obj")),
        "version": Kind(DocumentVersion, "document__dossier", "document__title", _version),
        "signature": Kind(Signatory, "version__document__dossier", "organisation", _in_version),
        "passage": Kind(Passage, "version__document__dossier", "place", _in_version),
        "case": Kind(CaseVersion, about="number", readable=_case),
        "run": Kind(Run, about="receipt_number", readable=_run("pgh_obj")),
        "pin": Kind(PinnedRun, about="gate", readable=_run("run")),
        "set": Kind(FrozenSet, about="purpose", readable=_set("pgh_obj")),
        "reader": Kind(FrozenSetReader, "frozen_set__dossier", "person__name", _set("frozen_set")),
    }
)
"""Every kind of row that belongs to a dossier and may change."""

# Columns that say nothing to a reader: identities, hashes, and the way to the dossier itself.
SILENT = frozenset(
    {
        *("id", "code", "dossier", "document", "version", "milestone", "frozen_set", "decision"),
        *("hash", "previous_hash", "evidence_sha256", "sequence", "withdraws", "made_at"),
        *("run", "case_version", "company", "recorded_at", "asked_at", "at", "counts_from"),
    }
)
SPEAKING = frozenset({("ambition", "version")})  # named as a silent one, and says something


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
        chosen = {kind: KINDS[kind]} if kind in KINDS else KINDS
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


def _events(kind: Kind, dossier: Dossier, person: Person) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.events.filter(**{kind.path: dossier})
    return rows.filter(kind.readable(person, dossier)) if kind.readable else rows


def _with_the_one_before(kind: Kind, ids: Sequence[int]) -> QuerySet[Any]:
    """The events, each with the number of the one before of the same row."""
    earlier = kind.events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    last = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    rows: QuerySet[Any] = kind.events.filter(pgh_id__in=ids).annotate(before=last)
    related = kind.about.rpartition("__")[0]
    return rows.select_related(related) if related else rows


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
        thing = getattr(thing, step, None) if step != "name" else _name(thing)
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
        if old != new and (before or new not in (None, "", [], {})):
            found.append(Difference(name, old, new))
    return tuple(found)
