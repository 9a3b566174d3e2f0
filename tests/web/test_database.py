# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the database has to hold up, on a PostgreSQL server of the machine too.

The other tests run on the embedded server. Here those about triggers, the chain, access, jobs and
search run once more, on the server binary of the machine where it has one (`apt install
postgresql`): another version, built by others.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
CENTRAL = (
    "tests/web/test_access.py",
    "tests/web/dossiers/test_chain.py",
    "tests/web/dossiers/test_history.py",
    "tests/web/dossiers/test_override.py",
    "tests/web/dossiers/test_together.py",
    "tests/web/overview/test_search.py",
)
pytestmark = pytest.mark.slow


def binaries() -> Path | None:
    """The folder with the newest server of the machine."""
    there = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: float(each.parts[-3])
    )
    named = shutil.which("initdb")
    return there[-1].parent if there else Path(named).resolve().parent if named else None


def owner() -> str | None:
    """Who runs the server: we ourselves, but never root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "pgserver") if name in known), "nobody")


@pytest.fixture(scope="module")
def machine_url() -> Iterator[str]:
    """The address of a server of the machine, on a socket in a folder of its own."""
    programs = binaries()
    if programs is None:
        pytest.skip("needs a PostgreSQL server of the machine: apt install postgresql")
    user, folder = owner(), Path(tempfile.mkdtemp(prefix="maatwerkbank-machine-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), "-D", str(folder / "data"), *arguments],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )

    run("initdb", "--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync")
    # Output goes to a file: a server that keeps our pipe open would never let us go on.
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_the_server_of_the_machine_is_not_the_embedded_one(machine_url, database_url):
    with psycopg.connect(machine_url) as theirs, psycopg.connect(database_url) as ours:
        folders = [each.execute("show data_directory").fetchone()[0] for each in (theirs, ours)]

    assert folders[0] != folders[1]


def test_what_is_central_holds_on_the_server_of_the_machine(machine_url, tmp_path):
    told = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"),
            *(f"--basetemp={tmp_path / 'inner'}", *CENTRAL),
        ],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if "PYTEST" not in name},
            "MAATWERKBANK_TEST_DATABASE_URL": machine_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout[-5_000:]
    assert " passed" in told.stdout
