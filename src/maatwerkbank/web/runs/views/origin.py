# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that a number leads to: formula, inputs, sources, run, version of the code."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maatwerkbank.ground.receipt import code_sha256
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.runs.figures import law_of, receipt_facts
from maatwerkbank.web.runs.origin import origin_of
from maatwerkbank.web.runs.views.trails import run_trail
from maatwerkbank.web.templatetags.words import page_language


@require_GET
def origin(request: PageRequest, code: UUID, figure: str) -> HttpResponse:
    """Where a figure of a run comes from."""
    run = access.run_for(request.user, code)
    language = page_language()
    found = origin_of(run, figure, language) if run.state == "done" else None
    if found is None:
        raise Http404
    access.note_look(
        request.user,
        dossier=run.dossier,
        kind="run",
        thing=run.code,
        title=f"{run.receipt_number} {figure}",
        level=run.level,
    )
    context = {
        "here": "portfolio",
        "run": run,
        "figure": figure,
        "origin": found,
        "law": law_of(run, language),
        "trail": run_trail(request.user, run, found.name),
        "receipt": receipt_facts(run.receipt or {}, language),
        "of_this_program": (run.receipt or {}).get("code_sha256") == code_sha256(),
    }
    return render(request, "runs/origin.html", context)
