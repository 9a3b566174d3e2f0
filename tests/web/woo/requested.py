# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request about Zoutfabriek, with two papers of which one holds a price."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.woo import judging, registering
from maatwerkbank.web.woo.models import RequestedPaper, RequestPart

LETTER = "De stoom kost 4711,50 euro per ton.\nDe fabriek stoot 12 kt CO2 uit.\n"
GIVEN: dict[str, Any] = {
    "reference": "Woo-2026-01",
    "subject": "Gesprekken over stoom",
    "words": "Alle stukken over de prijs van stoom",
    "requester": "journalist",
}
SECRET: dict[str, Any] = {
    "words": "4711,50 euro per ton",
    "ground": "bedrijfsgegevens",
    "reason": "De prijs is vertrouwelijk en een concurrent kan er zijn voordeel mee doen.",
    "supplied_in_confidence": True,
}


@dataclass
class Requested:
    """The part in Zoutfabriek's dossier and its two papers."""

    part: RequestPart
    letter: RequestedPaper
    notes: RequestedPaper


def paper_of(
    dossier: Dossier, by: Person, title: str, words: str, **fields: Any
) -> DocumentVersion:
    """A text that was handed in, its bytes included."""
    content = words.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(f"{sha256[:2]}/{sha256}"):
        default_storage.save(f"{sha256[:2]}/{sha256}", ContentFile(content))
    document = Document.objects.create(
        dossier=dossier, kind="correspondence", title=title, topic="general", **fields
    )
    return DocumentVersion.objects.create(
        document=document,
        number=1,
        state="handed_in",
        dated="2025-10-01",
        file_name=f"{title}.txt",
        media_type="text/plain",
        size=len(content),
        sha256=sha256,
        handed_in_by=by,
        handed_in_at=timezone.now(),
    )


def ask(world: World, **given: Any) -> Requested:
    """Register the request and add both papers."""
    today = timezone.localdate()
    received = given.pop("received_on", today - timedelta(days=10))
    request = registering.register(
        by=world.programme, **{**GIVEN, "received_on": received, **given}, dossiers=[world.zout]
    )
    part = request.parts.get()
    letter = paper_of(world.zout, world.company, "Brief over stoom", LETTER, with_company=True)
    notes = paper_of(world.zout, world.member, "Notitie", "Niets bijzonders.\n")
    added = judging.add_papers(
        part=part, by=world.member, versions=[letter, notes], how="postvak, 'stoom'"
    )
    return Requested(part, *added)
