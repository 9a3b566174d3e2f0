# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of a stored paper, and the new document without those that are withheld.

Takes     a version of a paper, or a paper of a request.
Gives     its words; its redacted document.
Leaves    reading and making documents to `letter`; who may have them to the screens.
"""

from maatwerkbank.ground.errors import TextUnreadable
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.document_text import text_of_file
from maatwerkbank.letter.redacted_document import Named, RedactedDocument, redacted_document
from maatwerkbank.web.documents.content import opened
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.woo.models import RequestedPaper
from maatwerkbank.web.woo.stored import judged_passage

NOT_HELD = Text(
    nl="voeg het bestand als nieuwe versie toe: alleen de naam ervan is hier bekend",
    en="add the file as a new version: only its name is known here",
)


def words_of(version: DocumentVersion) -> str:
    """The words of a version.

    Raises
    ------
    TextUnreadable   there is no file, or it has no words that can be read
    """
    if not version.sha256:
        raise TextUnreadable(version.file_name or version.document.title, NOT_HELD)
    with opened(version.sha256) as file:
        return text_of_file(file.read(), version.media_type)


def redacted_of(paper: RequestedPaper, language: Language = "nl") -> RedactedDocument:
    """The paper without the words that are withheld.  Raises TextUnreadable."""
    decided = paper.inventory.outcome_on if paper.inventory else None
    named = Named(
        title=paper.version.document.title,
        reference=f"{paper.part.request.reference}, document {paper.number}",
        dated=decided or paper.part.request.received_on,
    )
    passages = [judged_passage(each) for each in paper.passages.all()]
    return redacted_document(words_of(paper.version), passages, named, language)
