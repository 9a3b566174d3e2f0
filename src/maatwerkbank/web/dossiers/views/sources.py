# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a source: what it is, who published it, when, and how it was seen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maatwerkbank.sources import citation, load_sources
from maatwerkbank.sources.citation import SEEN
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.templatetags.words import page_language


@require_GET
def source(request: PageRequest, identity: str) -> HttpResponse:
    """One source of the register. Sources are public; nothing of a dossier is told here."""
    found = load_sources().get(identity)
    if found is None:
        raise Http404
    language = page_language()
    context = {
        "source": found,
        "seen": SEEN[language][found.seen],
        "citation": citation(found, language=language),
    }
    return render(request, "dossiers/source.html", context)
