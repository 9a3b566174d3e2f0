# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real PostgreSQL for the tests of the web, and the people and firms that they share.

All processes of one test run share one server. It is the embedded one, or the one that
MAATWERKBANK_TEST_DATABASE_URL names.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_django
from django.conf import settings
from django.db import connection, connections
from tests.web.world import World, make_world

from maatwerkbank.web.database import embedded_server
from maatwerkbank.web.public.publications import KEPT
from maatwerkbank.web.settings import database_settings

# Playwright runs a loop in the thread of the tests; Django refuses its database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def database_url(testrun_uid: str) -> str:
    """The address of the server on which the tests make their databases.

    Its folder lies beside those of pytest, not in one: started by root, each run of pytest shuts
    `pytest-of-root` to all others, and a server that runs there under its own name falls over.
    """
    named = os.environ.get("MAATWERKBANK_TEST_DATABASE_URL")
    if named:
        return named
    folder = Path(tempfile.gettempdir()) / f"maatwerkbank-tests-{testrun_uid}"
    atexit.register(_remove_once_stopped, folder)  # before the server's own: runs after it
    address = embedded_server(folder / "postgresql")
    with psycopg.connect(address, autocommit=True) as server:  # nothing in it outlives the run
        for safety in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"alter system set {safety} = off")
        server.execute("select pg_reload_conf()")
    return address


def _remove_once_stopped(folder: Path) -> None:
    """Remove the folder of a server that the last process stopped; one that fell over stays."""
    if not (folder / "postgresql" / "postmaster.pid").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_url: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Every connection goes to that server."""
    suffix = settings.DATABASES["default"].get("TEST", {})
    connections["default"].settings_dict.update(database_settings(database_url))
    connections["default"].settings_dict.update({"ATOMIC_REQUESTS": True})
    connections["default"].settings_dict.setdefault("TEST", suffix)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The test database; whoever still looks at it at the end, as a browser may, is sent away."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def files_of_the_test(tmp_path: Path, settings) -> None:
    """Handed-in files of a test lie in its own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            **settings.STORAGES["default"],
            "OPTIONS": {"location": tmp_path / "documents", "base_url": None},
        },
    }


@pytest.fixture(autouse=True)
def public_pages_are_made_anew(request: pytest.FixtureRequest) -> None:
    """What another test made of its own database tells nothing of this one."""
    if "told" not in request.fixturenames:
        KEPT.forget()


@pytest.fixture
def world(db: None) -> World:
    """The people and firms that all tests of the web share."""
    return make_world()
