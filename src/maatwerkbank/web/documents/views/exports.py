# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page from which a dossier is exported, and the export itself.

Takes     the code of a dossier, and who asks.
Gives     what the export will hold and how confidential that is; then the zip, as a file to save.
"""

import tempfile
from contextlib import ExitStack
from typing import IO, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maatwerkbank.web.documents.export import contents_of, write_export
from maatwerkbank.web.documents.inspection import size_in_words
from maatwerkbank.web.documents.views.trail import trail
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import figure, level, say

IN_MEMORY = 2**22  # [bytes] above this the zip lies in a file that nobody else sees


@require_http_methods(["GET", "POST"])
def export(request: PageRequest, code: UUID) -> HttpResponse | FileResponse:
    """Tell what an export will hold; on POST, make it."""
    dossier = access.dossier_for(request.user, code, Deed.EXPORT)
    contents = contents_of(dossier=dossier, by=request.user)
    if request.method == "POST":
        at = timezone.now()
        with ExitStack() as unless_made:
            file = unless_made.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
            write_export(contents=contents, by=request.user, file=cast("IO[bytes]", file), at=at)
            unless_made.pop_all()  # from here on the answer closes it
        file.seek(0)
        access.note_look(
            request.user,
            dossier=dossier,
            kind="export",
            thing=dossier.code,
            title=dossier.company.name,
            level=contents.level.value,
        )
        name = f"dossier-{dossier.company.slug}-{timezone.localdate(at).isoformat()}.zip"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    size = sum(version.size or 0 for version in contents.held)
    counts = (
        (_("Documents, all versions"), len(contents.versions)),
        (_("Plans of the company"), len(contents.cases)),
        (_("Runs, with receipt"), len(contents.runs)),
        (_("Decisions, with evidence"), len(contents.decisions)),
        (_("Frozen sets"), len(contents.sets)),
    )
    return render(
        request,
        "documents/export.html",
        {
            "here": "portfolio",
            "dossier": dossier,
            "trail": trail(dossier, (_("Export"), "")),
            "level": level(contents.level),
            "facts": [
                *({"label": label, "value": figure(number)} for label, number in counts),
                {"label": _("Size of the files"), "value": say(size_in_words(size))},
            ],
        },
    )
