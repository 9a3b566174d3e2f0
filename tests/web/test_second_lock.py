# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second lock: PostgreSQL itself keeps rows of other dossiers from a request."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg import errors
from tests.web.walk.filled import Things, fill
from tests.web.world import World

from maatwerkbank import web
from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.people import second_lock
from maatwerkbank.web.people.access import dossiers_of, frozen_sets_of
from maatwerkbank.web.people.rights import OFFICE_RIGHTS, Deed
from maatwerkbank.web.people.second_lock import (
    OVER_ALL,
    NotLocked,
    guarded_models,
    lifted,
    step_down,
)

WEB = Path(web.__file__).parent


@contextmanager
def as_request_of(person) -> Iterator[None]:
    """What a view of `person` can reach."""
    step_down(person.pk if person else None)
    try:
        yield
    finally:
        second_lock._step_up()


@pytest.fixture
def things(world: World) -> tuple[Things, Things]:
    """One of everything in both dossiers."""
    return fill(world)


# ── what it lets through ──────────────────────────────────────────────────────────────────────


def test_it_lets_through_every_dossier_that_the_guard_would_show(world: World, things):
    for person in world.everybody().values():
        shown = set(dossiers_of(person)) | {each.dossier for each in frozen_sets_of(person)}
        with as_request_of(person):
            reached = set(type(world.zout).objects.all())

        assert shown <= reached, person


def test_it_looks_over_all_for_the_same_offices_as_the_guard():
    assert set(OVER_ALL) == {office for office, deeds in OFFICE_RIGHTS.items() if Deed.SEE in deeds}


def test_it_lets_an_adviser_reach_a_set_that_was_put_before_him(world: World, things):
    world.zout.memberships.filter(person=world.adviser).delete()

    with as_request_of(world.adviser):
        assert type(things[0].frozen_set).objects.get() == things[0].frozen_set


def test_it_writes_history_behind_the_lock(world: World, things):
    with as_request_of(world.lead):
        things[0].project.name = "Elektrische stoomketel"
        things[0].project.save()

        assert things[0].project.events.count() == 2


# ── what it keeps back ────────────────────────────────────────────────────────────────────────


def test_it_guards_every_table_of_a_dossier(db: None):
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where policyname = 'second_lock'")
        guarded = {table for (table,) in cursor.fetchall()}
        cursor.execute("select relname from pg_class where relrowsecurity")
        enabled = {table for (table,) in cursor.fetchall()}

    assert guarded == enabled == {model._meta.db_table for model in guarded_models()}
    assert {"dossiers_dossier", "documents_documentversion", "runs_run"} <= guarded
    assert {"dossiers_dossierevent", "documents_frozenversion", "runs_runevent"} <= guarded


@pytest.mark.parametrize("who", ["outsider", "observer", "administrator", None])
def test_it_shows_a_stranger_no_row_of_any_table(world: World, things, who: str | None):
    with as_request_of(world.everybody()[who] if who else None):
        reached = {
            model._meta.label: count
            for model in guarded_models()
            if (count := model._base_manager.count())
        }

    assert reached == {}


def test_it_shows_the_team_of_one_dossier_nothing_of_the_other(world: World, things):
    guarded = set(guarded_models())  # what is of no dossier, as a letter is, has no second lock
    names = [
        name
        for name in Things.__dataclass_fields__
        if name != "draft" and type(getattr(things[0], name)) in guarded
    ]
    assert {"dossier", "promise", "statement", "part"} <= set(names)

    with as_request_of(world.lead):
        reached = {
            name: set(type(getattr(things[0], name))._base_manager.values_list("pk", flat=True))
            for name in names
        }

    assert {name for name in names if getattr(things[0], name).pk not in reached[name]} == set()
    assert {name for name in names if getattr(things[1], name).pk in reached[name]} == set()


def test_it_keeps_back_what_is_classified_too_high(world: World, things):
    world.zout.level = Level.GEHEIM.value
    world.zout.save()

    for person in (world.lead, world.programme):
        with as_request_of(person):
            assert world.zout not in type(world.zout).objects.all()


