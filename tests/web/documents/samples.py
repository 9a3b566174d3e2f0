# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small files of every kind, sound and planted, and papers in the dossier of Zoutfabriek."""

import io
import zipfile
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents import services
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.services import Classification
from maatwerkbank.web.people.models import Person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def pdf(words: str = "plan", extra: bytes = b"") -> bytes:
    """A PDF with other words, so other bytes."""
    return b"%PDF-1.7\n% " + words.encode() + b"\n" + extra + b"\ntrailer <<>>\n%%EOF\n"


def zipped(**parts: bytes) -> bytes:
    """A zip of parts; `__` in a name stands for `/`, so `word__document.xml`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def zip_of(parts: dict[str, bytes]) -> bytes:
    """A zip of parts under any name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def open_document(kind: str = "text", **more: bytes) -> bytes:
    """An OpenDocument file."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped(mimetype=mimetype, content=b"<a/>", **more)


def office(main: str = WORD, parts: dict[str, bytes] | None = None) -> bytes:
    """A Word or Excel file."""
    types = f'<Types><Override ContentType="{main}"/></Types>'.encode()
    return zip_of({"[Content_Types].xml": types, "word/document.xml": b"<a/>", **(parts or {})})


def encrypted_zip() -> bytes:
    """A zip of which the parts say that they are encrypted."""
    content = bytearray(open_document())
    content[6] |= 1  # general purpose flag of the first part
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    first = content.index(b"PK\x01\x02")
    content[first + 8] |= 1
    return bytes(content)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def lay_down(
    world: World,
    *,
    by: Person | None = None,
    kind: str = "project_review",
    title: str = "Projectreview stoom",
    topic: str = "business_case",
    level: Level = Level.ZAAKVERTROUWELIJK,
    with_company: bool = False,
    content: bytes | None = None,
    name: str = "review.pdf",
    state: str = "handed_in",
    judge: Person | None = None,
    **more: Any,
) -> DocumentVersion:
    """A paper in the dossier of Zoutfabriek, as far as `state`."""
    maker = by or world.lead
    version = services.add_document(
        dossier=world.zout,
        by=maker,
        kind=kind,
        title=title,
        topic=topic,
        classification=Classification(level=level, with_company=with_company),
        file=upload(name, content or pdf(title)),
        **more,
    )
    if state != "draft":
        version = services.hand_in(version=version, by=maker)
    if state in ("accepted", "refused"):
        version = services.judge(
            version=version,
            by=judge or world.member,
            accepted=state == "accepted",
            judgement="Onvolledig." if state == "refused" else "",
        )
    return version


def run_of(world: World, *, level: Level = Level.ZAAKVERTROUWELIJK, state: str = "done") -> Any:
    """A run of the dossier of Zoutfabriek."""
    from maatwerkbank.web.runs.models import CaseVersion, Run

    number = world.zout.case_versions.count() + 1
    case = CaseVersion.objects.create(
        dossier=world.zout,
        number=number,
        state="handed_in",
        origin="upload",
        level=level.value,
        file_name="../plan.yaml",
        text="id: zoutfabriek\n",
        document={"id": "zoutfabriek"},
        sha256="c" * 64,
        handed_in_by=world.company,
        handed_in_at=timezone.now(),
    )
    return Run.objects.create(
        dossier=world.zout,
        case_version=case,
        level=level.value,
        known_on=date(2025, 6, 30),
        state=state,
        asked_by=world.analyst,
        receipt={"number": "0123456789abcdef"},
        receipt_number="0123456789abcdef",
        figures={"additional_2030_t": 12_000.0},
        result={"additional_2030_t": 12_000.0},
        result_sha256="d" * 64,
    )


def read(answer: Any) -> bytes:
    """The whole of a file that was handed out; reading it to the end also closes it."""
    return b"".join(answer.streaming_content)
