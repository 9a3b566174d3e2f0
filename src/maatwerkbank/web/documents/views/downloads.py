# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of papers, handed out one at a time by the guard, never by a folder that is served.

Takes     the code of a version, and who asks.
Gives     the bytes, checked against their hash, to be saved and not shown; the look is logged.
"""

from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from maatwerkbank.web.documents.content import opened
from maatwerkbank.web.documents.inspection import cleaned_name
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access


@require_GET
def download(request: PageRequest, code: UUID) -> FileResponse:
    """The file of a version."""
    version = access.version_for(request.user, code)
    if not version.sha256:
        raise Http404
    document = version.document
    file = opened(version.sha256)
    access.note_look(
        request.user,
        dossier=document.dossier,
        kind="file",
        thing=version.code,
        title=f"{document.title}, {version.number}",
        level=document.level,
    )
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=cleaned_name(version.file_name),
        content_type=version.media_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
