# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map of the site."""

from django.urls import include, path
from django.views.i18n import set_language

from maatwerkbank.web.dossiers.views.sources import source
from maatwerkbank.web.public.answering import answer
from maatwerkbank.web.site import (
    accessibility,
    bad_request,
    healthz,
    security_txt,
    server_error,
    set_theme,
)

# Django's own ask for a session, which a request of another host has not yet got.
handler400 = bad_request
handler500 = server_error

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("taal", set_language, name="set_language"),
    path("thema", set_theme, name="set_theme"),
    path("toegankelijkheid", accessibility, name="accessibility"),
    path("robots.txt", answer, name="robots"),
    path("", include("maatwerkbank.web.people.urls")),
    path("", include("maatwerkbank.web.overview.urls")),
    path("bronnen/<str:identity>/", source, name="source"),
    path("dossiers/", include("maatwerkbank.web.dossiers.urls")),
    path("stukken/", include("maatwerkbank.web.documents.urls")),
    path("runs/", include("maatwerkbank.web.runs.urls")),
    path("beloften/", include("maatwerkbank.web.promises.urls")),
    path("advies/", include("maatwerkbank.web.advice.urls")),
    path("overeenkomst/", include("maatwerkbank.web.agreements.urls")),
    path("uitvoering/", include("maatwerkbank.web.execution.urls")),
    path("kamer/", include("maatwerkbank.web.parliament.urls")),
    path("verantwoording/", include("maatwerkbank.web.releases.urls")),
    path("openbaar/", include("maatwerkbank.web.public.urls")),
    path("woo/", include("maatwerkbank.web.woo.urls")),
    path("api/", include("maatwerkbank.web.api.urls")),
]
