# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `dossiers`."""

from django.urls import URLPattern

app_name = "dossiers"
urlpatterns: list[URLPattern] = []
