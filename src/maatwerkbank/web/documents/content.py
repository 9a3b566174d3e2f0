# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bytes of handed-in files: kept once, under the hash of their content, where no server serves.

Takes     open files, and hashes.
Gives     the hash and size of what was kept; the bytes again, checked.
Leaves    who may have them to `people/access.py`.

A file is written beside its place and then moved there, so that half a file is never found. Who
keeps or forgets content holds a lock on its hash, so that nobody forgets what another just kept.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import connection

from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.people.second_lock import lifted
from maatwerkbank.web.refusals import Conflict

PIECE = 2**20  # [bytes]
ONLY_US = 0o600
ONLY_US_FOLDER = 0o700


class Damaged(Conflict):
    """The bytes that lie here are not those that were handed in, or are gone."""

    code = "document.damaged"

    def __init__(self, sha256: str) -> None:
        super().__init__(
            Text(
                nl=f"Het bestand {sha256[:16]} is niet meer zoals het is ingediend, of is weg.",
                en=f"The file {sha256[:16]} is no longer as it was handed in, or is gone.",
            ),
            remedy=Text(
                nl="waarschuw de beheerder: het moet uit een reservekopie terugkomen",
                en="tell the administrator: it has to come back from a backup",
            ),
        )


@dataclass(frozen=True)
class Kept:
    """Where content lies (its hash), how large it is, and whether this call brought it."""

    sha256: str
    size: int
    new: bool


def place(sha256: str) -> Path:
    """Where content with that hash lies."""
    return Path(default_storage.path(f"{sha256[:2]}/{sha256}"))


def keep(file: IO[bytes]) -> Kept:
    """Keep the content. In a transaction: the lock on it ends with that."""
    sha256, size = measure(file)
    _lock(sha256)
    target = place(sha256)
    if target.exists():
        return Kept(sha256, size, new=False)
    target.parent.mkdir(parents=True, exist_ok=True, mode=ONLY_US_FOLDER)
    file.seek(0)
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as copy:
            while piece := file.read(PIECE):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        Path(beside).chmod(ONLY_US)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return Kept(sha256, size, new=True)


def forget(sha256: str) -> None:
    """Remove content that no version of a paper holds. In a transaction."""
    _lock(sha256)
    with lifted():  # a hidden dossier may hold the same content
        held = DocumentVersion.objects.filter(sha256=sha256).exists()
    if not held:
        place(sha256).unlink(missing_ok=True)


def opened(sha256: str) -> IO[bytes]:
    """The content, open for reading at its start, once its hash has been checked.

    Raises
    ------
    Damaged   it is gone, or has another hash
    """
    try:
        file = place(sha256).open("rb")
    except OSError as error:
        raise Damaged(sha256) from error
    if measure(file)[0] != sha256:
        file.close()
        raise Damaged(sha256)
    return file


def measure(file: IO[bytes]) -> tuple[str, int]:
    """Hash and size [bytes] of an open file, which then stands at its start again."""
    file.seek(0)
    total, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        total.update(piece)
        size += len(piece)
    file.seek(0)
    return total.hexdigest(), size


def _lock(sha256: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])
