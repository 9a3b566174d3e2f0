# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which roles does somebody hold today, and on which dossiers?

Takes     a person.
Gives     per dossier the roles that the person holds on it today, in one question. Within a request
          the answer is kept, until a membership is written.
Leaves    what a role may do to `rights.py`, and who may see what to `access.py`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from maatwerkbank.web.dossiers.models import Membership
from maatwerkbank.web.people.models import Person


class Held(NamedTuple):
    """The roles of somebody on one dossier, and the level of that dossier."""

    level: int
    roles: frozenset[str]


RolesHeld = Mapping[int, Held]
"""Per dossier (its pk)."""

# Per person (their pk) what was found in the request that is going on.
_found: ContextVar[dict[int, RolesHeld] | None] = ContextVar("roles held", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within, the roles of a person are asked once: every page asks them many times."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def roles_held(person: Person) -> RolesHeld:
    """The roles that `person` holds today, also on dossiers above the person's clearance."""
    kept = _found.get()
    if kept is None:
        return _ask(person)
    if person.pk not in kept:
        kept[person.pk] = _ask(person)
    return kept[person.pk]


def _ask(person: Person) -> RolesHeld:
    today = timezone.localdate()
    current = Membership.objects.filter(
        Q(until=None) | Q(until__gte=today), person=person.pk, since__lte=today
    )
    found: dict[int, Held] = {}
    for dossier, level, role in current.values_list("dossier_id", "dossier__level", "role"):
        before = found.get(dossier, Held(level, frozenset()))
        found[dossier] = Held(level, before.roles | {role})
    return found


@receiver([post_save, post_delete], sender=Membership)
def _forget(**_: Any) -> None:
    kept = _found.get()
    if kept is not None:
        kept.clear()
