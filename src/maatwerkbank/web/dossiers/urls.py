# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `dossiers`."""

from django.urls import path

from maatwerkbank.web.dossiers.views.dossier import dossier

app_name = "dossiers"
urlpatterns = [
    path("<uuid:code>/", dossier, name="dossier"),
]
