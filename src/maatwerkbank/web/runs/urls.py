# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `runs`."""

from django.urls import URLPattern

app_name = "runs"
urlpatterns: list[URLPattern] = []
