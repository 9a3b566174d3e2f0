# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed in a row of the register, when and why, as the database itself keeps it.

Takes     a row, and whether names of officials may be told.
Gives     its changes, the last first, each field before and after.
Leaves    the words for fields to the forms, which have them already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maatwerkbank.web.parliament.models import RegisterRow
from maatwerkbank.web.people.models import Person

SILENT = ("id", "code", "key", "known_from")


@dataclass(frozen=True)
class FieldChanged:
    """A field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One change. `who` is empty where the reader may not know, or no person is on record."""

    is_first: bool
    at: datetime
    who: str
    why: str
    fields: tuple[FieldChanged, ...]


def changes_of(
    row: RegisterRow, labels: Mapping[str, str], *, names: bool
) -> tuple[RowChange, ...]:
    """Every change of the row, the last first: two queries, however long the history."""
    model: Any = type(row)
    events = list(model.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"))
    people = _people(events) if names else {}
    found = []
    for before, event in zip([None, *events], events, strict=False):
        context = event.pgh_context or {}
        found.append(
            RowChange(
                is_first=before is None,
                at=event.pgh_created_at,
                who=people.get(context.get("user"), ""),
                why=context.get("reason", ""),
                fields=tuple(_differences(before, event, labels)) if before else (),
            )
        )
    return tuple(reversed(found))


def _people(events: list[Any]) -> dict[Any, str]:
    ids = {(each.pgh_context or {}).get("user") for each in events}
    found = Person.objects.filter(pk__in=[each for each in ids if each])
    return {person.pk: person.name for person in found}


def _differences(before: Any, event: Any, labels: Mapping[str, str]) -> list[FieldChanged]:
    found = []
    for field in event._meta.concrete_fields:  # noqa: SLF001  (public by Django's documentation)
        name = field.name
        if name.startswith("pgh_") or name in SILENT:
            continue
        old, new = getattr(before, field.attname), getattr(event, field.attname)
        if old != new:
            found.append(
                FieldChanged(labels.get(name, name.replace("_", " ")), _told(old), _told(new))
            )
    return found


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)
