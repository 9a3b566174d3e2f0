# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `releases`."""

from django.urls import URLPattern

app_name = "releases"
urlpatterns: list[URLPattern] = []
