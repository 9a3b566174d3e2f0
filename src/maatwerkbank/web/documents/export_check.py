# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is an export of a dossier whole, and just what its manifest says?

Takes     the path of a zip file that `export.py` wrote, perhaps years ago and elsewhere.
Gives     every finding: files that lack, are extra or differ, unsafe names, decisions whose hash
          does not fit their content.
Leaves    the database: it is not asked, and Django is not needed.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from maatwerkbank.dossier.decision_chain import entry_hash
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest

FORMAT = "maatwerkbank-dossier/1"
MANIFEST = "manifest.json"
DECISIONS = "besluiten/"
PIECE = 2**20  # [bytes]
LARGEST_JSON = 64 * 2**20  # [bytes]
OBTAIN_AGAIN = Text(
    nl="maak de export opnieuw, of haal een ongeschonden kopie",
    en="make the export anew, or fetch an unharmed copy",
)


def verify_export(path: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the export; nothing where it is whole."""
    try:
        with zipfile.ZipFile(path) as packed:
            return tuple(_of_the_zip(packed))
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        return (_finding("export.unreadable", path.name, _ZIP, str(error)),)


def safe_name(name: str) -> bool:
    """Whether a name in a zip stays inside the folder in which it is unpacked.

    >>> safe_name("stukken/a.pdf"), safe_name("../a.pdf"), safe_name("/etc/passwd")
    (True, False, False)
    """
    parts = PurePosixPath(name).parts
    return (
        bool(name)
        and "\\" not in name
        and ":" not in name
        and "\0" not in name
        and not name.startswith("/")
        and ".." not in parts
    )


_ZIP = Text(nl="een zip-bestand", en="a zip file")


def _of_the_zip(packed: zipfile.ZipFile) -> Iterator[Finding]:
    names = [entry.filename for entry in packed.infolist()]
    for name in dict.fromkeys(names):
        if not safe_name(name):
            yield _finding(
                "export.unsafe-name",
                name,
                Text(nl="een naam binnen de map", en="a name within the folder"),
                name,
            )
        if names.count(name) > 1:
            yield _finding(
                "export.twice",
                name,
                Text(nl="elke naam één keer", en="each name once"),
                str(names.count(name)),
            )
    listed = _listed(_json(packed, MANIFEST))
    if listed is None:
        told = Text(nl=f"een manifest volgens {FORMAT}", en=f"a manifest as {FORMAT} has it")
        yield _finding("export.manifest", MANIFEST, told, Text(nl="iets anders", en="another"))
    else:
        yield from _of_the_files(packed, listed, set(names) - {MANIFEST})


@dataclass(frozen=True)
class Listed:
    """A file as the manifest names it."""

    name: str
    sha256: str
    size: int


def _listed(manifest: Any) -> list[Listed] | None:
    """What the manifest names; None where it is no manifest of ours."""
    try:
        if manifest["format"] != FORMAT:
            return None
        return [
            Listed(str(each["name"]), str(each["sha256"]), int(each["size"]))
            for each in manifest["files"]
        ]
    except (TypeError, KeyError, ValueError, OverflowError):
        return None


def _of_the_files(
    packed: zipfile.ZipFile, files: list[Listed], there: set[str]
) -> Iterator[Finding]:
    named = {file.name for file in files}
    for name in sorted(there - named):
        yield _finding(
            "export.extra",
            name,
            Text(nl="alleen wat het manifest noemt", en="only what the manifest names"),
            Text(nl="een bestand dat het niet noemt", en="a file that it does not name"),
        )
    for file in files:
        if file.name not in there:
            nothing = Text(nl="niets", en="nothing")
            yield _finding(
                "export.lacking", file.name, Text(nl="een bestand", en="a file"), nothing
            )
            continue
        sha256, size = _measure(packed, file.name, limit=file.size)
        if (sha256, size) != (file.sha256, file.size):
            expected = f"{file.sha256[:16]} ({file.size} bytes)"
            yield _finding("export.altered", file.name, expected, f"{sha256[:16]} ({size} bytes)")
        elif file.name.startswith(DECISIONS):
            yield from _of_a_decision(file.name, _json(packed, file.name))


def _of_a_decision(name: str, decision: Any) -> Iterator[Finding]:
    try:
        told, made = str(decision["hash"]), entry_hash(decision["previous_hash"], decision["entry"])
        evidence, expected = decision["evidence"], str(decision["entry"]["evidence_sha256"])
    except (TypeError, KeyError, ValueError):
        told, made, evidence, expected = "-", "", {}, ""
    if made != told:
        yield _finding("export.decision", name, told[:16], made[:16])
    if expected and digest(evidence) != expected:
        yield _finding("export.evidence", name, expected[:16], digest(evidence)[:16])


def _measure(packed: zipfile.ZipFile, name: str, *, limit: int) -> tuple[str, int]:
    """Hash and size; stops just past `limit`, so that no entry can fill the memory or the day."""
    total, size = hashlib.sha256(), 0
    try:
        with packed.open(name) as file:
            while size <= limit and (piece := file.read(PIECE)):
                total.update(piece)
                size += len(piece)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return "", size
    return total.hexdigest(), size


def _json(packed: zipfile.ZipFile, name: str) -> Any:
    if name not in packed.namelist():
        return None
    try:
        with packed.open(name) as file:
            return json.loads(file.read(LARGEST_JSON))
    except (ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None


def _finding(code: str, place: str, expected: Text | str, found: Text | str) -> Finding:
    return Finding("error", code, place, expected, found, OBTAIN_AGAIN)
