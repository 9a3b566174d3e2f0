# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is this file really, and may it come in?

Takes     an open file, its name and the limit on its size.
Gives     its media type by content, and everything that is wrong with it, at once.
Leaves    viruses to `virus_scan.py`, keeping it to `content.py`. Looks into PDF by its bare bytes
          only: what a PDF hides in a packed stream is not seen here.

The kinds come from `file_kinds.py`: what is not in that table does not come in.
"""

import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.file_kinds import (
    BY_EXTENSION,
    EXTENSIONS,
    FILE_KINDS,
    REFUSED,
    ZIP,
    FileKind,
)

MOST_PARTS = 5_000  # in one zip file
MOST_TIMES_LARGER = 100  # unpacked against packed; office files stay below 20
ALWAYS_ROOM = 20 * 2**20  # [bytes] unpacked; below this a high ratio does no harm
LONGEST_NAME = 120

# Parts of an office file that hold macros or run something.
ACTIVE_PARTS = re.compile(
    r"(^|/)(vbaproject\.bin$|vbadata\.xml$|macrosheets/|activex/|basic/|scripts/)"
    r"|\.(exe|dll|com|scr|msi|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|jar|lnk|sh)$",
    re.IGNORECASE,
)
MACRO_TYPE = b"macroenabled"
ACTIVE_PDF = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")
ENCRYPTED_PDF = re.compile(rb"/Encrypt\b")
MARKUP = re.compile(
    r"<\s*(!doctype\s+html|html|svg|script|iframe|object|embed|body)\b", re.IGNORECASE
)
STATE_SECRET = re.compile(
    r"(?<![a-z])(stg|staatsgeheim)[\s._-]*(zeer[\s._-]*geheim|geheim|confidentieel)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Inspection:
    """What a file is by its content, and what is wrong with it."""

    media_type: str
    findings: tuple[Finding, ...]

    @property
    def fit(self) -> bool:
        """Whether it may come in."""
        return not has_errors(self.findings)


def cleaned_name(name: str) -> str:
    """A file name without folders, control characters or tricks with the direction of writing.

    >>> cleaned_name("../../etc/plan 2030.pdf")
    'plan 2030.pdf'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    kept = re.sub(r'[<>:"|?*]', "_", kept).strip(" .")
    stem, dot, extension = kept.rpartition(".")
    if dot and len(kept) > LONGEST_NAME:
        kept = f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"
    return kept[:LONGEST_NAME] or "zonder naam"


def extension_of(name: str) -> str:
    """The extension, in small letters, with its dot."""
    return PurePosixPath(cleaned_name(name)).suffix.lower()


def inspect(file: IO[bytes], name: str, *, size: int, limit: int) -> Inspection:
    """Look at the file from all sides and tell everything at once."""
    claimed = BY_EXTENSION.get(extension_of(name))
    findings = list(_of_the_name(name, claimed))
    if size == 0:
        findings.append(_empty(name))
    if size > limit:
        return Inspection("", (*findings, _too_large(name, size, limit)))
    kind = None
    if size:
        kind, of_the_content = _of_the_content(file, name, claimed)
        findings += of_the_content
    file.seek(0)
    return Inspection(kind.media_type if kind else "", tuple(findings))


def _of_the_name(name: str, claimed: FileKind | None) -> Iterator[Finding]:
    if claimed is None:
        yield _extension(name)
    if STATE_SECRET.search(name):
        yield state_secret_in(name, name)


def _of_the_content(
    file: IO[bytes], name: str, claimed: FileKind | None
) -> tuple[FileKind | None, list[Finding]]:
    file.seek(0)
    first = file.read(64)
    for starts, label in REFUSED.items():
        if first.startswith(starts):
            return None, [_refused(name, label)]
    if first.startswith(ZIP):
        kind, findings = _of_the_zip(file, name)
    elif first.startswith(b"PK"):
        return None, [_broken_zip(name)]
    else:
        kind = next(
            (each for each in FILE_KINDS.values() if each.starts and first.startswith(each.starts)),
            None,
        )
        findings = _of_the_bytes(file, name, kind) if kind else []
    if kind is None and not findings:
        kind, findings = _of_the_text(file, name, claimed)
    if kind and claimed and kind is not claimed:
        findings.append(_mismatch(name, claimed, kind))
    return kind, findings


# ── office files: zip ─────────────────────────────────────────────────────────────────────────


def _of_the_zip(file: IO[bytes], name: str) -> tuple[FileKind | None, list[Finding]]:
    findings: list[Finding] = []
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                return None, [_many_parts(name, len(parts))]
            unpacked = sum(part.file_size for part in parts)
            squeezed = sum(part.compress_size for part in parts) or 1
            if unpacked > ALWAYS_ROOM and unpacked > MOST_TIMES_LARGER * squeezed:
                return None, [_bomb(name, unpacked, squeezed)]
            findings += _of_the_parts(name, parts)
            if any(part.flag_bits & 0x1 for part in parts):
                return None, [*findings, _encrypted(name)]
            kind, told = _kind_of_zip(packed)
            if MACRO_TYPE in told.lower() and not any(
                finding.code == "file.active" for finding in findings
            ):
                findings.append(_active(name, "[Content_Types].xml"))
            if b"encryption-data" in _read(packed, "META-INF/manifest.xml"):
                findings.append(_encrypted(name))
            if b"attachedTemplate" in _read(packed, "word/_rels/settings.xml.rels"):
                findings.append(_active(name, "word/_rels/settings.xml.rels"))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        return None, [*findings, _broken_zip(name)]
    if kind is None and not any(finding.code == "file.active" for finding in findings):
        findings.append(
            _refused(name, Text(nl="een zip-bestand met iets anders", en="a zip of something else"))
        )
    return kind, findings


