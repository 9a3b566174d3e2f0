# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `runs`."""

from django.urls import path

from maatwerkbank.web.runs.views import comparison, handing_in, origin, runs

app_name = "runs"
urlpatterns = [
    path("dossier/<uuid:code>/", runs.dossier_runs, name="dossier"),
    path("dossier/<uuid:code>/aanleveren/", handing_in.hand_in, name="hand-in"),
    path("dossier/<uuid:code>/aanleveren/invullen/", handing_in.fill_in, name="fill-in"),
    path("aanlevering/<uuid:code>/", handing_in.case_version, name="case-version"),
    path("aanlevering/<uuid:code>/vastleggen/", handing_in.freeze, name="freeze"),
    path("aanlevering/<uuid:code>/verwijderen/", handing_in.discard, name="discard"),
    path("aanlevering/<uuid:code>/bestand/", handing_in.case_text_file, name="case-text"),
    path("vergelijken/", comparison.compare, name="compare"),
    path("<uuid:code>/", runs.run, name="run"),
    path("<uuid:code>/stand/", runs.progress, name="progress"),
    path("<uuid:code>/annuleren/", runs.cancel, name="cancel"),
    path("<uuid:code>/herhalen/", runs.repeat, name="repeat"),
    path("<uuid:code>/vastpinnen/", runs.pin, name="pin"),
    path("<uuid:code>/rapport/", runs.report, name="report"),
    path("<uuid:code>/rapport/maken/", runs.make_report, name="make-report"),
    path("<uuid:code>/bestand/<str:kind>/", runs.download, name="download"),
    path("<uuid:code>/herkomst/<path:figure>/", origin.origin, name="origin"),
]
