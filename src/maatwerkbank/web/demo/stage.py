# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set the demo up in a folder of its own, run it, and end all of it together.

Takes     a folder and a port. A database that DATABASE_URL names is left alone.
Gives     a web server and a worker on an embedded database, until Ctrl-C or SIGTERM.
Leaves    what lies in the database to `load`.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.web.database import DATA_FOLDER, DATABASE_URL
from maatwerkbank.web.server import SECRET_KEY, check_port, start_django

HOST = "127.0.0.1"
PATIENCE = 30  # [s] that a process gets to end by itself; a worker finishes what it does


class DemoOutdated(MaatwerkError):
    """The tables in the folder are those of another version."""

    code = "demo.outdated"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"the demo in {folder} was made by another version of the program.",
            remedy="make it anew: maatwerkbank demo --fresh",
        )


class DemoEnded(MaatwerkError):
    """A part of the demo ended by itself."""

    code = "demo.ended"

    def __init__(self, name: str, code: int) -> None:
        super().__init__(
            f"the {name} of the demo ended by itself, with exit code {code}.",
            remedy="look at what it said above; start again with: maatwerkbank demo",
        )


def prepare(folder: Path, *, port: int, fresh: bool, tell: Callable[[str], None]) -> None:
    """Start the database of the demo, bring its tables up to date, and load it where it is empty.

    Raises
    ------
    PortTaken      another program listens there
    DemoOutdated   the tables in the folder are those of another version
    """
    check_port(HOST, port)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop(DATABASE_URL, None)
    os.environ[DATA_FOLDER] = str(folder)
    os.environ["MAATWERKBANK_DEMO"] = "yes"
    os.environ[SECRET_KEY] = _secret_key(folder / "secret_key")
    tell("starting the database")
    start_django()
    from maatwerkbank.web.demo.load import empty, is_loaded, load  # noqa: PLC0415  # needs Django

    if fresh:
        empty()
    tell("making the tables")
    _migrate(folder)
    if not is_loaded():
        tell("loading the public portfolio")
        load()


def run(port: int) -> None:
    """Run the web server and a worker until they are asked to end.  Raises DemoEnded."""
    program = [sys.executable, "-m", "maatwerkbank"]
    with _ended_together() as processes:
        for name, command in {
            "worker": ["worker"],
            "web server": ["serve", "--host", HOST, "--port", str(port)],
        }.items():
            processes[name] = subprocess.Popen([*program, *command])  # noqa: S603  # our own
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    raise DemoEnded(name, process.returncode)
            time.sleep(0.2)


@contextmanager
def _ended_together() -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Processes that all end when this one is asked to, or when one of them ends."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    before = signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        yield processes
    except KeyboardInterrupt:
        pass  # asked to end, by Ctrl-C or SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)
        for process in processes.values():
            if process.poll() is None:
                process.terminate()
        for process in processes.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _secret_key(file: Path) -> str:
    """The key with which this demo signs; made once, so that people stay signed in."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), "utf-8")
    return file.read_text("utf-8")


def _migrate(folder: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415  # needs Django
    from django.db import DatabaseError  # noqa: PLC0415
    from django.db.migrations.exceptions import (  # noqa: PLC0415
        InconsistentMigrationHistory,
        NodeNotFoundError,
    )

    try:
        call_command("migrate", verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory, NodeNotFoundError) as error:
        raise DemoOutdated(folder) from error
