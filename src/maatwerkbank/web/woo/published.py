# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers that were made public after a request, for the public page and its open data.

Takes     a day, or the code of a publication.
Gives     the papers that were public on that day; the document of one.
Leaves    the page itself to `public`. Of a request nothing is told here but its papers.
"""

from datetime import date
from uuid import UUID

from django.urls import reverse

from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS
from maatwerkbank.dossier.publication.publication import Origin, Paper
from maatwerkbank.web.people.second_lock import lifted
from maatwerkbank.web.woo.models import PaperPublication


def published_papers(as_of: date) -> tuple[Paper, ...]:
    """Papers that were public by then, in one query."""
    rows = (
        PaperPublication.objects.filter(published_on__lte=as_of)
        .select_related("dossier__company", "paper__version__document")
        .defer("pdf", "text")
    )
    with lifted():  # what was made public is public, of whichever dossier
        found = list(rows)
    return tuple(_paper(each) for each in found)


def public_document(code: UUID) -> PaperPublication | None:
    """The publication with that code."""
    with lifted():  # as above
        return PaperPublication.objects.filter(code=code).first()


def _paper(row: PaperPublication) -> Paper:
    return Paper(
        id=f"woo.{row.code}",
        firm=row.dossier.company.slug,
        kind=row.paper.version.document.kind,
        title=row.title,
        dated=row.paper.version.dated or None,
        url=row.place or reverse("woo:disclosed-paper", args=[row.code]),
        origin=Origin(
            "register", f"woo.{row.code}", released_by=row.role, released_on=row.published_on
        ),
        category=row.category,
        withheld=tuple(ALL_GROUNDS[each].label for each in row.grounds),
    )
