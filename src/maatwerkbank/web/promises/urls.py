# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `promises`."""

from django.urls import URLPattern

app_name = "promises"
urlpatterns: list[URLPattern] = []