def test_it_forgets_a_membership_that_has_ended(world: World, things):
    yesterday = timezone.localdate() - timedelta(days=1)
    world.zout.memberships.filter(person=world.member).update(since=yesterday, until=yesterday)

    with as_request_of(world.member):
        assert not type(world.zout).objects.exists()


def test_it_lets_nobody_write_into_another_dossier(world: World, things):
    with as_request_of(world.lead):
        assert type(world.staal).objects.filter(pk=world.staal.pk).update(stage="jloi") == 0


@pytest.mark.django_db(transaction=True)
def test_it_lets_nobody_add_to_another_dossier(world: World):
    with pytest.raises(Exception, match="row-level security"), as_request_of(world.lead):
        world.staal.projects.create(name="Achterdeur")


# ── a page that forgot to ask the guard ───────────────────────────────────────────────────────


def test_it_holds_where_a_page_forgets_the_guard(world: World, things, monkeypatch):
    """The view is made to ask for any dossier by its code, without the guard."""
    from django.shortcuts import get_object_or_404

    from maatwerkbank.web.dossiers.models import Dossier
    from maatwerkbank.web.people import access

    def forgets(_person, code, _deed=None):
        return get_object_or_404(Dossier, code=code)

    monkeypatch.setattr(access, "dossier_for", forgets)

    answer = world.browser(world.lead).get(f"/dossiers/{world.staal.code}/")

    assert answer.status_code == 404


# ── when it cannot be set ─────────────────────────────────────────────────────────────────────


def test_it_refuses_somebody_who_is_not_there(world: World):
    with pytest.raises(NotLocked):
        step_down(-1)
    second_lock._step_up()


def test_it_refuses_somebody_whose_account_is_closed(world: World):
    world.lead.is_active = False
    world.lead.save()

    with pytest.raises(NotLocked):
        step_down(world.lead.pk)
    second_lock._step_up()


@pytest.mark.django_db(transaction=True)
def test_it_fails_a_request_for_which_it_cannot_be_set(world: World, monkeypatch):
    monkeypatch.setattr(second_lock, "ROLE", "a_role_that_nobody_made")
    browser = world.browser(world.lead)
    browser.raise_request_exception = False

    answer = browser.get(f"/dossiers/{world.zout.code}/")

    assert answer.status_code == 500
    assert "Zoutfabriek" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_leaves_the_connection_as_it_was_after_a_request_that_fails(world: World, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise errors.InternalError

    monkeypatch.setattr("maatwerkbank.web.people.views.UserSession.objects.purge_and_list", fails)
    browser = world.browser(world.lead)
    browser.raise_request_exception = False

    answer = browser.get("/mijn-account/")

    assert answer.status_code == 500
    assert role_now() == "none"
    assert type(world.zout).objects.count() == 2


def test_it_leaves_the_connection_as_it_was_after_a_request(world: World):
    world.browser(world.lead).get("/mijn-account/")
    Client().get("/inloggen/")

    assert role_now() == "none"


def role_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        return cursor.fetchone()[0]


# ── lifted for a moment ───────────────────────────────────────────────────────────────────────


def test_it_is_lifted_for_a_moment_only(world: World, things):
    with as_request_of(world.lead):
        with lifted():
            over_all = type(world.zout).objects.count()
        after = type(world.zout).objects.count()

    assert (over_all, after) == (2, 1)


def test_it_is_down_again_after_an_error_inside(world: World, things):
    with as_request_of(world.lead):
        with pytest.raises(RuntimeError), lifted():
            raise RuntimeError
        after = type(world.zout).objects.count()

    assert after == 1


def test_it_is_lifted_in_these_places_and_no_others():
    places = {
        path.relative_to(WEB).as_posix(): len(found)
        for path in sorted(WEB.rglob("*.py"))
        if (found := re.findall(r"with lifted\(\)", path.read_text("utf-8")))
        and path.name != "second_lock.py"
    }

    assert places == {
        "documents/content.py": 1,
        "dossiers/chain.py": 1,
        "dossiers/decisions.py": 1,
        "execution/stored.py": 1,
        "overview/search.py": 1,
        "people/demonstration.py": 1,
        "releases/stored_publication.py": 2,
        "woo/published.py": 2,
    }
