# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a dossier went to the public, or was asked for, for the export.

Takes     a dossier and who exports it.
Gives     plain values: statements, decisions on figures, requests for disclosure with what was
          judged, heard, decided and made public; each row as its own page shows it.
Leaves    telling rows as plain values to `export_bargain.py`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maatwerkbank.web.documents.export_bargain import Part, told
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.woo.models import RequestPart

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _parts(person: Person, dossier: Dossier) -> "QuerySet[Any]":
    return access.rows_of(person, RequestPart, Deed.SEE_DISCLOSURE, dossier)


def _requests(person: Person, dossier: Dossier) -> "QuerySet[Any]":
    return access.requests_of(person).filter(parts__in=_parts(person, dossier))


def _papers(person: Person, dossier: Dossier) -> "QuerySet[Any]":
    """Papers that this person may read; what was judged of others is not told."""
    return access.requested_papers_of(person).filter(dossier=dossier)


PARTS: Mapping[str, Part] = {
    "statements": Part(access.statements_of, {}),
    "figures": Part(access.figure_releases_of, {}),
    "disclosure_requests": Part(_requests, {}),
    "disclosure_parts": Part(_parts, {"inventories": {}, "hearings": {}}),
    "requested_papers": Part(_papers, {"passages": {}, "publication": {}}),
}
"""Everything of a dossier that goes to the public, or that was asked for."""


def public_of(dossier: Dossier, by: Person) -> dict[str, list[dict[str, Any]]]:
    """What goes to the public as `by` may see it. The same dossier gives the same values."""
    return told(PARTS, dossier, by)
