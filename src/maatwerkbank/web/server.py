# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is everything there that the web application needs, and then: serve it.

Takes     the settings from the environment, a host and a port.
Gives     a running server (gunicorn, one process per worker, threads in each), or what is missing.
Leaves    TLS to the proxy in front of it, long work to `maatwerkbank worker`.
"""

import errno
import os
from collections.abc import Callable
from multiprocessing.connection import Listener
from typing import Any

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.web.database import DATABASE_URL, start_database

SECRET_KEY = "MAATWERKBANK_SECRET_KEY"  # noqa: S105  (the name of a setting, not a secret)
THREADS = 4
MIGRATE = "python -m maatwerkbank.web.manage migrate"


class NoSecretKey(MaatwerkError):
    """Cookies cannot be signed."""

    code = "serve.no-secret-key"

    def __init__(self) -> None:
        super().__init__(
            f"{SECRET_KEY} is not set; without it nobody can stay signed in.",
            remedy=f"set {SECRET_KEY} to 50 random characters, or {SECRET_KEY}_FILE to a file "
            "that holds them; make them with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )


class TablesMissing(MaatwerkError):
    """The database is not the one that this version works on."""

    code = "serve.tables-missing"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            f"the database lacks {len(missing)} migrations, from {missing[0]} on.",
            remedy=f"back up the database, then run: {MIGRATE}",
        )


class DatabaseUnreachable(MaatwerkError):
    """The server that is named does not answer, or does not let us in."""

    code = "database.unreachable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the database that {DATABASE_URL} names cannot be reached ({reason}).",
            remedy=f"start that server, or correct {DATABASE_URL}",
        )


class PortTaken(MaatwerkError):
    """Another program listens there."""

    code = "serve.port-taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"another program listens on {host}:{port}.",
            remedy=f"end that program, or name another port: --port {port + 1}",
        )


def start_django() -> None:
    """Start the database where needed, and load the applications on it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maatwerkbank.web.settings")
    start_database()
    import django  # noqa: PLC0415  # reads the settings, so only now

    django.setup()


def check_port(host: str, port: int) -> None:
    """Whether nobody listens there yet.  Raises PortTaken."""
    try:
        Listener((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise


def check_secret_key() -> None:
    """Raises NoSecretKey."""
    if not (os.environ.get(SECRET_KEY) or os.environ.get(f"{SECRET_KEY}_FILE")):
        raise NoSecretKey


def check_tables() -> None:
    """Whether every migration was applied.  Raises TablesMissing or DatabaseUnreachable."""
    from django.db import OperationalError, connections  # noqa: PLC0415  # after start_django
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connections["default"])
    except OperationalError as error:
        raise DatabaseUnreachable(str(error).strip().splitlines()[0]) from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connections.close_all()  # the processes that are forked from here open their own
    if plan:
        raise TablesMissing([f"{migration.app_label}.{migration.name}" for migration, _ in plan])


def server_settings(
    host: str, port: int, workers: int, ready: Callable[[], None]
) -> dict[str, Any]:
    """How gunicorn is set; the benchmark sets another application so, to know what is its own."""
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "loglevel": "warning",
        "control_socket_disable": True,
        "proc_name": "maatwerkbank",
        "when_ready": lambda _: ready(),
    }


def serve(host: str, port: int, *, workers: int, ready: Callable[[], None]) -> None:
    """Serve until a signal ends it; `ready` is called once, when requests are answered.

    Raises
    ------
    NoSecretKey     cookies cannot be signed
    PortTaken       another program listens there
    TablesMissing   a migration was not applied
    """
    check_secret_key()
    check_port(host, port)
    start_django()
    check_tables()
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415  # only where it is served

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        """Our application in gunicorn."""

        def load_config(self) -> None:
            """What we set; the rest is as gunicorn has it."""
            for name, value in server_settings(host, port, workers, ready).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application with all its pages, so that none of them waits or fails later."""
            from django.urls import get_resolver  # noqa: PLC0415  # after the checks

            from maatwerkbank.web.wsgi import application  # noqa: PLC0415

            get_resolver().url_patterns  # noqa: B018  # asking for them imports them
            return application

    Server().run()