def _of_the_parts(name: str, parts: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    for part in parts:
        if ACTIVE_PARTS.search(part.filename):
            yield _active(name, part.filename)
        path = part.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
            yield _outside(name, part.filename)


def _kind_of_zip(packed: zipfile.ZipFile) -> tuple[FileKind | None, bytes]:
    """What the zip says that it holds: OpenDocument in `mimetype`, Office in its list of types."""
    told = _read(packed, "mimetype").strip()
    types = _read(packed, "[Content_Types].xml")
    for kind in FILE_KINDS.values():
        if kind.inside and (kind.inside.encode() == told or kind.inside.encode() in types):
            return kind, types
    return None, types


def _read(packed: zipfile.ZipFile, part: str) -> bytes:
    """The first part of a part; nothing where there is none. Never unpacks more than 1 MiB."""
    if part not in packed.namelist():
        return b""
    with packed.open(part) as opened:
        return opened.read(2**20)


# ── PDF and pictures: bytes ───────────────────────────────────────────────────────────────────


def _of_the_bytes(file: IO[bytes], name: str, kind: FileKind) -> list[Finding]:
    findings: list[Finding] = []
    if zipfile.is_zipfile(file):
        findings.append(_two_in_one(name, kind))
    if kind.media_type == "application/pdf":
        file.seek(0)
        content = file.read()
        active = ACTIVE_PDF.search(content)
        if active:
            findings.append(_active(name, active.group().decode()))
        if ENCRYPTED_PDF.search(content):
            findings.append(_encrypted(name))
        if b"%%EOF" not in content[-2048:]:
            findings.append(_broken_pdf(name))
    return findings


# ── text ──────────────────────────────────────────────────────────────────────────────────────


def text_of(content: bytes) -> str | None:
    """The text, in UTF-8 or as Windows writes it; None where it is no text."""
    if b"\x00" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = sum(unicodedata.category(each) == "Cc" for each in set(text) - set("\t\r\n\f"))
        return None if control else text
    return None


def _of_the_text(
    file: IO[bytes], name: str, claimed: FileKind | None
) -> tuple[FileKind | None, list[Finding]]:
    file.seek(0)
    text = text_of(file.read())
    if text is None:
        return None, [_unknown(name)]
    markup = MARKUP.search(text)
    if markup:
        label = Text(
            nl=f"een bestand met opmaak of script ({markup.group().strip()})",
            en=f"a file with mark-up or a script ({markup.group().strip()})",
        )
        return None, [_refused(name, label)]
    kind = claimed if claimed and claimed.is_text else FILE_KINDS["text/plain"]
    marked = STATE_SECRET.search(text)
    findings = [state_secret_in(name, marked.group())] if marked else []
    if kind.media_type == "application/json":
        findings += _of_the_json(name, text)
    return kind, findings


def _of_the_json(name: str, text: str) -> Iterator[Finding]:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        yield Finding(
            "error",
            "file.json",
            f"{name}, {error.lineno}:{error.colno}",
            Text(nl="JSON", en="JSON"),
            error.msg,
            Text(nl="herstel het bestand op die plaats", en="mend the file at that place"),
        )
    except RecursionError:
        yield _refused(name, Text(nl="JSON die te diep is genest", en="JSON nested too deep"))


# ── words ─────────────────────────────────────────────────────────────────────────────────────

ACCEPTED = ", ".join(extension.removeprefix(".") for extension in EXTENSIONS)
SAVE_AS_PDF = Text(
    nl="sla het op als PDF of als OpenDocument en bied dat aan",
    en="save it as PDF or OpenDocument and hand that in",
)


def size_in_words(size: int) -> Text:
    """A size, in kB below a megabyte and in MB from there on."""
    if size < 2**20:
        told = f"{max(1, round(size / 2**10))} kB" if size else "0 bytes"
        return Text(nl=told, en=told)
    told = f"{size / 2**20:.1f} MB"
    return Text(nl=told.replace(".", ","), en=told)


def _empty(name: str) -> Finding:
    return Finding(
        "error",
        "file.empty",
        name,
        Text(nl="een bestand met inhoud", en="a file with content"),
        Text(nl="0 bytes", en="0 bytes"),
        Text(nl="kies het bestand opnieuw", en="choose the file again"),
    )


def _too_large(name: str, size: int, limit: int) -> Finding:
    most, found = size_in_words(limit), size_in_words(size)
    return Finding(
        "error",
        "file.too-large",
        name,
        Text(nl=f"hoogstens {most.nl}", en=f"at most {most.en}"),
        found,
        Text(
            nl="verklein de afbeeldingen erin, of bied het in delen aan",
            en="make the pictures in it smaller, or hand it in in parts",
        ),
    )


def _extension(name: str) -> Finding:
    return Finding(
        "error",
        "file.extension",
        name,
        Text(nl=f"een van: {ACCEPTED}", en=f"one of: {ACCEPTED}"),
        extension_of(name) or Text(nl="geen extensie", en="no extension"),
        SAVE_AS_PDF,
    )


def _refused(name: str, label: Text) -> Finding:
    return Finding(
        "error",
        "file.refused",
        name,
        Text(nl="een document, plaatje of tekst", en="a document, picture or text"),
        label,
        SAVE_AS_PDF,
    )


def _unknown(name: str) -> Finding:
    return _refused(
        name, Text(nl="inhoud die niet wordt herkend", en="content that is not recognised")
    )


def _mismatch(name: str, claimed: FileKind, found: FileKind) -> Finding:
    return Finding(
        "error",
        "file.mismatch",
        name,
        Text(
            nl=f"{claimed.label.nl}, zoals de naam zegt", en=f"{claimed.label.en}, as the name says"
        ),
        found.label,
        Text(
            nl=f"geef het bestand de extensie {found.extensions[0]}, of kies het juiste bestand",
            en=f"give the file the extension {found.extensions[0]}, or choose the right file",
        ),
    )


def _active(name: str, part: str) -> Finding:
    return Finding(
        "error",
        "file.active",
        f"{name}: {part}",
        Text(nl="een document zonder macro's of programma's", en="no macros or programs"),
        Text(nl="een deel dat iets uitvoert", en="a part that runs something"),
        Text(
            nl="sla het op zonder macro's, of als PDF/A",
            en="save it without macros, or as PDF/A",
        ),
    )


def _encrypted(name: str) -> Finding:
    return Finding(
        "error",
        "file.encrypted",
        name,
        Text(nl="een bestand zonder wachtwoord", en="a file without a password"),
        Text(nl="versleutelde inhoud", en="encrypted content"),
        Text(
            nl="haal het wachtwoord eraf: het dossier regelt zelf wie mag lezen",
            en="take the password off: the dossier itself sees to who may read",
        ),
    )


def _bomb(name: str, unpacked: int, squeezed: int) -> Finding:
    times = unpacked // squeezed
    return Finding(
        "error",
        "file.bomb",
        name,
        Text(
            nl=f"uitgepakt hoogstens {MOST_TIMES_LARGER} keer zo groot",
            en=f"at most {MOST_TIMES_LARGER} times as large when unpacked",
        ),
        Text(nl=f"{times} keer zo groot", en=f"{times} times as large"),
        SAVE_AS_PDF,
    )


def _many_parts(name: str, number: int) -> Finding:
    return Finding(
        "error",
        "file.bomb",
        name,
        Text(nl=f"hoogstens {MOST_PARTS} delen", en=f"at most {MOST_PARTS} parts"),
        Text(nl=f"{number} delen", en=f"{number} parts"),
        SAVE_AS_PDF,
    )


def _outside(name: str, part: str) -> Finding:
    return Finding(
        "error",
        "file.outside",
        f"{name}: {part}",
        Text(nl="delen binnen het bestand zelf", en="parts within the file itself"),
        Text(nl="een pad naar een andere map", en="a path to another folder"),
        SAVE_AS_PDF,
    )


def _broken_zip(name: str) -> Finding:
    return Finding(
        "error",
        "file.broken",
        name,
        Text(nl="een heel bestand", en="a whole file"),
        Text(nl="een zip-bestand dat niet opengaat", en="a zip file that does not open"),
        Text(nl="sla het opnieuw op en probeer het nog eens", en="save it anew and try again"),
    )


def _broken_pdf(name: str) -> Finding:
    return Finding(
        "error",
        "file.broken",
        name,
        Text(nl="een hele PDF, tot en met %%EOF", en="a whole PDF, up to and including %%EOF"),
        Text(nl="een PDF die halverwege ophoudt", en="a PDF that stops half-way"),
        Text(nl="sla het opnieuw op en probeer het nog eens", en="save it anew and try again"),
    )


def _two_in_one(name: str, kind: FileKind) -> Finding:
    return Finding(
        "error",
        "file.two-in-one",
        name,
        kind.label,
        Text(
            nl=f"{kind.label.nl} met een zip-bestand erachter",
            en=f"{kind.label.en} with a zip file behind it",
        ),
        SAVE_AS_PDF,
    )


def state_secret_in(place: str, words: str) -> Finding:
    """The finding that something bears the marking of a state secret."""
    return Finding(
        "error",
        "dossier.state-secret",
        place,
        Text(nl="geen staatsgeheim", en="no state secret"),
        Text(nl=f"de rubricering '{words}'", en=f"the marking '{words}'"),
        Text(
            nl="houd het buiten dit systeem en vraag de beveiligingsambtenaar van uw ministerie",
            en="keep it out of this system and ask the security officer of your ministry",
        ),
    )
