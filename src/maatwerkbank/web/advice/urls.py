# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `advice`."""

from django.urls import URLPattern

app_name = "advice"
urlpatterns: list[URLPattern] = []
