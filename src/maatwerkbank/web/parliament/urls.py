# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `parliament`."""

from django.urls import URLPattern

app_name = "parliament"
urlpatterns: list[URLPattern] = []
