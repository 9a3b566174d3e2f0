# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second lock: a request reaches no row of a dossier of which the person may not know.

`access.py` is the guard: it asks for the right rows and says why not. This lock holds where a page
forgot to ask it. PostgreSQL itself keeps rows of other dossiers from a request (row-level
security).

Takes     the person of a request.
Gives     a connection that has stepped down, for as long as the view runs, to a role that owns
          nothing and for which each guarded table holds rows of this person's dossiers only. Where
          it cannot step down the request fails.
Leaves    roles, subjects and deeds to `access.py`: this lock is coarser, a dossier or nothing of
          it. It is no lock against somebody who can send SQL: that person steps up again.

Jobs, commands and migrations never step down. What must look over all dossiers within a request
says so: `with lifted():`. A test lists where.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import DatabaseError, connection, connections, models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from psycopg import Error as PsycopgError

if TYPE_CHECKING:
    from django.db.models.options import Options

ROLE = "maatwerkbank_request"
POLICY = "second_lock"
GUARDED_APPS = (
    "dossiers",
    "documents",
    "runs",
    "promises",
    "advice",
    "agreements",
    "execution",
    "overview",
    "releases",
    "woo",
)
# Offices that look over all dossiers, as in `rights.OFFICE_RIGHTS`.
OVER_ALL = ("programme", "minister_office", "auditor")

# Whom one may know of is kept as a short list: the dossiers at hand; or, for who looks over all of
# them, those that are classified too high. One question per request.
STEP_DOWN = """
with me as materialized (select * from people_person where id = %(person)s and is_active),
     held as (
        select m.dossier_id as id from dossiers_membership m, me
        where m.person_id = me.id
              and m.since <= %(today)s and (m.until is null or m.until >= %(today)s)
        union
        select d.id from dossiers_dossier d, me where d.level = 0 and me.office = 'observer'
     ),
     listed as (
        select d.id from dossiers_dossier d, me
        where me.office = any(%(over_all)s) and d.level > me.clearance
        union
        select d.id from dossiers_dossier d join held using (id), me
        where not me.office = any(%(over_all)s) and d.level <= me.clearance
        union  -- a set that was put before somebody has a level of its own
        select f.dossier_id from documents_frozensetreader r, documents_frozenset f, me
        where f.id = r.frozen_set_id and r.person_id = me.id
              and not me.office = any(%(over_all)s)
              and (r.until is null or r.until >= %(today)s)
     )
select set_config('maatwerkbank.over_all', (me.office = any(%(over_all)s))::text, false),
       set_config('maatwerkbank.dossiers', array(select id from listed)::text, false),
       set_config('role', %(role)s, false)
from me
"""
STEP_DOWN_TO_NOBODY = """
select set_config('maatwerkbank.over_all', 'false', false),
       set_config('maatwerkbank.dossiers', '{}', false),
       set_config('role', %(role)s, false)
"""
STEP_UP = "select set_config('role', 'none', false)"
STEP_DOWN_AGAIN = "select set_config('role', %(role)s, false)"

# Whether the connection of this thread has stepped down.
_down: ContextVar[bool] = ContextVar("second lock", default=False)


class NotLocked(DatabaseError):
    """The lock could not be set: nothing is shown."""


class SecondLock:
    """Steps down before a view, and up again after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; the connection has stepped up again when it is given."""
        try:
            return self.get_response(request)
        finally:
            if _down.get():
                _step_up()

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Step down to whoever asks.  Raises NotLocked where that cannot be."""
        step_down(request.user.pk if request.user.is_authenticated else None)


def step_down(person: int | None) -> None:
    """From here on this connection sees rows of the dossiers of `person` only; of nobody, none.

    Raises
    ------
    NotLocked   the role, the right to take it, or the person is not there
    """
    _down.set(True)
    try:
        row = _ask(
            STEP_DOWN if person else STEP_DOWN_TO_NOBODY,
            {"person": person, "over_all": list(OVER_ALL), "today": timezone.localdate()},
        )
    except PsycopgError as error:
        raise NotLocked("the second lock cannot be set") from error
    if row is None or row[-1] != ROLE:
        raise NotLocked("the second lock is set for an active person only")


@contextmanager
def lifted() -> Iterator[None]:
    """Look over all dossiers for a moment. What is found is shown when `access.py` says so."""
    if not _down.get():
        yield
        return
    _ask(STEP_UP)
    _down.set(False)
    try:
        yield
    finally:
        _down.set(True)
        try:
            _ask(STEP_DOWN_AGAIN)
        except PsycopgError:
            # The transaction has failed. It is rolled back, and the stepping up with it.
            connection.needs_rollback = True


def _step_up() -> None:
    _down.set(False)
    try:
        _ask(STEP_UP)
    except PsycopgError:
        connection.close()


def _ask(sql: str, given: dict[str, Any] | None = None) -> tuple[Any, ...] | None:
    """Beside Django's cursor: these questions are not the page's."""
    connection.ensure_connection()
    answer = connection.connection.execute(sql, {"role": ROLE, **(given or {})})
    row: tuple[Any, ...] | None = answer.fetchone()
    return row


# ── installation ──────────────────────────────────────────────────────────────────────────────

MAKE_ROLE = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{ROLE}') then
    create role {ROLE} nologin noinherit nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;  -- another did it just now
end $$;
do $$ begin
  if not pg_has_role(current_user, '{ROLE}', 'member') then
    grant {ROLE} to current_user;
  end if;
end $$;
grant usage on schema public to {ROLE};
grant select, insert, update, delete on all tables in schema public to {ROLE};
grant usage, select on all sequences in schema public to {ROLE};
"""
AMONG = (
    "(select current_setting('maatwerkbank.over_all', true)::boolean) <> "
    "({column} = any ((select current_setting('maatwerkbank.dossiers', true)::bigint[])::bigint[]))"
)


def install(using: str) -> None:
    """Make the role and the policies as the models want them. May be done again."""
    with connections[using].cursor() as cursor:
        cursor.execute(MAKE_ROLE)
        for model in guarded_models():
            table = _about(model).db_table
            cursor.execute(f'alter table "{table}" enable row level security')
            cursor.execute(f'drop policy if exists {POLICY} on "{table}"')
            cursor.execute(
                f'create policy {POLICY} on "{table}" to {ROLE} using ({_within_reach(model)})'
            )


def guarded_models() -> list[type[models.Model]]:
    """Every model with rows of a dossier, and the events of it."""
    return [
        model
        for app in GUARDED_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if _within_reach(model)
    ]


def _about(model: type[models.Model]) -> "Options[models.Model]":
    return model._meta  # noqa: SLF001  (how Django tells of a model)


def _within_reach(model: type[models.Model]) -> str:
    """When a row is within reach, in SQL; empty for a model that belongs to no dossier."""
    if _about(getattr(model, "pgh_tracked_model", model)).label == "dossiers.Dossier":
        return AMONG.format(column="id")
    parents = {
        field.name: field
        for field in _about(model).get_fields()
        if isinstance(field, models.ForeignKey) and not field.name.startswith("pgh_")
    }
    if "dossier" in parents:
        return AMONG.format(column=parents["dossier"].column)
    for field in parents.values():
        parent = apps.get_model(_about(field.related_model).label)
        is_ours = _about(parent).app_label in GUARDED_APPS and parent is not model
        if is_ours and _within_reach(parent):
            return (
                f'exists (select from "{_about(parent).db_table}" parent '
                f'where parent.id = "{_about(model).db_table}"."{field.column}")'
            )
    return ""
